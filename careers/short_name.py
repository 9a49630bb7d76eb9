"""The short name of an occupation."""

from typing import Self


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


def name_of(title: str, singular: str | None, plural: str | None) -> str:
    """The short name of a role if it has one, else its title."""
    return ShortName(singular, plural or singular) if singular else title
