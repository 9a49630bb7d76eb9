"""Pay: the steps that the sources publish, as rungs with each role a mark on one axis; the rest on pay is folded."""

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any, NamedTuple

from careers.vocabulary import ALL_JOBS_NAME, NOT_PUBLISHED
from comparisons import formats
from comparisons.charts.lanes import Lane, LaneText, choose_ticks, draw_axis, draw_rung, fit_axis_to_marks
from comparisons.comparison import Cell, Comparison, ComparisonLine, Side
from comparisons.language.parts import Finding
from comparisons.language.row_values import write_mixed_difference
from comparisons.language.verdict.pay_findings import find_pay_steps, find_spreads
from comparisons.views.sections.figure_lines import FigureCell
from comparisons.views.sections.pairs import AllJobsMark, join_releases, list_doubts
from comparisons.views.sections.rungs import (
    Rung,
    RungGroup,
    RungHeading,
    Rungs,
    WordRows,
    build_word_rows,
    describe_absent,
    find_sides_with_values,
)

# What names the best paying places and employers.
_BEST = ("salary.top_city", "salary.top_state", "salary.top_company", "salary.top_industry")


class PaySection(NamedTuple):
    """`finding`: the heading, None where too little is known. `when`: which people, places and months the figures
    cover. `folded`: the other rows on pay. `best`: who pays best, None where nobody is named.
    `notes`: sentences below."""

    finding: Finding
    when: str
    sources: str
    rungs: Sequence[Rungs]
    folded: Sequence[ComparisonLine]
    best: WordRows | None
    notes: Sequence[str]


def build_pay_section(comparison: Comparison) -> PaySection | None:
    """None where no role has any pay."""
    lines = [line for line in comparison.sections["pay"].lines if not line.empty]
    if not lines:
        return None
    tables = _choose_steps(comparison)
    drawn = {step.key for step in chain.from_iterable(tables.values())}
    best = [line for line in lines if line.row.key in _BEST]
    folded = [line for line in lines if line.row.key not in drawn.union(_BEST)]
    notes = [comparison.by_key["salary.range"].row.help] if "salary.range" in drawn else []
    for unit, steps in tables.items():
        of_steps = [comparison.by_key[step.key] for step in steps]
        sides = find_sides_with_values(comparison.sides, of_steps)
        notes += describe_absent(comparison.sides, sides, f"Pay, {unit.lower()}", of_steps)
    publishers = list(dict.fromkeys(chain.from_iterable([line.publishers for line in lines])))
    return PaySection(
        find_pay_steps(comparison) or find_spreads(comparison),
        _describe_figures(comparison, lines),
        formats.listed(publishers),
        [_draw_pay(comparison, steps, unit) for unit, steps in tables.items()],
        folded,
        build_word_rows("Named as paying best", comparison.sides, best),
        notes,
    )


def _describe_figures(comparison: Comparison, lines: Sequence[ComparisonLine]) -> str:
    """`Employees, United States, May 2025.`, with the months of each role by its marker where they are not the same."""
    cells = chain.from_iterable(line.cells for line in lines)
    areas = {
        cell.area.removeprefix("in ").removeprefix("the ") or "United States" for cell in cells if not cell.missing
    }
    # Official figures count employees alone.
    people = ["Employees"] if all(side.official for side in comparison.sides) else []
    paid = find_sides_with_values(comparison.sides, lines)
    releases = [_list_releases(side, lines) for side in paid]
    where, *months = map(formats.listed, [sorted(areas), *releases])
    markers: dict[str, list[str]] = {}
    for side, text in zip(paid, months, strict=True):
        markers.setdefault(text or "year not given", []).append(side.marker)
    return f"{', '.join([*people, where, join_releases(markers)])}."


def _list_releases(side: Side, lines: Sequence[ComparisonLine]) -> list[str]:
    """The releases without the state, which stands before them."""
    cells = [line.cells[side.index] for line in lines]
    releases = [cell.release.removeprefix(f"{cell.area}, ") for cell in cells if cell.release]
    return list(dict.fromkeys(releases))


