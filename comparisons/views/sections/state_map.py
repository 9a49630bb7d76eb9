"""Pay of one role by state: a map of equal tiles, and every state in a table."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from careers.areas import AREAS, in_area
from comparisons import formats
from comparisons.comparison import Comparison
from comparisons.formats import Number
from comparisons.judging.state_pay import MEDIANS, STATES, read_state_pay
from comparisons.language.amounts import PER_TIME
from comparisons.language.messages import absent_values
from comparisons.language.verdict.state_findings import NO_STATE
from comparisons.queries.current_role import AreaPayEntry, CitedPage, FigureRow
from comparisons.queries.place import Place
from comparisons.views.sections.cited_sources import cite_pages
from comparisons.views.sections.origins import OriginNote
from comparisons.views.sections.places import build_states_note, explain_no_median

# The tiles line by line, each with its column; territories have no tile.
_TILES = (
    "AK0 ME10 WI5 VT9 NH10 WA0 ID1 MT2 ND3 MN4 IL5 MI6 NY8 MA9 OR0 NV1 WY2 SD3 IA4 IN5 OH6 PA7 NJ8 CT9 RI10 CA0 UT1 "
    "CO2 NE3 MO4 KY5 WV6 VA7 MD8 DE9 AZ1 NM2 KS3 AR4 TN5 NC6 SC7 DC8 OK3 LA4 MS5 AL6 GA7 HI0 TX3 FL8"
)
TILES = [(text[:2], int(text[2:])) for text in _TILES.split()]
# How many shades the map has. With fewer states than this it would say little.
SHADES, FEWEST_STATES = 5, 10
_NAMED = 3


class Tile(NamedTuple):
    """`css_class`: its column and its shade, 0 for a state without a figure. `tooltip`: the state and its pay."""

    state: str
    css_class: str
    tooltip: str


class MapShade(NamedTuple):
    css_class: str
    text: str


class MappedState(NamedTuple):
    """A line of the table. `address`: the page with this state chosen. `adjusted`: pay at the prices of the whole
    country, "" where it is not known."""

    name: str
    address: str
    pay: str
    adjusted: str
    jobs: str


class StateMap(NamedTuple):
    """`tiles`: none where too few states have a figure. `note`: what the figures are, and the best paid at local
    prices. `levels`: the source of the price levels, None for none. `origins`: of the figures; None where there are
    none."""

    finding: str
    tiles: Sequence[Tile]
    shades: Sequence[MapShade]
    note: str
    states: Sequence[MappedState]
    has_adjusted: bool
    sources: Sequence[str]
    levels: CitedPage | None
    origins: OriginNote | None


def draw_state_map(comparison: Comparison, place: Place | None) -> StateMap | None:
    """Of a page of one role; None where its source has no figures by state. `place`: the state that is chosen."""
    [side] = comparison.sides
    entries = sorted(side.role.area_pay, key=lambda entry: entry.area.name)
    if not entries:
        return None
    by_state = read_state_pay(comparison)
    time, level, origins = "hourly", None, None
    pay: Mapping[str, Number] = {}
    adjusted: Mapping[str, Number] = {}
    if by_state:
        time, pay, adjusted = by_state.time, by_state.states[0], by_state.adjusted[0]
        level = by_state.any_level if adjusted else None
        origins = build_states_note(comparison, by_state)
    source = side.list_sources["area_pay"]
    ends = _find_ends(pay)
    return StateMap(
        finding=_write_finding(pay, adjusted),
        tiles=[_draw_tile(state, column, pay.get(state), ends) for state, column in TILES] if ends else [],
        shades=_list_shades(ends),
        note=_write_note(time, source.release, adjusted, level.year if level else None),
        states=[_build_line(entry, time, adjusted.get(entry.area.state), place) for entry in entries],
        has_adjusted=bool(adjusted),
        sources=cite_pages([source, level.source if level else None]),
        levels=level.source if level else None,
        origins=origins,
    )


def _find_ends(pay: Mapping[str, Number]) -> list[Number]:
    """Where each shade but the first begins; none for a map that is not drawn."""
    values = sorted(pay.values())
    if len(values) < FEWEST_STATES or values[0] == values[-1]:
        return []
    return [values[len(values) * step // SHADES] for step in range(1, SHADES)]


def _draw_tile(state: str, column: int, amount: Number | None, ends: Sequence[Number]) -> Tile:
    name = AREAS[state].name
    if amount is None:
        return Tile(state, f"c{column} q0", f"{name}: not published")
    shade = 1 + sum(amount >= end for end in ends)
    return Tile(state, f"c{column} q{shade}", f"{name} {formats.dollars(amount)}")


def _list_shades(ends: Sequence[Number]) -> list[MapShade]:
    """
    >>> [shade.text for shade in _list_shades([82_000, 85_000, 96_000, 103_000])]
    ['under $82k', '$82k to $85k', '$85k to $96k', '$96k to $103k', '$103k and over']
    """
    if not ends:
        return []
    texts = [f"under {formats.short_dollars(ends[0])}"]
    for low, high in pairwise(ends):
        texts.append(f"{formats.short_dollars(low)} to {formats.short_dollars(high)}")
    texts.append(f"{formats.short_dollars(ends[-1])} and over")
    return [MapShade(f"q{number}", text) for number, text in enumerate(texts, start=1)]


def _write_finding(pay: Mapping[str, Number], adjusted: Mapping[str, Number]) -> str:
    """
    >>> _write_finding({"CA": 140.0, "OR": 120.0}, {"CA": 126.0, "OR": 124.0})
    'Highest in California, even after adjusting for prices'
    >>> _write_finding({"CA": 140.0, "OR": 120.0}, {"CA": 120.0, "OR": 124.0})
    'Highest in California; after adjusting for prices, in Oregon'
    >>> _write_finding({"CT": 140.0, "HI": 140.0}, {"CT": 124.0, "HI": 126.0})
    'Highest in Connecticut and in Hawaii; after adjusting for prices, in Hawaii'
    >>> _write_finding({"DC": 140.0}, {}), _write_finding({}, {})
    ('Highest in the District of Columbia', 'No state has a published median')
    """
    if not pay:
        return NO_STATE
    highest = max(pay.values())
    best = sorted(state for state in pay if pay[state] == highest)
    words = f"Highest {formats.listed([in_area(AREAS[state]) for state in best])}"
    adjusted = {state: amount for state, amount in adjusted.items() if state in STATES}
    if len(adjusted) < len(pay):
        return words
    best_adjusted = max(adjusted, key=lambda state: adjusted[state])
    if best == [best_adjusted]:
        return f"{words}, even after adjusting for prices"
    return f"{words}; after adjusting for prices, {in_area(AREAS[best_adjusted])}"


def _write_note(time: str, release: str, adjusted: Mapping[str, Number], year_of_prices: int | None) -> str:
    """`year_of_prices`: None where there is nothing to adjust by.

    >>> _write_note("annual", "May 2025", {"AR": 53_453, "DC": 106_123}, 2024).partition(". ")[2]
    'In local prices (2024), computed here, most in the District of Columbia $106,123, Arkansas $53,453.'
    """
    when = f", {release}" if release else ""
    note = f"Median {PER_TIME[time]} by state{when}."
    if year_of_prices is None:
        return note
    best = sorted(adjusted, key=lambda state: -adjusted[state])[:_NAMED]
    places = [f"{in_area(AREAS[state]).removeprefix('in ')} {formats.dollars(adjusted[state])}" for state in best]
    return f"{note} In local prices ({year_of_prices}), computed here, most in {', '.join(places)}."


def _build_line(entry: AreaPayEntry, time: str, adjusted: Number | None, place: Place | None) -> MappedState:
    return MappedState(
        entry.area.name,
        Place(entry.area, place is not None and place.adjusted).query,
        _write_pay(entry.row, time),
        "" if adjusted is None else formats.dollars(adjusted),
        _write_jobs(entry.row),
    )


def _write_pay(row: FigureRow, time: str) -> str:
    """Pay by the hour says so in a table of pay by the year."""
    amount = getattr(row, MEDIANS[time])
    if amount is not None:
        return formats.dollars(amount)
    if row.hourly_median is not None:
        return f"{formats.dollars(row.hourly_median)} an hour"
    return explain_no_median(row, time)


def _write_jobs(row: FigureRow) -> str:
    if row.jobs is not None:
        return formats.plain(row.jobs)
    return absent_values.explain_missing_figure(row.evidence.get("jobs", {}))
