"""Read stored pages anew, after readers learned more."""

from collections.abc import Iterable
from dataclasses import replace

from django.contrib.auth.models import User
from django.db import transaction

from careers.models import Revision
from ingest.loading.load import Changes
from ingest.loading.propagation import settle_alone
from ingest.loading.read import read_alone, store_all
from ingest.loading.store import Reading, tell
from ingest.models import Batch, Event, Page
from ingest.parsing.cells import UnreadableError


def reread(pages: Iterable[Page], *, by: User | None = None, batch: Batch | None = None) -> list[Changes]:
    """Read these pages anew, in one transaction; call `settle` when all are through.

    A page that can no longer be read is "refused" and stays as it was read before; so does one that was taken back.
    """
    outcomes: list[Reading | UnreadableError] = []
    with transaction.atomic():
        revision = Revision.lock()
        stored = Page.objects.select_related("citation__publisher").in_bulk([page.pk for page in pages])
        for each in pages:
            page = stored[each.pk]
            page.propagated = False
            try:
                if page.citation_id is None:
                    raise UnreadableError("The page was taken back. Load it again instead.")
                outcomes.append(read_alone(page))
            except UnreadableError as error:
                outcomes.append(error)
        readings = [each for each in outcomes if isinstance(each, Reading)]
        store_all(readings)
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


def reread_alone(page: Page) -> Changes:
    """Read one page anew for the transaction of the caller, who rolls it back: other pages are left as they are."""
    [changes] = reread([page])
    changed = {(each.role, each.field): each for each in changes.changes}
    for each in settle_alone(page.pk).values() if changes.status != "refused" else ():
        tell(changed, each.role, each.field, each.before, each.after)
    return replace(changes, changes=tuple(changed.values()))


def _changes(page: Page, outcome: Reading | UnreadableError) -> Changes:
    if isinstance(outcome, UnreadableError):
        return Changes(page.name, "refused", page.pk, error=str(outcome))
    changes = tuple(outcome.changed.values())
    return Changes(page.name, "loaded" if changes else "unchanged", page.pk, changes)
