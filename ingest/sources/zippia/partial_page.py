"""A pair page as far as it has been read: what both layouts fill, line by line."""

from dataclasses import dataclass, field
from typing import Literal

from careers.vocabulary import How
from ingest.documents.document import Line
from ingest.parsing.cells import OutOfBoundsError, UnreadableError, is_missing, prose_key
from ingest.parsing.facts import (
    AmbiguousValue,
    DutyFact,
    Evidence,
    Knowledge,
    LearnedName,
    PageWarning,
    SkillFact,
    UnreadLine,
)
from ingest.parsing.readers import CellReader, Value
from ingest.sources.zippia import run_together_cells


@dataclass(slots=True)
class RoleReading:
    """One role of the pair, as far as it has been read."""

    title: str
    titled_by: Literal["table", "heading", "prose"]
    values: dict[str, Value] = field(default_factory=dict)
    evidence: dict[str, Evidence] = field(default_factory=dict)
    listed: list[SkillFact] = field(default_factory=list)
    listed_keys: set[str] = field(default_factory=set)  # of the names in `listed`
    named: tuple[Evidence, list[tuple[str, ...]]] | None = None  # the sentence's skills, every reading
    claim: tuple[int, Evidence] | None = None  # the average pay that a sentence names
    duties: list[DutyFact] = field(default_factory=list)
    truncated: bool = False


@dataclass(frozen=True, slots=True)
class Pending:
    """Glued cells with several splits, or none."""

    line: Line
    label: CellReader
    raw: str
    pairs: list[run_together_cells.Pair]


@dataclass(slots=True)
class Reading:
    """A pair page, as far as it has been read."""

    roles: tuple[RoleReading, RoleReading]
    knowledge: Knowledge
    warnings: list[PageWarning] = field(default_factory=list)
    ambiguous: list[AmbiguousValue] = field(default_factory=list)
    unread: list[UnreadLine] = field(default_factory=list)
    learned: list[LearnedName] = field(default_factory=list)
    pending: list[Pending] = field(default_factory=list)

    def warn(self, code: str, line: Line, message: str, key: str | None = None, at: int = 0) -> None:
        title = self.roles[at].title if key else None
        self.warnings.append(PageWarning(code, line.number, message, key, title))

    def leave(self, line: Line, text: str | None = None) -> None:
        """Nobody takes this line: it is kept and reported."""
        self.unread.append(UnreadLine(line.number, text or line.raw.strip()))

    def role_named(self, text: str) -> int | None:
        """Which role a title in any spelling means."""
        key = prose_key(text)
        for at, role in enumerate(self.roles):
            if key == prose_key(role.title):
                return at
        return None

    def put(self, at: int, key: str, value: Value, evidence: Evidence) -> None:
        """Keep a value. A figure that stands twice must be equal; the first one stays.

        "-" in one table gives way to a figure in another.
        """
        role = self.roles[at]
        before = role.evidence.get(key)
        if before is None or before.how == "unread":
            if before:
                self.ambiguous = [one for one in self.ambiguous if (one.role, one.field) != (role.title, key)]
            role.values[key], role.evidence[key] = value, evidence
            return
        if role.values[key] == value:
            return
        message = (
            f"“{before.raw}” in line {before.line} and “{evidence.raw}” in line {evidence.line} "
            "should be the same; the first figure was taken."
        )
        warning = PageWarning("repeated-figure-differs", evidence.line, message, key, role.title)
        self.warnings.append(warning)
        if role.values[key] is None:
            role.values[key], role.evidence[key] = value, evidence

    def put_cell(self, at: int, label: CellReader, line: Line, text: str, how: How) -> bool:
        """Read one cell into the keys of its label; what cannot be read is kept raw, and False."""
        try:
            values = (None,) * len(label.keys) if is_missing(text) else label.read(text)
        except UnreadableError as error:
            code = "out-of-bounds" if isinstance(error, OutOfBoundsError) else "unreadable-value"
            self.warn(code, line, f"{error}.", label.keys[0], at)
            self.put_unread(at, label, line, text, ())
            return False
        for key, value in zip(label.keys, values, strict=True):
            self.put(at, key, value, Evidence(line.number, text, how))
        return True

    def put_unread(self, at: int, label: CellReader, line: Line, raw: str, candidates: tuple[str | None, ...]) -> None:
        key, role = label.keys[0], self.roles[at]
        if key in role.evidence:
            return  # another table of the page has it for certain
        self.ambiguous.append(AmbiguousValue(key, role.title, raw, line.number, candidates))
        for each in label.keys:
            role.values[each] = None
            role.evidence[each] = Evidence(line.number, raw, "unread", candidates)
