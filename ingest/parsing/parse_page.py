"""Document -> ParsedPage, read by the one source that recognizes it."""

import re
from dataclasses import replace
from importlib import import_module
from itertools import chain
from pkgutil import iter_modules
from typing import Any, Protocol

from careers.spelling import fold_spelling
from ingest import sources
from ingest.documents.document import Document
from ingest.documents.stated_publisher import StatedPublisher
from ingest.documents.tables import ENDINGS as TABLE_ENDINGS
from ingest.documents.tables import DataTable
from ingest.parsing.cells import UnreadableError, letters_of
from ingest.parsing.checks import check_page
from ingest.parsing.choices import apply_choices
from ingest.parsing.columns import check_columns, count_columns, find_column_heads
from ingest.parsing.evidence import LONGEST_RAW, Evidence
from ingest.parsing.parsed_page import Knowledge, ParsedPage
from ingest.sources import generic

# Raise it when stored pages would be read differently: admins are then told to read them again.
READER_VERSION = 11


class Source(Protocol):
    """A module of `ingest.sources`.

    It may also have `resembles(document) -> bool`: whether a page that does not name its publisher has a layout that
    only this source reads. Such a page is read if no source recognizes it.
    """

    __name__: str

    def recognizes(self, document: Document) -> bool:
        """Whether the document is a page of this source's publisher, by several signs of the publisher itself."""

    def parse(self, document: Document, knowledge: Knowledge) -> ParsedPage:
        """Read a document of this layout. Raises UnreadableError if it lacks what every such page has."""


def _find_sources() -> tuple[Source, ...]:
    """The modules of `ingest.sources`. A package there lists its own modules in LAYOUTS."""
    modules: list[Source] = []
    for name in sorted(module.name for module in iter_modules(sources.__path__)):
        module: Any = import_module(f"{sources.__name__}.{name}")
        modules += getattr(module, "LAYOUTS", [module])
    return tuple(modules)


SOURCES: tuple[Source, ...] = _find_sources()
_NO_KNOWLEDGE = Knowledge()


def parse_page(document: Document, knowledge: Knowledge = _NO_KNOWLEDGE, publisher: str = "") -> ParsedPage:
    """Read a page, apply the choices that a person made for it, and check its facts against one another.

    `publisher`: whose page it is, if a person entered that. Raises UnreadableError, with a sentence for people, when no
    source recognizes the page, more than one does, or one of another publisher does: the source is never guessed.
    """
    page = _parse_by_source(document, knowledge, publisher)
    check_columns([role.title for role in page.roles if role.soc_code is None])
    return check_page(apply_choices(page, knowledge.choices, _find_chosen_places(document, page, knowledge)))


def _find_chosen_places(document: Document, page: ParsedPage, knowledge: Knowledge) -> dict[tuple[str, str], Evidence]:
    """Where values stand for which nothing was read, with the text of the line that a person named."""
    if not knowledge.chosen_lines:
        return {}
    read = chain.from_iterable(role.evidence.values() for role in page.roles)
    texts = document.line_texts((evidence.line, evidence.raw) for evidence in read)
    places = {}
    for place, line in knowledge.chosen_lines.items():
        if line in texts:
            places[place] = Evidence(line, texts[line][:LONGEST_RAW], "chosen")
    return places


def _parse_by_source(document: Document, knowledge: Knowledge, publisher: str) -> ParsedPage:
    matches = [source for source in SOURCES if source.recognizes(document)]
    similar = [source for source in SOURCES if source not in matches and _resembles(source, document)]
    _refuse_two_kinds(matches, similar)
    if matches:
        return _parse_recognized(matches[0], document, knowledge, publisher)
    if publisher:
        return _parse_similar(similar, document, knowledge, publisher)
    if similar and not document.stated_publisher:
        return similar[0].parse(document, knowledge)
    raise UnreadableError(_explain_unknown(document))


def _parse_recognized(source: Source, document: Document, knowledge: Knowledge, publisher: str) -> ParsedPage:
    """Read a page whose source is certain. Raises UnreadableError if a person entered another publisher."""
    page = source.parse(document, knowledge)
    if publisher and not _is_same_publisher(publisher, page.publisher, source):
        raise UnreadableError(
            f"“{publisher}” was entered as the publisher, but the page is recognized as one of {page.publisher}. "
            "Correct the publisher, or leave it empty."
        )
    return page


def _parse_similar(similar: list[Source], document: Document, knowledge: Knowledge, publisher: str) -> ParsedPage:
    """Read a page by the similar source of the publisher whom a person entered, or else as a plain table."""
    for source in similar:
        page = source.parse(document, knowledge)
        if _is_same_publisher(publisher, page.publisher, source):
            return page
    return _parse_plain_table(document, knowledge, publisher)


def _resembles(source: Source, document: Document) -> bool:
    resembles = getattr(source, "resembles", None)
    return resembles is not None and resembles(document)


# For people, the kinds of pages that can look alike.
_KINDS = {
    "zippia.pipe": "a comparison of two roles with bars between its cells",
    "zippia.run_together": "one whose cells run together",
    "jobicy.guide": "a career guide",
}


def _refuse_two_kinds(matches: list[Source], similar: list[Source]) -> None:
    """Raises UnreadableError for a page of two sources. A source that is only similar conflicts only with layouts."""
    sources = list(matches)
    if all(hasattr(source, "resembles") for source in matches):
        sources += similar
    if len(sources) > 1:
        names = " and ".join(
            _KINDS.get(source.__name__.removeprefix("ingest.sources."), "a table") for source in sources
        )
        raise UnreadableError(
            f"The page looks like two kinds at once: {names}. Save one page as a file of its own and load that."
        )


