"""A role's rank among all roles of its publisher, the highest value being first."""

from array import array
from bisect import bisect_left, bisect_right
from itertools import chain
from typing import NamedTuple

from django.db.models import Count

from careers.models import Listing
from comparisons.queries.per_revision import compute_once
from comparisons.queries.roles import CurrentRole

# Column of a list -> group and field of the fact that it copies.
_RANKED = {
    "pay": ("salary", "annual_average"),
    "median": ("salary", "annual_median"),
    "jobs": ("outlook", "job_count"),
    "growth": ("outlook", "growth_percent"),
}
# Among fewer roles a rank says nothing.
FEWEST_RANKED = 3


class RoleRank(NamedTuple):
    """`place` of the role in `column` of its publisher's list. `among`: how many roles have a value there, this role
    included. `ties`: how many others have the same value."""

    column: str
    publisher: str
    place: int
    among: int
    ties: int


def rank_role(role: CurrentRole) -> list[RoleRank]:
    """Its ranks by pay (the median only without an average), jobs and growth. One query per column and revision."""
    ranks = []
    for column, (group, field) in _RANKED.items():
        facts = role.groups.get(group)
        if facts is None or facts.values[field] is None:
            continue
        if column == "median" and facts.values["annual_average"] is not None:
            continue
        values = _sorted_values(role.revision, facts.source.publisher_pk, column)
        value = float(facts.values[field])
        first, last = bisect_left(values, value), bisect_right(values, value)
        if len(values) >= FEWEST_RANKED:
            place, ties = len(values) - last + 1, max(last - first - 1, 0)
            ranks.append(RoleRank(column, facts.source.publisher, place, len(values), ties))
    return ranks


def _sorted_values(revision: int, publisher: int, column: str) -> "array[float]":
    """Eight bytes a role, sorted once per revision."""

    def read_values() -> "array[float]":
        listed = Listing.objects.filter(publisher=publisher, **{f"{column}__isnull": False}).order_by(column)
        counts = listed.values_list(column).annotate(roles=Count("pk"))
        return array("d", chain.from_iterable([float(value)] * number for value, number in counts))

    return compute_once(("ranked", publisher, column), revision, read_values)
