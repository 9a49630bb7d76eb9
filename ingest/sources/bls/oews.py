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
_NEEDED = ("AREA_TYPE", "OCC_CODE", "OCC_TITLE", "O_GROUP", *_FIGURES)

_NATIONAL = "1"  # of AREA_TYPE; 2 is a state
# The values of these columns, if the table has them, in rows about the whole economy. Other rows are about one
# industry or owner.
_WHOLE_ECONOMY = {"NAICS": ("000000", "0", ""), "OWN_CODE": ("1235", "")}
_CODE = re.compile(r"\d\d-\d{4}")
_RELEASE = re.compile(r"(?:^|[^a-z0-9])M(20\d\d)(?=$|[^a-z0-9])", re.IGNORECASE)  # national_M2025_dl


def recognises(document: Document) -> bool:
    return document.table is not None and {"OCC_CODE", "OCC_TITLE"} <= _columns(document).keys()


def parse(document: Document, knowledge: Knowledge) -> ParsedPage:
    table = document.table or DataTable((), ())
    columns = _columns(document)
    _check_columns(columns)
    page = _PartialTable([_AreaRow(number, cells, columns) for number, cells in table.rows])
    national = page.national_rows(len(columns))
    roles = tuple(page.role(row) for row in page.detailed_rows(national))
    release = _release(document.name, table.sheet)
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


def _columns(document: Document) -> dict[str, int]:
    """Column name in capitals -> its index, which is the first one of two columns with the same name."""
    columns: dict[str, int] = {}
    for index, head in enumerate(document.table.columns if document.table else ()):
        columns.setdefault(head.upper(), index)
    return columns


def _check_columns(columns: Mapping[str, int]) -> None:
    missing = [column for column in _NEEDED if column not in columns]
    if missing:
        raise UnreadableError(
            f"The table lacks the columns {', '.join(missing)}. The national table of the Occupational Employment and "
            "Wage Statistics has them: load that, as .xlsx or .csv, without leaving columns out."
        )


def _release(file_name: str, sheet: str) -> str:
    """The year of the release, from names that the Bureau gives its sheets and files; "" if neither tells it.

    >>> _release("national_M2025_dl.xlsx", "")
    '2025'
    """
    for text in (sheet, file_name.rpartition(".")[0]):
        if match := _RELEASE.search(text):
            return match[1]
    return ""


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

    def national_rows(self, width: int) -> list[_AreaRow]:
        """The rows about the whole nation. Raises UnreadableError if there are none. `width`: the number of columns."""
        nation = []
        left_out: list[str] = []  # names of areas and industries
        for row in self.rows:
            if len(row.cells) < max(row.columns.values()) + 1:
                message = f"The row has {len(row.cells)} of {width} cells"
                self.leave(row.number, ", ".join(row.cells), "cut-here", message)
            elif row["AREA_TYPE"] != _NATIONAL:
                left_out.append(row.get("AREA_TITLE") or "an area without a name")
            elif all(row.get(column) in values for column, values in _WHOLE_ECONOMY.items()):
                nation.append(row)
            else:
                left_out.append(row.get("NAICS_TITLE") or "a part of the economy")
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
            kind, code = row["O_GROUP"].lower(), row["OCC_CODE"]
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
                "The table holds sums alone: no row has “detailed” in the column O_GROUP. Load the national table with "
                "all occupations."
            )
        return list(rows.values())

    def role(self, row: _AreaRow) -> RoleFacts:
        values: dict[str, Value] = {}
        evidence: dict[str, Evidence] = {}
        for column, key in _FIGURES.items():
            values[key], evidence[key] = self._figure(row, column, key)
        if group := self.groups.get(row["OCC_CODE"][:2]):
            title = group["OCC_TITLE"]
            values["occupation_group"] = title
            evidence["occupation_group"] = Evidence(group.number, title, "cell", column="OCC_TITLE")
        return RoleFacts(
            title=row["OCC_TITLE"], titled_by="table", soc_code=row["OCC_CODE"], **group_values(values, evidence)
        )

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
    rows = f"rows of {_first_names(left_out)} alone" if left_out else "no rows"
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
