"""What is current of some roles: their facts and lists, as plain data, in four queries at most."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db.models import F, Model, QuerySet, Subquery

from careers.models import (
    MANY_ROW_GROUPS,
    ONE_ROW_GROUPS,
    Duty,
    Revision,
    Role,
    RoleSkill,
    Section,
)
from comparisons import formats
from comparisons.prepared import Prepared

MOST_ROLES = 4


class Source(NamedTuple):
    """One capture of one publisher's page. The licence is the page's own, else the publisher's. `when`: the day of
    the capture in words, or of the loading where the page has no date."""

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

    @property
    def short(self) -> str:
        return f"{self.publisher}, {self.when}"


class Facts(NamedTuple):
    """One group of a role: field -> value, field -> evidence, and the page that both come from."""

    values: dict[str, Any]
    evidence: dict[str, Any]
    source: Source


class SkillEntry(NamedTuple):
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
    """A role with everything current. `groups` holds what is stored of the one-row groups,
    `list_sources` of the many-row groups; `revision` counts the changes of the whole data set."""

    pk: int
    title: str
    slug: str
    revision: int
    groups: dict[str, Facts]
    list_sources: dict[str, Source]
    skills: list[SkillEntry]
    duties: list[DutyEntry]
    sections: list[GuideSection]

    @property
    def sources(self) -> list[Source]:
        """Every page that a current group cites, each once."""
        cited = [facts.source for facts in self.groups.values()] + list(self.list_sources.values())
        return list({source.pk: source for source in cited}.values())


_CITATION = (
    "pk",
    "title",
    "url",
    "captured_on",
    "licence",
    "licence_url",
    "publisher_id",
    "publisher__name",
    "publisher__attribution",
    "loaded_at",
    "publisher__licence",
    "publisher__licence_url",
)


def _fields(group: str) -> list[str]:
    model: type[Model] = Role._meta.get_field(group).related_model  # type: ignore[assignment]  # a key, never a string
    others = ("id", "role_id", "citation_id", "evidence")
    return [field.attname for field in model._meta.concrete_fields if field.attname not in others]


# Group -> the fields of its facts, in the order of the model.
FIELDS = {group: _fields(group) for group in ONE_ROW_GROUPS}


def _columns() -> Iterator[str]:
    yield from ("pk", "title", "slug", "revision")
    for group in ONE_ROW_GROUPS:
        yield from (f"{group}__citation__{name}" for name in _CITATION)
        yield from (f"{group}__{name}" for name in ("evidence", *FIELDS[group]))
    for group in MANY_ROW_GROUPS:
        yield from (f"{group}_citation__{name}" for name in _CITATION)


def _roles(slugs: list[str]) -> QuerySet[Any, Any]:
    revision = Subquery(Revision.objects.order_by("pk").values("number")[:1])
    return Role.objects.filter(slug__in=slugs).order_by().annotate(revision=revision).values_list(*_columns())


def _listed(model: type[RoleSkill | Duty | Section], group: str, *columns: str) -> Prepared:
    def build(slugs: list[str]) -> QuerySet[Any, Any]:
        current = {"role__slug__in": slugs, "citation": F(f"role__{group}_citation")}
        return model._default_manager.filter(**current).order_by("position").values_list("role_id", *columns)

    return Prepared(build, MOST_ROLES)


_ROLES = Prepared(_roles, MOST_ROLES)
_LISTS = {
    "skills": _listed(RoleSkill, "skills", "name", "skill__slug", "kind", "rank", "percent", "tier", "evidence"),
    "duties": _listed(Duty, "duties", "text", "truncated", "evidence"),
    "sections": _listed(Section, "sections", "heading", "blocks", "evidence"),
}
_KINDS: dict[str, type[Any]] = {"skills": SkillEntry, "duties": DutyEntry, "sections": GuideSection}


def current(slugs: Sequence[str]) -> list[CurrentRole]:
    """The roles of these slugs, one to four, in the order given; a slug that no role has is left out."""
    slugs = [slug for slug in dict.fromkeys(slugs) if slug.isprintable()]  # no database takes a NUL
    if not slugs:
        return []
    found = {role.slug: role for role in map(_role, _ROLES.rows(slugs))}
    roles = [found[slug] for slug in slugs if slug in found]
    by_pk = {role.pk: role for role in roles}
    for group, query in _LISTS.items():
        if any(group in role.list_sources for role in roles):
            kind = _KINDS[group]
            for pk, *values in query.rows(slugs):
                getattr(by_pk[pk], group).append(kind(*values))
    return roles


def _role(row: list[Any]) -> CurrentRole:
    columns = iter(row)
    pk, title, slug, revision = (next(columns) for _ in range(4))
    groups = {}
    for group in ONE_ROW_GROUPS:
        source = _source([next(columns) for _ in _CITATION])
        evidence = next(columns)
        values = {name: next(columns) for name in FIELDS[group]}
        if source:
            groups[group] = Facts(values, evidence, source)
    cited = {group: _source([next(columns) for _ in _CITATION]) for group in MANY_ROW_GROUPS}
    list_sources = {group: source for group, source in cited.items() if source}
    return CurrentRole(pk, title, slug, revision or 0, groups, list_sources, [], [], [])


def _source(row: list[Any]) -> Source | None:
    if row[0] is None:
        return None
    *citation, loaded_at, licence, licence_url = row
    captured_on = citation[_CITATION.index("captured_on")]
    when = f"captured on {formats.day(captured_on)}" if captured_on else f"loaded on {formats.day(loaded_at)}"
    source = Source._make([*citation, when])
    return source if source.licence else source._replace(licence=licence, licence_url=licence_url)