def _is_same_publisher(entered: str, publisher: str, source: Source) -> bool:
    """Whether a person means the publisher of a source. The name of its module is enough."""
    modules = source.__name__.removeprefix("ingest.sources.").split(".")
    return _simplify_name(entered) in {_simplify_name(publisher), *modules}


def _simplify_name(name: str) -> str:
    """A name without what is often left out.

    >>> _simplify_name("www.Zippia.com") == _simplify_name("Zippia, Inc.") == "zippia"
    True
    """
    key = fold_spelling(name).removeprefix("https://").removeprefix("www.").removeprefix("the ").rstrip("/.")
    for ending in (" inc", " llc", ".com", ".org", ".net", ".gov"):
        key = key.removesuffix(ending).rstrip(",")
    return key.removeprefix("u.s. ").strip()


def _parse_plain_table(document: Document, knowledge: Knowledge, publisher: str) -> ParsedPage:
    """A table that no source knows, from the publisher whom a person entered."""
    if document.table or not document.lines:
        raise UnreadableError(_explain_unknown(document))
    stated = document.stated_publisher
    if stated and not _could_be_stated_publisher(publisher, stated):
        raise UnreadableError(
            f"“{publisher}” was entered as the publisher, but the page says that it is of {stated.describe()}. "
            "Correct the publisher."
        )
    return replace(generic.parse(document, knowledge), publisher=publisher)


def _could_be_stated_publisher(publisher: str, stated: StatedPublisher) -> bool:
    """Whether a publisher's name and the address or name that a page states have a word in common."""
    name = letters_of(publisher)
    words = {letters_of(word) for word in publisher.split() if len(letters_of(word)) > 2}
    for text in map(letters_of, (*stated.hosts, *stated.names)):
        if name in text or text in name or any(word in text for word in words):
            return True
    return False


# A head that only tables of O*NET have.
_HEAD_OF_ONET = re.compile(r"O\*NET-SOC Code|(?:[A-Z].* )?Element ID|Scale ID|Commodity Code|SVP Range")
_ONET_READ_ME = re.compile(r"O\*NET \d\d\.\d Database")
_READ_OF_ONET = (
    "Skills, Knowledge, Job Zones, Task Statements, Technology Skills, Related Occupations and lists of titles"
)


def _explain_unknown(document: Document) -> str:
    if document.undecided:
        return document.undecided
    if document.table and any(map(_HEAD_OF_ONET.fullmatch, document.table.columns)):
        return (
            f"Rolewise uses no such table of O*NET: {_describe_columns(document.table)}. It reads {_READ_OF_ONET}, "
            "with all columns."
        )
    if document.table:
        return (
            f"The table is of no known kind: {_describe_columns(document.table)}. "
            "Rolewise reads wage tables (with columns such as OCC_CODE, OCC_TITLE and A_MEAN), tables 1.2, 5.3 and 6.5 "
            "of the employment projections, tables 11 and 11b of the Current Population Survey, tables of O*NET (with "
            "O*NET-SOC Code), the crosswalk from fields of study, and price levels by state. Load the file as its "
            "publisher offers it, with commas or tabs between the cells, and with all columns under their names."
        )
    first = document.lines[0].text if document.lines else ""
    if first.startswith("Job Zone ") and first.endswith(" SVP Range"):
        return f"Rolewise uses no such table of O*NET: {_describe_start(document)}. It reads {_READ_OF_ONET}."
    if _ONET_READ_ME.fullmatch(first):
        return (
            "The file only says which release of O*NET it belongs to. Load the folder or the archive in which it lies, "
            f"with {_READ_OF_ONET}."
        )
    if count_columns(document.lines):
        check_columns(find_column_heads(document.lines))
        return f"The page is of no known kind: {_describe_table(document)}"
    start = _describe_start(document)
    if document.name.lower().endswith((*TABLE_ENDINGS, ".xls")):
        return (
            f"The file is named as a table, but {start}, as a download that failed does. Download the table again, or "
            "give the file the ending of what it is (.csv, .html or .txt), and load that."
        )
    return (
        f"The page is of no known kind: {start}, and has neither two roles side by side (a table with rows such as "
        "“Yearly salary”) nor what a career guide has (headings such as “Key Responsibilities”). Check that it is the "
        "right page, and that the whole of it was saved."
    )


def _describe_start(document: Document) -> str:
    """What a page begins with, by which people recognize what they have loaded."""
    what = "it is HTML that" if document.form == "html" else "it"
    if document.title:
        return f"{what} is titled “{_cut_text(document.title)}”"
    return f"{what} begins with “{_cut_text(document.lines[0].text)}”" if document.lines else f"{what} shows no text"


def _cut_text(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60]}…"


_MOST_COLUMNS = 6  # in a message


def _describe_columns(table: DataTable) -> str:
    heads = [f"“{head[:40]}”" for head in table.columns if head]
    if len(heads) < 2:
        return "it has no row with the names of columns"
    more = f" and {len(heads) - _MOST_COLUMNS} more" if len(heads) > _MOST_COLUMNS else ""
    return f"its columns are {', '.join(heads[:_MOST_COLUMNS])}{more}"


def _describe_table(document: Document) -> str:
    count = count_columns(document.lines)
    roles = {1: "one role", 2: "two roles"}.get(count, f"{count} roles")
    reason = "nothing on the page says which publisher it is from"
    stated = document.stated_publisher
    if stated:
        reason = f"the page says that it is of {stated.describe()}, of whom Rolewise knows no such page"
    return (
        f"it holds a table of {roles}, but {reason}. Save one page as a file of its own, or enter the publisher to "
        "load it as a plain table: a title above each column, and rows with labels such as “Average salary”."
    )
