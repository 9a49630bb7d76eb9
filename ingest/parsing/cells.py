"""Text -> value: the readers of single cells.

Every reader takes a cell's text and gives a value, or raises `UnreadableError` quoting what
stood there. "-" (not published) is handled before a reader is called: see `is_missing`.
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import TypeVar
from unicodedata import normalize


class UnreadableError(ValueError):
    """What stands there cannot be read. The text is for people: what, and what to do."""


class OutOfBoundsError(UnreadableError):
    """A figure stands there, but none that can be: a share of 111 %, a rating of 6.5."""


# A dash of any kind in a cell means "not published".
_DASHES = frozenset("-\u2010\u2011\u2012\u2013\u2014\u2212")
# The minus sign and the en dash stand for a minus before a figure.
_SIGNS = str.maketrans({"\u2212": "-", "\u2013": "-"})

_MONEY = re.compile(r"\$(\d{1,3}(?:,\d{3}){1,2}|\d{1,9})(?:\.00)?")
_RATE = re.compile(r"\$(\d{1,3},\d{3}|\d{1,6})(\.\d{1,2})?")
_PERCENT = re.compile(r"([+-]?)(\d{1,6}(?:\.\d{1,4})?)%")
_COUNT = re.compile(r"0|[1-9]\d{0,2}(?:,\d{3}){1,3}|[1-9]\d{0,9}")
_BETWEEN = re.compile(r"Between (\$[\d,]+) And (\$[\d,]+)", re.IGNORECASE)
_SHARE = re.compile(r"(.*\S),\s*(\d{1,3})%")
_BLOCK_ENTRY = re.compile(r"\s*([A-Za-z][A-Za-z ]*?),\s*(\d{1,3}(?:\.\d+)?)%")
_SPAN = re.compile(
    r"(?:(\d{1,3})\s?[-\u2013]\s?(\d{1,3})|(more than|over|less than|under)? ?(\d{1,3})(\+?))"
    r" (year|month)s?",
    re.IGNORECASE,
)


_NO_NAMES = frozenset(("n/a", "na", "n.a.", "nan", "none", "null", "nil", "not available", "not published"))

_NO_LETTER = re.compile("[^a-z]+")


def key_of(text: str) -> str:
    """How two spellings of a title, a label or a name are compared.

    >>> key_of(" Highest  paying City")
    'highest paying city'
    """
    plain = text.lower() if text.isascii() else normalize("NFKC", text).casefold()
    return " ".join(plain.split())


def spoken_key(text: str) -> str:
    """The key of a title wherever it stands on a page: tables and prose write apostrophes in two ways.

    >>> spoken_key("Technician’s Helper") == spoken_key("technician's helper")
    True
    """
    return key_of(text).replace("\u2019", "'")


def letters(text: str) -> str:
    """Only the letters a to z: how a guide's headings are compared, whatever is left of an emoji.

    >>> letters("πŸ Work-Life Balance & Stress")
    'worklifebalancestress'
    """
    return _NO_LETTER.sub("", text.casefold())


def is_missing(text: str) -> bool:
    """Whether a cell says "not published".

    >>> is_missing("-"), is_missing("-5%")
    (True, False)
    """
    return len(text) == 1 and text in _DASHES


_Figure = TypeVar("_Figure", int, Decimal)


def _of_hundred(share: _Figure, text: str) -> _Figure:
    if share > 100:
        raise OutOfBoundsError(f"“{text}” is above 100 %")
    return share


def _whole(text: str) -> int:
    return int(text.replace(",", ""))


def money(text: str) -> int:
    """Whole US dollars.

    >>> money("$90,615")
    90615
    """
    found = _MONEY.fullmatch(text)
    if not found:
        raise UnreadableError(f"“{text}” is not an amount like $90,615")
    return _whole(found[1])


def rate(text: str) -> Decimal:
    """US dollars and cents an hour.

    >>> rate("$38.30")
    Decimal('38.30')
    """
    found = _RATE.fullmatch(text)
    if not found:
        raise UnreadableError(f"“{text}” is not an hourly amount like $38.30")
    return Decimal(found[1].replace(",", "") + (found[2] or ""))


def growth(text: str) -> Decimal:
    """A signed percentage.

    >>> growth("-7%"), growth("+1.5%")
    (Decimal('-7'), Decimal('1.5'))
    """
    found = _PERCENT.fullmatch(text.translate(_SIGNS))
    if not found:
        raise UnreadableError(f"“{text}” is not a percentage like 10% or -7%")
    return Decimal(found[1] + found[2])


def whole_percent(text: str) -> int:
    """A percentage without sign or decimals.

    >>> whole_percent("11%")
    11
    """
    found = re.fullmatch(r"(\d{1,6})%", text)
    if not found:
        raise UnreadableError(f"“{text}” is not a whole percentage like 11%")
    return _of_hundred(int(found[1]), text)


def count(text: str) -> int:
    """A number of jobs.

    >>> count("160,368"), count("950")
    (160368, 950)
    """
    if not _COUNT.fullmatch(text):
        raise UnreadableError(f"“{text}” is not a count like 160,368")
    return _whole(text)


def age(text: str) -> int:
    """Years of age.

    >>> age("42")
    42
    """
    if not re.fullmatch(r"[1-9]\d", text):
        raise UnreadableError(f"“{text}” is not an age like 42")
    return int(text)


def years(text: str) -> int:
    """Years of experience, as published: the upper end of a band.

    >>> years("12")
    12
    """
    if not re.fullmatch(r"[1-9]\d?", text):
        raise UnreadableError(f"“{text}” is not a number of years like 2 or 12")
    return int(text)


def satisfaction(text: str) -> Decimal:
    """A rating from 0 to 5 with at most two decimals.

    >>> satisfaction("4.25")
    Decimal('4.25')
    """
    if not re.fullmatch(r"\d{1,2}(?:\.\d{1,2})?", text):
        raise UnreadableError(f"“{text}” is not a rating from 0 to 5")
    if Decimal(text) > 5:
        raise OutOfBoundsError(f"“{text}” is above 5, the highest rating")
    return Decimal(text)


def span_of_pay(text: str) -> tuple[int, int]:
    """Both ends of a pay range, USD a year.

    >>> span_of_pay("Between $64,000 And $104,000")
    (64000, 104000)
    """
    found = _BETWEEN.fullmatch(text)
    if not found:
        raise UnreadableError(f"“{text}” is not a range like Between $64,000 And $104,000")
    return money(found[1]), money(found[2])


def name(text: str) -> str:
    """A name as published: a city, a company, a college.

    >>> name("Stanford University")
    'Stanford University'

    What only says that there is none is no name; the publisher's own word for that is "-".

    >>> name("N/A")
    Traceback (most recent call last):
    ingest.parsing.cells.UnreadableError: “N/A” is not a name
    """
    if not any(map(str.isalnum, text)) or key_of(text) in _NO_NAMES:
        raise UnreadableError(f"“{text}” is not a name")
    return text


def share(text: str) -> tuple[str, int]:
    """A name with its percentage.

    >>> share("Bachelor's Degree, 59%")
    ("Bachelor's Degree", 59)
    """
    found = _SHARE.fullmatch(text)
    if not found:
        raise UnreadableError(f"“{text}” is not a name with a share like Bachelor's Degree, 59%")
    return found[1], _of_hundred(int(found[2]), text)


def block(text: str, labels: Sequence[str]) -> tuple[Decimal | None, ...]:
    """The percentages of a block, in the order of `labels`; a label that is absent is None.

    >>> block("Male, 72.1% Female, 27.9%", ("male", "female"))
    (Decimal('72.1'), Decimal('27.9'))
    """
    values: dict[str, Decimal] = {}
    at = 0
    while at < len(text):
        found = _BLOCK_ENTRY.match(text, at)
        label = key_of(found[1]) if found else ""
        if not found or label not in labels or label in values:
            raise UnreadableError(f"“{text}” is not a list of shares of {', '.join(labels)}")
        values[label] = _of_hundred(Decimal(found[2]), text)
        at = found.end()
    return tuple(values.get(label) for label in labels)


def months(text: str) -> tuple[int | None, int | None]:
    """A span of time as months; None is an open end.

    >>> months("6-8 years"), months("6-12 months"), months("More than 10 years")
    ((72, 96), (6, 12), (120, None))
    """
    found = _SPAN.fullmatch(text.strip())
    if not found:
        raise UnreadableError(f"“{text}” is not a span of time like 1-2 years")
    low, high, bound, single, plus, unit = found.groups()
    each = 12 if unit.lower() == "year" else 1
    if low:
        if int(low) > int(high):
            raise UnreadableError(f"“{text}” runs backwards")
        return int(low) * each, int(high) * each
    if (bound or "").lower() in ("less than", "under"):
        return None, int(single) * each
    return int(single) * each, None if bound or plus else int(single) * each
