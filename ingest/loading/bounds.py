"""Decide which values the columns of the database can hold."""

import math
import re
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from django.db import models
from django.utils import timezone

from careers.vocabulary import BOUNDS

# Groups whose columns all hold percentages or percentile ranks.
_SHARES = frozenset({"attainment", "skillranks"})
# Percentages without bounds: growth, and an error that can be larger than the figure itself.
UNBOUNDED = frozenset({"growth_percent", "relative_error_percent"})
FIRST_CAPTURE = date(1995, 1, 1)  # no publisher had such pages before
_REFUSED = re.compile("[\x00\ud800-\udfff]")


def make_storable(text: str) -> str:
    r"""The text without NUL and lone surrogates, which PostgreSQL and UTF-8 refuse.

    >>> make_storable("a\x00b\ud800")
    'a�b�'
    """
    if "\x00" not in text and (text.isascii() or _is_whole(text)):
        return text
    return _REFUSED.sub("\ufffd", text)


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
    return _make_fit_test(table, field)(value)


@cache
def _make_fit_test(table: type[models.Model], name: str) -> Callable[[Any], bool]:
    """The test of values for one column. SQLite stores nearly anything, so it is as strict as PostgreSQL."""
    field = table._meta.get_field(name)
    if isinstance(field, models.CharField | models.TextField):
        longest = field.max_length or math.inf
        return lambda text: make_storable(text) == text and len(text) <= longest
    low, high = _find_bounds(field)
    if not isinstance(field, models.DecimalField):
        return lambda number: low <= number <= high
    limit = Decimal(10) ** (field.max_digits - field.decimal_places)
    smallest = Decimal(1).scaleb(-field.decimal_places)

    def fits_decimals(number: Decimal) -> bool:
        if not number.is_finite() or not low <= number <= high:
            return False
        return abs(number) < limit and number == number.quantize(smallest)

    return fits_decimals


def _find_bounds(field: Any) -> tuple[float, float]:
    """The lowest and the highest number that a field takes."""
    is_share = field.name.endswith("percent") or field.model._meta.model_name in _SHARES
    if is_share and field.name not in UNBOUNDED:
        return 0, 100
    if field.name in BOUNDS:
        return BOUNDS[field.name]
    if isinstance(field, models.PositiveSmallIntegerField):
        return 0, 32_767
    if isinstance(field, models.PositiveIntegerField):
        return 0, 2_147_483_647
    return -math.inf, math.inf


def can_be_captured_on(day: date) -> bool:
    """Whether pages can have been saved on a day. A date in the future would hide all pages with a real one."""
    return FIRST_CAPTURE <= day <= timezone.localdate() + timedelta(days=1)


def is_web_address(text: str) -> bool:
    """Whether a text can be a link: http or https, with a host, without blanks.

    >>> is_web_address("https://example.org/a?b=c"), is_web_address("javascript:alert(1)")
    (True, False)
    """
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not any(map(str.isspace, text))
