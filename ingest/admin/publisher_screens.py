"""Publishers: what is said of them, and their pages taken down as one and put back."""

from typing import Any

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import URLField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_http_methods

from careers.admin import ModelAdmin
from careers.models import Publisher, Revision
from ingest.admin.screens import TAKE_DOWN, crumb, may, needs, person, plural, screen, told
from ingest.forms import ReasonForm
from ingest.loading.removal import put_back_publisher, take_down_publisher


@admin.register(Publisher)
class PublisherAdmin(ModelAdmin):
    list_display = ("name", "homepage", "licence", "pages", "taken_down_at")
    search_fields = ("name",)
    fields = ("name", "homepage", "licence", "licence_url", "attribution", "taken_down_at", "taken_down_for")
    # Pages name it; another name would be another publisher.
    readonly_fields = ("name", "taken_down_at", "taken_down_for")
    change_form_template = "admin/careers/publisher.html"
    formfield_overrides = {URLField: {"assume_scheme": "https"}}

    @admin.display(description="pages")
    def pages(self, publisher: Publisher) -> int:
        return publisher.citations.count()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Publisher | None = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Publisher | None = None) -> bool:
        return super().has_view_permission(request, obj) or may(request, TAKE_DOWN)

    def save_model(self, request: HttpRequest, obj: Publisher, form: Any, change: bool) -> None:
        with transaction.atomic():
            revision = Revision.lock()
            super().save_model(request, obj, form, change)
            revision.count_up()  # pages that show the licence are made anew

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        publisher = self.get_object(request, object_id)
        around: dict[str, Any] = {}
        if publisher and may(request, TAKE_DOWN):
            view = "put_back" if publisher.taken_down_at else "take_down"
            around["act_url"] = reverse(f"admin:careers_publisher_{view}", args=[publisher.pk])
            around["act_name"] = "Put its pages back" if publisher.taken_down_at else "Take its pages down"
        if publisher:
            around["happened"] = told(request, publisher.events.select_related("by", "publisher", "undone_by")[:50])
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **around})

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        own = [
            path("<int:pk>/take-down/", wrap(take_pages_down), name="careers_publisher_take_down"),
            path("<int:pk>/put-back/", wrap(put_pages_back), name="careers_publisher_put_back"),
        ]
        return own + super().get_urls()


@needs(TAKE_DOWN)
@require_http_methods(["GET", "HEAD", "POST"])
def take_pages_down(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why, say what it means, do it."""
    publisher = get_object_or_404(Publisher, pk=pk)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        take_down_publisher(publisher, person(request), form.cleaned_data["reason"])
        messages.success(request, f"The pages of {publisher} are taken down. They can be put back from here.")
        return redirect("admin:careers_publisher_change", pk)
    pages = plural(publisher.citations.count(), "page")
    context = {
        "sentences": [
            f"Nothing that {pages} of {publisher} say is then shown anywhere: not on a page, not in a file, not as a "
            "source. Where another publisher tells of the same, that is shown.",
            "The pages themselves are kept, and can be put back whole.",
        ],
        "form": form,
        "button": "Take its pages down",
        "button_class": "takes-back",
        **_around(publisher),
    }
    return screen(request, "admin/ingest/confirm.html", f"Take down the pages of {publisher}", context)


@needs(TAKE_DOWN)
@require_http_methods(["GET", "HEAD", "POST"])
def put_pages_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a publisher's pages again."""
    publisher = get_object_or_404(Publisher, pk=pk)
    if request.method == "POST":
        put_back_publisher(publisher, person(request))
        messages.success(request, f"The pages of {publisher} are back.")
        return redirect("admin:careers_publisher_change", pk)
    context = {
        "sentences": [
            f"They were taken down for: {publisher.taken_down_for or 'no reason given'}",
            "Everything they say is shown again, as if they had never been taken down.",
        ],
        "button": "Put its pages back",
        **_around(publisher),
    }
    return screen(request, "admin/ingest/confirm.html", f"Put back the pages of {publisher}", context)


def _around(publisher: Publisher) -> dict[str, Any]:
    back = reverse("admin:careers_publisher_change", args=[publisher.pk])
    return {"back": back, "crumbs": [crumb("Publishers", "careers_publisher_changelist"), (str(publisher), back)]}
