"""compare(roles) -> Comparison: the rows applied to roles, as plain data without HTML.

Lines hold one Cell per role, in the order of the roles. A cell keeps its raw value beside
its text, and where it came from. The same builders serve one role on its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import F

from careers.models import MANY_ROW_GROUPS, ONE_ROW_GROUPS, Citation, Duty, FactRow, Role, RoleSkill
from careers.models import Section as GuideSection
from comparisons import formats
from comparisons.rows import (
    HOW,
    LETTERS,
    MARKERS,
    NOT_IN_SOURCE,
    NOT_PUBLISHED,
    SECTIONS,
    SELF_CONTRADICTION,
    UNCLEAR,
    Row,
    Section,
    place,
    warning,
)

MOST_ROLES = len(MARKERS)


@dataclass(frozen=True, slots=True)
class Source:
    """One capture of a page that this comparison uses. `number` counts from 1 on the page."""

    number: int
    publisher: str
    title: str
    url: str
    captured_on: date | None
    licence: str
    licence_url: str
    attribution: str

    @property
    def name(self) -> str:
        return self.title or self.publisher

    @property
    def captured(self) -> str:
        return formats.day(self.captured_on) if self.captured_on else ""


class Origin(NamedTuple):
    """Where one value stands and how it was read.

    `how` and `warnings` are the codes of its evidence; `agrees` and `differs` what the
    evidence says of other pages.
    """

    source: Source
    line: int | None = None
    raw: str = ""
    how: str = ""
    candidates: tuple[str | None, ...] = ()
    warnings: tuple[str, ...] = ()
    agrees: Any = None
    differs: Any = None

    @property
    def words(self) -> str:
        """The origin in one line for readers: `“$90,615”, line 10, as published, in a table.`"""
        parts = [f"“{self.raw}”"] if self.raw else []
        parts += [f"line {self.line}"] if self.line else []
        parts += [HOW.get(self.how, self.how)] if self.how else []
        return ", ".join(parts)


class Cell(NamedTuple):
    """One role's value in one line.

    `value`: as stored, a tuple where the row reads several keys, None where none of them is
    known. `text`: the same for readers, "—" when missing, and then `missing` says why.
    `doubts`: what to know before relying on it, in words.
    """

    value: Any
    text: str
    missing: str
    origins: tuple[Origin, ...]
    doubts: tuple[str, ...] = ()


class Line(NamedTuple):
    """One row of the registry applied to the roles.

    `difference`: the first role less the second, with sign and unit; "" where it cannot be
    given. `same`: every role has the same value. `publishers`: more than one name when the
    values come from different publishers, which must then be said beside the difference.
    `everywhere`: how many stored roles of the publisher all have this same value, else 0.
    """

    row: Row
    cells: tuple[Cell, ...]
    difference: str
    same: bool
    publishers: tuple[str, ...]
    everywhere: int = 0

    @property
    def complete(self) -> bool:
        """Every role has a value."""
        return not any(cell.missing for cell in self.cells)

    @property
    def empty(self) -> bool:
        """No role has a value."""
        return all(cell.missing for cell in self.cells)


@dataclass(frozen=True, slots=True)
class SectionLines:
    """A section of the registry with those of its lines that any of the sources speaks of."""

    section: Section
    lines: tuple[Line, ...]

    @property
    def differing(self) -> list[Line]:
        return [line for line in self.lines if not line.same and not line.empty]

    @property
    def same(self) -> list[Line]:
        return [line for line in self.lines if line.same]

    @property
    def empty(self) -> list[Line]:
        return [line for line in self.lines if line.empty]


class SkillEntry(NamedTuple):
    """A skill of one role's list. Of several entries of one page, the first stands for all."""

    name: str
    slug: str
    kind: str
    rank: int
    percent: int | None
    tier: str | None
    origin: Origin


class SkillMatch(NamedTuple):
    """A skill that two roles or more list: one entry per role, None where it is not listed."""

    name: str
    slug: str
    entries: tuple[SkillEntry | None, ...]


@dataclass(frozen=True, slots=True)
class Skills:
    """The roles' skill lists side by side.

    `lists`: each role's entries in page order. `shared`: listed for two roles or more.
    `only`: for each role, what no other role lists. `cover`: for each role, the sum of the
    percentages of its list (None unless every listed entry has one): what share of the
    whole the list speaks of.
    """

    lists: tuple[tuple[SkillEntry, ...], ...]
    shared: tuple[SkillMatch, ...]
    only: tuple[tuple[SkillEntry, ...], ...]
    cover: tuple[int | None, ...]


class DutyText(NamedTuple):
    text: str
    origin: Origin


class GuideText(NamedTuple):
    """A guide's heading and its blocks: {"type": "paragraph", "text"} or {"type": "list", "items"}."""

    heading: str
    blocks: list[dict[str, Any]]
    origin: Origin


