"""Bytes -> text, with damaged characters repaired.

A file that is not text is refused. What decoding and repair change is reported as warnings.
"""

import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from html import unescape
from itertools import takewhile
from typing import NamedTuple

from ingest.parsing.cells import UnreadableError
from ingest.parsing.parsed_page import PageWarning

_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1f]")
OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_MAGIC = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "a database"),
    (b"{\\rtf", "a document of a word processor"),
    (b"bplist00", "a web archive"),
)
# How packed files other than .zip begin.
_PACKED = (b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh91AY", b"\xfd7zXZ")
_TAR = (b"ustar\x0000", b"ustar  \0")  # behind the name, size, and date of the first file


class DecodedText(NamedTuple):
    """The text of a file. `torn`: the bytes stop inside a character, which was left out."""

    text: str
    warnings: list[PageWarning]
    torn: bool


def as_utf_8(content: bytes) -> bytes:
    """The bytes of a file, from UTF-16 if the mark at its start says that it is."""
    is_wide = content.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
    return content.decode("utf-16", "replace").encode() if is_wide else content


def decode(content: bytes, *, is_named_workbook: bool = False) -> DecodedText:
    """Decode UTF-8, or windows-1252 with a warning. Raises UnreadableError for anything that is not text.

    `is_named_workbook`: the ending of the file is that of a workbook, though it is none.
    """
    _refuse_other_formats(content)
    warnings: list[PageWarning] = []
    torn = False
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        torn = error.reason == "unexpected end of data" and error.end == len(content)
        if is_named_workbook:
            raise UnreadableError(
                "The file is named as a workbook, but it is neither a workbook nor text, as a download that failed can "
                "be. Download it again and load that."
            ) from None
        if torn:
            text = content[: error.start].decode("utf-8-sig")
        else:
            text = _decode_windows(content)
            line = content.count(b"\n", 0, error.start) + 1
            message = "The page is not UTF-8; it was read as windows-1252. Check its special characters."
            warnings.append(PageWarning("decoded-as-windows-1252", line, message))
    if len(_CONTROL.findall(text)) * 100 > len(text):
        raise UnreadableError(
            "The file is not text: it is full of control characters. Save the page as UTF-8 text and load that."
        )
    return DecodedText(text, warnings, torn)


def _refuse_other_formats(content: bytes) -> None:
    if content.startswith(OLD_OFFICE):
        raise UnreadableError(
            "The file is a workbook or document of the old Office format (.xls, .doc), or is locked with a password. "
            "Open it in a spreadsheet program, choose “Save as” with the type “Excel workbook (.xlsx)” and no "
            "password, and load that file."
        )
    if b"multipart/related" in content[:1000].lower():
        raise UnreadableError(
            "The file is a web archive (.mht, .mhtml). Save the page as HTML or text instead, and load that."
        )
    for magic, what in _MAGIC:
        if content.startswith(magic):
            raise UnreadableError(f"The file is {what}, not a page. Save the page as text or HTML and load that.")
    if content.startswith(_PACKED) or content[257:265] in _TAR:
        raise UnreadableError("The file is packed, but not as .zip. Unpack it, and load its pages or a .zip of them.")
    if (content[:2] == b"\0\0" and content[4:8] == b"ftyp") or (content[:4] == b"RIFF" and content[8:12] == b"WEBP"):
        raise UnreadableError(
            "The file is a picture or a film, not a page. Save the page as text or HTML and load that."
        )
    if content.count(0) * 20 > len(content):
        raise UnreadableError("The file is not text (binary, or UTF-16). Save the page as UTF-8 text and load that.")


def _decode_windows(content: bytes) -> str:
    try:
        return content.decode("windows-1252")
    except UnicodeDecodeError:
        raise UnreadableError(
            "The file is neither UTF-8 nor windows-1252 text. Save the page as UTF-8 and load that."
        ) from None


# What stands in every few lines of text that is still encoded, and how it is.
_ENCODED = (
    (re.compile(r"=(?<!==)\r?\n"), "for mails (quoted-printable)"),
    (re.compile(r"\+(?:A[A-P]|I[A-D])[A-Za-z\d/]"), "as UTF-7"),  # letters with accents, dashes and bullets
    (re.compile(r"\\n"), "for programs (JSON), with “\\n” in place of line ends"),
)
_FEWEST_ENCODED = 5


def refuse_encoded_text(text: str) -> None:
    """Raises UnreadableError for text in which some characters stand for others, so that parts of it would be read."""
    for pattern, how in _ENCODED:
        count = len(pattern.findall(text))
        if count >= _FEWEST_ENCODED and count * 10 > text.count("\n"):
            raise UnreadableError(f"The text is encoded {how}. Save the text of the page as UTF-8 and load that.")


# --- damaged characters -------------------------------------------------------------------


def _guess_code_page(name: str) -> dict[str, int]:
    """Character -> byte of a code page. Its gaps are filled from that of Western Europe, then from latin-1."""
    byte_of: dict[str, int] = {}
    for byte in range(0x80, 0x100):
        for codec in (name, "cp1252", "latin-1"):
            try:
                character = bytes([byte]).decode(codec)
            except UnicodeDecodeError:
                continue
            byte_of.setdefault(character, byte)
            break
    return byte_of


_GREEK = _guess_code_page("cp1253")
_WESTERN = _guess_code_page("cp1252")

_NON_ASCII_RUN = re.compile(r"[^\x00-\x7f]{2,}")
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])\u03b2s\b")
_DASH = re.compile(r" \u03b2 ")
_BETA = "\u03b2"


