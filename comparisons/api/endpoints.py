"""The API: what is stored, as JSON in the project's vocabulary. Read only; `openapi.json` describes it."""

from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from itertools import chain
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from careers.areas import AREAS
from comparisons.api import openapi
from comparisons.exports import search_answers
from comparisons.exports.areas_and_years import list_areas
from comparisons.exports.exported_values import export_comparison
from comparisons.exports.numbers import simplify_number, simplify_value
from comparisons.exports.role_json import export_role
from comparisons.language.messages import chosen_roles
from comparisons.links import VS, address, of_roles
from comparisons.queries import featured, listings, skill_lists
from comparisons.queries.current_role import CurrentRole
from comparisons.queries.everyday_titles import add_everyday_titles
from comparisons.queries.filters import RolesFilter, choose_publisher
from comparisons.queries.place import PRICES, WHERE, Place, UnknownPlaceError, place_roles, read_place
from comparisons.queries.revision import read_current_revision
from comparisons.queries.roles import read_current_roles
from comparisons.rows import MOST_ROLES
from comparisons.search import matching
from comparisons.search.named_roles import find_roles_of_other_titles
from comparisons.search.results import Hit, Title
from comparisons.views import tables
from comparisons.views.lists import KEYS, list_exported_values
from comparisons.views.metadata import make_absolute

Query = dict[str, Any]
View = Callable[..., HttpResponseBase]
READ = ("GET", "HEAD")
MOST_NEAR = 5  # titles for an unknown slug


class NotStoredError(Exception):
    """Nothing is stored under the name in an address. `near`: what may have been meant."""

    def __init__(self, message: str, near: Iterable[Title] = ()) -> None:
        super().__init__(message)
        self.near = list(near)


def answer_in_json(path: str) -> Callable[[Callable[..., Any]], View]:
    """Makes a view of a function that gets the query, read by the description of `path`, and returns data."""

    def decorate(view: Callable[..., Any]) -> View:
        @wraps(view)
        def answer(request: HttpRequest, **slugs: str) -> HttpResponse:
            try:
                return JsonResponse(view(request, openapi.read_query(path, request.GET), **slugs))
            except openapi.ParameterError as error:
                problem = {"error": str(error), "parameter": error.parameter, "expected": error.expected}
                return JsonResponse(problem, status=400)
            except SuspiciousOperation as error:  # more parameters than are looked at
                return JsonResponse({"error": str(error)}, status=400)
            except NotStoredError as error:
                near = [title._asdict() for title in error.near]
                return JsonResponse({"error": str(error), "near": near}, status=404)

        return answer

    return decorate


def allow_only_reading(view: View) -> View:
    """Like `require_safe`, with an answer in JSON."""

    @wraps(view)
    def answer(request: HttpRequest, **slugs: str) -> HttpResponseBase:
        if request.method in READ:
            return view(request, **slugs)
        return JsonResponse({"error": chosen_roles.ONLY_READ}, status=405, headers={"Allow": ", ".join(READ)})

    return answer


@answer_in_json("/api/v1/roles")
def roles(request: HttpRequest, query: Query) -> Any:
    """A page of one publisher's list of roles."""
    publishers = listings.list_publishers(read_current_revision())
    publisher = _find_publisher(publishers, request.GET)
    if publisher is None:
        return {"publisher": None} | _describe_paging(request, query, 0) | {"roles": []}
    if query["group"] and query["group"] not in publisher.groups:
        raise NotStoredError(chosen_roles.explain_no_group(query["group"], publisher.name))
    filters, order = RolesFilter(request.GET, publisher), tables.read_order(query["sort"]) or listings.BY_TITLE
    if query["major"] and "major" not in filters.active:
        raise NotStoredError(chosen_roles.explain_no_major(query["major"]))
    size = listings.count_roles(publisher, filters.qs if filters.active else None, order)
    is_exact = size.is_all or not filters.active
    reached = size.roles if is_exact else listings.MOST_COUNTED
    start, stop = _find_bounds(query, reached)
    listed = listings.read_roles(filters.qs, order, size.with_value, start, stop) if start < stop else []
    paging = _describe_paging(request, query, reached)
    if not is_exact:
        paging["total"] = None
    name = {"publisher": {"name": publisher.name, "slug": publisher.slug}}
    return name | paging | {"roles": [_export_listed_role(request, role) for role in listed]}


