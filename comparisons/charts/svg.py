"""A figure's sheet as the marks of an inline SVG: the first view, paper and files, before or without Plotly.

It reads the sheet and nothing else, as `charts.plotly` does, so that both drawings show the same numbers. Horizontal
places are percents of the width, and Plotly leaves no margin, so a mark stays in its place on any screen when Plotly
draws over it. Templates write the marks out: all lengths here are finished texts of attributes.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from comparisons.charts.canvas import AXIS, COLOURS, Axis, Bar, Dot, Sheet, Stroke, Words

# Plotly's symbols, for a size of 10 pixels.
SYMBOLS = {
    "a": "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0",
    "b": "M0-6.5L6.5 0 0 6.5-6.5 0z",
    "c": "M0-6L5.8 4H-5.8z",
    "d": "M-5-5H5V5H-5z",
}
TEXT_ANCHORS = {"left": "", "center": "middle", "right": "end"}
PALE = 0.35  # how much of the paper a pale bar covers
DROP = 5  # pixels from the middle of a line of words to the foot of its letters


class LineMark(NamedTuple):
    x1: str
    y1: str
    x2: str
    y2: str


class RectangleMark(NamedTuple):
    x: str
    y: str
    width: str
    height: str
    opacity: str = ""


class SymbolMark(NamedTuple):
    x: str
    y: str
    hollow: bool


class CircleMark(NamedTuple):
    x: str
    y: str
    title: str


class TextMark(NamedTuple):
    """`shift`: further pixels to the right, "0" for none. `anchor`: "" where the group decides."""

    text: str
    x: str
    y: str
    shift: str = "0"
    anchor: str = ""


class MarkGroup(NamedTuple):
    """Marks of one kind with the attributes that they share. `path` is the shape of symbols, `radius` that of circles.

    The attribute `class` is for style sheets, which colour the group for the reader; `color` is for white paper.
    """

    attributes: tuple[tuple[str, str], ...]
    lines: Sequence[LineMark] = ()
    rectangles: Sequence[RectangleMark] = ()
    symbols: Sequence[SymbolMark] = ()
    circles: Sequence[CircleMark] = ()
    texts: Sequence[TextMark] = ()
    path: str = ""
    radius: str = ""


def group_attributes(part: str, **others: str) -> tuple[tuple[str, str], ...]:
    """The attributes of a group; an underscore in a name stands for a hyphen, and empty values are left out.

    >>> group_attributes("a", stroke_width="2", text_anchor="")
    (('class', 'a'), ('color', '#0072B2'), ('stroke-width', '2'))
    """
    written = [(name.replace("_", "-"), value) for name, value in others.items() if value]
    return (("class", part), ("color", COLOURS[part]), *written)


def draw_marks(sheet: Sheet) -> list[MarkGroup]:
    """The marks of a sheet in the order in which they are painted."""
    groups = _axis(sheet) if sheet.ticks else []
    for (part, width, dotted), strokes in sheet.strokes.items():
        attributes = group_attributes(
            part, stroke="currentColor", stroke_width=f"{width:d}", stroke_dasharray="2" if dotted else ""
        )
        groups.append(MarkGroup(attributes, lines=_lines(strokes)))
    for (part, pale, axis), bars in sheet.bars.items():
        attributes = group_attributes(part, fill_opacity=f"{PALE}" if pale else "")
        groups.append(MarkGroup(attributes, rectangles=_rectangles(bars, axis)))
    for (part, axis), dots in sheet.dots.items():
        groups.append(MarkGroup(group_attributes(part), symbols=_symbols(dots, axis), path=SYMBOLS[part]))
    for (part, bold, anchor), words in sheet.words.items():
        attributes = group_attributes(part, font_weight="bold" if bold else "", text_anchor=TEXT_ANCHORS[anchor])
        groups.append(MarkGroup(attributes, texts=_texts(words)))
    return groups


def _axis(sheet: Sheet) -> list[MarkGroup]:
    """The grid, and the numbers below it."""
    bottom = sheet.y
    axis = sheet.axis
    places = [(axis.start + axis.scale * value, text) for value, text in sheet.ticks]
    lines = _lines(Stroke(x, 0, x, bottom) for x, _ in places)
    texts = _texts(Words(text, x, bottom + AXIS // 2, 0) for x, text in places)
    return [
        MarkGroup(group_attributes("grid", stroke="currentColor"), lines=lines),
        MarkGroup(group_attributes("soft", text_anchor="middle"), texts=texts),
    ]


def _lines(strokes: Iterable[Stroke]) -> list[LineMark]:
    return [LineMark(f"{x0:.4g}%", f"{y0:d}", f"{x1:.4g}%", f"{y1:d}") for x0, y0, x1, y1 in strokes]


def _rectangles(bars: Iterable[Bar], axis: Axis) -> list[RectangleMark]:
    """Bars from their left end; on an axis that runs to the left this is where the bar ends."""
    start, scale, size = axis.start, axis.scale, abs(axis.scale)
    marks = []
    for y, low, high, width, _ in bars:
        left = start + scale * (low if scale > 0 else high)
        length = (high - low) * size
        marks.append(RectangleMark(f"{left:.4g}%", f"{y - width // 2:d}", f"{length:.4g}%", f"{width:d}"))
    return marks


def _symbols(dots: Iterable[Dot], axis: Axis) -> list[SymbolMark]:
    start, scale = axis.start, axis.scale
    return [SymbolMark(f"{start + scale * value:.4g}%", f"{y:d}", hollow) for y, value, hollow, _ in dots]


def _texts(words: Iterable[Words]) -> list[TextMark]:
    return [TextMark(text, f"{x:.4g}%", f"{y + DROP:d}", f"{shift:d}") for text, x, y, shift in words]
