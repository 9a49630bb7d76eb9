"""Plain tables of publishers whose pages no other module knows: a row of titles, and rows with labels.

Nothing tells whose page it is, so this source recognises no page by itself. It reads a page only for a publisher whom a
person names. It knows the labels of the vocabulary and everyday ones; prose is left unread, because its meaning depends
on the publisher.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from careers.vocabulary import TERMS, USD_A_YEAR, USD_AN_HOUR
from ingest.documents.document import Document, Line, cut_message
from ingest.parsing import cells
from ingest.parsing.cells import OutOfBoundsError, UnreadableError, is_missing, key_of
from ingest.parsing.columns import (
    check_columns,
    check_corner,
    column_count,
    column_heads,
    is_ruler,
    unknown_label_message,
)
from ingest.parsing.evidence import LONGEST_RAW, Evidence
from ingest.parsing.parsed_page import AmbiguousValue, Knowledge, PageWarning, ParsedPage, UnreadLine
from ingest.parsing.readers import READER_BY_LABEL, READER_OF, CellReader, Value
from ingest.parsing.repeats import FigureReadings
from ingest.parsing.role_facts import RoleFacts, group_values
from ingest.sources.crosswalks import FOLDER, read_rows

MOST_ROLES = 20
# What the cell above the labels can say of columns of roles.
_ROLE_CORNERS = frozenset("role|roles|job|jobs|job title|title|occupation|position|profession|career".split("|"))


def _readers() -> Mapping[str, CellReader]:
    """Label -> how its cells are read."""
    readers: dict[str, CellReader] = {}
    for term in TERMS:
        term_reader = READER_OF.get(term.key)
        if term_reader and term_reader.keys == (term.key,):
            readers[key_of(term.label)] = term_reader
        elif term.unit == USD_A_YEAR:
            readers[key_of(term.label)] = CellReader((), (term.key,), lambda text: (cells.read_money(text),))
        elif term.unit == USD_AN_HOUR:
            readers[key_of(term.label)] = CellReader((), (term.key,), lambda text: (cells.read_rate(text),))
    readers |= READER_BY_LABEL
    # Only one publisher gives years of experience as the upper end of a band.
    return {label: reader for label, reader in readers.items() if reader.keys[0] != "entry.years_of_experience"}


_READERS = _readers()


def recognises(document: Document) -> bool:
    return False


def parse(document: Document, knowledge: Knowledge) -> ParsedPage:
    """Read the table of a page. The publisher is left empty: the caller knows it.

    Raises UnreadableError if the page holds no table with a title above each column.
    """
    lines, cut = _whole_rows(document)
    titles = column_heads(lines)
    if not titles:
        raise UnreadableError(
            "The page holds no table that can be read: a row with a role's title above each column, and below it rows "
            "with labels such as “Average salary”, were expected."
        )
    if len(titles) > MOST_ROLES:
        raise UnreadableError(f"The table has {len(titles)} columns; at most {MOST_ROLES} roles are read from a page.")
    if len({key_of(title) for title in titles}) < len(titles):
        raise UnreadableError("Two columns of the table have the same title. Load a page of different roles.")
    page = _PartialPlainTable(tuple(map(_PartialColumn, titles)))
    for line in lines:
        page.read(line)
    check_columns(titles)
    if not page.names_roles and not any(map(_names_occupation, titles)):
        raise UnreadableError(
            f"Nothing tells that the columns of the table, such as “{titles[0][:60]}”, are roles: no title of an "
            "occupation ends like them. If they are roles, write “Role” into the cell above the labels."
        )
    page.settle()
    if cut:
        page.note_cut_row(cut)
        message = cut_message(cut)
        page.warnings.append(PageWarning("cut-here", cut.number, message))
        if cut.raw:
            page.unread.append(UnreadLine(cut.number, cut.raw.strip()))
    return ParsedPage(
        layout="plain-table",
        publisher="",
        title=document.title,
        url=document.url,
        roles=tuple(column.facts() for column in page.columns),
        warnings=(*document.warnings, *page.warnings),
        ambiguous=tuple(page.ambiguous),
        unread=tuple(page.unread),
        cut_line=cut.number if cut else None,
    )


def _names_occupation(head: str) -> bool:
    """Whether the head of a column ends with a word with which titles end, as roles do and most companies do not.

    >>> _names_occupation("Pastry Chef II"), _names_occupation("Northwind")
    (True, False)
    """
    return not _last_words_of_titles().isdisjoint(_last_words(head))


def _last_words(title: str) -> list[str]:
    """The word that says what somebody is: "cook" in "Cook, restaurant" and in "Line Cook II (night)"."""
    words = re.findall("[a-z]+", re.split(r"[,(]", title.casefold())[0])
    return [word for word in words if word.strip("ivx")][-1:]


@cache
def _last_words_of_titles() -> frozenset[str]:
    words: set[str] = set()
    for path in FOLDER.glob("titles_*.csv"):
        for row in read_rows(path):
            words.update(_last_words(row["title"]))
    return frozenset(words)


def _whole_rows(document: Document) -> tuple[Sequence[Line], Line | None]:
    """The whole lines, and the last line if the file may stop within it: a row without its bar or all of its cells."""
    lines = document.lines
    last = lines[-1]
    if document.form == "html" and not document.open_ended:
        return lines, document.end_of_copy()
    is_whole_row = last.kind == "row" and last.whole and len(last.cells) == column_count(lines) + 1
    if is_whole_row and not document.open_ended:
        return lines, None
    return lines[:-1], last


@dataclass(slots=True)
class _PartialColumn:
    """A role, as far as its column has been read. `values` and `evidence` are by vocabulary key."""

    title: str
    values: dict[str, Value] = field(default_factory=dict)
    evidence: dict[str, Evidence] = field(default_factory=dict)
    readings: FigureReadings = field(default_factory=FigureReadings)

    def put(self, keys: Sequence[str], values: Sequence[Value], evidence: Evidence) -> None:
        self.values.update(zip(keys, values, strict=True))
        self.evidence.update(dict.fromkeys(keys, evidence))

    def facts(self) -> RoleFacts:
        groups: dict[str, Any] = group_values(self.values, self.evidence)
        return RoleFacts(title=self.title, titled_by="table", **groups)


@dataclass(slots=True)
class _PartialPlainTable:
    """A table, as far as it has been read."""

    columns: tuple[_PartialColumn, ...]
    names_roles: bool = False  # the cell above the labels says that the columns are roles
    warnings: list[PageWarning] = field(default_factory=list)
    ambiguous: list[AmbiguousValue] = field(default_factory=list)
    unread: list[UnreadLine] = field(default_factory=list)

    def read(self, line: Line) -> None:
        if line.kind != "row":
            self.unread.append(UnreadLine(line.number, line.raw.strip()))
            return
        if self._is_head(line):
            check_corner(line.cells[0], self.columns[0].title)
            self.names_roles = self.names_roles or key_of(line.cells[0]).strip(" :") in _ROLE_CORNERS
            return
        if is_ruler(line):
            return
        reader = _READERS.get(key_of(line.cells[0]))
        if reader is None:
            self._report_unread(line, "unknown-label", unknown_label_message(line.cells))
        elif len(line.cells) != len(self.columns) + 1 or not line.whole:
            self._report_unread(line, "unreadable-value", "This row does not have one cell for each role.")
        else:
            for column, text in zip(self.columns, line.cells[1:], strict=True):
                self._read_cell(column, reader, line, text)

    def _is_head(self, line: Line) -> bool:
        titles = [column.title for column in self.columns]
        return titles in ([*line.cells], [*line.cells[1:]], [*line.cells[:-1]])

    def _report_unread(self, line: Line, code: str, message: str) -> None:
        self.warnings.append(PageWarning(code, line.number, message))
        self.unread.append(UnreadLine(line.number, line.raw.strip()))

    def _read_cell(self, column: _PartialColumn, reader: CellReader, line: Line, text: str) -> None:
        key = reader.keys[0]
        evidence = Evidence(line.number, text, "cell")
        try:
            values = (None,) * len(reader.keys) if is_missing(text) else reader.read(text)
        except UnreadableError as error:
            code = "out-of-bounds" if isinstance(error, OutOfBoundsError) else "unreadable-value"
            self.warnings.append(PageWarning(code, line.number, f"{error}.", key, column.title))
            if key not in column.evidence:
                self.ambiguous.append(AmbiguousValue(key, column.title, text, line.number, ()))
                column.put(reader.keys, (None,) * len(reader.keys), replace(evidence, how="unread"))
            return
        column.readings.add(reader.keys, values, text, evidence)
        if key not in column.evidence:
            column.put(reader.keys, values, evidence)

    def note_cut_row(self, cut: Line) -> None:
        """Mark the values of the row in which the copy stops."""
        reader = _READERS.get(key_of(cut.cells[0])) if cut.kind == "row" else None
        if reader is None:
            return
        for column in self.columns:
            if reader.keys[0] not in column.evidence:
                evidence = Evidence(cut.number, cut.raw.strip()[:LONGEST_RAW], "unread", missing="cut")
                column.put(reader.keys, (None,) * len(reader.keys), evidence)

    def settle(self) -> None:
        """Leave it to a person to choose where one figure has several values."""
        for column in self.columns:
            for contradiction in column.readings.contradictions():
                column.put(contradiction.keys, (None,) * len(contradiction.keys), contradiction.unread())
                self.warnings.append(contradiction.warning(column.title))
                self.ambiguous.append(contradiction.question(column.title))
