"""The row on pay, and what other sections say of the pay that it shows."""

from collections.abc import Sequence
from typing import Any

from comparisons.charts.lanes import Lane, axis_of_marks, draw_range
from comparisons.comparison import Cell, Comparison, ComparisonLine, Side
from comparisons.judging.leads import choose_pay
from comparisons.language.verdict import what_follows
from comparisons.views.sections.pairs import PairRow, list_doubts, pair_lines, write_note

# Key that pay is led by -> the keys of the ends of its bar.
PAY_ENDS = {
    "salary.annual_median": ("salary.annual_p10", "salary.annual_p90"),
    "salary.hourly_median": ("salary.hourly_p10", "salary.hourly_p90"),
}
_PAY_NAMES = {
    "salary.annual_median": "median a year",
    "salary.annual_average": "average a year",
    "salary.hourly_median": "median an hour",
    "salary.hourly_average": "average an hour",
}


def pay_row(comparison: Comparison) -> PairRow | None:
    line = leading_pay(comparison)
    if line is None:
        return None
    ends = [pay_ends(comparison, line.row.key, side.index) for side in comparison.sides]
    values = [cell.value for cell in line.cells if not cell.missing]
    amounts = [float(end) for low, high, _ in ends for end in (low, high) if end is not None]
    amounts += map(float, values)
    axis = axis_of_marks(amounts, (0, 1))

    def draw(side: Side, cell: Cell) -> Lane:
        start, stop, _ = ends[side.index]
        return draw_range(side.letter, (start, stop), None if cell.missing else cell.value, axis)

    kinds = [kind for _, _, kind in ends]
    note = write_note(comparison, _PAY_NAMES[line.row.key], line, _describe_bars(comparison, kinds))
    notes = [note, *list_doubts(comparison, line)]
    return PairRow("Pay", "pay", notes, pair_lines(comparison, line, draw), what_follows(comparison, "pay"))


def leading_pay(comparison: Comparison) -> ComparisonLine | None:
    """The line of pay that the page speaks of; None where no role has a figure in it."""
    line = choose_pay(comparison)
    return line if line and any(not cell.missing for cell in line.cells) else None


def pay_ends(comparison: Comparison, key: str, index: int) -> tuple[Any, Any, str]:
    """Both ends of a role's bar of pay, None where it is not published, and what the bar is."""
    ends = []
    for end in PAY_ENDS.get(key, ()):
        line = comparison.by_key.get(end)
        ends.append(None if line is None or line.cells[index].missing else line.cells[index].value)
    if any(end is not None for end in ends):
        return ends[0], ends[1], "the middle 80%"
    span = comparison.by_key.get("salary.range") if key.startswith("salary.annual") else None
    if span is None or span.cells[index].missing:
        return None, None, ""
    low, high = span.cells[index].value
    return low, high, "the published range"


def _describe_bars(comparison: Comparison, kinds: Sequence[str]) -> str:
    """What the bars are, for which role where they are not the same for all."""
    by_kind: dict[str, list[str]] = {}
    for side, kind in zip(comparison.sides, kinds, strict=True):
        if kind:
            by_kind.setdefault(kind, []).append(side.marker)
    if len(by_kind) == 1:
        return f"bar: {next(iter(by_kind))}"
    return ", ".join([f"bar {' '.join(markers)}: {kind}" for kind, markers in by_kind.items()])
