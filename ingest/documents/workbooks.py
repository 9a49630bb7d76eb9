"""A workbook of figures -> its sheets, and the sheet that is meant.

A workbook is a zip of XML files, and both formats can be built to exhaust memory. Its parts are checked against limits
before anything builds rows from them.
"""

import os
import re
import zlib
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field, replace
from io import BytesIO
from pathlib import PurePath
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from ingest.documents.tables import MOST_COLUMNS, MOST_ROWS, MOST_ROWS_ABOVE, DataTable, make_table, too_much
from ingest.parsing.cells import UnreadableError
from ingest.parsing.parsed_page import PageWarning

MOST_CELLS = 2_000_000  # of one sheet, blank ones included; the table of all states has 1.2 million
# Limits of a workbook: sheets, parts, and bytes when unpacked. The national one has 3 sheets and some 15 parts.
MOST_SHEETS = 20  # a workbook of employment projections has 12
MOST_PARTS = 200
MOST_UNPACKED = 60_000_000  # the ratings of O*NET have 36 MB
MOST_RATIO = 50  # unpacked bytes for each packed one; text has 3 to 10
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
BROKEN = (BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, OSError, ValueError)
_HOSTILE = "The workbook {}. Workbooks of figures have none of that: save the values alone as a new .xlsx or .csv."
_END_RECORD = b"PK\x05\x06"
_LONGEST_END = 65_557  # bytes of the record at the end with its longest comment
_ONLY_SHOWN = re.compile(r'"[^"]*"|\\.')
_PLACE = re.compile(r"([A-Z]+)(\d+)")


