"""A role's rank among the roles of its publisher with figures of the same month, the highest value being first."""

from array import array
from bisect import bisect_left, bisect_right
from datetime import date
from decimal import Decimal
from itertools import chain
from typing import NamedTuple

from django.db.models import Count

from careers.models import Listing
from comparisons.queries.revision import compute_once
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
    included. `ties`: how many others have the same value. `release`: the month of the figures in words, "" where it is
    not known. `error`: the relative error of the role's figure in percent."""

    column: str
    publisher: str
    place: int
    among: int
    ties: int
    release: str = ""
    error: Decimal | None = None


def rank_role(role: CurrentRole) -> list[RoleRank]:
    """Its ranks by pay (the median only without an average), jobs and growth. One query per column and revision."""
    ranks = []
    for column, (group, field) in _RANKED.items():
        facts = role.groups.get(group)
        if facts is None or facts.values[field] is None:
            continue
        if column == "median" and facts.values["annual_average"] is not None:
            continue
        values = _sorted_values(role.revision, facts.source.publisher_pk, column, facts.source.figures_of)
        value = float(facts.values[field])
        first, last = bisect_left(values, value), bisect_right(values, value)
        if len(values) >= FEWEST_RANKED:
            place, ties = len(values) - last + 1, max(last - first - 1, 0)
            error = facts.values["relative_error_percent"] if column in ("pay", "jobs") else None
            publisher, release = facts.source.publisher, facts.source.release
            ranks.append(RoleRank(column, publisher, place, len(values), ties, release, error))
    return ranks


def _sorted_values(revision: int, publisher: int, column: str, release: date | None) -> "array[float]":
    """Eight bytes a role, sorted once per revision."""

    def read_values() -> "array[float]":
        of_column = "pay_of" if column in ("pay", "median") else "jobs_of"
        of_release = {of_column: release} if release else {f"{of_column}__isnull": True}
        listed = Listing.objects.filter(publisher=publisher, **{f"{column}__isnull": False}, **of_release)
        listed = listed.order_by(column)
        counts = listed.values_list(column).annotate(roles=Count("pk"))
        return array("d", chain.from_iterable([float(value)] * number for value, number in counts))

    return compute_once(("ranked", publisher, column, release), revision, read_values)
