"""Crosswalks: the official occupation to which each code of another classification belongs.

`manage.py compile_occupations` compiles them from publishers' files to `fixtures/occupations/crosswalk_*.csv`. Readers
of tables with such codes look them up here. A crosswalk that is uploaded gives no facts, and the refusal says so.
"""

import csv
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from io import StringIO
from pathlib import Path

from ingest.documents.document import Document
from ingest.documents.source_notes import csv_text
from ingest.documents.tables import DataTable, find_columns
from ingest.parsing.cells import UnreadableError
from ingest.parsing.parsed_page import Knowledge, ParsedPage

FOLDER = Path(__file__).parents[2] / "fixtures" / "occupations"


@dataclass(frozen=True, slots=True)
class CrosswalkKind:
    """A crosswalk as its publisher offers it for download.

    `heads`: column of the compiled file -> heads that the column can have in the published one. The last column is the
    code of the official occupation. `other_code`: pattern of the first column.
    """

    name: str
    publisher: str
    title: str
    url: str
    heads: Mapping[str, Sequence[str]]
    other_code: str
    use: str
    licence: str = "Public domain"
    licence_url: str = "https://www.bls.gov/opub/copyright-information.htm"

    @property
    def stem(self) -> str:
        """The name of its compiled file, without the ending."""
        return f"crosswalk_{self.name}"


KINDS = (
    CrosswalkKind(
        name="onet",
        publisher="U.S. Bureau of Labor Statistics",
        title="O*NET-SOC to National Employment Matrix crosswalk",
        url="https://www.bls.gov/emp/documentation/crosswalks.htm",
        heads={"onet_code": ("O*NET-SOC Code",), "code": ("NEM Code",)},
        other_code=r"\d\d-\d{4}\.\d\d",
        use="the tables of O*NET",
    ),
)
_KIND_OF = {kind.name: kind for kind in KINDS}
_AS_OF = re.compile(r"as of (\d{1,2})/(\d{1,2})/(20\d\d)", re.IGNORECASE)


def recognises(document: Document) -> bool:
    return find_crosswalk(document) is not None


def parse(document: Document, knowledge: Knowledge) -> ParsedPage:
    crosswalk = find_crosswalk(document)
    if crosswalk is None:
        raise UnreadableError("The file holds no crosswalk.")
    kind = crosswalk[0]
    raise UnreadableError(
        f"This is the {kind.title}. It gives no facts by itself: it says which codes belong to which occupation when "
        f"{kind.use} are loaded, and Rolewise comes with it. To use a newer one, put it into the folder with the other "
        "tables and run the command compile_occupations."
    )


def find_crosswalk(document: Document) -> tuple[CrosswalkKind, DataTable] | None:
    """The crosswalk that a document holds, with its table; None if it holds none."""
    for kind in KINDS:
        for sheet in document.sheets:
            if len(_columns_of(sheet, kind)) == len(kind.heads):
                return kind, sheet
    return None


def _columns_of(table: DataTable, kind: CrosswalkKind) -> dict[str, int]:
    """Column of the compiled file -> its index in a published one, or in a compiled one."""
    return find_columns(table, {name: (name, *heads) for name, heads in kind.heads.items()})


def release_of(table: DataTable) -> str:
    """The day of a crosswalk, such as 2023-09-06, by a title above its columns; "" if none says it.

    >>> release_of(DataTable((), (), above=("Crosswalk", "As of 9/6/2023")))
    '2023-09-06'
    """
    match = _AS_OF.search(" ".join(table.above))
    return f"{match[3]}-{int(match[1]):02}-{int(match[2]):02}" if match else ""


def write_crosswalk(kind: CrosswalkKind, table: DataTable, occupations: Collection[str]) -> str:
    """The compiled file of a crosswalk: its rows that lead to one of these occupations, without other columns."""
    columns = _columns_of(table, kind)
    rows = set()
    for _, cells in table.rows:
        row = tuple(cells[columns[name]] if len(cells) > columns[name] else "" for name in kind.heads)
        if re.fullmatch(kind.other_code, row[0]) and row[-1] in occupations:
            rows.add(row)
    return csv_text([list(kind.heads), *sorted(rows)])


@cache
def read_crosswalk(name: str) -> Mapping[str, str]:
    """Code of another classification -> code of the only occupation to which it belongs. Raises UnreadableError."""
    other, *_, code = _KIND_OF[name].heads
    return {row[other]: row[code] for row in read_rows(FOLDER / f"{_KIND_OF[name].stem}.csv")}


def read_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a compiled crosswalk, by column. Raises UnreadableError."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise UnreadableError(
            f"The crosswalk {path.name} is missing in {path.parent}. It comes with Rolewise: put it back, or run the "
            "command compile_occupations."
        ) from error
    return list(csv.DictReader(StringIO(text)))
