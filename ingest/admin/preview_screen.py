"""One page of a batch: its lines beside what was read from them, and what a person can decide about it."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.db import DatabaseError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.views.generic import RedirectView

from careers.models import Role
from careers.spelling import fold_spelling
from ingest.admin.batch_screens import make_breadcrumbs, write_batch_address
from ingest.admin.page_review import PageReview, describe_choices, read_chosen_texts, review_context, review_page
from ingest.admin.permissions import LOAD, VIEW_PAGES, action, get_user, has_any, screen
from ingest.admin.screen_parts import ScreenAdmin, render_screen
from ingest.admin.wording import name_kind_of_page, reveal_invisible
from ingest.batches import background, decisions, previews, uploads, worker
from ingest.batches.progress import LOADED_OUTCOMES
from ingest.forms import SourceForm
from ingest.models import Draft
from ingest.parsing.cells import UnreadableError


@admin.register(Draft)
class DraftAdmin(ScreenAdmin):
    """Only the screen of one draft. Drafts are listed with their batch."""

    view_permissions = VIEW_PAGES

    def get_model_perms(self, request: HttpRequest) -> dict[str, bool]:
        return {}

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/change/", wrap(show_draft), name="ingest_draft_change"),
            path("<int:pk>/choose/", wrap(choose_for_draft), name="ingest_draft_choose"),
            path("<int:pk>/same-role/", wrap(answer_same_role), name="ingest_draft_same_role"),
            path("<int:pk>/source/", wrap(enter_source), name="ingest_draft_source"),
            # An old address.
            path("<int:pk>/enter/", wrap(RedirectView.as_view(pattern_name="admin:ingest_draft_change"))),
            *super().get_urls(),
        ]


@screen(*VIEW_PAGES)
def show_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """The preview of one page, made again: the real load of it, rolled back."""
    draft = get_object_or_404(Draft.objects.select_related("batch", "page"), pk=pk)
    review, error = _preview(request, draft)
    content = bytes(draft.content or (draft.page.content if draft.page else b""))
    context = {
        **review_context(draft.name, content, review),
        **_find_neighbors(draft),
        "state": draft.outcome or draft.status or "waiting",
        "state_name": draft.get_outcome_display() or draft.get_status_display() or "waiting",
        "layout": draft.layout,
        "kind": name_kind_of_page(draft.layout),
        "error": error,
        "decisions": describe_choices(draft.choices, {role["key"]: role["title"] for role in draft.roles}),
        **_build_forms(request, draft),
        "breadcrumbs": make_breadcrumbs(draft.batch),
    }
    return render_screen(request, "admin/ingest/page.html", reveal_invisible(draft.name), context)


def _preview(request: HttpRequest, draft: Draft) -> tuple[PageReview, str]:
    """The review of a draft, and why it was refused or cannot be previewed now."""
    saved = PageReview(draft.warnings, draft.ambiguous, draft.unread)
    try:
        result, review = previews.preview_draft(draft, partial(review_page, request))
    except DatabaseError as error:
        failure = f"The database cannot preview the page now: {error}. Open this screen again in a moment."
        return saved, draft.error or failure
    return review or saved, result.error or draft.error


def _build_forms(request: HttpRequest, draft: Draft) -> dict[str, Any]:
    """What the person who asks can enter and choose. Choices for a loaded page go to the stored page."""
    can_load = has_any(request, LOAD)
    is_loaded = draft.page_id is not None and draft.outcome in (*LOADED_OUTCOMES, Draft.Outcome.KNOWN)
    forms: dict[str, Any] = {
        "can_load": can_load,
        "choose_url": reverse("admin:ingest_draft_choose", args=[draft.pk]),
        "same_role_url": reverse("admin:ingest_draft_same_role", args=[draft.pk]),
        "source_url": reverse("admin:ingest_draft_source", args=[draft.pk]),
    }
    if draft.page_id:
        address = reverse("admin:ingest_page_change", args=[draft.page_id])
        forms["actions"] = [{"name": "The stored page", "url": address}]
    if is_loaded:
        forms["choose_url"] = reverse("admin:ingest_page_choose", args=[draft.page_id])
    else:
        forms["near_titles"] = _find_near_titles(draft)
        if can_load:
            initial = {name: getattr(draft, name) for name in uploads.SOURCE_FIELDS}
            forms["source_form"] = SourceForm(initial=initial)
    return forms


def _find_neighbors(draft: Draft) -> dict[str, Any]:
    drafts = draft.batch.drafts.order_by("pk").values_list("pk", flat=True)
    to_choose = drafts.filter(to_choose__gt=0).exclude(pk=draft.pk)
    keys = {
        "previous": drafts.filter(pk__lt=draft.pk).last(),
        "next": drafts.filter(pk__gt=draft.pk).first(),
        "next_to_choose": to_choose.filter(pk__gt=draft.pk).first() or to_choose.first(),
    }
    addresses = {name: reverse("admin:ingest_draft_change", args=[pk]) for name, pk in keys.items() if pk}
    return {"back": write_batch_address(draft.batch), **addresses}


def _find_near_titles(draft: Draft) -> list[dict[str, Any]]:
    """New titles that are close to that of a stored role, or that a person called the same."""
    answers: dict[str, str] = draft.batch.same_roles
    entries = []
    for role in draft.roles:
        near = list(role.get("near") or ())
        answer = answers.get(role["key"])
        if answer and answer not in [stored["slug"] for stored in near]:
            near += Role.objects.filter(slug=answer).values("slug", "title")
        if near:
            entries.append({"key": role["key"], "title": role["title"], "near": near, "answer": answer})
    return entries


# -- what a person decides --------------------------------------------------------------------


@action(LOAD)
def choose_for_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Store a split of run-together cells: one text for each role, None for "not published"."""
    draft = get_object_or_404(Draft.objects.select_related("batch"), pk=pk)

    def choose() -> None:
        for title, text in read_chosen_texts(request):
            decisions.choose_value(draft, fold_spelling(title), request.POST.get("field", ""), text, get_user(request))

    message = "The choice is saved. Pages outside this batch know the name once this page is loaded."
    return _decide(request, draft, choose, message)


def _decide(request: HttpRequest, draft: Draft, decide: Callable[[], None], message: str) -> HttpResponse:
    """Store what a person decided, for both roles of a pair or for none, and preview what it changes."""
    try:
        with transaction.atomic():
            decide()
    except UnreadableError as error:
        messages.error(request, str(error))
    else:
        worker.continue_here(draft.batch, 0.5)
        background.enqueue_task(draft.batch)
        messages.success(request, message)
    return redirect("admin:ingest_draft_change", draft.pk)


@action(LOAD)
def answer_same_role(request: HttpRequest, pk: int) -> HttpResponse:
    draft = get_object_or_404(Draft.objects.select_related("batch"), pk=pk)
    answer = partial(
        decisions.answer_same_role, draft.batch, request.POST.get("key", ""), request.POST.get("role") or None
    )
    return _decide(request, draft, answer, "The answer is saved, for all pages of this batch.")


@action(LOAD)
def enter_source(request: HttpRequest, pk: int) -> HttpResponse:
    """Store publisher, address, day and licence of only this page."""
    draft = get_object_or_404(Draft.objects.select_related("batch"), pk=pk)
    form = SourceForm(request.POST)
    if form.is_valid():
        decisions.enter_source(draft, form.source)
        messages.success(request, "Saved for this page.")
    for sentence in form.write_error_sentences():
        messages.error(request, sentence)
    return redirect("admin:ingest_draft_change", pk)
