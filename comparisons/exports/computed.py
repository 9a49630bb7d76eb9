"""Values computed from the roles' figures, with their units, for files and programs.

Each is about one role, about the first role and another one, or about all. A value that needs a missing figure is left
out, and one made from figures of several publishers says so.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, NamedTuple

from careers import vocabulary
from comparisons import formats
from comparisons.comparison import Cell, Comparison, ComparisonLine, Side, are_comparable
from comparisons.formats import whole_percent
from comparisons.judging.leads import PayVerdict, judge_pair
from comparisons.language.skills_in_lists import find_near_skills, name_near_words
from comparisons.queries.current_role import SkillEntry
from comparisons.thresholds import TOSS_UP_GAP, TOSS_UP_OVERLAP, TOSS_UP_SHARES, allows_ratio, is_uncertain

POINTS = "percentage points"
DIFFERENT_PUBLISHERS = "made from figures of different publishers"
FIRST_LESS_SECOND = "the first less the second"
TOSS_UP = f"true when the {{}} are less than {TOSS_UP_GAP}% apart and the ranges overlap by {TOSS_UP_OVERLAP}% or more"
TOSS_UP_BY_PERCENTILES = (
    f"true when {TOSS_UP_SHARES[0]} to {TOSS_UP_SHARES[1]}% of one role's people earn more than the other's median, by "
    "straight lines between the percentiles"
)


class _Difference(NamedTuple):
    """A value computed from two figures of one row. `rule`: how, in words."""

    name: str
    value: float | str
    unit: str
    rule: str


class ComputedValue(NamedTuple):
    """`sides`: the roles that it is about. `publishers`: of the figures that it is made from."""

    sides: tuple[Side, ...]
    field: str
    value: float | str | bool
    unit: str
    publishers: tuple[str, ...]
    note: str


def compute_values(comparison: Comparison, group_figures: Mapping[str, str]) -> Iterator[ComputedValue]:
    """`group_figures`: row key -> publisher, where every stored role has the value: see `find_group_figures`."""
    for side in comparison.sides:
        yield from _compute_months_to_enter(comparison, side)
        yield from _compute_skills_of_one(comparison, side)
    first, *others = comparison.sides
    for other in others:
        for line in comparison.lines:
            yield from _compare_values(line, first, other)
        yield from _compute_toss_up(comparison, first, other)
        yield from _compute_shared_skills(comparison, first, other)
    for line in comparison.lines:
        if line.same:
            yield ComputedValue(comparison.sides, f"{line.row.key}.same", True, "", line.publishers, "")
        if line.row.key in group_figures:
            publisher = group_figures[line.row.key]
            note = "likely a figure for the whole occupation group"
            yield ComputedValue(comparison.sides, f"{line.row.key}.same_for_all_roles", True, "", (publisher,), note)


def _compute_months_to_enter(comparison: Comparison, side: Side) -> Iterator[ComputedValue]:
    """The band of the experience figure, where no sentence gives the time."""
    line = comparison.by_key.get("entry.time")
    value = line.cells[side.index].value if line else None
    if not line or not value or value[:2] != (None, None):
        return
    low, high = formats.months(value) or (None, None)
    publishers, note = _name_publishers(line.cells[side.index]), "from the years of experience"
    if low is not None:
        yield ComputedValue((side,), "entry.time.months_low", low, vocabulary.MONTHS, publishers, note)
    if high is not None:
        yield ComputedValue((side,), "entry.time.months_high", high, vocabulary.MONTHS, publishers, note)


def _compute_skills_of_one(comparison: Comparison, side: Side) -> Iterator[ComputedValue]:
    """How much of the whole a role's list covers, and what it alone lists."""
    page = side.list_sources.get("skills")
    if not page or len(comparison.sides) < 2:
        return
    publishers = (page.publisher,)
    cover = comparison.skills.cover[side.index]
    if cover is not None:
        yield ComputedValue(
            (side,), "skills.cover_percent", cover, vocabulary.PERCENT, publishers, "sum of the listed shares"
        )
    if sum(map(bool, comparison.skills.lists)) > 1:
        near_names = _list_near_names(comparison, side)
        for index, skill in enumerate(comparison.skills.only[side.index]):
            near = name_near_words(name for entry, name in near_names if entry.slug == skill.slug)
            note = f"on no other role's list by this name; {near}" if near else "on no other role's list"
            yield ComputedValue((side,), f"skills.only[{index}]", skill.name, "", publishers, note)


