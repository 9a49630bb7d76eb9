"""A .csv or .xlsx file -> DataTable: rows of cells, each cell as text exactly as it stands.

A workbook is a zip of XML files, and both formats can be built to exhaust memory. Its parts are
checked against limits before anything builds rows from them.
"""

import os
import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from ingest.parsing.cells import UnreadableError

ENDINGS = (".csv", ".xlsx")
MOST_ROWS = 60_000  # the table of all states has 37,272
MOST_COLUMNS = 100
# Limits of a workbook: sheets, parts, and bytes when unpacked. The national one has 3 sheets, some 15 parts and 2 MB.
MOST_SHEETS = 5
MOST_PARTS = 200
MOST_UNPACKED = 6_000_000
MOST_RATIO = 50  # unpacked to packed

_BROKEN = (BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, OSError, ValueError)


@dataclass(frozen=True, slots=True)
class DataTable:
    """One sheet. `columns`: its head; `rows`: (number in the file, cells), without blank rows.

    A row can have fewer cells than the head. `cut`: the text after the last line end, which is not read.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    sheet: str = ""
    cut: str = ""


def read_csv(text: str) -> DataTable:
    """Read comma-separated text. Raises UnreadableError.

    >>> read_csv('A,B\\n1,"2,5"\\n3')
    DataTable(columns=('A', 'B'), rows=((2, ('1', '2,5')),), sheet='', cut='3')
    """
    import pandas  # takes 58 MB, which a worker that only serves pages does not need

    text = text.replace("\r\n", "\n").replace("\r", "\n")
    whole, _, cut = text.rpartition("\n")
    if whole.count("\n") > MOST_ROWS:
        raise UnreadableError(_too_much("rows", whole.count("\n"), MOST_ROWS))
    head = whole.lstrip().partition("\n")[0]
    if head.count(",") >= MOST_COLUMNS:
        raise UnreadableError(_too_much("columns", head.count(",") + 1, MOST_COLUMNS))
    try:
        frame = pandas.read_csv(
            StringIO(whole), header=None, dtype=str, keep_default_na=False, skip_blank_lines=False, low_memory=False
        )
    except (pandas.errors.ParserError, pandas.errors.EmptyDataError, ValueError) as error:
        reason = " ".join(str(error).split()).removeprefix("Error tokenizing data. C error: ")
        raise UnreadableError(f"The table cannot be read ({reason}). Save it again as .csv with commas.") from error
    return _table(frame.itertuples(index=False, name=None), cut=cut.strip())


def is_workbook(file: IO[bytes]) -> bool:
    """Whether a file is an .xlsx workbook, by its contents and not its name. Leaves the file at its start."""
    try:
        file.seek(0)
        if file.read(4) != b"PK\x03\x04":
            return False
        file.seek(-min(file.seek(0, os.SEEK_END), 65_557), os.SEEK_END)
        end = file.read()
        at = end.rfind(b"PK\x05\x06")
        if int.from_bytes(end[at + 12 : at + 16], "little") > MOST_PARTS * 250:
            return False  # the directory is too long to open
        with ZipFile(file) as archive:
            return {"[Content_Types].xml", "xl/workbook.xml"} <= set(archive.namelist())
    except _BROKEN:
        return False
    finally:
        file.seek(0)


def read_workbook(data: bytes) -> DataTable:
    """Read the largest sheet of a workbook. Raises UnreadableError."""
    import pandas  # as above

    _check_workbook(data)
    try:
        sheets = pandas.read_excel(
            BytesIO(data), sheet_name=None, header=None, dtype=str, keep_default_na=False, engine="openpyxl"
        )
    except Exception as error:  # openpyxl raises errors of many kinds on a broken file
        raise UnreadableError(
            f"The workbook cannot be read ({type(error).__name__}). Open it and save it again as .xlsx."
        ) from error
    tables = []
    for name, frame in sheets.items():
        if frame.shape[0] > 1 and frame.shape[1] > 1:
            tables.append(_table(frame.fillna("").itertuples(index=False, name=None), sheet=str(name)))
    if not tables:
        raise UnreadableError("The workbook holds no table. Choose the file that has the figures.")
    # Notes and column descriptions stand on other sheets, which are far shorter than the figures.
    return max(tables, key=lambda table: len(table.columns) * len(table.rows))


def _table(rows: Iterator[tuple[Any, ...]], sheet: str = "", cut: str = "") -> DataTable:
    numbered = ((number, tuple(_text(cell) for cell in row)) for number, row in enumerate(rows, 1))
    filled = ((number, cells) for number, cells in numbered if any(cells))
    _, head = next(filled, (0, ()))
    columns = _without_blank_end(tuple(cell or "" for cell in head))
    body = tuple((number, _cells(cells, len(columns))) for number, cells in filled)
    return DataTable(columns, body, sheet, cut)


def _text(cell: Any) -> str | None:
    """The text of a cell; None if the row ends before it. A row that is cut short differs from one of empty cells."""
    return cell.strip() if isinstance(cell, str) else None


def _cells(cells: tuple[str | None, ...], width: int) -> tuple[str, ...]:
    return tuple(cell for cell in cells[:width] if cell is not None)


def _without_blank_end(head: tuple[str, ...]) -> tuple[str, ...]:
    while head and not head[-1]:
        head = head[:-1]
    return head


def _too_much(what: str, count: int, most: int) -> str:
    return f"The table has {count:,} {what}; at most {most:,} are read. Save only the sheet with the figures."


# -- hostile workbooks -----------------------------------------------------------------------

_HOSTILE = "The workbook {}. Workbooks of figures have none of that: save the values alone as a new .xlsx or .csv."
_PLACE = re.compile(r"([A-Z]+)(\d+)")


def _check_workbook(data: bytes) -> None:
    """Refuse a workbook that unpacks to too much, names other files or entities, or holds formulas."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            members = archive.infolist()
            _check_parts(members, len(data))
            for member in members:
                with archive.open(member) as part:
                    _check_xml(part)
    except UnreadableError:
        raise
    except _BROKEN as error:
        raise UnreadableError("The workbook is broken or cut short. Save it again as .xlsx.") from error


