"""All figures side by side: every row of a comparison in one folded table, with origins and differences."""

from collections.abc import Collection, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from careers.vocabulary import GROUPS, NOT_IN_SOURCE, NOT_PUBLISHED, OFFICIAL_KINDS
from comparisons import formats
from comparisons.comparison import Comparison, Side
from comparisons.comparison.official_skills import RatedSkill
from comparisons.rows import note_anchor
from comparisons.titles import in_prose
from comparisons.views.sections.figure_lines import FigureCell, FiguresLine, TableRow
from comparisons.views.tables import Heading


class FiguresGroup(NamedTuple):
    """`doubts`: those that several figures share. They stand once, beside the title, and are empty at the figures."""

    title: str
    rows: Sequence[FiguresLine]
    doubts: Sequence[str] = ()


class AllFiguresSection(NamedTuple):
    """`total`: of the rows."""

    headings: Sequence[Heading]
    groups: Sequence[FiguresGroup]
    total: int


def build_all_figures(comparison: Comparison, table_rows: Mapping[str, TableRow]) -> AllFiguresSection:
    groups = []
    for section in comparison.sections.values():
        rows = [table_rows[line.row.key].figures for line in section.lines if line.row.key in table_rows]
        if rows:
            groups.append(FiguresGroup(section.section.title, rows))
    groups = [_say_doubts_once(group, comparison.sides) for group in groups] + _build_rated_groups(comparison)
    headings = [Heading("Figure"), *[Heading(side.title, f"{side.letter} role") for side in comparison.sides]]
    if len(comparison.sides) == 2:
        first, second = comparison.sides
        headings.append(Heading(f"{first.title} minus {in_prose(second.title)}"))
    return AllFiguresSection(headings, groups, sum(len(group.rows) for group in groups))


def _say_doubts_once(group: FiguresGroup, sides: Sequence[Side]) -> FiguresGroup:
    """Move the doubts that several figures share to the heading of their group."""
    letters_of: dict[str, list[str]] = {}  # doubt -> the letter of the role of each figure that has it
    for cell in chain.from_iterable([row.cells for row in group.rows]):
        for doubt in cell.doubts:
            letters_of.setdefault(doubt, []).append(cell.letter)
    shared = {doubt: letters for doubt, letters in letters_of.items() if len(letters) > 1}
    if not shared:
        return group
    doubts = [_mark_roles(doubt, letters, sides) for doubt, letters in shared.items()]
    return FiguresGroup(group.title, [_clear_doubts(row, shared) for row in group.rows], doubts)


def _mark_roles(doubt: str, letters: Sequence[str], sides: Sequence[Side]) -> str:
    """A doubt behind the markers of its roles, unless it is about all of them."""
    marked = [side.marker for side in sides if side.letter in letters]
    return doubt if len(marked) == len(sides) else " ".join([*marked, doubt])


def _clear_doubts(row: FiguresLine, shared: Collection[str]) -> FiguresLine:
    """A row whose figures keep their warning sign, without the words of the shared doubts."""
    cells = []
    for cell in row.cells:
        doubts = ["" if doubt in shared else doubt for doubt in cell.doubts]
        cells.append(cell._replace(doubts=doubts) if doubts else cell)
    return row._replace(cells=cells)


def _build_rated_groups(comparison: Comparison) -> list[FiguresGroup]:
    """Ratings in the order of their importance, each group under its own heading."""
    groups = []
    for kind in ("rated", "knowledge"):
        skills = [skill for skill in comparison.official_skills.rated if skill.kind == kind]
        if skills:
            skills.sort(key=lambda skill: (-skill.highest, skill.name))
            title = f"{GROUPS[OFFICIAL_KINDS[kind]].removesuffix(', rated')}, importance of 5 (level of 7)"
            groups.append(FiguresGroup(title, _build_rated_rows(comparison, skills)))
    return groups


def _build_rated_rows(comparison: Comparison, skills: Sequence[RatedSkill]) -> list[FiguresLine]:
    """`skills`: of one kind."""
    group = OFFICIAL_KINDS[skills[0].kind]
    anchor = note_anchor(group)
    absent = [NOT_PUBLISHED if source else NOT_IN_SOURCE for source in comparison.official_skills.sources[group]]
    rows = []
    for skill in skills:
        cells = []
        for side, entry, missing in zip(comparison.sides, skill.entries, absent, strict=True):
            if entry is None or entry.importance is None:
                cells.append(FigureCell(side.letter, formats.MISSING, missing))
            else:
                cells.append(FigureCell(side.letter, formats.rating(entry.importance, entry.level), origin=anchor))
        difference = "" if len(comparison.sides) == 2 else None
        if skill.difference is not None:
            difference = formats.number_difference(skill.difference, 0)
        rows.append(FiguresLine(skill.name, cells, difference))
    return rows
