"""The marks of a drawing, with all lengths as the texts of attributes, which templates write out as inline SVG."""

from collections.abc import Sequence
from typing import NamedTuple


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

    The attribute `class` is for style sheets, which color the group for the reader; `color` is for white paper.
    """

    attributes: tuple[tuple[str, str], ...]
    lines: Sequence[LineMark] = ()
    rectangles: Sequence[RectangleMark] = ()
    circles: Sequence[CircleMark] = ()
    texts: Sequence[TextMark] = ()
    radius: str = ""