def _list_near_names(comparison: Comparison, side: Side) -> list[tuple[SkillEntry, str]]:
    """What the role lists that others list by another name, with the names."""
    pairs = []
    for other in comparison.sides:
        if other is not side:
            pairs += find_near_skills(comparison, other.index, side.index)
    return [(pair.second, pair.names) for pair in pairs]


def _compare_values(line: ComparisonLine, first: Side, second: Side) -> Iterator[ComputedValue]:
    cells = line.cells[first.index], line.cells[second.index]
    if not are_comparable(*cells):
        return
    publishers = _name_publishers(*cells)
    for computed in _compare_cells(line, *cells):
        note = _add_notes(computed.rule, [(first, cells[0]), (second, cells[1])], line.row.key)
        field = f"{line.row.key}.{computed.name}"
        yield ComputedValue((first, second), field, computed.value, computed.unit, publishers, note)


def _compare_cells(line: ComparisonLine, first: Cell, second: Cell) -> Iterator[_Difference]:
    row = line.row
    if not row.difference:
        return
    if row.key == "salary.range":
        share = formats.overlap(first.value, second.value)
        if share is not None:
            yield _Difference("overlap_percent", round(share, 1), vocabulary.PERCENT, "of the narrower range")
    elif row.fields:
        text = row.difference(first.value, second.value)
        if text:
            yield _Difference("difference", text, "", FIRST_LESS_SECOND)
    else:
        has_ratio = allows_ratio(first.error, second.error)
        yield from _compare_numbers(row.key, first.value, second.value, has_ratio=has_ratio)


def _compare_numbers(key: str, first: Any, second: Any, *, has_ratio: bool) -> Iterator[_Difference]:
    unit = vocabulary.unit_of(key)
    yield _Difference("difference", first - second, POINTS if unit == vocabulary.PERCENT else unit, FIRST_LESS_SECOND)
    low, high = sorted((first, second))
    if key == "salary.annual_average" and low:
        yield _Difference("gap", high - low, vocabulary.USD_A_YEAR, "")
    if key == "salary.annual_average" and low and has_ratio:
        yield _Difference("gap_percent", round(100 * (high - low) / low, 1), vocabulary.PERCENT, "of the lower")
    if key == "outlook.job_count" and second and has_ratio:
        yield _Difference("ratio", round(first / second, 2), "times", "the first divided by the second")


def _compute_toss_up(comparison: Comparison, first: Side, second: Side) -> Iterator[ComputedValue]:
    verdict = judge_pair(comparison, first.index, second.index)
    if not verdict or not verdict.is_complete:
        return
    of_first, of_second = verdict.cells
    figures = [(first, cell) for cell in of_first] + [(second, cell) for cell in of_second]
    note = _add_notes(_describe_toss_up_rule(verdict), figures, "salary.toss_up")
    yield ComputedValue(
        (first, second), "salary.toss_up", verdict.is_toss_up, "", _name_publishers(*of_first, *of_second), note
    )


