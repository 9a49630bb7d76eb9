"""Short names of official occupations in the singular and the plural, as they ship with Rolewise.

A file has the columns `code`, `singular` and `plural`; further columns are not read. The names are titles too: people
find an occupation by them.
"""

from ingest.documents.document import Document
from ingest.documents.source_notes import read_notes
from ingest.documents.table_report import TableReport
from ingest.documents.tables import DataTable
from ingest.parsing.cells import SOC_CODE, UnreadableError
from ingest.parsing.evidence import Evidence
from ingest.parsing.parsed_page import Knowledge, ParsedPage
from ingest.parsing.role_facts import RoleFacts, TitleFact

PUBLISHER = "Rolewise"
STEM = "display_names"
COLUMNS = ("singular", "plural")


def recognizes(document: Document) -> bool:
    return document.table is not None and {"code", *COLUMNS} <= set(document.table.columns)


def parse(document: Document, knowledge: Knowledge) -> ParsedPage:
    table = document.table or DataTable((), ())
    notes = read_notes(table.above) or {}
    report = TableReport()
    roles: dict[str, RoleFacts] = {}
    for number, cells in table.rows:
        row = number - table.head_row + 1
        by_column = dict(zip(table.columns, cells, strict=False))
        code = by_column["code"]
        names = [by_column.get(name, "") for name in COLUMNS]
        if not SOC_CODE.fullmatch(code) or code in roles or not all(names):
            report.report_unread(row, cells, "The row has no code, no two names, or the code of an earlier row")
            continue
        titles = []
        for column, name in zip(COLUMNS, names, strict=True):
            titles.append(TitleFact(name, column, {"title": Evidence(row, name, "cell", column=column, code=code)}))
        roles[code] = RoleFacts(title=code, soc_code=code, titles=tuple(titles))
    if not roles:
        raise UnreadableError("The file holds no names: no row has the code of an occupation and two names.")
    return ParsedPage(
        layout="table",
        publisher=PUBLISHER,
        title=notes.get("title") or "Short names of occupations",
        licence=notes.get("licence"),
        licence_url=notes.get("licence_url"),
        roles=tuple(roles.values()),
        warnings=(*document.warnings, *report.warnings),
        unread=tuple(report.unread),
        joins_occupations=True,
        compiled_as=STEM,
    )