def _find_publisher(
    publishers: Sequence[listings.ListedPublisher], query: QueryDict
) -> listings.ListedPublisher | None:
    """The publisher that a query is for; None where no roles are stored."""
    publisher, slug = choose_publisher(publishers, query), query.get("publisher")
    if publisher is None and slug:
        near = [Title(publisher.name, publisher.slug) for publisher in publishers]
        raise NotStoredError(chosen_roles.explain_no_publisher(slug), near)
    return publisher


def _export_listed_role(request: HttpRequest, role: listings.ListedRole) -> dict[str, Any]:
    answer: dict[str, Any] = {"url": make_absolute(request, address("role", role.slug))}
    for key, value in zip(KEYS, list_exported_values(role), strict=True):
        group, _, name = key.rpartition(".")
        target = answer.setdefault(group, {}) if group else answer
        target[name] = simplify_value(value)
    return answer


@answer_in_json("/api/v1/search")
def search(request: HttpRequest, query: Query) -> Any:
    """Roles that a search finds."""
    results = matching.answer_query(query["q"], query["limit"])
    match = search_answers.match_of_all(results)
    instead = [result.instead for result in results if result.instead]
    comparison = [result.roles[0].slug for result in results if result.roles]
    is_comparison = len(comparison) == len(results) > 1
    return {
        "q": matching.clean_typed(query["q"]),
        "match": match,
        "near": match == "nearest",
        "instead": instead[0] if instead else None,
        "comparison": make_absolute(request, of_roles(comparison)) if is_comparison else None,
        "roles": [_export_hit(request, hit) for hit in search_answers.merge_roles(results)[: query["limit"]]],
    }


def _export_hit(request: HttpRequest, hit: Hit) -> dict[str, Any]:
    return {
        "title": hit.title,
        "name": hit.name,
        "called": hit.called or None,
        "slug": hit.slug,
        "url": make_absolute(request, address("role", hit.slug)),
        "official": hit.occupation,
        "annual_average": hit.annual_average,
        "median": hit.median,
        "jobs": hit.jobs,
        "publisher": hit.publisher,
        "figures_of": simplify_value(hit.figures_of),
        "captured_on": hit.captured_on.isoformat() if hit.captured_on else None,
    }


@answer_in_json("/api/v1/roles/{slug}")
def role(request: HttpRequest, query: Query, slug: str) -> Any:
    """Everything current about one role."""
    place = _find_place(query)
    return export_role(add_everyday_titles(place_roles(_read_roles([slug]), place))[0])


@answer_in_json("/api/v1/compare/{slugs}")
def compare(request: HttpRequest, query: Query, slugs: str) -> Any:
    """Two to four roles and what is computed from them."""
    role_slugs = slugs.split(VS)
    expected = chosen_roles.describe_slugs(MOST_ROLES)
    if not 2 <= len(role_slugs) <= MOST_ROLES:
        raise openapi.ParameterError("slugs", chosen_roles.describe_count(len(role_slugs)), expected)
    place = _find_place(query)
    roles = _read_roles(role_slugs)
    if len(roles) < len(role_slugs):
        raise openapi.ParameterError("slugs", "names a role twice", expected)
    return export_comparison(add_everyday_titles(place_roles(roles, place)))


def _find_place(query: Query) -> Place | None:
    """The state that a query chooses. Raises ParameterError for what is none."""
    try:
        return read_place({name: query[name] or "" for name in (WHERE, PRICES)})
    except UnknownPlaceError as error:
        raise openapi.ParameterError(WHERE, f"is “{error.typed}”", openapi.one_of(AREAS)) from error


@answer_in_json("/api/v1/areas")
def areas(request: HttpRequest, query: Query) -> Any:
    """The states and territories, with their price levels."""
    return {"areas": list_areas(read_current_revision())}


def _read_roles(slugs: Sequence[str]) -> list[CurrentRole]:
    """The roles whose slugs these are, or those of their other titles; each role once."""
    roles = read_current_roles(slugs)
    stored_slugs = {role.slug for role in roles}
    unknown = [slug for slug in slugs if slug not in stored_slugs]
    if not unknown:
        return roles
    new_slugs = find_roles_of_other_titles(unknown)
    lost = [matching.clean_typed(slug.replace("-", " ")) for slug in unknown if slug not in new_slugs]
    if lost:
        near = chain.from_iterable(result.titles for result in matching.find_roles_of_each(lost, MOST_NEAR))
        raise NotStoredError(chosen_roles.explain_unknown(list(filter(None, lost))), near)
    return read_current_roles([new_slugs.get(slug, slug) for slug in slugs])


