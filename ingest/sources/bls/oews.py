"""The tables of the Occupational Employment and Wage Statistics, as the U.S. Bureau of Labor Statistics publishes them.

One row for each area and occupation, or sum over occupations; only the nation's detailed occupations, over all
industries and owners, become roles. A cell can hold a mark instead of a figure: `*` and `**` are not published, `#` is
too high to publish, and what the figure is nobody outside the Bureau knows. Self-employed people are not counted.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from ingest.documents.document import Document
from ingest.parsing.cells import UnreadableError
from ingest.parsing.facts import Evidence, Knowledge, PageWarning, ParsedPage, RoleFacts, UnreadLine, group_values
from ingest.parsing.readers import Value

PUBLISHER = "U.S. Bureau of Labor Statistics"
TITLE = "Occupational Employment and Wage Statistics, national"

# Column -> what it fills. Some occupations are paid by the year only, some by the hour only.
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
# Where a table has these columns, only what stands here is the whole: other rows are of one industry or owner.
_WHOLE = {"NAICS": ("000000", "0", ""), "OWN_CODE": ("1235", "")}
_CODE = re.compile(r"\d\d-\d{4}")
_RELEASE = re.compile(r"(?:^|[^a-z0-9])M(20\d\d)(?=$|[^a-z0-9])", re.IGNORECASE)  # national_M2025_dl


def recognises(document: Document) -> bool:
    return document.table is not None and {"OCC_CODE", "OCC_TITLE"} <= _columns(document).keys()


def parse(document: Document, knowledge: Knowledge) -> ParsedPage:
    columns = _columns(document)
    if missing := [column for column in _NEEDED if column not in columns]:
        raise UnreadableError(
            f"The table lacks the columns {', '.join(missing)}. The national table of the Occupational Employment and "
            "Wage Statistics has them: load that, as .xlsx or .csv, without leaving columns out."
        )
    page = _Page([_Row(number, cells, columns) for number, cells in _rows(document)])
    national = page.national(len(columns))
    roles = tuple(page.role(row) for row in page.detailed(national))
    release = _release(document)
    if not release:
        message = "Of which year the figures are, neither the file's name nor its sheet says. Enter the day of capture."
        page.warnings.append(PageWarning("release-unknown", 1, message))
    cut = document.table.cut if document.table else ""
    cut_line = (document.table.rows[-1][0] + 1 if document.table and document.table.rows else 1) if cut else None
    if cut_line:
        page.leave(cut_line, cut, "cut-here", "The table stops in this row, for no line end stands after it")
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
    """Column in capitals -> its place; the first of two of one name."""
    heads = document.table.columns if document.table else ()
    return {head.upper(): place for place, head in reversed(list(enumerate(heads)))}


def _rows(document: Document) -> tuple[tuple[int, tuple[str, ...]], ...]:
    return document.table.rows if document.table else ()


def _release(document: Document) -> str:
    """The year of the release, as the Bureau names its sheets and files: `national_M2025_dl`."""
    sheet = document.table.sheet if document.table else ""
    for text in (sheet, document.name.rpartition(".")[0]):
        if match := _RELEASE.search(text):
            return match[1]
    return ""


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    cells: tuple[str, ...]
    columns: Mapping[str, int]

    def __getitem__(self, column: str) -> str:
        return self.cells[self.columns[column]]

    def get(self, column: str) -> str:
        """The cell of a column that a table need not have."""
        return self[column] if column in self.columns else ""


@dataclass(slots=True)
class _Page:
    """A table, as far as it has been read."""

    rows: list[_Row]
    warnings: list[PageWarning] = field(default_factory=list)
    unread: list[UnreadLine] = field(default_factory=list)
    groups: dict[str, _Row] = field(default_factory=dict)  # first two digits -> the row of the major group

    def leave(self, number: int, text: str, code: str, message: str) -> None:
        self.unread.append(UnreadLine(number, text))
        self.warnings.append(PageWarning(code, number, f"{message}; it was not read."))

    def national(self, width: int) -> list[_Row]:
        """The rows of the whole nation. Raises UnreadableError where there is none."""
        nation = []
        others: list[str] = []
        for row in self.rows:
            if len(row.cells) < max(row.columns.values()) + 1:
                message = f"The row has {len(row.cells)} of {width} cells"
                self.leave(row.number, ", ".join(row.cells), "cut-here", message)
            elif row["AREA_TYPE"] != _NATIONAL:
                others.append(row.get("AREA_TITLE") or "an area without a name")
            elif all(row.get(column) in allowed for column, allowed in _WHOLE.items()):
                nation.append(row)
            else:
                others.append(row.get("NAICS_TITLE") or "a part of the economy")
        if not nation:
            raise UnreadableError(_no_nation(others))
        if others:
            named = list(dict.fromkeys(others))
            message = (
                f"{len(others):,} rows of {_some(named)} were left out: only the {len(nation):,} rows of the whole "
                "nation are used."
            )
            self.warnings.append(PageWarning("rows-left-out", 1, message))
        return nation

    def detailed(self, national: list[_Row]) -> Iterator[_Row]:
        """The occupations; sums over them are left, but for the titles of the major groups."""
        seen: dict[str, int] = {}
        found = []
        for row in national:
            kind, code = row["O_GROUP"].lower(), row["OCC_CODE"]
            if kind == "major":
                self.groups.setdefault(code[:2], row)
            if kind != "detailed":
                continue
            if not _CODE.fullmatch(code) or not row["OCC_TITLE"]:
                self.leave(row.number, f"{code} {row['OCC_TITLE']}".strip(), "unreadable-value", f"“{code}” is no code")
                continue
            if code in seen:
                raise UnreadableError(
                    f"The rows {seen[code]} and {row.number} both give national figures for {code} "
                    f"({row['OCC_TITLE']}). Load the table of one release, over all industries."
                )
            seen[code] = row.number
            found.append(row)
        if not found:
            raise UnreadableError(
                "The table holds sums alone: no row has “detailed” in the column O_GROUP. Load the national table with "
                "all occupations."
            )
        yield from found

    def role(self, row: _Row) -> RoleFacts:
        values: dict[str, Value] = {}
        evidence: dict[str, Evidence] = {}
        for column, key in _FIGURES.items():
            values[key], evidence[key] = self._figure(row, column, key)
        if group := self.groups.get(row["OCC_CODE"][:2]):
            values["occupation_group"] = group["OCC_TITLE"]
            stands = Evidence(group.number, group["OCC_TITLE"], "cell", column="OCC_TITLE")
            evidence["occupation_group"] = stands
        return RoleFacts(
            title=row["OCC_TITLE"], titled_by="table", soc_code=row["OCC_CODE"], **group_values(values, evidence)
        )

    def _figure(self, row: _Row, column: str, key: str) -> tuple[Value, Evidence]:
        raw = row[column]
        if raw in ("*", "**", ""):
            return None, Evidence(row.number, raw, "cell", column=column, missing="not-published")
        if raw == "#" and column in _WAGES:
            return None, Evidence(row.number, raw, "cell", column=column, missing="too-high")
        value = _READERS.get(column, amount if column.startswith("H_") else whole)(raw)
        if value is None:
            message = f"“{raw}” in the column {column} is no figure."
            self.warnings.append(PageWarning("unreadable-value", row.number, message, key, row["OCC_TITLE"]))
        return value, Evidence(row.number, raw, "cell" if value is not None else "unread", column=column)


def _no_nation(others: list[str]) -> str:
    found = f"The table has rows of {_some(list(dict.fromkeys(others)))} alone" if others else "The table has no rows"
    return (
        f"{found}. What was expected are rows of the whole nation (AREA_TYPE 1, all industries): load the national "
        "table of the Occupational Employment and Wage Statistics."
    )


def _some(names: list[str]) -> str:
    """
    >>> _some(["Alabama"]), _some(["Alabama", "Alaska", "Arizona", "Arkansas", "California"])
    ('Alabama', 'Alabama, Alaska, Arizona and 2 more')
    """
    more = len(names) - 3
    return f"{', '.join(names[:3])} and {more} more" if more > 0 else ", ".join(names)


# -- figures ----------------------------------------------------------------------------------

_NUMBER = re.compile(r"(\d{1,3}(?:,\d{3})+|\d{1,12})(\.\d{1,20})?")


def amount(text: str) -> Decimal | None:
    """A figure with or without thousands separators. A spreadsheet keeps 15.1 as 15.100000000000001.

    >>> amount("33.54"), amount("1,033.5"), amount("15.100000000000001"), amount("33,54")
    (Decimal('33.54'), Decimal('1033.5'), Decimal('15.1'), None)
    """
    match = _NUMBER.fullmatch(text)
    if match is None:
        return None
    number = Decimal(match[1].replace(",", "") + (match[2] or ""))
    return round(number, 8).normalize() if len(match[2] or "") > 8 else number


def whole(text: str) -> int | None:
    """
    >>> whole("69,770"), whole("69770.0"), whole("69770.5"), whole("-3")
    (69770, 69770, None, None)
    """
    number = amount(text)
    return None if number is None or number != int(number) else int(number)


_READERS: dict[str, Callable[[str], Value]] = {"EMP_PRSE": amount, "MEAN_PRSE": amount}
