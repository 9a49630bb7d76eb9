"""Pairs: one question, a line for each role on one axis, and what follows."""

from collections.abc import Sequence
from typing import NamedTuple

from comparisons.charts.lanes import Lane
from comparisons.comparison import Cell, Side
from comparisons.language.verdict import Follow


class PairLine(NamedTuple):
    """One role's answer. `leads`: its figure is the one that the row names. `origin`: the anchor of the note on where
    it stands. `lane`: its drawing; None where the answer is words, which then have the room."""

    letter: str
    name: str
    text: str
    missing: str
    origin: str
    leads: bool
    lane: Lane | None


class AllJobsMark(NamedTuple):
    """`origin`: the anchor of the note on where the figure stands."""

    text: str
    origin: str


class PairRow(NamedTuple):
    """`anchor`: that of the section with more on it, "" for none. `notes`: of what and of when the figures are.
    `follows`: None where too little is known. `all_jobs`: the figure of all jobs, where a dotted line stands at it."""

    label: str
    anchor: str
    notes: Sequence[str]
    lines: Sequence[PairLine]
    follows: Follow | None
    all_jobs: AllJobsMark | None = None


def pair_line(
    side: Side, cell: Cell, origin: str, lane: Lane | None, *, leads: bool = False, text: str = ""
) -> PairLine:
    """`text`: the value in fewer words than the cell has, "" for those of the cell."""
    where = origin if cell.origins else ""
    return PairLine(side.letter, side.title, text or cell.text, cell.missing, where, leads, lane)
