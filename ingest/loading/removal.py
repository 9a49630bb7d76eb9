"""Take pages back: what they brought goes, what they replaced is current again."""

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from careers.models import Publisher, Revision, Role, RoleSkill
from ingest.loading import current, names
from ingest.loading.list_rows import update_listings
from ingest.loading.propagation import propagate, queue_pages_asking_about
from ingest.models import Batch, Event, Mention, Page


def undo_page(page: Page, *, by: User | None = None) -> None:
    """Take back all that a page brought; the page itself, its choices and its names stay.

    Earlier facts are current again, roles and skills that only this page had are gone.
    """
    with transaction.atomic():
        remove_facts(page, by=by)
        propagate()


def remove_facts(page: Page, *, by: User | None = None, batch: Batch | None = None) -> bool:
    """The same, with `settle` left to do. Whether there was anything to take back."""
    with transaction.atomic():
        revision = Revision.lock()
        page = Page.objects.defer("content").select_related("citation").get(pk=page.pk)
        if page.citation is None:
            return False
        mentions = list(page.mentions.all())
        skills = set(RoleSkill.objects.filter(citation=page.citation).values_list("skill", flat=True))
        page.citation.delete()  # and with it every fact that cites it
        page.mentions.all().delete()
        page.questions.all().delete()
        page.citation, page.status, page.waiting, page.propagated, page.needs_reread = (
            None,
            Page.Status.UNDONE,
            False,
            True,
            False,
        )
        page.save(update_fields=["citation", "status", "waiting", "propagated", "needs_reread"])
        roles = list(Role.objects.filter(pk__in={mention.role_id for mention in mentions}))
        slugs = [role.slug for role in roles]
        current.choose_current(roles)
        names.respell_roles(roles)
        names.clean_up_skills(skills)
        names.delete_unmentioned_roles({role.pk for role in roles})
        update_listings([role.pk for role in roles])
        Role.objects.filter(pk__in=[role.pk for role in roles]).update(uncounted=True)
        queue_pages_asking_about({mention.key for mention in mentions})
        Event.objects.create(what=Event.What.UNDO, by=by, page=page, batch=batch, details={"roles": slugs})
        revision.count_up()
    return True


# -- publishers -------------------------------------------------------------------------------

ROLES_AT_ONCE = 300


def take_down_publisher(publisher: Publisher, by: User | None, reason: str) -> Event:
    """Make none of a publisher's facts current: other publishers' are, where there are any.

    Its pages stay; new ones are refused until it is put back. Twice is once.
    """
    return _turn(publisher, by, Event.What.TAKE_DOWN, reason)


def put_back_publisher(publisher: Publisher, by: User | None) -> Event:
    """Have everything as it would be had it never been taken down."""
    return _turn(publisher, by, Event.What.PUT_BACK, "")


def _turn(publisher: Publisher, by: User | None, what: Event.What, reason: str) -> Event:
    with transaction.atomic():
        revision = Revision.lock()
        publisher = Publisher.objects.get(pk=publisher.pk)
        down = what == Event.What.TAKE_DOWN
        last = Event.objects.filter(publisher=publisher, what=what).first()
        if last and down == bool(publisher.taken_down_at):
            return last
        publisher.taken_down_at = timezone.now() if down else None
        publisher.taken_down_for = reason
        publisher.save(update_fields=["taken_down_at", "taken_down_for"])
        spoken_of = Mention.objects.filter(page__citation__publisher=publisher).order_by()
        roles = sorted(spoken_of.values_list("role", flat=True).distinct())
        for start in range(0, len(roles), ROLES_AT_ONCE):
            current.choose_current(list(Role.objects.filter(pk__in=roles[start : start + ROLES_AT_ONCE])))
            update_listings(roles[start : start + ROLES_AT_ONCE])
            Role.objects.filter(pk__in=roles[start : start + ROLES_AT_ONCE]).update(uncounted=True)
        event = Event.objects.create(what=what, by=by, publisher=publisher, details={"reason": reason})
        revision.count_up()
    propagate(seconds=1.0)
    return event
