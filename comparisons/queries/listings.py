"""The roles of one publisher as lists show them: how many there are, and a page of them in any order.

Counts over all roles are computed once per revision. A page is read along one index, so it costs the same for seven
roles and for 100,000.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from itertools import chain
from typing import Any, NamedTuple

from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet

from careers.models import Citation, Listing
from comparisons.queries.revision import compute_once

# Filtered roles are counted up to this number, so that a page costs no more where there are more.
MOST_COUNTED = 10_000
# Columns that a list can be sorted by, besides the title. Their values may be missing.
COLUMNS = ("pay", "median", "low", "jobs", "growth", "projected_growth", "months_low")


class ListedRole(NamedTuple):
    """One role in a list. Pay in dollars a year, times in months, None where the publisher gives no value.

    `title`: as pages show it; `official_title`: the publisher's, where that is another one, else "".

    `pay_of`, `jobs_of`: the first day of the month that the figures are of, None where it is not known. `pay_error`,
    `jobs_error`: relative errors in percent. `base_year`, `target_year`: of the projected growth.
    """

    title: str
    slug: str
    pay: int | None
    median: int | None
    low: int | None
    high: int | None
    jobs: int | None
    growth: Decimal | None
    projected_growth: Decimal | None
    base_year: int | None
    target_year: int | None
    months_low: int | None
    months_high: int | None
    by_experience: bool
    occupation_group: str | None
    education: str | None
    pay_of: date | None
    jobs_of: date | None
    pay_error: Decimal | None
    jobs_error: Decimal | None
    official_title: str

    @property
    def published_title(self) -> str:
        """The title as its publisher spells it."""
        return self.official_title or self.title


class ListedPublisher(NamedTuple):
    """One publisher's roles in numbers. `filled`: column -> how many roles have a value. `most`: column -> the highest
    value. `lowest_pay`: column of pay -> the lowest above zero. `pay`: the column of pay that points stand at.
    `drawable`: how many roles have both jobs and this pay. `groups`: occupation group -> number of roles, by name.
    `educations`: what is typically needed -> number of roles. `releases`: the months of the figures, the newest first;
    None for figures of an unknown month, last. `spans`: the base and the target year of projected growth, each pair
    once."""

    pk: int
    name: str
    slug: str
    attribution: str
    roles: int
    filled: dict[str, int]
    most: dict[str, int]
    fewest_jobs: int
    lowest_pay: dict[str, int]
    pay: str
    drawable: int
    groups: dict[str, int]
    educations: dict[str, int]
    releases: tuple[date | None, ...]
    spans: tuple[tuple[int | None, int | None], ...]

    @property
    def growth(self) -> str:
        """The column of growth that its lists are narrowed down by."""
        return "projected_growth" if self.filled["projected_growth"] > self.filled["growth"] else "growth"

    @property
    def is_official(self) -> bool:
        """Whether its figures come from the releases of a table."""
        return any(self.releases)


def _choose_column_of_pay(filled: Mapping[str, int]) -> str:
    """The median unless clearly more roles have an average: a few high earners pull averages up.

    >>> _choose_column_of_pay({"pay": 830, "median": 820}), _choose_column_of_pay({"pay": 6, "median": 0})
    ('median', 'pay')
    """
    return "median" if filled["median"] >= 0.9 * filled["pay"] and filled["median"] else "pay"


def list_publishers(revision: int) -> tuple[ListedPublisher, ...]:
    """Every publisher with roles, the one with most roles first."""
    return compute_once("listed", revision, _read_publishers)


_BOUNDS = ("pay", "median", "high", "jobs")


def _read_publishers() -> tuple[ListedPublisher, ...]:
    """One query by publisher, group, education, release and projection; the rows of each publisher are added up here.

    It does not group by the publisher's name, slug or attribution, by which the database would sort all listings.
    """
    columns = ("publisher_id", "occupation_group", "education", "pay_of", "jobs_of", "base_year", "target_year")
    rows: QuerySet[Listing, dict[str, Any]] = Listing.objects.order_by().values(*columns)
    in_own_words = Exists(Citation.objects.filter(publisher=OuterRef("publisher_id"), sample=False))
    counts = rows.annotate(
        name=Min("publisher__name"),
        slug=Min("publisher__slug"),
        attribution=Min("publisher__attribution"),
        in_own_words=Count("pk", filter=in_own_words),
        roles=Count("pk"),
        drawable_pay=Count("pk", filter=Q(pay__isnull=False, jobs__gt=0)),
        drawable_median=Count("pk", filter=Q(median__isnull=False, jobs__gt=0)),
        fewest_jobs=Min("jobs", filter=Q(jobs__gt=0)),
        lowest_pay=Min("pay", filter=Q(pay__gt=0)),
        lowest_median=Min("median", filter=Q(median__gt=0)),
        **{f"filled_{name}": Count(name) for name in COLUMNS},
        **{f"most_{name}": Max(name) for name in _BOUNDS},
    )
    by_publisher: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in counts:
        by_publisher[row["publisher_id"]].append(row)
    publishers = [_add_up(groups) for groups in by_publisher.values()]
    return tuple(sorted(publishers, key=lambda publisher: (-publisher.roles, publisher.name)))


def _add_up(groups: list[dict[str, Any]]) -> ListedPublisher:
    def total(name: str) -> int:
        return sum(group[name] for group in groups)

    filled = {name: total(f"filled_{name}") for name in COLUMNS}
    pay = _choose_column_of_pay(filled)
    first = groups[0]
    return ListedPublisher(
        first["publisher_id"],
        first["name"],
        first["slug"],
        first["attribution"] if total("in_own_words") else "",  # samples are in our words, which need none
        roles=total("roles"),
        filled=filled,
        most={column: max(group[f"most_{column}"] or 0 for group in groups) for column in _BOUNDS},
        fewest_jobs=_find_lowest(groups, "fewest_jobs"),
        lowest_pay={"pay": _find_lowest(groups, "lowest_pay"), "median": _find_lowest(groups, "lowest_median")},
        pay=pay,
        drawable=total(f"drawable_{pay}"),
        groups=dict(sorted(_count_by("occupation_group", groups).items())),
        educations=_count_by("education", groups),
        releases=_find_releases(groups),
        spans=_find_spans(groups),
    )


def _count_by(column: str, groups: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """How many roles have each value of a column; roles without one are not counted."""
    counts: Counter[str] = Counter()
    for group in groups:
        if group[column]:
            counts[group[column]] += group["roles"]
    return dict(counts)


def _find_lowest(groups: Iterable[Mapping[str, Any]], name: str) -> int:
    """The lowest of the known figures; 1 where none is known."""
    return min(filter(None, [group[name] for group in groups]), default=1)


def _find_releases(groups: Iterable[Mapping[str, Any]]) -> tuple[date | None, ...]:
    """The months of all figures of pay, jobs and growth."""
    releases: set[date | None] = set()
    for group in groups:
        if group["filled_pay"] or group["filled_median"] or group["filled_low"]:
            releases.add(group["pay_of"])
        if group["filled_jobs"] or group["filled_growth"]:
            releases.add(group["jobs_of"])
    return tuple(sorted(releases, key=lambda release: release or date.min, reverse=True))


def _find_spans(groups: Iterable[Mapping[str, Any]]) -> tuple[tuple[int | None, int | None], ...]:
    projected = [group for group in groups if group["filled_projected_growth"]]
    return tuple(dict.fromkeys((group["base_year"], group["target_year"]) for group in projected))


# -- A page of roles ---------------------------------------------------------------------------


class Order(NamedTuple):
    """By title or by a column of `COLUMNS`: missing values come last in both directions, equal ones by title.

    Roles of one title stand in the order in which they were listed first, so that no page repeats or skips one.
    """

    column: str = "title"
    descending: bool = False

    def with_value(self, roles: QuerySet[Listing]) -> QuerySet[Listing]:
        """The roles with a value, in order. Titles of equal values run in the same direction as the values, so that one
        index serves both directions."""
        columns = ["key", "pk"]
        if self.column != "title":
            roles = roles.filter(**{f"{self.column}__isnull": False})
            columns.insert(0, self.column)
        sign = "-" if self.descending else ""
        return roles.order_by(*[f"{sign}{column}" for column in columns])

    def without_value(self, roles: QuerySet[Listing]) -> QuerySet[Listing]:
        if self.column == "title":
            return roles.none()
        return roles.filter(**{f"{self.column}__isnull": True}).order_by("key", "pk")


BY_TITLE = Order()


def listings_of(publisher: ListedPublisher) -> QuerySet[Listing]:
    return Listing.objects.filter(publisher=publisher.pk)


class ListSize(NamedTuple):
    """How many roles a list has, and how many of them have a value in the column that it is sorted by."""

    roles: int
    with_value: int

    @property
    def is_all(self) -> bool:
        return self.roles <= MOST_COUNTED


def count_roles(publisher: ListedPublisher, roles: QuerySet[Listing] | None, order: Order) -> ListSize:
    """`roles`: the filtered ones, None for all roles of the publisher."""
    by_title = order.column == "title"
    if roles is None:
        return ListSize(publisher.roles, publisher.roles if by_title else publisher.filled[order.column])
    size = ListSize(
        **_limit_length(roles).aggregate(roles=Count("pk"), with_value=Count("pk" if by_title else order.column))
    )
    if not by_title and not size.is_all:  # the roles that were counted may be any of them
        return size._replace(with_value=_limit_length(order.with_value(roles)).count())
    return size


def _limit_length(roles: QuerySet[Listing]) -> QuerySet[Listing]:
    return roles.order_by()[: MOST_COUNTED + 1]


def read_roles(roles: QuerySet[Listing], order: Order, with_value: int, start: int, stop: int) -> list[ListedRole]:
    """The roles from index `start` to `stop` of the order. `with_value`: how many have a value in its column,
    as `count_roles` says."""
    rows = list(_query_columns(order.with_value(roles))[start:stop]) if start < with_value else []
    if len(rows) < stop - start and order.column != "title":
        first = max(start - with_value, 0)
        rows += _query_columns(order.without_value(roles))[first : first + stop - start - len(rows)]
    return [ListedRole._make(row) for row in rows]


def iterate_roles(roles: QuerySet[Listing], order: Order) -> Iterator[ListedRole]:
    """All roles in order, with two thousand in memory at a time."""
    parts = (_query_columns(part(roles)).iterator(chunk_size=2000) for part in (order.with_value, order.without_value))
    return map(ListedRole._make, chain.from_iterable(parts))


def _query_columns(roles: QuerySet[Listing]) -> QuerySet[Any, Any]:
    return roles.values_list(*ListedRole._fields)
