"""Downloads: every value as CSV, and a comparison as one file that opens offline."""

import re
from collections.abc import Sequence
from pathlib import Path

from django.contrib.staticfiles import finders
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.http import content_disposition_header

from comparisons.comparison import compare
from comparisons.exports.csv_file import write_csv, write_plain_text
from comparisons.exports.exported_values import ExportedValue, list_values
from comparisons.links import VS, add_query, of_roles
from comparisons.queries.everyday_titles import add_everyday_titles
from comparisons.queries.place import Place, place_roles
from comparisons.views import metadata
from comparisons.views.comparison_page import build_comparison_page
from comparisons.views.pages import find_roles_or_response, read_chosen_place, write_kept_query
from comparisons.views.tables import Heading

# Characters of a file's name without its ending; four long titles exceed what file systems take.
LONGEST_NAME = 150
# The style sheet replaces this in the file that opens offline.
STYLE_PLACE = "/* site.css */"
COMMENT = re.compile(r" */\*.*?\*/", re.DOTALL)


def role_csv(request: HttpRequest, slug: str) -> HttpResponse:
    return _answer_csv(request, [slug], "role_csv")


def comparison_csv(request: HttpRequest, slugs: str) -> HttpResponse:
    return _answer_csv(request, slugs.split(VS), "comparison_csv")


def _answer_csv(request: HttpRequest, slugs: Sequence[str], view: str) -> HttpResponse:
    roles = find_roles_or_response(request, slugs, view)
    if isinstance(roles, HttpResponse):
        return roles
    place = read_place_or_refuse(request)
    values = list_values(add_everyday_titles(place_roles(roles, place)))
    return make_attachment(write_csv(values), _name_file(VS.join(slugs), place), "csv")


def comparison_html(request: HttpRequest, slugs: str) -> HttpResponse:
    """The comparison page without the parts that need a server, with its style inside and every value in a table."""
    role_slugs = slugs.split(VS)
    roles = find_roles_or_response(request, role_slugs, "comparison_html")
    if isinstance(roles, HttpResponse):
        return roles
    if len(roles) < 2:
        return redirect(add_query(of_roles(role_slugs), write_kept_query(request)))
    place = read_place_or_refuse(request)
    placed = place_roles(roles, place)
    context = build_comparison_page(compare(placed), place)
    site = metadata.make_absolute(request, "")
    context |= {
        "site": site,
        "here": site + of_roles(role_slugs) + context["place_query"],
        "value_headings": [Heading(name) for name in ExportedValue._fields],
        "values": [list(map(write_plain_text, value)) for value in list_values(placed)],
    }
    page = render_to_string("offline.html", context, request)
    return make_attachment(page.replace(STYLE_PLACE, read_styles(), 1), _name_file(slugs, place), "html")


def read_place_or_refuse(request: HttpRequest) -> Place | None:
    """The state that an address chooses. Raises BadRequest, which is answered with a calm page, for what is none."""
    place, unknown_state = read_chosen_place(request)
    if unknown_state:
        raise BadRequest(unknown_state)
    return place


def _name_file(name: str, place: Place | None) -> str:
    """The name of a file, which says for which state it is."""
    return f"{name[: LONGEST_NAME - 3]}-{place.area.state}" if place else name


def make_attachment(text: str, name: str, ending: str) -> HttpResponse:
    """Return a file that browsers save under a name instead of showing it at our address."""
    response = HttpResponse(text, content_type=f"text/{ending}; charset=utf-8")
    saved_as = f"{name[:LONGEST_NAME].rstrip('-')}.{ending}"
    response.headers["Content-Disposition"] = content_disposition_header(True, saved_as) or "attachment"
    return response


def read_styles() -> str:
    """The style sheets of comparisons, joined, without comments. No text in them holds a comment's signs."""
    paths = [finders.find(name) for name in ("site.css", "many.css")]
    return COMMENT.sub("", "".join(Path(path).read_text() for path in paths if path))
