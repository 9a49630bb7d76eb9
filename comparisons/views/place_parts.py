"""What pages say of states: the form that chooses one, and pay adjusted for prices."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from careers.areas import AREAS, Area, in_area
from careers.vocabulary import LABELS
from comparisons import formats
from comparisons.comparison import Comparison, Side
from comparisons.language import messages
from comparisons.language.titles import capital
from comparisons.language.verdict.role_names import list_people
from comparisons.queries.current_role import CitedPage
from comparisons.queries.place import AdjustedPay, Place, adjust_pay, find_price_level
from comparisons.views.tables import CellText, TableRow


class PlaceForm(NamedTuple):
    """The form that chooses a state. `areas`: those that can be chosen. `chosen`: postal code, "" for none.

    `statement`: of which state the figures are. `notes`: for which roles they are not, and what was not understood.
    `hidden`: name -> value, for other forms of the page.
    """

    areas: list[Area]
    chosen: str
    adjusted: bool
    statement: str
    notes: list[str]
    hidden: dict[str, str]


def place_form(comparison: Comparison, place: Place | None, unknown: str) -> PlaceForm | None:
    """None where no role has figures by state and none was asked for. `unknown`: what names no state."""
    listed = {entry.area.state for side in comparison.sides for entry in side.role.area_pay}
    if not listed and place is None and not unknown:
        return None
    notes = [messages.unknown_place(unknown)] if unknown else []
    if place is None:
        return PlaceForm(_areas(listed), "", False, "", notes, {})
    notes += _notes_on_states(comparison)
    chosen, statement = place.area.state, _statement(comparison, place.area)
    return PlaceForm(_areas({*listed, chosen}), chosen, place.adjusted, statement, notes, place.fields)


def _notes_on_states(comparison: Comparison) -> list[str]:
    """Why figures are not those of the chosen state; roles of which the same is to be said share a sentence."""
    by_reason: dict[str, list[Side]] = {}
    for side in comparison.sides:
        reason = messages.no_figures_by_state(side.role, "they")
        if reason:
            by_reason.setdefault(reason, []).append(side)
    return [messages.no_figures_by_state(sides[0].role, list_people(sides)) for sides in by_reason.values()]


def _areas(listed: Iterable[str]) -> list[Area]:
    return sorted([AREAS[state] for state in listed], key=lambda area: area.name)


def _statement(comparison: Comparison, area: Area) -> str:
    """`Pay and jobs in California, May 2025.`"""
    releases: dict[str, None] = {}
    for side in comparison.sides:
        if "area_pay" in side.list_sources:
            releases[side.list_sources["area_pay"].release] = None
    if not releases:
        return ""
    when = f", {formats.listed(list(releases))}" if any(releases) else ""
    return f"Pay and jobs of official occupations are those {in_area(area)}{when}."


# -- adjusted for prices ----------------------------------------------------------------------


class AdjustedPart(NamedTuple):
    """Computed pay. `rows`: none where no price level is known; `note` then says so. `source`: of the price level."""

    rows: list[TableRow]
    note: str
    source: CitedPage | None


_ADJUSTED = {"median": "salary.annual_median", "p10": "salary.annual_p10", "p90": "salary.annual_p90"}


def adjusted_part(comparison: Comparison, place: Place | None) -> AdjustedPart | None:
    """None unless it was asked for."""
    if place is None or not place.adjusted:
        return None
    level = find_price_level(comparison.revision, place.area)
    if level is None:
        return AdjustedPart([], messages.no_price_level(place.area), None)
    pays = [adjust_pay(side.role) for side in comparison.sides]
    adjusted_pays = [pay for pay in pays if pay]
    if not adjusted_pays:
        return AdjustedPart([], messages.nothing_to_adjust(place.area), level.source)
    note = f"{capital(messages.adjusted_for_prices(adjusted_pays[0]))}."
    return AdjustedPart(_adjusted_rows(comparison, pays), note, level.source)


def _adjusted_rows(comparison: Comparison, pays: Sequence[AdjustedPay | None]) -> list[TableRow]:
    rows = []
    for name, key in _ADJUSTED.items():
        amounts: list[int | None] = [getattr(pay, name) if pay else None for pay in pays]
        if any(amount is not None for amount in amounts):
            rows.append(_adjusted_row(name, LABELS[key], comparison, amounts))
    return rows


def _adjusted_row(name: str, label: str, comparison: Comparison, amounts: Sequence[int | None]) -> TableRow:
    line = comparison.by_key.get(_ADJUSTED[name])
    cells = []
    for side, amount in zip(comparison.sides, amounts, strict=True):
        published = line.cells[side.index].text if line else ""
        text = formats.MISSING if amount is None else formats.dollars(amount)
        remarks = [] if amount is None else [f"from {published}"]
        cells.append(CellText(side.letter, text, "", False, (), remarks))
    difference = None
    if len(amounts) == 2:
        first, second = amounts
        difference = "" if first is None or second is None else formats.dollar_difference(first, second)
    return TableRow(f"adjusted-{name}", f"{label}, adjusted", [], cells, difference, False, "")
