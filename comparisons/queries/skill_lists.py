"""Skills, and the roles whose current lists name them."""

from difflib import get_close_matches
from typing import Any, NamedTuple

from django.db.models import BigIntegerField, Case, Count, F, OuterRef, Q, QuerySet, Subquery, Value, When

from careers.models import Role, RoleSkill, Skill, SkillAlias
from comparisons.queries.per_revision import compute_once
from comparisons.search.matching import Title

# How many names are compared with an unknown one, and how many are suggested.
MOST_COMPARED = 500
MOST_NEAR = 5


class SkillCount(NamedTuple):
    """`roles`: how many list the skill."""

    name: str
    slug: str
    roles: int


def count_skills(revision: int) -> tuple[SkillCount, ...]:
    """Every skill that a role lists now, those of most roles first, then by name.

    Spellings that an admin joined count as the skill that they mean.
    """
    return compute_once("skills", revision, _count_skills)


def count_roles_with(skill: Skill, revision: int) -> int:
    """How many roles list the skill, 0 for none."""
    for count in count_skills(revision):
        if count.slug == skill.slug:
            return count.roles
    return 0


def _count_skills() -> tuple[SkillCount, ...]:
    numbers = _count_roles_by_skill(F("skill"))
    meant = SkillAlias.objects.filter(key=OuterRef("key")).order_by().values("skill")[:1]
    skills = Skill.objects.order_by().values_list("pk", "name", "slug", Subquery(meant))
    names: dict[int, tuple[str, str]] = {}
    joined: dict[int, int] = {}
    for pk, name, slug, meant_pk in skills:
        names[pk] = name, slug
        if meant_pk and pk in numbers:
            joined[pk] = meant_pk
    if joined:  # a role can list both spellings, so their numbers cannot be added
        whens = [When(skill=pk, then=Value(meant_pk)) for pk, meant_pk in joined.items()]
        merged = Case(*whens, default=F("skill"), output_field=BigIntegerField())
        numbers |= _count_roles_by_skill(merged, skill__in={*joined, *joined.values()})
    counts = [SkillCount(*names[pk], number) for pk, number in numbers.items() if pk not in joined]
    return tuple(sorted(counts, key=lambda count: (-count.roles, count.name)))


def _count_roles_by_skill(skill: Any, **conditions: Any) -> dict[int, int]:
    """Skill -> how many roles list it."""
    rows = _current_entries().filter(**conditions).order_by().values_list(skill)
    return dict(rows.annotate(roles=Count("role", distinct=True)))


def _current_entries() -> QuerySet[RoleSkill]:
    return RoleSkill.objects.filter(citation=F("role__skills_citation"))


def find_any_listed_slug() -> str:
    """The slug of a skill that a role lists, "" where no role lists any.

    It takes the first role with a list, because SQLite would read every entry to find the first one.
    """
    first = Role.objects.filter(skills_citation__isnull=False).order_by("pk").values("pk")[:1]
    listed = _current_entries().filter(role=Subquery(first)).order_by("position")
    return listed.values_list("skill__slug", flat=True).first() or ""


class SkillListing(NamedTuple):
    """A role that lists a skill, as the role's page spells and ranks it."""

    title: str
    slug: str
    name: str
    kind: str
    rank: int
    percent: int | None
    tier: str | None
    publisher: str


def find_skill(slug: str) -> Skill | None:
    """The skill with this slug, or the one that an admin joined this spelling with."""
    if not slug.isprintable():  # no database takes a NUL
        return None
    keys = Skill.objects.filter(slug=slug).values("key")
    alias = SkillAlias.objects.filter(key__in=keys).select_related("skill").first()
    return alias.skill if alias else Skill.objects.filter(slug=slug).first()


def list_roles_with_skill(skill: Skill, start: int, stop: int) -> list[SkillListing]:
    """A slice of the roles that list a skill, by title, each with its first entry of the skill."""
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
    """Skills whose spelling is similar to an unknown one."""
    if not slug.isprintable():  # no database takes a NUL
        return []
    names = dict(Skill.objects.filter(slug__startswith=slug[:2]).values_list("slug", "name")[:MOST_COMPARED])
    return [Title(names[match], match) for match in get_close_matches(slug[:120], names, MOST_NEAR)]
