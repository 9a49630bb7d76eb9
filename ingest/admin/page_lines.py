"""The lines of a page as they are, marked with what was read from them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ingest.admin.role_reviews import RoleReview
from ingest.admin.wording import reveal_invisible
from ingest.documents.document import read_document
from ingest.parsing.cells import UnreadableError

MOST_LINES = 3_000  # on one screen; a real page has some 300
LONGEST_LINE = 3_000  # characters
NAMED_VALUES = 6  # of one line; of the rest, only their number is shown


@dataclass(slots=True)
class RawLine:
    """One line of a page as it is. `values`: (anchor, name) of what was read from it.

    `first`: it is the first with its number; one line of a saved HTML file can hold several.
    """

    number: int
    text: str
    first: bool = True
    values: list[tuple[str, str]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    unread: bool = False

    @property
    def unnamed(self) -> int:
        return max(0, len(self.values) - NAMED_VALUES)


def read_raw_lines(name: str, content: bytes, places: Iterable[tuple[int, str]]) -> list[RawLine]:
    """The lines or rows of a page that are not blank; for a file that cannot be read as a page, those of its text.

    `places`: (line, raw text) of what was read, which tells the sheets of a workbook apart.
    """
    lines = []
    last = 0
    for number, text in _number_lines(name, content, places)[:MOST_LINES]:
        lines.append(RawLine(number, reveal_invisible(text[:LONGEST_LINE]), first=number != last))
        last = number
    return lines


def list_places(roles: Iterable[RoleReview]) -> list[tuple[int, str]]:
    """(line, raw text) of what was read for these roles."""
    places = []
    for role in roles:
        for group in role.groups:
            places += [(value.line, value.raw) for value in group.values]
    return places


def _number_lines(name: str, content: bytes, places: Iterable[tuple[int, str]]) -> list[tuple[int, str]]:
    try:
        document = read_document(name, content)
    except UnreadableError:
        if content.count(0) or content.startswith((b"PK", b"%PDF")):
            return []
        text = content[:200_000].decode("utf-8", "replace")
        return [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    if table := document.table_with(places):
        return [(number, " | ".join(cells)) for number, cells in [(table.head_row, table.columns), *table.rows]]
    return [(line.number, line.raw) for line in document.lines]


def mark_lines(
    lines: Iterable[RawLine],
    roles: Iterable[RoleReview],
    warnings: Iterable[Mapping[str, Any]],
    unread: Iterable[Mapping[str, Any]],
) -> None:
    """Note on each line what was read from it, what is doubtful about it, and whether nothing was read from it."""
    line_of = {line.number: line for line in lines if line.first}
    for role in roles:
        _mark_values(line_of, role)
    for warning in warnings:
        line = line_of.get(warning["line"])
        if line and warning["message"] not in line.warnings:
            line.warnings.append(warning["message"])
    for entry in unread:
        if line := line_of.get(entry["line"]):
            line.unread = True


def _mark_values(line_of: Mapping[int, RawLine], review: RoleReview) -> None:
    for group in review.groups:
        for value in group.values:
            if line := line_of.get(value.line):
                line.values.append((value.id, f"{review.title}: {value.label or value.text}"))
