"""Titles and names of skills as parts of addresses, and the short names of occupations."""

import re
from typing import Self

from django.utils.text import slugify

from careers.spelling import fold_spelling

_REST = re.compile(r"\b(?:all other|miscellaneous)\b|\(other\)", re.IGNORECASE)


def make_slug(name: str) -> str:
    """The name as a part of an address. It never contains `-vs-`, which joins two slugs.

    >>> make_slug("C++"), make_slug("C#"), make_slug("C"), make_slug(".NET")
    ('c-plus-plus', 'c-sharp', 'c', 'dot-net')
    >>> make_slug("Information Technology/Support Technician")
    'information-technology-support-technician'
    >>> make_slug("Lead vs Follower")
    'lead-versus-follower'
    """
    text = fold_spelling(name)
    if text.startswith("."):
        text = "dot " + text[1:]
    for mark, word in (("+", " plus "), ("#", " sharp "), ("/", " "), ("&", " ")):
        text = text.replace(mark, word)
    slug = slugify(text) or slugify(text, allow_unicode=True) or "role"
    parts = ["versus" if part == "vs" else part for part in slug.split("-") if part]
    return "-".join(parts)[:120].strip("-")


def gathers_the_rest(title: str) -> bool:
    """Whether an occupation gathers the jobs of its field that fit no other one, by its official or short name.

    >>> gathers_the_rest("Engineers, All Other"), gathers_the_rest("Engineer (other)"), gathers_the_rest("Engineers")
    (True, True, False)
    """
    return _REST.search(title) is not None


class ShortName(str):
    """The short name for one person, with the one for several. Both are written by hand, not made by rules.

    >>> name = ShortName("Chef or head cook", "Chefs and head cooks")
    >>> f"{name}: {name.plural}"
    'Chef or head cook: Chefs and head cooks'
    """

    __slots__ = ("plural",)
    plural: str

    def __new__(cls, singular: str, plural: str) -> Self:
        name = super().__new__(cls, singular)
        name.plural = plural
        return name
