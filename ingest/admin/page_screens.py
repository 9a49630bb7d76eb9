"""The pages as they came: the list of what was loaded, by whom and when, and each with what it says."""

from typing import Any

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from careers.admin import ReadOnlyAdmin
from careers.models import identity
from ingest import batches
from ingest.admin.preview_screen import Seen, beside, chosen, cited, look, texts_chosen
from ingest.admin.screens import LOAD, LOOK, UNDO, crumb, may, needs, person, plural, screen, titled, told
from ingest.admin.upload_form import load_pages
from ingest.admin.wording import shown
from ingest.models import Page
from ingest.parsing.cells import UnreadableError


@admin.register(Page)
class PageAdmin(ReadOnlyAdmin):
    list_display = ("name", "publisher_cited", "status", "unclear", "loaded")
    list_filter = ("status", "layout", ("waiting", titled("to choose")), "citation__publisher")
    list_select_related = ("citation__publisher", "loaded_by")
    search_fields = ("name", "mentions__title", "citation__url")
    actions = ("read_again",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Page]:
        return super().get_queryset(request).defer("content", "warnings", "ambiguous", "unread", "choices")

    @admin.display(description="publisher", ordering="citation__publisher__name")
    def publisher_cited(self, page: Page) -> str:
        return page.citation.publisher.name if page.citation else "—"

    @admin.display(description="to choose", ordering="waiting")
    def unclear(self, page: Page) -> str:
        return "?" if page.waiting and page.citation_id else ""

    @admin.display(description="loaded on, by", ordering="loaded_at")
    def loaded(self, page: Page) -> str:
        return f"{page.loaded_at:%Y-%m-%d %H:%M}" + (f", {page.loaded_by}" if page.loaded_by else "")

    @admin.display(description="undo")
    def undo_link(self, page: Page) -> str:
        if page.citation_id is None:
            return ""
        words = format_html('<span class="visually-hidden"> {}</span>', page.name)
        return format_html('<a href="{}">Take back …{}</a>', _address("undo", page), words)

    def get_list_display(self, request: HttpRequest) -> tuple[str, ...]:
        return (*self.list_display, "undo_link") if may(request, UNDO) else self.list_display

    @admin.action(description="Read these pages again", permissions=["load"])
    def read_again(self, request: HttpRequest, pages: QuerySet[Page]) -> HttpResponse:
        batch = batches.open_reread_batch(person(request), pages.filter(citation__isnull=False))
        return redirect("admin:ingest_batch_change", batch.pk)

    def has_load_permission(self, request: HttpRequest) -> bool:
        return may(request, LOAD)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may(request, *LOOK)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().changelist_view(request, {**(extra_context or {}), "may_load": may(request, LOAD)})

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        own = [
            path("load/", wrap(load_pages), name="ingest_page_load"),
            path("<int:pk>/change/", wrap(show), name="ingest_page_change"),
            path("<int:pk>/text/", wrap(text), name="ingest_page_text"),
            path("<int:pk>/choose/", wrap(choose), name="ingest_page_choose"),
            path("<int:pk>/undo/", wrap(undo), name="ingest_page_undo"),
            path("<int:pk>/load-again/", wrap(load_again), name="ingest_page_load_again"),
            path("<int:pk>/read-again/", wrap(read_again), name="ingest_page_read_again"),
        ]
        return own + super().get_urls()


