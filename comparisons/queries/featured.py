"""Pairs of roles to feature: those that publishers compare, and likely alternatives among the roles with most jobs.

The figures of a pair come from one publisher.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from itertools import combinations, zip_longest
from typing import Any, NamedTuple

from django.db.models import F, Q

from careers.models import Listing, SalaryStats
from comparisons.queries.revision import compute_once
from comparisons.search.matching import Title
from comparisons.thresholds import is_close_pay, is_uncertain

MOST_PAIRS = 6
# How many rows of pay are looked at: of the newest pages, and of the roles with most jobs.
NEWEST = 300
MOST_JOBS = 120
# How many pairs one occupation group may have.
PER_GROUP = 2
# Longer titles are hard to read side by side.
MOST_LETTERS = 60
# Official titles for the rest of a group end like this: nobody has such a job.
REST = ", All Other"
# Nouns that say nothing about the work.
GENERAL = ("", "occupations", "other", "workers")


class Pair(NamedTuple):
    """Two roles with their yearly pay in dollars and their numbers of jobs, None where unknown."""

    first: Title
    second: Title
    pays: tuple[int | None, int | None]
    jobs: tuple[int | None, int | None]


class PaidRole(NamedTuple):
    """A role with the current figures of one publisher, whose `page` gives its pay. `name`: as pages show it.

    `jobs` is None where its relative error is large. `pay_of`, `jobs_of`: the months of the figures, where known.
    """

    page: int
    title: str
    slug: str
    soc_code: str | None
    publisher: int
    pay: int | None
    jobs: int | None
    group: str | None
    pay_of: date | None
    jobs_of: date | None
    name: str


Couple = tuple[PaidRole, PaidRole]


def choose_pairs(revision: int) -> tuple[Pair, ...]:
    """Up to `MOST_PAIRS` pairs of different kinds, chosen once per revision."""
    return compute_once("pairs", revision, _choose_pairs)


def _choose_pairs() -> tuple[Pair, ...]:
    roles = _read_roles()
    compared = _compared(roles)
    related = _related(roles)
    selections = (
        _widest_first(compared),
        _widest_first(couple for couple in related if _are_alike(*couple)),
        _widest_first(compared)[::-1],
        sorted(filter(_is_close, related), key=lambda couple: -_ratio(couple[0].jobs, couple[1].jobs)),
        compared,
    )
    in_turn: list[Couple] = []
    for turn in zip_longest(*selections):
        in_turn += filter(None, turn)
    return tuple(_as_pair(*couple) for couple in _vary(in_turn))


def _read_roles() -> list[PaidRole]:
    newest = SalaryStats.objects.filter(role__soc_code=None).order_by("-citation_id", "pk").values("pk")[:NEWEST]
    busiest = Listing.objects.filter(jobs__isnull=False).order_by("-jobs", "key").values("role")[:MOST_JOBS]
    rows = SalaryStats.objects.filter(
        Q(pk__in=newest) | Q(role__in=busiest), role__listings__publisher=F("citation__publisher")
    )
    role = ("role__title", "role__slug", "role__soc_code", "role__listings__publisher_id")
    listed = ("pay", "jobs", "occupation_group", "pay_of", "jobs_of", "title", "jobs_error")
    figures = [f"role__listings__{name}" for name in listed]
    roles = []
    for *values, error in rows.order_by("-citation_id", "pk").values_list("citation_id", *role, *figures):
        role_figures = PaidRole(*values)
        roles.append(role_figures._replace(jobs=None) if is_uncertain(error) else role_figures)
    return roles


def _compared(roles: Iterable[PaidRole]) -> list[Couple]:
    """The two roles of each page that compares exactly two."""
    by_page: dict[int, list[PaidRole]] = defaultdict(list)
    for role in roles:
        if role.soc_code is None:
            by_page[role.page].append(role)
    return [(page[0], page[1]) for page in by_page.values() if len(page) == 2]


def _related(roles: Iterable[PaidRole]) -> list[Couple]:
    """Roles of one occupation group of one publisher and release, among those with most jobs."""
    by_group: dict[tuple[Any, ...], dict[str, PaidRole]] = defaultdict(dict)
    for role in sorted(roles, key=lambda role: -(role.jobs or 0))[:MOST_JOBS]:
        if role.group and role.pay and len(role.title) <= MOST_LETTERS and not role.title.endswith(REST):
            release = (role.pay_of, role.jobs_of)
            by_group[role.publisher, role.group, *release].setdefault(role.slug, role)
    couples: list[Couple] = []
    for group in by_group.values():
        couples += combinations(group.values(), 2)
    return couples


def _widest_first(couples: Iterable[Couple]) -> list[Couple]:
    """Those with pay, the widest gap first."""
    paid = [couple for couple in couples if couple[0].pay and couple[1].pay]
    return sorted(paid, key=lambda couple: -_ratio(couple[0].pay, couple[1].pay))


def _ratio(first: int | None, second: int | None) -> float:
    low, high = sorted((first or 0, second or 0))
    return high / (low or 1)


def _is_close(couple: Couple) -> bool:
    low, high = sorted(role.pay or 0 for role in couple)
    return is_close_pay(low, high)


def _are_alike(first: PaidRole, second: PaidRole) -> bool:
    """Whether both are a kind of the same: nurses, technicians."""
    noun = _noun(first.title)
    return noun not in GENERAL and noun == _noun(second.title)


def _noun(title: str) -> str:
    """What someone with this title is, in one word.

    >>> _noun("Nurse Practitioners"), _noun("Supervisors of Sales Workers"), _noun("Teachers, Postsecondary")
    ('practitioners', 'supervisors', 'teachers')
    """
    head = re.split(r",| of ", title.lower(), maxsplit=1)[0]
    return head.split(" ")[-1]


def _vary(couples: list[Couple]) -> list[Couple]:
    """Each role once; if that gives too few, pairs with one role that is in another pair, each role twice at most."""
    chosen: dict[frozenset[str], Couple] = {}
    uses: Counter[str] = Counter()
    groups: Counter[str | None] = Counter()
    for most_repeated in (0, 1):
        for couple in couples:
            first, second = couple
            slugs = frozenset((first.slug, second.slug))
            is_new = slugs not in chosen and len(slugs) == 2 and uses[first.slug] + uses[second.slug] <= most_repeated
            is_group_full = bool(first.group and first.soc_code) and groups[first.group] >= PER_GROUP
            if is_new and not is_group_full:
                chosen[slugs] = couple
                uses.update(slugs)
                groups[first.group] += 1
            if len(chosen) == MOST_PAIRS:
                return list(chosen.values())
    return list(chosen.values())


def _as_pair(first: PaidRole, second: PaidRole) -> Pair:
    titles = (Title(first.name, first.slug), Title(second.name, second.slug))
    return Pair(*titles, (first.pay, second.pay), (first.jobs, second.jobs))
