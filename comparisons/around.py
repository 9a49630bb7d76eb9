"""What stands around one role: its place among all, what was captured of it before, roles to compare it with and why,
and the official occupation that an admin found closest to it."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime
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

from careers.models import Listing, Outlook, Role, RoleSkill, SalaryStats, Skill, SkillAlias, identity
from careers.words import words as words_of
from comparisons import formats, listings
from comparisons.current import CurrentRole, meant_skill
from comparisons.listings import Rank
from comparisons.search import Title, alike_as_a_whole

MOST_COMPANIONS = 8
# Of each kind so many are looked for; titles alike only where fewer than this many were found.
MOST_OF_A_KIND = 3
FEW_COMPANIONS = 4
# How many roles on the same pages, and entries of skills in other lists, are looked at.
MOST_MATES, MOST_SKILLS = 12, 200
# A page about more roles than this sets none of them side by side: it is a table of all.
MOST_ON_A_PAGE = 4
MOST_CAPTURES = 40
# How many occupations of the official classification are looked at before one and after it.
MOST_NEAR_IN_CODE = 8
# Words that many titles of the classification have, and that say nothing of the work.
IDLE = frozenset(("all", "other", "except"))
# Pay alone makes a companion when it is so close; within an occupation group the nearest are.
CLOSE_PAY = 0.1


class Companion(NamedTuple):
    role: Title
    why: str


class Capture(NamedTuple):
    """What one page says of the role's pay and jobs, whether it is current or not. `release`: its figures are of the
    month of that day."""

    day: date
    publisher: str
    release: bool = False
    pay: int | None = None
    median: int | None = None
    low: int | None = None
    high: int | None = None
    jobs: int | None = None
    growth: Decimal | None = None


class Neighbour(NamedTuple):
    """A role in a publisher's list, with the figures that this publisher gives."""

    role: Title
    publisher: str
    pay: int | None
    median: int | None
    jobs: int | None


class Around(NamedTuple):
    """`captures`: the newest first. `official`: the official occupation closest to it, by each publisher that lists it.
    `closest_to`: of an official occupation, roles that it is closest to."""

    captures: list[Capture]
    companions: list[Companion]
    official: list[Neighbour]
    closest_to: list[Title]


class _Found(NamedTuple):
    """A row of the one query for all that stands around a role; each kind fills its own columns."""

    kind: str
    title: str
    slug: str
    publisher: str
    citation: int
    figures_of: date | None
    captured_on: date | None
    loaded_at: datetime
    pay: int | None
    median: int | None
    low: int | None
    high: int | None
    jobs: int | None
    growth: Decimal | None
    skill: str
    code: str


