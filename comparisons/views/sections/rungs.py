"""Rungs: one line a step, every role a mark on one axis."""

from collections.abc import Sequence
from typing import NamedTuple

from comparisons.charts.lanes import Lane, LaneText
from comparisons.views.sections.pairs import AllJobsMark


class RungHeading(NamedTuple):
    letter: str
    name: str


class RungCell(NamedTuple):
    """One role's figure at a step. `missing`: why there is none. `origin`: the anchor of the note on its origin."""

    letter: str
    text: str
    missing: str
    origin: str


class Rung(NamedTuple):
    """`middle`: the step that matters most. `ahead`: the role that has more, None where neither has or where there are
    more than two. `difference`: by how much, or why there is no difference. `all_jobs`: the figure of all jobs, where
    it has a mark and no column."""

    label: str
    note: str
    cells: Sequence[RungCell]
    lane: Lane
    middle: bool = False
    ahead: RungHeading | None = None
    difference: str = ""
    all_jobs: AllJobsMark | None = None


class RungGroup(NamedTuple):
    """Steps under a heading, "" for none. `letter`: of the role that the heading is about, "" for all."""

    rungs: Sequence[Rung]
    letter: str = ""
    heading: str = ""
    note: str = ""


class Rungs(NamedTuple):
    """A table of rungs. `unit`: what is counted. `ticks`: the numbers below the drawings. `differs`: the heading of a
    column of differences, "" for none."""

    caption: str
    unit: str
    headings: Sequence[RungHeading]
    groups: Sequence[RungGroup]
    ticks: Sequence[LaneText]
    differs: str = ""
