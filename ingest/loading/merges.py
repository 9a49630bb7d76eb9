"""Merge roles, rename them, give them other titles or a closest occupation, and undo each of these.

A merge turns the title of one role into another title of a second role, and reads the pages that mention
the first role again. So what is stored is the same as if the other title had always been known.
"""

from collections.abc import Collection
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Q

from careers.bulk import split_into_chunks
from careers.models import AddedTitle, Revision, Role, RoleAlias, renew_terms
from careers.search_words import list_significant_words
from careers.spelling import fold_spelling
from careers.title_terms import make_whole_term
from ingest.documents.decoding import strip_invisible
from ingest.loading.bounds import fits
from ingest.loading.list_rows import update_listings
from ingest.loading.names import choose_free_slugs
from ingest.loading.propagation import propagate, refresh_pages
from ingest.models import Batch, Event, Mention
from ingest.parsing.cells import UnreadableError

What = Event.What
PAGES_AT_ONCE = 100


class TitleError(ValueError):
    """A sentence for people: why titles cannot be joined, or a step cannot be undone."""


def add_alias(slug: str, title: str, by: User | None, batch: Batch | None = None) -> None:
    """Make a title another title of the role with this slug, unless it belongs to a role already.

    An official occupation has no other titles, since they would join pages to it.
    Call this in the transaction that loads a page with this title.
    """
    key = fold_spelling(title)
    if Role.objects.by_title().filter(key=key).exists() or RoleAlias.objects.filter(key=key).exists():
        return
    roles = Role.objects.by_title()
    role = roles.filter(slug=slug).first() or roles.filter(aliases__slug=slug).first()
    if role is None:
        return
    [free_slug] = choose_free_slugs([title], (Role, RoleAlias))
    alias = RoleAlias.objects.create(role=role, title=title, slug=free_slug)
    details = {"title": title, "key": alias.key, "slug": alias.slug, "role": role.slug}
    Event.objects.create(what=What.ALIAS, by=by, role=role, batch=batch, details=details)


# -- merging and renaming ---------------------------------------------------------------------


def merge_roles(role: Role, into: Role, by: User | None) -> Event:
    """Make one role of two: `role` is deleted, and its titles lead to `into`.

    Raises TitleError for a role and itself, and for an official occupation.
    """
    with Revision.counting_up():
        role, into = _fetch_role(role), _fetch_role(into)
        if role.pk == into.pk:
            raise TitleError("A role cannot be merged with itself. Choose another one.")
        if role.soc_code or into.soc_code:
            raise TitleError(
                "An official occupation is never merged with a role: they may count different people. "
                "It can be named as the closest official occupation of the role instead."
            )
        pages = _find_pages_mentioning(role)
        aliases = list(role.aliases.values_list("key", flat=True))
        details = {"role": _write_role_as_json(role), "aliases": aliases, "into": into.slug, "title": into.title}
        role.aliases.update(role=into)
        role.delete()  # with its facts, which are read again below
        _create_alias(into, role.title, role.slug, role.key)
        _reread_pages(pages)
        event = Event.objects.create(what=What.MERGE, by=by, role=into, details=details)
    propagate(seconds=1.0)
    return event


def rename_role(role: Role, title: str, by: User | None) -> Event:
    """Give a role another title and address; the old ones lead to it. Pages no longer change its spelling.

    Titles that only renaming gave it are forgotten when it gets an earlier title back. Raises TitleError if the title
    is empty, too long, unchanged, that of another role (merge these instead) or that of an official occupation, and for
    an official occupation itself.
    """
    with Revision.counting_up():
        role = _fetch_role(role)
        title = clean_title(title)
        _require_usable_title(role, title)
        before = _write_role_as_json(role)
        dropped = _find_titles_between(role, fold_spelling(title))
        alias = role.aliases.filter(key=fold_spelling(title)).first()
        slug = role.slug
        if alias:
            slug = alias.slug
            alias.delete()
        elif fold_spelling(title) != role.key:
            [slug] = choose_free_slugs([title], (Role, RoleAlias))
        _save_title(role, title, slug, renamed=True)
        if before["key"] != role.key and before["key"] not in {entry["key"] for entry in dropped}:
            _create_alias(role, before["title"], before["slug"], before["key"])
        for dropped_alias in role.aliases.filter(key__in=[entry["key"] for entry in dropped]):
            dropped_alias.delete()
        details = {
            "before": before,
            "after": _write_role_as_json(role),
            "was_alias": alias is not None,
            "dropped": dropped,
        }
        return Event.objects.create(what=What.RENAME, by=by, role=role, details=details)


