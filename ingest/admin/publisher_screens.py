"""Publishers: their licences and attributions, and taking down all pages of one or putting them back."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import URLField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse

from careers.admin import ModelAdmin
from careers.models import Publisher, Revision
from ingest.admin.events import list_events
from ingest.admin.permissions import TAKE_DOWN, form_screen, get_user, has_any
from ingest.admin.screen_parts import make_breadcrumb, render_confirmation
from ingest.forms import ReasonForm
from ingest.loading.removal import put_back_publisher, take_down_publisher
from ingest.plurals import count_of


@admin.register(Publisher)
class PublisherAdmin(ModelAdmin):
    list_display = ("name", "homepage", "licence", "pages", "taken_down_at")
    search_fields = ("name",)
    fields = ("name", "homepage", "licence", "licence_url", "attribution", "taken_down_at", "taken_down_for")
    # Pages state the name: with another name it would be another publisher.
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
        return super().has_view_permission(request, obj) or has_any(request, TAKE_DOWN)

    def save_model(self, request: HttpRequest, obj: Publisher, form: Any, change: bool) -> None:
        with Revision.counting_up():  # cached pages show the old licence
            super().save_model(request, obj, form, change)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        publisher = self.get_object(request, object_id)
        extra: dict[str, Any] = {}
        if publisher and has_any(request, TAKE_DOWN):
            view = "put_back" if publisher.taken_down_at else "take_down"
            extra["action_url"] = reverse(f"admin:careers_publisher_{view}", args=[publisher.pk])
            extra["action_name"] = "Put its pages back" if publisher.taken_down_at else "Take its pages down"
        if publisher:
            events = publisher.events.select_related("by", "publisher", "undone_by")
            extra["events"] = list_events(request, events[:50])
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **extra})

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/take-down/", wrap(take_pages_down), name="careers_publisher_take_down"),
            path("<int:pk>/put-back/", wrap(put_pages_back), name="careers_publisher_put_back"),
            *super().get_urls(),
        ]


@form_screen(TAKE_DOWN)
def take_pages_down(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the reason, say what taking down means, and do it."""
    publisher = get_object_or_404(Publisher, pk=pk)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        take_down_publisher(publisher, get_user(request), form.cleaned_data["reason"])
        messages.success(request, f"The pages of {publisher} are taken down. They can be put back from here.")
        return redirect("admin:careers_publisher_change", pk)
    pages = count_of(publisher.citations.count(), "page")
    return render_confirmation(
        request,
        f"Take down the pages of {publisher}",
        [
            f"No fact from the {pages} of {publisher} will be shown anywhere: not on a page, not in a file, not as a "
            "source. Where another publisher has the same facts, those are shown.",
            "The pages themselves stay stored, and all of them can be put back.",
        ],
        "Take its pages down",
        _make_breadcrumbs(publisher),
        form=form,
        button_class="removes",
    )


@form_screen(TAKE_DOWN)
def put_pages_back(request: HttpRequest, pk: int) -> HttpResponse:
    publisher = get_object_or_404(Publisher, pk=pk)
    if request.method == "POST":
        put_back_publisher(publisher, get_user(request))
        messages.success(request, f"The pages of {publisher} are back.")
        return redirect("admin:careers_publisher_change", pk)
    sentences = [
        f"Reason for taking them down: {publisher.taken_down_for or 'no reason given'}",
        "All their facts are shown again, as if they had never been taken down.",
    ]
    title = f"Put back the pages of {publisher}"
    return render_confirmation(request, title, sentences, "Put its pages back", _make_breadcrumbs(publisher))


def _make_breadcrumbs(publisher: Publisher) -> list[tuple[str, str]]:
    address = reverse("admin:careers_publisher_change", args=[publisher.pk])
    return [make_breadcrumb("Publishers", "careers_publisher_changelist"), (str(publisher), address)]
