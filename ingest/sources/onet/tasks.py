"""Task Statements of the O*NET database: what people in each occupation do, in sentences.

They become the duties of the occupation. Core tasks come before supplemental ones, and those without a type last. If an
occupation has several codes of O*NET, it gets the tasks of all of them, each with its code. These sentences do not ship
with Rolewise: they are read from the copy that a person downloads.

Source: https://www.onetcenter.org/dictionary/30.1/text/task_statements.html
"""

from itertools import chain

from ingest.documents.document import Document
from ingest.parsing.cells import UnreadableError, names_something
from ingest.parsing.parsed_page import Knowledge, PageWarning, ParsedPage
from ingest.parsing.role_facts import DutyFact
from ingest.sources.onet.onet_tables import OnetReader, RowsByCode, find_table, make_page, open_table

_HEADS = {"id": ("Task ID",), "task": ("Task",), "type": ("Task Type",)}
_TYPES = ("core", "supplemental", "")


def recognizes(document: Document) -> bool:
    return find_table(document, _HEADS) is not None


def parse(document: Document, knowledge: Knowledge) -> ParsedPage:
    reader = open_table(document, _HEADS, "Task Statements")
    roles = reader.roles(lambda rows: {"duties": _list_duties(reader, rows)})
    if not roles:
        raise UnreadableError("No row of the table has a task. Load the table as O*NET publishes it.")
    return make_page(document, reader, roles)


def _list_duties(reader: OnetReader, rows_by_code: RowsByCode) -> tuple[DutyFact, ...]:
    """The tasks of one occupation by type, then by O*NET code, then in the order of the file."""
    by_type: dict[str, list[DutyFact]] = {name: [] for name in _TYPES}
    for onet_code in sorted(rows_by_code):
        for row in rows_by_code[onet_code]:
            task, kind = reader.text(row, "task"), reader.text(row, "type").casefold()
            if kind not in by_type:
                raw, head = reader.text(row, "type")[:20], reader.source.head("type")
                message = f"“{raw}” in the column “{head}” is neither Core nor Supplemental; the task stands last."
                reader.warnings.append(PageWarning("unreadable-value", row.number, message, role=row.onet_code))
            if names_something(task):
                by_type[kind if kind in by_type else ""].append(DutyFact(task, reader.evidence(row, "task")))
            else:
                reader.report_wrong(row, "task", "a task")
    return tuple(chain.from_iterable(by_type.values()))
