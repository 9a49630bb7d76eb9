"""The figures of roles side by side, as lines of a table with what to know of each."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from careers.vocabulary import PROSE_KEYS, SAMPLE_TEXT
from comparisons.comparison import Cell, Comparison, ComparisonLine, Side
from comparisons.language.messages import figure_origins, row_notes
from comparisons.language.row_values import write_mixed_difference


class FigureCell(NamedTuple):
    """One role's figure. `missing`: why there is none. `origin`: the anchor of the note on its origin, "" for none.
    `doubts`: what to know before relying on it. `remarks`: whose value it is where a row has several publishers, and
    how it differs from the first role where there are more than two."""

    letter: str
    text: str
    missing: str = ""
    origin: str = ""
    doubts: Sequence[str] = ()
    remarks: Sequence[str] = ()


class FiguresLine(NamedTuple):
    """`difference` is None unless there are two roles. `mixed`: that it compares figures of different publishers or
    releases, with both months."""

    label: str
    cells: Sequence[FigureCell]
    difference: str | None
    mixed: str = ""


class TableRow(NamedTuple):
    """`notes`: what to know of all of its figures, each a sentence."""

    figures: FiguresLine
    notes: list[str]


def build_rows(comparison: Comparison, group_figures: Mapping[str, str]) -> dict[str, TableRow]:
    """Every row with something to show, by its key. `group_figures`: see `find_group_figures`."""
    lines = [line for line in comparison.lines if not line.empty or line.same]
    jobs = comparison.by_key.get("outlook.job_count")
    notes_of_jobs = row_notes.write_counting_notes(comparison.sides, jobs.cells) if jobs else []
    table_rows = {}
    people = comparison.sections["people"].lines
    notes_of_people = figure_origins.write_survey_notes(comparison.sides, people)
    survey_notes = {line.row.key: notes for line, notes in zip(people, notes_of_people, strict=True)}
    for line in lines:
        notes = [line.row.help] if line.row.help else []
        notes += survey_notes.get(line.row.key, ())
        notes += notes_of_jobs if line is jobs else ()
        if line.row.key in group_figures:
            every = f"The same for every stored role of {group_figures[line.row.key]}"
            notes.append(f"{every}: likely a figure for the whole occupation group.")
        table_rows[line.row.key] = TableRow(_build_figures_line(line, comparison.sides), notes)
    return table_rows


def _build_figures_line(line: ComparisonLine, sides: Sequence[Side]) -> FiguresLine:
    row = line.row
    is_mixed = _is_mixed(line)
    needs_remarks = is_mixed or len(sides) > 2 or row.key in PROSE_KEYS
    cells = []
    for side, cell in zip(sides, line.cells, strict=True):
        remarks = _list_remarks(side, cell, line, sides[0]) if needs_remarks else []
        origin = row.anchor if cell.origins else ""
        cells.append(FigureCell(side.letter, cell.text, cell.missing, origin, cell.doubts, remarks))
    difference = line.difference if len(sides) == 2 else None
    mixed = write_mixed_difference(line) if line.difference and is_mixed else ""
    return FiguresLine(row.label, cells, difference, mixed)


def _list_remarks(side: Side, cell: Cell, line: ComparisonLine, first: Side) -> list[str]:
    """`first`: the role from which the differences of more than two roles are."""
    remarks = []
    if _is_mixed(line) and not cell.missing:
        remarks.append(row_notes.name_cell_source(cell, line))
    if line.row.key in PROSE_KEYS and not cell.missing and cell.origins[0].source.sample:
        remarks.append(SAMPLE_TEXT)
    if len(line.cells) > 2 and side.index and not line.same:
        difference = line.differences[side.index - 1]
        if difference:
            same = cell.text == line.cells[0].text
            months = row_notes.write_months_against(cell, line.cells[0])
            remarks.append(row_notes.write_against("" if same else difference, line.row, first) + months)
    return remarks


def _is_mixed(line: ComparisonLine) -> bool:
    """Whether its figures are of several publishers or releases."""
    return len(line.publishers) > 1 or len(line.releases) > 1
