"""The Direct Match Title File of the Standard Occupational Classification 2018: job titles by code.

Each title in it belongs to one occupation alone. Codes of the military belong to no official occupation with figures.

Source: https://www.bls.gov/soc/2018/home.htm
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.documents.document import Document
from ingest.documents.table_report import TableReport
from ingest.documents.tables import DataTable
from ingest.documents.workbooks import check_formulas
from ingest.parsing.cells import UnreadableError, key_of
from ingest.parsing.evidence import Evidence
from ingest.parsing.list_facts import TitleFact
from ingest.parsing.parsed_page import Knowledge, ParsedPage
from ingest.parsing.role_facts import RoleFacts
from ingest.sources.bls.bureau_tables import TableRelease, make_page, plain_head
from ingest.sources.crosswalks import read_soc_crosswalk

URL = "https://www.bls.gov/soc/2018/home.htm"

_CODE_HEAD = re.compile(r"20\d\d soc code")
_TITLE_HEAD = re.compile(r"(?:20\d\d )?soc direct match title|direct match title")
_CODE = re.compile(r"\d\d-\d{4}", re.ASCII)


@dataclass(frozen=True, slots=True)
class _TitleTable:
    table: DataTable
    code: int
    title: int
    year: int


def recognises(document: Document) -> bool:
    return _find_titles(document) is not None


def _find_titles(document: Document) -> _TitleTable | None:
    for sheet in document.sheets:
        heads = [plain_head(head) for head in sheet.columns]
        codes = [place for place, head in enumerate(heads) if _CODE_HEAD.fullmatch(head)]
        titles = [place for place, head in enumerate(heads) if _TITLE_HEAD.fullmatch(head)]
        if codes and titles:
            return _TitleTable(sheet, codes[0], titles[0], year=int(heads[codes[0]][:4]))
    return None


def parse(document: Document, knowledge: Knowledge) -> ParsedPage:
    source = _find_titles(document)
    if source is None:
        raise UnreadableError("The file holds no list of direct match titles.")
    check_formulas(source.table)
    reader = _TitleReader(source)
    release = TableRelease(str(source.year), source.year)
    title = f"Standard Occupational Classification {source.year}: Direct Match Titles"
    return make_page(reader, source.table, reader.roles(), release, title, URL)


@dataclass(slots=True)
class _TitleReader(TableReport):
    source: _TitleTable

    def roles(self) -> list[RoleFacts]:
        titles: dict[str, dict[str, TitleFact]] = {}
        left_out: dict[str, int] = {}
        coded = joining = 0
        for number, soc_code, title in self._rows():
            coded += 1
            code = read_soc_crosswalk().get(soc_code)
            if code is None:
                left_out.setdefault(soc_code, number)
                continue
            joining += 1
            column = self.source.table.columns[self.source.title]
            place = Evidence(number, title, "cell", column=column, code=soc_code)
            titles.setdefault(code, {}).setdefault(key_of(title), TitleFact(title, "soc", {"title": place}))
        self.report_unknown_codes(coded, joining, left_out, "Load the file of the classification of 2018.")
        self.report_cut(self.source.table, "list")
        roles = []
        for code, listed in titles.items():
            roles.append(RoleFacts(title=code, titled_by="table", soc_code=code, titles=tuple(listed.values())))
        return roles

    def _rows(self) -> Iterator[tuple[int, str, str]]:
        """Number, code and title of each row that has both."""
        for number, cells in self.source.table.rows:
            code = cells[self.source.code] if len(cells) > self.source.code else ""
            title = cells[self.source.title] if len(cells) > self.source.title else ""
            if _CODE.fullmatch(code) and title:
                yield number, code, title
                continue
            message = "The row has no title" if _CODE.fullmatch(code) else f"“{code[:20]}” is not an occupation code"
            self.report_unread(number, cells, message)
