"""The stored pages: the list of what was loaded, by whom and when, and each page with what it says."""

from typing import Any

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.views.generic import RedirectView

from careers.spelling import fold_spelling
from ingest.admin import page_review
from ingest.admin.events import list_events
from ingest.admin.permissions import LOAD, UNDO, VIEW_PAGES, action, form_screen, get_user, has_any, screen
from ingest.admin.screen_parts import (
    ScreenAdmin,
    make_breadcrumb,
    make_titled_filter,
    render_confirmation,
    render_screen,
)
from ingest.admin.stored_reading import find_shown_instead, read_stored_value
from ingest.admin.upload_form import upload_pages
from ingest.admin.wording import get_field_label, name_kind_of_page, reveal_invisible
from ingest.batches import background, decisions, uploads, worker
from ingest.batches.progress import preview_undo
from ingest.forms import CorrectionForm
from ingest.loading.load import find_outdated_pages
from ingest.models import Mention, Page
from ingest.parsing.cells import UnreadableError
from ingest.plurals import count_of


@admin.register(Page)
class PageAdmin(ScreenAdmin):
    view_permissions = VIEW_PAGES
    list_display = ("name", "publisher_name", "status", "unclear", "loaded")
    list_filter = ("status", "layout", ("waiting", make_titled_filter("open choices")), "citation__publisher")
    list_select_related = ("citation__publisher", "loaded_by")
    search_fields = ("name", "mentions__title", "citation__url")
    actions = ("reread_pages",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Page]:
        return super().get_queryset(request).defer("content", "warnings", "ambiguous", "unread", "choices")

    @admin.display(description="publisher", ordering="citation__publisher__name")
    def publisher_name(self, page: Page) -> str:
        return page.citation.publisher.name if page.citation else "—"

    @admin.display(description="to choose", ordering="waiting")
    def unclear(self, page: Page) -> str:
        return "?" if page.waiting and page.citation_id else ""

    @admin.display(description="loaded on, by", ordering="loaded_at")
    def loaded(self, page: Page) -> str:
        return f"{page.loaded_at:%Y-%m-%d %H:%M}" + (f", {page.loaded_by}" if page.loaded_by else "")

    @admin.display(description="undo")
    def undo_link(self, page: Page) -> str:
        return render_to_string("admin/ingest/_undo_link.html", {"page": page}) if page.citation_id else ""

    def get_list_display(self, request: HttpRequest) -> tuple[str, ...]:
        return (*self.list_display, "undo_link") if has_any(request, UNDO) else self.list_display

    @admin.action(description="Read these pages again", permissions=["load"])
    def reread_pages(self, request: HttpRequest, pages: QuerySet[Page]) -> HttpResponse:
        return _preview_reading_again(request, pages.filter(citation__isnull=False))

    def has_load_permission(self, request: HttpRequest) -> bool:
        return has_any(request, LOAD)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().changelist_view(request, {**(extra_context or {}), "can_load": has_any(request, LOAD)})

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("upload/", wrap(upload_pages), name="ingest_page_upload"),
            path("<int:pk>/change/", wrap(show_page), name="ingest_page_change"),
            path("<int:pk>/download/", wrap(download_page), name="ingest_page_download"),
            path("<int:pk>/choose/", wrap(choose_for_page), name="ingest_page_choose"),
            path("<int:pk>/correct/", wrap(correct_value), name="ingest_page_correct"),
            path("<int:pk>/undo/", wrap(undo_page), name="ingest_page_undo"),
            path("<int:pk>/load-again/", wrap(load_page_again), name="ingest_page_load_again"),
            path("reread/", wrap(reread_outdated_pages), name="ingest_page_reread_outdated"),
            path("<int:pk>/reread/", wrap(reread_page), name="ingest_page_reread"),
            # Old addresses.
            path("load/", wrap(RedirectView.as_view(pattern_name="admin:ingest_page_upload"))),
            path("<int:pk>/text/", wrap(RedirectView.as_view(pattern_name="admin:ingest_page_download"))),
            path("<int:pk>/read-again/", wrap(RedirectView.as_view(pattern_name="admin:ingest_page_change"))),
            *super().get_urls(),
        ]


