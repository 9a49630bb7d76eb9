"""Zippia's pair pages with headings and run-together cells: `Yearly salary$36,653$36,361`.

`run_together_cells` splits a row. A row without a certain split waits until the whole page is read; then another figure
settles it, or it is kept raw.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from careers.spelling import fold_spelling
from careers.vocabulary import How
from ingest.documents.decoding import repair
from ingest.documents.document import Document
from ingest.documents.lines import Line
from ingest.parsing.cells import UnreadableError, is_missing
from ingest.parsing.columns import OTHER_HEAD
from ingest.parsing.parsed_page import Knowledge, ParsedPage
from ingest.parsing.readers import READER_BY_LABEL, CellReader
from ingest.sources.zippia.cut_copies import separate_cut_line
from ingest.sources.zippia.pair_page import PairPage, PendingRow
from ingest.sources.zippia.pair_reader import PairLayout, find_named_part, read_pair
from ingest.sources.zippia.run_together_cells import SHAPES, STATE, Pair, split_names, split_titles
from ingest.sources.zippia.sentences import find_titles_in_prose, find_vs_headings, mentions_pair
from ingest.sources.zippia.signs import GROUP, are_labels_of_zippia, is_of_zippia

_LABEL = re.compile("|".join(sorted(READER_BY_LABEL, key=len, reverse=True)), re.IGNORECASE)
_ROW = re.compile(rf"({_LABEL.pattern})(?! [a-z]):?\s*(.*)", re.IGNORECASE)


def recognizes(document: Document) -> bool:
    return _has_layout(document.lines) and is_of_zippia(document, find_certain_labels)


def resembles(document: Document) -> bool:
    return _has_layout(document.lines) and are_labels_of_zippia(find_certain_labels(document.lines))


def _has_layout(lines: Sequence[Line]) -> bool:
    cells = chain.from_iterable(line.cells for line in lines if line.kind == "row")
    if any(fold_spelling(cell) in READER_BY_LABEL for cell in cells):
        return False
    rows = _find_rows(lines)
    if any(map(_is_certain_row, rows)):
        return True
    headings = find_vs_headings(lines)
    if mentions_pair(lines, headings):
        return True
    return any(row[2] for row in rows) and _find_titles(lines, headings) is not None


def _find_rows(lines: Iterable[Line]) -> list[re.Match[str]]:
    return list(filter(None, (_ROW.fullmatch(line.text) for line in lines if line.kind == "text")))


def find_certain_labels(lines: Sequence[Line]) -> list[str]:
    return [fold_spelling(row[1]) for row in _find_rows(lines) if _is_certain_row(row)]


def _is_certain_row(row: re.Match[str]) -> bool:
    shape = SHAPES.get(READER_BY_LABEL[fold_spelling(row[1])].keys[0])
    return shape is not None and bool(shape.find_splits(row[2].strip()))


def _find_titles(lines: Sequence[Line], pairs: Iterable[Pair]) -> Pair | None:
    """The titles as a table head spells them, for the first of these pairs that a head names."""
    for first, second in pairs:
        for line in lines:
            titles = split_titles(line.text, first, second)
            if titles:
                return titles
    return None


def parse(document: Document, knowledge: Knowledge) -> ParsedPage:
    lines, cut = separate_cut_line(document)
    prose_titles, headings = find_titles_in_prose(lines), find_vs_headings(lines)
    candidates = [*headings, prose_titles] if prose_titles else headings
    titles = _find_titles(lines, candidates)
    if titles:
        layout = PairLayout("run-together", titles, "table", _RunTogetherRows(titles), prose_titles)
    elif candidates:
        # Most headings name a part of the page after the titles, so the titles are what they share.
        first, second = prose_titles or Counter(headings).most_common(1)[0][0]
        titles = first[0].upper() + first[1:], second[0].upper() + second[1:]
        layout = PairLayout("run-together", titles, "prose", _RunTogetherRows(titles), prose_titles)
    else:
        raise UnreadableError(
            "The page stops before it names its two roles: a heading like “A vs B” was expected. "
            "Save the whole page and load that."
        )
    return read_pair(document, lines, cut, layout, knowledge)


@dataclass(slots=True)
class _RunTogetherRows:
    """Reads the rows. `columns`: the roles in the order of the last head; None if it names other roles."""

    titles: Pair
    columns: tuple[int, int] | None = (0, 1)
    last_row: int = -1  # line number
    last_other_head: int = -1  # line number of the last line that may be a head of other roles

    def __call__(self, page: PairPage, line: Line) -> bool:
        if line.kind != "text":
            return False
        if self._read_head(line.text):
            self.last_row = line.number
            return True
        if fields := _split_at_tabs(line):
            self._read_tabbed(page, line, *fields)
            return True
        row = _ROW.fullmatch(line.text)
        if row is None:
            return self._read_unknown(page, line)
        if line.number == self.last_other_head + 1:
            self.columns = None
        self.last_row = line.number
        reader, cells = READER_BY_LABEL[fold_spelling(row[1])], row[2].strip()
        if not cells:
            page.warn("unreadable-value", line, f"The row “{row[1]}” has no cells; it was not read.")
            page.report_unread(line)
        elif _LABEL.search(cells):
            page.warn("unreadable-value", line, f"The row “{row[1]}” goes on with another row; neither was read.")
            page.report_unread(line)
        elif self.columns is None:
            page.warn("unknown-label", line, OTHER_HEAD)
            page.report_unread(line)
        else:
            _read_cells(page, line, reader, cells, self.columns)
        return True

    def _read_tabbed(self, page: PairPage, line: Line, label: str, *cells: str) -> None:
        self.last_row = line.number
        if self.columns is None:
            page.report_unread(line)
            return
        for index, text in zip(self.columns, cells, strict=True):
            page.put_cell(index, READER_BY_LABEL[fold_spelling(label)], line, text, "cell")

    def _read_unknown(self, page: PairPage, line: Line) -> bool:
        """A line right below a row, without a blank line between, is a row with an unknown label."""
        text = line.text
        if text[-1] in ".:?!" or GROUP.fullmatch(text) or find_named_part(page, text) is not None:
            return False
        if line.number != self.last_row + 1:
            self.last_other_head = line.number
            return False
        self.last_row = line.number
        page.warn("unknown-label", line, f"The row “{text}” is not known.")
        page.report_unread(line)
        return True

    def _read_head(self, text: str) -> bool:
        key, (first, second) = fold_spelling(text), map(fold_spelling, self.titles)
        if key in (first + second, f"{first} {second}"):
            self.columns = (0, 1)
        elif key in (second + first, f"{second} {first}"):
            self.columns = (1, 0)
        else:
            return False
        return True


def _read_cells(page: PairPage, line: Line, reader: CellReader, cells: str, columns: tuple[int, int]) -> None:
    """Split the cells of a row and read them; a row without a certain split is kept for later."""
    how: How
    if reader.names:
        names = page.knowledge.names.get(reader.names, frozenset())
        split = split_names(cells, names, companies=reader.names == "company")
        pairs, is_certain = split.pairs, split.rule is not None
        how = split.rule or "unread"
    else:
        shape = SHAPES[reader.keys[0]]
        pairs = shape.find_splits(cells)
        is_certain = len(pairs) == 1
        how = "known-name" if shape is STATE else "shape"
    if not is_certain:
        ordered = [
            (pair[columns[0]], pair[columns[1]]) for pair in pairs if all(_can_read(reader, cell) for cell in pair)
        ]
        page.pending.append(PendingRow(line, reader, cells, ordered))
        return
    for index, text in zip(columns, pairs[0], strict=True):
        page.put_cell(index, reader, line, text, how)
        if how == "boundary":
            message = f"“{cells}” was split by spelling alone: check “{text}”."
            page.warn("split-by-spelling", line, message, reader.keys[0], index)


def _can_read(reader: CellReader, text: str) -> bool:
    """Whether a cell is a value of its row, or "not published"."""
    try:
        return is_missing(text) or bool(reader.read(text))
    except UnreadableError:
        return False


def _split_at_tabs(line: Line) -> list[str] | None:
    """Label and cells of a row that was copied from a browser, with a tab before each cell."""
    if "\t" not in line.raw:
        return None
    fields = [" ".join(repair(field).split()) for field in line.raw.strip().split("\t")]
    return fields if len(fields) == 3 and all(fields) and fold_spelling(fields[0]) in READER_BY_LABEL else None
