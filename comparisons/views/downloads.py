"""Downloads: every value as CSV, and a comparison as one file that opens offline."""

import re
from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.http import content_disposition_header

from comparisons.comparison import compare
from comparisons.exports import serializer
from comparisons.links import VS, of_roles
from comparisons.views import metadata, presenters
from comparisons.views.pages import roles_or_response
from comparisons.views.tables import Heading

# Characters of a file's name without its ending; four long titles exceed what file systems take.
LONGEST_NAME = 150
# The style sheet replaces this in the file that opens offline.
STYLE_PLACE = "/* site.css */"
COMMENT = re.compile(r" */\*.*?\*/", re.DOTALL)


def role_csv(request: HttpRequest, slug: str) -> HttpResponse:
    roles = roles_or_response(request, [slug], "role_csv")
    if isinstance(roles, HttpResponse):
        return roles
    return attached(serializer.csv_text(serializer.list_values(roles)), slug, "csv")


def comparison_csv(request: HttpRequest, slugs: str) -> HttpResponse:
    roles = roles_or_response(request, slugs.split(VS), "comparison_csv")
    if isinstance(roles, HttpResponse):
        return roles
    return attached(serializer.csv_text(serializer.list_values(roles)), slugs, "csv")


def comparison_html(request: HttpRequest, slugs: str) -> HttpResponse:
    """The comparison page without the parts that need a server, with its style inside and every value in a table."""
    named = slugs.split(VS)
    roles = roles_or_response(request, named, "comparison_html")
    if isinstance(roles, HttpResponse):
        return roles
    if len(roles) < 2:
        return redirect(of_roles(named))
    context = presenters.comparison_page(compare(roles))
    site = metadata.absolute(request, "")
    context |= {
        "site": site,
        "here": site + of_roles(named),
        "value_headings": [Heading(name) for name in serializer.ExportedValue._fields],
        "values": [list(map(serializer.text, value)) for value in serializer.list_values(roles)],
    }
    page = render_to_string("offline.html", context, request)
    return attached(page.replace(STYLE_PLACE, style(), 1), slugs, "html")


def attached(text: str, name: str, ending: str) -> HttpResponse:
    """Return a file that browsers save under a name instead of showing it at our address."""
    response = HttpResponse(text, content_type=f"text/{ending}; charset=utf-8")
    saved_as = f"{name[:LONGEST_NAME].rstrip('-')}.{ending}"
    response.headers["Content-Disposition"] = content_disposition_header(True, saved_as) or "attachment"
    return response


def style() -> str:
    """The style sheets for screen and paper, joined, without comments. No text in them holds a comment's signs."""
    paths = [finders.find(name) for name in ("site.css", "print.css")]
    return COMMENT.sub("", "".join(Path(path).read_text() for path in paths if path))
