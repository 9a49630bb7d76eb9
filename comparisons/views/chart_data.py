"""The marks of a drawing for the browser's Plotly, at an address below that of its page."""

from django.http import Http404, HttpRequest, HttpResponse

from comparisons.charts.lanes import Lane
from comparisons.charts.plotly import describe_lane, validate
from comparisons.comparison import Comparison, compare
from comparisons.links import VS
from comparisons.queries.place import PRICES, Place, UnknownPlaceError, place_roles, read_place
from comparisons.queries.roles import read_current_roles
from comparisons.rows import MOST_ROLES
from comparisons.views.sections.places import build_places_section
from comparisons.views.sections.years import build_years_section


def figure(request: HttpRequest, slugs: str, slug: str) -> HttpResponse:
    """The lanes of one drawing of the roles of a page, `<a>-vs-<b>` or one alone: a list, each in Plotly's schema."""
    role_slugs = slugs.split(VS)
    roles = read_current_roles(role_slugs) if len(role_slugs) <= MOST_ROLES else []
    if len(roles) != len(role_slugs):
        raise Http404("No such roles.")
    try:
        place = read_place(request.GET)
    except UnknownPlaceError as error:
        raise Http404("No such state.") from error
    comparison = compare(place_roles(roles, place))
    lanes = _list_lanes(comparison, slug, place, adjusted=request.GET.get(PRICES) == "1")
    if not lanes:
        raise Http404("No such drawing.")
    specs = ",".join([validate(describe_lane(lane)) for lane in lanes])
    return HttpResponse(f"[{specs}]", content_type="application/json")


def _list_lanes(comparison: Comparison, slug: str, place: Place | None, *, adjusted: bool) -> list[Lane]:
    """Those that the page draws, in the same order; none for another slug."""
    if slug == "states":
        part = build_places_section(comparison, None, place, adjusted=adjusted)
        return [line.lane for line in part.row.lines if line.lane] if part else []
    years = build_years_section(comparison) if slug == "years" else None
    return [years.lane] if years else []
