"""Values as CSV, safe to open in a spreadsheet."""

import csv
from collections.abc import Sequence
from io import StringIO

from comparisons.exports.exported_values import ExportedValue

# Spreadsheets run cells that begin like this as formulas; some treat the wide characters of East Asia alike.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")


def write_csv(values: Sequence[ExportedValue]) -> str:
    """RFC 4180, a row per value. The byte order mark in front tells spreadsheets that the text is UTF-8."""
    file = StringIO()
    file.write("\N{ZERO WIDTH NO-BREAK SPACE}")
    writer = csv.writer(file)
    writer.writerow(ExportedValue._fields)
    writer.writerows([write_csv_cell(cell) for cell in value] for value in values)
    return file.getvalue()


def write_csv_cell(value: float | str | bool | None) -> str | float:
    """Numbers stay numbers. A text that a spreadsheet would run as a formula gets an apostrophe in front.

    >>> [write_csv_cell(value) for value in (-7, "-7", "=1+1", "plain", None, True)]
    [-7, "'-7", "'=1+1", 'plain', '', 'true']
    """
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return write_plain_text(value) if value is None or isinstance(value, bool) else value


def write_plain_text(value: float | str | bool | None) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)
