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
