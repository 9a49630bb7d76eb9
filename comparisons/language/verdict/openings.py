"""How many of the projected openings are new jobs."""

from collections.abc import Sequence
from typing import NamedTuple

from comparisons import formats
from comparisons.comparison import Comparison, Side
from comparisons.language.summary.sentence import Part
from comparisons.language.titles import plural
from comparisons.language.verdict import Follow

PROJECTED = ("projection.jobs_base", "projection.jobs_target", "projection.openings_per_year")


class Openings(NamedTuple):
    """Of one role, on average over the years of its projection. `new_a_year`: how many jobs are added a year, less than
    nothing where jobs go. `a_year`: openings. `jobs`: at the start. `years`: the first and the last."""

    side: Side
    new_a_year: int
    a_year: int
    jobs: int
    years: tuple[int, int]

    @property
    def new_share(self) -> float:
        """How many of the openings are new jobs, in percent."""
        return 100 * min(max(self.new_a_year, 0), self.a_year) / self.a_year


def find_openings(comparison: Comparison) -> list[Openings]:
    """Those of each role for which all of its figures are published; none for the others."""
    lines = [comparison.line(key) for key in (*PROJECTED, "projection.years")]
    known = []
    for side in comparison.sides:
        cells = [line.cells[side.index] for line in lines if line is not None]
        if len(cells) < len(lines) or any(cell.missing for cell in cells):
            continue
        base, target, a_year, (first, last) = [cell.value for cell in cells]
        if base and a_year and first is not None and last is not None and last > first:
            new_a_year = round((target - base) / (last - first))
            known.append(Openings(side, new_a_year, a_year, base, (first, last)))
    return known


def are_of_same_years(known: Sequence[Openings]) -> bool:
    return len({openings.years for openings in known}) == 1


def describe_share(percent: float) -> str:
    """
    >>> describe_share(0), describe_share(0.3), describe_share(8.8)
    ('none', 'under 1%', '9%')
    """
    if percent <= 0:
        return "none"
    return "under 1%" if percent < 1 else f"{percent:.0f}%"


def compare_new_jobs(known: Sequence[Openings]) -> Follow | None:
    """Who has more new jobs; None unless two roles or more are projected over the same years."""
    if len(known) < 2 or not are_of_same_years(known):
        return None
    shares = [f"{describe_share(openings.new_share)} for {plural(openings.side.title)}" for openings in known]
    note = f"of the openings, {formats.listed(shares)}"
    ordered = sorted(known, key=lambda openings: openings.new_a_year, reverse=True)
    first, second = ordered[:2]
    if first.new_a_year <= 0:
        return Follow((Part("No new jobs"),), "")
    if first.new_a_year == second.new_a_year:
        return Follow((Part("The same"),), note)
    name = Part(first.side.title, first.side.letter, first.side.marker)
    return Follow((name, Part(" more new jobs" if len(known) == 2 else " most new jobs")), note)
