"""The data of a figure for the browser's Plotly, at an address below that of its page."""

from django.http import Http404, HttpRequest, HttpResponse

from comparisons.charts import draw_figures, validated_json
from comparisons.comparison import compare
from comparisons.links import VS
from comparisons.queries.place import UnknownPlaceError, place_roles, read_place
from comparisons.queries.roles import MOST_ROLES, read_current_roles


def figure(request: HttpRequest, slugs: str, slug: str) -> HttpResponse:
    """One figure of the roles of a page, `<a>-vs-<b>` or one alone, as JSON in Plotly's schema."""
    named = slugs.split(VS)
    roles = read_current_roles(named) if len(named) <= MOST_ROLES else []
    if len(roles) != len(named):
        raise Http404("No such roles.")
    try:
        place = read_place(request.GET)
    except UnknownPlaceError as error:
        raise Http404("No such state.") from error
    for drawn in draw_figures(compare(place_roles(roles, place))):
        if drawn.slug == slug:
            return HttpResponse(validated_json(drawn), content_type="application/json")
    raise Http404("No such figure.")
