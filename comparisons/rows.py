"""What a comparison shows: one line per row, in the order of the page.

A row reads one key of the vocabulary, or several that are read as one (both ends of a
range). To add a row, add its line to a section below: tables, differences, the role page
and the tests follow.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from careers.vocabulary import EXPERIENCE_BANDS, GROUPS, LABELS
from comparisons import formats
from comparisons.formats import Number

# One marker and one letter for each side of a comparison; the letter names its colour in the CSS.
MARKERS = ("●", "◆", "▲", "■")
LETTERS = ("a", "b", "c", "d")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a comparison.

    `format` turns the values of `fields`, in their order, into text; with several fields
    any but not all of them may be None, and None as an answer means nothing can be said.
    `difference` turns the values of two roles, first and second, into text; for several
    fields a value is a tuple. `repeats`: the rows that say the same in another unit or more
    coarsely, or that this one is the error of, so that it is no difference of its own where one of them has one. (Some
    occupations are paid by the hour only.)
    """

    key: str
    format: Callable[..., str | None]
    difference: Callable[[Any, Any], str | None] | None = None
    fields: tuple[str, ...] = ()
    help: str = ""
    repeats: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        return LABELS[self.key]

    @property
    def reads(self) -> tuple[str, ...]:
        """The keys of the vocabulary that the row shows."""
        return self.fields or (self.key,)

    @property
    def overlaps(self) -> bool:
        """What sets two of its values against one another is no amount."""
        return self.difference is _overlapping

    @property
    def anchor(self) -> str:
        return self.key.replace(".", "-").replace("_", "-")


@dataclass(frozen=True, slots=True)
class RowSection:
    slug: str
    title: str
    rows: tuple[Row, ...]


def _less(differ: Callable[[Number], str]) -> Callable[[Any, Any], str]:
    """The first role's number less the second's, as text with its sign and unit."""
    return lambda first, second: differ(first - second)


# Stands after a time that no sentence of the page tells.
BY_EXPERIENCE = "going by the experience figure"


def time_to_enter(low: int | None, high: int | None, experience: int | None) -> str | None:
    """The sentence's span; without the sentence the band of the experience figure, marked.

    >>> time_to_enter(12, 24, 2), time_to_enter(120, None, None)
    ('1 to 2 years', 'more than 10 years')
    >>> time_to_enter(None, None, 12)
    '6 to 12 months, going by the experience figure'
    """
    if low is not None:
        return formats.span(low, high)
    if high is not None:
        return f"up to {formats.span(high, high)}"
    if experience in EXPERIENCE_BANDS:
        return f"{formats.span(*EXPERIENCE_BANDS[experience])}, {BY_EXPERIENCE}"
    return None


def months(value: tuple[int | None, int | None, int | None]) -> tuple[int, int | None] | None:
    """The span that `time_to_enter` speaks of, in months.

    >>> months((24, 48, 4)), months((None, None, 12)), months((120, None, None))
    ((24, 48), (6, 12), (120, None))
    """
    low, high, experience = value
    if low is not None:
        return low, high
    return EXPERIENCE_BANDS.get(experience or 0) if high is None else None


def _longer(first: Any, second: Any) -> str | None:
    one, other = months(first), months(second)
    if one is None or other is None or one[1] is None or other[1] is None:
        return None
    return formats.month_difference(one[0] - other[0], one[1] - other[1])


def money_range(low: int | None, high: int | None) -> str:
    """
    >>> money_range(67000, 121000), money_range(None, 48000), money_range(30000, None)
    ('$67,000 to $121,000', 'up to $48,000', 'from $30,000')
    """
    if low is None:
        return f"up to {formats.dollars(high or 0)}"
    return formats.dollar_range(low, high) if high is not None else f"from {formats.dollars(low)}"


def overlap(first: Any, second: Any) -> float | None:
    """How much of the narrower range lies within the other, in percent.

    >>> round(overlap((67000, 121000), (55000, 113000)))
    85
    >>> overlap((10, 20), (30, 40)), overlap((10, None), (30, 40))
    (0.0, None)
    """
    if None in (*first, *second):
        return None
    low, high = max(first[0], second[0]), min(first[1], second[1])
    narrower = min(first[1] - first[0], second[1] - second[0])
    return float(100 * max(high - low, 0) / narrower if narrower else 100 * (low <= high))


def _overlapping(first: Any, second: Any) -> str | None:
    share = overlap(first, second)
    return None if share is None else f"{share:.0f}% overlap" if share else "no overlap"


def degree(name: str | None, share: int | None) -> str | None:
    """
    >>> degree("Bachelor's Degree", 50), degree("Associate Degree", None)
    ("Bachelor's Degree, 50%", 'Associate Degree')
    """
    return f"{name}, {formats.percent(share)}" if name and share is not None else name


