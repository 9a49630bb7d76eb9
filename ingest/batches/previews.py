"""Previews of drafts: each draft is really loaded, looked at, and rolled back."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from time import monotonic
from typing import Any, TypeVar

from django.contrib.auth.models import User
from django.db import transaction

from careers.models import Role
from careers.vocabulary import WARNING_KINDS, warning_kind
from ingest.loading.load import LoadResult, load_page_for_preview, reread_page_for_preview
from ingest.loading.merges import add_alias
from ingest.loading.names import is_occupation_key
from ingest.loading.occupations import create_expected_occupations
from ingest.loading.questions import chosen_names
from ingest.loading.similar_roles import find_similar_roles
from ingest.models import Batch, Draft, KnownName, Page

View = TypeVar("View")
DRAFTS_AT_ONCE = 20  # a page can have 2 MB

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
            stored = KnownName.objects.filter(name__in={name for _, name in self.names}).values_list("kind", "name")
            new = sorted(self.names - set(stored))
            KnownName.objects.bulk_create(
                (KnownName(kind=kind, name=name) for kind, name in new), ignore_conflicts=True
            )
        for role in draft.roles:
            if slug := self.same_roles.get(role["key"]):
                add_alias(slug, role["title"], by, draft.batch)


def collect_answers(batch: Batch) -> BatchAnswers:
    names: set[tuple[str, str]] = set()
    for choices in batch.drafts.exclude(choices={}).order_by().values_list("choices", flat=True):
        names |= chosen_names(choices)
    return BatchAnswers(frozenset(names), batch.same_roles)


def unsaved_page(draft: Draft, batch: Batch) -> Page:
    """The page that loading a draft would store."""
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


def preview_draft(draft: Draft, view: Callable[[Page, LoadResult], View]) -> tuple[LoadResult, View | None]:
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
    drafts = list(waiting.filter(joins_occupations=False)[:DRAFTS_AT_ONCE])
    drafts = drafts or list(waiting[:DRAFTS_AT_ONCE])
    for number, draft in enumerate(drafts):
        if number and monotonic() > until:
            break
        draft.batch = batch
        save_preview(draft, answers)
        if _new_occupations(draft.roles):
            batch.drafts.filter(joins_occupations=True, outcome="").update(status="")
    return bool(drafts)


def _new_occupations(roles: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Key -> title of the official occupations that a draft with these roles would create."""
    return {role["key"]: role["stored"] for role in roles if role["new"] and is_occupation_key(role["key"])}


def _occupations_of_batch(batch: Batch) -> dict[str, str]:
    """Key -> title of the official occupations that the drafts of a batch would create."""
    titles: dict[str, str] = {}
    for roles in batch.drafts.filter(joins_occupations=False).order_by("pk").values_list("roles", flat=True):
        titles = _new_occupations(roles) | titles
    return titles


def save_preview(draft: Draft, answers: BatchAnswers) -> None:
    """Preview a draft and save the result on it."""
    result = LoadResult(draft.name, "refused", error=draft.error)
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


def _preview_onto_draft(draft: Draft, answers: BatchAnswers) -> LoadResult:
    with transaction.atomic():
        result, _ = _load_and_view(draft, answers, lambda page, result: _set_preview_fields(draft, page, result))
        transaction.set_rollback(True)
    return result


def _load_and_view(
    draft: Draft, answers: BatchAnswers, view: Callable[[Page, LoadResult], View]
) -> tuple[LoadResult, View | None]:
    if draft.page and draft.batch.kind == Batch.Kind.REREAD and not draft.outcome:
        result = reread_page_for_preview(draft.page)
    elif draft.page and draft.page.citation_id:
        result = LoadResult(draft.name, "unchanged", draft.page.pk, already_loaded=True)
    elif not draft.digest:
        return LoadResult(draft.name, "refused", error=draft.error), None
    else:
        answers.store(draft, None)
        if draft.joins_occupations:
            create_expected_occupations(_occupations_of_batch(draft.batch))
        result = load_page_for_preview(unsaved_page(draft, draft.batch))
    if result.page is None or result.status == "refused":
        return result, None
    return replace(result, page=None), view(Page.objects.get(pk=result.page), result)


def _set_preview_fields(draft: Draft, page: Page, result: LoadResult) -> None:
    """Set on a draft what its preview shows."""
    new_slugs = {change.role for change in result.changes if change.field == "title" and change.before is None}
    draft.status = _status_of(result)
    draft.layout = page.layout
    mentions = page.mentions.select_related("role").order_by("pk")
    draft.roles = [_describe_role(mention.key, mention.title, mention.role, new_slugs) for mention in mentions]
    draft.warnings, draft.ambiguous, draft.unread = page.warnings, page.ambiguous, page.unread
    draft.change_count = len(result.changes)
    kinds = Counter(warning_kind(warning["code"]) for warning in page.warnings)
    draft.warning_kinds = dict(kinds)
    draft.warning_count = sum(number for kind, number in kinds.items() if WARNING_KINDS[kind].serious)
    unanswered = [role for role in draft.roles if role["near"] and role["key"] not in draft.batch.same_roles]
    draft.to_choose = len(page.ambiguous) + len(unanswered)


def _status_of(result: LoadResult) -> Draft.Status:
    if any(change.before is not None for change in result.changes):
        return Draft.Status.CHANGED
    return Draft.Status.NEW if result.changes else Draft.Status.SAME


def _describe_role(key: str, title: str, role: Role, new_slugs: set[str]) -> dict[str, Any]:
    """One of `Draft.roles`. A code identifies an official occupation, so its title is not compared with others."""
    is_new = role.slug in new_slugs
    near = find_similar_roles(role.title) if is_new and not role.soc_code else []
    stored = [{"slug": other.slug, "title": other.title} for other in near if other.slug not in new_slugs]
    names = {"key": key, "title": title, "stored": role.title, "slug": role.slug}
    return {**names, "new": is_new, "near": stored}
