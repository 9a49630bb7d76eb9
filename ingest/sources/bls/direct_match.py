"""The Direct Match Title File of the Standard Occupational Classification 2018: job titles by code.

Each title in it belongs to one occupation alone. Codes of the military belong to no official occupation with figures.

Source: https://www.bls.gov/soc/2018/home.htm
"""

from collections.abc import Iterator
from typing import cast

from careers.spelling import fold_spelling
from ingest.documents.document import Document
from ingest.documents.tables import FoundTable, find_table, simplify_head
from ingest.documents.workbooks import check_formulas
from ingest.parsing.cells import SOC_CODE, names_something
from ingest.parsing.evidence import Evidence
from ingest.parsing.parsed_page import Knowledge, ParsedPage
from ingest.parsing.role_facts import RoleFacts, TitleFact
from ingest.sources.bls.bureau_tables import BureauReader, TableRelease
from ingest.sources.crosswalks import read_soc_crosswalk

URL = "https://www.bls.gov/soc/2018/home.htm"

_HEADS = {"code": r"20\d\d soc code", "title": r"(?:20\d\d )?soc direct match title|direct match title"}
_ADVICE = "Load the file of the classification of 2018."


def recognizes(document: Document) -> bool:
    return find_table(document.sheets, _HEADS) is not None


def parse(document: Document, knowledge: Knowledge) -> ParsedPage:
    source = cast(FoundTable, find_table(document.sheets, _HEADS))  # it was recognized
    check_formulas(source.table)
    reader = _TitleReader(source)
    year = simplify_head(source.head("code"))[:4]
    title = f"Standard Occupational Classification {year}: Direct Match Titles"
    return reader.make_page(reader.roles(), TableRelease(year, int(year)), title, URL)


class _TitleReader(BureauReader):
    def roles(self) -> list[RoleFacts]:
        titles: dict[str, dict[str, TitleFact]] = {}
        for code, fact in self.join_occupations(self._list_titles(), read_soc_crosswalk(), _ADVICE):
            titles.setdefault(code, {}).setdefault(fold_spelling(fact.title), fact)
        self.report_cut(self.source.table, "list")
        return [RoleFacts(title=code, soc_code=code, titles=tuple(listed.values())) for code, listed in titles.items()]

    def _list_titles(self) -> Iterator[tuple[int, str, TitleFact]]:
        """Number, code and title of each row that has both."""
        for number, cells in self.source.table.rows:
            code, title = self.source.cell(cells, "code"), self.source.cell(cells, "title")
            if not SOC_CODE.fullmatch(code):
                self.report_wrong_cell(number, cells, code, self.source.head("code"), "an occupation code")
            elif not names_something(title):
                self.report_wrong_cell(number, cells, title, self.source.head("title"), "a title")
            else:
                place = Evidence(number, title, "cell", column=self.source.head("title"), code=code)
                yield number, code, TitleFact(title, "soc", {"title": place})
