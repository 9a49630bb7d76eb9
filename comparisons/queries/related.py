"""What surrounds one role: earlier captures, roles to compare it with, and the closest official occupation."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import (
    CharField,
    DateField,
    DateTimeField,
    DecimalField,
    F,
    Field,
    IntegerField,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Cast

from careers.models import Listing, Outlook, Role, RoleSkill, SalaryStats, Skill, SkillAlias
from comparisons.queries.companions import (
    MOST_COMPANIONS,
    MOST_PER_REASON,
    Companion,
    NearbyRow,
    choose_companions,
    find_listed_pay,
)
from comparisons.queries.roles import CurrentRole, meant_skill_slug
from comparisons.search.matching import Title

# How many roles on the same pages, and entries with the same skills in other lists, are read.
MOST_MATES, MOST_SKILLS = 12, 200
MOST_CAPTURES = 40
# How many occupations of the official classification are read on either side of the role's own.
MOST_NEAR_IN_CODE = 8


class Capture(NamedTuple):
    """What one page says about the role's pay and jobs, current or not. `release`: its figures are of the month of
    `day`."""

    day: date
    publisher: str
    release: bool = False
    pay: int | None = None
    median: int | None = None
    low: int | None = None
    high: int | None = None
    jobs: int | None = None
    growth: Decimal | None = None


_FIGURES = ("pay", "median", "low", "high", "jobs", "growth")


class Neighbour(NamedTuple):
    """A role in a publisher's list, with that publisher's figures. `pay_of`: the first day of the month of its pay."""

    role: Title
    publisher: str
    pay: int | None
    median: int | None
    jobs: int | None
    pay_of: date | None


class Surroundings(NamedTuple):
    """`captures`: the newest first. `official`: the closest official occupation, once per publisher that lists it.
    `closest_to`: the roles that an official occupation is closest to."""

    captures: list[Capture]
    companions: list[Companion]
    official: list[Neighbour]
    closest_to: list[Title]


_TYPES: "dict[str, Field[Any, Any]]" = {
    "title": CharField(max_length=120),
    "slug": CharField(max_length=130),
    "publisher": CharField(max_length=120),
    "citation": IntegerField(),
    "figures_of": DateField(),
    "captured_on": DateField(),
    "loaded_at": DateTimeField(),
    **dict.fromkeys(("pay", "median", "low", "high", "jobs"), IntegerField()),
    "growth": DecimalField(max_digits=6, decimal_places=2),
    "skill": CharField(max_length=200),
    "code": CharField(max_length=10),
}


def read_surroundings(role: CurrentRole) -> Surroundings:
    """In one query, or two where it finds few companions."""
    parts = [*_captures(role), _on_same_pages(role), *_near_in_pay(role), *_occupations(role), *_with_skills(role)]
    nearby: dict[str, list[NearbyRow]] = defaultdict(list)
    for values in parts[0].union(*parts[1:], all=True):
        row = NearbyRow(*values)
        nearby[row.kind].append(row)
    return Surroundings(
        _history(nearby["jobs"] + nearby["pay"]),
        choose_companions(role, nearby),
        [
            Neighbour(row.role, row.publisher, row.pay, row.median, row.jobs, row.figures_of)
            for row in nearby["official"]
        ],
        list(dict.fromkeys(row.role for row in nearby["closest to"])),
    )


def _columns(kind: str, **given: Any) -> list[Any]:
    """The columns of `NearbyRow`, in its order; those that are not given hold NULL of the column's type."""
    nothing = {name: Cast(Value(None), field) for name, field in _TYPES.items()}
    return [Value(kind, CharField()), *(nothing | given).values()]


# -- captures ---------------------------------------------------------------------------------


def _captures(role: CurrentRole) -> list[QuerySet[Any, Any]]:
    """Pages that were not taken down. The first query gives the columns of the union their types."""
    of = {"role": role.pk, "citation__publisher__taken_down_at": None}
    cited = {
        "publisher": F("citation__publisher__name"),
        "citation": F("citation_id"),
        "figures_of": F("citation__figures_of"),
        "captured_on": F("citation__captured_on"),
        "loaded_at": F("citation__loaded_at"),
    }
    jobs = _columns("jobs", **cited, jobs=F("job_count"), growth=F("growth_percent"))
    ends = {"low": F("annual_low"), "high": F("annual_high")}
    paid = _columns("pay", **cited, pay=F("annual_average"), median=F("annual_median"), **ends)
    return [
        Outlook.objects.filter(**of).order_by().values_list(*jobs),
        SalaryStats.objects.filter(**of).order_by().values_list(*paid),
    ]


