"""What a reader says matters: a weight for each aspect, points for each role, and what would turn the result.

Points are counted in hundredths of the better figure, so that sums are exact and every product can be checked by hand.
Who does a job today is no aspect: it says nothing for or against it.
"""

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import chain
from operator import itemgetter
from typing import Any, NamedTuple

from comparisons.comparison import Cell, Comparison, ComparisonLine, Side
from comparisons.judging.leads import GROWTH_KEYS, PAY_KEYS, WITHOUT_BACHELOR, sum_shares
from comparisons.queries.current_role import PAY_FIELDS, YearEntry
from comparisons.thresholds import is_toss_up_by_weights

# What weights are called in addresses, in the order of the page.
ASPECTS = ("pay", "grow", "open", "ways", "rise")
HEAVIEST = 3
# Aspect -> the rows that can give its figures, the best first. The first that every role has is taken.
_ROWS = {"pay": PAY_KEYS, "grow": GROWTH_KEYS, "open": ("projection.openings_per_year", "outlook.job_count")}
_TIMES = ("median", "hourly_median")


class Aspect(NamedTuple):
    """One thing that may matter, with a figure of one publisher and the same years for every role.

    `key`: the row that the figures are of or are computed from; of a sum that of its last part. `shares`: for each role
    its part of the best figure, in hundredths. `cells`: for each role what its figure is made from. `entries`: of the
    rise of pay, for each role its first and its last year.
    """

    name: str
    key: str
    values: tuple[Any, ...]
    shares: tuple[int, ...]
    cells: tuple[tuple[Cell, ...], ...] = ()
    entries: tuple[tuple[YearEntry, YearEntry], ...] = ()


class LeftOut(NamedTuple):
    """An aspect without figures that can be weighed. `name`: "jobs" where these would stand for openings. `why`:
    "missing", "kinds", "publishers", "years", "apart" (no two years in common) or "uncertain".

    `without`: the roles that have no figure of any kind, where that is why.
    """

    name: str
    why: str
    without: tuple[Side, ...] = ()


class Weighed(NamedTuple):
    """`sums`: for each role, in hundredths. `total`: of the weights. `leaders`: indexes of the role that leads, or of
    those between which it is a toss-up; none without weights."""

    sums: tuple[int, ...]
    total: int
    leaders: tuple[int, ...]


class Turn(NamedTuple):
    """A change of one weight after which another role leads, or it is a toss-up (`leader` None).

    `bound`: 1 where every higher weight does the same, −1 where every lower one does, else 0.
    """

    aspect: str
    weight: int
    bound: int
    leader: int | None


# -- Weights in addresses -------------------------------------------------------------------------------------


_ALLOWED = [str(weight) for weight in range(HEAVIEST + 1)]


def read_weights(parameters: Mapping[str, str]) -> dict[str, int]:
    """The weights that an address gives; what is none counts as nothing.

    >>> read_weights({"pay": "3", "open": "0", "ways": "9", "rise": "much", "where": "CA"})
    {'pay': 3}
    """
    return {name: int(parameters[name]) for name in ASPECTS if parameters.get(name, "") in _ALLOWED[1:]}


def find_refused_weights(parameters: Mapping[str, str]) -> list[str]:
    """The aspects to which an address gives something that is no weight.

    >>> find_refused_weights({"pay": "3", "open": "0", "ways": "9", "rise": "much", "grow": ""})
    ['ways', 'rise']
    """
    return [name for name in ASPECTS if parameters.get(name, "") not in ("", *_ALLOWED)]


def weight_fields(weights: Mapping[str, int]) -> dict[str, str]:
    """What a form or an address gives to keep them, always in the same order.

    >>> weight_fields({"open": 2, "pay": 3, "ways": 0})
    {'pay': '3', 'open': '2'}
    """
    return {name: str(weights[name]) for name in ASPECTS if weights.get(name)}


# -- Aspects --------------------------------------------------------------------------------------------------


