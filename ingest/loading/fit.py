"""What a page says -> rows that the columns can hold, the same on every database.

A value that a column or a constraint would refuse stays raw in its evidence, with the warning
`out-of-bounds`, and is null; the rest of the page loads. The rows have no role and no
citation yet.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from careers.models import (
    Citation,
    Demographics,
    Duty,
    FactRow,
    Outlook,
    Preparation,
    Profile,
    Role,
    RoleSkill,
    SalaryStats,
    Section,
    Skill,
    identity,
)
from careers.vocabulary import FIELDS, KEY_OF
from ingest.loading.bounds import fits, is_web_address, storable
from ingest.loading.names import role_key_for
from ingest.parsing.cells import UnreadableError
from ingest.parsing.facts import (
    FACT_CLASSES,
    DutyFact,
    Evidence,
    PageWarning,
    ParsedPage,
    RoleFacts,
    SectionFact,
    SkillFact,
    UnreadLine,
)

OUT_OF_BOUNDS = "out-of-bounds"
Entry = TypeVar("Entry", SkillFact, DutyFact, SectionFact)

# Group -> its table.
TABLES: dict[str, type[FactRow]] = {
    "salary": SalaryStats,
    "outlook": Outlook,
    "preparation": Preparation,
    "demographics": Demographics,
    "profile": Profile,
    "skills": RoleSkill,
    "duties": Duty,
    "sections": Section,
}

# The two ends of a span, where the first cannot be above the second.
SPANS = {"salary": ("annual_low", "annual_high"), "preparation": ("months_low", "months_high")}
MOST_ENTRIES = 2_000  # of one list; the longest real one has some 80


@dataclass(slots=True)
class FittedRole:
    """What a page says of one role: group -> its rows, one or many; empty groups are not there."""

    title: str
    key: str
    by_prose: bool
    groups: dict[str, list[FactRow]]


@dataclass(slots=True)
class Fitted:
    """A page in rows, and what had to be left out of them."""

    roles: list[FittedRole]
    citation: dict[str, str]
    warnings: list[PageWarning]
    unread: list[UnreadLine]


def fit(parsed: ParsedPage) -> Fitted:
    """The rows of a page. Raises UnreadableError when a role's title cannot be stored."""
    fitted = Fitted([], {}, [], [])
    for name in ("title", "url", "licence", "licence_url"):
        fitted.citation[name] = _citation_text(name, getattr(parsed, name), fitted)
    for facts in parsed.roles:
        fitted.roles.append(_fit_role(facts, fitted))
    return fitted


def _fit_role(facts: RoleFacts, fitted: Fitted) -> FittedRole:
    title = " ".join(facts.title.split())
    if not title or not fits(Role, "title", title) or not fits(Role, "key", identity(title)):
        raise UnreadableError(
            f"“{title[:60]}” cannot be a role's title: it is empty, too long or holds characters that cannot "
            "be stored. Check that the whole page was saved."
        )
    groups: dict[str, list[FactRow]] = {}
    for group in FACT_CLASSES:
        if row := _fit_row(group, getattr(facts, group), title, fitted):
            groups[group] = [row]
    for group, fit_entries in (("skills", _fit_skills), ("duties", _fit_duties), ("sections", _fit_sections)):
        if rows := fit_entries(facts, _Notes(group, title, fitted)):
            groups[group] = list(rows)
    return FittedRole(title, role_key_for(title, facts.soc_code), facts.titled_by == "prose", groups)


# -- one-row groups ---------------------------------------------------------------------------


def _fit_row(group: str, facts: Any, title: str, fitted: Fitted) -> FactRow | None:
    """The row of a group; None when the page neither gives a value nor leaves one unclear."""
    table = TABLES[group]
    values: dict[str, Any] = {}
    refused: list[str] = []
    for name in FIELDS[group]:
        value = getattr(facts, name)
        if value is None or value == "":
            continue
        if fits(table, name, value):
            values[name] = value
        else:
            refused.append(name)
    low, high = SPANS.get(group, ("", ""))
    if values.get(low) is not None and values.get(high) is not None and values[low] > values[high]:
        refused += [low, high]
        del values[low], values[high]
    evidence = evidence_json(facts.evidence)
    for name in refused:
        entry = evidence.setdefault(name, {"line": 1, "raw": storable(str(getattr(facts, name))), "how": "unread"})
        entry["warnings"] = [*entry.get("warnings", ()), OUT_OF_BOUNDS]
        message = f"“{entry['raw'][:60]}” is out of bounds: no {name.replace('_', ' ')} can be that."
        fitted.warnings.append(PageWarning(OUT_OF_BOUNDS, entry["line"], message, KEY_OF[group, name], title))
    unclear = any(
        name not in values and (entry["how"] == "unread" or "candidates" in entry or "warnings" in entry)
        for name, entry in evidence.items()
    )
    return table(**values, evidence=evidence) if values or unclear else None


