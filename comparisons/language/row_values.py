"""The values of a row that a sentence can use, and the lowest and the highest of them."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from careers.vocabulary import UNKNOWN_MONTH
from comparisons import formats
from comparisons.comparison import Cell, Comparison, ComparisonLine, Side
from comparisons.language.messages.absent_values import EVERYONE
from comparisons.language.messages.row_notes import DIFFERENT_PUBLISHERS
from comparisons.language.parts import Part, Words


class RoleValue(NamedTuple):
    """The value of one role. `value`: what the sentence compares; the cell has the text."""

    value: Any
    side: Side
    cell: Cell


class Extreme(NamedTuple):
    """The lowest or the highest value, and the roles that share it."""

    value: Any
    cell: Cell
    sides: tuple[Side, ...]

    def part(self, text: str) -> Part:
        """Words about the value, in the color of the first role that has it."""
        return Part(text, self.sides[0].letter)


class ComparedValues(NamedTuple):
    """The values of one line, at least two. `without`: the roles that have none."""

    line: ComparisonLine
    values: tuple[RoleValue, ...]
    without: tuple[Side, ...]
    lowest: Extreme
    highest: Extreme
    two: bool
    all_same: bool

    @property
    def everyone(self) -> "Words":
        """The word “both” or its like, or the roles by name where others are left out."""
        if self.without:
            return tuple(role_value.side for role_value in self.values)
        return EVERYONE[len(self.values)]

    @property
    def has_ratio(self) -> bool:
        """Whether the highest value can be given as a multiple of the lowest."""
        return self.lowest.value > 0 and self.lowest.cell.is_solid and self.highest.cell.is_solid

    @property
    def mixed(self) -> str:
        """See `write_mixed_difference`."""
        return write_mixed_difference(self.line)


def write_mixed_difference(line: ComparisonLine) -> str:
    """What stands beside the difference of a row with figures of several publishers, places or releases."""
    parts = [DIFFERENT_PUBLISHERS] if len(line.publishers) > 1 else []
    if len({cell.area for cell in line.cells if not cell.missing}) > 1:
        return "; ".join([*parts, "different places"])
    months = [month or UNKNOWN_MONTH for month in line.releases]
    if len(months) > 1 and (not parts or "" not in line.releases):
        parts.append(formats.listed(months))
    return "; ".join(parts)


def find_values(comparison: Comparison, key: str) -> ComparedValues | None:
    """What the roles have under a row's key; None unless two of them have a value."""
    line = comparison.by_key.get(key)
    if line is None:
        return None
    by_index = {index: cell.value for index, cell in enumerate(line.cells) if not cell.missing}
    return select_values(comparison, line, by_index)


def find_values_of_all(comparison: Comparison, key: str) -> ComparedValues | None:
    """The values of a row; None unless every role has one, none is contradicted, and all are of one place and of the
    same years."""
    row = find_values(comparison, key)
    if row is None or row.without or any(role_value.cell.contradicted for role_value in row.values):
        return None
    terms = {(role_value.cell.area, role_value.cell.years) for role_value in row.values}
    return row if len(terms) == 1 else None


def select_values(comparison: Comparison, line: ComparisonLine, by_index: Mapping[int, Any]) -> ComparedValues | None:
    """None unless there are two values. `by_index`: index of a role -> the value that the sentence compares."""
    if len(by_index) < 2:
        return None
    values = tuple(RoleValue(value, comparison.sides[index], line.cells[index]) for index, value in by_index.items())
    without = tuple(side for side in comparison.sides if side.index not in by_index)
    low, high = min(by_index.values()), max(by_index.values())
    lowest, highest = _find_extreme(values, low), _find_extreme(values, high)
    return ComparedValues(line, values, without, lowest, highest, two=len(values) == 2, all_same=low == high)


def _find_extreme(values: Sequence[RoleValue], value: Any) -> Extreme:
    sharing = [role_value for role_value in values if role_value.value == value]
    return Extreme(value, sharing[0].cell, tuple(role_value.side for role_value in sharing))
