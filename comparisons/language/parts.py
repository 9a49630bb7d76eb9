"""What a computed sentence is made of."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from comparisons import formats
from comparisons.comparison import Side
from comparisons.titles import capitalize


class Part(NamedTuple):
    """Words of a sentence. `letter`: of the role that the words belong to, "" for none.

    `key`: where the words are a figure, the row or the group that it is from.
    """

    text: str
    letter: str = ""
    key: str = ""


Sentence = tuple[Part, ...]
# What the figures of a section come to, as its heading without a full stop; None where too little is known.
Finding = Sentence | None
# Text, text in a role's color, or roles to be named in the plural.
Words = str | Part | Sequence[Side]


def finish_sentence(
    words: Sequence[Words], noun: str, publishers: Sequence[str], without: Sequence[Side] = ()
) -> Sentence:
    """`noun`: what the publishers give and the roles in `without` lack, such as "figure"."""
    pieces = list(words)
    if len(publishers) > 1:
        pieces.append(f" ({noun}s of different publishers: {formats.listed(list(publishers))})")
    if without:
        pieces.append(f"; there is no {noun} for ")
    parts = list(chain.from_iterable(map(_turn_into_parts, pieces)))
    if without:
        parts += name_all_people(without, " or ")
    return tuple(begin_sentence(parts))


def _turn_into_parts(words: Words) -> Iterator[Part]:
    if isinstance(words, Part):
        yield words
    elif not isinstance(words, str):
        yield from name_all_people(words)
    elif words:
        yield Part(words)


def name_role(side: Side) -> Part:
    """The title of a role in its color."""
    return Part(side.title, side.letter)


def name_people(side: Side) -> Part:
    """The people of a role in its color."""
    return Part(side.people, side.letter)


def name_all_people(sides: Sequence[Side], last: str = " and ") -> list[Part]:
    """The people of several roles, with commas and a word before the last."""
    return list_names_in_parts([[name_people(side)] for side in sides], last)


def list_people(sides: Iterable[Side], last: str = "and") -> str:
    """The people of several roles, as plain text."""
    return formats.list_names([side.people for side in sides], last)


def begin_sentence(parts: Sequence[Part]) -> list[Part]:
    """The same parts with a capital at the beginning."""
    first, *others = parts
    return [first._replace(text=capitalize(first.text)), *others]


def list_names_in_parts(items: Sequence[Sequence[Part]], last: str = " and ") -> list[Part]:
    """As `list_parts`, with a comma before the last where an item has this word of its own.

    >>> list_names_in_parts([[Part("actors")], [Part("musicians and singers")]])[1].text
    ', and '
    """
    comma = "," if any(last in part.text for part in chain.from_iterable(items)) else ""
    return list_parts(items, f"{comma}{last}")


def list_parts(items: Sequence[Sequence[Part]], last: str = " and ") -> list[Part]:
    """Items with commas, and with a word before the last. Sentences by a reader's weights are written by a script, too,
    in the same way."""
    parts: list[Part] = []
    for index, item in enumerate(items):
        if index:
            parts.append(Part(last if index == len(items) - 1 else ", "))
        parts += item
    return parts
