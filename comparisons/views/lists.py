"""The list of roles with its CSV, and the page of search results. Explore has the same form of filters and table."""

import csv
from collections.abc import Iterator
from io import SEEK_END, StringIO
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from comparisons import formats
from comparisons.exports.csv_file import write_csv_cell
from comparisons.exports.numbers import simplify_value
from comparisons.language.messages import data_extent, found_roles
from comparisons.language.narrowed_lists import name_narrowed_roles
from comparisons.links import add_query, of_roles, page_address
from comparisons.queries import listings
from comparisons.queries.filters import (
    EDUCATIONS,
    HAVING,
    RolesFilter,
    can_answer,
    choose_publisher,
    list_educations_up_to,
)
from comparisons.queries.listings import BY_TITLE, MOST_COUNTED, ListedPublisher, ListedRole, ListSize, Order
from comparisons.queries.revision import read_current_revision
from comparisons.search import matching
from comparisons.search.results import Hit, SearchResult
from comparisons.views import query_meaning, tables
from comparisons.views.pages import write_kept_query
from comparisons.views.sections.getting_in import simplify_major
from comparisons.views.vain_searches import count_in_vain

PER_PAGE = 50
MOST_FOUND = 40  # roles on the page of search results
ROWS_AT_ONCE = 500  # of a file


class ListRequest(NamedTuple):
    """What an address asks for: whose roles, which of them, in which order. `query` is the address's without a page.
    `sort`: the order as addresses give it, "" for the usual one."""

    revision: int
    publishers: tuple[ListedPublisher, ...]
    publisher: ListedPublisher
    filters: RolesFilter
    order: Order
    sort: str
    query: str

    def query_with(self, **changes: str) -> str:
        """The query with some parts replaced; an empty value removes its part."""
        parts = [(name, value) for name, value in self._parts() if name not in changes]
        return urlencode(parts + [(name, value) for name, value in changes.items() if value])

    def query_for(self, publisher: ListedPublisher) -> str:
        """The query that asks another publisher the same, as far as it can answer."""
        parts = [(name, value) for name, value in self._parts() if can_answer(publisher, name, value)]
        return urlencode([("publisher", publisher.slug), *parts])

    def _parts(self) -> list[tuple[str, str]]:
        parts = []
        for name, values in self.filters.data.lists():
            parts += [(name, value) for value in values if value]
        return parts


def read_list_request(request: HttpRequest, usual_order: Order = BY_TITLE) -> ListRequest | None:
    """Return what is asked for; None if the publisher is unknown or nothing is stored.

    `usual_order`: where the address asks for none.
    """
    revision = read_current_revision()
    publishers = listings.list_publishers(revision)
    publisher = choose_publisher(publishers, request.GET)
    if publisher is None:
        return None
    query = request.GET.copy()
    query.pop("page", None)
    order = tables.read_order(request.GET.get("sort", "")) or usual_order
    sort = "" if order == usual_order else ("-" if order.descending else "") + order.column
    return ListRequest(revision, publishers, publisher, RolesFilter(query, publisher), order, sort, query.urlencode())


