"""How the values of a comparison lie among all stored roles: which differences are unusual, and which values every
role of a publisher shares, so that they are likely figures for a whole occupation group.

Both are computed once per revision and need one query at most.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from operator import or_
from typing import Any, NamedTuple

from django.db.models import Exists, F, Q, QuerySet

from careers.models import Listing, Role
from comparisons import rows
from comparisons.queries.revision import compute_once
from comparisons.queries.roles import CitedPage
from comparisons.rows import SECTIONS, Row

# A publisher needs so many roles before a value that they all share says something about the publisher.
FEWEST_ROLES = 3
# So many values are needed before a difference can be called unusual.
FEWEST_VALUES = 20
# So many of a publisher's roles are looked at: more would change no order that a reader could notice.
SAMPLE = 400

# Lists of figures of one kind, of which no single one is called unusual.
UNMEASURED_SECTIONS = ("attainment", "ranks")

# Rows that say something of a release as a whole, which is the same for every role and no figure of a group.
OF_A_RELEASE = ("projection.years",)

# A row's values among the stored roles, sorted: one list per number that it is measured by, two for a range.
Spread = list[list[Any]]
# A row's key and a publisher.
RowOfPublisher = tuple[str, int]
# A publisher and the month of its figures. Figures of different months are never counted together.
Release = tuple[int, date | None]


class RowValues(NamedTuple):
    """The known values of some roles in one row, from the publisher of `source`. `same`: every role has the same."""

    row: Row
    source: CitedPage
    values: tuple[Any, ...]
    same: bool

    @property
    def key(self) -> RowOfPublisher:
        return self.row.key, self.source.publisher_pk

    @property
    def release(self) -> Release:
        return self.source.publisher_pk, self.source.figures_of


class Distribution(NamedTuple):
    """`group_figures`: row key -> publisher, for values that every stored role of the publisher shares. `unusual`: row
    key -> the share of the publisher's stored roles that lie between the values, 0 to 1; rows with too few values are
    left out."""

    group_figures: dict[str, str]
    unusual: dict[str, float]


@dataclass
class _Looked:
    """What was looked up at one revision. `shared`: whether all roles of the publisher have the same value."""

    shared: dict[RowOfPublisher, bool] = field(default_factory=dict)
    spreads: dict[Release, dict[str, Spread]] = field(default_factory=dict)


def find_group_figures(revision: int, values: Iterable[RowValues]) -> dict[str, str]:
    """Row key -> publisher, as in `Distribution`, for a comparison's values at a revision."""
    return _find(revision, _shared_values(values), []).group_figures


def find_distribution(revision: int, values: Sequence[RowValues]) -> Distribution:
    """Both parts of the distribution for a comparison's values at a revision."""
    measured = [row for row in values if row.row.key in _MEASURED and len(row.values) > 1 and not row.same]
    return _find(revision, _shared_values(values), measured)


def _shared_values(values: Iterable[RowValues]) -> list[RowValues]:
    return [row for row in values if row.same and row.row.key not in OF_A_RELEASE]


def _find(revision: int, same: Sequence[RowValues], measured: Sequence[RowValues]) -> Distribution:
    looked = compute_once("distributions", revision, _Looked)
    new = [row for row in same if row.key not in looked.shared]
    unseen = {row.release for row in measured} - looked.spreads.keys()
    if new or unseen:
        _look_up(looked, new, unseen)
    unusual = {}
    for row in measured:
        spread = looked.spreads[row.release].get(row.row.key)
        if spread:
            unusual[row.row.key] = _distance(row, spread)
    return Distribution({row.row.key: row.source.publisher for row in same if looked.shared[row.key]}, unusual)


def _look_up(looked: _Looked, same: Sequence[RowValues], releases: Collection[Release]) -> None:
    """Adds what is missing, in one query."""
    checks: dict[str, Exists] = {}
    for index, row in enumerate(same):
        checks[f"enough_{index}"], checks[f"other_{index}"] = _checks(row)
    publishers = sorted({publisher for publisher, _ in releases})
    columns = ["publisher", *_PUBLISHERS.values(), *_MONTHS.values(), *_FIELDS.values()] if publishers else []
    query = Listing.objects.order_by().annotate(**checks).values_list(*columns, *checks)
    sampled = reduce(or_, [Q(pk__in=_sample(pk)) for pk in publishers], Q())
    records = list(query.filter(sampled) if publishers else query[:1])
    for index, row in enumerate(same):
        enough, has_other = records[0][len(columns) + 2 * index :][:2] if records else (False, False)
        looked.shared[row.key] = enough and not has_other
    for release in releases:
        looked.spreads[release] = _spreads(release, records)


