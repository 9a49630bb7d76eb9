"""What all drawings share: an axis across, its ticks, and the colours of the roles.

Across, a drawing is as wide as its page: marks stand at percents of the width. Down, it counts whole pixels from the
top. So a mark is at the same place on every screen whoever draws it, and words keep their size on a narrow one.
"""

import textwrap

from comparisons.formats import Number

# Each mark is named for the part it plays, a role's letter or another: style sheets and scripts give it the colour that
# suits the reader. The colours here are those for white paper.
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
DOT = 11


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
