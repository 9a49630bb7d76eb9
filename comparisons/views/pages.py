"""The pages people read. They answer GET and HEAD only and write nothing."""

from collections.abc import Callable, Sequence
from itertools import chain
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from careers.areas import AREAS
from comparisons import formats
from comparisons.comparison import compare
from comparisons.exports import search_answers
from comparisons.exports.exported_values import export_comparison
from comparisons.exports.role_json import export_role
from comparisons.judging.weighing import read_weights, weight_fields
from comparisons.language.messages import chosen_roles, data_extent, place_notes
from comparisons.links import VS, add_query, address, of_roles, query_of
from comparisons.queries import featured, overview
from comparisons.queries.current_role import CurrentRole
from comparisons.queries.everyday_titles import PUBLISHED, add_everyday_titles
from comparisons.queries.place import WHERE, Place, UnknownPlaceError, place_roles, read_place
from comparisons.queries.revision import read_current_revision
from comparisons.queries.roles import read_current_roles
from comparisons.rows import MOST_ROLES
from comparisons.search import matching
from comparisons.search.named_roles import find_roles_of_other_titles, find_titles_of_slugs, resolve_titles
from comparisons.search.results import Title
from comparisons.titles import pluralize
from comparisons.views import metadata, query_meaning
from comparisons.views.comparison_page import build_comparison_page
from comparisons.views.picker_form import build_picker_form
from comparisons.views.role_page import build_role_page
from comparisons.views.sections.good_questions import build_question_table
from comparisons.views.vain_searches import count_in_vain

# The most roles that are listed when too many are ticked.
MOST_TICKED = 40
# The most titles that are shown for an address without a role.
MOST_NEAR = 5


def home(request: HttpRequest) -> HttpResponse:
    number = read_current_revision()
    stored = overview.read_overview(number)
    questions = featured.choose_questions(number)
    context = {
        "stored": stored,
        "stored_counts": data_extent.describe_extent(stored.roles, stored.pages, len(stored.publishers)),
        "newest": formats.day(stored.newest) if stored.newest else "",
        "questions": build_question_table(questions),
        # All other kinds of questions are chosen by the education that is typically needed.
        "has_education": any(question.kind != featured.Kind.SAME_PAGE for question in questions),
        "has_growth": any(question.first.growth is not None for question in questions),
    }
    return render(request, "home.html", context)


def suggest(request: HttpRequest) -> HttpResponse:
    """Roles for what is typed so far, or with `submitted` for a whole query.

    `before` is what stands before the last side of a comparison, which the roles are for.
    """
    typed = matching.clean_typed(request.GET.get("q", ""))
    if request.GET.get("submitted"):
        return JsonResponse(search_answers.export_suggestions(matching.answer_query(typed)))
    result = matching.complete_query(typed)
    before = typed[: max(typed.rfind(result.typed), 0)].strip()
    answer = search_answers.export_suggestions([result])
    return JsonResponse(answer | {"before": before} if before else answer)


def role(request: HttpRequest, slug: str) -> HttpResponse:
    roles = find_roles_or_response(request, [slug], "role")
    if isinstance(roles, HttpResponse):
        return roles
    place, unknown_state = read_chosen_place(request)
    placed = add_everyday_titles(place_roles(roles, place), PUBLISHED)
    context = build_role_page(compare(placed), roles[0], place, unknown_state)
    context["metadata"] = metadata.describe_role(request, roles[0], context["place_query"])
    return render(request, "role.html", context, status=BAD_REQUEST if unknown_state else None)


def role_json(request: HttpRequest, slug: str) -> HttpResponse:
    return _answer_json(request, [slug], "role_json", lambda roles: export_role(roles[0]))