def roles(request: HttpRequest) -> HttpResponse:
    if "q" in request.GET:
        return search_results(request)
    list_request = read_list_request(request)
    if list_request is None:
        return answer_without_publisher(request, "roles")
    publisher = list_request.publisher
    filtered = list_request.filters.qs if list_request.filters.active else None
    size = listings.count_roles(publisher, filtered, list_request.order)
    listed = size.roles if filtered is None else min(size.roles, MOST_COUNTED)
    pages = max(-(-listed // PER_PAGE), 1)
    page = min(max(_read_page_number(request.GET.get("page", "")), 1), pages)
    context = build_filter_form(list_request) | build_role_table(list_request, "roles", size, page)
    context |= {
        "page": page,
        "pages": pages,
        "size": size,
        "is_all": size.is_all or filtered is None,
        "matching": formats.plain(size.roles),
        "previous": list_request.query_with(page=str(page - 1)),
        "next": list_request.query_with(page=str(page + 1)),
    }
    return render(request, "roles.html", context)


def search_results(request: HttpRequest) -> HttpResponse:
    """The page of search results, `/roles/?q=`, over the roles of all publishers. Two sides lead to a comparison."""
    typed = request.GET.get("q", "")
    results = matching.answer_query(typed, MOST_FOUND)
    if compared := query_meaning.list_likeliest_roles(results):
        comparison = query_meaning.add_typed(of_roles(compared), matching.clean_typed(typed))
        return redirect(add_query(comparison, write_kept_query(request)))
    context = {
        "q": matching.clean_typed(typed),
        "several": len(results) > 1,
        "results": [_describe_answer(result) for result in results],
    }
    response = render(request, "search_results.html", context)
    count_in_vain([result.typed for result in results if result.typed and not result.roles], response)
    return response


class AnswerRow(NamedTuple):
    """`notes`: what stands after the name: its other titles, pay and jobs."""

    slug: str
    name: str
    notes: list[str]


class SearchAnswer(NamedTuple):
    """The answer to a text. `pay`: what pay the roles give, and whose, where their notes say nothing else."""

    typed: str
    outcome: str
    pay: str
    roles: list[AnswerRow]


def _describe_answer(result: SearchResult) -> SearchAnswer:
    pay = found_roles.name_shared_origin(result.roles)
    rows = [AnswerRow(hit.slug, hit.name, _list_notes(hit, pay)) for hit in result.roles]
    return SearchAnswer(result.typed, found_roles.write_search_outcome(result, MOST_FOUND), pay, rows)


def _list_notes(hit: Hit, pay: str) -> list[str]:
    title = found_roles.name_official_title(hit.title, hit.name) if hit.occupation else ""
    notes = [
        found_roles.write_also_called(hit.called),
        found_roles.write_found_pay(hit, pay),
        found_roles.write_found_jobs(hit),
    ]
    notes.append(f"official title: {title}" if title else "")
    return [note for note in notes if note]


def roles_csv(request: HttpRequest) -> HttpResponseBase:
    """All roles of the list, in its order."""
    list_request = read_list_request(request)
    if list_request is None:
        return answer_without_publisher(request, "roles", "roles_csv")
    name = f"roles-{list_request.publisher.slug}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingHttpResponse(_write_csv(list_request), content_type="text/csv; charset=utf-8", headers=headers)


def build_filter_form(list_request: ListRequest) -> dict[str, Any]:
    """What the form of filters and the choice of a publisher need. `filled`: the columns that the publisher fills for
    any role. `narrowed`: what the filters leave."""
    publisher = list_request.publisher
    form, active = list_request.filters.form, list_request.filters.active
    filled = {name for name, roles in publisher.filled.items() if roles}
    majors = [(cip, simplify_major(name)) for cip, name in form.fields["major"].choices if cip]
    major = majors[0][1] if majors else ""
    return {
        "filled": filled,
        "active": active,
        "further": len(active.keys() - {"group", "education", "major"}),
        "educations": _list_educations(publisher),
        "filters": {
            name: FilterField(name, form.data.get(name, ""), " ".join(form.errors.get(name, ())))
            for name in form.fields
        },
        "majors": majors,
        "narrowed": name_narrowed_roles(active, major) if active else "",
        "times": [(months, words) for months, words in form.fields["months_to"].choices if months],
        "having": [
            (name, label) for name, label in HAVING.items() if name == "pay" or can_answer(publisher, "has", name)
        ],
        "query": list_request.query,
        "publisher": publisher,
        "list_notes": data_extent.list_notes(publisher),
        "publishers": [
            (other, list_request.query_for(other)) for other in list_request.publishers if any(other.filled.values())
        ],
        "sort": list_request.sort,
    }


class FilterField(NamedTuple):
    """A field of the form as it was filled in. `fault`: what is wrong with that, "" where nothing is."""

    name: str
    typed: str
    fault: str


def _list_educations(publisher: ListedPublisher) -> list[tuple[str, str, int]]:
    """Each choice with its label and how many roles it leaves; none if the publisher says nothing about education."""
    options = []
    if publisher.educations:
        for name, (label, level) in EDUCATIONS.items():
            counts = [publisher.educations.get(education, 0) for education in list_educations_up_to(level)]
            options.append((name, label, sum(counts)))
    return options


def build_role_table(
    list_request: ListRequest, view: str, size: ListSize, page: int, most: int = PER_PAGE
) -> dict[str, Any]:
    """The headings, which lead to other orders of the same view, one page of at most so many rows, and the number of
    jobs of the last of them."""
    path = page_address(view)
    headings = []
    for heading in tables.list_headings(list_request.publisher, list_request.order):
        link = f"{path}?{list_request.query_with(sort=heading.order)}" if heading.order else ""
        headings.append(heading._replace(link=link))
    start = (page - 1) * most
    listed = listings.read_roles(list_request.filters.qs, list_request.order, size.with_value, start, start + most)
    rows = tables.list_rows(list_request.publisher, listed, {heading.css_class for heading in headings})
    return {"headings": headings, "rows": rows, "last_jobs": listed[-1].jobs if listed else None}


def answer_without_publisher(request: HttpRequest, page: str, form: str = "") -> HttpResponse:
    """An unknown publisher leads to the same list of another one; where there is none, the page of the list says so.

    `form`: the view that was asked for, where that is not the page.
    """
    if not listings.list_publishers(read_current_revision()):
        return render(request, f"{page}.html", {"publisher": None, "narrowed": ""})
    query = request.GET.copy()
    query.pop("publisher", None)
    return redirect(page_address(form or page) + (f"?{query.urlencode()}" if query else ""))


# The vocabulary's keys for the columns of `listings.ListedRole`, as files name them.
KEYS = (
    "title",
    "slug",
    "salary.annual_average",
    "salary.annual_median",
    "salary.annual_low",
    "salary.annual_high",
    "outlook.job_count",
    "outlook.growth_percent",
    "projection.growth_percent",
    "projection.base_year",
    "projection.target_year",
    "entry.months_low",
    "entry.months_high",
    "entry.by_experience",
    "occupation_group",
    "requirements.education",
    "salary.figures_of",
    "outlook.figures_of",
    "salary.relative_error_percent",
    "outlook.relative_error_percent",
    "name",
)


def list_exported_values(role: ListedRole) -> tuple[Any, ...]:
    """The values of a role for `KEYS`: the publisher's title first, what pages call it last."""
    return (role.published_title, *role[1:-1], role.title)


def _write_csv(list_request: ListRequest) -> Iterator[str]:
    """Write the file in pieces to save memory. The mark at the start tells spreadsheets that it is UTF-8."""
    piece = StringIO("\N{ZERO WIDTH NO-BREAK SPACE}", newline="")
    piece.seek(0, SEEK_END)
    writer = csv.writer(piece)
    writer.writerow(("publisher", *KEYS))
    for number, row in enumerate(listings.iterate_roles(list_request.filters.qs, list_request.order), 1):
        values = (list_request.publisher.name, *list_exported_values(row))
        writer.writerow(write_csv_cell(simplify_value(value)) for value in values)
        if number % ROWS_AT_ONCE == 0:
            yield piece.getvalue()
            piece.seek(0)
            piece.truncate()
    yield piece.getvalue()


def _read_page_number(text: str) -> int:
    """Read the number of a page; 1 if it is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 1
