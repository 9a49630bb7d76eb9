"""What search engines are told: which addresses there are, in files of at most 50,000, and which to leave alone."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import chain, islice
from typing import Any
from urllib.parse import quote

from django.db.models import Count, Exists, F, Max, Min, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Greatest
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from careers.models import MANY_ROW_GROUPS, ONE_ROW_GROUPS, Listing, Role, SalaryStats
from comparisons.links import address
from comparisons.queries import overview
from comparisons.queries.revision import revision

# What the protocol allows in one file.
MOST_ADDRESSES = 50_000
# How many are read and sent at once.
AT_ONCE = 2000
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
# The pages that stand at one address each.
PAGES = ("home", "roles", "explore", "about", "api")
_LONG_AGO = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
_CITATIONS = [f"{group}__citation" for group in ONE_ROW_GROUPS] + [f"{group}_citation" for group in MANY_ROW_GROUPS]

Entry = tuple[str, datetime | None]


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    context = {"sitemap": request.build_absolute_uri(reverse("sitemap"))}
    return render(request, "robots.txt", context, content_type="text/plain; charset=utf-8")


@require_safe
def index(request: HttpRequest) -> StreamingHttpResponse:
    """The files that hold the addresses."""
    counts = overview.held("sitemap", revision(), lambda: (_roles().count(), _compared().count()))
    names = [reverse("sitemap_pages")]
    for kind, count in zip(("roles", "comparisons"), counts, strict=True):
        names += [reverse("sitemap_file", args=[kind, number + 1]) for number in range(-(-count // MOST_ADDRESSES))]
    return _xml(request, "sitemapindex", "sitemap", ((name, None) for name in names))


@require_safe
def pages(request: HttpRequest) -> StreamingHttpResponse:
    return _xml(request, "urlset", "url", ((reverse(name), None) for name in PAGES))


@require_safe
def file(request: HttpRequest, kind: str, number: str) -> StreamingHttpResponse:
    """The addresses of roles, or of the comparisons that publishers make; `number` counts the files from 1."""
    entries = {"roles": role_entries, "comparisons": comparison_entries}[kind]((int(number) - 1) * MOST_ADDRESSES)
    first = next(entries, None)
    if first is None:
        raise Http404("There are not so many addresses.")
    return _xml(request, "urlset", "url", chain([first], entries))


def role_entries(first: int) -> Iterator[Entry]:
    """Roles by age, so that each stays in its file; with the time when the newest of their facts was loaded.

    Read in parts: PostgreSQL would join all of a file before it gives the first, and that takes longer than it may.
    """
    loaded: Any = Greatest(*(Coalesce(F(f"{path}__loaded_at"), Value(_LONG_AGO)) for path in _CITATIONS))
    start: Any = Subquery(_roles().order_by("pk").values("pk")[first : first + 1])  # it passes over all before
    for left in range(MOST_ADDRESSES, 0, -AT_ONCE):
        rows = _roles().filter(pk__gte=start).order_by("pk").values_list("pk", "slug", loaded)[: min(left, AT_ONCE)]
        for _, slug, when in rows:
            yield address("role", slug), when
        if len(rows) < AT_ONCE:
            return
        start = rows[len(rows) - 1][0] + 1


def comparison_entries(first: int) -> Iterator[Entry]:
    """Without a time: such a page changes with either of its roles."""
    known = ""
    rows = _compared().order_by("one", "other")[first : first + MOST_ADDRESSES]
    for each in rows.iterator(chunk_size=AT_ONCE):
        found = address("comparison", *sorted((each["one"], each["other"])))
        if found != known:  # several pages can compare the same two
            yield found, None
        known = found


def _roles() -> QuerySet[Role]:
    """Those of which anything is current."""
    return Role.objects.filter(Exists(Listing.objects.filter(role=OuterRef("pk"))))


def _compared() -> QuerySet[Any, Any]:
    """The two roles of each page that compares two."""
    rows = SalaryStats.objects.filter(citation__publisher__taken_down_at=None, role__soc_code=None).order_by()
    two = rows.values("citation").annotate(count=Count("pk"), one=Min("role__slug"), other=Max("role__slug"))
    return two.filter(count=2)


def _xml(request: HttpRequest, root: str, item: str, entries: Iterable[Entry]) -> StreamingHttpResponse:
    """In pieces, for a whole file is six megabytes. Paths are quoted, so they hold nothing that XML gives a meaning."""
    host = f"{request.scheme}://{quote(request.get_host(), safe=':[]')}"

    def line(entry: Entry) -> str:
        path, when = entry
        time = f"<lastmod>{when.isoformat(timespec='seconds')}</lastmod>" if when else ""
        return f"<{item}><loc>{host}{path}</loc>{time}</{item}>\n"

    def pieces() -> Iterator[str]:
        left = iter(entries)
        yield f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{NAMESPACE}">\n'
        while piece := "".join(map(line, islice(left, AT_ONCE))):
            yield piece
        yield f"</{root}>\n"

    return StreamingHttpResponse(pieces(), content_type="application/xml; charset=utf-8")
