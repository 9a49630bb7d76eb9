"""Pairs: one question, a line for each role on one axis, and the takeaway."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from comparisons.charts.lanes import Lane
from comparisons.comparison import Cell, Comparison, ComparisonLine, Side
from comparisons.language.verdict import Takeaway


class PairLine(NamedTuple):
    """One role in the row. `leads`: its figure is the one that the row names. `origin`: the anchor of the note on its
    origin. `lane`: its drawing; None where it has words instead, which then have the room."""

    letter: str
    name: str
    text: str
    missing: str
    origin: str
    leads: bool = False
    lane: Lane | None = None


class AllJobsMark(NamedTuple):
    """`origin`: the anchor of the note on its origin."""

    text: str
    origin: str


class PairRow(NamedTuple):
    """`anchor`: that of the section with more on it, "" for none. `notes`: what the figures are, and their month.
    `takeaway`: None where too little is known. `all_jobs`: the figure of all jobs, where a dotted line stands at it."""

    label: str
    anchor: str
    notes: Sequence[str]
    lines: Sequence[PairLine]
    takeaway: Takeaway | None
    all_jobs: AllJobsMark | None = None


def build_pair_line(
    side: Side, cell: Cell, line: ComparisonLine, lane: Lane | None = None, *, leads: bool = False
) -> PairLine:
    """`line`: that of the cell."""
    origin = line.row.anchor if cell.origins else ""
    return PairLine(side.letter, side.title, cell.text, cell.missing, origin, leads=leads, lane=lane)


def build_pair_lines(comparison: Comparison, line: ComparisonLine, lanes: Sequence[Lane]) -> list[PairLine]:
    leader = _find_leader_of_line(line)
    lines = []
    for side, cell, lane in zip(comparison.sides, line.cells, lanes, strict=True):
        lines.append(build_pair_line(side, cell, line, lane, leads=side.index == leader))
    return lines


def _find_leader_of_line(line: ComparisonLine) -> int | None:
    """The role with more than all others; None where a value is missing or its source disagrees on it."""
    if not line.complete or len(line.publishers) > 1 or len(line.releases) > 1:
        return None
    if any(cell.contradicted for cell in line.cells):
        return None
    return find_leader([cell.value for cell in line.cells])


def find_leader(values: Sequence[Any]) -> int | None:
    """The index of the highest value; None where several share it, one is missing, or there are not two.

    >>> find_leader([3, 5]), find_leader([5, 5]), find_leader([5, None]), find_leader([5])
    (1, None, None, None)
    """
    if len(values) < 2 or None in values:
        return None
    highest = max(values)
    return values.index(highest) if values.count(highest) == 1 else None


def list_doubts(comparison: Comparison, line: ComparisonLine) -> list[str]:
    """What to know before relying on the figures, by the markers of their roles."""
    notes = []
    for side, cell in zip(comparison.sides, line.cells, strict=True):
        notes += [f"{side.marker} {doubt}" for doubt in cell.doubts]
    return notes


def write_note(comparison: Comparison, words: str, line: ComparisonLine, rest: str = "") -> str:
    """What the figures are, with their month, or that their source gives none: `median a year, May 2025`."""
    markers: dict[str, list[str]] = {}
    for side, cell in zip(comparison.sides, line.cells, strict=True):
        if not cell.missing:
            markers.setdefault(cell.release or "year not given", []).append(side.marker)
    return "; ".join(filter(None, [", ".join(filter(None, [words, join_releases(markers)])), rest]))


def join_releases(markers: Mapping[str, Sequence[str]]) -> str:
    """`markers`: months -> the markers of the roles whose figures are of them, which are left out where all agree. No
    line begins between a marker and its months.

    >>> join_releases({"May 2025": ["●"], "year not given": ["◆", "▲"]}), join_releases({"May 2025": ["●", "◆"]})
    ('●\\xa0May 2025, ◆ ▲\\xa0year not given', 'May 2025')
    """
    if len(markers) == 1:
        return next(iter(markers))
    return ", ".join([f"{' '.join(roles)}\N{NO-BREAK SPACE}{releases}" for releases, roles in markers.items()])
