"""Lanes: one line of a drawing, across in percent of its width and down in pixels from its top.

So a mark is at the same place on every screen whoever draws it, and words keep their size on a narrow one. Templates
write lanes out as SVG, and Plotly draws over some of them from the same description. A lane says nothing by itself: the
row that it stands in holds its figures as text.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from comparisons.formats import Number, rounded, short_dollars

# Marks closer than this, in percent of the width, stand above each other.
CLOSE = 2.0
# How far two marks at the same place are moved up and down from the middle, in pixels.
STEP = 4
# Heights of lanes in pixels: of a pair, of a rung, of a rung in a long list.
PAIR, RUNG, DENSE = 28, 36, 28
# Where the lowest and the highest mark stand, as shares of the lane: no mark is cut off at its ends.
EDGES = (0.05, 0.95)
# The share of a lane that a bar of the largest value takes.
FULL = 0.98
# The least width of a segment that its share is written into, that of one on narrow screens, too, and the width of a
# letter of its name, in percent of the lane where that is as wide as on a desktop.
LEAST_FOR_SHARE, LEAST_ON_NARROW, LETTER_OF_NAME = 9, 16, 1.95
# Half of the room that a name of two letters or an amount takes, in percent of the width.
NAME_ROOM = 14
# Half of the room that the number of an axis takes on the narrowest screen, in percent of the width.
TICK_ROOM = 10


class LaneMark(NamedTuple):
    """A role's value. `letter`: of the role, o for all jobs. `tooltip`: what a reader sees who points at it,
    as `Registered nurse, 2021: $77,600`."""

    letter: str
    x: str
    y: int
    tooltip: str = ""


class LanePiece(NamedTuple):
    """A rectangle."""

    css_class: str
    x: str
    width: str
    y: int
    height: int


class LaneText(NamedTuple):
    """`css_class`: "e" ends at its place, "m" has its middle there, "" begins there; and the letter of a role whose
    color it has. `shift`: further pixels right."""

    text: str
    x: str
    y: int
    css_class: str = ""
    shift: int = 0


class LaneStroke(NamedTuple):
    """One of many values that are drawn in the same way. `x`: in thousandths of the width. `name`: whose value it
    is."""

    x: int
    value: Number
    name: str


class LaneLine(NamedTuple):
    """A line through points, each across in percent of the width and down in pixels."""

    letter: str
    points: Sequence[tuple[float, int]]


class Lane(NamedTuple):
    """`grid`: the places of the lines of the axis. `rule`: both ends of a line that joins the marks. `reference`: the
    place of a dotted line, "" for none. `css_class`: the letter of the role whose color the pieces have, or the kind
    of drawing, or both. `strokes`, `lines`: behind the marks. `stroke_path`: that of all strokes together. `unmarked`:
    values that have no mark of their own, for readers who point at them.
    """

    height: int
    css_class: str = ""
    grid: Sequence[str] = ()
    pieces: Sequence[LanePiece] = ()
    rule: tuple[str, str] = ("", "")
    reference: str = ""
    marks: Sequence[LaneMark] = ()
    texts: Sequence[LaneText] = ()
    lines: Sequence[LaneLine] = ()
    unmarked: Sequence[LaneMark] = ()
    strokes: Sequence[LaneStroke] = ()
    stroke_path: str = ""


def choose_ticks(low: float, high: float, most: int = 5) -> list[float]:
    """Round numbers within a span, as many as fit but no more than `most`.

    >>> choose_ticks(55000, 121000), choose_ticks(0, 83.4)
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
        """The place of a value, in percent of the width."""
        return self.start + float(value) * self.scale


class MarkedAxis(NamedTuple):
    """An axis with its round numbers. `grid`: the places of their lines in each lane. `ticks`: the numbers below the
    lanes, every second of which narrow screens leave out."""

    axis: Axis
    grid: Sequence[str]
    ticks: Sequence[LaneText]


def round_place(x: float) -> str:
    """A place to half a percent of the width, at most a pixel away: of the longest comparisons 140 bytes less.

    >>> round_place(43.1), round_place(95)
    ('43', '95')
    """
    return f"{round(2 * x) / 2:g}"


def place(axis: Axis, value: Number) -> str:
    """The place of a value, in percent of the width."""
    return f"{axis.across(value):.3g}"


