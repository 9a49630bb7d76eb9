"""Read pages: first each alone, then those with open questions again, with all that is known by then.

A reading is a page on its way into the database. Storing it adds what it changed.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from careers.models import Citation, Publisher
from careers.vocabulary import STORED_IN
from ingest.documents.document import Document, read_document
from ingest.loading import questions
from ingest.loading.bounds import fits, make_storable
from ingest.loading.changes import Changes
from ingest.loading.fit import FittedPage, FittedRole, fit_page
from ingest.loading.names import get_or_create_publishers
from ingest.loading.questions import OpenQuestion
from ingest.models import KnownName, Page
from ingest.parsing.cells import UnreadableError
from ingest.parsing.list_choices import read_entry_field
from ingest.parsing.parse_page import parse_page
from ingest.parsing.parsed_page import PageWarning, ParsedPage
from ingest.parsing.readers import READER_OF

_WHY_NOTHING_WAS_READ = ("cut-here", "unreadable-value", "unknown-label", "out-of-bounds")


@dataclass(slots=True)
class PageReading:
    """A page and what was read from it. `questions`: those that the page leaves open when it is read alone.

    `document`: None if the reading was kept, which no page with questions is.
    """

    page: Page
    document: Document | None
    parsed: ParsedPage
    fitted: FittedPage
    questions: list[OpenQuestion]
    changes: Changes = field(default_factory=dict)

    @property
    def citation(self) -> Citation:
        """The citation of the page. There is none before `store_readings`."""
        return cast(Citation, self.page.citation)


def read_page(page: Page) -> PageReading:
    """Read a page, knowing only what a person chose for it. Raises UnreadableError."""
    try:
        document = read_document(page.name, bytes(page.content))
        parsed = parse_page(document, questions.make_knowledge(page.choices), page.publisher)
    except UnreadableError:
        raise
    except Exception as error:  # a bug that one page brings out must not stop the pages after it
        raise UnreadableError(
            f"Rolewise failed on this page ({type(error).__name__}) and stored nothing from it. "
            "Report it together with the page."
        ) from error
    fitted = fit_page(parsed)
    if fitted.is_empty:
        raise UnreadableError(_explain_empty(parsed, fitted))
    _date_choices(fitted, page.choices)
    return PageReading(page, document, parsed, fitted, questions.find_questions(parsed))


def _explain_empty(parsed: ParsedPage, fitted: FittedPage) -> str:
    """Why nothing of a page can be stored: the first thing that went wrong in it."""
    reason = "it gives no value for any role."
    for warning in (*parsed.warnings, *fitted.warnings):
        if warning.code in _WHY_NOTHING_WAS_READ:
            reason = f"line {warning.line}: {warning.message}"
            break
    return f"Nothing on the page can be stored: {reason} Check that the whole page was saved."


def answer_questions(readings: Iterable[PageReading]) -> None:
    """Read pages that leave questions open again, with all that is known by now."""
    asking = [reading for reading in readings if reading.questions]
    if not asking:
        return
    publishers = find_publishers(asking)
    figures = questions.fetch_certain_figures(_fetch_figures_asked_for(asking, publishers))
    names = questions.fetch_known_names()
    for reading, publisher in zip(asking, publishers, strict=True):
        knowledge = questions.make_knowledge(reading.page.choices, names, figures.get(publisher.pk))
        reading.parsed = parse_page(cast(Document, reading.document), knowledge, reading.page.publisher)
        reading.fitted = fit_page(reading.parsed)
        _date_choices(reading.fitted, reading.page.choices)


def warn_of_companies(readings: Iterable[PageReading]) -> None:
    """Warn of the columns of plain tables that have the name of a company which other pages named as one."""
    for reading in readings:
        if reading.parsed.layout != "plain-table":
            continue
        titles = [role.title for role in reading.fitted.roles]
        companies = KnownName.objects.filter(kind=KnownName.Kind.COMPANY, name__in=titles)
        for name in companies.values_list("name", flat=True):
            message = f"“{name}” is a company on other pages. Load the table only if its columns are roles."
            reading.fitted.warnings.append(PageWarning("title-of-a-company", 1, message))


def _fetch_figures_asked_for(
    readings: Iterable[PageReading], publishers: Iterable[Publisher]
) -> Iterable[questions.PublisherFigure]:
    for reading, publisher in zip(readings, publishers, strict=True):
        for question in reading.questions:
            if not question.by_spelling:
                yield questions.PublisherFigure(publisher.pk, question.key, question.field)


def _date_choices(fitted: FittedPage, choices: questions.Choices) -> None:
    """Put the day of a choice into its evidence. Who chose stays with the page: readers need no names."""
    if not choices:
        return
    for role in fitted.roles:
        for key, choice in choices.get(role.key, {}).items():
            for entry in _list_chosen_entries(role, key):
                entry["on"] = choice["on"]


def _list_chosen_entries(role: FittedRole, key: str) -> Iterator[dict[str, Any]]:
    """The entries of evidence that a choice for a key has filled."""
    group, names = _list_places(key)
    place = read_entry_field(key)
    for row in role.groups.get(group, ()):
        for name in names:
            entry = row.evidence.get(name, {"how": ""})
            is_meant = place is None or (entry.get("line"), entry.get("number")) == (place.line, place.number)
            if entry["how"] == "chosen" and is_meant:
                yield entry


def _list_places(key: str) -> tuple[str, list[str]]:
    """The group and the fields of evidence that a choice for a key fills."""
    if place := read_entry_field(key):
        return place.group, ["name", "text", "heading"]
    if key not in STORED_IN:
        return key, ["name"]
    reader = READER_OF.get(key)
    keys = reader.keys if reader else (key,)
    return STORED_IN[key][0], [STORED_IN[value_key][1] for value_key in keys]


def find_publishers(readings: Sequence[PageReading]) -> list[Publisher]:
    """The publisher of each page. Missing publishers are created, and missing attributions taken from the pages."""
    if not readings:
        return []  # even queries about nothing take time to build
    publisher_names = [publisher_name(reading) for reading in readings]
    publishers = get_or_create_publishers(set(publisher_names))
    for reading, name in zip(readings, publisher_names, strict=True):
        publisher, attribution = publishers[name], make_storable(reading.parsed.attribution)
        if not publisher.attribution and attribution and fits(Publisher, "attribution", attribution):
            publisher.attribution = attribution
            publisher.save(update_fields=["attribution"])
    return [publishers[name] for name in publisher_names]


def publisher_name(reading: PageReading) -> str:
    """Who published a page. `parse_page` refuses a page if a person entered another publisher."""
    return " ".join(make_storable(reading.parsed.publisher).split())[:120] or "Unknown publisher"
