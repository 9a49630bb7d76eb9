"""Median pay over the years: a line for each role, with a gap where a year has no figure.

Only releases of one publisher are joined to a line. Pay is in dollars of the day.
"""

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from careers.vocabulary import MISSING_TEXTS, NOT_IN_SOURCE, NOT_PUBLISHED
from comparisons import formats
from comparisons.charts.canvas import GAP, Axis, Sheet, Stroke, ticks
from comparisons.charts.figure import Figure, thousands, titles, write_name
from comparisons.comparison import Comparison, Side
from comparisons.queries.figure_rows import PAY_FIELDS
from comparisons.queries.roles import YearEntry

NAME = "Median pay over the years"
TIMES = {"median": "a year", "hourly_median": "an hour"}
HEIGHT = 150  # pixels of the lines
# Fewer years make no line.
FEWEST_YEARS = 2


class _YearPoint(NamedTuple):
    year: int
    amount: int | Decimal
    entry: YearEntry

    @property
    def pay(self) -> float:
        return float(self.amount)


def history(comparison: Comparison) -> Figure | None:
    """The medians of each role by year; None where no role has two of them."""
    by_time = {time: [_points(side, time) for side in comparison.sides] for time in TIMES}
    time = max(by_time, key=lambda time: sum(len(points) >= FEWEST_YEARS for points in by_time[time]))
    lines = by_time[time]
    if not any(len(points) >= FEWEST_YEARS for points in lines):
        return None
    years = sorted({entry.year for side in comparison.sides for entry in side.role.history})
    sheet = Sheet(Axis(years[0], years[-1], 0.14, 0.95))
    for side, points in zip(comparison.sides, lines, strict=True):
        write_name(sheet, side, {})
        if not points:
            sheet.write(_no_line(side, time), sheet.line(), part="soft")
    sheet.y += 2 * GAP
    _draw_lines(sheet, comparison.sides, lines)
    sheet.number([float(year) for year in years], [str(year) for year in years])
    return Figure(
        "history",
        NAME,
        _finding(comparison.sides, lines, time),
        " ".join(
            [
                f"US dollars {TIMES[time]}, in dollars of the day, not adjusted for prices, in the whole country.",
                "A year without a figure is a gap.",
                _cite(comparison.sides),
            ]
        ),
        sheet,
        ("", *titles(comparison)),
        tuple([(str(year), *[_cell(side, year) for side in comparison.sides]) for year in years]),
    )


def _points(side: Side, time: str) -> list[_YearPoint]:
    points = []
    for entry in side.role.history:
        pay = entry.figure(time)
        if pay is not None:
            points.append(_YearPoint(entry.year, pay, entry))
    return points


def _draw_lines(sheet: Sheet, sides: Sequence[Side], lines: Sequence[Sequence[_YearPoint]]) -> None:
    """On an axis of pay from below the lowest to above the highest figure."""
    pay = [point.pay for points in lines for point in points]
    low, high = min(pay), max(pay)
    margin = max((high - low) / 8, high / 50)
    low, high = max(low - margin, 0), high + margin
    top = sheet.y

    def height(amount: float) -> int:
        return round(top + HEIGHT * (high - amount) / (high - low))

    left, right = 100 * sheet.axis.left, 100 * sheet.axis.right
    for mark in ticks(low, high, 4):
        sheet.strokes.setdefault(("grid", 1, False), []).append(Stroke(left, height(mark), right, height(mark)))
        sheet.write(thousands(mark), height(mark), part="soft")
    for side, points in zip(sides, lines, strict=True):
        for first, second in pairwise(points):
            if second.year == first.year + 1:
                ends = (sheet.axis.across(first.year), height(first.pay), sheet.axis.across(second.year))
                line = Stroke(*ends, height(second.pay))
                sheet.strokes.setdefault((side.letter, 2, False), []).append(line)
        for point in points:
            says = (side.title, f"{point.entry.source.release}: {formats.dollars(point.amount)}")
            sheet.dot(side.letter, height(point.pay), point.year, says)
    sheet.y = top + HEIGHT + GAP


def _finding(sides: Sequence[Side], lines: Sequence[Sequence[_YearPoint]], time: str) -> str:
    parts = []
    for side, points in zip(sides, lines, strict=True):
        if len(points) >= FEWEST_YEARS:
            first, last = points[0], points[-1]
            pay = [formats.dollars(point.amount) for point in (first, last)]
            parts.append(f"{side.title} {pay[0]} in {first.year} and {pay[1]} in {last.year}")
    return f"Median pay {TIMES[time]}: {'; '.join(parts)}"


def _no_line(side: Side, time: str) -> str:
    if not side.role.history:
        return NOT_IN_SOURCE
    return f"no median {TIMES[time]} is published"


def _cell(side: Side, year: int) -> str:
    """What is known of one role in one year, or why there is nothing."""
    entry = next((entry for entry in side.role.history if entry.year == year), None)
    if entry is None:
        return "no figure in this year" if side.role.history else NOT_IN_SOURCE
    texts = []
    for time, unit in TIMES.items():
        median = entry.figure(time)
        if median is not None:
            spread = [entry.figure(time.replace("median", name)) for name in ("p10", "p90")]
            texts.append(f"{formats.dollars(median)} {unit}{_spread(spread)}")
            break
    else:
        texts.append(f"median {_why_missing(entry)}")
    jobs = entry.figure("jobs")
    texts.append(f"jobs {NOT_PUBLISHED}" if jobs is None else formats.counted(jobs, "job"))
    return "; ".join(texts)


def _spread(spread: Sequence[int | Decimal | None]) -> str:
    """The pay that one in ten stays below, and that which one in ten exceeds."""
    low, high = spread
    words = [] if low is None else [f"one in ten below {formats.dollars(low)}"]
    words += [] if high is None else [f"one in ten above {formats.dollars(high)}"]
    return f" ({', '.join(words)})" if words else ""


def _why_missing(entry: YearEntry) -> str:
    evidence = entry.pay.evidence if entry.pay else {}
    place = evidence.get(PAY_FIELDS["median"], {})
    return MISSING_TEXTS.get(place.get("missing", "not-published"), NOT_PUBLISHED)


def _cite(sides: Sequence[Side]) -> str:
    releases: dict[str, dict[int, str]] = {}
    for side in sides:
        for entry in side.role.history:
            releases.setdefault(entry.source.publisher, {})[entry.year] = entry.source.release
    parts = []
    for publisher, by_year in releases.items():
        parts.append(f"{publisher}, {by_year[min(by_year)]} to {by_year[max(by_year)]}")
    return f"Source: {'; '.join(parts)}."
