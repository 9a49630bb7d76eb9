"""The crosswalk from the codes of O*NET to official occupations.

`manage.py compile_occupations` compiles it from the publisher's file to `fixtures/occupations/crosswalk_onet.csv`.
Readers of tables with such codes look them up here. A crosswalk that is uploaded gives no facts, and the refusal says
so.
"""

import csv
import re
from collections.abc import Collection, Mapping
from functools import cache
from io import StringIO
from pathlib import Path
from typing import Any

from ingest.documents.document import Document
from ingest.documents.source_notes import csv_text
from ingest.documents.tables import DataTable, find_columns
from ingest.parsing.cells import UnreadableError
from ingest.parsing.parsed_page import Knowledge, ParsedPage

FOLDER = Path(__file__).parents[2] / "fixtures" / "occupations"
FILE = FOLDER / "crosswalk_onet.csv"
TITLE = "O*NET-SOC to National Employment Matrix crosswalk"
# Column of the compiled file -> the head of the published one.
_HEADS = {"onet_code": "O*NET-SOC Code", "code": "NEM Code"}
ONET_CODE = re.compile(r"\d\d-\d{4}\.\d\d", re.ASCII)
_AS_OF = re.compile(r"as of (\d{1,2})/(\d{1,2})/(20\d\d)", re.IGNORECASE)


def recognizes(document: Document) -> bool:
    return find_crosswalk(document) is not None


def parse(document: Document, knowledge: Knowledge) -> ParsedPage:
    raise UnreadableError(
        f"This is the {TITLE}. It gives no facts by itself: it says which codes belong to which occupation when the "
        "tables of O*NET are loaded, and Rolewise comes with it. To use a newer one, put it into the folder with the "
        "other tables and run the command compile_occupations."
    )


def find_crosswalk(document: Document) -> DataTable | None:
    """The table of a document that is a crosswalk, published or compiled; None if there is none."""
    return next((sheet for sheet in document.sheets if len(_find_columns(sheet)) == len(_HEADS)), None)


def _find_columns(table: DataTable) -> dict[str, int]:
    """Column of the compiled file -> its index in a published one, or in a compiled one."""
    return find_columns(table, {name: (name, head) for name, head in _HEADS.items()})


def release_of(table: DataTable) -> str:
    """The day of a crosswalk, such as 2023-09-06, by a title above its columns; "" if none says it.

    >>> release_of(DataTable((), (), above=("Crosswalk", "As of 9/6/2023")))
    '2023-09-06'
    """
    match = _AS_OF.search(" ".join(table.above))
    return f"{match[3]}-{int(match[1]):02}-{int(match[2]):02}" if match else ""


def write_crosswalk(table: DataTable, occupations: Collection[str]) -> str:
    """The compiled file: the rows of a crosswalk that lead to one of these occupations, without other columns."""
    columns = _find_columns(table)
    rows = set()
    for _, cells in table.rows:
        onet_code, code = (cells[columns[name]] if len(cells) > columns[name] else "" for name in _HEADS)
        if ONET_CODE.fullmatch(onet_code) and code in occupations:
            rows.add((onet_code, code))
    return csv_text([list(_HEADS), *sorted(rows)])


def describe_crosswalk(table: DataTable) -> dict[str, Any]:
    """What sources.toml says about the compiled file."""
    return {
        "publisher": "U.S. Bureau of Labor Statistics",
        "title": TITLE,
        "release": release_of(table),
        "licence": "Public domain",
        "licence_url": "https://www.bls.gov/opub/copyright-information.htm",
        "url": "https://www.bls.gov/emp/documentation/crosswalks.htm",
        "columns": dict(_HEADS),
    }


@cache
def read_crosswalk() -> Mapping[str, str]:
    """Code of O*NET -> code of the only occupation to which it belongs. Raises UnreadableError."""
    return {row["onet_code"]: row["code"] for row in read_rows(FILE)}


@cache
def read_soc_crosswalk() -> Mapping[str, str]:
    """Code of the Standard Occupational Classification -> code of the occupation to which it belongs."""
    return {onet_code.partition(".")[0]: code for onet_code, code in read_crosswalk().items()}


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
