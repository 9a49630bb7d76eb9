"""robots.txt and the sitemap.

Not django.contrib.sitemaps, which holds a whole file in memory: at 100,000 roles one file took 73 MB instead of 10, and
more than three times the processor time (docs/decisions.md).
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import chain, islice
from typing import Any, NamedTuple
from urllib.parse import quote

from django.db.models import Count, Exists, F, Max, Min, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Greatest
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse

from careers.models import CITATION_PATHS, Listing, Role, SalaryStats
from comparisons.links import VS
from comparisons.queries.revision import compute_once, read_current_revision

# The protocol allows no more in one file.
ADDRESSES_PER_FILE = 50_000
# How many addresses are read from the database and sent at a time.
BATCH_SIZE = 2000
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
# The views without arguments that a search engine should know.
PAGES = ("home", "roles", "explore", "about", "api")
_LONG_AGO = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


class SitemapEntry(NamedTuple):
    path: str
    changed_at: datetime | None = None


def robots(request: HttpRequest) -> HttpResponse:
    context = {"sitemap": request.build_absolute_uri(reverse("sitemap"))}
    return render(request, "robots.txt", context, content_type="text/plain; charset=utf-8")


def index(request: HttpRequest) -> StreamingHttpResponse:
    """The sitemap index: the addresses of all sitemap files."""
    counts = compute_once(
        "sitemap", read_current_revision(), lambda: (_query_current_roles().count(), _query_compared_pairs().count())
    )
    paths = [reverse("sitemap_pages")]
    for kind, count in zip(("roles", "comparisons"), counts, strict=True):
        for first in range(0, count, ADDRESSES_PER_FILE):
            paths.append(reverse("sitemap_file", args=[kind, first // ADDRESSES_PER_FILE + 1]))
    return _stream_xml(request, "sitemapindex", "sitemap", map(SitemapEntry, paths))


def pages(request: HttpRequest) -> StreamingHttpResponse:
    return _stream_xml(request, "urlset", "url", [SitemapEntry(reverse(view)) for view in PAGES])


def file(request: HttpRequest, kind: str, number: str) -> StreamingHttpResponse:
    """One file of roles, or of the pairs that publishers compare; `number` counts from 1."""
    read_entries = list_role_entries if kind == "roles" else list_comparison_entries
    entries = read_entries((int(number) - 1) * ADDRESSES_PER_FILE)
    first = next(entries, None)
    if first is None:
        raise Http404("The sitemap has fewer files.")
    return _stream_xml(request, "urlset", "url", chain([first], entries))


def list_role_entries(offset: int) -> Iterator[SitemapEntry]:
    """The roles of one file, oldest first so that each stays in its file, with the time their newest facts were loaded.

    Read in batches: PostgreSQL would join all 50,000 before it returned the first, which takes longer than a statement
    may.
    """
    loaded_at: Any = Greatest(
        *(Coalesce(F(f"{path}__loaded_at"), Value(_LONG_AGO)) for path in CITATION_PATHS.values())
    )
    start: Any = Subquery(_query_current_roles().order_by("pk").values("pk")[offset : offset + 1])
    write_path = _make_path_writer("role")
    for remaining in range(ADDRESSES_PER_FILE, 0, -BATCH_SIZE):
        roles = _query_current_roles().filter(pk__gte=start).order_by("pk").values_list("pk", "slug", loaded_at)
        batch = list(roles[: min(remaining, BATCH_SIZE)])
        for _, slug, changed_at in batch:
            yield SitemapEntry(write_path(slug), changed_at)
        if len(batch) < BATCH_SIZE:
            return
        start = batch[-1][0] + 1


def list_comparison_entries(offset: int) -> Iterator[SitemapEntry]:
    """The pairs of one file, without a time: such a page changes with either of its roles."""
    pairs = _query_compared_pairs().order_by("first_slug", "last_slug")[offset : offset + ADDRESSES_PER_FILE]
    write_path = _make_path_writer("comparison")
    for slugs in pairs.iterator(chunk_size=BATCH_SIZE):
        yield SitemapEntry(write_path(VS.join(sorted(slugs))))


def _make_path_writer(view: str) -> Callable[[str], str]:
    """Writes the paths of a view from slugs; 50,000 calls of reverse() would nearly double the time of a file."""
    before, _, after = reverse(view, args=["-"]).partition("-")
    return lambda slug: f"{before}{quote(slug)}{after}"


def _query_current_roles() -> QuerySet[Role]:
    return Role.objects.filter(Exists(Listing.objects.filter(role=OuterRef("pk"))))


def _query_compared_pairs() -> QuerySet[Any, Any]:
    """The slugs of the two roles of each page that compares two, each pair once."""
    rows = SalaryStats.objects.filter(citation__publisher__taken_down_at=None, role__soc_code=None).order_by()
    pages_of_two = rows.values("citation").annotate(roles=Count("pk")).filter(roles=2)
    slugs = {"first_slug": Min("role__slug"), "last_slug": Max("role__slug")}
    return pages_of_two.annotate(**slugs).values_list("first_slug", "last_slug").distinct()


def _stream_xml(
    request: HttpRequest, root: str, element: str, entries: Iterable[SitemapEntry]
) -> StreamingHttpResponse:
    """Sends the file in pieces, as a full one has 6 MB. Paths are quoted, so they need no escaping in XML."""
    host = f"{request.scheme}://{quote(request.get_host(), safe=':[]')}"

    def write_entry(entry: SitemapEntry) -> str:
        changed_at = entry.changed_at
        time = f"<lastmod>{changed_at.isoformat(timespec='seconds')}</lastmod>" if changed_at else ""
        return f"<{element}><loc>{host}{entry.path}</loc>{time}</{element}>\n"

    def write_pieces() -> Iterator[str]:
        remaining = iter(entries)
        yield f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{NAMESPACE}">\n'
        while piece := "".join(map(write_entry, islice(remaining, BATCH_SIZE))):
            yield piece
        yield f"</{root}>\n"

    return StreamingHttpResponse(write_pieces(), content_type="application/xml; charset=utf-8")
