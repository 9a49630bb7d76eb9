"""One page of a batch: its lines beside what was read from them, and what a person can say about it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.db import DatabaseError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_POST, require_safe

from careers.admin import ReadOnlyAdmin
from careers.models import Role, identity
from careers.vocabulary import NOT_PUBLISHED, label_of
from ingest import batches
from ingest.admin.batch_screens import BROUGHT, batch_address
from ingest.admin.page_review import MOST_LINES, RoleReview, choices, mark_lines, raw_lines, review, told_lines
from ingest.admin.screens import LOAD, LOOK, crumb, listed, may, needs, person, screen
from ingest.admin.wording import shown
from ingest.forms import EnteredForm
from ingest.loading import LoadResult
from ingest.models import Draft, Page
from ingest.parsing.cells import UnreadableError

ROLES_AT_ONCE = 25  # on one screen: a page speaks of two at most, an official table of hundreds


@admin.register(Draft)
class DraftAdmin(ReadOnlyAdmin):
    """Only its screen: drafts are listed with their batch."""

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may(request, *LOOK)

    def get_model_perms(self, request: HttpRequest) -> dict[str, bool]:
        return {}

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        own = [
            path("<int:pk>/change/", wrap(show), name="ingest_draft_change"),
            path("<int:pk>/choose/", wrap(choose), name="ingest_draft_choose"),
            path("<int:pk>/same-role/", wrap(same_role), name="ingest_draft_same_role"),
            path("<int:pk>/enter/", wrap(enter), name="ingest_draft_enter"),
        ]
        return own + super().get_urls()


@dataclass(frozen=True, slots=True)
class Seen:
    """What a rehearsal shows of a page while it is stored. `part`: which of its roles these are, for `_pages.html`."""

    roles: list[RoleReview]
    warnings: list[dict[str, Any]]
    ambiguous: list[dict[str, Any]]
    unread: list[dict[str, Any]]
    facts: list[str]
    part: dict[str, Any]


def look(request: HttpRequest, page: Page, changes: LoadResult | None = None) -> Seen:
    """What a stored page says. `changes`: those that its load made just now."""
    part = listed(request, page.mentions.order_by("pk"), ROLES_AT_ONCE)
    mentions = part["listed"].object_list = list(part["listed"].object_list)
    made = None if changes is None or changes.already_loaded else changes.changes
    return Seen(review(page, mentions, made), page.warnings, page.ambiguous, page.unread, cited(page), part)


def cited(page: Page) -> list[str]:
    """Whose a page is, from where and when, in words."""
    citation = page.citation
    if citation is None:
        return []
    day = f"saved on {citation.captured_on:%Y-%m-%d}" if citation.captured_on else "day of capture not known"
    return [each for each in (citation.publisher.name, citation.title, citation.url, day, citation.licence) if each]


@needs(*LOOK)
@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """The rehearsal of one page, made anew: the real load of it, rolled back."""
    draft = get_object_or_404(Draft.objects.select_related("batch", "page"), pk=pk)
    changes, seen, trouble = None, None, ""
    try:
        changes, seen = batches.preview_draft(draft, partial(look, request))
    except DatabaseError as error:
        trouble = f"The database could not rehearse the page now: {error}. Open this screen again in a moment."
    stored = draft.page_id if draft.outcome in (*BROUGHT, Draft.Outcome.KNOWN) else None
    can_load = may(request, LOAD)
    content = bytes(draft.content or (draft.page.content if draft.page else b""))
    refused = (changes.error if changes else "") or draft.error
    context = {
        **beside(draft.name, content, seen or Seen([], draft.warnings, draft.ambiguous, draft.unread, [], {})),
        **neighbours(draft),
        "state": draft.outcome or draft.status or "waiting",
        "state_name": draft.get_outcome_display() if draft.outcome else draft.get_status_display() or "waiting",
        "layout": draft.layout,
        "error": refused or trouble,
        "can_load": can_load,
        "nears": [] if stored else _nears(draft),
        "chosen": chosen(draft.choices, {role["key"]: role["title"] for role in draft.roles}),
        # Of a page that is loaded, the stored one is what a choice changes.
        "choose_url": reverse("admin:ingest_page_choose", args=[stored])
        if stored
        else reverse("admin:ingest_draft_choose", args=[pk]),
        "same_role_url": reverse("admin:ingest_draft_same_role", args=[pk]),
        "enter_url": reverse("admin:ingest_draft_enter", args=[pk]),
        "entered_form": EnteredForm(initial=_own(draft)) if can_load and not stored else None,
        "actions": [{"name": "The stored page", "url": reverse("admin:ingest_page_change", args=[draft.page_id])}]
        if draft.page_id
        else [],
        "crumbs": [crumb("Batches", "ingest_batch_changelist"), (str(draft.batch), batch_address(draft.batch))],
    }
    return screen(request, "admin/ingest/page.html", shown(draft.name), context)


def beside(name: str, content: bytes, seen: Seen) -> dict[str, Any]:
    """The lines of a page, what was read from them, and what is doubtful: for `page.html`."""
    lines = raw_lines(name, content)
    mark_lines(lines, seen.roles, seen.warnings, seen.unread)
    if seen.part and seen.part["listed"].has_other_pages():
        lines = told_lines(lines)
    for entry in (*seen.warnings, *seen.unread):
        for key in ("message", "text"):
            if key in entry:
                entry[key] = shown(entry[key])
    return {
        "lines": lines,
        **seen.part,
        "more_lines": len(lines) == MOST_LINES,
        "roles": seen.roles,
        "warnings": list({(each["line"], each["message"]): each for each in seen.warnings}.values()),
        "unread": seen.unread,
        "choices": choices(seen.ambiguous),
        "facts": seen.facts,
    }


def neighbours(draft: Draft) -> dict[str, Any]:
    """Addresses of the batch and of the pages around this one."""
    others = draft.batch.drafts.order_by("pk").values_list("pk", flat=True)
    before = others.filter(pk__lt=draft.pk).last()
    after = others.filter(pk__gt=draft.pk).first()
    to_choose = others.filter(to_choose__gt=0).exclude(pk=draft.pk)
    next_to_choose = to_choose.filter(pk__gt=draft.pk).first() or to_choose.first()
    found = {"before": before, "after": after, "next_to_choose": next_to_choose}
    addresses = {name: pk and reverse("admin:ingest_draft_change", args=[pk]) for name, pk in found.items()}
    return {"back": batch_address(draft.batch), **addresses}


def chosen(made: dict[str, Any], titles: Mapping[str, str]) -> list[str]:
    """What was chosen for a page, by whom and when. `titles`: key -> title."""
    said = []
    for key, fields in made.items():
        for field, choice in fields.items():
            text = choice.get("text") if isinstance(choice, dict) else choice
            by = f", by {choice['by']} on {choice['on']}" if isinstance(choice, dict) and choice.get("by") else ""
            said.append(
                shown(f"{label_of(field)} of {titles.get(key, key)}: {NOT_PUBLISHED if text is None else text}{by}")
            )
    return said


def _nears(draft: Draft) -> list[dict[str, Any]]:
    """New titles that are close to a stored role's, or were said to be the same."""
    answers: dict[str, str] = draft.batch.same_roles
    found = []
    for role in draft.roles:
        near = [dict(each) for each in role.get("near") or ()]
        answer = answers.get(role["key"])
        if answer and answer not in [each["slug"] for each in near]:
            near += [{"slug": each.slug, "title": each.title} for each in Role.objects.filter(slug=answer)]
        if near:
            found.append({"key": role["key"], "title": role["title"], "near": near, "chosen": answer})
    return found


