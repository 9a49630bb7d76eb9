"""The record of what was done, and the names that were learned."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_http_methods

from careers.admin import ReadOnlyAdmin
from ingest.admin.screens import UNDOABLE, crumb, may, person, screen, sentence, titled
from ingest.loading.merges import TitleError, undo_event
from ingest.models import Event, KnownName


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    list_display = ("when", "what_happened")
    list_display_links = None
    list_filter = ("what", ("at", titled("day")), ("by", titled("person")))
    list_select_related = ("by", "page", "batch", "role", "publisher", "undoes")
    search_fields = ("page__name", "role__title", "publisher__name")

    @admin.display(description="when", ordering="at")
    def when(self, event: Event) -> str:
        return f"{event.at:%Y-%m-%d %H:%M}"

    @admin.display(description="what happened")
    def what_happened(self, event: Event) -> str:
        return sentence(event)

    def get_urls(self) -> list[URLPattern]:
        own = [path("<int:pk>/undo/", self.admin_site.admin_view(undo), name="ingest_event_undo")]
        return own + super().get_urls()


@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo a merge, a renaming or another title, after asking."""
    event = get_object_or_404(Event.objects.select_related("role", "by"), pk=pk)
    permission = UNDOABLE.get(Event.What(event.what))
    if permission is None or not may(request, permission):
        raise PermissionDenied
    address, name = reverse("admin:ingest_event_changelist"), "Events"
    if event.role:
        address, name = reverse("admin:careers_role_change", args=[event.role.pk]), event.role.title
    if request.method == "POST":
        try:
            undo_event(event, person(request))
        except TitleError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, "It is undone.")
        # The role may be gone with what was undone.
        left = event.role and type(event.role).objects.filter(pk=event.role.pk).exists()
        return redirect(address if left else reverse("admin:careers_role_changelist"))
    context: dict[str, Any] = {
        "sentences": [sentence(event), "Everything is then as it would be had this not been done."],
        "button": "Undo it",
        "back": address,
        "crumbs": [crumb("Roles", "careers_role_changelist"), (name, address)],
    }
    return screen(request, "admin/ingest/confirm.html", "Undo a step", context)


@admin.register(KnownName)
class KnownNameAdmin(ReadOnlyAdmin):
    list_display = ("name", "kind")
    list_filter = ("kind",)
    search_fields = ("name",)
