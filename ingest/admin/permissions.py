"""The permissions of admins, and the groups that bundle them."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, TypeVar

from django.contrib.auth.decorators import user_passes_test
from django.contrib.auth.models import AnonymousUser, Group, Permission, User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ingest.models import Batch, Draft, Event, Page

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
    Event.What.ADD_TITLE: LINK,
}

# Group -> its permissions. Each holds those of the group before it.
_VIEWER = (
    *("ingest.view_page", "ingest.view_batch", "ingest.view_draft", "ingest.view_event", "ingest.view_knownname"),
    *("careers.view_role", "careers.view_rolealias", "careers.view_publisher", "careers.view_citation"),
    *("careers.view_skill", "careers.view_skillalias"),
)
_LOADER = (*_VIEWER, LOAD, UNDO)
_EDITOR = (
    *(*_LOADER, MERGE, LINK, TAKE_DOWN),
    *("careers.add_skillalias", "careers.change_skillalias", "careers.delete_skillalias"),
)
READY_GROUPS = {"viewer": _VIEWER, "loader": _LOADER, "editor": _EDITOR}


def create_groups() -> None:
    """Create the ready-made groups in a database that has no groups yet."""
    if Group.objects.exists():
        return
    stored = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in Permission.objects.select_related("content_type")
    }
    for name, permissions in READY_GROUPS.items():
        Group.objects.create(name=name).permissions.set([stored[permission] for permission in permissions])


View = TypeVar("View", bound=Callable[..., Any])


def has_any(request: HttpRequest, *permissions: str) -> bool:
    """Whether the person who asks has one of these permissions."""
    return is_allowed(request.user, *permissions)


def is_allowed(user: User | AnonymousUser, *permissions: str) -> bool:
    return any(map(user.has_perm, permissions))


def screen(*permissions: str) -> Callable[[View], View]:
    """A view that changes nothing, for people with one of these permissions; others get 403."""
    return _restrict(permissions, require_safe)


def form_screen(*permissions: str) -> Callable[[View], View]:
    """The same for a view that shows a form and takes it."""
    return _restrict(permissions, require_http_methods(["GET", "HEAD", "POST"]))


def action(*permissions: str) -> Callable[[View], View]:
    """The same for a view that a button posts to."""
    return _restrict(permissions, require_POST)


def _restrict(permissions: Sequence[str], require_method: Callable[[View], View]) -> Callable[[View], View]:
    def has_one(user: User | AnonymousUser) -> bool:
        if not is_allowed(user, *permissions):
            raise PermissionDenied
        return True

    return lambda view: user_passes_test(has_one)(require_method(_notice_deletions(view)))


def _notice_deletions(view: View) -> View:
    """The same view, which answers 404 where somebody deletes what it works on at that moment."""

    @wraps(view)
    def answer(*args: Any, **kwargs: Any) -> Any:
        try:
            return view(*args, **kwargs)
        except (Batch.DoesNotExist, Draft.DoesNotExist, Page.DoesNotExist) as error:
            raise Http404 from error

    return answer  # type: ignore[return-value]  # what wraps a view is one


def get_user(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None
