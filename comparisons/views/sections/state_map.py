"""Pay of one role by state: a map of equal tiles, and every state in a table."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from careers.areas import AREAS, in_area
from comparisons import formats
from comparisons.charts.lanes import short_dollars
from comparisons.comparison import Comparison
from comparisons.language import messages
from comparisons.queries.current_role import AreaPayEntry
from comparisons.queries.place import Place
from comparisons.queries.price_levels import PriceLevel, read_price_levels
from comparisons.views.sections.heading_sources import cite_pages
from comparisons.views.sections.origins import OriginNote
from comparisons.views.sections.places import places_part

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
    """`css_class`: its column and its shade, 0 for a state without a figure. `says`: the state and its pay."""

    state: str
    css_class: str
    says: str


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
    prices. `origins`: of the figures; None where there are none."""

    finding: str
    tiles: Sequence[Tile]
    shades: Sequence[MapShade]
    note: str
    states: Sequence[MappedState]
    has_adjusted: bool
    sources: Sequence[str]
    origins: OriginNote | None


def state_map(comparison: Comparison, place: Place | None = None) -> StateMap | None:
    """Of a page of one role; None where its source has no figures by state. `place`: the state that is chosen."""
    [side] = comparison.sides
    entries = sorted(side.role.area_pay, key=lambda entry: entry.area.name)
    if not entries:
        return None
    in_places = places_part(comparison)
    source = side.list_sources["area_pay"]
    levels = read_price_levels(comparison.revision)
    unit = "annual" if any(entry.row.median is not None for entry in entries) else "hourly"
    medians = {entry.area.state: _median(entry, unit) for entry in entries}
    pay = {state: amount for state, amount in medians.items() if amount is not None}
    adjusted = {state: 100 * amount / float(levels[state].level) for state, amount in pay.items() if state in levels}
    ends = _ends(pay)
    level_sources = [level.source for level in list(levels.values())[:1]] if adjusted else []
    return StateMap(
        _finding(_of_tiles(pay), _of_tiles(adjusted)),
        _tiles(pay, ends),
        _shades(ends),
        _note(unit, source.release, adjusted, levels),
        [_line(entry, unit, adjusted.get(entry.area.state), place) for entry in entries],
        bool(adjusted),
        cite_pages([source, *level_sources]),
        in_places.origins if in_places else None,
    )


def _tiles(pay: Mapping[str, float], ends: Sequence[float]) -> list[Tile]:
    """None for a map that is not drawn."""
    return [_tile(state, column, pay.get(state), ends) for state, column in TILES] if ends else []


def _median(entry: AreaPayEntry, unit: str) -> float | None:
    value = entry.row.median if unit == "annual" else entry.row.hourly_median
    return None if value is None else float(value)


def _of_tiles(pay: Mapping[str, float]) -> dict[str, float]:
    """Without the territories."""
    return {state: amount for state, amount in pay.items() if state in dict(TILES)}


def _ends(pay: Mapping[str, float]) -> list[float]:
    """Where each shade but the first begins; none for a map that is not drawn."""
    values = sorted(_of_tiles(pay).values())
    if len(values) < FEWEST_STATES or values[0] == values[-1]:
        return []
    return [values[len(values) * step // SHADES] for step in range(1, SHADES)]


def _tile(state: str, column: int, amount: float | None, ends: Sequence[float]) -> Tile:
    name = AREAS[state].name
    if amount is None:
        return Tile(state, f"c{column} q0", f"{name}: not published")
    shade = 1 + sum(amount >= end for end in ends)
    return Tile(state, f"c{column} q{shade}", f"{name} {_dollars(amount)}")


def _dollars(amount: float) -> str:
    return formats.dollars(int(amount) if amount == int(amount) else round(amount, 2))


def _shades(ends: Sequence[float]) -> list[MapShade]:
    """
    >>> [shade.text for shade in _shades([82_000, 85_000, 96_000, 103_000])]
    ['under $82k', '$82k to $85k', '$85k to $96k', '$96k to $103k', '$103k and over']
    """
    if not ends:
        return []
    texts = [f"under {short_dollars(ends[0])}"]
    for low, high in pairwise(ends):
        texts.append(f"{short_dollars(low)} to {short_dollars(high)}")
    texts.append(f"{short_dollars(ends[-1])} and over")
    return [MapShade(f"q{number}", text) for number, text in enumerate(texts, start=1)]


def _finding(pay: Mapping[str, float], adjusted: Mapping[str, float]) -> str:
    """
    >>> _finding({"CA": 140.0, "OR": 120.0}, {"CA": 126.0, "OR": 124.0})
    'Highest in California, even after adjusting for prices'
    >>> _finding({"CA": 140.0, "OR": 120.0}, {"CA": 120.0, "OR": 124.0})
    'Highest in California; after adjusting for prices, in Oregon'
    >>> _finding({"DC": 140.0}, {}), _finding({}, {})
    ('Highest in the District of Columbia', 'No state has a published median')
    """
    if not pay:
        return "No state has a published median"
    best = max(pay, key=lambda state: pay[state])
    words = f"Highest {in_area(AREAS[best])}"
    if len(adjusted) < len(pay):
        return words
    cheapest = max(adjusted, key=lambda state: adjusted[state])
    if cheapest == best:
        return f"{words}, even after adjusting for prices"
    return f"{words}; after adjusting for prices, {in_area(AREAS[cheapest])}"


def _note(unit: str, release: str, adjusted: Mapping[str, float], levels: Mapping[str, PriceLevel]) -> str:
    when = f", {release}" if release else ""
    note = f"Median {'a year' if unit == 'annual' else 'an hour'} by state{when}."
    if not adjusted:
        return note
    best = sorted(adjusted, key=lambda state: -adjusted[state])[:_NAMED]
    best_paid = ", ".join([f"{AREAS[state].name} {_adjusted_text(adjusted[state], unit)}" for state in best])
    year = levels[best[0]].year
    return f"{note} In local prices ({year}), computed here, most in {best_paid}."


def _adjusted_text(amount: float, unit: str) -> str:
    return formats.dollars(round(amount)) if unit == "annual" else f"${amount:.2f}"


def _line(entry: AreaPayEntry, unit: str, adjusted: float | None, place: Place | None) -> MappedState:
    return MappedState(
        entry.area.name,
        Place(entry.area, place is not None and place.adjusted).query,
        _pay_text(entry, unit),
        "" if adjusted is None else _adjusted_text(adjusted, unit),
        _jobs_text(entry),
    )


def _pay_text(entry: AreaPayEntry, unit: str) -> str:
    """Pay by the hour says so in a table of pay by the year."""
    amount = _median(entry, unit)
    if amount is not None:
        return formats.dollars(int(amount)) if unit == "annual" else f"${amount:.2f}"
    if entry.row.hourly_median is not None:
        return f"{formats.dollars(entry.row.hourly_median)} an hour"
    return messages.missing_figure(entry.row.evidence.get("median", {}))


def _jobs_text(entry: AreaPayEntry) -> str:
    if entry.row.jobs is not None:
        return formats.plain(entry.row.jobs)
    return messages.missing_figure(entry.row.evidence.get("jobs", {}))
