"""Where a list is found in its table: in which rows, and under which code."""

from collections.abc import Sequence
from itertools import chain
from typing import Any, Protocol

from careers.vocabulary import GROUPS
from comparisons.language.messages import lines


class ListedEntry(Protocol):
    """An entry of a list, with the evidence of each of its fields."""

    @property
    def evidence(self) -> dict[str, Any]: ...


def place_of_list(group: str, entries: Sequence[ListedEntry]) -> str:
    """By the first and the last of its entries: `Skills, rows 2 to 36 (29-1141)`."""
    rows = [entry.evidence for entry in (entries[0], entries[-1])]
    numbers = [place.get("line") for place in chain.from_iterable(row.values() for row in rows)]
    first: dict[str, Any] = next(iter(rows[0].values()), {})
    code = f" ({first['code']})" if first.get("code") else ""
    place = lines(numbers).replace("line", "row", 1).removesuffix(" of ")
    return f"{first.get('sheet') or GROUPS[group]}, {place}{code}"