def repair(text: str) -> str:
    """Repair damaged characters where the damage is certain.

    UTF-8 that was read as a Greek or Western code page maps back to bytes that are valid UTF-8; text that was never
    damaged does not. Copying often strips the end of the Greek form: a `β` between a letter and an `s` was then an
    apostrophe, and a `β` between spaces was a dash.

    >>> repair("Bachelorβ€™s"), repair("sautΓ©"), repair("Bachelorβs"), repair("a β b")
    ('Bachelor’s', 'sauté', 'Bachelor’s', 'a — b')
    >>> repair("α and β"), repair("Ελλάδα")
    ('α and β', 'Ελλάδα')
    """
    for _ in range(3):  # some text was damaged more than once
        repaired = _NON_ASCII_RUN.sub(lambda run: _redecode(run[0]), text)
        if repaired == text:
            break
        text = repaired
    if _BETA in text:
        text = _DASH.sub(" \u2014 ", _APOSTROPHE.sub("\u2019s", text))
    return text


def _redecode(run: str) -> str:
    for byte_of in (_GREEK, _WESTERN):
        try:
            return bytes([byte_of[character] for character in run]).decode("utf-8")
        except (KeyError, UnicodeDecodeError):
            continue
    return run


# Control characters, and marks that steer the direction of text or have no width. They are
# invisible and can mislead.
INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064"
    "\u2066-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb]"
    # Joiners have a use within emoji and within words of Persian and Indian languages, but not beside English letters.
    "(?:(?<![\u200c\u200d])|(?![^\x00-\x7f])|(?<![^\x00-\x7f].))"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
# Hyphens, of which the second one keeps a line together, and the lines that draw tables in text.
_PLAIN_CHARACTERS = str.maketrans(dict.fromkeys("\u2010\u2011─━═", "-") | dict.fromkeys("│┃║｜├┤┼┌┐└┘┬┴╔╗╚╝╠╣╦╩╬", "|"))
_CHARACTER_NAME = re.compile(r"&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[a-zA-Z]\w{1,30});")  # of HTML, as in R&amp;D


def strip_invisible(text: str) -> str:
    """A text without invisible characters and halves of characters, which can mislead the people who read it.

    >>> strip_invisible("Lead\u200b \u202eBaker")
    'Lead Baker'
    """
    return _SURROGATE.sub("\ufffd", INVISIBLE.sub("", text))


def is_plain(text: str) -> bool:
    """Whether a text is printable ASCII without an ampersand, which needs no repair."""
    return text.isascii() and text.isprintable() and "&" not in text


def repair_line(number: int, raw: str, warnings: list[PageWarning]) -> str:
    """Repair one line and drop its invisible characters. Each change adds to `warnings`."""
    text = repair(_CHARACTER_NAME.sub(lambda name: unescape(name[0]), raw))
    if text != raw:
        warnings.append(
            PageWarning("repaired-text", number, f"Damaged characters were repaired: {_changes_text(raw, text)}.")
        )
    text = text.translate(_PLAIN_CHARACTERS)
    if _BETA in text and _BETA in raw:
        message = "There is a lone “β” here, probably the rest of a damaged character; it was left."
        warnings.append(PageWarning("unrepaired-text", number, message))
    if _SURROGATE.search(text):
        text = _SURROGATE.sub("\ufffd", text)
        message = "There is half a character (a lone surrogate) here; nothing can be read from it."
        warnings.append(PageWarning("stripped-characters", number, message))
    invisible = set(INVISIBLE.findall(text))
    if invisible:
        text = INVISIBLE.sub("", text)
        codes = ", ".join(sorted(f"U+{ord(character):04X}" for character in invisible))
        message = f"Invisible characters were left out: {codes}."
        warnings.append(PageWarning("stripped-characters", number, message))
    return text


def _changes_text(before: str, after: str) -> str:
    """Name the repaired words, at most three.

    >>> _changes_text("Microsoftβs own β tools", "Microsoft’s own — tools")
    '“Microsoftβs” is “Microsoft’s”, “β” is “—”'
    >>> _changes_text("| Growth | 4&nbsp;% |", "| Growth | 4 % |")
    '“4&nbsp;%” is “4 %”'
    """
    changes: list[str] = []
    olds, news = before.split(), after.split()
    if len(olds) != len(news):  # a repaired blank ended a word: the texts from the first change to the last are named
        start = _count_equal(olds, news)
        end = _count_equal(olds[start:][::-1], news[start:][::-1])
        olds = [" ".join(olds[start : len(olds) - end])[:60]]
        news = [" ".join(news[start : len(news) - end])[:60]]
    for old, new in zip(olds, news, strict=True):
        change = f"“{old}” is “{new}”"
        if old != new and change not in changes and len(changes) < 3:
            changes.append(change)
    return ", ".join(changes)


def _count_equal(olds: list[str], news: list[str]) -> int:
    """How many words are equal at the start of both."""
    return len(list(takewhile(lambda pair: pair[0] == pair[1], zip(olds, news, strict=False))))
