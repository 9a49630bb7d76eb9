"""Tell other pages what the pages loaded last tell of them, and count anew who agrees, in pieces.

What is left to do stands in the database: pages and names that are not `settled`, pages to be
read `again`, roles that are `uncounted`. Whoever comes next goes on.
"""

from collections.abc import Collection
from math import inf
from time import monotonic

from django.db import transaction

from careers.models import Revision, Role
from ingest.loading import questions
from ingest.loading.agreement import recount_agreement
from ingest.loading.read import answer_questions, read_page
from ingest.loading.store import PageReading, RoleChanges, note_change, store_readings
from ingest.models import KnownName, Mention, Page, Question
from ingest.parsing.cells import UnreadableError

# Each piece holds up others who write, so each is some tenths of a second at most.
PAGES_AT_ONCE = 100
AGAIN_AT_ONCE = 20
ROLES_AT_ONCE = 150
NAMES_AT_ONCE = 5_000  # a look through all questions, however many names

# What reading pages again changed: page key -> its changes.
PageChanges = dict[int, RoleChanges]


def propagate(seconds: float = inf) -> PageChanges:
    """All that is left to do, or what can be done in a time: whoever comes next does the rest. Returns what changed."""
    until = monotonic() + seconds
    changed: PageChanges = {}
    while monotonic() < until and (some := propagate_chunk()) is not None:
        for page, found in some.items():
            for each in found.values():
                note_change(changed.setdefault(page, {}), each.role, each.field, each.before, each.after)
    return changed


def propagate_chunk() -> PageChanges | None:
    """The next piece, in one transaction; None when there is nothing left."""
    with transaction.atomic():
        revision = Revision.lock()
        if names := list(KnownName.objects.filter(propagated=False)[:NAMES_AT_ONCE]):
            _queue_pages(questions.find_pages_asking_about_names({(known.kind, known.name) for known in names}))
            KnownName.objects.filter(pk__in=[known.pk for known in names]).update(propagated=True)
            return {}
        if pages := list(Page.objects.filter(propagated=False).order_by().values_list("pk", flat=True)[:PAGES_AT_ONCE]):
            keys, roles = set(), set()
            for key, role in Mention.objects.filter(page__in=pages).order_by().values_list("key", "role"):
                keys.add(key)
                roles.add(role)
            _queue_pages(questions.find_pages_answered_by_figures(keys))
            Role.objects.filter(pk__in=roles).update(uncounted=True)
            Page.objects.filter(pk__in=pages).update(propagated=True)
            return {}
        if pages := list(
            Page.objects.filter(needs_reread=True).order_by("pk").values_list("pk", flat=True)[:AGAIN_AT_ONCE]
        ):
            changed = refresh_pages(pages)
            revision.count_up()
            return changed
        if some := list(
            Role.objects.filter(uncounted=True).order_by("pk").values_list("pk", flat=True)[:ROLES_AT_ONCE]
        ):
            recount_agreement(some)
            Role.objects.filter(pk__in=some).update(uncounted=False)
            revision.count_up()
            return {}
    return None


def count_pending() -> int:
    """How many pages, names and roles there still are to settle."""
    waiting = Page.objects.filter(propagated=False), Page.objects.filter(needs_reread=True)
    return sum(each.count() for each in waiting) + (
        KnownName.objects.filter(propagated=False).count() + Role.objects.filter(uncounted=True).count()
    )


def propagate_to_page(page: int) -> RoleChanges:
    """What settling will make of one page just stored; all that it makes of others is left out."""
    if not Question.objects.filter(page=page).exists():
        return {}
    names = set(KnownName.objects.filter(propagated=False).values_list("kind", "name"))
    keys = list(Mention.objects.filter(page=page).values_list("key", flat=True))
    if questions.find_pages_asking_about_names(names, among=[page]) or questions.find_pages_answered_by_figures(
        keys, among=[page]
    ):
        return refresh_pages([page]).get(page, {})
    return {}


def _queue_pages(pages: Collection[int]) -> None:
    found = sorted(pages)
    for start in range(0, len(found), 500):
        Page.objects.filter(pk__in=found[start : start + 500]).update(needs_reread=True)


def queue_pages_asking_about(keys: Collection[str]) -> None:
    """Have the pages read again that have an open question on one of these titles: the answer may have gone."""
    _queue_pages(questions.find_pages_asking_about_titles(keys))


def refresh_pages(pages: Collection[int], *, strict: bool = False) -> PageChanges:
    """Read stored pages with all that is known by now; what that changed.

    A page that can no longer be read stays as it is, or raises UnreadableError when `strict`.
    Belongs into a transaction that holds the lock on the Revision.
    """
    readings: list[PageReading] = []
    stored = Page.objects.filter(pk__in=pages, citation__isnull=False).select_related("citation__publisher")
    for page in stored.order_by("pk"):
        try:
            readings.append(read_page(page))
        except UnreadableError as error:
            if strict:
                raise UnreadableError(f"{page.name}: {error}") from error
    answer_questions(readings)
    store_readings(readings)
    Page.objects.filter(pk__in=pages).update(needs_reread=False)
    told = {reading.page.pk: reading.changed for reading in readings if reading.changed}
    Page.objects.filter(pk__in=told).update(status=Page.Status.LOADED)
    roles = Mention.objects.filter(page__in=[reading.page.pk for reading in readings]).order_by().values("role")
    Role.objects.filter(pk__in=roles).update(uncounted=True)
    return told
