"""A page, as far as it has been read: the values of each role, and what was noticed on the way."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Generic, Literal, TypeVar

from careers.vocabulary import CONTRADICTED, How
from ingest.documents.document import Line
from ingest.parsing.cells import OutOfBoundsError, UnreadableError, is_missing
from ingest.parsing.evidence import LONGEST_RAW, Evidence
from ingest.parsing.parsed_page import AmbiguousValue, PageWarning, UnreadLine
from ingest.parsing.readers import CellReader, Value
from ingest.parsing.repeats import FigureReadings


@dataclass(slots=True)
class PartialRole:
    """One role, as far as it has been read. `values` and `evidence` are by vocabulary key."""

    title: str
    values: dict[str, Value] = field(default_factory=dict)
    evidence: dict[str, Evidence] = field(default_factory=dict)
    readings: FigureReadings = field(default_factory=FigureReadings)

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
        role.readings.add(keys, values, text, evidence)
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
            for contradiction in role.readings.contradictions():
                role.put(contradiction.keys, (None,) * len(contradiction.keys), contradiction.unread())
                self.warnings.append(contradiction.warning(role.title))
                self.ambiguous.append(contradiction.question(role.title))

    def put_cell(self, index: int, reader: CellReader, line: Line, text: str, how: How) -> bool:
        """Read one cell into its keys. Returns False for a cell that cannot be read, which is kept raw."""
        try:
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
