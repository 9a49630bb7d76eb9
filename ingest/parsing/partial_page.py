"""A page, as far as it has been read: the values of each role, and what was noticed on the way."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Generic, Literal, TypeVar

from careers.spelling import fold_spelling
from careers.vocabulary import CONTRADICTED, How
from ingest.documents.lines import Line
from ingest.parsing.cells import OutOfBoundsError, UnreadableError, is_missing
from ingest.parsing.evidence import LONGEST_RAW, Evidence
from ingest.parsing.parsed_page import AmbiguousValue, PageWarning, UnreadLine
from ingest.parsing.readers import READER_BY_LABEL, CellReader
from ingest.parsing.role_facts import Value

MOST_CANDIDATES = 12


@dataclass(slots=True)
class FigureReading:
    """One value of a figure. `text`: as a person would choose it; `count`: how often the page gives it."""

    text: str
    evidence: Evidence
    count: int = 0


@dataclass(slots=True)
class PartialRole:
    """One role, as far as it has been read. `values` and `evidence` are by vocabulary key.

    `readings`: keys of each figure, such as both ends of a range -> its different values -> where the page gives them.
    """

    title: str
    values: dict[str, Value] = field(default_factory=dict)
    evidence: dict[str, Evidence] = field(default_factory=dict)
    readings: dict[tuple[str, ...], dict[tuple[Value, ...], FigureReading]] = field(default_factory=dict)

    def put(self, keys: Sequence[str], values: Sequence[Value], evidence: Evidence) -> None:
        self.values.update(zip(keys, values, strict=True))
        self.evidence.update(dict.fromkeys(keys, evidence))

    def put_lost(self, keys: Sequence[str], cut: Line, missing: Literal["cut", "after-cut"]) -> None:
        """Mark values that were lost with the end of a copy, unless the page gives them elsewhere."""
        if keys[0] not in self.evidence:
            raw = cut.raw.strip()[:LONGEST_RAW]
            self.put(keys, (None,) * len(keys), Evidence(cut.number, raw, "unread", missing=missing))


Role = TypeVar("Role", bound=PartialRole)


@dataclass(slots=True)
class PartialPage(Generic[Role]):
    """A page, as far as it has been read. Methods take a role by its `index`."""

    roles: Sequence[Role]
    warnings: list[PageWarning] = field(default_factory=list)
    ambiguous: list[AmbiguousValue] = field(default_factory=list)
    unread: list[UnreadLine] = field(default_factory=list)

    def warn(self, code: str, line: Line, message: str, key: str | None = None, index: int = 0) -> None:
        title = self.roles[index].title if key else None
        self.warnings.append(PageWarning(code, line.number, message, key, title))

    def report_unread(self, line: Line, text: str | None = None) -> None:
        self.unread.append(UnreadLine(line.number, text or line.raw.strip()))

    def put(self, index: int, keys: Sequence[str], values: Sequence[Value], text: str, evidence: Evidence) -> None:
        """Keep the values of one figure, which can have several keys. `text`: the figure as a person would choose it.

        A figure replaces the "-" of another table. If it appears twice, both must be equal: see `settle_repeats`.
        """
        role = self.roles[index]
        if any(value is not None for value in values):  # "not published" contradicts no figure
            readings = role.readings.setdefault(tuple(keys), {})
            readings.setdefault(tuple(values), FigureReading(text, evidence)).count += 1
        before = role.evidence.get(keys[0])
        if before is None:
            role.put(keys, values, evidence)
        elif before.how == "unread":
            place = (role.title, keys[0])
            self.ambiguous = [question for question in self.ambiguous if (question.role, question.field) != place]
            role.put(keys, values, evidence)
        elif all(role.values[key] is None for key in keys) != all(value is None for value in values):
            message = (
                f"“{before.raw}” in line {before.line} and “{evidence.raw}” in line {evidence.line} "
                "should be the same; the figure was taken."
            )
            self.warnings.append(PageWarning(CONTRADICTED, evidence.line, message, keys[0], role.title))
            if all(role.values[key] is None for key in keys):
                role.put(keys, values, evidence)

    def settle_repeats(self) -> None:
        """Leave it to a person to choose where one figure has several values."""
        for role in self.roles:
            for keys, readings in role.readings.items():
                if len(readings) > 1:
                    self._ask_which(role, keys, list(readings.values()))

    def _ask_which(self, role: Role, keys: tuple[str, ...], readings: list[FigureReading]) -> None:
        """The candidates are the most frequent value first, then in page order."""
        first, second = readings[:2]
        by_count = sorted(readings, key=lambda reading: -reading.count)
        candidates = tuple(reading.text for reading in by_count[:MOST_CANDIDATES])
        place = replace(first.evidence, how="unread", candidates=candidates)
        role.put(keys, (None,) * len(keys), place)
        message = (
            f"“{first.text}” in line {place.line} and “{second.text}” in line {second.evidence.line} "
            "should be the same figure. Choose the one that is right."
        )
        self.warnings.append(PageWarning(CONTRADICTED, place.line, message, keys[0], role.title))
        self.ambiguous.append(AmbiguousValue(keys[0], role.title, place.raw, place.line, candidates))

    def drop_title(self, index: int, text: str) -> str:
        """A cell without the title of its role, which pages for narrow screens repeat in it: "Baker: $36,500"."""
        head, _, value = text.partition(":")
        is_title = value and fold_spelling(head) == fold_spelling(self.roles[index].title)
        return value.strip() if is_title else text

    def put_cell(self, index: int, reader: CellReader, line: Line, text: str, how: How) -> bool:
        """Read one cell into its keys. Returns False for a cell that cannot be read, which is kept raw."""
        try:
            if not text:
                raise UnreadableError("The cell is empty. A publisher writes “-” for “not published”")
            if text[0].isalpha() and fold_spelling(text) in READER_BY_LABEL:
                raise UnreadableError(f"“{text}” is the label of a row")
            values = (None,) * len(reader.keys) if is_missing(text) else reader.read(text)
        except UnreadableError as error:
            code = "out-of-bounds" if isinstance(error, OutOfBoundsError) else "unreadable-value"
            self.warn(code, line, f"{error}.", reader.keys[0], index)
            self.put_unread(index, reader.keys, line, text)
            return False
        self.put(index, reader.keys, values, text, Evidence(line.number, text, how))
        return True

    def put_unread(
        self, index: int, keys: Sequence[str], line: Line, raw: str, candidates: tuple[str | None, ...] = ()
    ) -> None:
        """Keep a figure raw with its candidates, unless the page gives it elsewhere for certain."""
        role = self.roles[index]
        if keys[0] not in role.evidence:
            self.ambiguous.append(AmbiguousValue(keys[0], role.title, raw, line.number, candidates))
            role.put(keys, (None,) * len(keys), Evidence(line.number, raw, "unread", candidates))
