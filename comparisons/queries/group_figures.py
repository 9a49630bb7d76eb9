"""Which values of a comparison every stored role of a publisher shares: likely figures for a whole occupation group.

They are looked up once per revision, in one query at most.
"""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.db.models import Exists, Q

from careers.models import Listing, Role
from comparisons.queries.current_role import CitedPage
from comparisons.queries.revision import compute_once
from comparisons.rows import Row

# A publisher needs this many roles before a value that they all share says something about the publisher.
FEWEST_ROLES = 3

# Rows that say something of a release as a whole, which is the same for every role and no figure of a group.
OF_A_RELEASE = ("projection.years",)

# A row's key and a publisher.
RowOfPublisher = tuple[str, int]


class SharedValue(NamedTuple):
    """The value that some roles have in one row, from the publisher of `source`."""

    row: Row
    source: CitedPage
    value: Any

    @property
    def key(self) -> RowOfPublisher:
        return self.row.key, self.source.publisher_pk


def find_group_figures(revision: int, values: Iterable[SharedValue]) -> dict[str, str]:
    """Row key -> publisher, for those of a comparison's values that every stored role of the publisher shares."""
    same = [row for row in values if row.row.key not in OF_A_RELEASE]
    shared: dict[RowOfPublisher, bool] = compute_once("group figures", revision, dict)
    new = [row for row in same if row.key not in shared]
    if new:
        shared |= _look_up(new)
    return {row.row.key: row.source.publisher for row in same if shared[row.key]}


def _look_up(same: Sequence[SharedValue]) -> dict[RowOfPublisher, bool]:
    """For each row whether all roles of the publisher have the same value, in one query."""
    checks: dict[str, Exists] = {}
    for index, row in enumerate(same):
        checks[f"enough_{index}"], checks[f"other_{index}"] = _build_checks(row)
    answers = Listing.objects.order_by().annotate(**checks).values_list(*checks).first()
    shared = {}
    for index, row in enumerate(same):
        enough, has_other = answers[2 * index :][:2] if answers else (False, False)
        shared[row.key] = enough and not has_other
    return shared


def _build_checks(row: SharedValue) -> tuple[Exists, Exists]:
    """Whether enough roles of the publisher have a value in the row, and whether one of them has another value."""
    value = row.value if row.row.fields else (row.value,)
    is_known, is_other = Q(), Q()
    for (group, name), part in zip(row.row.stored_in, value, strict=True):
        path = f"{group}__{name}"
        is_known |= Q(**{f"{path}__isnull": False})
        if part is not None:
            is_other |= Q(**{f"{path}__lt": part}) | Q(**{f"{path}__gt": part})
    roles = Role.objects.filter(**{f"{group}__citation__publisher": row.source.publisher_pk}).order_by()
    return Exists(roles.filter(is_known)[FEWEST_ROLES - 1 : FEWEST_ROLES]), Exists(roles.filter(is_other))
