"""A file of figures -> DataTable: rows of cells, each cell as text exactly as it stands.

Such a file is a workbook, or text with commas or tabs between the cells.

A workbook is a zip of XML files, and both formats can be built to exhaust memory. Its parts are
checked against limits before anything builds rows from them.
"""

import csv
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from io import BytesIO, StringIO
from pathlib import PurePath
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from ingest.documents.zip_directory import directory_bytes
from ingest.parsing.cells import UnreadableError
from ingest.parsing.parsed_page import PageWarning

ENDINGS = (".csv", ".xlsx")
MOST_ROWS = 150_000  # the table of all states has 37,272, the longest one of O*NET that is read 62,580
MOST_COLUMNS = 100
MOST_CELLS = 2_000_000  # of one sheet, blank ones included; the table of all states has 1.2 million
# Limits of a workbook: sheets, parts, and bytes when unpacked. The national one has 3 sheets and some 15 parts.
MOST_SHEETS = 20  # a workbook of employment projections has 12
MOST_PARTS = 200
MOST_UNPACKED = 60_000_000  # the ratings of O*NET have 36 MB
MOST_RATIO = 50  # unpacked to packed
# The head of a table is among this many rows that are not blank.
MOST_ROWS_ABOVE = 20

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_BROKEN = (BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, OSError, ValueError)


@dataclass(frozen=True, slots=True)
class DataTable:
    """One sheet. `columns`: its head, in row `head_row`; `rows`: (number in the file, cells), without blank rows.

    A row can have fewer cells than the head. `above`: the texts of the rows above the head. `hidden`: the workbook
    hides the sheet. `formulas`: some of its cells are computed. `cut`: the text after the last line end, which is not
    read. `warnings`: of repaired cells.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    head_row: int = 1
    above: tuple[str, ...] = ()
    sheet: str = ""
    hidden: bool = False
    formulas: bool = False
    cut: str = ""
    warnings: tuple[PageWarning, ...] = ()


def read_csv(text: str) -> DataTable:
    """Read comma-separated text. Raises UnreadableError.

    >>> table = read_csv('A,B\\n1,"2,5"\\n3')
    >>> table.columns, table.rows, table.cut
    (('A', 'B'), ((2, ('1', '2,5')),), '3')
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    whole, _, cut = text.rpartition("\n")
    if whole.count("\n") > MOST_ROWS:
        raise UnreadableError(_too_much("rows", whole.count("\n"), MOST_ROWS))
    rows = []
    try:
        for row in csv.reader(StringIO(whole), strict=True):
            if len(row) > MOST_COLUMNS:
                raise UnreadableError(_too_much("columns", len(row), MOST_COLUMNS))
            rows.append(tuple(cell.strip() for cell in row))
    except csv.Error as error:
        reason = f"row {len(rows) + 1}: {error}"
        raise UnreadableError(f"The table cannot be read ({reason}). Save it again as .csv with commas.") from error
    table = _make_table(rows)
    _check_commas(table, rows)
    return replace(table, cut=cut.strip())


def is_tab_separated(text: str) -> bool:
    """Whether text is a table with tabs between the cells: its first row names a code, and the next has as many cells.

    >>> is_tab_separated("O*NET-SOC Code\\tJob Zone\\r\\n11-1011.00\\t5\\r\\n"), is_tab_separated("Pay\\t$5\\nJobs\\t7")
    (True, False)
    """
    head, next_row, *_ = [*_TABS_START.split(text, 2), ""]
    names = [name.strip().casefold() for name in head.lstrip("\ufeff").split("\t")]
    is_head = len(names) > 1 and all(names) and any(name.endswith((" code", " id")) for name in names)
    return is_head and next_row.count("\t") == head.count("\t")


_TABS_START = re.compile(r"\r\n|\n|\r")


def read_tabs(text: str) -> DataTable:
    """Read text with tabs between the cells, in which no cell is quoted. Raises UnreadableError.

    >>> table = read_tabs('Code\\tTitle\\r\\n11-1011.00\\tA "B", C\\r\\n11')
    >>> table.rows, table.cut
    (((2, ('11-1011.00', 'A "B", C')),), '11')
    """
    whole, _, cut = text.replace("\r\n", "\n").replace("\r", "\n").rpartition("\n")
    lines = whole.split("\n")
    if len(lines) > MOST_ROWS:
        raise UnreadableError(_too_much("rows", len(lines), MOST_ROWS))
    copies: dict[str, str] = {}  # most cells repeat: one copy of each text takes far less memory
    rows = []
    for line in lines:
        cells = line.split("\t", MOST_COLUMNS + 1)
        if len(cells) > MOST_COLUMNS:
            raise UnreadableError(_too_much("columns", len(cells), MOST_COLUMNS))
        rows.append(tuple(copies.setdefault(cell, cell) for cell in map(str.strip, cells)))
    return replace(_make_table(rows), cut=cut.strip())


