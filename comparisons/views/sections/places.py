"""Pay by state: a strip with a stroke for each state, the form that chooses one, and all states in a folded table."""

import re
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from careers.areas import AREAS, Area, in_area
from careers.vocabulary import NOT_IN_SOURCE, NOT_PUBLISHED, OTHER_PAY, TOO_HIGH
from comparisons import formats
from comparisons.charts.lanes import (
    Axis,
    LaneText,
    MarkedAxis,
    StripStroke,
    choose_ticks,
    draw_axis,
    draw_strip,
    fit_axis_to_marks,
)
from comparisons.comparison import Comparison, Side
from comparisons.formats import Number
from comparisons.judging.state_pay import MEDIANS, STATES, PayByState, read_state_pay
from comparisons.language.amounts import PER_TIME
from comparisons.language.messages import absent_values
from comparisons.language.verdict.state_findings import KEY, StateFinding, find_in_states, write_place_takeaway
from comparisons.queries.current_role import CitedPage, FigureRow, YearEntry
from comparisons.queries.place import Place
from comparisons.rows import note_anchor
from comparisons.titles import capitalize
from comparisons.views.place_parts import PlaceForm
from comparisons.views.sections.figure_lines import FigureCell
from comparisons.views.sections.origins import OriginEntry, OriginNote, OriginPlace, cite_place
from comparisons.views.sections.pairs import PairLine, PairRow, find_leader

COUNTRY = "United States"
# The most states without a figure that are named.
_MOST_NAMED = 3
# What a table says where there is no median; a note below it explains both.
_ABSENT, _TOO_HIGH, _HOURLY = "–", "too high", "/h"
_EXPLAINED = {_ABSENT: NOT_PUBLISHED, _TOO_HIGH: f"the median is {TOO_HIGH}", _HOURLY: "an hour"}


class StateLine(NamedTuple):
    """`level`: the price level as published."""

    name: str
    cells: Sequence[FigureCell]
    level: str


class PlacesSection(NamedTuple):
    """`adjusted`: pay is wanted at the prices of the whole country. `row`: the strip. `sides`: those that have
    figures by state. `groups`: the whole country, the states, the territories. `explained`: what the table says instead
    of figures. `levels`: the source of the price levels, None for none."""

    finding: StateFinding
    form: PlaceForm | None
    adjusted: bool
    row: PairRow
    ticks: Sequence[LaneText]
    notes: Sequence[str]
    sides: Sequence[Side]
    groups: Sequence[Sequence[StateLine]]
    explained: Sequence[str]
    levels: CitedPage | None
    origins: OriginNote


def build_places_section(
    comparison: Comparison, form: PlaceForm | None = None, place: Place | None = None, *, adjusted: bool = False
) -> PlacesSection | None:
    """None where no role has a median in any state. `place`: the one that is chosen. `adjusted`: pay is wanted at the
    prices of the whole country, also where no place is chosen."""
    by_state = read_state_pay(comparison)
    if by_state is None:
        return None
    axis = _choose_axis(by_state, place)
    marked = draw_axis(axis, choose_ticks(axis.low, axis.high) if any(by_state.states) else [], formats.short_dollars)
    sides = [side for side in comparison.sides if by_state.rows[side.index]]
    groups = _group_states(sides, by_state)
    adjusted = adjusted or (place is not None and place.adjusted)
    level = by_state.any_level
    return PlacesSection(
        finding=find_in_states(comparison, by_state),
        form=form,
        adjusted=adjusted,
        row=_build_strip(comparison, by_state, _Chosen(by_state, place, adjusted=adjusted), marked),
        ticks=marked.ticks,
        notes=_list_notes(comparison, by_state),
        sides=sides,
        groups=groups,
        explained=_explain_signs(groups),
        levels=level.source if level else None,
        origins=build_states_note(comparison, by_state),
    )


def _explain_signs(groups: Sequence[Sequence[StateLine]]) -> list[str]:
    """What the signs mean that stand instead of figures in the table of these lines."""
    cells = chain.from_iterable(line.cells for line in chain.from_iterable(groups))
    texts = " ".join([cell.text for cell in cells])
    return [f"{text}: {words}" for text, words in _EXPLAINED.items() if text in texts]


def _choose_axis(by_state: PayByState, place: Place | None) -> Axis:
    """An axis on which pay in all states fits, also at the prices of the whole country, and pay in the chosen place."""
    values: list[float] = []
    for index, pay in enumerate(by_state.pay):
        values += map(float, by_state.states[index].values())
        values += map(float, by_state.adjusted[index].values())
        others = [pay.get(place.area.state) if place else None, by_state.country_pay[index]]
        values += [float(other) for other in others if other is not None]
    return fit_axis_to_marks(values or [0.0, 1.0])


