"""Who does this work today: shares of people as dots."""

from collections.abc import Sequence

from careers.vocabulary import GROUPS, RACE_KEYS, of_wider_group
from comparisons import formats
from comparisons.charts.canvas import GAP, Axis, JoinedDot, JoinedDots, Sheet, ticks, wrapped
from comparisons.charts.figure import (
    WIDE,
    Figure,
    Publishers,
    cite,
    find_publishers,
    mark_publishers,
    table_rows,
    titles,
    write_name,
)
from comparisons.comparison import Comparison, ComparisonLine, Side
from comparisons.formats import Number
from comparisons.language.messages import of_employed


def demographics(comparison: Comparison) -> Figure | None:
    """A line for each category; equal shares are called no information."""
    lines = _lines_of_shares(comparison)
    if not lines:
        return None
    publishers = find_publishers(comparison.sides, *[line.cells for line in lines])
    note = " Equal figures are no information to compare." if any(line.same for line in lines) else ""
    return Figure(
        "demographics",
        GROUPS["demographics"],
        mark_publishers(_finding(comparison, lines), publishers),
        f"{_whose_percent(lines)}{_wider_groups(comparison.sides, lines)}{note} {cite(publishers)}",
        _draw(comparison, lines, publishers),
        ("", *titles(comparison)),
        table_rows([(line.row.label, line.cells) for line in lines]),
    )


def _draw(comparison: Comparison, lines: Sequence[ComparisonLine], publishers: Publishers) -> Sheet:
    sheet = Sheet(Axis(0, _highest(lines), 0.19, 0.79))
    # A role without any figures is named once, below, and not on every line.
    absent = [side for side in comparison.sides if all(line.cells[side.index].missing for line in lines)]
    present = [side for side in comparison.sides if side not in absent]
    for side in present:
        write_name(sheet, side, publishers)
    sheet.y += GAP
    sheet.join_all([_join_dots(present, line) for line in lines])
    for side in absent:
        reason = lines[0].cells[side.index].missing
        sheet.write_lines(wrapped(f"{side.marker} {side.title}: {reason}", WIDE), part=side.letter)
    marks = ticks(0, sheet.axis.high)
    sheet.number(marks, [f"{mark:.0f}%" for mark in marks])
    return sheet


def _lines_of_shares(comparison: Comparison) -> list[ComparisonLine]:
    """The lines about people that any role has a share for.

    A survey counts Hispanic people under a race as well, so its shares by race are not drawn beside those of others.
    """
    lines = comparison.section("people").lines
    lines_of_shares = [line for line in lines if line.row.format is formats.percent and line.publishers]
    if any(line.row.key in RACE_KEYS for line in lines_of_shares):
        return [line for line in lines_of_shares if line.row.stored_in[0][0] != "survey"]
    return lines_of_shares


def _whose_percent(lines: Sequence[ComparisonLine]) -> str:
    titles = {cell.origins[0].source.title for line in lines for cell in line.cells if not cell.missing}
    texts = set(map(of_employed, titles))
    if len(texts) == 1 and "" not in texts:
        return f"Percent {next(iter(texts))}."
    return "Percent of the people counted in each role now."


def _wider_groups(sides: Sequence[Side], lines: Sequence[ComparisonLine]) -> str:
    """Which roles are counted in a wider group of occupations, each in a sentence."""
    text = ""
    for side in sides:
        origins = [origin for line in lines for origin in line.cells[side.index].origins]
        for name in dict.fromkeys(filter(None, [origin.evidence.get("wider_group") for origin in origins])):
            text += f" {side.marker} {of_wider_group(name)}."
    return text


def _highest(lines: Sequence[ComparisonLine]) -> float:
    """The highest share, and at least 1."""
    return max([1.0] + [float(cell.value) for line in lines for cell in line.cells if not cell.missing])


def _join_dots(sides: Sequence[Side], line: ComparisonLine) -> JoinedDots:
    """Labels stand beside the lowest and the highest dot; colour and marker tell the others apart."""
    points = []
    missing = []
    for side in sides:
        cell = line.cells[side.index]
        if cell.missing:
            missing.append(side)
        else:
            says = (side.title, f"{line.row.label}, {cell.text}")
            points.append(JoinedDot(side.letter, cell.value, cell.text, says))
    points.sort(key=lambda point: point.value)
    note = ""
    if missing:
        note = f"{' '.join([side.marker for side in missing])} {line.cells[missing[0].index].missing}"
    return JoinedDots(line.row.label, points, note)


def _finding(comparison: Comparison, lines: Sequence[ComparisonLine]) -> str:
    """The widest gap between two roles, in percentage points; the first of several equal ones."""
    if len(comparison.sides) == 1:
        return GROUPS["demographics"]
    gaps: list[tuple[Number, str]] = []
    for line in lines:
        values: list[Number] = [cell.value for cell in line.cells if not cell.missing]
        if len(values) > 1:
            gaps.append((max(values) - min(values), line.row.label))  # type: ignore[operator]  # of one type in a row
    if not gaps:
        return "Published for one role only"
    gap, label = max(gaps, key=lambda pair: pair[0])
    if not gap:
        return "The same figures for all: no information to compare"
    return f"The widest gap is {formats.counted(gap, 'percentage point')}: {label}"
