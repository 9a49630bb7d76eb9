"""The current facts and lists of some roles as plain data, in six queries at most."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    DecimalField,
    F,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce

from careers.areas import AREAS
from careers.models import (
    AreaPay,
    Duty,
    FactRow,
    KnowledgeRating,
    Outlook,
    Revision,
    Role,
    RoleSkill,
    SalaryStats,
    Section,
    SkillAlias,
    SkillRating,
    Technology,
)
from careers.vocabulary import CHOSEN_LISTS, FIELDS, ONE_ROW_GROUPS
from comparisons.queries.cited_pages import read_cited_pages
from comparisons.queries.current_role import (
    FIGURES,
    JOB_FIELD,
    PAY_FIELDS,
    AreaPayEntry,
    CitedPage,
    CurrentRole,
    DutyEntry,
    Facts,
    FigureRow,
    GuideSection,
    RatedEntry,
    SkillEntry,
    TechnologyEntry,
    YearEntry,
)
from comparisons.queries.occupation_lists import query_lists, sort_lists
from comparisons.queries.prepared import Prepared, make_null
from comparisons.rows import MOST_ROLES
from comparisons.titles import name_of


def _query_roles(slugs: Sequence[Any]) -> QuerySet[Any, Any]:
    revision = Subquery(Revision.objects.order_by("pk").values("number")[:1])
    columns = ["pk", "title", "singular", "plural", "slug", "soc_code", "revision"]
    columns += [f"{group}_citation_id" for group in CHOSEN_LISTS]
    for group in ONE_ROW_GROUPS:
        columns += [f"{group}__{name}" for name in ("citation_id", "evidence", *FIELDS[group])]
    return Role.objects.filter(slug__in=slugs).order_by().annotate(revision=revision).values_list(*columns)


def select_meant_skill_slug() -> Coalesce:
    """The slug of the skill that an entry means, which is another one where an admin joined two spellings."""
    joined = SkillAlias.objects.filter(key=OuterRef("skill__key")).order_by().values("skill__slug")[:1]
    return Coalesce(Subquery(joined), F("skill__slug"))


def _query_current(model: type[FactRow], group: str, slugs: Sequence[Any]) -> QuerySet[Any, Any]:
    current = {"role__slug__in": slugs, "citation": F(f"role__{group}_citation")}
    return model._default_manager.filter(**current)


def _prepare_list(model: type[Duty | Section], group: str, *columns: str) -> Prepared:
    def build(slugs: Sequence[Any]) -> QuerySet[Any, Any]:
        return _query_current(model, group, slugs).order_by("position").values_list("role_id", *columns)

    return Prepared(build, _SLUGS)


def _cast_to_text(column: str) -> Cast:
    return Cast(column, TextField())


def _name_if_true(column: str) -> Case:
    """The name of a column where it is true, else nothing."""
    return Case(When(**{column: True}, then=Value(column)), default=Value(""), output_field=TextField())


def _query_skill_entries(slugs: Sequence[Any]) -> QuerySet[Any, Any]:
    """The entries of all lists of skills, in one query: what pages list, what is rated, technology.

    The columns are list, role, position, name, slug, key and evidence, then two texts, rank and percent: pages give
    kind and tier as the texts, ratings importance and level, technology its marks. Django has nothing to convert in
    text and in columns of numbers, and these are hundreds of rows. Official lists spell a skill in one way, so joined
    spellings are looked up for those of pages alone.
    """
    text, whole = TextField(), IntegerField()
    neither = (make_null(whole), make_null(whole))
    lists: tuple[tuple[str, type[FactRow], Any, tuple[Any, ...]], ...] = (
        ("skills", RoleSkill, select_meant_skill_slug(), ("kind", "tier", "rank", "percent")),
        ("rated_skills", SkillRating, "skill__slug", (_cast_to_text("importance"), _cast_to_text("level"), *neither)),
        ("knowledge", KnowledgeRating, "skill__slug", (_cast_to_text("importance"), _cast_to_text("level"), *neither)),
        ("technology", Technology, "skill__slug", (_name_if_true("hot"), _name_if_true("in_demand"), *neither)),
    )
    queries = []
    for group, model, slug, columns in lists:
        start = (Cast(Value(group), text), "role_id", "position", "name", slug, "skill_id", _cast_to_text("evidence"))
        queries.append(_query_current(model, group, slugs).order_by().values_list(*start, *columns))
    return queries[0].union(*queries[1:], all=True)


_WHOSE_FIGURES = ("role_id", "citation_id", "citation__publisher_id", "citation__digest", _cast_to_text("evidence"))
_IN_RELEASES = {"citation__figures_of__isnull": False, "citation__publisher__taken_down_at__isnull": True}


def _query_figure_rows(slugs: Sequence[Any]) -> QuerySet[Any, Any]:
    """The columns of `FigureRow` for the roles of these slugs."""
    areas = AreaPay.objects.filter(role__slug__in=slugs, citation=F("role__area_pay_citation"))
    pay, jobs = (
        table._default_manager.filter(role__slug__in=slugs, role__soc_code__isnull=False, **_IN_RELEASES)
        for table in (SalaryStats, Outlook)
    )
    no_row, no_state = make_null(BigIntegerField()), make_null(CharField(max_length=2))
    no_figure, no_decimal = make_null(IntegerField()), make_null(DecimalField(max_digits=8, decimal_places=2))
    no_pay = [no_figure] * 3 + [no_decimal] * 3
    month = F("citation__figures_of")
    parts = [
        areas.values_list(*_WHOSE_FIGURES, no_row, "state", month, *map(F, FIGURES)),
        pay.values_list(*_WHOSE_FIGURES, F("pk"), no_state, month, no_figure, *map(F, PAY_FIELDS.values())),
        jobs.values_list(*_WHOSE_FIGURES, no_row, no_state, month, F(JOB_FIELD), *no_pay),
    ]
    first, *others = [part.order_by() for part in parts]
    return first.union(*others, all=True)


# Groups with lists of skills, in the order of entries, each with its place.
_SKILL_LISTS = {"skills": 0, "rated_skills": 1, "knowledge": 2, "technology": 3}
# Group -> the kind of its entries.
_RATED_KINDS = {"rated_skills": "rated", "knowledge": "knowledge"}


_SLUGS = [f"stand-in-{place}" for place in range(MOST_ROLES)]
_ROLES = Prepared(_query_roles, _SLUGS)
_FIGURES = Prepared(_query_figure_rows, _SLUGS)
_SKILLS = Prepared(_query_skill_entries, _SLUGS)
_LISTS: dict[str, tuple[Prepared, type[Any]]] = {
    "duties": (_prepare_list(Duty, "duties", "text", "truncated", "evidence"), DutyEntry),
    "sections": (_prepare_list(Section, "sections", "heading", "blocks", "evidence"), GuideSection),
}
_OCCUPATION_LISTS = Prepared(query_lists, _SLUGS)


def read_current_roles(slugs: Sequence[str]) -> list[CurrentRole]:
    """The roles of these slugs, one to four, each once and in the order given. Slugs without a role are left out."""
    slugs = [slug for slug in dict.fromkeys(slugs) if slug.isprintable()]  # no database takes a NUL
    records = {record.slug: record for record in map(_RoleRecord, _ROLES.rows(slugs))}
    figures = _read_figures(records.values())
    cited: dict[int, None] = {}
    for record in records.values():
        cited |= dict.fromkeys(record.cited)
        cited |= dict.fromkeys(row.citation for row in figures.get(record.pk, ()))
    revision = max([record.revision or 0 for record in records.values()], default=0)
    pages = read_cited_pages(cited, revision)
    roles = [_build_role(records[slug], pages, figures) for slug in slugs if slug in records]
    _read_lists(roles, slugs)
    return _add_occupation_lists(_add_skills(roles, slugs), slugs)


def _add_skills(roles: Sequence[CurrentRole], slugs: list[str]) -> list[CurrentRole]:
    """The roles with their lists of skills of all kinds."""
    if all(_SKILL_LISTS.keys().isdisjoint(role.list_sources) for role in roles):
        return list(roles)
    ratings: dict[int, list[RatedEntry]] = {role.pk: [] for role in roles}
    technology: dict[int, list[TechnologyEntry]] = {role.pk: [] for role in roles}
    skills = {role.pk: role.skills for role in roles}
    for row in sorted(_SKILLS.rows(slugs), key=lambda row: (_SKILL_LISTS[row[0]], row[2])):
        group, pk, _, name, slug, spelling, stored, first, second, rank, percent = row
        if group == "skills":
            skills[pk].append(SkillEntry(name, slug, first, rank, percent, second, json.loads(stored), spelling))
        elif group == "technology":
            technology[pk].append(TechnologyEntry(name, slug, "tech", bool(first), bool(second), stored))
        else:
            ratings[pk].append(
                RatedEntry(name, slug, _RATED_KINDS[group], _read_rating(first), _read_rating(second), stored)
            )
    return [role._replace(ratings=tuple(ratings[role.pk]), technology=tuple(technology[role.pk])) for role in roles]


def _read_figures(records: Iterable["_RoleRecord"]) -> dict[int, list[FigureRow]]:
    """Key of each official occupation -> its figures by state and by year."""
    slugs = [record.slug for record in records if record.soc_code]
    figures: dict[int, list[FigureRow]] = {}
    for row in map(FigureRow._make, _FIGURES.rows(slugs)):
        figures.setdefault(row.role, []).append(row)
    return figures


def _list_areas(rows: Iterable[FigureRow]) -> list[AreaPayEntry]:
    entries = [AreaPayEntry(AREAS[row.state], row) for row in rows if row.state and row.state in AREAS]
    return sorted(entries, key=lambda entry: entry.area.fips)


def _list_history(record: "_RoleRecord", rows: Sequence[FigureRow], pages: dict[int, CitedPage]) -> list[YearEntry]:
    """One entry for each year in the releases of the publisher whose pay or jobs are current."""
    current = {record.groups[group].citation for group in ("salary", "outlook") if group in record.groups}
    publishers = {row.publisher for row in rows if row.citation in current}
    of_pay: list[FigureRow] = []
    of_jobs: list[FigureRow] = []
    for row in rows:
        if row.state is None and row.publisher in publishers:
            (of_jobs if row.pay_row is None else of_pay).append(row)
    pay, jobs = _choose_releases(of_pay, current), _choose_releases(of_jobs, current)
    entries = []
    for year in sorted(pay.keys() | jobs.keys()):
        source = pages[(pay.get(year) or jobs[year]).citation]
        entries.append(YearEntry(year, pay.get(year), jobs.get(year), source))
    return entries


def _choose_releases(rows: Iterable[FigureRow], current: Collection[int]) -> dict[int, FigureRow]:
    """Year -> the best of the rows of its releases."""
    chosen: dict[int, FigureRow] = {}
    for row in rows:
        year = row.figures_of.year
        if year not in chosen or _rank_release(row, current) < _rank_release(chosen[year], current):
            chosen[year] = row
    return chosen


def _rank_release(row: FigureRow, current: Collection[int]) -> tuple[bool, int, int, str]:
    """Rank releases of one year: the current one, then that with most figures, then the later. The smallest is the
    best."""
    figures = sum(getattr(row, name) is not None for name in FIGURES)
    return (row.citation not in current, -figures, -row.figures_of.toordinal(), row.digest)


def _read_lists(roles: Sequence[CurrentRole], slugs: list[str]) -> None:
    by_pk = {role.pk: role for role in roles}
    for group, (query, entry_class) in _LISTS.items():
        if any(group in role.list_sources for role in roles):
            for pk, *values in query.rows(slugs):
                getattr(by_pk[pk], group).append(entry_class(*values))


def _add_occupation_lists(roles: list[CurrentRole], slugs: list[str]) -> list[CurrentRole]:
    """The roles with what stands in lists of official occupations; a role that is none may have others."""
    lists = sort_lists(_OCCUPATION_LISTS.rows(slugs))
    filled = []
    for role in roles:
        related, majors = lists.related.get(role.pk, ()), lists.majors.get(role.pk, ())
        closest, mates = lists.closest.get(role.pk), lists.mates.get(role.pk, ())
        filled.append(role._replace(related=related, majors=majors, closest=closest, mates=mates))
    return filled


def _read_rating(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


class _StoredGroup(NamedTuple):
    values: dict[str, Any]
    evidence: dict[str, Any]
    citation: int


class _RoleRecord:
    """One row of `_query_roles` by the names of its columns."""

    def __init__(self, row: list[Any]) -> None:
        columns = iter(row)
        self.pk, self.title, self.singular, self.plural = (next(columns) for _ in range(4))
        self.slug, self.soc_code, self.revision = (next(columns) for _ in range(3))
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
                self.groups[group] = _StoredGroup(values, evidence, citation)

    @property
    def cited(self) -> list[int]:
        return [group.citation for group in self.groups.values()] + list(self.lists.values())


def _build_role(
    record: _RoleRecord, pages: dict[int, CitedPage], figures: Mapping[int, Sequence[FigureRow]]
) -> CurrentRole:
    rows = figures.get(record.pk, ())
    groups = {group: Facts(values, evidence, pages[pk]) for group, (values, evidence, pk) in record.groups.items()}
    return CurrentRole(
        pk=record.pk,
        title=record.title,
        slug=record.slug,
        revision=record.revision or 0,
        groups=groups,
        list_sources={group: pages[pk] for group, pk in record.lists.items()},
        skills=[],
        duties=[],
        sections=[],
        soc_code=record.soc_code,
        was_cut=any(pages[pk].cut_line for pk in record.cited),
        area_pay=_list_areas(rows),
        history=_list_history(record, rows, pages),
        name=name_of(record.title, record.singular, record.plural),
    )
