"""Skills, and the roles whose current lists name them."""

from decimal import Decimal
from difflib import get_close_matches
from operator import itemgetter
from typing import Any, NamedTuple

from django.db.models import BigIntegerField, Case, Count, F, OuterRef, Q, QuerySet, Subquery, Value, When

from careers.models import KnowledgeRating, Role, RoleSkill, Skill, SkillAlias, SkillRating, SkillRow, Technology
from careers.vocabulary import OFFICIAL_KINDS
from comparisons.queries.revision import compute_once
from comparisons.search.results import Title

# How many names are compared with an unknown one, and how many are suggested.
MOST_COMPARED = 500
MOST_NEAR = 5


class SkillCount(NamedTuple):
    """`roles`: how many list the skill. `occupations`: for how many official tables rate it or name it as technology,
    which is no list of a page."""

    name: str
    slug: str
    roles: int
    occupations: int = 0

    @property
    def total(self) -> int:
        return self.roles + self.occupations


def count_skills(revision: int) -> tuple[SkillCount, ...]:
    """Every skill that is current for a role, those of most lists first, then of most occupations, then by name.

    Spellings that an admin joined count as the skill that they mean.
    """
    return compute_once("skills", revision, _count_skills)


def count_roles_with(skill: Skill, revision: int) -> SkillCount:
    """How many roles list the skill, and for how many occupations it is rated."""
    by_slug = compute_once("skills by slug", revision, lambda: {count.slug: count for count in count_skills(revision)})
    return by_slug.get(skill.slug, SkillCount(skill.name, skill.slug, 0))


def _count_skills() -> tuple[SkillCount, ...]:
    numbers = _count_roles_by_skill(F("skill"))
    rated = _count_occupations_by_skill()
    joined_with = SkillAlias.objects.filter(key=OuterRef("key")).order_by().values("skill")[:1]
    skills = Skill.objects.order_by().values_list("pk", "name", "slug", Subquery(joined_with))
    names: dict[int, tuple[str, str]] = {}
    joined: dict[int, int] = {}
    for pk, name, slug, meant_pk in skills:
        names[pk] = name, slug
        if meant_pk and pk in numbers:
            joined[pk] = meant_pk
        if meant_pk and pk in rated:  # one table names a skill in one spelling
            rated[meant_pk] = rated.get(meant_pk, 0) + rated.pop(pk)
    if joined:  # a role can list both spellings, so their numbers cannot be added
        whens = [When(skill=pk, then=Value(meant_pk)) for pk, meant_pk in joined.items()]
        merged = Case(*whens, default=F("skill"), output_field=BigIntegerField())
        numbers |= _count_roles_by_skill(merged, skill__in={*joined, *joined.values()})
    numbers = {pk: number for pk, number in numbers.items() if pk not in joined}
    counts = [SkillCount(*names[pk], numbers.get(pk, 0), rated.get(pk, 0)) for pk in numbers.keys() | rated.keys()]
    return tuple(sorted(counts, key=lambda count: (-count.roles, -count.occupations, count.name, count.slug)))


def _count_roles_by_skill(skill: Any, **conditions: Any) -> dict[int, int]:
    """Skill -> how many roles list it."""
    rows = _query_current_entries().filter(**conditions).order_by().values_list(skill)
    return dict(rows.annotate(roles=Count("role", distinct=True)))


# Table -> the group of its rows. None of the three holds a skill twice for a role, and no two hold the same skills.
_OFFICIAL_TABLES: tuple[tuple[type[SkillRow], str], ...] = (
    (SkillRating, "rated_skills"),
    (KnowledgeRating, "knowledge"),
    (Technology, "technology"),
)


def _count_occupations_by_skill() -> dict[int, int]:
    """Skill -> for how many occupations official tables rate it or name it."""
    counted = []
    for table, group in _OFFICIAL_TABLES:
        rows = _query_current_rows(table, group).order_by().values_list("skill")
        counted.append(rows.annotate(roles=Count("role", distinct=True)))
    numbers: dict[int, int] = {}
    for pk, number in counted[0].union(*counted[1:], all=True):
        numbers[pk] = numbers.get(pk, 0) + number
    return numbers


