"""The values of a row that a sentence can use, and the lowest and the highest of them."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from comparisons.comparison import Cell, Comparison, ComparisonLine, Side
from comparisons.language.messages import EVERYONE
from comparisons.language.parts import Part, Words


class KnownValue(NamedTuple):
    value: Any
    side: Side
    cell: Cell


class Extreme(NamedTuple):
    """The lowest or the highest value, and the roles that share it."""

    value: Any
    cell: Cell
    sides: tuple[Side, ...]

    def part(self, text: str) -> Part:
        """Words about the value, in the colour of the first role that has it."""
        return Part(text, self.sides[0].letter, self.sides[0].marker)


class KnownValues(NamedTuple):
    """The values of one line, at least two. `without`: the roles that have none."""

    line: ComparisonLine
    values: tuple[KnownValue, ...]
    without: tuple[Side, ...]
    lowest: Extreme
    highest: Extreme

    @property
    def two(self) -> bool:
        return len(self.values) == 2

    @property
    def all_same(self) -> bool:
        return bool(self.lowest.value == self.highest.value)

    @property
    def between(self) -> tuple[KnownValue, ...]:
        """The values between the two ends, the highest first."""
        values = [known for known in self.values if self.lowest.value < known.value < self.highest.value]
        return tuple(sorted(values, key=lambda known: known.value, reverse=True))

    @property
    def everyone(self) -> "Words":
        """ "both", or the roles by name where others are left out."""
        if self.without:
            return tuple(known.side for known in self.values)
        return EVERYONE[len(self.values)]


def find_values(comparison: Comparison, key: str) -> KnownValues | None:
    """What the roles have under a row's key; None unless two of them have a value."""
    line = comparison.by_key.get(key)
    if line is None:
        return None
    return select_values(
        comparison, line, {index: cell.value for index, cell in enumerate(line.cells) if not cell.missing}
    )


def select_values(comparison: Comparison, line: ComparisonLine, by_index: Mapping[int, Any]) -> KnownValues | None:
    """`by_index`: index of a role -> the value that the sentence goes by; None unless there are two."""
    if len(by_index) < 2:
        return None
    known = tuple(KnownValue(value, comparison.sides[index], line.cells[index]) for index, value in by_index.items())
    without = tuple(side for side in comparison.sides if side.index not in by_index)
    low, high = min(by_index.values()), max(by_index.values())
    return KnownValues(line, known, without, _extreme(known, low), _extreme(known, high))


def _extreme(values: Sequence[KnownValue], value: Any) -> Extreme:
    sharing = [known for known in values if known.value == value]
    return Extreme(value, sharing[0].cell, tuple(known.side for known in sharing))
