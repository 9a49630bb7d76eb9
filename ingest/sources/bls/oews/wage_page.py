"""The tables of the Occupational Employment and Wage Statistics by the U.S. Bureau of Labor Statistics.

A row is about one area and one occupation or group of occupations. Only the nation's detailed occupations, over all
industries and owners, become roles; rows of states and territories add to them. The name of a state decides which one
it is, for the files of the Bureau number states in several ways. A cell can hold a mark instead of a figure: `*` and
`**` mean not published, `#` means too high to publish. Self-employed people are not counted. Wages are USD, relative
errors percent.

Source: https://www.bls.gov/oes/tables.htm
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from careers.areas import Area, area_of_name
from ingest.documents.document import Document
from ingest.documents.table_report import TableReport
from ingest.documents.tables import DataTable
from ingest.parsing.cells import UnreadableError
from ingest.parsing.facts import (
    AreaPayFact,
    Evidence,
    Knowledge,
    PageWarning,
    ParsedPage,
    RoleFacts,
    group_values,
)
from ingest.parsing.readers import Value
from ingest.sources.bls.bureau_tables import LICENCE, LICENCE_URL, PUBLISHER, read_figure

PROGRAM = "Occupational Employment and Wage Statistics"
TITLE = f"{PROGRAM}, national"
URL = "https://www.bls.gov/oes/"

# Column -> vocabulary key. Some occupations have yearly pay only, some hourly pay only.
_JOBS = {"TOT_EMP": "outlook.job_count", "EMP_PRSE": "outlook.relative_error_percent"}
_WAGES = {
    "H_MEAN": "salary.hourly_average",
    "A_MEAN": "salary.annual_average",
    "MEAN_PRSE": "salary.relative_error_percent",
    **{f"H_PCT{share}": f"salary.hourly_p{share}" for share in (10, 25, 75, 90)},
    "H_MEDIAN": "salary.hourly_median",
    **{f"A_PCT{share}": f"salary.annual_p{share}" for share in (10, 25, 75, 90)},
    "A_MEDIAN": "salary.annual_median",
}
_FIGURES = {**_JOBS, **_WAGES}
# Field of the pay in an area -> column. Pay by the hour is read where the row has none by the year.
_AREA_FIGURES = {"jobs": "TOT_EMP", "median": "A_MEDIAN", "p10": "A_PCT10", "p90": "A_PCT90"}
_AREA_HOURLY = {"hourly_median": "H_MEDIAN", "hourly_p10": "H_PCT10", "hourly_p90": "H_PCT90"}
_NEEDED = ("OCC_CODE", "OCC_TITLE", "O_GROUP", *_FIGURES)
# Column -> its name in earlier releases, the first of which is that up to May 2018.
_EARLIER_NAMES = {"O_GROUP": ("OCC_GROUP", "GROUP"), "OCC_TITLE": ("OCC_TITL",), "AREA_TITLE": ("STATE", "AREA_NAME")}

# The values of these columns in rows about the nation and the whole economy, without zeros in front. Other rows are
# about one state, industry or kind of owner.
_NATION = {"AREA_TYPE": "1", "AREA": "99"}
_WHOLE_ECONOMY = {"NAICS": ("",), "OWN_CODE": ("1235", "")}
# AREA_TYPE of states and of territories.
_STATE_TYPES = ("2", "3")
# A table with one of these columns is about several areas. Up to May 2019 the table of the nation names no area.
_AREA_NAMES = ("AREA_TITLE", "AREA_NAME", "PRIM_STATE", "STATE", "ST")
_SAYS_NATION = re.compile(r"national|nation\b|u\.s\.|united states", re.IGNORECASE)
_CODE = re.compile(r"\d\d-\d{4}")
# national_M2025_dl, or May 2025, or oews_state_2025
_RELEASE = re.compile(r"(?<![a-z0-9])(?:M|May[ _-]|oews_state_)(20\d\d)(?![a-z0-9])", re.IGNORECASE)


def recognises(document: Document) -> bool:
    return document.table is not None and {"OCC_CODE", "OCC_TITLE"} <= _columns(document.table).keys()


def parse(document: Document, knowledge: Knowledge) -> ParsedPage:
    table = document.table or DataTable((), ())
    columns = _columns(table)
    _check_columns(table, columns)
    release = _release(document.name, table)
    area_column = _area_column(document.name, table, columns)
    page = _PartialTable([_AreaRow(number, cells, columns) for number, cells in table.rows])
    national, by_state = page.rows_by_area(len(table.columns), area_column)
    if national:
        roles = _national_roles(page, page.detailed_rows(national), page.read_states(by_state))
    else:
        roles = _roles_by_state(page.read_states(by_state))
    if not release:
        message = "Of which year the figures are, neither the file's name nor its sheet says. Enter the day of capture."
        page.warnings.append(PageWarning("release-unknown", 1, message))
    page.report_cut(table)
    return ParsedPage(
        layout="table",
        publisher=PUBLISHER,
        title=_title(release, bool(national), bool(by_state)),
        figures_of=date(int(release), 5, 1) if release else None,
        roles=roles,
        warnings=(*document.warnings, *page.warnings),
        unread=tuple(page.unread),
        cut_line=page.cut_line,
        columns={"state": "AREA_TITLE", "fips": "AREA_TITLE", **_AREA_FIGURES, **_AREA_HOURLY} if by_state else {},
        **({} if national else _JOINING),
        release=f"May {release}" if release else "",
    )


# A table without the nation adds to occupations that the national table brings. So does one of an earlier year.
_JOINING: dict[str, Any] = {
    "url": URL,
    "licence": LICENCE,
    "licence_url": LICENCE_URL,
    "joins_occupations": True,
}


def _title(release: str, national: bool, by_state: bool) -> str:
    """
    >>> _title("2025", True, False)
    'Occupational Employment and Wage Statistics, national, May 2025'
    >>> _title("", False, True)
    'Occupational Employment and Wage Statistics, by state'
    """
    parts = [
        PROGRAM,
        "national" if national else "",
        "by state" if by_state else "",
        f"May {release}" if release else "",
    ]
    return ", ".join(filter(None, parts))


def _national_roles(
    page: "_PartialTable", rows: list["_AreaRow"], by_state: dict[str, "_OccupationByState"]
) -> tuple[RoleFacts, ...]:
    roles = []
    for row in rows:
        states = by_state.pop(row.code, None)
        roles.append(replace(page.role(row), area_pay=tuple(states.entries.values()) if states else ()))
    if by_state:
        examples = [f"{code} ({states.title})" for code, states in by_state.items()]
        message = (
            f"The rows of {len(by_state):,} occupations by state were left out, because the table has no row of the "
            f"nation for them: {_first_names(examples)}."
        )
        page.warnings.append(PageWarning("rows-left-out", 1, message))
    return tuple(roles)


def _roles_by_state(by_state: dict[str, "_OccupationByState"]) -> tuple[RoleFacts, ...]:
    roles = []
    for code, states in by_state.items():
        entries = tuple(states.entries.values())
        roles.append(RoleFacts(title=states.title, titled_by="table", soc_code=code, area_pay=entries))
    return tuple(roles)


# What is kept of the national tables of earlier years.
_EARLIER = {
    "outlook": ("job_count",),
    "salary": ("annual_median", "annual_p10", "annual_p90", "hourly_median", "hourly_p10", "hourly_p90"),
}


def earlier_year(page: ParsedPage) -> ParsedPage:
    """The number of jobs and the median and outer percentiles of pay of a national table, to join occupations with."""
    roles = []
    for role in page.roles:
        groups: dict[str, Any] = {}
        for group, names in _EARLIER.items():
            facts = getattr(role, group)
            evidence = {name: place for name, place in facts.evidence.items() if name in names}
            groups[group] = type(facts)(**{name: getattr(facts, name) for name in names}, evidence=evidence)
        roles.append(RoleFacts(title=role.title, titled_by="table", soc_code=role.soc_code, **groups))
    stem = f"pay_{page.figures_of.year}" if page.figures_of else ""
    return replace(page, roles=tuple(roles), compiled_as=stem, **_JOINING)


def _columns(table: DataTable) -> dict[str, int]:
    """Column name in capitals, as in the newest releases -> its index. Of two with the same name it is the first."""
    columns: dict[str, int] = {}
    for index, head in enumerate(table.columns):
        columns.setdefault(head.upper().replace(" ", "_"), index)
    for column, earlier_names in _EARLIER_NAMES.items():
        for earlier in earlier_names:
            if earlier in columns:
                columns.setdefault(column, columns[earlier])
    return columns


def _check_columns(table: DataTable, columns: Mapping[str, int]) -> None:
    missing = [column for column in _NEEDED if column not in columns]
    if missing:
        raise UnreadableError(
            f"The table lacks the columns {', '.join(missing)}. The national table of the Occupational Employment and "
            "Wage Statistics has them, in releases up to May 2018 partly under other names, which are read too: load "
            "that table, as .xlsx or .csv, without leaving columns out."
        )
    heads = [head.upper() for head in table.columns]
    repeated = [column for column in (*_NEEDED, *_NATION) if heads.count(column) > 1]
    if repeated:
        raise UnreadableError(
            f"The table has more than one column {', '.join(repeated)}, and which one holds the figures is not clear. "
            "Load the table as the Bureau publishes it."
        )


def _area_column(file_name: str, table: DataTable, columns: Mapping[str, int]) -> str | None:
    """The column that tells the rows of the nation; None if all rows are about the nation. Raises UnreadableError."""
    for column in _NATION:
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


def _release(file_name: str, table: DataTable) -> str:
    """The year of the release, from names that the Bureau gives its sheets and files, or from a title above the head.

    "" if none of them tells it. Raises UnreadableError if they disagree.

    >>> _release("national_M2025_dl.xlsx", DataTable((), ()))
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
            f"Of which year the figures are is not clear: {', '.join(places)}. Give the file the name of its release, "
            "such as national_M2024_dl.xlsx, and the sheet the same."
        )
    return next(iter(years.values()), "")


