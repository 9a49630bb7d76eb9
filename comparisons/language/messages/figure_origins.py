"""Where a figure is found, who published it and for which month."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from careers.vocabulary import HOW, PROSE_READINGS, SAMPLE_TEXT, UNKNOWN_MONTH, reading_text
from comparisons import formats
from comparisons.comparison import Cell, ComparisonLine, Origin, Side
from comparisons.language.titles import capital
from comparisons.queries.current_role import CitedPage
from comparisons.rows import Row


def write_origins(row: Row, origins: Iterable[Origin]) -> list[str]:
    """Where some values of a row are found, each in words."""
    return [origin(at, row) for at in origins]


def origin(origin: Origin, row: Row) -> str:
    """Where a value is found: `“$90,615”, line 10, as published, in a table.`, and which pages agree or differ."""
    evidence = origin.evidence
    parts = [f"“{evidence['raw']}”"] if evidence.get("raw") else []
    if evidence.get("line"):
        parts.append(_place(evidence) if evidence.get("column") else f"line {evidence['line']}")
    reading = _reading(origin)
    if reading:
        parts.append(reading)
    sentences = [f"{', '.join(parts)}."] if parts else []
    agrees = evidence.get("agrees")
    if agrees:
        sentences.append(_agreeing(agrees["pages"], agrees["sources"]))
    sentences += [_differing(other, row) for other in evidence.get("differs") or ()]
    return " ".join(sentences)


def _reading(origin: Origin) -> str:
    """How a value was read, in words; "" where that is not stored."""
    how, mean_of = origin.evidence.get("how"), origin.evidence.get("mean_of")
    if not how:
        return ""
    if origin.source.sample and how in PROSE_READINGS:
        return SAMPLE_TEXT
    return reading_text(how, mean_of) if mean_of else HOW.get(how, how)


def _place(evidence: Mapping[str, Any]) -> str:
    """
    >>> _place({"line": 3, "column": "Median", "sheet": "Table 5.4", "code": "29-1141"})
    'Table 5.4, row 3 (29-1141), column Median'
    >>> _place({"line": 3, "column": "H_MEAN"})
    'row 3, column H_MEAN'
    """
    return f"{_sheet(evidence)}{row_in_table(evidence)}, column {evidence['column']}"


def row_in_table(evidence: Mapping[str, Any]) -> str:
    """
    >>> row_in_table({"line": 3, "code": "29-1141"})
    'row 3 (29-1141)'
    """
    code = f" ({evidence['code']})" if evidence.get("code") else ""
    return f"row {evidence['line']}{code}"


def column_in_table(evidence: Mapping[str, Any]) -> str:
    """Where figures of one column are found: their column.

    >>> column_in_table({"column": "Median", "sheet": "Table 5.4", "how": "cell"})
    'Table 5.4, column Median, as published, in a table.'
    """
    how = evidence["how"]
    start = f"{capital(evidence['sheet'])}, column" if evidence.get("sheet") else "Column"
    return f"{start} {evidence['column']}, {HOW.get(how, how)}."


def place_over_columns(evidence: Mapping[str, Any], columns: str) -> str:
    """Where figures of one row are found. `columns`: what its columns are of.

    >>> place_over_columns({"line": 3, "sheet": "Table 6.5", "how": "cell"}, "a column for each skill")
    'Table 6.5, row 3, a column for each skill, as published, in a table.'
    """
    how = evidence["how"]
    return capital(f"{_sheet(evidence)}{row_in_table(evidence)}, {columns}, {HOW.get(how, how)}.")


def _sheet(evidence: Mapping[str, Any]) -> str:
    return f"{evidence['sheet']}, " if evidence.get("sheet") else ""


def _agreeing(others: int, publishers: int) -> str:
    """Counts this page too. A publisher that repeats a figure does not confirm it, so the publishers are counted.

    >>> _agreeing(1, 0), _agreeing(3, 1)
    ('2 pages of this publisher agree.', '4 pages of 2 publishers agree.')
    """
    whose = formats.counted(publishers + 1, "publisher") if publishers else "this publisher"
    return f"{others + 1} pages of {whose} agree."


def _differing(other: Mapping[str, Any], row: Row) -> str:
    """
    >>> average = Row("salary.annual_average", formats.dollars)
    >>> _differing({"publisher": "Jobicy", "value": 89000, "pages": 1}, average)
    'Jobicy says $89,000 on 1 other page.'
    """
    where = f" on {formats.counted(other['pages'], 'other page')}" if other.get("pages") else " on another page"
    return f"{other['publisher']} says {_format_evidence(row, other['value'])}{where}."


def _format_evidence(row: Row, value: Any) -> str:
    """Evidence holds decimals as text, and a single field where a row has several."""
    if row.fields or row.format is str:
        return formats.plain(value) if isinstance(value, int) else str(value)
    return row.format(Decimal(value) if isinstance(value, str) else value) or str(value)


def whose_words(source: CitedPage) -> str:
    """Whether a text is the publisher's or ours."""
    return SAMPLE_TEXT if source.sample else HOW["text"]


