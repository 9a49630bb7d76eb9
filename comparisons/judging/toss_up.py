"""Whether pay is a toss-up between two roles: by percentiles where both have them, else by averages and ranges."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from comparisons.comparison import Cell, Comparison
from comparisons.row_formats import overlap
from comparisons.thresholds import TOSS_UP_SHARES, allows_ratio, is_toss_up, is_toss_up_by_shares

# Percent of the people who earn less -> the figure of pay.
PERCENTILES = {10: "p10", 25: "p25", 50: "median", 75: "p75", 90: "p90"}

Shares = tuple[float | None, float | None]


class TossUp(NamedTuple):
    """The verdict on two roles, and what it is made from.

    `shares`: how many percent of the first role's people earn more than the second's median, and of the second's more
    than the first's; None where the verdict goes by averages and ranges, and None for a share that is not known,
    where the other one is enough. `cells`: of the first role and of the second.
    """

    holds: bool
    cells: tuple[tuple[Cell, ...], tuple[Cell, ...]]
    shares: Shares | None = None


def judge_toss_up(comparison: Comparison, first: int, second: int) -> TossUp | None:
    """The verdict on two roles, by their places in the comparison; None where too little is known."""
    for time in ("annual", "hourly"):
        average = comparison.by_key.get(f"salary.{time}_average")
        if average and not allows_ratio(average.cells[first].error, average.cells[second].error):
            return None
    for time in ("annual", "hourly"):
        by_percentiles = _judge_by_percentiles(comparison, time, first, second)
        if by_percentiles:
            return by_percentiles
    return _judge_by_averages(comparison, first, second)


def _judge_by_percentiles(comparison: Comparison, time: str, first: int, second: int) -> TossUp | None:
    by_shares = share_pay(comparison, time, first, second)
    if by_shares is None or (None in (by_shares.shares or ()) and not by_shares.holds):
        return None  # one share says that it is a toss-up, but only both say that it is none
    return by_shares


def share_pay(comparison: Comparison, time: str, first: int, second: int) -> TossUp | None:
    """Which share of each role's people earns more than the other's median; None unless one of the two is known.

    `time`: "annual" or "hourly".
    """
    cells, other_cells = percentile_cells(comparison, time, first), percentile_cells(comparison, time, second)
    if not ascend(_values(cells)) or not ascend(_values(other_cells)):
        return None
    shares = _share_above_median(cells, other_cells), _share_above_median(other_cells, cells)
    known_shares = [share for share in shares if share is not None]
    if not known_shares:
        return None
    return TossUp(is_toss_up_by_shares(*known_shares), (tuple(cells.values()), tuple(other_cells.values())), shares)


def _share_above_median(cells: dict[int, Cell], other_cells: dict[int, Cell]) -> float | None:
    """How many percent of one role's people earn more than the other's median; None where that is not known."""
    median = other_cells.get(50)
    return share_above(float(median.value), _values(cells)) if median else None


def percentile_cells(comparison: Comparison, time: str, index: int) -> dict[int, Cell]:
    """Percentile -> its cell, for the known ones."""
    cells = {}
    for percentile, figure in PERCENTILES.items():
        cell = comparison.cell(f"salary.{time}_{figure}", index)
        if cell:
            cells[percentile] = cell
    return cells


def _values(cells: dict[int, Cell]) -> list[tuple[int, float]]:
    return [(percentile, float(cell.value)) for percentile, cell in cells.items()]


def share_above(amount: float, percentiles: Sequence[tuple[int, float]]) -> float | None:
    """How many percent earn more than an amount, by straight lines between the percentiles, which ascend.

    Beyond the outer percentiles it is the share that earns at most or at least so much, if that is enough to tell that
    it is no toss-up. None where nothing can be said, or where the percentiles do not ascend.

    >>> known = [(25, 30_000), (50, 40_000), (75, 60_000)]
    >>> share_above(44_000, known), share_above(40_000, known), share_above(70_000, known), share_above(20_000, known)
    (45.0, 50.0, 25.0, 75.0)
    >>> share_above(44_000, [(25, 30_000), (50, 40_000)]), share_above(44_000, [(25, 60_000), (50, 40_000)])
    (None, None)
    """
    if len(percentiles) < 2 or not ascend(percentiles):
        return None
    (lowest, low_pay), (highest, high_pay) = percentiles[0], percentiles[-1]
    fewest, most = TOSS_UP_SHARES
    if amount < low_pay:
        return 100.0 - lowest if 100 - lowest > most else None
    if amount >= high_pay:
        return 100.0 - highest if 100 - highest < fewest or amount == high_pay else None
    for (percentile, pay), (next_percentile, next_pay) in pairwise(percentiles):
        if pay <= amount < next_pay:
            return 100 - percentile - (next_percentile - percentile) * (amount - pay) / (next_pay - pay)
    return None


def ascend(percentiles: Sequence[tuple[int, float]]) -> bool:
    return all(pay <= next_pay for (_, pay), (_, next_pay) in pairwise(percentiles))


def _judge_by_averages(comparison: Comparison, first: int, second: int) -> TossUp | None:
    average, span = comparison.by_key.get("salary.annual_average"), comparison.by_key.get("salary.range")
    if not average or not span:
        return None
    averages = average.cells[first], average.cells[second]
    ranges = span.cells[first], span.cells[second]
    if not all(cell.value for cell in (*averages, *ranges)):
        return None
    share = overlap(ranges[0].value, ranges[1].value)
    if share is None:
        return None
    low, high = sorted(cell.value for cell in averages)
    cells = (averages[0], ranges[0]), (averages[1], ranges[1])
    return TossUp(is_toss_up(100 * (high - low) / low, share), cells)
