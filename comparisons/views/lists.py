"""The pages with many roles on them: the list, its CSV, and the roles as points. One form narrows all of them down."""

import csv
from collections.abc import Iterator
from io import SEEK_END, StringIO
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from comparisons import formats
from comparisons.charts import scatter as points
from comparisons.exports.serializer import csv_cell
from comparisons.exports.serializer import number as number_of
from comparisons.queries import listings
from comparisons.queries.filters import HAVING, RolesFilter, can_answer
from comparisons.queries.listings import MOST_COUNTED, ListedPublisher, ListSize, Order
from comparisons.queries.revision import current_revision
from comparisons.views import search_results, tables

PER_PAGE = 50
ROWS_AT_ONCE = 500  # of a file


class Asked(NamedTuple):
    """What an address asks for: whose roles, which of them, in which order. `query` is the address without its page."""

    number: int
    publishers: tuple[ListedPublisher, ...]
    publisher: ListedPublisher
    filters: RolesFilter
    order: Order
    query: str

    @property
    def filtered(self) -> bool:
        return bool(self.filters.active)

    def with_query(self, **changes: str) -> str:
        """The address's query with some of its parts set anew, "" taking one away."""
        kept = [(name, value) for name, value in self._parts if name not in changes]
        return urlencode(kept + [(name, value) for name, value in changes.items() if value])

    def of(self, other: ListedPublisher) -> str:
        """The query that asks another publisher the same, as far as it can answer."""
        kept = [(name, value) for name, value in self._parts if can_answer(other, name, value)]
        return urlencode([("publisher", other.slug), *kept])

    @property
    def _parts(self) -> list[tuple[str, str]]:
        return [(name, value) for name, values in self.filters.data.lists() for value in values if value]


def asked(request: HttpRequest) -> Asked | None:
    """None: whose roles are asked for is not known here."""
    number = current_revision()
    publishers = listings.list_publishers(number)
    wanted = request.GET.get("publisher")
    publisher = next((each for each in publishers if wanted in (None, "", each.slug)), None)
    if publisher is None:
        return None
    given = request.GET.copy()
    given.pop("page", None)
    order = tables.list_order(request.GET.get("sort", ""))
    return Asked(number, publishers, publisher, RolesFilter(given, publisher), order, given.urlencode())


@require_safe
def roles(request: HttpRequest) -> HttpResponse:
    if "q" in request.GET:
        return search_results.found(request)
    found = asked(request)
    if found is None:
        return _nobody(request, "roles")
    counted = listings.count_roles(found.publisher, found.filters.qs if found.filtered else None, found.order)
    pages = max(-(-min(counted.roles, MOST_COUNTED if found.filtered else counted.roles) // PER_PAGE), 1)
    page = min(max(_whole(request.GET.get("page", "")), 1), pages)
    context = shared(found) | table(found, counted, page)
    context |= {"page": page, "pages": pages, "counted": counted, "is_all": counted.is_all or not found.filtered}
    context["found"] = formats.plain(counted.roles)
    context |= {"previous": found.with_query(page=str(page - 1)), "next": found.with_query(page=str(page + 1))}
    return render(request, "comparisons/roles.html", context)


@require_safe
def roles_csv(request: HttpRequest) -> HttpResponseBase:
    """The roles of the list, all pages of it, in its order."""
    found = asked(request)
    if found is None:
        return redirect("roles")
    name = f"roles-{found.publisher.slug}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingHttpResponse(_csv(found), content_type="text/csv; charset=utf-8", headers=headers)


@require_safe
def explore(request: HttpRequest) -> HttpResponse:
    found = asked(request)
    if found is None:
        return _nobody(request, "explore")
    picture = points.picture(found.number, found.publisher, found.filters)
    counted = ListSize(PER_PAGE, found.publisher.given.get(found.order.column, found.publisher.roles))
    context = shared(found) | table(found, counted, 1) | {"picture": picture, "drawing": points.drawn(picture)}
    context["drawable"] = formats.counted(found.publisher.drawable, "role")
    return render(request, "comparisons/explore.html", context)


@require_safe
def explore_json(request: HttpRequest) -> HttpResponse:
    """The points for the browser's Plotly."""
    found = asked(request)
    if found is None:
        return redirect("explore")
    return JsonResponse(points.figure(points.picture(found.number, found.publisher, found.filters)))


def shared(found: Asked) -> dict[str, Any]:
    """What the form of filters and the choice of a publisher are drawn from."""
    form, active = found.filters.form, found.filters.active
    return {
        "asked": found,
        "publisher": found.publisher,
        "publishers": [(each, found.of(each)) for each in found.publishers],
        "given": {name for name, roles in found.publisher.given.items() if roles},
        "active": active,
        "further": len(active.keys() - {"group"}),
        "typed": {name: form.data.get(name, "") for name in form.fields},
        "wrong": {name: " ".join(errors) for name, errors in form.errors.items()},
        "times": form.fields["months_to"].choices,
        "having": [(name, label) for name, label in HAVING.items() if found.publisher.given[name] or name == "pay"],
        "sort": ("-" if found.order.descending else "") + found.order.column,
    }


def table(found: Asked, counted: ListSize, page: int) -> dict[str, Any]:
    """The heads and one page of rows."""
    heads = tables.list_heads(found.publisher, found.order)
    start = (page - 1) * PER_PAGE
    rows = listings.read_roles(found.filters.qs, found.order, counted.known, start, start + PER_PAGE)
    return {
        "heads": [(head, found.with_query(sort=head.turn) if head.turn else "") for head in heads],
        "rows": tables.list_body(found.publisher, rows, {head.name for head in heads}),
        "shown": len(rows),
    }


def _nobody(request: HttpRequest, view: str) -> HttpResponse:
    """A publisher that is not known leads to the list of the first; without any there is nothing to list."""
    return (
        redirect(view) if listings.list_publishers(current_revision()) else render(request, f"comparisons/{view}.html")
    )


# What the columns of `listings.ListedRole` are called in files, in the words of the vocabulary.
KEYS = (
    "title",
    "slug",
    "salary.annual_average",
    "salary.annual_median",
    "salary.annual_low",
    "salary.annual_high",
    "outlook.job_count",
    "outlook.growth_percent",
    "entry.months_low",
    "entry.months_high",
    "entry.by_experience",
    "occupation_group",
)


def _csv(found: Asked) -> Iterator[str]:
    """In pieces, for all at once would take much memory. The mark in front tells spreadsheets that it is UTF-8."""
    piece = StringIO("\N{ZERO WIDTH NO-BREAK SPACE}", newline="")
    piece.seek(0, SEEK_END)
    writer = csv.writer(piece)
    writer.writerow(("publisher", *KEYS))
    for number, row in enumerate(listings.iterate_roles(found.filters.qs, found.order), 1):
        writer.writerow(csv_cell(number_of(value)) for value in (found.publisher.name, *row))
        if number % ROWS_AT_ONCE == 0:
            yield piece.getvalue()
            piece.seek(0)
            piece.truncate()
    yield piece.getvalue()


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 1
