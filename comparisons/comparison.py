"""compare(roles) -> Comparison: the rows applied to roles, as plain data without HTML.

Lines hold one Cell per role, in the order of the roles. A cell keeps its raw value beside
its text, and where it came from. One role alone gives its own page.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any, NamedTuple

from careers.vocabulary import NOT_IN_SOURCE, NOT_PUBLISHED, STORED_IN, TOO_HIGH, UNCLEAR, warning_text
from comparisons import formats
from comparisons.queries.roles import MOST_ROLES, CitedPage, CurrentRole, GuideSection, SkillEntry
from comparisons.rows import (
    LETTERS,
    MARKERS,
    SECTIONS,
    SUMMARY,
    Row,
    RowSection,
)


class Origin(NamedTuple):
    """Where one value stands and how it was read; `how` and `warnings` are the codes of its evidence.

    `agrees`: how many other `pages` give the same value, of how many other `sources`. `differs`: who gives another
    one, each a mapping with `publisher` and `value`. `column`: in a table, where `line` is the row. `missing`: the
    source's own reason for having no value, as a code.
    """

    source: CitedPage
    line: int | None = None
    raw: str = ""
    how: str = ""
    candidates: tuple[str | None, ...] = ()
    warnings: tuple[str, ...] = ()
    agrees: Mapping[str, int] | None = None
    differs: Sequence[Mapping[str, Any]] = ()
    column: str = ""
    missing: str = ""


class Cell(NamedTuple):
    """One role's value in one line.

    `value`: as stored, a tuple where the row reads several keys, None where nothing can be
    said. `text`: the same for readers, "—" when missing, and then `missing` says why.
    `doubts`: what to know before relying on it, in words.
    """

    value: Any
    text: str
    missing: str
    origins: tuple[Origin, ...]
    doubts: tuple[str, ...] = ()

    @property
    def publisher(self) -> str:
        """Whose value it is; "" where there is none."""
        return "" if self.missing else self.origins[0].source.publisher


class ComparisonLine(NamedTuple):
    """One row of the registry applied to the roles.

    `differences`: for each role after the first how it differs, with sign and unit: of two roles the first less the
    second, as the head of the column says, of more each less the first; "" where nothing can be given.
    `same`: every role has the same value. `publishers`: those of the values; where there are several this must be
    said beside the differences.
    """

    row: Row
    cells: tuple[Cell, ...]
    differences: tuple[str, ...]
    same: bool
    publishers: tuple[str, ...]

    @property
    def difference(self) -> str:
        """Of two roles; "" for any other number of them."""
        return self.differences[0] if len(self.differences) == 1 else ""

    @property
    def complete(self) -> bool:
        """Every role has a value."""
        return not any(cell.missing for cell in self.cells)

    @property
    def empty(self) -> bool:
        """No role has a value, and there is nothing on the page that a reader could look at."""
        return all(cell.missing and cell.missing != UNCLEAR for cell in self.cells)


@dataclass(frozen=True, slots=True)
class SectionLines:
    """A section of the registry with those of its lines that any of the sources speaks of."""

    section: RowSection
    lines: tuple[ComparisonLine, ...]

    @property
    def telling(self) -> list[ComparisonLine]:
        """Lines with something to show that are not the same for every role."""
        return [line for line in self.lines if not line.same and not line.empty]

    @property
    def same(self) -> list[ComparisonLine]:
        return [line for line in self.lines if line.same]

    @property
    def empty(self) -> list[ComparisonLine]:
        return [line for line in self.lines if line.empty]


class SkillMatch(NamedTuple):
    """A skill that two roles or more list: one entry per role, None where it is not listed. `name` holds the spellings
    of all, where an admin joined them."""

    name: str
    slug: str
    entries: tuple[SkillEntry | None, ...]


@dataclass(frozen=True, slots=True)
class Skills:
    """The roles' skill lists side by side.

    `lists`: each role's entries in page order. `shared`: listed for two roles or more.
    `only`: for each role, what no other role lists, each skill once. `cover`: for each role,
    the sum of the percentages of its list, None unless every entry has one: what share of
    the whole the list speaks of.
    """

    lists: tuple[tuple[SkillEntry, ...], ...]
    shared: tuple[SkillMatch, ...]
    only: tuple[tuple[SkillEntry, ...], ...]
    cover: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """One role of the comparison, and what belongs to it alone."""

    index: int
    letter: str
    marker: str
    title: str
    slug: str
    summary: Cell
    duties: tuple[str, ...]
    duties_truncated: bool
    sections: tuple[GuideSection, ...]
    list_sources: Mapping[str, CitedPage]
    sources: tuple[CitedPage, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    sides: tuple[Side, ...]
    sections: tuple[SectionLines, ...]
    skills: Skills
    sources: tuple[CitedPage, ...]
    revision: int
    by_key: Mapping[str, ComparisonLine]

    @property
    def lines(self) -> list[ComparisonLine]:
        return [line for section in self.sections for line in section.lines]

    def line(self, key: str) -> ComparisonLine | None:
        """The line of a row, by the row's key or by a vocabulary key that it reads; None: no source speaks of it."""
        return self.by_key.get(key)

    def values(self, key: str) -> tuple[Any, ...]:
        """Each role's stored value under a vocabulary key (`salary.annual_low`), None where missing."""
        line = self.line(key)
        if line is None:
            return (None,) * len(self.sides)
        if not line.row.fields:
            return tuple(cell.value for cell in line.cells)
        at = line.row.fields.index(key)
        return tuple(cell.value and cell.value[at] for cell in line.cells)

    def section(self, slug: str) -> SectionLines:
        return next(each for each in self.sections if each.section.slug == slug)


