"""Names in columns: what one role has alone, and what several share."""

from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeVar

from comparisons import formats
from comparisons.comparison import ComparedLists, Side
from comparisons.language.messages.absent_values import EVERYONE
from comparisons.language.parts import Part
from comparisons.titles import capitalize, in_prose

Named = TypeVar("Named")


class NameColumn(NamedTuple):
    """`letter`: of the role that alone has the names, "" where several do. `total`: how many there are. `left_out`: how
    many of them are neither shown nor folded. `addresses`: where the names lead that are shown and folded, in their
    order; empty where they lead nowhere."""

    letter: str
    heading: str
    total: int
    shown: Sequence[str]
    folded: Sequence[str]
    left_out: int
    addresses: Sequence[str] = ()


class NameColumns(NamedTuple):
    """`across`: "two" or "two three", for how many stand beside each other where there is room. `origin`: the anchor of
    the note on the origin of the names, "" for none. `between`: what separates two names, which may contain commas.
    """

    columns: Sequence[NameColumn]
    across: str
    origin: str
    between: str


def name_columns(
    sides: Sequence[Side],
    lists: ComparedLists[Named],
    write: Callable[[Named], str],
    most: tuple[int, int],
    origin: str,
    find_address: Callable[[Named], str] | None = None,
) -> NameColumns:
    """`write`: gives an entry its name. `most`: how many names are shown, and how many are folded. `find_address`:
    where the name of an entry leads.

    The names that two roles share stand between their columns; those that more roles share come first.
    """
    list_count = sum(map(bool, lists.lists))
    columns = []
    for side, entries in zip(sides, lists.only, strict=True):
        if entries:
            name = in_prose(side.title)
            heading = f"Only {name}" if list_count > 1 else capitalize(name)
            columns.append(name_column(side.letter, heading, entries, write, most, find_address))
    if lists.shared:
        everyone = EVERYONE[2].capitalize() if len(sides) == 2 else "Shared by several"
        place = 1 if len(sides) == 2 and lists.only[0] else 0
        columns.insert(place, name_column("", everyone, lists.shared, write, most, find_address))
    across = "two" if len(columns) in (1, 2, 4) else "two three"
    names: list[str] = []
    for column in columns:
        names += [*column.shown, *column.folded]
    return NameColumns(columns, across, origin, "; " if "," in "".join(names) else ", ")


def name_roles_with_lists(
    sides: Sequence[Side], lists: Sequence[Sequence[Named]], words: str
) -> tuple[Part, ...] | None:
    """The heading where not every role has a list: `Majors are named for nurses alone`; None where all have one."""
    people = [side.people for side, entries in zip(sides, lists, strict=True) if entries]
    return None if len(people) == len(sides) else (Part(f"{words} for {formats.list_names(people)} alone"),)


def name_column(
    letter: str,
    heading: str,
    entries: Sequence[Named],
    write: Callable[[Named], str],
    most: tuple[int, int],
    find_address: Callable[[Named], str] | None = None,
) -> NameColumn:
    """One or two names more are shown rather than folded.

    >>> name_column("a", "Only cook", ["x", "y", "z"], str, (1, 5)).shown
    ['X', 'y', 'z']
    >>> name_column("a", "Only cook", list("abcdef"), str, (2, 3), str.upper)[3:]
    (['A', 'b'], ['C', 'd', 'e'], 1, ['A', 'B', 'C', 'D', 'E'])
    """
    shown, folded = most if len(entries) > most[0] + 2 else (len(entries), 0)
    named = entries[: shown + folded]
    names = [write(entry) for entry in named]
    return NameColumn(
        letter,
        heading,
        len(entries),
        _capitalize_first(names[:shown]),
        _capitalize_first(names[shown:]),
        left_out=len(entries) - len(names),
        addresses=[find_address(entry) for entry in named] if find_address else (),
    )


def _capitalize_first(names: Sequence[str]) -> list[str]:
    """The first name as a sentence begins."""
    return [capitalize(names[0]), *names[1:]] if names else []
