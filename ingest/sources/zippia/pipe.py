"""Zippia's pair pages with a bar between the cells: `| Yearly salary | $90,615 | $79,670 |`.

The head is shifted by one cell (`| A | B | |`). A pair page saved as HTML has the same rows.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.documents.document import Document, Line
from ingest.parsing.cells import UnreadableError, is_missing, key_of, prose_key
from ingest.parsing.facts import Knowledge, LearnedName, ParsedPage
from ingest.parsing.readers import READER_BY_LABEL
from ingest.sources.zippia.page import read_pair, whole_lines
from ingest.sources.zippia.partial_page import Reading
from ingest.sources.zippia.sentences import speaks_of, titles_in_prose, vs_headings


def recognises(document: Document) -> bool:
    lines = document.lines
    rows = [line for line in lines if line.kind == "row"]
    if any(key_of(row.cells[0]) in READER_BY_LABEL for row in rows):
        return True
    if any((titles := _titles(row)) and speaks_of(lines, [titles]) for row in rows):
        return True
    return titles_in_prose(lines) is not None and not vs_headings(lines)


def parse(document: Document, knowledge: Knowledge) -> ParsedPage:
    lines, cut = whole_lines(document)
    if titles := _head(lines):
        return read_pair(document, "pipe", lines, cut, titles, "table", _Cells(), knowledge)
    spoken = titles_in_prose(lines)
    if spoken is None:
        raise UnreadableError(
            "The page stops before it names its two roles: a table head like | A | B | | was "
            "expected. Save the whole page and load that."
        )
    return read_pair(document, "pipe", lines, cut, spoken, "prose", _Cells(), knowledge)


def _head(lines: Sequence[Line]) -> tuple[str, str] | None:
    """The two titles of the tables.

    Menus and other tables have rows, too: a head stands above rows that are known, and names
    the roles that the sentences name or that most tables do.
    """
    heads: list[tuple[str, str]] = []
    above: tuple[str, str] | None = None
    for line in lines:
        if line.kind != "row":
            continue
        if key_of(line.cells[0]) not in READER_BY_LABEL:
            above = _titles(line) or above
        elif above:
            heads.append(above)
            above = None
    heads = heads or ([above] if above and speaks_of(lines, [above]) else [])
    spoken = [prose_key(title) for title in titles_in_prose(lines) or ()]
    told = [titles for titles in heads if [prose_key(title) for title in titles] == spoken]
    if told:
        return told[0]
    return Counter(heads).most_common(1)[0][0] if heads else None


def _titles(line: Line) -> tuple[str, str] | None:
    """A row of two cells beside a blank one, or of two cells alone, whose first is no label.

    A title has a letter, and no figure is one.
    """
    filled = [cell for cell in line.cells if any(map(str.isalpha, cell)) and cell[0] != "$" and cell[-1] != "%"]
    if (
        len(filled) == sum(map(bool, line.cells)) == 2
        and len(line.cells) in (2, 3)
        and key_of(line.cells[0]) not in READER_BY_LABEL
    ):
        return filled[0], filled[1]
    return None


@dataclass(slots=True)
class _Cells:
    """Takes the table rows; `columns`: which role each column is of, as the last head says."""

    columns: tuple[int, ...] = (0, 1)

    def __call__(self, page: Reading, line: Line) -> bool:
        if line.kind != "row":
            return False
        if all(re.fullmatch(r":?-{3,}:?", cell) or not cell for cell in line.cells):
            return True  # a ruler between head and body
        label = READER_BY_LABEL.get(key_of(line.cells[0]))
        if label is None:
            self._head_or_unknown(page, line)
        elif len(line.cells) != 3 or not line.whole or not self.columns:
            page.warn("unreadable-value", line, "This row does not have one cell for each role.")
            page.leave(line)
        else:
            for at, text in zip(self.columns, line.cells[1:], strict=True):
                read = page.put_cell(at, label, line, text, "cell")
                if read and label.names and not is_missing(text):
                    page.learned.append(LearnedName(label.names, text))
        return True

    def _head_or_unknown(self, page: Reading, line: Line) -> None:
        titles = _titles(line) if line.whole else None
        if titles is None:
            page.warn("unknown-label", line, f"The row “{line.cells[0]}” is not known.")
            page.leave(line)
            return
        named = [at for at in map(page.role_named, titles) if at is not None]
        self.columns = tuple(named) if sorted(named) == [0, 1] else ()
        if not self.columns:
            page.warn("unknown-label", line, "This table's head names other roles than the first.")
            page.leave(line)