def compare(roles: Sequence[CurrentRole]) -> Comparison:
    """One to four roles side by side, in the order given."""
    if not 1 <= len(roles) <= MOST_ROLES:
        raise ValueError(f"compare takes 1 to {MOST_ROLES} roles, not {len(roles)}")
    sources = {source.pk: source for role in roles for source in role.sources}
    places = {place for role in roles for place in _spoken_of(role)}
    sections = tuple(SectionLines(section, _lines(section, roles, places)) for section in SECTIONS)
    return Comparison(
        tuple(_side(index, role) for index, role in enumerate(roles)),
        sections,
        _skills(roles),
        tuple(sources.values()),
        roles[0].revision,
        {key: line for each in sections for line in each.lines for key in (line.row.key, *line.row.reads)},
    )


def _side(index: int, role: CurrentRole) -> Side:
    return Side(
        index,
        LETTERS[index],
        MARKERS[index],
        role.title,
        role.slug,
        _cell(SUMMARY, role),
        tuple(duty.text for duty in role.duties),
        any(duty.truncated for duty in role.duties),
        tuple(role.sections),
        role.list_sources,
        tuple(role.sources),
    )


def _spoken_of(role: CurrentRole) -> Iterator[tuple[str, str]]:
    """The places, (group, field), that a source of the role says something about, be it a value or a dash."""
    for group, facts in role.groups.items():
        for field, value in facts.values.items():
            if value is not None or field in facts.evidence:
                yield group, field


def _lines(
    section: RowSection, roles: Sequence[CurrentRole], places: Set[tuple[str, str]]
) -> tuple[ComparisonLine, ...]:
    """Lines that no source speaks of are left out: official figures would else be fifteen empty rows."""
    rows = (row for row in section.rows if not places.isdisjoint(_PLACES[row.key]))
    return tuple(_line(row, [_cell(row, role) for role in roles], roles) for row in rows)


def _line(row: Row, cells: list[Cell], roles: Sequence[CurrentRole]) -> ComparisonLine:
    if _ABSENT in cells:
        # A group without any value is not stored, so a dash in it leaves no trace: but the
        # same publisher does give this row for another role, so it is not published for this one.
        speaking = {origin.source.publisher_pk for cell in cells for origin in cell.origins}
        for index, cell in enumerate(cells):
            if cell is _ABSENT and any(source.publisher_pk in speaking for source in roles[index].sources):
                cells[index] = cell._replace(missing=NOT_PUBLISHED)
    complete = not any(cell.missing for cell in cells)
    same = complete and len(cells) > 1 and all(cell.text == cells[0].text for cell in cells)
    publishers = dict.fromkeys(cell.publisher for cell in cells if not cell.missing)
    return ComparisonLine(row, tuple(cells), _differences(row, cells), same, tuple(publishers))


