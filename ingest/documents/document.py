"""Bytes -> Document: the lines of a page, or the table of a file of figures.

A text page and the same page saved as HTML give the same kinds of lines: rows of cells, headings, bullets and text.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import Literal

from ingest.documents.decoding import OLD_OFFICE, as_utf_8, decode, is_plain, refuse_encoded_text, repair_line
from ingest.documents.html import RawLine, read_html
from ingest.documents.lines import Line, repair_lines
from ingest.documents.stated_publisher import StatedPublisher, read_stated_publisher
from ingest.documents.tables import ENDINGS as TABLE_ENDINGS
from ingest.documents.tables import DataTable, find_separator, read_csv, read_tabs
from ingest.documents.workbooks import choose_sheet, is_workbook, read_workbook
from ingest.parsing.cells import UnreadableError
from ingest.parsing.parsed_page import PageWarning

PAGE_LIMIT = 2_000_000  # bytes; a real page has 4 to 20 thousand
TABLE_LIMIT = 10_000_000  # bytes; the national table has 0.2 million, the table of all states 7
START = 20_000  # bytes in which the first two rows of a table end


@dataclass(frozen=True, slots=True)
class Document:
    """A page as lines, or a table.

    `open_ended`: the file stops in the middle of its last line; `ends_with_newline`: a line end follows it.
    `unfinished`: it stops before its end, whether or not its last line is whole. `stated_publisher`: whose page it says
    it is. `sheets`: all tables of the file. `table`: the one with the figures, None where that is not clear;
    `undecided` then says why.
    """

    name: str
    form: Literal["text", "html", "table"]
    lines: tuple[Line, ...]
    warnings: tuple[PageWarning, ...] = ()
    title: str | None = None
    url: str | None = None
    open_ended: bool = False
    table: DataTable | None = None
    stated_publisher: StatedPublisher = field(default_factory=StatedPublisher)
    ends_with_newline: bool = False
    sheets: tuple[DataTable, ...] = ()
    undecided: str = ""
    unfinished: bool = False

    def end_of_copy(self) -> Line | None:
        """A line without text where an unfinished copy stops after a whole line; None for any other copy."""
        return Line(self.lines[-1].number, "text", "", "") if self.unfinished else None

    def table_with(self, places: Iterable[tuple[int, str]]) -> DataTable | None:
        """The table of figures; if there are several sheets, the one with most of these (row, text of a cell)."""
        if len(self.sheets) < 2:
            return self.table or next(iter(self.sheets), None)
        wanted = [(row, text) for row, text in places if text]

        def count_matches(sheet: DataTable) -> tuple[int, bool, int]:
            rows = dict(sheet.rows)
            matches = sum(text in rows.get(row, ()) for row, text in wanted)
            return matches, sheet is self.table, len(sheet.rows)

        return max(self.sheets, key=count_matches)

    def line_texts(self, places: Iterable[tuple[int, str]] = ()) -> dict[int, str]:
        """Number -> text of each line or row. Lines with the same number are joined.

        `places`: (row, text of a cell) of what was read, which tells sheets apart.
        """
        texts: dict[int, str] = {}
        if table := self.table_with(places):
            for number, cells in ((table.head_row, table.columns), *table.rows):
                texts[number] = " | ".join(cells)
            return texts
        for line in self.lines:
            texts[line.number] = f"{texts.get(line.number, '')} {line.raw.strip()}".strip()
        return texts

    def ends_with_sentence(self) -> bool:
        """Whether the last line is a paragraph that is certainly whole: it ends with a sentence and a line end.

        After a figure or a short word a full stop can mean something else.
        """
        last = self.lines[-1]
        if self.open_ended or not self.ends_with_newline or last.kind == "row":
            return False
        return _SENTENCE_END.search(last.text[-60:]) is not None


_SENTENCE_END = re.compile(r"(?:^|\s|[^\w\s])[^\W\d_]{4,}[)\]\"'\u2019\u201d]*[.!?][)\]\"'\u2019\u201d]*$")


def cut_message(cut: Line) -> str:
    """Where a copy stops. A line without text marks the end of the line before the cut."""
    if not cut.raw:
        return "The page stops after this line."
    return "The page stops in the middle of this line; it was not read."


def choose_byte_limit(name: str, start: bytes) -> int:
    """The most bytes that a file with this name and start may have. Text with tabs between cells is a table.

    >>> choose_byte_limit("a.txt", b"Registered nurse"), choose_byte_limit("national.XLSX", b"PK")
    (2000000, 10000000)
    """
    is_table = name.lower().endswith(TABLE_ENDINGS) or start.startswith(OLD_OFFICE) or _find_separator(start)
    return TABLE_LIMIT if is_table else PAGE_LIMIT


def _find_separator(content: bytes) -> str:
    return find_separator(content[:START].decode("utf-8", "replace"))


def make_size_error(size: int, most: int) -> UnreadableError:
    """The error for a file of `size` bytes, of which `most` may be read."""
    if most == TABLE_LIMIT:
        return UnreadableError(
            f"The file has {size:,} bytes; a table may have {TABLE_LIMIT:,}. Save only the rows of the nation as .csv."
        )
    return UnreadableError(
        f"The file has {size:,} bytes; a page may have {PAGE_LIMIT:,}. Save only the page's text and load that."
    )


def read_document(name: str, content: bytes) -> Document:
    """Decode a file, repair its text, and cut it into lines or cells.

    `name` is the file's name; its ending tells .csv and .html apart from text. Text can be a table with tabs.
    Raises UnreadableError with a sentence for people.
    """
    if len(content) > choose_byte_limit(name, content):
        raise make_size_error(len(content), choose_byte_limit(name, content))
    if is_workbook(BytesIO(content)):
        return _read_workbook(name, read_workbook(content))
    if name.lower().endswith(".xlsx") and content.startswith(b"PK"):
        raise UnreadableError(
            "The workbook is damaged or incomplete: its archive holds no workbook. Download it again and load that."
        )
    content = as_utf_8(content)
    text, warnings, torn = decode(content, is_named_workbook=name.lower().endswith(".xlsx"))
    is_html = _is_html(name, text)
    separator = "," if name.lower().endswith(".csv") else _find_separator(content)
    if not text.strip():
        raise UnreadableError("The file is empty. Save the page again and load that.")
    if separator and not is_html:
        table = _repair_text(read_csv(text) if separator == "," else read_tabs(text))
        warnings += table.warnings
        return Document(name, "table", (), tuple(warnings), open_ended=bool(table.cut), table=table, sheets=(table,))
    if is_html:
        return _read_html(name, text, warnings, torn=torn)
    refuse_encoded_text(text)
    return _read_text(name, text, warnings, torn=torn)


def _read_html(name: str, text: str, warnings: list[PageWarning], *, torn: bool) -> Document:
    """`warnings`: of decoding; `torn`: the bytes stop within a character."""
    page = read_html(text)
    lines = repair_lines(page.lines, warnings, are_elements=True)
    names = [page.site] if page.site else []
    return Document(
        name,
        "html",
        lines=lines,
        warnings=tuple(warnings),
        title=page.title,
        url=page.addresses[0] if page.addresses else None,
        open_ended=torn or page.open_ended,
        unfinished=page.unfinished,
        stated_publisher=read_stated_publisher(page.addresses, names, (line.text for line in lines)),
    )


def _read_text(name: str, text: str, warnings: list[PageWarning], *, torn: bool) -> Document:
    lines_ended = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")  # far quicker than a pattern
    texts = lines_ended.split("\n") if "\n" in lines_ended.strip() else _OTHER_NEWLINES.split(text)
    if all(raw.startswith(">") for raw in texts if raw.strip()):  # the page is quoted, as in a mail
        texts = [_QUOTED.sub("", raw, count=1) for raw in texts]
    raw_lines: list[RawLine] = [(number, "text", raw) for number, raw in enumerate(texts, 1)]
    lines = repair_lines(raw_lines, warnings)
    return Document(
        name,
        "text",
        lines,
        tuple(warnings),
        open_ended=torn,
        stated_publisher=read_stated_publisher((), (), (line.text for line in lines)),
        ends_with_newline=len(texts) > 1 and not texts[-1].strip(" \t\u00a0\x00"),
    )


def _read_workbook(name: str, sheets: list[DataTable]) -> Document:
    """A workbook can have one sheet of figures, or many from which a source chooses."""
    repaired = [_repair_text(sheet) for sheet in sheets]
    try:
        table, warnings = choose_sheet(name, repaired)
    except UnreadableError as error:
        return Document(name, "table", (), sheets=tuple(repaired), undecided=str(error))
    return Document(name, "table", (), (*warnings, *table.warnings), table=table, sheets=tuple(repaired))


def _repair_text(table: DataTable) -> DataTable:
    """The table with its cells repaired as lines are."""
    warnings = list(table.warnings)
    rows = []
    for number, cells in table.rows:
        if not all(map(is_plain, cells)):
            cells = tuple(repair_line(number, cell, warnings) for cell in cells)
        rows.append((number, cells))
    return replace(table, rows=tuple(rows), warnings=tuple(warnings))


_OTHER_NEWLINES = re.compile("[\v\x85\u2028\u2029]")  # which are blanks beside usual ones
_QUOTED = re.compile("^(?:> ?)+")  # more than once, if the mail was answered
_HTML_START = re.compile(
    r"<(?:!doctype html|html|head|body|main|article|section|div|table|h[1-6]|p|ul|meta|title)\b", re.IGNORECASE
)


def _is_html(name: str, text: str) -> bool:
    start = text[:2000].lstrip("\ufeff \t\r\n")
    return start.startswith("<") and (name.lower().endswith((".html", ".htm")) or bool(_HTML_START.search(start)))
