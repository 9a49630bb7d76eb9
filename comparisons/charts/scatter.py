"""The roles of one publisher as points: pay upwards, the number of jobs across, both on logarithmic axes.

Roles that match the filters are colored, the others are gray. Where there are too many roles to draw each one,
shading counts them, and only matching roles are drawn as points on top. The server and the browser's Plotly draw the
same points.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import product
from math import floor, log10, sqrt
from typing import NamedTuple

from django.db.models import Case, Count, IntegerField, QuerySet, Value, When

from careers.models import Listing
from comparisons import formats
from comparisons.charts.plotly import COLORS, PointsFrame, PointsTrace, Spec, describe_traces
from comparisons.charts.svg import CircleMark, LineMark, MarkGroup, RectangleMark, TextMark
from comparisons.language.messages.figure_origins import write_month
from comparisons.language.messages.row_notes import write_relative_error
from comparisons.queries.all_jobs import find_all_jobs
from comparisons.queries.current_role import AllJobsEntry
from comparisons.queries.filters import RolesFilter
from comparisons.queries.listings import ListedPublisher, listings_of
from comparisons.queries.revision import compute_once
from comparisons.thresholds import is_uncertain
from comparisons.titles import as_shown

# Each point costs the reader some bytes, and more points could not be told apart.
MOST_POINTS = 1_000
# Without a filter, only the roles with most jobs stand out from the shading.
MOST_UNFILTERED = 200
# The number of fields of the shading in each direction.
ACROSS, UPWARDS = 36, 24
HEIGHT, FOOT, HEAD = 540, 44, 26  # pixels: the whole drawing, the numbers below it, the room above the highest point
LEFT, RIGHT = 0.09, 0.97  # the ends of the axis of jobs, as shares of the width
# An axis with fewer numbers than this has rounder ones between them.
FEWEST_NUMBERS = 3
# How many points are named at most where the drawing is wide and where it is narrow, and these widths in pixels.
NAMED = {1000: 14, 286: 5}
LETTER, LINE = 9, 15  # pixels: the width of a letter at most, where a reader spaces them; the height of a name
# The key of the pay that a line is drawn at for all jobs.
MIDDLE_KEY = "salary.annual_median"
PAY_WORDS = {"pay": "average", "median": "median"}


class Point(NamedTuple):
    title: str
    slug: str
    pay: int
    jobs: int
    notes: str = ""

    @property
    def figures(self) -> str:
        return f"{formats.dollars(self.pay)} a year, {formats.counted(self.jobs, 'job')}{self.notes}"


class Shade(NamedTuple):
    """A field of the shading: its borders in dollars and in jobs, and the number of roles in it."""

    low: float
    high: float
    fewest: float
    most: float
    roles: int


class Picture(NamedTuple):
    """`matching` and `others` are drawn as points, `shades` count all roles. `left_out`: not all matching roles are
    drawn, because there are too many. `middle`: the median pay of all jobs, of the release of the points."""

    publisher: ListedPublisher
    filtered: bool
    matching: list[Point]
    others: list[Point]
    shades: tuple[Shade, ...]
    left_out: bool
    middle: AllJobsEntry | None = None

    @property
    def pay_words(self) -> str:
        return PAY_WORDS[self.publisher.pay]

    @property
    def powers_of_pay(self) -> tuple[float, float]:
        """The ends of the axis of pay, as powers of ten."""
        lowest, highest = self.publisher.lowest_pay[self.publisher.pay], self.publisher.most[self.publisher.pay]
        low, high = log10(max(lowest, 1)), log10(max(highest, lowest, 1))
        room = max(high - low, 0.1) * 0.04
        return low - room, high + room

    @property
    def decades(self) -> tuple[float, float]:
        """The ends of the axis of jobs, as powers of ten."""
        start = floor(log10(self.publisher.fewest_jobs))
        return start, max(log10(max(self.publisher.most["jobs"], 1)) + 0.1, start + 0.5)


def read_picture(revision: int, publisher: ListedPublisher, filters: RolesFilter) -> Picture:
    """Read what is to be drawn. Shading, and what is drawn without filters, is read once per revision."""
    middle = None
    if publisher.pay == "median" and len(publisher.releases) == 1:
        middle = find_all_jobs(revision, MIDDLE_KEY, publisher.pk, publisher.releases[0])
    read = _read_few_points if publisher.drawable <= MOST_POINTS else _read_crowd
    return read(revision, publisher, filters)._replace(middle=middle)


def _read_few_points(revision: int, publisher: ListedPublisher, filters: RolesFilter) -> Picture:
    points = _read_unfiltered(revision, publisher, MOST_POINTS)
    if not filters.active:
        return Picture(publisher, False, points, [], (), False)
    slugs = set(_filter_drawable(publisher, filters.qs).values_list("slug", flat=True))
    matching = [point for point in points if point.slug in slugs]
    others = [point for point in points if point.slug not in slugs]
    return Picture(publisher, True, matching, others, (), False)


def _read_crowd(revision: int, publisher: ListedPublisher, filters: RolesFilter) -> Picture:
    """Shading for all roles, and points for the matching ones with most jobs."""
    shades = compute_once(("shades", publisher.pk), revision, lambda: count_shades(publisher))
    if not filters.active:
        points = _read_unfiltered(revision, publisher, MOST_UNFILTERED)
        return Picture(publisher, False, points, [], shades, True)
    points = _make_points(_filter_drawable(publisher, filters.qs)[: MOST_POINTS + 1], publisher)
    return Picture(publisher, True, points[:MOST_POINTS], [], shades, len(points) > MOST_POINTS)


def _read_unfiltered(revision: int, publisher: ListedPublisher, most: int) -> list[Point]:
    roles = _filter_drawable(publisher, listings_of(publisher))[:most]
    return compute_once(("points", publisher.pk), revision, lambda: _make_points(roles, publisher))


def _filter_drawable(publisher: ListedPublisher, roles: QuerySet[Listing]) -> QuerySet[Listing]:
    """Roles with both pay and jobs, most jobs first."""
    return roles.filter(**{f"{publisher.pay}__isnull": False}, jobs__gt=0).order_by("-jobs", "-key", "-pk")


def _make_points(roles: QuerySet[Listing], publisher: ListedPublisher) -> list[Point]:
    columns = ("title", "slug", publisher.pay, "jobs", "pay_of", "jobs_of", "jobs_error")
    points = []
    for title, slug, pay, jobs, pay_of, jobs_of, error in roles.values_list(*columns):
        points.append(Point(as_shown(title), slug, pay, jobs, _write_notes(publisher, pay_of, jobs_of, error)))
    return points


def _write_notes(publisher: ListedPublisher, pay_of: date | None, jobs_of: date | None, error: Decimal | None) -> str:
    """What follows a role's figures: their months where the publisher's roles have several, and a large error of the
    jobs."""
    notes = [write_relative_error(error)] if is_uncertain(error) else []
    if len(publisher.releases) > 1:
        notes += dict.fromkeys([write_month(pay_of), write_month(jobs_of)])
    return f" ({', '.join(notes)})" if notes else ""


def count_shades(publisher: ListedPublisher) -> tuple[Shade, ...]:
    """Let the database count the roles in each field."""
    blank = Picture(publisher, False, [], [], (), False)
    start, end = blank.decades
    borders = [10 ** (start + (end - start) * step / ACROSS) for step in range(ACROSS + 1)]
    low, high = blank.powers_of_pay
    levels = [10 ** (low + (high - low) * step / UPWARDS) for step in range(UPWARDS + 1)]
    across = Case(
        *(When(jobs__lt=border, then=Value(step)) for step, border in enumerate(borders[1:])),
        default=Value(ACROSS - 1),
        output_field=IntegerField(),
    )
    upwards = Case(
        *(When(**{f"{publisher.pay}__lt": level}, then=Value(step)) for step, level in enumerate(levels[1:])),
        default=Value(UPWARDS - 1),
        output_field=IntegerField(),
    )
    fields = _filter_drawable(publisher, listings_of(publisher)).order_by().annotate(across=across, upwards=upwards)
    counted = fields.values_list("across", "upwards").annotate(roles=Count("pk")).order_by("upwards", "across")
    return tuple(
        Shade(levels[up], levels[up + 1], borders[step], borders[step + 1], roles) for step, up, roles in counted
    )


# -- drawing ----------------------------------------------------------------------------------


def describe_points(picture: Picture) -> Spec:
    """The points for the browser's Plotly, to be drawn over the server's drawing, which keeps its axes and shading."""
    frame = PointsFrame(picture.decades, (LEFT, RIGHT), _find_frame_of_pay(picture), HEIGHT, FOOT)
    traces = []
    if picture.others:
        traces.append(_build_trace("soft", picture.others, 7))
    if picture.matching:
        traces.append(_build_trace(_choose_look(picture), picture.matching, 9))
    return describe_traces(frame, traces)


def _build_trace(part: str, points: list[Point], size: int) -> PointsTrace:
    """Powers of ten go on the axis; labels give the number of jobs itself."""
    return PointsTrace(
        part,
        size,
        x=[round(log10(point.jobs), 4) for point in points],
        y=[round(log10(max(point.pay, 1)), 4) for point in points],
        labels=[(point.title, point.figures) for point in points],
        data=[[point.slug, point.title, f"{point.title}: {point.figures}"] for point in points],
    )


def _choose_look(picture: Picture) -> str:
    """The look of the matching points, which stand out only where a filter is active."""
    return "a" if picture.filtered else "ink"


def _find_frame_of_pay(picture: Picture) -> tuple[float, float]:
    """The powers of ten at the lower and the upper edge; the upper one lies above the highest point."""
    low, high = picture.powers_of_pay
    bottom = HEIGHT - FOOT
    return low, low + (high - low) * bottom / (bottom - HEAD)


class PointsDrawing(NamedTuple):
    """The same points as SVG."""

    height: int
    label: str
    groups: list[MarkGroup]


def draw_points(picture: Picture) -> PointsDrawing:
    pay = f"{picture.pay_words} pay a year"
    label = f"Roles as points: {pay} upwards, number of jobs across. A table follows."
    places = _Places(picture)
    grid = (("class", "grid"), ("color", COLORS["grid"]), ("stroke", "currentColor"))
    groups = [MarkGroup(grid, lines=_draw_grid(places))]
    if picture.shades:
        attributes = (("class", "shade soft"), ("color", COLORS["soft"]))
        groups.append(MarkGroup(attributes, rectangles=_draw_rectangles(picture.shades, places)))
    is_crowd = not picture.filtered and len(picture.matching) > MOST_UNFILTERED
    looks = (("soft", picture.others, "3"), (_choose_look(picture), picture.matching, "3" if is_crowd else "4.5"))
    for part, points, radius in looks:
        circles = []
        for point in points:
            circles.append(CircleMark(places.across(log10(point.jobs)), places.down(point.pay), point.title))
        groups.append(MarkGroup((("class", f"points {part}"),), circles=circles, radius=radius))
    groups.append(MarkGroup((("class", "soft"), ("color", COLORS["soft"])), texts=_draw_numbers(places, pay)))
    if picture.middle:
        groups += _draw_middle(picture.middle, places)
    # About a dozen points by their names; fewer where the drawing is narrow, in a group of their own.
    for css_class, (width, most) in zip(("names wide", "names narrow"), NAMED.items(), strict=True):
        groups.append(MarkGroup((("class", css_class),), texts=_write_names(picture, places, width, most)))
    return PointsDrawing(HEIGHT, label, groups)


class _Places:
    """The places of values in the drawing, as texts of attributes."""

    def __init__(self, picture: Picture) -> None:
        self.start, self.end = picture.decades
        self.low, self.high = picture.powers_of_pay
        self.bottom = HEIGHT - FOOT
        self.scale = 100 * (RIGHT - LEFT) / (self.end - self.start)
        self.numbers = _round_numbers(self.start, self.end, ((1,), (1, 2, 5)))
        self.dollars = _round_numbers(self.low, self.high, ((1, 2, 5), range(1, 10)))

    def percent_across(self, power: float) -> float:
        return 100 * LEFT + (power - self.start) * self.scale

    def across(self, power: float) -> str:
        return f"{self.percent_across(power):.4g}%"

    def pixels_down(self, pay: float) -> float:
        return self.bottom - (self.bottom - HEAD) * (log10(max(pay, 1)) - self.low) / (self.high - self.low)

    def down(self, pay: float) -> str:
        return f"{self.pixels_down(pay):.4g}"


def _round_numbers(low: float, high: float, choices: Sequence[Sequence[int]]) -> list[int]:
    """Numbers between two powers of ten, made by the first choice of factors that gives three, else by the last.

    >>> _round_numbers(4.3, 5.4, ((1, 2, 5), range(1, 10))), _round_numbers(4.6, 4.9, ((1, 2, 5), range(1, 10)))
    ([20000, 50000, 100000, 200000], [40000, 50000, 60000, 70000])
    """
    numbers: list[int] = []
    for factors in choices:
        if len(numbers) < FEWEST_NUMBERS:
            powers = range(floor(low), floor(high) + 1)
            made = [factor * 10**power for power, factor in product(powers, factors)]
            numbers = [number for number in made if 10**low <= number <= 10**high]
    return numbers


class _Name(NamedTuple):
    """A name in pixels of a drawing: its left and right end, its foot."""

    left: float
    right: float
    foot: float
    is_before_point: bool = False

    def covers(self, other: "_Name") -> bool:
        apart = self.right < other.left or other.right < self.left
        return not apart and abs(self.foot - other.foot) < LINE


def _draw_middle(middle: AllJobsEntry, places: _Places) -> list[MarkGroup]:
    """A dotted line at the median pay of all jobs, with its name at the right end."""
    y = places.pixels_down(float(middle.value))
    line = LineMark("0", f"{y:.4g}", "100%", f"{y:.4g}")
    name = TextMark(_name_of_middle(middle), "100%", f"{y - 5:.4g}", anchor="end")
    return [MarkGroup((("class", "ref"),), lines=[line]), MarkGroup((("class", "names"),), texts=[name])]


def _name_of_middle(middle: AllJobsEntry) -> str:
    return f"middle of all jobs, {formats.dollars(middle.value)}"


def _write_names(picture: Picture, places: _Places, width: int, most: int) -> list[TextMark]:
    """The names of points, those with most jobs first, for which a drawing of this width has room beside each other."""
    candidates = picture.matching if picture.filtered else [*picture.matching, *picture.others]
    taken: list[_Name] = []
    if picture.middle:
        left = width - LETTER * len(_name_of_middle(picture.middle))
        taken.append(_Name(left, width, places.pixels_down(float(picture.middle.value)) - 5))
    texts: list[TextMark] = []
    for point in candidates[: 10 * most]:
        name = _place_name(point, places, width)
        if len(texts) < most and name.left >= 0 and not any(name.covers(other) for other in taken):
            taken.append(name)
            x, y = places.across(log10(point.jobs)), f"{name.foot + 4:.4g}"
            shift, anchor = ("-8", "end") if name.is_before_point else ("8", "")
            texts.append(TextMark(point.title, x, y, shift, anchor))
    return texts


def _place_name(point: Point, places: _Places, width: int) -> _Name:
    across = places.percent_across(log10(point.jobs)) * width / 100
    length = LETTER * len(point.title) + 8
    foot = places.pixels_down(point.pay)
    if across + length > width:
        return _Name(across - length, across, foot, is_before_point=True)
    return _Name(across, across + length, foot)


def _draw_grid(places: _Places) -> list[LineMark]:
    across = [places.across(log10(number)) for number in places.numbers]
    lines = [LineMark(x, f"{HEAD}", x, f"{places.bottom}") for x in across]
    return lines + [LineMark("0", y, "100%", y) for y in map(places.down, places.dollars)]


def _draw_rectangles(shades: Sequence[Shade], places: _Places) -> list[RectangleMark]:
    """Fields of the shading; a few roles must still be seen beside thousands."""
    fullest = max(shade.roles for shade in shades)
    marks = []
    for shade in shades:
        left, right = log10(shade.fewest), log10(shade.most)
        height = places.pixels_down(shade.low) - places.pixels_down(shade.high)
        opacity = round(0.08 + 0.47 * sqrt(shade.roles / fullest), 2)
        marks.append(
            RectangleMark(
                places.across(left),
                places.down(shade.high),
                f"{(right - left) * places.scale:.3g}%",
                f"{height:.3g}",
                f"{opacity:.2g}",
            )
        )
    return marks


def _draw_numbers(places: _Places, pay: str) -> list[TextMark]:
    """The numbers along both axes, and what they count."""
    texts = [
        TextMark(formats.short_dollars(value), "0", f"{places.pixels_down(value) - 4:.4g}") for value in places.dollars
    ]
    for number in places.numbers:
        across = places.across(log10(number))
        texts.append(TextMark(_write_short(number), across, f"{places.bottom + 18}", anchor="middle"))
    texts.append(TextMark(f"↑ {pay[0].upper()}{pay[1:]}", "0", "12"))
    texts.append(TextMark("Number of jobs →", "100%", f"{HEIGHT - 4}", anchor="end"))
    return texts


def _write_short(value: int) -> str:
    """
    >>> _write_short(100), _write_short(1000), _write_short(100000), _write_short(1000000)
    ('100', '1,000', '100k', '1m')
    """
    if value >= 1_000_000:
        return f"{value // 1_000_000}m"
    return f"{value // 1000}k" if value >= 10_000 else f"{value:,}"
