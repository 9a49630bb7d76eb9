"""Tables, by django-tables2: their columns, heads and sorting.

The list of roles is drawn whole by django-tables2. Of a comparison's tables it draws the
head, once; their bodies are drawn by `markup` from plain Lines, for binding every cell
would cost more than the rest of the page.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache
from typing import Any

import django_tables2 as tables
from django.db.models import Case, F, QuerySet, When
from django.http import HttpRequest
from django.template.loader import get_template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from careers.models import Role
from comparisons import formats, rows
from comparisons.comparison import Comparison, Line
from comparisons.dataset import PublisherCount, of_publisher

MOST_DIFFERENCES = 8
PER_PAGE = 50


class ComparisonTable(tables.Table):  # type: ignore[misc]  # django-tables2 has no types
    """The head of every table of a comparison: the row's name, one column per role, the difference of two."""

    name = tables.Column(verbose_name="Figure", attrs={"th": {"class": "name"}})

    class Meta:
        orderable = False
        template_name = "comparisons/_table.html"


def head(comparison: Comparison) -> SafeString:
    """The head that all tables of one comparison have."""
    return format_html(_head(len(comparison.sides)), *(side.title for side in comparison.sides))


@cache
def _head(sides: int) -> str:
    """Drawn once for each number of roles, with {} for their titles: that takes a twentieth of a whole page."""
    columns = [
        (f"role_{letter}", tables.Column(verbose_name="{}", attrs={"th": {"class": f"role {letter}"}}))
        for letter in rows.LETTERS[:sides]
    ]
    if sides == 2:
        columns.append(("difference", tables.Column(verbose_name="{} minus {}".format(*rows.MARKERS[:2]))))
    table = ComparisonTable([], extra_columns=columns)
    return str(get_template(table.template_name).render({"table": table}))


def differences(comparison: Comparison, unusual: Mapping[str, float]) -> list[Line]:
    """Up to eight lines that differ, none on who does the work today, none that repeats another. Those with an amount
    go before those in words; of those whose share is told in `unusual` the greatest stands first, and without it all
    stand in the order of the page."""
    sections = [section for section in comparison.sections if section.section.slug != "people"]
    differing = [line for section in sections for line in section.lines if not line.row.repeats and _differs(line)]
    in_words = sorted(differing, key=lambda line: line.row.difference is None)
    if unusual:
        return sorted(in_words, key=lambda line: -unusual.get(line.row.key, -1.0))[:MOST_DIFFERENCES]
    keys = {line.row.key for line in in_words[:MOST_DIFFERENCES]}
    return [line for line in differing if line.row.key in keys]


def _differs(line: Line) -> bool:
    """Two values that are not the same: of two roles both are needed, of more any two."""
    return len({cell.text for cell in line.cells if not cell.missing}) > 1


def _sorted_by(*names: str) -> Callable[..., tuple[QuerySet[Any, Any], bool]]:
    """Missing values stand last in both directions; equal ones by title."""

    def order(
        table: tables.Table, queryset: QuerySet[Any, Any], is_descending: bool
    ) -> tuple[QuerySet[Any, Any], bool]:
        keys = [F(name).desc(nulls_last=True) if is_descending else F(name).asc(nulls_last=True) for name in names]
        return queryset.order_by(*keys, "key"), True

    return order


def _cell(label: str, **attributes: str) -> dict[str, dict[str, str]]:
    """`data-label` stands before the value where the table is stacked on a narrow screen."""
    return {"td": {"data-label": label, **attributes}}


class RolesTable(tables.Table):  # type: ignore[misc]  # django-tables2 has no types
    """The roles of one publisher, each with that publisher's figures only. `top_pay`: where the bars of pay end."""

    pick = tables.Column(verbose_name="Compare", accessor="slug", orderable=False, attrs={"td": {"class": "pick"}})
    title = tables.Column(
        verbose_name="Role", linkify=("role", {"slug": tables.A("slug")}), attrs={"td": {"class": "role"}}
    )
    pay = tables.Column(verbose_name="Average a year", attrs=_cell("Average a year"))
    low = tables.Column(verbose_name="Pay range", empty_values=(), attrs=_cell("Pay range", **{"class": "range"}))
    jobs = tables.Column(verbose_name="Jobs", attrs=_cell("Jobs"))
    growth = tables.Column(verbose_name="Growth rate", attrs=_cell("Growth rate"))
    months = tables.Column(verbose_name="Time to enter", empty_values=(), attrs=_cell("Time to enter"))

    order_title = _sorted_by("key")
    order_pay = _sorted_by("pay")
    order_low = _sorted_by("low", "high")
    order_jobs = _sorted_by("jobs")
    order_growth = _sorted_by("growth")
    order_months = _sorted_by("months", "months_high")

    class Meta:
        template_name = "comparisons/_roles_table.html"
        default = formats.MISSING
        attrs = {"class": "roles"}
        empty_text = "No roles are stored yet."

    def __init__(self, *args: Any, top_pay: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.top_pay = top_pay

    def render_pick(self, value: str, record: dict[str, Any]) -> SafeString:
        return format_html(
            '<label><input type="checkbox" name="role" value="{}">'
            '<span class="visually-hidden">Compare {}</span></label>',
            value,
            record["title"],
        )

    def render_pay(self, value: int) -> str:
        return formats.dollars(value)

    def render_low(self, record: dict[str, Any]) -> str:
        low, high = record["low"], record["high"]
        if low is None and high is None:
            return formats.MISSING
        text = rows.money_range(low, high)
        if None in (low, high) or not self.top_pay:
            return text
        return format_html(
            '{}<svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">'
            '<rect x="{}" width="{}" height="4"/></svg>',
            text,
            round(100 * low / self.top_pay, 1),
            round(100 * (high - low) / self.top_pay, 1),
        )

    def render_jobs(self, value: int) -> str:
        return formats.plain(value)

    def render_growth(self, value: Decimal) -> str:
        return formats.growth(value)

    def render_months(self, record: dict[str, Any]) -> str:
        return rows.time_to_enter(record["months"], record["months_high"], record["experience"]) or formats.MISSING


def roles_table(publisher: PublisherCount) -> RolesTable:
    def here(group: str, field: str) -> Case:
        return Case(When(**{f"{group}__citation__publisher": publisher.pk}, then=F(f"{group}__{field}")))

    roles = Role.objects.filter(of_publisher(publisher.pk)).order_by("key")
    figures = roles.values(
        "title",
        "slug",
        pay=here("salary", "annual_average"),
        low=here("salary", "annual_low"),
        high=here("salary", "annual_high"),
        jobs=here("outlook", "job_count"),
        growth=here("outlook", "growth_percent"),
        months=here("preparation", "months_low"),
        months_high=here("preparation", "months_high"),
        experience=here("preparation", "years_of_experience"),
    )
    return RolesTable(figures, top_pay=publisher.top_pay)


def drawn_for(request: HttpRequest, table: tables.Table) -> tables.Table:
    """The table sorted and paged as the address asks; a page that does not exist becomes the nearest one."""
    tables.RequestConfig(request, paginate={"per_page": PER_PAGE, "silent": True}).configure(table)
    return table
