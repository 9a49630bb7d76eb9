"""Which rated skills a role needs more than the others, and which all roles need about as much."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from comparisons.comparison import Comparison, Side
from comparisons.queries.official_skills import NEEDED, RatedSkill
from comparisons.thresholds import STANDS_OUT, STANDS_OUT_IN_KNOWLEDGE

_LEAST_GAPS = {"rated": STANDS_OUT, "knowledge": STANDS_OUT_IN_KNOWLEDGE}


class Need(NamedTuple):
    """A skill that a role needs more than the others. `gap`: how much more, in points of importance."""

    skill: RatedSkill
    gap: Decimal


def find_rated_sides(comparison: Comparison) -> list[Side]:
    return [side for side in comparison.sides if any(entry.kind == "rated" for entry in side.role.ratings)]


def find_needs(comparison: Comparison, kind: str = "rated") -> list[list[Need]]:
    """For each role the important skills that it needs clearly more than every other rated role, the widest gap first.

    `kind`: "rated" for skills, "knowledge" for fields of knowledge. Nobody needs more where a single role is rated.
    """
    needs: list[list[Need]] = [[] for _ in comparison.sides]
    rated_sides = find_rated_sides(comparison)
    if len(rated_sides) < 2:
        return needs
    for skill in comparison.official.rated:
        importances = list_importances(skill, rated_sides)
        if skill.kind == kind and importances:
            highest, second = sorted(importances, reverse=True)[:2]
            if highest >= NEEDED and highest - second >= _LEAST_GAPS[kind]:
                side = rated_sides[importances.index(highest)]
                needs[side.index].append(Need(skill, highest - second))
    return [sorted(role_needs, key=lambda need: -need.gap) for role_needs in needs]


def find_even(comparison: Comparison) -> list[RatedSkill]:
    """The skills that every rated role needs, and about as much."""
    even = []
    rated_sides = find_rated_sides(comparison)
    for skill in comparison.official.rated:
        importances = list_importances(skill, rated_sides)
        if skill.kind != "rated" or not importances:
            continue
        if min(importances) >= NEEDED and max(importances) - min(importances) < STANDS_OUT:
            even.append(skill)
    return even


def list_importances(skill: RatedSkill, sides: Sequence[Side]) -> list[Decimal]:
    """Those of each role; none unless all are known."""
    entries = [skill.entries[side.index] for side in sides]
    importances = [entry.importance for entry in entries if entry and entry.importance is not None]
    return importances if len(importances) == len(sides) else []
