"""Take pages back: what they brought goes, what they replaced is current again."""

from django.contrib.auth.models import User
from django.db import transaction

from careers.models import Revision, Role, RoleSkill
from ingest.loading import current, names
from ingest.loading.list_rows import keep_listings
from ingest.loading.propagation import ask_again_on, settle
from ingest.models import Batch, Event, Page


def undo(page: Page, *, by: User | None = None) -> None:
    """Take back all that a page brought; the page itself, its choices and its names stay.

    Earlier facts are current again, roles and skills that only this page had are gone.
    """
    with transaction.atomic():
        take_back(page, by=by)
        settle()


def take_back(page: Page, *, by: User | None = None, batch: Batch | None = None) -> bool:
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
        names.respell(roles)
        names.tidy_skills(skills)
        names.remove_unmentioned({role.pk for role in roles})
        keep_listings([role.pk for role in roles])
        Role.objects.filter(pk__in=[role.pk for role in roles]).update(uncounted=True)
        ask_again_on({mention.key for mention in mentions})
        Event.objects.create(what=Event.What.UNDO, by=by, page=page, batch=batch, details={"roles": slugs})
        revision.count_up()
    return True