def _check_parts(members: Sequence[ZipInfo], size: int) -> None:
    """Check the directory of a workbook of `size` bytes."""
    unpacked = sum(member.file_size for member in members)
    if len(members) > MOST_PARTS or unpacked > min(MOST_UNPACKED, MOST_RATIO * size):
        raise UnreadableError(
            f"The workbook unpacks to {unpacked:,} bytes in {len(members):,} parts; at most {MOST_UNPACKED:,} "
            f"bytes in {MOST_PARTS} parts are read, packed at most {MOST_RATIO} to 1. Save only the sheet with "
            "the figures, as .csv if it is long."
        )
    if len({member.filename for member in members}) < len(members):
        raise UnreadableError(_HOSTILE.format("names a part twice"))
    for member in members:
        if member.flag_bits & 1 or member.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise UnreadableError("The workbook is locked or packed in an unusual way. Save it as plain .xlsx.")


def _check_xml(part: IO[bytes]) -> None:
    from defusedxml.common import DefusedXmlException  # only workers that load tables need these
    from defusedxml.ElementTree import ParseError, iterparse

    count = _Count()
    try:
        for event, element in iterparse(part, events=("start", "end"), forbid_dtd=True):
            if event == "end":
                element.clear()
            else:
                count.add(element.tag.rpartition("}")[2], element.get("r"))
    except DefusedXmlException as error:
        raise UnreadableError(_HOSTILE.format("names entities or a document type")) from error
    except ParseError:
        return  # a picture or printer settings; reading a sheet that is broken reports it


@dataclass(slots=True)
class _Count:
    """The sheets, rows and columns seen so far in one part of a workbook."""

    sheets: int = 0
    row: int = 0
    column: int = 0

    def add(self, tag: str, place: str | None) -> None:
        """Count one element. `place`: its attribute `r`, such as "7" for a row and "B7" for a cell."""
        if tag == "f":
            raise UnreadableError(_HOSTILE.format("holds formulas"))
        if tag == "sheet":  # many sheets can name the same part, which is then read as often
            self.sheets += 1
        elif tag == "row":
            self.row, self.column = _row_number(place, self.row + 1), 0
        elif tag == "c":
            self.column = _column_number(place, self.column + 1)
        if self.sheets > MOST_SHEETS:
            raise UnreadableError(
                f"The workbook has more than {MOST_SHEETS} sheets. Save the sheet with the figures alone."
            )
        if self.column > MOST_COLUMNS:
            raise UnreadableError(_too_much("columns", self.column, MOST_COLUMNS))
        if self.row > MOST_ROWS:
            raise UnreadableError(_too_much("rows", self.row, MOST_ROWS))


def _row_number(place: str | None, default: int) -> int:
    """The row that an element says it is; a number that cannot be read counts as too high."""
    if not place:
        return default
    return int(place) if place.isdecimal() and len(place) < 10 else MOST_ROWS + 1


def _column_number(place: str | None, default: int) -> int:
    """The column of a cell, from 1.

    >>> _column_number("A7", 0), _column_number("AB7", 0), _column_number(None, 3)
    (1, 28, 3)
    """
    if not place:
        return default
    match = _PLACE.fullmatch(place)
    letters = match[1] if match else "ZZZ"
    number = 0
    for letter in letters[:4]:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
