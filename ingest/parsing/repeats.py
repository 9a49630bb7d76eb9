"""Figures that a page gives several times: if their values differ, only a person can tell which one is right."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from careers.vocabulary import CONTRADICTED
from ingest.parsing.evidence import Evidence
from ingest.parsing.parsed_page import AmbiguousValue, PageWarning
from ingest.parsing.readers import Value

MOST_CANDIDATES = 12


@dataclass(slots=True)
class _Reading:
    """One value of a figure. `text`: as a person would choose it; `count`: how often the page gives it."""

    text: str
    evidence: Evidence
    count: int = 0


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A figure with several values. `candidates`: the most frequent one first, then in page order."""

    keys: tuple[str, ...]
    candidates: tuple[str, ...]
    evidence: Evidence
    message: str

    def unread(self) -> Evidence:
        return replace(self.evidence, how="unread", candidates=self.candidates)

    def warning(self, role: str) -> PageWarning:
        return PageWarning(CONTRADICTED, self.evidence.line, self.message, self.keys[0], role)

    def question(self, role: str) -> AmbiguousValue:
        return AmbiguousValue(self.keys[0], role, self.evidence.raw, self.evidence.line, self.candidates)


@dataclass(slots=True)
class FigureReadings:
    """What a page gives for each figure of one role. A figure can have several keys, such as the ends of a range."""

    by_keys: dict[tuple[str, ...], dict[tuple[Value, ...], _Reading]] = field(default_factory=dict)

    def add(self, keys: Sequence[str], values: Sequence[Value], text: str, evidence: Evidence) -> None:
        """Note a reading. "Not published" does not count: a figure elsewhere on the page replaces it."""
        if all(value is None for value in values):
            return
        readings = self.by_keys.setdefault(tuple(keys), {})
        readings.setdefault(tuple(values), _Reading(text, evidence)).count += 1

    def contradictions(self) -> Iterator[Contradiction]:
        for keys, by_value in self.by_keys.items():
            if len(by_value) < 2:
                continue
            readings = list(by_value.values())
            first, second = readings[:2]
            readings.sort(key=lambda reading: -reading.count)
            candidates = tuple(reading.text for reading in readings[:MOST_CANDIDATES])
            message = (
                f"“{first.text}” in line {first.evidence.line} and “{second.text}” in line {second.evidence.line} "
                "should be the same figure. Choose the one that is right."
            )
            yield Contradiction(keys, candidates, first.evidence, message)