def _query_current_rows(table: type[SkillRow], group: str) -> QuerySet[Any]:
    return table._default_manager.filter(citation=F(f"role__{group}_citation"))


def _query_current_entries() -> QuerySet[RoleSkill]:
    return RoleSkill.objects.filter(citation=F("role__skills_citation"))


def find_any_listed_slug() -> str:
    """The slug of a skill that a role lists, "" where no role lists any.

    It takes the first role with a list, because SQLite would read every entry to find the first one.
    """
    first = Role.objects.filter(skills_citation__isnull=False).order_by("pk").values("pk")[:1]
    listed = _query_current_entries().filter(role=Subquery(first)).order_by("position")
    return listed.values_list("skill__slug", flat=True).first() or ""


class SkillListing(NamedTuple):
    """A role that lists a skill, as the role's page spells and ranks it; or an occupation for which it is rated or
    named, which has no rank."""

    title: str
    slug: str
    name: str
    kind: str
    rank: int | None
    percent: int | None
    tier: str | None
    publisher: str
    importance: Decimal | None = None
    level: Decimal | None = None
    hot: bool | None = None
    in_demand: bool | None = None


def find_skill(slug: str) -> Skill | None:
    """The skill with this slug, or the one that an admin joined this spelling with."""
    if not slug.isprintable():  # no database takes a NUL
        return None
    keys = Skill.objects.filter(slug=slug).values("key")
    alias = SkillAlias.objects.filter(key__in=keys).select_related("skill").first()
    return alias.skill if alias else Skill.objects.filter(slug=slug).first()


def list_roles_with_skill(skill: Skill, start: int, stop: int) -> list[SkillListing]:
    """A slice of the roles that list a skill, by title, each with its first entry of the skill."""
    listing = _query_current_entries().filter(skill__in=_find_spellings(skill))
    page = Role.objects.filter(pk__in=listing.values("role")).order_by("key", "pk").values_list("pk")[start:stop]
    pks = [pk for (pk,) in page]
    columns = ("role__title", "role__slug", "name", "kind", "rank", "percent", "tier", "citation__publisher__name")
    rows: dict[int, Any] = {}
    for pk, *row in listing.filter(role__in=pks).order_by("position").values_list("role", *columns):
        rows.setdefault(pk, row)
    return [SkillListing(*rows[pk]) for pk in pks if pk in rows]


def _find_spellings(skill: Skill) -> list[int]:
    joined = SkillAlias.objects.filter(skill=skill).values("key")
    return list(Skill.objects.filter(Q(pk=skill.pk) | Q(key__in=joined)).values_list("pk", flat=True))


def list_occupations_with_skill(skill: Skill, start: int, stop: int) -> list[SkillListing]:
    """A slice of the occupations for which a skill is rated or named, the most important first, then by title."""
    listings: list[tuple[tuple[Any, ...], SkillListing]] = []
    spellings = _find_spellings(skill)
    columns = ("role__key", "role__title", "role__slug", "name", "citation__publisher__name")
    for table, group in _OFFICIAL_TABLES:
        marks = ("hot", "in_demand") if table is Technology else ("importance", "level")
        rows = _query_current_rows(table, group).filter(skill__in=spellings).order_by().values_list(*columns, *marks)
        for key, title, slug, name, publisher, *values in rows:
            listing = SkillListing(title, slug, name, _KIND_OF[group], None, None, None, publisher)
            listing = listing._replace(**dict(zip(marks, values, strict=True)))
            order = (1 if values[0] is None else -values[0], key, slug)
            listings.append((order, listing))
    listings.sort(key=itemgetter(0))
    return [listing for _, listing in listings[start:stop]]


_KIND_OF = {group: kind for kind, group in OFFICIAL_KINDS.items()}


def suggest_skills(slug: str) -> list[Title]:
    """Skills whose spelling is similar to an unknown one."""
    if not slug.isprintable():  # no database takes a NUL
        return []
    names = dict(Skill.objects.filter(slug__startswith=slug[:2]).values_list("slug", "name")[:MOST_COMPARED])
    return [Title(names[match], match) for match in get_close_matches(slug[:120], names, MOST_NEAR)]
