"""Job titles of the O*NET database: alternate titles, titles that people reported, and O*NET's own of each code.

Releases up to 30.2 have them in Alternate Titles, Sample of Reported Titles and Occupation Data, later ones in Job
Titles. A title is one of the occupation to which its code belongs.

Source: https://www.onetcenter.org/dictionary/30.1/text/alternate_titles.html
"""

from collections.abc import Iterator, Mapping, Sequence

from ingest.documents.document import Document
from ingest.parsing.cells import UnreadableError, key_of
from ingest.parsing.list_facts import TitleFact
from ingest.parsing.parsed_page import Knowledge, ParsedPage
from ingest.parsing.role_facts import RoleFacts
from ingest.sources.onet.onet_tables import OnetReader, OnetRow, OnetTable, find_table, make_page

_ALTERNATE = {"title": ("Alternate Title", "Reported Job Title", "Job Title")}
_SHORT = {"short": ("Short Title",)}
_OWN = {"title": ("Title",), "description": ("Description",)}
# With further columns it is another table: many of O*NET's tables have titles and descriptions.
_OWN_COLUMNS = 3


def recognises(document: Document) -> bool:
    return _find_titles(document) is not None


def _find_titles(document: Document) -> tuple[OnetTable, str] | None:
    """The table and the source of its titles."""
    table = find_table(document, {**_ALTERNATE, **_SHORT}) or find_table(document, _ALTERNATE)
    if table:
        return table, "onet"
    database_table = find_table(document, _OWN)
    if database_table and len(database_table.table.columns) == _OWN_COLUMNS:
        return database_table, "onet-title"
    return None


def parse(document: Document, knowledge: Knowledge) -> ParsedPage:
    title_table = _find_titles(document)
    if title_table is None:
        raise UnreadableError("The file holds no table of job titles.")
    table, source = title_table
    reader = OnetReader(table, "Occupation Titles" if source == "onet-title" else f"{table.head('title')}s")
    roles = []
    for code, rows_of in reader.by_occupation().items():
        titles = tuple(_titles(reader, rows_of, source))
        if titles:
            roles.append(RoleFacts(title=code, titled_by="table", soc_code=code, titles=titles))
    return make_page(document, reader, roles)


def _titles(reader: OnetReader, rows_of: Mapping[str, Sequence[OnetRow]], source: str) -> Iterator[TitleFact]:
    """The titles of one occupation in the order of the file, without other spellings of the same title."""
    columns = [name for name in ("title", "short") if name in reader.source.columns]
    listed: set[str] = set()
    for rows in rows_of.values():
        for row in rows:
            for column in columns:
                title = reader.text(row, column)
                if title and key_of(title) not in listed:
                    listed.add(key_of(title))
                    yield TitleFact(title, source, {"title": reader.evidence(row, column)})
