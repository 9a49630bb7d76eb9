"""Names in columns: what one role has alone, and what several share."""

from collections.abc import Sequence
from typing import NamedTuple

from comparisons.comparison import Side
from comparisons.language.messages import EVERYONE
from comparisons.language.titles import capital, in_prose


class NameColumn(NamedTuple):
    """`letter`: of the role that alone has the names, "" where several do. `total`: how many there are. `left_out`: how
    many of them are neither shown nor folded."""

    letter: str
    heading: str
    total: int
    shown: Sequence[str]
    folded: Sequence[str]
    left_out: int


class NameColumns(NamedTuple):
    """`across`: "three" or "two", how many stand beside each other where there is room. `origin`: the anchor of the
    note on where the names stand, "" for none. `between`: what parts two names, which may have commas themselves."""

    columns: Sequence[NameColumn]
    across: str
    origin: str
    between: str


def name_columns(
    sides: Sequence[Side],
    shared: Sequence[str],
    only: Sequence[Sequence[str]],
    most: tuple[int, int],
    having: int,
    origin: str = "",
) -> NameColumns:
    """`only`: for each role the names that it has alone. `most`: how many names are shown, and how many are folded.
    `having`: how many roles have a list. Of two roles the shared names stand between their own, of more before them.
    """
    columns = [
        name_column(side.letter, own_heading(side, having), names, most)
        for side, names in zip(sides, only, strict=True)
        if names
    ]
    if shared:
        everyone = EVERYONE[2].capitalize() if len(sides) == 2 else "Shared by several"
        place = min(1, len(columns)) if len(sides) == 2 and only[0] else 0
        columns.insert(place, name_column("", everyone, shared, most))
    named = [name for column in columns for name in (*column.shown, *column.folded)]
    between = "; " if any("," in name for name in named) else ", "
    return NameColumns(columns, "two" if len(columns) in (1, 2, 4) else "three", origin, between)


def own_heading(side: Side, having: int) -> str:
    """`having`: how many roles have a list."""
    return f"Only {in_prose(side.title)}" if having > 1 else capital(in_prose(side.title))


def name_column(letter: str, heading: str, names: Sequence[str], most: tuple[int, int]) -> NameColumn:
    """One or two names more are shown rather than folded.

    >>> name_column("a", "Only cook", ["x", "y", "z"], (1, 5)).shown, name_column("", "", list("abcdef"), (2, 3))[3:]
    (['X', 'y', 'z'], (['A', 'b'], ['C', 'd', 'e'], 1))
    """
    shown, folded = most
    if len(names) <= shown + 2:
        return NameColumn(letter, heading, len(names), _begin(names), [], 0)
    left_out = max(0, len(names) - shown - folded)
    first, others = _begin(names[:shown]), _begin(names[shown : shown + folded])
    return NameColumn(letter, heading, len(names), first, others, left_out)


def _begin(names: Sequence[str]) -> list[str]:
    """The first name as a sentence begins."""
    return [capital(names[0]), *names[1:]] if names else []