def draw_range(letter: str, ends: tuple[Number | None, Number | None], value: Number | None, axis: Axis) -> Lane:
    """A bar from the lower to the upper end, which carry their amounts, and a mark at the value.

    An end that is not published leaves the bar at the value. Style sheets keep room for the amounts on both sides.
    """
    low, high = ends
    start = low if low is not None else value
    stop = high if high is not None else value
    middle = PAIR // 2
    pieces, texts = [], []
    if start is not None and stop is not None and stop > start:
        width = f"{axis.across(stop) - axis.across(start):.3g}"
        pieces.append(LanePiece("r", place(axis, start), width, middle - 2, 4))
    if low is not None:
        texts.append(LaneText(short_dollars(low), place(axis, low), middle + 4, "e", -_measure_room(low, value, axis)))
    if high is not None:
        texts.append(LaneText(short_dollars(high), place(axis, high), middle + 4, "", _measure_room(high, value, axis)))
    marks = [] if value is None else [LaneMark(letter, place(axis, value), middle)]
    return Lane(PAIR, f"range {letter}", (), pieces, marks=marks, texts=texts)


def _measure_room(end: Number, value: Number | None, axis: Axis) -> int:
    """How far the amount of an end keeps away from it; a mark that stands there needs more room."""
    is_near = value is not None and abs(axis.across(end) - axis.across(value)) < CLOSE
    return 12 if is_near else 6


def draw_bars(letters: Sequence[str], values: Sequence[Number | None], reference: Number | None = None) -> list[Lane]:
    """Bars from zero to each value, on one axis with room for all of them."""
    axis = fit_axis_to_bars(values, reference)
    return [draw_bar(letter, value, axis, reference) for letter, value in zip(letters, values, strict=True)]


