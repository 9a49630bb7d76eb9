"""The roles of one publisher as points: pay upwards, the number of jobs across, each step of it ten times more.

Coloured is what the filters leave, grey what they leave out. Where there are too many roles to draw each one, shading
counts them, and only what the filters leave is drawn as points on top. The server draws the same points as the
browser's Plotly.
"""

from collections.abc import Iterator
from html import escape
from math import floor, log10, sqrt
from typing import Any, NamedTuple

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, QuerySet, Value, When
from django.utils.safestring import SafeString

from careers.models import Listing
from comparisons import formats
from comparisons.charts.canvas import ticks, wrapped
from comparisons.queries.filters import RolesFilter
from comparisons.queries.listings import ListedPublisher, listings_of
from comparisons.queries.per_revision import compute_once
from comparisons.views.markup import Piece, filled

# Each point costs a reader some bytes, and more of them could not be told apart.
MOST_POINTS = 1_000
# With nothing to go by, only these stand out from the shading: those with most jobs.
MOST_UNASKED = 200
# Shading is counted in so many steps across and upwards.
ACROSS, UPWARDS = 36, 24
HEIGHT, FOOT, HEAD = 440, 44, 26  # pixels: of all, of the numbers below, above the highest point
LEFT, RIGHT = 0.09, 0.97  # where the axis of jobs begins and ends, as a share of the width
LABEL = 32  # characters of a line in the label of a point
PAY = {"pay": "average", "median": "median"}


class Point(NamedTuple):
    title: str
    slug: str
    pay: int
    jobs: int
    matches: bool

    @property
    def figures(self) -> str:
        return f"{formats.dollars(self.pay)} a year, {formats.counted(self.jobs, 'job')}"

    @property
    def says(self) -> str:
        return f"{self.title}: {self.figures}"

    @property
    def label(self) -> str:
        """In lines that find room on the smallest phone. Plotly reads tags in it, so its words are escaped."""
        return "<br>".join(map(escape, (*wrapped(self.title, LABEL), self.figures)))


class Shade(NamedTuple):
    """A field of the shading: its borders in dollars and jobs, and how many roles it holds."""

    low: float
    high: float
    fewest: float
    most: float
    roles: int


class Picture(NamedTuple):
    """`matching` and `others` are drawn as points, `shades` count all. `left_out`: matching roles too many to draw."""

    publisher: ListedPublisher
    filtered: bool
    matching: list[Point]
    others: list[Point]
    shades: tuple[Shade, ...]
    left_out: bool

    @property
    def pay_words(self) -> str:
        return PAY[self.publisher.pay]

    @property
    def top_pay(self) -> float:
        return max(self.publisher.most[self.publisher.pay], 1) * 1.04

    @property
    def decades(self) -> tuple[float, float]:
        """Where the axis of jobs begins and ends, as powers of ten."""
        start = floor(log10(self.publisher.fewest_jobs))
        return start, max(log10(max(self.publisher.most["jobs"], 1)) + 0.1, start + 1)


def picture(revision: int, publisher: ListedPublisher, filters: RolesFilter) -> Picture:
    filtered = bool(filters.active)
    if publisher.drawable <= MOST_POINTS:
        points = _points(
            _drawable(publisher, listings_of(publisher)), publisher, _matching(filters) if filtered else None
        )
        return Picture(
            publisher,
            filtered,
            [point for point in points if point.matches],
            [point for point in points if not point.matches],
            (),
            False,
        )
    most = MOST_POINTS if filtered else MOST_UNASKED
    points = _points(_drawable(publisher, filters.qs)[: most + 1], publisher, None)
    shades = compute_once(("shades", publisher.pk), revision, lambda: count_shades(publisher))
    return Picture(publisher, filtered, points[:most], [], shades, len(points) > most)


def _drawable(publisher: ListedPublisher, roles: QuerySet[Listing]) -> QuerySet[Listing]:
    """Those with pay and jobs, most jobs first."""
    return roles.filter(**{f"{publisher.pay}__isnull": False}, jobs__gt=0).order_by("-jobs", "-key")


def _matching(filters: RolesFilter) -> Exists:
    return Exists(filters.qs.filter(pk=OuterRef("pk")).order_by())


def _points(roles: QuerySet[Listing], publisher: ListedPublisher, matching: Exists | None) -> list[Point]:
    found = roles.annotate(matches=matching if matching is not None else Value(value=True))
    return [Point(*row) for row in found.values_list("title", "slug", publisher.pay, "jobs", "matches")]


def count_shades(publisher: ListedPublisher) -> tuple[Shade, ...]:
    """How many roles stand in each field, counted by the database."""
    blank = Picture(publisher, False, [], [], (), False)
    start, end = blank.decades
    borders = [10 ** (start + (end - start) * step / ACROSS) for step in range(ACROSS + 1)]
    height = blank.top_pay / UPWARDS
    across = Case(
        *(When(jobs__lt=border, then=Value(step)) for step, border in enumerate(borders[1:])),
        default=Value(ACROSS - 1),
        output_field=IntegerField(),
    )
    upwards = Case(
        *(When(**{f"{publisher.pay}__lt": height * (step + 1)}, then=Value(step)) for step in range(UPWARDS)),
        default=Value(UPWARDS - 1),
        output_field=IntegerField(),
    )
    fields = _drawable(publisher, listings_of(publisher)).order_by().annotate(across=across, upwards=upwards)
    counted = fields.values_list("across", "upwards").annotate(roles=Count("pk")).order_by("upwards", "across")
    return tuple(
        Shade(height * up, height * (up + 1), borders[step], borders[step + 1], roles) for step, up, roles in counted
    )


