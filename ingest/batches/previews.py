"""Drafts rehearsed: each is really loaded, looked at, and rolled back."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from time import monotonic
from typing import TypeVar

from django.contrib.auth.models import User
from django.db import transaction

from careers.models import Role
from ingest.loading import Changes, load_alone, reread_alone
from ingest.loading.merges import add_alias, near_roles
from ingest.loading.questions import chosen_names
from ingest.models import Batch, Draft, KnownName, Page

Seen = TypeVar("Seen")
DRAFTS_AT_ONCE = 20  # a page can have 2 MB

RESULT = (
    "status",
    "error",
    "layout",
    "roles",
    "warnings",
    "ambiguous",
    "unread",
    "change_count",
    "warning_count",
    "to_choose",
)


@dataclass(frozen=True, slots=True)
class Said:
    """What a person said for a whole batch. `names`: (kind, name) of those chosen on any of its pages."""

    names: frozenset[tuple[str, str]]
    same_roles: dict[str, str]

    def apply(self, draft: Draft, by: User | None) -> None:
        """Make it known before the page of a draft is loaded, in the same transaction."""
        if self.names:
            stored = KnownName.objects.filter(name__in={name for _, name in self.names}).values_list("kind", "name")
            new = sorted(self.names - set(stored))
            KnownName.objects.bulk_create(
                (KnownName(kind=kind, name=name) for kind, name in new), ignore_conflicts=True
            )
        for role in draft.roles:
            if slug := self.same_roles.get(role["key"]):
                add_alias(slug, role["title"], by, draft.batch)


def said(batch: Batch) -> Said:
    chosen = batch.drafts.exclude(choices={}).order_by().values_list("choices", flat=True)
    names = frozenset[tuple[str, str]]().union(*map(chosen_names, chosen))
    return Said(names, batch.same_roles)


def page_to_load(draft: Draft, batch: Batch) -> Page:
    """What a draft is as a page that is not saved."""
    return Page(
        name=draft.name.rpartition("/")[2],
        content=bytes(draft.page.content if draft.page else draft.content),
        publisher=draft.publisher or batch.publisher,
        url=draft.url or batch.url,
        captured_on=draft.captured_on or batch.captured_on,
        licence=draft.licence or batch.licence,
        licence_url=draft.licence_url or batch.licence_url,
        choices=draft.choices,
    )


def rehearse(draft: Draft, look: Callable[[Page, Changes], Seen]) -> tuple[Changes, Seen | None]:
    """What loading this page would do now, and what `look` sees of it while it is stored; nothing is kept.

    `look` is given the stored page, and not called when the page is refused. For a page that is
    loaded already it is the page as it is stored.
    """
    with transaction.atomic():
        rehearsed = _rehearse(draft, said(draft.batch), look)
        transaction.set_rollback(True)
    return rehearsed


def rehearse_some(batch: Batch, until: float) -> bool:
    """Rehearse the next drafts, until a time of `monotonic`; whether there were any.

    Belongs into a transaction that holds the lock on the batch.
    """
    known = said(batch)
    some = list(batch.drafts.filter(status="").order_by("pk").select_related("page")[:DRAFTS_AT_ONCE])
    for number, draft in enumerate(some):
        if number and monotonic() > until:
            break
        draft.batch = batch
        rehearse_and_keep(draft, known)
    return bool(some)


def rehearse_and_keep(draft: Draft, known: Said) -> None:
    """Rehearse a draft and save what it showed."""
    changes = Changes(draft.name, "refused", error=draft.error)
    for _ in range(2) if draft.digest else ():
        with transaction.atomic():
            changes, _ = _rehearse(draft, known, lambda page, changes: _note(draft, page, changes))
            transaction.set_rollback(True)
        if not any(role["new"] and known.same_roles.get(role["key"]) for role in draft.roles):
            break  # else its titles were not known before, and a person said already whose one of them is
    draft.error = changes.error or ""
    if changes.status == "refused":
        draft.status = Draft.Status.REFUSED
        draft.change_count = draft.warning_count = draft.to_choose = 0
        draft.roles, draft.warnings, draft.ambiguous, draft.unread = [], [], [], []
    draft.save(update_fields=RESULT)


def _rehearse(draft: Draft, known: Said, look: Callable[[Page, Changes], Seen]) -> tuple[Changes, Seen | None]:
    if draft.page and draft.batch.kind == Batch.Kind.REREAD and not draft.outcome:
        changes = reread_alone(draft.page)
    elif draft.page and draft.page.citation_id:
        changes = Changes(draft.name, "unchanged", draft.page.pk, known=True)
    elif not draft.digest:
        return Changes(draft.name, "refused", error=draft.error), None
    else:
        known.apply(draft, None)
        changes = load_alone(page_to_load(draft, draft.batch))
    if changes.page is None or changes.status == "refused":
        return changes, None
    return replace(changes, page=None), look(Page.objects.get(pk=changes.page), changes)


def _note(draft: Draft, page: Page, changes: Changes) -> None:
    """Put on a draft what its rehearsal shows."""
    new = {each.role for each in changes.changes if each.field == "title" and each.before is None}
    replaced = [each for each in changes.changes if each.before is not None]
    draft.status = Draft.Status.CHANGED if replaced else Draft.Status.NEW if changes.changes else Draft.Status.SAME
    draft.layout = page.layout
    draft.roles = [
        {
            "key": mention.key,
            "title": mention.title,
            "slug": mention.role.slug,
            "new": mention.role.slug in new,
            "near": _near(mention.role, new) if mention.role.slug in new else [],
        }
        for mention in page.mentions.select_related("role").order_by("pk")
    ]
    draft.warnings, draft.ambiguous, draft.unread = page.warnings, page.ambiguous, page.unread
    draft.change_count, draft.warning_count = len(changes.changes), len(page.warnings)
    draft.to_choose = len(page.ambiguous) + sum(
        bool(role["near"]) and role["key"] not in draft.batch.same_roles for role in draft.roles
    )


def _near(role: Role, new: set[str]) -> list[dict[str, str]]:
    if role.soc_code:
        return []  # its code tells it for certain
    return [{"slug": each.slug, "title": each.title} for each in near_roles(role.title) if each.slug not in new]
