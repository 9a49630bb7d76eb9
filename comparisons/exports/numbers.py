"""Numbers as JSON has them."""

from datetime import date
from decimal import Decimal
from typing import Any


def simplify_number(value: Any) -> Any:
    """A plain JSON number for a decimal, whole where it is whole; anything else as it is.

    >>> simplify_number(Decimal("43.56")), simplify_number(Decimal("10.00")), simplify_number("text")
    (43.56, 10, 'text')
    """
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def simplify_value(value: Any) -> Any:
    """A month for a day, and otherwise what `simplify_number` gives.

    >>> from decimal import Decimal
    >>> simplify_value(date(2024, 5, 1)), simplify_value(Decimal("10.00")), simplify_value("text")
    ('2024-05', 10, 'text')
    """
    return f"{value:%Y-%m}" if isinstance(value, date) else simplify_number(value)
