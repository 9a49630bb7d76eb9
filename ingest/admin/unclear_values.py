"""The values of a page that a person has to choose."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from careers.vocabulary import label_of
from ingest.admin.wording import reveal_invisible


@dataclass(frozen=True, slots=True)
class RoleCandidates:
    """The texts that can be one role's part of run-together cells. `role`: the title as the page has it."""

    role: str
    texts: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class UnclearValue:
    """Run-together cells that a person has to split. Split i gives each role its candidate i."""

    id: str
    key: str
    label: str
    raw: str
    line: int
    candidates: tuple[RoleCandidates, ...]

    @property
    def splits(self) -> list[tuple[str, list[tuple[str, str | None]]]]:
        """(the texts as JSON, [(role, text), ...]) for each split that the page allows, the more likely ones first.

        The values of one role are in the order in which they were read: the one that the page gives most often first.
        """
        titles = [candidates.role for candidates in self.candidates]
        splits = []
        for texts in zip(*(candidates.texts for candidates in self.candidates), strict=False):
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
    for number, ((line, key, raw), entries) in enumerate(groupby(sorted(ambiguous, key=place), key=place), 1):
        candidates = tuple(RoleCandidates(entry["role"], tuple(entry["candidates"])) for entry in entries)
        values.append(UnclearValue(f"choice-{number}", key, label_of(key), reveal_invisible(raw), line, candidates))
    return values
