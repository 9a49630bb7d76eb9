"""Finds where a copy was cut, and marks the values that it lost: in the line of the cut, in the same table, and on the
rest of the page.

These values are missing because of the copy, not because of the publisher. The rows of each table always have the same
order, so the label at the cut, or the row above it, tells which ones were cut off.
"""

from collections.abc import Sequence

from careers.spelling import fold_spelling
from ingest.documents.document import Document
from ingest.documents.lines import Line
from ingest.parsing.readers import CELL_READERS, READER_BY_LABEL
from ingest.sources.zippia.pair_page import PairPage
from ingest.sources.zippia.sentences import has_facts
from ingest.sources.zippia.signs import GROUP

_TABLES = tuple(
    tuple(table.split("|"))
    for table in (
        "yearly salary|hourly rate|growth rate|number of jobs|job satisfaction|most common degree|average age|"
        "years of experience",
        "average salary|salary range|highest paying city|highest paying state|best paying company|best paying industry",
        "most common degree|most common major|most common college",
        "average age|gender ratio|race ratio|lgbt percentage",
    )
)
_TIME_TO_ENTER = ("entry.months_low", "entry.months_high")
_LABELS = tuple(sorted(READER_BY_LABEL, key=len, reverse=True))
_LAST_LABEL = "lgbt percentage"  # of the tables of every page


def separate_cut_line(document: Document) -> tuple[Sequence[Line], Line | None]:
    """The complete lines of a page, and where it was cut; None for a page that is whole.

    The cut is the last line if the page stops within it, or an empty line if the page stops after it. Half a number is
    a wrong number, and a final newline proves nothing: a page is whole if its last table row is, or if it has the
    closing line of the layout.
    """
    lines = document.lines
    if not lines:
        return lines, None
    if not _ends_whole(document):
        return lines[:-1], lines[-1]
    return lines, None if _has_closing_line(lines) else document.end_of_copy()


def _ends_whole(document: Document) -> bool:
    """Whether the last line of a page is not cut."""
    if document.open_ended:
        return False
    if document.form == "html" or _has_closing_line(document.lines) or document.ends_with_sentence():
        return True
    last = document.lines[-1]
    if last.kind == "text":
        # The foot of the site stands below the row with which tables end on every page.
        rows = [line for line in document.lines if line.kind == "row"]
        return bool(rows) and _is_whole_row(rows[-1]) and rows[-1].label == _LAST_LABEL
    return _is_whole_row(last)


def _is_whole_row(line: Line) -> bool:
    return line.kind == "row" and line.whole and len(line.cells) == 3


def _has_closing_line(lines: Sequence[Line]) -> bool:
    """Whether `Browse … jobs` stands below a line with values; menus have such lines too."""
    places = (place for place in reversed(range(len(lines))) if GROUP.fullmatch(lines[place].text))
    above = lines[: next(places, 0)]
    return any(has_facts(line.text) or line.key.startswith(_LABELS) for line in above)


def note_cut_values(page: PairPage, lines: Sequence[Line], cut: Line) -> None:
    """Mark the values that were lost with the end of the copy. `lines`: those above the cut."""
    lost = [READER_BY_LABEL[label].keys for label in _find_lost_labels(_list_labels_above(lines), cut)]
    text = cut.key
    if "typically takes " in text and " to become " in text:
        lost.append(_TIME_TO_ENTER)
    if " has an average salary of $" in text:
        lost.append(("salary.annual_average",))
    for role in page.roles:
        for keys in lost:
            role.put_lost(keys, cut, "cut")


def note_values_below(page: PairPage, cut: Line) -> None:
    """Mark every value of a whole page that the copy does not hold. Call it last."""
    for role in page.roles:
        for keys in (*(reader.keys for reader in CELL_READERS), _TIME_TO_ENTER, ("summary",)):
            role.put_lost(keys, cut, "after-cut")
    page.roles[0].put_lost(("occupation_group",), cut, "after-cut")


def _list_labels_above(lines: Sequence[Line]) -> list[str]:
    """The labels of the rows right above the cut, the nearest first."""
    labels: list[str] = []
    for line in reversed(lines):
        label = _find_label(line)
        if label is None:
            break
        labels.append(label)
    return labels


def _find_label(line: Line) -> str | None:
    """The known label with which a line begins as a row."""
    if line.kind == "row":
        key = line.label
        return key if key in READER_BY_LABEL else None
    if line.kind != "text" or len(line.text) > 1_000:
        return None
    key = line.key
    return next((label for label in _LABELS if key.startswith(label) and not key.startswith(f"{label} ")), None)


def _find_lost_labels(above: Sequence[str], cut: Line) -> Sequence[str]:
    """The labels of the row that is cut and of those below it in the same table; () if the cut is in no table."""
    for table in _TABLES:
        if set(above) <= set(table):
            lost = _find_lost_labels_of_table(table, above, cut)
            if lost:
                return lost
    return ()


def _find_lost_labels_of_table(table: Sequence[str], above: Sequence[str], cut: Line) -> Sequence[str]:
    """The labels of a table from the cut on; () if the cut is not in it. `above`: its labels above the cut."""
    label = _find_label(cut)
    rest = table[table.index(above[0]) + 1 :] if above else table
    opens_another_table = label != table[0] and label in {other[0] for other in _TABLES}
    if label in rest and (above or not opens_another_table):
        return rest[rest.index(label) :]
    return _find_labels_from(cut, rest) if label is None and above else ()


def _find_labels_from(cut: Line, labels: Sequence[str]) -> Sequence[str]:
    """Of these labels, the one whose beginning stands in the cut line, and those below it."""
    beginning = fold_spelling(cut.cells[0] if cut.kind == "row" else cut.text).lstrip("| ")
    for position, label in enumerate(labels):
        if label.startswith(beginning):
            return labels[position:]
    return ()
