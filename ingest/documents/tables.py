"""A file of figures -> DataTable: rows of cells, each cell as text exactly as it is.

Such a file is text with commas or tabs between the cells, or a workbook: see `ingest.documents.workbooks`.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from io import StringIO

from ingest.parsing.cells import UnreadableError
from ingest.parsing.parsed_page import PageWarning

ENDINGS = (".csv", ".xlsx")
MOST_ROWS = 150_000  # the table of all states has 37,272, the longest one of O*NET that is read 62,580
MOST_COLUMNS = 100
# At most nine marks: without a limit, the time of a search grows with the square of the length of a cell.
_FOOTNOTE = re.compile(r"(?:\[\d{1,3}\]){1,9}$")
# The head of a table is among this many rows that are not blank.
MOST_ROWS_ABOVE = 20


@dataclass(frozen=True, slots=True)
class DataTable:
    """One sheet. `columns`: its head, in row `head_row`; `rows`: (number in the file, cells), without blank rows.

    A row can have fewer cells than the head. `above`: the texts of the rows above the head. `hidden`: the workbook
    hides the sheet. `formulas`: some of its cells are computed. `cut`: the text after the last line end, which is not
    read. `warnings`: of repaired cells and of a hidden sheet.
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


@dataclass(frozen=True, slots=True)
class FoundTable:
    """A table of a known kind. `columns`: name -> index in the rows."""

    table: DataTable
    columns: Mapping[str, int]

    def head(self, name: str) -> str:
        return self.table.columns[self.columns[name]]

    def cell(self, cells: Sequence[str], name: str) -> str:
        """The cell of a row in this column; "" if the row ends before it."""
        return cells[self.columns[name]] if len(cells) > self.columns[name] else ""


def read_csv(text: str) -> DataTable:
    """Read comma-separated text. Raises UnreadableError.

    >>> table = read_csv('A,B\\n1,"2,5"\\n3')
    >>> table.columns, table.rows, table.cut
    (('A', 'B'), ((2, ('1', '2,5')),), '3')
    """
    lines, cut = _split_off_cut_line(text)
    rows = []
    try:
        for row in csv.reader(StringIO("\n".join(lines)), strict=True):
            _check_width(row)
            rows.append(tuple(cell.strip() for cell in row))
    except csv.Error as error:
        reason = "a quotation mark is not closed, or text follows one"
        if "field limit" in str(error):
            reason = f"a cell has more than {csv.field_size_limit():,} characters, as after a quotation mark too many"
        raise UnreadableError(
            f"The table cannot be read from row {len(rows) + 1} on: {reason}. Save it again as .csv with commas."
        ) from error
    _refuse_other_separators(rows)
    table = make_table(rows)
    _refuse_stray_commas(table, rows)
    return replace(table, cut=cut)


