"""Skills, and the roles whose current lists name them."""

from difflib import get_close_matches
from typing import Any, NamedTuple

from django.db.models import BigIntegerField, Case, Count, F, OuterRef, Q, QuerySet, Subquery, Value, When

from careers.models import Role, RoleSkill, Skill, SkillAlias
from comparisons.queries.per_revision import compute_once
from comparisons.search.matching import Title

# How many names are compared with one that is not known, and how many of them are told.
MOST_COMPARED = 500
MOST_NEAR = 5


class SkillCount(NamedTuple):
    name: str
    slug: str
    roles: int


def count_skills(revision: int) -> tuple[SkillCount, ...]:
    """Every skill that a role lists now, with the number of roles; those of most roles first, then by name. Spellings
    that admins joined count as the one they mean."""
    return compute_once("skills", revision, _count_skills)


def _count_skills() -> tuple[SkillCount, ...]:
    numbers = _count_roles_by_skill(F("skill"))
    meant = SkillAlias.objects.filter(key=OuterRef("key")).order_by().values("skill")[:1]
    known = Skill.objects.order_by().values_list("pk", "name", "slug", Subquery(meant))
    names = {pk: (name, slug, into) for pk, name, slug, into in known}
    joined = {pk: into for pk, (_, _, into) in names.items() if into and pk in numbers}
    if joined:  # a role can list both spellings, so their numbers cannot be added
        whens = (When(skill=pk, then=Value(into)) for pk, into in joined.items())
        both = {*joined, *joined.values()}
        numbers |= _count_roles_by_skill(
            Case(*whens, default=F("skill"), output_field=BigIntegerField()), skill__in=both
        )
    found = [SkillCount(*names[pk][:2], number) for pk, number in numbers.items() if pk not in joined]
    return tuple(sorted(found, key=lambda each: (-each.roles, each.name)))


def _count_roles_by_skill(skill: Any, **only: Any) -> dict[int, int]:
    """Skill -> how many roles list it."""
    rows = _current_entries().filter(**only).order_by().values_list(skill)
    return dict(rows.annotate(roles=Count("role", distinct=True)))


def _current_entries() -> QuerySet[RoleSkill]:
    return RoleSkill.objects.filter(citation=F("role__skills_citation"))


def find_any_listed_slug() -> str:
    """The slug of one that a role lists, "" if none does.

    Of the first role that lists any: to find the first entry of all SQLite would read every one.
    """
    first = Role.objects.filter(skills_citation__isnull=False).order_by("pk").values("pk")[:1]
    listed = _current_entries().filter(role=Subquery(first)).order_by("position")
    return listed.values_list("skill__slug", flat=True).first() or ""


class SkillListing(NamedTuple):
    """One role that lists a skill, as its page spells and places it."""

    title: str
    slug: str
    name: str
    kind: str
    rank: int
    percent: int | None
    tier: str | None
    publisher: str


def find_skill(slug: str) -> Skill | None:
    """The skill of this slug, or the one that it is another spelling of."""
    if not slug.isprintable():  # no database takes a NUL
        return None
    keys = Skill.objects.filter(slug=slug).values("key")
    other = SkillAlias.objects.filter(key__in=keys).select_related("skill").first()
    return other.skill if other else Skill.objects.filter(slug=slug).first()


def list_roles_with_skill(skill: Skill, start: int, stop: int) -> list[SkillListing]:
    """Of the roles that list a skill those from one place to another, by title; of several entries a role's first."""
    joined = SkillAlias.objects.filter(skill=skill).values("key")
    spellings = Skill.objects.filter(Q(pk=skill.pk) | Q(key__in=joined)).values_list("pk", flat=True)
    listing = _current_entries().filter(skill__in=list(spellings))
    page = Role.objects.filter(pk__in=listing.values("role")).order_by("key", "pk").values_list("pk")[start:stop]
    pks = [pk for (pk,) in page]
    columns = ("role__title", "role__slug", "name", "kind", "rank", "percent", "tier", "citation__publisher__name")
    rows: dict[int, Any] = {}
    for pk, *row in listing.filter(role__in=pks).order_by("position").values_list("role", *columns):
        rows.setdefault(pk, row)
    return [SkillListing(*rows[pk]) for pk in pks if pk in rows]


def suggest_skills(slug: str) -> list[Title]:
    """Skills spelled much like one that is not known."""
    if not slug.isprintable():  # no database takes a NUL
        return []
    names = dict(Skill.objects.filter(slug__startswith=slug[:2]).values_list("slug", "name")[:MOST_COMPARED])
    return [Title(names[each], each) for each in get_close_matches(slug[:120], names, MOST_NEAR)]