def _checks(row: RowValues) -> tuple[Exists, Exists]:
    """Whether enough roles of the publisher have a value in the row, and whether one of them has another value."""
    value = row.values[0] if row.row.fields else (row.values[0],)
    is_known, is_other = Q(), Q()
    for (group, name), part in zip(row.row.stored_in, value, strict=True):
        path = f"{group}__{name}"
        is_known |= Q(**{f"{path}__isnull": False})
        if part is not None:
            is_other |= Q(**{f"{path}__lt": part}) | Q(**{f"{path}__gt": part})
    roles = Role.objects.filter(**{f"{group}__citation__publisher": row.source.publisher_pk}).order_by()
    return Exists(roles.filter(is_known)[FEWEST_ROLES - 1 : FEWEST_ROLES]), Exists(roles.filter(is_other))


def _sample(publisher: int) -> QuerySet[Any, Any]:
    """Roles from all over a publisher's list: those loaded together are often of one kind."""
    scattered = (F("pk") * 7919) % 10007  # two primes: the same roles each time, and no neighbours
    return Listing.objects.filter(publisher=publisher).order_by(scattered, "pk").values("pk")[:SAMPLE]


def _numbers(row: Row, value: Any) -> tuple[Any, ...] | None:
    """The numbers that a value is measured by, such as both ends of a range; None unless all are known."""
    if row.key == "entry.time":
        value = rows.months(value)
    elif not row.fields:
        value = (value,)
    return None if value is None or None in value else tuple(value)


_MEASURED = {
    row.key: row
    for section in SECTIONS
    for row in section.rows
    if section.slug not in UNMEASURED_SECTIONS
    and row.difference
    and (not row.fields or row.key in ("entry.time", "salary.range"))
}
# (group, field) -> its column; group -> the column of its publisher.
_FIELDS = {(group, name): f"role__{group}__{name}" for row in _MEASURED.values() for group, name in row.stored_in}
_PUBLISHERS = {group: f"role__{group}__citation__publisher" for group in dict.fromkeys(group for group, _ in _FIELDS)}
_MONTHS = {group: f"role__{group}__citation__figures_of" for group in _PUBLISHERS}


def _spreads(release: Release, records: Sequence[Sequence[Any]]) -> dict[str, Spread]:
    """Row key -> its spread in a release. `records`: publisher, publishers and months of the groups, values.

    Of each role only the values that come from this release of the publisher count.
    """
    values: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    groups = len(_PUBLISHERS)
    for publisher, *columns in records:
        if publisher != release[0]:
            continue
        releases = dict(zip(_PUBLISHERS, zip(columns[:groups], columns[groups : 2 * groups], strict=True), strict=True))
        stored = dict(zip(_FIELDS, columns[2 * groups :], strict=False))
        for row in _MEASURED.values():
            if releases[row.stored_in[0][0]] == release:
                parts = tuple([stored[place] for place in row.stored_in])
                values[row.key].append(_numbers(row, parts if row.fields else parts[0]) or ())
    spreads = {}
    for key, measured in values.items():
        measured_rows = list(filter(None, measured))
        if len(measured_rows) >= FEWEST_VALUES:
            spreads[key] = [sorted(ends) for ends in zip(*measured_rows, strict=True)]
    return spreads


def _distance(row: RowValues, spread: Spread) -> float:
    """How far the values lie apart in rank, as a share of all roles; the mean where a value has several numbers."""
    numbers = filter(None, [_numbers(row.row, value) for value in row.values])
    distances = []
    for ends, values in zip(zip(*numbers, strict=True), spread, strict=False):
        ranks = [(bisect_left(values, end) + bisect_right(values, end)) / (2 * len(values)) for end in ends]
        distances.append(max(ranks) - min(ranks))
    return sum(distances) / len(distances) if distances else 0.0
