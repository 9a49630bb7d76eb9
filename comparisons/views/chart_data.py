"""A figure's data for the browser's Plotly, at an address below its page's own."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from comparisons.charts import draw_figures, validated_json
from comparisons.comparison import compare
from comparisons.queries.roles import MOST_ROLES, read_current_roles


@require_safe
def figure(request: HttpRequest, slugs: str, slug: str) -> HttpResponse:
    """One figure of the roles of a page, `<a>-vs-<b>` or one alone, as JSON in Plotly's schema."""
    wanted = slugs.split("-vs-")
    roles = read_current_roles(wanted) if len(wanted) <= MOST_ROLES else []
    if len(roles) != len(wanted):
        raise Http404("No such roles.")
    for each in draw_figures(compare(roles)):
        if each.slug == slug:
            return HttpResponse(validated_json(each), content_type="application/json")
    raise Http404("No such figure.")
