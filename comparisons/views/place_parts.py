"""What pages say of states: the form that chooses one, pay by state, and pay adjusted for prices."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from careers.areas import AREAS, Area, in_area
from careers.vocabulary import LABELS, TOO_HIGH
from comparisons import formats, rows
from comparisons.comparison import Comparison, Origin, Side
from comparisons.language import messages
from comparisons.language.titles import capital
from comparisons.links import address
from comparisons.queries.place import Place, adjust_pay, find_price_level
from comparisons.queries.roles import AreaPayEntry, CitedPage
from comparisons.views.tables import CellText, Heading, TableRow

# How many states are named at once; the others are folded.
BEST_PAID, MOST_JOBS = 5, 3


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
    notes += filter(None, [messages.no_figures_by_state(side.role) for side in comparison.sides])
    chosen, statement = place.area.state, _statement(comparison, place.area)
    return PlaceForm(_areas({*listed, chosen}), chosen, place.adjusted, statement, notes, place.fields)


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


# -- pay by state -----------------------------------------------------------------------------


class StateRow(NamedTuple):
    """`link`: the same page with this state chosen. `pay`: the median."""

    name: str
    link: str
    pay: str
    jobs: str


class MostJobs(NamedTuple):
    letter: str
    title: str
    text: str


class StatesLink(NamedTuple):
    """The page of a role with all states."""

    letter: str
    title: str
    address: str
    states: int


class StatesPart(NamedTuple):
    """`best`: the best paid states of each role. `places`: the sources.

    `all`: every state, for a folded table on the page of one role. A comparison has links to these pages instead.
    """

    title: str
    headings: list[Heading]
    best: list[TableRow]
    most_jobs: list[MostJobs]
    all_headings: list[Heading]
    all: list[StateRow]
    links: list[StatesLink]
    places: list[CitedPage]


def states_part(comparison: Comparison, place: Place | None) -> StatesPart | None:
    """None where no role has figures by state."""
    sides = [side for side in comparison.sides if side.role.area_pay]
    if not sides:
        return None
    sources = list({side.list_sources["area_pay"].pk: side.list_sources["area_pay"] for side in sides}.values())
    releases = ", ".join(dict.fromkeys([source.release for source in sources if source.release]))
    roles = [Heading(side.title, f"{side.letter} role") for side in comparison.sides]
    is_one_role = len(comparison.sides) == 1
    query = place.query if place else ""
    links = [
        StatesLink(side.letter, side.title, f"{address('role', side.slug)}{query}#states", len(side.role.area_pay))
        for side in sides
    ]
    return StatesPart(
        ", ".join(filter(None, ["By state", releases])),
        [Heading("Median pay"), *roles],
        _best_rows(comparison.sides),
        [_most_jobs(side) for side in sides],
        [Heading("State"), Heading("Median pay"), Heading("Jobs")],
        _all_rows(comparison.sides[0], place) if is_one_role else [],
        [] if is_one_role else links,
        sources,
    )


def _best_rows(sides: Sequence[Side]) -> list[TableRow]:
    ranked = [sorted(filter(_has_pay, side.role.area_pay), key=_best_paid_first) for side in sides]
    table_rows = []
    for index in range(min(BEST_PAID, max(map(len, ranked)))):
        label = "Best paid state" if index == 0 else f"{messages.ordinal(index + 1)} best paid"
        cells = []
        for side, entries in zip(sides, ranked, strict=True):
            cells.append(_best_cell(side, entries[index] if index < len(entries) else None))
        notes = [] if index else _notes_on_best(sides)
        table_rows.append(TableRow(f"states-{index + 1}", label, notes, cells, None, False, ""))
    return table_rows


def _notes_on_best(sides: Sequence[Side]) -> list[str]:
    """For which roles several states cannot be ranked."""
    notes = []
    for side in sides:
        too_high = sum(map(_is_too_high, side.role.area_pay))
        if too_high > 1:
            notes.append(f"{side.marker} The medians of {too_high} states are {TOO_HIGH}: these stand by their names.")
    return notes


def _has_pay(entry: AreaPayEntry) -> bool:
    return entry.row.median is not None or entry.row.hourly_median is not None or _is_too_high(entry)


def _is_too_high(entry: AreaPayEntry) -> bool:
    """Whether the source says that the median is higher than it tells. Few rows say so, and only those are parsed."""
    if entry.row.median is not None or '"too-high"' not in entry.row.evidence_text:
        return False
    return bool(entry.row.evidence.get("median", {}).get("missing") == "too-high")


def _best_paid_first(entry: AreaPayEntry) -> tuple[bool, float, float, str]:
    """A median that is too high to be published is above all others."""
    yearly, hourly = entry.row.median, entry.row.hourly_median
    return (not _is_too_high(entry), -(yearly or 0), -float(hourly or 0), entry.area.name)


def _best_cell(side: Side, entry: AreaPayEntry | None) -> CellText:
    if entry is None:
        return CellText(side.letter, formats.MISSING, "" if side.role.area_pay else messages.NO_STATES, [], (), [])
    source = side.list_sources["area_pay"]
    evidence = entry.row.evidence
    name = "median" if entry.row.median is not None or entry.row.hourly_median is None else "hourly_median"
    stands = evidence.get(name, evidence.get("state", {}))
    origin = Origin(source, stands)
    text = messages.origin(origin, rows.SUMMARY)
    pay = pay_text(entry)
    return CellText(side.letter, f"{entry.area.name}: {pay}", "", [(text, source.anchor, source.short)], (), [])


def pay_text(entry: AreaPayEntry) -> str:
    """The median pay of a year, or of an hour, or why there is none."""
    if entry.row.median is not None:
        return formats.dollars(entry.row.median)
    if entry.row.hourly_median is not None:
        return f"{formats.dollars(entry.row.hourly_median)} an hour"
    return messages.missing_figure(entry.row.evidence.get("median", {}))


def jobs_text(entry: AreaPayEntry) -> str:
    if entry.row.jobs is not None:
        return formats.plain(entry.row.jobs)
    return messages.missing_figure(entry.row.evidence.get("jobs", {}))


def _most_jobs(side: Side) -> MostJobs:
    counted = [entry for entry in side.role.area_pay if entry.row.jobs is not None]
    counted.sort(key=lambda entry: (-(entry.row.jobs or 0), entry.area.name))
    named = [f"{entry.area.name} ({jobs_text(entry)})" for entry in counted[:MOST_JOBS]]
    return MostJobs(side.letter, side.title, formats.listed(named) if named else formats.MISSING)


def _all_rows(side: Side, place: Place | None) -> list[StateRow]:
    adjusted = place is not None and place.adjusted
    entries = sorted(side.role.area_pay, key=lambda entry: entry.area.name)
    return [
        StateRow(entry.area.name, Place(entry.area, adjusted).query, pay_text(entry), jobs_text(entry))
        for entry in entries
    ]


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
    table_rows = []
    for name, key in _ADJUSTED.items():
        amounts: list[int | None] = [getattr(pay, name) if pay else None for pay in pays]
        if any(amount is not None for amount in amounts):
            table_rows.append(_adjusted_row(name, LABELS[key], comparison, amounts))
    return AdjustedPart(table_rows, f"{capital(messages.adjusted_for_prices(adjusted_pays[0]))}.", level.source)


def _adjusted_row(name: str, label: str, comparison: Comparison, amounts: Sequence[int | None]) -> TableRow:
    line = comparison.line(_ADJUSTED[name])
    cells = []
    for side, amount in zip(comparison.sides, amounts, strict=True):
        published = line.cells[side.index].text if line else ""
        text = formats.MISSING if amount is None else formats.dollars(amount)
        remarks = [] if amount is None else [f"from {published}"]
        cells.append(CellText(side.letter, text, "", [], (), remarks))
    difference = None
    if len(amounts) == 2:
        first, second = amounts
        difference = "" if first is None or second is None else formats.dollar_difference(first, second)
    return TableRow(f"adjusted-{name}", f"{label}, adjusted", [], cells, difference, False, "")


def place_context(comparison: Comparison, place: Place | None, unknown: str) -> dict[str, Any]:
    return {
        "place": place_form(comparison, place, unknown),
        "place_query": place.query if place else "",
        "states": states_part(comparison, place),
        "adjusted": adjusted_part(comparison, place),
        "years": _year_sources(comparison),
    }


def _year_sources(comparison: Comparison) -> list[CitedPage]:
    """The releases of earlier years, each once, the earliest first."""
    entries = [entry for side in comparison.sides for entry in side.role.history]
    by_pk = {entry.source.pk: entry.source for entry in sorted(entries, key=lambda entry: entry.year)}
    return list(by_pk.values())
