"""What all figures share: what one is, the cells it reads, its publishers and the words of its caption."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from careers.vocabulary import NOT_IN_SOURCE, UNKNOWN_MONTH
from comparisons import formats
from comparisons.charts.canvas import Sheet
from comparisons.charts.plotly import Spec, plotly_spec
from comparisons.comparison import Cell, Comparison, Side
from comparisons.formats import Number
from comparisons.language.titles import plural

# Characters that fit the width of the smallest phone, in the plain size and in bold.
WIDE, BOLD = 42, 36

ABSENT = Cell(None, formats.MISSING, NOT_IN_SOURCE, ())


class FigureSource(NamedTuple):
    """A publisher, with the month that its figures are of; "" where that is not known."""

    publisher: str
    release: str = ""

    @property
    def label(self) -> str:
        return f"{self.publisher}, {self.release}" if self.release else self.publisher


# Source -> the markers of the roles whose values are its own.
Publishers = dict[FigureSource, list[str]]


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
    def spec(self) -> Spec:
        """The figure in Plotly's schema."""
        return plotly_spec(self.sheet)


def find_cells(comparison: Comparison, *keys: str) -> list[tuple[Cell, ...]]:
    """The cells of each row or vocabulary key, those of missing values where no source has any."""
    cells = []
    for key in keys:
        line = comparison.by_key.get(key)
        cells.append(line.cells if line else tuple([side.absent_for(key) for side in comparison.sides]))
    return cells


def find_publishers(sides: Sequence[Side], *lines: Sequence[Cell]) -> Publishers:
    """The publishers of the values in `lines`, each a cell per role."""
    publishers: Publishers = {}
    for line in lines:
        for side, cell in zip(sides, line, strict=True):
            if not cell.missing and cell.origins:
                markers = publishers.setdefault(FigureSource(cell.publisher, cell.release), [])
                if side.marker not in markers:
                    markers.append(side.marker)
    return publishers


def cite(publishers: Publishers) -> str:
    """
    >>> zippia, may = FigureSource("Zippia"), FigureSource("Bureau", "May 2024")
    >>> cite({may: ["●", "◆"]})
    'Source: Bureau, May 2024.'
    >>> cite({zippia: ["●", "▲"], FigureSource("Jobicy"): ["◆"]})
    'Sources: Zippia for ● and ▲, and Jobicy for ◆; they may count differently.'
    """
    if len(publishers) < 2:
        return "".join(f"Source: {source.label}." for source in publishers)
    *first, last = [f"{source.label} for {formats.listed(markers)}" for source, markers in publishers.items()]
    sources = f"Sources: {', '.join(first)}, and {last}"
    return f"{sources}; they may count differently." if _several_publishers(publishers) else f"{sources}."


def _several_publishers(publishers: Publishers) -> bool:
    return len({source.publisher for source in publishers}) > 1


def mark_publishers(finding: str, publishers: Publishers) -> str:
    """The finding, marked where it compares figures of several publishers or releases.

    >>> mark_publishers("Bakers have 37% more jobs", {FigureSource("Zippia"): ["●"], FigureSource("Jobicy"): ["◆"]})
    'Bakers have 37% more jobs (figures of different publishers)'
    >>> releases = [FigureSource("Bureau", month) for month in ("May 2024", "May 2019")]
    >>> mark_publishers("Bakers have 37% more jobs", {releases[0]: ["●"], releases[1]: ["◆"]})
    'Bakers have 37% more jobs (May 2024 for ●, May 2019 for ◆)'
    """
    if len(publishers) < 2:
        return finding
    if _several_publishers(publishers):
        return f"{finding} (figures of different publishers)"
    months = [
        f"{source.release or UNKNOWN_MONTH} for {formats.listed(markers)}" for source, markers in publishers.items()
    ]
    return f"{finding} ({', '.join(months)})"


def write_name(sheet: Sheet, side: Side, publishers: Publishers) -> None:
    """A role's name in its colour after its marker, with its publishers where the figure has several."""
    name = f"{side.marker} {side.title}"
    side_publishers = [source.label for source, markers in publishers.items() if side.marker in markers]
    if side_publishers and len(publishers) > 1:
        name += f" ({', '.join(side_publishers)})"
    sheet.write_heading(name, BOLD, part=side.letter)


def titles(comparison: Comparison) -> tuple[str, ...]:
    return tuple([side.title for side in comparison.sides])


def table_rows(lines: Iterable[tuple[str, Sequence[Cell]]]) -> tuple[tuple[str, ...], ...]:
    """The rows of the table from their names and cells: the name, then each value or why it is missing."""
    return tuple([(name, *[cell.missing or cell.text for cell in cells]) for name, cells in lines])


def people(title: str) -> str:
    """The people of a title, at the start of a sentence.

    >>> people("Lead Technician"), people("iOS Developer"), people("LPN"), people("clerk")
    ('Lead technicians', 'iOS developers', 'LPNs', 'Clerks')
    """
    people = plural(title)
    return people if title[1:2].isupper() else people[:1].upper() + people[1:]


def rank_values(comparison: Comparison, cells: Sequence[Cell]) -> list[tuple[Any, str]]:
    """The known values with their roles' titles, the largest first."""
    pairs = zip(cells, comparison.sides, strict=True)
    published = [(cell.value, side.title) for cell, side in pairs if not cell.missing]
    return sorted(published, key=lambda pair: pair[0], reverse=True)


def describe_span(
    name: str, ranked: Sequence[tuple[Number, str]], show: Callable[[Number], str], sides: Sequence[Side] = ()
) -> str:
    """`ranked`: values and titles, the largest first. `sides`: all roles; those without a value are named.

    >>> describe_span("Average pay", [(90615, "Lead"), (70000, "Cook"), (62663, "Clerk")], formats.dollars)
    'Average pay: from $62,663 (Clerk) to $90,615 (Lead), with $70,000 (Cook) in between'
    >>> describe_span("Average pay", [(90615, "Lead"), (90615, "Chef")], formats.dollars)
    'Average pay: $90,615 (Lead and Chef)'
    """
    by_text: dict[str, list[str]] = {}
    for value, title in sorted(ranked, key=lambda pair: pair[0]):
        by_text.setdefault(show(value), []).append(title)
    steps = [f"{text} ({formats.listed(titles)})" for text, titles in by_text.items()]
    ranked_titles = [title for _, title in ranked]
    missing = [side.title for side in sides if side.title not in ranked_titles]
    without = f"; no figure for {' or '.join(missing)}" if missing else ""
    if len(steps) == 1:
        return f"{name}: {steps[0]}{without}"
    first, *between, last = steps
    others = f", with {formats.listed(between)} in between" if between else ""
    return f"{name}: from {first} to {last}{others}{without}"


def thousands(value: Number) -> str:
    """
    >>> thousands(67000), thousands(32700), thousands(36653), thousands(60000.0), thousands(100.0)
    ('$67k', '$32.7k', '$36,653', '$60k', '$100')
    """
    return f"${value / 1000:g}k" if value >= 1000 and value % 100 == 0 else formats.dollars(value)
