"""The record of what was done, and the names that were learned."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse

from careers.admin import ReadOnlyAdmin
from careers.models import Role
from careers.vocabulary import NOT_PUBLISHED
from ingest.admin.permissions import UNDO_PERMISSIONS, form_screen, get_user, has_any
from ingest.admin.screen_parts import make_titled_filter, render_confirmation
from ingest.admin.wording import get_field_label, reveal_invisible
from ingest.batches.decisions import undo_choice
from ingest.loading.merges import TitleError, undo_event
from ingest.models import Event, KnownName
from ingest.parsing.cells import UnreadableError
from ingest.plurals import count_of


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    list_display = ("when", "what_happened")
    list_display_links = None
    list_filter = ("what", ("at", make_titled_filter("day")), ("by", make_titled_filter("person")))
    list_select_related = ("by", "page", "batch", "role", "publisher", "undoes")
    search_fields = ("page__name", "role__title", "publisher__name")

    @admin.display(description="when", ordering="at")
    def when(self, event: Event) -> str:
        return f"{event.at:%Y-%m-%d %H:%M}"

    @admin.display(description="what happened")
    def what_happened(self, event: Event) -> str:
        return describe_event(event)

    def get_urls(self) -> list[URLPattern]:
        undo = self.admin_site.admin_view(undo_step)
        return [path("<int:pk>/undo/", undo, name="ingest_event_undo"), *super().get_urls()]


@admin.register(KnownName)
class KnownNameAdmin(ReadOnlyAdmin):
    list_display = ("name", "kind")
    list_filter = ("kind",)
    search_fields = ("name",)


# -- sentences --------------------------------------------------------------------------------


def list_events(request: HttpRequest, events: Iterable[Event]) -> list[dict[str, Any]]:
    """Events as `_events.html` shows them: the sentence, when, and where it can be undone."""
    entries = []
    for event in events:
        permission = UNDO_PERMISSIONS.get(Event.What(event.what))
        undone = hasattr(event, "undone_by")
        # Of choices, only those for a loaded page can be undone: a draft is simply given another choice.
        is_undoable = event.what != Event.What.CHOOSE or (event.page_id is not None and "before" in event.details)
        can_undo = is_undoable and permission is not None and not undone and has_any(request, permission)
        entries.append(
            {
                "at": event.at,
                "sentence": describe_event(event),
                "undone": undone,
                "undo_url": reverse("admin:ingest_event_undo", args=[event.pk]) if can_undo else "",
            }
        )
    return entries


def describe_event(event: Event) -> str:
    """A sentence that says who did what to what."""
    who = str(event.by) if event.by else "Someone at the command line"
    return reveal_invisible(f"{who} {event.get_what_display()} {_name_object(event)}") + "."


def _name_object(event: Event) -> str:
    details: dict[str, Any] = event.details
    subject = _name_subject(event)
    match event.what:
        case Event.What.LOAD | Event.What.REREAD:
            return f"{subject}: {count_of(details.get('changes', 0), 'change')}"
        case Event.What.CHOOSE:
            return _describe_choice(event)
        case Event.What.ALIAS | Event.What.NO_ALIAS | Event.What.ADD_TITLE:
            return f"{subject}: “{details.get('title', '')}”"
        case Event.What.MERGE:
            return f"{_read_title(details.get('role', 'a role'))} into {subject}"
        case Event.What.RENAME:
            return f"{_read_title(details.get('before'))} to {_read_title(details.get('after'))}"
        case Event.What.CLOSEST:
            return f"{subject}: {_read_title(details.get('after')) or 'none'}"
        case Event.What.TAKE_DOWN:
            return f"{subject}: {details.get('reason', '')}"
        case Event.What.DISCARD:
            return f"{details.get('name', 'a batch')}: {count_of(details.get('files', 0), 'file')}"
        case Event.What.REVERT:
            return f"a step: {event.undoes or 'deleted since'}"
    return subject


def _name_subject(event: Event) -> str:
    return str(event.page or event.role or event.publisher or event.batch or "something since deleted")


def _describe_choice(event: Event) -> str:
    details: dict[str, Any] = event.details
    page = event.page or details.get("file") or _name_subject(event)
    text = details.get("text")
    choice = NOT_PUBLISHED if text is None else text
    return f"“{choice}” for {get_field_label(str(details.get('field', '')))} of {details.get('role', '')} in {page}"


def _read_title(role: Any) -> str:
    """The title in what an event stores about a role: a dictionary, or only the title in old events."""
    return str(role.get("title", "")) if isinstance(role, dict) else str(role or "")


# -- undoing ----------------------------------------------------------------------------------


@form_screen(*UNDO_PERMISSIONS.values())
def undo_step(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo a merge, a renaming, an alias, a closest occupation or a choice, after asking."""
    event = get_object_or_404(Event.objects.select_related("role", "page", "by"), pk=pk)
    permission = UNDO_PERMISSIONS.get(Event.What(event.what))
    if permission is None or not has_any(request, permission):
        raise PermissionDenied
    address, name = _find_screen(event)
    if request.method == "POST":
        try:
            if event.what == Event.What.CHOOSE:
                undo_choice(event, get_user(request))
            else:
                undo_event(event, get_user(request))
        except (TitleError, UnreadableError) as error:
            messages.error(request, str(error))
        else:
            messages.success(request, "The step is undone.")
        is_gone = event.role and not Role.objects.filter(pk=event.role.pk).exists()  # undoing can delete the role
        return redirect(reverse("admin:careers_role_changelist") if is_gone else address)
    sentences = [describe_event(event), "Everything becomes as if this had never been done."]
    return render_confirmation(request, "Undo a step", sentences, "Undo", [(name, address)])


def _find_screen(event: Event) -> tuple[str, str]:
    """(address, name) of the screen of the role or page that an event concerns."""
    if event.role:
        return reverse("admin:careers_role_change", args=[event.role.pk]), event.role.title
    if event.page:
        return reverse("admin:ingest_page_change", args=[event.page.pk]), reveal_invisible(event.page.name)
    return reverse("admin:ingest_event_changelist"), "Events"
