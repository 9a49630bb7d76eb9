"""One page of a batch: its lines beside what was read from them, and what a person can decide about it."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.db import DatabaseError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.views.generic import RedirectView

from careers.areas import AREAS
from careers.models import AllJobsFigure, AreaPrice, Role
from careers.spelling import fold_spelling
from careers.vocabulary import NOT_PUBLISHED, WARNING_KINDS, find_warning_kind
from ingest.admin.batch_screens import write_batch_address
from ingest.admin.page_lines import MOST_LINES, list_places, mark_lines, read_raw_lines
from ingest.admin.role_reviews import RoleReview, review_roles
from ingest.admin.permissions import LOAD, VIEW_PAGES, action, get_user, has_any, screen
from ingest.admin.screen_parts import ScreenAdmin, make_breadcrumb, paginate, render_screen
from ingest.admin.unclear_values import list_unclear_values
from ingest.admin.wording import describe_place, format_value, get_field_label, name_kind_of_page, reveal_invisible
from ingest.batches import background, decisions, previews, uploads, worker
from ingest.batches.progress import LOADED_OUTCOMES
from ingest.forms import SourceForm
from ingest.loading.load import LoadResult
from ingest.models import Draft, Page
from ingest.parsing.cells import UnreadableError

ROLES_AT_ONCE = 25  # on one screen: a page mentions two at most, an official table hundreds


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


@dataclass(frozen=True, slots=True)
class PageReview:
    """What is known about a page while it is stored, or about a refused page, without its roles.

    `source`: whose it is, from where and when. `pagination`: which of its roles these are, for `_pagination.html`.
    `area_prices`: the price levels of states that it gives; `all_jobs`: its figures of all jobs.
    """

    warnings: list[dict[str, Any]]
    ambiguous: list[dict[str, Any]]
    unread: list[dict[str, Any]]
    roles: list[RoleReview] = field(default_factory=list)
    source: list[str] = field(default_factory=list)
    pagination: dict[str, Any] = field(default_factory=dict)
    area_prices: list[AreaPrice] = field(default_factory=list)
    all_jobs: list[AllJobsFigure] = field(default_factory=list)

    @property
    def places(self) -> list[tuple[int, str]]:
        """Line and raw text of everything that was read from it."""
        of_no_role = [figure.evidence for figure in self.all_jobs] + [price.evidence for price in self.area_prices]
        return list_places(self.roles) + [(evidence["line"], evidence["raw"]) for evidence in of_no_role]


def review_page(request: HttpRequest, page: Page, result: LoadResult | None = None) -> PageReview:
    """What a stored page says. `result`: what loading it has just done."""
    pagination = paginate(request, page.mentions.order_by("pk"), ROLES_AT_ONCE)
    mentions = pagination["listed"].object_list = list(pagination["listed"].object_list)
    changes = None if result is None or result.already_loaded else result.changes
    return PageReview(
        page.warnings,
        page.ambiguous,
        page.unread,
        roles=review_roles(page, mentions, changes),
        source=describe_source(page),
        pagination=pagination,
        area_prices=list(AreaPrice.objects.filter(citation=page.citation_id)),
        all_jobs=list(AllJobsFigure.objects.filter(citation=page.citation_id)),
    )


def describe_source(page: Page) -> list[str]:
    """Whose a page is, from where and when, in words."""
    citation = page.citation
    if citation is None:
        return []
    day = f"saved on {citation.captured_on:%Y-%m-%d}" if citation.captured_on else "day of capture not known"
    parts = (citation.publisher.name, citation.title, citation.url, day, citation.licence)
    return [part for part in parts if part]


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
        "breadcrumbs": [
            make_breadcrumb("Batches", "ingest_batch_changelist"),
            (str(draft.batch), write_batch_address(draft.batch)),
        ],
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


def review_context(name: str, content: bytes, review: PageReview) -> dict[str, Any]:
    """The lines of a page, what was read from them, and what is doubtful: for `page.html`."""
    lines = read_raw_lines(name, content, review.places)
    mark_lines(lines, review.roles, review.warnings, review.unread)
    if review.pagination and review.pagination["listed"].has_other_pages():
        # Only some of many roles are shown: the head of a table and the lines marked for them are enough.
        lines = [line for line in lines if line.number == 1 or line.values or line.warnings or line.unread]
    return {
        **review.pagination,
        "lines": lines,
        "lines_are_cut": len(lines) == MOST_LINES,
        "roles": review.roles,
        "warnings": _show_warnings(review.warnings),
        "unread": [entry | {"text": reveal_invisible(entry["text"])} for entry in review.unread],
        "unclear_values": list_unclear_values(review.ambiguous),
        "source": review.source,
        "area_prices": list(map(_show_price, review.area_prices)),
        "all_jobs": list(map(_show_figure_of_all_jobs, review.all_jobs)),
    }


def _show_price(price: AreaPrice) -> dict[str, Any]:
    return _show_figure(f"{AREAS[price.state].name}, {price.year}", str(price.price_level), price.evidence)


def _show_figure_of_all_jobs(figure: AllJobsFigure) -> dict[str, Any]:
    return _show_figure(get_field_label(figure.key), format_value(figure.key, figure.value), figure.evidence)


def _show_warnings(warnings: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each warning once, with the lines of all values that it concerns."""
    shown: dict[str, dict[str, Any]] = {}
    for warning in warnings:
        message = reveal_invisible(warning["message"])
        serious = WARNING_KINDS[find_warning_kind(warning["code"])].serious
        entry = shown.setdefault(message, {"message": message, "serious": serious, "lines": {}})
        entry["lines"][warning["line"]] = None  # thousands of lines can have the same warning
    return list(shown.values())


def _show_figure(name: str, value: str, evidence: Mapping[str, Any]) -> dict[str, Any]:
    return {"name": name, "value": value, "line": evidence.get("line", 0), "place": describe_place(evidence)}


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


def describe_choices(choices: dict[str, Any], titles: Mapping[str, str]) -> list[str]:
    """What was chosen for a page, by whom and when. `choices`: as on Page. `titles`: key -> title."""
    sentences = []
    for key, fields in choices.items():
        for field_key, choice in fields.items():
            value = NOT_PUBLISHED if choice["text"] is None else choice["text"]
            by = f", by {choice['by']} on {choice['on']}" if choice["by"] else ""
            sentences.append(reveal_invisible(f"{get_field_label(field_key)} of {titles.get(key, key)}: {value}{by}"))
    return sentences


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


def read_chosen_texts(request: HttpRequest) -> Sequence[tuple[str, str | None]]:
    """(title, text) for each role of a choice. Raises UnreadableError if nothing was chosen."""
    titles = request.POST.getlist("role")
    texts = _read_texts(request, len(titles))
    valid = isinstance(texts, list) and all(text is None or isinstance(text, str) for text in texts)
    if not titles or not valid or len(texts) != len(titles):
        raise UnreadableError("Nothing was chosen. Pick one of the readings, or enter your own.")
    return list(zip(titles, texts, strict=True))


def _read_texts(request: HttpRequest, count: int) -> Any:
    """One text for each role if the form was filled in; anything else that JSON can be if not."""
    reading = request.POST.get("reading", "")
    if reading == "none":
        return [None] * count
    if reading == "own":
        return [request.POST.get(f"own-{number}", "").strip() or None for number in range(count)]
    try:
        return json.loads(reading)
    except ValueError:
        return None


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