def _history(rows: Iterable[NearbyRow]) -> list[Capture]:
    captures: dict[int, Capture] = {}
    for row in rows:
        day = row.figures_of or row.captured_on or row.loaded_at.date()
        capture = captures.get(row.citation) or Capture(day, row.publisher, release=row.figures_of is not None)
        values = {name: getattr(row, name) for name in _FIGURES}
        published = {name: value for name, value in values.items() if value is not None}
        captures[row.citation] = capture._replace(**published)
    return sorted(captures.values(), key=lambda capture: (-capture.day.toordinal(), capture.publisher))[:MOST_CAPTURES]


# -- companions -------------------------------------------------------------------------------


def _on_same_pages(role: CurrentRole) -> QuerySet[Any, Any]:
    """Roles that share a page with this one."""
    pages = SalaryStats.objects.filter(role=role.pk).order_by().values("citation")
    on_pages = SalaryStats.objects.filter(citation__in=pages, citation__publisher__taken_down_at=None)
    some = on_pages.exclude(role=role.pk).order_by().values("pk")[:MOST_MATES]
    named = {"title": F("role__title"), "slug": F("role__slug"), "publisher": F("citation__publisher__name")}
    columns = _columns("mate", **named, citation=F("citation_id"))
    return SalaryStats.objects.filter(pk__in=some).order_by().values_list(*columns)


_LISTED = {name: F(name) for name in ("title", "slug", "pay", "median", "jobs")} | {
    "publisher": F("publisher__name"),
    "figures_of": F("pay_of"),
}


def _near_in_pay(role: CurrentRole) -> Iterator[QuerySet[Any, Any]]:
    """The nearest by pay, above and below: of the same occupation group where the publisher names one."""
    pay = find_listed_pay(role)
    if pay is None:
        return
    of_release = {"pay_of": pay.release} if pay.release else {"pay_of__isnull": True}
    listed = Listing.objects.filter(publisher=pay.publisher, **of_release).exclude(role=role.pk)
    if pay.group:
        listed = listed.filter(occupation_group=pay.group)
    for direction, beyond in (("", "gte"), ("-", "lt")):
        nearest = listed.filter(**{f"{pay.column}__{beyond}": pay.dollars}).order_by(f"{direction}{pay.column}")
        some = Listing.objects.filter(pk__in=nearest.values("pk")[:MOST_PER_REASON])
        yield some.order_by().values_list(*_columns("near", **_LISTED))


def _occupations(role: CurrentRole) -> list[QuerySet[Any, Any]]:
    closest = Role.objects.filter(pk=role.pk).values("closest_occupation")
    official = Listing.objects.filter(role__in=Subquery(closest))
    closest_to = Role.objects.filter(closest_occupation=role.pk).order_by("key").values("pk")[:MOST_COMPANIONS]
    ordinary = Listing.objects.filter(role__in=closest_to)
    kinds = (("official", official), ("closest to", ordinary))
    parts = [listed.order_by().values_list(*_columns(kind, **_LISTED)) for kind, listed in kinds]
    return parts + [_near_in_code(role.soc_code, step) for step in (1, -1) if role.soc_code]


def _near_in_code(code: str, step: int) -> QuerySet[Any, Any]:
    """The next occupations of the same minor group, such as 29-1 for 29-1141; `step`: 1 for after it, -1 for before."""
    beyond = {"soc_code__gt": code} if step > 0 else {"soc_code__lt": code}
    family = Role.objects.filter(soc_code__range=(f"{code[:4]}000", f"{code[:4]}999"), **beyond)
    nearest = family.order_by("soc_code" if step > 0 else "-soc_code").values("pk")[:MOST_NEAR_IN_CODE]
    columns = _columns("code", **_LISTED, code=F("role__soc_code"))
    return Listing.objects.filter(role__in=nearest).order_by().values_list(*columns)


def _with_skills(role: CurrentRole) -> Iterator[QuerySet[Any, Any]]:
    if not role.skills:
        return
    slugs = list({skill.slug for skill in role.skills})
    joined = SkillAlias.objects.filter(skill__slug__in=slugs).order_by().values("key")
    meant = Skill.objects.filter(Q(slug__in=slugs) | Q(key__in=joined)).order_by().values("pk")
    listing = RoleSkill.objects.filter(skill__in=meant, citation=F("role__skills_citation")).exclude(role=role.pk)
    some = RoleSkill.objects.filter(pk__in=listing.order_by().values("pk")[:MOST_SKILLS])
    named = {"title": F("role__title"), "slug": F("role__slug"), "skill": meant_skill_slug()}
    yield some.order_by().values_list(*_columns("skill", **named))
