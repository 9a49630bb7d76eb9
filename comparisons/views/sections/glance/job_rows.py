"""The rows on the number of jobs, their growth and openings."""

from collections.abc import Callable
from typing import Any

from comparisons import formats
from comparisons.charts.lanes import draw_bars
from comparisons.comparison import Cell, Comparison, ComparisonLine
from comparisons.language.verdict import find_takeaway
from comparisons.views.sections.pairs import (
    AllJobsMark,
    PairRow,
    build_pair_line,
    build_pair_lines,
    list_doubts,
    write_note,
)

_NO_SPAN = "over how many years, the source does not say"


def build_jobs_row(comparison: Comparison) -> PairRow | None:
    line = comparison.differing.get("outlook.job_count")
    if line is None:
        return None
    counted = "employees" if any(side.official for side in comparison.sides) else ""
    return _build_bar_row(comparison, line, "Jobs today", write_note(comparison, counted, line))


def build_growth_row(comparison: Comparison) -> PairRow | None:
    """Projected growth, or the rate of pages that do not say over how many years; both on one page of both kinds."""
    projected = comparison.differing.get("projection.growth_percent")
    published = comparison.differing.get("outlook.growth_percent")
    years = write_projected_years(comparison)
    if projected and published:
        return _build_mixed_growth_row(comparison, projected, published)
    if projected:
        of_all = comparison.all_jobs.get(projected.row.key)
        note = " ".join(filter(None, ["change in jobs", years]))
        row = _build_bar_row(comparison, projected, "Growth", note, of_all)
        if years:
            row = _leave_out_years(row, projected, formats.growth)
        if of_all:
            row = row._replace(all_jobs=AllJobsMark(formats.percent(of_all.value), projected.row.anchor))
        return row
    if published is None:
        return None
    note = write_note(comparison, "change in jobs", published, _NO_SPAN)
    return _build_bar_row(comparison, published, "Growth rate", note)


def _build_mixed_growth_row(comparison: Comparison, projected: ComparisonLine, published: ComparisonLine) -> PairRow:
    """One line for each role from the row that has its figure. Nobody leads: the figures are of different years."""
    cells = []
    for cell, other in zip(projected.cells, published.cells, strict=True):
        cells.append((published, other) if cell.missing and not other.missing else (projected, cell))
    lanes = draw_bars([side.letter for side in comparison.sides], [cell.value for _, cell in cells])
    lines = []
    without_span: list[str] = []
    with_span: list[str] = []
    for side, (line, cell), lane in zip(comparison.sides, cells, lanes, strict=True):
        pair = build_pair_line(side, cell, line, lane)
        if not cell.missing:
            pair = pair._replace(text=formats.growth(cell.value))
            (with_span if line is projected else without_span).append(side.marker)
        lines.append(pair)
    notes = ["change in jobs, not over the same years", f"{' '.join(without_span)} {_NO_SPAN}"]
    years = write_projected_years(comparison)
    if years:
        notes.append(f"{' '.join(with_span)} {years}")
    return PairRow("Growth", "outlook", notes, lines, None)


def build_openings_row(comparison: Comparison) -> PairRow | None:
    line = comparison.differing.get("projection.openings_per_year")
    if line is None:
        return None
    years = write_projected_years(comparison)
    row = _build_bar_row(comparison, line, "Openings a year", " ".join(filter(None, ["average", years])))
    return _leave_out_years(row, line, formats.plain) if years else row


def _build_bar_row(
    comparison: Comparison, line: ComparisonLine, label: str, note: str, of_all: Cell | None = None
) -> PairRow:
    """`of_all`: the figure of all jobs, which a line is drawn at."""
    letters, values = [side.letter for side in comparison.sides], [cell.value for cell in line.cells]
    lanes = draw_bars(letters, values, float(of_all.value) if of_all else None)
    lines, notes = build_pair_lines(comparison, line, lanes), [note, *list_doubts(comparison, line)]
    return PairRow(label, "outlook", notes, lines, find_takeaway(comparison, line.row.key))


def _leave_out_years(row: PairRow, line: ComparisonLine, write: Callable[[Any], str]) -> PairRow:
    """`write`: says a figure without the years that it is of, which stand in the note on the row."""
    pairs = zip(row.lines, line.cells, strict=True)
    return row._replace(lines=[pair if cell.missing else pair._replace(text=write(cell.value)) for pair, cell in pairs])


def write_projected_years(comparison: Comparison) -> str:
    """The years of the projection as `2024–34`; "" where the roles' projections are of different years."""
    line = comparison.by_key.get("projection.years")
    spans = {cell.value for cell in line.cells if not cell.missing} if line else set()
    if len(spans) != 1:
        return ""
    base, target = spans.pop()
    return shorten_span(base, target) if base and target else ""


def shorten_span(base: int, target: int) -> str:
    """
    >>> shorten_span(2024, 2034), shorten_span(1999, 2009)
    ('2024–34', '1999–2009')
    """
    end = f"{target % 100:02d}" if base // 100 == target // 100 else f"{target}"
    return f"{base}–{end}"