def _end_lines_alike(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _split_off_cut_line(text: str) -> tuple[list[str], str]:
    """The lines that end, and the text behind the last line end."""
    whole, _, cut = _end_lines_alike(text).rpartition("\n")
    lines = whole.split("\n")
    if len(lines) > MOST_ROWS:
        raise UnreadableError(too_much("rows", len(lines), MOST_ROWS))
    return lines, cut.strip()


def _check_width(cells: Sequence[str]) -> None:
    if len(cells) > MOST_COLUMNS:
        raise UnreadableError(too_much("columns", len(cells), MOST_COLUMNS))


def find_separator(text: str) -> str:
    """The tab or comma between the cells of a table in text; "" for a page.

    The head of a table names a code, or the survey of households is named above it. A head with tabs can stand below
    notes and rows that a spreadsheet filled up with tabs, and it can be the only line of a file. A head with commas is
    always the first line.

    >>> find_separator("O*NET-SOC Code\\tJob Zone\\r\\n11-1011.00\\t5\\r\\n"), find_separator("Pay\\t$5\\nJobs\\t7")
    ('\\t', '')
    >>> find_separator("AREA,OCC_CODE,A_MEAN\\n99,11-1011,5\\n"), find_separator("He learns to code, to test, and more")
    (',', '')
    """
    start = _end_lines_alike(text.lstrip("\ufeff")).split("\n", MOST_ROWS_ABOVE)[:MOST_ROWS_ABOVE]
    lines = [line for line in start if line.strip()]
    rows = [_split_roughly(line, "\t") for line in lines if "\t" in line]
    is_head_alone = len(rows) == len(lines) == 1 and not any(map(str.isdigit, rows[0]))
    if len(rows) > 1 or is_head_alone:
        place = _place_of_head(rows)
        is_even = is_head_alone or any(len(row) == len(rows[place]) for row in rows[place + 1 :])
        if is_even and (_names_code(rows[place]) or _SURVEY.match(start[0])):
            return "\t"
    first, *below = [_split_roughly(line, ",") for line in lines[:2]] or [()]
    is_head = len(first) > 2 and all(0 < len(name) < _LONGEST_NAME for name in first) and _names_code(first)
    return "," if is_head and below and len(below[0]) >= len(first) and re.search(r"\d", lines[1]) else ""


_SURVEY = re.compile(r'"?\s*household data\b', re.IGNORECASE)  # above the tables of the Current Population Survey
_LONGEST_NAME = 60  # characters, of a column
_WORD_IN_NAME = re.compile(r"(?<=[a-z\d])(?=[A-Z])")  # as in LineCode


def _split_roughly(line: str, separator: str) -> tuple[str, ...]:
    return tuple(" ".join(cell.strip('" \ufeff').split()) for cell in line.split(separator))


def _names_code(names: Sequence[str]) -> bool:
    words = [_WORD_IN_NAME.sub(" ", name).casefold().replace("_", " ").split() for name in names if name]
    return len(words) > 1 and any(name[-1:] in (["code"], ["id"]) for name in words)


def read_tabs(text: str) -> DataTable:
    """Read text with tabs between the cells, of which some programs quote those with commas. Raises UnreadableError.

    >>> table = read_tabs('Code\\tTitle\\r\\n11-1011.00\\tA "B", C\\\r\\n11')
    >>> table.rows, table.cut
    (((2, ('11-1011.00', 'A "B", C')),), '11')
    """
    whole_cells = _BROKEN_CELL.sub(lambda cell: " ".join(cell[0].split()), _end_lines_alike(text))
    lines, cut = _split_off_cut_line(whole_cells)
    copies: dict[str, str] = {}  # most cells repeat: one copy of each text takes far less memory
    rows = []
    for line in lines:
        cells = line.split("\t", MOST_COLUMNS + 1)
        _check_width(cells)
        rows.append(tuple(copies.setdefault(cell, cell) for cell in map(_drop_quotes, cells)))
    return replace(make_table(rows), cut=cut)


# In quotation marks, and with line ends.
_BROKEN_CELL = re.compile(r'(?<![^\t\n])"(?:[^"\t\n]|"")*\n(?:[^"\t]|"")*"(?![^\t\n])')


def _drop_quotes(cell: str) -> str:
    """A cell without the blanks and the quotation marks around it.

    >>> _drop_quotes(' "Cooks, ""short"" order"'), _drop_quotes('"A" or "B"')
    ('Cooks, "short" order', '"A" or "B"')
    """
    cell = cell.strip()
    if len(cell) < 2 or cell[0] != '"' or cell[-1] != '"' or '"' in cell[1:-1].replace('""', ""):
        return cell
    return cell[1:-1].replace('""', '"').strip()


def _refuse_other_separators(rows: Sequence[tuple[str, ...]]) -> None:
    """Refuse a table most of whose first rows have the same number of another separator, and no more commas.

    It stands before the first comma, too: a list in a later cell can have semicolons.
    """
    start = [cells for cells in rows if any(cells)][:MOST_ROWS_ABOVE]
    for separator, name in ((";", "semicolons"), ("\t", "tabs"), ("|", "bars")):
        texts = [",".join(cells) for cells in start if separator in cells[0]]
        counts = Counter(text.count(separator) for text in texts if text.count(separator) >= text.count(","))
        if any(count > 1 and 2 * rows_alike > len(start) for count, rows_alike in counts.items()):
            raise UnreadableError(f"The cells of the table are separated by {name}. Save it again as .csv with commas.")


def _refuse_stray_commas(table: DataTable, rows: Sequence[tuple[str, ...]]) -> None:
    """Refuse a table with a row that a stray comma shifts."""
    width = len(table.columns)
    for number, _ in table.rows:
        if any(rows[number - 1][width:]):
            is_page = " If the file is a page and not a table, give it the ending .txt." if table.head_row > 1 else ""
            raise UnreadableError(
                f"Row {number} of the table has {len(rows[number - 1])} cells, but its head in row {table.head_row} "
                f"has {width}. Put cells that hold a comma into quotation marks, or save the table again as .csv."
                f"{is_page}"
            )


def find_columns(table: DataTable, heads: Mapping[str, Iterable[str]]) -> dict[str, int]:
    """Name -> index of the first column with one of its heads, in any case. `heads`: name -> heads that it can have.

    >>> find_columns(DataTable(("Code", "Title", "TITLE"), ()), {"title": ("Title",), "zone": ("Job Zone",)})
    {'title': 1}
    """
    name_of: dict[str, str] = {}
    for name, variants in heads.items():
        name_of |= dict.fromkeys(map(_fold_case, variants), name)
    columns: dict[str, int] = {}
    for index, head in enumerate(table.columns):
        name_of_head = name_of.get(_fold_case(head))
        if name_of_head:
            columns.setdefault(name_of_head, index)
    return columns


def _fold_case(head: str) -> str:
    return " ".join(head.casefold().split())


def drop_footnote(text: str) -> str:
    """A title or a head without the marks of footnotes at its end.

    >>> drop_footnote("Chief executives[1]")
    'Chief executives'
    """
    return _FOOTNOTE.sub("", text).rstrip()


def simplify_head(text: str) -> str:
    """A column head without its footnotes, in lower case and with one kind of hyphen.

    >>> simplify_head("Median annual wage,  dollars, 2024[1]"), simplify_head("Employment change, percent, 2024–34")
    ('median annual wage, dollars, 2024', 'employment change, percent, 2024-34')
    """
    text = drop_footnote(text.strip().lstrip("\ufeff"))
    return " ".join(re.sub("[–—−]", "-", text).casefold().split())


def match_columns(table: DataTable, heads: Mapping[str, str]) -> dict[str, int]:
    """Name -> index of the first column whose head has its pattern. `heads`: name -> pattern of a plain head."""
    columns: dict[str, int] = {}
    for index, head in enumerate(table.columns):
        for name, pattern in heads.items():
            if name not in columns and re.fullmatch(pattern, simplify_head(head)):
                columns[name] = index
                break
    return columns


def find_table(sheets: Iterable[DataTable], heads: Mapping[str, str]) -> FoundTable | None:
    """The first table with all of these columns; None if there is none. `heads`: as for `match_columns`."""
    for sheet in sheets:
        columns = match_columns(sheet, heads)
        if len(columns) == len(heads):
            return FoundTable(sheet, columns)
    return None


def make_table(rows: Sequence[tuple[str, ...]]) -> DataTable:
    """The table of these rows, with its head and the texts above it set apart."""
    filled = [(number, cells) for number, cells in enumerate(rows, 1) if any(cells)]
    if not filled:
        return DataTable((), ())
    place = _place_of_head([cells for _, cells in filled[:MOST_ROWS_ABOVE]])
    head_row, head = filled[place]
    width = max(index for index, cell in enumerate(head, 1) if cell)  # without blank cells at its end
    columns = head[:width]
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


def too_much(units: str, count: int, most: int) -> str:
    return f"The table has {count:,} {units}; at most {most:,} are read. Save only the sheet with the figures."