def evidence_json(evidence: Mapping[str, Evidence]) -> dict[str, dict[str, Any]]:
    return {name: _entry(each) for name, each in evidence.items()}


def _entry(evidence: Evidence) -> dict[str, Any]:
    entry: dict[str, Any] = {"line": evidence.line, "raw": storable(evidence.raw), "how": evidence.how}
    if evidence.candidates:
        entry["candidates"] = [each if each is None else storable(each) for each in evidence.candidates]
    if evidence.warnings:
        entry["warnings"] = list(evidence.warnings)
    if evidence.column:
        entry["column"] = evidence.column
    if evidence.missing:
        entry["missing"] = evidence.missing
    return entry


# -- many-row groups --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Notes:
    """Where a list tells what of it could not be kept."""

    group: str
    title: str
    fitted: Fitted

    def warn(self, line: int, message: str) -> None:
        self.fitted.warnings.append(PageWarning(OUT_OF_BOUNDS, line, message, self.group, self.title))

    def leave(self, text: str, line: int) -> None:
        self.fitted.unread.append(UnreadLine(line, storable(text)))
        self.warn(line, f"“{storable(text)[:60]}” is too long, or holds characters that cannot be stored.")

    def shorten(self, entries: Sequence[Entry]) -> Sequence[Entry]:
        if len(entries) > MOST_ENTRIES:
            self.warn(
                entries[MOST_ENTRIES].evidence.line, f"Only the first {MOST_ENTRIES:,} of the {self.group} were kept."
            )
        return entries[:MOST_ENTRIES]


def _fit_skills(facts: RoleFacts, notes: _Notes) -> Sequence[FactRow]:
    rows: list[FactRow] = []
    for skill in notes.shorten(facts.skills):
        name = " ".join(skill.name.split())
        if not name or not fits(RoleSkill, "name", name) or not fits(Skill, "key", identity(name)):
            notes.leave(skill.name, skill.evidence.line)
            continue
        entry = _entry(skill.evidence)
        values: dict[str, Any] = {"percent": skill.percent, "tier": skill.tier}
        for field, value in values.items():
            if value is not None and not fits(RoleSkill, field, value):
                values[field] = None
                entry["warnings"] = [*entry.get("warnings", ()), OUT_OF_BOUNDS]
                notes.warn(
                    entry["line"], f"“{storable(str(value))[:60]}” is out of bounds for the {field} of “{name}”."
                )
        rows.append(
            RoleSkill(
                name=name, kind=skill.kind, position=len(rows) + 1, rank=skill.rank, evidence={"name": entry}, **values
            )
        )
    return rows


def _fit_duties(facts: RoleFacts, notes: _Notes) -> Sequence[FactRow]:
    rows: list[Duty] = []
    for duty in notes.shorten(facts.duties):
        if fits(Duty, "text", duty.text):
            rows.append(Duty(position=len(rows) + 1, text=duty.text, evidence={"text": _entry(duty.evidence)}))
        else:
            notes.leave(duty.text, duty.evidence.line)
    if rows:
        rows[-1].truncated = facts.duties_truncated
    return rows


def _fit_sections(facts: RoleFacts, notes: _Notes) -> Sequence[FactRow]:
    rows: list[FactRow] = []
    for section in notes.shorten(facts.sections):
        entry = _entry(section.evidence)
        heading = storable(section.heading)
        if not fits(Section, "heading", heading):  # what stands below it must not be lost with it
            heading = heading[:199] + "…"
            entry["warnings"] = [*entry.get("warnings", ()), OUT_OF_BOUNDS]
            notes.warn(entry["line"], f"The heading “{heading[:60]}” is very long; it was shortened.")
        blocks = [_block(kind, content) for kind, content in section.blocks]
        rows.append(Section(position=len(rows) + 1, heading=heading, blocks=blocks, evidence={"heading": entry}))
    return rows


def _block(kind: str, content: str | tuple[str, ...]) -> dict[str, Any]:
    if isinstance(content, str):
        return {"type": kind, "text": storable(content)}
    return {"type": kind, "items": [storable(item) for item in content]}


# -- the citation -----------------------------------------------------------------------------


def _citation_text(name: str, text: str | None, fitted: Fitted) -> str:
    if not text:
        return ""
    if fits(Citation, name, text) and (not name.endswith("url") or is_web_address(text)):
        return text
    message = f"“{storable(text)[:60]}” cannot be the page's {name.replace('_', ' ')}; it was left out."
    fitted.warnings.append(PageWarning(OUT_OF_BOUNDS, 1, message))
    return ""
