"""What people take along: every value as CSV, and a comparison as one file that opens offline."""

from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from comparisons.comparison import compare
from comparisons.exports import serializer
from comparisons.links import VS, of_roles
from comparisons.views import metadata, presenters
from comparisons.views.pages import roles_of

# Characters of a file's name without its ending: four long titles are more than file systems take.
LONGEST_NAME = 150
# What the style sheet replaces in the one page that carries it inside.
STYLE_PLACE = "/* site.css */"


@require_safe
def role_csv(request: HttpRequest, slug: str) -> HttpResponse:
    found = roles_of(request, [slug], "role_csv")
    if isinstance(found, HttpResponse):
        return found
    return attached(serializer.csv_text(serializer.list_values(found)), slug, "csv")


@require_safe
def comparison_csv(request: HttpRequest, slugs: str) -> HttpResponse:
    found = roles_of(request, slugs.split(VS), "comparison_csv")
    if isinstance(found, HttpResponse):
        return found
    return attached(serializer.csv_text(serializer.list_values(found)), slugs, "csv")


@require_safe
def comparison_html(request: HttpRequest, slugs: str) -> HttpResponse:
    """The comparison page without what needs a server, with its style inside and every value in a table."""
    wanted = slugs.split(VS)
    found = roles_of(request, wanted, "comparison_html")
    if isinstance(found, HttpResponse):
        return found
    if len(found) < 2:
        return redirect(of_roles(wanted))
    context = presenters.comparison_page(compare(found))
    names = serializer.ExportedValue._fields
    rows = [list(zip(names, map(serializer.text, value), strict=True)) for value in serializer.list_values(found)]
    site = metadata.absolute(request, "")
    context |= {"site": site, "here": site + of_roles(wanted), "value_names": names, "values": rows}
    page = render_to_string("comparisons/offline.html", context, request)
    return attached(page.replace(STYLE_PLACE, style(), 1), slugs, "html")


def attached(text: str, name: str, ending: str) -> HttpResponse:
    """A file that browsers save under a name, and neither show nor run at our address."""
    answer = HttpResponse(text, content_type=f"text/{ending}; charset=utf-8")
    saved_as = f"{name[:LONGEST_NAME].rstrip('-')}.{ending}"
    answer.headers["Content-Disposition"] = content_disposition_header(True, saved_as) or "attachment"
    return answer


def style() -> str:
    """Of screen and paper."""
    paths = [finders.find(name) for name in ("site.css", "print.css")]
    return "".join(Path(path).read_text() for path in paths if path)
