"""The pages people read. They answer GET and HEAD only and write nothing."""

from collections.abc import Sequence
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from comparisons import formats
from comparisons.comparison import compare
from comparisons.exports import serializer
from comparisons.language import messages, reasons
from comparisons.links import VS, address, of_roles
from comparisons.queries import featured, overview
from comparisons.queries.revision import current_revision
from comparisons.queries.roles import MOST_ROLES, CurrentRole, read_current_roles
from comparisons.search import matching
from comparisons.views import metadata, presenters

# The most roles that are listed when too many are ticked.
MOST_TICKED = 40


def home(request: HttpRequest) -> HttpResponse:
    number = current_revision()
    stored = overview.read_overview(number)
    pairs = featured.choose_pairs(number)
    context = {
        "stored": stored,
        "behind": messages.behind(stored.roles, stored.pages, len(stored.publishers)),
        "newest": formats.day(stored.newest) if stored.newest else "",
        "pairs": [(pair, reasons.pair_reason(pair)) for pair in pairs],
    }
    return render(request, "home.html", context)


def suggest(request: HttpRequest) -> HttpResponse:
    """Roles for what is typed so far; if no title begins like it, near ones, which are marked."""
    result = matching.find_roles(request.GET.get("q", ""))
    roles = []
    for hit in result.roles:
        data = {"title": hit.title, "slug": hit.slug}
        if hit.key in result.alike:
            data["publisher"] = hit.publisher
        roles.append(data)
    return JsonResponse({"roles": roles} | ({"near": True} if result.near and roles else {}))


def role(request: HttpRequest, slug: str) -> HttpResponse:
    roles = roles_or_response(request, [slug], "role")
    if isinstance(roles, HttpResponse):
        return roles
    context = presenters.role_page(compare(roles)) | presenters.surroundings(roles[0])
    context["metadata"] = metadata.describe_role(request, roles[0])
    return render(request, "role.html", context)


def role_json(request: HttpRequest, slug: str) -> HttpResponse:
    roles = roles_or_response(request, [slug], "role_json")
    return roles if isinstance(roles, HttpResponse) else JsonResponse(serializer.role_data(roles[0]))


def comparison(request: HttpRequest, slugs: str) -> HttpResponse:
    named = slugs.split(VS)
    roles = roles_or_response(request, named, "comparison")
    if isinstance(roles, HttpResponse):
        return roles
    if len(named) == 1:
        return redirect(of_roles(named))
    repeated = [role for role in roles if named.count(role.slug) > 1]
    if repeated:
        return _beside_itself(request, repeated[0], roles)
    context = presenters.comparison_page(compare(roles))
    context["metadata"] = metadata.describe_comparison(request, roles, context["in_short"], context["canonical"])
    return render(request, "comparison.html", context)


def comparison_json(request: HttpRequest, slugs: str) -> HttpResponse:
    roles = roles_or_response(request, slugs.split(VS), "comparison_json")
    return roles if isinstance(roles, HttpResponse) else JsonResponse(serializer.comparison_data(roles))


def choose(request: HttpRequest) -> HttpResponse:
    """The form with the pickers, and the target of every picker: slugs or typed titles become an address."""
    typed = [text for text in request.GET.getlist("role") if matching.clean_typed(text)]
    if len(typed) > MOST_ROLES:
        return _too_many(request, typed, as_json=False)
    matches = [matching.resolve_title(text) for text in typed]
    if len(matches) > 1 and all(match.role for match in matches):
        return redirect(of_roles([match.role.slug for match in matches if match.role]))
    return render(request, "choose.html", presenters.picker_form(matches))


def roles_or_response(request: HttpRequest, slugs: Sequence[str], view: str) -> list[CurrentRole] | HttpResponse:
    """Return the roles of an address, each once, or the response that says why there are none.

    An address with an empty side or with other titles redirects to the one without, or with the roles' own titles.
    """
    as_json = view.endswith("json")
    if len(slugs) > MOST_ROLES:
        return _too_many(request, slugs, as_json=as_json)
    named = [slug for slug in slugs if slug.strip()]
    if 0 < len(named) < len(slugs):
        return redirect(address(view, *named))
    roles = read_current_roles(named)
    unknown = set(named) - {role.slug for role in roles}
    if named and not unknown:
        return roles
    renamed = matching.find_roles_of_other_titles(unknown)
    if named and unknown <= renamed.keys():
        return redirect(address(view, *(renamed.get(slug, slug) for slug in slugs)))
    lost = [slug for slug in named if slug in unknown and slug not in renamed]
    return _not_found(request, lost, as_json=as_json)


class LostTitle(NamedTuple):
    """Words that name no role, and the titles near them."""

    typed: str
    near: list[matching.Title]


def _not_found(request: HttpRequest, slugs: Sequence[str], *, as_json: bool) -> HttpResponse:
    typed = [matching.clean_typed(slug.replace("-", " ")) for slug in slugs]
    lost = [LostTitle(words, matching.suggest_titles(words)) for words in typed if words]
    if not as_json:
        return render(request, "404.html", {"lost": lost}, status=404)
    near: list[dict[str, str]] = []
    for title in lost:
        near += [suggestion._asdict() for suggestion in title.near]
    return JsonResponse({"error": messages.unknown([title.typed for title in lost]), "near": near}, status=404)


def _too_many(request: HttpRequest, slugs: Sequence[str], *, as_json: bool) -> HttpResponse:
    """Show the ticked roles in a form, so that the reader can untick some."""
    message = messages.too_many(len(slugs), MOST_ROLES)
    if as_json:
        return JsonResponse({"error": message}, status=404)
    ticked = [slug for slug in dict.fromkeys(slugs) if matching.clean_typed(slug)][:MOST_TICKED]
    context = {"most": MOST_ROLES, "message": message, "ticked": matching.titles_of_slugs(ticked)}
    return render(request, "too_many.html", context, status=404)


def _beside_itself(request: HttpRequest, repeated: CurrentRole, roles: list[CurrentRole]) -> HttpResponse:
    """Explain that a role is the same as itself. `roles`: all roles of the address, each once."""
    context = {
        "role": repeated,
        "message": messages.itself(repeated.title),
        "roles": roles,
        "address_once": of_roles([role.slug for role in roles]) if len(roles) > 1 else "",
    }
    return render(request, "itself.html", context)
