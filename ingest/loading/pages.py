"""Load pages, settle what they ask of one another, take them back."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeVar

from django.contrib.auth.models import User
from django.db import DatabaseError, InterfaceError, OperationalError, transaction

from careers.models import Revision, RoleSkill, identity
from ingest.documents import read_document
from ingest.loading import asking, choosing, naming
from ingest.loading.agreeing import renew_agreement
from ingest.loading.fitting import TABLES, fit, storable
from ingest.loading.storing import Change, Changed, Reading, learn, publishers_of, store, tell
from ingest.models import Event, KnownName, Mention, Page
from ingest.parsing import parse_page
from ingest.reading import UnreadableError

# Pages to a transaction: enough that a query a table costs little per page, few enough that
# others who write do not wait long.
PAGES_AT_ONCE = 100
BYTES_AT_ONCE = 4_000_000

Each = TypeVar("Each")


@dataclass(frozen=True, slots=True)
class Told:
    """What is stored of a page for people: as last read, with all that was known then.

    `roles`: slugs in page order. The rest as on the Page, `role` of an ambiguous value as slug.
    """

    layout: str
    roles: tuple[str, ...]
    warnings: list[dict[str, Any]]
    ambiguous: list[dict[str, Any]]
    unread: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Changes:
    """What loading a page did, or would do.

    `changes` are those of the current facts of its roles; "unchanged" has none, be it that the
    page was loaded before or that it says what is known. `page` is its key; None when refused.
    `told` is there after `load`; after `load_all`, ask `told()` once all is settled.
    """

    name: str
    status: Literal["loaded", "unchanged", "refused"]
    page: int | None = None
    changes: tuple[Change, ...] = ()
    error: str | None = None
    told: Told | None = None


# -- loading ----------------------------------------------------------------------------------


def load(page: Page, *, commit: bool, by: User | None = None) -> Changes:
    """Load one page, with all that follows from it for other pages, in one transaction.

    `page`: not yet saved, with its name, its content and what a person entered. Without
    `commit` all of it is done and rolled back: a preview.
    """
    with transaction.atomic():
        [loaded] = _load_some([page], by)
        if loaded.page is not None:
            changed = {(each.role, each.field): each for each in loaded.changes}
            for each in settle().get(loaded.page, {}).values():
                tell(changed, each.role, each.field, each.before, each.after)
            loaded = replace(loaded, changes=tuple(changed.values()), told=told([loaded.page])[loaded.page])
        if not commit:
            transaction.set_rollback(True)
            loaded = replace(loaded, page=None)
    return loaded


def load_all(pages: Iterable[Page], *, by: User | None = None) -> Iterator[Changes]:
    """Load many pages, each whole or not at all. Call `settle` when they are through.

    Should the process end before that, the next load settles what these pages left.
    """
    for some in _portions(pages):
        yield from _load_some(some, by)


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


def _load_some(pages: Sequence[Page], by: User | None) -> list[Changes]:
    try:
        with transaction.atomic():
            return _load_locked(pages, by)
    except (OperationalError, InterfaceError):
        raise  # the database is away or busy: that is nothing the pages did
    except DatabaseError as error:
        if len(pages) > 1:
            return [loaded for page in pages for loaded in _load_some([page], by)]
        reason = (
            f"The database refused the page ({type(error).__name__}). Nothing of it was kept; report it with the page."
        )
        return [Changes(pages[0].name, "refused", error=reason)]


def _load_locked(pages: Sequence[Page], by: User | None) -> list[Changes]:
    revision = Revision.lock()
    digests = [Page.digest_of(bytes(page.content)) for page in pages]
    known = {page.digest: page for page in Page.objects.filter(digest__in=digests).defer("content")}
    loaded = {page.digest for page in known.values() if page.citation_id is not None}
    outcomes: list[Page | Reading | UnreadableError] = []  # one for each page; a Page is one loaded before
    for given, digest in zip(pages, digests, strict=True):
        if digest in loaded:
            outcomes.append(known[digest])
            continue
        page = _to_write(given, digest, known.get(digest), by)
        try:
            outcomes.append(_read_alone(page))
        except UnreadableError as error:
            outcomes.append(error)
        else:
            known[digest] = page
            loaded.add(digest)
    if readings := [each for each in outcomes if isinstance(each, Reading)]:
        learn(readings)
        _read_knowing(readings)
        store(readings)
        _record(readings, by)
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
        for name in ("publisher", "url", "licence", "licence_url", "captured_on", "choices"):
            setattr(page, name, getattr(given, name) or getattr(undone, name))
    return page


def _read_alone(page: Page) -> Reading:
    """Read a page with nothing known but what a person chose for it."""
    try:
        document = read_document(page.name, bytes(page.content))
        parsed = parse_page(document, asking.known_for(page.choices))
    except UnreadableError:
        raise
    except Exception as error:  # a fault of ours on one page must not stop the pages after it
        raise UnreadableError(
            f"Rolewise failed on this page ({type(error).__name__}) and kept nothing of it. "
            "Report it together with the page."
        ) from error
    return Reading(page, document, parsed, fit(parsed), asking.questions(parsed))


def _read_knowing(readings: Iterable[Reading]) -> None:
    """Read those pages that leave questions once more, with all that is known by now."""
    asking_pages = [reading for reading in readings if reading.asked]
    if not asking_pages:
        return
    publishers = publishers_of(asking_pages)
    figures = asking.known_figures(
        (publisher.pk, asked.key, asked.field)
        for reading, publisher in zip(asking_pages, publishers, strict=True)
        for asked in reading.asked
        if not asked.by_spelling
    )
    names = asking.known_names()
    for reading, publisher in zip(asking_pages, publishers, strict=True):
        known = asking.known_for(reading.page.choices, names, figures.get(publisher.pk))
        reading.parsed = parse_page(reading.document, known)
        reading.fitted = fit(reading.parsed)


def _record(readings: Iterable[Reading], by: User | None) -> None:
    idle = [reading.page.pk for reading in readings if not reading.changed]
    Page.objects.filter(pk__in=idle).update(status=Page.Status.UNCHANGED)
    Event.objects.bulk_create(
        Event(what=Event.What.LOAD, by=by, page=reading.page, details={"changes": len(reading.changed)})
        for reading in readings
    )


def _changes(name: str, outcome: Page | Reading | UnreadableError) -> Changes:
    if isinstance(outcome, UnreadableError):
        return Changes(name, "refused", error=str(outcome))
    if isinstance(outcome, Page):
        return Changes(name, "unchanged", outcome.pk)
    changes = tuple(outcome.changed.values())
    return Changes(name, "loaded" if changes else "unchanged", outcome.page.pk, changes)


# -- settling ---------------------------------------------------------------------------------


def settle() -> dict[int, Changed]:
    """Tell other pages what the pages loaded last tell of them, and count agreement anew.

    Pages whose open questions a new name or a new figure may answer are read again. Returns
    what that changed, by page. Can be broken off at any point: the next one begins again.
    """
    new = list(Page.objects.filter(settled=False).values_list("pk", flat=True))
    names = list(KnownName.objects.filter(settled=False))
    if not new and not names:
        return {}
    unsettled = Mention.objects.filter(page__settled=False).order_by()
    concerned = asking.pages_about_names({(known.kind, known.name) for known in names})
    for keys in _slices(unsettled.values_list("key", flat=True).distinct()):
        concerned |= asking.pages_about_figures(keys)
    changed = _read_again(concerned)
    for roles in _slices(unsettled.values_list("role", flat=True).distinct()):
        with transaction.atomic():
            Revision.lock().count_up()
            renew_agreement(roles)
    for pages in _slices([*new, *concerned]):
        Page.objects.filter(pk__in=pages).update(settled=True)
    for some in _slices([known.pk for known in names]):
        KnownName.objects.filter(pk__in=some).update(settled=True)
    return changed


def _read_again(pages: Collection[int]) -> dict[int, Changed]:
    """Read stored pages with all that is known by now; what that changed, by page."""
    changed: dict[int, Changed] = {}
    for some in _slices(sorted(pages), PAGES_AT_ONCE):
        with transaction.atomic():
            revision = Revision.lock()
            readings = []
            for page in Page.objects.filter(pk__in=some, citation__isnull=False).order_by("pk"):
                try:
                    readings.append(_read_alone(page))
                except UnreadableError:
                    continue  # readers change: what an earlier one read of it stays
            _read_knowing(readings)
            store(readings)
            revision.count_up()
            told = {reading.page.pk: reading.changed for reading in readings if reading.changed}
            Page.objects.filter(pk__in=told).update(status=Page.Status.LOADED)
            changed |= told
    return changed


def _slices(found: Iterable[Each], size: int = 500) -> Iterator[list[Each]]:
    everything = list(found)
    for start in range(0, len(everything), size):
        yield everything[start : start + size]


# -- taking back ------------------------------------------------------------------------------


def undo(page: Page, *, by: User | None = None) -> None:
    """Take back all that a page brought; the page itself, its choices and its names stay.

    Earlier facts are current again, roles and skills that only this page had are gone.
    """
    with transaction.atomic():
        revision = Revision.lock()
        page = Page.objects.defer("content").select_related("citation").get(pk=page.pk)
        if page.citation is None:
            return
        mentions = list(page.mentions.select_related("role"))
        roles = {mention.role_id: mention.role for mention in mentions}
        skills = set(RoleSkill.objects.filter(citation=page.citation).values_list("skill", flat=True))
        page.citation.delete()  # and with it every fact that cites it
        page.mentions.all().delete()
        page.questions.all().delete()
        page.citation, page.status, page.waiting, page.settled = None, Page.Status.UNDONE, False, True
        page.save(update_fields=["citation", "status", "waiting", "settled"])
        for role in roles.values():
            role.refresh_from_db()
            for group in TABLES:
                choosing.choose_current(role, group)
        naming.respell(roles.values())
        naming.tidy_skills(skills)
        naming.remove_unmentioned(roles)
        _read_again(asking.pages_open_on({mention.key for mention in mentions}))
        Event.objects.create(
            what=Event.What.UNDO, by=by, page=page, details={"roles": [role.slug for role in roles.values()]}
        )
        revision.count_up()
        renew_agreement(roles)
        settle()


# -- telling ----------------------------------------------------------------------------------


def told(pages: Collection[int]) -> dict[int, Told]:
    """Page key -> what is stored of it, for people."""
    found: dict[int, Told] = {}
    stored = Page.objects.filter(pk__in=pages).defer("content").prefetch_related("mentions__role")
    for page in stored:
        slugs = {mention.key: mention.role.slug for mention in page.mentions.all()}
        found[page.pk] = Told(
            page.layout,
            tuple(slugs.values()),
            page.warnings,
            [each | {"role": slugs.get(identity(each["role"]), each["role"])} for each in page.ambiguous],
            page.unread,
        )
    return found
