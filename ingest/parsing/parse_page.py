"""Document -> ParsedPage, read by the one source that recognises it."""

from importlib import import_module
from pkgutil import iter_modules
from typing import Any, Protocol

from ingest import sources
from ingest.documents.document import Document
from ingest.parsing.cells import UnreadableError
from ingest.parsing.checks import check_page
from ingest.parsing.choices import apply_choices
from ingest.parsing.facts import Knowledge, ParsedPage


class Source(Protocol):
    """A module of `ingest.sources`."""

    __name__: str

    def recognises(self, document: Document) -> bool:
        """Whether the document has the layout of this source."""

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


def parse_page(document: Document, knowledge: Knowledge = _NO_KNOWLEDGE) -> ParsedPage:
    """Read a page, apply the choices that a person made for it, and check its facts against one another.

    Raises UnreadableError, with a sentence for people, when no source recognises the page or
    more than one does: the source is never guessed.
    """
    matches = [source for source in SOURCES if source.recognises(document)]
    if not matches and document.table:
        raise UnreadableError(
            "The table is of no known kind: columns such as OCC_CODE, OCC_TITLE and A_MEAN, as in the national table "
            "of the Occupational Employment and Wage Statistics, were expected in its first row."
        )
    if not matches:
        raise UnreadableError(
            "The page is of no known kind: neither two roles side by side (a table with rows such "
            "as “Yearly salary”) nor a career guide (headings such as “Key Responsibilities”). "
            "Check that the whole page was saved."
        )
    if len(matches) > 1:
        names = " and ".join(source.__name__.removeprefix("ingest.sources.") for source in matches)
        raise UnreadableError(f"The page looks like two kinds at once ({names}). Load each page as a file of its own.")
    return check_page(apply_choices(matches[0].parse(document, knowledge), knowledge.choices))
