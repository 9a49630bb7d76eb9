"""What is computed from the roles' figures, as plain values with their units: for files and programs.

Each is about one role, or about the first and one that it is set against, or about all. One that needs a missing value
is not there, and one made from several publishers' figures says so.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from careers.vocabulary import PERCENT, USD_A_YEAR, unit_of
from comparisons import rows
from comparisons.comparison import Cell, Comparison, ComparisonLine, Side
from comparisons.thresholds import TOSS_UP_GAP, TOSS_UP_OVERLAP, is_toss_up

POINTS = "percentage points"
DIFFERENT_PUBLISHERS = "made from figures of different publishers"
FIRST_LESS_SECOND = "the first less the second"
TOSS_UP = (
    f"true when the averages are less than {TOSS_UP_GAP}% apart and the ranges overlap by {TOSS_UP_OVERLAP}% or more"
)


class ComputedValue(NamedTuple):
    """`sides`: the roles it is about. `publishers`: of the figures it is made from."""

    sides: tuple[Side, ...]
    field: str
    value: float | str | bool
    unit: str
    publishers: tuple[str, ...]
    note: str


def compute_values(comparison: Comparison, group_figures: Mapping[str, str]) -> Iterator[ComputedValue]:
    """`group_figures`: row key -> publisher, where every stored role has the value (see `Distribution`)."""
    for side in comparison.sides:
        yield from _of_one(comparison, side)
    first, *others = comparison.sides
    for other in others:
        for line in comparison.lines:
            yield from _of_two(line, first, other)
        yield from _toss_up(comparison, first, other)
        yield from _shared_skills(comparison, first, other)
    for line in comparison.lines:
        if line.same:
            yield ComputedValue(comparison.sides, f"{line.row.key}.same", True, "", line.publishers, "")
        if line.row.key in group_figures:
            publisher = group_figures[line.row.key]
            note = "likely a figure for the whole occupation group"
            yield ComputedValue(comparison.sides, f"{line.row.key}.same_for_all_roles", True, "", (publisher,), note)


def _of_one(comparison: Comparison, side: Side) -> Iterator[ComputedValue]:
    time = comparison.line("entry.time")
    value = time.cells[side.index].value if time else None
    if time and value and value[0] is value[1] is None and (band := rows.months(value)):
        publishers, note = _publishers(time.cells[side.index]), "from the years of experience"
        for end, months in zip(("low", "high"), band, strict=True):
            if months is not None:
                yield ComputedValue((side,), f"entry.time.months_{end}", months, "months", publishers, note)
    listing = side.list_sources.get("skills")
    if not listing or len(comparison.sides) < 2:
        return
    cover = comparison.skills.cover[side.index]
    if cover is not None:
        yield ComputedValue(
            (side,), "skills.cover_percent", cover, "%", (listing.publisher,), "sum of the listed shares"
        )
    others = [entries for entries in comparison.skills.lists if entries]
    for place, skill in enumerate(comparison.skills.only[side.index] if len(others) > 1 else ()):
        note = "on no other role's list"
        yield ComputedValue((side,), f"skills.only[{place}]", skill.name, "", (listing.publisher,), note)


def _of_two(line: ComparisonLine, first: Side, second: Side) -> Iterator[ComputedValue]:
    one, other = line.cells[first.index], line.cells[second.index]
    if one.missing or other.missing or not line.row.difference:
        return

    def made(name: str, value: Any, in_unit: str, note: str = "") -> ComputedValue:
        publishers = _publishers(one, other)
        return ComputedValue(
            (first, second), f"{line.row.key}.{name}", value, in_unit, publishers, _told(note, publishers)
        )

    if line.row.key == "salary.range":
        share = rows.overlap(one.value, other.value)
        if share is not None:
            yield made("overlap_percent", round(share, 1), "%", "of the narrower range")
        return
    if line.row.fields:
        text = line.row.difference(one.value, other.value)
        if text:
            yield made("difference", text, "", FIRST_LESS_SECOND)
        return
    measure = unit_of(line.row.key)
    yield made("difference", one.value - other.value, POINTS if measure == PERCENT else measure, FIRST_LESS_SECOND)
    low, high = sorted((one.value, other.value))
    if line.row.key == "salary.annual_average" and low:
        yield made("gap", high - low, USD_A_YEAR)
        yield made("gap_percent", round(100 * (high - low) / low, 1), "%", "of the lower")
    if line.row.key == "outlook.job_count" and other.value:
        yield made("ratio", round(one.value / other.value, 2), "times", "the first divided by the second")


def _toss_up(comparison: Comparison, first: Side, second: Side) -> Iterator[ComputedValue]:
    average, span = comparison.line("salary.annual_average"), comparison.line("salary.range")
    if not average or not span:
        return
    cells = [line.cells[side.index] for line in (average, span) for side in (first, second)]
    if any(cell.missing for cell in cells) or not all(cell.value for cell in cells[:2]):
        return
    low, high = sorted(cell.value for cell in cells[:2])
    share = rows.overlap(cells[2].value, cells[3].value)
    if share is not None:
        publishers = _publishers(*cells)
        value = is_toss_up(100 * (high - low) / low, share)
        yield ComputedValue((first, second), "salary.toss_up", value, "", publishers, _told(TOSS_UP, publishers))


def _shared_skills(comparison: Comparison, first: Side, second: Side) -> Iterator[ComputedValue]:
    lists = [comparison.skills.lists[side.index] for side in (first, second)]
    if not all(lists):
        return
    listings = (first.list_sources["skills"], second.list_sources["skills"])
    publishers = tuple(dict.fromkeys(source.publisher for source in listings))
    note = _told("", publishers)
    shared = [
        match.name for match in comparison.skills.shared if match.entries[first.index] and match.entries[second.index]
    ]
    yield ComputedValue((first, second), "skills.shared_count", len(shared), "skills", publishers, note)
    for place, name in enumerate(shared):
        yield ComputedValue((first, second), f"skills.shared[{place}]", name, "", publishers, note)
    for name, entries in zip(("first", "second"), lists, strict=True):
        share = round(100 * len(shared) / len({entry.slug for entry in entries}))
        told = _told(f"of the {name} one's list", publishers)
        yield ComputedValue((first, second), f"skills.shared_percent_of_{name}", share, "%", publishers, told)


def _publishers(*cells: Cell) -> tuple[str, ...]:
    return tuple(dict.fromkeys(origin.source.publisher for cell in cells for origin in cell.origins))


def _told(note: str, publishers: tuple[str, ...]) -> str:
    return "; ".join(words for words in (note, DIFFERENT_PUBLISHERS if len(publishers) > 1 else "") if words)
