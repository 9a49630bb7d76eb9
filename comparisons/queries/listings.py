"""The roles of one publisher as lists show them: how many there are, a page of them in any order, a role's place.

What is asked of all of them at once is held for as long as the revision stands; a page is read along one index, so
that it costs the same whether there are seven roles or 100,000.
"""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import chain
from typing import Any, NamedTuple

from django.db.models import Count, Max, Min, Q, QuerySet

from careers.models import Listing
from comparisons import formats
from comparisons.queries.per_revision import compute_once

# Roles that a filter leaves are counted up to here: a page of them costs no more where there are more.
MOST_COUNTED = 10_000
# Columns that a list can be sorted by; what they hold may be missing, but for the title.
COLUMNS = ("pay", "median", "low", "jobs", "growth", "months_low")


class ListedRole(NamedTuple):
    """One role in a list. Money in dollars a year, times in months; None where the publisher does not say."""

    title: str
    slug: str
    pay: int | None
    median: int | None
    low: int | None
    high: int | None
    jobs: int | None
    growth: Decimal | None
    months_low: int | None
    months_high: int | None
    by_experience: bool
    occupation_group: str | None


class ListedPublisher(NamedTuple):
    """One publisher's roles in numbers. `given`: column -> how many roles have it. `drawable`: how many have both jobs
    and the pay that this publisher gives. `groups`: occupation group -> number of roles, by name."""

    pk: int
    name: str
    slug: str
    attribution: str
    roles: int
    given: dict[str, int]
    most: dict[str, int]
    fewest_jobs: int
    drawable: int
    groups: dict[str, int]

    @property
    def counted(self) -> str:
        return formats.counted(self.roles, "role")

    @property
    def pay(self) -> str:
        """The column of the pay that this publisher gives most roles."""
        return max("pay", "median", key=lambda name: self.given[name])


def list_publishers(revision: int) -> tuple[ListedPublisher, ...]:
    """All that have roles, the one with most first."""
    return compute_once("listed", revision, _read_publishers)


_BOUNDS = ("pay", "median", "high", "jobs")


def _read_publishers() -> tuple[ListedPublisher, ...]:
    """One query, by publisher and group; the groups of a publisher are added up here."""
    whose = ("publisher_id", "publisher__name", "publisher__slug", "publisher__attribution")
    rows = Listing.objects.order_by().values(*whose, "occupation_group")
    counted = rows.annotate(
        roles=Count("pk"),
        drawable_pay=Count("pk", filter=Q(pay__isnull=False, jobs__gt=0)),
        drawable_median=Count("pk", filter=Q(median__isnull=False, jobs__gt=0)),
        fewest_jobs=Min("jobs", filter=Q(jobs__gt=0)),
        **{f"given_{name}": Count(name) for name in COLUMNS},
        **{f"most_{name}": Max(name) for name in _BOUNDS},
    )
    by_publisher: dict[tuple[Any, ...], list[dict[str, Any]]] = defaultdict(list)
    for row in counted:
        by_publisher[tuple(row[name] for name in whose)].append(row)
    found = [_listed(publisher, groups) for publisher, groups in by_publisher.items()]
    return tuple(sorted(found, key=lambda each: (-each.roles, each.name)))


def _listed(publisher: tuple[Any, ...], groups: list[dict[str, Any]]) -> ListedPublisher:
    def total(name: str) -> int:
        return sum(group[name] for group in groups)

    given = {name: total(f"given_{name}") for name in COLUMNS}
    pk, name, slug, attribution = publisher
    by_name = sorted((group["occupation_group"], group["roles"]) for group in groups if group["occupation_group"])
    return ListedPublisher(
        pk,
        name,
        slug,
        attribution,
        roles=total("roles"),
        given=given,
        most={column: max(group[f"most_{column}"] or 0 for group in groups) for column in _BOUNDS},
        fewest_jobs=min((fewest for group in groups if (fewest := group["fewest_jobs"])), default=1),
        drawable=total("drawable_pay" if given["pay"] >= given["median"] else "drawable_median"),
        groups=dict(by_name),
    )


# -- a page of them ---------------------------------------------------------------------------


class Order(NamedTuple):
    """By a column of `COLUMNS`, or by title; what is missing stands last both ways, equal values by title."""

    column: str = "title"
    descending: bool = False

    def known(self, roles: QuerySet[Listing]) -> QuerySet[Listing]:
        """Those that have a value, in order. Equal ones stand by title, backwards where the values do: so one index
        serves both directions."""
        sign = "-" if self.descending else ""
        if self.column == "title":
            return roles.order_by(f"{sign}key")
        return roles.filter(**{f"{self.column}__isnull": False}).order_by(f"{sign}{self.column}", f"{sign}key")

    def unknown(self, roles: QuerySet[Listing]) -> QuerySet[Listing]:
        if self.column == "title":
            return roles.none()
        return roles.filter(**{f"{self.column}__isnull": True}).order_by("key")


def listings_of(publisher: ListedPublisher) -> QuerySet[Listing]:
    return Listing.objects.filter(publisher=publisher.pk)


class ListSize(NamedTuple):
    """How many roles a list has, and how many of them have a value in its order's column."""

    roles: int
    known: int

    @property
    def is_all(self) -> bool:
        return self.roles <= MOST_COUNTED


def count_roles(publisher: ListedPublisher, roles: QuerySet[Listing] | None, order: Order) -> ListSize:
    """`roles`: what a filter leaves; None for all of the publisher, whose numbers are known."""
    by_title = order.column == "title"
    if roles is None:
        return ListSize(publisher.roles, publisher.roles if by_title else publisher.given[order.column])
    counted = _first_counted(roles).aggregate(roles=Count("pk"), known=Count("pk" if by_title else order.column))
    if counted["roles"] > MOST_COUNTED and not by_title:  # which of them were counted is anyone's guess
        counted["known"] = _first_counted(order.known(roles)).count()
    return ListSize(**counted)


def _first_counted(roles: QuerySet[Listing]) -> QuerySet[Listing]:
    return roles.order_by()[: MOST_COUNTED + 1]


def read_roles(roles: QuerySet[Listing], order: Order, known: int, start: int, stop: int) -> list[ListedRole]:
    """The roles from one place in the order to another. `known`: how many have a value; fewer are found if it is less
    than there are."""
    found = list(_as_rows(order.known(roles))[start:stop]) if start < known else []
    if len(found) < stop - start and order.column != "title":
        first = max(start - known, 0)
        found += _as_rows(order.unknown(roles))[first : first + stop - start - len(found)]
    return [ListedRole._make(row) for row in found]


def iterate_roles(roles: QuerySet[Listing], order: Order) -> Iterator[ListedRole]:
    """All of them in order, a few thousand in memory at a time."""
    parts = (_as_rows(part(roles)).iterator(chunk_size=2000) for part in (order.known, order.unknown))
    return map(ListedRole._make, chain.from_iterable(parts))


def _as_rows(roles: QuerySet[Listing]) -> QuerySet[Any, Any]:
    return roles.values_list(*ListedRole._fields)
