"""Update the pages and roles that newly loaded pages concern, in small transactions.

New names and figures can change how other pages are read, and new values change how many pages
agree. What is left to do is stored in the database: pages and names that are not `propagated`,
pages that need a reread, and roles that are `uncounted`. So any process can continue the work.
"""

from collections.abc import Collection
from math import inf
from time import monotonic

from django.db import transaction
from django.db.models import Count

from careers.bulk import split_into_chunks
from careers.models import Revision, Role
from ingest.loading import questions
from ingest.loading.agreement import recount_agreement
from ingest.loading.changes import Changes, note_changes
from ingest.loading.occupations import fetch_stored_titles, find_latest_month, join_table
from ingest.loading.pauses import WriterPauses
from ingest.loading.read import PageReading, answer_questions, read_page
from ingest.loading.store import store_readings
from ingest.models import KnownName, Mention, Page, Question
from ingest.parsing.cells import UnreadableError

# Each chunk blocks others who write, so it takes a few tenths of a second at most.
PAGES_AT_ONCE = 100
REREADS_AT_ONCE = 20
ROLES_AT_ONCE = 150
NAMES_AT_ONCE = 5_000  # one pass through all questions, however many names
QUEUED_AT_ONCE = 500

# Page key -> what reading the page again changed.
ChangedPages = dict[int, Changes]


def propagate(seconds: float = inf) -> ChangedPages:
    """Do all that is left to do, or what can be done in `seconds`; the next caller does the rest."""
    until = monotonic() + seconds
    pauses = WriterPauses()
    changed: ChangedPages = {}
    while monotonic() < until:
        chunk = propagate_chunk()
        if chunk is None:
            break
        for page, changes in chunk.items():
            note_changes(changed.setdefault(page, {}), changes.values())
        pauses.pause_if_due()
    return changed


def propagate_chunk() -> ChangedPages | None:
    """Do the next chunk of work in one transaction. None means that nothing is left."""
    with transaction.atomic():
        revision = Revision.lock()
        if _propagate_names() or _propagate_pages():
            return {}
        queued = Page.objects.filter(needs_reread=True).order_by("pk").values_list("pk", flat=True)
        pages = list(queued[:REREADS_AT_ONCE])
        if pages:
            changed = refresh_pages(pages)
            revision.count_up()
            return changed
        if _recount_roles():
            revision.count_up()
            return {}
    return None


def _propagate_names() -> bool:
    """Queue the pages that some new names concern. False when there are no new names."""
    names = list(KnownName.objects.filter(propagated=False)[:NAMES_AT_ONCE])
    if names:
        _queue_pages(questions.find_pages_asking_about_names({(name.kind, name.name) for name in names}))
        KnownName.objects.filter(pk__in=[name.pk for name in names]).update(propagated=True)
    return bool(names)


def _propagate_pages() -> bool:
    """Queue the pages and roles that the facts of some new pages concern. False when there are no new pages."""
    pages = list(Page.objects.filter(propagated=False).order_by().values_list("pk", flat=True)[:PAGES_AT_ONCE])
    if pages:
        keys, roles = set(), set()
        for key, role in Mention.objects.filter(page__in=pages).order_by().values_list("key", "role"):
            keys.add(key)
            roles.add(role)
        _queue_pages(questions.find_pages_answered_by_figures(keys))
        if several := _find_roles_of_several_pages(roles):
            Role.objects.filter(pk__in=several).update(uncounted=True)
        Page.objects.filter(pk__in=pages).update(propagated=True)
    return bool(pages)


def _find_roles_of_several_pages(roles: Collection[int]) -> list[int]:
    """Those of these roles about which pages can agree or differ."""
    mentions = Mention.objects.filter(role__in=roles).order_by().values("role")
    several = mentions.annotate(pages=Count("page", distinct=True)).filter(pages__gt=1)
    return list(several.values_list("role", flat=True))


def _recount_roles() -> bool:
    """Count the agreement of some roles. False when there are no uncounted roles."""
    roles = list(Role.objects.filter(uncounted=True).order_by("pk").values_list("pk", flat=True)[:ROLES_AT_ONCE])
    if roles:
        recount_agreement(roles)
        Role.objects.filter(pk__in=roles).update(uncounted=False)
    return bool(roles)


def count_pending() -> int:
    """How many pages, names and roles are still to be propagated."""
    new_pages = Page.objects.filter(propagated=False).count()
    queued_pages = Page.objects.filter(needs_reread=True).count()
    new_names = KnownName.objects.filter(propagated=False).count()
    return new_pages + queued_pages + new_names + Role.objects.filter(uncounted=True).count()


def propagate_to_page(page: int) -> Changes:
    """Do what propagation will do to one page that was just stored, and nothing to other pages. For previews."""
    if not Question.objects.filter(page=page).exists():
        return {}
    names = set(KnownName.objects.filter(propagated=False).values_list("kind", "name"))
    keys = list(Mention.objects.filter(page=page).values_list("key", flat=True))
    by_names = questions.find_pages_asking_about_names(names, among=[page])
    if by_names or questions.find_pages_answered_by_figures(keys, among=[page]):
        return refresh_pages([page]).get(page, {})
    return {}


def queue_pages_asking_about(keys: Collection[str]) -> None:
    """Queue pages with an open question on one of these titles to be read again: the answer may be gone."""
    asking = Question.objects.filter(key__in=keys, by_spelling=False)
    _queue_pages(set(asking.values_list("page", flat=True)))


def _queue_pages(pages: Collection[int]) -> None:
    for chunk in split_into_chunks(sorted(pages), QUEUED_AT_ONCE):
        Page.objects.filter(pk__in=chunk).update(needs_reread=True)


def refresh_pages(pages: Collection[int], *, strict: bool = False) -> ChangedPages:
    """Read stored pages again with all that is known by now. Return what that changed.

    A page that can no longer be read stays as it is or, when `strict`, raises UnreadableError.
    The caller's transaction must hold the lock on the Revision.
    """
    readings: list[PageReading] = []
    stored = Page.objects.filter(pk__in=pages, citation__isnull=False).select_related("citation__publisher")
    for page in stored.order_by("pk"):
        try:
            reading = read_page(page)
            if reading.parsed.layout == "table":
                join_table(reading, fetch_stored_titles(), find_latest_month([]))
            readings.append(reading)
        except UnreadableError as error:
            if strict:
                raise UnreadableError(f"{page.name}: {error}") from error
    answer_questions(readings)
    store_readings(readings)
    Page.objects.filter(pk__in=pages).update(needs_reread=False)
    changed = {reading.page.pk: reading.changes for reading in readings if reading.changes}
    Page.objects.filter(pk__in=changed).update(status=Page.Status.LOADED)
    roles = Mention.objects.filter(page__in=[reading.page.pk for reading in readings]).order_by().values("role")
    Role.objects.filter(pk__in=roles).update(uncounted=True)
    return changed
