"""One row of a wage table: its occupation, its area and the part of the economy that it is about."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from careers.areas import Area, area_of_name
from ingest.sources.bls.oews.wage_columns import NATION

SOC_CODE = re.compile(r"\d\d-\d{4}")
# The values of these columns in rows about the whole economy, without zeros in front. Other rows are about one
# industry or kind of owner.
_WHOLE_ECONOMY = {"NAICS": ("",), "OWN_CODE": ("1235", "")}
# AREA_TYPE of states and of territories.
_STATE_TYPES = ("2", "3")


def _plain_code(text: str) -> str:
    """A code without what spreadsheets add or remove: decimals, and zeros in front.

    >>> _plain_code("1.0"), _plain_code("000000"), _plain_code("1235"), _plain_code("31-33")
    ('1', '', '1235', '31-33')
    """
    whole, _, decimals = text.partition(".")
    return (text if decimals.strip("0") else whole).lstrip("0")


def _occupation_code(text: str) -> str:
    """The code of an occupation with its hyphen, which some tables leave out.

    >>> _occupation_code("11-1011"), _occupation_code("111011.0"), _occupation_code("11-101"), _occupation_code("1110")
    ('11-1011', '11-1011', '11-101', '1110')
    """
    digits = text.removesuffix(".0")
    return f"{digits[:2]}-{digits[2:]}" if len(digits) == 6 and digits.isdecimal() else text


@dataclass(frozen=True, slots=True)
class AreaRow:
    """One row of the table. Its cells are found by column name."""

    number: int
    cells: tuple[str, ...]
    columns: Mapping[str, int]

    def __getitem__(self, column: str) -> str:
        return self.cells[self.columns[column]]

    def get(self, column: str) -> str:
        """The cell of an optional column; "" if the table lacks it."""
        return self[column] if column in self.columns else ""

    @property
    def code(self) -> str:
        return _occupation_code(self["OCC_CODE"])

    def is_national(self, area_column: str | None) -> bool:
        """Whether the row is about the whole nation. `area_column`: a key of `NATION`; None if every row is."""
        return area_column is None or _plain_code(self[area_column]) == NATION[area_column]

    @property
    def area_name(self) -> str:
        return self.get("AREA_TITLE") or "an area without a name"

    @property
    def area(self) -> Area | None:
        """The state or territory that the row is about; None if it is about something else.

        Where no column tells states from other areas, the number must be that of the state, too.
        """
        area = area_of_name(self.get("AREA_TITLE"))
        if area is None:
            return None
        if "AREA_TYPE" in self.columns:
            return area if _plain_code(self["AREA_TYPE"]) in _STATE_TYPES else None
        number = _plain_code(self.get("AREA"))
        return area if number in (_plain_code(area.fips), _plain_code(f"{area.fips}00000")) else None

    @property
    def is_note(self) -> bool:
        """Whether it is a note or a source below the table: one or two cells, and no occupation."""
        if self.columns["OCC_CODE"] < len(self.cells) and SOC_CODE.fullmatch(self.code):
            return False
        filled_cells = [cell for cell in self.cells if cell]
        return len(filled_cells) <= 2

    @property
    def part_of_economy(self) -> str:
        """The industry or kind of owner that the row is about; "" if it is about the whole economy."""
        if _plain_code(self.get("NAICS")) not in _WHOLE_ECONOMY["NAICS"]:
            return self.get("NAICS_TITLE") or "an industry without a name"
        owner = _plain_code(self.get("OWN_CODE"))
        return "" if owner in _WHOLE_ECONOMY["OWN_CODE"] else f"one kind of owner (OWN_CODE {owner})"


def can_mean_state(text: str, area: Area) -> bool:
    """Whether a cell that names or numbers a state can mean this one; an empty one can.

    >>> alabama = Area("AL", "01", "Alabama")
    >>> can_mean_state("AL", alabama), can_mean_state("01", alabama), can_mean_state("AK", alabama)
    (True, True, False)
    """
    return text.upper() in ("", area.state) or _plain_code(text) == _plain_code(area.fips)
