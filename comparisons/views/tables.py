"""Lists of roles as tables: plain data, which the table macro writes out.

django-tables2 gives the headings and the sorting of lists. Rows are our own: binding every cell would cost more than
the rest of the page.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

import django_tables2 as tables

from careers.vocabulary import LABELS
from comparisons import formats
from comparisons.language.demands import SHORT_EDUCATION
from comparisons.language.messages import figure_origins, found_roles, row_notes
from comparisons.queries.listings import COLUMNS, ListedPublisher, ListedRole, Order
from comparisons.thresholds import is_uncertain
from comparisons.titles import as_shown


class Heading(NamedTuple):
    """The heading of a column; without a title it is an empty cell. `order`: the sorting that a click asks for, "" if
    the column cannot be sorted by. `aria_sort` as in ARIA, `link`: the address for `order`."""

    title: str
    css_class: str = ""
    order: str = ""
    aria_sort: str = ""
    link: str = ""


class RolesTable(tables.Table):  # type: ignore[misc]  # django-tables2 has no types
    """The columns of a list of roles, and what it can be sorted by."""

    pick = tables.Column(verbose_name="Compare", orderable=False)
    title = tables.Column(verbose_name="Role")
    pay = tables.Column(verbose_name="Average a year")
    median = tables.Column(verbose_name="Median a year")
    low = tables.Column(verbose_name=LABELS["salary.range"])
    jobs = tables.Column(verbose_name="Jobs")
    growth = tables.Column(verbose_name=LABELS["outlook.growth_percent"])
    projected_growth = tables.Column(verbose_name=LABELS["projection.growth_percent"])
    months_low = tables.Column(verbose_name=LABELS["entry.time"])
    education = tables.Column(verbose_name="Education to enter", orderable=False)


# A first click sorts these from the largest down; times and titles are sorted from the smallest up.
LARGEST_FIRST = ("pay", "median", "low", "jobs", "growth", "projected_growth")


def list_headings(publisher: ListedPublisher, order: Order) -> list[Heading]:
    """The columns that this publisher fills for any role; the class of each is its name."""
    empty = [name for name in COLUMNS if not publisher.filled[name]]
    if not publisher.educations:
        empty.append("education")
    sorted_by = ("-" if order.descending else "") + order.column
    table = RolesTable([], order_by=sorted_by, exclude=empty)
    headings = []
    for column in table.columns:
        next_order = str(column.order_by_alias.next) if column.orderable else ""
        aria_sort = ""
        if column.is_ordered:
            aria_sort = "descending" if order.descending else "ascending"
        elif column.name in LARGEST_FIRST:
            next_order = f"-{next_order}"
        title = _name_column(column.name, publisher)
        headings.append(Heading(title, column.name, next_order, aria_sort))
    return headings


def _name_column(column: str, publisher: ListedPublisher) -> str:
    """Its heading, with the years of the projection where all have the same."""
    if column == "projected_growth" and len(publisher.spans) == 1:
        base, target = publisher.spans[0]
        if base and target:
            return f"Growth {formats.shorten_span(base, target)}"
    return str(RolesTable.base_columns[column].verbose_name)


def read_order(sort: str) -> Order | None:
    """
    >>> read_order("-pay"), read_order("nothing")
    (Order(column='pay', descending=True), None)
    """
    column = sort.removeprefix("-")
    return Order(column, sort.startswith("-")) if column in (*COLUMNS, "title") else None


class BarText(NamedTuple):
    """A bar in a cell that is 100 wide: where it begins, its width, and where a mark begins on it, "" without one."""

    start: str
    width: str
    mark: str


class ListCell(NamedTuple):
    """`label` stands before the value where the table is stacked on a narrow screen. `note`: what to know of it."""

    column: str
    label: str
    text: str
    note: str
    bar: BarText | None


class ListRow(NamedTuple):
    slug: str
    title: str
    official_title: str
    cells: list[ListCell]


def list_rows(publisher: ListedPublisher, roles: Iterable[ListedRole], columns: Collection[str]) -> list[ListRow]:
    """The rows of a list, each with a cell for every column of figures that is shown."""
    labels = {}
    for column in (*COLUMNS, "education"):
        if column in columns:
            labels[column] = _name_column(column, publisher)
    rows = []
    for role in roles:
        cells = list(_list_cells(role, publisher, labels))
        title = found_roles.name_official_title(role.official_title, role.title)
        rows.append(ListRow(role.slug, as_shown(role.title), title, cells))
    return rows


def _list_cells(role: ListedRole, publisher: ListedPublisher, labels: Mapping[str, str]) -> Iterator[ListCell]:
    for column, label in labels.items():
        text = _write_text(role, column)
        note = _write_note(role, column, publisher) if text else ""
        bar = _choose_bar(role, column, publisher) if text else None
        yield ListCell(column, label, text or formats.MISSING, note, bar)


# Column of a list -> what of a role says of which month it is, and its relative error.
_MONTH_OF = {"pay": "pay_of", "median": "pay_of", "low": "pay_of", "jobs": "jobs_of", "growth": "jobs_of"}
_ERROR_OF = {"pay": "pay_error", "jobs": "jobs_error"}


def _write_note(role: ListedRole, column: str, publisher: ListedPublisher) -> str:
    """The month or the years of a figure where the list has several, and a large relative error."""
    notes = []
    if len(publisher.releases) > 1 and column in _MONTH_OF:
        notes.append(figure_origins.write_month(getattr(role, _MONTH_OF[column])))
    if column == "projected_growth" and len(publisher.spans) > 1 and role.base_year and role.target_year:
        notes.append(formats.shorten_span(role.base_year, role.target_year))
    error = getattr(role, _ERROR_OF[column]) if column in _ERROR_OF else None
    if is_uncertain(error):
        notes.append(row_notes.write_relative_error(error))
    return ", ".join(notes)


def _write_text(role: ListedRole, column: str) -> str:
    """A role's figure in words, "" where it is missing."""
    value = getattr(role, column)
    if column == "low":
        return "" if role.low is None and role.high is None else formats.money_range(role.low, role.high)
    if column == "months_low":
        return _write_time_to_enter(role)
    if value is None:
        return ""
    if column == "education":
        return SHORT_EDUCATION.get(value, str(value))
    if column in ("pay", "median"):
        return formats.dollars(value)
    return formats.growth(value) if column in ("growth", "projected_growth") else formats.plain(value)


def _write_time_to_enter(role: ListedRole) -> str:
    if role.months_low is None and role.months_high is None:
        return ""
    text = formats.time_to_enter(role.months_low, role.months_high, None) or formats.MISSING
    return f"{text}, {formats.BY_EXPERIENCE}" if role.by_experience else text


def _choose_bar(role: ListedRole, column: str, publisher: ListedPublisher) -> BarText | None:
    """The bar beside a figure. Only one column of pay has bars: the range, or else what Explore draws."""
    if column == "low":
        if role.low is None or role.high is None:
            return None
        return _draw_bar(role.low, role.high, max(publisher.most["high"], publisher.most["pay"]), role.pay)
    is_of_pay = column == publisher.pay and not publisher.filled["low"]
    return _draw_bar(0, getattr(role, column), publisher.most[column]) if is_of_pay or column == "jobs" else None


def _draw_bar(low: int, high: int, most: int, mark: int | None = None) -> BarText:
    """A bar on a scale from 0 to the publisher's largest figure."""
    scale = 100 / (most or 1)
    start, width = low * scale, max(high - low, 0) * scale
    return BarText(f"{start:.1f}", f"{width:.1f}", "" if mark is None else f"{mark * scale - 0.75:.1f}")