def measure_directory(file: IO[bytes]) -> int:
    """How long the directory of an archive is, as the record at the end of the file says; 0 where there is none."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - _LONGEST_END))
    end = file.read()
    place = end.rfind(_END_RECORD)
    return int.from_bytes(end[place + 12 : place + 16], "little") if place >= 0 else 0


def is_workbook(file: IO[bytes]) -> bool:
    """Whether a file is an .xlsx workbook, by its contents and not its name. Leaves the file at its start."""
    try:
        file.seek(0)
        if file.read(4) != b"PK\x03\x04":
            return False
        if measure_directory(file) > MOST_PARTS * 250:
            return False  # the directory is too long to open
        with ZipFile(file) as archive:
            return {"[Content_Types].xml", "xl/workbook.xml"} <= set(archive.namelist())
    except BROKEN:
        return False
    finally:
        file.seek(0)


def read_workbook(content: bytes) -> list[DataTable]:
    """Read the sheets of a workbook that hold tables, those that it hides at the end. Raises UnreadableError."""
    import pandas  # takes 58 MB, which a worker that only serves pages does not need

    computed_parts, odd_parts = _scan_workbook(content)
    tables = []
    try:
        with pandas.ExcelFile(BytesIO(content), engine="openpyxl") as book:
            frames = pandas.read_excel(book, sheet_name=None, header=None, dtype=str, keep_default_na=False)
            for sheet, frame in frames.items():
                part = book.book[sheet]._worksheet_path.lstrip("/")
                rows = [tuple(map(_read_cell_text, row)) for row in frame.fillna("").itertuples(index=False, name=None)]
                table = make_table(_write_as_shown(rows, book.book[sheet]) if part in odd_parts else rows)
                is_hidden = book.book[sheet].sheet_state != "visible"
                message = f"The figures are those of the sheet “{sheet}”, which the workbook hides."
                warnings = (PageWarning("hidden-sheet", 1, message),) if is_hidden else ()
                computed = part in computed_parts
                tables.append(replace(table, sheet=str(sheet), hidden=is_hidden, formulas=computed, warnings=warnings))
    except Exception as error:  # openpyxl raises errors of many kinds on a broken file
        raise UnreadableError(
            f"The workbook cannot be read ({type(error).__name__}). Open it and save it again as .xlsx."
        ) from error
    tables.sort(key=lambda table: table.hidden)
    return [table for table in tables if table.rows and len(table.columns) > 1]


def choose_sheet(name: str, sheets: Sequence[DataTable]) -> tuple[DataTable, list[PageWarning]]:
    """The sheet of figures, which has the most columns: notes and descriptions have two or three.

    If several have much the same columns, such as those of two years, it is the one after which the file is named.
    Raises UnreadableError if there is no table, or if the file's name does not say which one is meant.
    """
    if not sheets:
        raise UnreadableError(
            f"The workbook holds no table: a row with the names of the columns was expected among the first "
            f"{MOST_ROWS_ABOVE} of a sheet that are not blank, and rows of figures below it. Choose the file that has "
            "the figures, or delete what stands above them."
        )
    widest = max(sheets, key=lambda sheet: (len(sheet.columns), len(sheet.rows)))
    figures = [sheet for sheet in sheets if _has_columns_of(sheet, widest)]
    chosen, stem = figures, PurePath(name).stem
    if len(figures) > 1:  # those with the name of the file, or else those of the year in it
        same_name = [sheet for sheet in figures if sheet.sheet.casefold() == stem.casefold()]
        chosen = same_name or [sheet for sheet in figures if _is_of_year(stem, sheet.sheet)]
    if len(chosen) != 1:
        raise UnreadableError(
            f"The workbook has {len(figures)} sheets of figures: {', '.join(map(_quote_name, figures))}. The file’s "
            "name does not say which one is meant. Save the sheet that you mean as a file of its own, or name the "
            "file after the sheet."
        )
    check_formulas(chosen[0])
    return chosen[0], list(_list_sheet_warnings(chosen[0], figures))


def check_formulas(sheet: DataTable) -> None:
    """Refuse to read figures from a sheet that computes them: the workbook may hold other results than it shows."""
    if sheet.formulas:
        raise UnreadableError(_HOSTILE.format("holds formulas"))


def _has_columns_of(sheet: DataTable, other: DataTable) -> bool:
    names = {name.upper() for name in sheet.columns if name}
    others = {name.upper() for name in other.columns if name}
    return 2 * len(names & others) >= len(others)


def _is_of_year(stem: str, sheet: str) -> bool:
    """Whether a file's name holds the year that a sheet is named after.

    >>> _is_of_year("national_M2024_dl", "May 2024"), _is_of_year("national", "M2024"), _is_of_year("M2024", "Sheet2")
    (True, False, False)
    """
    years = set(_YEAR.findall(sheet))
    return bool(years) and years <= set(_YEAR.findall(stem))


def _quote_name(table: DataTable) -> str:
    return f"“{table.sheet}”{' (hidden)' if table.hidden else ''}"


def _list_sheet_warnings(chosen: DataTable, figures: Sequence[DataTable]) -> Iterator[PageWarning]:
    others = [_quote_name(sheet) for sheet in figures if sheet is not chosen]
    if others:
        message = (
            f"The file is named after the sheet “{chosen.sheet}”, so only that was read; {', '.join(others)} was not."
        )
        yield PageWarning("sheets-left-out", 1, message)


def _read_cell_text(cell: Any) -> str:
    return cell.strip() if isinstance(cell, str) else ""


def _write_as_shown(rows: Sequence[tuple[str, ...]], sheet: Any) -> list[tuple[str, ...]]:
    """The rows with each percentage and each error as the sheet shows it; whatever reads the column reports its text.

    A cell that shows 3% holds 0.03, which would pass for a figure. One that shows #DIV/0! would seem to be empty.
    """
    written = [list(row) for row in rows]
    for row, cells in zip(written, sheet.iter_rows(), strict=False):
        for index, cell in enumerate(cells[: len(row)]):
            if cell.data_type == "e":
                row[index] = str(cell.value)
            elif isinstance(cell.value, int | float) and _shows_percentage(cell.number_format):
                row[index] = f"{round(100 * cell.value, 9):g}%"
    return [tuple(row) for row in written]


def _shows_percentage(number_format: str) -> bool:
    """Whether a format shows a number times 100. A sign in quotation marks or after a backslash is only text.

    >>> _shows_percentage("0.0%"), _shows_percentage('0.0"%"'), _shows_percentage(r"0\\%")
    (True, False, False)
    """
    return "%" in _ONLY_SHOWN.sub("", number_format)


# -- hostile workbooks -----------------------------------------------------------------------


def _scan_workbook(content: bytes) -> tuple[set[str], set[str]]:
    """Refuse a workbook that unpacks to too much, or names other files or entities.

    Return the parts with formulas, and those with cells that show something else than they hold.
    """
    computed_parts, odd_parts = set(), set()
    try:
        with ZipFile(BytesIO(content)) as archive:
            members = archive.infolist()
            _check_parts(members, len(content))
            percent_styles = _find_percent_styles(archive)
            for member in members:
                with archive.open(member) as part:
                    count = _scan_part(part, percent_styles)
                if count.formulas:
                    computed_parts.add(member.filename)
                if count.shows_otherwise:
                    odd_parts.add(member.filename)
    except UnreadableError:
        raise
    except BROKEN as error:
        raise UnreadableError("The workbook is broken or cut short. Save it again as .xlsx.") from error
    return computed_parts, odd_parts


def _check_parts(members: Sequence[ZipInfo], size: int) -> None:
    """Refuse a workbook of `size` bytes whose directory names too much, or parts that cannot be read."""
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


def _find_percent_styles(archive: ZipFile) -> set[str]:
    """The numbers of the styles by which cells show a number as a percentage."""
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import ParseError, iterparse

    formats, styles = {"9", "10"}, set()  # 0% and 0.00%, which are built in and not listed
    is_of_cells, number = False, 0
    for name in archive.namelist():
        if not name.endswith("styles.xml"):
            continue
        try:
            with archive.open(name) as part:
                for event, element in iterparse(part, events=("start", "end"), forbid_dtd=True):
                    tag = element.tag.rpartition("}")[2]
                    if event == "end":
                        element.clear()
                    elif tag == "numFmt" and _shows_percentage(element.get("formatCode", "")):
                        formats.add(element.get("numFmtId"))
                    elif tag == "xf" and is_of_cells:
                        if element.get("numFmtId") in formats:
                            styles.add(str(number))
                        number += 1
                    if tag == "cellXfs":
                        is_of_cells = event == "start"
        except (DefusedXmlException, ParseError):
            pass  # the check of all parts says what is wrong with it
    return styles


def _scan_part(part: IO[bytes], percent_styles: Set[str]) -> "_PartCount":
    """Refuse a part of a workbook that is hostile; return what was counted. `percent_styles`: their numbers."""
    from defusedxml.common import DefusedXmlException  # only workers that load tables need these
    from defusedxml.ElementTree import ParseError, iterparse

    count = _PartCount()
    try:
        for event, element in iterparse(part, events=("start", "end"), forbid_dtd=True):
            if event == "end":
                element.clear()
            else:
                tag = element.tag.rpartition("}")[2]
                count.add(tag, element.get("r"))
                count.add_target(element)
                if tag == "c":
                    kind = element.get("t", "n")
                    is_percentage = kind == "n" and element.get("s") in percent_styles
                    count.shows_otherwise = count.shows_otherwise or kind == "e" or is_percentage
    except DefusedXmlException as error:
        raise UnreadableError(_HOSTILE.format("names entities or a document type")) from error
    except ParseError:
        pass  # a picture or printer settings; reading a sheet that is broken reports it
    return count


@dataclass(slots=True)
class _PartCount:
    """The sheets, rows and columns seen so far in one part of a workbook. `targets`: what its sheets point to.
    `shows_otherwise`: there are cells of percentages or of errors."""

    sheets: int = 0
    row: int = 0
    column: int = 0
    widest: int = 0
    formulas: bool = False
    shows_otherwise: bool = False
    targets: set[str] = field(default_factory=set)

    def add_target(self, element: Any) -> None:
        """Refuse a second sheet with the same part, which would be read twice."""
        tag = element.tag.rpartition("}")[2]
        target = None
        if tag == "Relationship" and str(element.get("Type")).endswith("/worksheet"):
            target = element.get("Target")
        elif tag == "sheet":
            target = next((value for name, value in element.items() if name.endswith("}id")), None)
        if target is None:
            return
        if target in self.targets:
            raise UnreadableError(_HOSTILE.format("names a part twice"))
        self.targets.add(target)

    def add(self, tag: str, place: str | None) -> None:
        """Count one element. `place`: its attribute `r`, such as "7" for a row and "B7" for a cell."""
        if tag == "f":
            self.formulas = True
        elif tag == "sheet":
            self.sheets += 1
        elif tag == "row":
            self.row, self.column = _read_row_number(place, self.row + 1), 0
        elif tag == "c":
            self.column = _read_column_number(place, self.column + 1)
            self.widest = max(self.widest, self.column)
        if self.sheets > MOST_SHEETS:
            raise UnreadableError(
                f"The workbook has more than {MOST_SHEETS} sheets. Save the sheet with the figures alone."
            )
        if self.column > MOST_COLUMNS:
            raise UnreadableError(too_much("columns", self.column, MOST_COLUMNS))
        if self.row > MOST_ROWS:
            raise UnreadableError(too_much("rows", self.row, MOST_ROWS))
        if self.row * self.widest > MOST_CELLS:
            raise UnreadableError(too_much("cells", self.row * self.widest, MOST_CELLS))


def _read_row_number(place: str | None, default: int) -> int:
    """The row that an element says it is; a number that cannot be read counts as too high."""
    if not place:
        return default
    return int(place) if place.isdecimal() and len(place) < 10 else MOST_ROWS + 1


def _read_column_number(place: str | None, default: int) -> int:
    """The column of a cell, from 1.

    >>> _read_column_number("A7", 0), _read_column_number("AB7", 0), _read_column_number(None, 3)
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
