"""What a comparison shows: one line per row, in the order of the page.

A row reads one key of the vocabulary, or several as one value (both ends of a range). To add a row, add its line to a
section below: tables, differences, the role page and the tests follow.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Any

from careers.vocabulary import GROUPS, LABELS, STORED_IN
from comparisons import formats

# One marker and one letter for each role of a comparison; the letter names its color in the CSS.
MARKERS = ("●", "◆", "▲", "■")
LETTERS = ("a", "b", "c", "d")
MOST_ROLES = len(LETTERS)  # side by side


# Beginnings of keys whose rows share a note: they stand in one line of a page, or each in the column of its name.
_SHARING_A_NOTE = ("attainment.", "skill_ranks.", "demographics.race.")
# What is no row and has one note: the rows above, lists, and figures that are computed from several.
_SHARED_NOTES = (
    *("attainment", "skill_ranks", "race", "rated_skills", "knowledge", "technology", "skills", "majors"),
    *("states", "years", "new_jobs", "middle"),
)
# Their names, and keys of the vocabulary -> the name of the note on the origin of the figures: a number, as a page
# names it hundreds of times.
_NOTE_NUMBERS = {key: str(number) for number, key in enumerate((*_SHARED_NOTES, *LABELS), start=1)}


@cache
def note_anchor(key: str) -> str:
    """The name of the note that a figure opens, by the key of its row or the name of its list.

    >>> note_anchor("salary.annual_p10") == note_anchor("salary.annual_p25"), note_anchor("rated_skills")
    (False, '4')
    >>> note_anchor("attainment.master") == note_anchor("attainment")
    True
    """
    return _NOTE_NUMBERS[_shared_note(key) or key]


def _shared_note(key: str) -> str:
    """The name of the note that several rows share; "" for a row that has its own.

    >>> _shared_note("demographics.race.white_percent"), _shared_note("demographics.female_percent")
    ('race', '')
    """
    for beginning in _SHARING_A_NOTE:
        if key.startswith(beginning):
            return beginning.split(".")[-2]
    return ""


@dataclass(eq=False)
class Row:
    """One line of a comparison. Raises KeyError for a key that is not in the vocabulary.

    `format` turns the values of `fields`, in their order, into text; with several fields some of them may be None, and
    it returns None where nothing can be said. `difference` turns the values of two roles into text, the first minus the
    second; with several fields a value is a tuple. `error`: the key of the relative error that the source gives for the
    value. `years`: keys of the years that the figure is of, which `format` gets after the values; there is no
    difference between figures of different years. `none`: what it means that a role has the group of the row and not
    its value, if it is not that the value is missing.

    `reads`: the vocabulary keys that the row shows. `stored_in`: their (group, field). `groups`: these groups.
    `anchor`: the name of the note on the origin of its figures; `shared_note`: of what it is where several rows share
    it, else "". `overlaps`: its difference is an overlap and no amount.
    """

    key: str
    format: Callable[..., str | None]
    difference: Callable[[Any, Any], str | None] | None = None
    fields: tuple[str, ...] = ()
    help: str = ""
    error: str = ""
    years: tuple[str, ...] = ()
    none: str = ""

    def __post_init__(self) -> None:
        """Worked out once, because a page reads them dozens of times."""
        self.label = LABELS[self.key]
        self.reads = self.fields or (self.key,)
        self.stored_in = tuple(STORED_IN[key] for key in self.reads)
        self.groups = frozenset(group for group, _ in self.stored_in)
        self.years_in = tuple(STORED_IN[key] for key in self.years)
        self.anchor = note_anchor(self.key)
        self.shared_note = _shared_note(self.key)
        self.overlaps = self.difference is formats.overlap_text


@dataclass(frozen=True, slots=True)
class RowSection:
    """Rows under one heading. `by_gap`: where roles are compared, the row with the largest gap comes first.

    `has_part`: the page of a comparison has a part of its own for them, so they need no place among the shared facts.
    """

    slug: str
    title: str
    rows: tuple[Row, ...]
    by_gap: bool = False
    has_part: bool = False


def _make_money_row(key: str, help_text: str = "", error: str = "") -> Row:
    return Row(key, formats.dollars, formats.dollar_difference, help=help_text, error=error)


def _make_count_row(key: str, error: str = "") -> Row:
    return Row(key, formats.plain, formats.number_difference, error=error)


def _make_share_row(key: str, help_text: str = "") -> Row:
    return Row(key, formats.percent, formats.point_difference, help=help_text)


def _make_text_rows(*keys: str) -> list[Row]:
    return [Row(key, str) for key in keys]


def _list_keys(group: str) -> list[str]:
    """The keys of a group in the order of the vocabulary."""
    return [key for key, (stored_group, _) in STORED_IN.items() if stored_group == group]


_SPAN = ("projection.base_year", "projection.target_year")
_PAY_ERROR, _JOBS_ERROR = "salary.relative_error_percent", "outlook.relative_error_percent"
_STATED = "As the source states it."
_COUNTED_TWICE = "Hispanic people are counted under a race too, so these shares do not add up to 100%."

# Shown beside the title and in no section.
SUMMARY = Row("summary", str)

SECTIONS = (
    RowSection(
        "pay",
        GROUPS["salary"],
        (
            _make_money_row("salary.annual_average", error=_PAY_ERROR),
            Row(
                "salary.range",
                formats.money_range,
                formats.overlap_text,
                ("salary.annual_low", "salary.annual_high"),
                "The source does not say how many people earn less or more than this.",
            ),
            _make_money_row(
                "salary.hourly_average",
                "Where there is a yearly figure too, it is this one times 2,080 hours.",
                _PAY_ERROR,
            ),
            _make_money_row("salary.annual_median", "Half earn less, half earn more."),
            _make_money_row("salary.annual_entry"),
            _make_money_row("salary.annual_mid"),
            _make_money_row("salary.annual_senior"),
            _make_money_row("salary.annual_p10"),
            _make_money_row("salary.annual_p25"),
            _make_money_row("salary.annual_p75"),
            _make_money_row("salary.annual_p90"),
            _make_money_row("salary.hourly_median"),
            _make_money_row("salary.hourly_p10"),
            _make_money_row("salary.hourly_p25"),
            _make_money_row("salary.hourly_p75"),
            _make_money_row("salary.hourly_p90"),
            _make_share_row(_PAY_ERROR, _STATED),
            *_make_text_rows("salary.top_city", "salary.top_state", "salary.top_company", "salary.top_industry"),
            Row("salary.note", str),
        ),
        has_part=True,
    ),
    RowSection(
        "jobs",
        GROUPS["outlook"],
        (
            _make_count_row("outlook.job_count", error=_JOBS_ERROR),
            Row(
                "outlook.growth_percent",
                formats.growth,
                formats.point_difference,
                help="Over how many years, the source does not say.",
            ),
            Row("outlook.satisfaction", formats.score, formats.number_difference),
            _make_share_row(_JOBS_ERROR, _STATED),
            Row(
                "projection.growth_percent",
                formats.projected_growth,
                formats.point_difference,
                help="Of the number of jobs, the self-employed included, over all these years.",
                years=_SPAN,
            ),
            Row(
                "projection.openings_per_year",
                formats.projected_openings,
                formats.number_difference,
                help="On average, rounded to hundreds: new jobs, and those that people leave for good.",
                years=_SPAN,
            ),
            Row(
                "projection.jobs_base",
                formats.jobs_in,
                formats.number_difference,
                help="The self-employed included.",
                years=_SPAN[:1],
            ),
            Row(
                "projection.jobs_target",
                formats.jobs_in,
                formats.number_difference,
                help="A projection, the self-employed included.",
                years=_SPAN[1:],
            ),
            Row("projection.self_employed_percent", formats.share_in, formats.point_difference, years=_SPAN[:1]),
            Row("projection.years", formats.span_of_years, fields=_SPAN),
        ),
    ),
    RowSection(
        "entry",
        GROUPS["preparation"],
        (
            Row(
                "entry.time",
                formats.time_to_enter,
                formats.time_difference,
                ("entry.months_low", "entry.months_high", "entry.years_of_experience"),
            ),
            Row(
                "education.degree",
                formats.degree,
                formats.degree_difference,
                ("education.degree", "education.degree_percent"),
                "With the share of people who hold it.",
            ),
            *_make_text_rows("education.major", "education.college"),
            Row("requirements.education", str, help="As the source assigns it to the occupation."),
            Row("requirements.work_experience", str),
            Row("requirements.training", str, help="To become competent, after entry."),
            Row(
                "entry.job_zone",
                formats.score,
                formats.number_difference,
                help="From 1, little or no preparation, to 5, extensive preparation.",
            ),
        ),
    ),
    RowSection(
        "attainment", GROUPS["attainment"], tuple(map(_make_share_row, _list_keys("attainment"))), has_part=True
    ),
    RowSection(
        "ranks",
        GROUPS["skill_ranks"],
        tuple(map(_make_count_row, _list_keys("skill_ranks"))),
        by_gap=True,
        has_part=True,
    ),
    RowSection(
        "work",
        GROUPS["profile"],
        tuple(_make_text_rows("work_life.stress_level", "work_life.balance_rating", "occupation_group")),
    ),
    RowSection(
        "people",
        GROUPS["demographics"],
        (
            _make_count_row("demographics.average_age"),
            _make_count_row("demographics.median_age"),
            _make_share_row("demographics.female_percent"),
            _make_share_row("demographics.male_percent"),
            _make_share_row("demographics.race.white_percent"),
            _make_share_row("demographics.race.hispanic_percent"),
            _make_share_row("demographics.race.asian_percent"),
            _make_share_row("demographics.race.black_percent"),
            _make_share_row("demographics.race.native_percent"),
            _make_share_row("demographics.race.unknown_percent"),
            _make_share_row("demographics.lgbt_percent"),
            _make_share_row("demographics.survey.white_percent"),
            _make_share_row("demographics.survey.black_percent"),
            _make_share_row("demographics.survey.asian_percent"),
            _make_share_row("demographics.survey.hispanic_percent", _COUNTED_TWICE),
            Row(
                "demographics.survey.group",
                str,
                help="The survey has no figures of the occupation alone.",
                none="counted alone",
            ),
        ),
        has_part=True,
    ),
)

ROWS = tuple(chain.from_iterable(section.rows for section in SECTIONS))
_ROWS_WITH_PART = chain.from_iterable(section.rows for section in SECTIONS if section.has_part)
KEYS_WITH_PART = frozenset(row.key for row in _ROWS_WITH_PART)