def _own(draft: Draft) -> dict[str, Any]:
    return {name: getattr(draft, name) for name in batches.SOURCE_FIELDS}


# -- what a person says -----------------------------------------------------------------------


@needs(LOAD)
@require_POST
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a reading of glued cells: one text for each role, None for "not published"."""
    draft = get_object_or_404(Draft.objects.select_related("batch"), pk=pk)
    try:
        with transaction.atomic():  # for both roles or for none
            for title, text in texts_chosen(request):
                batches.choose_value(draft, identity(title), request.POST.get("field", ""), text, person(request))
    except UnreadableError as error:
        messages.error(request, str(error))
    else:
        batches.continue_batch(draft.batch, 0.5)
        messages.success(
            request, "The choice is kept. Pages outside this batch know the name once this page is loaded."
        )
    return redirect("admin:ingest_draft_change", pk)


def texts_chosen(request: HttpRequest) -> Sequence[tuple[str, str | None]]:
    """(title, text) for each role of a choice. Raises UnreadableError where nothing was chosen."""
    titles = request.POST.getlist("role")
    reading = request.POST.get("reading", "")
    texts: list[Any]
    if reading == "none":
        texts = [None] * len(titles)
    elif reading == "own":
        texts = [request.POST.get(f"own-{number}", "").strip() or None for number in range(len(titles))]
    else:
        try:
            texts = json.loads(reading)
        except ValueError:
            texts = []
    valid = isinstance(texts, list) and all(text is None or isinstance(text, str) for text in texts)
    if not titles or not valid or len(texts) != len(titles):
        raise UnreadableError("Nothing was chosen. Pick one of the readings, or enter your own.")
    return list(zip(titles, texts, strict=True))


@needs(LOAD)
@require_POST
def same_role(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep whether a new title is another title of a stored role."""
    draft = get_object_or_404(Draft.objects.select_related("batch"), pk=pk)
    try:
        batches.answer_same_role(draft.batch, request.POST.get("key", ""), request.POST.get("role") or None)
    except UnreadableError as error:
        messages.error(request, str(error))
    else:
        batches.continue_batch(draft.batch, 0.5)
        messages.success(request, "The answer is kept, for all pages of this batch.")
    return redirect("admin:ingest_draft_change", pk)


@needs(LOAD)
@require_POST
def enter(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep publisher, address, day and licence of this page alone."""
    draft = get_object_or_404(Draft.objects.select_related("batch"), pk=pk)
    form = EnteredForm(request.POST)
    if form.is_valid():
        batches.enter_source(draft, form.entered)
        messages.success(request, "Kept for this page.")
    else:
        for name, errors in form.errors.items():
            messages.error(request, f"{form.fields[name].label or name.capitalize()}: {' '.join(map(str, errors))}")
    return redirect("admin:ingest_draft_change", pk)
