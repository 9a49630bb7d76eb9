"""What official tables say of skills, side by side: ratings of the same skills for every occupation, and technology.

They are no lists of what a page names, so they are never compared with such lists.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain
from typing import NamedTuple

from comparisons.queries.current_role import CitedPage, CurrentRole, RatedEntry, TechnologyEntry
from comparisons.thresholds import STANDS_OUT, STANDS_OUT_IN_KNOWLEDGE

# From this importance on, of 5, a skill counts as needed: the source calls 3 "important".
NEEDED = Decimal(3)
# Kind of rating -> how many points more of importance set a role apart.
_LEAST_GAPS = {"rated": STANDS_OUT, "knowledge": STANDS_OUT_IN_KNOWLEDGE}


class RatedSkill(NamedTuple):
    """One skill or field of knowledge, with each role's entry, None where the role is not rated.

    `importances`: of each role, None where it is not known. `gap`: how far the known ones lie apart, None unless there
    are two. `difference`: that of two roles, the first less the second; None where one is missing or there are more
    roles. `highest`: 0 where none is known.
    """

    name: str
    kind: str
    entries: tuple[RatedEntry | None, ...]
    importances: tuple[Decimal | None, ...]
    gap: Decimal | None
    difference: Decimal | None
    highest: Decimal


class Need(NamedTuple):
    """A skill that a role needs more than the others. `gap`: how much more, in points of importance. `importances`: of
    each rated role."""

    skill: RatedSkill
    gap: Decimal
    importances: Sequence[Decimal]


@dataclass(frozen=True, slots=True)
class OfficialSkills:
    """`rated`: of one role the most important first, of several the largest gap first. `technology`: for each role its
    list. `sources`: group -> for each role the table that it is from. `rated_roles`: the indexes of the roles whose
    skills are rated. `needs`: "rated" for skills or "knowledge" for fields of knowledge -> for each role the important
    ones that it needs clearly more than every other rated role, the widest gap first. `even`: the skills that every
    rated role needs, and about as much; nobody needs more, and nothing is even, where a single role is rated.
    """

    rated: tuple[RatedSkill, ...]
    technology: tuple[tuple[TechnologyEntry, ...], ...]
    sources: Mapping[str, tuple[CitedPage | None, ...]]
    rated_roles: Sequence[int]
    needs: Mapping[str, Sequence[Sequence[Need]]]
    even: Sequence[RatedSkill]


def compare_official_skills(roles: Sequence[CurrentRole]) -> OfficialSkills:
    sources = {}
    for group in ("rated_skills", "knowledge", "technology"):
        sources[group] = tuple([role.list_sources.get(group) for role in roles])
    rated = _list_rated(roles)
    rated_roles = [index for index, role in enumerate(roles) if any(entry.kind == "rated" for entry in role.ratings)]
    needs, even = _sort_by_need(rated, rated_roles, len(roles))
    technology = tuple([role.technology for role in roles])
    return OfficialSkills(tuple(rated), technology, sources, rated_roles, needs, even)


def _list_rated(roles: Sequence[CurrentRole]) -> list[RatedSkill]:
    by_skill: dict[tuple[str, str], list[RatedEntry | None]] = {}
    for index, role in enumerate(roles):
        for entry in role.ratings:
            by_skill.setdefault((entry.kind, entry.slug), [None] * len(roles))[index] = entry
    rated = [_build_rated_skill(entries) for entries in by_skill.values()]
    if len(roles) == 1:
        return sorted(rated, key=lambda skill: -skill.highest)
    return sorted(rated, key=lambda skill: (-1 if skill.gap is None else skill.gap, skill.highest), reverse=True)


def _build_rated_skill(entries: Sequence[RatedEntry | None]) -> RatedSkill:
    [first, *_] = filter(None, entries)
    importances = tuple([entry.importance if entry else None for entry in entries])
    published = [importance for importance in importances if importance is not None]
    highest = max(published, default=Decimal(0))
    gap = highest - min(published) if len(published) > 1 else None
    difference = published[0] - published[1] if len(published) == len(entries) == 2 else None
    return RatedSkill(first.name, first.kind, tuple(entries), importances, gap, difference, highest)


def _sort_by_need(
    rated: Sequence[RatedSkill], rated_roles: Sequence[int], role_count: int
) -> tuple[dict[str, list[list[Need]]], list[RatedSkill]]:
    """The needs of the roles, and what is even, of the skills whose importance is known of all rated roles."""
    needs: dict[str, list[list[Need]]] = {kind: [[] for _ in range(role_count)] for kind in _LEAST_GAPS}
    even: list[RatedSkill] = []
    for skill in rated if len(rated_roles) > 1 else ():
        importances = list(filter(None, [skill.importances[index] for index in rated_roles]))
        if len(importances) < len(rated_roles):
            continue
        second, highest = sorted(importances)[-2:]
        lowest = min(importances)
        if highest >= NEEDED and highest - second >= _LEAST_GAPS[skill.kind]:
            leader = rated_roles[importances.index(highest)]
            needs[skill.kind][leader].append(Need(skill, highest - second, importances))
        if skill.kind == "rated" and lowest >= NEEDED and highest - lowest < STANDS_OUT:
            even.append(skill)
    for of_role in chain.from_iterable(needs.values()):
        of_role.sort(key=lambda need: -need.gap)
    return needs, even