def _plain_code(text: str) -> str:
    """A code without what spreadsheets add to it or take from it: decimals, and zeros in front.

    >>> _plain_code("1.0"), _plain_code("000000"), _plain_code("1235"), _plain_code("31-33")
    ('1', '', '1235', '31-33')
    """
    whole, _, decimals = text.partition(".")
    return (text if decimals.strip("0") else whole).lstrip("0")


def _occupation_code(text: str) -> str:
    """The code of an occupation with its hyphen, which some tables leave out.

    >>> _occupation_code("11-1011"), _occupation_code("111011.0"), _occupation_code("11-10")
    ('11-1011', '11-1011', '11-10')
    """
    digits = text.removesuffix(".0")
    return f"{digits[:2]}-{digits[2:]}" if len(digits) == 6 and digits.isdecimal() else text


@dataclass(frozen=True, slots=True)
class _AreaRow:
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

    @property
    def area(self) -> Area | None:
        """The state or territory that the row is about; None if it is about something else.

        Where no column tells states from other areas, its number must be that of the state as well.
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
        index = self.columns["OCC_CODE"]
        has_code = index < len(self.cells) and _CODE.fullmatch(self.code)
        return not has_code and sum(map(bool, self.cells)) <= 2

    @property
    def part_of_economy(self) -> str:
        """The industry or kind of owner that the row is about; "" if it is about the whole economy."""
        if _plain_code(self.get("NAICS")) not in _WHOLE_ECONOMY["NAICS"]:
            return self.get("NAICS_TITLE") or "an industry without a name"
        owner = _plain_code(self.get("OWN_CODE"))
        return "" if owner in _WHOLE_ECONOMY["OWN_CODE"] else f"one kind of owner (OWN_CODE {owner})"


@dataclass(slots=True)
class _OccupationByState:
    """`entries`: postal code of a state -> what the table says of it. `rows`: the same -> its row."""

    title: str
    entries: dict[str, AreaPayFact] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class _PartialTable(TableReport):
    """A table, as far as it has been read."""

    rows: list[_AreaRow]
    groups: dict[str, _AreaRow] = field(default_factory=dict)  # first two digits of the code -> row of the major group

    def rows_by_area(self, width: int, area_column: str | None) -> tuple[list[_AreaRow], list[tuple[Area, _AreaRow]]]:
        """The rows about the whole nation, and those about states. Raises UnreadableError if there are neither.

        `width`: the number of columns. `area_column`: a key of `_NATION`, or None if every row is about the nation.
        """
        nation = []
        by_state: list[tuple[Area, _AreaRow]] = []
        left_out: list[str] = []  # names of areas, industries and owners
        for row in self.rows:
            if row.is_note:
                self.leave(row.number, row.cells, "The row names no occupation", "note")
            elif len(row.cells) < max(row.columns.values()) + 1:
                self.leave(row.number, row.cells, f"The row has {len(row.cells)} of {width} cells", "cut-here")
            elif part := row.part_of_economy:
                is_national = not area_column or _is_national(row, area_column)
                left_out.append(part if is_national or row.area else _area_name(row))
            elif not area_column or _is_national(row, area_column):
                nation.append(row)
            elif area := row.area:
                by_state.append((area, row))
            else:
                left_out.append(_area_name(row))
        if not nation and not by_state:
            raise UnreadableError(_no_nation(left_out))
        if left_out:
            message = _describe_left_out(left_out, len(nation), len(by_state))
            self.warnings.append(PageWarning("rows-left-out", 1, message))
        return nation, by_state

    def read_states(self, rows: list[tuple[Area, _AreaRow]]) -> dict[str, _OccupationByState]:
        """Code of each single occupation -> what the rows of states say of it. Raises UnreadableError."""
        occupations: dict[str, _OccupationByState] = {}
        doubted: set[str] = set()
        for area, row in rows:
            if row["O_GROUP"].lower() != "detailed" or not self._has_code(row):
                continue
            occupation = occupations.setdefault(row.code, _OccupationByState(row["OCC_TITLE"]))
            if area.state in occupation.entries:
                raise UnreadableError(
                    f"The rows {occupation.rows[area.state]} and {row.number} both give figures of {area.name} for "
                    f"{row.code} ({row['OCC_TITLE']}). Load the table of one release, over all industries."
                )
            occupation.entries[area.state] = self._entry(area, row)
            occupation.rows[area.state] = row.number
            if area.state not in doubted and not _names_state(row.get("PRIM_STATE"), area):
                doubted.add(area.state)
                message = (
                    f"The row is about {area.name}, but its column PRIM_STATE says “{row['PRIM_STATE']}”. The name was "
                    "taken, here and in the rows below."
                )
                self.warnings.append(PageWarning("area-number-differs", row.number, message))
        if rows and not occupations:
            raise UnreadableError(_SUMS_ALONE)
        return occupations

    def _entry(self, area: Area, row: _AreaRow) -> AreaPayFact:
        """One row of a state. Pay by the hour is read where none by the year is published."""
        read = {name: self._figure(row, column, "area_pay") for name, column in _AREA_FIGURES.items()}
        if all(value is None and place.missing for name, (value, place) in read.items() if name != "jobs"):
            hourly = {name: self._figure(row, column, "area_pay") for name, column in _AREA_HOURLY.items()}
            if any(value is not None for value, _ in hourly.values()):
                read |= hourly
        values: dict[str, Any] = dict.fromkeys([*_AREA_FIGURES, *_AREA_HOURLY])
        columns, texts = ["AREA_TITLE"], [row["AREA_TITLE"]]
        evidence: dict[str, Evidence] = {}
        for name, (value, place) in read.items():
            values[name] = value
            columns.append(place.column)
            texts.append(place.raw)
            if value is None:
                evidence[name] = replace(place, code=row.code)
        whole = Evidence(row.number, ", ".join(texts), "cell", column=", ".join(columns), code=row.code)
        return AreaPayFact(state=area.state, fips=area.fips, **values, evidence={"state": whole, **evidence})

    def _has_code(self, row: _AreaRow) -> bool:
        if _CODE.fullmatch(row.code) and row["OCC_TITLE"]:
            return True
        text = f"{row.code} {row['OCC_TITLE']}".strip()
        self.leave(row.number, [text], f"“{row.code}” is no code")
        return False

    def detailed_rows(self, national: list[_AreaRow]) -> list[_AreaRow]:
        """The rows about single occupations. Major groups are remembered for their titles."""
        rows: dict[str, _AreaRow] = {}  # code -> row
        for row in national:
            kind, code = row["O_GROUP"].lower(), row.code
            if kind == "major":
                self.groups.setdefault(code[:2], row)
            if kind != "detailed":
                continue
            if not self._has_code(row):
                continue
            if code in rows:
                raise UnreadableError(
                    f"The rows {rows[code].number} and {row.number} both give national figures for {code} "
                    f"({row['OCC_TITLE']}). Load the table of one release, over all industries."
                )
            rows[code] = row
        if not rows:
            raise UnreadableError(_SUMS_ALONE)
        return list(rows.values())

    def role(self, row: _AreaRow) -> RoleFacts:
        values: dict[str, Value] = {}
        evidence: dict[str, Evidence] = {}
        for column, key in _FIGURES.items():
            values[key], evidence[key] = self._figure(row, column, key)
        if group := self.groups.get(row.code[:2]):
            title = group["OCC_TITLE"]
            values["occupation_group"] = title
            evidence["occupation_group"] = Evidence(group.number, title, "cell", column="OCC_TITLE")
        return RoleFacts(title=row["OCC_TITLE"], titled_by="table", soc_code=row.code, **group_values(values, evidence))

    def _figure(self, row: _AreaRow, column: str, key: str) -> tuple[Value, Evidence]:
        """The value of one cell; None for a mark or a cell that cannot be read."""
        raw = row[column]
        if raw in ("*", "**", ""):
            return None, Evidence(row.number, raw, "cell", column=column, missing="not-published")
        if raw == "#" and column in _WAGES:
            return None, Evidence(row.number, raw, "cell", column=column, missing="too-high")
        has_decimals = column.startswith("H_") or column.endswith("_PRSE")
        value = _read_amount(raw, whole=not has_decimals)
        if value is None:
            message = f"“{raw}” in the column {column} is no figure."
            self.warnings.append(PageWarning("unreadable-value", row.number, message, key, row["OCC_TITLE"]))
        return value, Evidence(row.number, raw, "cell" if value is not None else "unread", column=column)


_SUMS_ALONE = (
    "The table holds sums alone: no row has “detailed” in the column O_GROUP (OCC_GROUP up to May 2018). Load the "
    "table with all occupations."
)


def _describe_left_out(names: list[str], national: int, by_state: int) -> str:
    """`names`: of the area or industry of each row that is left out. `national`, `by_state`: rows that are used."""
    rows, were = ("row", "was") if len(names) == 1 else ("rows", "were")
    used = "the whole nation"
    if by_state:
        used = "the nation and of states" if national else "states"
    return (
        f"{len(names):,} {rows} of {_first_names(names)} {were} left out: only the {national + by_state:,} rows of "
        f"{used} are used."
    )


def _is_national(row: _AreaRow, area_column: str) -> bool:
    return _plain_code(row[area_column]) == _NATION[area_column]


def _area_name(row: _AreaRow) -> str:
    return row.get("AREA_TITLE") or "an area without a name"


def _names_state(text: str, area: Area) -> bool:
    """Whether a cell that names or numbers a state can mean this one; an empty one can.

    >>> alabama = Area("AL", "01", "Alabama")
    >>> _names_state("AL", alabama), _names_state("01", alabama), _names_state("AK", alabama)
    (True, True, False)
    """
    return text.upper() in ("", area.state) or _plain_code(text) == _plain_code(area.fips)


def _no_nation(left_out: list[str]) -> str:
    rows = f"rows of {_first_names(left_out)} alone" if left_out else "no rows of figures"
    return (
        f"The table has {rows}. What was expected are rows of the whole nation (AREA_TYPE 1, all industries) or of "
        "states (AREA_TYPE 2 and 3): load the national table of the Occupational Employment and Wage Statistics, or "
        "that of the states."
    )


def _first_names(repeated: list[str]) -> str:
    """The first three different names, and how many more there are.

    >>> _first_names(["Alabama", "Alabama"]), _first_names(["Alabama", "Alaska", "Arizona", "Arkansas", "California"])
    ('Alabama', 'Alabama, Alaska, Arizona and 2 more')
    """
    names = list(dict.fromkeys(repeated))
    more = len(names) - 3
    return f"{', '.join(names[:3])} and {more} more" if more > 0 else ", ".join(names)


def _read_amount(text: str, *, whole: bool) -> int | Decimal | None:
    """A count, a wage or an error, none of which can be negative; None for other text. `whole`: without decimals.

    >>> _read_amount("1,033.5", whole=False), _read_amount("69770.0", whole=True), _read_amount("69770.5", whole=True)
    (Decimal('1033.5'), 69770, None)
    >>> _read_amount("33,54", whole=False), _read_amount("-3", whole=True)
    (None, None)
    """
    figure = read_figure(text)
    if figure is None or figure.is_signed():
        return None
    if not whole:
        return figure
    return int(figure) if figure == int(figure) else None
