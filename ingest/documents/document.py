"""Bytes -> Document: the lines of a page, or the table of a file of figures, decoded, repaired, with their numbers.

A text page and the same page saved as HTML give the same kind of lines: table rows become
rows of cells, headings and bullets say what they are. Blank lines are left out; every line
keeps its number in the file (from 1).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Literal

from ingest.documents.html import LineKind, html_lines
from ingest.documents.tables import ENDINGS as TABLE_ENDINGS
from ingest.documents.tables import Table, is_workbook, read_csv, read_workbook
from ingest.parsing.cells import UnreadableError
from ingest.parsing.facts import PageWarning

PAGE_LIMIT = 2_000_000  # bytes; a real page has 4 to 20 thousand
TABLE_LIMIT = 10_000_000  # the table of the nation has 0.2 million, that of all states 7


@dataclass(frozen=True, slots=True)
class Line:
    """One line that is not blank.

    `text` is repaired, spaces collapsed, without its bullet; `raw` is as it stood.
    `cells` of a row are its cells; a row is `whole` when it ends in its closing bar.
    """

    number: int
    kind: LineKind
    text: str
    raw: str
    cells: tuple[str, ...] = ()
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Document:
    """A page as lines, or as a table. `open_ended`: the file stops in the middle of its last line."""

    name: str
    form: Literal["text", "html", "table"]
    lines: tuple[Line, ...]
    warnings: tuple[PageWarning, ...] = ()
    title: str | None = None
    url: str | None = None
    open_ended: bool = False
    table: Table | None = None


def most_bytes(name: str) -> int:
    """How large a file of this name may be.

    >>> most_bytes("a.txt"), most_bytes("national.XLSX")
    (2000000, 10000000)
    """
    return TABLE_LIMIT if name.lower().endswith(TABLE_ENDINGS) else PAGE_LIMIT


def too_long(name: str, size: int) -> UnreadableError:
    if name.lower().endswith(TABLE_ENDINGS):
        return UnreadableError(
            f"The file has {size:,} bytes; a table may have {TABLE_LIMIT:,}. Save only the rows of the nation as .csv."
        )
    return UnreadableError(
        f"The file has {size:,} bytes; a page may have {PAGE_LIMIT:,}. Save only the page's text and load that."
    )


def read_document(name: str, data: bytes) -> Document:
    """Decode, repair and cut into lines or cells. Raises UnreadableError with a sentence for people."""
    if len(data) > most_bytes(name):
        raise too_long(name, len(data))
    if is_workbook(BytesIO(data)):
        return _of_table(name, read_workbook(data), [])
    text, warnings, torn = _decode(data)
    if not text.strip():
        raise UnreadableError("The file is empty. Save the page again and load that.")
    if name.lower().endswith(".csv"):
        return _of_table(name, read_csv(text), warnings)
    if _is_html(name, text):
        found = html_lines(text)
        return Document(
            name,
            "html",
            lines=_without_blanks(found.lines, warnings),
            warnings=tuple(warnings),
            title=found.title,
            url=found.url,
            open_ended=torn or found.open_ended,
        )
    numbered: list[tuple[int, LineKind, str]] = [
        (number, "text", raw) for number, raw in enumerate(_NEWLINES.split(text), 1)
    ]
    lines = _without_blanks(numbered, warnings)
    return Document(name, "text", lines, tuple(warnings), open_ended=torn)


def _of_table(name: str, table: Table, warnings: list[PageWarning]) -> Document:
    """A table with its cells repaired as lines are."""
    rows = tuple(
        (number, cells if all(map(_is_plain, cells)) else tuple(_mend(number, cell, warnings) for cell in cells))
        for number, cells in table.rows
    )
    return Document(name, "table", (), tuple(warnings), open_ended=bool(table.cut), table=replace(table, rows=rows))


def _is_plain(text: str) -> bool:
    return text.isascii() and text.isprintable()


_CONTROL = re.compile(r"[\x01-\x08\x0b\x0e-\x1f]")
_NEWLINES = re.compile(r"\r\n|\n|\r")
_HTML_START = re.compile(
    r"<(?:!doctype html|html|head|body|main|article|section|div|table|h[1-6]|p|ul|meta|title)\b",
    re.IGNORECASE,
)
_MAGIC = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "a database"),
)


def _decode(data: bytes) -> tuple[str, list[PageWarning], bool]:
    """The text, what was mended in decoding, and whether the bytes stop inside a character."""
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise UnreadableError(f"The file is {what}, not a page. Save the page as text or HTML and load that.")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableError("The file is UTF-16. Save the page as UTF-8 and load that.")
    nuls = data.count(0)
    if nuls * 20 > len(data):
        raise UnreadableError("The file is not text (binary, or UTF-16). Save the page as UTF-8 text and load that.")
    warnings: list[PageWarning] = []
    torn = False
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data" and error.end == len(data):
            text = data[: error.start].decode("utf-8-sig")
            torn = True
        else:
            text = _decode_windows(data, error.start, warnings)
    if len(_CONTROL.findall(text)) * 100 > len(text):
        raise UnreadableError(
            "The file is not text: it is full of control characters. Save the page as UTF-8 text and load that."
        )
    return text, warnings, torn


def _decode_windows(data: bytes, at: int, warnings: list[PageWarning]) -> str:
    try:
        text = data.decode("windows-1252")
    except UnicodeDecodeError:
        raise UnreadableError(
            "The file is neither UTF-8 nor windows-1252 text. Save the page as UTF-8 and load that."
        ) from None
    line = data.count(b"\n", 0, at) + 1
    message = "The page is not UTF-8; it was read as windows-1252. Check its special characters."
    warnings.append(PageWarning("decoded-as-windows-1252", line, message))
    return text


def _is_html(name: str, text: str) -> bool:
    start = text[:2000].lstrip("\ufeff \t\r\n")
    return start.startswith("<") and (name.lower().endswith((".html", ".htm")) or bool(_HTML_START.search(start)))


_BULLET = re.compile(r"(?:[\u2022\u2023\u25aa\u25cf\u25e6]\s*|[-*\u2013\u2014\u00b7]\s+)(?=\S)")


def _without_blanks(found: Iterable[tuple[int, LineKind, str]], warnings: list[PageWarning]) -> tuple[Line, ...]:
    """Lines repaired, and "text" ones told apart; blank ones left out."""
    lines = []
    for number, kind, raw in found:
        text = raw
        if not _is_plain(raw):
            text = _mend(number, raw, warnings)
        text = " ".join(text.split())
        if not text:
            continue
        if kind == "row" or (kind == "text" and text[0] == "|" and "|" in text[1:]):
            cells = tuple(map(str.strip, text[1:].removesuffix("|").split("|")))
            lines.append(Line(number, "row", text, raw, cells, whole=text[-1] == "|"))
        elif kind == "text" and (bullet := _BULLET.match(text)):
            lines.append(Line(number, "bullet", text[bullet.end() :], raw))
        else:
            lines.append(Line(number, kind, text, raw))
    return tuple(lines)


# --- damaged characters -------------------------------------------------------------------


def _code_page(name: str, fallback: str) -> dict[str, int]:
    """Character -> byte of a code page, its gaps filled from another and then as bytes."""
    table: dict[str, int] = {}
    for byte in range(0x80, 0x100):
        for codec in (name, fallback, "latin-1"):
            try:
                sign = bytes([byte]).decode(codec)
            except UnicodeDecodeError:
                continue
            table.setdefault(sign, byte)
            break
    return table


_GREEK = _code_page("cp1253", "cp1252")
_WESTERN = _code_page("cp1252", "cp1252")

_RUN = re.compile(r"[^\x00-\x7f]{2,}")
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])\u03b2s\b")
_DASH = re.compile(r" \u03b2 ")
_BETA = "\u03b2"


def repair(text: str) -> str:
    """Text whose damaged characters are put right where that is certain.

    UTF-8 once read as a Greek or Western code page maps back to bytes that are valid UTF-8;
    text that was never damaged does not. Of the Greek form the tail is often stripped:
    a letter, `β`, `s` was an apostrophe, a `β` between spaces was a dash.

    >>> repair("Bachelorβ€™s"), repair("sautΓ©"), repair("Bachelorβs"), repair("a β b")
    ('Bachelor’s', 'sauté', 'Bachelor’s', 'a — b')
    >>> repair("α and β"), repair("Ελλάδα")
    ('α and β', 'Ελλάδα')
    """
    for _ in range(3):  # text is sometimes damaged twice over
        mended = _RUN.sub(lambda run: _redecode(run[0]), text)
        if mended == text:
            break
        text = mended
    if _BETA in text:
        text = _DASH.sub(" \u2014 ", _APOSTROPHE.sub("\u2019s", text))
    return text


def _redecode(run: str) -> str:
    for table in (_GREEK, _WESTERN):
        try:
            return bytes([table[sign] for sign in run]).decode("utf-8")
        except (KeyError, UnicodeDecodeError):
            continue
    return run


# Control characters, and marks that steer the direction of text or have no width: invisible,
# and able to mislead.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")


def _mend(number: int, raw: str, warnings: list[PageWarning]) -> str:
    """One line with damage repaired and invisible characters gone, both told as warnings."""
    text = repair(raw)
    if text != raw:
        warnings.append(
            PageWarning("repaired-text", number, f"Damaged characters were repaired: {_changes(raw, text)}.")
        )
    if _BETA in text and _BETA in raw:
        message = "A lone “β” stands here, probably the rest of a damaged character; it was left."
        warnings.append(PageWarning("unrepaired-text", number, message))
    if _SURROGATE.search(text):
        text = _SURROGATE.sub("\ufffd", text)
        message = "Half a character (a lone surrogate) stands here; nothing can be read from it."
        warnings.append(PageWarning("stripped-characters", number, message))
    if gone := sorted({f"U+{ord(sign):04X}" for sign in _INVISIBLE.findall(text)}):
        text = _INVISIBLE.sub("", text)
        message = f"Invisible characters were left out: {', '.join(gone)}."
        warnings.append(PageWarning("stripped-characters", number, message))
    return text


def _changes(before: str, after: str) -> str:
    """The damaged words and what became of them, at most three.

    >>> _changes("Microsoftβs own β tools", "Microsoft’s own — tools")
    '“Microsoftβs” is “Microsoft’s”, “β” is “—”'
    """
    changed: list[str] = []
    for old, new in zip(before.split(), after.split(), strict=False):
        pair = f"“{old}” is “{new}”"
        if old != new and pair not in changed:
            changed.append(pair)
            if len(changed) == 3:
                break
    return ", ".join(changed)
