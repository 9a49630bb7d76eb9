"""Tables, by django-tables2: their columns, heads and sorting.

It gives the heads of lists and of comparisons. Their bodies are put together by `markup` from plain rows, for binding
every cell would cost more than the rest of the page.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

import django_tables2 as tables
from django.template.loader import get_template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from careers.vocabulary import LABELS
from comparisons import formats, rows
from comparisons.comparison import Comparison, ComparisonLine
from comparisons.queries.listings import COLUMNS, ListedPublisher, ListedRole, Order
from comparisons.views.markup import Piece, filled

MOST_DIFFERENCES = 8


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


def differences(comparison: Comparison, unusual: Mapping[str, float]) -> list[ComparisonLine]:
    """Up to eight lines that differ, none on who does the work today, none that repeats another. Those with an amount
    go before those in words; of those whose share is told in `unusual` the greatest stands first, and without it all
    stand in the order of the page."""
    sections = [section for section in comparison.sections if section.section.slug != "people"]
    lines = [line for section in sections for line in section.lines]
    comparable = {line.row.key for line in lines if sum(not cell.missing for cell in line.cells) > 1}
    differing = [line for line in lines if _differs(line) and comparable.isdisjoint(line.row.repeats)]
    in_words = sorted(differing, key=lambda line: line.row.difference is None)
    if unusual:
        return sorted(in_words, key=lambda line: -unusual.get(line.row.key, -1.0))[:MOST_DIFFERENCES]
    keys = {line.row.key for line in in_words[:MOST_DIFFERENCES]}
    return [line for line in differing if line.row.key in keys]


def _differs(line: ComparisonLine) -> bool:
    """Two values that are not the same: of two roles both are needed, of more any two."""
    return len({cell.text for cell in line.cells if not cell.missing}) > 1


# -- The list of roles ----------------------------------------------------------------------------------------


class RolesTable(tables.Table):  # type: ignore[misc]  # django-tables2 has no types
    """The head of a list of roles, and what it can be sorted by. Its body is drawn by `list_body`: 50 rows of bound
    cells cost a hundred empty views."""

    pick = tables.Column(verbose_name="Compare", orderable=False)
    title = tables.Column(verbose_name="Role")
    pay = tables.Column(verbose_name="Average a year")
    median = tables.Column(verbose_name="Median a year")
    low = tables.Column(verbose_name=LABELS["salary.range"])
    jobs = tables.Column(verbose_name="Jobs")
    growth = tables.Column(verbose_name=LABELS["outlook.growth_percent"])
    months_low = tables.Column(verbose_name=LABELS["entry.time"])

    class Meta:
        order_by_field = "sort"


class Head(NamedTuple):
    """One column's head. `turn`: what to sort by when it is chosen, "" where it cannot be; `aria_sort` as in ARIA."""

    name: str
    title: str
    turn: str
    aria_sort: str


def list_heads(publisher: ListedPublisher, order: Order) -> list[Head]:
    """The columns that this publisher fills for any role."""
    empty = [name for name in COLUMNS if not publisher.given[name]]
    sorted_by = ("-" if order.descending else "") + order.column
    table = RolesTable([], order_by=sorted_by, exclude=empty)
    heads = []
    for column in table.columns:
        turn = str(column.order_by_alias.next) if column.orderable else ""
        if column.is_ordered:
            aria = "descending" if order.descending else "ascending"
        else:
            # Of figures the largest are asked for first, of times and titles the smallest.
            aria, turn = "", f"-{turn}" if column.name in LARGEST_FIRST else turn
        heads.append(Head(column.name, column.header, turn, aria))
    return heads


LARGEST_FIRST = ("pay", "median", "low", "jobs", "growth")


def list_order(asked: str) -> Order:
    """
    >>> list_order("-pay"), list_order("nothing")
    (Order(column='pay', descending=True), Order(column='title', descending=False))
    """
    column = asked.removeprefix("-")
    return Order(column, asked.startswith("-")) if column in (*COLUMNS, "title") else Order()


