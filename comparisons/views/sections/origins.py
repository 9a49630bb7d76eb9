"""Notes on the origins of the figures of a page. Each figure opens the note of its row."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import chain
from typing import Any, NamedTuple, Protocol

from careers import vocabulary
from comparisons import formats
from comparisons.comparison import Cell, Comparison, ComparisonLine, Origin, Side
from comparisons.queries.current_role import CitedPage, RatedEntry, TechnologyEntry
from comparisons.rows import Row, note_anchor
from comparisons.titles import capitalize
from comparisons.views.sections.figure_lines import TableRow


class OriginPlace(NamedTuple):
    """Where a value is found. `anchor`: of its source on the page; `source`: its name."""

    text: str
    anchor: str = ""
    source: str = ""


class OriginEntry(NamedTuple):
    """What one role has, or with the letter "" all of them. `text`: its figure. A place without the anchor of a source
    belongs to the source that the next entry names."""

    letter: str
    text: str
    places: Sequence[OriginPlace]
    doubts: Sequence[str] = ()


class OriginNote(NamedTuple):
    """`anchor`: figures that open the note name it. `remarks`: what to know of all of its figures, each a sentence."""

    anchor: str
    title: str
    entries: Sequence[OriginEntry]
    remarks: Sequence[str] = ()


def build_row_notes(comparison: Comparison, table_rows: Mapping[str, TableRow]) -> list[OriginNote]:
    """A note for each row that has an origin, and one for each group of rows that share it. `table_rows`: by their
    keys."""
    notes = []
    lines_by_group: dict[str, list[ComparisonLine]] = {}
    for line in comparison.lines:
        row = table_rows.get(line.row.key)
        if row is None:
            continue
        if line.row.shared_note:
            lines_by_group.setdefault(line.row.shared_note, []).append(line)
            continue
        cited = [(side, cell) for side, cell in zip(comparison.sides, line.cells, strict=True) if cell.origins]
        if cited:
            entries = _list_column_entries(cited) or name_sources_once(_list_cell_entries(line, cited))
            entries = [*_list_all_jobs_entries(comparison, line), *entries]
            notes.append(OriginNote(line.row.anchor, line.row.label, entries, row.notes))
    for group, lines in lines_by_group.items():
        remarks = _list_group_remarks([table_rows[line.row.key] for line in lines])
        notes.append(_build_group_note(comparison.sides, group, lines, remarks))
    return notes


def cite_place(text: str, source: CitedPage) -> OriginPlace:
    """A place with the anchor and the short name of its source."""
    return OriginPlace(text, source.anchor, source.short)


def _list_column_entries(cited: Sequence[tuple[Side, Cell]]) -> list[OriginEntry]:
    """The row of each role, and once the column of all; nothing unless they stand in one column of one table, and are
    shown as they stand there."""
    first = cited[0][1].origins[0]
    column = _identify_column(first)
    for _, cell in cited:
        if not _stands_as_shown(cell) or _identify_column(cell.origins[0]) != column:
            return []
    entries = []
    for side, cell in cited:
        row = f"{_write_row(cell.origins[0].evidence)}."
        entries.append(OriginEntry(side.letter, side.title, [OriginPlace(row)], cell.doubts))
    place = cite_place(_write_column(first.evidence), first.source)
    return [*entries, OriginEntry("", "", [place])]


def _stands_as_shown(cell: Cell) -> bool:
    """Whether a value is that of one cell of a table, so that there is no need to quote it."""
    evidence = cell.origins[0].evidence
    if len(cell.origins) > 1 or cell.missing or not evidence.get("line") or not {"column", "how"} <= evidence.keys():
        return False
    if not evidence.keys().isdisjoint(("mean_of", "agrees", "differs")):
        return False
    return _shows_raw_text(str(evidence.get("raw") or ""), cell.text)


def _shows_raw_text(raw: str, shown: str) -> bool:
    """Whether a figure is shown as its cell has it, but for signs and what it is of.

    >>> _shows_raw_text("101420", "$101,420"), _shows_raw_text("4.9", "+4.9%, 2024 to 2034"), _shows_raw_text("", "Yes")
    (True, True, True)
    >>> _shows_raw_text("5", "5,000 a year"), _shows_raw_text("2024", "3,391,000 in 2024"), _shows_raw_text("4", "4.5")
    (False, False, False)
    """
    plain = shown.replace(",", "").replace("−", "-").lstrip("+$")
    after = plain[len(raw) : len(raw) + 1]
    return not raw or (plain.startswith(raw) and not after.isdigit() and after != ".")


def _identify_column(origin: Origin) -> tuple[Any, ...]:
    """What all figures of one column share, read in one way."""
    evidence = origin.evidence
    return origin.source.pk, evidence.get("sheet"), evidence.get("column"), evidence.get("how")


def _list_cell_entries(line: ComparisonLine, cited: Sequence[tuple[Side, Cell]]) -> list[OriginEntry]:
    entries = []
    for side, cell in cited:
        places = [cite_place(write_origin(at, line.row), at.source) for at in cell.origins]
        entries.append(OriginEntry(side.letter, cell.missing or cell.text, places, cell.doubts))
    return entries


class _Columns(NamedTuple):
    """What the columns of a table are of."""

    title: str
    names: str
    rule: str = ""


_COLUMNS = {
    "attainment": _Columns(
        "Education of people at work", "a column for each level", "Shares of several levels are added up here."
    ),
    "skill_ranks": _Columns("Rank by skill", "a column for each skill"),
    "race": _Columns("Race", "a column for each group"),
}


def _list_group_remarks(rows: Sequence[TableRow]) -> list[str]:
    """Remarks on all rows of a group, and those on some of them with the names of these rows."""
    by_note: dict[str, list[str]] = {}
    for row in rows:
        for note in row.notes:
            by_note.setdefault(note, []).append(row.figures.label)
    return [note if len(labels) == len(rows) else f"{', '.join(labels)}: {note}" for note, labels in by_note.items()]


def _build_group_note(
    sides: Sequence[Side], group: str, lines: Sequence[ComparisonLine], remarks: Sequence[str]
) -> OriginNote:
    columns = _COLUMNS[group]
    entries = []
    for side in sides:
        cited = [(line.row, line.cells[side.index]) for line in lines if line.cells[side.index].origins]
        if cited:
            doubts = dict.fromkeys(chain.from_iterable(cell.doubts for _, cell in cited))
            entries.append(OriginEntry(side.letter, side.title, _list_group_places(cited, columns.names), list(doubts)))
    rules = [columns.rule] if columns.rule else []
    return OriginNote(note_anchor(group), columns.title, name_sources_once(entries), [*remarks, *rules])


def _list_group_places(cited: Sequence[tuple[Row, Cell]], names: str) -> list[OriginPlace]:
    """One place if all figures of a role are in one row or line, else the place of each. `names`: of the columns."""
    first = cited[0][1].origins[0]
    if all(_stands_as_shown(cell) and _identify_row(cell.origins[0]) == _identify_row(first) for _, cell in cited):
        place, reading = f"{_write_sheet(first.evidence)}{_write_row(first.evidence)}", _name_reading(first.evidence)
        return [cite_place(capitalize(f"{place}, {names}, {reading}."), first.source)]
    places = []
    for row, cell in cited:
        for at in cell.origins:
            places.append((f"{row.label}, {cell.missing or cell.text}", write_origin(at, row), at.source))
    if len({(text, source.pk) for _, text, source in places}) == 1:
        [(_, text, source), *_] = places
        return [cite_place(text, source)]
    return [cite_place(f"{figure}: {text}", source) for figure, text, source in places]


def _identify_row(origin: Origin) -> tuple[Any, ...]:
    evidence = origin.evidence
    return origin.source.pk, evidence.get("sheet"), evidence.get("line"), evidence.get("how")


# The rows that show the figure of all jobs beside those of roles, and further ones beside a single role.
_OF_ALL_JOBS = ("projection.growth_percent", "salary.annual_median", "salary.hourly_median")
_OF_ALL_JOBS_BESIDE_ONE = tuple(key for key in vocabulary.STORED_IN if key.startswith("salary."))


def _list_all_jobs_entries(comparison: Comparison, line: ComparisonLine) -> list[OriginEntry]:
    """The origin of the figure of all jobs; its row is enough if it shares table and column with those of the roles."""
    cell = comparison.all_jobs.get(line.row.key)
    keys = _OF_ALL_JOBS if len(comparison.sides) > 1 else (*_OF_ALL_JOBS, *_OF_ALL_JOBS_BESIDE_ONE)
    if cell is None or line.row.key not in keys:
        return []
    [origin] = cell.origins
    cited = [other.origins[0] for other in line.cells if other.origins and not other.missing]
    if cited and all(_identify_column(other) == _identify_column(origin) for other in cited):
        place = OriginPlace(f"{_write_row(origin.evidence)}.")
    else:
        place = cite_place(write_origin(origin, line.row), origin.source)
    return [OriginEntry("o", f"{vocabulary.ALL_JOBS_NAME}, {cell.text}", [place])]


def name_sources_once(entries: Sequence[OriginEntry]) -> list[OriginEntry]:
    """Of consecutive places in one source, only the last names it."""
    renamed = []
    following = ""
    for entry in reversed(entries):
        places = []
        for place in reversed(entry.places):
            places.append(OriginPlace(place.text) if place.anchor == following else place)
            following = place.anchor
        renamed.append(entry._replace(places=places[::-1]))
    return renamed[::-1]


_ROUNDED = ("The table of all figures has each as published; drawings round to one place.",)
# Group -> the title of the note on its entries, and what to know of all of them.
_LISTS = {
    "rated_skills": ("Skills, rated", _ROUNDED),
    "knowledge": ("Knowledge, rated", _ROUNDED),
    "technology": ("Technology", ()),
}


def build_rating_notes(comparison: Comparison) -> list[OriginNote]:
    """One note for each list of ratings or technology: its entries stand in one table of their source."""
    notes = []
    for group, (title, remarks) in _LISTS.items():
        entries = []
        for side, source in zip(comparison.sides, comparison.official_skills.sources[group], strict=True):
            if source is not None:
                place = write_list_place(group, _list_entries(side, group))
                entries.append(OriginEntry(side.letter, side.title, [cite_place(place, source)]))
        if entries:
            notes.append(OriginNote(note_anchor(group), title, name_sources_once(entries), remarks))
    return notes


def _list_entries(side: Side, group: str) -> Sequence[RatedEntry] | Sequence[TechnologyEntry]:
    """The entries of a list in the order of its source."""
    if group == "technology":
        return side.role.technology
    return [entry for entry in side.role.ratings if vocabulary.OFFICIAL_KINDS[entry.kind] == group]


# -- in words ----------------------------------------------------------------------------------


def write_origin(origin: Origin, row: Row) -> str:
    """Where a value is found: `“$90,615”, line 10, as published, in a table.`, and which pages agree or differ."""
    evidence = origin.evidence
    parts = [f"“{evidence['raw']}”"] if evidence.get("raw") else []
    if evidence.get("line"):
        parts.append(_write_place(evidence) if evidence.get("column") else f"line {evidence['line']}")
    reading = _write_reading(origin)
    if reading:
        parts.append(reading)
    sentences = [f"{', '.join(parts)}."] if parts else []
    agrees = evidence.get("agrees")
    if agrees:
        sentences.append(_write_agreeing(agrees["pages"], agrees["sources"]))
    sentences += [_write_differing(other, row) for other in evidence.get("differs") or ()]
    return " ".join(sentences)


class ListedEntry(Protocol):
    """An entry of a list, with the evidence of each of its fields."""

    @property
    def evidence(self) -> dict[str, Any]: ...


def write_list_place(group: str, entries: Sequence[ListedEntry]) -> str:
    """Where a list is found in its table, by its first and its last entry: `Skills, rows 2 to 36 (29-1141).`"""
    rows = [entry.evidence for entry in (entries[0], entries[-1])]
    numbers = [place.get("line") for place in chain.from_iterable(row.values() for row in rows)]
    first: dict[str, Any] = next(iter(rows[0].values()), {})
    code = f" ({first['code']})" if first.get("code") else ""
    return f"{first.get('sheet') or vocabulary.GROUPS[group]}, {write_span('row', numbers)}{code}."


def write_span(noun: str, places: Iterable[int | None]) -> str:
    """The lines or rows that a list takes.

    >>> write_span("line", [9, 3, None]), write_span("row", [3]), write_span("line", [])
    ('lines 3 to 9', 'row 3', '')
    """
    numbers = [place for place in places if place]
    if not numbers:
        return ""
    first, last = min(numbers), max(numbers)
    return f"{noun} {first}" if first == last else f"{noun}s {first} to {last}"


def _write_reading(origin: Origin) -> str:
    """How a value was read, in words; "" where that is not stored."""
    how, mean_of = origin.evidence.get("how"), origin.evidence.get("mean_of")
    if not how:
        return ""
    if origin.source.sample and how in vocabulary.PROSE_READINGS:
        return vocabulary.SAMPLE_TEXT
    return vocabulary.write_reading(how, mean_of) if mean_of else _name_reading(origin.evidence)


def _name_reading(evidence: Mapping[str, Any]) -> str:
    """How a value was read. That a column is one of a table goes without saying.

    >>> _name_reading({"how": "cell"}), _name_reading({"how": "cell", "column": "A_MEAN"})
    ('as published, in a table', 'as published')
    """
    how = evidence["how"]
    return vocabulary.HOW["text"] if how == "cell" and evidence.get("column") else vocabulary.HOW.get(how, how)


def _write_place(evidence: Mapping[str, Any]) -> str:
    """
    >>> _write_place({"line": 3, "column": "Median", "sheet": "Table 5.4", "code": "29-1141"})
    'Table 5.4, row 3 (29-1141), column Median'
    >>> _write_place({"line": 3, "column": "H_MEAN"})
    'row 3, column H_MEAN'
    """
    return f"{_write_sheet(evidence)}{_write_row(evidence)}, column {evidence['column']}"


def _write_row(evidence: Mapping[str, Any]) -> str:
    code = f" ({evidence['code']})" if evidence.get("code") else ""
    return f"row {evidence['line']}{code}"


def _write_column(evidence: Mapping[str, Any]) -> str:
    """Name the column in which all of these figures stand.

    >>> _write_column({"column": "Median", "sheet": "Table 5.4", "how": "cell"})
    'Table 5.4, column Median, as published.'
    """
    start = f"{capitalize(evidence['sheet'])}, column" if evidence.get("sheet") else "Column"
    return f"{start} {evidence['column']}, {_name_reading(evidence)}."


def _write_sheet(evidence: Mapping[str, Any]) -> str:
    return f"{evidence['sheet']}, " if evidence.get("sheet") else ""


def _write_agreeing(others: int, publishers: int) -> str:
    """Counts this page too. A publisher that repeats a figure does not confirm it, so the publishers are counted.

    >>> _write_agreeing(1, 0), _write_agreeing(3, 1)
    ('2 pages of this publisher agree.', '4 pages of 2 publishers agree.')
    """
    whose = formats.counted(publishers + 1, "publisher") if publishers else "this publisher"
    return f"{others + 1} pages of {whose} agree."


def _write_differing(other: Mapping[str, Any], row: Row) -> str:
    """
    >>> average = Row("salary.annual_average", formats.dollars)
    >>> _write_differing({"publisher": "Jobicy", "value": 89000, "pages": 1}, average)
    'Jobicy says $89,000 on 1 other page.'
    """
    where = f" on {formats.counted(other['pages'], 'other page')}" if other.get("pages") else " on another page"
    return f"{other['publisher']} says {_format_evidence(row, other['value'])}{where}."


def _format_evidence(row: Row, value: Any) -> str:
    """Evidence holds decimals as text, and a single field where a row has several."""
    if row.fields or row.format is str:
        return formats.plain(value) if isinstance(value, int) else str(value)
    return row.format(Decimal(value) if isinstance(value, str) else value) or str(value)
