"""What a page says about one role, as plain frozen values: no Django, no database.

The vocabulary names the single values and their units. Percentages are 0-100; growth is signed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, Literal, TypeVar

from careers.spelling import fold_spelling
from careers.vocabulary import LIST_CUT, STORED_IN, SkillKind
from ingest.parsing.evidence import Evidence

Value = int | str | Decimal | None

# Precedes the code in the key of an official occupation. Keys of titles have no capitals.
OCCUPATION_KEY = "SOC "


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
    `values`: single values by vocabulary key, None for one that is not published or could not be read for certain.
    `evidence`: where they stand, by the same keys.
    """

    title: str
    titled_by: Literal["table", "heading", "prose"] = "table"
    soc_code: str | None = None
    values: Mapping[str, Value] = field(default_factory=dict)
    evidence: Mapping[str, Evidence] = field(default_factory=dict)
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

    def value(self, key: str) -> Any:
        """A single value; None if the page gives none. Raises KeyError for what is no vocabulary key."""
        if key not in STORED_IN:
            raise KeyError(key)
        return self.values.get(key)


ENTRY_CLASSES: dict[str, type] = {
    "rated_skills": RatingFact,
    "knowledge": RatingFact,
    "technology": TechnologyFact,
    "related": RelatedFact,
    "majors": MajorFact,
    "area_pay": AreaPayFact,
    "titles": TitleFact,
}


Item = TypeVar("Item")


def sort_into_groups(by_key: Mapping[str, Item]) -> dict[str, dict[str, Item]]:
    """Group -> field -> what stands under its vocabulary key.

    >>> sort_into_groups({"salary.annual_median": 39000, "entry.months_low": 6})
    {'salary': {'annual_median': 39000}, 'preparation': {'months_low': 6}}
    """
    groups: dict[str, dict[str, Item]] = {}
    for key, item in by_key.items():
        group, name = STORED_IN[key]
        groups.setdefault(group, {})[name] = item
    return groups


ListEntry = TypeVar("ListEntry", bound=SkillFact | DutyFact | SectionFact)


def mark_cut_list(entries: tuple[ListEntry, ...]) -> tuple[ListEntry, ...]:
    """A list in which the copy stops: its last entry says that more may follow."""
    if not entries:
        return ()
    evidence = entries[-1].evidence
    evidence = replace(evidence, warnings=(*evidence.warnings, LIST_CUT))
    return (*entries[:-1], replace(entries[-1], evidence=evidence))
