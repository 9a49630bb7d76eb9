"""What the tables of the Employment Projections program share: rows by code of the National Employment Matrix.

A workbook has many tables, each on a sheet of its own with its title above the columns. Titles of occupations are
indented and can end in the mark of a footnote, such as `[1]`. A dash means that a figure is not available.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import cast

from careers.vocabulary import ALL_JOBS_CODE, How, Missing
from ingest.documents.document import Document
from ingest.documents.tables import FoundTable, drop_footnote, match_columns, simplify_head
from ingest.documents.workbooks import check_formulas
from ingest.parsing.cells import SOC_CODE, UnreadableError, is_error_of_spreadsheet
from ingest.parsing.evidence import Evidence
from ingest.parsing.parsed_page import ParsedPage
from ingest.parsing.role_facts import RoleFacts, Value
from ingest.sources.bls.bureau_tables import (
    NOT_PUBLISHED,
    BureauReader,
    TableKind,
    TableRelease,
    read_figure,
    require_columns,
)

URL = "https://www.bls.gov/emp/"
# The heads of the columns that every table has.
_ROW_HEADS = {
    "title": r"(?:20\d\d )?national employment matrix title|occupation title",
    "code": r"(?:20\d\d )?national employment matrix code|occupation code",
}
_OCCUPATION, _GROUP = "line item", "summary"  # what a row is about, where a column says it
_NUMBER_OF_TABLE = re.compile(r"table (\d+\.\d+)", re.IGNORECASE)


class MatrixTable(FoundTable):
    """One table of a file."""

    @property
    def title(self) -> str:
        """The line above the columns that begins with the number of the table, or else all lines."""
        above = self.table.above
        return next(filter(_NUMBER_OF_TABLE.match, above), " ".join(above))

    @property
    def number(self) -> str:
        """`Table 1.2`, by the title or else by the name of the sheet; "" if neither has a number."""
        for text in (self.title, self.table.sheet):
            if match := _NUMBER_OF_TABLE.search(text):
                return f"Table {match[1]}"
        return ""

    def head(self, name: str) -> str:
        return drop_footnote(super().head(name))


def find_table(document: Document, kind: TableKind) -> MatrixTable | None:
    """The table of a document with these columns, or with this title and a column of codes; None if there is none.

    If there are several tables, the one with most of the columns is taken.
    """
    return max(_list_tables(document, kind), key=_count_columns, default=None)


def _count_columns(table: MatrixTable) -> int:
    return len(table.columns)


def _list_tables(document: Document, kind: TableKind) -> list[MatrixTable]:
    heads = {**_ROW_HEADS, **kind.heads}
    candidates = []
    for sheet in document.sheets:
        table = MatrixTable(sheet, match_columns(sheet, {**heads, **kind.optional}))
        is_titled = re.search(kind.title, simplify_head(table.title)) and "code" in table.columns
        if is_titled or heads.keys() <= table.columns.keys():
            candidates.append(table)
    return candidates


def require_table(document: Document, kind: TableKind) -> MatrixTable:
    """The table that `find_table` finds. Raises UnreadableError if it lacks columns, computes its figures, or if
    another sheet that shows is like it."""
    source = cast(MatrixTable, find_table(document, kind))  # it was recognized
    check_formulas(source.table)
    tables = [table for table in _list_tables(document, kind) if not table.table.hidden]
    alike = [f"“{table.table.sheet}”" for table in tables if _count_columns(table) == _count_columns(source)]
    if len(alike) > 1:
        raise UnreadableError(
            f"The workbook has {kind.name} on {len(alike)} sheets: {', '.join(alike)}. Save the sheet that you mean "
            "as a file of its own."
        )
    in_words = kind.needed or {name: f"“{name.replace('_', ' ')}”" for name in (*_ROW_HEADS, *kind.heads)}
    require_columns(source.columns, in_words, kind.name)
    return source


def find_last_year(first: str, last: str) -> int:
    """The last year of a span of years, whose last digits may be all that is given.

    >>> find_last_year("2024", "34"), find_last_year("2024", "2034")
    (2034, 2034)
    """
    return int(first[: -len(last)] + last)


Cell = tuple[Value, Evidence]  # what it says, and where it stands


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One row with a code. `footnote`: its title ends in the mark of a footnote."""

    number: int
    cells: tuple[str, ...]
    code: str
    title: str
    footnote: bool


