"""Outlook: how many of the openings are new jobs, and how many openings there are for the people in the work."""

from collections.abc import Sequence
from typing import NamedTuple

from comparisons import formats
from comparisons.charts.canvas import Axis
from comparisons.charts.lanes import FULL, PAIR, Lane, LanePiece
from comparisons.comparison import Comparison, ComparisonLine, Side
from comparisons.language.summary.sentence import Part
from comparisons.language.verdict.openings import (
    PROJECTED,
    Openings,
    compare_new_jobs,
    find_openings,
)
from comparisons.views.sections.glance import projected_years
from comparisons.views.sections.origins import OriginEntry, OriginNote
from comparisons.views.sections.pairs import PairLine, PairRow
from comparisons.views.sections.rail import cite_lines

_ANCHOR = "new-jobs"
# Rows that the table at the top does not have.
_FURTHER = ("outlook.satisfaction",)


class OutlookPart(NamedTuple):
    """`finding`: the heading, None where there is nothing to find. `pairs`: none or one. `room`: openings for every
    hundred jobs. `lines`: further rows."""

    finding: Sequence[Part] | None
    pairs: Sequence[PairRow]
    room: Sequence[Part] | None
    lines: Sequence[ComparisonLine]
    sources: Sequence[str]


def outlook(comparison: Comparison) -> OutlookPart | None:
    """None where no source has more than the table at the top tells."""
    known = find_openings(comparison)
    lines = [line for line in comparison.section("jobs").telling if line.row.key in _FURTHER]
    if not known and not lines:
        return None
    cited = [line for key in PROJECTED if (line := comparison.line(key))] if known else []
    return OutlookPart(
        None,
        [_pair_row(comparison, known)] if known else [],
        None,
        lines,
        cite_lines([*cited, *lines]),
    )


def _pair_row(comparison: Comparison, known: Sequence[Openings]) -> PairRow:
    by_index = {openings.side.index: openings for openings in known}
    axis = Axis(0, max(openings.a_year for openings in known), 0, FULL)
    lines = [_pair_line(side, by_index.get(side.index), axis) for side in comparison.sides]
    notes = [" ".join(filter(None, ["a year", projected_years(comparison)]))]
    notes.append("dark: new; light: replacing people who leave")
    follows = compare_new_jobs(known) if len(known) == len(comparison.sides) else None
    return PairRow("New jobs among the openings", "", notes, lines, follows)


def _pair_line(side: Side, openings: Openings | None, axis: Axis) -> PairLine:
    if openings is None:
        return PairLine(side.letter, side.title, "", side.absent.missing, "", False, Lane(PAIR))
    change = formats.plain(openings.new_a_year)
    text = change if openings.new_a_year >= 0 else f"none, {change}"
    return PairLine(side.letter, side.title, text, "", _ANCHOR, False, _lane(side.letter, openings, axis))


def _lane(letter: str, openings: Openings, axis: Axis) -> Lane:
    new = axis.across(min(max(openings.new_a_year, 0), openings.a_year))
    end = axis.across(openings.a_year)
    pieces = [LanePiece("s4", "0", f"{new:.4g}", PAIR // 2 - 5, 10)] if new else []
    pieces.append(LanePiece("s1", f"{new:.4g}", f"{end - new:.4g}", PAIR // 2 - 5, 10))
    return Lane(PAIR, letter, pieces=pieces)


def note_of_new_jobs(comparison: Comparison) -> list[OriginNote]:
    """How new jobs a year are computed, and of what."""
    entries = []
    for openings in find_openings(comparison):
        places = []
        for key in PROJECTED[:2]:
            cell = comparison.by_key[key].cells[openings.side.index]
            source = cell.origins[0].source
            places.append((f"{cell.text},", source.anchor, source.short))
        entries.append(OriginEntry(openings.side.letter, openings.side.title, places))
    rule = "Computed here: the jobs at the end of the projection less those at its start, divided by its years."
    return [OriginNote(_ANCHOR, "New jobs a year", entries, [rule])] if entries else []
