"""Who does this work today: shares of people as dots."""

from collections.abc import Sequence

from careers.vocabulary import GROUPS
from comparisons import formats
from comparisons.charts.canvas import GAP, Anchor, Axis, Sheet, ticks, wrapped
from comparisons.charts.figure import WIDE, Figure, marked, named, publishers_of, source, titles, twin, write_name
from comparisons.comparison import Comparison, ComparisonLine, Side
from comparisons.formats import Number


def demographics(comparison: Comparison) -> Figure | None:
    """A line for each category; equal shares are said to be no information."""
    lines = [
        line
        for line in comparison.section("people").lines
        if line.row.format is formats.percent and not all(cell.missing for cell in line.cells)
    ]
    if not lines:
        return None
    sides = comparison.sides
    publishers = publishers_of(sides, *(line.cells for line in lines))
    values = [float(cell.value) for line in lines for cell in line.cells if not cell.missing]
    axis = Axis(0, max([*values, 1]), 0.19, 0.79)
    sheet = Sheet(axis)
    # A role without any figures is named once, below, and not on every line.
    absent = [side for side in sides if all(line.cells[side.index].missing for line in lines)]
    present = [side for side in sides if side not in absent] if absent else sides
    for side in present:
        write_name(sheet, side, publishers)
    sheet.y += GAP
    for line in lines:
        sheet.write(line.row.label, sheet.line())
        _dots(sheet, present, line)
        sheet.y += GAP
    for side in absent:
        for words in wrapped(f"{named(side)}: {lines[0].cells[side.index].missing}", WIDE):
            sheet.write(words, sheet.line(), part=side.letter)
    marks = ticks(axis.low, axis.high)
    sheet.number(marks, [formats.percent(round(mark)) for mark in marks])
    note = " Equal figures are no information to compare." if any(line.same for line in lines) else ""
    return Figure(
        "demographics",
        GROUPS["demographics"],
        marked(_finding(comparison, lines), publishers),
        f"Percent of the people counted in each role now.{note} {source(publishers)}",
        sheet,
        ("", *titles(comparison)),
        tuple([twin(line.row.label, line.cells) for line in lines]),
    )


def _dots(sheet: Sheet, sides: Sequence[Side], line: ComparisonLine) -> None:
    """The least and the most stand beside their dots; the rest are told apart by colour and marker."""
    y, label = sheet.line(), line.row.label
    known = [(line.cells[side.index], side) for side in sides if not line.cells[side.index].missing]
    known.sort(key=lambda pair: pair[0].value)
    (least, first), (most, last) = known[0], known[-1]
    before = None
    for cell, side in known:
        # Of dots on one spot only the lowest is filled, so that all are seen.
        sheet.dot(side.letter, y, cell.value, (side.title, f"{label}, {cell.text}"), hollow=cell.value == before)
        before = cell.value
    if least.value < most.value:
        sheet.link(sheet.axis.across(least.value), sheet.axis.across(most.value), y)
        sheet.label(least.text, y, least.value, part=first.letter, side="left")
        sheet.label(most.text, y, most.value, part=last.letter)
    elif len(known) == 1:
        sheet.label(most.text, y, most.value, part=last.letter)
    else:
        free: Anchor = "left" if most.value > sheet.axis.high / 2 else "right"
        sheet.label(f"{most.text} each", y, most.value, part="soft", side=free)
    if len(known) < len(sides):
        missing = [side for side in sides if line.cells[side.index].missing]
        told = f"{' '.join(side.marker for side in missing)} {line.cells[missing[0].index].missing}"
        sheet.write(told, sheet.line(), part="soft")


def _finding(comparison: Comparison, lines: Sequence[ComparisonLine]) -> str:
    """The widest gap between two roles, in percentage points; of equally wide ones the first."""
    if len(comparison.sides) == 1:
        return GROUPS["demographics"]
    gaps = [(_gap(line), line.row.label) for line in lines if sum(not cell.missing for cell in line.cells) > 1]
    if not gaps:
        return "Published for one role only"
    gap, label = max(gaps, key=lambda pair: pair[0])
    if not gap:
        return "The same figures for all: no information to compare"
    return f"The widest gap is {formats.counted(gap, 'percentage point')}: {label}"


def _gap(line: ComparisonLine) -> Number:
    values: list[Number] = [cell.value for cell in line.cells if not cell.missing]
    return max(values) - min(values)  # type: ignore[operator]  # one row's values are of one type