# -- the strip --------------------------------------------------------------------------------


class _Chosen:
    """What a reader chose: a place or the whole country, at its own prices or at those of the whole country."""

    def __init__(self, by_state: PayByState, place: Place | None, *, adjusted: bool) -> None:
        self.by_state = by_state
        self.state = place.area.state if place else ""
        levels = by_state.levels
        self.is_adjusted = adjusted and (self.state in levels if place else bool(levels))
        self.name = place.area.name if place else COUNTRY
        self.label = self.name
        if self.is_adjusted:
            self.label += ", in local prices" if place else "; states in local prices"
        elif adjusted:
            self.label += ", no price level known"

    def pay(self, index: int) -> Mapping[str, Number]:
        return self.by_state.adjusted[index] if self.is_adjusted else self.by_state.pay[index]

    def value(self, index: int) -> Number | None:
        return self.pay(index).get(self.state) if self.state else self.by_state.country_pay[index]

    def why_missing(self, index: int) -> str:
        rows = self.by_state.rows[index]
        if not rows:
            return NOT_IN_SOURCE
        if not self.by_state.pay[index]:
            return OTHER_PAY[self.by_state.time]
        return explain_no_median(rows[self.state], self.by_state.time) if self.state in rows else NOT_PUBLISHED


def _build_strip(comparison: Comparison, by_state: PayByState, chosen: _Chosen, marked: MarkedAxis) -> PairRow:
    values = [chosen.value(side.index) for side in comparison.sides]
    is_named = not chosen.state and not chosen.is_adjusted
    leader = find_leader(values)
    lines = []
    for side, value in zip(comparison.sides, values, strict=True):
        text = formats.MISSING if value is None else formats.dollars(value)
        missing = "" if value is not None else chosen.why_missing(side.index)
        tooltip = f"{chosen.name}: {text}"
        pay = chosen.pay(side.index)
        strokes = [StripStroke(pay[state], state, AREAS[state].name) for state in pay if state in STATES]
        drawing = None
        if strokes:
            drawing = draw_strip(side.letter, strokes, value, marked, tooltip=tooltip, named=is_named)
        origin = note_anchor(KEY) if by_state.pay[side.index] else ""
        lines.append(PairLine(side.letter, side.title, text, missing, origin, leads=side.index == leader, lane=drawing))
    takeaway = write_place_takeaway(comparison, values, is_like_for_like=by_state.is_like_for_like)
    note = f"median {PER_TIME[by_state.time]}; a stroke for each state"
    return PairRow(chosen.label, "", [note], lines, takeaway)


def explain_no_median(row: FigureRow, time: str) -> str:
    return absent_values.explain_missing_figure(row.evidence.get(MEDIANS[time], {}))


# -- all states -------------------------------------------------------------------------------


def _group_states(sides: Sequence[Side], by_state: PayByState) -> list[list[StateLine]]:
    states: list[StateLine] = []
    territories: list[StateLine] = []
    for area in by_state.areas:
        cells = []
        for side in sides:
            median = by_state.pay[side.index].get(area.state)
            text = _write_instead_of_median(by_state, side.index, area) if median is None else formats.dollars(median)
            cells.append(_build_cell(side.letter, text))
        level = by_state.levels.get(area.state)
        line = StateLine(area.name, cells, f"{level.level}" if level else _ABSENT)
        (states if area.state in STATES else territories).append(line)
    return list(filter(None, [[_build_country_line(sides, by_state)], states, territories]))


def _build_country_line(sides: Sequence[Side], by_state: PayByState) -> StateLine:
    pay = [by_state.country_pay[side.index] for side in sides]
    texts = [_ABSENT if amount is None else formats.dollars(amount) for amount in pay]
    cells = [_build_cell(side.letter, text) for side, text in zip(sides, texts, strict=True)]
    return StateLine(COUNTRY, cells, "100")


def _build_cell(letter: str, text: str) -> FigureCell:
    return FigureCell(letter, text, origin="" if text == _ABSENT else note_anchor(KEY))


def _write_instead_of_median(by_state: PayByState, index: int, area: Area) -> str:
    """In few characters, or pay by the hour in a table of pay by the year."""
    row = by_state.rows[index].get(area.state)
    if row is None:
        return _ABSENT
    if by_state.time == "annual" and row.hourly_median is not None:
        return f"{formats.dollars(row.hourly_median)}{_HOURLY}"
    return _TOO_HIGH if explain_no_median(row, by_state.time) == TOO_HIGH else _ABSENT