def comparison(request: HttpRequest, slugs: str) -> HttpResponse:
    role_slugs = slugs.split(VS)
    roles = find_roles_or_response(request, role_slugs, "comparison")
    if isinstance(roles, HttpResponse):
        return roles
    if len(role_slugs) == 1:
        return redirect(add_query(of_roles(role_slugs), write_kept_query(request)))
    typed = matching.clean_typed(request.GET.get("q", ""))
    repeated = [role for role in roles if role_slugs.count(role.slug) > 1]
    if repeated:
        return _answer_beside_itself(request, repeated[0], roles, typed)
    place, unknown_state = read_chosen_place(request)
    context = build_comparison_page(compare(place_roles(roles, place)), place, unknown_state, request.GET)
    if typed:
        results = matching.answer_all_sides(typed)
        kept = write_kept_query(request)
        context["meant"] = query_meaning.find_meant_roles(role_slugs, roles, typed, results, kept)
        left_out = [result.typed for result in results[MOST_ROLES:]]
        context["left_out"] = chosen_roles.explain_left_out(left_out, MOST_ROLES)
    context["metadata"] = metadata.describe_comparison(request, roles, context["verdict"], context["canonical"])
    return render(request, "comparison.html", context, status=BAD_REQUEST if unknown_state else None)


def comparison_json(request: HttpRequest, slugs: str) -> HttpResponse:
    return _answer_json(request, slugs.split(VS), "comparison_json", export_comparison)


def _answer_json(
    request: HttpRequest, slugs: Sequence[str], view: str, write: Callable[[list[CurrentRole]], dict[str, Any]]
) -> HttpResponse:
    roles = find_roles_or_response(request, slugs, view)
    if isinstance(roles, HttpResponse):
        return roles
    place, unknown_state = read_chosen_place(request)
    if unknown_state:
        problem = {
            "error": place_notes.explain_no_state(unknown_state),
            "parameter": WHERE,
            "expected": ", ".join(AREAS),
        }
        return JsonResponse(problem, status=BAD_REQUEST)
    return JsonResponse(write(add_everyday_titles(place_roles(roles, place))))


BAD_REQUEST = 400


def read_chosen_place(request: HttpRequest) -> tuple[Place | None, str]:
    """The state that an address chooses, and what in it names none."""
    try:
        return read_place(request.GET), ""
    except UnknownPlaceError as error:
        return None, error.typed


def write_kept_query(request: HttpRequest) -> str:
    """What links and redirects keep of a query: the state that it chooses, and the reader's weights."""
    return query_of(_list_kept_fields(request))


def _list_kept_fields(request: HttpRequest) -> dict[str, str]:
    place, _ = read_chosen_place(request)
    return (place.fields if place else {}) | weight_fields(read_weights(request.GET))


def choose(request: HttpRequest) -> HttpResponse:
    """The form with the pickers, and the target of every picker: slugs or typed titles become an address."""
    typed = [text for text in request.GET.getlist("role") if matching.clean_typed(text)]
    if len(typed) > MOST_ROLES:
        return _answer_too_many(request, typed, as_json=False)
    all_matches = list(chain.from_iterable(map(resolve_titles, typed)))
    matches = all_matches[:MOST_ROLES]
    if len(matches) > 1 and all(match.role for match in matches):
        return redirect(add_query(query_meaning.address_of_matches(all_matches), write_kept_query(request)))
    response = render(request, "choose.html", build_picker_form(all_matches, _list_kept_fields(request)))
    count_in_vain([match.typed for match in matches if match.typed and not match.role], response)
    return response


# The address of one role -> that of a comparison in the same form.
COMPARED = {"role": "comparison", "role_json": "comparison_json", "role_csv": "comparison_csv"}


def find_roles_or_response(request: HttpRequest, slugs: Sequence[str], view: str) -> list[CurrentRole] | HttpResponse:
    """Return the roles of an address, each once, or the response that says why there are none.

    An address with an empty side or with other titles redirects to the one without, or with the roles' own titles, and
    that of one role with several to their comparison: all in the form that is asked for, with what it keeps of a query.
    """
    if view in COMPARED and VS in slugs[0]:  # the address of no role has it
        return redirect(address(COMPARED[view], *slugs[0].split(VS)) + write_kept_query(request))
    as_json = view.endswith("json")
    if len(slugs) > MOST_ROLES:
        return _answer_too_many(request, slugs, as_json=as_json)
    role_slugs = [slug for slug in slugs if slug.strip()]
    if 0 < len(role_slugs) < len(slugs):
        return redirect(address(view, *role_slugs) + write_kept_query(request))
    if not role_slugs:
        return _answer_not_found(request, [], set(), view)
    roles = read_current_roles(role_slugs)
    unknown_slugs = set(role_slugs) - {role.slug for role in roles}
    if not unknown_slugs:
        return roles
    renamed = find_roles_of_other_titles(unknown_slugs)
    current_slugs = [renamed.get(slug, slug) for slug in role_slugs]
    if unknown_slugs <= renamed.keys():
        return redirect(address(view, *current_slugs) + write_kept_query(request))
    return _answer_not_found(request, current_slugs, unknown_slugs - renamed.keys(), view)


