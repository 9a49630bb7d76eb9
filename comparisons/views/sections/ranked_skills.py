"""Skills of one role by their rank: in which share of occupations each of them matters less."""

from collections.abc import Sequence
from typing import NamedTuple

from comparisons import formats
from comparisons.charts.lanes import DENSE, EDGES, Axis, draw_axis, draw_rung
from comparisons.comparison import Comparison, ComparisonLine
from comparisons.language.parts import Part
from comparisons.titles import capitalize
from comparisons.views.sections.cited_sources import cite_lines
from comparisons.views.sections.figure_lines import FigureCell
from comparisons.views.sections.rungs import Rung, RungGroup, RungHeading, Rungs

# What the skill of a row is called in a sentence, where its own name is no plain word for it.
_PLAIN = {
    "skill_ranks.computers_and_information_technology": "computers and technology",
    "skill_ranks.critical_and_analytical_thinking": "thinking things through",
    "skill_ranks.customer_service": "serving people",
    "skill_ranks.detail_oriented": "attention to detail",
    "skill_ranks.fine_motor": "skillful hands",
    "skill_ranks.interpersonal": "working with people",
    "skill_ranks.mechanical": "mechanical things",
    "skill_ranks.physical_strength_and_stamina": "strength and stamina",
    "skill_ranks.problem_solving_and_decision_making": "solving problems and deciding",
}
# Skills whose names take a plural verb.
_PLURAL = {
    "skill_ranks.computers_and_information_technology",
    "skill_ranks.creativity_and_innovation",
    "skill_ranks.fine_motor",
    "skill_ranks.mechanical",
    "skill_ranks.physical_strength_and_stamina",
    "skill_ranks.problem_solving_and_decision_making",
    "skill_ranks.speaking_and_listening",
    "skill_ranks.writing_and_reading",
}
# Skills that matter more than in this many percent of occupations stand before the others.
_HALF, _ALL = 50, 100
_AXIS = draw_axis(Axis(0, 100, *EDGES), (0, 25, 50, 75, 100), formats.percent)


class RankedSkills(NamedTuple):
    finding: Sequence[Part]
    rungs: Rungs
    sources: Sequence[str]


def build_ranked_skills(comparison: Comparison) -> RankedSkills | None:
    """Of a page of one role; None where its skills are not ranked."""
    lines = [line for line in comparison.sections["ranks"].lines if not line.cells[0].missing]
    if not lines:
        return None
    lines.sort(key=lambda line: (-line.cells[0].value, line.row.label))
    more: list[Rung] = []
    less: list[Rung] = []
    for line in lines:
        (more if line.cells[0].value > _HALF else less).append(_draw_rung(line))
    groups = [RungGroup(more), RungGroup(less, "", "Matters less than in most")]
    headings = [RungHeading(side.letter, side.title) for side in comparison.sides]
    drawn = [group for group in groups if group.rungs]
    rungs = Rungs("Skills by rank", "More than in … of occupations", headings, drawn, _AXIS.ticks)
    return RankedSkills(_write_finding(lines[0]), rungs, cite_lines(lines))


def _write_finding(line: ComparisonLine) -> tuple[Part, ...]:
    """`Attention to detail matters more than in 91% of occupations`."""
    value, key = line.cells[0].value, line.row.key
    share, rest = ("nearly all", " occupations") if value == _ALL else (f"{value}%", " of occupations")
    verb = "matter" if key in _PLURAL else "matters"
    return (Part(f"{capitalize(_name_skill(line))} {verb} more than in "), Part(share, key=key), Part(rest))


def _name_skill(line: ComparisonLine) -> str:
    label: str = line.row.label
    return _PLAIN.get(line.row.key, label[:1].lower() + label[1:])


def _draw_rung(line: ComparisonLine) -> Rung:
    cell = line.cells[0]
    cells = [FigureCell("a", f"{cell.value}%", "", line.row.anchor)]
    return Rung(capitalize(_name_skill(line)), "", cells, draw_rung([("a", cell.value)], _AXIS, DENSE))
