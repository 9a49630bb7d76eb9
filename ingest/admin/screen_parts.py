"""What the screens share: the frame around each, breadcrumbs, lists in pages, filters."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django import forms
from django.contrib import admin
from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import reverse

from careers.admin import ReadOnlyAdmin
from careers.models import Role
from ingest.admin.permissions import has_any
from ingest.loading.merges import TitleError

LIST_LENGTH = 100
MOST_TITLES = 2000  # offered while a title is typed


def render_screen(
    request: HttpRequest, template: str, title: str, context: Mapping[str, Any], status: int = 200
) -> TemplateResponse:
    """A page of the admin, with what its base template needs."""
    frame = {**admin.site.each_context(request), "title": title, "breadcrumbs": (), **context}
    return TemplateResponse(request, template, frame, status=status)


def render_confirmation(
    request: HttpRequest,
    title: str,
    sentences: Sequence[str],
    button: str,
    breadcrumbs: Sequence[tuple[str, str]],
    **more: Any,
) -> TemplateResponse:
    """The screen that says what a change does and asks for it.

    `breadcrumbs`: the last one leads back. `more`: the form, titles that it offers, what is removed.
    """
    context = {"sentences": sentences, "button": button, "breadcrumbs": breadcrumbs, "back": breadcrumbs[-1][1], **more}
    return render_screen(request, "admin/ingest/confirm.html", title, context)


def save_form(form: forms.Form, field: str, change: Callable[[dict[str, Any]], object]) -> bool:
    """Whether a valid form was posted and its change was made. The reason against it stands at the field."""
    if not form.is_valid():
        return False
    try:
        change(form.cleaned_data)
    except TitleError as error:
        form.add_error(field, str(error))
        return False
    return True


def wants_json(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def list_titles_to_offer(roles: QuerySet[Role]) -> QuerySet[Role, str]:
    """The titles that a field offers while one is typed."""
    return roles.order_by("title").values_list("title", flat=True)[:MOST_TITLES]


class ScreenAdmin(ReadOnlyAdmin):
    """Rows that people with one of `view_permissions` see."""

    view_permissions: tuple[str, ...] = ()

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return has_any(request, *self.view_permissions)


def make_breadcrumb(name: str, view: str) -> tuple[str, str]:
    """(name, address) of a step of the path above a screen. `view`: the name of an admin view without arguments."""
    return name, reverse(f"admin:{view}")


def paginate(request: HttpRequest, rows: QuerySet[Any] | list[Any], length: int = LIST_LENGTH) -> dict[str, Any]:
    """The page of a list that `?p=` asks for, the numbers of the others, and the rest of the query string.

    The template `_pagination.html` reads these.
    """
    paginator = Paginator(rows, length)
    page: ListPage[Any] = paginator.get_page(request.GET.get("p"))
    query = request.GET.copy()
    query.pop("p", None)
    return {
        "listed": page,
        "numbers": list(paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)),
        "query": f"{query.urlencode()}&" if query else "",
    }


def make_titled_filter(title: str) -> type[admin.FieldListFilter]:
    """A filter of a list under a title that people understand."""

    class TitledFilter(admin.FieldListFilter):
        def __new__(cls, *args: Any, **kwargs: Any) -> Any:
            list_filter = admin.FieldListFilter.create(*args, **kwargs)
            list_filter.title = title
            return list_filter

    return TitledFilter
