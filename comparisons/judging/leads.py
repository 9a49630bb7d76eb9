"""Which role leads clearly on what: pay, growth, openings or jobs, and ways in. Data without words.

A role is ahead only by figures that can be compared: of one publisher, one release and one place, for the same years,
and with a small relative error.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import chain, combinations
from typing import Any, NamedTuple

from comparisons.comparison import Cell, Comparison, ComparisonLine
from comparisons.formats import overlap
from comparisons.judging.pay_shares import PayShares, Shares, share_pay
from comparisons.thresholds import (
    LEAD_IN_COUNTS,
    LEAD_IN_GROWTH,
    LEAD_IN_WAYS,
    TOSS_UP_GAP,
    TOSS_UP_SHARES,
    allows_ratio,
    is_toss_up,
)

# What pay is compared by, the better first.
PAY_KEYS = ("salary.annual_median", "salary.annual_average", "salary.hourly_median", "salary.hourly_average")
GROWTH_KEYS = ("projection.growth_percent", "outlook.growth_percent")
# The levels of education below a bachelor's degree.
WITHOUT_BACHELOR = (
    "attainment.less_than_high_school",
    "attainment.high_school",
    "attainment.some_college",
    "attainment.associate",
)
# The rows that leads are read from.
JUDGED_KEYS = (*PAY_KEYS, *GROWTH_KEYS, "projection.openings_per_year", "outlook.job_count", WITHOUT_BACHELOR[0])
Pair = tuple[int, int]


class Standing(NamedTuple):
    """How the roles stand in one aspect: "pay", "growth", "openings", "jobs" or "ways_in".

    `key`: of the row that holds the figures. `values`: index of a role -> its figure, for the roles that were compared,
    at least two. `behind`: index of a role -> the roles that it is clearly ahead of, for each that was compared.
    """

    aspect: str
    key: str
    values: Mapping[int, Any]
    behind: Mapping[int, Sequence[int]]

    @property
    def leaders(self) -> list[int]:
        """The roles that are ahead of some role and behind none, the highest figure first."""
        beaten = set(chain.from_iterable(self.behind.values()))
        leading = [index for index, others in self.behind.items() if others and index not in beaten]
        return sorted(leading, key=lambda index: self.values[index], reverse=True)


class PayVerdict(NamedTuple):
    """How the pay of two roles compares.

    `ahead`: index of the role that is clearly ahead, None for none. `is_toss_up`: the two earn nearly the same.
    `cells`: the figures of the first role and of the second by which it was judged. `shares`: as in `PayShares`; None
    where the figures of `key` decided. These are `gap` dollars and `gap_percent` of the lower apart. `beyond`: which of
    the shares are bounds, because the median lies beyond all published percentiles of the other role. `overlap`: of the
    ranges, in percent of the narrower one; None where there are none.
    """

    pair: Pair
    key: str
    ahead: int | None
    is_toss_up: bool
    cells: tuple[tuple[Cell, ...], tuple[Cell, ...]]
    shares: Shares | None = None
    beyond: tuple[bool, bool] = (False, False)
    gap: Any = 0
    gap_percent: float = 0
    overlap: float | None = None

    @property
    def is_complete(self) -> bool:
        """Whether all that the rule of a toss-up asks for is known. One share alone can only say that it is one."""
        if self.shares:
            return self.is_toss_up or None not in self.shares
        return self.overlap is not None


def judge_leads(comparison: Comparison, pay_verdicts: Sequence[PayVerdict]) -> list[Standing]:
    """In the order in which readers ask; aspects without two comparable figures are left out.

    `pay_verdicts`: see `judge_pairs`.
    """
    standings = [
        judge_pay(comparison, pay_verdicts),
        _judge_first(comparison, "growth", GROWTH_KEYS, lambda more, less: more - less >= LEAD_IN_GROWTH),
        judge_openings(comparison),
        judge_ways_in(comparison),
    ]
    return [standing for standing in standings if standing]


# -- pay --------------------------------------------------------------------------------------


def judge_pay(comparison: Comparison, verdicts: Sequence[PayVerdict]) -> Standing | None:
    """Who is ahead in pay, by the verdicts on each pair; None where no two roles can be compared."""
    line = choose_pay(comparison)
    if line is None:
        return None
    compared = set(chain.from_iterable(verdict.pair for verdict in verdicts))
    if not compared:
        return None
    values = {index: line.cells[index].value or 0 for index in sorted(compared)}
    behind: dict[int, list[int]] = {index: [] for index in values}
    for verdict in verdicts:
        if verdict.ahead is not None:
            behind[verdict.ahead].append(sum(verdict.pair) - verdict.ahead)
    return Standing("pay", line.row.key, values, behind)


def choose_pay(comparison: Comparison) -> ComparisonLine | None:
    """The kind of pay that most of the roles have. The page means this one where it says pay."""
    lines = [comparison.by_key.get(key) for key in PAY_KEYS]
    with_values = [line for line in lines if line and not line.empty]
    return max(with_values, key=lambda line: sum(not cell.missing for cell in line.cells), default=None)


def judge_pairs(comparison: Comparison) -> list[PayVerdict]:
    """The verdict on each two roles whose pay can be compared."""
    verdicts = [judge_pair(comparison, *pair) for pair in combinations(range(len(comparison.sides)), 2)]
    return [verdict for verdict in verdicts if verdict]


def judge_pair(comparison: Comparison, first: int, second: int) -> PayVerdict | None:
    """Compare percentiles where both roles have them, else one figure each and the ranges. None where too little is
    known."""
    errors = [*find_pay_errors(comparison, first), *find_pay_errors(comparison, second)]
    if not allows_ratio(*errors):
        return None
    for time in ("annual", "hourly"):
        by_shares = share_pay(comparison, time, first, second)
        if by_shares and are_like_for_like(chain(*by_shares.cells)):
            return _judge_shares(comparison, (first, second), time, by_shares)
    return _judge_figures(comparison, first, second)


def find_pay_errors(comparison: Comparison, index: int) -> list[Decimal]:
    """The relative errors that the source gives for the pay of a role, in percent; they stand with its averages."""
    lines = [comparison.by_key.get(f"salary.{time}_average") for time in ("annual", "hourly")]
    errors = [line.cells[index].error for line in lines if line]
    return [error for error in errors if error is not None]


def _judge_shares(comparison: Comparison, pair: Pair, time: str, by_shares: PayShares) -> PayVerdict:
    """One share is enough: the median of the other role may be too high for its source to publish."""
    of_first, of_second = by_shares.shares
    ahead = None
    if not by_shares.is_toss_up:
        first_is_ahead = of_first > TOSS_UP_SHARES[1] if of_first is not None else (of_second or 0) < TOSS_UP_SHARES[0]
        ahead = pair[0] if first_is_ahead else pair[1]
    key = f"salary.{time}_median"
    medians = [comparison.by_key[key].cells[index] for index in pair]
    cells = by_shares.cells
    beyond = (
        of_first is not None and _lies_beyond(medians[1], cells[0]),
        of_second is not None and _lies_beyond(medians[0], cells[1]),
    )
    gap, gap_percent = _measure_gap([cell.value for cell in medians if not cell.missing])
    return PayVerdict(
        pair, key, ahead, by_shares.is_toss_up, cells, by_shares.shares, beyond, gap=gap, gap_percent=gap_percent
    )


def _measure_gap(amounts: Sequence[Any]) -> tuple[Any, float]:
    """How far two amounts lie apart, and in percent of the lower; nothing where one of them is not known."""
    if len(amounts) < 2 or not min(amounts):
        return 0, 0.0
    gap = max(amounts) - min(amounts)
    return gap, float(100 * gap / min(amounts))


def _lies_beyond(median: Cell, cells: Sequence[Cell]) -> bool:
    """Whether a median is below or above all percentiles of another role, which ascend."""
    return bool(median.missing) or not cells[0].value <= median.value <= cells[-1].value


def _judge_figures(comparison: Comparison, first: int, second: int) -> PayVerdict | None:
    """Compare the first kind of pay that both roles have, and the ranges that belong to it."""
    for key in PAY_KEYS:
        cells = _find_two_cells(comparison, key, first, second)
        if cells and all(cell.value > 0 for cell in cells):
            ranges = _find_two_cells(comparison, "salary.range", first, second) if "annual" in key else None
            return _judge_cells((first, second), key, cells, ranges)
    return None


def _judge_cells(pair: Pair, key: str, cells: tuple[Cell, Cell], ranges: tuple[Cell, Cell] | None) -> PayVerdict:
    gap, gap_percent = _measure_gap([cell.value for cell in cells])
    ahead = None
    if gap_percent >= TOSS_UP_GAP:
        ahead = pair[0] if cells[0].value > cells[1].value else pair[1]
    of_first: tuple[Cell, ...] = (cells[0],)
    of_second: tuple[Cell, ...] = (cells[1],)
    shared = None
    if ranges:
        of_first, of_second = (*of_first, ranges[0]), (*of_second, ranges[1])
        shared = overlap(ranges[0].value, ranges[1].value)
    is_close = is_toss_up(gap_percent, shared)
    return PayVerdict(
        pair, key, ahead, is_close, (of_first, of_second), gap=gap, gap_percent=gap_percent, overlap=shared
    )


def _find_two_cells(comparison: Comparison, key: str, first: int, second: int) -> tuple[Cell, Cell] | None:
    """The cells of two roles in a row; None unless they can be compared."""
    line = comparison.by_key.get(key)
    if line is None:
        return None
    cells = line.cells[first], line.cells[second]
    return cells if all(cell.is_solid for cell in cells) and are_like_for_like(cells) else None


# -- growth, openings, ways in -----------------------------------------------------------------


def judge_openings(comparison: Comparison) -> Standing | None:
    """Openings a year, or the number of jobs where there are none."""
    openings = _judge_first(comparison, "openings", ("projection.openings_per_year",), has_more)
    return openings or _judge_first(comparison, "jobs", ("outlook.job_count",), has_more)


def has_more(more: int, less: int) -> bool:
    """Whether one count is clearly larger than another.

    >>> has_more(125, 100), has_more(124, 100), has_more(1, 0), has_more(0, 0)
    (True, False, True, False)
    """
    return more > less and 100 * (more - less) >= LEAD_IN_COUNTS * less


def judge_ways_in(comparison: Comparison) -> Standing | None:
    """Compare the shares of people who do the work without a bachelor's degree."""
    lines = [comparison.by_key.get(key) for key in WITHOUT_BACHELOR]
    if not all(lines):
        return None
    cells = {}
    for index in range(len(comparison.sides)):
        role_cells = [line.cells[index] for line in lines if line]
        if all(cell.is_solid for cell in role_cells):
            cells[index] = role_cells[0]._replace(value=sum(cell.value for cell in role_cells))
    return _judge_aspect("ways_in", WITHOUT_BACHELOR[0], cells, lambda more, less: more - less >= LEAD_IN_WAYS)