def _differences(row: Row, cells: Sequence[Cell]) -> tuple[str, ...]:
    first, *others = cells
    two = len(others) == 1
    return tuple(
        (row.difference(*((first.value, other.value) if two else (other.value, first.value))) or "")
        if row.difference and not first.missing and not other.missing
        else ""
        for other in others
    )


def places_of(row: Row) -> tuple[tuple[str, str], ...]:
    """The (group, field) of each value that a row shows. Raises KeyError for a key that is not in the vocabulary."""
    return tuple(STORED_IN[key] for key in row.reads)


_PLACES = {row.key: places_of(row) for row in (SUMMARY, *(row for section in SECTIONS for row in section.rows))}

# Most of what could be said of a role is not in its sources.
_ABSENT = Cell(None, formats.MISSING, NOT_IN_SOURCE, ())


def _cell(row: Row, role: CurrentRole) -> Cell:
    """What a role says in a row."""
    values: list[Any] = []
    origins: list[Origin] = []
    for group, field in _PLACES[row.key]:
        facts = role.groups.get(group)
        value = facts.values[field] if facts else None
        values.append(value)
        if facts and (value is not None or field in facts.evidence):
            origin = _origin(facts.source, facts.evidence.get(field))
            if not any(origin.line == seen.line and origin.raw == seen.raw for seen in origins):
                origins.append(origin)
    if not origins:
        return _ABSENT
    text = None if values.count(None) == len(values) else row.format(*values)
    if text is None:
        return Cell(None, formats.MISSING, _why_missing(origins), tuple(origins))
    doubts = dict.fromkeys(warning_text(code) for origin in origins for code in origin.warnings)
    return Cell(tuple(values) if row.fields else values[0], text, "", tuple(origins), tuple(doubts))


def _why_missing(origins: Sequence[Origin]) -> str:
    if any(origin.missing == "too-high" for origin in origins):
        return TOO_HIGH
    if any(origin.how == "unread" or origin.candidates or origin.warnings for origin in origins):
        return UNCLEAR
    return NOT_PUBLISHED


def _origin(source: CitedPage, evidence: Mapping[str, Any] | None) -> Origin:
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
        evidence.get("differs") or (),
        evidence.get("column") or "",
        evidence.get("missing") or "",
    )


def _skills(roles: Sequence[CurrentRole]) -> Skills:
    firsts = [{skill.slug: skill for skill in reversed(role.skills)} for role in roles]
    shared = []
    only: list[list[SkillEntry]] = [[] for _ in roles]
    for slug in dict.fromkeys(skill.slug for role in roles for skill in role.skills):
        entries = tuple(first.get(slug) for first in firsts)
        listing = [index for index, entry in enumerate(entries) if entry]
        first = firsts[listing[0]][slug]
        if len(listing) > 1:
            shared.append(SkillMatch(_spellings(entries), slug, entries))
        else:
            only[listing[0]].append(first)
    return Skills(
        tuple(tuple(role.skills) for role in roles),
        tuple(shared),
        tuple(tuple(each) for each in only),
        tuple(_cover(role.skills) for role in roles),
    )


def _spellings(entries: Sequence[SkillEntry | None]) -> str:
    """A skill as the lists spell it, all of its spellings where they differ in more than capitals."""
    names: dict[str, str] = {}
    for entry in entries:
        if entry:
            names.setdefault(entry.name.casefold(), entry.name)
    return " / ".join(names.values())


def _cover(skills: Sequence[SkillEntry]) -> int | None:
    percents = [skill.percent for skill in skills if skill.percent is not None]
    return sum(percents) if skills and len(percents) == len(skills) else None
