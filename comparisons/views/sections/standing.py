"""Where a reader's own pay would stand among the people of each role.

The page gives the published steps of pay and the words. What the reader earns stays in the browser, so a script works
with it.
"""

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any, NamedTuple

from comparisons.comparison import Cell, Comparison, Side
from comparisons.judging.pay_shares import find_percentiles
from comparisons.language import weight_words
from comparisons.language.parts import Part

# Published pay of a role in USD, for a script, with `letter` and `who` for the role. Either `steps`: (percent of the
# people who earn less, amount), ascending, and `parts`: how many earn less than the lowest and more than the highest
# step, in words; or `low` and `high` of a range of which the source does not say how many earn it, and `span` in words.
RolePay = dict[str, Any]
# The same without `letter` and `who`, and the cells that it is from.
PayOfRole = tuple[RolePay, list[Cell]]


class StandingSection(NamedTuple):
    """`label`: of the input. `roles`: what the script needs. `without`: whose pay nothing can stand beside."""

    label: str
    how: str
    roles: Sequence[RolePay]
    without: list[Part]


def build_standing_section(comparison: Comparison) -> StandingSection | None:
    """By pay a year, or an hour where no role has steps or a range of pay a year; None where none has these either."""
    for time in ("annual", "hourly"):
        percentiles = [find_percentiles(comparison, time, side.index) or {} for side in comparison.sides]
        pay = list(map(_find_steps, percentiles))
        if time == "annual":
            pay = [steps or _find_range(comparison, index) for index, steps in enumerate(pay)]
        if any(pay):
            return _build_section(comparison.sides, time, pay)
    return None


def _build_section(sides: Sequence[Side], time: str, pay: Sequence[PayOfRole | None]) -> StandingSection:
    roles: list[RolePay] = []
    cells: list[Cell] = []
    without: list[Side] = []
    for side, of_role in zip(sides, pay, strict=True):
        if of_role is None:
            without.append(side)
        else:
            roles.append({"letter": side.letter, "who": side.people} | of_role[0])
            cells += of_role[1]
    kinds = set(chain.from_iterable(roles))
    return StandingSection(
        weight_words.TIMES[time],
        weight_words.explain_pay_points(cells, "steps" in kinds, "span" in kinds),
        roles,
        weight_words.write_without_pay(without, time),
    )


def _find_steps(cells: Mapping[int, Cell]) -> PayOfRole | None:
    """The steps of a role; None for a single one. `cells`: by percentile."""
    if len(cells) < 2:
        return None
    # As JSON has them: short where they are whole.
    pay = [cell.value if isinstance(cell.value, int) else float(cell.value) for cell in cells.values()]
    steps = list(zip(cells, pay, strict=True))
    parts = weight_words.PARTS_OF_PEOPLE[steps[0][0]], weight_words.PARTS_OF_PEOPLE[100 - steps[-1][0]]
    return {"steps": steps, "parts": parts}, list(cells.values())


def _find_range(comparison: Comparison, index: int) -> PayOfRole | None:
    """`index`: of the role."""
    cell = comparison.cells[index].get("salary.range")
    if cell is None or None in cell.value:
        return None
    low, high = cell.value
    return {"low": low, "high": high, "span": cell.text}, [cell]