def find_aspects(comparison: Comparison) -> tuple[list[Aspect], list[LeftOut]]:
    """What can be weighed for all roles of a page, and what cannot."""
    aspects: list[Aspect] = []
    left_out: list[LeftOut] = []
    candidates = [_weigh_rows(comparison, name) for name in _ROWS]
    candidates += [_weigh_ways_in(comparison), _weigh_pay_rise(comparison)]
    for candidate in candidates:
        if isinstance(candidate, Aspect):
            aspects.append(candidate)
        else:
            left_out.append(candidate)
    return aspects, left_out


def _weigh_rows(comparison: Comparison, name: str) -> Aspect | LeftOut:
    lines = [comparison.by_key[key] for key in _ROWS[name] if key in comparison.by_key]
    reasons = []
    for line in lines:
        if not line.complete:
            continue
        reason = _explain_not_weighed(line)
        if not reason:
            values = tuple([cell.value for cell in line.cells])
            return Aspect(name, line.row.key, values, share_of_best(values), tuple([(cell,) for cell in line.cells]))
        reasons.append(LeftOut("jobs" if line.row.key == "outlook.job_count" else name, reason))
    return reasons[0] if reasons else _describe_missing(name, comparison, lines)


def _explain_not_weighed(line: ComparisonLine) -> str:
    if len(line.publishers) > 1:
        return "publishers"
    if not line.like_for_like:
        return "years"
    return "" if all(cell.is_solid for cell in line.cells) else "uncertain"


def _describe_missing(name: str, comparison: Comparison, lines: Sequence[ComparisonLine]) -> LeftOut:
    without = []
    for side in comparison.sides:
        if all(line.cells[side.index].missing for line in lines):
            without.append(side)
    return LeftOut(name, "missing" if without else "kinds", tuple(without))


def _weigh_ways_in(comparison: Comparison) -> Aspect | LeftOut:
    """The share of people at work whose education is less than a bachelor's degree, in percent."""
    lines = [comparison.by_key[key] for key in WITHOUT_BACHELOR if key in comparison.by_key]
    if len(lines) < len(WITHOUT_BACHELOR):
        return LeftOut("ways", "missing", tuple(comparison.sides))
    values = sum_shares(comparison, WITHOUT_BACHELOR)
    if values is None:
        without = [side for side in comparison.sides if any(line.cells[side.index].missing for line in lines)]
        return LeftOut("ways", "missing", tuple(without))
    reasons = list(filter(None, map(_explain_not_weighed, lines)))
    if reasons:
        return LeftOut("ways", reasons[0])
    cells = tuple(zip(*[line.cells for line in lines], strict=True))
    return Aspect("ways", WITHOUT_BACHELOR[-1], tuple(values), share_of_best(values), cells)


def _weigh_pay_rise(comparison: Comparison) -> Aspect | LeftOut:
    """How much the median rose from the first to the last year that all roles have, in percent with one decimal."""
    for time in _TIMES:
        by_year = [
            {entry.year: entry for entry in side.role.history if entry.pay and getattr(entry.pay, time)}
            for side in comparison.sides
        ]
        years = sorted(set.intersection(*map(set, by_year)))
        if len(years) > 1:
            return _compare_rises(time, [(entries[years[0]], entries[years[-1]]) for entries in by_year])
    without = [side for side in comparison.sides if len([entry for entry in side.role.history if entry.pay]) < 2]
    return LeftOut("rise", "missing" if without else "apart", tuple(without))


def _compare_rises(time: str, ends: Sequence[tuple[YearEntry, YearEntry]]) -> Aspect | LeftOut:
    """`ends`: for each role its first and its last year."""
    if len({entry.source.publisher_pk for entry in chain.from_iterable(ends)}) > 1:
        return LeftOut("rise", "publishers")
    values = tuple([_measure_rise(getattr(first.pay, time), getattr(last.pay, time)) for first, last in ends])
    return Aspect("rise", f"salary.{PAY_FIELDS[time]}", values, share_of_best(values), entries=tuple(ends))


