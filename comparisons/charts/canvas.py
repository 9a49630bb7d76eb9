"""A sheet to put marks on: what all figures share. `charts.svg` and `charts.plotly` draw from it.

Across, a sheet is as wide as its page: marks stand at their values on an axis, which takes a part of the width, and
words at percents of the width. Down, it counts whole pixels from the top. So a mark is at the same place on every
screen whoever draws it, and words keep their size on a narrow one.

Each mark is named for the part it plays, a role's letter or `ink`, `soft`, `grid`: style sheets and scripts give it
the colour that suits the reader. The colours here are those for white paper.
"""

import textwrap
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Literal, NamedTuple

from comparisons.formats import Number

Anchor = Literal["left", "center", "right"]
Span = tuple[float, float]

COLOURS = {
    "a": "#0072B2",
    "b": "#C2510A",
    "c": "#00734F",
    "d": "#7B4D9E",
    "ink": "#1b1b1b",
    "soft": "#595959",
    "grid": "#e0e0e0",
}
FONT_SIZE = 13
LINE = 18  # pixels from one line of words to the next
AXIS = 26  # pixels below the marks for the numbers of an axis
BAR = 12  # pixels
THIN = 4
DOT = 11
GAP = 9  # pixels between a mark and its words
MARKER = 15  # pixels for a role's marker before words


def wrapped(text: str, width: int, most: int = 3) -> list[str]:
    """
    >>> wrapped("Information Technology/Support Technician", 36)
    ['Information Technology/Support', 'Technician']
    """
    return [text] if len(text) <= width else textwrap.wrap(text, width, max_lines=most, placeholder="…")


