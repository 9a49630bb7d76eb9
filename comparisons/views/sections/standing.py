"""Where a reader's own pay would stand among the people of each role.

The page gives the published steps of pay and the words. What the reader earns stays in the browser, so a script works
with it.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from comparisons import formats
from comparisons.comparison import Cell, Comparison, Side
from comparisons.judging.pay_shares import ascend, percentile_cells
from comparisons.language import standing_words
from comparisons.language.parts import Part
from comparisons.language.titles import plural


class RoleSteps(NamedTuple):
    """Published pay of a role in USD. `steps`: (percent of the people who earn less, amount), ascending. `parts`: how
    many earn less than the lowest and more than the highest step, in words."""

    letter: str
    who: str
    steps: list[tuple[int, float]]
    parts: tuple[str, str]


class RoleRange(NamedTuple):
    """A range of pay of which the source does not say how many earn it. `span` says it."""

    letter: str
    who: str
    low: int
    high: int
    span: str


class StandingPart(NamedTuple):
    """`label`: of the input. `roles`: what the script needs. `without`: whose pay nothing can stand beside."""

    label: str
    how: str
    roles: Sequence[Mapping[str, Any]]
    without: list[Part]


def standing_part(comparison: Comparison) -> StandingPart | None:
    """By pay a year, or an hour where no role has steps or a range of pay a year; None where none has these either."""
    for time in ("annual", "hourly"):
        roles: list[RoleSteps | RoleRange] = []
        cells: list[Cell] = []
        without: list[Side] = []
        for side in comparison.sides:
            role, used = _find_steps(comparison, side, time)
            if role:
                roles.append(role)
                cells += used
            else:
                without.append(side)
        if roles:
            steps = any(isinstance(role, RoleSteps) for role in roles)
            ranges = any(isinstance(role, RoleRange) for role in roles)
            return StandingPart(
                standing_words.LABELS[time],
                standing_words.how(cells, steps, ranges),
                [role._asdict() for role in roles],
                standing_words.write_without(without, time),
            )
    return None


def _find_steps(comparison: Comparison, side: Side, time: str) -> tuple[RoleSteps | RoleRange | None, list[Cell]]:
    """The steps of a role, else its range, with the cells that they are from."""
    cells = percentile_cells(comparison, time, side.index)
    steps = [(percentile, _number(cell.value)) for percentile, cell in cells.items()]
    if len(steps) < 2 or not ascend(steps):
        return _find_range(comparison, side) if time == "annual" else (None, [])
    parts = standing_words.PARTS[steps[0][0]], standing_words.PARTS[100 - steps[-1][0]]
    return RoleSteps(side.letter, plural(side.title), steps, parts), list(cells.values())


def _find_range(comparison: Comparison, side: Side) -> tuple[RoleRange | None, list[Cell]]:
    cell = comparison.cells[side.index].get("salary.range")
    if cell is None or None in cell.value:
        return None, []
    low, high = cell.value
    return RoleRange(side.letter, plural(side.title), low, high, formats.dollar_range(low, high)), [cell]


def _number(pay: int | Decimal) -> float:
    """Pay as JSON has it: short where it is whole."""
    return pay if isinstance(pay, int) else float(pay)
