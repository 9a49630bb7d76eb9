"""Read pages: first each alone, then those with open questions once more with all that is known by now."""

from collections.abc import Iterable, Sequence

from careers.vocabulary import STORED_IN
from ingest.documents.document import read_document
from ingest.loading import questions
from ingest.loading.fit import FittedPage, fit_page
from ingest.loading.page_reading import PageReading
from ingest.loading.page_records import learn_names, publishers_of
from ingest.loading.store import store_readings
from ingest.models import Page
from ingest.parsing.cells import UnreadableError
from ingest.parsing.parse_page import parse_page
from ingest.parsing.readers import READER_OF


def read_page(page: Page) -> PageReading:
    """Read a page with nothing known but what a person chose for it. Raises UnreadableError."""
    try:
        document = read_document(page.name, bytes(page.content))
        parsed = parse_page(document, questions.knowledge_for_page(page.choices))
    except UnreadableError:
        raise
    except Exception as error:  # a fault of ours on one page must not stop the pages after it
        raise UnreadableError(
            f"Rolewise failed on this page ({type(error).__name__}) and kept nothing of it. "
            "Report it together with the page."
        ) from error
    fitted = fit_page(parsed)
    _date_choices(fitted, page.choices)
    return PageReading(page, document, parsed, fitted, questions.find_questions(parsed))


def answer_questions(readings: Iterable[PageReading]) -> None:
    """Read pages that leave questions open once more, with all that is known by now."""
    asking = [reading for reading in readings if reading.questions]
    if not asking:
        return
    publishers = publishers_of(asking)
    figures = questions.fetch_certain_figures(_figures_asked_for(asking, [publisher.pk for publisher in publishers]))
    names = questions.fetch_known_names()
    for reading, publisher in zip(asking, publishers, strict=True):
        known = questions.knowledge_for_page(reading.page.choices, names, figures.get(publisher.pk))
        reading.parsed = parse_page(reading.document, known)
        reading.fitted = fit_page(reading.parsed)
        _date_choices(reading.fitted, reading.page.choices)


def _figures_asked_for(
    readings: Iterable[PageReading], publishers: Iterable[int]
) -> Iterable[questions.PublisherFigure]:
    for reading, publisher in zip(readings, publishers, strict=True):
        for question in reading.questions:
            if not question.by_spelling:
                yield questions.PublisherFigure(publisher, question.key, question.field)


def learn_and_store(readings: Sequence[PageReading]) -> None:
    """Learn names from these pages, answer their questions, and store what they say.

    The caller's transaction must hold the lock on the Revision.
    """
    learn_names(readings)
    answer_questions(readings)
    store_readings(readings)


def _date_choices(fitted: FittedPage, choices: questions.Choices) -> None:
    """Put the day of a choice into its evidence. Who chose stays with the page: readers need no names."""
    if not choices:
        return
    for role in fitted.roles:
        for key, choice in choices.get(role.key, {}).items():
            group, names = _places_of(key)
            for row in role.groups.get(group, ()):
                entries = [row.evidence[name] for name in names if name in row.evidence]
                for entry in entries:
                    if entry["how"] == "chosen":
                        entry["on"] = choice["on"]


def _places_of(key: str) -> tuple[str, list[str]]:
    """The group and the fields of evidence that a choice for a key fills."""
    if key not in STORED_IN:
        return key, ["name"]
    reader = READER_OF.get(key)
    keys = reader.keys if reader else (key,)
    return STORED_IN[key][0], [STORED_IN[each_key][1] for each_key in keys]
