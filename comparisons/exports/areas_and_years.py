"""Pay and jobs by state and by year as plain data, and what is known of the state that a reader chose."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from careers.areas import AREAS
from careers.vocabulary import USD_A_YEAR, USD_AN_HOUR
from comparisons.exports.numbers import simplify_number
from comparisons.language.messages.absent_values import explain_missing_figure
from comparisons.language.messages.place_notes import explain_adjusted_pay, explain_no_figures_by_state
from comparisons.queries.current_role import FIGURES, JOB_FIELD, PAY_FIELDS, CitedPage, CurrentRole, YearEntry
from comparisons.queries.place import adjust_pay, find_price_level
from comparisons.queries.price_levels import PriceLevel

_UNITS = {"jobs": "jobs"} | dict.fromkeys(("median", "p10", "p90"), USD_A_YEAR)


def find_unit(name: str) -> str:
    return _UNITS.get(name, USD_AN_HOUR)


class PlacedFigure(NamedTuple):
    """One figure of a state or of a year. `field`: its path in the data of a role. `about`: which state or year.

    `place`: the name of its evidence, which the figures of a state share.
    """

    field: str
    place: str
    value: Any
    unit: str
    evidence: Mapping[str, Any]
    reason: str
    about: str
    source: CitedPage


def list_figures(role: CurrentRole) -> Iterator[PlacedFigure]:
    """Each figure by state and by year that the role's sources give, and those of which they say why they do not."""
    source = role.list_sources.get("area_pay")
    if source:
        yield from _list_by_state(role, source)
    yield from _list_by_year(role)


def _list_by_state(role: CurrentRole, source: CitedPage) -> Iterator[PlacedFigure]:
    for index, entry in enumerate(role.area_pay):
        evidence = entry.row.evidence
        row = f"area_pay[{index}]"
        for name in FIGURES:
            value = getattr(entry.row, name)
            if value is not None or name in evidence:
                path = f"{row}.{name}"
                anchor = path if name in evidence else row
                place = evidence.get(name, evidence.get("state", {}))
                reason = "" if value is not None else explain_missing_figure(place)
                yield PlacedFigure(path, anchor, value, find_unit(name), place, reason, entry.area.name, source)


def _list_by_year(role: CurrentRole) -> Iterator[PlacedFigure]:
    for index, year in enumerate(role.history):
        places = _collect_evidence_of_year(year)
        for name in FIGURES:
            value = year.figure(name)
            if value is not None or name in places:
                place = places.get(name, {})
                reason = "" if value is not None else explain_missing_figure(place)
                path = f"history[{index}].{name}"
                yield PlacedFigure(path, path, value, find_unit(name), place, reason, str(year.year), year.source)


def _collect_evidence_of_year(year: YearEntry) -> dict[str, Mapping[str, Any]]:
    """Figure -> where it is found."""
    places: dict[str, Mapping[str, Any]] = {}
    rows = [(year.pay, field, name) for name, field in PAY_FIELDS.items()] + [(year.jobs, JOB_FIELD, "jobs")]
    for row, field, name in rows:
        if row and field in row.evidence:
            places[name] = row.evidence[field]
    return places


def export_areas_and_years(role: CurrentRole) -> dict[str, Any]:
    """What JSON says of a role by state, by year, and of the state that a reader chose."""
    areas = []
    for entry in role.area_pay:
        figures = {name: simplify_number(getattr(entry.row, name)) for name in FIGURES}
        areas.append({"state": entry.area.state, "fips": entry.area.fips, **figures})
    years = []
    for year in role.history:
        years.append({"year": year.year, **{name: simplify_number(year.figure(name)) for name in FIGURES}})
    return {"area_pay": areas, "history": years, "where": _describe_state(role)}


def _describe_state(role: CurrentRole) -> dict[str, Any] | None:
    """The chosen state, its price level, and pay adjusted for prices, which is computed; None without a state."""
    if role.area is None:
        return None
    level = find_price_level(role.revision, role.area)
    pay = adjust_pay(role)
    adjusted: dict[str, Any] | None = None
    if pay:
        figures = {"median": pay.median, "p10": pay.p10, "p90": pay.p90}
        adjusted = figures | {"basis": "computed", "note": explain_adjusted_pay(pay)}
    return role.area._asdict() | {
        "has_figures": _has_figures(role),
        "note": explain_no_figures_by_state(role) or None,
        "price_level": export_price_level(level) if level else None,
        "adjusted": adjusted,
    }


def _has_figures(role: CurrentRole) -> bool:
    """Whether any figure of the chosen state is known."""
    groups = [role.groups[group] for group in ("salary", "outlook") if group in role.groups]
    return any(facts.source.area and any(value is not None for value in facts.values.values()) for facts in groups)


def export_price_level(level: PriceLevel) -> dict[str, Any]:
    """The price level of a state; that of the United States is 100."""
    return {
        "level": simplify_number(level.level),
        "year": level.year,
        "publisher": level.source.publisher,
        "title": level.source.title or None,
        "url": level.source.url or None,
        "licence": level.source.licence or None,
        "line": level.evidence.get("line"),
        "column": level.evidence.get("column"),
        "raw": level.evidence.get("raw"),
    }


def list_areas(revision: int) -> list[dict[str, Any]]:
    """Every state and territory with its price level, None where no source gives one."""
    areas = []
    for area in AREAS.values():
        level = find_price_level(revision, area)
        price = export_price_level(level) if level else None
        areas.append(area._asdict() | {"price_level": price})
    return areas
