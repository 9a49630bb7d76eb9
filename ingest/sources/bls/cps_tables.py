"""What the tables of the Current Population Survey share: rows by titles of the Census Bureau's list of occupations.

Rows of sums, such as those of all managers, stand among those of single occupations. A dash means that the survey
counts fewer than 50,000 people. An occupation with no row of its own gets the figures of the group that it belongs to;
one of several groups gets their mean, weighted by the number of people employed.
"""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple, cast

from careers.vocabulary import Missing
from ingest.documents.document import Document
from ingest.documents.tables import DataTable, FoundTable, match_columns, simplify_head
from ingest.documents.workbooks import check_formulas
from ingest.parsing.cells import UnreadableError, is_error_of_spreadsheet, letters_of
from ingest.parsing.evidence import Evidence
from ingest.parsing.parsed_page import PageWarning, UnreadLine
from ingest.parsing.role_facts import RoleFacts, Value
from ingest.plurals import list_first_three
from ingest.sources.bls.bureau_tables import NOT_PUBLISHED, BureauReader, TableKind, read_figure, require_columns
from ingest.sources.bls.census_groups import CensusMatch

URL = "https://www.bls.gov/cps/tables.htm"

FEWEST_PERCENT = 90  # of the groups of the Census Bureau's list
FEWEST_PEOPLE = 50  # thousands; the survey publishes no shares and no ages of fewer
_YEAR = re.compile(r"20\d\d")
_FIRST_HEAD = r"occupation"
_EMPLOYED = r"total employed|total, 16 years and over"
_SUMS = re.compile(r"total\b.*|.* occupations", re.IGNORECASE)
_MONTHS = re.compile(r"(?<!\d)(\d{1,2})-month averages that exclude ([A-Z][a-z]+)")
_MONTHS_IN_WORDS = {"11": "eleven", "10": "ten"}


class SurveyTable(FoundTable):
    """One table of a file. Its columns "title" and "employed" are always among the names."""

    def head(self, name: str) -> str:
        """The head of a column of figures. That of the people employed can stand in the row above the other heads."""
        return " ".join(super().head(name).split()) or "Total employed"


def find_survey_table(document: Document, kind: TableKind) -> SurveyTable | None:
    """The table of a document with this title above its columns, or with all of these columns; None for no such one."""
    for sheet in document.sheets:
        above = simplify_head(" ".join(sheet.above))
        columns = _find_survey_columns(sheet, kind.heads)
        if re.search(kind.title, above) or kind.heads.keys() <= columns.keys():
            return SurveyTable(sheet, columns)
    return None


def _find_survey_columns(table: DataTable, heads: Mapping[str, str]) -> dict[str, int]:
    """The heads of the first two columns can stand above the others, in a row of their own."""
    columns = match_columns(table, {"title": _FIRST_HEAD, "employed": _EMPLOYED, **heads})
    above = [simplify_head(text) for text in table.above]
    for index, (name, pattern) in enumerate((("title", _FIRST_HEAD), ("employed", _EMPLOYED))):
        is_blank = len(table.columns) > index and not table.columns[index]
        if name not in columns and is_blank and any(re.fullmatch(pattern, text) for text in above):
            columns[name] = index
    return columns


def require_survey_table(document: Document, kind: TableKind) -> SurveyTable:
    """The table that `find_survey_table` finds.

    Raises UnreadableError if the table is of something else, lacks columns, or computes its figures.
    """
    source = cast(SurveyTable, find_survey_table(document, kind))  # it was recognized
    check_formulas(source.table)
    if not re.search(kind.title, simplify_head(" ".join(source.table.above))):
        raise UnreadableError(
            f"The table does not say what it counts: {kind.name} has a title above its columns, with “by detailed "
            "occupation”. Load it with its title, as the Bureau publishes it."
        )
    in_words = {name: f"“{name.replace('_', ' ').capitalize()}”" for name in kind.heads}
    require_columns(source.columns, {"title": "“Occupation”", "employed": "“Total employed”", **in_words}, kind.name)
    return source


