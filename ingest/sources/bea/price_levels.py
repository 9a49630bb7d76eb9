"""The Regional Price Parities by state of the U.S. Bureau of Economic Analysis.

A row is about one state and one kind of prices, with a column for each year. Only the prices of all items are read,
of the newest year: 100 is the price level of the United States. They are about states, not about roles.

Source: https://www.bea.gov/data/prices-inflation/regional-price-parities-state-and-metro-area
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from careers.areas import find_area
from ingest.documents.document import Document
from ingest.documents.table_report import TableReport
from ingest.documents.tables import DataTable
from ingest.documents.workbooks import check_formulas
from ingest.parsing.cells import UnreadableError, is_error_of_spreadsheet
from ingest.parsing.evidence import Evidence
from ingest.parsing.parsed_page import AreaPriceFact, Knowledge, PageWarning, ParsedPage

PUBLISHER = "U.S. Bureau of Economic Analysis"
TITLE = "Regional Price Parities by state, all items"
URL = "https://www.bea.gov/data/prices-inflation/regional-price-parities-state-and-metro-area"
LICENCE = "Public domain"

# Column -> what it contains.
_NEEDED = {
    "GEONAME": "names of states",
    "TABLENAME": "the name of the table, SARPP",
    "DESCRIPTION": "which prices a row is about",
}
_TABLE = "SARPP"
_ALL_ITEMS = "rpps: all items"
_NATION = "united states"
_YEAR = re.compile(r"((?:19|20)\d\d)(?: ?\(?[A-Z]\)?)?")  # the newest can be marked as preliminary: "2024 (P)"
_LEVEL = re.compile(r"\d{1,3}(?:\.\d{1,9})?", re.ASCII)
_NOT_PUBLISHED = ("", "(NA)", "(D)", "(NM)", "...")


def recognizes(document: Document) -> bool:
    return document.table is not None and {"GEONAME", "TABLENAME", "LINECODE"} <= _find_columns(document.table).keys()


def parse(document: Document, knowledge: Knowledge) -> ParsedPage:
    table = document.table or DataTable((), ())
    check_formulas(table)
    columns = _find_columns(table)
    missing = [f"{column} ({content})" for column, content in _NEEDED.items() if column not in columns]
    years = {match[1]: match[0] for match in map(_YEAR.fullmatch, columns) if match}
    if missing or not years:
        raise UnreadableError(
            f"The table lacks {', '.join(missing) or 'columns of years, such as 2024'}. Load the Regional Price "
            "Parities by state (SARPP) as the Bureau of Economic Analysis publishes them."
        )
    year = max(years)
    page = _PartialPage(table, columns, year, years[year])
    prices = page.prices()
    return ParsedPage(
        layout="table",
        publisher=PUBLISHER,
        title=f"{TITLE}, {page.year}",
        url=URL,
        licence=LICENCE,
        figures_of=date(int(page.year), 1, 1),
        roles=(),
        area_prices=tuple(prices),
        warnings=(*document.warnings, *page.warnings),
        unread=tuple(page.unread),
        cut_line=page.cut_line,
        release=page.year,
    )


def _find_columns(table: DataTable) -> dict[str, int]:
    columns: dict[str, int] = {}
    for index, head in enumerate(table.columns):
        columns.setdefault(_strip_quotes(head).upper(), index)
    return columns


def _strip_quotes(text: str) -> str:
    """A cell without the quotation marks that remain if a blank comes before them.

    >>> _strip_quotes('"06000"'), _strip_quotes("  RPPs: All  items ")
    ('06000', 'RPPs: All items')
    """
    return " ".join(text.strip().strip('"').split())


@dataclass(slots=True)
class _PartialPage(TableReport):
    """The table, as far as it has been read. `year`: the newest; `column`: the head of its column."""

    table: DataTable
    columns: Mapping[str, int]
    year: str
    column: str

    def prices(self) -> list[AreaPriceFact]:
        """The price level of each state. Raises UnreadableError if there are none, or if the nation's is not 100."""
        prices: dict[str, AreaPriceFact] = {}
        nation: list[str] = []
        others: list[str] = []
        for number, cells in self.table.rows:
            name = self._read_area_name(number, cells)
            if not name:
                continue
            raw = _strip_quotes(cells[self.columns[self.column]])
            area = find_area(name)
            if name.casefold() == _NATION:
                nation.append(raw)
            elif area is None:
                others.append(name)
            elif area.state in prices:
                earlier = prices[area.state].evidence.line
                raise UnreadableError(
                    f"The rows {earlier} and {number} both give the price level of {area.name}. Load the table of one "
                    "release."
                )
            elif level := self._read_level(number, name, raw):
                place = Evidence(number, raw, "cell", column=self.column, sheet=_TABLE)
                prices[area.state] = AreaPriceFact(area.state, area.fips, int(self.year), level, place)
        if others:
            message = f"{len(others):,} rows of {', '.join(others[:3])} were left out: they are not states."
            self.warnings.append(PageWarning("rows-left-out", 1, message))
        self._require_valid_prices(nation, prices)
        self.report_cut(self.table)
        return list(prices.values())

    def _read_area_name(self, number: int, cells: tuple[str, ...]) -> str:
        """The area of a row about the prices of all items; "" for other rows.

        A row that is cut, or does not say what it is about, is reported.
        """
        if len(cells) == 1 or not any(cells[1:]):
            return ""  # a note below the figures
        if len(cells) <= max(self.columns.values()):
            self.report_short_row(number, cells, self.table)
            return ""
        name = _strip_quotes(cells[self.columns["TABLENAME"]])
        if name.upper() != _TABLE:
            raise UnreadableError(
                f"Row {number} is of the table “{name[:40]}”, not of {_TABLE}, the Regional Price Parities by state. "
                "Load that table."
            )
        for column in ("GEONAME", "DESCRIPTION"):
            cell = cells[self.columns[column]]
            if is_error_of_spreadsheet(cell):
                self.report_wrong_cell(number, cells, cell, column, "what the row is about")
                return ""
        is_of_all = _strip_quotes(cells[self.columns["DESCRIPTION"]]).casefold() == _ALL_ITEMS
        return _strip_quotes(cells[self.columns["GEONAME"]]).rstrip(" *") if is_of_all else ""

    def _read_level(self, number: int, name: str, raw: str) -> Decimal | None:
        if _LEVEL.fullmatch(raw) and Decimal(raw) > 0:
            return round(Decimal(raw), 3)
        if raw in _NOT_PUBLISHED:
            message = f"The table gives no price level of {name} in {self.year}."
        else:
            message = f"“{raw[:60]}” in the column {self.column} is no price level ({name})."
        self.warnings.append(PageWarning("unreadable-value", number, message))
        return None

    def _require_valid_prices(self, nation: list[str], prices: Mapping[str, AreaPriceFact]) -> None:
        if not prices:
            raise UnreadableError(
                f"The table gives no price level of a state for all items. {self.quote_first_report()}Load the "
                "Regional Price Parities by state (SARPP) as the Bureau of Economic Analysis publishes them."
            )
        if len(nation) != 1 or not _LEVEL.fullmatch(nation[0]) or Decimal(nation[0]) != 100:
            raise UnreadableError(
                f"The row of the United States must be 100 in {self.year}, because the levels of states are measured "
                f"against it; the table has {', '.join(nation)[:60] or 'no such row'}."
            )
