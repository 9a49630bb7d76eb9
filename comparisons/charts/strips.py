"""Strips: lanes with a stroke for each of many values, such as pay in all states, and the mark of one."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from comparisons.charts.lanes import NAME_ROOM, Axis, Lane, LaneMark, LaneStroke, LaneText, place, text_at
from comparisons.formats import Number

# The height of a lane of strokes in pixels, the middle and the length of its strokes, and where the names above them
# stand.
STRIP, STRIP_MIDDLE, STROKE, STRIP_NAMES = 44, 30, 16, 14


class StripStroke(NamedTuple):
    """`code`: its name in two letters."""

    value: Number
    code: str
    name: str


def draw_strip(
    letter: str,
    strokes: Sequence[StripStroke],
    value: Number | None,
    axis: Axis,
    grid: Sequence[str],
    *,
    tooltip: str = "",
    named: bool = True,
) -> Lane:
    """A stroke for each of many values, and the mark of one with its `tooltip`. `named`: the lowest and the
    highest carry their names."""
    placed = [LaneStroke(round(10 * axis.across(value)), value, name) for value, _, name in strokes]
    path = stroke_path([stroke.x for stroke in placed])
    marks = [] if value is None else [LaneMark(letter, place(axis, value), STRIP_MIDDLE, tooltip)]
    texts = _names_of_ends(strokes, axis) if strokes and named else []
    return Lane(STRIP, letter, grid, marks=marks, texts=texts, strokes=placed, stroke_path=path)


def stroke_path(places: Iterable[int]) -> str:
    """One path of all strokes, each from its top down; places in thousandths of the width.

    >>> stroke_path([350, 50, 350])
    'M50 22v16m300-16v16'
    """
    path, last = "", None
    for x in sorted(set(places)):
        if last is None:
            path = f"M{x} {STRIP_MIDDLE - STROKE // 2}v{STROKE}"
        else:
            path += f"m{x - last}-{STROKE}v{STROKE}"
        last = x
    return path


def _names_of_ends(strokes: Sequence[StripStroke], axis: Axis) -> list[LaneText]:
    lowest = min(strokes, key=lambda stroke: (stroke.value, stroke.code))
    highest = min(strokes, key=lambda stroke: (-stroke.value, stroke.code))
    low, high = axis.across(lowest.value), axis.across(highest.value)
    if lowest.code == highest.code:
        return [text_at(high, STRIP_NAMES, highest.code)]
    if high - low < NAME_ROOM:
        return [text_at((low + high) / 2, STRIP_NAMES, f"{lowest.code} – {highest.code}")]
    return [text_at(low, STRIP_NAMES, lowest.code), text_at(high, STRIP_NAMES, highest.code)]
