"""The API: what is stored, as JSON in the project's vocabulary. Read only; `openapi.json` describes it."""

from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from comparisons.api import openapi
from comparisons.exports import serializer
from comparisons.language import messages
from comparisons.links import VS, address
from comparisons.queries import featured, listings, skill_lists
from comparisons.queries.filters import RolesFilter
from comparisons.queries.revision import current_revision
from comparisons.queries.roles import MOST_ROLES, CurrentRole, read_current_roles
from comparisons.search import matching
from comparisons.views import tables
from comparisons.views.lists import KEYS
from comparisons.views.metadata import absolute

Asked = dict[str, Any]
View = Callable[..., HttpResponseBase]
READ = ("GET", "HEAD")


class NotThereError(Exception):
    """What an address names is not stored. `near`: what may have been meant."""

    def __init__(self, said: str, near: Iterable[matching.Title] = ()) -> None:
        super().__init__(said)
        self.near = list(near)


def answers(path: str) -> Callable[[Callable[..., Any]], View]:
    """The view of a path of the document: it gets the query as read by it, and gives data."""

    def of(view: Callable[..., Any]) -> View:
        @wraps(view)
        def answer(request: HttpRequest, **place: str) -> HttpResponse:
            try:
                return JsonResponse(view(request, openapi.read(path, request.GET), **place))
            except openapi.ParameterError as error:
                said = {"error": str(error), "parameter": error.parameter, "expected": error.expected}
                return JsonResponse(said, status=400)
            except SuspiciousOperation as error:  # more parameters than are looked at
                return JsonResponse({"error": str(error)}, status=400)
            except NotThereError as error:
                return JsonResponse({"error": str(error), "near": [each._asdict() for each in error.near]}, status=404)

        return answer

    return of


def only_read(view: View) -> View:
    """As `require_safe`, in JSON."""

    @wraps(view)
    def answer(request: HttpRequest, **place: str) -> HttpResponseBase:
        if request.method in READ:
            return view(request, **place)
        return JsonResponse({"error": messages.ONLY_READ}, status=405, headers={"Allow": ", ".join(READ)})

    return answer


@answers("/api/v1/roles")
def roles(request: HttpRequest, asked: Asked) -> Any:
    publishers = listings.list_publishers(current_revision())
    publisher = next((each for each in publishers if asked["publisher"] in (None, each.slug)), None)
    if publisher is None:
        return _no_publisher(request, asked, publishers)
    if asked["group"] and asked["group"] not in publisher.groups:
        raise NotThereError(messages.no_group(asked["group"], publisher.name))
    filters, order = RolesFilter(request.GET, publisher), tables.list_order(asked["sort"])
    counted = listings.count_roles(publisher, filters.qs if filters.active else None, order)
    exact = counted.is_all or not filters.active
    reached = counted.roles if exact else listings.MOST_COUNTED
    start = (asked["page"] - 1) * asked["limit"]
    stop = min(start + asked["limit"], reached)
    found = listings.read_roles(filters.qs, order, counted.known, start, stop) if start < stop else []
    whose = {"publisher": {"name": publisher.name, "slug": publisher.slug}}
    paging = _paging(request, asked, reached) | ({} if exact else {"total": None})
    return whose | paging | {"roles": [_in_list(request, row) for row in found]}


def _no_publisher(request: HttpRequest, asked: Asked, publishers: Sequence[listings.ListedPublisher]) -> Any:
    if asked["publisher"]:
        known = [matching.Title(each.name, each.slug) for each in publishers]
        raise NotThereError(messages.no_publisher(asked["publisher"]), known)
    return {"publisher": None} | _paging(request, asked, 0) | {"roles": []}


def _in_list(request: HttpRequest, row: listings.ListedRole) -> dict[str, Any]:
    data: dict[str, Any] = {"url": absolute(request, address("role", row.slug))}
    for key, value in zip(KEYS, row, strict=True):
        group, _, name = key.rpartition(".")
        (data.setdefault(group, {}) if group else data)[name] = serializer.number(value)
    return data


@answers("/api/v1/search")
def find(request: HttpRequest, asked: Asked) -> Any:
    found = matching.find_roles(asked["q"], asked["limit"])
    return {
        "q": found.typed,
        "near": found.near,
        "instead": found.instead or None,
        "roles": [
            {
                "title": hit.title,
                "slug": hit.slug,
                "url": absolute(request, address("role", hit.slug)),
                "official": hit.occupation,
                "annual_average": hit.annual_average,
                "publisher": hit.publisher,
            }
            for hit in found.roles
        ],
    }


