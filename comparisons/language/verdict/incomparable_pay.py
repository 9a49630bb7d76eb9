"""Why the pay of roles, or of some of them, cannot be compared: instead of the sentence on the toss-up, or after it."""

from collections.abc import Sequence
from itertools import chain

from careers.vocabulary import NOT_IN_SOURCE, NOT_PUBLISHED, OTHER_PAY
from comparisons import formats
from comparisons.comparison import Cell, Comparison, Side
from comparisons.judging.leads import PAY_KEYS, PayVerdict, choose_pay, find_pay_errors
from comparisons.language.messages.absent_values import write_after_label
from comparisons.language.messages.figure_origins import name_figure_source, name_publisher
from comparisons.language.parts import Part, Sentence, list_people
from comparisons.thresholds import allows_ratio, is_uncertain

# Where figures are of that are of no state.
IN_COUNTRY = "in the whole country"


def write_incomparable(comparison: Comparison) -> Sentence | None:
    """None where no role has any pay."""
    words = _name_times(comparison) or _name_errors(comparison) or _name_unknown(comparison) or _name_counts(comparison)
    return (Part(words),) if words else None


def _has_pay(comparison: Comparison, side: Side, time: str) -> bool:
    keys = [key for key in PAY_KEYS if key.startswith(f"salary.{time}")]
    return any(key in comparison.published[side.index] for key in keys)


def _name_times(comparison: Comparison) -> str:
    """Say that some roles have pay by the year alone and others by the hour alone."""
    only_yearly, only_hourly = [], []
    for side in comparison.sides:
        by_year, by_hour = (_has_pay(comparison, side, time) for time in ("annual", "hourly"))
        if by_year and not by_hour:
            only_yearly.append(side)
        elif by_hour and not by_year:
            only_hourly.append(side)
    if not only_yearly or not only_hourly:
        return ""
    years, hours = list_people(only_yearly), list_people(only_hourly)
    return f"Pay cannot be compared: it is published by the year only for {years} and by the hour only for {hours}."


def _name_errors(comparison: Comparison) -> str:
    """Say that the pay of some roles is too uncertain; "" if no error is that large."""
    too_large = [side for side in comparison.sides if not allows_ratio(*find_pay_errors(comparison, side.index))]
    if not too_large:
        return ""
    errors = _list_errors(comparison, too_large)
    return f"Pay is too uncertain to be compared: the source gives a relative error of {errors}."


def _list_errors(comparison: Comparison, sides: Sequence[Side]) -> str:
    errors = [max(find_pay_errors(comparison, side.index)) for side in sides]
    names = [f"{formats.percent(error)} for {side.people}" for error, side in zip(errors, sides, strict=True)]
    return formats.listed(names)


def _name_unknown(comparison: Comparison) -> str:
    """Name the roles without pay, while others have some; "" if all have or none has."""
    without = [side for side in comparison.sides if not any(_has_pay(comparison, side, time) for time in OTHER_PAY)]
    if not without or len(without) == len(comparison.sides):
        return ""
    line = choose_pay(comparison)
    area = next((f" {cell.area}" for cell in line.cells if cell.area), "") if line else ""
    return f"Pay cannot be compared: there is no figure for {list_people(without, 'or')}{area}."


def _name_counts(comparison: Comparison) -> str:
    """Name the publishers of the figures, or their months and places, if these differ."""
    line = choose_pay(comparison)
    if line is None:
        return ""
    paid = [(side, cell) for side, cell in zip(comparison.sides, line.cells, strict=True) if not cell.missing]
    counts = _describe_counts([cell for _, cell in paid])
    if len(set(counts)) < 2:
        return ""
    names = [f"that for {side.people} is {count}" for (side, _), count in zip(paid, counts, strict=True)]
    if len(names) == 2 and "," in names[0]:
        names[0] += ","  # closes a date
    return f"Pay cannot be compared fairly: {formats.listed(names).replace('that', 'the figure', 1)}."


def _describe_counts(cells: Sequence[Cell]) -> list[str]:
    """What each figure is of: a place where one publisher gives all of them, else a publisher and a month."""
    if len({cell.publisher for cell in cells}) == 1 and len({cell.area for cell in cells}) > 1:
        return [_describe_place(cell) for cell in cells]
    return [f"from {name_publisher(name_figure_source(cell))}" for cell in cells]


# -- beside a verdict -------------------------------------------------------------------------


def describe_uncertain(comparison: Comparison, verdicts: Sequence[PayVerdict]) -> str:
    """The large errors of the pay that was compared; "" if there is none."""
    compared = set(chain.from_iterable(verdict.pair for verdict in verdicts))
    uncertain = []
    for side in comparison.sides:
        if side.index in compared and any(map(is_uncertain, find_pay_errors(comparison, side.index))):
            uncertain.append(side)
    if not uncertain:
        return ""
    return f"The source gives pay a relative error of {_list_errors(comparison, uncertain)}."


def describe_left_out(comparison: Comparison, verdicts: Sequence[PayVerdict]) -> str:
    """Why the pay of some roles was not compared with that of the others; "" if all were."""
    compared = set(chain.from_iterable(verdict.pair for verdict in verdicts))
    by_reason: dict[str, list[Side]] = {}
    for side in comparison.sides:
        if side.index not in compared:
            by_reason.setdefault(_find_reason(comparison, side), []).append(side)
    sentences = [f"Pay of {list_people(sides)} is not compared: {reason}." for reason, sides in by_reason.items()]
    return " ".join(sentences)


def _find_reason(comparison: Comparison, side: Side) -> str:
    line = choose_pay(comparison)
    if line is None:
        return f"it is {NOT_PUBLISHED}"
    cell = line.cells[side.index]
    if cell.missing:
        reason = write_after_label(cell.missing)
        if reason == NOT_IN_SOURCE:
            return "their source gives none"
        return f"it is {reason}" if reason.startswith("not ") else reason
    if not allows_ratio(*find_pay_errors(comparison, side.index)):
        return f"the source gives a relative error of {_list_errors(comparison, [side])}"
    if cell.area or any(other.area for other in line.cells):
        return f"it is {_describe_place(cell)}"
    return f"it is from {name_publisher(name_figure_source(cell))}"


def _describe_place(cell: Cell) -> str:
    return f"of people {cell.area or IN_COUNTRY}"
