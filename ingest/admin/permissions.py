"""Who may look and who may act."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from ingest.models import Event

LOAD, UNDO = "ingest.load_page", "ingest.undo_page"
MERGE, LINK, TAKE_DOWN = "careers.merge_role", "careers.link_role", "careers.takedown_publisher"
VIEW_PAGES = ("ingest.view_page", "ingest.view_batch", "ingest.view_draft", LOAD, UNDO)
VIEW_ROLES = ("careers.view_role", MERGE, LINK)

# What the record of events can undo, with the permission for it. The loading of pages is undone on their own screens.
UNDO_PERMISSIONS = {
    Event.What.CHOOSE: LOAD,
    Event.What.MERGE: MERGE,
    Event.What.RENAME: MERGE,
    Event.What.ALIAS: MERGE,
    Event.What.NO_ALIAS: MERGE,
    Event.What.CLOSEST: LINK,
}

Arguments = ParamSpec("Arguments")
View = Callable[Concatenate[HttpRequest, Arguments], HttpResponse]


def has_any(request: HttpRequest, *permissions: str) -> bool:
    """Whether the person who asks has one of these permissions."""
    return any(request.user.has_perm(permission) for permission in permissions)


def require_any(*permissions: str) -> Callable[[View[Arguments]], View[Arguments]]:
    """A view for people with one of these permissions; others get 403."""

    def decorate(view: View[Arguments]) -> View[Arguments]:
        @wraps(view)
        def checked(request: HttpRequest, /, *args: Arguments.args, **kwargs: Arguments.kwargs) -> HttpResponse:
            if not has_any(request, *permissions):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return checked

    return decorate


def user_of(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None