def read_year(source: SurveyTable, table_name: str) -> int:
    """The year of the averages. Raises UnreadableError if the table does not name exactly one."""
    years = {text for text in (*source.table.above, *source.table.columns) if _YEAR.fullmatch(text)}
    if not years:
        years = set(_YEAR.findall(" ".join(source.table.above)))
    if len(years) != 1:
        raise UnreadableError(
            f"The year of the figures is not clear: {table_name} has one year in a row above its columns, such as "
            f"2025, but here there is {' and '.join(sorted(years)) or 'none'}. Load the table of one year, as the "
            "Bureau publishes it."
        )
    return int(years.pop())


def describe_months(source: SurveyTable) -> str:
    """Which months of its year a table leaves out, by the note below it: "eleven months, without October"."""
    for _, cells in reversed(source.table.rows[-5:]):
        match = _MONTHS.search(" ".join(cells))
        if match:
            return f"{_MONTHS_IN_WORDS.get(match[1], match[1])} months, without {match[2]}"
    return ""


class SurveyRow(NamedTuple):
    """The row of one group. `employed`: thousands of people, None where that cannot be read."""

    number: int
    cells: tuple[str, ...]
    match: CensusMatch
    employed: Decimal | None


@dataclass(slots=True)
class SurveyReader(BureauReader):
    """Reads a table for the occupations of the crosswalk, and collects what cannot be read.

    `sheet`: the name of the table in evidence, such as Table 11. `reported`: row and column of bad cells.
    """

    source: SurveyTable
    sheet: str
    crosswalk: Sequence[CensusMatch]
    reported: set[tuple[int, str]] = field(default_factory=set)

    def occupations(self) -> dict[str, list[SurveyRow]]:
        """Code of an occupation -> the rows of its groups. Raises UnreadableError if too few groups have a row."""
        rows = self._find_rows()
        groups = {match.group.key: match.group.title for match in self.crosswalk}
        absent = [title for key, title in groups.items() if key not in rows]
        if 100 * len(absent) > (100 - FEWEST_PERCENT) * len(groups):
            raise UnreadableError(
                f"Only {len(groups) - len(absent):,} of the {len(groups):,} groups of occupations in the Census "
                f"Bureau's list of 2018 have a row in the table; at least {FEWEST_PERCENT}% must. Without a row: "
                f"{list_first_three(absent)}. Load a table of 2020 or later, as the Bureau publishes it."
            )
        if absent:
            names = "; ".join(absent[:5])
            message = f"{len(absent):,} of {len(groups):,} groups of the Census Bureau's list have no row: {names}."
            self.warnings.append(PageWarning("rows-left-out", 1, message))
        by_code: dict[str, list[SurveyRow]] = {}
        for match in self.crosswalk:
            if match.group.key in rows:
                number, cells = rows[match.group.key]
                employed = read_figure(cells[self.source.columns["employed"]])
                by_code.setdefault(match.code, []).append(SurveyRow(number, cells, match, employed))
        return by_code

    def _find_rows(self) -> dict[str, tuple[int, tuple[str, ...]]]:
        """Key of a title -> number and cells of its row."""
        table, columns = self.source.table, self.source.columns
        listed_keys = {match.group.key for match in self.crosswalk}
        rows: dict[str, tuple[int, tuple[str, ...]]] = {}
        unused: list[str] = []
        for number, cells in table.rows:
            title = " ".join(self.source.cell(cells, "title").split())
            key = letters_of(title)
            if len(cells) <= max(columns.values()) or not any(cells[columns["title"] + 1 :]):
                self.report_unread(number, cells, "The row has no figures", "note")
            elif is_error_of_spreadsheet(title):
                self.report_wrong_cell(number, cells, title, _FIRST_HEAD.capitalize(), "the title of a group")
            elif key in rows:
                raise UnreadableError(
                    f"The rows {rows[key][0]} and {number} both give figures for {title}. Load the table of one year."
                )
            elif key in listed_keys:
                rows[key] = (number, cells)
            elif not _SUMS.fullmatch(title):
                self.unread.append(UnreadLine(number, ", ".join(filter(None, cells))))
                unused.append(title)
        if unused:
            names = "; ".join(title[:80] for title in unused[:5])
            message = (
                f"No occupation takes its figures from {len(unused):,} of {len(table.rows):,} rows, by the crosswalk: "
                f"{names}."
            )
            self.warnings.append(PageWarning("rows-left-out", 1, message))
        self.report_cut(table)
        return rows

    def role(self, code: str, rows: Sequence[SurveyRow], keys: Mapping[str, str], group_key: str = "") -> RoleFacts:
        """What the rows of its groups say about an occupation.

        `keys`: vocabulary key -> name of a column. `group_key`: the key for the wider group to which the figures
        belong.
        """
        values: dict[str, Value] = {}
        evidence: dict[str, Evidence] = {}
        for key, name in keys.items():
            values[key], evidence[key] = self.figure(rows, name)
            if group_key and evidence[key].wider_group:
                values[group_key] = evidence[key].wider_group
                evidence[group_key] = Evidence(
                    evidence[key].line,
                    evidence[key].wider_group,
                    "cell",
                    column=_FIRST_HEAD.capitalize(),
                    sheet=self.sheet,
                    code=code,
                )
        return RoleFacts(title=code, soc_code=code, values=values, evidence=evidence)

    def figure(self, rows: Sequence[SurveyRow], name: str) -> tuple[Decimal | None, Evidence]:
        """The figure of one group, or the mean of those groups that have a figure."""
        index = self.source.columns[name]
        figures: list[tuple[SurveyRow, Decimal]] = []
        wrong: list[tuple[SurveyRow, str]] = []
        for row in rows:
            figure = read_figure(row.cells[index])
            if _is_wrong(row.cells[index], 100):
                wrong.append((row, name))
            elif len(rows) > 1 and _is_wrong(row.cells[self.source.columns["employed"]]):
                wrong.append((row, "employed"))
            elif figure is not None and (row.employed or len(rows) == 1):
                figures.append((row, figure))
        if wrong:
            self._report_wrong_cell(*wrong[0])
            return None, replace(self._evidence(rows, name), mean_of=0, how="unread")
        if not figures:
            return None, self._without_figure(rows, name)
        place = self._evidence([row for row, _ in figures], name)
        if len(figures) == 1:
            return figures[0][1], place
        return _weigh_figures(figures), place

    def _evidence(self, rows: Sequence[SurveyRow], name: str) -> Evidence:
        index, employed = self.source.columns[name], self.source.columns["employed"]
        several = len(rows) > 1
        raw = "; ".join(f"{row.cells[index]} ({row.match.group.title}: {row.cells[employed]})" for row in rows)
        wider = [row.match.group.title for row in rows if row.match.match != "exact"]
        return Evidence(
            rows[0].number,
            raw if several else rows[0].cells[index],
            "weighted-mean" if several else "cell",
            column=self.source.head(name),
            sheet=self.sheet,
            code=rows[0].match.code,
            mean_of=len(rows) if several else 0,
            wider_group="; ".join(wider),
        )

    def _without_figure(self, rows: Sequence[SurveyRow], name: str) -> Evidence:
        index = self.source.columns[name]
        reason: Missing = "not-published"
        if all(row.cells[index] and row.employed is not None and row.employed <= FEWEST_PEOPLE for row in rows):
            reason = "too-few"
        return replace(self._evidence(rows, name), mean_of=0, how="cell", missing=reason)

    def _report_wrong_cell(self, row: SurveyRow, name: str) -> None:
        """One row can stand for many occupations, but a bad cell is reported once."""
        if (row.number, name) not in self.reported:
            self.reported.add((row.number, name))
            self.report_unreadable(row.number, row.cells[self.source.columns[name]], self.source.head(name))


def _is_wrong(text: str, most: float = math.inf) -> bool:
    """Whether a cell holds neither a possible figure nor the mark for none. `most`: of shares and ages.

    >>> _is_wrong("41.5", 100), _is_wrong("–", 100), _is_wrong("-5", 100), _is_wrong("415", 100), _is_wrong("")
    (False, False, True, True, True)
    """
    figure = read_figure(text)
    if figure is None:
        return not text or text not in NOT_PUBLISHED
    return not 0 <= figure <= most


def _weigh_figures(figures: Sequence[tuple[SurveyRow, Decimal]]) -> Decimal:
    """The mean of the figures of several groups, by the number of people employed in each, with one decimal."""
    people, total = Decimal(), Decimal()
    for row, figure in figures:
        employed = row.employed or Decimal()
        people += employed
        total += employed * figure
    return (total / people).quantize(Decimal("0.1"), ROUND_HALF_UP)
