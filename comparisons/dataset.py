"""Figures over the whole data set. They cost a look at every row, so a process holds them until a page is loaded or
undone, which counts the `Revision` up."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from functools import reduce
from operator import or_
from typing import Any, NamedTuple, TypeVar

from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, TruncDate

from careers.models import (
    MANY_ROW_GROUPS,
    ONE_ROW_GROUPS,
    Citation,
    Listing,
    Publisher,
    Role,
    RoleSkill,
    SalaryStats,
    Skill,
    SkillAlias,
    identity,
)
from comparisons import formats
from comparisons.comparison import Comparison, Line
from comparisons.current import CurrentRole, meant_skill
from comparisons.rows import place
from comparisons.search import Title, alike_as_a_whole

# A value that every role of a publisher shares says something about the publisher from so many roles on.
FEWEST_ROLES = 3
MOST_COMPANIONS = 8
# How many rows are looked at for roles on the same pages and with the same skills.
LOOKED_AT = 400

T = TypeVar("T")
_held: dict[Any, tuple[int, Any]] = {}


def held(key: Any, revision: int, make: Callable[[], T]) -> T:
    """What `make` gives, made once per revision."""
    known = _held.get(key)
    if known is None or known[0] != revision:
        known = _held[key] = (revision, make())
    made: T = known[1]
    return made


class PublisherCount(NamedTuple):
    """A publisher, how many roles it is current for, how many pages it has, and the top end of its widest pay range.
    `oldest`, `newest`: when its pages were captured, or loaded where they have no date."""

    pk: int
    name: str
    slug: str
    homepage: str
    licence: str
    licence_url: str
    attribution: str
    roles: int
    pages: int
    top_pay: int
    oldest: date
    newest: date


class Overview(NamedTuple):
    """What is stored, in counts. `newest`: the newest day of any publisher."""

    roles: int
    pages: int
    publishers: tuple[PublisherCount, ...]
    newest: date | None


def of_publisher(publisher: Any) -> Q:
    """Roles of which any current group comes from this publisher."""
    keys = [f"{group}__citation" for group in ONE_ROW_GROUPS] + [f"{group}_citation" for group in MANY_ROW_GROUPS]
    return reduce(or_, (Q(**{f"{key}__publisher": publisher}) for key in keys))


def overview(revision: int) -> Overview:
    return held("overview", revision, _overview)


def _overview() -> Overview:
    listed = Listing.objects.filter(publisher=OuterRef("pk")).order_by().values("publisher")
    pages = Citation.objects.filter(publisher=OuterRef("pk")).order_by().values("publisher")
    day = Coalesce("captured_on", TruncDate("loaded_at"))
    rows = Publisher.objects.filter(taken_down_at=None).annotate(
        roles=Coalesce(Subquery(listed.annotate(number=Count("pk")).values("number")), 0),
        pages=Subquery(pages.annotate(number=Count("pk")).values("number")),
        oldest=Subquery(pages.annotate(oldest=Min(day)).values("oldest")),
        newest=Subquery(pages.annotate(newest=Max(day)).values("newest")),
        top_pay=Coalesce(Subquery(pages.annotate(top=Max("salarystats_rows__annual_high")).values("top")), 0),
        all_roles=Subquery(
            Role.objects.order_by().values(one=F("pk") * 0).annotate(number=Count("pk")).values("number")
        ),
    )
    found = [row for row in rows.values(*PublisherCount._fields, "all_roles") if row["pages"]]
    all_roles = found[0]["all_roles"] or 0 if found else 0
    publishers = [PublisherCount(*(row[name] for name in PublisherCount._fields)) for row in found]
    return Overview(
        all_roles,
        sum(each.pages for each in publishers),
        tuple(sorted(publishers, key=lambda each: -each.roles)),
        max((each.newest for each in publishers), default=None),
    )


class Companion(NamedTuple):
    role: Title
    why: str


def companions(role: CurrentRole) -> list[Companion]:
    """Roles that this one can be compared with, and why: a publisher does, they list the same skills, a near title."""
    found: dict[str, Companion] = {}
    rows = SalaryStats.objects.filter(citation__in=[source.pk for source in role.sources]).order_by("role__title")
    for title, slug, name in rows.values_list("role__title", "role__slug", "citation__publisher__name")[:LOOKED_AT]:
        found[slug] = Companion(Title(title, slug), f"{name} sets the two side by side")
    for each, skills in _with_skills_of(role):
        found.setdefault(each.slug, Companion(each, f"Both list {formats.listed(skills[:3])}"))
    for each in alike_as_a_whole(identity(role.title), MOST_COMPANIONS):
        found.setdefault(each.slug, Companion(each, "A title much like this one"))
    found.pop(role.slug, None)
    return list(found.values())[:MOST_COMPANIONS]


def _with_skills_of(role: CurrentRole) -> list[tuple[Title, list[str]]]:
    names = {skill.slug: skill.name for skill in role.skills}
    joined = SkillAlias.objects.filter(skill__slug__in=list(names)).order_by().values("key")
    meant = Skill.objects.filter(Q(slug__in=list(names)) | Q(key__in=joined)).order_by().values("pk")
    current: QuerySet[Any, Any] = RoleSkill.objects.filter(skill__in=meant, citation=F("role__skills_citation"))
    rows = current.order_by().values_list("role__title", "role__slug", meant_skill())[:LOOKED_AT]
    shared: dict[Title, list[str]] = defaultdict(list)
    for title, slug, skill in rows:
        name = names.get(skill)  # None: its spellings were joined or parted since the role was read
        if name and name not in shared[Title(title, slug)]:
            shared[Title(title, slug)].append(name)
    return sorted(shared.items(), key=lambda each: (-len(each[1]), each[0].title))


def group_figures(comparison: Comparison) -> dict[str, str]:
    """Row key -> publisher, for the values that both roles share with every stored role of that publisher."""
    same = {line.row.key: line for line in comparison.lines if line.same and len(line.publishers) == 1}
    publisher_pks = {source.publisher: source.publisher_pk for source in comparison.sources}
    asked = {(key, publisher_pks[line.publishers[0]]): line for key, line in same.items()}
    new = {
        place: line
        for place, line in asked.items()
        if _held.get(("everywhere", *place), (None, None))[0] != comparison.revision
    }
    if new:
        for (key, publisher), alike in _alike_everywhere(new).items():
            _held["everywhere", key, publisher] = (comparison.revision, alike)
    return {key: line.publishers[0] for (key, pk), line in asked.items() if _held["everywhere", key, pk][1]}


def _alike_everywhere(asked: dict[tuple[str, int], Line]) -> dict[tuple[str, int], bool]:
    """One query for all: is there a role of the publisher with another value, and are there roles enough?"""
    checks: dict[str, Exists] = {}
    for index, ((_, publisher), line) in enumerate(asked.items()):
        value = line.cells[0].value
        values = value if line.row.fields else (value,)
        other = Q()
        for key, one in zip(line.row.reads, values, strict=True):
            group, field = place(key)
            path = f"{group}__{field}"
            if one is not None:
                other |= Q(**{f"{path}__lt": one}) | Q(**{f"{path}__gt": one})
        roles = Role.objects.filter(**{f"{group}__citation__publisher": publisher}).order_by()
        checks[f"other_{index}"] = Exists(roles.filter(other))
        checks[f"enough_{index}"] = Exists(roles[FEWEST_ROLES - 1 : FEWEST_ROLES])
    row = Role.objects.order_by().annotate(**checks).values(*checks)[:1][0]
    return {place: row[f"enough_{index}"] and not row[f"other_{index}"] for index, place in enumerate(asked)}