def _check_commas(table: DataTable, rows: Sequence[tuple[str, ...]]) -> None:
    """Refuse a table with another separator, or with a row that a stray comma shifts."""
    head = table.columns[0] if len(table.columns) == 1 else ""
    for separator, name in ((";", "semicolons"), ("\t", "tabs"), ("|", "bars")):
        if head.count(separator) > 1:
            raise UnreadableError(f"The cells of the table are separated by {name}. Save it again as .csv with commas.")
    width = len(table.columns)
    for number, _ in table.rows:
        if any(rows[number - 1][width:]):
            raise UnreadableError(
                f"Row {number} of the table has {len(rows[number - 1])} cells, but its head in row {table.head_row} "
                f"has {width}. Put cells that hold a comma into quotation marks, or save the table again as .csv."
            )


def is_workbook(file: IO[bytes]) -> bool:
    """Whether a file is an .xlsx workbook, by its contents and not its name. Leaves the file at its start."""
    try:
        file.seek(0)
        if file.read(4) != b"PK\x03\x04":
            return False
        if directory_bytes(file) > MOST_PARTS * 250:
            return False  # the directory is too long to open
        with ZipFile(file) as archive:
            return {"[Content_Types].xml", "xl/workbook.xml"} <= set(archive.namelist())
    except _BROKEN:
        return False
    finally:
        file.seek(0)


def read_workbook(content: bytes) -> list[DataTable]:
    """Read the sheets of a workbook that hold tables. Raises UnreadableError."""
    import pandas  # takes 58 MB, which a worker that only serves pages does not need

    computed_parts = _check_workbook(content)
    tables = []
    try:
        with pandas.ExcelFile(BytesIO(content), engine="openpyxl") as book:
            frames = pandas.read_excel(book, sheet_name=None, header=None, dtype=str, keep_default_na=False)
            for sheet, frame in frames.items():
                rows = frame.fillna("").itertuples(index=False, name=None)
                table = _make_table([tuple(map(_cell_text, row)) for row in rows])
                hidden = book.book[sheet].sheet_state != "visible"
                formulas = book.book[sheet]._worksheet_path.lstrip("/") in computed_parts
                tables.append(replace(table, sheet=str(sheet), hidden=hidden, formulas=formulas))
    except Exception as error:  # openpyxl raises errors of many kinds on a broken file
        raise UnreadableError(
            f"The workbook cannot be read ({type(error).__name__}). Open it and save it again as .xlsx."
        ) from error
    return [table for table in tables if table.rows and len(table.columns) > 1]


def choose_sheet(name: str, sheets: Sequence[DataTable]) -> tuple[DataTable, list[PageWarning]]:
    """The sheet of figures, which has the most columns: notes and descriptions have two or three.

    If several have much the same columns, such as those of two years, it is the one after which the file is named.
    Raises UnreadableError if there is no table, or if the file's name does not say which one is meant.
    """
    if not sheets:
        raise UnreadableError("The workbook holds no table. Choose the file that has the figures.")
    widest = max(sheets, key=lambda sheet: (len(sheet.columns), len(sheet.rows)))
    figures = [sheet for sheet in sheets if _has_columns_of(sheet, widest)]
    chosen = figures if len(figures) == 1 else _sheets_named(PurePath(name).stem, figures)
    if len(chosen) != 1:
        raise UnreadableError(
            f"The workbook has {len(figures)} sheets of figures: {', '.join(map(_sheet_name, figures))}. The file’s "
            "name does not say which one is meant. Save the sheet that you mean as a file of its own, or name the "
            "file after the sheet."
        )
    check_formulas(chosen[0])
    return chosen[0], list(_sheet_warnings(chosen[0], figures))


def _sheets_named(stem: str, sheets: Sequence[DataTable]) -> list[DataTable]:
    """The sheets with the same name as a file, or else those of the year in its name."""
    same_name = [sheet for sheet in sheets if sheet.sheet.casefold() == stem.casefold()]
    return same_name or [sheet for sheet in sheets if _is_of_year(stem, sheet.sheet)]


def find_columns(table: DataTable, heads: Mapping[str, Iterable[str]]) -> dict[str, int]:
    """Name -> index of the first column with one of its heads, in any case. `heads`: name -> heads that it can have.

    >>> find_columns(DataTable(("Code", "Title", "TITLE"), ()), {"title": ("Title",), "zone": ("Job Zone",)})
    {'title': 1}
    """
    name_of: dict[str, str] = {}
    for name, variants in heads.items():
        name_of |= dict.fromkeys(map(_plain_head, variants), name)
    columns: dict[str, int] = {}
    for index, head in enumerate(table.columns):
        name_of_head = name_of.get(_plain_head(head))
        if name_of_head:
            columns.setdefault(name_of_head, index)
    return columns


def _plain_head(head: str) -> str:
    return " ".join(head.casefold().split())


def check_formulas(sheet: DataTable) -> None:
    """Refuse to read figures from a sheet that computes them: the workbook may hold other results than it shows."""
    if sheet.formulas:
        raise UnreadableError(_HOSTILE.format("holds formulas"))