@answer_in_json("/api/v1/skills")
def skill_list(request: HttpRequest, query: Query) -> Any:
    """A page of all listed skills."""
    counts = skill_lists.count_skills(read_current_revision())
    start, stop = _find_bounds(query, len(counts))
    skills = []
    for count in counts[start:stop]:
        skills.append(count._asdict() | {"url": make_absolute(request, address("api_skill", count.slug))})
    return _describe_paging(request, query, len(counts)) | {"skills": skills}


@answer_in_json("/api/v1/skills/{slug}")
def skill(request: HttpRequest, query: Query, slug: str) -> Any:
    """A page of the roles that list a skill, and then of the occupations for which it is rated."""
    skill = skill_lists.find_skill(slug)
    count = skill_lists.count_roles_with(skill, read_current_revision()) if skill else None
    if skill is None or count is None or not count.total:
        raise NotStoredError(
            chosen_roles.explain_no_skill(matching.clean_typed(slug)), skill_lists.suggest_skills(slug)
        )
    start, stop = _find_bounds(query, count.total)
    listed = []
    if start < min(stop, count.roles):
        listed += skill_lists.list_roles_with_skill(skill, start, min(stop, count.roles))
    if count.occupations and stop > count.roles:
        first = max(start - count.roles, 0)
        listed += skill_lists.list_occupations_with_skill(skill, first, stop - count.roles)
    roles = []
    for role in listed:
        values = {name: simplify_number(value) for name, value in role._asdict().items()}
        roles.append(values | {"url": make_absolute(request, address("role", role.slug))})
    about = {"name": skill.name, "slug": skill.slug, "listed": count.roles, "occupations": count.occupations}
    return about | _describe_paging(request, query, count.total) | {"roles": roles}


def unknown_address(request: HttpRequest) -> HttpResponse:
    """Any other address of the API."""
    return JsonResponse({"error": chosen_roles.NO_SUCH_ADDRESS, "near": []}, status=404)


def _find_bounds(query: Query, total: int) -> tuple[int, int]:
    """Where the page that is asked for begins and ends."""
    start = (query["page"] - 1) * query["limit"]
    return start, min(start + query["limit"], total)


def _describe_paging(request: HttpRequest, query: Query, total: int) -> dict[str, Any]:
    page, limit = query["page"], query["limit"]
    pages = -(-total // limit)

    def link(number: int) -> str:
        parameters = request.GET.copy()
        parameters.pop("page", None)
        parameters["page"] = str(number)
        return make_absolute(request, f"{request.path}?{parameters.urlencode()}")

    return {
        "total": total,
        "page": page,
        "limit": limit,
        "pages": pages,
        "next": link(page + 1) if page < pages else None,
        "previous": link(min(page - 1, pages)) if page > 1 and pages else None,
    }


# -- The description --------------------------------------------------------------------------


def openapi_document(request: HttpRequest) -> HttpResponse:
    """The description as it is stored."""
    return HttpResponse(openapi.TEXT, content_type="application/json")


def api_page(request: HttpRequest) -> HttpResponse:
    """The document for people, with addresses to try."""
    operations = openapi.list_operations(_choose_examples(read_current_revision()))
    return render(request, "api.html", {"info": openapi.DOCUMENT["info"], "operations": operations})


def _choose_examples(revision: int) -> dict[str, str]:
    """Name of an operation -> an address of it that finds something."""
    examples = {
        "areas": reverse("api_areas"),
        "roles": f"{reverse('api_roles')}?sort=-pay&limit=10",
        "skills": f"{reverse('api_skills')}?limit=10",
    }
    for question in featured.choose_questions(revision)[:1]:
        first, second = question.first, question.second
        examples["search"] = f"{reverse('api_search')}?{urlencode({'q': first.name})}"
        examples["role"] = address("api_role", first.slug)
        examples["compare"] = address("api_compare", first.slug, second.slug)
    skill_slug = skill_lists.find_any_listed_slug()
    if skill_slug:
        examples["skill"] = address("api_skill", skill_slug)
    return examples