def _describe_toss_up_rule(verdict: PayVerdict) -> str:
    """The rule behind a verdict, with the shares that it was applied to."""
    if not verdict.shares:
        return TOSS_UP.format("averages" if "average" in verdict.key else "medians")
    shares = []
    for share, is_bound, name in zip(verdict.shares, verdict.beyond, ("first", "second"), strict=True):
        if share is not None:
            words = f"{whole_percent(share, *TOSS_UP_SHARES)} of the {name}"
            if is_bound:
                words = f"at {'least' if share > max(TOSS_UP_SHARES) else 'most'} {words}"
            shares.append(words)
    return f"{TOSS_UP_BY_PERCENTILES}; here {formats.listed(shares)}"


def _compute_shared_skills(comparison: Comparison, first: Side, second: Side) -> Iterator[ComputedValue]:
    lists = [comparison.skills.lists[side.index] for side in (first, second)]
    if not all(lists):
        return
    publishers = tuple(dict.fromkeys(side.list_sources["skills"].publisher for side in (first, second)))
    near = name_near_words([pair.names for pair in find_near_skills(comparison, first.index, second.index)])
    note = _add_publishers("", publishers)
    indexes = (first.index, second.index)
    shared = [match.name for match in comparison.skills.shared if all(match.entries[index] for index in indexes)]
    count_note = _add_publishers(f"of the same name; {near}" if near else "", publishers)
    yield ComputedValue((first, second), "skills.shared_count", len(shared), "skills", publishers, count_note)
    for index, name in enumerate(shared):
        yield ComputedValue((first, second), f"skills.shared[{index}]", name, "", publishers, note)
    for name, entries in zip(("first", "second"), lists, strict=True):
        share = round(100 * len(shared) / _count_skills(entries))
        note = _add_publishers(f"of the {name} one's list", publishers)
        yield ComputedValue(
            (first, second), f"skills.shared_percent_of_{name}", share, vocabulary.PERCENT, publishers, note
        )


def _count_skills(entries: Sequence[SkillEntry]) -> int:
    return len({entry.slug for entry in entries})


def _name_publishers(*cells: Cell) -> tuple[str, ...]:
    origins = chain.from_iterable(cell.origins for cell in cells)
    return tuple(dict.fromkeys(origin.source.publisher for origin in origins))


def _add_notes(note: str, sources: Sequence[tuple[Side, Cell]], key: str) -> str:
    """The note, and what to know of the figures that the value is made from. `sources`: these, each with its role."""
    publishers = _name_publishers(*[cell for _, cell in sources])
    notes = [_add_publishers(note, publishers), _note_on_releases(sources)]
    for side, cell in sources:
        notes += _list_notes_on_figure(side, cell)
    official = [side.title for side, _ in sources if side.official]
    if key == "outlook.job_count" and official:
        notes.append(f"{vocabulary.SELF_EMPLOYED} for {formats.listed(official)}")
    return "; ".join(filter(None, notes))


def _note_on_releases(sources: Sequence[tuple[Side, Cell]]) -> str:
    """The months of the figures, where they are not all of one; "" otherwise."""
    releases = [cell.release for _, cell in sources]
    if not any(releases) or len(set(releases)) == 1:
        return ""
    months = dict.fromkeys([f"{side.title}: {cell.release or vocabulary.UNKNOWN_MONTH}" for side, cell in sources])
    return f"figures of different releases ({', '.join(months)})"


def _list_notes_on_figure(side: Side, cell: Cell) -> list[str]:
    """Say that a figure is uncertain, or covers a wider group of occupations."""
    notes = []
    if is_uncertain(cell.error):
        notes.append(f"{side.title}: {vocabulary.uncertain_by(formats.percent(cell.error))}")
    groups = dict.fromkeys([origin.evidence.get("wider_group") for origin in cell.origins])
    return notes + [f"{side.title}: {vocabulary.of_wider_group(name)}" for name in groups if name]


def _add_publishers(note: str, publishers: tuple[str, ...]) -> str:
    """The note, and that the figures come from several publishers where they do."""
    return "; ".join(filter(None, [note, DIFFERENT_PUBLISHERS if len(publishers) > 1 else ""]))
