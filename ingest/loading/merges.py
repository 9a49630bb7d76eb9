"""Two titles, one role: other titles, merging, renaming, what stands beside a role, and each of them undone.

A merge makes the title of one role another title of a second one and reads the pages that
speak of the first again. So what is stored is the same as if the other title had been known
from the beginning.
"""

from collections.abc import Collection
from difflib import SequenceMatcher
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet

from careers.models import Revision, Role, RoleAlias, TitleWord, identity, read_titles, slug_for
from ingest.loading.bounds import fits
from ingest.loading.list_rows import update_listings
from ingest.loading.names import choose_free_slugs
from ingest.loading.propagation import propagate, refresh_pages
from ingest.models import Batch, Event, Mention
from ingest.parsing.cells import UnreadableError

What = Event.What
NEAR = 0.86  # of 1: "co-ordinator" and "coordinator" 0.96, "senior baker" and "junior baker" 0.83
PAGES_AT_ONCE = 100


class TitleError(ValueError):
    """Why two titles cannot be joined, or a step not undone: a sentence for people."""


def find_similar_roles(title: str, most: int = 5) -> list[Role]:
    """Stored roles with a title close to this one, the closest first; never the role of this very title.

    An official occupation is never offered: pages are not joined to it.
    """
    slug = slug_for(title)
    stem = slug[:3]
    # A range of the index; a misspelling in the first three letters is not found.
    all_of_them = Role.objects.by_title()
    begun: QuerySet[Role] = all_of_them.filter(slug__gte=stem, slug__lt=stem + "\U0010ffff").order_by()
    matcher = SequenceMatcher(b=slug, autojunk=False)
    found = []
    for pk, other in begun.exclude(key=identity(title)).values_list("pk", "slug"):
        if abs(len(other) - len(slug)) > 4:
            continue
        matcher.set_seq1(other)
        if matcher.real_quick_ratio() >= NEAR and matcher.quick_ratio() >= NEAR and (near := matcher.ratio()) >= NEAR:
            found.append((-near, other, pk))
    roles = Role.objects.in_bulk([pk for _, _, pk in sorted(found)[:most]])
    return [roles[pk] for _, _, pk in sorted(found)[:most]]


def add_alias(slug: str, title: str, by: User | None, batch: Batch | None = None) -> None:
    """Make a title another title of the role at an address, unless it is a role or another title already.

    An official occupation has no other titles: pages would be joined to it by them.
    Belongs into the transaction that loads a page with this title.
    """
    key = identity(title)
    if Role.objects.by_title().filter(key=key).exists() or RoleAlias.objects.filter(key=key).exists():
        return
    roles = Role.objects.by_title()
    role = roles.filter(slug=slug).first() or roles.filter(aliases__slug=slug).first()
    if role is None:
        return
    [free] = choose_free_slugs([title], (Role, RoleAlias))
    alias = RoleAlias.objects.create(role=role, title=title, slug=free)
    details = {"title": title, "key": alias.key, "slug": alias.slug, "role": role.slug}
    Event.objects.create(what=What.ALIAS, by=by, role=role, batch=batch, details=details)


# -- joining ----------------------------------------------------------------------------------


def merge_roles(role: Role, into: Role, by: User | None) -> Event:
    """Make one role of two: `role` goes, its titles lead to `into`.

    Raises TitleError for a role and itself, and for an official occupation.
    """
    with transaction.atomic():
        revision = Revision.lock()
        role, into = _now(role), _now(into)
        if role.pk == into.pk:
            raise TitleError("A role cannot be merged with itself. Choose another one.")
        if role.soc_code or into.soc_code:
            raise TitleError(
                "An official occupation is never merged with a role: they may count different people. "
                "It can be named as the closest official occupation of the role instead."
            )
        pages = _pages_speaking(role)
        aliases = list(role.aliases.values_list("key", flat=True))
        details = {"role": _as_json(role), "aliases": aliases, "into": into.slug, "title": into.title}
        role.aliases.update(role=into)
        gone = Role(title=role.title, slug=role.slug)
        role.delete()  # and its facts, which are read again below
        RoleAlias.objects.create(role=into, title=gone.title, slug=gone.slug)
        _read_all(pages)
        event = Event.objects.create(what=What.MERGE, by=by, role=into, details=details)
        revision.count_up()
    propagate(seconds=1.0)
    return event


