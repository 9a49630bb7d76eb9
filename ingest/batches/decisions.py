"""What a person decides about a page before or after it is loaded: values, titles, where it comes from."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from careers.models import Revision, Role, RoleAlias
from careers.spelling import fold_spelling
from careers.vocabulary import STORED_IN
from ingest.batches.previews import collect_answers, save_preview
from ingest.batches.uploads import SOURCE_FIELDS, lock_batch, preview_later
from ingest.documents.document import read_document
from ingest.loading.bounds import fits, make_storable
from ingest.loading.fit import TABLES, describe_out_of_bounds
from ingest.loading.load import reread_pages
from ingest.loading.names import is_occupation_key
from ingest.loading.propagation import propagate
from ingest.models import Batch, Draft, Event, Page
from ingest.parsing.cells import UnreadableError
from ingest.parsing.choices import read_chosen_values
from ingest.parsing.list_choices import EntryPlace, read_entry, read_entry_field
from ingest.parsing.readers import READER_OF

LONGEST_TEXT = 5_000  # characters of a summary; most columns hold less
LONGEST_ENTRY = 50_000  # characters of an entry of a list: the section of a guide is the longest
Ambiguous = Mapping[str, Any]  # one entry of `Page.ambiguous`


def enter_source(draft: Draft, entered: Mapping[str, Any]) -> None:
    """Set some of SOURCE_FIELDS for only this page (empty: as for the batch), and preview it again."""
    with transaction.atomic():
        draft = _lock_draft(draft)
        for name in SOURCE_FIELDS:
            if name in entered:
                setattr(draft, name, entered[name] or (None if name == "captured_on" else ""))
        draft.save(update_fields=SOURCE_FIELDS)
        save_preview(draft, collect_answers(draft.batch))


def choose_value(draft: Draft, key: str, field: str, text: str | None, by: User | None) -> None:
    """Choose one value of a page that is not loaded: `key` of the title, vocabulary key, None for "not published".

    The other role's half of the cells is chosen as well if only one of its candidates fits and it has no choice yet.
    The draft is previewed again at once; drafts of the batch that ask for a name chosen here are previewed by
    `continue_batch`. Raises UnreadableError, with a sentence for people, if the text is not a value of the field.
    """
    with transaction.atomic():
        draft = _lock_draft(draft)
        _add_choice(draft, key, field, text, by)
        draft.save(update_fields=["choices"])
        details = {"role": key, "field": field, "text": text, "file": draft.name}
        Event.objects.create(what=Event.What.CHOOSE, by=by, batch=draft.batch, page=draft.page, details=details)
        save_preview(draft, collect_answers(draft.batch))
        if text and (kind := _find_kind_of_name(field)):
            others = draft.batch.drafts.filter(to_choose__gt=0, outcome="").exclude(pk=draft.pk)
            rows = others.values_list("pk", "ambiguous")
            preview_later(draft.batch, [pk for pk, ambiguous in rows if _asks_for_name(ambiguous, kind, text)])


def _find_kind_of_name(field: str) -> str | None:
    """The kind of KnownName that a value of this vocabulary key is; None if it is not a name."""
    reader = READER_OF.get(field)
    return reader.names if reader else None


def _asks_for_name(ambiguous: Iterable[Ambiguous], kind: str, name: str) -> bool:
    """Whether cells whose text begins or ends with this name are ambiguous."""
    for value in ambiguous:
        raw: str = value["raw"]
        if _find_kind_of_name(value["field"]) == kind and (raw.startswith(name) or raw.endswith(name)):
            return True
    return False


def choose_stored_value(
    page: Page, key: str, field: str, text: str | None, by: User | None, *, line: int | None = None
) -> None:
    """Choose or correct one value of a loaded page: the page is read again with the choice at once.

    `line`: where the value stands, if nothing was read for it. Raises UnreadableError if there is no such line.
    """
    with transaction.atomic():
        Revision.lock()
        page = Page.objects.get(pk=page.pk)
        if line is not None:
            _require_line(page, line)
        before = {title: dict(fields) for title, fields in page.choices.items()}
        _add_choice(page, key, field, text, by)
        earlier_line = (before.get(key, {}).get(field) or {}).get("line")
        if line or earlier_line:
            page.choices[key][field]["line"] = line or earlier_line
        details: dict[str, Any] = {"role": key, "field": field, "text": text}
        chosen = [
            title for title in page.choices if _find_choice(page, title, field) != before.get(title, {}).get(field)
        ]
        details["before"] = {title: before.get(title, {}).get(field) for title in chosen}
        _save_choices(page, by)
        Event.objects.create(what=Event.What.CHOOSE, by=by, page=page, details=details)
    propagate(seconds=1.0)  # rereading many other pages can take longer: the next load does the rest


def _require_line(page: Page, line: int) -> None:
    """Raise UnreadableError if the page has no text on this line."""
    document = read_document(page.name, bytes(page.content))
    lines: set[int] = set()
    for sheet in document.sheets:
        lines.update(number for number, _ in sheet.rows)
    lines = lines or set(document.line_texts())
    if line not in lines:
        raise UnreadableError(
            f"The page has no text on line {line}. Its lines are numbered from {min(lines)} to {max(lines)}."
        )


def undo_choice(event: Event, by: User | None) -> None:
    """Undo a choice for a loaded page: the choice before it counts again, or else what the page itself says.

    Raises UnreadableError if another choice was made since, or if the event cannot be undone.
    """
    with transaction.atomic():
        Revision.lock()
        page = Page.objects.defer("content").filter(events=event.pk).first()
        details: dict[str, Any] = event.details
        if page is None or "before" not in details:
            raise UnreadableError("This choice cannot be undone here: choose another value on the screen of its page.")
        field = details["field"]
        current = _find_choice(page, details["role"], field)
        if Event.objects.filter(undoes=event).exists() or current is None or current["text"] != details["text"]:
            raise UnreadableError("Another choice was made since, or this one was undone. Look at the page again.")
        for key, before in details["before"].items():
            _restore_choice(page.choices, key, field, before)
        _save_choices(page, by)
        Event.objects.create(what=Event.What.REVERT, by=by, page=page, undoes=event, details=details)
    propagate(seconds=1.0)


def _find_choice(page: Page, key: str, field: str) -> Any:
    return page.choices.get(key, {}).get(field)


def _restore_choice(choices: dict[str, Any], key: str, field: str, before: Any) -> None:
    if before is not None:
        choices[key][field] = before
        return
    choices[key].pop(field, None)
    if not choices[key]:
        del choices[key]


def _save_choices(page: Page, by: User | None) -> None:
    """Save the choices of a page and read it with them. The caller's transaction must hold the lock on the Revision."""
    page.save(update_fields=["choices"])
    if page.citation_id:
        reread_pages([page], by=by)


