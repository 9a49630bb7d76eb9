"""A pair page, as far as it has been read. Both layouts fill it line by line."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from careers.spelling import fold_spelling
from ingest.documents.lines import Line
from ingest.parsing.evidence import Evidence
from ingest.parsing.parsed_page import Knowledge, LearnedName
from ingest.parsing.partial_page import PartialPage, PartialRole
from ingest.parsing.readers import CellReader
from ingest.parsing.role_facts import DutyFact, SkillFact
from ingest.sources.zippia.run_together_cells import Pair


@dataclass(slots=True)
class PairRole(PartialRole):
    """One role of the pair, as far as it has been read."""

    titled_by: Literal["table", "heading", "prose"] = "table"
    key: str = field(init=False)  # the title in the form in which spellings are compared, as each line is with it
    listed: list[SkillFact] = field(default_factory=list)
    listed_keys: set[str] = field(default_factory=set)  # of the names in `listed`
    top_skills: tuple[Evidence, Sequence[tuple[str, ...]]] | None = None  # of the sentence, with every reading
    claim: tuple[int, Evidence] | None = None  # the average pay that a sentence names
    duties: list[DutyFact] = field(default_factory=list)
    listed_duties: set[str] = field(default_factory=set)  # the texts of `duties`
    truncated: bool = False
    cut_list: Literal["", "duties", "skills"] = ""  # the list in which the copy stops

    def __post_init__(self) -> None:
        self.key = fold_spelling(self.title)


@dataclass(frozen=True, slots=True)
class PendingRow:
    """Run-together cells with several splits, or none. `pairs`: the splits, the first role's cell first."""

    line: Line
    reader: CellReader
    cells: str
    pairs: list[Pair]


@dataclass(slots=True)
class PairPage(PartialPage[PairRole]):
    """A pair page, as far as it has been read."""

    knowledge: Knowledge = field(default_factory=Knowledge)
    learned: list[LearnedName] = field(default_factory=list)
    pending: list[PendingRow] = field(default_factory=list)

    def find_role_index(self, title: str) -> int | None:
        """The index of the role with this title, in any spelling."""
        keys = [role.key for role in self.roles]
        return keys.index(fold_spelling(title)) if fold_spelling(title) in keys else None
