"""What surrounds one role: earlier captures, roles to compare it with, and the closest official occupation."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from django.db import connection, models
from django.db.models.functions import Coalesce

from careers.models import Listing, Outlook, Role, RoleSkill, SalaryStats, Skill, SkillAlias
from comparisons.queries.companions import (
    MOST_COMPANIONS,
    MOST_PER_REASON,
    Companion,
    NearbyRow,
    choose_companions,
    find_listed_pay,
)
from comparisons.queries.current_role import CurrentRole
from comparisons.queries.prepared import Prepared, make_null
from comparisons.queries.revision import compute_once
from comparisons.queries.roles import select_meant_skill_slug
from comparisons.search.results import Title

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


class Neighbor(NamedTuple):
    """A role in a publisher's list, with that publisher's figures. `pay_of`, `jobs_of`: the first day of the month of
    its pay and of its number of jobs."""

    role: Title
    publisher: str
    pay: int | None
    median: int | None
    jobs: int | None
    pay_of: date | None
    jobs_of: date | None


class Surroundings(NamedTuple):
    """`captures`: the newest first. `closest`: the closest official occupation, once per publisher of its pay or jobs.
    `closest_to`: the roles that an official occupation is closest to."""

    captures: list[Capture]
    companions: list[Companion]
    closest: list[Neighbor]
    closest_to: list[Title]


_TYPES: "dict[str, models.Field[Any, Any]]" = {
    "title": models.CharField(max_length=120),
    "slug": models.CharField(max_length=130),
    "publisher": models.CharField(max_length=120),
    "citation": models.IntegerField(),
    "figures_of": models.DateField(),
    "captured_on": models.DateField(),
    "loaded_at": models.DateTimeField(),
    **dict.fromkeys(("pay", "median", "low", "high", "jobs"), models.IntegerField()),
    "growth": models.DecimalField(max_digits=6, decimal_places=2),
    "skill": models.CharField(max_length=200),
    "code": models.CharField(max_length=10),
    "jobs_of": models.DateField(),
}


class _Subject(NamedTuple):
    """What the query asks about a role: its pay and the release that this is of, its code with the first and the last
    code of its minor group, and the keys of its skills in all spellings."""

    role: int
    publisher: int | None = None
    dollars: int | None = None
    group: str | None = None
    release: date | None = None
    code: str | None = None
    first_code: str | None = None
    last_code: str | None = None
    skills: tuple[int, ...] = ()


class _Shape(NamedTuple):
    """What the form of the query depends on. `pay_column`: "" for a role without pay. `skills`: for how many it has
    room, a power of two, so that there are few forms."""

    pay_column: str
    has_group: bool
    has_release: bool
    has_code: bool
    skills: int


# In the order of `_Subject`; numbers below zero would be outside the range of some columns.
_STAND_INS = (2_000_000_001, 2_000_000_002, 2_000_000_003, "group?", date(1, 1, 1), "code?", "first?", "last?")
_FIRST_SKILL = 2_000_000_004


def read_surroundings(role: CurrentRole) -> Surroundings:
    """Read them in one query, or two where the first finds few companions."""
    pay = find_listed_pay(role)
    code, skills = role.soc_code, _list_all_spellings(role)
    subject = _Subject(role.pk, skills=skills)
    if pay:
        subject = subject._replace(publisher=pay.publisher, dollars=pay.dollars, group=pay.group, release=pay.release)
    if code:
        subject = subject._replace(code=code, first_code=f"{code[:4]}000", last_code=f"{code[:4]}999")
    shape = _Shape(
        pay_column=pay.column if pay else "",
        has_group=bool(subject.group),
        has_release=subject.release is not None,
        has_code=bool(code),
        skills=1 << (len(skills) - 1).bit_length() if skills else 0,
    )
    nearby: dict[str, list[NearbyRow]] = defaultdict(list)
    for values in _prepare_query(shape).rows([*subject[:-1], *skills]):
        row = NearbyRow(*values)
        nearby[row.kind].append(row)
    return Surroundings(
        _list_captures(nearby["jobs"] + nearby["pay"]),
        choose_companions(role, nearby),
        [
            Neighbor(row.role, row.publisher, row.pay, row.median, row.jobs, row.figures_of, row.jobs_of)
            for row in sorted(nearby["closest"], key=lambda row: row.publisher)
        ],
        sorted({row.role for row in nearby["closest to"]}),
    )


@cache
def _prepare_query(shape: _Shape) -> Prepared:
    """The query for everything around a role; there are some dozens of shapes."""

    def build(stand_ins: Sequence[Any]) -> models.QuerySet[Any, Any]:
        singles = len(_STAND_INS)
        subject = _Subject._make((*stand_ins[:singles], tuple(stand_ins[singles:])))
        parts = [
            *_query_captures(subject),
            _query_page_mates(subject),
            *_query_near_in_pay(subject, shape),
            *_query_occupations(subject, shape),
            *_query_shared_skills(subject),
        ]
        return parts[0].union(*parts[1:], all=True)

    return Prepared(build, [*_STAND_INS, *range(_FIRST_SKILL, _FIRST_SKILL + shape.skills)])


def _select_columns(kind: str, **columns: Any) -> list[Any]:
    """The columns of `NearbyRow`, in its order; those that are not named are NULL."""
    nulls = {name: make_null(field) for name, field in _TYPES.items()}
    return [models.Value(kind, models.CharField()), *(nulls | columns).values()]


# -- captures ---------------------------------------------------------------------------------


def _query_captures(subject: _Subject) -> list[models.QuerySet[Any, Any]]:
    """Pages that were not taken down. The first query gives the columns of the union their types."""
    shown = {"role": subject.role, "citation__publisher__taken_down_at": None}
    cited = {
        "publisher": models.F("citation__publisher__name"),
        "citation": models.F("citation_id"),
        "figures_of": models.F("citation__figures_of"),
        "captured_on": models.F("citation__captured_on"),
        "loaded_at": models.F("citation__loaded_at"),
    }
    jobs = _select_columns("jobs", **cited, jobs=models.F("job_count"), growth=models.F("growth_percent"))
    ends = {"low": models.F("annual_low"), "high": models.F("annual_high")}
    paid = _select_columns("pay", **cited, pay=models.F("annual_average"), median=models.F("annual_median"), **ends)
    return [
        Outlook.objects.filter(**shown).order_by().values_list(*jobs),
        SalaryStats.objects.filter(**shown).order_by().values_list(*paid),
    ]


def _list_captures(rows: Iterable[NearbyRow]) -> list[Capture]:
    captures: dict[int, Capture] = {}
    for row in rows:
        day = row.figures_of or row.captured_on or row.loaded_at.date()
        capture = captures.get(row.citation) or Capture(day, row.publisher, release=row.figures_of is not None)
        values = {name: getattr(row, name) for name in _FIGURES}
        published = {name: value for name, value in values.items() if value is not None}
        captures[row.citation] = capture._replace(**published)
    by_page = [captures[citation] for citation in sorted(captures)]  # pages of one publisher and day keep this order
    return sorted(by_page, key=lambda capture: (-capture.day.toordinal(), capture.publisher))[:MOST_CAPTURES]


# -- companions -------------------------------------------------------------------------------


_NAME = Coalesce("role__singular", "role__title")


def _query_page_mates(subject: _Subject) -> models.QuerySet[Any, Any]:
    """Roles that share a page with this one."""
    pages = SalaryStats.objects.filter(role=subject.role).order_by().values("citation")
    on_pages = SalaryStats.objects.filter(citation__in=pages, citation__publisher__taken_down_at=None)
    some = on_pages.exclude(role=subject.role).order_by("citation", "pk").values("pk")[:MOST_MATES]
    role = {"title": _NAME, "slug": models.F("role__slug"), "publisher": models.F("citation__publisher__name")}
    columns = _select_columns("mate", **role, citation=models.F("citation_id"))
    return SalaryStats.objects.filter(pk__in=some).order_by().values_list(*columns)


_LISTED = {name: models.F(name) for name in ("title", "slug", "pay", "median", "jobs", "jobs_of")} | {
    "publisher": models.F("publisher__name"),
    "figures_of": models.F("pay_of"),
}


def _query_near_in_pay(subject: _Subject, shape: _Shape) -> Iterator[models.QuerySet[Any, Any]]:
    """The nearest by pay, above and below: of the same occupation group where the publisher names one."""
    if not shape.pay_column:
        return
    of_release = {"pay_of": subject.release} if shape.has_release else {"pay_of__isnull": True}
    listed = Listing.objects.filter(publisher=subject.publisher, **of_release).exclude(role=subject.role)
    if shape.has_group:
        listed = listed.filter(occupation_group=subject.group)
    for direction, beyond in (("", "gte"), ("-", "lt")):
        in_reach = listed.filter(**{f"{shape.pay_column}__{beyond}": subject.dollars})
        # Without a full order databases choose others of equal pay.
        in_order = in_reach.order_by(f"{direction}{shape.pay_column}", "key", "pk")
        nearest = in_order.values("pk")[:MOST_PER_REASON]
        yield Listing.objects.filter(pk__in=nearest).order_by().values_list(*_select_columns("near", **_LISTED))


def _query_occupations(subject: _Subject, shape: _Shape) -> list[models.QuerySet[Any, Any]]:
    closest = Role.objects.filter(pk=subject.role).values("closest_occupation")
    # Publishers of other facts list the occupation without any of these figures.
    occupation = Listing.objects.filter(role__in=models.Subquery(closest)).exclude(pay=None, median=None, jobs=None)
    others = Role.objects.filter(closest_occupation=subject.role).order_by("key").values("pk")[:MOST_COMPANIONS]
    kinds = (("closest", occupation), ("closest to", Listing.objects.filter(role__in=others)))
    parts = [listed.order_by().values_list(*_select_columns(kind, **_LISTED)) for kind, listed in kinds]
    return parts + [_query_near_in_code(subject, step) for step in (1, -1) if shape.has_code]


def _query_near_in_code(subject: _Subject, step: int) -> models.QuerySet[Any, Any]:
    """The next occupations of the same minor group, such as 29-1 for 29-1141; `step`: 1 for after it, -1 for before."""
    beyond = {"soc_code__gt": subject.code} if step > 0 else {"soc_code__lt": subject.code}
    family = Role.objects.filter(soc_code__range=(subject.first_code, subject.last_code), **beyond)
    nearest = family.order_by("soc_code" if step > 0 else "-soc_code").values("pk")[:MOST_NEAR_IN_CODE]
    columns = _select_columns("code", **_LISTED, code=models.F("role__soc_code"))
    return Listing.objects.filter(role__in=nearest).order_by().values_list(*columns)


def _query_shared_skills(subject: _Subject) -> Iterator[models.QuerySet[Any, Any]]:
    """By the keys of skills: PostgreSQL expects many lists for a skill whose key it does not see, and then reads the
    entries of all lists for one that few have."""
    if not subject.skills:
        return
    current, order = _limit_to_current_skills()
    listing = RoleSkill.objects.filter(skill__in=subject.skills, **current).exclude(role=subject.role)
    some = RoleSkill.objects.filter(pk__in=listing.order_by(*order).values("pk")[:MOST_SKILLS])
    role = {"title": _NAME, "slug": models.F("role__slug"), "skill": select_meant_skill_slug()}
    yield some.order_by().values_list(*_select_columns("skill", **role))


def _list_all_spellings(role: CurrentRole) -> tuple[int, ...]:
    """The keys of the skills on the role's list and of those that mean the same."""
    if not role.skills:
        return ()
    joined = compute_once("joined skills", role.revision, _read_joined_skills)
    spellings: dict[int, None] = {}
    for entry in role.skills:
        spellings |= dict.fromkeys(joined.get(entry.spelling, [entry.spelling]))
    return tuple(spellings)


def _read_joined_skills() -> dict[int, list[int]]:
    """Key of a skill that an admin joined to others -> their keys and its own."""
    meant = dict(SkillAlias.objects.values_list("key", "skill"))
    joined = {pk: [pk] for pk in meant.values()}
    for pk, key in Skill.objects.filter(key__in=SkillAlias.objects.values("key")).values_list("pk", "key"):
        joined[pk] = joined[meant[key]]
        joined[pk].append(pk)
    return joined


def _limit_to_current_skills() -> tuple[dict[str, models.F], list[str]]:
    """The condition that an entry is of the current list of its role, and the order in which entries are found.

    PostgreSQL takes two equal columns for a rare case and reads all entries; of a range it expects many rows, and stops
    at the first ones. SQLite has the entries of a skill in order of their keys.
    """
    current = models.F("role__skills_citation")
    if connection.vendor == "postgresql":
        return {"citation__gte": current, "citation__lte": current}, ["pk"]
    return {"citation": current}, ["skill_id", "pk"]
