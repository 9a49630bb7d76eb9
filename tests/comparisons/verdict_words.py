"""Findings, takeaways and the verdict on some roles as plain text."""

from collections.abc import Sequence

from comparisons.comparison import Comparison
from comparisons.language.parts import Part
from comparisons.language.verdict import find_takeaway, write_verdict
from comparisons.queries.current_role import CurrentRole
from comparisons.rows import LETTERS, MARKERS
from tests.comparisons.made_roles import compare_roles

_MARKER_OF = dict(zip(LETTERS, MARKERS, strict=True))


def join_parts(words: Sequence[Part] | None) -> str:
    """The text of a finding or a takeaway."""
    return "".join([part.text for part in words or ()])


def write_with_markers(parts: Sequence[Part]) -> str:
    """The text with the marker of each role before the words that belong to it."""
    return "".join([f"{_MARKER_OF[part.letter]} {part.text}" if part.letter else part.text for part in parts])


def read_verdict(*roles: CurrentRole) -> str:
    return " ".join(write_with_markers(sentence) for sentence in write_verdict(compare_roles(*roles)).sentences)


def read_toss_up(*roles: CurrentRole) -> str:
    sentence = write_verdict(compare_roles(*roles)).toss_up
    return write_with_markers(sentence) if sentence else ""


def read_rules(*roles: CurrentRole) -> str:
    return write_verdict(compare_roles(*roles)).rules


def read_takeaway(comparison: Comparison, key: str) -> str:
    """What follows from a row of the overview, with its note after a slash; "" for nothing."""
    shown = find_takeaway(comparison, key)
    if shown is None:
        return ""
    words = write_with_markers(shown.parts)
    return f"{words} / {shown.note}" if shown.note else words
