"""Cells side by side: lines with their differences, and the sections that they stand in."""

from collections.abc import Mapping, Sequence
from itertools import chain, product

from careers.vocabulary import NOT_IN_SOURCE, NOT_PUBLISHED, OTHER_PAY, UNCLEAR
from comparisons.comparison.cells import ABSENT, build_cells
from comparisons.comparison.structure import Cell, ComparisonLine, Origin, SectionLines, Side
from comparisons.queries.current_role import CurrentRole
from comparisons.rows import SECTIONS, Row, RowSection


def _find_pay_times() -> dict[str, str]:
    """Key of a row -> the time that its pay is for."""
    times = {}
    for row, time in product(chain.from_iterable(section.rows for section in SECTIONS), OTHER_PAY):
        if all(key.startswith(f"salary.{time}_") for key in row.reads):
            times[row.key] = time
    return times


_PAY_TIMES = _find_pay_times()


def build_sections(roles: Sequence[CurrentRole], sides: Sequence[Side]) -> dict[str, SectionLines]:
    """The sections of the registry, with a line for each row for which any source has something."""
    by_row = {}
    for row, cells in build_cells(roles):
        _mark_not_published(cells, sides)
        if row.key in _PAY_TIMES:
            _mark_other_pay(cells, sides, _PAY_TIMES[row.key])
        by_row[row.key] = _build_line(row, cells)
    return {section.slug: _build_section(section, by_row) for section in SECTIONS}


def _mark_not_published(cells: list[Cell], sides: Sequence[Side]) -> None:
    """A group without any value is not stored, so a dash in it leaves no trace. But where the same publisher gives
    the row for another role, it does not publish it for this one."""
    absent = [index for index, cell in enumerate(cells) if cell is ABSENT]
    if absent:
        giving = {origin.source.publisher_pk for origin in chain.from_iterable(cell.origins for cell in cells)}
        for index in absent:
            if any(source.publisher_pk in giving for source in sides[index].sources):
                cells[index] = ABSENT._replace(missing=NOT_PUBLISHED)


def _mark_other_pay(cells: list[Cell], sides: Sequence[Side], time: str) -> None:
    """Say of a role without pay for a time that all of its pay is for the other one."""
    for index, cell in enumerate(cells):
        if cell.missing in (NOT_PUBLISHED, NOT_IN_SOURCE) and sides[index].pay_time not in ("", time):
            cells[index] = cell._replace(missing=OTHER_PAY[time])


def _write_differences(row: Row, cells: Sequence[Cell]) -> list[str]:
    """See `ComparisonLine`."""
    first, *others = cells
    differences = []
    for other in others:
        text = None
        if row.difference and are_comparable(first, other):
            values = (first.value, other.value) if len(others) == 1 else (other.value, first.value)
            text = row.difference(*values)
        differences.append(text or "")
    return differences


def are_comparable(first: Cell, other: Cell) -> bool:
    """Whether there can be a difference: both have a value, and of the same years."""
    return not first.missing and not other.missing and first.years == other.years


def _build_line(row: Row, cells: Sequence[Cell]) -> ComparisonLine:
    texts = set()
    publishers: dict[str, None] = {}
    releases: dict[str, None] = {}
    terms = set()
    empty = True
    complete = True
    for cell in cells:
        if cell.missing:
            complete = False
            empty = empty and cell.missing != UNCLEAR
        else:
            empty = False
            texts.add(cell.text)
            publishers[cell.publisher] = releases[cell.release] = None
            terms.add((cell.publisher, cell.release, cell.years, cell.area))
    same = len(texts) == 1 and complete and len(cells) > 1
    differences = _write_differences(row, cells)
    return ComparisonLine(
        row=row,
        cells=tuple(cells),
        differences=tuple(differences),
        difference=differences[0] if len(differences) == 1 else "",
        complete=complete,
        like_for_like=len(terms) == 1,
        same=same,
        empty=empty,
        publishers=tuple(publishers),
        releases=tuple(releases),
    )


def _build_section(section: RowSection, by_row: Mapping[str, ComparisonLine]) -> SectionLines:
    lines = [by_row[row.key] for row in section.rows if row.key in by_row]
    if section.by_gap:
        lines.sort(key=_measure_gap, reverse=True)
    informative = tuple([line for line in lines if not line.same and not line.empty])
    return SectionLines(section, tuple(lines), informative)


def _measure_gap(line: ComparisonLine) -> float:
    """How far the values of a line lie apart, negative where there are fewer than two."""
    values = [cell.value for cell in line.cells if not cell.missing]
    return float(max(values) - min(values)) if len(values) > 1 else -1.0


def find_all_jobs_cells(lines: Sequence[ComparisonLine], roles: Sequence[CurrentRole]) -> dict[str, Cell]:
    """Key of a row -> the figure of all jobs, where one can stand beside every figure of the line."""
    keys = set(chain.from_iterable([role.all_jobs for role in roles]))
    cells = {}
    for line in lines:
        cell = _find_all_jobs_cell(line, roles) if line.row.key in keys else None
        if cell:
            cells[line.row.key] = cell
    return cells


def _find_all_jobs_cell(line: ComparisonLine, roles: Sequence[CurrentRole]) -> Cell | None:
    """None unless one figure of all jobs is of the same release, years and country as every
    figure of the line."""
    published = [(role, cell) for role, cell in zip(roles, line.cells, strict=True) if not cell.missing]
    beside = [role.all_jobs for role, _ in published] or [role.all_jobs for role in roles]
    years = tuple([beside[0][name].value if name in beside[0] else None for name in line.row.years])
    if any(cell.years != years for _, cell in published):
        return None
    entry = beside[0].get(line.row.key)
    if entry is None or any(other.get(line.row.key) != entry for other in beside):
        return None
    source = entry.source
    return Cell(
        entry.value,
        line.row.format(entry.value, *years) or "",
        "",
        (Origin(source, entry.evidence),),
        publisher=source.publisher,
        release=source.release,
        years=years,
    )
