"""Zippia's pair pages with headings, whose table cells are glued: `Yearly salary$36,653$36,361`.

How a row comes apart: `ingest.sources.zippia.run_together_cells`. What cannot be parted for certain waits until the
whole page is read, and is then settled by what stands elsewhere or kept raw.
"""

import re
from collections import Counter
from dataclasses import dataclass

from careers.vocabulary import How
from ingest.documents.decoding import repair
from ingest.documents.document import Document, Line
from ingest.parsing.cells import UnreadableError, key_of, prose_key
from ingest.parsing.facts import Knowledge, ParsedPage
from ingest.parsing.readers import READER_BY_LABEL, CellReader
from ingest.sources.zippia.page import GROUP, part_named, read_pair, whole_lines
from ingest.sources.zippia.partial_page import Pending, Reading
from ingest.sources.zippia.run_together_cells import SHAPES, STATE, name_splits, titles_in
from ingest.sources.zippia.sentences import speaks_of, titles_in_prose, vs_headings

_ROW = re.compile(rf"({'|'.join(sorted(READER_BY_LABEL, key=len, reverse=True))})(?! [a-z])\s*(.*)", re.IGNORECASE)


def recognises(document: Document) -> bool:
    lines = document.lines
    if any(line.kind == "row" and key_of(line.cells[0]) in READER_BY_LABEL for line in lines):
        return False
    if any(line.kind == "text" and _has_cells(line.text) for line in lines):
        return True
    pairs = vs_headings(lines)
    if speaks_of(lines, pairs):
        return True
    rows = any(line.kind == "text" and (row := _ROW.fullmatch(line.text)) and row[2] for line in lines)
    return rows and any(titles_in(line.text, *pair) for pair in pairs for line in lines)


def _has_cells(text: str) -> bool:
    """Whether a line is a glued row beyond doubt: a label and two cells of its shape."""
    row = _ROW.fullmatch(text)
    label = READER_BY_LABEL[key_of(row[1])] if row else None
    return bool(row and label and (shape := SHAPES.get(label.keys[0])) and shape.splits(row[2].strip()))


def parse(document: Document, knowledge: Knowledge) -> ParsedPage:
    lines, cut = whole_lines(document)
    spoken, headed = titles_in_prose(lines), vs_headings(lines)
    candidates = [*headed, *([spoken] if spoken else [])]
    for first, second in candidates:
        for line in lines:
            if titles := titles_in(line.text, first, second):
                rows = _Glued(titles)
                return read_pair(document, "run-together", lines, cut, titles, "table", rows, knowledge)
    if not candidates:
        raise UnreadableError(
            "The page stops before it names its two roles: a heading like “A vs B” was expected. "
            "Save the whole page and load that."
        )
    # Most headings name a part of the page after the titles: what they share are the titles.
    first, second = spoken or Counter(headed).most_common(1)[0][0]
    titles = first[0].upper() + first[1:], second[0].upper() + second[1:]
    return read_pair(document, "run-together", lines, cut, titles, "prose", _Glued(titles), knowledge)


@dataclass(slots=True)
class _Glued:
    """Takes the glued rows; `columns`: which role stands first, as the last head says.

    None: the head names other roles.
    """

    titles: tuple[str, str]
    columns: tuple[int, int] | None = (0, 1)
    last: int = -1  # the number of the row before
    above: int = -1  # the number of the last line that may be a head, and is not this page's

    def __call__(self, page: Reading, line: Line) -> bool:
        if line.kind != "text":
            return False
        if self._is_head(line.text):
            self.last = line.number
            return True
        if cells := _tabbed(line):
            self._put_apart(page, line, *cells)
            return True
        row = _ROW.fullmatch(line.text)
        if row is None:
            return self._unknown(page, line)
        if line.number == self.above + 1:
            self.columns = None
        self.last = line.number
        label, glued = READER_BY_LABEL[key_of(row[1])], row[2].strip()
        if not glued:
            page.warn("unreadable-value", line, "This row has no cells.")
            page.leave(line)
        elif self.columns is None:
            page.warn("unknown-label", line, "This table's head names other roles than the first.")
            page.leave(line)
        else:
            self._part(page, line, label, glued, self.columns)
        return True

    def _put_apart(self, page: Reading, line: Line, label: str, *cells: str) -> None:
        self.last = line.number
        if self.columns is None:
            page.leave(line)
            return
        for at, text in zip(self.columns, cells, strict=True):
            page.put_cell(at, READER_BY_LABEL[key_of(label)], line, text, "cell")

    def _unknown(self, page: Reading, line: Line) -> bool:
        """A line right below a row, with no blank between, is a row of an unknown label."""
        text = line.text
        if text[-1] in ".:?!" or GROUP.fullmatch(text) or part_named(page, text) is not None:
            return False
        if line.number != self.last + 1:
            self.above = line.number
            return False
        self.last = line.number
        page.warn("unknown-label", line, f"The row “{line.text}” is not known.")
        page.leave(line)
        return True

    def _is_head(self, text: str) -> bool:
        key, (first, second) = prose_key(text), map(prose_key, self.titles)
        if key in (first + second, f"{first} {second}"):
            self.columns = (0, 1)
        elif key in (second + first, f"{second} {first}"):
            self.columns = (1, 0)
        else:
            return False
        return True

    def _part(self, page: Reading, line: Line, label: CellReader, glued: str, columns: tuple[int, int]) -> None:
        how: How = "shape"
        if label.names:
            known = page.knowledge.names.get(label.names, frozenset())
            reading = name_splits(glued, known, companies=label.names == "company")
            pairs, certain = reading.pairs, reading.rule is not None
            how = reading.rule or "unread"
        else:
            shape = SHAPES[label.keys[0]]
            pairs = shape.splits(glued)
            certain = len(pairs) == 1
            how = "known-name" if shape is STATE else "shape"
        if not certain:
            ordered = [(pair[columns[0]], pair[columns[1]]) for pair in pairs]
            page.pending.append(Pending(line, label, glued, ordered))
            return
        for at, text in zip(columns, pairs[0], strict=True):
            page.put_cell(at, label, line, text, how)
            if how == "boundary":
                message = f"“{glued}” was split by spelling alone: check “{text}”."
                page.warn("split-by-spelling", line, message, label.keys[0], at)


def _tabbed(line: Line) -> list[str] | None:
    """Label and cells of a row that was copied from a browser, with a tab before each cell."""
    cells = [" ".join(repair(cell).split()) for cell in line.raw.strip().split("\t")] if "\t" in line.raw else []
    return cells if len(cells) == 3 and all(cells) and key_of(cells[0]) in READER_BY_LABEL else None
