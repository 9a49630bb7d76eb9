"""Previews of drafts: each draft is really loaded, looked at, and rolled back."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from time import monotonic
from typing import Any, NamedTuple, TypeVar

from django.contrib.auth.models import User
from django.db import DatabaseError, InterfaceError, OperationalError, transaction
from django.db.models import QuerySet

from careers.bulk import update_columns
from careers.models import Role
from careers.vocabulary import WARNING_KINDS, find_warning_kind
from ingest.batches.draft_groups import group_independent, is_independent
from ingest.loading import load
from ingest.loading.changes import Change
from ingest.loading.kept_readings import write_kept_reading
from ingest.loading.merges import add_alias
from ingest.loading.names import is_occupation_key
from ingest.loading.occupations import create_expected_occupations
from ingest.loading.questions import list_chosen_names, store_names
from ingest.loading.read import PageReading
from ingest.loading.similar_roles import find_similar_roles
from ingest.models import Batch, Draft, Mention, Page

View = TypeVar("View")
# How many drafts are previewed or loaded at once: enough to make the queries cheap per page, and few enough that others
# who write do not wait long.
DRAFTS_AT_ONCE = 40

PREVIEW_FIELDS = (
    "joins_occupations",
    "status",
    "error",
    "layout",
    "roles",
    "warnings",
    "ambiguous",
    "unread",
    "change_count",
    "warning_count",
    "warning_kinds",
    "to_choose",
)


@dataclass(frozen=True, slots=True)
class BatchAnswers:
    """What people decided for a whole batch.

    `names`: (kind, name) of the names chosen on any of its pages. `same_roles`: title key -> slug, as on Batch.
    """

    names: frozenset[tuple[str, str]]
    same_roles: dict[str, str]

    def store(self, draft: Draft, by: User | None) -> None:
        """Store these names and titles before a draft is loaded, in the same transaction."""
        if self.names:
            store_names(self.names)
        for role in draft.roles:
            if slug := self.same_roles.get(role["key"]):
                add_alias(slug, role["title"], by, draft.batch)


def collect_answers(batch: Batch) -> BatchAnswers:
    names: set[tuple[str, str]] = set()
    for choices in batch.drafts.exclude(choices={}).order_by().values_list("choices", flat=True):
        names |= list_chosen_names(choices)
    return BatchAnswers(frozenset(names), batch.same_roles)


def make_unsaved_page(draft: Draft) -> Page:
    """The page that loading a draft would store."""
    batch = draft.batch
    page = Page(
        name=draft.name.rpartition("/")[2],
        content=bytes(draft.page.content if draft.page else draft.content),
        publisher=draft.publisher or batch.publisher,
        url=draft.url or batch.url,
        captured_on=draft.captured_on or batch.captured_on,
        licence=draft.licence or batch.licence,
        licence_url=draft.licence_url or batch.licence_url,
        choices=draft.choices,
    )
    page.kept_reading = bytes(draft.kept_reading)
    return page


def preview_draft(draft: Draft, view: Callable[[Page, load.LoadResult], View]) -> tuple[load.LoadResult, View | None]:
    """What loading this draft would change now, and what `view` returns while the page is stored; all is rolled back.

    `view` gets the stored page; it is not called when the page is refused. A page that is loaded already is viewed
    as it is stored.
    """
    with transaction.atomic():
        preview = _load_and_view(draft, collect_answers(draft.batch), view)
        transaction.set_rollback(True)
    return preview


def preview_some(batch: Batch, until: float) -> bool:
    """Preview the next drafts until a time of `monotonic`, but at least one. Return whether there were any.

    Tables that only add to occupations come last. Call it in a transaction that holds the lock on the batch.
    """
    answers = collect_answers(batch)
    waiting = batch.drafts.filter(status="").order_by("pk").select_related("page")
    drafts = limit_size(waiting.filter(joins_occupations=False)) or limit_size(waiting)
    for draft in drafts:
        draft.batch = batch
    by_key = {draft.pk: draft for draft in drafts}
    readings = _read_independent(drafts, answers)
    for group in group_independent(readings):
        _preview_together([by_key.pop(key) for key in group], [readings[key] for key in group], answers)
        if monotonic() > until:
            return True
    for draft in by_key.values():
        _preview_alone(draft, answers)
        if monotonic() > until:
            return True
    return bool(drafts)


def _preview_alone(draft: Draft, answers: BatchAnswers) -> None:
    """Preview a draft, and later once more those that may join the occupations that it would create."""
    save_preview(draft, answers)
    if _list_new_occupations(draft.roles):
        draft.batch.drafts.filter(joins_occupations=True, outcome="").update(status="")


def _read_independent(drafts: Iterable[Draft], answers: BatchAnswers) -> dict[int, PageReading]:
    """Draft key -> its reading, of the drafts that can be previewed with others."""
    new = [draft for draft in drafts if draft.digest and draft.page is None]
    outcomes = load.read_new_pages([make_unsaved_page(draft) for draft in new])
    stored = list(filter(_is_to_be_read_again, drafts))
    outcomes += load.read_stored_pages([draft.page_id for draft in stored if draft.page_id])
    readings: dict[int, PageReading] = {}
    for draft, outcome in zip(new + stored, outcomes, strict=True):
        if isinstance(outcome, PageReading) and is_independent(outcome, answers.same_roles):
            readings[draft.pk] = outcome
            draft.kept_reading = b"" if draft.page else write_kept_reading(outcome)
    return readings


def _is_to_be_read_again(draft: Draft) -> bool:
    return draft.batch.kind == Batch.Kind.REREAD and draft.page_id is not None and not draft.outcome


def _preview_together(drafts: Sequence[Draft], readings: Sequence[PageReading], answers: BatchAnswers) -> None:
    """Preview drafts that are about different roles in one transaction, and save the results on them."""
    stored = []
    for draft, reading in zip(drafts, readings, strict=True):
        stored.append(_StoredDraft(draft, reading.page, reading.changes.values()))
    try:
        with transaction.atomic():
            load.load_readings_for_preview(readings)
            _set_preview_fields(stored)
            transaction.set_rollback(True)
    except (OperationalError, InterfaceError):
        raise  # the database is unavailable or busy, which is not the fault of the pages
    except DatabaseError:
        for draft in drafts:
            _preview_alone(draft, answers)
        return
    update_columns(drafts, (*PREVIEW_FIELDS, "kept_reading"))


def limit_size(drafts: QuerySet[Draft]) -> list[Draft]:
    """The first of these drafts, as many as are previewed or loaded at once."""
    first: list[Draft] = []
    size = 0
    for draft in drafts[:DRAFTS_AT_ONCE]:
        size += len(draft.page.content if draft.page else draft.content)
        if first and size > load.BYTES_AT_ONCE:
            break
        first.append(draft)
    return first


def _list_new_occupations(roles: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Key -> title of the official occupations that a draft with these roles would create."""
    return {role["key"]: role["stored"] for role in roles if role["new"] and is_occupation_key(role["key"])}


