"""Which share of one role's people earns more than the median of another role, by the published percentiles."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import inf
from typing import NamedTuple

from careers.vocabulary import TOO_HIGH
from comparisons.comparison import Cell, Comparison
from comparisons.thresholds import TOSS_UP_SHARES, is_toss_up_by_shares

# Percent of the people who earn less -> the figure of pay.
PERCENTILES = {10: "p10", 25: "p25", 50: "median", 75: "p75", 90: "p90"}

Shares = tuple[float | None, float | None]


class PayShares(NamedTuple):
    """`shares`: how many percent of the first role's people earn more than the second's median, and of the second's
    more than the first's; None for one that is not known. `is_toss_up`: they make it one. `cells`: the percentiles of
    the first role and of the second.
    """

    shares: Shares
    is_toss_up: bool
    cells: tuple[tuple[Cell, ...], tuple[Cell, ...]]


def share_pay(comparison: Comparison, time: str, first: int, second: int) -> PayShares | None:
    """How two roles overlap in pay; None unless one of the two shares is known.

    `time`: "annual" or "hourly". `first`, `second`: indexes of the roles.
    """
    cells, other_cells = find_percentiles(comparison, time, first), find_percentiles(comparison, time, second)
    if cells is None or other_cells is None:
        return None
    medians = _find_median(comparison, time, first, cells), _find_median(comparison, time, second, other_cells)
    shares = share_above(medians[1], _list_values(cells)), share_above(medians[0], _list_values(other_cells))
    known_shares = [share for share in shares if share is not None]
    if not known_shares:
        return None
    cells_of_both = tuple(cells.values()), tuple(other_cells.values())
    return PayShares(shares, is_toss_up_by_shares(*known_shares), cells_of_both)


def _find_median(comparison: Comparison, time: str, index: int, cells: Mapping[int, Cell]) -> float | None:
    """The median of a role, infinite where it is too high for its source to publish. `index`: of the role."""
    if 50 in cells:
        return float(cells[50].value)
    line = comparison.by_key.get(f"salary.{time}_median")
    return inf if line and line.cells[index].missing == TOO_HIGH else None


def find_percentiles(comparison: Comparison, time: str, index: int) -> dict[int, Cell] | None:
    """Percentile -> its cell, for the known ones; None where their amounts do not ascend."""
    cells = {}
    for percentile, figure in PERCENTILES.items():
        cell = comparison.published[index].get(f"salary.{time}_{figure}")
        if cell:
            cells[percentile] = cell
    does_ascend = all(cell.value <= above.value for cell, above in pairwise(cells.values()))
    return cells if does_ascend else None


def _list_values(cells: dict[int, Cell]) -> list[tuple[int, float]]:
    return [(percentile, float(cell.value)) for percentile, cell in cells.items()]


def share_above(amount: float | None, percentiles: Sequence[tuple[int, float]]) -> float | None:
    """How many percent earn more than an amount, by straight lines between the percentiles, which ascend.

    Beyond the outer percentiles it is the share that earns at most or at least so much, if that is enough to tell that
    it is no toss-up. None where nothing can be said.

    >>> known = [(25, 30_000), (50, 40_000), (75, 60_000)]
    >>> share_above(44_000, known), share_above(40_000, known), share_above(70_000, known), share_above(20_000, known)
    (45.0, 50.0, 25.0, 75.0)
    """
    if amount is None or len(percentiles) < 2:
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
