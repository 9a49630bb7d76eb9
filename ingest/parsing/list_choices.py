"""What a person chose for single entries of the lists of a page: skills, duties and the sections of a guide.

An entry is named by the line on which it stands and its number among the entries of that line, from 1:
`duties@14.1`. Both stay the same however often the page is read.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, cast

from careers.spelling import fold_spelling
from ingest.parsing.cells import UnreadableError
from ingest.parsing.evidence import Evidence
from ingest.parsing.role_facts import DutyFact, RoleFacts, SectionFact, SkillFact

ListGroup = Literal["skills", "duties", "sections"]
Entry = SkillFact | DutyFact | SectionFact
_FIELD = re.compile(r"(skills|duties|sections)@([1-9]\d{0,6})\.([1-9]\d{0,3})", re.ASCII)
SKILL_SHARE = re.compile(r"(.*\S), ?(\d{1,3})%")  # a skill with its share, such as "Java, 12%"


@dataclass(frozen=True, slots=True)
class EntryPlace:
    """Which entry of a page is meant. `number`: among those of its line, from 1."""

    group: ListGroup
    line: int
    number: int

    @property
    def field(self) -> str:
        """What names it among the choices of a page."""
        return f"{self.group}@{self.line}.{self.number}"


def read_entry_field(field: str) -> EntryPlace | None:
    """
    >>> read_entry_field("duties@14.1"), read_entry_field("salary.top_city")
    (EntryPlace(group='duties', line=14, number=1), None)
    """
    match = _FIELD.fullmatch(field)
    return EntryPlace(cast(ListGroup, match[1]), int(match[2]), int(match[3])) if match else None


def number_entries_in_lines(evidence: Sequence[Mapping[str, Any]]) -> list[int]:
    """The number of each entry of a stored list among those of its line. `evidence`: one for each entry, in order."""
    counts: Counter[int] = Counter()
    numbers = []
    for place in evidence:
        line = place.get("line", 0)
        counts[line] = place.get("number") or counts[line] + 1
        numbers.append(counts[line])
    return numbers


# -- one entry --------------------------------------------------------------------------------


def read_entry(group: ListGroup, text: str) -> dict[str, Any]:
    """The fields of an entry from what a person typed. Raises UnreadableError.

    >>> read_entry("skills", "Kneading, 20%"), read_entry("skills", "Kneading, by hand")
    ({'name': 'Kneading', 'percent': 20}, {'name': 'Kneading, by hand', 'percent': None})
    >>> read_entry("sections", "Outlook\\nGood.\\n- One\\n- Two")
    {'heading': 'Outlook', 'blocks': (('paragraph', 'Good.'), ('list', ('One', 'Two')))}
    """
    if group == "duties":
        return {"text": " ".join(text.split())}
    if group == "skills":
        name = " ".join(text.split())
        share = SKILL_SHARE.fullmatch(name)
        if share and int(share[2]) > 100:
            raise UnreadableError(f"“{text}” has a share above 100%")
        return {"name": share[1], "percent": int(share[2])} if share else {"name": name, "percent": None}
    heading, *lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    return {"heading": heading, "blocks": _read_blocks(lines)}


def _read_blocks(lines: Sequence[str]) -> tuple[tuple[str, Any], ...]:
    """Lines that begin with a dash are the items of a list, all others are paragraphs."""
    blocks: list[tuple[str, Any]] = []
    for line in lines:
        if not line.startswith("- "):
            blocks.append(("paragraph", line))
        elif blocks and blocks[-1][0] == "list":
            blocks[-1] = ("list", (*blocks[-1][1], line[2:]))
        else:
            blocks.append(("list", (line[2:],)))
    return tuple(blocks)


# -- the lists of a role ----------------------------------------------------------------------


def apply_entry_choices(role: RoleFacts, choices: Mapping[EntryPlace, str | None]) -> RoleFacts:
    """The role with what a person chose for entries of its lists; None removes one."""
    for group in dict.fromkeys(place.group for place in choices):
        chosen = {place: text for place, text in choices.items() if place.group == group}
        entries = _apply_to_list(getattr(role, group), group, chosen)
        changed: dict[str, Any] = {group: _renumber_skills(entries) if group == "skills" else tuple(entries)}
        role = replace(role, **changed)
    return role


def _apply_to_list(entries: Sequence[Any], group: ListGroup, chosen: Mapping[EntryPlace, str | None]) -> list[Any]:
    lines_with_choices = {place.line for place in chosen}
    counts: Counter[int] = Counter()
    chosen_entries: list[Any] = []
    for entry in entries:
        line = entry.evidence.line
        counts[line] += 1
        place = EntryPlace(group, line, counts[line])
        if line in lines_with_choices:
            entry = replace(entry, evidence=replace(entry.evidence, number=place.number))
        if place not in chosen:
            chosen_entries.append(entry)
        elif text := chosen[place]:
            chosen_entries.append(_correct_entry(entry, group, text))
    return chosen_entries


def _correct_entry(entry: Entry, group: ListGroup, text: str) -> Entry:
    """The entry as a person gave it; unchanged if the text can no longer be read as one."""
    try:
        fields = read_entry(group, text)
    except UnreadableError:
        return entry
    evidence: Evidence = replace(entry.evidence, how="chosen", warnings=(), candidates=())
    return replace(entry, **fields, evidence=evidence)


def _renumber_skills(skills: Sequence[SkillFact]) -> tuple[SkillFact, ...]:
    """Skills without repeats, ranked from 1 within their kind and tier."""
    keys: dict[tuple[str, str | None], set[str]] = {}
    ranked = []
    for skill in skills:
        names = keys.setdefault((skill.kind, skill.tier), set())
        if fold_spelling(skill.name) not in names:
            names.add(fold_spelling(skill.name))
            ranked.append(replace(skill, rank=len(names)))
    return tuple(ranked)
