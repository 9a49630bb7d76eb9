"""Facts in words, for the screens of people who load pages: values, and how a value was read."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from careers.vocabulary import HOW, MONTHS, PERCENT, TOO_HIGH, USD_A_YEAR, USD_AN_HOUR, unit_of


def words(key: str, value: Any) -> str:
    """A value as people write it.

    >>> words("salary.annual_low", 67000), words("salary.hourly_average", Decimal("38.30"))
    ('$67,000', '$38.30')
    >>> words("outlook.growth_percent", Decimal("10.00")), words("entry.months_low", 6)
    ('10%', '6 months')
    >>> words("education.degree", None), words("skills", ["a", "b"])
    ('nothing', '2 entries')
    """
    if value is None:
        return "nothing"
    if isinstance(value, list | tuple):
        return f"{len(value)} {'entry' if len(value) == 1 else 'entries'}"
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return str(value)
    unit, number = unit_of(key), f"{value:,}"
    if "." in number and unit != USD_AN_HOUR:
        number = number.rstrip("0").rstrip(".")
    if unit in (USD_A_YEAR, USD_AN_HOUR):
        return f"${number}"
    if unit == PERCENT:
        return f"{number}%"
    return f"{number} months" if unit == MONTHS else number


def place_of(evidence: Mapping[str, Any]) -> str:
    """Where a value stands.

    >>> place_of({"line": 12}), place_of({"line": 12, "column": "A_MEAN"}), place_of({})
    ('line 12', 'row 12, column A_MEAN', '')
    """
    if "line" not in evidence:
        return ""
    column = evidence.get("column")
    return f"row {evidence['line']}, column {column}" if column else f"line {evidence['line']}"


def how_read(evidence: Mapping[str, Any], made: Any = None) -> str:
    """How a value was read, in words; of one that a person chose, who and when."""
    if evidence.get("missing") == "too-high":
        return TOO_HIGH
    if evidence.get("how") == "chosen" and isinstance(made, dict) and made.get("by"):
        return f"chosen by {made['by']} on {made.get('on', '')}"
    return HOW.get(evidence.get("how", ""), "")


_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)


def shown(text: str) -> str:
    """A text with its invisible characters spelled out, for these could mislead whoever looks at it.

    >>> print(shown("pay \u202e000,93$ now"))
    pay ⟨U+202E⟩000,93$ now
    """
    return _UNSEEN.sub(lambda sign: f"⟨U+{ord(sign[0]):04X}⟩", text).encode("utf-8", "replace").decode()
