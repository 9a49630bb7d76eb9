"""Outlook: how many of the openings are new jobs, and how many openings there are for the people in the work."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from comparisons import formats
from comparisons.charts.lanes import FULL, PAIR, Axis, Lane, LanePiece
from comparisons.comparison import Comparison, ComparisonLine, Side
from comparisons.language.parts import Part
from comparisons.language.verdict.outlook_findings import (
    NEW_JOBS,
    PROJECTED,
    NewJobs,
    compare_new_jobs,
    count_new_jobs_of,
    find_new_jobs,
    find_room,
)
from comparisons.rows import note_anchor
from comparisons.views.sections.cited_sources import cite_lines
from comparisons.views.sections.glance import write_projected_years
from comparisons.views.sections.origins import OriginEntry, OriginNote, cite_place, name_sources_once
from comparisons.views.sections.pairs import PairLine, PairRow

# Rows that the table at the top does not have.
_FURTHER = ("outlook.satisfaction",)


class OutlookSection(NamedTuple):
    """`finding`: the heading, None where there is nothing to find. `pairs`: none or one. `room`: openings for every
    hundred jobs. `lines`: further rows. `origins`: how new jobs are computed; None where there are none."""

    finding: Sequence[Part] | None
    pairs: Sequence[PairRow]
    room: Sequence[Part] | None
    lines: Sequence[ComparisonLine]
    sources: Sequence[str]
    origins: OriginNote | None


def build_outlook_section(comparison: Comparison) -> OutlookSection | None:
    """None where no source has more than the table at the top shows."""
    counted = [count_new_jobs_of(comparison, side) for side in comparison.sides]
    new_jobs = {jobs.side.index: jobs for jobs in counted if jobs}
    lines = [line for line in comparison.sections["jobs"].informative if line.row.key in _FURTHER]
    if not new_jobs and not lines:
        return None
    finding = room = None
    if len(comparison.sides) > 1:
        finding, room = find_new_jobs(comparison), find_room(comparison)
    projected = [comparison.by_key[key] for key in PROJECTED] if new_jobs else []
    pairs = [_build_pair_row(comparison, new_jobs)] if new_jobs else []
    origins = _note_origins(comparison, new_jobs.values()) if new_jobs else None
    return OutlookSection(finding, pairs, room, lines, cite_lines([*projected, *lines]), origins)


def _build_pair_row(comparison: Comparison, new_jobs: Mapping[int, NewJobs]) -> PairRow:
    axis = Axis(0, max(jobs.openings for jobs in new_jobs.values()), 0, FULL)
    lines = []
    for side in comparison.sides:
        jobs = new_jobs.get(side.index)
        if jobs is None:
            lines.append(_build_empty_line(comparison, side))
            continue
        lane, text = _draw_lane(side.letter, jobs, axis), formats.plain(round(jobs.a_year))
        lines.append(PairLine(side.letter, side.title, text, "", note_anchor(NEW_JOBS), lane=lane))
    notes = [" ".join(filter(None, ["a year", write_projected_years(comparison)]))]
    notes.append("dark: new; light: replacing people who leave")
    takeaway = compare_new_jobs(comparison) if len(comparison.sides) > 1 else None
    return PairRow("New jobs among the openings", "", notes, lines, takeaway)


def _build_empty_line(comparison: Comparison, side: Side) -> PairLine:
    """A line for a role without a projection, or with so few openings that its source gives none."""
    cell = comparison.by_key[PROJECTED[-1]].cells[side.index]
    why = side.absent.missing if cell.missing or cell.value else "no openings"
    return PairLine(side.letter, side.title, "", why, "", lane=Lane(PAIR))


def _draw_lane(letter: str, jobs: NewJobs, axis: Axis) -> Lane:
    new = axis.across(min(max(float(jobs.a_year), 0), jobs.openings))
    end = axis.across(jobs.openings)
    pieces = [LanePiece("s4", "0", f"{new:.3g}", PAIR // 2 - 5, 10)] if new else []
    pieces.append(LanePiece("s1", f"{new:.3g}", f"{end - new:.3g}", PAIR // 2 - 5, 10))
    return Lane(PAIR, letter, pieces=pieces)


def _note_origins(comparison: Comparison, new_jobs: Iterable[NewJobs]) -> OriginNote:
    """How new jobs a year and openings for the size of a field are computed, and of what."""
    entries = []
    for jobs in new_jobs:
        places = []
        for key in PROJECTED:
            cell = comparison.by_key[key].cells[jobs.side.index]
            places.append(cite_place(f"{cell.text}.", cell.origins[0].source))
        entries.append(OriginEntry(jobs.side.letter, jobs.side.title, places))
    rules = [
        "New jobs are computed here: the jobs at the end of the projection less those at its start, over its years.",
        "Openings for every 100 jobs are those of a year for every 100 jobs at the start.",
    ]
    return OriginNote(note_anchor(NEW_JOBS), "New jobs and openings", name_sources_once(entries), rules)
