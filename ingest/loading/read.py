"""Pages -> readings: parsed alone, then once more with all that is known by now."""

from collections.abc import Iterable, Sequence

from careers.vocabulary import STORED_IN
from ingest.documents.document import read_document
from ingest.loading import questions
from ingest.loading.fit import Fitted, fit
from ingest.loading.store import PageReading, learn_names, publishers_of, store_readings
from ingest.models import Page
from ingest.parsing.cells import UnreadableError
from ingest.parsing.parse_page import parse_page
from ingest.parsing.readers import READER_OF


def read_page(page: Page) -> PageReading:
    """Read a page with nothing known but what a person chose for it."""
    try:
        document = read_document(page.name, bytes(page.content))
        parsed = parse_page(document, questions.known_for_page(page.choices))
    except UnreadableError:
        raise
    except Exception as error:  # a fault of ours on one page must not stop the pages after it
        raise UnreadableError(
            f"Rolewise failed on this page ({type(error).__name__}) and kept nothing of it. "
            "Report it together with the page."
        ) from error
    fitted = fit(parsed)
    _date_choices(fitted, page.choices)
    return PageReading(page, document, parsed, fitted, questions.find_questions(parsed))


def answer_questions(readings: Iterable[PageReading]) -> None:
    """Read those pages that leave questions once more, with all that is known by now."""
    asking_pages = [reading for reading in readings if reading.asked]
    if not asking_pages:
        return
    publishers = publishers_of(asking_pages)
    figures = questions.fetch_certain_figures(
        (publisher.pk, asked.key, asked.field)
        for reading, publisher in zip(asking_pages, publishers, strict=True)
        for asked in reading.asked
        if not asked.by_spelling
    )
    names = questions.fetch_known_names()
    for reading, publisher in zip(asking_pages, publishers, strict=True):
        known = questions.known_for_page(reading.page.choices, names, figures.get(publisher.pk))
        reading.parsed = parse_page(reading.document, known)
        reading.fitted = fit(reading.parsed)
        _date_choices(reading.fitted, reading.page.choices)


def learn_and_store(readings: Sequence[PageReading]) -> None:
    """Learn from these pages, read them with all that is known, and write what they say.

    Belongs into a transaction that holds the lock on the Revision.
    """
    learn_names(readings)
    answer_questions(readings)
    store_readings(readings)


def _date_choices(fitted: Fitted, choices: questions.Choices) -> None:
    """Put the day of a choice into its evidence. Who chose stays with the page: readers need no names."""
    for role in fitted.roles if choices else ():
        for field, chosen in choices.get(role.key, {}).items():
            label = READER_OF.get(field)
            group = STORED_IN[field][0] if field in STORED_IN else field
            names = [STORED_IN[key][1] for key in (label.keys if label else (field,)) if key in STORED_IN]
            for row in role.groups.get(group, ()):
                for entry in [row.evidence[name] for name in names or ("name",) if name in row.evidence]:
                    if entry["how"] == "chosen":
                        entry["on"] = chosen["on"]
