"""What a person says of a page before it is loaded, or after: values, titles, where it comes from."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from careers.models import Revision, Role, RoleAlias, identity
from careers.vocabulary import STORED_IN
from ingest.batches.previews import rehearse_and_keep, said
from ingest.batches.uploads import ENTERED, locked
from ingest.loading import reread, settle
from ingest.loading.fit import TABLES, fits, storable
from ingest.loading.names import is_occupation
from ingest.models import Batch, Draft, Event, Page
from ingest.parsing.cells import UnreadableError
from ingest.parsing.choices import values_of
from ingest.parsing.labels import LABEL_OF

LONGEST = 5_000  # of a summary; most columns hold less
Ambiguous = Mapping[str, Any]  # as on Page


def enter(draft: Draft, entered: Mapping[str, Any]) -> None:
    """Set some of ENTERED for this page alone (empty: what the batch has), and rehearse it anew."""
    with transaction.atomic():
        draft = _to_change(draft)
        for name in ENTERED:
            if name in entered:
                setattr(draft, name, entered[name] or (None if name == "captured_on" else ""))
        draft.save(update_fields=ENTERED)
        rehearse_and_keep(draft, said(draft.batch))


def choose(draft: Draft, key: str, field: str, text: str | None, by: User | None) -> None:
    """Choose one value of a page that is not loaded: `key` of the title, vocabulary key, None for "not published".

    The other role's half is chosen with it when only one of its candidates goes with this one
    and it has no choice yet. The draft is rehearsed anew at once, those of the batch that ask
    for a name chosen here by `work`. Raises UnreadableError, with a sentence for people, where
    the text cannot be such a value.
    """
    with transaction.atomic():
        draft = _to_change(draft)
        _put(draft.choices, draft.ambiguous, key, field, text, by)
        draft.save(update_fields=["choices"])
        details = {"role": key, "field": field, "text": text, "file": draft.name}
        Event.objects.create(what=Event.What.CHOOSE, by=by, batch=draft.batch, page=draft.page, details=details)
        rehearse_and_keep(draft, said(draft.batch))
        if text and (label := LABEL_OF.get(field)) and label.names:
            others = draft.batch.drafts.filter(to_choose__gt=0, outcome="").exclude(pk=draft.pk)
            _rehearse_later(
                draft.batch,
                [
                    pk
                    for pk, ambiguous in others.values_list("pk", "ambiguous")
                    if any(
                        _asks_for(label.names, each) and (each["raw"].startswith(text) or each["raw"].endswith(text))
                        for each in ambiguous
                    )
                ],
            )


def _asks_for(kind: str, ambiguous: Ambiguous) -> bool:
    label = LABEL_OF.get(ambiguous["field"])
    return label is not None and label.names == kind


def choose_stored(page: Page, key: str, field: str, text: str | None, by: User | None) -> None:
    """The same for a page that is loaded: it is read again with the choice at once."""
    with transaction.atomic():
        Revision.lock()
        page = Page.objects.defer("content").get(pk=page.pk)
        _put(page.choices, page.ambiguous, key, field, text, by)
        page.save(update_fields=["choices"])
        details = {"role": key, "field": field, "text": text}
        Event.objects.create(what=Event.What.CHOOSE, by=by, page=page, details=details)
        if page.citation_id:
            reread([page], by=by)
    settle(seconds=1.0)  # what it means for many other pages can take longer: the next load does the rest


def same_role(batch: Batch, key: str, slug: str | None) -> None:
    """Say of a new title in this batch that it is another title of a stored role, or (None) a role of its own.

    The other title is made in the transaction that loads the first page with it. Raises
    UnreadableError where there is no such role.
    """
    with transaction.atomic():
        batch = locked(batch)
        if slug and is_occupation(key):
            raise UnreadableError("An official occupation is never another title of a role.")
        if slug and not (
            Role.objects.by_title().filter(slug=slug).exists() or RoleAlias.objects.filter(slug=slug).exists()
        ):
            raise UnreadableError("There is no such role any more. Look at the page again.")
        batch.same_roles[key] = slug or ""
        batch.save(update_fields=["same_roles"])
        waiting = batch.drafts.filter(outcome="").values_list("pk", "roles")
        _rehearse_later(batch, [pk for pk, roles in waiting if any(role["key"] == key for role in roles)])


# -- parts ------------------------------------------------------------------------------------


def _to_change(draft: Draft) -> Draft:
    """The draft as it stands now, its batch held. Raises UnreadableError once it is loaded."""
    batch = locked(draft.batch)
    draft = batch.drafts.select_related("page").get(pk=draft.pk)
    draft.batch = batch
    if draft.page and draft.page.citation_id:
        raise UnreadableError("The page was loaded meanwhile. Choose on the loaded page instead.")
    return draft


def _rehearse_later(batch: Batch, drafts: Iterable[int]) -> None:
    if batch.drafts.filter(pk__in=drafts).update(status="") and batch.stage in (
        Batch.Stage.PREVIEWED,
        Batch.Stage.DONE,
        Batch.Stage.UNDONE,
    ):
        batch.stage = Batch.Stage.READING
        batch.save(update_fields=["stage"])


def _put(
    choices: dict[str, Any],
    ambiguous: Iterable[Ambiguous],
    key: str,
    field: str,
    text: str | None,
    by: User | None,
) -> None:
    text = None if text is None else " ".join(text.split())
    if text is not None and (not text or len(text) > LONGEST or storable(text) != text):
        raise UnreadableError(f"A value has 1 to {LONGEST:,} characters.")
    for name, value in values_of(field, text).items():
        group, column = STORED_IN.get(name, ("", ""))
        if group and value is not None and not fits(TABLES[group], column, value):
            raise UnreadableError(f"“{str(value)[:60]}” is out of bounds: no {column.replace('_', ' ')} can be that.")
    chosen = {"by": by.get_username() if by else "", "on": timezone.now().date().isoformat()}
    choices.setdefault(key, {})[field] = chosen | {"text": text}
    other = _other_half(ambiguous, key, field, text)
    if other and field not in choices.get(other[0], {}):
        choices.setdefault(other[0], {})[field] = chosen | {"text": other[1]}


def _other_half(
    ambiguous: Iterable[Ambiguous], key: str, field: str, text: str | None
) -> tuple[str, str | None] | None:
    """The other role of a row of two glued cells, and what is left for it; None when that is not certain."""
    asked = [each for each in ambiguous if each["field"] == field]
    own = next((each for each in asked if identity(each["role"]) == key), None)
    other = next((each for each in asked if own and each is not own and each["line"] == own["line"]), None)
    if own is None or other is None or len(own["candidates"]) != len(other["candidates"]):
        return None
    pairs = zip(own["candidates"], other["candidates"], strict=True)
    left = {theirs for ours, theirs in pairs if ours == text}
    return (identity(other["role"]), left.pop()) if len(left) == 1 else None
