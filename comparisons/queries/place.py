"""Roles in one state: `?where=CA` chooses it for pay and jobs of all official roles, `&prices=1` adjusts for prices.

Only figures of the state itself replace those of the whole country. Adjusted figures are computed here and never shown
as published ones.
"""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from careers.areas import AREAS, Area, find_area, in_area
from careers.vocabulary import FIELDS
from comparisons.queries.all_jobs import add_all_jobs
from comparisons.queries.current_role import JOB_FIELD, PAY_FIELDS, CitedPage, CurrentRole, Facts, FigureRow
from comparisons.queries.price_levels import PriceLevel, read_price_levels

# What the two are called in addresses.
WHERE, PRICES = "where", "prices"
# Longer values of `where` are cut in messages.
LONGEST = 40


class Place(NamedTuple):
    """`adjusted`: pay is wanted adjusted for prices, too."""

    area: Area
    adjusted: bool = False

    @property
    def fields(self) -> dict[str, str]:
        """What a form sends to keep it, always in the same order."""
        return {WHERE: self.area.state} | ({PRICES: "1"} if self.adjusted else {})

    @property
    def query(self) -> str:
        """What an address of the same place ends in. Two letters and a 1 need no quoting."""
        return "?" + "&".join([f"{name}={value}" for name, value in self.fields.items()])


class UnknownPlaceError(Exception):
    """`typed`: what names no state."""

    def __init__(self, typed: str) -> None:
        super().__init__(typed)
        self.typed = typed


def read_place(parameters: Mapping[str, str]) -> Place | None:
    """The state that an address chooses, by its postal code or its name; None for the whole country.

    Raises UnknownPlaceError.

    >>> read_place({"where": "ca", "prices": "1"}).query, read_place({"where": "New York"}).query
    ('?where=CA&prices=1', '?where=NY')
    >>> read_place({"where": " "}) is None
    True
    """
    typed = " ".join(parameters.get(WHERE, "").split())
    if not typed:
        return None
    area = AREAS.get(typed.upper()) or find_area(typed)
    if area is None:
        raise UnknownPlaceError(typed if len(typed) <= LONGEST else f"{typed[:LONGEST]}…")
    return Place(area, parameters.get(PRICES) == "1")


def place_roles(roles: Iterable[CurrentRole], place: Place | None) -> list[CurrentRole]:
    """The same roles, with the pay and jobs of the state for those that are official occupations.

    They get the figures of all jobs, too, which can stand beside those of the whole country alone.
    """
    if place:
        roles = [_place_role(role, place.area)._replace(adjusted=place.adjusted) for role in roles]
    return add_all_jobs(roles)


def _place_role(role: CurrentRole, area: Area) -> CurrentRole:
    source = role.list_sources.get("area_pay")
    if role.soc_code is None or source is None:
        return role._replace(area=area)
    row = next((entry.row for entry in role.area_pay if entry.area == area), None)
    by_hour = _is_paid_by_hour(role)
    values, places = _read_row(row, by_hour=by_hour) if row else _make_missing_row(by_hour=by_hour)
    placed = _place_source(source, area)
    groups = dict(role.groups)
    national: set[tuple[str, str]] = set()
    for group in ("salary", "outlook"):
        if group in role.groups:
            national |= {(group, name) for name in role.groups[group].evidence}
        evidence = {name: places[name] for name in FIELDS[group] if name in places}
        groups[group] = Facts({name: values.get(name) for name in FIELDS[group]}, evidence, placed)
    return role._replace(groups=groups, area=area, national=frozenset(national))


# Field of a role's pay or outlook -> the figure of a state that takes its place.
_FIGURE_OF = {JOB_FIELD: "jobs"} | {field: figure for figure, field in PAY_FIELDS.items()}


def _is_paid_by_hour(role: CurrentRole) -> bool:
    """Whether the whole country has its median by the hour alone."""
    salary = role.groups.get("salary")
    return bool(salary and salary.values["annual_median"] is None and salary.values["hourly_median"] is not None)


def _read_row(row: FigureRow, *, by_hour: bool) -> tuple[dict[str, Any], dict[str, Any]]:
    """Field -> value, and field -> where it is found. Pay by the hour is left out where the state has none.

    `by_hour`: the role is paid by the hour alone, so that what the state lacks is said.
    """
    evidence = row.evidence
    shows_hours = by_hour or row.hourly_median is not None
    values = {field: getattr(row, figure) for field, figure in _FIGURE_OF.items()}
    places: dict[str, Any] = {}
    for field, figure in _FIGURE_OF.items():
        if shows_hours or values[field] is not None or not field.startswith("hourly_"):
            # What the state has neither by the hour nor by the year stands at the year.
            of_year = evidence.get(figure.removeprefix("hourly_"), evidence.get("state", _NOT_IN_AREA))
            places[field] = evidence.get(figure, of_year)
    return values, places


def _make_missing_row(*, by_hour: bool) -> tuple[dict[str, Any], dict[str, Any]]:
    """The same for a state of which the source has nothing."""
    fields = [field for field in _FIGURE_OF if by_hour or not field.startswith("hourly_")]
    return {}, dict.fromkeys(fields, _NOT_IN_AREA)


_NOT_IN_AREA = {"how": "cell", "missing": "not-in-area"}


def _place_source(source: CitedPage, area: Area) -> CitedPage:
    """The page as the source of figures of one state: what stands beside them says which."""
    where = in_area(area)
    when = ", ".join(filter(None, [where, source.release]))
    return source._replace(release=when, short=f"{source.publisher}, {when}", area=where)


class AdjustedPay(NamedTuple):
    """Yearly pay of one role at the prices of the whole country, in USD. None where the state gives none.

    `source`: of the pay.
    """

    median: int | None
    p10: int | None
    p90: int | None
    level: PriceLevel
    source: CitedPage


def adjust_pay(role: CurrentRole) -> AdjustedPay | None:
    """The pay of a role in a state times 100, divided by the state's price level.

    None where nobody asked for it, where there is no such level, and where the pay is not of the state.
    """
    if role.area is None or not role.adjusted or "salary" not in role.groups:
        return None
    level = find_price_level(role.revision, role.area)
    facts = role.groups["salary"]
    if level is None or not facts.source.area:
        return None
    pay = {}
    for name in ("median", "p10", "p90"):
        published = facts.values[PAY_FIELDS[name]]
        pay[name] = None if published is None else int(level.adjust(published))
    return AdjustedPay(level=level, source=facts.source, **pay)


def find_price_level(revision: int, area: Area) -> PriceLevel | None:
    return read_price_levels(revision).get(area.state)
