"""What the tables of the O*NET database share: text with tabs or a workbook, with rows by O*NET code.

O*NET has several codes for some occupations: 11-1011.00 and details of it, such as 11-1011.03. The crosswalk of the
Bureau of Labor Statistics says to which occupation each belongs.

The release is in a title above the columns, or in the name of the file or of its archive, such as `db_30_1_text` or
`Skills (O*NET 30.1, December 2025)`.

Source: https://www.onetcenter.org/database.html
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from careers.vocabulary import BOUNDS, Missing
from ingest.documents.document import Document
from ingest.documents.releases import read_release
from ingest.documents.table_report import TableReport
from ingest.documents.tables import DataTable, FoundTable, find_columns
from ingest.documents.workbooks import check_formulas
from ingest.parsing.cells import UnreadableError
from ingest.parsing.evidence import Evidence
from ingest.parsing.parsed_page import PageWarning, ParsedPage
from ingest.parsing.role_facts import RoleFacts
from ingest.sources.crosswalks import ONET_CODE, read_crosswalk

PUBLISHER = "O*NET, U.S. Department of Labor"
URL = "https://www.onetcenter.org/database.html"
LICENCE = "CC BY 4.0"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"
# In the words that O*NET asks for.
ATTRIBUTION = (
    "O*NET® is a trademark of the U.S. Department of Labor, Employment and Training Administration (USDOL/ETA). Used "
    "under the CC BY 4.0 license. Rolewise has modified all or some of this information; USDOL/ETA has not approved, "
    "endorsed or tested these modifications."
)

CODE_HEADS = ("O*NET-SOC Code",)
NOT_AVAILABLE = "n/a"
MISSING = ("", NOT_AVAILABLE)

_ADVICE = "Load a table with the codes of the O*NET-SOC 2019 taxonomy, which releases from 25.1 on have."
_FIGURE = re.compile(r"\d{1,6}(?:\.\d{1,20})?", re.ASCII)
_MONTH = re.compile(r"(0[1-9]|1[0-2])/((?:19|20)\d\d)", re.ASCII)


def find_table(document: Document, heads: Mapping[str, Collection[str]]) -> FoundTable | None:
    """The table of a document with all of these columns; None if there is none.

    `heads`: name -> the heads that the column has in different releases. A column of O*NET codes is always needed.
    """
    for sheet in document.sheets:
        columns = find_columns(sheet, {"code": CODE_HEADS, **heads})
        if heads.keys() | {"code"} <= columns.keys():
            return FoundTable(sheet, columns)
    return None


class OnetRow(NamedTuple):
    """One row. `number`: in the file; `onet_code`: such as 11-1011.03."""

    number: int
    cells: tuple[str, ...]
    onet_code: str


RowsByCode = Mapping[str, Sequence[OnetRow]]  # by O*NET code


@dataclass(slots=True)
class OnetReader(TableReport):
    """Reads the rows of a table, and collects what cannot be read. `name`: of the table, such as Job Zones."""

    source: FoundTable
    name: str

    def by_occupation(self) -> dict[str, dict[str, list[OnetRow]]]:
        """Code of an occupation -> O*NET code -> its rows, all in the order of the file.

        Raises UnreadableError if too few of the rows with a code belong to an occupation.
        """
        check_formulas(self.source.table)
        by_occupation: dict[str, dict[str, list[OnetRow]]] = {}
        coded_rows = ((row.number, row.onet_code, row) for row in self._list_rows_with_code())
        for code, row in self.join_occupations(coded_rows, read_crosswalk(), _ADVICE):
            by_occupation.setdefault(code, {}).setdefault(row.onet_code, []).append(row)
        self.report_cut(self.source.table)
        return by_occupation

    def roles(self, read: Callable[[RowsByCode], dict[str, Any]]) -> list[RoleFacts]:
        """What `read` makes of the rows of each occupation, as fields of its facts; without those that have none."""
        roles = []
        for code, rows in self.by_occupation().items():
            facts = read(rows)
            if any(facts.values()):
                roles.append(RoleFacts(title=code, soc_code=code, **facts))
        return roles

    def _list_rows_with_code(self) -> Iterator[OnetRow]:
        width = max(self.source.columns.values()) + 1
        for number, cells in self.source.table.rows:
            onet_code = self.source.cell(cells, "code")
            if not ONET_CODE.fullmatch(onet_code):
                expected = "an O*NET code, such as 29-1141.00"
                self.report_wrong_cell(number, cells, onet_code, self.source.head("code"), expected)
            elif len(cells) < width:
                self.report_short_row(number, cells, self.source.table, "unreadable-value")
            else:
                yield OnetRow(number, cells, onet_code)

    # -- cells --------------------------------------------------------------------------------

    def text(self, row: OnetRow, name: str) -> str:
        """A cell in words; "" if it has none."""
        raw = row.cells[self.source.columns[name]]
        return "" if raw in MISSING else raw

    def report_wrong(self, row: OnetRow, name: str, expected: str) -> None:
        """Report a row that is not read because of one cell. `expected`: what it should hold."""
        raw = row.cells[self.source.columns[name]]
        self.report_wrong_cell(row.number, row.cells, raw, self.source.head(name), expected)

    def figure(self, row: OnetRow, name: str, field: str) -> Decimal | None:
        """A cell as a figure for a field; None for n/a and, with a warning, for any other text or impossible figure."""
        raw = row.cells[self.source.columns[name]]
        if raw == NOT_AVAILABLE:
            return None
        low, high = BOUNDS[field]
        if _FIGURE.fullmatch(raw) and low <= Decimal(raw) <= high:
            return Decimal(raw)
        self.report_unreadable(row.number, raw, self.source.head(name), role=row.onet_code)
        return None

    def evidence(self, row: OnetRow, name: str, raw: str | None = None) -> Evidence:
        cell = row.cells[self.source.columns[name]] if raw is None else raw
        return Evidence(row.number, cell, "cell", column=self.source.head(name), sheet=self.name, code=row.onet_code)


def open_table(document: Document, heads: Mapping[str, Sequence[str]], name: str) -> OnetReader:
    """A reader of the table that `find_table` finds. `name`: of the table. Raises UnreadableError if there is none."""
    source = find_table(document, heads)
    if source is None:
        columns = ", ".join([CODE_HEADS[0], *(variants[0] for variants in heads.values())])
        raise UnreadableError(f"The table lacks a column. {name} of O*NET has the columns {columns}.")
    return OnetReader(source, name)


def choose_main_codes(codes: Iterable[str]) -> list[str]:
    """The O*NET codes that represent an occupation: all that end in .00, or else all details.

    >>> choose_main_codes(["11-1011.03", "11-1011.00"]), choose_main_codes(["15-1299.03", "15-1299.01"])
    (['11-1011.00'], ['15-1299.01', '15-1299.03'])
    """
    ordered = sorted(codes)
    return [code for code in ordered if code.endswith(".00")] or ordered


def compute_mean(
    reader: OnetReader, figures: Sequence[tuple[OnetRow, Decimal | None]], name: str, missing: Missing
) -> tuple[Decimal | None, Evidence]:
    """The mean of the figures of several O*NET codes, and where they stand.

    `figures`: each with its row, or all None; then `missing` says why.
    """
    rows = [row for row, _ in figures]
    values = [value for _, value in figures if value is not None]
    place = reader.evidence(rows[0], name)
    if len(rows) > 1:
        cells = [row.cells[reader.source.columns[name]] for row in rows]
        codes = ", ".join(row.onet_code for row in rows)
        place = replace(place, raw=", ".join(cells), code=codes)
    if len(values) > 1:
        place = replace(place, how="mean", mean_of=len(values))
    if values:
        return sum(values, Decimal(0)) / len(values), place
    if missing == "not-published" and any(row.cells[reader.source.columns[name]] != NOT_AVAILABLE for row in rows):
        return None, replace(place, how="unread")
    return None, replace(place, missing=missing)


def make_page(document: Document, reader: OnetReader, roles: Iterable[RoleFacts]) -> ParsedPage:
    table = reader.source.table
    release = read_release(" ".join(table.above), document.name)
    warnings = [*table.warnings, *reader.warnings]
    if not release.number:
        message = (
            "The release of O*NET to which the table belongs is not known. Load the archive of the whole release, or "
            f"name the file after its release, such as “{reader.name} (O*NET 30.1, December 2025).txt”."
        )
        warnings.append(PageWarning("release-unknown", 1, message))
    return ParsedPage(
        layout="table",
        publisher=PUBLISHER,
        title=" ".join(filter(None, ["O*NET", release.number, f"Database: {reader.name}"])),
        url=URL,
        licence=LICENCE,
        licence_url=LICENCE_URL,
        figures_of=release.month or _find_newest_month(table),
        roles=tuple(roles),
        warnings=tuple(warnings),
        unread=tuple(reader.unread),
        cut_line=reader.cut_line,
        joins_occupations=True,
        release=release.number,
        attribution=ATTRIBUTION,
    )


def _find_newest_month(table: DataTable) -> date | None:
    """The newest month in the column `Date` of a table; None for a table without it."""
    index = find_columns(table, {"date": ("Date",)}).get("date")
    if index is None:
        return None
    texts = {cells[index] for _, cells in table.rows if len(cells) > index}
    months = filter(None, map(_MONTH.fullmatch, texts))
    return max((date(int(month[2]), int(month[1]), 1) for month in months), default=None)
