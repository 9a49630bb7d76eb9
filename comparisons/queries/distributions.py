"""How the values of a comparison stand among all stored roles: which differences are unusual, and which figures every
role of a publisher has, so that they are likely figures for a whole occupation group.

Both are held in the process until something is loaded, and looked up in one query at most.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from functools import reduce
from operator import or_
from typing import Any, NamedTuple

from django.db.models import Exists, F, Q, QuerySet

from careers.models import Listing, Role
from careers.vocabulary import STORED_IN
from comparisons import rows
from comparisons.comparison import Comparison, ComparisonLine
from comparisons.queries.per_revision import compute_once
from comparisons.rows import SECTIONS, Row

# A value that every role of a publisher shares says something about the publisher from so many roles on.
FEWEST_ROLES = 3
# How unusual a difference is can be told from so many values on.
FEWEST_VALUES = 20
# From how many of a publisher's roles it is told: more would change no order that a reader could notice.
SAMPLE = 400

# A row's values among the stored roles, sorted: one list for each number that it is measured by, two for a range.
Spread = list[list[Any]]


class Distribution(NamedTuple):
    """`group_figures`: row key -> publisher, for values that the roles share with every stored role of it.
    `unusual`: row key -> which share of the publisher's stored roles lies between the values, 0 to 1; a row is not
    there when its values have several publishers or when too few roles have one."""

    group_figures: dict[str, str]
    unusual: dict[str, float]


def group_figures(comparison: Comparison) -> dict[str, str]:
    return _standing(comparison, []).group_figures


def standing(comparison: Comparison) -> Distribution:
    return _standing(comparison, [line for line in comparison.lines if _is_measured(line)])


def _standing(comparison: Comparison, measured: Sequence[ComparisonLine]) -> Distribution:
    known: dict[Any, Any] = compute_once("standing", comparison.revision, dict)
    publishers = {source.publisher: source.publisher_pk for source in comparison.sources}

    def asked(line: ComparisonLine) -> tuple[str, int]:
        return line.row.key, publishers[line.publishers[0]]

    same = {asked(line): line for line in comparison.lines if line.same and len(line.publishers) == 1}
    new = {each: line for each, line in same.items() if each not in known}
    unseen = {pk for line in measured if (pk := asked(line)[1]) not in known}
    if new or unseen:
        known.update(_look(new, sorted(unseen)))
    spreads = ((line, known[asked(line)[1]].get(line.row.key)) for line in measured)
    return Distribution(
        {line.row.key: line.publishers[0] for each, line in same.items() if known[each]},
        {line.row.key: _distance(line, spread) for line, spread in spreads if spread},
    )


def _look(same: Mapping[tuple[str, int], ComparisonLine], publishers: Sequence[int]) -> dict[Any, Any]:
    """One query for all: (row key, publisher) -> whether all its roles have this value; publisher -> its spreads."""
    checks = _checks(same)
    roles = reduce(or_, (Q(pk__in=_sample(pk)) for pk in publishers)) if publishers else None
    columns = ["publisher", *_PUBLISHERS.values(), *_FIELDS.values()] if roles else []
    asked = Listing.objects.order_by().annotate(**checks).values_list(*columns, *checks)
    found = list(asked.filter(roles) if roles else asked[:1])
    told = found[0][len(columns) :] if found else [False] * len(checks)
    alike = {each: told[2 * index] and not told[2 * index + 1] for index, each in enumerate(same)}
    return alike | {pk: _spreads([row for row in found if row[0] == pk]) for pk in publishers}


def _checks(same: Mapping[tuple[str, int], ComparisonLine]) -> dict[str, Exists]:
    """Has the publisher roles enough with a value there, and has one of them another value?"""
    checks: dict[str, Exists] = {}
    for index, ((_, publisher), line) in enumerate(same.items()):
        value = line.cells[0].value
        known, other = Q(), Q()
        for key, one in zip(line.row.reads, value if line.row.fields else (value,), strict=True):
            group, field = STORED_IN[key]
            path = f"{group}__{field}"
            known |= Q(**{f"{path}__isnull": False})
            if one is not None:
                other |= Q(**{f"{path}__lt": one}) | Q(**{f"{path}__gt": one})
        roles = Role.objects.filter(**{f"{group}__citation__publisher": publisher}).order_by()
        checks[f"enough_{index}"] = Exists(roles.filter(known)[FEWEST_ROLES - 1 : FEWEST_ROLES])
        checks[f"other_{index}"] = Exists(roles.filter(other))
    return checks


def _sample(publisher: int) -> QuerySet[Any, Any]:
    """Roles from all over what a publisher has: those loaded together are often of one kind."""
    scattered = (F("pk") * 7919) % 10007  # two primes: the same roles each time, and no neighbours
    return Listing.objects.filter(publisher=publisher).order_by(scattered, "pk").values("pk")[:SAMPLE]


def _is_measured(line: ComparisonLine) -> bool:
    known = [cell for cell in line.cells if not cell.missing]
    return line.row.key in _MEASURED and len(known) > 1 and not line.same and len(line.publishers) == 1


def _numbers(row: Row, value: Any) -> tuple[Any, ...] | None:
    """What a value is measured by, all of it or nothing: both ends of a range."""
    if row.key == "entry.time":
        value = rows.months(value)
    elif not row.fields:
        value = (value,)
    return None if value is None or None in value else tuple(value)


_MEASURED = {
    row.key: row
    for section in SECTIONS
    for row in section.rows
    if row.difference and (not row.fields or row.key in ("entry.time", "salary.range"))
}
_PLACES = {key: STORED_IN[key] for row in _MEASURED.values() for key in row.reads}
_FIELDS = {key: f"role__{group}__{field}" for key, (group, field) in _PLACES.items()}
_PUBLISHERS = {group: f"role__{group}__citation__publisher" for group in dict.fromkeys(g for g, _ in _PLACES.values())}


def _spreads(sample: Sequence[Sequence[Any]]) -> dict[str, Spread]:
    """Row key -> its spread, from rows of `_look`: of each role only the values that come from the publisher itself."""
    values: dict[str, list[tuple[Any, ...]]] = {key: [] for key in _MEASURED}
    for pk, *others in sample:
        own = {group for group, publisher in zip(_PUBLISHERS, others, strict=False) if publisher == pk}
        stored = dict(zip(_FIELDS, others[len(_PUBLISHERS) :], strict=False))
        for row in _MEASURED.values():
            if _PLACES[row.reads[0]][0] in own:
                given = tuple(stored[key] for key in row.reads)
                numbers = _numbers(row, given if row.fields else given[0])
                if numbers:
                    values[row.key].append(numbers)
    return {
        key: [sorted(ends) for ends in zip(*found, strict=True)]
        for key, found in values.items()
        if len(found) >= FEWEST_VALUES
    }


def _distance(line: ComparisonLine, spread: Spread) -> float:
    """How far the values lie apart in rank, as a share of all: of several numbers their mean."""
    numbers = [_numbers(line.row, cell.value) for cell in line.cells if not cell.missing]
    ranks = [
        [(bisect_left(values, number) + bisect_right(values, number)) / (2 * len(values)) for number in ends]
        for ends, values in zip(zip(*filter(None, numbers), strict=True), spread, strict=False)
    ]
    return sum(max(each) - min(each) for each in ranks) / len(ranks) if ranks else 0.0