# -- the steps --------------------------------------------------------------------------------

_MEDIAN = "Half earn more than"
_ALL_JOBS = RungHeading("o", ALL_JOBS_NAME)


class PayStep(NamedTuple):
    """`key`: of the row. `end`: 0 or 1 for the lower or upper end of a range. `middle`: the step that matters most."""

    label: str
    key: str
    end: int | None = None
    middle: bool = False

    def amount(self, cell: Cell) -> Any:
        """What a cell of the row has for the step; None where that is not published."""
        return cell.value if cell.missing or self.end is None else cell.value[self.end]


def _list_percentiles(time: str) -> tuple[PayStep, ...]:
    return (
        PayStep("1 in 10 earns more than", f"salary.{time}_p90"),
        PayStep("1 in 4 earns more than", f"salary.{time}_p75"),
        PayStep(_MEDIAN, f"salary.{time}_median", middle=True),
        PayStep("3 in 4 earn more than", f"salary.{time}_p25"),
        PayStep("9 in 10 earn more than", f"salary.{time}_p10"),
    )


# The steps that sources publish, the better first. A role is drawn with the first of these that it has.
_BY_THE_YEAR, _BY_THE_HOUR = _list_percentiles("annual"), _list_percentiles("hourly")
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


def _choose_steps(comparison: Comparison) -> Mapping[str, Sequence[PayStep]]:
    """Unit of a table -> its steps from the top down: those of each role's best family.

    A table that every role has steps in leaves out one that some have none in.
    """
    tables: dict[str, list[PayStep]] = {"A year": [], "An hour": []}
    for step in _find_steps(comparison):
        tables["An hour" if ".hourly_" in step.key else "A year"].append(step)
    of_all = {}
    for unit, steps in tables.items():
        if steps and len(_find_sides_with_steps(comparison, steps)) == len(comparison.sides):
            of_all[unit] = steps
    return of_all or {unit: steps for unit, steps in tables.items() if steps}


def _find_steps(comparison: Comparison) -> list[PayStep]:
    families = set()
    for side in comparison.sides:
        best = next((steps for steps in _FAMILIES if _has_any(comparison, steps, side)), None)
        if best:
            families.add(best)
    if len(families) > 1 and "salary.annual_average" in comparison.by_key:
        families.add(_RANGE)  # averages are what different publishers have in common
    steps: list[PayStep] = []
    for family in _FAMILIES:
        if family in families:
            steps += [step for step in family if _fill_line(comparison, step)]
    return steps


def _has_any(comparison: Comparison, steps: Sequence[PayStep], side: Side) -> bool:
    lines = [_fill_line(comparison, step) for step in steps]
    return any(line is not None and not line.cells[side.index].missing for line in lines)


def _fill_line(comparison: Comparison, step: PayStep) -> ComparisonLine | None:
    line = comparison.by_key.get(step.key)
    return None if line is None or line.empty else line


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


def _draw_pay(comparison: Comparison, steps: Sequence[PayStep], unit: str) -> Rungs:
    """Roles that have none of the steps have no column; a note says why."""
    sides = _find_sides_with_steps(comparison, steps)
    filled = [_fill_step(comparison, step, sides) for step in steps]
    lanes, numbers = _draw_lanes(sides, filled)
    doubts = ["; ".join(list_doubts(comparison, row.line)) for row in filled]
    rungs = [_build_rung(sides, *of_step) for of_step in zip(filled, lanes, doubts, strict=True)]
    rungs = _give_reasons_once(rungs)
    headings = [RungHeading(side.letter, side.title) for side in sides]
    differs = "Difference" if len(headings) == 2 else ""
    if len(comparison.sides) == 1 and any(row.of_all for row in filled):
        headings.append(_ALL_JOBS)
        rungs = [_put_beside_all_jobs(row, rung) for row, rung in zip(filled, rungs, strict=True)]
        differs = "Against all jobs"
    return Rungs(f"Pay, {unit.lower()}", unit, headings, [RungGroup(rungs)], numbers, differs)


