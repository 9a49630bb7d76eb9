"""The rows of a wage table -> figures of the nation and of states, and reports about the other rows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from careers.areas import Area
from careers.vocabulary import ALL_JOBS_CODE
from ingest.documents.table_report import TableReport
from ingest.documents.tables import DataTable
from ingest.parsing.cells import SOC_CODE, UnreadableError, names_something
from ingest.parsing.evidence import Evidence
from ingest.parsing.parsed_page import AllJobsFact, PageWarning, make_figures_of_all_jobs
from ingest.parsing.role_facts import AreaPayFact, RoleFacts, Value
from ingest.plurals import list_first_three
from ingest.sources.bls.bureau_tables import read_figure
from ingest.sources.bls.oews.wage_columns import (
    AREA_FIGURES,
    AREA_HOURLY,
    FIGURES,
    WAGES,
    AreaRow,
    can_mean_state,
)


@dataclass(slots=True)
class OccupationByState:
    """`entries`: postal code of a state -> what the table says about it. `rows`: postal code -> number of its row."""

    title: str
    entries: dict[str, AreaPayFact] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class WageReader(TableReport):
    """A table, as far as it has been read."""

    table: DataTable
    columns: Mapping[str, int]
    groups: dict[str, AreaRow] = field(default_factory=dict)  # first two digits of the code -> row of the major group

    def rows_by_area(self, area_column: str | None) -> tuple[list[AreaRow], list[tuple[Area, AreaRow]]]:
        """The rows about the whole nation, and those about states. Raises UnreadableError if there are neither.

        `area_column`: a key of `NATION`, or None if every row is about the nation.
        """
        nation = []
        by_state: list[tuple[Area, AreaRow]] = []
        left_out: list[str] = []  # names of areas, industries and owners
        for number, cells in self.table.rows:
            row = AreaRow(number, cells, self.columns)
            if row.is_note:
                self.report_unread(row.number, row.cells, "The row names no occupation", "note")
            elif len(row.cells) < max(row.columns.values()) + 1:
                self.report_short_row(row.number, row.cells, self.table)
            elif not row.is_national(area_column) and row.area is None:
                if not self._report_error(row):
                    left_out.append(row.area_name)
            elif row.part_of_economy:
                if not self._report_error(row):
                    left_out.append(row.part_of_economy)
            elif row.is_national(area_column):
                nation.append(row)
            elif row.area:
                by_state.append((row.area, row))
        if not nation and not by_state:
            rows = f"only rows of {list_first_three(left_out)}" if left_out else "no rows of figures"
            raise UnreadableError(
                f"The table has {rows}. Rows of the whole nation (AREA_TYPE 1, all industries) or of states (AREA_TYPE "
                "2, 3) were expected: load the national table of the Occupational Employment and Wage Statistics, or "
                "that of states."
            )
        if left_out:
            message = _describe_left_out(left_out, len(nation), len(by_state))
            self.warnings.append(PageWarning("rows-left-out", 1, message))
        return nation, by_state

    def _report_error(self, row: AreaRow) -> bool:
        """Report a row that is left out because it has an error of a spreadsheet where it says what it is about."""
        column = row.find_error()
        if column:
            self.report_wrong_cell(row.number, row.cells, row[column], column, "what the row is about")
        return bool(column)

    def _is_of_occupation(self, row: AreaRow) -> bool:
        """Whether a row is about a single occupation, and has its code and title."""
        if row["O_GROUP"].lower() == "detailed":
            return self._has_code(row)
        self._report_error(row)
        return False

    def read_states(self, rows: list[tuple[Area, AreaRow]]) -> dict[str, OccupationByState]:
        """Code of each single occupation -> what the rows of states say about it. Raises UnreadableError."""
        occupations: dict[str, OccupationByState] = {}
        doubted: set[str] = set()
        for area, row in rows:
            if not self._is_of_occupation(row):
                continue
            occupation = occupations.setdefault(row.code, OccupationByState(row["OCC_TITLE"]))
            if area.state in occupation.entries:
                raise _refuse_repeat(occupation.rows[area.state], row, f"figures of {area.name}")
            occupation.entries[area.state] = self._read_entry(area, row)
            occupation.rows[area.state] = row.number
            if area.state not in doubted and not can_mean_state(row.get("PRIM_STATE"), area):
                doubted.add(area.state)
                message = (
                    f"The row is about {area.name}, but its column PRIM_STATE says “{row['PRIM_STATE']}”. The name was "
                    "taken, here and in the rows below."
                )
                self.warnings.append(PageWarning("area-number-differs", row.number, message))
        if rows and not occupations:
            raise _refuse_lack_of_occupations(row for _, row in rows)
        return occupations

    def _read_entry(self, area: Area, row: AreaRow) -> AreaPayFact:
        figures = self._read_figures_of_state(row)
        values: dict[str, Any] = dict.fromkeys([*AREA_FIGURES, *AREA_HOURLY])
        columns, texts = ["AREA_TITLE"], [row["AREA_TITLE"]]
        evidence: dict[str, Evidence] = {}
        for name, (value, place) in figures.items():
            values[name] = value
            columns.append(place.column)
            texts.append(place.raw)
            if value is None:
                evidence[name] = replace(place, code=row.code)
        whole = Evidence(row.number, ", ".join(texts), "cell", column=", ".join(columns), code=row.code)
        return AreaPayFact(state=area.state, fips=area.fips, **values, evidence={"state": whole, **evidence})

    def _read_figures_of_state(self, row: AreaRow) -> dict[str, tuple[Value, Evidence]]:
        """Field -> its value. Pay by the hour is among them where none by the year is published."""
        figures = {name: self._read_figure(row, column, "area_pay") for name, column in AREA_FIGURES.items()}
        places_of_pay = [place for name, (_, place) in figures.items() if name != "jobs"]
        if all(place.missing for place in places_of_pay):
            hourly_pay = {name: self._read_figure(row, column, "area_pay") for name, column in AREA_HOURLY.items()}
            if any(value is not None for value, _ in hourly_pay.values()):
                figures |= hourly_pay
        return figures

    def _has_code(self, row: AreaRow) -> bool:
        has_title = names_something(row["OCC_TITLE"])
        if SOC_CODE.fullmatch(row.code) and has_title:
            return True
        text = f"{row.code} {row['OCC_TITLE']}".strip()
        if has_title:
            self.report_wrong_cell(row.number, [text], row.code, "OCC_CODE", "the code of an occupation")
        else:
            self.report_wrong_cell(row.number, [text], row["OCC_TITLE"], "OCC_TITLE", "a title")
        return False

    def detailed_rows(self, national: list[AreaRow]) -> list[AreaRow]:
        """The rows about single occupations. Major groups are remembered for their titles."""
        rows: dict[str, AreaRow] = {}  # code -> row
        for row in national:
            code = row.code
            if row["O_GROUP"].lower() == "major":
                self.groups.setdefault(code[:2], row)
            if not self._is_of_occupation(row):
                continue
            if code in rows:
                raise _refuse_repeat(rows[code].number, row, "national figures")
            rows[code] = row
        if not rows:
            raise _refuse_lack_of_occupations(national)
        return list(rows.values())

    def read_all_jobs(self, national: list[AreaRow]) -> tuple[AllJobsFact, ...]:
        """The figures of the row about all occupations; none where the table leaves it out."""
        rows = [row for row in national if row.code == ALL_JOBS_CODE]
        if len(rows) > 1:
            raise _refuse_repeat(rows[0].number, rows[1], "national figures")
        return make_figures_of_all_jobs(*self._read_figures(rows[0])) if rows else ()

    def role(self, row: AreaRow) -> RoleFacts:
        values, evidence = self._read_figures(row)
        if group := self.groups.get(row.code[:2]):
            title = group["OCC_TITLE"]
            values["occupation_group"] = title
            evidence["occupation_group"] = Evidence(group.number, title, "cell", column="OCC_TITLE")
        return RoleFacts(title=row["OCC_TITLE"], soc_code=row.code, values=values, evidence=evidence)

    def _read_figures(self, row: AreaRow) -> tuple[dict[str, Value], dict[str, Evidence]]:
        values: dict[str, Value] = {}
        evidence: dict[str, Evidence] = {}
        for column, key in FIGURES.items():
            values[key], evidence[key] = self._read_figure(row, column, key)
        return values, evidence

    def _read_figure(self, row: AreaRow, column: str, key: str) -> tuple[Value, Evidence]:
        """The value of one cell; None for a mark or a cell that cannot be read."""
        raw = row[column]
        if raw in ("*", "**"):
            return None, Evidence(row.number, raw, "cell", column=column, missing="not-published")
        if raw == "#" and column in WAGES:
            return None, Evidence(row.number, raw, "cell", column=column, missing="too-high")
        has_decimals = column.startswith("H_") or column.endswith("_PRSE")
        value = _read_amount(raw, whole=not has_decimals)
        if value is None:
            message = f"“{raw}” in the column {column} is not a figure." if raw else _EMPTY.format(column=column)
            self.warnings.append(PageWarning("unreadable-value", row.number, message, key, row["OCC_TITLE"]))
        return value, Evidence(row.number, raw, "cell" if value is not None else "unread", column=column)


# The Bureau marks what it does not publish.
_EMPTY = "The cell in the column {column} is empty; a figure or * was expected. Load the table as it was published."
_SUMS_ALONE = (
    "The table holds nothing but sums: no row has “detailed” in the column O_GROUP (OCC_GROUP up to May 2018). Load "
    "the table with all occupations."
)


def _refuse_lack_of_occupations(rows: Iterable[AreaRow]) -> UnreadableError:
    row = next((row for row in rows if row["O_GROUP"].lower() == "detailed"), None)
    if row is None:
        return UnreadableError(_SUMS_ALONE)
    return UnreadableError(
        "No row of an occupation has its code, such as 11-1011, in the column OCC_CODE and its title in OCC_TITLE: row "
        f"{row.number} has “{row.code}” and “{row['OCC_TITLE']}”. Load the table as it was published."
    )


def _refuse_repeat(earlier: int, row: AreaRow, what: str) -> UnreadableError:
    return UnreadableError(
        f"The rows {earlier} and {row.number} both give {what} for {row.code} ({row['OCC_TITLE']}). Load the table of "
        "one release, over all industries."
    )


def _describe_left_out(names: list[str], national: int, by_state: int) -> str:
    """`names`: of the area or industry of each row that is left out. `national`, `by_state`: rows that are used."""
    rows, were = ("row", "was") if len(names) == 1 else ("rows", "were")
    used = "the whole nation"
    if by_state:
        used = "the nation and of states" if national else "states"
    count = national + by_state
    used_rows = f"the one row of {used} is" if count == 1 else f"the {count:,} rows of {used} are"
    return f"{len(names):,} {rows} of {list_first_three(names)} {were} left out: only {used_rows} used."


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