def draw_bar(letter: str, value: Number | None, axis: Axis, reference: Number | None = None) -> Lane:
    """A bar from zero to the value, to the left where it is negative."""
    pieces = []
    if value is not None:
        start, stop = sorted((axis.across(0), axis.across(value)))
        pieces.append(LanePiece("bar", f"{start:.3g}", f"{stop - start:.3g}", PAIR // 2 - 4, 8))
    dotted = "" if reference is None else place(axis, reference)
    grid = (place(axis, 0),) if axis.low < 0 else ()
    return Lane(PAIR, letter, grid, pieces, reference=dotted)


def fit_axis_to_bars(values: Sequence[Number | None], reference: Number | None = None) -> Axis:
    """An axis with room for bars from zero to any of the values.

    >>> fit_axis_to_bars([4, 8, None]).across(8), round(fit_axis_to_bars([-2, 6]).across(0), 1)
    (98.0, 24.5)
    """
    amounts = [0.0, *[float(value) for value in (*values, reference) if value is not None]]
    low, high = min(amounts), max(amounts)
    return Axis(low, high if high > low else low + 1, 0, FULL)


def fit_axis_to_marks(values: Sequence[float], edges: tuple[float, float] = EDGES) -> Axis:
    """An axis from the lowest to the highest value; if all are the same, they are in the middle.

    >>> [f"{fit_axis_to_marks(values).across(20):.3g}" for values in ([20, 60], [20, 20])]
    ['5', '50']
    """
    low, high = min(values), max(values)
    return Axis(low, high, *edges) if high > low else Axis(0, 2 * high or 1, *edges)


def draw_halves(letters: Sequence[str], percents: Sequence[Number | None]) -> list[Lane]:
    """Marks of shares of a whole, each on a line across its lane with a dotted line at the half."""
    lanes = []
    for letter, percent in zip(letters, percents, strict=True):
        marks = [] if percent is None else [LaneMark(letter, f"{float(percent):.3g}", PAIR // 2)]
        lanes.append(Lane(PAIR, letter, rule=("0", "100"), reference="50", marks=marks))
    return lanes


class Share(NamedTuple):
    """A part of a whole, in percent. `name`: written beside it where there is room."""

    name: str
    percent: float


def draw_shares(letter: str, shares: Sequence[Share]) -> Lane:
    """A bar whose parts are as wide as the shares, the first the palest. They need not add up to 100."""
    percents = [f"{rounded(share.percent)}%" for share in shares]
    pieces, texts = [], []
    start = 0.0
    for number, (share, percent) in enumerate(zip(shares, percents, strict=True), start=1):
        width = min(share.percent, 100 - start)
        pieces.append(LanePiece(f"s{number}", f"{start:.3g}", f"{width:.3g}", 5, 18))
        middle = f"{start + width / 2:.3g}"
        texts += _write_share(share, width, LaneText(percent, middle, 18, f"m t{number}"))
        start += width
    return Lane(PAIR, f"strip {letter}", pieces=pieces, texts=texts)


def _write_share(share: Share, width: float, percent: LaneText) -> list[LaneText]:
    """The percent of a share, or its name with it, as wide and as narrow screens have room for them."""
    on_wide, on_narrow = f"{percent.css_class} lx", f"{percent.css_class} sx"
    with_name = percent._replace(text=f"{share.name} {percent.text}", css_class=on_wide)
    if width >= LETTER_OF_NAME * len(with_name.text):
        return [with_name, percent._replace(css_class=on_narrow)]
    if width >= LEAST_ON_NARROW:
        return [percent]
    return [percent._replace(css_class=on_wide)] if width >= LEAST_FOR_SHARE else []


def draw_rung(values: Sequence[tuple[str, Number | None]], marked: MarkedAxis, height: int = RUNG) -> Lane:
    """Marks on one line, with a rule that joins those of the roles, or of one role and all jobs.

    `values`: letter and value of each role, and last of all jobs, where they have a mark.

    >>> marked = draw_axis(Axis(0, 100), (), str)
    >>> lane = draw_rung([("a", 20), ("b", 20.5), ("c", None), ("d", 80)], marked)
    >>> [(mark.letter, mark.x, mark.y) for mark in lane.marks], lane.rule
    ([('a', '20', 14), ('b', '20.5', 22), ('d', '80', 18)], ('20', '80'))
    """
    placed = sorted([(marked.axis.across(value), letter) for letter, value in values if value is not None])
    middle = height // 2
    marks: list[LaneMark] = []
    for group in group_close([x for x, _ in placed]):
        top = middle - STEP * (len(group) - 1)
        for row, index in enumerate(group):
            x, letter = placed[index]
            marks.append(LaneMark(letter, round_place(x), top + 2 * STEP * row))
    joined = [x for x, letter in placed if letter != "o" or len(values) == 2]
    rule = (round_place(joined[0]), round_place(joined[-1])) if len(joined) > 1 else ("", "")
    return Lane(height, "", marked.grid, rule=rule, marks=marks)


def group_close(places: Sequence[float]) -> list[list[int]]:
    """The indexes of ascending places, those together whose marks would cover each other.

    >>> group_close([1, 2, 3.5, 9])
    [[0, 1, 2], [3]]
    """
    groups: list[list[int]] = []
    for index, x in enumerate(places):
        if groups and x - places[groups[-1][-1]] < CLOSE:
            groups[-1].append(index)
        else:
            groups.append([index])
    return groups


def draw_axis(axis: Axis, values: Sequence[Number], write: Callable[[Number], str]) -> MarkedAxis:
    """`values`: the round numbers. Each has its middle below its line unless it would leave the lane."""
    places = [axis.across(value) for value in values]
    texts = [write(value) for value in values]
    return MarkedAxis(axis, list(map(round_place, places)), list(map(_write_tick, places, texts)))


def _write_tick(x: float, text: str) -> LaneText:
    css_class = ""
    if x < TICK_ROOM:
        css_class = "s"
    elif x > 100 - TICK_ROOM:
        css_class = "e"
    return LaneText(text, f"{x:.3g}", 12, css_class)


def place_text(x: float, y: int, text: str) -> LaneText:
    """Words at a place, with their middle there unless they would leave the lane."""
    css_class = "m"
    if x < NAME_ROOM:
        css_class = ""
    elif x > 100 - NAME_ROOM:
        css_class = "e"
    return LaneText(text, f"{x:.3g}", y, css_class)


# -- strips -----------------------------------------------------------------------------------


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
    marked: MarkedAxis,
    *,
    tooltip: str = "",
    named: bool = True,
) -> Lane:
    """A stroke for each of many values, and the mark of one with its `tooltip`. `named`: the lowest and the
    highest carry their names."""
    placed = [LaneStroke(round(10 * marked.axis.across(value)), value, name) for value, _, name in strokes]
    path = draw_stroke_path([stroke.x for stroke in placed])
    marks = [] if value is None else [LaneMark(letter, place(marked.axis, value), STRIP_MIDDLE, tooltip)]
    texts = _name_ends(strokes, marked.axis) if strokes and named else []
    return Lane(STRIP, letter, marked.grid, marks=marks, texts=texts, strokes=placed, stroke_path=path)


def draw_stroke_path(places: Iterable[int]) -> str:
    """One path of all strokes, each from its top down; places in thousandths of the width.

    >>> draw_stroke_path([350, 50, 350])
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


def _name_ends(strokes: Sequence[StripStroke], axis: Axis) -> list[LaneText]:
    lowest = min(strokes, key=lambda stroke: (stroke.value, stroke.code))
    highest = min(strokes, key=lambda stroke: (-stroke.value, stroke.code))
    low, high = axis.across(lowest.value), axis.across(highest.value)
    if lowest.code == highest.code:
        return [place_text(high, STRIP_NAMES, highest.code)]
    names = [place_text(low, STRIP_NAMES, lowest.code), place_text(high, STRIP_NAMES, highest.code)]
    beside = [name for name in names if name.css_class != "m"]  # a whole name between the strokes, not half of it
    if high - low < NAME_ROOM * (1 + len(beside) / 2):
        return [place_text((low + high) / 2, STRIP_NAMES, f"{lowest.code} – {highest.code}")]
    return names