def _find_sides_with_steps(comparison: Comparison, steps: Sequence[PayStep]) -> list[Side]:
    return find_sides_with_values(comparison.sides, [comparison.by_key[step.key] for step in steps])


def _draw_lanes(sides: Sequence[Side], filled: Sequence[_FilledStep]) -> tuple[list[Lane], Sequence[LaneText]]:
    """The drawing of each step, and the numbers below all: where all amounts are the same, this amount alone."""
    letters = [*[side.letter for side in sides], _ALL_JOBS.letter]
    marks = [list(zip(letters, row.marks, strict=False)) for row in filled]
    amounts: list[float] = []
    for row in filled:
        amounts += [amount for amount in row.marks if amount is not None]
    axis = fit_axis_to_marks(amounts or [0.0, 1.0])
    numbers = amounts[:1] if len(set(amounts)) == 1 else choose_ticks(axis.low, axis.high, 4)
    marked = draw_axis(axis, numbers, formats.short_dollars)
    return [draw_rung(values, marked) for values in marks], marked.ticks


def _fill_step(comparison: Comparison, step: PayStep, sides: Sequence[Side]) -> _FilledStep:
    line = comparison.by_key[step.key]
    of_all = comparison.all_jobs.get(step.key)
    is_drawn = step.label == _MEDIAN or len(comparison.sides) == 1
    return _FilledStep(
        step, line, [step.amount(line.cells[side.index]) for side in sides], of_all if is_drawn else None
    )


def _build_rung(sides: Sequence[Side], row: _FilledStep, lane: Lane, doubts: str) -> Rung:
    step, line, amounts, of_all = row
    cells = []
    for side, amount in zip(sides, amounts, strict=True):
        cell = line.cells[side.index]
        text = "" if amount is None else formats.dollars(amount)
        missing = "" if text else cell.missing or NOT_PUBLISHED
        cells.append(FigureCell(side.letter, text, missing, line.row.anchor if cell.origins else ""))
    mark = AllJobsMark(of_all.text, line.row.anchor) if of_all else None
    ahead, difference = _compare_two(sides, row)
    return Rung(step.label, doubts, cells, lane, step.middle, ahead, difference, mark)


def _give_reasons_once(rungs: Sequence[Rung]) -> list[Rung]:
    """A role of another publisher has none of many steps: a dash stands for a reason that its column has given."""
    explained: set[FigureCell] = set()
    shorter = []
    for rung in rungs:
        cells = [cell._replace(missing=formats.MISSING) if cell in explained else cell for cell in rung.cells]
        explained.update(cell for cell in rung.cells if cell.missing and not cell.origin)
        shorter.append(rung._replace(cells=cells))
    return shorter


def _compare_two(sides: Sequence[Side], row: _FilledStep) -> tuple[RungHeading | None, str]:
    """Who of two roles earns more at a step, and by how much; nobody where the figures are not like for like."""
    if len(row.amounts) != 2 or None in row.amounts:
        return None, ""
    first, second = row.amounts
    if first == second:
        return None, "the same"
    gap = formats.dollars(abs(first - second))
    mixed = write_mixed_difference(row.line)
    if mixed:
        return None, f"{gap} apart ({mixed})"
    best = sides[0] if first > second else sides[1]
    return RungHeading(best.letter, best.title), f"+{gap}"


def _put_beside_all_jobs(row: _FilledStep, rung: Rung) -> Rung:
    """The step of one role with a column for all jobs, and how far the role is from them."""
    if row.of_all is None:
        return rung._replace(cells=[*rung.cells, FigureCell("o", "", NOT_PUBLISHED, "")])
    [amount] = row.amounts
    difference = "" if amount is None else formats.dollar_difference(amount, row.of_all.value)
    cells = [*rung.cells, FigureCell("o", row.of_all.text, "", row.line.row.anchor)]
    return rung._replace(cells=cells, difference=difference, all_jobs=None)
