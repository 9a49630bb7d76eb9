"""A .csv or .xlsx file -> Table: rows of cells as texts, exactly as they stand.

A workbook is a zip of XML, and both can be made to burst: its parts are looked through, within
limits, before anything builds rows from them.
"""

import os
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO, StringIO
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from ingest.parsing.cells import UnreadableError

ENDINGS = (".csv", ".xlsx")
MOST_ROWS = 60_000  # the table of the nation and all states has 37,272
MOST_COLUMNS = 100
# Of a workbook: sheets, parts, and bytes when unpacked. The national one has 3 sheets, some 15 parts and 2 MB.
MOST_SHEETS = 5
MOST_PARTS = 200
MOST_UNPACKED = 6_000_000
MOST_RATIO = 50

_BROKEN = (BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, OSError, ValueError)


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet. `columns`: its head; `rows`: (number in the file, cells), blank rows left out.

    A row can have fewer cells than the head. `cut`: what stands after the last line end, not read.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    sheet: str = ""
    cut: str = ""


def read_csv(text: str) -> Table:
    """The rows of comma-separated text. Raises UnreadableError.

    >>> read_csv('A,B\\n1,"2,5"\\n3')
    Table(columns=('A', 'B'), rows=((2, ('1', '2,5')),), sheet='', cut='3')
    """
    import pandas  # 58 MB, which a worker that only serves pages does not need

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
    """Whether a zip is an .xlsx workbook, by what it holds, whatever its name. Leaves the file at its start."""
    try:
        file.seek(0)
        if file.read(4) != b"PK\x03\x04":
            return False
        file.seek(-min(file.seek(0, os.SEEK_END), 65_557), os.SEEK_END)
        end = file.read()
        at = end.rfind(b"PK\x05\x06")
        if int.from_bytes(end[at + 12 : at + 16], "little") > MOST_PARTS * 250:
            return False  # a directory so long is not even opened
        with ZipFile(file) as archive:
            return {"[Content_Types].xml", "xl/workbook.xml"} <= set(archive.namelist())
    except _BROKEN:
        return False
    finally:
        file.seek(0)


def read_workbook(data: bytes) -> Table:
    """The rows of the one sheet of a workbook that has a table. Raises UnreadableError."""
    import pandas  # as above

    _look_through(data)
    try:
        sheets = pandas.read_excel(
            BytesIO(data), sheet_name=None, header=None, dtype=str, keep_default_na=False, engine="openpyxl"
        )
    except Exception as error:  # whatever openpyxl stumbles over: a broken file is no fault of ours
        raise UnreadableError(
            f"The workbook cannot be read ({type(error).__name__}). Open it and save it again as .xlsx."
        ) from error
    filled = {name: frame for name, frame in sheets.items() if frame.shape[0] > 1 and frame.shape[1] > 1}
    tables = [
        _table(frame.fillna("").itertuples(index=False, name=None), sheet=str(name)) for name, frame in filled.items()
    ]
    if not tables:
        raise UnreadableError("The workbook holds no table. Choose the file that has the figures.")
    # Notes and column descriptions stand on sheets of their own, far shorter than the figures.
    return max(tables, key=lambda table: len(table.columns) * len(table.rows))


def _table(rows: Iterator[tuple[Any, ...]], sheet: str = "", cut: str = "") -> Table:
    numbered = ((number, tuple(_text(cell) for cell in row)) for number, row in enumerate(rows, 1))
    filled = ((number, cells) for number, cells in numbered if any(cells))
    _, head = next(filled, (0, ()))
    columns = _without_end(tuple(cell or "" for cell in head))
    found = tuple((number, _cells(cells, len(columns))) for number, cells in filled)
    return Table(columns, found, sheet, cut)


def _text(cell: Any) -> str | None:
    """A cell's text; None where the row ends before it. A row cut short must not pass for empty cells."""
    return cell.strip() if isinstance(cell, str) else None


def _cells(cells: tuple[str | None, ...], width: int) -> tuple[str, ...]:
    return tuple(cell for cell in cells[:width] if cell is not None)


def _without_end(head: tuple[str, ...]) -> tuple[str, ...]:
    while head and not head[-1]:
        head = head[:-1]
    return head


def _too_much(what: str, count: int, most: int) -> str:
    return f"The table has {count:,} {what}; at most {most:,} are read. Save only the sheet with the figures."


# -- workbooks that would burst --------------------------------------------------------------

_HOSTILE = "The workbook {}. Workbooks of figures have none of that: save the values alone as a new .xlsx or .csv."
_PLACE = re.compile(r"([A-Z]+)(\d+)")


def _look_through(data: bytes) -> None:
    """Refuse a workbook that unpacks to too much, names other files or entities, or holds formulas."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            members = archive.infolist()
            unpacked = sum(member.file_size for member in members)
            if len(members) > MOST_PARTS or unpacked > min(MOST_UNPACKED, MOST_RATIO * len(data)):
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
                with archive.open(member) as part:
                    _look_through_part(part)
    except UnreadableError:
        raise
    except _BROKEN as error:
        raise UnreadableError("The workbook is broken or cut short. Save it again as .xlsx.") from error


def _look_through_part(part: IO[bytes]) -> None:
    from defusedxml.common import DefusedXmlException  # only those who load tables need these
    from defusedxml.ElementTree import ParseError, iterparse

    rows = columns = sheets = 0
    try:
        for event, element in iterparse(part, events=("start", "end"), forbid_dtd=True):
            if event == "end":
                element.clear()
                continue
            tag = element.tag.rpartition("}")[2]
            if tag == "f":
                raise UnreadableError(_HOSTILE.format("holds formulas"))
            sheets += tag == "sheet"  # many can name the same part, which is then read as often
            if sheets > MOST_SHEETS:
                raise UnreadableError(
                    f"The workbook has more than {MOST_SHEETS} sheets. Save the sheet with the figures alone."
                )
            if tag == "row":
                rows, columns = _row_number(element.get("r"), rows + 1), 0
            elif tag == "c":
                columns = _column_number(element.get("r"), columns + 1)
            if rows > MOST_ROWS or columns > MOST_COLUMNS:
                what = ("columns", columns, MOST_COLUMNS) if columns > MOST_COLUMNS else ("rows", rows, MOST_ROWS)
                raise UnreadableError(_too_much(*what))
    except DefusedXmlException as error:
        raise UnreadableError(_HOSTILE.format("names entities or a document type")) from error
    except ParseError:
        return  # a picture or settings of a printer; a sheet that is broken is found so when it is read


def _row_number(place: str | None, otherwise: int) -> int:
    return int(place) if place and place.isdecimal() and len(place) < 10 else otherwise if not place else MOST_ROWS + 1


def _column_number(place: str | None, otherwise: int) -> int:
    """
    >>> _column_number("A7", 0), _column_number("AB7", 0), _column_number(None, 3)
    (1, 28, 3)
    """
    if not place:
        return otherwise
    match = _PLACE.fullmatch(place)
    letters = match[1] if match else "ZZZ"
    number = 0
    for letter in letters[:4]:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
