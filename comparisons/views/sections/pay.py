"""Pay: the steps that the sources publish, as rungs; everything else on pay is folded."""

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from careers.vocabulary import ALL_JOBS_NAME, NOT_PUBLISHED
from comparisons import formats
from comparisons.charts.lanes import Axis, axis_of_marks, draw_axis, draw_rung, short_dollars, ticks
from comparisons.comparison import Cell, Comparison, ComparisonLine, Side
from comparisons.language.verdict.pay_findings import find_pay_steps
from comparisons.views.sections.pairs import AllJobsMark
from comparisons.views.sections.rungs import Rung, RungCell, RungGroup, RungHeading, Rungs

_MEDIAN = "Half earn more than"


class PayStep(NamedTuple):
    """`key`: of the row. `end`: 0 or 1 for the lower or upper end of a range. `middle`: the step that matters most."""

    label: str
    key: str
    end: int | None = None
    middle: bool = False


def _percentiles(time: str) -> tuple[PayStep, ...]:
    return (
        PayStep("1 in 10 earns more than", f"salary.{time}_p90"),
        PayStep("1 in 4 earns more than", f"salary.{time}_p75"),
        PayStep(_MEDIAN, f"salary.{time}_median", middle=True),
        PayStep("3 in 4 earn more than", f"salary.{time}_p25"),
        PayStep("9 in 10 earn more than", f"salary.{time}_p10"),
    )


# The steps that sources publish, the better first. A role is drawn with the first of these that it has.
_BY_THE_YEAR, _BY_THE_HOUR = _percentiles("annual"), _percentiles("hourly")
_LEVELS = (
    PayStep("At senior level", "salary.annual_senior"),
    PayStep("At mid level", "salary.annual_mid", middle=True),
    PayStep("At entry level", "salary.annual_entry"),
)
_RANGE = (
    PayStep("Top of the range", "salary.range", end=1),
    PayStep("Average", "salary.annual_average", middle=True),
    PayStep("Bottom of the range", "salary.range", end=0),
)
_AVERAGE_AN_HOUR = (PayStep("Average", "salary.hourly_average", middle=True),)
_FAMILIES = (_BY_THE_YEAR, _LEVELS, _RANGE, _BY_THE_HOUR, _AVERAGE_AN_HOUR)
# What names the best paying places and employers.
_BEST = ("salary.top_city", "salary.top_state", "salary.top_company", "salary.top_industry")
ALL_JOBS = RungHeading("o", ALL_JOBS_NAME)


class PayPart(NamedTuple):
    """`finding`: the heading, None where too little is known. `when`: of when and of whom the figures are. `folded`:
    the other rows on pay. `best`: rows on who pays best. `notes`: sentences below."""

    finding: Sequence[object] | None
    when: str
    sources: str
    rungs: Sequence[Rungs]
    folded: Sequence[ComparisonLine]
    best: Sequence[ComparisonLine]
    notes: Sequence[str]


def pay_part(comparison: Comparison) -> PayPart | None:
    """None where no role has any pay."""
    lines = [line for line in comparison.section("pay").lines if not line.empty]
    if not lines:
        return None
    tables = _divide_by_time(comparison, _steps(comparison))
    drawn = {step.key for steps in tables.values() for step in steps}
    others = [line for line in lines if line.row.key not in drawn and line.row.key not in _BEST]
    best = [line for line in lines if line.row.key in _BEST]
    cited = dict.fromkeys([cell.publisher for line in lines for cell in line.cells if cell.publisher])
    notes = [
        step.help for step in {line.row.key: line.row for line in lines if line.row.key == "salary.range"}.values()
    ]
    return PayPart(
        find_pay_steps(comparison),
        _when(comparison, lines),
        formats.listed(list(cited)),
        [_rungs(comparison, steps, unit) for unit, steps in tables.items()],
        others,
        best,
        notes if "salary.range" in drawn else [],
    )


def _divide_by_time(comparison: Comparison, steps: Sequence[PayStep]) -> Mapping[str, Sequence[PayStep]]:
    """The steps of a year and of an hour; those that every role has alone, if there are such."""
    by_time = {"A year": [step for step in steps if ".hourly_" not in step.key]}
    by_time["An hour"] = [step for step in steps if ".hourly_" in step.key]
    of_all = {}
    for unit, of_time in by_time.items():
        if all(_has_any(comparison, of_time, side) for side in comparison.sides):
            of_all[unit] = of_time
    return of_all or {unit: of_time for unit, of_time in by_time.items() if of_time}


def _when(comparison: Comparison, lines: Sequence[ComparisonLine]) -> str:
    """Of whom, of where and of when the figures are; of when for each role, where they are not of the same time."""
    counted = "Employees" if all(side.official for side in comparison.sides) else "Pay"
    areas = {cell.area for line in lines for cell in line.cells if not cell.missing}
    where = formats.listed(sorted(area.removeprefix("in ") or "United States" for area in areas))
    markers: dict[str, list[str]] = {}
    for side in comparison.sides:
        known = [cell for line in lines if not (cell := line.cells[side.index]).missing]
        named = [cell.release.removeprefix(f"{cell.area}, ") for cell in known if cell.release]  # the area is named
        releases = formats.listed(list(dict.fromkeys(named)))
        if known:
            markers.setdefault(releases or "year not given", []).append(side.marker)
    times = [f"{' '.join(roles)} {time}" if len(markers) > 1 else time for time, roles in markers.items()]
    return f"{counted}, {where}, {', '.join(times)}."


