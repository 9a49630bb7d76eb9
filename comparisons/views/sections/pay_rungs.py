"""Steps of pay as rungs: each role a mark on one axis, and how far two of them lie apart."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from careers.vocabulary import ALL_JOBS_NAME, NOT_PUBLISHED
from comparisons import formats
from comparisons.charts.lanes import Axis, Lane, LaneAxis, axis_of_marks, draw_axis, draw_rung, short_dollars, ticks
from comparisons.comparison import Cell, Comparison, ComparisonLine, Side
from comparisons.views.sections.pairs import AllJobsMark, list_doubts
from comparisons.views.sections.pay_steps import MEDIAN, PayStep
from comparisons.views.sections.rungs import Rung, RungCell, RungGroup, RungHeading, Rungs

ALL_JOBS = RungHeading("o", ALL_JOBS_NAME)


class _FilledStep(NamedTuple):
    """A step with the amount of each role, None where it has none. `of_all`: the figure of all jobs where it is drawn:
    at each step beside one role, at the median beside several."""

    step: PayStep
    line: ComparisonLine
    amounts: Sequence[Any]
    of_all: Cell | None

    @property
    def marks(self) -> list[float | None]:
        """The amounts of the roles and of all jobs."""
        amounts = [*self.amounts, self.of_all.value] if self.of_all else self.amounts
        return [None if amount is None else float(amount) for amount in amounts]


def draw_pay(comparison: Comparison, steps: Sequence[PayStep], unit: str) -> Rungs:
    filled = [_fill(comparison, step) for step in steps]
    axis, marked = _draw_axis(filled)
    rungs = [_draw_rung(comparison, row, axis, marked.grid) for row in filled]
    headings = [RungHeading(side.letter, side.title) for side in comparison.sides]
    differs = "Difference" if len(headings) == 2 else ""
    if len(headings) == 1 and any(row.of_all for row in filled):
        headings.append(ALL_JOBS)
        rungs = [_put_beside_all_jobs(row, rung) for row, rung in zip(filled, rungs, strict=True)]
        differs = "Against all jobs"
    return Rungs(f"Pay, {unit.lower()}", unit, headings, [RungGroup(rungs)], marked.ticks, differs)


def _draw_axis(filled: Sequence[_FilledStep]) -> tuple[Axis, LaneAxis]:
    """An axis for all amounts, with its numbers: where all amounts are the same, this amount alone."""
    amounts: list[float] = []
    for row in filled:
        amounts += [amount for amount in row.marks if amount is not None]
    axis = axis_of_marks(amounts or [0.0, 1.0])
    numbers = amounts[:1] if len(set(amounts)) == 1 else ticks(axis.low, axis.high, 4)
    return axis, draw_axis(axis, numbers, short_dollars)


def _fill(comparison: Comparison, step: PayStep) -> _FilledStep:
    line = comparison.by_key[step.key]
    of_all = comparison.all_jobs.get(step.key)
    is_drawn = step.label == MEDIAN or len(comparison.sides) == 1
    return _FilledStep(step, line, [step.amount(cell) for cell in line.cells], of_all if is_drawn else None)


def _draw_rung(comparison: Comparison, row: _FilledStep, axis: Axis, grid: Sequence[str]) -> Rung:
    step, line, amounts, of_all = row
    texts = ["" if amount is None else formats.dollars(amount) for amount in amounts]
    cells = []
    for side, cell, text in zip(comparison.sides, line.cells, texts, strict=True):
        missing = "" if text else cell.missing or NOT_PUBLISHED
        cells.append(RungCell(side.letter, text, missing, line.row.anchor if cell.origins else ""))
    mark = AllJobsMark(formats.dollars(of_all.value), line.row.anchor) if of_all else None
    ahead, difference = _compare_two(comparison.sides, row)
    doubts = "; ".join(list_doubts(comparison, line))
    lane = _draw_lane(comparison.sides, row, axis, grid)
    return Rung(step.label, doubts, cells, lane, step.middle, ahead, difference, mark)


def _draw_lane(sides: Sequence[Side], row: _FilledStep, axis: Axis, grid: Sequence[str]) -> Lane:
    marks = row.marks
    letters = [side.letter for side in sides]
    if row.of_all is None:
        return draw_rung(list(zip(letters, marks, strict=True)), axis, grid)
    lane = draw_rung(list(zip([*letters, "o"], marks, strict=True)), axis, grid)
    if len(letters) == 1:
        return lane
    # A line joins what lies between roles, not all jobs with them.
    return lane._replace(rule=draw_rung(list(zip(letters, marks, strict=False)), axis).rule)


def _compare_two(sides: Sequence[Side], row: _FilledStep) -> tuple[RungHeading | None, str]:
    """Who of two roles earns more at a step, and by how much."""
    if len(sides) != 2 or None in row.amounts:
        return None, ""
    first, second = row.amounts
    if first == second:
        return None, "the same"
    gap = formats.dollars(abs(first - second))
    best = sides[0] if first > second else sides[1]
    ahead = RungHeading(best.letter, best.title)
    if len(row.line.publishers) > 1:
        return ahead, f"+{gap} (two publishers)"
    months = "" if len(row.line.releases) == 1 else f" ({' and '.join(filter(None, row.line.releases))})"
    return ahead, f"+{gap}{months}"


def _put_beside_all_jobs(row: _FilledStep, rung: Rung) -> Rung:
    """The step of one role with a column for all jobs, and how far the role is from them."""
    if row.of_all is None:
        return rung._replace(cells=[*rung.cells, RungCell("o", "", NOT_PUBLISHED, "")])
    [amount] = row.amounts
    difference = "" if amount is None else formats.dollar_difference(amount, row.of_all.value)
    cells = [*rung.cells, RungCell("o", formats.dollars(row.of_all.value), "", row.line.row.anchor)]
    return rung._replace(cells=cells, difference=difference, all_jobs=None)
