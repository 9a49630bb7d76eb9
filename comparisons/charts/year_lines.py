"""Values over the years: a line for each role with gaps where a year has no value, and labels that do not collide."""

from collections.abc import Mapping, Sequence
from itertools import chain, pairwise, product
from typing import NamedTuple

from comparisons.charts.lanes import (
    EDGES,
    STEP,
    Axis,
    Lane,
    LaneLine,
    LaneMark,
    LaneText,
    group_close,
    place,
    place_text,
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
# The most characters of a last label with its name that are written on narrow screens, and on wide ones.
MOST_NARROW, MOST_WIDE = 24, 40
# The kinds of drawing: with names in the last labels, with names on wide screens alone, with none.
NAMED, NAMED_ON_WIDE, NAMELESS = "line", "line wide", "line bare"


class YearLine(NamedTuple):
    """One role's values. `runs`: years that follow one another, each with its value. `texts`: year -> that value in
    words."""

    letter: str
    name: str
    runs: Sequence[Sequence[tuple[int, Number]]]
    texts: Mapping[int, str]

    @property
    def values(self) -> dict[int, Number]:
        return dict(chain.from_iterable(self.runs))


class _Frame(NamedTuple):
    """The places of years and values. `room`: pixels for words above the highest value and below the lowest."""

    axis: Axis
    low: float
    high: float
    room: int

    @property
    def bottom(self) -> int:
        return 2 * self.room + LINES

    def down(self, value: Number) -> int:
        if self.high > self.low:
            return round(self.room + LINES * (self.high - float(value)) / (self.high - self.low))
        return self.room + LINES // 2


class _Point(NamedTuple):
    """A value of a line with its text, and its place: across in percent of the width, down in pixels."""

    line: YearLine
    year: int
    value: Number
    text: str
    x: float
    y: int

    @property
    def mark(self) -> LaneMark:
        return LaneMark(self.line.letter, f"{self.x:.3g}", self.y)


def draw_years(lines: Sequence[YearLine], years: Sequence[int], base: int | None) -> Lane:
    """A line for each role over the years, with gaps; `base`: the year whose values are written, too.

    The last labels have all names or none; the class of the lane tells which.
    """
    drawn = [line for line in lines if line.runs]
    frame = _make_frame(drawn, years)
    places = {year: frame.axis.across(year) for year in years}
    runs = _place_runs(drawn, frame, places)
    points = list(chain.from_iterable(runs))
    starts = [point for point in points if point.year == base]
    ends = list({point.line.letter: point for point in points}.values())
    curves, lone = _join_points(runs)
    base_x = 0.0 if base is None else places[base]
    kind = _choose_label_kind(ends, is_base_far=base_x > LAST_BASE_WITH_NAMES)
    texts = _write_last_labels(ends, frame.bottom, kind)
    if base_x <= LAST_BASE:
        texts += _write_first_labels(starts, frame.bottom)
    texts += _write_year_labels(years, frame.axis, frame.bottom + 16)
    return Lane(
        frame.bottom + YEARS,
        kind,
        marks=list(dict.fromkeys([*_spread_marks(starts), *_spread_marks(ends), *lone])),
        texts=texts,
        lines=curves,
        unmarked=[point.mark._replace(tooltip=f"{point.line.name}, {point.year}: {point.text}") for point in points],
    )


def _make_frame(lines: Sequence[YearLine], years: Sequence[int]) -> _Frame:
    values: list[float] = []
    for line in lines:
        values += map(float, line.values.values())
    axis = Axis(years[0], max(years[-1], years[0] + 1), *EDGES)
    return _Frame(axis, min(values), max(values), WORDS_LINE * ((len(lines) + 1) // 2) + 12)


def _place_runs(lines: Sequence[YearLine], frame: _Frame, places: Mapping[int, float]) -> list[list[_Point]]:
    """`places`: year -> where it is, across in percent of the width."""
    runs = []
    for line in lines:
        for run in line.runs:
            points = []
            for year, value in run:
                points.append(_Point(line, year, value, line.texts[year], places[year], frame.down(value)))
            runs.append(points)
    return runs


def _join_points(runs: Sequence[Sequence[_Point]]) -> tuple[list[LaneLine], list[LaneMark]]:
    """The lines through points, and marks for years with a gap on both sides, which make no line."""
    curves, lone = [], []
    for run in runs:
        if len(run) > 1:
            curves.append(LaneLine(run[0].line.letter, [(point.x, point.y) for point in run]))
        else:
            lone.append(run[0].mark)
    return curves, lone


def _spread_marks(points: Sequence[_Point]) -> list[LaneMark]:
    """From the highest down. Marks that would cover each other stand above each other."""
    ordered = sorted(points, key=lambda point: point.y)
    marks = []
    for group in group_close([point.y / 5 for point in ordered]):
        for row, index in enumerate(group):
            moved = STEP * (2 * row - len(group) + 1)
            marks.append(ordered[index].mark._replace(y=ordered[index].y + moved))
    return marks


def _choose_label_kind(ends: Sequence[_Point], *, is_base_far: bool) -> str:
    longest = max(len(_write_with_name(end)) for end in ends)
    if longest <= MOST_NARROW and not is_base_far:
        return NAMED
    return NAMED_ON_WIDE if longest <= MOST_WIDE else NAMELESS


def _write_with_name(end: _Point) -> str:
    return f"{end.line.name} {end.text}"


def _write_last_labels(ends: Sequence[_Point], bottom: int, kind: str) -> list[LaneText]:
    texts = []
    for end, y in zip(ends, _place_labels(ends, bottom), strict=True):
        css_class = f"e {end.line.letter}"
        if kind == NAMED:
            texts.append(LaneText(_write_with_name(end), "100", y, css_class))
        elif kind == NAMED_ON_WIDE:
            texts.append(LaneText(_write_with_name(end), "100", y, f"{css_class} lx"))
            texts.append(LaneText(end.text, "100", y, f"{css_class} sx"))
        else:
            texts.append(LaneText(end.text, "100", y, css_class))
    return texts


def _write_first_labels(starts: Sequence[_Point], bottom: int) -> list[LaneText]:
    texts = []
    for start, y in zip(starts, _place_labels(starts, bottom), strict=True):
        text = place_text(start.x, y, start.text)
        texts.append(text._replace(css_class=f"{text.css_class} {start.line.letter}".strip()))
    return texts


def _place_labels(ends: Sequence[_Point], bottom: int) -> list[int]:
    """Where the feet of labels stand, in the order of their marks, so that none covers another or a mark: each above or
    below its mark, or if there is no room, above the highest mark and below the lowest."""
    ordered = sorted(range(len(ends)), key=lambda index: ends[index].y)
    best = _stack_labels([ends[index] for index in ordered])
    marks = [mark.y for mark in _spread_marks(ends)]
    options = []
    for index, mark, stacked in zip(ordered, marks, best, strict=True):
        near, other = (ABOVE, BELOW) if _rises(ends[index]) else (BELOW, ABOVE)
        options.append((mark + near, mark + other, stacked))
    fewest = 2 * len(ends)
    for choice in product(range(3), repeat=len(ends)):
        if sum(choice) < fewest:
            places = [feet[chosen] for feet, chosen in zip(options, choice, strict=True)]
            if _is_free(places, marks, bottom):
                best, fewest = places, sum(choice)
    return [foot for _, foot in sorted(zip(ordered, best, strict=True))]


def _rises(end: _Point) -> bool:
    """Whether the line comes from below to its last value, so that there is more room above."""
    before = end.line.values.get(end.year - 1)
    return before is not None and before < end.value


def _is_free(places: Sequence[int], marks: Sequence[int], bottom: int) -> bool:
    """`places`: the feet of words, from the highest down. `marks`: the middles of marks."""
    if any(lower - higher < WORDS_LINE for higher, lower in pairwise(places)):
        return False
    if places and (places[0] < WORDS_LINE - 4 or places[-1] > bottom):
        return False
    return not any(foot - 17 < mark < foot + 10 for foot, mark in product(places, marks))


def _stack_labels(ends: Sequence[_Point]) -> list[int]:
    """`ends`: from the highest down."""
    above = (len(ends) + 1) // 2
    places = []
    for row in range(len(ends)):
        if row < above:
            places.append(ends[0].y + ABOVE - STEP - WORDS_LINE * (above - 1 - row))
        else:
            places.append(ends[-1].y + BELOW + STEP + WORDS_LINE * (row - above))
    return places


def _write_year_labels(years: Sequence[int], axis: Axis, y: int) -> list[LaneText]:
    """Every year, or every second or third one where not all fit; always the last."""
    span = years[-1] - years[0]
    step = -(-(span + 1) // MOST_YEARS)
    labelled = range(years[-1], years[0] - 1, -step)
    return [LaneText(f"{year}", place(axis, year), y, "m") for year in sorted(labelled)]
