"""Values over the years: a line for each role with gaps where a year has no value, and labels that do not collide."""

from collections.abc import Callable, Sequence
from itertools import pairwise, product
from typing import NamedTuple

from comparisons.charts.lanes import (
    EDGES,
    STEP,
    Axis,
    Lane,
    LaneLine,
    LaneMark,
    LaneText,
    close_together,
    place,
    text_at,
)
from comparisons.formats import Number

# Pixels from the lowest to the highest value, for the years below, and from one line of words to the next.
LINES, YEARS, WORDS_LINE = 120, 22, 14
# How far the foot of a label is from the middle of its mark, above it and below.
ABOVE, BELOW = -11, 21
# The most labels of years that fit the narrowest screen.
MOST_YEARS = 7
# The last places, in percent of the width, where the first year of a line leaves room for names in the last labels,
# and for a label of its own.
LAST_BASE_WITH_NAMES, LAST_BASE = 38, 50
# The most characters of a last label that are written on narrow screens, and on wide ones.
MOST_NARROW, MOST_WIDE = 24, 40


class YearLine(NamedTuple):
    """One role's values. `runs`: years that follow one another, each with its value."""

    letter: str
    name: str
    runs: Sequence[Sequence[tuple[int, Number]]]

    @property
    def values(self) -> dict[int, Number]:
        return {year: value for run in self.runs for year, value in run}


def draw_years(
    lines: Sequence[YearLine], years: Sequence[int], base: int | None, write: Callable[[Number], str]
) -> Lane:
    """A line for each role over the years, with gaps; `base`: the year whose values are written, too."""
    drawn = [line for line in lines if line.runs]
    values = [float(value) for line in drawn for value in line.values.values()]
    low, high = min(values), max(values)
    across = Axis(years[0], max(years[-1], years[0] + 1), *EDGES)
    room = WORDS_LINE * ((len(drawn) + 1) // 2) + 12

    def down(value: Number) -> int:
        return round(room + LINES * (high - float(value)) / (high - low)) if high > low else room + LINES // 2

    bottom = 2 * room + LINES
    curves, unmarked = [], []
    for line in drawn:
        for run in line.runs:
            if len(run) > 1:
                curves.append(LaneLine(line.letter, [(across.across(year), down(value)) for year, value in run]))
            for year, value in run:
                says = f"{line.name}, {year}: {write(value)}"
                unmarked.append(LaneMark(line.letter, place(across, year), down(value), says))
    ends = [_End(line, max(line.values), down(line.values[max(line.values)])) for line in drawn]
    starts = [_End(line, base, down(line.values[base])) for line in drawn if base is not None and base in line.values]
    marks = [*_marks_at(starts, across), *_marks_at(ends, across), *_lone_marks(drawn, across, down)]
    is_base_far = base is not None and across.across(base) > LAST_BASE_WITH_NAMES
    texts = _last_labels(ends, bottom, write, is_base_far=is_base_far)
    if base is not None and across.across(base) <= LAST_BASE:
        texts += _first_labels(starts, across, bottom, write)
    texts += _year_labels(years, across, bottom + 16)
    return Lane(bottom + YEARS, "line", marks=list(dict.fromkeys(marks)), texts=texts, lines=curves, unmarked=unmarked)


class _End(NamedTuple):
    """Where a line has a label. `y`: of its mark."""

    line: YearLine
    year: int
    y: int

    @property
    def value(self) -> Number:
        return self.line.values[self.year]


def _marks_at(ends: Sequence[_End], across: Axis) -> list[LaneMark]:
    """Marks that would cover each other stand above each other."""
    ordered = sorted(ends, key=lambda end: end.y)
    marks = []
    for group in close_together([end.y / 5 for end in ordered]):
        for row, index in enumerate(group):
            end = ordered[index]
            moved = STEP * (2 * row - len(group) + 1)
            marks.append(LaneMark(end.line.letter, place(across, end.year), end.y + moved))
    return marks


def _lone_marks(lines: Sequence[YearLine], across: Axis, down: Callable[[Number], int]) -> list[LaneMark]:
    """Years with a gap on both sides make no line."""
    marks = []
    for line in lines:
        for run in line.runs:
            if len(run) == 1:
                year, value = run[0]
                marks.append(LaneMark(line.letter, place(across, year), down(value)))
    return marks


def _last_labels(
    ends: Sequence[_End], bottom: int, write: Callable[[Number], str], *, is_base_far: bool
) -> list[LaneText]:
    texts = []
    for end, y in zip(ends, _label_places(ends, bottom), strict=True):
        amount = write(end.value)
        named = f"{end.line.name} {amount}"
        if len(named) <= MOST_NARROW and not is_base_far:
            texts.append(LaneText(named, "100", y, "e"))
        elif len(named) <= MOST_WIDE:
            texts += [LaneText(named, "100", y, "e lx"), LaneText(amount, "100", y, "e sx")]
        else:
            texts.append(LaneText(amount, "100", y, "e"))
    return texts


def _first_labels(starts: Sequence[_End], across: Axis, bottom: int, write: Callable[[Number], str]) -> list[LaneText]:
    texts = []
    for start, y in zip(starts, _label_places(starts, bottom), strict=True):
        texts.append(text_at(across.across(start.year), y, write(start.value)))
    return texts


def _label_places(ends: Sequence[_End], bottom: int) -> list[int]:
    """Where the feet of labels stand, none on another or on a mark: each above or below its mark, or if there is no
    room all of them above the highest mark and below the lowest."""
    sides = [(ABOVE, BELOW) if _rises(end) else (BELOW, ABOVE) for end in ends]
    best: list[int] = []
    fewest = len(ends) + 1
    for choice in product((0, 1), repeat=len(ends)):
        places = [end.y + side[chosen] for end, side, chosen in zip(ends, sides, choice, strict=True)]
        if sum(choice) < fewest and _is_free(places, [end.y for end in ends], bottom):
            best, fewest = places, sum(choice)
    return best or _stacked(ends)


def _rises(end: _End) -> bool:
    """Whether the line comes from below to its last value, so that there is more room above."""
    before = end.line.values.get(end.year - 1)
    return before is not None and before < end.value


def _is_free(places: Sequence[int], marks: Sequence[int], bottom: int) -> bool:
    """`places`: the feet of words. `marks`: the middles of marks."""
    ordered = sorted(places)
    if any(second - first < WORDS_LINE for first, second in pairwise(ordered)):
        return False
    if ordered and (ordered[0] < WORDS_LINE - 4 or ordered[-1] > bottom):
        return False
    return not any(foot - 17 < mark < foot + 10 for foot in places for mark in marks)


def _stacked(ends: Sequence[_End]) -> list[int]:
    ordered = sorted(range(len(ends)), key=lambda index: ends[index].y)
    above = (len(ends) + 1) // 2
    places = [0] * len(ends)
    for row, index in enumerate(ordered):
        if row < above:
            places[index] = ends[ordered[0]].y + ABOVE - STEP - WORDS_LINE * (above - 1 - row)
        else:
            places[index] = ends[ordered[-1]].y + BELOW + STEP + WORDS_LINE * (row - above)
    return places


def _year_labels(years: Sequence[int], across: Axis, y: int) -> list[LaneText]:
    """Every year, or so many of them that fit, the last one in any case."""
    span = years[-1] - years[0]
    step = -(-(span + 1) // MOST_YEARS)
    shown = range(years[-1], years[0] - 1, -step)
    return [LaneText(f"{year}", place(across, year), y, "m") for year in sorted(shown)]
