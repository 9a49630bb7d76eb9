"""Roles that are worth comparing with one, chosen from what was found around it, and why."""

from collections import defaultdict
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from careers.models import identity
from careers.search_words import words as words_of
from comparisons import formats
from comparisons.queries.roles import CurrentRole
from comparisons.search.matching import Title, find_similar_titles

MOST_COMPANIONS = 8
# Of each kind so many are looked for; titles alike only where fewer than this many were found.
MOST_OF_A_KIND = 3
FEW_COMPANIONS = 4
# A page about more roles than this sets none of them side by side: it is a table of all.
MOST_ON_A_PAGE = 4
# Words that many titles of the classification have, and that say nothing of the work.
IDLE = frozenset(("all", "other", "except"))
# Pay alone makes a companion when it is so close; within an occupation group the nearest are.
CLOSE_PAY = 0.1


class Companion(NamedTuple):
    role: Title
    why: str


class NearbyRow(NamedTuple):
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


class ListedPay(NamedTuple):
    column: str
    value: int
    publisher: int
    group: str | None


def find_listed_pay(role: CurrentRole) -> ListedPay | None:
    """The role's pay as lists have it, and the group that the same publisher puts it into."""
    salary, profile = role.groups.get("salary"), role.groups.get("profile")
    if salary is None:
        return None
    publisher = salary.source.publisher_pk
    group = profile.values["occupation_group"] if profile and profile.source.publisher_pk == publisher else None
    for column, field in (("pay", "annual_average"), ("median", "annual_median")):
        if (value := salary.values[field]) is not None:
            return ListedPay(column, value, publisher, group)
    return None


def choose_companions(role: CurrentRole, found: dict[str, list[NearbyRow]]) -> list[Companion]:
    """A few of each kind, those that a publisher sets beside it first; each role once, with the first reason."""
    by_kind = [
        _by_page(found["mate"]),
        _by_skills(role, found["skill"]),
        _by_code(role, found["code"]),
        _by_pay(role, found["near"]),
    ]
    taken: dict[str, Companion] = {}
    for most in (MOST_OF_A_KIND, MOST_COMPANIONS):
        for companions in by_kind:
            new = [each for each in companions[:most] if each.role.slug != role.slug]
            for each in new:
                if len(taken) < MOST_COMPANIONS:
                    taken.setdefault(each.role.slug, each)
    if len(taken) < FEW_COMPANIONS:
        for title in find_similar_titles(identity(role.title), MOST_COMPANIONS):
            if title.slug != role.slug and len(taken) < MOST_COMPANIONS:
                taken.setdefault(title.slug, Companion(title, "A title much like this one"))
    return list(taken.values())


def _by_page(mates: list[NearbyRow]) -> list[Companion]:
    on_page: dict[int, list[NearbyRow]] = defaultdict(list)
    for each in mates:
        on_page[each.citation].append(each)
    return [
        Companion(Title(each.title, each.slug), f"{each.publisher} sets the two side by side")
        for roles in on_page.values()
        if len(roles) < MOST_ON_A_PAGE
        for each in sorted(roles, key=lambda each: each.title)
    ]


def _by_skills(role: CurrentRole, entries: list[NearbyRow]) -> list[Companion]:
    names = {skill.slug: skill.name for skill in role.skills}
    shared: dict[Title, list[str]] = defaultdict(list)
    for each in entries:
        name = names.get(each.skill)
        if name and name not in shared[Title(each.title, each.slug)]:
            shared[Title(each.title, each.slug)].append(name)
    most_first = sorted(shared.items(), key=lambda each: (-len(each[1]), each[0].title))
    return [Companion(title, f"Both list {formats.listed(skills[:3])}") for title, skills in most_first if skills]


def _by_code(role: CurrentRole, near: list[NearbyRow]) -> list[Companion]:
    """Those with words of its title first, then the nearest in the classification."""
    own, own_words = find_listed_pay(role), set(words_of(role.title)) - IDLE
    code = _number(role.soc_code or "")

    def place(each: NearbyRow) -> tuple[int, int, str]:
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


def _apart(own: ListedPay, pay: int) -> str:
    said, apart = ("average" if own.column == "pay" else "median"), abs(pay - own.value)
    return f"{said}s {formats.dollars(apart)} apart" if apart else f"the same {said} pay"


def _by_pay(role: CurrentRole, near: list[NearbyRow]) -> list[Companion]:
    own = find_listed_pay(role)
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
