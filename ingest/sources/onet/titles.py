"""Job titles of the O*NET database: alternate titles, titles that people reported, and O*NET's own of each code.

Releases up to 30.2 have them in Alternate Titles, Sample of Reported Titles and Occupation Data, later ones in Job
Titles. A title is one of the occupation to which its code belongs.

Source: https://www.onetcenter.org/dictionary/30.1/text/alternate_titles.html
"""

from itertools import chain
from typing import cast

from careers.spelling import fold_spelling
from ingest.documents.document import Document
from ingest.documents.tables import FoundTable
from ingest.parsing.cells import names_something
from ingest.parsing.parsed_page import Knowledge, ParsedPage
from ingest.parsing.role_facts import TitleFact
from ingest.sources.onet.onet_tables import OnetReader, RowsByCode, find_table, make_page

_ALTERNATE = {"title": ("Alternate Title", "Reported Job Title", "Job Title")}
_SHORT = {"short": ("Short Title",)}
_OWN = {"title": ("Title",), "description": ("Description",)}


def recognizes(document: Document) -> bool:
    return _find_titles(document) is not None


def _find_titles(document: Document) -> tuple[FoundTable, str] | None:
    table = find_table(document, {**_ALTERNATE, **_SHORT}) or find_table(document, _ALTERNATE)
    if table:
        return table, "onet"
    occupations = find_table(document, _OWN)
    if occupations is None:
        return None
    # Other tables of O*NET have titles and descriptions, too, but in Occupation Data no code stands twice.
    codes = [occupations.cell(cells, "code") for _, cells in occupations.table.rows]
    return (occupations, "onet-title") if len(set(codes)) == len(codes) else None


def parse(document: Document, knowledge: Knowledge) -> ParsedPage:
    table, source = cast(tuple[FoundTable, str], _find_titles(document))  # it was recognized
    reader = OnetReader(table, "Occupation Titles" if source == "onet-title" else f"{table.head('title')}s")
    return make_page(document, reader, reader.roles(lambda rows: {"titles": _list_titles(reader, rows, source)}))


def _list_titles(reader: OnetReader, rows_by_code: RowsByCode, source: str) -> tuple[TitleFact, ...]:
    """The titles of one occupation in the order of the file, without other spellings of the same title."""
    columns = [name for name in ("title", "short") if name in reader.source.columns]
    titles: dict[str, TitleFact] = {}
    for row in chain.from_iterable(rows_by_code.values()):
        for column in columns:
            title = reader.text(row, column)
            if title and not names_something(title):
                reader.report_wrong(row, column, "a title")
            elif title and fold_spelling(title) not in titles:
                titles[fold_spelling(title)] = TitleFact(title, source, {"title": reader.evidence(row, column)})
    return tuple(titles.values())
