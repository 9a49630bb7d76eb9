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
    """`title` says what was found, `subtitle` the unit and the source. `sheet` holds the marks.

    `head` and `rows` are its table twin: the same figures as text, the first of each row being its name.
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
    line = comparison.line(key)
    return line.cells if line else (ABSENT,) * len(comparison.sides)


def publishers_of(sides: Sequence[Side], *lines: Sequence[Cell]) -> Publishers:
    found: Publishers = {}
    for line in lines:
        for side, cell in zip(sides, line, strict=True):
            if not cell.missing and cell.origins:
                markers = found.setdefault(cell.origins[0].source.publisher, [])
                if side.marker not in markers:
                    markers.append(side.marker)
    return found


def source(publishers: Publishers) -> str:
    """
    >>> source({"Zippia": ["●", "◆"]})
    'Source: Zippia.'
    >>> source({"Zippia": ["●", "▲"], "Jobicy": ["◆"]})
    'Sources: Zippia for ● and ▲, and Jobicy for ◆; they may count differently.'
    """
    if len(publishers) < 2:
        return "".join(f"Source: {publisher}." for publisher in publishers)
    each = [f"{publisher} for {formats.listed(markers)}" for publisher, markers in publishers.items()]
    return f"Sources: {', '.join(each[:-1])}, and {each[-1]}; they may count differently."


def marked(finding: str, publishers: Publishers) -> str:
    """A difference between the figures of several publishers is never told without saying so.

    >>> marked("Bakers have 37% more jobs", {"Zippia": ["●"], "Jobicy": ["◆"]})
    'Bakers have 37% more jobs (figures of different publishers)'
    """
    return f"{finding} (figures of different publishers)" if len(publishers) > 1 else finding


def write_name(sheet: Sheet, side: Side, publishers: Publishers) -> None:
    """A role's name in its colour after its marker, and its publishers where a figure has several."""
    mine = [publisher for publisher, markers in publishers.items() if side.marker in markers]
    among_several = f" ({', '.join(mine)})" if mine and len(publishers) > 1 else ""
    for words in wrapped(f"{named(side)}{among_several}", BOLD):
        sheet.write(words, sheet.line(), part=side.letter, bold=True)


def named(side: Side) -> str:
    return f"{side.marker} {side.title}"


def titles(comparison: Comparison) -> tuple[str, ...]:
    return tuple([side.title for side in comparison.sides])


def twin(name: str, cells: Sequence[Cell]) -> tuple[str, ...]:
    return (name, *[cell.missing or cell.text for cell in cells])


def people(title: str) -> str:
    """The people of a title, at the start of a sentence.

    >>> people("Lead Technician"), people("iOS Developer"), people("LPN"), people("clerk")
    ('Lead technicians', 'iOS developers', 'LPNs', 'Clerks')
    """
    several = plural(title)
    return several if title[1:2].isupper() else several[0].upper() + several[1:]


def known(comparison: Comparison, cells: Sequence[Cell]) -> list[tuple[Any, str]]:
    """The values there are, largest first, each with its role's title."""
    pairs = zip(cells, comparison.sides, strict=True)
    found = [(cell.value, side.title) for cell, side in pairs if not cell.missing]
    return sorted(found, key=lambda pair: pair[0], reverse=True)


def from_to(name: str, known: Sequence[tuple[Number, str]], show: Callable[[Number], str]) -> str:
    """
    >>> from_to("Average pay", [(90615, "Lead"), (62663, "Clerk")], formats.dollars)
    'Average pay: from $62,663 (Clerk) to $90,615 (Lead)'
    >>> from_to("Average pay", [(90615, "Lead")], formats.dollars)
    'Average pay: $90,615 (Lead)'
    """
    ends = [f"{show(value)} ({title})" for value, title in known]
    return f"{name}: {ends[0]}" if len(ends) == 1 else f"{name}: from {ends[-1]} to {ends[0]}"
