"""Findings, takeaways and the verdict on some roles as plain text."""

from collections.abc import Sequence

from comparisons.comparison import Comparison
from comparisons.language.parts import Part
from comparisons.language.verdict import find_takeaway, write_verdict
from comparisons.queries.current_role import CurrentRole
from tests.comparisons.made_roles import made


def join_parts(words: Sequence[Part] | None) -> str:
    """The text of a finding or a takeaway."""
    return "".join([part.text for part in words or ()])


def read_verdict(*roles: CurrentRole) -> str:
    return " ".join(sentence.text for sentence in write_verdict(made(*roles)).sentences)


def read_toss_up(*roles: CurrentRole) -> str:
    sentence = write_verdict(made(*roles)).toss_up
    return sentence.text if sentence else ""


def read_rules(*roles: CurrentRole) -> str:
    return write_verdict(made(*roles)).rules


def read_takeaway(comparison: Comparison, key: str) -> str:
    """What follows from a row of the overview, with its note after a slash; "" for nothing."""
    shown = find_takeaway(comparison, key)
    if shown is None:
        return ""
    words = "".join(f"{part.marker} {part.text}" if part.marker else part.text for part in shown.parts)
    return f"{words} / {shown.note}" if shown.note else words
