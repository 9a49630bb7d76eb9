"""What people are told about the rows of a table: which rows were not read, and where the table stops."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from ingest.documents.tables import DataTable
from ingest.parsing.cells import UnreadableError
from ingest.parsing.parsed_page import PageWarning, UnreadLine

Row = TypeVar("Row")
FEWEST_PERCENT = 90  # of the rows with a code that must belong to an occupation


@dataclass(slots=True, kw_only=True)
class TableReport:
    """The warnings and unread rows so far. `cut_line`: the row in which the table stops; None for a whole table."""

    warnings: list[PageWarning] = field(default_factory=list)
    unread: list[UnreadLine] = field(default_factory=list)
    cut_line: int | None = None

    def report_unread(self, number: int, cells: Iterable[str], message: str, code: str = "unreadable-value") -> None:
        """Report a row that is not read. `message`: why, without a full stop. `code`: the kind of warning."""
        self.unread.append(UnreadLine(number, ", ".join(filter(None, cells))))
        self.warnings.append(PageWarning(code, number, f"{message}; it was not read."))

    def report_wrong_cell(self, number: int, cells: Iterable[str], raw: str, column: str, expected: str) -> None:
        """Report a row that is not read because of one cell. `column`: its head. `expected`: what it should hold."""
        message = f"“{raw[:20]}” in the column “{column}” is not {expected}"
        if not raw:
            message = f"The row has nothing in the column “{column}”, where {expected} was expected"
        self.report_unread(number, cells, message)

    def report_cut(self, table: DataTable, name: str = "table") -> None:
        """Report the row in which the table stops, if it does. `name`: what the message calls it."""
        if table.cut:
            self.cut_line = (table.rows[-1][0] if table.rows else 1) + 1
            message = f"The {name} stops in this row, because no line end follows it"
            self.report_unread(self.cut_line, [table.cut], message, "cut-here")

    def report_unreadable(self, number: int, raw: str, column: str, key: str = "", role: str = "") -> None:
        """Report a cell that cannot be read. `column`: its head. `key`, `role`: what it would be a value of."""
        message = f"“{raw[:60]}” in the column “{column}” is not a value that the column can hold."
        if not raw:
            message = f"The cell in the column “{column}” is empty; a figure was expected."
        self.warnings.append(PageWarning("unreadable-value", number, message, key, role))

    def report_short_row(self, number: int, cells: Sequence[str], table: DataTable, code: str = "cut-here") -> None:
        self.report_unread(number, cells, f"The row has {len(cells)} of {len(table.columns)} cells", code)

    def quote_first_report(self) -> str:
        """What was reported of the first row that could not be read, or else of rows that were left out, with a blank
        after it. It stands within a refusal; "" where nothing was reported."""
        for warning in self.warnings:
            if warning.code == "unreadable-value":
                return f"Row {warning.line}: {warning.message} "
        left_out = [warning.message for warning in self.warnings if warning.code == "rows-left-out"]
        return f"{left_out[0]} " if left_out else ""

    def join_occupations(
        self, rows: Iterable[tuple[int, str, Row]], occupations: Mapping[str, str], advice: str
    ) -> Iterator[tuple[str, Row]]:
        """Code of the official occupation -> row, for each row (number, published code, row) that belongs to one.

        Reports codes that belong to none at the end. Raises UnreadableError if too few rows belong to one, with
        `advice` on which table to load.
        """
        coded = joining = 0
        first_rows: dict[str, int] = {}  # published code without an occupation -> its first row
        for number, published_code, row in rows:
            coded += 1
            if published_code in occupations:
                joining += 1
                yield occupations[published_code], row
            else:
                first_rows.setdefault(published_code, number)
        if not coded:
            raise UnreadableError(
                "No row of the table has a code, such as 29-1141, and all its cells. "
                f"{self.quote_first_report()}{advice}"
            )
        if 100 * joining < FEWEST_PERCENT * coded:
            raise UnreadableError(
                f"Only {joining:,} of the {coded:,} rows have a code that belongs to an official occupation; at least "
                f"{FEWEST_PERCENT}% must. Others have {', '.join(list(first_rows)[:3])}. {advice}"
            )
        if first_rows:
            message = (
                f"{len(first_rows):,} codes belong to no official occupation and were left out: "
                f"{', '.join(list(first_rows)[:5])}."
            )
            self.warnings.append(PageWarning("rows-left-out", min(first_rows.values()), message))