def rename_role(role: Role, title: str, by: User | None) -> Event:
    """Give a role another title and address; the old ones lead to it. Pages no longer change its spelling.

    Raises TitleError where the title is empty, too long, unchanged or another role's (merge these instead), and for
    an official occupation.
    """
    with transaction.atomic():
        revision = Revision.lock()
        role = _now(role)
        if role.soc_code:
            raise TitleError("An official occupation keeps the title that its publisher gives it.")
        title = " ".join(title.split())
        key = identity(title)
        if not title or not fits(Role, "title", title) or not fits(Role, "key", key):
            raise TitleError("A title has 1 to 120 characters.")
        if title == role.title:
            raise TitleError("This is the title already.")
        other = Role.objects.with_title(title).exclude(pk=role.pk).first()
        if other:
            raise TitleError(f"“{title}” is the title of another role ({other}). Merge the two instead.")
        before = _as_json(role)
        own_alias = role.aliases.filter(key=key).first()
        slug = own_alias.slug if own_alias else role.slug
        if own_alias:
            own_alias.delete()
        if key != role.key:
            if not own_alias:
                [slug] = choose_free_slugs([title], (Role, RoleAlias))
            old = RoleAlias(role=role, title=role.title, slug=role.slug)
            _save_title(role, title, slug, renamed=True)
            old.save()
        else:
            _save_title(role, title, slug, renamed=True)
        details = {"before": before, "after": _as_json(role), "was_alias": own_alias is not None}
        event = Event.objects.create(what=What.RENAME, by=by, role=role, details=details)
        revision.count_up()
    return event


# -- beside one another ------------------------------------------------------------------------


def set_closest_occupation(role: Role, occupation: Role | None, by: User | None) -> Event:
    """Name the official occupation that is closest to a role, or none. The two stay two: nothing is joined.

    Raises TitleError where the role is an occupation itself, the other is none, or nothing would change.
    """
    with transaction.atomic():
        revision = Revision.lock()
        role, occupation = _now(role), occupation and _now(occupation)
        if role.soc_code or (occupation and not occupation.soc_code):
            raise TitleError("A role that pages speak of has a closest official occupation, and no other role has.")
        if role.closest_occupation == occupation:
            raise TitleError("This is so already.")
        details = {
            "role": role.key,
            "before": _occupation_as_json(role.closest_occupation),
            "after": _occupation_as_json(occupation),
        }
        _save_closest(role, occupation)
        event = Event.objects.create(what=What.CLOSEST, by=by, role=role, details=details)
        revision.count_up()
    return event


def _occupation_as_json(occupation: Role | None) -> dict[str, str | None] | None:
    return {"soc_code": occupation.soc_code, "title": occupation.title} if occupation else None


def _occupation(was: dict[str, str] | None) -> Role | None:
    """The occupation as it is stored now; None where there was none, or its table was taken back since."""
    return Role.objects.filter(soc_code=was["soc_code"]).first() if was else None


def _save_closest(role: Role, occupation: Role | None) -> None:
    role.closest_occupation = occupation
    role.save(update_fields=["closest_occupation"])


# -- undoing ----------------------------------------------------------------------------------


def undo_event(event: Event, by: User | None) -> Event:
    """Undo a merge, a renaming, another title or a closest occupation, once.

    Raises TitleError where later steps are in the way.
    """
    with transaction.atomic():
        revision = Revision.lock()
        event = Event.objects.get(pk=event.pk)
        undo = _UNDOING.get(What(event.what))
        if undo is None:
            raise TitleError("Only a merge, a title or a closest occupation can be undone here.")
        if Event.objects.filter(undoes=event).exists():
            raise TitleError("This was undone already.")
        role = undo(event.details)
        undone = Event.objects.create(what=What.REVERT, by=by, role=role, undoes=event, details=event.details)
        revision.count_up()
    propagate(seconds=1.0)
    return undone