_NOTHING: "dict[str, Field[Any, Any]]" = {
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


def around(role: CurrentRole) -> Around:
    """In one query, or two where it finds few companions."""
    parts = [*_captures(role), _mates(role), *_near(role), *_occupations(role), *_with_skills(role)]
    found: dict[str, list[_Found]] = defaultdict(list)
    for row in parts[0].union(*parts[1:], all=True):
        each = _Found(*row)
        found[each.kind].append(each)
    official = [
        Neighbour(Title(each.title, each.slug), each.publisher, each.pay, each.median, each.jobs)
        for each in found["official"]
    ]
    closest_to = dict.fromkeys(Title(each.title, each.slug) for each in found["closest to"])
    return Around(_history(found["jobs"], found["pay"]), _companions(role, found), official, list(closest_to))


def _columns(kind: str, **given: Any) -> list[Any]:
    """The columns of `_Found`, in its order; those that are not given hold nothing, of the type that they have."""
    nothing = {name: Cast(Value(None), field) for name, field in _NOTHING.items()}
    return [Value(kind, CharField()), *(nothing | given).values()]


# -- captures ---------------------------------------------------------------------------------


def _captures(role: CurrentRole) -> list[QuerySet[Any, Any]]:
    """What was taken down is shown nowhere. The first part gives the union's columns their types."""
    of = {"role": role.pk, "citation__publisher__taken_down_at": None}
    cited = {
        "publisher": F("citation__publisher__name"),
        "citation": F("citation_id"),
        "figures_of": F("citation__figures_of"),
        "captured_on": F("citation__captured_on"),
        "loaded_at": F("citation__loaded_at"),
    }
    counted = _columns("jobs", **cited, jobs=F("job_count"), growth=F("growth_percent"))
    ends = {"low": F("annual_low"), "high": F("annual_high")}
    paid = _columns("pay", **cited, pay=F("annual_average"), median=F("annual_median"), **ends)
    return [
        Outlook.objects.filter(**of).order_by().values_list(*counted),
        SalaryStats.objects.filter(**of).order_by().values_list(*paid),
    ]


def _history(counted: list[_Found], paid: list[_Found]) -> list[Capture]:
    captures: dict[int, Capture] = {}
    for each in (*counted, *paid):
        day = each.figures_of or each.captured_on or each.loaded_at.date()
        capture = captures.get(each.citation) or Capture(day, each.publisher, release=each.figures_of is not None)
        values = {name: value for name in Capture._fields[3:] if (value := getattr(each, name)) is not None}
        captures[each.citation] = capture._replace(**values)
    return sorted(captures.values(), key=lambda each: (-each.day.toordinal(), each.publisher))[:MOST_CAPTURES]


# -- companions -------------------------------------------------------------------------------


def _mates(role: CurrentRole) -> QuerySet[Any, Any]:
    """Roles that stand on a page with this one."""
    pages = SalaryStats.objects.filter(role=role.pk).order_by().values("citation")
    mates = SalaryStats.objects.filter(citation__in=pages, citation__publisher__taken_down_at=None)
    some = mates.exclude(role=role.pk).order_by().values("pk")[:MOST_MATES]
    named = {"title": F("role__title"), "slug": F("role__slug"), "publisher": F("citation__publisher__name")}
    columns = _columns("mate", **named, citation=F("citation_id"))
    return SalaryStats.objects.filter(pk__in=some).order_by().values_list(*columns)


_LISTED = {name: F(name) for name in ("title", "slug", "pay", "median", "jobs")} | {"publisher": F("publisher__name")}


def _near(role: CurrentRole) -> Iterator[QuerySet[Any, Any]]:
    """The nearest by pay, above and below: of the same occupation group where the publisher names one."""
    pay = own_pay(role)
    if pay is None:
        return
    column, value, publisher, group = pay
    listed = Listing.objects.filter(publisher=publisher).exclude(role=role.pk)
    if group:
        listed = listed.filter(occupation_group=group)
    for direction, beyond in (("", "gte"), ("-", "lt")):
        nearest = listed.filter(**{f"{column}__{beyond}": value}).order_by(f"{direction}{column}")
        some = Listing.objects.filter(pk__in=nearest.values("pk")[:MOST_OF_A_KIND])
        yield some.order_by().values_list(*_columns("near", **_LISTED))


class _Pay(NamedTuple):
    column: str
    value: int
    publisher: int
    group: str | None


def own_pay(role: CurrentRole) -> _Pay | None:
    """The role's pay as lists have it, and the group that the same publisher puts it into."""
    salary, profile = role.groups.get("salary"), role.groups.get("profile")
    if salary is None:
        return None
    publisher = salary.source.publisher_pk
    group = profile.values["occupation_group"] if profile and profile.source.publisher_pk == publisher else None
    for column, field in (("pay", "annual_average"), ("median", "annual_median")):
        if (value := salary.values[field]) is not None:
            return _Pay(column, value, publisher, group)
    return None


def _occupations(role: CurrentRole) -> list[QuerySet[Any, Any]]:
    closest = Role.objects.filter(pk=role.pk).values("closest_occupation")
    official = Listing.objects.filter(role__in=Subquery(closest))
    closest_to = Role.objects.filter(closest_occupation=role.pk).order_by("key").values("pk")[:MOST_COMPANIONS]
    ordinary = Listing.objects.filter(role__in=closest_to)
    kinds = (("official", official), ("closest to", ordinary))
    parts = [listed.order_by().values_list(*_columns(kind, **_LISTED)) for kind, listed in kinds]
    return parts + [_near_in_code(role.soc_code, step) for step in (1, -1) if role.soc_code]


def _near_in_code(code: str, step: int) -> QuerySet[Any, Any]:
    """The next occupations of the same minor group, as 29-1 of 29-1141; `step`: after it 1, before it -1."""
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
    named = {"title": F("role__title"), "slug": F("role__slug"), "skill": meant_skill()}
    yield some.order_by().values_list(*_columns("skill", **named))


def _companions(role: CurrentRole, found: dict[str, list[_Found]]) -> list[Companion]:
    """A few of each kind, those that a publisher sets beside it first; each role once, with the first reason."""
    by_kind = [
        _by_page(found["mate"]),
        _by_skills(role, found["skill"]),
        _by_code(role, found["code"]),
        _by_pay(role, found["near"]),
    ]
    chosen: dict[str, Companion] = {}
    for most in (MOST_OF_A_KIND, MOST_COMPANIONS):
        for companions in by_kind:
            new = [each for each in companions[:most] if each.role.slug != role.slug]
            for each in new:
                if len(chosen) < MOST_COMPANIONS:
                    chosen.setdefault(each.role.slug, each)
    if len(chosen) < FEW_COMPANIONS:
        for title in alike_as_a_whole(identity(role.title), MOST_COMPANIONS):
            if title.slug != role.slug and len(chosen) < MOST_COMPANIONS:
                chosen.setdefault(title.slug, Companion(title, "A title much like this one"))
    return list(chosen.values())


def _by_page(mates: list[_Found]) -> list[Companion]:
    on_page: dict[int, list[_Found]] = defaultdict(list)
    for each in mates:
        on_page[each.citation].append(each)
    return [
        Companion(Title(each.title, each.slug), f"{each.publisher} sets the two side by side")
        for roles in on_page.values()
        if len(roles) < MOST_ON_A_PAGE
        for each in sorted(roles, key=lambda each: each.title)
    ]


def _by_skills(role: CurrentRole, entries: list[_Found]) -> list[Companion]:
    names = {skill.slug: skill.name for skill in role.skills}
    shared: dict[Title, list[str]] = defaultdict(list)
    for each in entries:
        name = names.get(each.skill)
        if name and name not in shared[Title(each.title, each.slug)]:
            shared[Title(each.title, each.slug)].append(name)
    most_first = sorted(shared.items(), key=lambda each: (-len(each[1]), each[0].title))
    return [Companion(title, f"Both list {formats.listed(skills[:3])}") for title, skills in most_first if skills]


def _by_code(role: CurrentRole, near: list[_Found]) -> list[Companion]:
    """Those with words of its title first, then the nearest in the classification."""
    own, own_words = own_pay(role), set(words_of(role.title)) - IDLE
    code = _number(role.soc_code or "")

    def place(each: _Found) -> tuple[int, int, str]:
        return -len(own_words.intersection(words_of(each.title))), abs(_number(each.code) - code), each.title

    companions = []
    for each in sorted(near, key=place):
        pay = getattr(each, own.column) if own else None
        apart = f", {_apart(own, pay)}" if own and pay is not None else ""
        companions.append(Companion(Title(each.title, each.slug), f"Near it in the official classification{apart}"))
    return companions


def _number(code: str) -> int:
    """
    >>> _number("29-1141")
    291141
    """
    return int("".join(filter(str.isdecimal, code)) or 0)


def _apart(own: _Pay, pay: int) -> str:
    said, apart = ("average" if own.column == "pay" else "median"), abs(pay - own.value)
    return f"{said}s {formats.dollars(apart)} apart" if apart else f"the same {said} pay"


def _by_pay(role: CurrentRole, near: list[_Found]) -> list[Companion]:
    own = own_pay(role)
    if own is None:
        return []
    companions = []
    for each in sorted(near, key=lambda each: (abs((getattr(each, own.column) or 0) - own.value), each.title)):
        pay = getattr(each, own.column)
        if not own.group and abs(pay - own.value) > own.value * CLOSE_PAY:
            continue
        apart = _apart(own, pay)
        why = f"Same occupation group, {apart}" if own.group else apart[0].upper() + apart[1:]
        companions.append(Companion(Title(each.title, each.slug), why))
    return companions


# -- place among all --------------------------------------------------------------------------

# The columns of a list by which a role has a place, the fact that they copy, and how the place is said.
RANKED = (
    ("pay", "salary", "annual_average", "average pay"),
    ("median", "salary", "annual_median", "median pay"),
    ("jobs", "outlook", "job_count", "number of jobs"),
    ("growth", "outlook", "growth_percent", "growth rate"),
)
# Among fewer roles a place says nothing.
FEWEST_RANKED = 3


def ranks(role: CurrentRole) -> list[str]:
    """Its place among all roles of the publisher that have the figure, the highest being first; no query while the
    figures of this revision are held."""
    said = []
    for column, group, field, words in RANKED:
        facts = role.groups.get(group)
        value = facts.values[field] if facts else None
        if facts is None or value is None or (column == "median" and facts.values["annual_average"] is not None):
            continue
        rank = listings.rank(role.revision, facts.source.publisher_pk, column, value)
        if rank.among >= FEWEST_RANKED:
            said.append(place(rank, words, facts.source.publisher))
    return said


def place(rank: Rank, words: str, publisher: str) -> str:
    """
    >>> place(Rank(312, 825, 0), "average pay", "Zippia")
    '312th of 825 by average pay, among the roles of Zippia that give it'
    >>> place(Rank(1, 825, 2), "growth rate", "Zippia")
    '1st of 825 by growth rate, level with 2 others, among the roles of Zippia that give it'
    >>> place(Rank(1, 6, 5), "growth rate", "Zippia")
    'The same growth rate as all 6 roles of Zippia that give it'
    """
    among = f"roles of {publisher} that give it"
    if rank.ties == rank.among - 1:
        return f"The same {words} as all {formats.plain(rank.among)} {among}"
    level = f", level with {formats.counted(rank.ties, 'other')}" if rank.ties else ""
    return f"{ordinal(rank.place)} of {formats.plain(rank.among)} by {words}{level}, among the {among}"


def ordinal(number: int) -> str:
    """
    >>> [ordinal(number) for number in (1, 2, 3, 4, 11, 12, 13, 21, 22, 111, 1012, 1023)]
    ['1st', '2nd', '3rd', '4th', '11th', '12th', '13th', '21st', '22nd', '111th', '1,012th', '1,023rd']
    """
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{formats.plain(number)}{ending}"
