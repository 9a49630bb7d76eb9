"""Which roles are worth comparing with one role, chosen from the roles around it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import Enum, auto
from typing import NamedTuple

from careers.search_words import list_significant_words
from careers.spelling import fold_spelling
from comparisons.queries.current_role import CurrentRole
from comparisons.queries.occupation_lists import TABLE_OF_ROLES
from comparisons.search.named_roles import find_similar_titles
from comparisons.search.results import Title

MOST_COMPANIONS = 8
# The first of each reason, up to this number, take precedence over the rest.
MOST_PER_REASON = 3
# Similar titles are looked for only where fewer companions than this were found.
FEW_COMPANIONS = 4
# Words that many titles of the classification have, and that say nothing about the work.
EMPTY_WORDS = frozenset(("all", "other", "except"))
# Outside an occupation group pay makes a companion only within this share of the role's own.
CLOSE_PAY = 0.1


class Reason(Enum):
    """Why a role is a companion: a page compares the two, lists share skills, the codes are near, …"""

    SAME_PAGE = auto()
    SHARED_SKILLS = auto()
    NEAR_CODE = auto()
    SAME_GROUP = auto()
    CLOSE_PAY = auto()
    SIMILAR_TITLE = auto()


class PayGap(NamedTuple):
    """How far two roles' yearly pay lies apart; `column` is `pay` for averages, else `median`."""

    column: str
    dollars: int


class Companion(NamedTuple):
    """`publisher` of the page that compares the two, the first `skills` they share, and the `gap` where it is known."""

    role: Title
    reason: Reason
    publisher: str = ""
    skills: tuple[str, ...] = ()
    gap: PayGap | None = None


class NearbyRow(NamedTuple):
    """A row of the one query for everything around a role; each `kind` fills its own columns."""

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
    jobs_of: date | None

    @property
    def role(self) -> Title:
        return Title(self.title, self.slug)


class ListedPay(NamedTuple):
    """A role's yearly pay in its publisher's list; `column` is `pay` for an average, else `median`.

    `release`: the first day of the month that it is of. Pay of different months is not compared.
    """

    column: str
    dollars: int
    publisher: int
    group: str | None
    release: date | None = None

    def measure_gap(self, row: NearbyRow) -> PayGap | None:
        dollars = row.pay if self.column == "pay" else row.median
        if dollars is None or row.figures_of != self.release:
            return None
        return PayGap(self.column, abs(dollars - self.dollars))


def find_listed_pay(role: CurrentRole) -> ListedPay | None:
    """The role's pay, with the occupation group that the same publisher puts it into."""
    salary, profile = role.groups.get("salary"), role.groups.get("profile")
    if salary is None:
        return None
    publisher = salary.source.publisher_pk
    group = profile.values["occupation_group"] if profile and profile.source.publisher_pk == publisher else None
    for column, field in (("pay", "annual_average"), ("median", "annual_median")):
        dollars = salary.values[field]
        if dollars is not None:
            return ListedPay(column, dollars, publisher, group, salary.source.figures_of)
    return None


def choose_companions(role: CurrentRole, nearby: Mapping[str, Sequence[NearbyRow]]) -> list[Companion]:
    """A few for each reason, the strongest reason first; each role once. `nearby`: kind -> rows."""
    pay = find_listed_pay(role)
    candidates = [
        _choose_page_mates(nearby["mate"]),
        _choose_by_shared_skills(role, nearby["skill"]),
        _sort_near_in_code(role, nearby["code"], pay),
        _sort_near_in_pay(nearby["near"], pay) if pay else [],
    ]
    chosen: dict[str, Companion] = {}
    for most in (MOST_PER_REASON, MOST_COMPANIONS):
        for companions in candidates:
            _add_companions(chosen, companions[:most], role)
    if len(chosen) < FEW_COMPANIONS:
        similar = find_similar_titles(fold_spelling(role.title), MOST_COMPANIONS)
        _add_companions(chosen, [Companion(title, Reason.SIMILAR_TITLE) for title in similar], role)
    return list(chosen.values())


def _add_companions(chosen: dict[str, Companion], companions: Iterable[Companion], role: CurrentRole) -> None:
    for companion in companions:
        if companion.role.slug != role.slug and len(chosen) < MOST_COMPANIONS:
            chosen.setdefault(companion.role.slug, companion)


def _choose_page_mates(rows: Iterable[NearbyRow]) -> list[Companion]:
    by_page: dict[int, list[NearbyRow]] = defaultdict(list)
    for row in rows:
        by_page[row.citation].append(row)
    companions = []
    for _, page in sorted(by_page.items()):  # databases give the rows in different orders
        if len(page) < TABLE_OF_ROLES:
            by_title = sorted(page, key=lambda row: row.role)
            companions += [Companion(row.role, Reason.SAME_PAGE, publisher=row.publisher) for row in by_title]
    return companions


def _choose_by_shared_skills(role: CurrentRole, rows: Iterable[NearbyRow]) -> list[Companion]:
    names = {skill.slug: skill.name for skill in role.skills}
    slugs: dict[Title, set[str]] = defaultdict(set)
    for row in rows:
        if row.skill in names:
            slugs[row.role].add(row.skill)
    # In the order of the role's own list: databases give the rows in different orders.
    shared = {
        title: list(dict.fromkeys(name for slug, name in names.items() if slug in slugs[title])) for title in slugs
    }
    most_first = sorted(shared, key=lambda role: (-len(shared[role]), role))
    return [Companion(title, Reason.SHARED_SKILLS, skills=tuple(shared[title][:3])) for title in most_first]


def _sort_near_in_code(role: CurrentRole, rows: Iterable[NearbyRow], pay: ListedPay | None) -> list[Companion]:
    """Roles with words of its title first, then the nearest in the official classification."""
    title_words = set(list_significant_words(role.name)) - EMPTY_WORDS
    code = _read_number(role.soc_code or "")

    def order(row: NearbyRow) -> tuple[int, int, Title]:
        return (
            -len(title_words.intersection(list_significant_words(row.title))),
            abs(_read_number(row.code) - code),
            row.role,
        )

    return [
        Companion(row.role, Reason.NEAR_CODE, gap=pay.measure_gap(row) if pay else None)
        for row in sorted(rows, key=order)
    ]


def _read_number(code: str) -> int:
    """29-1141 as 291141."""
    return int("".join(filter(str.isdecimal, code)) or 0)


def _sort_near_in_pay(rows: Iterable[NearbyRow], pay: ListedPay) -> list[Companion]:
    """The nearest first: all within an occupation group; without a group only those whose pay is close."""
    reason = Reason.SAME_GROUP if pay.group else Reason.CLOSE_PAY
    companions = []
    for row in rows:
        gap = pay.measure_gap(row)
        if gap and (pay.group or gap.dollars <= pay.dollars * CLOSE_PAY):
            companions.append((gap.dollars, row.role, Companion(row.role, reason, gap=gap)))
    return [companion for _, _, companion in sorted(companions, key=lambda entry: entry[:2])]