def sum_shares(comparison: Comparison, keys: Iterable[str]) -> list[Decimal] | None:
    """The shares of several levels of education added up, for each role; None unless all are known."""
    sums = [Decimal(0)] * len(comparison.sides)
    for key in keys:
        line = comparison.complete.get(key)
        if line is None:
            return None
        sums = [total + cell.value for total, cell in zip(sums, line.cells, strict=True)]
    return sums


def _judge_first(
    comparison: Comparison, aspect: str, keys: Iterable[str], is_ahead: Callable[[Any, Any], bool]
) -> Standing | None:
    """Compare the roles in the first of these rows in which two of them can be compared."""
    for key in keys:
        line = comparison.by_key.get(key)
        if line:
            cells = {index: cell for index, cell in enumerate(line.cells) if cell.is_solid}
            standing = _judge_aspect(aspect, key, cells, is_ahead)
            if standing:
                return standing
    return None


def _judge_aspect(
    aspect: str, key: str, cells: Mapping[int, Cell], is_ahead: Callable[[Any, Any], bool]
) -> Standing | None:
    """Compare only the largest set of like-for-like figures."""
    by_terms: dict[tuple[Any, ...], dict[int, Any]] = {}
    for index, cell in cells.items():
        by_terms.setdefault(_list_terms(cell), {})[index] = cell.value
    values = max(by_terms.values(), key=len, default={})
    if len(values) < 2:
        return None
    behind = {}
    for index, value in values.items():
        behind[index] = [other for other in values if is_ahead(value, values[other])]
    return Standing(aspect, key, values, behind)


# -- what can be compared ----------------------------------------------------------------------


def are_like_for_like(cells: Iterable[Cell]) -> bool:
    """Whether figures are of one publisher, release and place, and for the same years."""
    return len({_list_terms(cell) for cell in cells}) == 1


def _list_terms(cell: Cell) -> tuple[Any, ...]:
    return cell.publisher, cell.release, cell.years, cell.area
