"""Pages to measure ours against: nothing at all, and the same data drawn in the ways one would first think of."""

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


def rows() -> tuple[list[Role], list[dict[str, object]]]:
    """Two roles by one query, their skills by another, as 40 rows of a name and two values."""
    a, b = roles = list(Role.objects.with_facts().filter(salary__isnull=False)[:2])
    found: list[dict[str, object]] = [
        {"name": field.verbose_name, "a": getattr(a.salary, field.attname), "b": getattr(b.salary, field.attname)}
        for field in SalaryStats._meta.concrete_fields
        if field.name not in ("id", "role", "citation", "evidence")
    ]
    skills = RoleSkill.objects.filter(role__in=roles).values_list("name", "rank", "percent")
    found += [{"name": name, "a": rank, "b": percent} for name, rank, percent in skills]
    return roles, (found * 3)[:ROWS]


def empty(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def plain(request: HttpRequest) -> HttpResponse:
    (a, b), found = rows()
    return HttpResponse(PLAIN.render(Context({"a": a, "b": b, "rows": found})))


class StockTable(django_tables2.Table):  # type: ignore[misc]  # django-tables2 has no types
    name = django_tables2.Column()
    a = django_tables2.Column()
    b = django_tables2.Column()


def stock_table(request: HttpRequest) -> HttpResponse:
    _, found = rows()
    return HttpResponse(StockTable(found).as_html(request))


def stock_charts(request: HttpRequest) -> HttpResponse:
    """Three figures, as Plotly's own classes build them."""
    _, found = rows()
    figures = [
        graph_objects.Figure(
            data=[
                graph_objects.Bar(x=[str(row["name"]) for row in found[:10]], y=[place] * 10, name=side)
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