def _measure_rise(first: Any, last: Any) -> Decimal:
    """By how many percent an amount rose, with one decimal.

    >>> _measure_rise(77600, 97550), _measure_rise(Decimal("20.00"), Decimal("19.00"))
    (Decimal('25.7'), Decimal('-5.0'))
    """
    percent: Decimal = Decimal(100) * (last - first) / first
    return percent.quantize(Decimal("0.1"), ROUND_HALF_UP)


def share_of_best(values: Sequence[Any]) -> tuple[int, ...]:
    """For each value its part of the best one in hundredths. A negative value counts as 0; equal values are all best.

    >>> share_of_best([97550, 135980]), share_of_best([Decimal("-4.7"), Decimal("15.8")])
    ((72, 100), (0, 100))
    >>> share_of_best([-2, -2]), share_of_best([-2, -5]), share_of_best([0, -5])
    ((100, 100), (0, 0), (0, 0))
    """
    best = max(values)
    if min(values) == best:
        return (100,) * len(values)
    if best <= 0:
        return (0,) * len(values)
    shares = [Decimal(100) * max(value, 0) / best for value in values]
    return tuple([int(share.quantize(Decimal(1), ROUND_HALF_UP)) for share in shares])


# -- Points ---------------------------------------------------------------------------------------------------


def weigh(aspects: Sequence[Aspect], weights: Mapping[str, int]) -> Weighed:
    """The points of each role: its shares of the best figures times the weights. Toss-ups share the lead."""
    sums = [0] * len(aspects[0].shares)
    total = 0
    for aspect in aspects:
        weight = weights.get(aspect.name, 0)
        total += weight
        for index, share in enumerate(aspect.shares):
            sums[index] += weight * share
    best = max(sums)
    leaders = [index for index, points in enumerate(sums) if is_toss_up_by_weights(best - points, total)]
    return Weighed(tuple(sums), total, tuple(leaders))


def find_turns(aspects: Sequence[Aspect], weights: Mapping[str, int]) -> list[Turn]:
    """For each role that does not lead alone, the smallest change of a single weight that makes it lead.

    Where there is none and one role leads, the smallest that makes it a toss-up.
    """
    current = weigh(aspects, weights).leaders
    if not current:
        return []
    smallest: dict[int | None, Turn] = {}  # the role that leads then -> the smallest change, None for a toss-up
    for turn in _list_changes(aspects, weights):
        smallest.setdefault(turn.leader, turn)
    others = [index for index in range(len(aspects[0].shares)) if current != (index,)]
    turns = [smallest[index] for index in others if index in smallest]
    if turns or len(current) > 1 or None not in smallest:
        return turns
    return [smallest[None]]


def _list_changes(aspects: Sequence[Aspect], weights: Mapping[str, int]) -> list[Turn]:
    """Every other weight of each aspect with what it leads to, the smallest changes first."""
    changes: list[tuple[int, Turn]] = []
    for aspect in aspects:
        weight = weights.get(aspect.name, 0)
        results = [weigh(aspects, {**weights, aspect.name: other}) for other in range(HEAVIEST + 1)]
        leads = [result.leaders[0] if len(result.leaders) == 1 else None for result in results]
        for other, result in enumerate(results):
            if other != weight and result.total:
                turn = Turn(aspect.name, other, _find_bound(leads, weight, other), leads[other])
                changes.append((abs(other - weight), turn))
    return [turn for _, turn in sorted(changes, key=itemgetter(0))]


def _find_bound(leads: Sequence[int | None], weight: int, other: int) -> int:
    """Whether every weight beyond `other`, seen from `weight`, leads to the same: 1 for the higher, −1 for the lower.

    >>> _find_bound([0, 1, 1, 1], 0, 1), _find_bound([0, 1, 1, 2], 0, 1)
    (1, 0)
    >>> _find_bound([1, 1, 0, 0], 2, 1), _find_bound([0, 0, 0, 1], 0, 3)
    (-1, 0)
    """
    beyond = leads[other + 1 :] if other > weight else leads[:other]
    if not beyond or set(beyond) != {leads[other]}:
        return 0
    return 1 if other > weight else -1
