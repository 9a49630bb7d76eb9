"""What a page says, as plain frozen values: no Django, no database.

Every group below has the fields of the model of the same name in `careers.models`
(`SalaryFacts` and `SalaryStats`, ...); a test holds the two together. A value that the
page does not publish, or that could not be read for certain, is None.

Money is USD, `annual_*` per year and `hourly_*` per hour. Percentages are 0-100, growth
is signed. Spans of time are months.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from careers.vocabulary import STORED_IN, How, Missing, SkillKind

Layout = Literal["pipe", "run-together", "guide", "table"]
NameKind = Literal["company", "industry", "major", "college"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where one value stands: its line (from 1), the text as it stands there, how it was read.

    In a table `line` is the row, with the head as row 1, and `column` the head of the column. `missing`: why a cell
    without a figure has none, where the publisher says so.
    """

    line: int
    raw: str
    how: How
    candidates: tuple[str | None, ...] = ()
    warnings: tuple[str, ...] = ()
    column: str = ""
    missing: Missing | None = None


def _no_evidence() -> Mapping[str, Evidence]:
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class SalaryFacts:
    annual_average: int | None = None
    hourly_average: Decimal | None = None
    annual_low: int | None = None
    annual_high: int | None = None
    top_city: str | None = None
    top_state: str | None = None
    top_company: str | None = None
    top_industry: str | None = None
    annual_entry: int | None = None
    annual_mid: int | None = None
    annual_senior: int | None = None
    annual_median: int | None = None
    annual_p10: int | None = None
    annual_p25: int | None = None
    annual_p75: int | None = None
    annual_p90: int | None = None
    hourly_median: Decimal | None = None
    hourly_p10: Decimal | None = None
    hourly_p25: Decimal | None = None
    hourly_p75: Decimal | None = None
    hourly_p90: Decimal | None = None
    relative_error_percent: Decimal | None = None
    note: str | None = None
    evidence: Mapping[str, Evidence] = field(default_factory=_no_evidence)


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlookFacts:
    growth_percent: Decimal | None = None
    job_count: int | None = None
    satisfaction: Decimal | None = None
    relative_error_percent: Decimal | None = None
    evidence: Mapping[str, Evidence] = field(default_factory=_no_evidence)


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparationFacts:
    months_low: int | None = None
    months_high: int | None = None
    years_of_experience: int | None = None
    degree: str | None = None
    degree_percent: int | None = None
    major: str | None = None
    college: str | None = None
    evidence: Mapping[str, Evidence] = field(default_factory=_no_evidence)


@dataclass(frozen=True, slots=True, kw_only=True)
class DemographicsFacts:
    average_age: int | None = None
    male_percent: Decimal | None = None
    female_percent: Decimal | None = None
    black_percent: Decimal | None = None
    unknown_percent: Decimal | None = None
    hispanic_percent: Decimal | None = None
    asian_percent: Decimal | None = None
    white_percent: Decimal | None = None
    native_percent: Decimal | None = None
    lgbt_percent: int | None = None
    evidence: Mapping[str, Evidence] = field(default_factory=_no_evidence)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileFacts:
    summary: str | None = None
    stress_level: str | None = None
    balance_rating: str | None = None
    occupation_group: str | None = None
    evidence: Mapping[str, Evidence] = field(default_factory=_no_evidence)


@dataclass(frozen=True, slots=True)
class SkillFact:
    """One entry of one list. `rank` counts from 1 within its kind and tier."""

    name: str
    kind: SkillKind
    rank: int
    percent: int | None
    tier: str | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class DutyFact:
    text: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class SectionFact:
    """A heading and what stands under it, in page order.

    `blocks`: ("paragraph", text) or ("list", (item, ...)).
    """

    heading: str
    blocks: tuple[tuple[Literal["paragraph"], str] | tuple[Literal["list"], tuple[str, ...]], ...]
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleFacts:
    """Everything one page says of one role.

    `titled_by`: where the title's spelling comes from. A table or a guide's heading spells
    it as published; prose is lower case, so its spelling gives way to any other.
    `soc_code`: of an official occupation (`29-1141`), which its code alone tells from others, never its title.
    """

    title: str
    titled_by: Literal["table", "heading", "prose"]
    soc_code: str | None = None
    salary: SalaryFacts = SalaryFacts()
    outlook: OutlookFacts = OutlookFacts()
    preparation: PreparationFacts = PreparationFacts()
    demographics: DemographicsFacts = DemographicsFacts()
    profile: ProfileFacts = ProfileFacts()
    skills: tuple[SkillFact, ...] = ()
    duties: tuple[DutyFact, ...] = ()
    duties_truncated: bool = False  # the page hides further duties behind "Show more"
    sections: tuple[SectionFact, ...] = ()


@dataclass(frozen=True, slots=True)
class PageWarning:
    """Something an admin should know. `field` and `role` (a title) when one value is affected."""

    code: str
    line: int
    message: str
    field: str | None = None
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """A value with several readings, or none that is certain: kept raw, null until chosen.

    The candidates of a pair's two roles run in step: reading i gives role A its
    candidate i and role B its candidate i. None among them is "not published".
    """

    field: str
    role: str
    raw: str
    line: int
    candidates: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Unread:
    """A line that no rule took."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class LearnedName:
    """A name seen in a cell of its own, so that glued cells elsewhere may be split by it."""

    kind: NameKind
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedPage:
    """One page, read. `publisher` and the rest of the citation where the page states them.

    `figures_of`: the month that its figures are of, as its first day.
    """

    layout: Layout
    publisher: str
    roles: tuple[RoleFacts, ...]
    title: str | None = None
    url: str | None = None
    licence: str | None = None
    licence_url: str | None = None
    figures_of: date | None = None
    warnings: tuple[PageWarning, ...] = ()
    ambiguous: tuple[Ambiguous, ...] = ()
    unread: tuple[Unread, ...] = ()
    learned: tuple[LearnedName, ...] = ()
    cut_line: int | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What other pages of the publisher and people have told, for splitting glued cells.

    `names`: kind -> names as spelled. `figures`: (title key, vocabulary key) -> values that
    stored pages give for certain. `choices`: (title key, vocabulary key) -> what a person chose for
    this page (None: not published).
    """

    names: Mapping[str, frozenset[str]] = field(default_factory=dict)
    figures: Mapping[tuple[str, str], frozenset[Any]] = field(default_factory=dict)
    choices: Mapping[tuple[str, str], str | None] = field(default_factory=dict)


GROUPS: dict[str, type] = {
    "salary": SalaryFacts,
    "outlook": OutlookFacts,
    "preparation": PreparationFacts,
    "demographics": DemographicsFacts,
    "profile": ProfileFacts,
}


def grouped(values: Mapping[str, Any], evidence: Mapping[str, Evidence]) -> dict[str, Any]:
    """Vocabulary key -> value and evidence, as the groups that `RoleFacts` takes.

    >>> line = Evidence(1, "$39,000", "labelled")
    >>> grouped({"salary.annual_median": 39000}, {"salary.annual_median": line})["salary"].annual_median
    39000
    """
    found: dict[str, dict[str, Any]] = {group: {} for group in GROUPS}
    for key, value in values.items():
        group, name = STORED_IN[key]
        found[group][name] = value
        found[group].setdefault("evidence", {})[name] = evidence[key]
    return {group: GROUPS[group](**fields) for group, fields in found.items()}
