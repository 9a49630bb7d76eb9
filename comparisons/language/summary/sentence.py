"""What a computed sentence is made of, and the values that it can use."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from careers.vocabulary import OTHER_PAY
from comparisons import formats
from comparisons.comparison import Cell, Comparison, ComparisonLine, Side
from comparisons.language.messages import EVERYONE, mixed_figures, places_of, uncertain_figures, without_self_employed
from comparisons.language.titles import capital, plural
from comparisons.thresholds import ABOUT_AS_MANY, TOSS_UP_GAP


class Part(NamedTuple):
    """Words of a sentence. `letter` and `marker` are those of the role that the words belong to, "" for none.

    `key`: where the words are a figure, the row or the group that it is from.
    """

    text: str
    letter: str = ""
    marker: str = ""
    key: str = ""


class Sentence(NamedTuple):
    """`anchor` and `anchor_label` name the row or section that holds the sentence's figures."""

    parts: tuple[Part, ...]
    anchor: str
    anchor_label: str

    @property
    def text(self) -> str:
        return "".join(f"{part.marker} {part.text}" if part.marker else part.text for part in self.parts)


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

    @property
    def highest_first(self) -> tuple[Side, ...]:
        return tuple(known.side for known in sorted(self.values, key=lambda known: -known.value))


# Text, text in a role's colour, or roles to be named in the plural.
Words = str | Part | Sequence[Side]


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


def place_between(known: KnownValues) -> list[Words]:
    """The roles that a sentence on the two ends leaves out, each with its value."""
    words: list[Words] = []
    for value in known.between:
        link = "; in between are "
        if words:
            link = " and " if value is known.between[-1] else ", "
        words += [link, (value.side,), " with ", Part(value.cell.text, value.side.letter, value.side.marker)]
    return words


def write_sentence(known: KnownValues, *words: Words, rule: str = "") -> Sentence:
    """Adds what to know of the figures, names the roles without a value, and ends with the `rule` of a verdict."""
    row, notes = known.line.row, _notes(known)
    other_pay = [side for side in known.without if known.line.cells[side.index].missing in OTHER_PAY.values()]
    without = [side for side in known.without if side not in other_pay]
    if other_pay:
        reason = known.line.cells[other_pay[0].index].missing
        words = (*words, *_in_brackets(notes), f"; {reason} for ", other_pay, ", which cannot be compared")
        notes = []
    sentence = finish_sentence(words, row.anchor, row.label, "figure", without=without, notes=notes)
    return sentence._replace(parts=(*sentence.parts, Part(f". {rule}"))) if rule else sentence


def _notes(known: KnownValues) -> list[str]:
    """Several publishers or releases, large errors, and people who are not counted."""
    marked = [(value.side.marker, value.cell) for value in known.values]
    notes = [places_of(marked), mixed_figures(marked), uncertain_figures(marked)]
    if known.line.row.key == "outlook.job_count":
        notes.append(without_self_employed([(value.side, value.cell) for value in known.values]))
    return [note for note in notes if note]


def finish_sentence(
    words: Sequence[Words],
    anchor: str,
    label: str,
    noun: str,
    publishers: Sequence[str] = (),
    without: Sequence[Side] = (),
    notes: Sequence[str] = (),
) -> Sentence:
    """`noun`: what the publishers give and the roles in `without` lack, such as "figure"."""
    every = list(words)
    if len(publishers) > 1:
        notes = [f"{noun}s of different publishers: {formats.listed(list(publishers))}", *notes]
    every += _in_brackets(notes)
    if without:
        every.append(f"; there is no {noun} for ")
    parts = [part for words in every for part in _parts(words)]
    if without:
        parts += _names(without, " or ")
    parts[0] = parts[0]._replace(text=capital(parts[0].text))
    return Sentence(tuple(parts), anchor, label)


def _in_brackets(notes: Sequence[str]) -> list[str]:
    return [f" ({'; '.join(notes)})"] if notes else []


def _parts(words: Words) -> Iterator[Part]:
    if isinstance(words, Part):
        yield words
    elif not isinstance(words, str):
        yield from _names(words, " and ")
    elif words:
        yield Part(words)


def _names(sides: Sequence[Side], last: str) -> Iterator[Part]:
    """The people of each role, with commas and a word before the last."""
    for index, side in enumerate(sides):
        if index:
            yield Part(last if index == len(sides) - 1 else ", ")
        yield Part(plural(side.title), side.letter, side.marker)


def rounded_percent(share: float) -> str:
    """How much more, so that it does not seem to be on the other side of a threshold.

    >>> rounded_percent(13.74), rounded_percent(4.6), rounded_percent(0.8), rounded_percent(0.04)
    ('14%', '4.6%', '0.8%', 'under 0.1%')
    """
    if share >= 1:
        return formats.whole_percent(share, TOSS_UP_GAP, ABOUT_AS_MANY)
    return f"{share:.1f}%" if share >= 0.05 else "under 0.1%"
