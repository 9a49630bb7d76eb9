"""Software and tools by name, with marks for those that employers often ask for.

Job postings of all kinds often ask for *hot* technology, those of the occupation for technology *in demand*.
From release 30.3 on the table has the name Software Skills.

Source: https://www.onetcenter.org/dictionary/30.1/text/technology_skills.html
"""

from itertools import chain

from careers.spelling import fold_spelling
from ingest.documents.document import Document
from ingest.parsing.cells import names_something
from ingest.parsing.parsed_page import Knowledge, PageWarning, ParsedPage
from ingest.parsing.role_facts import TechnologyFact
from ingest.sources.onet.onet_tables import OnetReader, OnetRow, RowsByCode, find_table, make_page, open_table

_FLAGS = {"hot": ("Hot Technology", "Hot Software", "Hot"), "in_demand": ("In Demand", "In-Demand")}
_HEADS = {
    "name": ("Example", "Workplace Example", "Software Example", "Software Skill", "Software", "Software Title"),
    **_FLAGS,
}


def recognizes(document: Document) -> bool:
    return find_table(document, _FLAGS) is not None


def parse(document: Document, knowledge: Knowledge) -> ParsedPage:
    reader = open_table(document, _HEADS, "Technology Skills")
    return make_page(document, reader, reader.roles(lambda rows: {"technology": _list_technology(reader, rows)}))


def _list_technology(reader: OnetReader, rows_by_code: RowsByCode) -> tuple[TechnologyFact, ...]:
    """What the codes of an occupation list, without repeats: marked technology first, then by name."""
    by_key: dict[str, TechnologyFact] = {}
    for row in chain.from_iterable(rows_by_code[onet_code] for onet_code in sorted(rows_by_code)):
        name = reader.text(row, "name")
        if not names_something(name):
            reader.report_wrong(row, "name", "a technology")
            continue
        hot, in_demand = (_read_flag(reader, row, flag) for flag in _FLAGS)
        earlier = by_key.get(fold_spelling(name))
        if earlier is None:
            by_key[fold_spelling(name)] = TechnologyFact(name, hot, in_demand, {"name": reader.evidence(row, "name")})
        elif (hot, in_demand) != (earlier.hot, earlier.in_demand):
            hot, in_demand = hot or earlier.hot, in_demand or earlier.in_demand
            by_key[fold_spelling(name)] = TechnologyFact(earlier.name, hot, in_demand, earlier.evidence)
    return tuple(
        sorted(by_key.values(), key=lambda entry: (not entry.in_demand, not entry.hot, fold_spelling(entry.name)))
    )


def _read_flag(reader: OnetReader, row: OnetRow, name: str) -> bool:
    raw = reader.text(row, name)
    if raw not in ("", "Y", "N"):
        head = reader.source.head(name)
        message = f"“{raw[:20]}” in the column “{head}” is neither Y nor N; it counts as N."
        reader.warnings.append(PageWarning("unreadable-value", row.number, message, role=row.onet_code))
    return raw == "Y"