def _steps(comparison: Comparison) -> list[PayStep]:
    """The steps to draw: those of each role's best family, from the top down."""
    chosen: dict[tuple[PayStep, ...], None] = {}
    for side in comparison.sides:
        family = next((steps for steps in _FAMILIES if _has_any(comparison, steps, side)), None)
        if family:
            chosen[family] = None
    if len(chosen) > 1 and comparison.by_key.get("salary.annual_average") is not None:
        chosen[_RANGE] = None  # averages are what different publishers have in common
    steps = [step for family in _FAMILIES if family in chosen for step in family]
    return [step for step in steps if _line(comparison, step) is not None]


def _has_any(comparison: Comparison, steps: Sequence[PayStep], side: Side) -> bool:
    lines = [_line(comparison, step) for step in steps]
    return any(line is not None and not line.cells[side.index].missing for line in lines)


def _line(comparison: Comparison, step: PayStep) -> ComparisonLine | None:
    line = comparison.by_key.get(step.key)
    return None if line is None or line.empty else line


def _value(step: PayStep, cell: Cell) -> int | float | None:
    if cell.missing:
        return None
    value = cell.value if step.end is None else cell.value[step.end]
    return None if value is None else float(value)


def _rungs(comparison: Comparison, steps: Sequence[PayStep], unit: str) -> Rungs:
    is_alone = len(comparison.sides) == 1 and any(_of_all_jobs(comparison, step) for step in steps)
    values = []
    for step in steps:
        line = comparison.by_key[step.key]
        values.append([_value(step, cell) for cell in (*line.cells, *_of_all_jobs(comparison, step))])
    amounts = [value for value in chain.from_iterable(values) if value is not None] or [0.0, 1.0]
    axis = axis_of_marks(amounts)
    are_several = max(amounts) > min(amounts)
    marked = draw_axis(axis, ticks(axis.low, axis.high, 4) if are_several else amounts[:1], short_dollars)
    headings = [RungHeading(side.letter, side.title) for side in comparison.sides]
    rungs = []
    for step, of_step in zip(steps, values, strict=True):
        rungs.append(_rung(comparison, step, of_step, axis, marked.grid, headings))
    differs = "Difference" if len(headings) == 2 else ""
    if is_alone:
        headings.append(ALL_JOBS)
        rungs = [_beside_all_jobs(comparison, step, rung) for step, rung in zip(steps, rungs, strict=True)]
        differs = "Against all jobs"
    return Rungs(f"Pay, {unit.lower()}", unit, headings, [RungGroup(rungs)], marked.ticks, differs)


def _of_all_jobs(comparison: Comparison, step: PayStep) -> list[Cell]:
    """The figure of all jobs where it is drawn: at each step beside one role, at the median beside several."""
    cell = comparison.all_jobs.get(step.key)
    return [cell] if cell and (step.label == _MEDIAN or len(comparison.sides) == 1) else []


def _beside_all_jobs(comparison: Comparison, step: PayStep, rung: Rung) -> Rung:
    """The step with a column for all jobs, and how far the role is from them."""
    [cell], anchor = comparison.by_key[step.key].cells, comparison.by_key[step.key].row.anchor
    of_all = comparison.all_jobs.get(step.key)
    if of_all is None:
        return rung._replace(cells=[*rung.cells, RungCell("o", "", NOT_PUBLISHED, "")])
    difference = "" if cell.missing else formats.dollar_difference(cell.value, of_all.value)
    cells = [*rung.cells, RungCell("o", formats.dollars(of_all.value), "", anchor)]
    return rung._replace(cells=cells, difference=difference, all_jobs=None)


def _rung(
    comparison: Comparison,
    step: PayStep,
    values: Sequence[float | None],
    axis: Axis,
    grid: Sequence[str],
    headings: Sequence[RungHeading],
) -> Rung:
    line = comparison.by_key[step.key]
    cells = []
    for side, cell, value in zip(comparison.sides, line.cells, values, strict=False):  # all jobs come after the roles
        text = "" if value is None else formats.dollars(cell.value if step.end is None else cell.value[step.end])
        missing = cell.missing or ("not published" if value is None else "")
        cells.append(RungCell(side.letter, text, missing, line.row.anchor if cell.origins else ""))
    letters = [side.letter for side in comparison.sides]
    of_all = _of_all_jobs(comparison, step)
    lane = draw_rung(list(zip([*letters, "o"][: len(values)], values, strict=True)), axis, grid)
    if of_all and len(letters) > 1:  # what lies between roles is joined
        lane = lane._replace(rule=draw_rung(list(zip(letters, values, strict=False)), axis).rule)
    mark = AllJobsMark(formats.dollars(of_all[0].value), line.row.anchor) if of_all else None
    ahead, difference = _difference(line, step, values[: len(letters)], headings)
    doubts = []
    for side, cell in zip(comparison.sides, line.cells, strict=True):
        doubts += [f"{side.marker} {doubt}" for doubt in cell.doubts]
    return Rung(step.label, "; ".join(doubts), cells, lane, step.middle, ahead, difference, mark)


def _difference(
    line: ComparisonLine, step: PayStep, values: Sequence[float | None], headings: Sequence[RungHeading]
) -> tuple[RungHeading | None, str]:
    """Who of two earns more at a step, and by how much."""
    first, *others = values
    second = others[0] if len(others) == 1 else None
    if first is None or second is None:
        return None, ""
    if first == second:
        return None, "the same"
    gap = formats.dollars(abs(_exactly(line, step, 0) - _exactly(line, step, 1)))
    ahead = headings[0 if first > second else 1]
    if len(line.publishers) > 1:
        return ahead, f"+{gap} (two publishers)"
    months = "" if len(line.releases) == 1 else f" ({' and '.join(filter(None, line.releases))})"
    return ahead, f"+{gap}{months}"


def _exactly(line: ComparisonLine, step: PayStep, index: int) -> int:
    value: int = line.cells[index].value if step.end is None else line.cells[index].value[step.end]
    return value
