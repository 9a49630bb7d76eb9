"""Undo the load of a page, or take down all pages of a publisher. What they replaced is current again."""

from collections.abc import Collection, Iterable, Mapping

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from careers.bulk import create_rows, split_into_chunks
from careers.models import AllJobsFigure, AreaPrice, Citation, Publisher, Revision, Role
from ingest.loading import current, names
from ingest.loading.fit import TABLES
from ingest.loading.list_rows import update_listings
from ingest.loading.propagation import propagate, queue_pages_asking_about
from ingest.loading.search_terms import find_roles_of_editions, update_search
from ingest.models import Batch, Event, Mention, Page, Question

ROLES_AT_ONCE = 300


# -- pages ------------------------------------------------------------------------------------


def remove_facts(pages: Collection[Page], *, by: User | None = None, batch: Batch | None = None) -> int:
    """Remove all that these pages brought. The pages, their choices and the names learned from them stay.

    Earlier facts are current again. Roles and skills that only these pages had are deleted. Call `propagate`
    afterwards. Return how many of the pages had anything to undo.
    """
    with transaction.atomic():
        revision = Revision.lock()
        stored = Page.objects.filter(pk__in=[page.pk for page in pages], citation__isnull=False)
        stored = stored.defer("content").order_by("pk")
        removed = {page.pk: page.citation_id for page in stored}
        if not removed:
            return 0
        citations = [citation for citation in removed.values() if citation is not None]
        mentions = list(Mention.objects.filter(page__in=removed))
        role_ids = {mention.role_id for mention in mentions}
        roles = Role.objects.in_bulk(role_ids)
        slugs = {pk: role.slug for pk, role in roles.items()}
        skills = names.find_skills_listed_by(citations)
        editions = find_roles_of_editions(citations)
        undone = {"status": Page.Status.UNDONE, "waiting": False, "propagated": True, "needs_reread": False}
        Page.objects.filter(pk__in=removed).update(citation=None, **undone)
        Question.objects.filter(page__in=removed).delete()
        Mention.objects.filter(page__in=removed).delete()
        unmentioned = names.find_unmentioned_roles(role_ids)
        kept = [role for pk, role in roles.items() if pk not in unmentioned]
        if kept:  # a table often gives one group, and reading all groups of hundreds of occupations takes long
            current.choose_current(kept, without=citations, groups=current.find_groups_given_by(citations))
        _delete_citations(citations)
        names.clean_up_skills(skills)
        names.delete_roles(unmentioned)
        names.respell_roles(kept)
        kept_ids = role_ids - unmentioned
        update_search(kept_ids | editions)
        update_listings(kept_ids)
        Role.objects.filter(pk__in=kept_ids).update(uncounted=True)
        queue_pages_asking_about({mention.key for mention in mentions})
        _create_events(stored, mentions, slugs, by, batch)
        revision.count_up()
    return len(removed)


def _delete_citations(citations: Collection[int]) -> None:
    """Delete citations with every fact that cites them. No role points to these facts any longer."""
    models: list[type[Model]] = [*TABLES.values(), AreaPrice, AllJobsFigure]
    for model in models:
        facts = model._default_manager.filter(citation__in=citations)
        facts._raw_delete(facts.db)  # `delete` would read every row first, and search all roles for each
    without_facts = Citation.objects.filter(pk__in=citations)
    without_facts._raw_delete(without_facts.db)


def _create_events(
    pages: Iterable[Page], mentions: Iterable[Mention], slugs: Mapping[int, str], by: User | None, batch: Batch | None
) -> None:
    """Record that each page was undone. `slugs`: role id -> slug, since roles may be deleted by now."""
    roles_of: dict[int, list[str]] = {}
    for mention in mentions:
        roles_of.setdefault(mention.page_id, []).append(slugs[mention.role_id])
    events = []
    for page in pages:
        details = {"roles": roles_of.get(page.pk, [])}
        events.append(Event(what=Event.What.UNDO, by=by, page=page, batch=batch, details=details))
    create_rows(events)


# -- publishers -------------------------------------------------------------------------------


def take_down_publisher(publisher: Publisher, by: User | None, reason: str) -> Event:
    """Make none of a publisher's facts current; the facts of other publishers take their place.

    Its pages stay stored, and new ones are refused until it is put back. A second call changes nothing. Return the
    event of the first.
    """
    return _set_taken_down(publisher, by, Event.What.TAKE_DOWN, reason)


def put_back_publisher(publisher: Publisher, by: User | None) -> Event:
    """Restore everything as if the publisher had never been taken down."""
    return _set_taken_down(publisher, by, Event.What.PUT_BACK, "")


def _set_taken_down(publisher: Publisher, by: User | None, what: Event.What, reason: str) -> Event:
    with transaction.atomic():
        revision = Revision.lock()
        publisher = Publisher.objects.get(pk=publisher.pk)
        take_down = what == Event.What.TAKE_DOWN
        latest_event = Event.objects.filter(publisher=publisher, what=what).first()
        if latest_event and take_down == bool(publisher.taken_down_at):
            return latest_event
        publisher.taken_down_at = timezone.now() if take_down else None
        publisher.taken_down_for = reason
        publisher.save(update_fields=["taken_down_at", "taken_down_for"])
        mentions = Mention.objects.filter(page__citation__publisher=publisher).order_by()
        role_ids = sorted(mentions.values_list("role", flat=True).distinct())
        for chunk in split_into_chunks(role_ids, ROLES_AT_ONCE):
            roles = Role.objects.filter(pk__in=chunk)
            current.choose_current(list(roles))
            update_search(chunk)
            update_listings(chunk)
            roles.update(uncounted=True)
        event = Event.objects.create(what=what, by=by, publisher=publisher, details={"reason": reason})
        revision.count_up()
    propagate(seconds=1.0)
    return event