def clean_title(title: str) -> str:
    """A title that a person entered, cleaned as the titles of pages are."""
    return " ".join(strip_invisible(title).split())


def _find_titles_between(role: Role, key: str) -> list[dict[str, Any]]:
    """The titles that only renaming gave a role since it had the title with this key; none if it never had that title.

    They are as in the details of events. Titles that a page uses, or that a person gave in another way, are left out.
    """
    titles: list[dict[str, Any]] = []
    current_key = role.key
    for event in role.events.filter(what=What.RENAME, undone_by=None).order_by("-pk"):
        before, after = event.details["before"], event.details["after"]
        if after["key"] != current_key:
            break
        if not event.details["was_alias"] and not Mention.objects.filter(role=role, key=after["key"]).exists():
            titles.append(after)
        if before["key"] == key:
            return titles
        current_key = before["key"]
    return []


def _require_usable_title(role: Role, title: str) -> None:
    """Raises TitleError if a role cannot get this title."""
    if role.soc_code:
        raise TitleError("An official occupation keeps the title that its publisher gives it.")
    if not title or not fits(Role, "title", title) or not fits(Role, "key", fold_spelling(title)):
        raise TitleError("A title has 1 to 200 characters.")
    if title == role.title:
        raise TitleError("This is the title already.")
    _require_no_other_role(title, role)
    is_its_own = fold_spelling(title) == role.key or role.aliases.filter(key=fold_spelling(title)).exists()
    occupation = Role.objects.occupations().filter(key=fold_spelling(title)).first()
    if occupation and not is_its_own:
        raise TitleError(
            f"“{title}” is the title of an official occupation ({occupation.soc_code}), and readers would take one for "
            "the other. Name it as the closest official occupation of the role instead."
        )


def _require_no_other_role(title: str, role: Role) -> None:
    other_role = Role.objects.with_title(title).exclude(pk=role.pk).first()
    if other_role:
        raise TitleError(f"“{title}” is the title of another role ({other_role}). Merge the two instead.")


def remove_alias(alias: RoleAlias, by: User | None) -> Event:
    """Take another title from a role. Pages that use it are read again, and give it a role of its own."""
    with Revision.counting_up():
        alias = _fetch_alias(alias.key)
        details = {"title": alias.title, "key": alias.key, "slug": alias.slug, "role": alias.role.slug}
        role = alias.role
        _delete_alias(alias)
        event = Event.objects.create(what=What.NO_ALIAS, by=by, role=role, details=details)
    propagate(seconds=1.0)
    return event


def _delete_alias(alias: RoleAlias) -> None:
    pages = _find_pages_mentioning(alias.role)
    alias.delete()
    _reread_pages(pages)


# -- closest occupations ----------------------------------------------------------------------


def set_closest_occupation(role: Role, occupation: Role | None, by: User | None) -> Event:
    """Set the official occupation that is closest to a role, or none. The two stay separate roles.

    Raises TitleError where the role is an occupation, `occupation` is not one, or nothing would change.
    """
    with Revision.counting_up():
        role, occupation = _fetch_role(role), occupation and _fetch_role(occupation)
        if role.soc_code or (occupation and not occupation.soc_code):
            raise TitleError("A role that pages mention has a closest official occupation, and no other role has.")
        if role.closest_occupation == occupation:
            raise TitleError("The role has this closest occupation already.")
        details = {
            "role": role.key,
            "before": _write_occupation_as_json(role.closest_occupation),
            "after": _write_occupation_as_json(occupation),
        }
        _save_closest(role, occupation)
        return Event.objects.create(what=What.CLOSEST, by=by, role=role, details=details)