# -- drawing ----------------------------------------------------------------------------------


def figure(picture: Picture) -> dict[str, Any]:
    """The points in Plotly's schema, to be drawn over the server's drawing, which keeps its axes and its shading.

    Across stand powers of ten; what is said of a point are the jobs themselves.
    """
    start, end = picture.decades
    bottom = HEIGHT - FOOT
    traces = (("soft", picture.others, 7), ("a" if picture.filtered else "ink", picture.matching, 9))
    return {
        "data": [_trace(part, points, size) for part, points, size in traces if points],
        "layout": {
            "height": HEIGHT,
            "margin": {"l": 0, "r": 0, "t": 0, "b": FOOT, "pad": 0},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "hovermode": "closest",
            "dragmode": False,
            "showlegend": False,
            "font": {"size": 13},
            "xaxis": {"range": [start, end], "domain": [LEFT, RIGHT], "visible": False, "fixedrange": True},
            "yaxis": {
                "range": [0, picture.top_pay * bottom / (bottom - HEAD)],
                "visible": False,
                "fixedrange": True,
            },
        },
    }


def _trace(part: str, points: list[Point], size: int) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "meta": part,
        "x": [round(log10(point.jobs), 4) for point in points],
        "y": [point.pay for point in points],
        "customdata": [[point.slug, point.title, point.says] for point in points],
        "hovertext": [point.label for point in points],
        "hoverinfo": "text",
        "marker": {"size": size, "color": "#595959", "opacity": 0.7, "line": {"width": 1, "color": "#fff"}},
    }


def _weight(shade: Shade, picture: Picture) -> float:
    """How dark a field is: a few roles must still be seen beside thousands."""
    fullest = max(each.roles for each in picture.shades)
    return round(0.08 + 0.47 * sqrt(shade.roles / fullest), 2)


def _decades(start: float, end: float) -> range:
    return range(floor(start), floor(end) + 1)


def _short(value: int) -> str:
    """
    >>> _short(100), _short(1000), _short(100000), _short(1000000)
    ('100', '1,000', '100k', '1m')
    """
    if value >= 1_000_000:
        return f"{value // 1_000_000}m"
    return f"{value // 1000}k" if value >= 10_000 else f"{value:,}"


def drawn(picture: Picture) -> SafeString:
    """The same as SVG. Numbers are written with formats that take nothing else; only words are left to be escaped."""
    return filled(_pieces(picture))


def _pieces(picture: Picture) -> Iterator[Piece]:
    start, end = picture.decades
    bottom = HEIGHT - FOOT
    scale = 100 * (RIGHT - LEFT) / (end - start)

    def across(power: float) -> float:
        return 100 * LEFT + (power - start) * scale

    def down(pay: float) -> float:
        return bottom - (bottom - HEAD) * pay / picture.top_pay

    pay = f"{picture.pay_words} pay a year"
    yield (
        f'<svg class="drawing" width="100%" height="{HEIGHT}" font-size="13" fill="currentColor" role="img"'
        ' aria-label="{}">',
        [f"Roles as points: {pay} upwards, number of jobs across. The table below holds the same roles."],
    )
    yield '<g class="grid" color="#e0e0e0" stroke="currentColor">', ()
    for power in _decades(start, end):
        yield f'<line x1="{across(power):.4g}%" x2="{across(power):.4g}%" y1="{HEAD}" y2="{bottom}"/>', ()
    dollars = ticks(0, picture.top_pay, 6)
    for value in dollars:
        yield f'<line x1="0" x2="100%" y1="{down(value):.4g}" y2="{down(value):.4g}"/>', ()
    yield "</g>", ()
    if picture.shades:
        yield '<g class="shade soft" color="#595959">', ()
        for shade in picture.shades:
            x, width = across(log10(shade.fewest)), (log10(shade.most) - log10(shade.fewest)) * scale
            y, height = down(shade.high), down(shade.low) - down(shade.high)
            yield (
                f'<rect x="{x:.4g}%" y="{y:.4g}" width="{width:.3g}%" height="{height:.3g}"'
                f' opacity="{_weight(shade, picture):.2g}"/>',
                (),
            )
        yield "</g>", ()
    groups = (("soft", picture.others, 3.5), ("a" if picture.filtered else "ink", picture.matching, 4.5))
    for part, points, radius in groups:
        yield f'<g class="points {part}">', ()
        for point in points:
            place = f'cx="{across(log10(point.jobs)):.4g}%" cy="{down(point.pay):.4g}"'
            yield f'<circle {place} r="{radius}"><title>{{}}</title></circle>', [point.says]
        yield "</g>", ()
    yield '<g class="soft" color="#595959">', ()
    for value in dollars[1:]:
        yield f'<text x="0" y="{down(value) - 4:.4g}">{{}}</text>', [f"${value / 1000:g}k"]
    for power in _decades(start, end):
        yield f'<text x="{across(power):.4g}%" y="{bottom + 18}" text-anchor="middle">{{}}</text>', [_short(10**power)]
    yield (
        f'<text x="0" y="12">{{}}</text><text x="100%" y="{HEIGHT - 4}" text-anchor="end">{{}}</text>',
        [
            f"↑ {pay[0].upper()}{pay[1:]}",
            "Number of jobs →",
        ],
    )
    yield "</g></svg>", ()
