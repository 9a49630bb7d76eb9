"""The current facts and lists of some roles as plain data, in five queries at most."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from careers.models import Citation, Duty, Revision, Role, RoleSkill, Section, SkillAlias
from careers.vocabulary import CHOSEN_LISTS, CONTRADICTED, FIELDS, ONE_ROW_GROUPS
from comparisons import formats
from comparisons.queries.occupation_lists import MajorEntry, RelatedEntry, query_lists, sort_lists
from comparisons.queries.prepared import Prepared

MOST_ROLES = 4


class CitedPage(NamedTuple):
    """One capture of a publisher's page. The licence is the page's own, else the publisher's.

    `sample`: its words are ours, so it has no licence and no attribution, only figures of the publisher.
    `when`: in words, the day of the capture or of the loading, after the month of its figures where that is known.
    `short`: the publisher, and that month or else that day. `figures_of`: the first day of that month; `release`: the
    month in words, "" where it is not known. `cut_line`: where the copy stops, if it was cut.
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


class Facts(NamedTuple):
    """One group of a role: field -> value, field -> evidence, and the page that both come from."""

    values: dict[str, Any]
    evidence: dict[str, Any]
    source: CitedPage


class SkillEntry(NamedTuple):
    """One entry of a list. `name`: as the page spells it. `slug`: of the skill that it means; lists are compared by
    it."""

    name: str
    slug: str
    kind: str
    rank: int
    percent: int | None
    tier: str | None
    evidence: dict[str, Any]


class DutyEntry(NamedTuple):
    text: str
    truncated: bool
    evidence: dict[str, Any]


class GuideSection(NamedTuple):
    """`blocks`: {"type": "paragraph", "text": ...} or {"type": "list", "items": [...]}."""

    heading: str
    blocks: list[dict[str, Any]]
    evidence: dict[str, Any]


