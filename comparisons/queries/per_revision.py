"""Figures over the whole data set cost a look at every row, so a process computes them once per Revision."""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

T = TypeVar("T")
# Key -> (revision, value).
_computed: dict[Hashable, tuple[int, Any]] = {}


def compute_once(key: Hashable, revision: int, compute: Callable[[], T]) -> T:
    """What `compute` returns, computed again when a load or an undo has moved the revision."""
    entry = _computed.get(key)
    if entry is None or entry[0] != revision:
        entry = _computed[key] = (revision, compute())
    value: T = entry[1]
    return value


def forget() -> None:
    _computed.clear()