def answer_same_role(batch: Batch, key: str, slug: str | None) -> None:
    """Say that a new title in this batch is another title of a stored role, or (None) that it is a new role.

    The alias is created in the transaction that loads the first page with this title. Raises UnreadableError if there
    is no such role.
    """
    with transaction.atomic():
        batch = lock_batch(batch)
        if slug and is_occupation_key(key):
            raise UnreadableError("An official occupation is never another title of a role.")
        if slug and not _role_exists(slug):
            raise UnreadableError("This role no longer exists. Look at the page again.")
        batch.same_roles[key] = slug or ""
        batch.save(update_fields=["same_roles"])
        rows = batch.drafts.filter(outcome="").values_list("pk", "roles")
        preview_later(batch, [pk for pk, roles in rows if key in {role["key"] for role in roles}])


def _role_exists(slug: str) -> bool:
    return Role.objects.by_title().filter(slug=slug).exists() or RoleAlias.objects.filter(slug=slug).exists()


# -- parts ------------------------------------------------------------------------------------


def _lock_draft(draft: Draft) -> Draft:
    """The draft as it is stored now, its batch locked. Raises UnreadableError once it is loaded."""
    batch = lock_batch(draft.batch)
    draft = batch.drafts.select_related("page").get(pk=draft.pk)
    draft.batch = batch
    if draft.page and draft.page.citation_id:
        raise UnreadableError("This page has been loaded in the meantime. Choose on the loaded page instead.")
    return draft


def _add_choice(page: Draft | Page, key: str, field: str, text: str | None, by: User | None) -> None:
    entry = read_entry_field(field)
    if text is not None:
        lines = [" ".join(line.split()) for line in text.splitlines()]
        text = ("\n" if entry and entry.group == "sections" else " ").join(filter(None, lines))
    if entry:
        _require_valid_entry(entry, text)
    else:
        _require_valid_choice(field, text)
    choice = {"by": by.get_username() if by else "", "on": timezone.now().date().isoformat()}
    page.choices.setdefault(key, {})[field] = choice | {"text": text}
    other_half = _find_other_half([value for value in page.ambiguous if value["field"] == field], key, text)
    if other_half:
        other_key, other_text = other_half
        page.choices.setdefault(other_key, {}).setdefault(field, choice | {"text": other_text})


def _require_valid_choice(field: str, text: str | None) -> None:
    """Raise UnreadableError if a text cannot be the value of this vocabulary key."""
    if text is not None and (not text or len(text) > LONGEST_TEXT or make_storable(text) != text):
        raise UnreadableError(f"A value has 1 to {LONGEST_TEXT:,} characters.")
    for name, value in read_chosen_values(field, text).items():
        if value is None or name not in STORED_IN:
            continue
        group, column = STORED_IN[name]
        if not fits(TABLES[group], column, value):
            raise UnreadableError(describe_out_of_bounds(f"“{str(value)[:60]}”", column))


def _require_valid_entry(entry: EntryPlace, text: str | None) -> None:
    """Raise UnreadableError if a text cannot be an entry of its list."""
    if text is None:
        return
    if not text or len(text) > LONGEST_ENTRY or make_storable(text) != text:
        raise UnreadableError(f"An entry has 1 to {LONGEST_ENTRY:,} characters.")
    name = {"skills": "name", "duties": "text", "sections": "heading"}[entry.group]
    value = read_entry(entry.group, text)[name]
    if not fits(TABLES[entry.group], name, value):
        raise UnreadableError(f"“{value[:60]}” is too long, or holds characters that cannot be stored.")


def _find_other_half(values: Iterable[Ambiguous], key: str, text: str | None) -> tuple[str, str | None] | None:
    """(title key, text) of the other role in a row of two run-together cells; None if it is not certain.

    `values`: what is ambiguous in one field.
    """
    chosen = next((value for value in values if fold_spelling(value["role"]) == key), None)
    if chosen is None:
        return None
    other = next((value for value in values if value is not chosen and value["line"] == chosen["line"]), None)
    if other is None:
        return None
    texts = _list_texts_beside(text, chosen["candidates"], other["candidates"])
    return (fold_spelling(other["role"]), texts.pop()) if len(texts) == 1 else None


def _list_texts_beside(
    text: str | None, candidates: Sequence[str | None], others: Sequence[str | None]
) -> set[str | None]:
    """What the other cell can be if this one is `text`. Candidate i of one goes with candidate i of the other."""
    if len(candidates) != len(others):
        return set()
    return {other for candidate, other in zip(candidates, others, strict=True) if candidate == text}
