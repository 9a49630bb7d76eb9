"""What a wage table is about: its release and columns, and the occupation, area and part of the economy of each row."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from careers.areas import Area, find_area
from ingest.documents.tables import DataTable
from ingest.parsing.cells import SOC_CODE, UnreadableError, is_error_of_spreadsheet

# Column -> vocabulary key. Some occupations have yearly pay only, some hourly pay only.
_JOBS = {"TOT_EMP": "outlook.job_count", "EMP_PRSE": "outlook.relative_error_percent"}
WAGES = {
    "H_MEAN": "salary.hourly_average",
    "A_MEAN": "salary.annual_average",
    "MEAN_PRSE": "salary.relative_error_percent",
    **{f"H_PCT{share}": f"salary.hourly_p{share}" for share in (10, 25, 75, 90)},
    "H_MEDIAN": "salary.hourly_median",
    **{f"A_PCT{share}": f"salary.annual_p{share}" for share in (10, 25, 75, 90)},
    "A_MEDIAN": "salary.annual_median",
}
FIGURES = {**_JOBS, **WAGES}
# Field of the pay in an area -> column. Pay by the hour is read where the row has no pay by the year.
AREA_FIGURES = {"jobs": "TOT_EMP", "median": "A_MEDIAN", "p10": "A_PCT10", "p90": "A_PCT90"}
AREA_HOURLY = {"hourly_median": "H_MEDIAN", "hourly_p10": "H_PCT10", "hourly_p90": "H_PCT90"}
_NEEDED = ("OCC_CODE", "OCC_TITLE", "O_GROUP", *FIGURES)
# Column -> its name in earlier releases, the first of which is that up to May 2018.
_EARLIER_NAMES = {"O_GROUP": ("OCC_GROUP", "GROUP"), "OCC_TITLE": ("OCC_TITL",), "AREA_TITLE": ("STATE", "AREA_NAME")}

# The values of these columns in rows about the nation, without zeros in front.
NATION = {"AREA_TYPE": "1", "AREA": "99"}
# A table with one of these columns is about several areas. Up to May 2019 the table of the nation names no area.
_AREA_NAMES = ("AREA_TITLE", "AREA_NAME", "PRIM_STATE", "STATE", "ST")
_SAYS_NATION = re.compile(r"national|nation\b|u\.s\.|united states", re.IGNORECASE)
# national_M2025_dl, or May 2025, or oews_state_2025
_RELEASE = re.compile(r"(?<![a-z0-9])(?:M|May[ _-]|oews_state_)(20\d\d)(?![a-z0-9])", re.IGNORECASE)

# The values of these columns in rows about the whole economy, without zeros in front. Other rows are about one
# industry or kind of owner.
_WHOLE_ECONOMY = {"NAICS": ("",), "OWN_CODE": ("1235", "")}
# Columns that say what a row is about.
_ABOUT = ("AREA", "AREA_TITLE", "AREA_TYPE", "NAICS", "OWN_CODE", "O_GROUP", "OCC_CODE")
# AREA_TYPE of states and of territories.
_STATE_TYPES = ("2", "3")


def index_columns(table: DataTable) -> dict[str, int]:
    """Column name in capitals, as in the newest releases -> its index; the first one of two with the same name."""
    columns: dict[str, int] = {}
    for index, head in enumerate(table.columns):
        columns.setdefault(head.upper().replace(" ", "_"), index)
    for column, earlier_names in _EARLIER_NAMES.items():
        for earlier in earlier_names:
            if earlier in columns:
                columns.setdefault(column, columns[earlier])
    return columns


def check_wage_columns(table: DataTable, columns: Mapping[str, int]) -> None:
    """Raises UnreadableError if a needed column is missing or appears twice."""
    missing = [column for column in _NEEDED if column not in columns]
    if missing:
        raise UnreadableError(
            f"The table lacks the columns {', '.join(missing)}. The national table of the Occupational Employment and "
            "Wage Statistics has them, in releases up to May 2018 partly under other names, which are read too: load "
            "that table, as .xlsx or .csv, without leaving columns out."
        )
    heads = [head.upper() for head in table.columns]
    repeated = [column for column in (*_NEEDED, *NATION) if heads.count(column) > 1]
    if repeated:
        raise UnreadableError(
            f"The table has more than one column {', '.join(repeated)}, and which one holds the figures is not clear. "
            "Load the table as the Bureau publishes it."
        )


def find_area_column(file_name: str, table: DataTable, columns: Mapping[str, int]) -> str | None:
    """The column that marks the rows of the nation; None if all rows are about the nation. Raises UnreadableError."""
    for column in NATION:
        if column in columns:
            return column
    heads = {head.upper() for head in table.columns}
    area_names = [column for column in _AREA_NAMES if column in heads]
    if area_names:
        raise UnreadableError(
            f"The table has rows of several areas (column {area_names[0]}), but no column AREA or AREA_TYPE, which "
            "tells the rows of the nation and of states. Load the national table or that of the states."
        )
    if not any(_SAYS_NATION.search(text) for text in (file_name, table.sheet, *table.above)):
        raise UnreadableError(
            "The table does not say which area it is about: it has no column AREA_TYPE, and neither its file nor its "
            "sheet is called national. If it is the national table, name the file as the Bureau does, such as "
            "national_M2018_dl.csv."
        )
    return None


def read_release(file_name: str, table: DataTable) -> str:
    """The year of the release, from names that the Bureau gives its sheets and files, or from a title above the head.

    "" if none of them tells it. Raises UnreadableError if they disagree.

    >>> read_release("national_M2025_dl.xlsx", DataTable((), ()))
    '2025'
    """
    texts = {
        "the file": file_name.rpartition(".")[0],
        "the sheet": table.sheet,
        "the title above the columns": " ".join(table.above),
    }
    years: dict[str, str] = {}
    for where, text in texts.items():
        match = _RELEASE.search(text)
        if match:
            years[where] = match[1]
    if len(set(years.values())) > 1:
        places = [f"{where} says May {year}" for where, year in years.items()]
        raise UnreadableError(
            f"The year of the figures is not clear: {', '.join(places)}. Name the file after its release, such as "
            "national_M2024_dl.xlsx, and the sheet likewise."
        )
    return next(iter(years.values()), "")


# -- rows -------------------------------------------------------------------------------------


def _simplify_code(text: str) -> str:
    """A code without what spreadsheets add or remove: decimals, and zeros in front.

    >>> _simplify_code("1.0"), _simplify_code("000000"), _simplify_code("1235"), _simplify_code("31-33")
    ('1', '', '1235', '31-33')
    """
    whole, _, decimals = text.partition(".")
    return (text if decimals.strip("0") else whole).lstrip("0")


def _join_code(text: str) -> str:
    """The code of an occupation with its hyphen, which some tables leave out.

    >>> _join_code("11-1011"), _join_code("111011.0"), _join_code("0"), _join_code("11-101"), _join_code("1110")
    ('11-1011', '11-1011', '00-0000', '11-101', '1110')
    """
    digits = text.removesuffix(".0")
    digits = "000000" if digits == "0" else digits
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
        return _join_code(self["OCC_CODE"])

    def find_error(self) -> str:
        """The first column that should say what the row is about, and holds an error of a spreadsheet; "" for none."""
        return next((column for column in _ABOUT if is_error_of_spreadsheet(self.get(column))), "")

    def is_national(self, area_column: str | None) -> bool:
        """Whether the row is about the whole nation. `area_column`: a key of `NATION`; None if every row is."""
        return area_column is None or _simplify_code(self[area_column]) == NATION[area_column]

    @property
    def area_name(self) -> str:
        return self.get("AREA_TITLE") or "an area without a name"

    @property
    def area(self) -> Area | None:
        """The state or territory that the row is about; None if it is about something else.

        Where no column tells states from other areas, the number must be that of the state, too.
        """
        area = find_area(self.get("AREA_TITLE"))
        if area is None:
            return None
        if "AREA_TYPE" in self.columns:
            return area if _simplify_code(self["AREA_TYPE"]) in _STATE_TYPES else None
        number = _simplify_code(self.get("AREA"))
        return area if number in (_simplify_code(area.fips), _simplify_code(f"{area.fips}00000")) else None

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
        if _simplify_code(self.get("NAICS")) not in _WHOLE_ECONOMY["NAICS"]:
            return self.get("NAICS_TITLE") or "an industry without a name"
        owner = _simplify_code(self.get("OWN_CODE"))
        return "" if owner in _WHOLE_ECONOMY["OWN_CODE"] else f"one kind of owner (OWN_CODE {owner})"


def can_mean_state(text: str, area: Area) -> bool:
    """Whether a cell that names or numbers a state can mean this one; an empty one can.

    >>> alabama = Area("AL", "01", "Alabama")
    >>> can_mean_state("AL", alabama), can_mean_state("01", alabama), can_mean_state("AK", alabama)
    (True, True, False)
    """
    return text.upper() in ("", area.state) or _simplify_code(text) == _simplify_code(area.fips)
