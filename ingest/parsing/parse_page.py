"""Document -> ParsedPage, by the one source that recognises it."""

from importlib import import_module
from pkgutil import iter_modules
from typing import Any, Protocol

from ingest import sources
from ingest.documents.document import Document
from ingest.parsing.cells import UnreadableError
from ingest.parsing.checks import check
from ingest.parsing.choices import apply_choices
from ingest.parsing.facts import Known, ParsedPage


class Source(Protocol):
    """A module of `ingest.sources`."""

    __name__: str

    def recognises(self, document: Document) -> bool: ...

    def parse(self, document: Document, known: Known) -> ParsedPage: ...


def _find_sources() -> tuple[Source, ...]:
    """Every module of `ingest.sources`; a package there names its own in LAYOUTS."""
    readers: list[Source] = []
    for name in sorted(module.name for module in iter_modules(sources.__path__)):
        module: Any = import_module(f"{sources.__name__}.{name}")
        readers += getattr(module, "LAYOUTS", [module])
    return tuple(readers)


SOURCES: tuple[Source, ...] = _find_sources()
_NOTHING_KNOWN = Known()


def parse_page(document: Document, known: Known = _NOTHING_KNOWN) -> ParsedPage:
    """Read a page, take what a person chose for it, and check it against itself.

    Raises UnreadableError, with a sentence for people, when no source or more than one
    recognises the page: which one it is is never guessed.
    """
    able = [source for source in SOURCES if source.recognises(document)]
    if not able and document.table:
        raise UnreadableError(
            "The table is of no known kind: columns such as OCC_CODE, OCC_TITLE and A_MEAN, as in the national table "
            "of the Occupational Employment and Wage Statistics, were expected in its first row."
        )
    if not able:
        raise UnreadableError(
            "The page is of no known kind: neither two roles side by side (a table with rows such "
            "as “Yearly salary”) nor a career guide (headings such as “Key Responsibilities”). "
            "Check that the whole page was saved."
        )
    if len(able) > 1:
        names = " and ".join(source.__name__.removeprefix("ingest.sources.") for source in able)
        raise UnreadableError(f"The page looks like two kinds at once ({names}). Load each page as a file of its own.")
    return check(apply_choices(able[0].parse(document, known), known.choices))
