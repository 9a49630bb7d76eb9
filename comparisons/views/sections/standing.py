"""Where a reader's own pay would stand among the people of each role.

The page gives the published steps of pay and the words. What the reader earns stays in the browser, so a script works
with it.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from comparisons.comparison import Cell, Comparison, Side
from comparisons.judging.pay_shares import find_percentiles
from comparisons.language import weight_words
from comparisons.language.parts import Part

# Published pay of a role in USD, for a script, with `letter` and `who` for the role. Either `steps`: (percent of the
# people who earn less, amount), ascending, and `parts`: how many earn less than the lowest and more than the highest
# step, in words; or `low` and `high` of a range of which the source does not say how many earn it, and `span` in words.
RolePay = dict[str, Any]


class StandingSection(NamedTuple):
    """`label`: of the input. `roles`: what the script needs. `without`: whose pay nothing can stand beside."""

    label: str
    how: str
    roles: Sequence[RolePay]
    without: list[Part]


def build_standing_section(comparison: Comparison) -> StandingSection | None:
    """By pay a year, or an hour where no role has steps or a range of pay a year; None where none has these either."""
    for time in ("annual", "hourly"):
        roles: list[RolePay] = []
        cells: list[Cell] = []
        without: list[Side] = []
        percentiles = [find_percentiles(comparison, time, side.index) for side in comparison.sides]
        for side, by_percentile in zip(comparison.sides, percentiles, strict=True):
            role, used = _find_steps(side, by_percentile or {})
            if not role and time == "annual":
                role, used = _find_range(comparison, side)
            if role:
                roles.append(role)
                cells += used
            else:
                without.append(side)
        if roles:
            steps = any("steps" in role for role in roles)
            ranges = any("span" in role for role in roles)
            return StandingSection(
                weight_words.TIMES[time],
                weight_words.how_pay_stands(cells, steps, ranges),
                roles,
                weight_words.write_without_pay(without, time),
            )
    return None


def _find_steps(side: Side, cells: Mapping[int, Cell]) -> tuple[RolePay, list[Cell]]:
    """The steps of a role with the cells that they are from; nothing for a single one. `cells`: by percentile."""
    if len(cells) < 2:
        return {}, []
    # As JSON has them: short where they are whole.
    pay = [cell.value if isinstance(cell.value, int) else float(cell.value) for cell in cells.values()]
    steps = list(zip(cells, pay, strict=True))
    parts = weight_words.PARTS_OF_PEOPLE[steps[0][0]], weight_words.PARTS_OF_PEOPLE[100 - steps[-1][0]]
    return _name_people(side) | {"steps": steps, "parts": parts}, list(cells.values())


def _find_range(comparison: Comparison, side: Side) -> tuple[RolePay, list[Cell]]:
    cell = comparison.cells[side.index].get("salary.range")
    if cell is None or None in cell.value:
        return {}, []
    low, high = cell.value
    return _name_people(side) | {"low": low, "high": high, "span": cell.text}, [cell]


def _name_people(side: Side) -> RolePay:
    return {"letter": side.letter, "who": side.people}