def _part(details: dict[str, Any]) -> Role:
    """Undo a merge: the role is there again with its titles, and the pages that speak of it are read again."""
    was = details["role"]
    alias = _alias(was["key"])
    joined = alias.role
    pages = _pages_speaking(joined)
    alias.delete()
    role = Role.objects.create(
        title=was["title"],
        slug=was["slug"],
        renamed=was["renamed"],
        closest_occupation=_occupation(was.get("closest")),
    )
    RoleAlias.objects.filter(key__in=details["aliases"], role=joined).update(role=role)
    TitleWord.renew(read_titles([role.pk, joined.pk]))
    _read_all(pages)
    return role


def _title_again(details: dict[str, Any]) -> Role:
    before, after = details["before"], details["after"]
    role = Role.objects.filter(key=after["key"], slug=after["slug"], title=after["title"]).first()
    if role is None:
        raise TitleError("The role was renamed or merged again since. Undo that first.")
    if before["key"] != after["key"]:
        _alias(before["key"], role).delete()
    _save_title(role, before["title"], before["slug"], renamed=before["renamed"])
    if details["was_alias"]:
        RoleAlias.objects.create(role=role, title=after["title"], slug=after["slug"])
    return role


def _without_alias(details: dict[str, Any]) -> Role:
    alias = _alias(details["key"])
    joined = alias.role
    pages = _pages_speaking(joined)
    alias.delete()
    _read_all(pages)
    return Role.objects.by_title().filter(key=details["key"]).first() or joined


def _closest_again(details: dict[str, Any]) -> Role:
    role = Role.objects.by_title().filter(key=details["role"]).select_related("closest_occupation").first()
    if role is None or _occupation_as_json(role.closest_occupation) != details["after"]:
        raise TitleError("The role or its closest occupation was changed again since. Undo that first.")
    _save_closest(role, _occupation(details["before"]))
    return role


_UNDOING = {
    What.MERGE: _part,
    What.RENAME: _title_again,
    What.ALIAS: _without_alias,
    What.CLOSEST: _closest_again,
}


# -- parts ------------------------------------------------------------------------------------


def _now(role: Role) -> Role:
    found = Role.objects.filter(pk=role.pk).first()
    if found is None:
        raise TitleError("The role is there no more: it was merged, or its pages were taken back.")
    return found


def _as_json(role: Role) -> dict[str, Any]:
    titled = {"title": role.title, "slug": role.slug, "key": role.key, "renamed": role.renamed}
    closest = _occupation_as_json(role.closest_occupation)
    return {**titled, "closest": closest} if closest else titled


def _save_title(role: Role, title: str, slug: str, *, renamed: bool) -> None:
    role.title, role.slug, role.renamed = title, slug, renamed
    role.save(update_fields=["title", "key", "slug", "renamed"])
    update_listings([role.pk])


def _alias(key: str, role: Role | None = None) -> RoleAlias:
    found = RoleAlias.objects.filter(key=key).select_related("role").first()
    if found is None or (role and found.role_id != role.pk):
        raise TitleError("The other title is there no more: a later step changed it. Undo that first.")
    return found


def _pages_speaking(role: Role) -> list[int]:
    """All of a role's pages: one that has two of its titles keeps only one of them as a mention."""
    return list(Mention.objects.filter(role=role).order_by().values_list("page", flat=True).distinct())


def _read_all(pages: Collection[int]) -> None:
    found = sorted(pages)
    for start in range(0, len(found), PAGES_AT_ONCE):
        try:
            refresh_pages(found[start : start + PAGES_AT_ONCE], strict=True)
        except UnreadableError as error:  # what was read of it before would be lost
            raise TitleError(f"A page of this role can no longer be read, so nothing was done. {error}") from error
