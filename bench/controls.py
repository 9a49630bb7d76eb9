"""Pages to measure ours against: an empty one, and the same data drawn with the stock tools."""

import django_tables2
from django.http import HttpRequest, HttpResponse
from django.template import Context, Template
from django.urls import path
from plotly import graph_objects

from careers.models import Role, RoleSkill, SalaryStats
from config.urls import urlpatterns as real_urlpatterns

ROWS = 40
PLAIN = Template(
    "<!doctype html><title>{{ a.title }} and {{ b.title }}</title><table>"
    "{% for row in rows %}<tr><th>{{ row.name }}</th><td>{{ row.a|default:'—' }}</td><td>{{ row.b|default:'—' }}</td>"
    "</tr>{% endfor %}</table>"
)


def load_rows() -> tuple[list[Role], list[dict[str, object]]]:
    """Load two roles with one query and their skills with another, as 40 rows of a name and two values."""
    a, b = roles = list(Role.objects.with_facts().filter(salary__isnull=False)[:2])
    rows: list[dict[str, object]] = [
        {"name": field.verbose_name, "a": getattr(a.salary, field.attname), "b": getattr(b.salary, field.attname)}
        for field in SalaryStats._meta.concrete_fields
        if field.name not in ("id", "role", "citation", "evidence")
    ]
    skills = RoleSkill.objects.filter(role__in=roles).values_list("name", "rank", "percent")
    rows += [{"name": name, "a": rank, "b": percent} for name, rank, percent in skills]
    return roles, (rows * 3)[:ROWS]


def empty(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def plain(request: HttpRequest) -> HttpResponse:
    (a, b), rows = load_rows()
    return HttpResponse(PLAIN.render(Context({"a": a, "b": b, "rows": rows})))


class StockTable(django_tables2.Table):  # type: ignore[misc]  # django-tables2 has no types
    name = django_tables2.Column()
    a = django_tables2.Column()
    b = django_tables2.Column()


def stock_table(request: HttpRequest) -> HttpResponse:
    _, rows = load_rows()
    return HttpResponse(StockTable(rows).as_html(request))


def stock_charts(request: HttpRequest) -> HttpResponse:
    """Build three figures with Plotly's own classes."""
    _, rows = load_rows()
    figures = [
        graph_objects.Figure(
            data=[
                graph_objects.Bar(x=[str(row["name"]) for row in rows[:10]], y=[place] * 10, name=side)
                for side in ("a", "b")
            ],
            layout={"title": f"Figure {place}"},
        )
        for place in (1, 2, 3)
    ]
    return HttpResponse("".join(figure.to_json() for figure in figures))


urlpatterns = [
    path("control/empty/", empty),
    path("control/plain/", plain),
    path("control/table/", stock_table),
    path("control/charts/", stock_charts),
    *real_urlpatterns,
]
