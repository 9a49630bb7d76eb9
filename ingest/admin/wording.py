"""Facts in words, for the screens of people who load pages: labels, values, how a value was read."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

GROUP_NAMES = {
    "salary": "Pay",
    "outlook": "Jobs and outlook",
    "preparation": "Getting in",
    "demographics": "Who does this work",
    "profile": "In words",
    "skills": "Skills",
    "duties": "Duties",
    "sections": "Sections",
}

HOW = {
    "cell": "in a cell of its own",
    "sentence": "named in a sentence",
    "shape": "two cells run together; only one way to part them",
    "cross-reference": "two cells run together; another place names this reading",
    "known-name": "two cells run together; both names are known",
    "boundary": "two cells run together; parted by spelling alone",
    "labelled": "beside its label",
    "listed": "an entry of a list",
    "text": "text as published",
    "chosen": "chosen by a person",
    "unread": "not read for certain",
}

_LABELS = {
    "salary.annual_average": "Average pay a year",
    "salary.hourly_average": "Average pay an hour",
    "salary.annual_low": "Pay range, from",
    "salary.annual_high": "Pay range, to",
    "salary.top_city": "Best paid city",
    "salary.top_state": "Best paid state",
    "salary.top_company": "Best paying company",
    "salary.top_industry": "Best paying industry",
    "salary.annual_entry": "Pay at entry",
    "salary.annual_mid": "Pay in mid-career",
    "salary.annual_senior": "Pay of seniors",
    "salary.relative_error_percent": "Error of the pay figures",
    "outlook.growth_percent": "Growth",
    "outlook.job_count": "Number of jobs",
    "outlook.satisfaction": "Job satisfaction",
    "outlook.relative_error_percent": "Error of the job figures",
    "entry.months_low": "Time to enter, from",
    "entry.months_high": "Time to enter, to",
    "education.degree_percent": "Share with that degree",
    "demographics.lgbt_percent": "LGBT",
}
_PERCENTILE = re.compile(r"(annual|hourly)_(?:p(\d\d)|(median))")


def label_of(key: str) -> str:
    """What a vocabulary key is called.

    >>> label_of("salary.annual_p10"), label_of("demographics.race.black_percent"), label_of("education.degree")
    ('10th percentile a year', 'Black', 'Degree')
    """
    if key in _LABELS:
        return _LABELS[key]
    name = key.rpartition(".")[2]
    if match := _PERCENTILE.fullmatch(name):
        per = "a year" if match[1] == "annual" else "an hour"
        return f"Median {per}" if match[3] else f"{match[2]}th percentile {per}"
    return name.removesuffix("_percent").replace("_", " ").capitalize()


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
    name = key.rpartition(".")[2]
    number = f"{value:,}"
    if "." in number and not name.startswith("hourly"):
        number = number.rstrip("0").rstrip(".")
    if name.startswith(("annual_", "hourly_")):
        return f"${number}"
    if name.endswith("percent"):
        return f"{number}%"
    return f"{number} months" if name.startswith("months_") else number


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
        return "too high to publish"
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