def ticks(low: float, high: float, most: int = 5) -> list[float]:
    """Round numbers within a span, at most so many.

    >>> ticks(55000, 121000), ticks(0, 83.4)
    ([60000.0, 80000.0, 100000.0, 120000.0], [0.0, 20.0, 40.0, 60.0, 80.0])
    """
    power = 10.0 ** (len(str(int(high - low))) - 2)
    for step in (power * factor for factor in (1, 2, 5, 10, 20, 50, 100)):
        first = -(-low // step)
        count = int(high // step - first) + 1
        if count <= most:
            return [(first + index) * step for index in range(count)]
    return []


# Words that stand to one side of a place: which end of theirs is there, and how many pixels they keep away.
_BESIDE: dict[Anchor, tuple[Anchor, int]] = {"left": ("right", -GAP), "center": ("center", 0), "right": ("left", GAP)}


class Axis:
    """`low` stands at the share `left` of the width, `high` at `right`; an axis may run from right to left.

    >>> axis = Axis(50, 100, 0.25, 0.75)
    >>> axis.across(50), axis.across(75), Axis(0, 10, 0.5, 0.25).across(10)
    (25.0, 50.0, 25.0)
    """

    __slots__ = ("high", "left", "low", "right", "scale", "start")

    def __init__(self, low: Number, high: Number, left: float = 0.0, right: float = 1.0) -> None:
        self.low, self.high, self.left, self.right = float(low), float(high), left, right
        self.scale = 100 * (right - left) / (self.high - self.low)
        self.start = 100 * left - self.low * self.scale

    def across(self, value: Number) -> float:
        """Where a value stands, in percent of the width."""
        return self.start + float(value) * self.scale


class Bar(NamedTuple):
    """`width` is its thickness in pixels, `says` what it tells who points at it, a line each."""

    y: int
    start: float
    end: float
    width: int
    says: tuple[str, ...]


class Dot(NamedTuple):
    y: int
    value: float
    hollow: bool
    says: tuple[str, ...]


class JoinedDot(NamedTuple):
    """A role's value on a line that several roles share, with its label."""

    part: str
    value: Number
    text: str
    says: tuple[str, ...]


class JoinedDots(NamedTuple):
    """`points`: the lowest value first. `note`: "" for none."""

    name: str
    points: Sequence[JoinedDot]
    note: str


class Words(NamedTuple):
    """`x` in percent of the width, and `shift` pixels further."""

    text: str
    x: float
    y: int
    shift: int


class Stroke(NamedTuple):
    """A line between two places, across in percent of the width."""

    x0: float
    y0: int
    x1: float
    y1: int


class Sheet:
    """Marks, top to bottom. `y` is where the next line begins, in pixels from the top.

    Marks of one look stand together, for then they cost few bytes: bars by (part, pale, axis), dots by (part, axis),
    words by (part, bold, anchor), strokes by (part, width, dotted). `ticks` are the numbers along the first axis,
    (value, words).
    """

    __slots__ = ("axes", "bars", "dots", "strokes", "ticks", "words", "y")

    def __init__(self, *axes: Axis) -> None:
        self.axes = axes
        self.y = 0
        self.bars: dict[tuple[str, bool, Axis], list[Bar]] = {}
        self.dots: dict[tuple[str, Axis], list[Dot]] = {}
        self.words: dict[tuple[str, bool, Anchor], list[Words]] = {}
        self.strokes: dict[tuple[str, int, bool], list[Stroke]] = {}
        self.ticks: list[tuple[float, str]] = []

    @property
    def height(self) -> int:
        return self.y + (AXIS if self.ticks else 0)

    @property
    def axis(self) -> Axis:
        """The first, which is the only one of most sheets."""
        return self.axes[0]

    def line(self, height: int = LINE) -> int:
        """Takes the next line; its middle."""
        self.y += height
        return self.y - height // 2

    def write(
        self,
        text: str,
        y: int,
        share: float = 0.0,
        *,
        part: str = "ink",
        anchor: Anchor = "left",
        bold: bool = False,
        indent: int = 0,
    ) -> None:
        """Words at a share of the width, and so many pixels further."""
        self.words.setdefault((part, bold, anchor), []).append(Words(text, 100 * share, y, indent))

    def write_lines(
        self,
        lines: Iterable[str],
        share: float = 0.0,
        *,
        part: str = "ink",
        anchor: Anchor = "left",
        bold: bool = False,
        indent: int = 0,
    ) -> None:
        """Words on the next lines, at a share of the width."""
        for text in lines:
            self.write(text, self.line(), share, part=part, anchor=anchor, bold=bold, indent=indent)

    def write_heading(self, text: str, width: int, share: float = 0.0, *, part: str, anchor: Anchor = "left") -> None:
        """Bold words on the next lines of so many characters."""
        self.write_lines(wrapped(text, width), share, part=part, anchor=anchor, bold=True)

    def write_name(self, text: str, width: int, share: float, anchor: Anchor, indent: int = 0) -> int:
        """Words on one line or two of so many characters. Returns their middle."""
        top = self.y
        self.write_lines(wrapped(text, width, 2), share, anchor=anchor, indent=indent)
        self.y += 2
        return (top + self.y) // 2 - 1

    def label(
        self, text: str, y: int, value: Number, *, part: str, side: Anchor = "right", axis: Axis | None = None
    ) -> None:
        """Words to the left or right of a mark, or centred on its value."""
        x = (axis or self.axes[0]).across(value)
        anchor, shift = _BESIDE[side]
        self.words.setdefault((part, False, anchor), []).append(Words(text, x, y, shift))

    def join_all(self, lines: Iterable[JoinedDots]) -> None:
        """Each line below its name, and its note below that."""
        for name, points, note in lines:
            self.write(name, self.line())
            self.join(points, self.line())
            if note:
                self.write(note, self.line(), part="soft")
            self.y += GAP

    def join(self, points: Sequence[JoinedDot], y: int) -> None:
        """A dot for each point, the lowest value first, and a line with labels from the lowest to the highest.

        Of dots in one place only the lowest is filled, so that all can be seen; they share one label.
        """
        first, last = points[0], points[-1]
        previous = None
        for point in points:
            self.dot(point.part, y, point.value, point.says, hollow=point.value == previous)
            previous = point.value
        if first.value < last.value:
            self.link(self.axis.across(first.value), self.axis.across(last.value), y)
            self.label(first.text, y, first.value, part=first.part, side="left")
        if first.value < last.value or len(points) == 1:
            self.label(last.text, y, last.value, part=last.part)
        else:
            free: Anchor = "left" if last.value > self.axis.high / 2 else "right"
            self.label(f"{last.text} each", y, last.value, part="soft", side=free)

    def bar(
        self,
        part: str,
        y: int,
        start: Number,
        end: Number,
        says: tuple[str, ...],
        *,
        pale: bool = False,
        width: int = BAR,
        axis: Axis | None = None,
    ) -> None:
        bar = Bar(y, float(start), float(end), width, says)
        self.bars.setdefault((part, pale, axis or self.axes[0]), []).append(bar)

    def amount(
        self,
        part: str,
        y: int,
        value: Number,
        text: str,
        says: tuple[str, ...],
        *,
        side: Anchor = "right",
        axis: Axis | None = None,
    ) -> None:
        """A bar from zero with its label."""
        self.bar(part, y, 0, value, says, axis=axis)
        self.label(text, y, value, part=part, side=side, axis=axis)

    def span(
        self, part: str, y: int, ends: Span, texts: tuple[str, str], says: tuple[str, ...], *, width: int = BAR
    ) -> None:
        """A bar with a label at each end; a thick one is pale, for what is drawn upon it."""
        low, high = ends
        self.bar(part, y, low, high, says, pale=width == BAR, width=width)
        self.label(texts[0], y, low, part=part, side="left")
        self.label(texts[1], y, high, part=part)

    def dot(
        self, part: str, y: int, value: Number, says: tuple[str, ...], *, hollow: bool = False, axis: Axis | None = None
    ) -> None:
        self.dots.setdefault((part, axis or self.axes[0]), []).append(Dot(y, float(value), hollow, says))

    def link(self, start: float, end: float, y: int) -> None:
        """A line between two places, in percent of the width, behind the marks."""
        self.strokes.setdefault(("grid", 2, False), []).append(Stroke(start, y, end, y))

    def border(self, value: Number) -> None:
        """A dotted line at a value, from the first bar to the last."""
        middles = [bar.y for bar in chain.from_iterable(self.bars.values())]
        x = self.axes[0].across(value)
        border = Stroke(x, min(middles) - BAR // 2, x, max(middles) + BAR // 2)
        self.strokes.setdefault(("soft", 1, True), []).append(border)

    def number(self, values: Sequence[float], words: Sequence[str]) -> None:
        """Numbers along the first axis, below everything."""
        self.ticks = list(zip(values, words, strict=True))