@answers("/api/v1/roles/{slug}")
def role(request: HttpRequest, asked: Asked, slug: str) -> Any:
    return serializer.role_data(_current([slug])[0])


@answers("/api/v1/compare/{slugs}")
def compare(request: HttpRequest, asked: Asked, slugs: str) -> Any:
    named = slugs.split(VS)
    expected = messages.several_slugs(MOST_ROLES)
    if not 2 <= len(named) <= MOST_ROLES:
        raise openapi.ParameterError("slugs", messages.names(len(named)), expected)
    found = _current(named)
    if len(found) < len(named):
        raise openapi.ParameterError("slugs", "names a role twice", expected)
    return serializer.comparison_data(found)


def _current(slugs: Sequence[str]) -> list[CurrentRole]:
    """The roles of these slugs or of those that are other titles of theirs, each once."""
    found = read_current_roles(slugs)
    unknown = [slug for slug in slugs if slug not in {role.slug for role in found}]
    if not unknown:
        return found
    names = matching.find_roles_of_other_titles(unknown)
    lost = [matching.clean_typed(slug.replace("-", " ")) for slug in unknown if slug not in names]
    if lost:
        near = [title for typed in lost for title in matching.suggest_titles(typed)]
        raise NotThereError(messages.unknown([typed for typed in lost if typed]), near)
    return read_current_roles([names.get(slug, slug) for slug in slugs])


@answers("/api/v1/skills")
def skill_list(request: HttpRequest, asked: Asked) -> Any:
    known = skill_lists.count_skills(current_revision())
    start = (asked["page"] - 1) * asked["limit"]
    found = [
        each._asdict() | {"url": absolute(request, address("api_skill", each.slug))}
        for each in known[start : start + asked["limit"]]
    ]
    return _paging(request, asked, len(known)) | {"skills": found}


@answers("/api/v1/skills/{slug}")
def skill(request: HttpRequest, asked: Asked, slug: str) -> Any:
    found = skill_lists.find_skill(slug)
    counted = skill_lists.count_skills(current_revision()) if found else ()
    total = next((each.roles for each in counted if found and each.slug == found.slug), 0)
    if found is None or not total:
        raise NotThereError(messages.no_skill(matching.clean_typed(slug)), skill_lists.suggest_skills(slug))
    start = (asked["page"] - 1) * asked["limit"]
    listing = (
        skill_lists.list_roles_with_skill(found, start, min(start + asked["limit"], total)) if start < total else []
    )
    data = [each._asdict() | {"url": absolute(request, address("role", each.slug))} for each in listing]
    return {"name": found.name, "slug": found.slug} | _paging(request, asked, total) | {"roles": data}


def nothing(request: HttpRequest, rest: str) -> HttpResponse:
    """Any other address of the API."""
    return JsonResponse({"error": messages.NO_SUCH_ADDRESS, "near": []}, status=404)


def _paging(request: HttpRequest, asked: Asked, total: int) -> dict[str, Any]:
    page, limit = asked["page"], asked["limit"]
    pages = -(-total // limit)

    def link(number: int) -> str:
        query = [(name, value) for name, values in request.GET.lists() for value in values if name != "page"]
        return absolute(request, f"{request.path}?{urlencode([*query, ('page', number)])}")

    return {
        "total": total,
        "page": page,
        "limit": limit,
        "pages": pages,
        "next": link(page + 1) if page < pages else None,
        "previous": link(min(page - 1, pages)) if page > 1 and pages else None,
    }


# -- its description --------------------------------------------------------------------------


def document(request: HttpRequest) -> HttpResponse:
    return HttpResponse(openapi.TEXT, content_type="application/json")


@require_safe
def described(request: HttpRequest) -> HttpResponse:
    """The document for people, with addresses that can be tried."""
    number = current_revision()
    context = {
        "info": openapi.DOCUMENT["info"],
        "operations": openapi.operations(_examples(number)),
    }
    return render(request, "api.html", context)


def _examples(number: int) -> dict[str, str]:
    """Name of an operation -> an address of it that finds something."""
    known = [reverse(f"api_{name}") for name in ("roles", "skills")]
    found = {"roles": f"{known[0]}?sort=-pay&limit=10", "skills": f"{known[1]}?limit=10"}
    for pair in featured.choose_pairs(number)[:1]:
        first, second = pair.first, pair.second
        found["search"] = f"{reverse('api_search')}?{urlencode({'q': first.title})}"
        found["role"] = address("api_role", first.slug)
        found["compare"] = address("api_compare", first.slug, second.slug)
    if slug := skill_lists.find_any_listed_slug():
        found["skill"] = address("api_skill", slug)
    return found
