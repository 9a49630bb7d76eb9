"""Where a figure is found, who published it and for which month."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from careers.vocabulary import UNKNOWN_MONTH
from comparisons import formats
from comparisons.comparison import Cell, ComparisonLine, Side
from comparisons.titles import capitalize

_EMPLOYED = re.compile(r"employed people\b.*?, (20\d\d(?: \([^)]*\))?):", re.IGNORECASE)


def name_covered_people(title: str) -> str:
    """Which people the figures of a population survey cover; "" for any other source.

    >>> name_covered_people("Employed people by sex, race and ethnicity, 2022: Current Population Survey, Table 11")
    'of employed people, 2022'
    >>> name_covered_people("Employment Projections, 2024–34, Table 1.2")
    ''
    """
    match = _EMPLOYED.search(title)
    return f"of employed people, {match[1]}" if match else ""


def write_survey_notes(sides: Sequence[Side], lines: Iterable[ComparisonLine]) -> list[list[str]]:
    """For each line a sentence on which people and which year its figures cover; none for figures of no survey."""
    notes = []
    for line in lines:
        by_text: dict[str, list[str]] = {}
        for side, cell in zip(sides, line.cells, strict=True):
            if cell.origins:
                by_text.setdefault(name_covered_people(cell.origins[0].source.title), []).append(side.marker)
        if len(by_text) == 1:
            note = "".join(f"{capitalize(text)}." for text in by_text if text)
        else:
            note = " ".join(f"{formats.listed(markers)} {text}." for text, markers in by_text.items() if text)
        notes.append([note] if note else [])
    return notes


def write_month(day: date | None) -> str:
    return f"{day:%B %Y}" if day else UNKNOWN_MONTH


def name_publisher(name: str) -> str:
    """The name of a publisher as it stands in a sentence.

    >>> name_publisher("U.S. Bureau of Labor Statistics"), name_publisher("Zippia")
    ('the U.S. Bureau of Labor Statistics', 'Zippia')
    """
    return f"the {name}" if name.startswith("U.S. ") else name


def name_figure_source(cell: Cell) -> str:
    """The publisher of a value, with the month of its figures where that is known."""
    return f"{cell.publisher}, {cell.release}" if cell.release else cell.publisher


def name_figure_origin(publisher: str, figures_of: date | None, captured_on: date | None) -> str:
    """The publisher and month of a figure that stands alone.

    >>> name_figure_origin("Bureau", date(2025, 5, 1), None), name_figure_origin("Zippia", None, date(2026, 3, 1))
    ('Bureau, May 2025', 'Zippia, captured on 1 March 2026')
    >>> name_figure_origin("Zippia", None, None)
    'Zippia, year not given'
    """
    if figures_of:
        return f"{publisher}, {write_month(figures_of)}"
    day = f"captured on {formats.day(captured_on)}" if captured_on else "year not given"
    return f"{publisher}, {day}"
