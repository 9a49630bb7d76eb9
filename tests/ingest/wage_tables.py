"""Tables of wages as files: the shipped one, a small one, and the same as workbooks."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from ingest.documents.document import read_document
from ingest.parsing.parse_page import parse_page
from ingest.parsing.parsed_page import ParsedPage
from ingest.parsing.role_facts import RoleFacts
from tests.ingest.read_files import explain_refusal

PROJECT = Path(__file__).parents[2]
NATIONAL = PROJECT / "fixtures" / "tables" / "national_M2025_dl.csv"
SMALL = (PROJECT / "tests" / "pages" / "official-table.csv").read_bytes()


def parse_table(content: bytes, name: str = "table.csv") -> ParsedPage:
    return parse_page(read_document(name, content))


def get_refusal(content: bytes, name: str = "table.csv") -> str:
    return explain_refusal(content, name)


def drop_lines(content: bytes, *begun: bytes) -> bytes:
    return b"".join(line for line in content.splitlines(keepends=True) if not line.startswith(begun))


def make_workbook(
    content: bytes,
    number: Callable[[str], Any] = str,
    state: str = "visible",
    others: dict[str, tuple[str, bytes]] | None = None,
) -> bytes:
    """The rows of a .csv as an .xlsx, with a sheet of notes as in the files of the Bureau.

    `others`: name -> state and .csv of further sheets.
    """
    book = Workbook()
    assert book.active is not None
    book.remove(book.active)
    for name, (visibility, figures) in {"national_M2024_dl": (state, content), **(others or {})}.items():
        document = read_document("table.csv", figures)
        assert document.table is not None
        added = book.create_sheet(name)
        added.sheet_state = visibility
        added.append(list(document.table.columns))
        for _, cells in document.table.rows:
            added.append([number(cell) for cell in cells])
    notes = book.create_sheet("Field Descriptions")
    for line in ("area", "area_title", "* = not available"):
        notes.append([line, "what it means"])
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def list_figures(facts: RoleFacts) -> list[Any]:
    return [facts.title, facts.soc_code, facts.values]


def pack(parts: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()