@dataclass(slots=True)
class MatrixReader(BureauReader):
    """Reads the rows of a table, and collects what cannot be read. `all_jobs`: the row of all occupations."""

    source: MatrixTable
    all_jobs: MatrixRow | None = None

    def occupations(self) -> list[MatrixRow]:
        """The rows of single occupations. Raises UnreadableError if there are none, or if a code appears twice."""
        rows: dict[str, MatrixRow] = {}
        for number, cells in self.source.table.rows:
            row = self._read_row(number, cells)
            if row is None or not self._is_counted(row):
                continue
            if row.code in rows:
                raise UnreadableError(
                    f"The rows {rows[row.code].number} and {number} both give figures for {row.code} ({row.title}). "
                    "Load the table of one release."
                )
            rows[row.code] = row
        self.all_jobs = rows.pop(ALL_JOBS_CODE, None)
        self.report_cut(self.source.table)
        if not rows:
            raise UnreadableError(
                "No row of the table has the code of an occupation, such as 29-1141. "
                f"{self.quote_first_report()}Load the table as the Bureau publishes it."
            )
        return list(rows.values())

    def _read_row(self, number: int, cells: tuple[str, ...]) -> MatrixRow | None:
        """None for a note below the table and for a row that cannot be read, which is reported."""
        columns = self.source.columns
        code = self.source.cell(cells, "code").removeprefix('="').removesuffix('"')
        if not SOC_CODE.fullmatch(code):
            if code:
                self.report_wrong_cell(number, cells, code, self.source.head("code"), "an occupation code")
            else:
                self.report_unread(number, cells, "The row names no occupation", "note")
            return None
        if len(cells) <= max(columns.values()):
            self.report_short_row(number, cells, self.source.table)
            return None
        title = cells[columns["title"]].partition("*")[0].strip()  # further titles can follow, each after a star
        if is_error_of_spreadsheet(title):
            self.report_unreadable(number, title, self.source.head("title"))
        plain_title = drop_footnote(title)
        return MatrixRow(number, cells, code, plain_title, footnote=plain_title != title)

    def _is_counted(self, row: MatrixRow) -> bool:
        """Whether a row is about one occupation or all jobs, by the column that says so or else by its code.

        The other rows are about groups of occupations. A row that says neither is reported.
        """
        if row.code == ALL_JOBS_CODE:
            return True
        column = self.source.columns.get("kind")
        if column is None:
            return not row.code.endswith("-0000")
        kind = row.cells[column]
        if kind.casefold() not in (_OCCUPATION, _GROUP):
            expected = "“Line item” or “Summary”"
            self.report_wrong_cell(row.number, row.cells, kind, self.source.head("kind"), expected)
        return kind.casefold() == _OCCUPATION

    def make_roles(
        self, group: str, names: Iterable[str], read: Callable[[MatrixRow, str, str], Cell], footnote: str
    ) -> list[RoleFacts]:
        """The occupations with the figures of one group, a column each.

        `read`: a method of this reader. `footnote`: the warning for rows with a footnote.
        """
        roles = []
        for row in self.occupations():
            values: dict[str, Value] = {}
            evidence: dict[str, Evidence] = {}
            for name in names:
                key = f"{group}.{name}"
                values[key], place = read(row, name, key)
                if row.footnote and values[key] is not None:
                    place = replace(place, warnings=(footnote,))
                evidence[key] = place
            roles.append(RoleFacts(title=row.title, soc_code=row.code, values=values, evidence=evidence))
        return roles

    def make_matrix_page(self, roles: Iterable[RoleFacts], release: TableRelease, title: str) -> ParsedPage:
        """The page of the table. `title`: without its number."""
        numbered_title = f"{title}, {self.source.number}" if self.source.number else title
        return self.make_page(roles, release, numbered_title, URL)

    # -- cells --------------------------------------------------------------------------------

    def text(self, row: MatrixRow, name: str, key: str) -> Cell:
        """A cell in words. The word "None" is a value."""
        raw = row.cells[self.source.columns[name]]
        if raw in NOT_PUBLISHED:
            return None, self._evidence(row, name, missing="not-published")
        if is_error_of_spreadsheet(raw):
            return self._unreadable(row, name, key)
        return raw, self._evidence(row, name)

    def percent(self, row: MatrixRow, name: str, key: str) -> Cell:
        """A cell in percent, which can be negative."""
        return self._read_number(row, name, key, Decimal(1))

    def rank(self, row: MatrixRow, name: str, key: str) -> Cell:
        """A cell with a percentile rank, from 0."""
        return self._read_whole(row, name, key, Decimal(1))

    def thousands(self, row: MatrixRow, name: str, key: str) -> Cell:
        """A cell that counts in thousands, as a number of persons."""
        return self._read_whole(row, name, key, Decimal(1000))

    def _read_whole(self, row: MatrixRow, name: str, key: str, factor: Decimal) -> Cell:
        value, evidence = self._read_number(row, name, key, factor)
        if not isinstance(value, Decimal):
            return value, evidence
        if value != int(value) or value < 0:
            return self._unreadable(row, name, key)
        return int(value), evidence

    def _read_number(self, row: MatrixRow, name: str, key: str, factor: Decimal) -> Cell:
        raw = row.cells[self.source.columns[name]]
        if raw and raw in NOT_PUBLISHED:
            return None, self._evidence(row, name, missing="not-published")
        value = read_figure(raw)
        if value is None:
            return self._unreadable(row, name, key)
        return value * factor, self._evidence(row, name)

    def _unreadable(self, row: MatrixRow, name: str, key: str) -> Cell:
        place = self._evidence(row, name, "unread")
        self.report_unreadable(row.number, place.raw, place.column, key, row.title)
        return None, place

    def _evidence(self, row: MatrixRow, name: str, how: How = "cell", missing: Missing | None = None) -> Evidence:
        raw, head = row.cells[self.source.columns[name]], self.source.head(name)
        return Evidence(row.number, raw, how, column=head, missing=missing, sheet=self.source.number, code=row.code)