# -- everyday titles --------------------------------------------------------------------------


def add_everyday_title(occupation: Role, title: str, by: User | None) -> Event:
    """Give an official occupation another title by which people find it. Pages with it stay a role of their own.

    Raises TitleError where the title is empty or too long, or where the occupation has it already.
    """
    with Revision.counting_up():
        occupation = _fetch_role(occupation)
        title = clean_title(title)
        if not occupation.soc_code:
            raise TitleError(
                "Only an official occupation gets an everyday title; a role gets another title by a merge."
            )
        if not title or not fits(AddedTitle, "title", title) or not fits(AddedTitle, "key", fold_spelling(title)):
            raise TitleError("A title has 1 to 200 characters.")
        if occupation.terms.filter(term=make_whole_term(list_significant_words(title))).exists():
            raise TitleError(f"“{title}” finds {occupation.title} already.")
        AddedTitle.objects.create(role=occupation, title=title)
        details = {"title": title, "soc_code": occupation.soc_code}
        return Event.objects.create(what=What.ADD_TITLE, by=by, role=occupation, details=details)


def _undo_everyday_title(details: dict[str, Any]) -> Role:
    key = fold_spelling(details["title"])
    added = AddedTitle.objects.filter(role__soc_code=details["soc_code"], key=key).select_related("role").first()
    if added is None:
        raise TitleError("The occupation or its everyday title no longer exists.")
    added.delete()
    return added.role


def _write_occupation_as_json(occupation: Role | None) -> dict[str, str | None] | None:
    return {"soc_code": occupation.soc_code, "title": occupation.title} if occupation else None


def _read_occupation_from_json(occupation: dict[str, str] | None) -> Role | None:
    """The occupation as it is stored now; None where there was none, or the load of its table was undone since."""
    return Role.objects.filter(soc_code=occupation["soc_code"]).first() if occupation else None


def _save_closest(role: Role, occupation: Role | None) -> None:
    role.closest_occupation = occupation
    role.save(update_fields=["closest_occupation"])


# -- undoing ----------------------------------------------------------------------------------


def undo_event(event: Event, by: User | None) -> Event:
    """Undo a merge, a new title, another or an everyday title, or a closest occupation.

    Raises TitleError where it was undone before, or where later steps are in the way.
    """
    with Revision.counting_up():
        event = Event.objects.get(pk=event.pk)
        undo_step = _UNDO_STEPS.get(What(event.what))
        if undo_step is None:
            raise TitleError("Only a merge, a title or a closest occupation can be undone here.")
        if Event.objects.filter(undoes=event).exists():
            raise TitleError("This was undone already.")
        role = undo_step(event.details)
        revert = Event.objects.create(what=What.REVERT, by=by, role=role, undoes=event, details=event.details)
    propagate(seconds=1.0)
    return revert


def _undo_merge(details: dict[str, Any]) -> Role:
    """Create the role again with its titles, and read the pages that mention it again."""
    merged = details["role"]
    if Role.objects.by_title().filter(key=fold_spelling(merged["title"])).exists():
        raise TitleError("The two titles are spellings of one title, so they stay one role.")
    alias = _fetch_alias(merged["key"])
    into = alias.role
    pages = _find_pages_mentioning(into)
    alias.delete()
    role = Role.objects.create(
        title=merged["title"],
        slug=merged["slug"],
        renamed=merged["renamed"],
        closest_occupation=_read_occupation_from_json(merged.get("closest")),
    )
    RoleAlias.objects.filter(key__in=details["aliases"], role=into).update(role=role)
    renew_terms([role.pk, into.pk])
    _reread_pages(pages)
    return role


