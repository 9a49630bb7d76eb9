"""Rungs: one line a step or a share, every role a mark on one axis."""

from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

from comparisons import formats
from comparisons.charts.lanes import DENSE, EDGES, Axis, Lane, LaneText, choose_ticks, draw_axis, draw_rung
from comparisons.comparison import ComparisonLine, Side
from comparisons.language.messages.absent_values import shorten_reason, write_reason
from comparisons.titles import capitalize
from comparisons.views.sections.figure_lines import FigureCell
from comparisons.views.sections.pairs import AllJobsMark

_MOST_TICKS = 5


class RungHeading(NamedTuple):
    letter: str
    name: str


class Rung(NamedTuple):
    """`middle`: the step that matters most. `ahead`: the role that has more, None where neither has or where there are
    more than two. `difference`: by how much, or why there is no difference. `all_jobs`: the figure of all jobs, where
    it has a mark and no column."""

    label: str
    note: str
    cells: Sequence[FigureCell]
    lane: Lane
    middle: bool = False
    ahead: RungHeading | None = None
    difference: str = ""
    all_jobs: AllJobsMark | None = None


class RungGroup(NamedTuple):
    """Steps under a heading, "" for none. `letter`: of the role that the heading is about, "" for all."""

    rungs: Sequence[Rung]
    letter: str = ""
    heading: str = ""
    note: str = ""


class Rungs(NamedTuple):
    """A table of rungs. `unit`: what is counted. `ticks`: the numbers below the drawings. `differs`: the heading of a
    column of differences, "" for none."""

    caption: str
    unit: str
    headings: Sequence[RungHeading]
    groups: Sequence[RungGroup]
    ticks: Sequence[LaneText]
    differs: str = ""


class WordRows(NamedTuple):
    """Rows without a drawing. `sides`: the roles that have words, or several reasons for having none, each in a column.
    `absent`: why the others have none, each a sentence."""

    caption: str
    lines: Sequence[ComparisonLine]
    sides: Sequence[Side]
    absent: Sequence[str]


def find_sides_with_values(sides: Sequence[Side], lines: Sequence[ComparisonLine]) -> list[Side]:
    return [side for side in sides if not all(line.cells[side.index].missing for line in lines)]


def build_word_rows(caption: str, sides: Sequence[Side], lines: Sequence[ComparisonLine]) -> WordRows | None:
    """None where there are no lines. A role without words keeps its column where the reasons differ."""
    if not lines:
        return None
    with_words = [side for side in sides if _has_words_or_reasons(side, lines)]
    return WordRows(caption, lines, with_words, describe_absent(sides, with_words, caption, lines))


def _has_words_or_reasons(side: Side, lines: Sequence[ComparisonLine]) -> bool:
    reasons = {line.cells[side.index].missing for line in lines}
    return "" in reasons or len(reasons) > 1


def build_share_rungs(
    caption: str, unit: str, sides: Sequence[Side], rows: Sequence[tuple[str, ComparisonLine]]
) -> Rungs | None:
    """`sides`: the roles that have columns. `rows`: each with its label. None where nobody has a share."""
    cells_of_rows = chain.from_iterable(line.cells for _, line in rows)
    shares = [float(cell.value) for cell in cells_of_rows if not cell.missing]
    if not shares:
        return None
    axis = Axis(0, max(shares) or 1, *EDGES)
    marked = draw_axis(axis, choose_ticks(0, axis.high, _MOST_TICKS), formats.percent)
    headings = [RungHeading(side.letter, side.title) for side in sides]
    rungs = []
    for label, line in rows:
        cells = []
        for side in sides:
            cell = line.cells[side.index]
            origin = line.row.anchor if cell.origins else ""
            cells.append(FigureCell(side.letter, cell.text, shorten_reason(cell.missing), origin))
        lane = draw_rung([(side.letter, line.cells[side.index].value) for side in sides], marked, DENSE)
        rungs.append(Rung(label, "", cells, lane))
    return Rungs(caption, unit, headings, [RungGroup(rungs)], marked.ticks)


def describe_doubts(sides: Sequence[Side], lines: Sequence[ComparisonLine]) -> list[str]:
    """What to know before relying on the lines, each a sentence, by the markers of the roles."""
    by_doubt: dict[str, list[str]] = {}
    for side in sides:
        doubts = dict.fromkeys(chain.from_iterable(line.cells[side.index].doubts for line in lines))
        for doubt in doubts:
            by_doubt.setdefault(doubt, []).append(side.marked_title)
    if len(sides) == 1:
        return [f"{capitalize(doubt)}." for doubt in by_doubt]
    return [f"{formats.listed(names)}: {doubt}." for doubt, names in by_doubt.items()]


def describe_absent(
    sides: Sequence[Side], sides_with_columns: Sequence[Side], label: str, lines: Sequence[ComparisonLine] = ()
) -> list[str]:
    """Who has no column in a table of shares, and why: the reason of its source where one of the lines has that.

    `sides_with_columns`: who has one. `label`: what the table is about.
    """
    reasons: dict[str, list[str]] = {}
    for side in sides:
        if side not in sides_with_columns:
            reasons.setdefault(_explain_absent(side, lines), []).append(side.marked_title)
    return [f"{label}: {write_reason(reason, formats.listed(names))}." for reason, names in reasons.items()]


def _explain_absent(side: Side, lines: Sequence[ComparisonLine]) -> str:
    reasons = [line.cells[side.index].missing for line in lines if line.cells[side.index].origins]
    return reasons[0] if reasons else side.absent.missing
