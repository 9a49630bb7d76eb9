"""What the screens share: who may look and who may act, lists in pages, and events as sentences."""

from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib import admin
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, reverse

from careers.vocabulary import NOT_PUBLISHED, label_of
from ingest.admin.wording import shown
from ingest.models import Event

LOAD, UNDO = "ingest.load_page", "ingest.undo_page"
MERGE, LINK, TAKE_DOWN = "careers.merge_role", "careers.link_role", "careers.takedown_publisher"
LOOK = ("ingest.view_page", "ingest.view_batch", "ingest.view_draft", LOAD, UNDO)
LIST_LENGTH = 100

Given = ParamSpec("Given")
View = Callable[Concatenate[HttpRequest, Given], HttpResponse]


def may(request: HttpRequest, *permissions: str) -> bool:
    """Whether the person who asks has one of these permissions."""
    return any(request.user.has_perm(each) for each in permissions)


def needs(*permissions: str) -> Callable[[View[Given]], View[Given]]:
    """A view for people with one of these permissions; others are told 403."""

    def decorate(view: View[Given]) -> View[Given]:
        @wraps(view)
        def checked(request: HttpRequest, /, *args: Given.args, **kwargs: Given.kwargs) -> HttpResponse:
            if not may(request, *permissions):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return checked

    return decorate


def person(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None


def screen(
    request: HttpRequest, template: str, title: str, context: Mapping[str, Any], status: int = 200
) -> TemplateResponse:
    """A page of the admin, with what its base template needs."""
    around = {**admin.site.each_context(request), "title": title, "crumbs": (), **context}
    return TemplateResponse(request, template, around, status=status)


def wants_json(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def crumb(name: str, address: str) -> tuple[str, str]:
    return name, reverse(f"admin:{address}")


def listed(request: HttpRequest, rows: QuerySet[Any], length: int = LIST_LENGTH) -> dict[str, Any]:
    """One page of a list, the numbers of its neighbours, and the rest of the address, for `_pages.html`."""
    paginator = Paginator(rows, length)
    page: ListPage[Any] = paginator.get_page(request.GET.get("p"))
    query = request.GET.copy()
    query.pop("p", None)
    return {
        "listed": page,
        "numbers": list(paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)),
        "query": f"{query.urlencode()}&" if query else "",
    }


def titled(title: str) -> type[admin.FieldListFilter]:
    """A filter of a list under a name that people understand."""

    class Titled(admin.FieldListFilter):
        def __new__(cls, *args: Any, **kwargs: Any) -> Any:
            made = admin.FieldListFilter.create(*args, **kwargs)
            made.title = title
            return made

    return Titled


# -- events -----------------------------------------------------------------------------------

# What can be undone from the record itself; pages are taken back on their own screen.
UNDOABLE = {
    Event.What.MERGE: MERGE,
    Event.What.RENAME: MERGE,
    Event.What.ALIAS: MERGE,
    Event.What.CLOSEST: LINK,
}


def told(request: HttpRequest, events: Iterable[Event]) -> list[dict[str, Any]]:
    """Events as `_events.html` shows them: the sentence, when, and where it can be undone."""
    found = []
    for event in events:
        permission = UNDOABLE.get(Event.What(event.what))
        undone = hasattr(event, "undone_by")
        can_undo = permission is not None and not undone and may(request, permission)
        found.append(
            {
                "at": event.at,
                "sentence": sentence(event),
                "undone": undone,
                "undo_url": reverse("admin:ingest_event_undo", args=[event.pk]) if can_undo else "",
            }
        )
    return found


def sentence(event: Event) -> str:
    """What happened, in words: who, what, to what."""
    who = str(event.by) if event.by else "Someone at the command line"
    return shown(" ".join(part for part in (who, event.get_what_display(), _object_of(event)) if part)) + "."


def _object_of(event: Event) -> str:
    details: dict[str, Any] = event.details
    subject = str(event.page or event.role or event.publisher or event.batch or "what is gone by now")
    match event.what:
        case Event.What.LOAD | Event.What.REREAD:
            changes = details.get("changes", 0)
            return f"{subject}: {changes} {'change' if changes == 1 else 'changes'}"
        case Event.What.CHOOSE:
            text = details.get("text")
            chosen = f"“{NOT_PUBLISHED if text is None else text}”"
            label, role = label_of(str(details.get("field", ""))), details.get("role", "")
            return f"{chosen} for {label} of {role} in {event.page or details.get('file') or subject}"
        case Event.What.ALIAS:
            return f"{subject}: “{details.get('title', '')}”"
        case Event.What.MERGE:
            gone = details.get("role", {})
            return f"{gone.get('title', 'a role') if isinstance(gone, dict) else gone} into {subject}"
        case Event.What.RENAME:
            titles = [_title(details.get(when)) for when in ("before", "after")]
            return f"{titles[0]} to {titles[1]}"
        case Event.What.CLOSEST:
            return f"{subject}: {_title(details.get('after')) or 'none'}"
        case Event.What.TAKE_DOWN:
            return f"{subject}: {details.get('reason', '')}"
        case Event.What.REVERT:
            return f"a step: {event.undoes}" if event.undoes else "a step"
    return subject


def _title(what: Any) -> str:
    return str(what.get("title", "")) if isinstance(what, dict) else str(what or "")


def address_of(name: str, *args: Any) -> str:
    """An admin address, empty where there is none."""
    try:
        return reverse(f"admin:{name}", args=args)
    except NoReverseMatch:
        return ""


def plural(number: int, noun: str, many: str = "") -> str:
    """
    >>> plural(1, "page"), plural(5000, "page"), plural(2, "entry", "entries")
    ('1 page', '5,000 pages', '2 entries')
    """
    return f"{number:,} {noun if number == 1 else many or noun + 's'}"
