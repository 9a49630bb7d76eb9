"""The number of jobs in each role."""

from collections.abc import Sequence

from careers.vocabulary import LABELS
from comparisons import formats
from comparisons.charts.canvas import GAP, Axis, Sheet
from comparisons.charts.figure import (
    Figure,
    cells,
    from_to,
    known,
    marked,
    people,
    publishers_of,
    source,
    titles,
    twin,
    write_name,
)
from comparisons.comparison import Comparison
from comparisons.language.summary.job_sentences import compare_counts

_TITLE = LABELS["outlook.job_count"]


def jobs(comparison: Comparison) -> Figure | None:
    """The number of jobs in each role, as bars from nought."""
    counts = cells(comparison, "outlook.job_count")
    found = known(comparison, counts)
    if not found:
        return None
    publishers = publishers_of(comparison.sides, counts)
    sheet = Sheet(Axis(0, max(found[0][0], 1), 0, 0.72))
    for side, cell in zip(comparison.sides, counts, strict=True):
        write_name(sheet, side, publishers)
        y = sheet.line()
        if cell.missing:
            sheet.write(cell.missing, y, part="soft")
        else:
            sheet.bar(side.letter, y, 0, cell.value, (side.title, formats.counted(cell.value, "job")))
            sheet.label(cell.text, y, cell.value, part=side.letter)
        sheet.y += GAP
    return Figure(
        "jobs",
        _TITLE,
        marked(_finding(comparison, found), publishers),
        f"Jobs in each role. {source(publishers)}",
        sheet,
        ("", *titles(comparison)),
        (twin(_TITLE, counts),),
    )


def _finding(comparison: Comparison, found: Sequence[tuple[int, str]]) -> str:
    least, most = found[-1][0], found[0][0]
    if len(found) != 2 or len(comparison.sides) != 2 or not least:
        return from_to(_TITLE, found, formats.plain)
    if least == most:
        return "The number of jobs is the same"
    more = compare_counts(most, least)
    return f"{people(found[0][1])} have {more} jobs" if more else "The number of jobs is about the same"
