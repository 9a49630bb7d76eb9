"""Numbers as JSON has them."""

from decimal import Decimal
from typing import Any


def number(value: Any) -> Any:
    """A plain JSON number for a decimal, whole where it is whole; anything else as it is.

    >>> number(Decimal("43.56")), number(Decimal("10.00")), number("text"), number(None)
    (43.56, 10, 'text', None)
    """
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value
