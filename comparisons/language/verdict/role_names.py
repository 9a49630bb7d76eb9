"""How sentences name the roles: the people of one, the middle one of them, what is theirs."""

import re
from collections.abc import Iterable, Sequence

from comparisons import formats
from comparisons.comparison import Side
from comparisons.language.parts import Part, list_parts
from comparisons.language.titles import capital, in_prose, is_plural, plural

_FIELD = "people in "
_POSSESSIVE = re.compile(r"[\w/&’' -]+(?:s|people|men|children)$")


def name_people(side: Side, *, first: bool = False) -> Part:
    """The people of a role in its colour. `first`: at the beginning of a sentence."""
    people = plural(side.title)
    return Part(capital(people) if first else people, side.letter, side.marker)


def name_all_people(sides: Sequence[Side], *, first: bool = True) -> list[Part]:
    """The people of several roles, each in its colour. `first`: at the beginning of a sentence."""
    return list_parts([[name_people(side, first=first and not place)] for place, side in enumerate(sides)])


def list_people(sides: Iterable[Side], last: str = "and") -> str:
    return formats.listed([plural(side.title) for side in sides], last)


def middle_person(title: str) -> str:
    """The one who earns more than half of the others.

    >>> middle_person("Nurse"), middle_person("Cooks, Restaurant"), middle_person("Software Engineering")
    ('the middle nurse', 'the median of cooks (restaurant)', 'the middle person in software engineering')
    """
    if is_plural(title):
        return f"the median of {in_prose(title)}"
    people = plural(title)
    if people.startswith(_FIELD):
        return f"the middle person in {people.removeprefix(_FIELD)}"
    prose = in_prose(title)
    return f"the median {prose}" if prose.startswith("middle ") else f"the middle {prose}"


def possess(people: str) -> str:
    """What is theirs; "" where no apostrophe can follow the words.

    >>> possess("nurses"), possess("salespeople"), possess("police"), possess("chiefs of staff"), possess("cooks (all)")
    ('nurses’', 'salespeople’s', '', '', '')
    """
    if not _POSSESSIVE.match(people) or people.startswith(_FIELD) or re.search(r" (?:of|in|at|for|to) ", people):
        return ""
    return f"{people}’" if people.endswith("s") else f"{people}’s"