@screen(*VIEW_PAGES)
def show_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One stored page: what it says now, and what happened to it."""
    page = get_object_or_404(Page.objects.select_related("citation__publisher", "loaded_by"), pk=pk)
    review = page_review.PageReview(page.warnings, [], page.unread, source=page_review.describe_source(page))
    if page.citation:
        review = page_review.review_page(request, page)
    loaded = f"loaded on {page.loaded_at:%Y-%m-%d %H:%M}" + (f", by {page.loaded_by}" if page.loaded_by else "")
    titles = {mention.key: mention.title for mention in page.mentions.filter(key__in=page.choices)}
    context = {
        **page_review.review_context(page.name, bytes(page.content), review),
        "source": [*review.source, loaded],
        "state": "same" if page.status == Page.Status.UNCHANGED else page.status,
        "state_name": page.get_status_display(),
        "layout": page.layout,
        "kind": name_kind_of_page(page.layout),
        "can_load": has_any(request, LOAD),
        "correct_url": _address("correct", page) if has_any(request, LOAD) else "",
        "decisions": page_review.describe_choices(page.choices, titles),
        "choose_url": reverse("admin:ingest_page_choose", args=[pk]),
        "actions": _list_actions(request, page),
        "events": list_events(request, page.events.select_related("by", "page", "undone_by")[:50]),
        "breadcrumbs": [make_breadcrumb("Pages", "ingest_page_changelist")],
    }
    return render_screen(request, "admin/ingest/page.html", reveal_invisible(page.name), context)


def _list_actions(request: HttpRequest, page: Page) -> list[dict[str, Any]]:
    actions = []
    if page.citation_id and has_any(request, LOAD):
        actions.append({"name": "Read again", "url": _address("reread", page), "post": True, "class": "quieter"})
    if not page.citation_id and has_any(request, LOAD):
        actions.append({"name": "Load again", "url": _address("load_again", page), "post": True, "class": "first"})
    if page.citation_id and has_any(request, UNDO):
        actions.append({"name": "Undo loading …", "url": _address("undo", page)})
    actions.append({"name": "Download the file", "url": _address("download", page)})
    return actions


def _address(view: str, page: Page) -> str:
    return reverse(f"admin:ingest_page_{view}", args=[page.pk])


def _make_breadcrumbs(page: Page) -> list[tuple[str, str]]:
    return [make_breadcrumb("Pages", "ingest_page_changelist"), (reveal_invisible(page.name), _address("change", page))]


@screen(*VIEW_PAGES)
def download_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The bytes as they came, to be saved and never opened as a page of this site."""
    page = get_object_or_404(Page, pk=pk)
    response = HttpResponse(bytes(page.content), content_type="application/octet-stream")
    response.headers["Content-Disposition"] = f'attachment; filename="page-{page.pk}.txt"'
    return response