def _list_occupations_of_batch(batch: Batch) -> dict[str, str]:
    """Key -> title of the official occupations that the drafts of a batch would create."""
    titles: dict[str, str] = {}
    for roles in batch.drafts.filter(joins_occupations=False).order_by("pk").values_list("roles", flat=True):
        titles = _list_new_occupations(roles) | titles
    return titles


def save_preview(draft: Draft, answers: BatchAnswers) -> None:
    """Preview a draft and save the result on it."""
    result = load.LoadResult(draft.name, "refused", error=draft.error)
    if draft.digest:
        result = _preview_onto_draft(draft, answers)
        if result.lacks_occupations and not draft.joins_occupations:
            draft.joins_occupations = True
            if draft.batch.drafts.filter(status="", joins_occupations=False).exclude(pk=draft.pk).exists():
                draft.save(update_fields=["joins_occupations"])
                return  # its turn comes once it is known which occupations the others bring
            result = _preview_onto_draft(draft, answers)
        # The first preview finds the titles. If people said which role one of them means, the next preview uses that.
        if any(role["new"] and answers.same_roles.get(role["key"]) for role in draft.roles):
            result = _preview_onto_draft(draft, answers)
    draft.error = result.error or ""
    if result.status == "refused":
        draft.status = Draft.Status.REFUSED
        draft.change_count = draft.warning_count = draft.to_choose = 0
        draft.roles, draft.warnings, draft.ambiguous, draft.unread = [], [], [], []
        draft.warning_kinds = {}
    draft.save(update_fields=PREVIEW_FIELDS)


