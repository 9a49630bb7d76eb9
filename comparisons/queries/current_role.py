"""The current facts and lists of a role as plain data, each with the page that it is from."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from careers.areas import Area
from comparisons.queries.occupation_lists import MajorEntry, PageMate, RelatedEntry

# The names of the figures, in the order of the columns.
FIGURES = ("jobs", "median", "p10", "p90", "hourly_median", "hourly_p10", "hourly_p90")
# Figure -> the field of a role's pay or outlook that holds the same.
PAY_FIELDS = {
    "median": "annual_median",
    "p10": "annual_p10",
    "p90": "annual_p90",
    "hourly_median": "hourly_median",
    "hourly_p10": "hourly_p10",
    "hourly_p90": "hourly_p90",
}
JOB_FIELD = "job_count"


class FigureRow(NamedTuple):
    """What one citation says of one role, in a state or in the whole country.

    `state`: None for the whole country. A release of wages gives a row for pay and another for jobs. `evidence_text`:
    JSON, which is read only where it is shown. `pay_row`: the key of a row of pay of the whole country, else None.
    """

    role: int
    citation: int
    publisher: int
    digest: str
    evidence_text: str
    pay_row: int | None
    state: str | None
    figures_of: date
    jobs: int | None
    median: int | None
    p10: int | None
    p90: int | None
    hourly_median: Decimal | None
    hourly_p10: Decimal | None
    hourly_p90: Decimal | None

    @property
    def evidence(self) -> dict[str, Any]:
        entries: dict[str, Any] = json.loads(self.evidence_text)
        return entries


class CitedPage(NamedTuple):
    """One capture of a publisher's page. The licence is the page's own, else the publisher's.

    `sample`: its words are ours, so it has no licence and no attribution, only figures of the publisher.
    `when`: in words, the day of the capture or of the loading, after the month of its figures where that is known.
    `short`: the publisher, and that month or else that day. `figures_of`: the first day of that month; `release`: the
    month in words, "" where it is not known. `cut_line`: where the copy stops, if it was cut. `area`: where its figures
    are of, as "in California"; "" for the whole country. `anchor`: that of its entry in a list of sources.
    """

    pk: int
    title: str
    url: str
    captured_on: date | None
    licence: str
    licence_url: str
    publisher_pk: int
    publisher: str
    attribution: str
    when: str
    short: str = ""
    sample: bool = False
    figures_of: date | None = None
    release: str = ""
    cut_line: int | None = None
    area: str = ""
    anchor: str = ""


class Facts(NamedTuple):
    """One group of a role: field -> value, field -> evidence, and the page that both come from."""

    values: dict[str, Any]
    evidence: dict[str, Any]
    source: CitedPage


class SkillEntry(NamedTuple):
    """One entry of a list. `name`: as the page spells it. `slug`: of the skill that it means; lists are compared by
    it. `spelling`: the key of the skill that is spelled so."""

    name: str
    slug: str
    kind: str
    rank: int
    percent: int | None
    tier: str | None
    evidence: dict[str, Any]
    spelling: int = 0


class RatedEntry(NamedTuple):
    """A skill or field of knowledge that a source rates: `importance` from 1 to 5, `level` from 0 to 7.

    These are ratings of the same skills for every occupation, and no list of what a page names. `kind`: rated or
    knowledge. `stored`: its evidence as JSON, which a page needs of few of them.
    """

    name: str
    slug: str
    kind: str
    importance: Decimal | None
    level: Decimal | None
    stored: str

    @property
    def evidence(self) -> dict[str, Any]:
        evidence: dict[str, Any] = json.loads(self.stored)
        return evidence


class TechnologyEntry(NamedTuple):
    """Software or a tool. `hot`: employers of all kinds often ask for it; `in_demand`: those of this occupation.
    `stored`: as in `RatedEntry`."""

    name: str
    slug: str
    kind: str
    hot: bool
    in_demand: bool
    stored: str

    @property
    def evidence(self) -> dict[str, Any]:
        evidence: dict[str, Any] = json.loads(self.stored)
        return evidence


class DutyEntry(NamedTuple):
    text: str
    truncated: bool
    evidence: dict[str, Any]


class GuideSection(NamedTuple):
    """`blocks`: {"type": "paragraph", "text": ...} or {"type": "list", "items": [...]}."""

    heading: str
    blocks: list[dict[str, Any]]
    evidence: dict[str, Any]


class AreaPayEntry(NamedTuple):
    """Jobs and pay in one state. Figures that the source does not give are None; `row` has the reasons."""

    area: Area
    row: FigureRow


class YearEntry(NamedTuple):
    """Pay and jobs in one year, by the releases of one publisher. `pay`, `jobs`: None where it has none of them."""

    year: int
    pay: FigureRow | None
    jobs: FigureRow | None
    source: CitedPage

    def figure(self, name: str) -> Any:
        """One of `FIGURES`; None where it is missing."""
        row = self.jobs if name == "jobs" else self.pay
        return getattr(row, name) if row else None

    def find_evidence(self, figure: str) -> dict[str, Any]:
        """The evidence of a figure of pay; {} where none is stored."""
        evidence: dict[str, Any] = self.pay.evidence.get(PAY_FIELDS[figure], {}) if self.pay else {}
        return evidence


class AllJobsEntry(NamedTuple):
    """A figure of all jobs together. `evidence`: where it stands in the table of `source`."""

    value: int | Decimal
    evidence: dict[str, Any]
    source: CitedPage


_NO_FIGURES: Mapping[str, AllJobsEntry] = {}


class EverydayTitle(NamedTuple):
    """What people call an occupation. `sources`: the lists that have the title, as onet, soc or bls; `citations`: their
    keys, see `CurrentRole.title_lists`."""

    title: str
    sources: tuple[str, ...]
    citations: tuple[int, ...] = ()


class CurrentRole(NamedTuple):
    """A role with everything current. `groups` and `list_sources` hold the stored one-row and many-row groups.

    `skills`: what its pages list; `ratings`: skills, then fields of knowledge, in the order of the source.

    `revision` counts the changes of the whole data set. Only official occupations have a `soc_code`. `was_cut`: a copy
    of one of its pages was cut. `area_pay` is in the order of FIPS codes, `history` in that of years. `area`: the state
    that pay and jobs are of, where a reader chose one; `national`: each (group, field) that its source has for the
    country; `adjusted`: pay is wanted adjusted for prices, too. `name`: what pages call it, the short name of an
    occupation or else its title. `closest`: the official occupation that a person found closest to a role that is
    none. `mates`: what its pages set beside a role that is none. `titles`: what people call it, and `title_lists`
    where that is from, for those who ask: see `everyday_titles`.
    `all_jobs`: key -> the figure of all jobs that can stand beside its own.
    """

    pk: int
    title: str
    slug: str
    revision: int
    groups: dict[str, Facts]
    list_sources: dict[str, CitedPage]
    skills: list[SkillEntry]
    duties: list[DutyEntry]
    sections: list[GuideSection]
    soc_code: str | None = None
    was_cut: bool = False
    related: Sequence[RelatedEntry] = ()
    majors: Sequence[MajorEntry] = ()
    area_pay: Sequence[AreaPayEntry] = ()
    history: Sequence[YearEntry] = ()
    area: Area | None = None
    national: frozenset[tuple[str, str]] = frozenset()
    adjusted: bool = False
    ratings: tuple[RatedEntry, ...] = ()
    technology: tuple[TechnologyEntry, ...] = ()
    name: str = ""
    closest: RelatedEntry | None = None
    mates: Sequence[PageMate] = ()
    titles: tuple[EverydayTitle, ...] = ()
    title_lists: tuple[CitedPage, ...] = ()
    all_jobs: Mapping[str, AllJobsEntry] = _NO_FIGURES

    @property
    def sources(self) -> list[CitedPage]:
        """Every page that a current group or an earlier year cites, each once."""
        cited = [facts.source for facts in self.groups.values()] + list(self.list_sources.values())
        cited += [entry.source for entry in self.history]
        cited += self.title_lists
        return list({source.pk: source for source in cited}.values())
