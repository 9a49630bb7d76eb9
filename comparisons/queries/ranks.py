"""A role's rank among the roles of its publisher with figures of the same month, the highest value being first."""

from array import array
from bisect import bisect_left, bisect_right
from datetime import date
from decimal import Decimal
from itertools import chain
from typing import NamedTuple

from django.db.models import Count

from careers.models import Listing, Role
from comparisons.queries.current_role import CitedPage, CurrentRole
from comparisons.queries.revision import compute_once

# Column of a list -> group and field of the fact that it copies.
_RANKED = {
    "median": ("salary", "annual_median"),
    "pay": ("salary", "annual_average"),
    "jobs": ("outlook", "job_count"),
    "growth": ("outlook", "growth_percent"),
}
# Column -> field of the projection.
_PROJECTED = {"projected growth": "growth_percent", "openings": "openings_per_year"}
# Among fewer roles a rank says nothing.
FEWEST_RANKED = 3


class RoleRank(NamedTuple):
    """`place` of the role in `column` of its publisher's list. `among`: how many roles have a value there, this role
    included. `ties`: how many others have the same value. `error`: the relative error of the role's figure in percent.
    `middle`, `highest`: the value of the role in the middle and of the first one."""

    column: str
    publisher: str
    place: int
    among: int
    ties: int
    error: Decimal | None = None
    middle: float = 0
    highest: float = 0

    @property
    def less(self) -> float:
        """The share of the other roles that have less, from 0 to 1."""
        return (self.among - self.place - self.ties) / (self.among - 1)

    @property
    def more(self) -> float:
        return (self.place - 1) / (self.among - 1)


def rank_role(role: CurrentRole) -> list[RoleRank]:
    """Its ranks by pay (the average only without a median), jobs and growth. One query per column and revision."""
    ranks = []
    for column, (group, field) in _RANKED.items():
        facts = role.groups.get(group)
        if facts is None or facts.values[field] is None:
            continue
        if column == "pay" and facts.values["annual_median"] is not None:
            continue
        source = facts.source
        values = _read_sorted_values(role.revision, source.publisher_pk, column, source.figures_of)
        error = facts.values["relative_error_percent"] if column in ("median", "pay", "jobs") else None
        if len(values) >= FEWEST_RANKED:
            ranks.append(_rank_value(column, source, values, float(facts.values[field]), error))
    return ranks


def rank_projection(role: CurrentRole) -> list[RoleRank]:
    """Its ranks by projected growth and openings, among the occupations of the same table. Two queries per revision."""
    facts = role.groups.get("projection")
    if facts is None:
        return []
    by_column = _read_projected_values(role.revision, facts.source.pk)
    ranks = []
    for column, field in _PROJECTED.items():
        if facts.values[field] is not None and len(by_column[column]) >= FEWEST_RANKED:
            ranks.append(_rank_value(column, facts.source, by_column[column], float(facts.values[field]), None))
    return ranks


def _rank_value(
    column: str, source: CitedPage, values: "array[float]", value: float, error: Decimal | None
) -> RoleRank:
    """`values`: of all roles, ascending."""
    first, last = bisect_left(values, value), bisect_right(values, value)
    place, ties = len(values) - last + 1, max(last - first - 1, 0)
    middle, highest = values[(len(values) - 1) // 2], values[-1]
    return RoleRank(column, source.publisher, place, len(values), ties, error, middle, highest)


def _read_sorted_values(revision: int, publisher: int, column: str, release: date | None) -> "array[float]":
    """Eight bytes a role, sorted once per revision."""

    def read_values() -> "array[float]":
        of_column = "pay_of" if column in ("pay", "median") else "jobs_of"
        of_release = {of_column: release} if release else {f"{of_column}__isnull": True}
        listed = Listing.objects.filter(publisher=publisher, **{f"{column}__isnull": False}, **of_release)
        listed = listed.order_by(column)
        counts = listed.values_list(column).annotate(roles=Count("pk"))
        return array("d", chain.from_iterable([float(value)] * number for value, number in counts))

    return compute_once(("ranked", publisher, column, release), revision, read_values)


def _read_projected_values(revision: int, page: int) -> "dict[str, array[float]]":
    def read_values() -> "dict[str, array[float]]":
        roles = Role.objects.filter(projection__citation=page).order_by()
        by_column = {}
        for column, field in _PROJECTED.items():
            path = f"projection__{field}"
            values = roles.filter(**{f"{path}__isnull": False}).order_by(path).values_list(path, flat=True)
            by_column[column] = array("d", map(float, values))
        return by_column

    return compute_once(("projected", page), revision, read_values)