def _undo_rename(details: dict[str, Any]) -> Role:
    before, after = details["before"], details["after"]
    role = Role.objects.filter(key=after["key"], slug=after["slug"], title=after["title"]).first()
    if role is None:
        raise TitleError("The role was renamed or merged again since. Undo that first.")
    _require_no_other_role(before["title"], role)
    dropped = {entry["key"]: entry for entry in details.get("dropped", ())}
    if before["key"] != after["key"] and before["key"] not in dropped:
        _fetch_alias(before["key"], role).delete()
    _save_title(role, before["title"], before["slug"], renamed=before["renamed"])
    if details["was_alias"]:
        RoleAlias.objects.create(role=role, title=after["title"], slug=after["slug"])
    for key, entry in dropped.items():
        if key != before["key"]:
            _require_no_other_role(entry["title"], role)
            _create_alias(role, entry["title"], entry["slug"], key)
    return role


def _undo_alias(details: dict[str, Any]) -> Role:
    alias = _fetch_alias(details["key"])
    role = alias.role
    _delete_alias(alias)
    return Role.objects.by_title().filter(key=details["key"]).first() or role


def _undo_removed_alias(details: dict[str, Any]) -> Role:
    role = Role.objects.by_title().filter(Q(slug=details["role"]) | Q(aliases__slug=details["role"])).first()
    if role is None:
        raise TitleError("The role no longer exists: it was merged, or the loading of its pages was undone.")
    if Role.objects.with_title(details["title"]).exists():
        raise TitleError(f"Pages have made a role of “{details['title']}” since. Merge it into this one instead.")
    _create_alias(role, details["title"], details["slug"], details["key"])
    return role


def _undo_closest_occupation(details: dict[str, Any]) -> Role:
    role = Role.objects.by_title().filter(key=details["role"]).select_related("closest_occupation").first()
    if role is None or _write_occupation_as_json(role.closest_occupation) != details["after"]:
        raise TitleError("The role or its closest occupation was changed again since. Undo that first.")
    _save_closest(role, _read_occupation_from_json(details["before"]))
    return role


_UNDO_STEPS = {
    What.MERGE: _undo_merge,
    What.RENAME: _undo_rename,
    What.ALIAS: _undo_alias,
    What.NO_ALIAS: _undo_removed_alias,
    What.CLOSEST: _undo_closest_occupation,
    What.ADD_TITLE: _undo_everyday_title,
}


# -- shared steps -----------------------------------------------------------------------------


def _fetch_role(role: Role) -> Role:
    stored = Role.objects.filter(pk=role.pk).first()
    if stored is None:
        raise TitleError("The role no longer exists: it was merged, or the loading of its pages was undone.")
    return stored


def _write_role_as_json(role: Role) -> dict[str, Any]:
    title = {"title": role.title, "slug": role.slug, "key": role.key, "renamed": role.renamed}
    closest = _write_occupation_as_json(role.closest_occupation)
    return {**title, "closest": closest} if closest else title


def _save_title(role: Role, title: str, slug: str, *, renamed: bool) -> None:
    role.title, role.slug, role.renamed = title, slug, renamed
    role.save(update_fields=["title", "key", "slug", "renamed"])
    update_listings([role.pk])


def _create_alias(role: Role, title: str, slug: str, key: str) -> None:
    """Make a title another title of a role, under the key that it had as a title: see `find_split_roles`."""
    # `save` would set another key.
    RoleAlias.objects.bulk_create([RoleAlias(role=role, title=title, slug=slug, key=key)])
    renew_terms([role.pk])


def _fetch_alias(key: str, role: Role | None = None) -> RoleAlias:
    alias = RoleAlias.objects.filter(key=key).select_related("role").first()
    if alias is None or (role and alias.role_id != role.pk):
        raise TitleError("The other title no longer exists: a later step changed it. Undo that first.")
    return alias


def _find_pages_mentioning(role: Role) -> list[int]:
    """All pages of a role, whichever of its titles they use: a page with two of them has a mention of only one."""
    return list(Mention.objects.filter(role=role).order_by().values_list("page", flat=True).distinct())


def _reread_pages(pages: Collection[int]) -> None:
    for chunk in split_into_chunks(sorted(pages), PAGES_AT_ONCE):
        try:
            refresh_pages(chunk, strict=True)
        except UnreadableError as error:  # the facts read from it earlier would be lost
            raise TitleError(f"A page of this role can no longer be read, so nothing was done. {error}") from error
