"""Text -> value: the readers of single cells.

Every reader takes the text of a cell and returns a value, or raises `UnreadableError` with the
text quoted. Callers handle "-" (not published) before they call a reader: see `is_missing`.
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import TypeVar

from careers.spelling import fold_spelling


class UnreadableError(ValueError):
    """The text or file cannot be read. The message tells people what is wrong and what to do."""


class OutOfBoundsError(UnreadableError):
    """The text is a figure, but an impossible one: a share of 111 %, a rating of 6.5."""


# A dash of any kind in a cell means "not published".
DASHES = frozenset("-\u2010\u2011\u2012\u2013\u2014\u2212")
# The minus sign and the en dash stand for a minus before a figure.
_MINUS_SIGNS = str.maketrans({"\u2212": "-", "\u2013": "-"})

_LEAST_PAY = 1_000  # US dollars a year; less is pay by the hour, or the beginning of an amount
_MOST_AN_HOUR = 1_000  # US dollars; more is pay by the year
DOLLARS = r"(?:US)?\$"  # the pattern of the sign before an amount
_MONEY = re.compile(DOLLARS + r"(\d{1,3}(?:,\d{3}){1,2}|\d{1,9})(?:\.00)?")
_RATE = re.compile(DOLLARS + r"(\d{1,3},\d{3}|\d{1,6})(\.\d{1,2})?")
_PERCENT = re.compile(r"([+-]?)(\d{1,6}(?:\.\d{1,4})?) ?%")
_WHOLE_PERCENT = re.compile(r"(\d{1,6}) ?%")
_AGE = re.compile(r"[1-9]\d")
_YEARS = re.compile(r"[1-9]\d?")
_RATING = re.compile(r"\d{1,2}(?:\.\d{1,2})?")
_COUNT = re.compile(r"0|[1-9]\d{0,2}(?:,\d{3}){1,3}|[1-9]\d{0,9}")
_BETWEEN = re.compile(
    rf"(?:between )?({DOLLARS}[\d,]+)(?: and | to |\s?[-\u2013\u2014]\s?)({DOLLARS}[\d,]+)", re.IGNORECASE
)
_FIGURE = re.compile(r"[+-]?(?:US\$|[$€£])?\d[\d,.]*%?")
_SHARE = re.compile(r"(.*\S),\s*(\d{1,3}) ?%")
_SHARES_ENTRY = re.compile(r"\s*([A-Za-z][A-Za-z ]*?),\s*(\d{1,3}(?:\.\d+)?) ?%")
_SPAN = re.compile(
    r"(?:(\d{1,3})(?:\s?[-\u2013]\s?| to )(\d{1,3})|(more than|over|less than|under)? ?(\d{1,3})(\+?))"
    r" (year|month)s?",
    re.IGNORECASE,
)


WORDS_FOR_NONE = frozenset(
    "n/a|na|n.a.|nan|none|null|nil|tbd|unknown|undisclosed|not available|not published|not disclosed|not known".split(
        "|"
    )
)
_ERROR_OF_SPREADSHEET = re.compile(r"#(?:N/A|[A-Z][A-Z0-9/]*[!?])")  # #DIV/0!, #NAME?, #REF! and others
_NOTE_MARK = re.compile(r"(?:\[\w{1,3}\]|[*\u2020\u2021\xa7\xb9\xb2\xb3])$")  # as in "Ohio [1]" and "Ohio*"

# At the end of a head: marks of notes, and the arrows and pens of tables that can be sorted or changed. At most nine: a
# search for any number of them takes as long as a long head squared.
_MARKS_OF_HEAD = re.compile(
    r"(?: ?(?:\[(?:\d{1,2}|[a-z])\]|"
    r"[*\u2020\u2021\xa7\xb9\xb2\xb3\u2070\u2074-\u2079\u2190-\u21ff\u24d8\u25b2-\u25bf\u270e\u270f])){1,9}$"
)

_NON_LETTERS = re.compile("[^a-z]+")

SOC_CODE = re.compile(r"\d\d-\d{4}", re.ASCII)


def letters_of(text: str) -> str:
    """Only the letters a to z: the form for comparing headings, which may begin with a damaged emoji.

    >>> letters_of("πŸ Work-Life Balance & Stress")
    'worklifebalancestress'
    """
    return _NON_LETTERS.sub("", text.casefold())


def drop_marks(head: str) -> str:
    """The head of a column without the marks at its end.

    >>> drop_marks("Baker [1]"), drop_marks("Baker*\u2191"), drop_marks("Cook:"), drop_marks("Nurse [RN]")
    ('Baker', 'Baker', 'Cook', 'Nurse [RN]')
    """
    return _MARKS_OF_HEAD.sub("", head).removesuffix(":").rstrip()


def is_missing(text: str) -> bool:
    """Whether a cell says "not published".

    >>> is_missing("-"), is_missing("-5%")
    (True, False)
    """
    return text in DASHES


_Figure = TypeVar("_Figure", int, Decimal)


def _check_share(share: _Figure, text: str) -> _Figure:
    """The share itself. Raises OutOfBoundsError if it is above 100."""
    if share > 100:
        raise OutOfBoundsError(f"“{text}” is above 100 %")
    return share


def _read_whole_number(text: str) -> int:
    return int(text.replace(",", ""))


def match_cell(pattern: re.Pattern[str], text: str, expected: str) -> re.Match[str]:
    """The text of a whole cell by its pattern. Raises UnreadableError with what was expected."""
    match = pattern.fullmatch(text)
    if match is None:
        raise UnreadableError(f"“{text}” is not {expected}")
    return match


def read_money(text: str) -> int:
    """Whole US dollars a year.

    >>> read_money("$90,615"), read_money("US$90,615")
    (90615, 90615)
    """
    amount = _read_whole_number(match_cell(_MONEY, text, "an amount like $90,615")[1])
    if amount < _LEAST_PAY:
        raise OutOfBoundsError(f"“{text}” is too little for a year")
    return amount


def read_rate(text: str) -> Decimal:
    """US dollars and cents an hour.

    >>> read_rate("$38.30")
    Decimal('38.30')
    """
    match = match_cell(_RATE, text, "an hourly amount like $38.30")
    rate = Decimal(match[1].replace(",", "") + (match[2] or ""))
    if rate > _MOST_AN_HOUR:
        raise OutOfBoundsError(f"“{text}” is too much for an hour")
    return rate


def read_growth(text: str) -> Decimal:
    """A signed percentage.

    >>> read_growth("-7%"), read_growth("+1.5%")
    (Decimal('-7'), Decimal('1.5'))
    """
    match = match_cell(_PERCENT, text.translate(_MINUS_SIGNS), "a percentage like 10% or -7%")
    return Decimal(match[1] + match[2])


def read_whole_percent(text: str) -> int:
    """A percentage without sign or decimals.

    >>> read_whole_percent("11%")
    11
    """
    return _check_share(int(match_cell(_WHOLE_PERCENT, text, "a whole percentage like 11%")[1]), text)


def read_count(text: str) -> int:
    """A number of jobs.

    >>> read_count("160,368"), read_count("950")
    (160368, 950)
    """
    return _read_whole_number(match_cell(_COUNT, text, "a count like 160,368")[0])


def read_age(text: str) -> int:
    """Years of age.

    >>> read_age("42")
    42
    """
    return int(match_cell(_AGE, text, "an age like 42")[0])


def read_years(text: str) -> int:
    """Years of experience as published: the upper end of a band.

    >>> read_years("12")
    12
    """
    return int(match_cell(_YEARS, text, "a number of years like 2 or 12")[0])


def read_satisfaction(text: str) -> Decimal:
    """A rating from 0 to 5 with at most two decimals.

    >>> read_satisfaction("4.25")
    Decimal('4.25')
    """
    rating = Decimal(match_cell(_RATING, text, "a rating from 0 to 5")[0])
    if rating > 5:
        raise OutOfBoundsError(f"“{text}” is above 5, the highest rating")
    return rating


def read_pay_range(text: str) -> tuple[int, int]:
    """Both ends of a pay range, USD a year.

    >>> read_pay_range("Between $64,000 And $104,000")
    (64000, 104000)
    >>> read_pay_range("$64,000 – $104,000")
    (64000, 104000)
    """
    match = match_cell(_BETWEEN, text, "a range like Between $64,000 And $104,000")
    return read_money(match[1]), read_money(match[2])


def names_something(text: str) -> bool:
    """Whether a cell of a table holds a name; marks, figures and errors of a spreadsheet are none.

    >>> names_something("C#"), names_something("**"), names_something("#N/A"), names_something("")
    (True, False, False, False)
    """
    return text[:1] != "#" and any(map(str.isalpha, text))


def is_error_of_spreadsheet(text: str) -> bool:
    """
    >>> is_error_of_spreadsheet("#DIV/0!"), is_error_of_spreadsheet("#N/A"), is_error_of_spreadsheet("#1 Diner")
    (True, True, False)
    """
    return _ERROR_OF_SPREADSHEET.fullmatch(text) is not None


def read_name(text: str) -> str:
    """A name as published: a city, a company, a college.

    >>> read_name("Stanford University")
    'Stanford University'

    Words that mean "none" are not a name; the publisher writes "-" instead.

    >>> read_name("N/A")
    Traceback (most recent call last):
    ingest.parsing.cells.UnreadableError: “N/A” is not a name

    A dash before a name is what is left of another cell.

    Nor are figures, which stand in another row, and errors of a spreadsheet. What the mark of a note belongs to is for
    a person to say.

    >>> read_name("$84,000")
    Traceback (most recent call last):
    ingest.parsing.cells.UnreadableError: “$84,000” is not a name
    """
    is_word = any(map(str.isalnum, text)) and fold_spelling(text) not in WORDS_FOR_NONE
    is_other = text[:1] in DASHES or _FIGURE.fullmatch(text) or is_error_of_spreadsheet(text)
    if not is_word or is_other or _NOTE_MARK.search(text):
        raise UnreadableError(f"“{text}” is not a name")
    return text


def read_share(text: str) -> tuple[str, int]:
    """A name with its percentage.

    >>> read_share("Bachelor's Degree, 59%")
    ("Bachelor's Degree", 59)
    """
    match = match_cell(_SHARE, text, "a name with a share like Bachelor's Degree, 59%")
    return match[1], _check_share(int(match[2]), text)


def read_shares(text: str, labels: Sequence[str]) -> tuple[Decimal | None, ...]:
    """The percentages of a list of shares, in the order of `labels`; None for a label that is absent.

    >>> read_shares("Male, 72.1% Female, 27.9%", ("male", "female"))
    (Decimal('72.1'), Decimal('27.9'))
    """
    values: dict[str, Decimal] = {}
    position = 0
    while position < len(text):
        match = _SHARES_ENTRY.match(text, position)
        label = fold_spelling(match[1]) if match else ""
        if not match or label not in labels or label in values:
            raise UnreadableError(f"“{text}” is not a list of shares of {', '.join(labels)}")
        values[label] = _check_share(Decimal(match[2]), text)
        position = match.end()
    return tuple(values.get(label) for label in labels)


def read_months(text: str) -> tuple[int | None, int | None]:
    """Both ends of a span of time in months; None for an open end.

    >>> read_months("6 to 8 years"), read_months("6-12 months"), read_months("More than 10 years")
    ((72, 96), (6, 12), (120, None))
    """
    match = match_cell(_SPAN, text.strip(), "a span of time like 1-2 years")
    low, high, bound, number, plus, unit = match.groups()
    if any(digits and digits[0] == "0" != digits for digits in (low, high, number)):
        raise UnreadableError(f"“{text}” has a number that begins with 0, as one that lost a digit does")
    months = 12 if unit.lower() == "year" else 1
    if low:
        if int(low) > int(high):
            raise UnreadableError(f"“{text}” runs backwards")
        return int(low) * months, int(high) * months
    span = int(number) * months
    if (bound or "").lower() in ("less than", "under"):
        return None, span
    return span, None if bound or plus else span
