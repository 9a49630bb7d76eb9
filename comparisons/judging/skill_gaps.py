"""For which rated skills each role stands out, and which all roles need about as much."""

from decimal import Decimal

from comparisons.comparison import Comparison
from comparisons.queries.official_skills import NEEDED, RatedSkill
from comparisons.thresholds import STANDS_OUT

OutstandingSkills = tuple[tuple[RatedSkill, ...], ...]


def find_outstanding(comparison: Comparison) -> OutstandingSkills | None:
    """For each role the skills that it needs clearly more than every other one, the largest gap first.

    None unless all roles are rated. Fields of knowledge are left out.
    """
    if not _are_all_rated(comparison):
        return None
    outstanding: list[list[tuple[float, RatedSkill]]] = [[] for _ in comparison.sides]
    for skill in comparison.official.rated:
        importances = _importances(skill)
        if importances:
            (highest, index), (next_highest, _) = sorted(
                ((importance, place) for place, importance in enumerate(importances)), reverse=True
            )[:2]
            if highest >= NEEDED and highest - next_highest >= STANDS_OUT:
                outstanding[index].append((float(highest - next_highest), skill))
    return tuple([tuple([skill for _, skill in sorted(of_role, key=lambda pair: -pair[0])]) for of_role in outstanding])


def find_even(comparison: Comparison) -> tuple[RatedSkill, ...] | None:
    """The skills that every role needs, and about as much, the most important first; None unless all are rated."""
    if not _are_all_rated(comparison):
        return None
    even = []
    for skill in comparison.official.needed:
        importances = _importances(skill)
        if importances and max(importances) - min(importances) < STANDS_OUT:
            even.append(skill)
    return tuple(even)


def _are_all_rated(comparison: Comparison) -> bool:
    return all(any(entry.kind == "rated" for entry in side.role.ratings) for side in comparison.sides)


def _importances(skill: RatedSkill) -> list[Decimal]:
    """Those of each role; none for fields of knowledge, and none where one is not known."""
    if skill.kind != "rated":
        return []
    importances = [entry.importance for entry in skill.entries if entry and entry.importance is not None]
    return importances if len(importances) == len(skill.entries) else []