def _has_columns_of(sheet: DataTable, other: DataTable) -> bool:
    """Whether this sheet has at least half of the other one's columns."""
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


def _sheet_name(table: DataTable) -> str:
    return f"“{table.sheet}”{' (hidden)' if table.hidden else ''}"


def _sheet_warnings(chosen: DataTable, figures: Sequence[DataTable]) -> Iterator[PageWarning]:
    others = [_sheet_name(sheet) for sheet in figures if sheet is not chosen]
    if others:
        message = (
            f"Only the sheet “{chosen.sheet}” was read, after which the file is named; {', '.join(others)} was not."
        )
        yield PageWarning("sheets-left-out", 1, message)
    if chosen.hidden:
        message = f"The figures are those of the sheet “{chosen.sheet}”, which the workbook hides."
        yield PageWarning("hidden-sheet", 1, message)


def _make_table(rows: Sequence[tuple[str, ...]]) -> DataTable:
    """The table of these rows, with its head and the texts above it set apart."""
    filled = [(number, cells) for number, cells in enumerate(rows, 1) if any(cells)]
    if not filled:
        return DataTable((), ())
    place = _place_of_head([cells for _, cells in filled[:MOST_ROWS_ABOVE]])
    head_row, head = filled[place]
    columns = _without_blank_end(head)
    body = tuple((number, cells[: len(columns)]) for number, cells in filled[place + 1 :])
    above: list[str] = []
    for _, cells in filled[:place]:
        above += filter(None, cells)
    return DataTable(columns, body, head_row, tuple(above))


def _place_of_head(rows: Sequence[tuple[str, ...]]) -> int:
    """The index of the head: titles above it have few cells, the head has one for each column."""
    widest = max(map(_count_filled, rows))
    for place, cells in enumerate(rows):
        if 2 * _count_filled(cells) > widest:
            return place
    return 0


def _count_filled(cells: tuple[str, ...]) -> int:
    return sum(map(bool, cells))


def _cell_text(cell: Any) -> str:
    return cell.strip() if isinstance(cell, str) else ""


def _without_blank_end(head: tuple[str, ...]) -> tuple[str, ...]:
    while head and not head[-1]:
        head = head[:-1]
    return head


def _too_much(units: str, count: int, most: int) -> str:
    return f"The table has {count:,} {units}; at most {most:,} are read. Save only the sheet with the figures."


# -- hostile workbooks -----------------------------------------------------------------------

_HOSTILE = "The workbook {}. Workbooks of figures have none of that: save the values alone as a new .xlsx or .csv."
_PLACE = re.compile(r"([A-Z]+)(\d+)")


def _check_workbook(content: bytes) -> set[str]:
    """Refuse a workbook that unpacks to too much, or names other files or entities. Return the parts with formulas."""
    computed_parts = set()
    try:
        with ZipFile(BytesIO(content)) as archive:
            members = archive.infolist()
            _check_parts(members, len(content))
            for member in members:
                with archive.open(member) as part:
                    if _check_xml(part):
                        computed_parts.add(member.filename)
    except UnreadableError:
        raise
    except _BROKEN as error:
        raise UnreadableError("The workbook is broken or cut short. Save it again as .xlsx.") from error
    return computed_parts


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


def _check_xml(part: IO[bytes]) -> bool:
    """Check one part of a workbook. Return whether it holds formulas."""
    from defusedxml.common import DefusedXmlException  # only workers that load tables need these
    from defusedxml.ElementTree import ParseError, iterparse

    count = _PartCount()
    try:
        for event, element in iterparse(part, events=("start", "end"), forbid_dtd=True):
            if event == "end":
                element.clear()
            else:
                count.add(element.tag.rpartition("}")[2], element.get("r"))
                count.add_target(element)
    except DefusedXmlException as error:
        raise UnreadableError(_HOSTILE.format("names entities or a document type")) from error
    except ParseError:
        pass  # a picture or printer settings; reading a sheet that is broken reports it
    return count.formulas


@dataclass(slots=True)
class _PartCount:
    """The sheets, rows and columns seen so far in one part of a workbook. `targets`: what its sheets point to."""

    sheets: int = 0
    row: int = 0
    column: int = 0
    widest: int = 0
    formulas: bool = False
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
            self.row, self.column = _row_number(place, self.row + 1), 0
        elif tag == "c":
            self.column = _column_number(place, self.column + 1)
            self.widest = max(self.widest, self.column)
        if self.sheets > MOST_SHEETS:
            raise UnreadableError(
                f"The workbook has more than {MOST_SHEETS} sheets. Save the sheet with the figures alone."
            )
        if self.column > MOST_COLUMNS:
            raise UnreadableError(_too_much("columns", self.column, MOST_COLUMNS))
        if self.row > MOST_ROWS:
            raise UnreadableError(_too_much("rows", self.row, MOST_ROWS))
        if self.row * self.widest > MOST_CELLS:
            raise UnreadableError(_too_much("cells", self.row * self.widest, MOST_CELLS))


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