@dataclass(frozen=True, slots=True)
class Side:
    """One role of the comparison, and what belongs to it alone."""

    index: int
    letter: str
    marker: str
    title: str
    slug: str
    url: str
    summary: Cell
    duties: tuple[DutyText, ...]
    duties_truncated: bool
    sections: tuple[GuideText, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    sides: tuple[Side, ...]
    sections: tuple[SectionLines, ...]
    skills: Skills
    sources: tuple[Source, ...]

    def line(self, key: str) -> Line | None:
        """The line of a row, by the row's key or by a vocabulary key that it reads; None: no source speaks of it."""
        return next(
            (
                line
                for section in self.sections
                for line in section.lines
                if key == line.row.key or key in line.row.reads
            ),
            None,
        )

    def values(self, key: str) -> tuple[Any, ...]:
        """Each role's stored value under a vocabulary key (`salary.annual_low`), None where missing."""
        line = self.line(key)
        if line is None:
            return (None,) * len(self.sides)
        if not line.row.fields:
            return tuple(cell.value for cell in line.cells)
        place_in_row = line.row.fields.index(key)
        return tuple(cell.value and cell.value[place_in_row] for cell in line.cells)

    def section(self, slug: str) -> SectionLines:
        return next(each for each in self.sections if each.section.slug == slug)


class _Sources:
    """Numbers the citations in the order in which a page first uses them."""

    def __init__(self) -> None:
        self.by_citation: dict[int, Source] = {}

    def of(self, citation: Citation) -> Source:
        source = self.by_citation.get(citation.pk)
        if source is None:
            publisher = citation.publisher
            source = self.by_citation[citation.pk] = Source(
                number=len(self.by_citation) + 1,
                publisher=publisher.name,
                title=citation.title,
                url=citation.url,
                captured_on=citation.captured_on,
                licence=citation.licence or publisher.licence,
                licence_url=citation.licence_url or publisher.licence_url,
                attribution=publisher.attribution,
            )
        return source


def _origin(source: Source, evidence: dict[str, Any] | None) -> Origin:
    if not evidence:
        return Origin(source)
    return Origin(
        source,
        evidence.get("line"),
        evidence.get("raw", ""),
        evidence.get("how", ""),
        tuple(evidence.get("candidates") or ()),
        tuple(evidence.get("warnings") or ()),
        evidence.get("agrees"),
        evidence.get("differs"),
    )


_PLACES = {key: place(key) for section in SECTIONS for row in section.rows for key in row.reads} | {
    "summary": place("summary")
}


def cell(row: Row, role: Role, sources: _Sources) -> Cell:
    """What a role says in a row. A relation may be missing; a field that does not exist is an AttributeError."""
    values: list[Any] = []
    origins: list[Origin] = []
    spoken_of = False
    for key in row.reads:
        group, field = _PLACES[key]
        facts: FactRow | None = getattr(role, group)
        if facts is None:
            values.append(None)
            continue
        values.append(getattr(facts, field))
        evidence = facts.evidence.get(field)
        if evidence or values[-1] is not None:
            spoken_of = True
            origin = _origin(sources.of(facts.citation), evidence)
            if not any(origin.line == seen.line and origin.raw == seen.raw for seen in origins):
                origins.append(origin)
    text = row.format(*values) if any(value is not None for value in values) else None
    if text is None:
        unclear = any(origin.how == "unread" or origin.candidates or origin.warnings for origin in origins)
        reason = UNCLEAR if unclear else NOT_PUBLISHED if spoken_of else NOT_IN_SOURCE
        return Cell(None, formats.MISSING, reason, tuple(origins), ())
    doubts = [warning(code) for origin in origins for code in origin.warnings]
    doubts += [SELF_CONTRADICTION for origin in origins if origin.differs == "itself"]
    return Cell(tuple(values) if row.fields else values[0], text, "", tuple(origins), tuple(dict.fromkeys(doubts)))


def line(row: Row, roles: Sequence[Role], sources: _Sources) -> Line:
    cells = tuple(cell(row, role, sources) for role in roles)
    complete = not any(each.missing for each in cells)
    same = complete and len(cells) > 1 and all(each.text == cells[0].text for each in cells)
    publishers = tuple(dict.fromkeys(each.origins[0].source.publisher for each in cells if each.origins))
    difference = ""
    if row.difference and complete and len(cells) == 2:
        difference = row.difference(cells[0].value, cells[1].value) or ""
    return Line(row, cells, difference, same, publishers)


def _lines(roles: Sequence[Role], sources: _Sources) -> tuple[SectionLines, ...]:
    """Lines that no source speaks of are left out: official figures would else be fifteen empty rows."""
    found = []
    for section in SECTIONS:
        lines = (line(row, roles, sources) for row in section.rows)
        kept = [each for each in lines if any(cell.missing != NOT_IN_SOURCE for cell in each.cells)]
        found.append(SectionLines(section, tuple(kept)))
    return tuple(found)


def _skills(roles: Sequence[Role], sources: _Sources) -> Skills:
    entries: dict[int, list[SkillEntry]] = {role.pk: [] for role in roles}
    rows = RoleSkill.objects.filter(role__in=roles, citation=F("role__skills_citation")).select_related("skill")
    by_pk = {role.pk: role for role in roles}
    for row in rows:
        citation = by_pk[row.role_id].skills_citation
        assert citation is not None  # noqa: S101  # the filter above has just met it
        entries[row.role_id].append(
            SkillEntry(
                row.name,
                row.skill.slug,
                row.kind,
                row.rank,
                row.percent,
                row.tier,
                _origin(sources.of(citation), row.evidence.get("name")),
            )
        )
    lists = tuple(tuple(entries[role.pk]) for role in roles)
    firsts = [{entry.slug: entry for entry in reversed(each)} for each in lists]
    slugs = dict.fromkeys(entry.slug for each in lists for entry in each)
    shared = []
    only: list[list[SkillEntry]] = [[] for _ in roles]
    for slug in slugs:
        found = tuple(first.get(slug) for first in firsts)
        owners = [index for index, entry in enumerate(found) if entry]
        if len(owners) > 1:
            name = next(entry.name for entry in found if entry)
            shared.append(SkillMatch(name, slug, found))
        else:
            only[owners[0]].append(firsts[owners[0]][slug])
    return Skills(lists, tuple(shared), tuple(tuple(each) for each in only), tuple(_cover(each) for each in lists))


def _cover(entries: Sequence[SkillEntry]) -> int | None:
    percents = [entry.percent for entry in entries]
    return sum(percent or 0 for percent in percents) if percents and None not in percents else None


def _duties(roles: Sequence[Role], sources: _Sources) -> dict[int, list[tuple[DutyText, bool]]]:
    found: dict[int, list[tuple[DutyText, bool]]] = {role.pk: [] for role in roles}
    by_pk = {role.pk: role for role in roles}
    for row in Duty.objects.filter(role__in=roles, citation=F("role__duties_citation")):
        citation = by_pk[row.role_id].duties_citation
        if citation is not None:
            origin = _origin(sources.of(citation), row.evidence.get("text"))
            found[row.role_id].append((DutyText(row.text, origin), row.truncated))
    return found


def _guides(roles: Sequence[Role], sources: _Sources) -> dict[int, list[GuideText]]:
    found: dict[int, list[GuideText]] = {role.pk: [] for role in roles}
    by_pk = {role.pk: role for role in roles}
    for row in GuideSection.objects.filter(role__in=roles, citation=F("role__sections_citation")):
        citation = by_pk[row.role_id].sections_citation
        if citation is not None:
            origin = _origin(sources.of(citation), row.evidence.get("heading"))
            found[row.role_id].append(GuideText(row.heading, row.blocks, origin))
    return found


SUMMARY = Row("summary", "Summary", formats.as_written)


def compare(roles: Sequence[Role]) -> Comparison:
    """One to four roles, loaded by `Role.objects.with_facts()`, side by side in the order given.

    One role gives its own page: the same lines with one cell each. Three queries, for the
    lists; the facts came with the roles.
    """
    if not 1 <= len(roles) <= MOST_ROLES:
        raise ValueError(f"compare takes 1 to {MOST_ROLES} roles, not {len(roles)}")
    sources = _Sources()
    sections = _lines(roles, sources)
    skills = _skills(roles, sources)
    duties = _duties(roles, sources)
    guides = _guides(roles, sources)
    sides = tuple(
        Side(
            index,
            LETTERS[index],
            MARKERS[index],
            role.title,
            role.slug,
            role.get_absolute_url(),
            cell(SUMMARY, role, sources),
            tuple(duty for duty, _ in duties[role.pk]),
            any(truncated for _, truncated in duties[role.pk]),
            tuple(guides[role.pk]),
            _sources_of(role, sources),
        )
        for index, role in enumerate(roles)
    )
    return Comparison(sides, sections, skills, tuple(sources.by_citation.values()))


def _sources_of(role: Role, sources: _Sources) -> tuple[Source, ...]:
    """Every citation that a current group of the role uses, each once."""
    groups = [getattr(role, group) for group in ONE_ROW_GROUPS]
    citations = [facts.citation for facts in groups if facts]
    citations += [citation for group in MANY_ROW_GROUPS if (citation := getattr(role, f"{group}_citation"))]
    return tuple({citation.pk: sources.of(citation) for citation in citations}.values())
