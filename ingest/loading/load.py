"""Load pages, one or many."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass, replace
from typing import Any, Literal

from django.contrib.auth.models import User
from django.db import DatabaseError, InterfaceError, OperationalError, transaction

from careers.models import Publisher, Revision, identity, slug_for
from ingest.loading.bounds import storable
from ingest.loading.propagation import PageChanges, propagate, propagate_to_page
from ingest.loading.read import learn_and_store, read_page
from ingest.loading.store import Change, PageReading, note_change, publisher_name
from ingest.models import Batch, Event, Page
from ingest.parsing.cells import UnreadableError

# Pages to a transaction: enough that a query a table costs little per page, few enough that
# others who write do not wait long.
PAGES_AT_ONCE = 100
BYTES_AT_ONCE = 4_000_000


@dataclass(frozen=True, slots=True)
class PageReport:
    """What is stored of a page for people: as last read, with all that was known then.

    `roles`: slugs in page order. The rest as on the Page, `role` of an ambiguous value as slug.
    """

    layout: str
    roles: tuple[str, ...]
    warnings: list[dict[str, Any]]
    ambiguous: list[dict[str, Any]]
    unread: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class LoadResult:
    """What loading a page did, or would do.

    `changes` are those of the current facts of its roles; "unchanged" has none, be it that the
    page was loaded before (`known`) or that it says what is known. `page` is its key; None when refused.
    `told` is there after `load`; after `load_pages`, ask `told()` once all is settled.
    """

    name: str
    status: Literal["loaded", "unchanged", "refused"]
    page: int | None = None
    changes: tuple[Change, ...] = ()
    error: str | None = None
    report: PageReport | None = None
    already_loaded: bool = False


# -- loading ----------------------------------------------------------------------------------


def load_page(page: Page, *, commit: bool, by: User | None = None) -> LoadResult:
    """Load one page, with all that follows from it for other pages, in one transaction.

    `page`: not yet saved, with its name, its content and what a person entered. Without
    `commit` the page is loaded and rolled back, and other pages are left alone: a preview.
    """
    with transaction.atomic():
        if commit:
            [loaded] = load_chunk([page], by)
            loaded = _with_later(loaded, propagate())
        else:
            loaded = load_page_for_preview(page, by)
        if loaded.page is not None:
            loaded = replace(loaded, report=fetch_reports([loaded.page])[loaded.page])
        if not commit:
            transaction.set_rollback(True)
            loaded = replace(loaded, page=None)
    return loaded


def load_page_for_preview(page: Page, by: User | None = None) -> LoadResult:
    """Load one page for the transaction of the caller, who rolls it back: other pages are left as they are."""
    [loaded] = load_chunk([page], by)
    return loaded if loaded.page is None else _with_later(loaded, {loaded.page: propagate_to_page(loaded.page)})


def _with_later(loaded: LoadResult, settled: PageChanges) -> LoadResult:
    changed = {(each.role, each.field): each for each in loaded.changes}
    for each in settled.get(loaded.page or 0, {}).values():
        note_change(changed, each.role, each.field, each.before, each.after)
    return replace(loaded, changes=tuple(changed.values()))


def load_pages(pages: Iterable[Page], *, by: User | None = None) -> Iterator[LoadResult]:
    """Load many pages, each whole or not at all. Call `settle` when they are through.

    Should the process end before that, the next load settles what these pages left.
    """
    for some in _portions(pages):
        yield from load_chunk(some, by)


def _portions(pages: Iterable[Page]) -> Iterator[list[Page]]:
    portion: list[Page] = []
    size = 0
    for page in pages:
        portion.append(page)
        size += len(page.content)
        if len(portion) == PAGES_AT_ONCE or size > BYTES_AT_ONCE:
            yield portion
            portion, size = [], 0
    if portion:
        yield portion


def load_chunk(pages: Sequence[Page], by: User | None = None, batch: Batch | None = None) -> list[LoadResult]:
    """Load a few pages in one transaction, each whole or not at all: the piece that all loading is made of."""
    try:
        with transaction.atomic():
            return _load_locked(pages, by, batch)
    except (OperationalError, InterfaceError):
        raise  # the database is away or busy: that is nothing the pages did
    except DatabaseError as error:
        if len(pages) > 1:
            return [loaded for page in pages for loaded in load_chunk([page], by, batch)]
        reason = (
            f"The database refused the page ({type(error).__name__}). Nothing of it was kept; report it with the page."
        )
        return [LoadResult(pages[0].name, "refused", error=reason)]


def _load_locked(pages: Sequence[Page], by: User | None, batch: Batch | None) -> list[LoadResult]:
    revision = Revision.lock()
    taken_down = set(Publisher.objects.exclude(taken_down_at=None).values_list("slug", flat=True))
    digests = [Page.digest_of(bytes(page.content)) for page in pages]
    known = {page.digest: page for page in Page.objects.filter(digest__in=digests).defer("content")}
    loaded = {page.digest for page in known.values() if page.citation_id is not None}
    outcomes: list[Page | PageReading | UnreadableError] = []  # one for each page; a Page is one loaded before
    for given, digest in zip(pages, digests, strict=True):
        if digest in loaded:
            outcomes.append(known[digest])
            continue
        page = _to_write(given, digest, known.get(digest), by)
        try:
            reading = read_page(page)
            _check_publisher(reading, taken_down)
        except UnreadableError as error:
            outcomes.append(error)
        else:
            outcomes.append(reading)
            known[digest] = page
            loaded.add(digest)
    if readings := [each for each in outcomes if isinstance(each, PageReading)]:
        learn_and_store(readings)
        _record(readings, by, batch)
        revision.count_up()
    return [_changes(page.name, outcome) for page, outcome in zip(pages, outcomes, strict=True)]


def _to_write(given: Page, digest: str, undone: Page | None, by: User | None) -> Page:
    """A copy to write, for what is given stays as it is when all is rolled back.

    One that was taken back keeps its row: the day it was first loaded, and the choices made.
    """
    page = copy(given)
    page.digest, page.loaded_by, page.status = digest, by, Page.Status.LOADED
    page.name = storable(page.name)[:300]
    if undone:
        page.pk, page.loaded_at = undone.pk, undone.loaded_at
        for name in ("publisher", "url", "licence", "licence_url", "captured_on", "choices", "sample"):
            setattr(page, name, getattr(given, name) or getattr(undone, name))
    return page


def _check_publisher(reading: PageReading, taken_down: Collection[str]) -> None:
    name = publisher_name(reading)
    if taken_down and slug_for(name) in taken_down:
        raise UnreadableError(f"The pages of {name} were taken down. Put them back first, if they may be shown again.")


def _record(readings: Iterable[PageReading], by: User | None, batch: Batch | None) -> None:
    idle = [reading.page.pk for reading in readings if not reading.changed]
    Page.objects.filter(pk__in=idle).update(status=Page.Status.UNCHANGED)
    Event.objects.bulk_create(
        Event(what=Event.What.LOAD, by=by, page=reading.page, batch=batch, details={"changes": len(reading.changed)})
        for reading in readings
    )


def _changes(name: str, outcome: Page | PageReading | UnreadableError) -> LoadResult:
    if isinstance(outcome, UnreadableError):
        return LoadResult(name, "refused", error=str(outcome))
    if isinstance(outcome, Page):
        return LoadResult(name, "unchanged", outcome.pk, already_loaded=True)
    changes = tuple(outcome.changed.values())
    return LoadResult(name, "loaded" if changes else "unchanged", outcome.page.pk, changes)


# -- telling ----------------------------------------------------------------------------------


def fetch_reports(pages: Collection[int]) -> dict[int, PageReport]:
    """Page key -> what is stored of it, for people."""
    found: dict[int, PageReport] = {}
    stored = Page.objects.filter(pk__in=pages).defer("content").prefetch_related("mentions__role")
    for page in stored:
        slugs = {mention.key: mention.role.slug for mention in page.mentions.all()}
        found[page.pk] = PageReport(
            page.layout,
            tuple(slugs.values()),
            page.warnings,
            [each | {"role": slugs.get(identity(each["role"]), each["role"])} for each in page.ambiguous],
            page.unread,
        )
    return found
