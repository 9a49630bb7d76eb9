"""Bounds: which values the columns of the database can hold."""

import math
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from django.db import models
from django.utils import timezone

# Growth has no bounds, and an error can be larger than what it is the error of.
UNBOUNDED = frozenset({"growth_percent", "relative_error_percent"})
FIRST_CAPTURE = date(1995, 1, 1)  # before it no publisher had such pages


def storable(text: str) -> str:
    r"""The text without what PostgreSQL or UTF-8 refuse: NUL and halves of characters.

    >>> storable("a\x00b\ud800")
    'a�b�'
    """
    if "\x00" not in text and (text.isascii() or _is_whole(text)):
        return text
    return "".join("\ufffd" if sign == "\x00" or "\ud800" <= sign <= "\udfff" else sign for sign in text)


def _is_whole(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def fits(table: type[models.Model], field: str, value: Any) -> bool:
    """Whether a column can hold a value, by its type, its length and its bounds.

    >>> from careers.models import Outlook, RoleSkill
    >>> fits(RoleSkill, "percent", 100), fits(RoleSkill, "percent", 101)
    (True, False)
    >>> fits(Outlook, "satisfaction", Decimal("4.25")), fits(Outlook, "satisfaction", Decimal("4.255"))
    (True, False)
    """
    return _test_of(table, field)(value)


@cache
def _test_of(table: type[models.Model], name: str) -> Callable[[Any], bool]:
    """SQLite stores nearly anything and PostgreSQL refuses much: one answer before both."""
    field = table._meta.get_field(name)
    if isinstance(field, models.CharField | models.TextField):
        longest = field.max_length
        return lambda text: storable(text) == text and (longest is None or len(text) <= longest)
    low, high = -math.inf, math.inf
    if isinstance(field, models.PositiveSmallIntegerField):
        low, high = 0, 32_767
    elif isinstance(field, models.PositiveIntegerField):
        low, high = 0, 2_147_483_647
    if name.endswith("percent") and name not in UNBOUNDED:
        low, high = 0, 100
    elif name == "satisfaction":
        low, high = 0, 5
    if not isinstance(field, models.DecimalField):
        return lambda number: low <= number <= high
    places = field.decimal_places
    most = Decimal(10) ** (field.max_digits - places)
    smallest = Decimal(1).scaleb(-places)
    return lambda number: (
        number.is_finite() and low <= number <= high and abs(number) < most and number == number.quantize(smallest)
    )


def can_be_captured_on(day: date) -> bool:
    """Whether pages can have been saved on a day: a date from the future would hide all real ones."""
    return FIRST_CAPTURE <= day <= timezone.localdate() + timedelta(days=1)


def is_web_address(text: str) -> bool:
    """Whether a text can be linked to: of http or https, with a host, without blanks.

    >>> is_web_address("https://example.org/a?b=c"), is_web_address("javascript:alert(1)")
    (True, False)
    """
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not any(map(str.isspace, text))