# -- notes and origins ------------------------------------------------------------------------


def _list_notes(comparison: Comparison, by_state: PayByState) -> list[str]:
    """The month and publisher of the figures, how local prices are counted, which states are missing."""
    sources = {source.pk: source for source in _list_sources(comparison).values()}
    cited = formats.listed([", ".join(filter(None, [source.release, source.publisher])) for source in sources.values()])
    sentences = [f"Median {PER_TIME[by_state.time]} by state, {cited}."]
    level = by_state.any_level
    if level:
        sentences.append(
            f"Local prices: pay divided by the state’s price level of {level.year}, United States = 100 "
            f"({level.source.publisher})."
        )
    sentences += _describe_missing_states(by_state, [side for side in comparison.sides if by_state.pay[side.index]])
    if any(area.state == "DC" for area in by_state.areas):
        sentences.append("The District of Columbia counts as a state.")
    return sentences


def _list_sources(comparison: Comparison) -> dict[int, CitedPage]:
    """Index of a role -> the table that its figures by state are from."""
    listed = {side.index: side.list_sources.get("area_pay") for side in comparison.sides}
    return {index: source for index, source in listed.items() if source}


def _describe_missing_states(by_state: PayByState, sides: Sequence[Side]) -> list[str]:
    """The states that the strip lacks: a sentence for each reason."""
    lacking: dict[str, list[str]] = {}
    for side in sides:
        by_reason: dict[str, list[str]] = {}
        for area in AREAS.values():
            if area.state in STATES and area.state not in by_state.pay[side.index]:
                row = by_state.rows[side.index].get(area.state)
                reason = explain_no_median(row, by_state.time) if row else NOT_PUBLISHED
                by_reason.setdefault(reason, []).append(in_area(area).removeprefix("in "))
        for reason, names in by_reason.items():
            where = formats.listed(names) if len(names) <= _MOST_NAMED else f"{len(names)} states"
            lacking.setdefault(reason, []).append(f"for {side.people} in {where}")
    return [f"{capitalize(reason)} {'; '.join(roles)}." for reason, roles in lacking.items()]


def build_states_note(comparison: Comparison, by_state: PayByState) -> OriginNote:
    """One note for all figures by state: those of a role stand in rows one after the other."""
    entries = []
    for index, source in _list_sources(comparison).items():
        side = comparison.sides[index]
        if not by_state.pay[index]:
            continue
        rows = list(by_state.rows[index].values())
        places = [cite_place(_describe_rows(rows, by_state.time), source)]
        entry = by_state.country[index]
        if entry:
            places.append(_cite_country(entry, by_state.time))
        entries.append(OriginEntry(side.letter, side.title, places))
    remarks = ["Counts of states are computed here."]
    level = by_state.any_level
    if level:
        text = f"{level.evidence.get('sheet') or 'Table'}, a row for each state, column {level.year}."
        entries.append(OriginEntry("", "Prices", [cite_place(text, level.source)]))
        remarks.append("Pay in local prices is computed here: times 100, divided by the price level of the state.")
    return OriginNote(note_anchor(KEY), "Pay by state", entries, remarks)


# Evidence is read as a whole only where more of it is shown.
_LINE = re.compile(r'"line": (\d+)')


def _describe_rows(rows: Sequence[FigureRow], time: str) -> str:
    """`rows 14581 to 14634 (29-1141), one for each state, column A_MEDIAN.`"""
    lines = [int(line) for line in _LINE.findall(" ".join([row.evidence_text for row in rows]))]
    figure = MEDIANS[time]
    evidence = next(row.evidence for row in rows if getattr(row, figure) is not None)
    of_row = evidence.get("state", {})
    code = f" ({of_row['code']})" if of_row.get("code") else ""
    # The evidence of a state names the column of the median among those of all its figures.
    columns = str((evidence.get(figure) or of_row).get("column", "")).split(", ")
    column = next((column for column in columns if column.endswith("MEDIAN")), columns[-1])
    return f"rows {min(lines)} to {max(lines)}{code}, one for each state, column {column}."


def _cite_country(entry: YearEntry, time: str) -> OriginPlace:
    evidence = entry.find_evidence(MEDIANS[time])
    code = f" ({evidence['code']})" if evidence.get("code") else ""
    text = f"{COUNTRY}: row {evidence.get('line')}{code}, column {evidence.get('column')}."
    return cite_place(text, entry.source)
