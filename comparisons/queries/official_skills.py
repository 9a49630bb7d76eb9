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
    first less the second; None where one is missing or there are more roles. `highest`, `lowest`: the importances that
    are furthest apart, nothing standing for one that a role lacks.
    """

    name: str
    slug: str
    kind: str
    entries: tuple[RatedEntry | None, ...]
    gap: Decimal | None
    difference: Decimal | None
    highest: Decimal
    lowest: Decimal


_NONE = Decimal(0)


class SharedTechnology(NamedTuple):
    """Technology on the lists of all roles that have one. `in_demand`: for how many of them it is in demand."""

    name: str
    slug: str
    hot: bool
    in_demand: int


@dataclass(frozen=True, slots=True)
class OfficialSkills:
    """`rated`: of one role the most important first, of several the largest gap first. `needed`: what every role needs
    that is rated, the most important first. `shared`: technology that every role has that has a list; `only`: for each
    role the technology that no other has. `sources`: group -> for each role the table that it is from.
    """

    rated: tuple[RatedSkill, ...]
    needed: tuple[RatedSkill, ...]
    shared: tuple[SharedTechnology, ...]
    only: tuple[tuple[TechnologyEntry, ...], ...]
    technology: tuple[tuple[TechnologyEntry, ...], ...]
    sources: Mapping[str, tuple[CitedPage | None, ...]]


def compare_skills(roles: Sequence[CurrentRole]) -> OfficialSkills:
    rated = _rated(roles)
    listing = [role.technology for role in roles if role.technology]
    needed = [skill for skill in rated if len(roles) > 1 and skill.lowest >= NEEDED]
    sources = {}
    for group in ("rated_skills", "knowledge", "technology"):
        sources[group] = tuple([role.list_sources.get(group) for role in roles])
    return OfficialSkills(
        tuple(rated),
        tuple(sorted(needed, key=lambda skill: (-skill.lowest, skill.name))),
        tuple(_shared(listing)) if len(listing) > 1 else (),
        tuple([_only(roles, index) for index in range(len(roles))]),
        tuple([role.technology for role in roles]),
        sources,
    )


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
    lowest = min(rated) if len(rated) == len(entries) else _NONE
    highest = max(rated, default=_NONE)
    return RatedSkill(first.name, first.slug, first.kind, tuple(entries), gap, difference, highest, lowest)


def _shared(lists: Sequence[Sequence[TechnologyEntry]]) -> list[SharedTechnology]:
    """What stands on all of these lists: what most ask for first."""
    by_slug = [{entry.slug: entry for entry in entries} for entries in lists]
    shared = []
    for slug, entry in by_slug[0].items():
        if all(slug in entries for entries in by_slug[1:]):
            same = [entries[slug] for entries in by_slug]
            in_demand = sum(other.in_demand for other in same)
            shared.append(SharedTechnology(entry.name, slug, any(other.hot for other in same), in_demand))
    return sorted(shared, key=lambda technology: (-technology.in_demand, not technology.hot))


def _only(roles: Sequence[CurrentRole], index: int) -> tuple[TechnologyEntry, ...]:
    others = {entry.slug for place, role in enumerate(roles) if place != index for entry in role.technology}
    return tuple([entry for entry in roles[index].technology if entry.slug not in others])
