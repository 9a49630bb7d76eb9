"""The median pay of roles over the years, in the dollars of each year, and how it has changed, as plain data."""

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from comparisons.comparison import Comparison
from comparisons.formats import Number
from comparisons.judging.state_pay import MEDIANS, choose_time
from comparisons.queries.current_role import YearEntry

# Fewer years make no line.
FEWEST_YEARS = 2


class PayChange(NamedTuple):
    """How one role's median changed from the first year to the last."""

    first: int
    last: int
    percent: float


class PayYears(NamedTuple):
    """`time`: "annual" or "hourly". `years`: every year of the releases, in order. `entries` and `pay`: for each role
    year -> what its release has, and year -> median of that time. `drawn`: the roles that have a line. `base`: the year
    that changes are counted from; None where the roles have too few years in common. `changes`: of the drawn roles."""

    time: str
    years: Sequence[int]
    entries: Sequence[Mapping[int, YearEntry]]
    pay: Sequence[Mapping[int, Number]]
    drawn: Sequence[int]
    base: int | None
    changes: Sequence[PayChange]


def read_pay_years(comparison: Comparison) -> PayYears | None:
    """None where no role has two medians a year or an hour. Chooses the unit of time that most roles have."""
    entries = [{entry.year: entry for entry in side.role.history} for side in comparison.sides]
    by_time = {
        time: [_list_medians(role_entries, figure) for role_entries in entries] for time, figure in MEDIANS.items()
    }
    time = choose_time(by_time, FEWEST_YEARS)
    pay = by_time[time]
    drawn = [index for index, role_pay in enumerate(pay) if len(role_pay) >= FEWEST_YEARS]
    if not drawn:
        return None
    years = sorted(set(chain.from_iterable(entries)))
    common = sorted(set.intersection(*[set(pay[index]) for index in drawn]))
    if len(common) < FEWEST_YEARS:
        common = []
    # Over the years that all have in common, else over those of each role itself.
    changes = [_measure_change(pay[index], common or sorted(pay[index])) for index in drawn]
    return PayYears(time, years, entries, pay, drawn, common[0] if common else None, changes)


def _list_medians(entries: Mapping[int, YearEntry], figure: str) -> dict[int, Number]:
    """Year -> median. A median of zero is left out, because no change can be counted from it."""
    medians = {}
    for year, entry in entries.items():
        median = entry.figure(figure)
        if median:
            medians[year] = median
    return medians


def _measure_change(pay: Mapping[int, Number], years: Sequence[int]) -> PayChange:
    first, last = years[0], years[-1]
    start, end = float(pay[first]), float(pay[last])
    return PayChange(first, last, 100 * (end - start) / start)
