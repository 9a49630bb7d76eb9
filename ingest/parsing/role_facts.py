"""What a page says about one role, as plain frozen values: no Django, no database.

Every group of single values has the fields of its model in `careers.models` (`SalaryFacts` and `SalaryStats`, ...); a
test compares the two. A value is None if the page does not publish it or if it could not be read for certain.

Money is USD, `annual_*` per year and `hourly_*` per hour. Percentages are 0-100; growth is signed. Spans of time are
months.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, Literal, TypeVar

from careers.spelling import fold_spelling
from careers.vocabulary import LIST_CUT, STORED_IN, SkillKind
from ingest.parsing.evidence import Evidence

# Precedes the code in the key of an official occupation. Keys of titles have no capitals.
OCCUPATION_KEY = "SOC "


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupFacts:
    """The values of one group. `evidence`: field -> where its value stands."""

    evidence: Mapping[str, Evidence] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class SalaryFacts(GroupFacts):
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


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlookFacts(GroupFacts):
    growth_percent: Decimal | None = None
    job_count: int | None = None
    satisfaction: Decimal | None = None
    relative_error_percent: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectionFacts(GroupFacts):
    base_year: int | None = None
    target_year: int | None = None
    growth_percent: Decimal | None = None
    jobs_base: int | None = None
    jobs_target: int | None = None
    openings_per_year: int | None = None
    self_employed_percent: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparationFacts(GroupFacts):
    months_low: int | None = None
    months_high: int | None = None
    years_of_experience: int | None = None
    degree: str | None = None
    degree_percent: int | None = None
    major: str | None = None
    college: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RequirementFacts(GroupFacts):
    education: str | None = None
    work_experience: str | None = None
    training: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AttainmentFacts(GroupFacts):
    less_than_high_school: Decimal | None = None
    high_school: Decimal | None = None
    some_college: Decimal | None = None
    associate: Decimal | None = None
    bachelor: Decimal | None = None
    master: Decimal | None = None
    doctoral_or_professional: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillRankFacts(GroupFacts):
    adaptability: int | None = None
    computers_and_information_technology: int | None = None
    creativity_and_innovation: int | None = None
    critical_and_analytical_thinking: int | None = None
    customer_service: int | None = None
    detail_oriented: int | None = None
    fine_motor: int | None = None
    interpersonal: int | None = None
    leadership: int | None = None
    mathematics: int | None = None
    mechanical: int | None = None
    physical_strength_and_stamina: int | None = None
    problem_solving_and_decision_making: int | None = None
    project_management: int | None = None
    science: int | None = None
    speaking_and_listening: int | None = None
    writing_and_reading: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class JobZoneFacts(GroupFacts):
    job_zone: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DemographicsFacts(GroupFacts):
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


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyFacts(GroupFacts):
    """`group`: the wider group of occupations that the shares are of; None if they are of the occupation itself."""

    white_percent: Decimal | None = None
    black_percent: Decimal | None = None
    asian_percent: Decimal | None = None
    hispanic_percent: Decimal | None = None
    group: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MedianAgeFacts(GroupFacts):
    median_age: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileFacts(GroupFacts):
    summary: str | None = None
    stress_level: str | None = None
    balance_rating: str | None = None
    occupation_group: str | None = None


# -- entries of lists -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SkillFact:
    """One entry of a list of skills. `rank` counts from 1 within its kind and tier; `percent` is 0-100."""

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
    """A heading and the text below it, in page order.

    `blocks`: ("paragraph", text) or ("list", (item, ...)).
    """

    heading: str
    blocks: tuple[tuple[Literal["paragraph"], str] | tuple[Literal["list"], tuple[str, ...]], ...]
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class RatingFact:
    """How much an occupation needs a skill or a field of knowledge: `importance` from 1 to 5, `level` from 0 to 7.

    Like every entry below, it has the fields of its group in `ENTRY_FIELDS`, and evidence for some or all of them.
    """

    name: str
    importance: Decimal | None
    level: Decimal | None
    evidence: Mapping[str, Evidence]


@dataclass(frozen=True, slots=True)
class TechnologyFact:
    name: str
    hot: bool
    in_demand: bool
    evidence: Mapping[str, Evidence]


@dataclass(frozen=True, slots=True)
class RelatedFact:
    """`related_code`: the code of an official occupation that is close to this one."""

    related_code: str
    tier: str
    evidence: Mapping[str, Evidence]


@dataclass(frozen=True, slots=True)
class MajorFact:
    """`cip`: the code of a field of study, such as 51.3801."""

    cip: str
    name: str
    evidence: Mapping[str, Evidence]


@dataclass(frozen=True, slots=True)
class AreaPayFact:
    """Jobs and yearly pay in one state or territory. `state`: such as CA; `fips`: such as 06.

    `hourly_*`: where the source gives only pay by the hour. The evidence of `state` stands for the whole row; figures
    that are missing or unclear have their own.
    """

    state: str
    fips: str
    jobs: int | None
    median: int | None
    p10: int | None
    p90: int | None
    hourly_median: Decimal | None
    hourly_p10: Decimal | None
    hourly_p90: Decimal | None
    evidence: Mapping[str, Evidence]


@dataclass(frozen=True, slots=True)
class TitleFact:
    """What people call an occupation. `source`: the list that says so, such as onet or bls."""

    title: str
    source: str
    evidence: Mapping[str, Evidence]


# -- a role -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleFacts:
    """Everything that one page says about one role.

    `titled_by`: where the spelling of the title comes from. Tables and headings spell it as published; prose is
    lower case, so any other spelling replaces it.
    `soc_code`: the code of an official occupation (`29-1141`), which identifies it instead of its title.
    """

    title: str
    titled_by: Literal["table", "heading", "prose"]
    soc_code: str | None = None
    salary: SalaryFacts = SalaryFacts()
    outlook: OutlookFacts = OutlookFacts()
    projection: ProjectionFacts = ProjectionFacts()
    preparation: PreparationFacts = PreparationFacts()
    requirements: RequirementFacts = RequirementFacts()
    attainment: AttainmentFacts = AttainmentFacts()
    skill_ranks: SkillRankFacts = SkillRankFacts()
    job_zone: JobZoneFacts = JobZoneFacts()
    demographics: DemographicsFacts = DemographicsFacts()
    survey: SurveyFacts = SurveyFacts()
    median_age: MedianAgeFacts = MedianAgeFacts()
    profile: ProfileFacts = ProfileFacts()
    skills: tuple[SkillFact, ...] = ()
    duties: tuple[DutyFact, ...] = ()
    duties_truncated: bool = False  # the page hides further duties behind "Show more"
    sections: tuple[SectionFact, ...] = ()
    rated_skills: tuple[RatingFact, ...] = ()
    knowledge: tuple[RatingFact, ...] = ()
    technology: tuple[TechnologyFact, ...] = ()
    related: tuple[RelatedFact, ...] = ()
    majors: tuple[MajorFact, ...] = ()
    area_pay: tuple[AreaPayFact, ...] = ()
    titles: tuple[TitleFact, ...] = ()

    @property
    def key(self) -> str:
        """What identifies the role: its title in any spelling, or the code of an official occupation."""
        return OCCUPATION_KEY + self.soc_code if self.soc_code else fold_spelling(self.title)


FACT_CLASSES: dict[str, type] = {
    "salary": SalaryFacts,
    "outlook": OutlookFacts,
    "projection": ProjectionFacts,
    "preparation": PreparationFacts,
    "requirements": RequirementFacts,
    "attainment": AttainmentFacts,
    "skill_ranks": SkillRankFacts,
    "job_zone": JobZoneFacts,
    "demographics": DemographicsFacts,
    "survey": SurveyFacts,
    "median_age": MedianAgeFacts,
    "profile": ProfileFacts,
}


ENTRY_CLASSES: dict[str, type] = {
    "rated_skills": RatingFact,
    "knowledge": RatingFact,
    "technology": TechnologyFact,
    "related": RelatedFact,
    "majors": MajorFact,
    "area_pay": AreaPayFact,
    "titles": TitleFact,
}


def group_values(values: Mapping[str, Any], evidence: Mapping[str, Evidence]) -> dict[str, Any]:
    """Sort values and evidence, both by vocabulary key, into the groups that `RoleFacts` takes.

    >>> line = Evidence(1, "$39,000", "labelled")
    >>> group_values({"salary.annual_median": 39000}, {"salary.annual_median": line})["salary"].annual_median
    39000
    """
    fields: dict[str, dict[str, Any]] = {group: {} for group in FACT_CLASSES}
    for key, value in values.items():
        group, name = STORED_IN[key]
        fields[group][name] = value
        fields[group].setdefault("evidence", {})[name] = evidence[key]
    return {group: facts(**fields[group]) for group, facts in FACT_CLASSES.items()}


ListEntry = TypeVar("ListEntry", bound=SkillFact | DutyFact | SectionFact)


def mark_cut_list(entries: tuple[ListEntry, ...]) -> tuple[ListEntry, ...]:
    """A list in which the copy stops: its last entry says that more may follow."""
    if not entries:
        return ()
    evidence = entries[-1].evidence
    evidence = replace(evidence, warnings=(*evidence.warnings, LIST_CUT))
    return (*entries[:-1], replace(entries[-1], evidence=evidence))
