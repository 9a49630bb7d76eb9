"""Bytes -> Document: the lines of a page, or the table of a file of figures.

A text page and the same page saved as HTML give the same kinds of lines: table rows become
rows of cells; headings and bullets are marked as such. Blank lines are left out, and every line
keeps its number in the file (from 1).
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from io import BytesIO
from itertools import groupby, pairwise
from operator import attrgetter
from typing import Literal

from careers.spelling import fold_spelling
from ingest.documents.decoding import OLD_OFFICE, as_utf_8, decode, is_plain, refuse_encoded_text, repair_line
from ingest.documents.html import LineKind, RawLine, read_html
from ingest.documents.stated_publisher import StatedPublisher, read_stated_publisher
from ingest.documents.tables import ENDINGS as TABLE_ENDINGS
from ingest.documents.tables import DataTable, find_separator, read_csv, read_tabs
from ingest.documents.workbooks import choose_sheet, is_workbook, read_workbook
from ingest.parsing.cells import UnreadableError
from ingest.parsing.parsed_page import PageWarning
from ingest.parsing.readers import READER_BY_LABEL

PAGE_LIMIT = 2_000_000  # bytes; a real page has 4 to 20 thousand
TABLE_LIMIT = 10_000_000  # bytes; the national table has 0.2 million, the table of all states 7
MOST_LINES = 50_000  # that are not blank; a real page has some hundreds, and each is compared with what pages say
START = 20_000  # bytes in which the first two rows of a table end
# Links and buttons around the text of a page, which saved copies contain, in lower case.
FURNITURE = frozenset(
    "explore jobs|find specific jobs|explore careers|explore professions|best companies|"
    "explore companies|post job|show more".split("|")
)

# What stands alone where a site shows an advertisement or a button, between any two lines of its text.
_ADVERTISEMENTS = frozenset(
    "ad|ads|advertisement|advertisements|sponsored|sponsored content|sponsored links|promoted|share|share this page|"
    "loading...|loading\u2026|skip to content|skip to main content".split("|")
)


@dataclass(frozen=True)
class Line:
    """One line that is not blank.

    `text`: repaired, with single spaces and without its bullet; `raw`: as in the file.
    `cells`: the cells of a row, the first without the colon that may end a label; `whole`: the row ends with its
    closing bar, or the paragraph certainly ends here. `taken_in`: how many lines right below it this one takes in,
    since it is too long for one. `is_nested`: it is a bullet of a list below another bullet.
    """

    number: int
    kind: LineKind
    text: str
    raw: str
    cells: tuple[str, ...] = ()
    whole: bool = True
    taken_in: int = 0
    is_nested: bool = False

    @cached_property
    def key(self) -> str:
        """The text in the form in which spellings are compared."""
        return fold_spelling(self.text)

    @cached_property
    def label(self) -> str:
        """The first cell of a row in the form in which spellings are compared."""
        return fold_spelling(self.cells[0])


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
    lines = _repair_lines(page.lines, warnings, are_elements=True)
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
    lines = _repair_lines(raw_lines, warnings)
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


# The last two, and a single "o", are how Word's own bullets come out as text; programs that read aloud say "bullet". A
# character with a variation selector is an emoji.
_BULLET_CHARACTER = (
    r"[\u00bb\u2022\u2023\u2192\u25a0\u25a1\u25aa\u25ab\u25b8\u25ba\u25c6\u25c7\u25cb\u25cf\u25e6\u2610\u2611\u27a2\u27a4"
    r"\u2713\u2714\uf0a7\uf0b7](?!\ufe0f)\s*|\[[ xX]\]\s+"
)
_BULLET_CHARACTERS = re.compile(rf"(?:{_BULLET_CHARACTER})+(?=\S)")
_BULLET = re.compile(
    rf"(?:{_BULLET_CHARACTER}|(?:[-*\u2013\u2014\u00b7o]|bullet(?=\s+[A-Z])|\d{{1,2}}[.)])\s+)(?:{_BULLET_CHARACTER})*(?=\S)"
)

# What programs that save pages as Markdown write: lines, headings, links, pictures, bold text, marks that mean none.
_LINE_DRAWN = re.compile(r"(?:[-=*_] ?){3,}")  # below a heading, or between two parts of a page
_HEADING = re.compile(  # between marks
    r"#{1,6} (\S.*?)(?: #{1,6}| \{[#.][^{}]*\})?|(={2,6}) ?(\S.*?) ?\2|"
    r"(\*{1,3}|_{1,3})(?!\s)((?:(?!\4).)+)(?<!\s)\4"
)
_LINK_OF_HEADING = re.compile(r"(?:\s+#|\s*[\xb6\U0001f517])$")
_MARKDOWN = re.compile(
    r"!?\[([^\[\]]*)\]\((?:https?:|/|#)[^()\s]*\)|\*\*([\w$+-](?:[^*]*[^*\s])?)\*\*|\[\d{1,3}\](?=[^\W\d_])|\\(?=[$&#*_.+\-|\[\]()!])"
)


def _repair_lines(
    raw_lines: Iterable[RawLine], warnings: list[PageWarning], *, are_elements: bool = False
) -> tuple[Line, ...]:
    """The lines that are not blank, repaired. A line takes in the next one if both are one bullet or one paragraph.

    `are_elements`: each is an element of HTML, which goes on in no other. Raises UnreadableError for too many lines.
    """
    raw_lines = list(raw_lines)
    wrapping = None if are_elements else _find_wrapping([raw for _, _, raw in raw_lines])
    lines: list[Line] = []
    last_number = 0
    for number, kind, raw in raw_lines:
        text = raw if is_plain(raw) else repair_line(number, raw, warnings)
        text = _drop_markdown(text) if kind == "text" else " ".join(text.split())
        if not text or _says_nothing(kind, text):
            continue
        may_go_on = number == last_number + 1 and not are_elements and lines
        above = lines[-1] if may_go_on and (wrapping or lines[-1].kind == "bullet") else None
        if above and above.taken_in < _MOST_TAKEN_IN and _goes_on(above, text, raw, wrapping):
            lines[-1] = _take_in(above, text, raw, wrapping)
        else:
            if above and wrapping and above.kind == "text" and text[0].isalnum():
                is_ended = above.text.endswith(_SENTENCE_STOPS) and not wrapping.breaks(above.raw, text)
                lines[-1] = replace(above, whole=is_ended)
            lines += _split_bullets(_make_line(number, kind, text, raw))
        last_number = number
        if len(lines) > MOST_LINES:
            raise UnreadableError(
                f"The file has more than {MOST_LINES:,} lines, more than any page has. Save one page as a file of its "
                "own and load that."
            )
    lines = list(_mark_nested(lines, are_elements=are_elements))
    if any(len(line.cells) > 3 for line in lines):
        lines = list(_drop_blank_columns(list(_drop_comparing_columns(lines, warnings))))
    return tuple(lines)


def _says_nothing(kind: str, text: str) -> bool:
    """Whether a line is drawn, or marks the place of an advertisement."""
    if kind == "text" and text[0] in "-=*_" and _LINE_DRAWN.fullmatch(text):
        return True
    return len(text) < 25 and kind in ("text", "heading") and text.casefold().strip("[]()") in _ADVERTISEMENTS


def _mark_nested(lines: Iterable[Line], *, are_elements: bool) -> Iterator[Line]:
    """The lines, with the mark on bullets that stand further in than the first of their list.

    A copy can lose the blanks before its first line. So in text another bullet stands where the first does, or the ones
    further in begin with another character.
    """
    for kind, group in groupby(lines, key=attrgetter("kind")):
        if kind != "bullet":
            yield from group
            continue
        bullets = list(group)
        edge, character = _find_start(bullets[0])
        is_edge = are_elements or any(_find_start(bullet)[0] <= edge for bullet in bullets[1:])
        for bullet in bullets:
            if bullet.text[-1] in ";," and len(bullet.text) > 1:  # which parts it from the next one
                bullet = replace(bullet, text=bullet.text[:-1].rstrip())
            place, its_character = _find_start(bullet)
            is_nested = place >= edge + 2 and (is_edge or its_character != character)
            yield replace(bullet, is_nested=True) if is_nested else bullet


def _find_start(bullet: Line) -> tuple[int, str]:
    """How far in a bullet begins, and its first character: "1" for all numbers. Many bullets can share a long line."""
    raw = bullet.raw[:_WRAPPED].expandtabs(4)
    text = raw.lstrip()
    return len(raw) - len(text), "1" if text[:1].isdigit() else text[:1]


def _split_bullets(line: Line) -> list[Line]:
    """A line, or the several bullets that a copy has put on it, as in "• Java • SQL"."""
    if line.kind != "bullet" or not line.raw.lstrip().startswith("•"):
        return [line]
    texts = [text.strip() for text in line.text.split("•")]
    return [replace(line, text=text) for text in texts if text] or [line]


_WRAPPED = 40  # characters: shorter lines are seldom broken because of their length
_WIDEST = 120  # characters to which programs break lines
_FEWEST_BROKEN = 3  # lines that end within a sentence, which tell that a program has broken all long ones
_MOST_TAKEN_IN = 30  # lines: the text of a bullet is copied with each of them
_SHARE = re.compile(r"\d{1,3}%")  # of a skill
_ADDRESS = re.compile(r"https?:|www\.|\w\.[a-z]{2,3}/")  # a line with one goes on with nothing
_LABELS = tuple(READER_BY_LABEL)
_ENDS_WITHIN_WORD = re.compile(r"[^\W\d_]-$")
_SENTENCE_STOPS = (".", "!", "?", ":")


@dataclass(frozen=True, slots=True)
class _Wrapping:
    """How a program has broken paragraphs into lines. `are_apart`: blank lines stand between the paragraphs."""

    width: int
    are_apart: bool

    def breaks(self, raw: str, below: str) -> bool:
        """Whether the last line of `raw` ends where the first word of the one below would have made it too long."""
        return len(raw.rpartition("\n")[2].rstrip()) + 1 + len(below.split(maxsplit=1)[0]) > self.width


def _take_in(above: Line, text: str, raw: str, wrapping: _Wrapping | None) -> Line:
    """The line above with the next one at its end."""
    joint = "" if wrapping and _ENDS_WITHIN_WORD.search(above.text) else " "
    return replace(above, text=above.text + joint + text, raw=f"{above.raw}\n{raw}", taken_in=above.taken_in + 1)


def _find_wrapping(texts: Sequence[str]) -> _Wrapping | None:
    """None for a page whose paragraphs have one line each, as most do."""
    width = 0
    for text in texts:
        if len(text) > width and " " in text.strip() and text.lstrip()[0] != "|":
            width = len(text.rstrip())
            if width > _WIDEST:
                return None
    if width < _WRAPPED:
        return None
    count_blank = sum(not text.strip() for text in texts)
    wrapping = _Wrapping(width, are_apart=count_blank * 10 > len(texts))
    count_broken = 0
    for text, below in pairwise(texts):
        is_within_sentence = (
            below.lstrip()[:1].islower() and text.strip() and not text.rstrip().endswith(_SENTENCE_STOPS)
        )
        count_broken += bool(is_within_sentence) and wrapping.breaks(text, below)
    return wrapping if count_broken >= _FEWEST_BROKEN else None


def _goes_on(above: Line, text: str, raw: str, wrapping: _Wrapping | None) -> bool:
    """Whether the line right below a bullet or a paragraph goes on with it, because it is too long for one line."""
    if above.kind not in ("bullet", "text") or _BULLET.match(text) or text[0] == "|" or text.casefold() in FURNITURE:
        return False
    if _SHARE.fullmatch(text) and above.kind == "bullet" and "%" not in above.text:
        return True
    has_address = _ADDRESS.search(text) or (wrapping and _ADDRESS.search(above.text))
    begins_within_sentence = text[0].islower() and len(above.text) >= _WRAPPED and above.text[-1] not in ".!?:%"
    if wrapping and not has_address and (begins_within_sentence or wrapping.breaks(above.raw, text)):
        return _goes_on_after_break(above, text, wrapping)
    if above.kind == "text":
        return False
    is_indented = raw[0].isspace() and text[0].islower()
    return is_indented or (begins_within_sentence and text[-1] != ":" and not has_address)


def _goes_on_after_break(above: Line, text: str, wrapping: _Wrapping) -> bool:
    """Whether a line goes on with the one above, which a program may have broken: it is no row of facts, and the one
    above is not the last of its paragraph."""
    if text[0].isupper() and fold_spelling(text).startswith(_LABELS):
        return False
    return wrapping.are_apart or not above.text.endswith(_SENTENCE_STOPS)


def _drop_markdown(text: str) -> str:
    """The words of a line, with single spaces.

    >>> _drop_markdown("A **good**  [page](https://example.com)")
    'A good page'
    """
    if "[" in text or "*" in text or "\\" in text:  # the pattern looks at every letter
        text = _MARKDOWN.sub(lambda mark: mark[1] or mark[2] or "", text)
    return " ".join(text.split())


def _make_line(number: int, kind: LineKind, text: str, raw: str) -> Line:
    """A line of plain text may turn out to be a row or a bullet."""
    if kind == "row" or (kind == "text" and text[0] == "|" and "|" in text[1:]):
        label, *cells = map(str.strip, text[1:].removesuffix("|").split("|"))
        label = label.removesuffix(":").rstrip()
        return Line(number, "row", text, raw, (label, *cells), whole=text[-1] == "|")
    if kind == "bullet":
        inner_bullets = _BULLET_CHARACTERS.match(text)  # beside that of the list
        return Line(number, kind, text[inner_bullets.end() :] if inner_bullets else text, raw)
    if kind == "text" and (bullet := _BULLET.match(text)):
        return Line(number, "bullet", text[bullet.end() :], raw)
    if text[0] in "#=*_" and (heading := _HEADING.fullmatch(text)):
        text = heading[1] or heading[3] or heading[5]
    if text[-1] in "#\xb6\U0001f517":
        text = _LINK_OF_HEADING.sub("", text) or text
    return Line(number, kind, text, raw)


_COMPARING_HEADS = frozenset(("difference", "differences", "diff", "diff.", "gap", "vs", "vs.", "versus"))


def _drop_comparing_columns(lines: Iterable[Line], warnings: list[PageWarning]) -> Iterator[Line]:
    """The lines, without the column beside or between two roles in which a table compares them."""
    column = 0
    for line in lines:
        if len(line.cells) == 4:
            places = [place for place in (1, 2, 3) if fold_spelling(line.cells[place]) in _COMPARING_HEADS]
            left_out = column
            if len(places) == 1 and all(line.cells[1:3]) and line.label not in READER_BY_LABEL:
                left_out = places[0]
                column = left_out + (not line.cells[3])  # the head is one column too far to the left
                message = f"The column “{line.cells[left_out]}” was left out: it only compares the two roles."
                warnings.append(PageWarning("unknown-label", line.number, message))
            if left_out:
                line = replace(line, cells=(*line.cells[:left_out], *line.cells[left_out + 1 :]))
        elif line.kind != "row":
            column = 0
        yield line


def _drop_blank_columns(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines, without the columns in which no row of as many cells has text, such as those with pictures.

    Three columns are a label and two roles, of which nothing may be known.
    """
    filled: dict[int, set[int]] = defaultdict(set)
    for line in lines:
        filled[len(line.cells)].update(column for column, cell in enumerate(line.cells) if cell)
    for line in lines:
        if len(line.cells) <= 3 or len(filled[len(line.cells)]) == len(line.cells):
            yield line
            continue
        label, *cells = [cell for column, cell in enumerate(line.cells) if column in filled[len(line.cells)]] or [""]
        yield replace(line, cells=(label.removesuffix(":").rstrip(), *cells))
