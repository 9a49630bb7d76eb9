"""Numbers of things in words, for admin screens, messages and the output of commands."""

from collections.abc import Iterable


def count_of(number: int, noun: str, many: str = "") -> str:
    """
    >>> count_of(1, "page"), count_of(5000, "page"), count_of(2, "entry", "entries")
    ('1 page', '5,000 pages', '2 entries')
    """
    return f"{number:,} {noun if number == 1 else many or noun + 's'}"


def list_first_three(repeated: Iterable[str]) -> str:
    """The first three different names, and how many more there are.

    >>> list_first_three(["Ohio", "Ohio"]), list_first_three(["Ohio", "Texas", "Utah", "Iowa", "Maine"])
    ('Ohio', 'Ohio, Texas, Utah and 2 more')
    """
    names = list(dict.fromkeys(repeated))
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return f"{', '.join(names[:3])}{more}"