@action(LOAD)
def choose_for_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Store a split of run-together cells of a loaded page."""
    page = get_object_or_404(Page, pk=pk)
    field, user = request.POST.get("field", ""), get_user(request)
    try:
        with transaction.atomic():  # for both roles or for none
            for title, text in page_review.read_chosen_texts(request):
                decisions.choose_stored_value(page, fold_spelling(title), field, text, user)
    except UnreadableError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "The choice is saved.")
    return redirect("admin:ingest_page_change", pk)


@form_screen(LOAD)
def correct_value(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct how a value of a loaded page was read, with the text of the page beside it.

    `?role=` is the key of its title on the page, `field=` the vocabulary key or the entry of a list.
    """
    field, key = request.GET.get("field", ""), request.GET.get("role", "").replace("\x00", "")
    on_page = get_object_or_404(Mention.objects.select_related("page", "role"), page__pk=pk, key=key)
    reading = read_stored_value(on_page, field)
    if reading is None:
        raise Http404
    posted = request.POST if request.method == "POST" else None
    form = CorrectionForm(posted, initial={"text": reading.text}, asks_line=not reading.line)
    if request.method == "POST" and form.is_valid():
        try:
            text, line = form.cleaned_data["text"] or None, form.cleaned_data.get("line")
            decisions.choose_stored_value(on_page.page, on_page.key, field, text, get_user(request), line=line)
        except UnreadableError as error:
            form.add_error("text", f"{error}.".replace("..", "."))
        else:
            messages.success(request, "The value is saved. This can be undone below.")
            return redirect("admin:ingest_page_change", pk)
    context = {
        "sentences": [_say_who_sees_a_correction(on_page, field)],
        "reading": reading,
        "form": form,
        "button": "Save this value",
        "back": _address("change", on_page.page),
        "breadcrumbs": _make_breadcrumbs(on_page.page),
    }
    title = reveal_invisible(f"{on_page.title}: {get_field_label(field)}")
    return render_screen(request, "admin/ingest/correct.html", title, context)


def _say_who_sees_a_correction(on_page: Mention, field: str) -> str:
    sees = "Readers see the value that you enter, as chosen by a person on this day."
    if shown := find_shown_instead(on_page, field):
        sees = f"Readers see another page here now: {shown}. They see what you enter once that page is undone."
    return f"{sees} It stays when the page is read again. This can be undone."


@form_screen(UNDO)
def undo_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what undoing the loading of a page would remove, and do it."""
    page = get_object_or_404(Page.objects.defer("content"), pk=pk)
    if page.citation_id is None:
        messages.warning(request, "The loading of this page is undone already.")
        return redirect("admin:ingest_page_change", pk)
    if request.method == "POST":
        worker.undo_page(page, get_user(request))
        messages.success(request, "The loading of the page is undone. It can be loaded again from here.")
        return redirect("admin:ingest_page_change", pk)
    preview = preview_undo(Page.objects.filter(pk=pk))
    role_count = len(preview.roles) + preview.more_roles
    return render_confirmation(
        request,
        "Undo the loading of this page",
        [
            "This removes the facts of this page. The facts that they replaced become current.",
            "Its file and the choices made for it stay, so it can be loaded again.",
        ],
        "Undo loading",
        _make_breadcrumbs(page),
        button_class="removes",
        removed=[title for _, title in preview.roles],
        more_removed=preview.more_roles,
        removed_heading=f"{count_of(role_count, 'role')} that no other page mentions will be removed too",
    )


@action(LOAD)
def load_page_again(request: HttpRequest, pk: int) -> HttpResponse:
    page = get_object_or_404(Page, pk=pk)
    result = worker.load_page_again(page, get_user(request))
    if result.status == "refused":
        messages.error(request, result.error or "The page was refused.")
    else:
        messages.success(request, f"The page is loaded again: {count_of(len(result.changes), 'change')}.")
    return redirect("admin:ingest_page_change", pk)


@action(LOAD)
def reread_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Preview reading one stored page again."""
    return _preview_reading_again(request, Page.objects.filter(pk=pk, citation__isnull=False))


@action(LOAD)
def reread_outdated_pages(request: HttpRequest) -> HttpResponse:
    """Preview reading again all pages that an earlier version read."""
    return _preview_reading_again(request, find_outdated_pages())


def _preview_reading_again(request: HttpRequest, pages: QuerySet[Page]) -> HttpResponse:
    if not pages.exists():
        messages.info(
            request, "There is no page to read again: its loading was undone, or this version read it already."
        )
        return redirect("admin:ingest_page_changelist")
    batch = uploads.open_reread_batch(get_user(request), pages)
    background.enqueue_task(batch)
    return redirect("admin:ingest_batch_change", batch.pk)