def _degree_share(first: Any, second: Any) -> str | None:
    same = first[0] == second[0] and None not in (first[1], second[1])
    return formats.point_difference(first[1] - second[1]) if same else None


_dollars = _less(formats.dollar_difference)
_points = _less(formats.point_difference)
_numbers = _less(formats.number_difference)


def _by_the_hour(figure: str, *repeats: str) -> Row:
    repeats = (f"salary.annual_{figure}", *repeats)
    return Row(f"salary.hourly_{figure}", formats.dollars, _dollars, repeats=repeats)


# Stands beside the title, in no section.
SUMMARY = Row("summary", formats.as_written)

SECTIONS = (
    RowSection(
        "pay",
        GROUPS["salary"],
        (
            Row("salary.annual_average", formats.dollars, _dollars),
            Row(
                "salary.range",
                money_range,
                _overlapping,
                ("salary.annual_low", "salary.annual_high"),
                "The source does not say how many people earn less or more than this.",
            ),
            Row(
                "salary.hourly_average",
                formats.dollars,
                _dollars,
                help="Where there is a yearly figure too, it is this one times 2,080 hours.",
                repeats=("salary.annual_average",),
            ),
            Row(
                "salary.annual_median",
                formats.dollars,
                _dollars,
                help="Half earn less, half earn more.",
            ),
            Row("salary.annual_entry", formats.dollars, _dollars),
            Row("salary.annual_mid", formats.dollars, _dollars),
            Row("salary.annual_senior", formats.dollars, _dollars),
            Row("salary.annual_p10", formats.dollars, _dollars),
            Row(
                "salary.annual_p25",
                formats.dollars,
                _dollars,
                repeats=("salary.annual_p10",),
            ),
            Row(
                "salary.annual_p75",
                formats.dollars,
                _dollars,
                repeats=("salary.annual_p90",),
            ),
            Row("salary.annual_p90", formats.dollars, _dollars),
            _by_the_hour("median"),
            _by_the_hour("p10"),
            _by_the_hour("p25", "salary.hourly_p10"),
            _by_the_hour("p75", "salary.hourly_p90"),
            _by_the_hour("p90"),
            Row(
                "salary.relative_error_percent",
                formats.percent,
                _points,
                help="As the source states it.",
                repeats=("salary.annual_average", "salary.hourly_average"),
            ),
            Row("salary.top_city", formats.as_written),
            Row("salary.top_state", formats.as_written),
            Row("salary.top_company", formats.as_written),
            Row("salary.top_industry", formats.as_written),
            Row("salary.note", formats.as_written, repeats=("salary.range",)),
        ),
    ),
    RowSection(
        "jobs",
        GROUPS["outlook"],
        (
            Row("outlook.job_count", formats.plain, _numbers),
            Row(
                "outlook.growth_percent",
                formats.growth,
                _points,
                help="Over how many years, the source does not say.",
            ),
            Row("outlook.satisfaction", formats.score, _numbers),
            Row(
                "outlook.relative_error_percent",
                formats.percent,
                _points,
                help="As the source states it.",
                repeats=("outlook.job_count",),
            ),
        ),
    ),
    RowSection(
        "entry",
        GROUPS["preparation"],
        (
            Row(
                "entry.time",
                time_to_enter,
                _longer,
                ("entry.months_low", "entry.months_high", "entry.years_of_experience"),
            ),
            Row(
                "education.degree",
                degree,
                _degree_share,
                ("education.degree", "education.degree_percent"),
                "With the share of people who hold it.",
            ),
            Row("education.major", formats.as_written),
            Row("education.college", formats.as_written),
        ),
    ),
    RowSection(
        "work",
        GROUPS["profile"],
        (
            Row("work_life.stress_level", formats.as_written),
            Row("work_life.balance_rating", formats.as_written),
            Row("occupation_group", formats.as_written),
        ),
    ),
    RowSection(
        "people",
        GROUPS["demographics"],
        (
            Row("demographics.average_age", formats.plain, _numbers),
            Row("demographics.female_percent", formats.percent, _points),
            Row("demographics.male_percent", formats.percent, _points),
            Row("demographics.race.white_percent", formats.percent, _points),
            Row("demographics.race.hispanic_percent", formats.percent, _points),
            Row("demographics.race.asian_percent", formats.percent, _points),
            Row("demographics.race.black_percent", formats.percent, _points),
            Row("demographics.race.native_percent", formats.percent, _points),
            Row("demographics.race.unknown_percent", formats.percent, _points),
            Row("demographics.lgbt_percent", formats.percent, _points),
        ),
    ),
)
