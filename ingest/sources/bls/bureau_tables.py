"""What the tables of all programs of the Bureau share: column heads, figures, and the citation of a page."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from ingest.documents.table_report import TableReport
from ingest.documents.tables import FoundTable
from ingest.parsing.cells import UnreadableError
from ingest.parsing.parsed_page import ParsedPage
from ingest.parsing.role_facts import RoleFacts

PUBLISHER = "U.S. Bureau of Labor Statistics"
LICENCE = "Public domain"
LICENCE_URL = "https://www.bls.gov/opub/copyright-information.htm"

_NO_HEADS: Mapping[str, str] = {}
NOT_PUBLISHED = ("", "—", "–", "-", "−", "N/A")  # cells that give no value

_FIGURE = re.compile(r"([-−]?)(\d{1,3}(?:,\d{3})+|\d{1,12})(\.\d{1,20})?", re.ASCII)


class TableKind(NamedTuple):
    """A table that the Bureau publishes, release after release, by which it is recognized.

    `name`: in words. `title`: pattern of what stands above the columns. `heads`: name of a column -> pattern of its
    head; `optional`: the same of columns that not every release has. `needed`: name of a column -> in words; without
    it, names are the words.
    """

    name: str
    title: str
    heads: Mapping[str, str]
    optional: Mapping[str, str] = _NO_HEADS
    needed: Mapping[str, str] = _NO_HEADS


def require_columns(columns: Mapping[str, int], needed: Mapping[str, str], table_name: str) -> None:
    """Raise UnreadableError if the table lacks columns. `needed`: name -> in words. `table_name`: in words."""
    missing = [words for name, words in needed.items() if name not in columns]
    if missing:
        raise UnreadableError(
            f"The table lacks the columns {', '.join(missing)}. {table_name} has them: load it as the Bureau publishes "
            "it, without leaving columns out. If the Bureau has renamed them, Rolewise does not read this release yet."
        )


def read_figure(text: str) -> Decimal | None:
    """A figure with or without sign and thousands separators; None for other text.

    Spreadsheets store 15.1 as 15.100000000000001, so figures with more than eight decimals are rounded to eight.

    >>> read_figure("1,579.8"), read_figure("-4.7"), read_figure("15.100000000000001"), read_figure(">=239,200")
    (Decimal('1579.8'), Decimal('-4.7'), Decimal('15.1'), None)
    """
    match = _FIGURE.fullmatch(text)
    if match is None:
        return None
    decimals = match[3] or ""
    number = Decimal(match[2].replace(",", "") + decimals)
    if len(decimals) > len(".12345678"):
        number = Decimal(f"{number:.8f}".rstrip("0").rstrip("."))  # normalize() would make 1E+2 of 100
    return -number if match[1] else number


class TableRelease(NamedTuple):
    """The release of a table. `name`: such as 2024–34; `year`: the year that its figures describe."""

    name: str
    year: int


@dataclass(slots=True)
class BureauReader(TableReport):
    """Reads a table that adds to official occupations, and collects what cannot be read."""

    source: FoundTable

    def make_page(self, roles: Iterable[RoleFacts], release: TableRelease, title: str, url: str) -> ParsedPage:
        """The page of the table. `title`: of the citation; `url`: of the program."""
        return ParsedPage(
            layout="table",
            publisher=PUBLISHER,
            title=title,
            url=url,
            licence=LICENCE,
            licence_url=LICENCE_URL,
            figures_of=date(release.year, 1, 1),
            roles=tuple(roles),
            warnings=(*self.source.table.warnings, *self.warnings),
            unread=tuple(self.unread),
            cut_line=self.cut_line,
            joins_occupations=True,
            release=release.name,
        )
