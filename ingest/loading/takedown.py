"""A publisher's pages taken down as one, and put back: what they say is kept, and current nowhere."""

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from careers.models import Publisher, Revision, Role
from ingest.loading.current import choose_current
from ingest.loading.list_rows import keep_listings
from ingest.loading.propagation import settle
from ingest.models import Event, Mention

ROLES_AT_ONCE = 300


def take_down(publisher: Publisher, by: User | None, reason: str) -> Event:
    """Make none of a publisher's facts current: other publishers' are, where there are any.

    Its pages stay; new ones are refused until it is put back. Twice is once.
    """
    return _turn(publisher, by, Event.What.TAKE_DOWN, reason)


def put_back(publisher: Publisher, by: User | None) -> Event:
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
            choose_current(list(Role.objects.filter(pk__in=roles[start : start + ROLES_AT_ONCE])))
            keep_listings(roles[start : start + ROLES_AT_ONCE])
            Role.objects.filter(pk__in=roles[start : start + ROLES_AT_ONCE]).update(uncounted=True)
        event = Event.objects.create(what=what, by=by, publisher=publisher, details={"reason": reason})
        revision.count_up()
    settle(seconds=1.0)
    return event