class LostTitle(NamedTuple):
    """Words that name no role, the titles near them, and why there is none, if that is clear."""

    typed: str
    near: list[Title]
    why: str


def _answer_not_found(request: HttpRequest, slugs: Sequence[str], lost: set[str], view: str) -> HttpResponse:
    """The page for an address of which some slugs name no role; a comparison where one slug has several sides, or where
    it is clear which roles are meant.

    `slugs`: all of the address; `lost`: those that name none.
    """
    as_json = view.endswith("json")
    typed = {slug: matching.clean_typed(slug.replace("-", " ")) for slug in slugs if slug in lost}
    if len(slugs) == 1 and not as_json:  # "nurse-or-teacher" has two sides
        [words] = typed.values()
        if meant_slugs := query_meaning.find_slugs_of_sides(words):
            return _compare_meant_roles(request, meant_slugs, words, view)
    searched = [slug for slug in typed if typed[slug]]
    results = dict(zip(searched, matching.find_roles_of_each([typed[slug] for slug in searched]), strict=True))
    titles = []
    for result in results.values():
        why = chosen_roles.explain_uncounted(result.typed)
        titles.append(LostTitle(result.typed, result.titles[:MOST_NEAR], why))
    if as_json:
        error = chosen_roles.explain_unknown([title.typed for title in titles])
        near = [suggestion._asdict() for suggestion in chain.from_iterable(title.near for title in titles)]
        return JsonResponse({"error": error, "near": near}, status=404)
    if len(slugs) > 1 and all(slug in results and results[slug].is_clear for slug in lost):
        meant_slugs = [results[slug].roles[0].slug if slug in results else slug for slug in slugs]
        words = chosen_roles.VERSUS.join(typed.get(slug, slug) for slug in slugs)
        return _compare_meant_roles(request, meant_slugs, words, view)
    return render(request, "404.html", {"lost": titles}, status=404)


def _compare_meant_roles(request: HttpRequest, slugs: Sequence[str], typed: str, view: str) -> HttpResponse:
    """Redirect to the comparison of the roles that the words of an address mean, in the form that is asked for."""
    form = COMPARED.get(view, view)
    path = address(form, *slugs)
    if form == "comparison":
        path = query_meaning.add_typed(path, typed)
    return redirect(add_query(path, write_kept_query(request)))


def _answer_too_many(request: HttpRequest, slugs: Sequence[str], *, as_json: bool) -> HttpResponse:
    """Show the ticked roles in a form, so that the reader can untick some."""
    message = chosen_roles.explain_too_many(len(slugs), MOST_ROLES)
    if as_json:
        return JsonResponse({"error": message}, status=404)
    ticked = [slug for slug in dict.fromkeys(slugs) if matching.clean_typed(slug)][:MOST_TICKED]
    context = {"most": MOST_ROLES, "message": message, "ticked": find_titles_of_slugs(ticked)}
    return render(request, "too_many.html", context, status=404)


def _answer_beside_itself(
    request: HttpRequest, repeated: CurrentRole, roles: list[CurrentRole], typed: str
) -> HttpResponse:
    """Say that a role is not compared with itself. `roles`: all roles of the address, each once; `typed`: the query."""
    results = matching.answer_query(typed) if typed else []
    names: dict[str, str] = {}
    for result in results:
        if result.roles and result.roles[0].slug == repeated.slug:
            names[result.typed.casefold()] = result.typed
    heading = f"{repeated.name} beside itself"
    message = chosen_roles.SAME_COLUMNS if len(roles) > 1 else chosen_roles.SAME_ROLE_TWICE
    if len(names) > 1:
        heading = chosen_roles.ONE_ROLE
        message = chosen_roles.explain_names_of_one_role(list(names.values()), repeated.name)
    context = {
        "role": repeated,
        "people": pluralize(repeated.name),
        "heading": heading,
        "message": message,
        "roles": roles,
        "address_once": of_roles([role.slug for role in roles]) if len(roles) > 1 else "",
    }
    return render(request, "itself.html", context)
