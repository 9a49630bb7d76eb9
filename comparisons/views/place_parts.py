"""What pages say of states: the form that chooses one, and pay adjusted for prices."""

from collections.abc import Iterable
from itertools import chain
from typing import NamedTuple

from careers.areas import AREAS, Area, in_area
from careers.vocabulary import LABELS
from comparisons import formats
from comparisons.comparison import Comparison, Side
from comparisons.language.messages import place_notes
from comparisons.language.parts import list_people
from comparisons.queries.current_role import CitedPage
from comparisons.queries.place import Place, adjust_pay, find_price_level
from comparisons.titles import capitalize
from comparisons.views.sections.figure_lines import FigureCell, FiguresLine


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


def build_place_form(comparison: Comparison, place: Place | None, unknown_state: str) -> PlaceForm | None:
    """None where no role has figures by state and none was asked for. `unknown_state`: what a reader asked for, if it
    names none."""
    entries = chain.from_iterable(side.role.area_pay for side in comparison.sides)
    listed = {entry.area.state for entry in entries}
    if not listed and place is None and not unknown_state:
        return None
    notes = []
    if unknown_state:
        notes.append(f"{place_notes.explain_no_state(unknown_state)[:-1]}; the figures are of the whole country.")
    if place is None:
        return PlaceForm(_list_areas(listed), "", False, "", notes, {})
    notes += _write_notes_on_states(comparison)
    chosen, statement = place.area.state, _write_statement(comparison, place.area)
    return PlaceForm(_list_areas({*listed, chosen}), chosen, place.adjusted, statement, notes, place.fields)


def _write_notes_on_states(comparison: Comparison) -> list[str]:
    """Say why figures are not those of the chosen state; roles with the same reason share a sentence."""
    by_reason: dict[str, list[Side]] = {}
    for side in comparison.sides:
        reason = place_notes.explain_no_figures_by_state(side.role, "they")
        if reason:
            by_reason.setdefault(reason, []).append(side)
    notes = []
    for sides in by_reason.values():
        people, anyone = list_people(sides), list_people(sides, "or")
        notes.append(place_notes.explain_no_figures_by_state(sides[0].role, people, anyone))
    return notes


def _list_areas(listed: Iterable[str]) -> list[Area]:
    return sorted([AREAS[state] for state in listed], key=lambda area: area.name)


def _write_statement(comparison: Comparison, area: Area) -> str:
    """Of which state the figures are, and which are not; "" where no role has figures of it."""
    releases: dict[str, None] = {}
    for side in comparison.sides:
        if any(entry.area == area for entry in side.role.area_pay):
            releases[side.list_sources["area_pay"].release] = None
    if not releases:
        return ""
    when = f", {formats.listed(list(releases))}" if any(releases) else ""
    is_projected = any("projection" in side.role.groups for side in comparison.sides)
    others = "; growth and openings are those of the whole country" if is_projected else ""
    return f"Pay and jobs of official occupations are those {in_area(area)}{when}{others}."


# -- adjusted for prices ----------------------------------------------------------------------


class AdjustedPaySection(NamedTuple):
    """Computed pay of one role. `rows`: none where no price level is known; `note` then says so. `source`: of the price
    level."""

    rows: list[FiguresLine]
    note: str
    source: CitedPage | None


_ADJUSTED = {"median": "salary.annual_median", "p10": "salary.annual_p10", "p90": "salary.annual_p90"}


def build_adjusted_section(comparison: Comparison, place: Place | None) -> AdjustedPaySection | None:
    """`comparison`: of one role. None unless it was asked for."""
    if place is None or not place.adjusted:
        return None
    level = find_price_level(comparison.revision, place.area)
    if level is None:
        note = f"Pay cannot be adjusted for prices: no price level {in_area(place.area)} is stored."
        return AdjustedPaySection([], note, None)
    [side] = comparison.sides
    pay = adjust_pay(side.role)
    if pay is None:
        note = f"There is no pay by the year {in_area(place.area)} to adjust for prices."
        return AdjustedPaySection([], note, level.source)
    rows = []
    for name, key in _ADJUSTED.items():
        amount: int | None = getattr(pay, name)
        if amount is not None:
            published = comparison.by_key[key].cells[0].text
            cell = FigureCell(side.letter, formats.dollars(amount), remarks=[f"from {published}"])
            rows.append(FiguresLine(f"{LABELS[key]}, adjusted", [cell], None))
    return AdjustedPaySection(rows, f"{capitalize(place_notes.explain_adjusted_pay(pay))}.", level.source)
