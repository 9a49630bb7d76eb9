"""Task Statements of the O*NET database: what people in each occupation do, in sentences.

They become the duties of the occupation. Core tasks come before supplemental ones, and those without a type last. If an
occupation has several codes of O*NET, it gets the tasks of all of them, each with its code. These sentences do not ship
with Rolewise: they are read from the copy that a person downloads.

Source: https://www.onetcenter.org/dictionary/30.1/text/task_statements.html
"""

from collections.abc import Mapping, Sequence
from itertools import chain

from ingest.documents.document import Document
from ingest.parsing.cells import UnreadableError
from ingest.parsing.list_facts import DutyFact
from ingest.parsing.parsed_page import Knowledge, ParsedPage
from ingest.parsing.role_facts import RoleFacts
from ingest.sources.onet.onet_tables import OnetReader, OnetRow, find_table, make_page, require_table

_HEADS = {"id": ("Task ID",), "task": ("Task",), "type": ("Task Type",)}
_TYPES = ("core", "supplemental", "")


def recognises(document: Document) -> bool:
    return find_table(document, _HEADS) is not None


def parse(document: Document, knowledge: Knowledge) -> ParsedPage:
    source = require_table(document, _HEADS, "tasks")
    reader = OnetReader(source, "Task Statements")
    roles = []
    for code, by_onet_code in sorted(reader.by_occupation().items()):
        duties = _duties(by_onet_code, reader)
        if duties:
            roles.append(RoleFacts(title=code, titled_by="table", soc_code=code, duties=duties))
    if not roles:
        raise UnreadableError("No row of the table has a task. Load the table as O*NET publishes it.")
    return make_page(document, reader, roles)


def _duties(by_onet_code: Mapping[str, Sequence[OnetRow]], reader: OnetReader) -> tuple[DutyFact, ...]:
    """The tasks of one occupation by type, then by O*NET code, then in the order of the file."""
    by_type: dict[str, list[DutyFact]] = {name: [] for name in _TYPES}
    for onet_code in sorted(by_onet_code):
        for row in by_onet_code[onet_code]:
            task, kind = reader.text(row, "task"), reader.text(row, "type").casefold()
            if not task:
                reader.report_unread(row.number, row.cells, "The row has no task")
                continue
            by_type[kind if kind in by_type else ""].append(DutyFact(task, reader.evidence(row, "task")))
    return tuple(chain.from_iterable(by_type.values()))
