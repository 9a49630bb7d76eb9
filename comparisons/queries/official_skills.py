"""What official tables say of skills, side by side: ratings of the same skills for every occupation, and technology.

They are no lists of what a page names, so they are never compared with such lists.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from comparisons.queries.current_role import CitedPage, CurrentRole, RatedEntry, TechnologyEntry

# From this importance on, of 5, a skill counts as needed: the source calls 3 "important".
NEEDED = Decimal(3)


class RatedSkill(NamedTuple):
    """One skill or field of knowledge, with each role's entry, None where the role is not rated.

    `gap`: how far the known importances lie apart, None unless there are two. `difference`: that of two roles, the
    first less the second; None where one is missing or there are more roles. `highest`: 0 where none is known.
    """

    name: str
    kind: str
    entries: tuple[RatedEntry | None, ...]
    gap: Decimal | None
    difference: Decimal | None
    highest: Decimal


@dataclass(frozen=True, slots=True)
class OfficialSkills:
    """`rated`: of one role the most important first, of several the largest gap first. `technology`: for each role its
    list. `sources`: group -> for each role the table that it is from.
    """

    rated: tuple[RatedSkill, ...]
    technology: tuple[tuple[TechnologyEntry, ...], ...]
    sources: Mapping[str, tuple[CitedPage | None, ...]]


def compare_skills(roles: Sequence[CurrentRole]) -> OfficialSkills:
    sources = {}
    for group in ("rated_skills", "knowledge", "technology"):
        sources[group] = tuple([role.list_sources.get(group) for role in roles])
    return OfficialSkills(tuple(_rated(roles)), tuple([role.technology for role in roles]), sources)


def _rated(roles: Sequence[CurrentRole]) -> list[RatedSkill]:
    by_skill: dict[tuple[str, str], list[RatedEntry | None]] = {}
    for index, role in enumerate(roles):
        for entry in role.ratings:
            by_skill.setdefault((entry.kind, entry.slug), [None] * len(roles))[index] = entry
    rated = [_rated_skill(entries) for entries in by_skill.values()]
    if len(roles) == 1:
        return sorted(rated, key=lambda skill: -skill.highest)
    return sorted(rated, key=lambda skill: (-1 if skill.gap is None else skill.gap, skill.highest), reverse=True)


def _rated_skill(entries: Sequence[RatedEntry | None]) -> RatedSkill:
    first = next(entry for entry in entries if entry)
    importances = [entry.importance if entry else None for entry in entries]
    rated = [importance for importance in importances if importance is not None]
    gap = max(rated) - min(rated) if len(rated) > 1 else None
    difference = rated[0] - rated[1] if len(rated) == len(entries) == 2 else None
    highest = max(rated, default=Decimal(0))
    return RatedSkill(first.name, first.kind, tuple(entries), gap, difference, highest)
