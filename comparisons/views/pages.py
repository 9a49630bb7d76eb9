"""The pages people read. Each answers GET and HEAD only, and writes nothing."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from comparisons.comparison import compare
from comparisons.exports import serializer
from comparisons.language import messages, reasons
from comparisons.links import VS, address, of_roles
from comparisons.queries import featured, overview
from comparisons.queries.revision import current_revision
from comparisons.queries.roles import MOST_ROLES, CurrentRole, read_current_roles
from comparisons.search import matching
from comparisons.views import metadata, presenters

# Of too many roles so many are named.
MOST_TICKED = 40


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    number = current_revision()
    stored = overview.read_overview(number)
    behind = messages.behind(stored.roles, stored.pages, len(stored.publishers))
    pairs = [pair._asdict() | {"why": reasons.pair_reason(pair)} for pair in featured.choose_pairs(number)]
    context = {"overview": stored, "behind": behind, "pairs": pairs}
    return render(request, "comparisons/home.html", context)


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """Roles for what is typed so far; where none begins like it the near ones, marked as such."""
    found = matching.find_roles(request.GET.get("q", ""))
    roles = [
        {"title": hit.title, "slug": hit.slug} | ({"publisher": hit.publisher} if hit.key in found.alike else {})
        for hit in found.roles
    ]
    return JsonResponse({"roles": roles} | ({"near": True} if found.near and roles else {}))


@require_safe
def role(request: HttpRequest, slug: str) -> HttpResponse:
    found = roles_of(request, [slug], "role")
    if isinstance(found, HttpResponse):
        return found
    context = presenters.role_page(compare(found)) | presenters.surroundings(found[0])
    context["about"] = metadata.of_role(request, found[0])
    return render(request, "comparisons/role.html", context)


@require_safe
def role_json(request: HttpRequest, slug: str) -> HttpResponse:
    found = roles_of(request, [slug], "role_json")
    return found if isinstance(found, HttpResponse) else JsonResponse(serializer.role_data(found[0]))


@require_safe
def comparison(request: HttpRequest, slugs: str) -> HttpResponse:
    wanted = slugs.split(VS)
    found = roles_of(request, wanted, "comparison")
    if isinstance(found, HttpResponse):
        return found
    if len(wanted) == 1:
        return redirect(of_roles(wanted))
    twice = [role for role in found if wanted.count(role.slug) > 1]
    if twice:
        return _beside_itself(request, twice[0], found)
    context = presenters.comparison_page(compare(found))
    context["about"] = metadata.of_comparison(request, found, context["said"], context["canonical"])
    return render(request, "comparisons/comparison.html", context)


@require_safe
def comparison_json(request: HttpRequest, slugs: str) -> HttpResponse:
    found = roles_of(request, slugs.split(VS), "comparison_json")
    return found if isinstance(found, HttpResponse) else JsonResponse(serializer.comparison_data(found))


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """The form of two pickers, and where every picker leads: slugs or typed titles become an address."""
    typed = [each for each in request.GET.getlist("role") if matching.clean_typed(each)]
    if len(typed) > MOST_ROLES:
        return _too_many(request, typed, as_json=False)
    matches = [matching.resolve_title(each) for each in typed]
    if len(matches) > 1 and all(match.role for match in matches):
        return redirect(of_roles([match.role.slug for match in matches if match.role]))
    return render(request, "comparisons/choose.html", presenters.choosing(matches))


def roles_of(request: HttpRequest, slugs: Sequence[str], view: str) -> list[CurrentRole] | HttpResponse:
    """The roles of an address, each once; or the answer that says why there are none: an address with an empty side or
    with other titles leads to the one without, or with the roles' own."""
    as_json = view.endswith("json")
    if len(slugs) > MOST_ROLES:
        return _too_many(request, slugs, as_json=as_json)
    named = [slug for slug in slugs if slug.strip()]
    if 0 < len(named) < len(slugs):
        return redirect(address(view, *named))
    found = read_current_roles(named)
    unknown = [slug for slug in named if slug not in {role.slug for role in found}]
    if named and not unknown:
        return found
    names = matching.find_roles_of_other_titles(unknown)
    if unknown and set(unknown) <= names.keys():
        return redirect(address(view, *(names.get(slug, slug) for slug in slugs)))
    lost = [slug for slug in unknown if slug not in names]
    return _not_found(request, lost, as_json=as_json)


def _not_found(request: HttpRequest, slugs: Sequence[str], *, as_json: bool) -> HttpResponse:
    lost = [
        (typed, matching.suggest_titles(typed))
        for slug in slugs
        if (typed := matching.clean_typed(slug.replace("-", " ")))
    ]
    if as_json:
        found = [near._asdict() for _, titles in lost for near in titles]
        return JsonResponse({"error": messages.unknown([typed for typed, _ in lost]), "near": found}, status=404)
    return render(request, "404.html", {"lost": lost}, status=404)


def _too_many(request: HttpRequest, slugs: Sequence[str], *, as_json: bool) -> HttpResponse:
    """None of what was ticked is lost: it stands in a form, for the reader to take some out."""
    said = messages.too_many(len(slugs), MOST_ROLES)
    if as_json:
        return JsonResponse({"error": said}, status=404)
    ticked = [slug for slug in dict.fromkeys(slugs) if matching.clean_typed(slug)][:MOST_TICKED]
    context = {"most": MOST_ROLES, "said": said, "ticked": matching.titles_of_slugs(ticked)}
    return render(request, "comparisons/too_many.html", context, status=404)


def _beside_itself(request: HttpRequest, twice: CurrentRole, roles: list[CurrentRole]) -> HttpResponse:
    both = of_roles([role.slug for role in roles]) if len(roles) > 1 else ""
    context = {"role": twice, "itself": messages.itself(twice.title), "roles": roles, "address": both}
    return render(request, "comparisons/itself.html", context)
