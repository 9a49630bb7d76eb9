"""The tables of the Occupational Employment and Wage Statistics by the U.S. Bureau of Labor Statistics.

A row is about one area and one occupation or group of occupations. Only the nation's detailed occupations, over all
industries and owners, become roles. A cell can hold a mark instead of a figure: `*` and `**` mean not published, `#`
means too high to publish. Self-employed people are not counted. Wages are USD, relative errors percent.

Source: https://www.bls.gov/oes/tables.htm
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from ingest.documents.document import Document
from ingest.documents.tables import DataTable
from ingest.parsing.cells import UnreadableError
from ingest.parsing.facts import Evidence, Knowledge, PageWarning, ParsedPage, RoleFacts, UnreadLine, group_values
from ingest.parsing.readers import Value

PUBLISHER = "U.S. Bureau of Labor Statistics"
TITLE = "Occupational Employment and Wage Statistics, national"

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
_NEEDED = ("OCC_CODE", "OCC_TITLE", "O_GROUP", *_FIGURES)
# Column -> its name in earlier releases, the first of which is that up to May 2018.
_EARLIER_NAMES = {"O_GROUP": ("OCC_GROUP", "GROUP"), "OCC_TITLE": ("OCC_TITL",)}

# The values of these columns in rows about the nation and the whole economy, without zeros in front. Other rows are
# about one state, industry or kind of owner.
_NATION = {"AREA_TYPE": "1", "AREA": "99"}
_WHOLE_ECONOMY = {"NAICS": ("",), "OWN_CODE": ("1235", "")}
# A table with one of these columns is about several areas. Up to May 2019 the table of the nation names no area.
_AREA_NAMES = ("AREA_TITLE", "AREA_NAME", "PRIM_STATE", "STATE", "ST")
_SAYS_NATION = re.compile(r"national|nation\b|u\.s\.|united states", re.IGNORECASE)
_CODE = re.compile(r"\d\d-\d{4}")
# national_M2025_dl, or May 2025
_RELEASE = re.compile(r"(?<![a-z0-9])(?:M|May[ _-])(20\d\d)(?![a-z0-9])", re.IGNORECASE)


def recognises(document: Document) -> bool:
    return document.table is not None and {"OCC_CODE", "OCC_TITLE"} <= _columns(document.table).keys()


def parse(document: Document, knowledge: Knowledge) -> ParsedPage:
    table = document.table or DataTable((), ())
    columns = _columns(table)
    _check_columns(table, columns)
    release = _release(document.name, table)
    area_column = _area_column(document.name, table, columns)
    page = _PartialTable([_AreaRow(number, cells, columns) for number, cells in table.rows])
    national = page.national_rows(len(table.columns), area_column)
    roles = tuple(page.role(row) for row in page.detailed_rows(national))
    if not release:
        message = "Of which year the figures are, neither the file's name nor its sheet says. Enter the day of capture."
        page.warnings.append(PageWarning("release-unknown", 1, message))
    cut_line = None
    if table.cut:
        cut_line = table.rows[-1][0] + 1
        page.leave(cut_line, table.cut, "cut-here", "The table stops in this row, for no line end stands after it")
    return ParsedPage(
        layout="table",
        publisher=PUBLISHER,
        title=f"{TITLE}, May {release}" if release else TITLE,
        figures_of=date(int(release), 5, 1) if release else None,
        roles=roles,
        warnings=(*document.warnings, *page.warnings),
        unread=tuple(page.unread),
        cut_line=cut_line,
    )


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
    area_names = [column for column in _AREA_NAMES if column in columns]
    if area_names:
        raise UnreadableError(
            f"The table has rows of several areas (column {area_names[0]}), but no column AREA or AREA_TYPE, which "
            "tells the rows of the whole nation. Load the national table."
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
    def text(self) -> str:
        return ", ".join(filter(None, self.cells))

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
class _PartialTable:
    """A table, as far as it has been read."""

    rows: list[_AreaRow]
    warnings: list[PageWarning] = field(default_factory=list)
    unread: list[UnreadLine] = field(default_factory=list)
    groups: dict[str, _AreaRow] = field(default_factory=dict)  # first two digits of the code -> row of the major group

    def leave(self, number: int, text: str, code: str, message: str) -> None:
        """Report a row that cannot be read."""
        self.unread.append(UnreadLine(number, text))
        self.warnings.append(PageWarning(code, number, f"{message}; it was not read."))

    def national_rows(self, width: int, area_column: str | None) -> list[_AreaRow]:
        """The rows about the whole nation. Raises UnreadableError if there are none.

        `width`: the number of columns. `area_column`: a key of `_NATION`, or None if every row is about the nation.
        """
        nation = []
        left_out: list[str] = []  # names of areas, industries and owners
        for row in self.rows:
            if row.is_note:
                self.leave(row.number, row.text, "note", "The row names no occupation")
            elif len(row.cells) < max(row.columns.values()) + 1:
                self.leave(row.number, row.text, "cut-here", f"The row has {len(row.cells)} of {width} cells")
            elif area_column and _plain_code(row[area_column]) != _NATION[area_column]:
                left_out.append(row.get("AREA_TITLE") or "an area without a name")
            elif part := row.part_of_economy:
                left_out.append(part)
            else:
                nation.append(row)
        if not nation:
            raise UnreadableError(_no_nation(left_out))
        if left_out:
            message = (
                f"{len(left_out):,} rows of {_first_names(left_out)} were left out: only the {len(nation):,} rows of "
                "the whole nation are used."
            )
            self.warnings.append(PageWarning("rows-left-out", 1, message))
        return nation

    def detailed_rows(self, national: list[_AreaRow]) -> list[_AreaRow]:
        """The rows about single occupations. Major groups are remembered for their titles."""
        rows: dict[str, _AreaRow] = {}  # code -> row
        for row in national:
            kind, code = row["O_GROUP"].lower(), row.code
            if kind == "major":
                self.groups.setdefault(code[:2], row)
            if kind != "detailed":
                continue
            if not _CODE.fullmatch(code) or not row["OCC_TITLE"]:
                self.leave(row.number, f"{code} {row['OCC_TITLE']}".strip(), "unreadable-value", f"“{code}” is no code")
                continue
            if code in rows:
                raise UnreadableError(
                    f"The rows {rows[code].number} and {row.number} both give national figures for {code} "
                    f"({row['OCC_TITLE']}). Load the table of one release, over all industries."
                )
            rows[code] = row
        if not rows:
            raise UnreadableError(
                "The table holds sums alone: no row has “detailed” in the column O_GROUP (OCC_GROUP up to May 2018). "
                "Load the national table with all occupations."
            )
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
        value = read_amount(raw) if has_decimals else read_whole_amount(raw)
        if value is None:
            message = f"“{raw}” in the column {column} is no figure."
            self.warnings.append(PageWarning("unreadable-value", row.number, message, key, row["OCC_TITLE"]))
        return value, Evidence(row.number, raw, "cell" if value is not None else "unread", column=column)


def _no_nation(left_out: list[str]) -> str:
    rows = f"rows of {_first_names(left_out)} alone" if left_out else "no rows of figures"
    return (
        f"The table has {rows}. What was expected are rows of the whole nation (AREA_TYPE 1, all industries): load the "
        "national table of the Occupational Employment and Wage Statistics."
    )


def _first_names(repeated: list[str]) -> str:
    """The first three different names, and how many more there are.

    >>> _first_names(["Alabama", "Alabama"]), _first_names(["Alabama", "Alaska", "Arizona", "Arkansas", "California"])
    ('Alabama', 'Alabama, Alaska, Arizona and 2 more')
    """
    names = list(dict.fromkeys(repeated))
    more = len(names) - 3
    return f"{', '.join(names[:3])} and {more} more" if more > 0 else ", ".join(names)


# -- figures ----------------------------------------------------------------------------------

_NUMBER = re.compile(r"(\d{1,3}(?:,\d{3})+|\d{1,12})(\.\d{1,20})?")


def read_amount(text: str) -> Decimal | None:
    """A figure with or without thousands separators; None for other text.

    Spreadsheets store 15.1 as 15.100000000000001, so long figures are rounded.

    >>> read_amount("33.54"), read_amount("1,033.5"), read_amount("15.100000000000001"), read_amount("33,54")
    (Decimal('33.54'), Decimal('1033.5'), Decimal('15.1'), None)
    """
    match = _NUMBER.fullmatch(text)
    if match is None:
        return None
    number = Decimal(match[1].replace(",", "") + (match[2] or ""))
    return round(number, 8).normalize() if len(match[2] or "") > 8 else number


def read_whole_amount(text: str) -> int | None:
    """A figure without decimals; None for other text.

    >>> read_whole_amount("69,770"), read_whole_amount("69770.0"), read_whole_amount("69770.5"), read_whole_amount("-3")
    (69770, 69770, None, None)
    """
    number = read_amount(text)
    return None if number is None or number != int(number) else int(number)
