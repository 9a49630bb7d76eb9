"""Read stored pages anew, after readers learned more."""

from collections.abc import Iterable
from dataclasses import replace

from django.contrib.auth.models import User
from django.db import transaction

from careers.models import Revision
from ingest.loading.load import LoadResult
from ingest.loading.propagation import propagate_to_page
from ingest.loading.read import learn_and_store, read_page
from ingest.loading.store import PageReading, note_change
from ingest.models import Batch, Event, Page
from ingest.parsing.cells import UnreadableError


def reread_pages(pages: Iterable[Page], *, by: User | None = None, batch: Batch | None = None) -> list[LoadResult]:
    """Read these pages anew, in one transaction; call `settle` when all are through.

    A page that can no longer be read is "refused" and stays as it was read before; so does one that was taken back.
    """
    outcomes: list[PageReading | UnreadableError] = []
    with transaction.atomic():
        revision = Revision.lock()
        stored = Page.objects.select_related("citation__publisher").in_bulk([page.pk for page in pages])
        for each in pages:
            page = stored[each.pk]
            page.propagated = False
            try:
                if page.citation_id is None:
                    raise UnreadableError("The page was taken back. Load it again instead.")
                outcomes.append(read_page(page))
            except UnreadableError as error:
                outcomes.append(error)
        readings = [each for each in outcomes if isinstance(each, PageReading)]
        learn_and_store(readings)
        changed = [reading for reading in readings if reading.changed]
        Page.objects.filter(pk__in=[reading.page.pk for reading in changed]).update(status=Page.Status.LOADED)
        Event.objects.bulk_create(
            Event(
                what=Event.What.REREAD, by=by, page=reading.page, batch=batch, details={"changes": len(reading.changed)}
            )
            for reading in changed
        )
        revision.count_up()
    return [_changes(page, outcome) for page, outcome in zip(pages, outcomes, strict=True)]


def reread_page_for_preview(page: Page) -> LoadResult:
    """Read one page anew for the transaction of the caller, who rolls it back: other pages are left as they are."""
    [changes] = reread_pages([page])
    changed = {(each.role, each.field): each for each in changes.changes}
    for each in propagate_to_page(page.pk).values() if changes.status != "refused" else ():
        note_change(changed, each.role, each.field, each.before, each.after)
    return replace(changes, changes=tuple(changed.values()))


def _changes(page: Page, outcome: PageReading | UnreadableError) -> LoadResult:
    if isinstance(outcome, UnreadableError):
        return LoadResult(page.name, "refused", page.pk, error=str(outcome))
    changes = tuple(outcome.changed.values())
    return LoadResult(page.name, "loaded" if changes else "unchanged", page.pk, changes)
