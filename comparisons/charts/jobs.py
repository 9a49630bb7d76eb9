"""The number of jobs in each role."""

from collections.abc import Sequence

from careers.vocabulary import LABELS
from comparisons import formats
from comparisons.charts.canvas import GAP, Axis, Sheet
from comparisons.charts.figure import (
    Figure,
    cite,
    describe_span,
    find_cells,
    find_publishers,
    mark_publishers,
    people,
    rank_values,
    table_rows,
    titles,
    write_name,
)
from comparisons.comparison import Cell, Comparison, Side
from comparisons.language.amounts import compare_counts
from comparisons.language.messages import uncertain_figures, without_self_employed
from comparisons.language.titles import capital
from comparisons.thresholds import allows_ratio

_TITLE = LABELS["outlook.job_count"]


def jobs(comparison: Comparison) -> Figure | None:
    """The number of jobs in each role, as bars from zero."""
    [counts] = find_cells(comparison, "outlook.job_count")
    ranked = rank_values(comparison, counts)
    counted = [(side, cell) for side, cell in zip(comparison.sides, counts, strict=True) if not cell.missing]
    if not ranked:
        return None
    publishers = find_publishers(comparison.sides, counts)
    sheet = Sheet(Axis(0, max(ranked[0][0], 1), 0, 0.72))
    for side, cell in zip(comparison.sides, counts, strict=True):
        write_name(sheet, side, publishers)
        y = sheet.line()
        if cell.missing:
            sheet.write(cell.missing, y, part="soft")
        else:
            says = (side.title, formats.counted(cell.value, "job"))
            sheet.amount(side.letter, y, cell.value, cell.text, says)
        sheet.y += GAP
    return Figure(
        "jobs",
        _TITLE,
        mark_publishers(_finding(comparison, ranked, counted), publishers),
        " ".join(["Jobs in each role.", *_notes(counted), cite(publishers)]),
        sheet,
        ("", *titles(comparison)),
        table_rows([(_TITLE, counts)]),
    )


def _notes(known: Sequence[tuple[Side, Cell]]) -> list[str]:
    """Who is not counted, and which counts are uncertain, each a sentence."""
    uncertain = uncertain_figures([(side.marker, cell) for side, cell in known])
    return [f"{capital(note)}." for note in (without_self_employed(known), uncertain) if note]


def _finding(comparison: Comparison, ranked: Sequence[tuple[int, str]], known: Sequence[tuple[Side, Cell]]) -> str:
    (most, title), (fewest, _) = ranked[0], ranked[-1]
    comparable = len(ranked) == len(comparison.sides) == 2 and allows_ratio(*[cell.error for _, cell in known])
    if not comparable or not fewest:
        return describe_span(_TITLE, ranked, formats.plain, comparison.sides)
    if fewest == most:
        return "The number of jobs is the same"
    more = compare_counts(most, fewest)
    return f"{people(title)} have {more} jobs" if more else "The number of jobs is about the same"