def list_body(publisher: ListedPublisher, found: Iterable[ListedRole], shown: Collection[str]) -> SafeString:
    """The rows of a list: a tick box, the role, then a cell for each column that is shown."""
    cells = [(name, cell) for name, cell in CELLS.items() if name in shown]
    labels = {column: RolesTable.base_columns[column].verbose_name for column in CELLS}

    def pieces() -> Iterator[Piece]:
        for row in found:
            yield _PICK, [row.slug, row.title, row.slug, row.title]
            for name, cell in cells:
                text, bar = cell(row, publisher)
                # Where the table is stacked on a narrow screen, the label stands before the value.
                yield f'<td class="{name}" data-label="{labels[name]}">{{}}{bar}</td>', [text]
            yield "</tr>\n", ()

    return filled(pieces())


# A slug holds letters, digits and hyphens, so that it is its own address.
_PICK = (
    '<tr><td class="pick"><label><input type="checkbox" name="role" value="{}">'
    '<span class="visually-hidden">Compare {}</span></label></td>'
    '<th scope="row" class="role"><a href="/roles/{}/">{}</a></th>'
)


def _pay_cell(row: ListedRole, publisher: ListedPublisher) -> tuple[str, str]:
    if row.pay is None:
        return formats.MISSING, ""
    return formats.dollars(row.pay), "" if publisher.given["low"] else _bar(0, row.pay, publisher.most["pay"])


def _median_cell(row: ListedRole, publisher: ListedPublisher) -> tuple[str, str]:
    if row.median is None:
        return formats.MISSING, ""
    has_other_bar = publisher.given["low"] or publisher.given["pay"]
    return formats.dollars(row.median), "" if has_other_bar else _bar(0, row.median, publisher.most["median"])


def _range_cell(row: ListedRole, publisher: ListedPublisher) -> tuple[str, str]:
    if row.low is None and row.high is None:
        return formats.MISSING, ""
    text = rows.money_range(row.low, row.high)
    if row.low is None or row.high is None:
        return text, ""
    return text, _bar(row.low, row.high, max(publisher.most["high"], publisher.most["pay"]), row.pay)


def _jobs_cell(row: ListedRole, publisher: ListedPublisher) -> tuple[str, str]:
    if row.jobs is None:
        return formats.MISSING, ""
    return formats.plain(row.jobs), _bar(0, row.jobs, publisher.most["jobs"])


def _growth_cell(row: ListedRole, publisher: ListedPublisher) -> tuple[str, str]:
    return formats.MISSING if row.growth is None else formats.growth(row.growth), ""


def _time_cell(row: ListedRole, publisher: ListedPublisher) -> tuple[str, str]:
    if row.months_low is None and row.months_high is None:
        return formats.MISSING, ""
    text = rows.time_to_enter(row.months_low, row.months_high, None) or formats.MISSING
    return f"{text}, {rows.BY_EXPERIENCE}" if row.by_experience else text, ""


CELLS: dict[str, Callable[[ListedRole, ListedPublisher], tuple[str, str]]] = {
    "pay": _pay_cell,
    "median": _median_cell,
    "low": _range_cell,
    "jobs": _jobs_cell,
    "growth": _growth_cell,
    "months_low": _time_cell,
}


def _bar(low: int, high: int, most: int, at: int | None = None) -> str:
    """A bar in a cell, from nought to the publisher's largest; `at` is marked on it. Numbers only, so safe as it is."""
    scale = 100 / (most or 1)
    mark = "" if at is None else f'<rect class="at" x="{at * scale - 0.75:.1f}" width="1.5" height="4"/>'
    return (
        '<svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect x="{low * scale:.1f}" width="{max(high - low, 0) * scale:.1f}" height="4"/>{mark}</svg>'
    )
