"""The marks of a drawing, with all lengths as the texts of attributes, which templates write out as inline SVG."""

from collections.abc import Sequence
from typing import NamedTuple

from comparisons.charts.canvas import COLOURS


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
    """Marks of one kind with the attributes that they share. `radius`: of circles.

    The attribute `class` is for style sheets, which colour the group for the reader; `color` is for white paper.
    """

    attributes: tuple[tuple[str, str], ...]
    lines: Sequence[LineMark] = ()
    rectangles: Sequence[RectangleMark] = ()
    circles: Sequence[CircleMark] = ()
    texts: Sequence[TextMark] = ()
    radius: str = ""


def group_attributes(part: str, **others: str) -> tuple[tuple[str, str], ...]:
    """The attributes of a group; an underscore in a name stands for a hyphen, and empty values are left out.

    >>> group_attributes("a", stroke_width="2", text_anchor="")
    (('class', 'a'), ('color', '#0072B2'), ('stroke-width', '2'))
    """
    written = [(name.replace("_", "-"), value) for name, value in others.items() if value]
    return (("class", part), ("color", COLOURS[part]), *written)