@needs(*LOOK)
@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One stored page: what it says now, and what happened to it."""
    page = get_object_or_404(Page.objects.select_related("citation__publisher", "loaded_by"), pk=pk)
    seen = look(request, page) if page.citation else Seen([], page.warnings, [], page.unread, cited(page), {})
    seen.facts.append(
        f"loaded on {page.loaded_at:%Y-%m-%d %H:%M}" + (f", by {page.loaded_by}" if page.loaded_by else "")
    )
    context = {
        **beside(page.name, bytes(page.content), seen),
        "state": {"unchanged": "same"}.get(page.status, page.status),
        "state_name": page.get_status_display(),
        "layout": page.layout,
        "can_load": may(request, LOAD),
        "chosen": chosen(page.choices, {each.key: each.title for each in page.mentions.filter(key__in=page.choices)}),
        "choose_url": reverse("admin:ingest_page_choose", args=[pk]),
        "actions": _actions(request, page),
        "events": told(request, page.events.select_related("by", "page", "undone_by")[:50]),
        "crumbs": [crumb("Pages", "ingest_page_changelist")],
    }
    return screen(request, "admin/ingest/page.html", shown(page.name), context)


def _actions(request: HttpRequest, page: Page) -> list[dict[str, Any]]:
    """What can be done with a page now, by the person who asks."""
    found = []
    if page.citation_id and may(request, LOAD):
        found.append({"name": "Read again", "url": _address("read_again", page), "post": True, "class": "quieter"})
    if not page.citation_id and may(request, LOAD):
        found.append({"name": "Load again", "url": _address("load_again", page), "post": True, "class": "first"})
    if page.citation_id and may(request, UNDO):
        found.append({"name": "Take back …", "url": _address("undo", page)})
    found.append({"name": "Save the file", "url": _address("text", page)})
    return found


def _address(view: str, page: Page) -> str:
    return reverse(f"admin:ingest_page_{view}", args=[page.pk])


@needs(*LOOK)
@require_safe
def text(request: HttpRequest, pk: int) -> HttpResponse:
    """The bytes as they came, to save and never to open as a page of this site."""
    page = get_object_or_404(Page, pk=pk)
    response = HttpResponse(bytes(page.content), content_type="application/octet-stream")
    response.headers["Content-Disposition"] = f'attachment; filename="page-{page.pk}.txt"'
    return response


@needs(LOAD)
@require_POST
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a reading of glued cells of a page that is loaded."""
    page = get_object_or_404(Page, pk=pk)
    try:
        with transaction.atomic():  # for both roles or for none
            for title, said in texts_chosen(request):
                batches.choose_stored_value(page, identity(title), request.POST.get("field", ""), said, person(request))
    except UnreadableError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "The choice is kept.")
    return redirect("admin:ingest_page_change", pk)


@needs(UNDO)
@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what taking a page back would remove, and do it."""
    page = get_object_or_404(Page.objects.defer("content"), pk=pk)
    if page.citation_id is None:
        messages.warning(request, "This page is taken back already.")
        return redirect("admin:ingest_page_change", pk)
    if request.method == "POST":
        batches.undo_page(page, person(request))
        messages.success(request, "The page is taken back. It can be loaded again from here.")
        return redirect("admin:ingest_page_change", pk)
    going = batches.preview_undo(Page.objects.filter(pk=pk))
    context = {
        "sentences": [
            "What this page brought goes, and what it replaced is current again.",
            "Its file and the choices made for it stay, so that it can be loaded again.",
        ],
        "goes": [title for _, title in going.roles],
        "goes_more": going.more_roles,
        "goes_head": f"{plural(len(going.roles) + going.more_roles, 'role')} that no other page speaks of would go too",
        "button": "Take the page back",
        "button_class": "takes-back",
        "back": _address("change", page),
        "crumbs": [crumb("Pages", "ingest_page_changelist"), (shown(page.name), _address("change", page))],
    }
    return screen(request, "admin/ingest/confirm.html", "Take the page back", context)


@needs(LOAD)
@require_POST
def load_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo the undo: load a page that was taken back from its stored bytes."""
    page = get_object_or_404(Page, pk=pk)
    changes = batches.load_page_again(page, person(request))
    if changes.status == "refused":
        messages.error(request, changes.error or "The page was refused.")
    else:
        messages.success(request, f"The page is loaded again: {plural(len(changes.changes), 'change')}.")
    return redirect("admin:ingest_page_change", pk)


@needs(LOAD)
@require_POST
def read_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Rehearse reading one stored page anew."""
    batch = batches.open_reread_batch(person(request), Page.objects.filter(pk=pk, citation__isnull=False))
    return redirect("admin:ingest_batch_change", batch.pk)
