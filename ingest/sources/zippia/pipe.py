"""Zippia's pair pages with bars between the cells: `| Yearly salary | $90,615 | $79,670 |`.

The head is shifted by one cell (`| A | B | |`). A pair page saved as HTML has the same rows.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from careers.spelling import fold_spelling
from ingest.documents.document import Document
from ingest.documents.lines import Line
from ingest.parsing.cells import UnreadableError, drop_marks, is_missing
from ingest.parsing.columns import OTHER_HEAD, count_columns, describe_uneven_row, describe_unknown_label, is_ruler
from ingest.parsing.parsed_page import Knowledge, LearnedName, ParsedPage
from ingest.parsing.readers import READER_BY_LABEL, CellReader
from ingest.sources.zippia.cut_copies import separate_cut_line
from ingest.sources.zippia.pair_page import PairPage
from ingest.sources.zippia.pair_reader import PairLayout, read_pair
from ingest.sources.zippia.run_together import find_certain_labels
from ingest.sources.zippia.sentences import find_titles_in_prose, find_vs_headings, mentions_pair
from ingest.sources.zippia.signs import are_labels_of_zippia, is_head_of_zippia, is_of_zippia

Titles = tuple[str, str]


def recognizes(document: Document) -> bool:
    return _has_layout(document.lines) and is_of_zippia(document, _find_labels_below_shifted_head)


def resembles(document: Document) -> bool:
    return are_labels_of_zippia(_find_labels_below_shifted_head(document.lines))


def _has_layout(lines: Sequence[Line]) -> bool:
    rows = [line for line in lines if line.kind == "row"]
    if any(row.label in READER_BY_LABEL for row in rows):
        return True
    pairs = dict.fromkeys(titles for titles in map(_read_titles, rows) if titles)
    if mentions_pair(lines, pairs):
        return True
    return find_titles_in_prose(lines) is not None and not find_vs_headings(lines) and not find_certain_labels(lines)


def _find_labels_below_shifted_head(lines: Sequence[Line]) -> list[str]:
    """The known labels of rows below the first head that is shifted by one cell."""
    labels: list[str] = []
    is_below_head = False
    for line in lines:
        if line.kind != "row":
            continue
        key = line.label
        if key not in READER_BY_LABEL:
            is_below_head = is_below_head or (is_head_of_zippia(line) and _read_titles(line) is not None)
        elif is_below_head:
            labels.append(key)
    return labels


def parse(document: Document, knowledge: Knowledge) -> ParsedPage:
    lines, cut = separate_cut_line(document)
    prose_titles = find_titles_in_prose(lines)
    titles = _choose_table_titles(lines, prose_titles)
    if titles:
        layout = PairLayout("pipe", titles, "table", _PipeRows(), prose_titles)
    elif prose_titles:
        layout = PairLayout("pipe", prose_titles, "prose", _PipeRows(), prose_titles)
    elif count_columns(lines) not in (0, 2):
        raise UnreadableError(
            f"The table has {count_columns(lines)} columns of values. Pages of this kind are read only with two roles "
            "side by side. Load the roles two at a time."
        )
    else:
        raise UnreadableError(
            "The page stops before it names its two roles: a table head like | A | B | | was "
            "expected. Save the whole page and load that."
        )
    return read_pair(document, lines, cut, layout, knowledge)


def _choose_table_titles(lines: Sequence[Line], prose_titles: Titles | None) -> Titles | None:
    """The titles of the head that names the same roles as the sentences, or of the most frequent head."""
    heads = _find_heads(lines)
    prose_keys = [fold_spelling(title) for title in prose_titles or ()]
    if not heads:
        named = map(_read_titles_beside_word, lines)
        return next((titles for titles in named if titles and list(map(fold_spelling, titles)) == prose_keys), None)
    for titles in heads:
        if [fold_spelling(title) for title in titles] == prose_keys:
            return titles
    return Counter(heads).most_common(1)[0][0]


def _find_heads(lines: Sequence[Line]) -> list[Titles]:
    """The titles of every table head. Menus and other tables have rows too, but a head stands above a known label."""
    heads: list[Titles] = []
    last_titles: Titles | None = None  # of the last row that may be a head
    for line in lines:
        if line.kind != "row":
            continue
        if line.label not in READER_BY_LABEL:
            last_titles = _read_titles(line) or last_titles
        elif last_titles:
            heads.append(last_titles)
            last_titles = None
    if not heads and last_titles and mentions_pair(lines, [last_titles]):
        heads.append(last_titles)
    return heads


def _read_titles(row: Line) -> Titles | None:
    """The titles of a row that may be a head: two cells, or two beside a blank one, and no label.

    A title has a letter and is not a figure.
    """
    titles = [cell for cell in row.cells if any(map(str.isalpha, cell)) and cell[0] != "$" and cell[-1] != "%"]
    filled = sum(map(bool, row.cells))
    if len(titles) != 2 or filled != 2 or len(row.cells) > 3 or row.label in READER_BY_LABEL:
        return None
    return drop_marks(titles[0]), drop_marks(titles[1])


def _read_titles_beside_word(row: Line) -> Titles | None:
    """The last two cells of a row of three, which may be a head with a word such as "Measure" above the labels."""
    return (drop_marks(row.cells[1]), drop_marks(row.cells[2])) if len(row.cells) == 3 and all(row.cells) else None


@dataclass(slots=True)
class _PipeRows:
    """Reads the table rows. `columns`: the role of each column as the last head names them, () for other roles."""

    columns: tuple[int, ...] = (0, 1)

    def __call__(self, page: PairPage, line: Line) -> bool:
        if line.kind != "row":
            return False
        if is_ruler(line):
            return True
        reader = READER_BY_LABEL.get(line.label)
        if reader is None:
            self._read_head(page, line)
        elif not self.columns:
            page.report_unread(line)  # the warning stands at the head
        elif len(line.cells) != 3 or not line.whole:
            page.warn("unreadable-value", line, describe_uneven_row(line))
            page.report_unread(line)
        else:
            self._read_cells(page, line, reader)
        return True

    def _read_cells(self, page: PairPage, line: Line, reader: CellReader) -> None:
        for index, cell in zip(self.columns, line.cells[1:], strict=True):
            text = page.drop_title(index, cell)
            is_read = page.put_cell(index, reader, line, text, "cell")
            if is_read and reader.names and not is_missing(text):
                page.learned.append(LearnedName(reader.names, text))

    def _read_head(self, page: PairPage, line: Line) -> None:
        titles = _read_titles(line) if line.whole else None
        beside_word = _read_titles_beside_word(line)
        if beside_word and None not in map(page.find_role_index, beside_word):
            titles = beside_word
        if titles is None:
            page.warn("unknown-label", line, describe_unknown_label(line.cells))
            page.report_unread(line)
            return
        first, second = map(page.find_role_index, titles)
        self.columns = (first, second) if first is not None and second is not None and first != second else ()
        if not self.columns:
            page.warn("unknown-label", line, OTHER_HEAD)
            page.report_unread(line)
