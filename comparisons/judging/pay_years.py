"""The median pay of roles over the years, in the dollars of each year, and how it has changed, as plain data."""

from collections.abc import Mapping, Sequence
from itertools import chain, pairwise
from typing import NamedTuple

from comparisons.comparison import Comparison
from comparisons.formats import Number
from comparisons.judging.state_pay import MEDIANS
from comparisons.queries.current_role import YearEntry

# Fewer years make no line.
FEWEST_YEARS = 2
# In this year the wage survey went over to a new classification: occupations that begin in it were counted in others.
CLASSIFIED_ANEW = 2021


class PayChange(NamedTuple):
    """Of one role's median from the first year to the last."""

    first: int
    last: int
    percent: float


class PayYears(NamedTuple):
    """`time`: "annual" or "hourly". `years`: every year of the releases, in order. `entries` and `pay`: for each role
    year -> what its release has, and year -> median of that time; fewer than two of these make no line."""

    time: str
    years: Sequence[int]
    entries: Sequence[Mapping[int, YearEntry]]
    pay: Sequence[Mapping[int, Number]]

    @property
    def drawn(self) -> list[int]:
        """The roles that have a line."""
        return [index for index, pay in enumerate(self.pay) if len(pay) >= FEWEST_YEARS]

    @property
    def common(self) -> list[int]:
        """The years in which every role that has a line has a median."""
        return [year for year in self.years if all(year in self.pay[index] for index in self.drawn)]

    @property
    def base(self) -> int | None:
        """The year that changes are counted from; None where the roles have too few years in common."""
        return self.common[0] if len(self.common) >= FEWEST_YEARS else None

    def change(self, index: int) -> PayChange:
        """Over the years that all have in common, else over those of the role itself."""
        years = self.common if self.base else sorted(self.pay[index])
        first, last = years[0], years[-1]
        start, end = float(self.pay[index][first]), float(self.pay[index][last])
        return PayChange(first, last, 100 * (end - start) / start)

    def runs(self, index: int) -> list[list[int]]:
        """The years of a role's line: those that follow one another together.

        >>> PayYears("annual", [], [], [{2019: 1, 2020: 2, 2022: 3}]).runs(0)
        [[2019, 2020], [2022]]
        """
        years = sorted(self.pay[index])
        runs = [years[:1]]
        for year, following in pairwise(years):
            if following == year + 1:
                runs[-1].append(following)
            else:
                runs.append([following])
        return runs

    def begins_anew(self, index: int) -> bool:
        """Whether a role begins with the new classification, and other roles before it."""
        return bool(self.pay[index]) and min(self.pay[index]) == CLASSIFIED_ANEW > self.years[0]


def read_pay_years(comparison: Comparison) -> PayYears | None:
    """None where no role has two medians a year or an hour. Chooses the time that most roles have."""
    entries = [{entry.year: entry for entry in side.role.history} for side in comparison.sides]
    by_time = {time: [_medians(role_entries, figure) for role_entries in entries] for time, figure in MEDIANS.items()}
    time = max(MEDIANS, key=lambda time: sum(len(pay) >= FEWEST_YEARS for pay in by_time[time]))
    drawn = [pay for pay in by_time[time] if len(pay) >= FEWEST_YEARS]
    if not drawn:
        return None
    return PayYears(time, sorted(set(chain.from_iterable(entries))), entries, by_time[time])


def _medians(entries: Mapping[int, YearEntry], figure: str) -> dict[int, Number]:
    """Without pay of nothing, which no change can be counted from."""
    return {year: entry.figure(figure) for year, entry in entries.items() if entry.figure(figure)}
