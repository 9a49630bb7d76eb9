"""The entries of the lists that a page gives for a role: skills, duties, sections, pay by state and others."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal, TypeVar

from careers.vocabulary import LIST_CUT, SkillKind
from ingest.parsing.evidence import Evidence


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
    """What people call an occupation. `source`: the list that says so: onet, soc or bls."""

    title: str
    source: str
    evidence: Mapping[str, Evidence]


ENTRY_CLASSES: dict[str, type] = {
    "rated_skills": RatingFact,
    "knowledge": RatingFact,
    "technology": TechnologyFact,
    "related": RelatedFact,
    "majors": MajorFact,
    "area_pay": AreaPayFact,
    "titles": TitleFact,
}
ListEntry = TypeVar("ListEntry", bound=SkillFact | DutyFact | SectionFact)


def mark_cut_list(entries: tuple[ListEntry, ...]) -> tuple[ListEntry, ...]:
    """A list in which the copy stops: its last entry says that more may follow."""
    if not entries:
        return ()
    evidence = entries[-1].evidence
    evidence = replace(evidence, warnings=(*evidence.warnings, LIST_CUT))
    return (*entries[:-1], replace(entries[-1], evidence=evidence))
