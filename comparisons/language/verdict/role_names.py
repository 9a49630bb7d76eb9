"""How sentences name the people of roles: all of them, the middle one, what is theirs."""

import re
from collections.abc import Iterable

from comparisons import formats
from comparisons.comparison import Side
from comparisons.titles import in_prose, is_plural, pluralize

_FIELD = "people in "
_POSSESSIVE = re.compile(r"[\w/&’' -]+(?:s|people|men|children)$")


def list_people(sides: Iterable[Side], last: str = "and") -> str:
    return list_names([side.people for side in sides], last)


def list_names(names: list[str], last: str = "and") -> str:
    """A comma tells two names apart that have an "and" of their own; `listed` does so for more.

    >>> list_names(["bakers", "chefs and head cooks"]), list_names(["bakers", "cooks"])
    ('bakers, and chefs and head cooks', 'bakers and cooks')
    """
    if len(names) == 2 and any(f" {last} " in name for name in names):
        return f"{names[0]}, {last} {names[1]}"
    return formats.listed(names, last)


def name_middle_person(title: str) -> str:
    """The one who earns more than half of the others.

    >>> name_middle_person("Nurse"), name_middle_person("Cooks, Restaurant"), name_middle_person("Software Engineering")
    ('the middle nurse', 'the median of cooks (restaurant)', 'the middle person in software engineering')
    """
    if is_plural(title):
        return f"the median of {in_prose(title)}"
    people = pluralize(title)
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
