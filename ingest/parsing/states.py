"""The states and territories of the United States: postal code -> name."""

from careers.areas import AREAS

STATES: dict[str, str] = {area.state: area.name for area in AREAS.values()}
