"""What all figures share: what one is, the cells it reads, its publishers and the words of its caption."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from careers.vocabulary import NOT_IN_SOURCE
from comparisons import formats
from comparisons.charts.canvas import Sheet, wrapped
from comparisons.charts.plotly import Spec, plotly_spec
from comparisons.comparison import Cell, Comparison, Side
from comparisons.formats import Number
from comparisons.language.titles import plural

# Characters that fit the width of the smallest phone, in the plain size and in bold.
WIDE, BOLD = 42, 36

ABSENT = Cell(None, formats.MISSING, NOT_IN_SOURCE, ())

# Publisher -> the markers of the roles whose values are its own.
Publishers = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Figure:
    """`title` states the finding, `subtitle` the unit and the source. `sheet` holds the marks.

    `head` and `rows` are the table with the same figures as text; the first text of each row is its name.
    """

    slug: str
    name: str
    title: str
    subtitle: str
    sheet: Sheet
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def alt(self) -> str:
        return f"{self.title}. The table that belongs to the chart holds every figure."

    @property
    def has_marks(self) -> bool:
        """Whether there is anything to point at: a figure can be words alone."""
        return bool(self.sheet.bars or self.sheet.dots)

    @property
    def spec(self) -> Spec:
        """The figure in Plotly's schema."""
        return plotly_spec(self.sheet)


def cells(comparison: Comparison, key: str) -> tuple[Cell, ...]:
    """The cells of a row or vocabulary key, those of missing values where no source has any."""
    line = comparison.by_key.get(key)
    return line.cells if line else (ABSENT,) * len(comparison.sides)


def find_publishers(sides: Sequence[Side], *lines: Sequence[Cell]) -> Publishers:
    """The publishers of the values in `lines`, each a cell per role."""
    publishers: Publishers = {}
    for line in lines:
        for side, cell in zip(sides, line, strict=True):
            if not cell.missing and cell.origins:
                markers = publishers.setdefault(cell.origins[0].source.publisher, [])
                if side.marker not in markers:
                    markers.append(side.marker)
    return publishers


def cite(publishers: Publishers) -> str:
    """
    >>> cite({"Zippia": ["●", "◆"]})
    'Source: Zippia.'
    >>> cite({"Zippia": ["●", "▲"], "Jobicy": ["◆"]})
    'Sources: Zippia for ● and ▲, and Jobicy for ◆; they may count differently.'
    """
    if len(publishers) < 2:
        return "".join(f"Source: {publisher}." for publisher in publishers)
    *first, last = [f"{publisher} for {formats.listed(markers)}" for publisher, markers in publishers.items()]
    return f"Sources: {', '.join(first)}, and {last}; they may count differently."


def mark_publishers(finding: str, publishers: Publishers) -> str:
    """The finding, marked where it compares figures of several publishers.

    >>> mark_publishers("Bakers have 37% more jobs", {"Zippia": ["●"], "Jobicy": ["◆"]})
    'Bakers have 37% more jobs (figures of different publishers)'
    """
    return f"{finding} (figures of different publishers)" if len(publishers) > 1 else finding


def write_name(sheet: Sheet, side: Side, publishers: Publishers) -> None:
    """A role's name in its colour after its marker, with its publishers where the figure has several."""
    name = f"{side.marker} {side.title}"
    side_publishers = [publisher for publisher, markers in publishers.items() if side.marker in markers]
    if side_publishers and len(publishers) > 1:
        name += f" ({', '.join(side_publishers)})"
    for words in wrapped(name, BOLD):
        sheet.write(words, sheet.line(), part=side.letter, bold=True)


def titles(comparison: Comparison) -> tuple[str, ...]:
    return tuple([side.title for side in comparison.sides])


def table_row(name: str, cells: Sequence[Cell]) -> tuple[str, ...]:
    """One row of the table: its name, then each value or why it is missing."""
    return (name, *[cell.missing or cell.text for cell in cells])


def people(title: str) -> str:
    """The people of a title, at the start of a sentence.

    >>> people("Lead Technician"), people("iOS Developer"), people("LPN"), people("clerk")
    ('Lead technicians', 'iOS developers', 'LPNs', 'Clerks')
    """
    people = plural(title)
    return people if title[1:2].isupper() else people[0].upper() + people[1:]


def rank_values(comparison: Comparison, cells: Sequence[Cell]) -> list[tuple[Any, str]]:
    """The known values with their roles' titles, the largest first."""
    pairs = zip(cells, comparison.sides, strict=True)
    known = [(cell.value, side.title) for cell, side in pairs if not cell.missing]
    return sorted(known, key=lambda pair: pair[0], reverse=True)


def describe_span(name: str, ranked: Sequence[tuple[Number, str]], show: Callable[[Number], str]) -> str:
    """`ranked`: values and titles, the largest first.

    >>> describe_span("Average pay", [(90615, "Lead"), (62663, "Clerk")], formats.dollars)
    'Average pay: from $62,663 (Clerk) to $90,615 (Lead)'
    >>> describe_span("Average pay", [(90615, "Lead")], formats.dollars)
    'Average pay: $90,615 (Lead)'
    """
    ends = [f"{show(value)} ({title})" for value, title in ranked]
    return f"{name}: {ends[0]}" if len(ends) == 1 else f"{name}: from {ends[-1]} to {ends[0]}"
