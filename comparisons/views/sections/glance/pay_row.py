"""The row on pay, and what other sections say of the pay that it shows."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from comparisons.charts.lanes import draw_range, fit_axis_to_marks
from comparisons.comparison import Comparison, ComparisonLine
from comparisons.judging.leads import choose_pay
from comparisons.language.amounts import PAY_NAMES
from comparisons.language.verdict import find_takeaway
from comparisons.views.sections.pairs import PairRow, build_pair_lines, list_doubts, write_note

# Key that pay is led by -> the keys of the ends of its bar.
PAY_ENDS = {
    "salary.annual_median": ("salary.annual_p10", "salary.annual_p90"),
    "salary.hourly_median": ("salary.hourly_p10", "salary.hourly_p90"),
}


class PayBar(NamedTuple):
    """Both ends of a role's bar of pay, None where they are not published. `kind`: what the bar is, in words."""

    low: Any = None
    high: Any = None
    kind: str = ""


def build_pay_row(comparison: Comparison) -> PairRow | None:
    line = find_leading_pay(comparison)
    if line is None:
        return None
    bars = [find_pay_bar(comparison, line.row.key, side.index) for side in comparison.sides]
    amounts: list[float] = []
    for cell, bar in zip(line.cells, bars, strict=True):
        value = cell.value
        amounts += [float(amount) for amount in (bar.low, bar.high, value) if amount is not None]
    axis = fit_axis_to_marks(amounts, (0, 1))
    lanes = []
    for side, cell, bar in zip(comparison.sides, line.cells, bars, strict=True):
        lanes.append(draw_range(side.letter, (bar.low, bar.high), cell.value, axis))
    note = write_note(comparison, PAY_NAMES[line.row.key], line, _describe_bars(comparison, bars))
    notes = [note, *list_doubts(comparison, line)]
    return PairRow("Pay", "pay", notes, build_pair_lines(comparison, line, lanes), find_takeaway(comparison, "pay"))


def find_leading_pay(comparison: Comparison) -> ComparisonLine | None:
    """The line of pay that the page compares; None where no role has a figure in it."""
    line = choose_pay(comparison)
    return line if line and any(not cell.missing for cell in line.cells) else None


def find_pay_bar(comparison: Comparison, key: str, index: int) -> PayBar:
    """The bar around the pay of one role in the row of `key`: by percentiles, else the published range."""
    ends = [comparison.cells[index].get(end) for end in PAY_ENDS.get(key, ())]
    if any(ends):
        low, high = [end.value if end else None for end in ends]
        return PayBar(low, high, "the middle 80%")
    span = comparison.cells[index].get("salary.range") if key.startswith("salary.annual") else None
    if span is None:
        return PayBar()
    low, high = span.value
    return PayBar(low, high, "the published range")


def _describe_bars(comparison: Comparison, bars: Sequence[PayBar]) -> str:
    """What the bars are, for which role where they differ."""
    markers: dict[str, list[str]] = {}
    for side, bar in zip(comparison.sides, bars, strict=True):
        if bar.kind:
            markers.setdefault(bar.kind, []).append(side.marker)
    if len(markers) == 1:
        return f"bar: {next(iter(markers))}"
    return ", ".join([f"bar {' '.join(roles)}: {kind}" for kind, roles in markers.items()])
