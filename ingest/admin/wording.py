"""Facts in words, for the screens of people who load pages: values, and how they were read."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from careers import vocabulary
from ingest.documents.decoding import INVISIBLE
from ingest.parsing.list_choices import read_entry_field
from ingest.plurals import count_of

# How pages are built -> what people call them.
_KINDS_OF_PAGES = {
    "pipe": "two roles, cells between bars",
    "run-together": "two roles, cells run together",
    "guide": "guide to one role",
    "table": "official table",
    "plain-table": "plain table of roles",
}


def name_kind_of_page(layout: str) -> str:
    """What a layout is called on screens; the stored name of one that this version does not know.

    >>> name_kind_of_page("pipe"), name_kind_of_page("columns")
    ('two roles, cells between bars', 'columns')
    """
    return _KINDS_OF_PAGES.get(layout, layout)


def get_field_label(field: str) -> str:
    """The label of what a person can choose: a value, or an entry of a list.

    >>> get_field_label("salary.annual_median"), get_field_label("duties@14.1")
    ('Median pay a year', 'Duties, line 14')
    """
    place = read_entry_field(field)
    return f"{vocabulary.label_of(place.group)}, line {place.line}" if place else vocabulary.label_of(field)


def format_value(key: str, value: Any) -> str:
    """The value of a vocabulary key as people write it.

    >>> format_value("salary.annual_low", 67000), format_value("salary.hourly_average", Decimal("38.30"))
    ('$67,000', '$38.30')
    >>> format_value("outlook.growth_percent", Decimal("10.00")), format_value("entry.months_low", 6)
    ('10%', '6 months')
    >>> format_value("education.degree", None), format_value("skills", ["a", "b"])
    ('nothing', '2 entries')
    """
    if value is None:
        return "nothing"
    if isinstance(value, list | tuple):
        return count_of(len(value), "entry", "entries")
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return str(value)
    unit = vocabulary.unit_of(key)
    number = str(value) if unit == "year" else f"{value:,}"
    if "." in number and unit != vocabulary.USD_AN_HOUR:
        number = number.rstrip("0").rstrip(".")
    patterns = {
        vocabulary.USD_A_YEAR: "${}",
        vocabulary.USD_AN_HOUR: "${}",
        vocabulary.PERCENT: "{}%",
        vocabulary.MONTHS: "{} months",
    }
    return patterns.get(unit, "{}").format(number)


def describe_place(evidence: Mapping[str, Any]) -> str:
    """Where on its page a value stands.

    >>> describe_place({"line": 12}), describe_place({"line": 12, "column": "A_MEAN"}), describe_place({})
    ('line 12', 'row 12, column A_MEAN', '')
    """
    if "line" not in evidence:
        return ""
    column = evidence.get("column")
    return f"row {evidence['line']}, column {column}" if column else f"line {evidence['line']}"


def describe_reading(evidence: Mapping[str, Any], choice: Mapping[str, Any] | None) -> str:
    """How a value was read. `choice`: its entry in `Page.choices`, which says who chose it and when."""
    if evidence.get("missing") in vocabulary.MISSING_TEXTS:
        return vocabulary.MISSING_TEXTS[evidence["missing"]]
    if evidence.get("how") == "chosen" and choice and choice["by"]:
        return f"chosen by {choice['by']} on {choice['on']}"
    parts = [vocabulary.write_reading(evidence.get("how", ""), evidence.get("mean_of") or 0)]
    if evidence.get("wider_group"):
        parts.append(vocabulary.of_wider_group(evidence["wider_group"]))
    return "; ".join(filter(None, parts))


def reveal_invisible(text: str) -> str:
    """A text with its invisible characters spelled out, because these can mislead the people who read it.

    >>> print(reveal_invisible("pay \u202e000,93$ now"))
    pay ⟨U+202E⟩000,93$ now
    """
    return INVISIBLE.sub(lambda match: f"⟨U+{ord(match[0]):04X}⟩", text).encode("utf-8", "replace").decode()
