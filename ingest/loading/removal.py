"""Undo the load of a page, or take down all pages of a publisher. What they replaced is current again."""

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from careers.models import Publisher, Revision, Role, RoleSkill
from ingest.loading import current, names
from ingest.loading.list_rows import update_listings
from ingest.loading.propagation import propagate, queue_pages_asking_about
from ingest.models import Batch, Event, Mention, Page

ROLES_AT_ONCE = 300


# -- pages ------------------------------------------------------------------------------------


def remove_facts(page: Page, *, by: User | None = None, batch: Batch | None = None) -> bool:
    """Remove all that a page brought. The page itself, its choices and the names learned from it stay.

    Earlier facts are current again. Roles and skills that only this page had are deleted. Call `propagate` afterwards.
    Return whether there was anything to undo.
    """
    with transaction.atomic():
        revision = Revision.lock()
        page = Page.objects.defer("content").select_related("citation").get(pk=page.pk)
        if page.citation is None:
            return False
        mentions = list(page.mentions.all())
        skills = set(RoleSkill.objects.filter(citation=page.citation).values_list("skill", flat=True))
        page.citation.delete()  # with every fact that cites it
        page.mentions.all().delete()
        page.questions.all().delete()
        _mark_undone(page)
        role_ids = {mention.role_id for mention in mentions}
        roles = list(Role.objects.filter(pk__in=role_ids))
        slugs = [role.slug for role in roles]
        current.choose_current(roles)
        names.respell_roles(roles)
        names.clean_up_skills(skills)
        names.delete_unmentioned_roles(role_ids)
        update_listings(role_ids)
        Role.objects.filter(pk__in=role_ids).update(uncounted=True)
        queue_pages_asking_about({mention.key for mention in mentions})
        Event.objects.create(what=Event.What.UNDO, by=by, page=page, batch=batch, details={"roles": slugs})
        revision.count_up()
    return True


def _mark_undone(page: Page) -> None:
    page.citation = None
    page.status = Page.Status.UNDONE
    page.waiting = False
    page.propagated = True
    page.needs_reread = False
    page.save(update_fields=["citation", "status", "waiting", "propagated", "needs_reread"])


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
        for start in range(0, len(role_ids), ROLES_AT_ONCE):
            chunk = role_ids[start : start + ROLES_AT_ONCE]
            roles = Role.objects.filter(pk__in=chunk)
            current.choose_current(list(roles))
            update_listings(chunk)
            roles.update(uncounted=True)
        event = Event.objects.create(what=what, by=by, publisher=publisher, details={"reason": reason})
        revision.count_up()
    propagate(seconds=1.0)
    return event
