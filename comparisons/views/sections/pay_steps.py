"""The steps of pay that sources publish, and which of them a page draws."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from comparisons.comparison import Cell, Comparison, ComparisonLine, Side

MEDIAN = "Half earn more than"


class PayStep(NamedTuple):
    """`key`: of the row. `end`: 0 or 1 for the lower or upper end of a range. `middle`: the step that matters most."""

    label: str
    key: str
    end: int | None = None
    middle: bool = False

    def amount(self, cell: Cell) -> Any:
        """What a cell of the row has for the step; None where that is not published."""
        if cell.missing:
            return None
        return cell.value if self.end is None else cell.value[self.end]


def _percentiles(time: str) -> tuple[PayStep, ...]:
    return (
        PayStep("1 in 10 earns more than", f"salary.{time}_p90"),
        PayStep("1 in 4 earns more than", f"salary.{time}_p75"),
        PayStep(MEDIAN, f"salary.{time}_median", middle=True),
        PayStep("3 in 4 earn more than", f"salary.{time}_p25"),
        PayStep("9 in 10 earn more than", f"salary.{time}_p10"),
    )


# The steps that sources publish, the better first. A role is drawn with the first of these that it has.
_BY_THE_YEAR, _BY_THE_HOUR = _percentiles("annual"), _percentiles("hourly")
_LEVELS = (
    PayStep("At senior level", "salary.annual_senior"),
    PayStep("At mid level", "salary.annual_mid", middle=True),
    PayStep("At entry level", "salary.annual_entry"),
)
_RANGE = (
    PayStep("Top of the range", "salary.range", end=1),
    PayStep("Average", "salary.annual_average", middle=True),
    PayStep("Bottom of the range", "salary.range", end=0),
)
_AVERAGE_AN_HOUR = (PayStep("Average", "salary.hourly_average", middle=True),)
_FAMILIES = (_BY_THE_YEAR, _LEVELS, _RANGE, _BY_THE_HOUR, _AVERAGE_AN_HOUR)


def choose_steps(comparison: Comparison) -> Mapping[str, Sequence[PayStep]]:
    """Unit of a table -> its steps from the top down: those of each role's best family.

    A table that every role has steps in leaves out one that some have none in.
    """
    tables: dict[str, list[PayStep]] = {"A year": [], "An hour": []}
    for step in _find_steps(comparison):
        tables["An hour" if ".hourly_" in step.key else "A year"].append(step)
    of_all = {}
    for unit, steps in tables.items():
        if all(_has_any(comparison, steps, side) for side in comparison.sides):
            of_all[unit] = steps
    return of_all or {unit: steps for unit, steps in tables.items() if steps}


def _find_steps(comparison: Comparison) -> list[PayStep]:
    best = [_best_family(comparison, side) for side in comparison.sides]
    families = {family for family in best if family}
    if len(families) > 1 and "salary.annual_average" in comparison.by_key:
        families.add(_RANGE)  # averages are what different publishers have in common
    steps: list[PayStep] = []
    for family in _FAMILIES:
        if family in families:
            steps += [step for step in family if _filled_line(comparison, step)]
    return steps


def _best_family(comparison: Comparison, side: Side) -> tuple[PayStep, ...]:
    """The first that the role has a step of; nothing where it has none."""
    return next((steps for steps in _FAMILIES if _has_any(comparison, steps, side)), ())


def _has_any(comparison: Comparison, steps: Sequence[PayStep], side: Side) -> bool:
    lines = [_filled_line(comparison, step) for step in steps]
    return any(line is not None and not line.cells[side.index].missing for line in lines)


def _filled_line(comparison: Comparison, step: PayStep) -> ComparisonLine | None:
    line = comparison.by_key.get(step.key)
    return None if line is None or line.empty else line
