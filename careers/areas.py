"""The states and territories of the United States. This module imports no Django, so reading pages can use it."""

from collections.abc import Mapping
from typing import NamedTuple


class Area(NamedTuple):
    """A state, the District of Columbia or a territory. `state`: its postal code (CA). `fips`: its number (06)."""

    state: str
    fips: str
    name: str


_AREAS = (
    "AL 01 Alabama|AK 02 Alaska|AZ 04 Arizona|AR 05 Arkansas|CA 06 California|CO 08 Colorado|CT 09 Connecticut|"
    "DE 10 Delaware|DC 11 District of Columbia|FL 12 Florida|GA 13 Georgia|HI 15 Hawaii|ID 16 Idaho|IL 17 Illinois|"
    "IN 18 Indiana|IA 19 Iowa|KS 20 Kansas|KY 21 Kentucky|LA 22 Louisiana|ME 23 Maine|MD 24 Maryland|"
    "MA 25 Massachusetts|MI 26 Michigan|MN 27 Minnesota|MS 28 Mississippi|MO 29 Missouri|MT 30 Montana|"
    "NE 31 Nebraska|NV 32 Nevada|NH 33 New Hampshire|NJ 34 New Jersey|NM 35 New Mexico|NY 36 New York|"
    "NC 37 North Carolina|ND 38 North Dakota|OH 39 Ohio|OK 40 Oklahoma|OR 41 Oregon|PA 42 Pennsylvania|"
    "RI 44 Rhode Island|SC 45 South Carolina|SD 46 South Dakota|TN 47 Tennessee|TX 48 Texas|UT 49 Utah|VT 50 Vermont|"
    "VA 51 Virginia|WA 53 Washington|WV 54 West Virginia|WI 55 Wisconsin|WY 56 Wyoming|AS 60 American Samoa|"
    "GU 66 Guam|MP 69 Northern Mariana Islands|PR 72 Puerto Rico|VI 78 Virgin Islands"
)
# The FIPS codes of territories begin here.
FIRST_TERRITORY = 60
# Postal code -> area, in the order of their FIPS codes.
AREAS: Mapping[str, Area] = {text[:2]: Area(*text.split(" ", 2)) for text in _AREAS.split("|")}
_BY_NAME = {area.name.casefold(): area for area in AREAS.values()} | {"u.s. virgin islands": AREAS["VI"]}


def find_area(name: str) -> Area | None:
    """
    >>> find_area(" north  carolina").state, find_area("Abilene, TX")
    ('NC', None)
    """
    return _BY_NAME.get(" ".join(name.split()).casefold())


def in_area(area: Area) -> str:
    """Where something is, in a sentence.

    >>> in_area(AREAS["CA"]), in_area(AREAS["DC"]), in_area(AREAS["VI"])
    ('in California', 'in the District of Columbia', 'in the Virgin Islands')
    """
    article = "the " if area.state in ("DC", "MP", "VI") else ""
    return f"in {article}{area.name}"


def is_territory(area: Area) -> bool:
    """Whether it is a territory. The District of Columbia counts as a state."""
    return int(area.fips) >= FIRST_TERRITORY
