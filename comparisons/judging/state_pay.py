"""The median pay of roles by state: what they are compared by, and who earns most in how many states. Data without
words.

The District of Columbia counts as a state, the territories do not: they stand in tables alone.
"""

from collections.abc import Mapping, Sequence, Sized
from typing import NamedTuple

from careers.areas import AREAS, Area, is_territory
from comparisons.comparison import Comparison, Side
from comparisons.formats import Number
from comparisons.queries.current_role import FigureRow, YearEntry
from comparisons.queries.price_levels import PriceLevel, read_price_levels

# Postal codes.
STATES = frozenset([area.state for area in AREAS.values() if not is_territory(area)])
# Time of pay -> the figure of a row that is the median.
MEDIANS = {"annual": "median", "hourly": "hourly_median"}


class PayByState(NamedTuple):
    """`time`: "annual" or "hourly". `rows`: for each role postal code -> its row, none for a role without figures by
    state. `pay`: the same for the medians of that time, of which rows may have none; `states`: without territories;
    `adjusted`: at the prices of the whole country, without the states that have no price level. `country`: for each
    role the entry of the whole country in the same year; `country_pay`: its median. `levels`: postal code -> price
    level. `is_like_for_like`: the figures of all roles are of one publisher and release, so they can be compared."""

    time: str
    areas: Sequence[Area]
    rows: Sequence[Mapping[str, FigureRow]]
    pay: Sequence[Mapping[str, Number]]
    states: Sequence[Mapping[str, Number]]
    adjusted: Sequence[Mapping[str, Number]]
    country: Sequence[YearEntry | None]
    country_pay: Sequence[Number | None]
    levels: Mapping[str, PriceLevel]
    is_like_for_like: bool

    @property
    def any_level(self) -> PriceLevel | None:
        """One of the price levels, which are all of one year and source."""
        return next(iter(self.levels.values()), None)


def read_state_pay(comparison: Comparison) -> PayByState | None:
    """None where no role has a median in any state. Chooses the unit of time that most roles have, the year if
    equal."""
    rows = [{entry.area.state: entry.row for entry in side.role.area_pay} for side in comparison.sides]
    by_time = {time: [_list_medians(role_rows, figure) for role_rows in rows] for time, figure in MEDIANS.items()}
    time = choose_time(by_time, 1)
    if not any(by_time[time]):
        return None
    levels = read_price_levels(comparison.revision)
    country = list(map(_find_country_entry, comparison.sides))
    sources = [side.list_sources["area_pay"] for side in comparison.sides if side.role.area_pay]
    return PayByState(
        time=time,
        areas=_list_areas(comparison),
        rows=rows,
        pay=by_time[time],
        states=[{state: amount for state, amount in pay.items() if state in STATES} for pay in by_time[time]],
        adjusted=[
            {state: levels[state].adjust(amount) for state, amount in pay.items() if state in levels}
            for pay in by_time[time]
        ],
        country=country,
        country_pay=[entry.figure(MEDIANS[time]) if entry else None for entry in country],
        levels=levels,
        is_like_for_like=len({(source.publisher, source.release) for source in sources}) == 1,
    )


def _list_areas(comparison: Comparison) -> list[Area]:
    """The areas for which any of the roles has figures, by name."""
    areas: dict[str, Area] = {}
    for side in comparison.sides:
        areas |= {entry.area.state: entry.area for entry in side.role.area_pay}
    return sorted(areas.values(), key=lambda area: area.name)


def choose_time(by_time: Mapping[str, Sequence[Sized]], least: int) -> str:
    """The time of pay for which most roles have at least so many medians, the year if equal."""
    return max(by_time, key=lambda time: sum(len(medians) >= least for medians in by_time[time]))


def _list_medians(rows: Mapping[str, FigureRow], figure: str) -> dict[str, Number]:
    return {state: getattr(row, figure) for state, row in rows.items() if getattr(row, figure) is not None}


def _find_country_entry(side: Side) -> YearEntry | None:
    source = side.list_sources.get("area_pay")
    if source is None or source.figures_of is None:
        return None
    return next((entry for entry in side.role.history if entry.year == source.figures_of.year), None)


class StateLeads(NamedTuple):
    """In how many states each role earns most alone. `states`: those in which all of the roles have a figure. `led_by`:
    for each role those of them in which it earns most."""

    roles: Sequence[int]
    states: Sequence[str]
    led_by: Mapping[int, Sequence[str]]


def count_leads(by_state: PayByState) -> StateLeads:
    """Count over the states in which all roles with figures by state have one; none where only territories do."""
    roles = [index for index, pay in enumerate(by_state.states) if pay]
    compared = [by_state.states[index] for index in roles]
    common = set.intersection(*map(set, compared)) if compared else set()
    states = [area.state for area in by_state.areas if area.state in common]
    led_by: dict[int, list[str]] = {index: [] for index in roles}
    for state in states:
        amounts = [pay[state] for pay in compared]
        highest = max(amounts)
        if amounts.count(highest) == 1:
            led_by[roles[amounts.index(highest)]].append(state)
    return StateLeads(roles, states, led_by)


def find_best_state(pay: Mapping[str, Number]) -> str:
    """The state that pays most, of several the first by its postal code."""
    return min(pay, key=lambda state: (-pay[state], state))
