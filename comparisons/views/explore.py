"""Explore: the roles of one publisher as points, with a table of those that have most jobs."""

from statistics import median

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from careers.vocabulary import ALL_JOBS_NAME, LABELS
from comparisons import formats
from comparisons.charts import scatter
from comparisons.comparison import Origin
from comparisons.language.messages import figure_origins
from comparisons.language.narrowed_lists import write_in_so_many
from comparisons.language.parts import Part
from comparisons.queries.listings import ListSize, Order
from comparisons.rows import Row, note_anchor
from comparisons.titles import capitalize
from comparisons.views import lists
from comparisons.views.sections.origins import OriginEntry, OriginNote, OriginPlace, write_origin

# A table below the points that a phone shows in some screens; the list has all roles.
MOST_LISTED = 20


def explore(request: HttpRequest) -> HttpResponse:
    list_request = lists.read_list_request(request, usual_order=Order("jobs", descending=True))
    if list_request is None:
        return lists.answer_without_publisher(request, "explore")
    publisher = list_request.publisher
    picture = scatter.read_picture(list_request.revision, publisher, list_request.filters)
    # One row more than is shown tells whether the list goes on.
    most = MOST_LISTED + 1
    size = ListSize(most, publisher.filled.get(list_request.order.column, publisher.roles))
    context = lists.build_filter_form(list_request) | lists.build_role_table(list_request, "explore", size, 1, most)
    context["goes_on"] = len(context["rows"]) > MOST_LISTED
    context["rows"] = context["rows"][:MOST_LISTED]
    by_jobs = not list_request.sort and bool(publisher.filled["jobs"])
    context["with_jobs"] = by_jobs and context["last_jobs"] is not None  # roles without a number of jobs come last
    context["list_query"] = list_request.query_with(sort="-jobs") if by_jobs else list_request.query
    context |= {"picture": picture, "drawing": scatter.draw_points(picture)}
    context["finding"] = _describe_points(picture, context["narrowed"])
    context["origin_notes_of_page"] = _note_of_middle(picture)
    return render(request, "explore.html", context)


def points_json(request: HttpRequest) -> HttpResponse:
    """The points for the browser's Plotly."""
    list_request = lists.read_list_request(request)
    if list_request is None:
        return lists.answer_without_publisher(request, "explore", "explore_json")
    picture = scatter.read_picture(list_request.revision, list_request.publisher, list_request.filters)
    return JsonResponse(scatter.describe_points(picture))


def _describe_points(picture: scatter.Picture, narrowed: str) -> tuple[Part, ...]:
    """What the points show, in a sentence: how many are above the middle of all jobs, where that is known.

    `narrowed`: what the filters leave, "" where there are none.
    """
    if picture.middle is None or picture.shades or not picture.matching:
        return (Part(_describe_without_middle(picture, narrowed)),)
    above = sum(point.pay > picture.middle.value for point in picture.matching)
    which = f"{narrowed}," if picture.filtered else "occupations"
    how_many = write_in_so_many(above, len(picture.matching), which)
    words = f"{how_many} the middle earner makes more than the middle of all jobs, "
    return Part(words), Part(formats.dollars(picture.middle.value), key=scatter.MIDDLE_KEY), Part(" a year.")


def _describe_without_middle(picture: scatter.Picture, narrowed: str) -> str:
    """The same without a figure of all jobs."""
    publisher = picture.publisher
    drawable = formats.counted(publisher.drawable, "role")
    if not picture.filtered:
        return f"{capitalize(figure_origins.name_publisher(publisher.name))} publishes pay and jobs for {drawable}."
    if not picture.matching:
        return f"None of {drawable} matches."
    if picture.shades:
        more = " and more" if picture.left_out else ""
        return f"{formats.plain(len(picture.matching))}{more} of {drawable} match."
    middle = median(point.pay for point in (*picture.matching, *picture.others))
    above = sum(point.pay > middle for point in picture.matching)
    which = write_in_so_many(above, len(picture.matching), narrowed)
    return f"{which}, pay is above that of the middle one of all {drawable}."


def _note_of_middle(picture: scatter.Picture) -> list[OriginNote]:
    """The origin of the pay of all jobs."""
    if picture.middle is None:
        return []
    value, evidence, source = picture.middle
    place = write_origin(Origin(source, evidence), Row(scatter.MIDDLE_KEY, formats.dollars))
    place = f"{place} {source.title}, {source.publisher}."
    entry = OriginEntry("o", f"{ALL_JOBS_NAME}, {formats.dollars(value)}", [OriginPlace(place)])
    return [OriginNote(note_anchor(scatter.MIDDLE_KEY), LABELS[scatter.MIDDLE_KEY], [entry])]
