"""Load new pages, one or many, and read stored pages again."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from django.contrib.auth.models import User
from django.db import DatabaseError, InterfaceError, OperationalError, transaction
from django.db.models import Prefetch, QuerySet

from careers.bulk import create_rows
from careers.models import Publisher, Revision
from careers.names import make_slug
from careers.spelling import fold_spelling
from ingest.loading import occupations
from ingest.loading.bounds import make_storable
from ingest.loading.changes import Change, Changes, note_changes
from ingest.loading.kept_readings import read_kept_reading
from ingest.loading.page_records import learn_names
from ingest.loading.pauses import WriterPauses
from ingest.loading.propagation import propagate_to_page
from ingest.loading.read import PageReading, answer_questions, publisher_name, read_page, warn_of_companies
from ingest.loading.store import store_facts, store_readings
from ingest.models import Batch, Event, Mention, Page
from ingest.parsing.cells import UnreadableError
from ingest.parsing.parse_page import READER_VERSION

# How many pages and bytes one transaction stores: enough to make the queries cheap per page, and few enough that others
# who write do not wait long.
PAGES_AT_ONCE = 100
BYTES_AT_ONCE = 1_000_000  # a page can have 2 MB


@dataclass(frozen=True, slots=True)
class PageReport:
    """What the last reading of a stored page found.

    `roles`: slugs in page order. The rest is as on the Page, but `role` of an ambiguous value is a slug.
    """

    layout: str
    roles: tuple[str, ...]
    warnings: list[dict[str, Any]]
    ambiguous: list[dict[str, Any]]
    unread: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class LoadResult:
    """What loading a page did, or would do.

    `changes`: those of the current facts of its roles. An "unchanged" page has no changes: either it was loaded before
    (`already_loaded`) or it says nothing new. `page`: its key, None when it was refused. `lacks_occupations`: it was
    refused because it only adds to occupations that are not stored yet.
    """

    name: str
    status: Literal["loaded", "unchanged", "refused"]
    page: int | None = None
    changes: tuple[Change, ...] = ()
    error: str | None = None
    already_loaded: bool = False
    lacks_occupations: bool = False


# What became of each page: it was loaded before, it was read, or it is refused.
Outcomes = list[Page | PageReading | UnreadableError]


# -- loading ----------------------------------------------------------------------------------


def load_page_for_preview(page: Page) -> LoadResult:
    """Load one page in the transaction of the caller, who rolls it back. Other pages are left alone."""
    [result] = load_chunk([page])
    if result.page is None:
        return result
    return with_later_changes(result, propagate_to_page(result.page))


def load_readings_for_preview(readings: Sequence[PageReading]) -> None:
    """Load pages that are read in the transaction of the caller, who rolls it back before search and lists are read."""
    Revision.lock()
    _learn_from(readings)
    store_facts(readings)


def with_later_changes(result: LoadResult, later: Changes) -> LoadResult:
    """The result with what propagation changed on the page after its load."""
    changes = {(change.role, change.field): change for change in result.changes}
    note_changes(changes, later.values())
    return replace(result, changes=tuple(changes.values()))


def load_pages(pages: Iterable[Page]) -> Iterator[LoadResult]:
    """Load many pages, each completely or not at all. Call `propagate` afterwards.

    If the process ends before that, the next load propagates what these pages brought.
    """
    pauses = WriterPauses()
    for chunk in _split_into_chunks(pages):
        yield from load_chunk(chunk)
        pauses.pause_if_due()


def _split_into_chunks(pages: Iterable[Page]) -> Iterator[list[Page]]:
    chunk: list[Page] = []
    size = 0
    for page in pages:
        chunk.append(page)
        size += len(page.content)
        if len(chunk) == PAGES_AT_ONCE or size > BYTES_AT_ONCE:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def load_chunk(pages: Sequence[Page], by: User | None = None, batch: Batch | None = None) -> list[LoadResult]:
    """Load a few pages in one transaction, each completely or not at all. All loading goes through here."""
    try:
        with transaction.atomic():
            return _load_locked(pages, by, batch)
    except (OperationalError, InterfaceError):
        raise  # the database is unavailable or busy, which is not the fault of the pages
    except DatabaseError as error:
        if len(pages) > 1:
            return [load_chunk([page], by, batch)[0] for page in pages]
        reason = (
            f"The database refused the page ({type(error).__name__}). Nothing from it was stored; report it with the "
            "page."
        )
        return [LoadResult(pages[0].name, "refused", error=reason)]


def _load_locked(pages: Sequence[Page], by: User | None, batch: Batch | None) -> list[LoadResult]:
    revision = Revision.lock()
    outcomes = _join_tables(read_new_pages(pages, by))
    readings = [outcome for outcome in outcomes if isinstance(outcome, PageReading)]
    if readings:
        _learn_from(readings)
        store_readings(readings)
        if unchanged := [reading.page.pk for reading in readings if not reading.changes]:
            Page.objects.filter(pk__in=unchanged).update(status=Page.Status.UNCHANGED)
        _create_events(Event.What.LOAD, readings, by, batch)
        revision.count_up()
    return [_make_load_result(page, outcome) for page, outcome in zip(pages, outcomes, strict=True)]


def _learn_from(readings: Sequence[PageReading]) -> None:
    """Learn names from these pages, and answer their questions.

    The caller's transaction must hold the lock on the Revision.
    """
    learn_names(readings)
    answer_questions(readings)
    warn_of_companies(readings)


def read_new_pages(pages: Sequence[Page], by: User | None = None) -> Outcomes:
    """One outcome for each page: the stored page if it was loaded before, a reading, or why it is refused."""
    taken_down = set(Publisher.objects.exclude(taken_down_at=None).values_list("slug", flat=True))
    digests = [Page.compute_digest(bytes(page.content)) for page in pages]
    stored = {page.digest: page for page in Page.objects.filter(digest__in=digests).defer("content")}
    loaded = {digest: page for digest, page in stored.items() if page.citation_id is not None}
    outcomes: Outcomes = []
    for given, digest in zip(pages, digests, strict=True):
        if digest in loaded:
            outcomes.append(loaded[digest])
            continue
        page = _copy_to_write(given, digest, stored.get(digest), by)
        outcome = _try_to_read(page, taken_down)
        outcomes.append(outcome)
        if isinstance(outcome, PageReading):
            loaded[digest] = page
    return outcomes


def _join_tables(outcomes: Outcomes) -> Outcomes:
    """Join tables with the occupations that are stored or that the other pages bring; refuse those that fit neither."""
    readings = [outcome for outcome in outcomes if isinstance(outcome, PageReading)]
    if not any(reading.parsed.layout == "table" for reading in readings):
        return outcomes
    latest = occupations.find_latest_month(readings)
    titles = occupations.fetch_stored_titles() | occupations.collect_titles(readings, latest)
    joined: Outcomes = []
    for outcome in outcomes:
        joined.append(_join_table(outcome, titles, latest) if isinstance(outcome, PageReading) else outcome)
    return joined


def _join_table(reading: PageReading, titles: Mapping[str, str], latest: date | None) -> PageReading | UnreadableError:
    try:
        occupations.join_table(reading, titles, latest)
    except UnreadableError as error:
        return error
    if reading.parsed.layout == "table":
        occupations.warn_of_few_occupations(reading, titles)
    return reading


def _copy_to_write(given: Page, digest: str, undone: Page | None, by: User | None) -> Page:
    """A copy to write, so that the page given is unchanged when all is rolled back.

    A page that was undone keeps its row: the day it was first loaded, and the choices made for it.
    """
    page = copy(given)
    page.digest, page.loaded_by, page.status = digest, by, Page.Status.LOADED
    page.name = make_storable(page.name)[:300]
    if undone:
        page.pk, page.loaded_at = undone.pk, undone.loaded_at
        for name in ("publisher", "url", "licence", "licence_url", "captured_on", "choices", "sample"):
            setattr(page, name, getattr(given, name) or getattr(undone, name))
    return page


def _try_to_read(page: Page, taken_down: Collection[str]) -> PageReading | UnreadableError:
    """Read a page. `taken_down`: slugs of publishers whose pages are refused."""
    try:
        reading = read_kept_reading(page) or read_page(page)
    except UnreadableError as error:
        return error
    publisher = publisher_name(reading)
    if taken_down and make_slug(publisher) in taken_down:
        return UnreadableError(
            f"The pages of {publisher} were taken down. Put them back first, if they may be shown again."
        )
    return reading


def _create_events(what: Event.What, readings: Iterable[PageReading], by: User | None, batch: Batch | None) -> None:
    events = []
    for reading in readings:
        details = {"changes": len(reading.changes)}
        events.append(Event(what=what, by=by, page=reading.page, batch=batch, details=details))
    create_rows(events)


def _make_load_result(given: Page, outcome: Page | PageReading | UnreadableError) -> LoadResult:
    """`given`: the page that was to be loaded or read again; its key is None before the first load."""
    if isinstance(outcome, UnreadableError):
        lacks_occupations = isinstance(outcome, occupations.MissingOccupationsError)
        return LoadResult(given.name, "refused", given.pk, error=str(outcome), lacks_occupations=lacks_occupations)
    if isinstance(outcome, Page):
        return LoadResult(given.name, "unchanged", outcome.pk, already_loaded=True)
    changes = tuple(outcome.changes.values())
    return LoadResult(given.name, "loaded" if changes else "unchanged", outcome.page.pk, changes)


# -- reading stored pages again ---------------------------------------------------------------


def reread_pages(pages: Collection[Page], *, by: User | None = None, batch: Batch | None = None) -> list[LoadResult]:
    """Read stored pages again in one transaction. Call `propagate` afterwards.

    A page that was undone, or can no longer be read, is "refused" and stays as it is.
    """
    with Revision.counting_up():
        keys = [page.pk for page in pages]
        outcomes = _join_tables(read_stored_pages(keys))
        readings = [outcome for outcome in outcomes if isinstance(outcome, PageReading)]
        _learn_from(readings)
        store_readings(readings)
        changed = [reading for reading in readings if reading.changes]
        Page.objects.filter(pk__in=[reading.page.pk for reading in changed]).update(status=Page.Status.LOADED)
        _create_events(Event.What.REREAD, changed, by, batch)
        # No later attempt of this version can do more with pages that it cannot read.
        Page.objects.filter(pk__in=keys).exclude(reader_version=READER_VERSION).update(reader_version=READER_VERSION)
    return [_make_load_result(page, outcome) for page, outcome in zip(pages, outcomes, strict=True)]


def read_stored_pages(keys: Sequence[int]) -> Outcomes:
    """One outcome for each of these pages: a reading, or why it is refused."""
    stored = Page.objects.select_related("citation__publisher").in_bulk(keys)
    return [_try_to_reread(stored[key]) for key in keys]


def _try_to_reread(page: Page) -> PageReading | UnreadableError:
    page.propagated = False
    if page.citation_id is None:
        return UnreadableError("The loading of this page was undone. Load it again instead.")
    try:
        return read_page(page)
    except UnreadableError as error:
        return error


def reread_page_for_preview(page: Page) -> LoadResult:
    """Read one page again in the transaction of the caller, who rolls it back. Other pages are left alone."""
    [result] = reread_pages([page])
    if result.status == "refused":
        return result
    return with_later_changes(result, propagate_to_page(page.pk))


def find_outdated_pages() -> QuerySet[Page]:
    """The stored pages that were last read by an earlier version of the readers."""
    return Page.objects.filter(citation__isnull=False, reader_version__lt=READER_VERSION)


# -- reports ----------------------------------------------------------------------------------


def fetch_reports(pages: Collection[int]) -> dict[int, PageReport]:
    """Page key -> what its last reading found."""
    reports: dict[int, PageReport] = {}
    # A prefetch of the roles would be a condition with a part for each, and SQLite refuses a thousand.
    mentions = Prefetch("mentions", Mention.objects.select_related("role"))
    stored = Page.objects.filter(pk__in=pages).defer("content").prefetch_related(mentions)
    for page in stored:
        slugs = {mention.key: mention.role.slug for mention in page.mentions.all()}
        ambiguous = [
            value | {"role": slugs.get(fold_spelling(value["role"]), value["role"])} for value in page.ambiguous
        ]
        reports[page.pk] = PageReport(page.layout, tuple(slugs.values()), page.warnings, ambiguous, page.unread)
    return reports