class CurrentRole(NamedTuple):
    """A role with everything current. `groups` and `list_sources` hold the stored one-row and many-row groups.

    `revision` counts the changes of the whole data set. Only official occupations have a `soc_code`. `was_cut`: a copy
    of one of its pages was cut.
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

    @property
    def sources(self) -> list[CitedPage]:
        """Every page that a current group cites, each once."""
        cited = [facts.source for facts in self.groups.values()] + list(self.list_sources.values())
        return list({source.pk: source for source in cited}.values())


def _roles(slugs: list[str]) -> QuerySet[Any, Any]:
    revision = Subquery(Revision.objects.order_by("pk").values("number")[:1])
    columns = ["pk", "title", "slug", "soc_code", "revision", *(f"{group}_citation_id" for group in CHOSEN_LISTS)]
    for group in ONE_ROW_GROUPS:
        columns += [f"{group}__{name}" for name in ("citation_id", "evidence", *FIELDS[group])]
    return Role.objects.filter(slug__in=slugs).order_by().annotate(revision=revision).values_list(*columns)


def _sources(pks: list[int]) -> QuerySet[Any, Any]:
    page = ("pk", "title", "url", "captured_on", "licence", "licence_url")
    publisher = ("publisher_id", "publisher__name", "publisher__attribution")
    others = ("publisher__licence", "publisher__licence_url", "loaded_at", "figures_of", "sample", "cut_line")
    return Citation.objects.filter(pk__in=pks).order_by().values_list(*page, *publisher, *others)


def meant_skill_slug() -> Coalesce:
    """The slug of the skill that an entry means, which is another one where an admin joined two spellings."""
    joined = SkillAlias.objects.filter(key=OuterRef("skill__key")).order_by().values("skill__slug")[:1]
    return Coalesce(Subquery(joined), F("skill__slug"))


def _listed(model: type[RoleSkill | Duty | Section], group: str, *columns: str | Coalesce) -> Prepared[str]:
    def build(slugs: list[str]) -> QuerySet[Any, Any]:
        current = {"role__slug__in": slugs, "citation": F(f"role__{group}_citation")}
        return model._default_manager.filter(**current).order_by("position").values_list("role_id", *columns)

    return Prepared(build, _SLUGS)


_SLUGS = [f"stand-in-{place}" for place in range(MOST_ROLES)]
_PKS = [-1 - place for place in range(MOST_ROLES * (len(ONE_ROW_GROUPS) + len(CHOSEN_LISTS)))]
_ROLES = Prepared(_roles, _SLUGS)
_SOURCES = Prepared(_sources, _PKS)
_LISTS = {
    "skills": _listed(RoleSkill, "skills", "name", meant_skill_slug(), "kind", "rank", "percent", "tier", "evidence"),
    "duties": _listed(Duty, "duties", "text", "truncated", "evidence"),
    "sections": _listed(Section, "sections", "heading", "blocks", "evidence"),
}
_OCCUPATION_LISTS = Prepared(query_lists, [*_SLUGS, *_SLUGS])
_ENTRIES: dict[str, type[Any]] = {"skills": SkillEntry, "duties": DutyEntry, "sections": GuideSection}


def read_current_roles(slugs: Sequence[str]) -> list[CurrentRole]:
    """The roles of these slugs, one to four, each once and in the order given. Slugs without a role are left out."""
    slugs = [slug for slug in dict.fromkeys(slugs) if slug.isprintable()]  # no database takes a NUL
    records = {record.slug: record for record in map(_RoleRecord, _ROLES.rows(slugs))}
    cited = dict.fromkeys(pk for record in records.values() for pk in record.cited)
    pages = {row[0]: _cited_page(row) for row in _SOURCES.rows(list(cited))}
    roles = [_role(records[slug], pages) for slug in slugs if slug in records]
    _read_lists(roles, slugs)
    return _with_occupation_lists(roles, slugs)


def _read_lists(roles: Sequence[CurrentRole], slugs: list[str]) -> None:
    by_pk = {role.pk: role for role in roles}
    for group, query in _LISTS.items():
        if any(group in role.list_sources for role in roles):
            for pk, *values in query.rows(slugs):
                getattr(by_pk[pk], group).append(_ENTRIES[group](*values))


def _with_occupation_lists(roles: list[CurrentRole], slugs: list[str]) -> list[CurrentRole]:
    if not any("related" in role.list_sources or "majors" in role.list_sources for role in roles):
        return roles
    padded = [*slugs, *[slugs[-1]] * (MOST_ROLES - len(slugs))]
    related, majors = sort_lists(_OCCUPATION_LISTS.rows([*padded, *padded]))
    return [role._replace(related=related.get(role.pk, ()), majors=majors.get(role.pk, ())) for role in roles]


class _RoleRecord:
    """One row of `_roles` by the names of its columns."""

    def __init__(self, row: list[Any]) -> None:
        columns = iter(row)
        self.pk, self.title, self.slug, self.soc_code, self.revision = (next(columns) for _ in range(5))
        self.lists = {}
        for group in CHOSEN_LISTS:
            citation = next(columns)
            if citation is not None:
                self.lists[group] = citation
        self.groups = {}
        for group in ONE_ROW_GROUPS:
            citation, evidence = next(columns), next(columns)
            values = {name: next(columns) for name in FIELDS[group]}
            if citation is not None:
                self.groups[group] = (_settled(values, evidence), evidence, citation)

    @property
    def cited(self) -> list[int]:
        return [citation for _, _, citation in self.groups.values()] + list(self.lists.values())


def _settled(values: dict[str, Any], evidence: dict[str, Any]) -> dict[str, Any]:
    """Without the values for which the page gives several, as earlier versions stored one of them."""
    for name, entry in evidence.items():
        if CONTRADICTED in (entry.get("warnings") or ()) and entry.get("how") != "chosen":
            values[name] = None
    return values


def _role(record: _RoleRecord, pages: dict[int, CitedPage]) -> CurrentRole:
    groups = {group: Facts(values, evidence, pages[pk]) for group, (values, evidence, pk) in record.groups.items()}
    return CurrentRole(
        record.pk,
        record.title,
        record.slug,
        record.revision or 0,
        groups,
        {group: pages[pk] for group, pk in record.lists.items()},
        [],
        [],
        [],
        record.soc_code,
        any(pages[pk].cut_line for pk in record.cited),
    )


_YEARS = re.compile(r"20\d\d(?:–\d\d)?")


def _release(title: str, figures_of: date) -> str:
    """The month that figures are of, or the year or years where the title names no month.

    >>> _release("Wages, May 2025", date(2025, 5, 1)), _release("Employment Projections, 2024–34", date(2024, 1, 1))
    ('May 2025', '2024–34')
    """
    month = f"{figures_of:%B %Y}"
    years = _YEARS.search(title)
    return years[0] if years and figures_of.month == 1 and month not in title else month


def _cited_page(row: list[Any]) -> CitedPage:
    *columns, licence, licence_url, loaded_at, figures_of, sample, cut_line = row
    page = CitedPage._make([*columns, "", "", bool(sample), None, "", cut_line])
    captured = page.captured_on
    when = f"captured on {formats.day(captured)}" if captured else f"loaded on {formats.day(loaded_at)}"
    short = f"{page.publisher}, {when}"
    release = _release(page.title, figures_of) if figures_of else ""
    if release:
        short = f"{page.publisher}, figures of {release}"
        when = when if release in page.title else f"figures of {release}, {when}"
    if sample:
        page = page._replace(licence="", licence_url="", attribution="")
    elif not page.licence:
        page = page._replace(licence=licence, licence_url=licence_url)
    return page._replace(when=when, short=short, figures_of=figures_of, release=release)
