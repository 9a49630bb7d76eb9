"""The crosswalk between programs of study and occupations: which fields of study lead to which occupation.

The National Center for Education Statistics makes it with the Bureau of Labor Statistics. A program without an
occupation, and an occupation without a program, have a code of nines instead.

Source: https://nces.ed.gov/ipeds/cipcode/post3.aspx?y=56
"""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from ingest.documents.document import Document
from ingest.documents.table_report import TableReport
from ingest.documents.tables import FoundTable, find_table
from ingest.documents.workbooks import check_formulas
from ingest.parsing.cells import SOC_CODE, names_something
from ingest.parsing.evidence import Evidence
from ingest.parsing.parsed_page import Knowledge, ParsedPage
from ingest.parsing.role_facts import MajorFact, RoleFacts
from ingest.sources.crosswalks import read_soc_crosswalk

PUBLISHER = "National Center for Education Statistics"
URL = "https://nces.ed.gov/ipeds/cipcode/post3.aspx?y=56"
LICENCE = "Public domain"
LICENCE_URL = "https://www.usa.gov/government-copyright"

SHEET = "CIP-SOC"  # its name in the published workbook
_HEADS = {"cip": r"cip ?20\d\d ?code", "name": r"cip ?20\d\d ?title", "code": r"soc ?20\d\d ?code"}
_NO_PROGRAM, _NO_OCCUPATION = "99.9999", "99-9999"
_CIP = re.compile(r"\d{1,2}(?:\.\d{1,4})?", re.ASCII)


def recognizes(document: Document) -> bool:
    """A workbook has two tables with the same rows, by programs and by occupations; the first is read."""
    return find_table(document.sheets, _HEADS) is not None


def parse(document: Document, knowledge: Knowledge) -> ParsedPage:
    source = cast(FoundTable, find_table(document.sheets, _HEADS))  # it was recognized
    check_formulas(source.table)
    reader = MajorReader(source)
    roles = reader.roles()
    cip, soc = (re.findall(r"20\d\d", source.head(name))[0] for name in ("cip", "code"))
    return ParsedPage(
        layout="table",
        publisher=PUBLISHER,
        title=f"CIP {cip} to SOC {soc} Crosswalk, with the U.S. Bureau of Labor Statistics",
        url=URL,
        licence=LICENCE,
        licence_url=LICENCE_URL,
        figures_of=date(int(cip), 1, 1),
        roles=tuple(roles),
        warnings=(*source.table.warnings, *reader.warnings),
        unread=tuple(reader.unread),
        cut_line=reader.cut_line,
        joins_occupations=True,
        release=f"CIP {cip} to SOC {soc}",
    )


def complete_code(text: str) -> str:
    """A code of a program in full; "" for other text. Spreadsheets drop zeros at its ends.

    >>> complete_code("51.3801"), complete_code("1.1"), complete_code("SQL")
    ('51.3801', '01.1000', '')
    """
    text = text.removeprefix('="').removesuffix('"')
    if not _CIP.fullmatch(text):
        return ""
    series, _, program = text.partition(".")
    return f"{series:0>2}.{program:0<4}"


@dataclass(slots=True)
class MajorReader(TableReport):
    source: FoundTable

    def roles(self) -> list[RoleFacts]:
        """Raises UnreadableError if too few of the rows with a code belong to an occupation."""
        majors: dict[str, dict[str, MajorFact]] = {}
        advice = "Load the crosswalk to the classification of occupations of 2018."
        for code, (number, cells, soc_code) in self.join_occupations(self._list_rows(), read_soc_crosswalk(), advice):
            major = self._read_major(number, cells, soc_code)
            if major:
                majors.setdefault(code, {}).setdefault(major.cip, major)
        return [
            RoleFacts(title=code, soc_code=code, majors=tuple(listed.values()))
            for code, listed in sorted(majors.items())
        ]

    def _list_rows(self) -> Iterator[tuple[int, str, tuple[int, Sequence[str], str]]]:
        """Number and code of each row that names an occupation, and both with its cells."""
        table, columns = self.source.table, self.source.columns
        for number, cells in (*table.rows, *self._read_last_row()):
            is_short = len(cells) <= max(columns.values())
            soc_code = "" if is_short else self.source.cell(cells, "code").removeprefix('="').removesuffix('"')
            if SOC_CODE.fullmatch(soc_code) and soc_code != _NO_OCCUPATION:
                yield number, soc_code, (number, cells, soc_code)
            elif soc_code != _NO_OCCUPATION:
                self.report_wrong_cell(
                    number, cells, soc_code, self.source.head("code"), "an occupation code, such as 29-1141"
                )

    def _read_last_row(self) -> list[tuple[int, Sequence[str]]]:
        """The last row, if it lacks a line end, as in the published file, and the cells that are read are whole."""
        table = self.source.table
        if not table.cut:
            return []
        number = (table.rows[-1][0] if table.rows else 1) + 1
        try:
            cells = next(csv.reader([table.cut]), [])
        except csv.Error:
            cells = []
        if len(cells) == len(table.columns) and max(self.source.columns.values()) < len(cells) - 1:
            return [(number, cells)]
        self.report_cut(table)
        return []

    def _read_major(self, number: int, cells: Sequence[str], soc_code: str) -> MajorFact | None:
        """None if the row says that no program leads to the occupation, or cannot be read."""
        raw = cells[self.source.columns["cip"]]
        cip, name = complete_code(raw), cells[self.source.columns["name"]].removesuffix(".").strip()
        if cip == _NO_PROGRAM:
            return None
        if not cip:
            expected = "a code of a program of study, such as 51.3801"
            self.report_wrong_cell(number, cells, raw, self.source.head("cip"), expected)
            return None
        if not names_something(name):
            self.report_wrong_cell(number, cells, name, self.source.head("name"), "the title of a program of study")
            return None
        head = self.source.head("cip").lstrip("\ufeff")
        place = Evidence(number, f"{raw}, {name}", "cell", column=head, sheet=SHEET, code=soc_code)
        return MajorFact(cip, name, {"cip": place})