def _preview_onto_draft(draft: Draft, answers: BatchAnswers) -> load.LoadResult:
    with transaction.atomic():
        result, _ = _load_and_view(
            draft, answers, lambda page, result: _set_preview_fields([_StoredDraft(draft, page, result.changes)])
        )
        transaction.set_rollback(True)
    return result


def _load_and_view(
    draft: Draft, answers: BatchAnswers, view: Callable[[Page, load.LoadResult], View]
) -> tuple[load.LoadResult, View | None]:
    if draft.page and _is_to_be_read_again(draft):
        result = load.reread_page_for_preview(draft.page)
    elif draft.page and draft.page.citation_id:
        result = load.LoadResult(draft.name, "unchanged", draft.page.pk, already_loaded=True)
    elif not draft.digest:
        return load.LoadResult(draft.name, "refused", error=draft.error), None
    else:
        answers.store(draft, None)
        if draft.joins_occupations:
            create_expected_occupations(_list_occupations_of_batch(draft.batch))
        result = load.load_page_for_preview(make_unsaved_page(draft))
    if result.page is None or result.status == "refused":
        return result, None
    return replace(result, page=None), view(Page.objects.get(pk=result.page), result)


class _StoredDraft(NamedTuple):
    """A draft while it is stored as a page, and what that changes."""

    draft: Draft
    page: Page
    changes: Collection[Change]


def _set_preview_fields(stored: Sequence[_StoredDraft]) -> None:
    roles = _describe_roles(stored)
    for draft, page, changes in stored:
        draft.status = _choose_status(changes)
        draft.error, draft.layout = "", page.layout
        draft.roles = roles.get(page.pk, [])
        draft.warnings, draft.ambiguous, draft.unread = page.warnings, page.ambiguous, page.unread
        draft.change_count = len(changes)
        # A warning may concern several values, and a choice both roles: people see each of them once.
        kinds = Counter({warning["message"]: find_warning_kind(warning["code"]) for warning in page.warnings}.values())
        draft.warning_kinds = dict(kinds)
        draft.warning_count = sum(number for kind, number in kinds.items() if WARNING_KINDS[kind].serious)
        unanswered = [role for role in draft.roles if role["near"] and role["key"] not in draft.batch.same_roles]
        choices = {(value["line"], value["field"], value["raw"]) for value in page.ambiguous}
        draft.to_choose = len(choices) + len(unanswered)


def _describe_roles(stored: Iterable[_StoredDraft]) -> dict[int, list[dict[str, Any]]]:
    """Page key -> `Draft.roles`."""
    pages: list[Page] = []
    new_slugs: set[str] = set()
    for _, page, changes in stored:
        pages.append(page)
        new_slugs.update(change.role for change in changes if change.field == "title" and change.before is None)
    mentions = Mention.objects.filter(page__in=pages).select_related("role").order_by("pk")
    # A code identifies an official occupation, so its title is not compared with others.
    new = {mention.role for mention in mentions if mention.role.slug in new_slugs and not mention.role.soc_code}
    near = find_similar_roles({role.title for role in new})
    roles: dict[int, list[dict[str, Any]]] = {}
    for mention in mentions:
        role = _describe_role(mention, mention.role.slug in new_slugs, near.get(mention.role.title, ()))
        roles.setdefault(mention.page_id, []).append(role)
    return roles


def _choose_status(changes: Collection[Change]) -> Draft.Status:
    if any(change.before is not None for change in changes):
        return Draft.Status.CHANGED
    return Draft.Status.NEW if changes else Draft.Status.SAME


def _describe_role(mention: Mention, is_new: bool, near: Iterable[Role]) -> dict[str, Any]:
    """One of `Draft.roles`."""
    role = mention.role
    names = {"key": mention.key, "title": mention.title, "stored": role.title, "slug": role.slug}
    similar = [{"slug": other.slug, "title": other.title} for other in near] if is_new else []
    return {**names, "new": is_new, "near": similar}
