"""A pair page, as far as it has been read. Both layouts fill it line by line."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from careers.vocabulary import CONTRADICTED, How
from ingest.documents.document import Line
from ingest.parsing.cells import OutOfBoundsError, UnreadableError, is_missing, key_of
from ingest.parsing.evidence import Evidence
from ingest.parsing.list_facts import DutyFact, SkillFact
from ingest.parsing.parsed_page import AmbiguousValue, Knowledge, LearnedName, PageWarning, UnreadLine
from ingest.parsing.readers import CellReader, Value
from ingest.parsing.repeats import FigureReadings
from ingest.sources.zippia.run_together_cells import Pair


@dataclass(slots=True)
class PartialRole:
    """One role of the pair, as far as it has been read. `values` and `evidence` are by vocabulary key."""

    title: str
    titled_by: Literal["table", "heading", "prose"]
    values: dict[str, Value] = field(default_factory=dict)
    evidence: dict[str, Evidence] = field(default_factory=dict)
    listed: list[SkillFact] = field(default_factory=list)
    listed_keys: set[str] = field(default_factory=set)  # of the names in `listed`
    top_skills: tuple[Evidence, Sequence[tuple[str, ...]]] | None = None  # of the sentence, with every reading
    claim: tuple[int, Evidence] | None = None  # the average pay that a sentence names
    duties: list[DutyFact] = field(default_factory=list)
    listed_duties: set[str] = field(default_factory=set)  # the texts of `duties`
    truncated: bool = False
    cut_list: Literal["", "duties", "skills"] = ""  # the list in which the copy stops
    readings: FigureReadings = field(default_factory=FigureReadings)

    def put(self, keys: Sequence[str], values: Sequence[Value], evidence: Evidence) -> None:
        self.values.update(zip(keys, values, strict=True))
        self.evidence.update(dict.fromkeys(keys, evidence))


@dataclass(frozen=True, slots=True)
class PendingRow:
    """Run-together cells with several splits, or none. `pairs`: the splits, the first role's cell first."""

    line: Line
    reader: CellReader
    cells: str
    pairs: list[Pair]


@dataclass(slots=True)
class PartialPage:
    """A pair page, as far as it has been read. Methods take a role by its `index`, 0 or 1."""

    roles: tuple[PartialRole, PartialRole]
    knowledge: Knowledge
    warnings: list[PageWarning] = field(default_factory=list)
    ambiguous: list[AmbiguousValue] = field(default_factory=list)
    unread: list[UnreadLine] = field(default_factory=list)
    learned: list[LearnedName] = field(default_factory=list)
    pending: list[PendingRow] = field(default_factory=list)

    def warn(self, code: str, line: Line, message: str, key: str | None = None, index: int = 0) -> None:
        title = self.roles[index].title if key else None
        self.warnings.append(PageWarning(code, line.number, message, key, title))

    def report_unread(self, line: Line, text: str | None = None) -> None:
        """Report a line that no rule can read."""
        self.unread.append(UnreadLine(line.number, text or line.raw.strip()))

    def role_index(self, title: str) -> int | None:
        """The index of the role with this title, in any spelling."""
        key = key_of(title)
        for index, role in enumerate(self.roles):
            if key == key_of(role.title):
                return index
        return None

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
            self._note_gap(index, keys, values, evidence)

    def _note_gap(self, index: int, keys: Sequence[str], values: Sequence[Value], evidence: Evidence) -> None:
        """Warn of a figure that one table gives and another one does not publish, and keep the figure."""
        role = self.roles[index]
        before = role.evidence[keys[0]]
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
            self.put_unread(index, reader, line, text, ())
            return False
        self.put(index, reader.keys, values, text, Evidence(line.number, text, how))
        return True

    def put_unread(
        self, index: int, reader: CellReader, line: Line, raw: str, candidates: tuple[str | None, ...]
    ) -> None:
        """Keep a cell raw with its candidates, unless another table of the page gives the value for certain."""
        first_key, role = reader.keys[0], self.roles[index]
        if first_key in role.evidence:
            return
        self.ambiguous.append(AmbiguousValue(first_key, role.title, raw, line.number, candidates))
        for key in reader.keys:
            role.values[key] = None
            role.evidence[key] = Evidence(line.number, raw, "unread", candidates)
