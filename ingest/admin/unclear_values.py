"""The values of a page that a person has to choose."""

import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from careers.vocabulary import label_of
from ingest.admin.wording import reveal_invisible

# The texts as JSON, and (role, text) for each role.
Split = tuple[str, list[tuple[str, str | None]]]


class UnclearValue(NamedTuple):
    """Run-together cells that a person has to split. `titles`: of the roles, as the page has them. `splits`: those that
    the page allows, the more likely ones first."""

    id: str
    key: str
    label: str
    raw: str
    line: int
    titles: list[str]
    splits: list[Split]


def _list_splits(titles: Sequence[str], candidates: Iterable[Sequence[str | None]]) -> list[Split]:
    """Split i gives each role its candidate i. Those of one role alone stay in the order in which they were read: the
    one that the page gives most often first."""
    splits = []
    for texts in zip(*candidates, strict=False):
        splits.append((json.dumps(texts), list(zip(titles, texts, strict=True))))
    if len(titles) == 1:
        return splits
    return sorted(splits, key=lambda split: sum(_measure_oddness(text) for _, text in split[1]))


def _measure_oddness(text: str | None) -> int:
    """How little a text looks like a name. It orders the splits on the screen and decides nothing.

    >>> [_measure_oddness(text) for text in ("PayPal", "IBM", "BMPayPal", "yPal")]
    [0, 0, 1, 2]
    """
    if not text or not text[0].isalpha() or text.isupper():
        return 0
    if text[0].islower():
        return 2
    return 1 if len(text) > 1 and text[1].isupper() else 0


def list_unclear_values(ambiguous: Iterable[Mapping[str, Any]]) -> list[UnclearValue]:
    """The ambiguous values of a page, both roles of run-together cells as one."""

    def place(entry: Mapping[str, Any]) -> tuple[int, str, str]:
        return entry["line"], entry["field"], entry["raw"]

    values = []
    for number, ((line, key, raw), grouped) in enumerate(groupby(sorted(ambiguous, key=place), key=place), 1):
        entries = list(grouped)
        titles = [entry["role"] for entry in entries]
        splits = _list_splits(titles, [entry["candidates"] for entry in entries])
        values.append(UnclearValue(f"choice-{number}", key, label_of(key), reveal_invisible(raw), line, titles, splits))
    return values