def lines(places: Iterable[int | None]) -> str:
    """Where a list is found on its page.

    >>> lines([9, 3, None]), lines([3]), lines([])
    ('lines 3 to 9 of ', 'line 3 of ', '')
    """
    numbers = [place for place in places if place]
    if not numbers:
        return ""
    first, last = min(numbers), max(numbers)
    return f"line {first} of " if first == last else f"lines {first} to {last} of "


_EMPLOYED = re.compile(r"employed people\b.*?, (20\d\d(?: \([^)]*\))?):", re.IGNORECASE)


def of_employed(title: str) -> str:
    """Which people the figures of a population survey cover; "" for any other source.

    >>> of_employed("Employed people by sex, race and ethnicity, 2022: Current Population Survey, Table 11")
    'of employed people, 2022'
    >>> of_employed("Employment Projections, 2024–34, Table 1.2")
    ''
    """
    match = _EMPLOYED.search(title)
    return f"of employed people, {match[1]}" if match else ""


def survey_notes(sides: Sequence[Side], lines: Iterable[ComparisonLine]) -> list[list[str]]:
    """For each line a sentence on which people and which year its figures cover; none for figures of no survey."""
    notes = []
    for line in lines:
        by_text: dict[str, list[str]] = {}
        for side, cell in zip(sides, line.cells, strict=True):
            if cell.origins:
                by_text.setdefault(of_employed(cell.origins[0].source.title), []).append(side.marker)
        if len(by_text) == 1:
            note = "".join(f"{capital(text)}." for text in by_text if text)
        else:
            note = " ".join(f"{formats.listed(markers)} {text}." for text, markers in by_text.items() if text)
        notes.append([note] if note else [])
    return notes


def month(day: date | None) -> str:
    """
    >>> month(date(2024, 5, 1)), month(None)
    ('May 2024', 'an unknown month')
    """
    return f"{day:%B %Y}" if day else UNKNOWN_MONTH


def name_publisher(name: str) -> str:
    """As a sentence names a publisher.

    >>> name_publisher("U.S. Bureau of Labor Statistics"), name_publisher("Zippia")
    ('the U.S. Bureau of Labor Statistics', 'Zippia')
    """
    return f"the {name}" if name.startswith("U.S. ") else name


def figure_source(cell: Cell) -> str:
    """The publisher of a value, with the month of its figures where that is known."""
    return f"{cell.publisher}, {cell.release}" if cell.release else cell.publisher


def figure_origin(publisher: str, figures_of: date | None, captured_on: date | None) -> str:
    """The publisher and month of a figure that stands alone.

    >>> figure_origin("Bureau", date(2025, 5, 1), None), figure_origin("Zippia", None, date(2026, 3, 1))
    ('Bureau, May 2025', 'Zippia, captured on 1 March 2026')
    >>> figure_origin("Zippia", None, None)
    'Zippia, year not given'
    """
    if figures_of:
        return f"{publisher}, {month(figures_of)}"
    day = f"captured on {formats.day(captured_on)}" if captured_on else "year not given"
    return f"{publisher}, {day}"
