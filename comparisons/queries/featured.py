"""Pairs of roles worth a look, chosen from what is stored: those that publishers compare, and likely alternatives among
the roles with most jobs. What is said of a pair comes from one publisher."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations, zip_longest
from typing import NamedTuple

from django.db.models import F, Q

from careers.models import Listing, SalaryStats
from comparisons.language.summary import is_close, pair_teaser
from comparisons.queries.overview import held
from comparisons.search.matching import Title

MOST_PAIRS = 6
# How many rows of pay are looked at: of the newest pages, and of the roles with most jobs.
NEWEST = 300
MOST_JOBS = 120
# How often one occupation group may come up.
PER_GROUP = 2
# Longer titles are hard to take in beside another.
MOST_LETTERS = 60
# How official titles of what is left of a group end: nobody has such a job.
REST = ", All Other"
# Nouns that say nothing about the work.
GENERAL = ("", "occupations", "other", "workers")


class Pair(NamedTuple):
    first: Title
    second: Title
    why: str


class Paid(NamedTuple):
    """A role with the current figures of one publisher. `page`: one of this publisher that gives its pay."""

    page: int
    title: str
    slug: str
    soc_code: str | None
    publisher: int
    pay: int | None
    jobs: int | None
    group: str | None


Couple = tuple[Paid, Paid]


def choose_pairs(revision: int) -> tuple[Pair, ...]:
    return held("pairs", revision, _chosen)


def _chosen() -> tuple[Pair, ...]:
    rows = _rows()
    compared = _compared(rows)
    related = _related(rows)
    kinds = (
        _widest(compared),
        _widest(couple for couple in related if _alike(*couple)),
        _closest(compared),
        _unlike_in_jobs(couple for couple in related if _close(couple)),
        compared,
    )
    in_turn = [couple for turn in zip_longest(*kinds) for couple in turn if couple]
    return tuple(_teased(*couple) for couple in _varied(in_turn))


def _rows() -> list[Paid]:
    newest = SalaryStats.objects.filter(role__soc_code=None).order_by("-citation_id", "pk").values("pk")[:NEWEST]
    busiest = Listing.objects.filter(jobs__isnull=False).order_by("-jobs", "key").values("role")[:MOST_JOBS]
    rows = SalaryStats.objects.filter(
        Q(pk__in=newest) | Q(role__in=busiest), role__listings__publisher=F("citation__publisher")
    )
    role = ("role__title", "role__slug", "role__soc_code", "role__listings__publisher_id")
    figures = ("role__listings__pay", "role__listings__jobs", "role__listings__occupation_group")
    found = rows.order_by("-citation_id", "pk").values_list("citation_id", *role, *figures)
    return [Paid(*row) for row in found]


def _compared(rows: Iterable[Paid]) -> list[Couple]:
    """The two of each page that compares two."""
    by_page: dict[int, list[Paid]] = defaultdict(list)
    for row in rows:
        if row.soc_code is None:
            by_page[row.page].append(row)
    return [(page[0], page[1]) for page in by_page.values() if len(page) == 2]


def _related(rows: Iterable[Paid]) -> list[Couple]:
    """Roles of one occupation group of one publisher, of those with most jobs."""
    by_group: dict[tuple[int, str], dict[str, Paid]] = defaultdict(dict)
    for row in sorted(rows, key=lambda row: -(row.jobs or 0))[:MOST_JOBS]:
        if row.group and row.pay and len(row.title) <= MOST_LETTERS and not row.title.endswith(REST):
            by_group[row.publisher, row.group].setdefault(row.slug, row)
    return [couple for group in by_group.values() for couple in combinations(group.values(), 2)]


def _widest(couples: Iterable[Couple]) -> list[Couple]:
    return sorted(_with_pay(couples), key=lambda couple: -_ratio(couple[0].pay, couple[1].pay))


def _closest(couples: Iterable[Couple]) -> list[Couple]:
    return _widest(couples)[::-1]


def _unlike_in_jobs(couples: Iterable[Couple]) -> list[Couple]:
    return sorted(couples, key=lambda couple: -_ratio(couple[0].jobs, couple[1].jobs))


def _with_pay(couples: Iterable[Couple]) -> Iterator[Couple]:
    return (couple for couple in couples if couple[0].pay and couple[1].pay)


def _close(couple: Couple) -> bool:
    low, high = sorted(role.pay or 0 for role in couple)
    return is_close(low, high)


def _alike(first: Paid, second: Paid) -> bool:
    """Both are some kind of the same: nurses, technicians."""
    noun = _noun(first.title)
    return noun not in GENERAL and noun == _noun(second.title)


def _noun(title: str) -> str:
    """What someone with this title is, in one word.

    >>> _noun("Nurse Practitioners"), _noun("Supervisors of Sales Workers"), _noun("Teachers, Postsecondary")
    ('practitioners', 'supervisors', 'teachers')
    """
    head = re.split(r",| of ", title.lower(), maxsplit=1)[0]
    return head.split(" ")[-1]


def _ratio(first: int | None, second: int | None) -> float:
    return max(first or 0, second or 0) / (min(first or 0, second or 0) or 1)


def _varied(couples: Iterable[Couple]) -> list[Couple]:
    """Each role once; if that gives too few, pairs with one role that stood already, each role twice at most."""
    couples = list(couples)
    chosen: dict[frozenset[str], Couple] = {}
    used: Counter[str] = Counter()
    groups: Counter[str | None] = Counter()
    for most in (0, 1):
        for couple in couples:
            pair, group = frozenset(role.slug for role in couple), couple[0].group
            repeated = sum(used[slug] for slug in pair)
            if len(chosen) == MOST_PAIRS or pair in chosen or len(pair) < 2 or repeated > most:
                continue
            if group and groups[group] >= PER_GROUP and couple[0].soc_code:
                continue
            chosen[pair] = couple
            used.update(pair)
            groups[group] += 1
    return list(chosen.values())


def _teased(first: Paid, second: Paid) -> Pair:
    pays, jobs = (first.pay, second.pay), (first.jobs, second.jobs)
    return Pair(Title(first.title, first.slug), Title(second.title, second.slug), pair_teaser(pays, jobs))
