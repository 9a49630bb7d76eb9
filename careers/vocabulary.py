"""The one dictionary: what a page can say about a role, where it is stored and what people call it.

Everything else reads these tables: parsing, models, rows, exports and admin screens. This module imports no Django,
so the code that reads pages can use it.

Money is USD, `annual_*` per year and `hourly_*` per hour. Percentages are 0-100, growth is signed. Spans of time are
months.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from typing import Literal

# -- groups ----------------------------------------------------------------------------------

# Group -> its name on pages and admin screens. One source gives a group as a whole.
GROUPS: Mapping[str, str] = {
    "salary": "Pay",
    "outlook": "Jobs and outlook",
    "projection": "Projection",
    "preparation": "Getting in",
    "requirements": "Requirements",
    "attainment": "Education of people at work",
    "skill_ranks": "Rank by skill",
    "job_zone": "Preparation",
    "demographics": "Who does this work today",
    "survey": "People in the survey",
    "median_age": "Age in the survey",
    "profile": "The work",
    "skills": "Skills",
    "duties": "Duties",
    "sections": "Sections",
    "rated_skills": "Skills, rated",
    "knowledge": "Knowledge",
    "technology": "Technology",
    "related": "Related occupations",
    "majors": "Fields of study",
    "area_pay": "Pay by state",
    "titles": "Everyday titles",
}
# One-row groups that only tables about official occupations give.
OCCUPATION_GROUPS = ("projection", "requirements", "attainment", "skill_ranks", "job_zone", "survey", "median_age")
# Group -> the fields of an entry. The lists of pages have fields of their own, see `ingest.parsing.role_facts`.
ENTRY_FIELDS: Mapping[str, tuple[str, ...]] = {
    "rated_skills": ("name", "importance", "level"),
    "knowledge": ("name", "importance", "level"),
    "technology": ("name", "hot", "in_demand"),
    "related": ("related_code", "tier"),
    "majors": ("cip", "name"),
    "area_pay": ("state", "fips", "jobs", "median", "p10", "p90", "hourly_median", "hourly_p10", "hourly_p90"),
    "titles": ("title", "source"),
}
# Groups with many rows for each role and citation, and groups with one.
MANY_ROW_GROUPS = ("skills", "duties", "sections", *ENTRY_FIELDS)
ONE_ROW_GROUPS = tuple(group for group in GROUPS if group not in MANY_ROW_GROUPS)
# Groups in which every page counts, unless it was taken down. In the others the page with the best facts is current.
ADDED_GROUPS = ("titles",)
# Lists for which a role has one current page.
CHOSEN_LISTS = tuple(group for group in MANY_ROW_GROUPS if group not in ADDED_GROUPS)

# What tables say about states, whatever the role. Not a group: no role has it.
AREA_PRICES = "area_prices"
AREA_PRICES_NAME = "Price levels of states"
# The fields of a price level.
AREA_PRICE_FIELDS = ("state", "fips", "year", "price_level")

# What tables say about all jobs together. Not a group either: it is about the sum of all roles.
ALL_JOBS = "all_jobs"
ALL_JOBS_NAME = "All jobs"
ALL_JOBS_FIELDS = ("key", "value")
# What official tables give in place of the code of an occupation.
ALL_JOBS_CODE = "00-0000"

# -- values ----------------------------------------------------------------------------------

# Field -> its lowest and highest number, unless it is a percentage or the column sets the limits.
# Prices of a whole state are never half or double those of the nation, which are 100: all are between 85 and 115.
BOUNDS: Mapping[str, tuple[int, int]] = {
    "satisfaction": (0, 5),
    "job_zone": (1, 5),
    "importance": (1, 5),
    "level": (0, 7),
    "median_age": (0, 120),
    "price_level": (50, 200),
}

USD_A_YEAR, USD_AN_HOUR, PERCENT, MONTHS = "USD a year", "USD an hour", "%", "months"
PERCENTILE_RANK = "percentile rank"


@dataclass(frozen=True, slots=True)
class Term:
    """One value that a page can give for a role. Text has no unit.

    The last part of `key` is the field of the group that holds the value.
    """

    key: str
    group: str
    label: str
    unit: str = ""

    @property
    def field(self) -> str:
        return self.key.rpartition(".")[2]


# The skills by which occupations are ranked.
_RANKED_SKILLS = (
    "adaptability computers_and_information_technology creativity_and_innovation critical_and_analytical_thinking "
    "customer_service detail_oriented fine_motor interpersonal leadership mathematics mechanical "
    "physical_strength_and_stamina problem_solving_and_decision_making project_management science "
    "speaking_and_listening writing_and_reading".split()
)
# In the order of the exports. Within a group it is the order of the model's columns.
TERMS = (
    Term("summary", "profile", "Summary"),
    Term("salary.annual_average", "salary", "Average pay a year", USD_A_YEAR),
    Term("salary.hourly_average", "salary", "Average pay an hour", USD_AN_HOUR),
    Term("salary.annual_low", "salary", "Pay range, from", USD_A_YEAR),
    Term("salary.annual_high", "salary", "Pay range, to", USD_A_YEAR),
    Term("salary.top_city", "salary", "Highest paying city"),
    Term("salary.top_state", "salary", "Highest paying state"),
    Term("salary.top_company", "salary", "Best paying company"),
    Term("salary.top_industry", "salary", "Best paying industry"),
    Term("salary.annual_entry", "salary", "Pay at entry level", USD_A_YEAR),
    Term("salary.annual_mid", "salary", "Pay at mid level", USD_A_YEAR),
    Term("salary.annual_senior", "salary", "Pay at senior level", USD_A_YEAR),
    Term("salary.annual_median", "salary", "Median pay a year", USD_A_YEAR),
    Term("salary.annual_p10", "salary", "Yearly pay that one in ten stays below", USD_A_YEAR),
    Term("salary.annual_p25", "salary", "Yearly pay that a quarter stays below", USD_A_YEAR),
    Term("salary.annual_p75", "salary", "Yearly pay that a quarter exceeds", USD_A_YEAR),
    Term("salary.annual_p90", "salary", "Yearly pay that one in ten exceeds", USD_A_YEAR),
    Term("salary.hourly_median", "salary", "Median pay an hour", USD_AN_HOUR),
    Term("salary.hourly_p10", "salary", "Hourly pay that one in ten stays below", USD_AN_HOUR),
    Term("salary.hourly_p25", "salary", "Hourly pay that a quarter stays below", USD_AN_HOUR),
    Term("salary.hourly_p75", "salary", "Hourly pay that a quarter exceeds", USD_AN_HOUR),
    Term("salary.hourly_p90", "salary", "Hourly pay that one in ten exceeds", USD_AN_HOUR),
    Term("salary.relative_error_percent", "salary", "Relative error of the average", PERCENT),
    Term("salary.note", "salary", "The source adds"),
    Term("outlook.growth_percent", "outlook", "Growth rate", PERCENT),
    Term("outlook.job_count", "outlook", "Number of jobs", "jobs"),
    Term("outlook.satisfaction", "outlook", "Job satisfaction", "of 5"),
    Term("outlook.relative_error_percent", "outlook", "Relative error of the number of jobs", PERCENT),
    Term("projection.base_year", "projection", "Projection from", "year"),
    Term("projection.target_year", "projection", "Projection to", "year"),
    Term("projection.growth_percent", "projection", "Projected growth", PERCENT),
    Term("projection.jobs_base", "projection", "Jobs at the start of the projection", "jobs"),
    Term("projection.jobs_target", "projection", "Jobs at the end of the projection", "jobs"),
    Term("projection.openings_per_year", "projection", "Projected openings a year", "openings a year"),
    Term("projection.self_employed_percent", "projection", "Self-employed", PERCENT),
    Term("entry.months_low", "preparation", "Time to enter, from", MONTHS),
    Term("entry.months_high", "preparation", "Time to enter, to", MONTHS),
    Term(
        "entry.years_of_experience",
        "preparation",
        "Years of experience",
        "years, the upper end of a band; 12 means 6 to 12 months",
    ),
    Term("education.degree", "preparation", "Most common degree"),
    Term("education.degree_percent", "preparation", "Share with the most common degree", PERCENT),
    Term("education.major", "preparation", "Most common major"),
    Term("education.college", "preparation", "Most common college"),
    Term("requirements.education", "requirements", "Education typically needed"),
    Term("requirements.work_experience", "requirements", "Work experience in a related occupation"),
    Term("requirements.training", "requirements", "Training on the job"),
    Term("attainment.less_than_high_school", "attainment", "Less than a high school diploma", PERCENT),
    Term("attainment.high_school", "attainment", "High school diploma", PERCENT),
    Term("attainment.some_college", "attainment", "Some college, no degree", PERCENT),
    Term("attainment.associate", "attainment", "Associate's degree", PERCENT),
    Term("attainment.bachelor", "attainment", "Bachelor's degree", PERCENT),
    Term("attainment.master", "attainment", "Master's degree", PERCENT),
    Term("attainment.doctoral_or_professional", "attainment", "Doctoral or professional degree", PERCENT),
    *[
        Term(f"skill_ranks.{name}", "skill_ranks", name.replace("_", " ").capitalize(), PERCENTILE_RANK)
        for name in _RANKED_SKILLS
    ],
    Term("entry.job_zone", "job_zone", "Preparation needed", "of 5"),
    Term("demographics.average_age", "demographics", "Average age", "years"),
    Term("demographics.male_percent", "demographics", "Men", PERCENT),
    Term("demographics.female_percent", "demographics", "Women", PERCENT),
    Term("demographics.race.black_percent", "demographics", "Black or African American", PERCENT),
    Term("demographics.race.unknown_percent", "demographics", "Unknown", PERCENT),
    Term("demographics.race.hispanic_percent", "demographics", "Hispanic or Latino", PERCENT),
    Term("demographics.race.asian_percent", "demographics", "Asian", PERCENT),
    Term("demographics.race.white_percent", "demographics", "White", PERCENT),
    Term("demographics.race.native_percent", "demographics", "American Indian and Alaska Native", PERCENT),
    Term("demographics.lgbt_percent", "demographics", "LGBT", PERCENT),
    Term("demographics.survey.white_percent", "survey", "White, in the survey", PERCENT),
    Term("demographics.survey.black_percent", "survey", "Black or African American, in the survey", PERCENT),
    Term("demographics.survey.asian_percent", "survey", "Asian, in the survey", PERCENT),
    Term("demographics.survey.hispanic_percent", "survey", "Hispanic or Latino, in the survey", PERCENT),
    Term("demographics.survey.group", "survey", "Surveyed as part of"),
    Term("demographics.median_age", "median_age", "Median age", "years"),
    Term("work_life.stress_level", "profile", "Stress level"),
    Term("work_life.balance_rating", "profile", "Work-life balance"),
    Term("occupation_group", "profile", "Occupation group"),
)

# Key -> (group, field): "education.degree" -> ("preparation", "degree").
STORED_IN: dict[str, tuple[str, str]] = {term.key: (term.group, term.field) for term in TERMS}
# (group, field) -> key.
KEY_OF: dict[tuple[str, str], str] = {stored_in: key for key, stored_in in STORED_IN.items()}
# One-row group -> its fields.
FIELDS: Mapping[str, tuple[str, ...]] = {
    group: tuple(term.field for term in TERMS if term.group == group) for group in ONE_ROW_GROUPS
}
# Key -> its label. Two rows of a comparison read several values as one and have keys of their own.
LABELS: Mapping[str, str] = {term.key: term.label for term in TERMS} | {
    "salary.range": "Pay range",
    "entry.time": "Time to enter",
    "projection.years": "Years of the projection",
}
# In the order in which pages list the shares.
RACE_KEYS = tuple(key for key in STORED_IN if key.startswith("demographics.race."))
_UNITS: Mapping[str, str] = {term.key: term.unit for term in TERMS}
_WHOLE_PERCENTS = ("education.degree_percent", "demographics.lgbt_percent")
# The figures that can have decimals; all others are whole numbers.
KEYS_WITH_DECIMALS = {"outlook.satisfaction", "demographics.median_age"} | {
    key for key, unit in _UNITS.items() if unit in (USD_AN_HOUR, PERCENT) and key not in _WHOLE_PERCENTS
}

_NAMES_OUTSIDE_GROUPS: Mapping[str, str] = {AREA_PRICES: AREA_PRICES_NAME, ALL_JOBS: ALL_JOBS_NAME}


def label_of(key: str) -> str:
    """The label of a key or the name of a group; any other text stays as it is.

    >>> label_of("demographics.race.black_percent"), label_of("skills"), label_of("no-such-key")
    ('Black or African American', 'Skills', 'no-such-key')
    """
    if key in _NAMES_OUTSIDE_GROUPS:
        return _NAMES_OUTSIDE_GROUPS[key]
    return LABELS.get(key) or GROUPS.get(key, key)


# The last part of the path of a figure in a list -> its unit.
_UNITS_OF_ENTRIES = {"percent": PERCENT, "importance": "of 5", "level": "of 7"}


def unit_of(key: str) -> str:
    """The unit of a key, or of a share in a list; text has none.

    >>> unit_of("salary.annual_low"), unit_of("salary.hourly_p10"), unit_of("skills[0].percent")
    ('USD a year', 'USD an hour', '%')
    >>> unit_of("skills[0].importance"), unit_of("education.major")
    ('of 5', '')
    """
    if key in _UNITS:
        return _UNITS[key]
    return _UNITS_OF_ENTRIES.get(key.rpartition("].")[2], "")


# Kind of an entry that official tables give -> its group. Such entries are rated or marked, unlike the lists of pages.
OFFICIAL_KINDS: Mapping[str, str] = {"rated": "rated_skills", "knowledge": "knowledge", "tech": "technology"}

# What a list of skills holds, by its kind.
SkillKind = Literal["listed", "tech", "soft", "tool"]

# The publisher gives years of experience as the upper end of a band, without a unit: 12 always means 6 to 12 months.
# Published number -> its band in months.
EXPERIENCE_BANDS: dict[int, tuple[int, int]] = {
    2: (12, 24),
    4: (24, 48),
    6: (48, 72),
    8: (72, 96),
    10: (96, 120),
    12: (6, 12),
}


class EducationLevel(IntEnum):
    """How far up an education is. `NO_DEGREE`: some college, or a certificate after high school."""

    NO_DIPLOMA = 0
    HIGH_SCHOOL = 1
    NO_DEGREE = 2
    ASSOCIATE = 3
    BACHELOR = 4
    MASTER = 5
    DOCTORATE = 6


# What official tables say a role typically needs, the least first.
EDUCATION_LEVELS: Mapping[str, EducationLevel] = {
    "No formal educational credential": EducationLevel.NO_DIPLOMA,
    "High school diploma or equivalent": EducationLevel.HIGH_SCHOOL,
    "Some college, no degree": EducationLevel.NO_DEGREE,
    "Postsecondary nondegree award": EducationLevel.NO_DEGREE,
    "Associate's degree": EducationLevel.ASSOCIATE,
    "Bachelor's degree": EducationLevel.BACHELOR,
    "Master's degree": EducationLevel.MASTER,
    "Doctoral or professional degree": EducationLevel.DOCTORATE,
}

# -- evidence --------------------------------------------------------------------------------

# How a value was read. The code is stored with the value.
How = Literal[
    "cell",  # a cell of its own: a pipe row, an HTML table or a table of figures
    "mean",  # the mean of several rows of a table, of codes that are one occupation here
    "weighted-mean",  # the mean of several rows of a table, each counted by the people in it
    "sentence",
    "shape",  # run-together cells that have only one split into two valid cells
    "cross-reference",  # several splits, and another place on the page or a stored figure confirms one
    "known-name",  # both halves are names that stand in cells elsewhere
    "boundary",  # split where a lower-case letter meets a capital
    "labelled",  # a line with its label: `Stress Level: Moderate`, a front block
    "listed",  # a bullet
    "text",  # prose, kept as published
    "chosen",  # a person chose the value
    "unread",  # kept raw: nothing certain could be read
]
HOW: Mapping[str, str] = {
    "cell": "as published, in a table",
    "mean": "computed here: the mean of several rows of the table",
    "weighted-mean": "computed here: the mean of several rows of the table, weighted by the number of people employed",
    "sentence": "as published, in a sentence",
    "shape": "as published; the page runs both roles’ values together, and they part in one way only",
    "cross-reference": "as published; the page runs both roles’ values together, and another figure tells them apart",
    "known-name": "as published; the page runs both roles’ values together, and both are known names",
    "boundary": "the page runs both roles’ values together; parted by spelling alone",
    "labelled": "as published, beside its label",
    "listed": "as published, in a list",
    "text": "as published",
    "chosen": "several readings were possible; a person chose this one",
    "unread": "kept as it stands; nothing certain could be read from it",
}


def write_reading(how: str, mean_of: int) -> str:
    """How a value was read, in words. `mean_of`: see `Evidence`."""
    if mean_of > 1:
        return HOW["mean" if how == "cell" else how].replace("several rows", f"{mean_of} rows")
    return HOW.get(how, how)


# Why a value is missing, if the page or our copy of it tells. The code is stored in the evidence.
Missing = Literal[
    "not-published", "too-high", "cut", "after-cut", "suppressed", "not-relevant", "too-few", "not-in-area"
]
# Why a value is missing, in words.
NOT_PUBLISHED = "not published"
UNCLEAR = "unclear on the page"
TOO_HIGH = "too high for the source to publish"
SUPPRESSED = "the source advises against using its figure"
NOT_RELEVANT = "not relevant to the occupation"
TOO_FEW = "not published: the survey counts fewer than 50,000 people"
NOT_IN_AREA = "not published in this area"
CUT = "missing: the copy we have was cut here"
# For what is missing in a copy that was cut: the source may well have it.
NOT_IN_CUT_COPY = "not in the copy we have, which was cut"
# Reasons that lie in our copy of a page, and not in what its publisher gives.
LOST_IN_COPY: frozenset[Missing] = frozenset({"cut", "after-cut"})
# Reasons that take precedence over others -> the words. The first takes precedence where a value has several.
MISSING_TEXTS: Mapping[Missing, str] = {
    "cut": CUT,
    "after-cut": NOT_IN_CUT_COPY,
    "too-high": TOO_HIGH,
    "too-few": TOO_FEW,
    "suppressed": SUPPRESSED,
    "not-relevant": NOT_RELEVANT,
    "not-in-area": NOT_IN_AREA,
}
NOT_IN_SOURCE = "not in this source"
# For figures that Rolewise keeps only for the whole country.
NOT_KEPT_BY_STATE = "not kept by state"
# Replaces the month of a figure whose source does not say it, beside figures of another month.
UNKNOWN_MONTH = "an unknown month"

# Unit of time -> why a role has no pay for it, if all of its pay is for the other unit.
OTHER_PAY: Mapping[str, str] = {"annual": "only hourly pay is published", "hourly": "only yearly pay is published"}

# What counts of official occupations leave out.
SELF_EMPLOYED = "self-employed people are not counted"

# Named for sample pages, whose text Rolewise wrote itself, instead of a publisher and a licence.
SAMPLE_TEXT = "sample text written for Rolewise; figures as published"
# How values are read whose raw text is prose.
PROSE_READINGS: frozenset[How] = frozenset({"sentence", "text"})
# Keys whose values are prose.
PROSE_KEYS = ("summary", "salary.note")

# The code of a figure that its page gives with several values, among which a person chooses.
CONTRADICTED = "repeated-figure-differs"
SELF_CONTRADICTION = "the source disagrees with itself"
# The code of the last entry of a list at which a copy was cut.
LIST_CUT = "list-cut"
# What is doubtful about a value, by the code that is stored in the evidence.
WARNINGS: Mapping[str, str] = {
    LIST_CUT: "there may be more: the copy we have was cut here",
    "imputed": "taken by the source from a similar occupation",
    "no-exact-match": "no exact match in the survey",
    "split-by-spelling": "split by spelling alone: not confirmed elsewhere",
    "average-outside-range": f"{SELF_CONTRADICTION}: pay and its range",
    "city-not-in-state": f"{SELF_CONTRADICTION}: the city is not in the state",
    "experience-disagrees-with-time": f"{SELF_CONTRADICTION}: experience and time to enter",
    "gender-sum": f"{SELF_CONTRADICTION}: men and women do not add up to 100%",
    "hourly-disagrees-with-annual": f"{SELF_CONTRADICTION}: hourly and yearly pay",
    "race-sum": f"{SELF_CONTRADICTION}: the shares do not add up to 100%",
    CONTRADICTED: f"{SELF_CONTRADICTION}: the figure stands twice, with two values",
    "repaired-text": "damaged characters were repaired",
    "unrepaired-text": "holds damaged characters",
    "stripped-characters": "invisible characters were removed",
    "out-of-bounds": "the source gives a value that is not possible",
}


@dataclass(frozen=True, slots=True)
class WarningKind:
    """What the warnings of some codes have in common. `words`: what pages with such a warning do or are.

    A `serious` one is a reason to look at the page. The others report what was noticed without changing a value.
    """

    words: str
    serious: bool
    codes: frozenset[str]


# In the order in which admin screens list them.
WARNING_KINDS: Mapping[str, WarningKind] = {
    "contradiction": WarningKind(
        "with contradictions",
        True,
        frozenset(
            "area-number-differs average-outside-range city-not-in-state claim-contradicts-table "
            "experience-disagrees-with-time gender-sum hourly-disagrees-with-annual percentiles-out-of-order race-sum "
            "repeated-figure-differs another-role".split()
        ),
    ),
    "unread": WarningKind(
        "with something that was not read",
        True,
        frozenset(
            "ambiguous few-occupations half-of-the-skills out-of-bounds rows-left-out same-role second-page "
            "sheets-left-out text-among-bullets unknown-heading unknown-label unreadable-value".split()
        ),
    ),
    "doubt": WarningKind(
        "read with less certainty",
        True,
        frozenset(
            "decoded-as-windows-1252 hidden-sheet missing-heading release-unknown split-by-spelling title-from-prose "
            "title-of-a-company unrepaired-text".split()
        ),
    ),
    "cut": WarningKind("cut short", False, frozenset({"cut-here"})),
    "repair": WarningKind(
        "with repaired text",
        False,
        frozenset({"duplicate-duty", "duplicate-skill", "repaired-text", "stripped-characters"}),
    ),
}
_KIND_OF_WARNING: dict[str, str] = {}
for _kind, _about in WARNING_KINDS.items():
    _KIND_OF_WARNING |= dict.fromkeys(_about.codes, _kind)


def find_warning_kind(code: str) -> str:
    """The kind of a warning: a key of WARNING_KINDS.

    >>> find_warning_kind("cut-here"), find_warning_kind("race-sum")
    ('cut', 'contradiction')
    """
    return _KIND_OF_WARNING.get(code, "doubt")


def uncertain_by(percent: str) -> str:
    """What to know about a figure with a large relative error."""
    return f"uncertain: the source gives it a relative error of {percent}"


def of_wider_group(name: str) -> str:
    """What to know about a figure that a source gives only for a group of occupations."""
    return f"of the survey’s wider group “{name}”"


@cache
def write_warning(code: str) -> str:
    """A warning in words. A code without its own words comes from a check of the page against itself."""
    return WARNINGS.get(code, SELF_CONTRADICTION)
