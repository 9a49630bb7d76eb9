"""Rated skills and fields of knowledge: what one role needs more than the others, and what all of them need."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import chain
from typing import NamedTuple

from careers.vocabulary import GROUPS, OFFICIAL_KINDS
from comparisons import formats
from comparisons.charts.lanes import DENSE, EDGES, Axis, Lane, draw_axis, draw_rungs
from comparisons.comparison import Comparison, Side
from comparisons.comparison.official_skills import NEEDED, Need
from comparisons.language.messages.absent_values import EVERYONE
from comparisons.language.parts import Part
from comparisons.language.plain_skills import simplify_field, simplify_skill
from comparisons.language.verdict.skill_findings import find_rated_skills
from comparisons.thresholds import STANDS_OUT, STANDS_OUT_IN_KNOWLEDGE
from comparisons.titles import add_article, capitalize, is_plural
from comparisons.views.sections.figure_lines import FigureCell
from comparisons.views.sections.rungs import Rung, RungGroup, RungHeading, Rungs, describe_absent

# How many skills and how many fields of knowledge are drawn that a role needs more; how many it takes for two roles,
# and for more.
_MOST = {"rated": (4, 3), "knowledge": (3, 2)}
# How many names a sentence holds.
_MOST_NAMED = 8
_AXIS = draw_axis(Axis(1, 5, *EDGES), range(1, 6), str)


class NeededSkills(NamedTuple):
    """`finding`: the heading, None where too little is known. `rungs`: None where no skill sets the roles apart, or
    only one of them is rated. `note`: which skills are drawn. `common`: what all rated roles need, or what a single
    rated one needs most. `absent`: who is not rated."""

    finding: Sequence[Part] | None
    rungs: Rungs | None
    note: str
    common: str
    common_label: str
    absent: Sequence[str]


def build_needed_skills(comparison: Comparison) -> NeededSkills | None:
    """None where no role is rated."""
    rated_sides = [comparison.sides[index] for index in comparison.official.rated_roles]
    if not rated_sides:
        return None
    absent = describe_absent(comparison.sides, rated_sides, GROUPS["rated_skills"])
    if len(rated_sides) == 1:
        label = f"Rated most important for {rated_sides[0].people}"
        return NeededSkills(None, None, "", _name_most_important(rated_sides[0]), label, absent)
    needs = _choose_needs(comparison, rated_sides)
    common = _name_common_needs(comparison)
    label = f"{EVERYONE[len(rated_sides)].capitalize()} need about equally" if common else ""
    kinds = {need.skill.kind for need in chain.from_iterable(needs)}
    rule = _describe_rule(len(rated_sides), has_any=bool(kinds), has_knowledge="knowledge" in kinds)
    return NeededSkills(find_rated_skills(comparison), _draw_needs(needs, rated_sides), rule, common, label, absent)


def _name_most_important(side: Side) -> str:
    importances = []
    for entry in side.role.ratings:
        if entry.kind == "rated" and entry.importance is not None:
            importances.append((entry.importance, entry.name))
    importances.sort(key=lambda pair: -pair[0])
    return formats.listed([simplify_skill(name) for _, name in importances[:_MOST_NAMED]])


def _choose_needs(comparison: Comparison, rated_sides: Sequence[Side]) -> list[list[Need]]:
    """For each rated role the skills, then the fields of knowledge, that set it apart most."""
    chosen: list[list[Need]] = [[] for _ in rated_sides]
    for kind, (most_of_two, most_of_more) in _MOST.items():
        needs = comparison.official.needs[kind]
        for role_needs, side in zip(chosen, rated_sides, strict=True):
            role_needs += needs[side.index][: most_of_two if len(rated_sides) == 2 else most_of_more]
    return chosen


def _name_common_needs(comparison: Comparison) -> str:
    """What all rated roles need about equally, the most important first; "" for nothing."""
    common = []
    for skill in comparison.official.even:
        importances = [importance for importance in skill.importances if importance is not None]
        common.append((-min(importances), simplify_skill(skill.name)))
    return formats.listed_some([name for _, name in sorted(common)], _MOST_NAMED)


def _draw_needs(needs: Sequence[Sequence[Need]], rated_sides: Sequence[Side]) -> Rungs | None:
    """The role with the widest gap comes first; None where no skill sets the roles apart."""
    groups = [(side, role_needs) for side, role_needs in zip(rated_sides, needs, strict=True) if role_needs]
    if not groups:
        return None
    groups.sort(key=lambda pair: max(need.gap for need in pair[1]), reverse=True)
    headings = [RungHeading(side.letter, side.title) for side in rated_sides]
    drawn = [_build_rung_group(side, role_needs, rated_sides) for side, role_needs in groups]
    return Rungs("Skills by importance", "Importance, 1 to 5", headings, drawn, _AXIS.ticks)


def _build_rung_group(side: Side, needs: Sequence[Need], rated_sides: Sequence[Side]) -> RungGroup:
    verb = "need" if is_plural(side.title) else "needs"
    others = [other for other in rated_sides if other is not side]
    letters = [role.letter for role in rated_sides]
    marks = [list(zip(letters, need.importances, strict=True)) for need in needs]
    lanes = draw_rungs(marks, _AXIS, DENSE)
    rungs = list(map(_draw_rung, needs, marks, lanes))
    if len(others) > 1:
        return RungGroup(rungs, side.letter, f"{side.title} {verb} more than the others")
    learner = add_article(others[0].title)
    return RungGroup(rungs, side.letter, f"{side.title} {verb} more", f"what {learner} would have to learn")


def _draw_rung(need: Need, marks: Sequence[tuple[str, Decimal]], lane: Lane) -> Rung:
    """`marks`: letter and importance of each rated role."""
    skill = need.skill
    origin = OFFICIAL_KINDS[skill.kind].replace("_", "-")
    cells = []
    for letter, importance in marks:
        rounded = importance.quantize(Decimal("0.1"), ROUND_HALF_UP)
        cells.append(FigureCell(letter, f"{rounded}", origin=origin))
    name, note = simplify_skill(skill.name), ""
    if skill.kind == "knowledge":
        name, note = simplify_field(skill.name), "knowledge"
    return Rung(capitalize(name), note, cells, lane)


def _describe_rule(roles: int, *, has_any: bool, has_knowledge: bool) -> str:
    """Which skills are drawn, by the thresholds. `has_any`: some are. `has_knowledge`: fields of knowledge are, too."""
    important, apart = f"at least {formats.plain(NEEDED)} of 5 (important)", formats.plain(STANDS_OUT)
    than = "the other" if roles == 2 else "any other"
    if not has_any:
        return f"No skill that is rated {important} stands at least {apart} points above {than}."
    knowledge = ""
    if has_knowledge:
        knowledge = f", fields of knowledge by at least {formats.counted(STANDS_OUT_IN_KNOWLEDGE, 'point')}"
    return (
        f"The widest gaps: what is rated {important} for the role that needs it more, by at least {apart} points "
        f"above {than}{knowledge}."
    )
