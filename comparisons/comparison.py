"""compare(roles) -> Comparison: the rows of the registry applied to roles, as plain data without HTML.

A line holds one cell per role, in the order of the roles. A cell keeps its raw value beside its text, and where the
value comes from. One role alone gives its own page.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Generic, NamedTuple, TypeVar

from careers.vocabulary import (
    FIELDS,
    LIST_CUT,
    MISSING_TEXTS,
    NOT_IN_CUT_COPY,
    NOT_IN_SOURCE,
    NOT_KEPT_BY_STATE,
    NOT_PUBLISHED,
    OTHER_PAY,
    STORED_IN,
    UNCLEAR,
    of_wider_group,
    uncertain_by,
    warning_text,
)
from comparisons import formats
from comparisons.queries.group_figures import RowValues
from comparisons.queries.occupation_lists import MajorEntry, RelatedEntry
from comparisons.queries.official_skills import OfficialSkills, compare_skills
from comparisons.queries.roles import MOST_ROLES, CitedPage, CurrentRole, DutyEntry, Facts, GuideSection, SkillEntry
from comparisons.rows import LETTERS, MARKERS, ROWS, SECTIONS, SUMMARY, Row, RowSection
from comparisons.thresholds import is_uncertain


class Origin(NamedTuple):
    """Where one value stands and how it was read.

    `evidence` may hold `line`, `raw` and `candidates`, and `how` and `warnings` as codes. In a table `line` is the row,
    `column` its column, `sheet` the table of a file or release, and `code` that of the occupation of the row. `agrees`:
    how many other `pages` give the same value, of how many other `sources`. `differs`: who gives another value, each a
    mapping with `publisher` and `value`. `missing`: the code of the source's own reason for giving no value.
    `mean_of`: of how many rows the value is the mean. `wider_group`: of which group of occupations it is.
    """

    source: CitedPage
    evidence: Mapping[str, Any]

    @property
    def wider_group(self) -> str:
        return self.evidence.get("wider_group") or ""


# What a source has for a row: the values of its fields, and where these stand; nothing if it does not speak of it.
Reading = tuple[tuple[Any, ...], list[Origin]]


class Cell(NamedTuple):
    """One role's value in one line.

    `value`: as stored, a tuple where the row reads several keys, None where it is missing. `text`: the value for
    readers, "—" when missing, and then `missing` says why. `doubts`: in words, what to know before relying on it.
    `error`: the relative error in percent that the source gives for it. `publisher`: "" where the value is missing.
    `release`: the month that the value is of, in words; "" where it is missing or its source does not say.
    `years`: what it is of; figures of different years are not compared. `area`: as on its page, "in California".
    """

    value: Any
    text: str
    missing: str
    origins: tuple[Origin, ...]
    doubts: tuple[str, ...] = ()
    error: Decimal | None = None
    publisher: str = ""
    release: str = ""
    years: tuple[Any, ...] = ()
    area: str = ""


class ComparisonLine(NamedTuple):
    """One row of the registry applied to the roles.

    `differences`: one for each role after the first, with sign and unit. For two roles it is the first minus the
    second, for more each minus the first; "" where there is none. `difference`: that of two roles, else "". `same`:
    every role has the same value. `empty`: no role has a value, and no page has anything a reader could look at.
    `publishers` and `releases`: of the values, the latter with "" for values without a month; pages mark differences
    between several of either.
    """

    row: Row
    cells: tuple[Cell, ...]
    differences: tuple[str, ...]
    difference: str
    same: bool
    empty: bool
    publishers: tuple[str, ...]
    releases: tuple[str, ...] = ("",)


@dataclass(frozen=True, slots=True)
class SectionLines:
    """A section of the registry, with those of its lines for which any source has something.

    `telling`: lines with something to show that is not the same for every role.
    """

    section: RowSection
    lines: tuple[ComparisonLine, ...]
    telling: tuple[ComparisonLine, ...]
    same: tuple[ComparisonLine, ...]
    empty: tuple[ComparisonLine, ...]


class SkillMatch(NamedTuple):
    """A skill on two lists or more: one entry per role, None where the role does not list it. `name` holds every
    spelling, where an admin joined several."""

    name: str
    slug: str
    entries: tuple[SkillEntry | None, ...]


@dataclass(frozen=True, slots=True)
class Skills:
    """The roles' skill lists side by side.

    `lists`: each role's entries in page order. `shared`: skills on two lists or more. `only`: for each role what no
    other role lists, each skill once. `cover`: for each role the sum of its list's percentages, None unless every
    entry has one; it says how much of the whole the list covers.
    """

    lists: tuple[tuple[SkillEntry, ...], ...]
    shared: tuple[SkillMatch, ...]
    only: tuple[tuple[SkillEntry, ...], ...]
    cover: tuple[int | None, ...]


Entry = TypeVar("Entry")


@dataclass(frozen=True, slots=True)
class SharedLists(Generic[Entry]):
    """One list of each role side by side.

    `lists`: each role's entries in the order of its source. `shared`: entries on two lists or more, each once. `only`:
    for each role what no other role lists.
    """

    lists: tuple[tuple[Entry, ...], ...]
    shared: tuple[Entry, ...]
    only: tuple[tuple[Entry, ...], ...]


@dataclass(frozen=True, slots=True)
class Side:
    """One role of the comparison, and what belongs to it alone. `official`: it is an official occupation. `absent`: the
    cell of a row for which its sources have nothing. `pay_time`: "annual" or "hourly" where all of its pay is of that
    time, else "". `cut_lists`: group of a list -> what our copy of the page does not hold of it, in words. `role`: with
    its figures by state and by year.

    `title`: its short name where it has one, and then `official_title` is that of its publisher."""

    index: int
    letter: str
    marker: str
    title: str
    slug: str
    summary: Cell
    duties: tuple[str, ...]
    duty_codes: tuple[str, ...]
    duties_truncated: bool
    sections: tuple[GuideSection, ...]
    list_sources: Mapping[str, CitedPage]
    sources: tuple[CitedPage, ...]
    official: bool
    absent: Cell
    pay_time: str
    cut_lists: Mapping[str, str]
    role: CurrentRole

    @property
    def official_title(self) -> str:
        """The title that its publisher gives it, where pages show a short name; else ""."""
        return self.role.title if self.role.title != self.title else ""

    @property
    def sample_parts(self) -> frozenset[str]:
        """Which of its texts come from a sample: "summary", "skills", "duties" and "sections"."""
        parts = {part for part, page in self.list_sources.items() if page.sample}
        if not self.summary.missing and self.summary.origins[0].source.sample:
            parts.add("summary")
        return frozenset(parts)


@dataclass(frozen=True, slots=True)
class Comparison:
    """`lines`: those of all sections. `by_key`: each line by its row's key and by every vocabulary key it reads.
    `all_jobs`: key of a row -> the figure of all jobs that can stand beside every figure in it."""

    sides: tuple[Side, ...]
    sections: tuple[SectionLines, ...]
    lines: tuple[ComparisonLine, ...]
    by_key: Mapping[str, ComparisonLine]
    skills: Skills
    related: SharedLists[RelatedEntry]
    majors: SharedLists[MajorEntry]
    official: OfficialSkills
    sources: tuple[CitedPage, ...]
    revision: int
    all_jobs: Mapping[str, Cell]

    def line(self, key: str) -> ComparisonLine | None:
        """The line of a row or vocabulary key; None where no source has anything for it."""
        return self.by_key.get(key)

    def section(self, slug: str) -> SectionLines:
        return next(section for section in self.sections if section.section.slug == slug)

    def values_of_one_publisher(self) -> list[RowValues]:
        """The values of each line whose values all come from one publisher, and from one of its releases.

        Those of a state are left out: all stored roles are counted in the whole country.
        """
        rows = []
        for line in self.lines:
            if len(line.publishers) == len(line.releases) == 1 and not any(cell.area for cell in line.cells):
                published = [cell for cell in line.cells if not cell.missing]
                values = tuple([cell.value for cell in published])
                rows.append(RowValues(line.row, published[0].origins[0].source, values, line.same))
        return rows


def compare(roles: Sequence[CurrentRole]) -> Comparison:
    """One to four roles side by side, in the order given."""
    if not 1 <= len(roles) <= MOST_ROLES:
        raise ValueError(f"compare takes 1 to {MOST_ROLES} roles, not {len(roles)}")
    sides = tuple([_side(index, role) for index, role in enumerate(roles)])
    by_row = {line.row.key: line for line in _lines(roles, sides)}
    sections = tuple([_section(section, by_row, len(roles)) for section in SECTIONS])
    lines = tuple([line for section in sections for line in section.lines])
    by_key = {key: line for line in lines for key in (line.row.key, *line.row.reads)}
    sources = {source.pk: source for side in sides for source in side.sources}
    return Comparison(
        sides,
        sections,
        lines,
        by_key,
        _skills(roles),
        share_lists([role.related for role in roles], _related_key),
        share_lists([role.majors for role in roles], _major_key),
        compare_skills(roles),
        tuple(sources.values()),
        roles[0].revision,
        {line.row.key: cell for line in lines if (cell := _cell_of_all_jobs(line, roles))},
    )


def _cell_of_all_jobs(line: ComparisonLine, roles: Sequence[CurrentRole]) -> Cell | None:
    """None unless one figure of all jobs is of the same release, years and country as every figure of the line."""
    key, cells = line.row.key, line.cells
    giving = [role for role, cell in zip(roles, cells, strict=True) if not cell.missing] or roles
    entry = giving[0].all_jobs.get(key)
    if entry is None or any(role.all_jobs.get(key) != entry for role in giving):
        return None
    of_years = [giving[0].all_jobs.get(name) for name in line.row.years]
    years = tuple([year.value if year else None for year in of_years])
    if any(cell.years != years for cell in cells if not cell.missing):
        return None
    text = line.row.format(entry.value, *years) or ""
    origin = Origin(entry.source, entry.evidence)
    return Cell(entry.value, text, "", (origin,), (), None, entry.source.publisher, entry.source.release, years)


def share_lists(lists: Sequence[Sequence[Entry]], key: Callable[[Entry], Hashable]) -> SharedLists[Entry]:
    """Entries with one key are the same. Shared ones stand in the order of the first list that has them.

    >>> shared = share_lists([["a", "b"], ["b", "c"]], str)
    >>> shared.shared, shared.only
    (('b',), (('a',), ('c',)))
    """
    counts: dict[Hashable, int] = {}
    for entries in lists:
        for place in {key(entry) for entry in entries}:
            counts[place] = counts.get(place, 0) + 1
    shared: dict[Hashable, Entry] = {}
    only = []
    for entries in lists:
        of_one = []
        for entry in entries:
            if counts[key(entry)] > 1:
                shared.setdefault(key(entry), entry)
            else:
                of_one.append(entry)
        only.append(tuple(of_one))
    return SharedLists(tuple(map(tuple, lists)), tuple(shared.values()), tuple(only))


def _related_key(entry: RelatedEntry) -> str:
    return entry.slug


def _major_key(entry: MajorEntry) -> str:
    return entry.cip


def _side(index: int, role: CurrentRole) -> Side:
    return Side(
        index,
        LETTERS[index],
        MARKERS[index],
        role.name,
        role.slug,
        _cells([SUMMARY], [[_read(SUMMARY, role)]], [role])[0][0],
        tuple([duty.text for duty in role.duties]),
        _duty_codes(role),
        any(duty.truncated for duty in role.duties),
        tuple(role.sections),
        role.list_sources,
        tuple(role.sources),
        role.soc_code is not None,
        _absent(role),
        _pay_time(role),
        find_cut_lists(role),
        role,
    )


def find_cut_lists(role: CurrentRole) -> dict[str, str]:
    """Group of a list -> what our copy of the page does not hold of it, in words."""
    if not role.was_cut:
        return {}
    lists: dict[str, Sequence[SkillEntry | DutyEntry | GuideSection]]
    lists = {"skills": role.skills, "duties": role.duties, "sections": role.sections}
    cut = {}
    for group, entries in lists.items():
        places = [place for entry in entries for place in entry.evidence.values()]
        if any(LIST_CUT in (place.get("warnings") or ()) for place in places):
            cut[group] = warning_text(LIST_CUT)
        elif not entries and group != "sections":  # most pages have none
            cut[group] = NOT_IN_CUT_COPY
    return cut


def _pay_time(role: CurrentRole) -> str:
    facts = role.groups.get("salary")
    if facts is None:
        return ""
    times = [time for time, fields in _PAY_FIELDS.items() if any(_is_stated(facts, field) for field in fields)]
    if facts.source.area and times == ["annual"]:
        return ""  # pay of a state by the hour is kept only where there is none by the year
    return times[0] if len(times) == 1 else ""


def _is_stated(facts: Facts, field: str) -> bool:
    """Whether the source has a figure, be it one that could not be read or that the copy lost."""
    if facts.values[field] is not None:
        return True
    evidence = facts.evidence.get(field)
    return evidence is not None and (evidence.get("how") == "unread" or evidence.get("missing") in MISSING_TEXTS)


def _duty_codes(role: CurrentRole) -> tuple[str, ...]:
    """For each duty the source's code of the work that it belongs to; "" if all duties of the role have one code."""
    codes = tuple([(duty.evidence.get("text") or {}).get("code", "") for duty in role.duties])
    return codes if len(set(codes)) > 1 else ("",) * len(codes)


def _lines(roles: Sequence[CurrentRole], sides: Sequence[Side]) -> list[ComparisonLine]:
    """Leaves out rows for which no source has anything: official figures would otherwise bring fifteen empty rows."""
    groups = {group for role in roles for group in role.groups}
    rows, readings = [], []
    for row in ROWS:
        if groups.isdisjoint(row.groups):
            continue
        of_roles = [_read(row, role) for role in roles]
        if any(origins for _, origins in of_roles):
            rows.append(row)
            readings.append(of_roles)
    cells = _cells(rows, readings, roles)
    for row, of_row in zip(rows, cells, strict=True):
        _mark_not_published(of_row, sides)
        if row.key in _PAY_TIMES:
            _mark_other_pay(of_row, sides, _PAY_TIMES[row.key])
    differences = _differences(rows, cells)
    return [_line(*parts) for parts in zip(rows, cells, differences, strict=True)]


def _gap(line: ComparisonLine) -> float:
    """How far the values of a line lie apart; less than nothing where there are not two."""
    values = [cell.value for cell in line.cells if not cell.missing]
    return float(max(values) - min(values)) if len(values) > 1 else -1.0


def _section(section: RowSection, by_row: Mapping[str, ComparisonLine], roles: int) -> SectionLines:
    lines = [by_row[row.key] for row in section.rows if row.key in by_row]
    if section.by_gap and roles > 1:
        lines.sort(key=_gap, reverse=True)
    telling = tuple([line for line in lines if not line.same and not line.empty])
    same = tuple([line for line in lines if line.same])
    return SectionLines(section, tuple(lines), telling, same, tuple([line for line in lines if line.empty]))


def _line(row: Row, cells: Sequence[Cell], differences: tuple[str, ...]) -> ComparisonLine:
    texts = set()
    publishers: dict[str, None] = {}
    releases: dict[str, None] = {}
    empty = True
    missing = False
    for cell in cells:
        if cell.missing:
            missing = True
            empty = empty and cell.missing != UNCLEAR
        else:
            empty = False
            texts.add(cell.text)
            publishers[cell.publisher] = releases[cell.release] = None
    same = len(texts) == 1 and not missing and len(cells) > 1
    difference = differences[0] if len(differences) == 1 else ""
    return ComparisonLine(row, tuple(cells), differences, difference, same, empty, tuple(publishers), tuple(releases))


def _mark_not_published(cells: list[Cell], sides: Sequence[Side]) -> None:
    """A group without any value is not stored, so a dash in it leaves no trace. But where the same publisher gives
    the row for another role, it does not publish it for this one."""
    absent = [index for index, cell in enumerate(cells) if cell is _ABSENT]
    if absent:
        giving = {origin.source.publisher_pk for cell in cells for origin in cell.origins}
        for index in absent:
            if any(source.publisher_pk in giving for source in sides[index].sources):
                cells[index] = _ABSENT._replace(missing=NOT_PUBLISHED)


def _mark_other_pay(cells: list[Cell], sides: Sequence[Side], time: str) -> None:
    """Say of a role without pay for a time that all of its pay is for the other one."""
    for index, cell in enumerate(cells):
        if cell.missing in (NOT_PUBLISHED, NOT_IN_SOURCE) and sides[index].pay_time not in ("", time):
            cells[index] = cell._replace(missing=OTHER_PAY[time])


def _differences(rows: Sequence[Row], cells: Sequence[Sequence[Cell]]) -> list[tuple[str, ...]]:
    """For each row the differences of `ComparisonLine`, all written in one go."""
    pairs = []
    for row, (first, *others) in zip(rows, cells, strict=True):
        for other in others:
            values: tuple[Any, ...] = ()
            if row.difference and are_comparable(first, other):
                values = (first.value, other.value) if len(others) == 1 else (other.value, first.value)
            pairs.append((row.difference, values))
    texts = iter(formats.write_all(pairs))
    return [tuple([next(texts) or "" for _ in of_row[1:]]) for of_row in cells]


def are_comparable(first: Cell, other: Cell) -> bool:
    """Whether there can be a difference: both have a value, and of the same years."""
    return not first.missing and not other.missing and first.years == other.years


# Time of pay -> the fields that hold pay for it.
_PAY_FIELDS = {time: [field for field in FIELDS["salary"] if field.startswith(f"{time}_")] for time in OTHER_PAY}
# Key of a row -> the time that its pay is for.
_PAY_TIMES = {
    row.key: time
    for section in SECTIONS
    for row in section.rows
    for time in OTHER_PAY
    if all(key.startswith(f"salary.{time}_") for key in row.reads)
}
# The cell of a role whose sources have nothing for a row; most cells are like this.
_ABSENT = Cell(None, formats.MISSING, NOT_IN_SOURCE, ())
_ABSENT_FROM_COPY = Cell(None, formats.MISSING, NOT_IN_CUT_COPY, ())
_ABSENT_IN_STATE = Cell(None, formats.MISSING, NOT_KEPT_BY_STATE, ())


def _is_of_state(role: CurrentRole, places: Iterable[tuple[str, str]]) -> bool:
    """Whether the groups of these (group, field) pairs hold the figures of a state that a reader chose."""
    if role.area is None:
        return False
    return any(group in role.groups and role.groups[group].source.area for group, _ in places)


def _absent(role: CurrentRole, row: Row | None = None) -> Cell:
    """A publisher may well have what a copy does not hold that was cut. `row`: None for any row."""
    if row and _is_of_state(role, row.stored_in):
        return _ABSENT_IN_STATE
    if row and row.none and row.stored_in[0][0] in role.groups:
        return Cell(None, formats.MISSING, row.none, ())
    if not role.was_cut:
        return _ABSENT
    groups = [role.groups.get(group) for group, _ in row.stored_in] if row else [None]
    is_from_cut_copy = any(facts is None or facts.source.cut_line for facts in groups)
    return _ABSENT_FROM_COPY if is_from_cut_copy else _ABSENT


def _read(row: Row, role: CurrentRole) -> Reading:
    values = []
    origins = []
    for group, field in row.stored_in:
        facts = role.groups.get(group)
        value = facts.values[field] if facts else None
        values.append(value)
        if facts and (value is not None or field in facts.evidence):
            origins.append(Origin(facts.source, facts.evidence.get(field) or {}))
    return tuple(values), origins if len(origins) < 2 else _distinct(origins)


def _distinct(origins: Sequence[Origin]) -> list[Origin]:
    """No two origins with the same text on the same line: a sentence can give two values of a row."""
    by_place: dict[tuple[Any, str], Origin] = {}
    for origin in origins:
        by_place.setdefault((origin.evidence.get("line"), origin.evidence.get("raw", "")), origin)
    return list(by_place.values())


def _cells(
    rows: Sequence[Row], readings: Sequence[Sequence[Reading]], roles: Sequence[CurrentRole]
) -> list[list[Cell]]:
    """For each row a cell per role. The texts of all values are written in one go."""
    to_write = []
    for row, of_row in zip(rows, readings, strict=True):
        for role, (values, _) in zip(roles, of_row, strict=True):
            has_value = values.count(None) < len(values)
            to_write.append((row.format, (*values, *_years(row, role)) if has_value else ()))
    texts = iter(formats.write_all(to_write))
    cells = []
    for row, of_row in zip(rows, readings, strict=True):
        cells.append([_cell(row, role, reading, next(texts)) for role, reading in zip(roles, of_row, strict=True)])
    return cells


def _cell(row: Row, role: CurrentRole, reading: Reading, text: str | None) -> Cell:
    """`text`: of the values; None where there is nothing to say."""
    values, origins = reading
    if not origins:
        return _absent(role, row)
    if text is None:
        return Cell(None, formats.MISSING, _why_missing(origins), tuple(origins))
    source = origins[0].source
    error = _relative_error(row, role) if row.error else None
    return Cell(
        values if row.fields else values[0],
        text,
        "",
        tuple(origins),
        _doubts(origins, error),
        error,
        source.publisher,
        source.release,
        _years(row, role),
        source.area,
    )


def _relative_error(row: Row, role: CurrentRole) -> Decimal | None:
    """The relative error that the source gives for the row's value, in percent."""
    group, field = STORED_IN[row.error]
    error: Decimal | None = role.groups[group].values[field]
    return error


def _years(row: Row, role: CurrentRole) -> tuple[Any, ...]:
    """The years that the row's figure is of, those of `Row.years`."""
    if not row.years_in:
        return ()
    return tuple([role.groups[group].values[field] if group in role.groups else None for group, field in row.years_in])


def _doubts(origins: Sequence[Origin], error: Decimal | None) -> tuple[str, ...]:
    doubts: dict[str, None] = {}
    for origin in origins:
        for code in origin.evidence.get("warnings") or ():
            doubts[warning_text(code)] = None
    for origin in origins:
        if origin.wider_group:
            doubts[of_wider_group(origin.wider_group)] = None
    if error is not None and is_uncertain(error):
        doubts[uncertain_by(formats.percent(error))] = None
    return tuple(doubts)


def _why_missing(origins: Sequence[Origin]) -> str:
    codes = [origin.evidence.get("missing") for origin in origins]
    for code, text in MISSING_TEXTS.items():
        if code in codes:
            return text
    if any(_is_unclear(origin.evidence) for origin in origins):
        return UNCLEAR
    return NOT_PUBLISHED


def _is_unclear(evidence: Mapping[str, Any]) -> bool:
    return evidence.get("how") == "unread" or bool(evidence.get("candidates") or evidence.get("warnings"))


def _skills(roles: Sequence[CurrentRole]) -> Skills:
    # Of several entries of one skill in a list the first counts.
    by_slug = [{skill.slug: skill for skill in reversed(role.skills)} for role in roles]
    lists = tuple([tuple(role.skills) for role in roles])
    shared: list[SkillMatch] = []
    only: list[list[SkillEntry]] = [[] for _ in roles]
    for slug in dict.fromkeys([skill.slug for skills in lists for skill in skills]):
        entries = tuple([entries.get(slug) for entries in by_slug])
        listed = [entry for entry in entries if entry]
        if len(listed) > 1:
            shared.append(SkillMatch(_spellings(listed), slug, entries))
        else:
            only[entries.index(listed[0])].append(listed[0])
    return Skills(lists, tuple(shared), tuple(map(tuple, only)), tuple(map(_cover, lists)))


def _spellings(entries: Sequence[SkillEntry]) -> str:
    """Every spelling of a skill; those that differ only in capitals count as one."""
    names: dict[str, str] = {}
    for entry in entries:
        names.setdefault(entry.name.casefold(), entry.name)
    return " / ".join(names.values())


def _cover(entries: Sequence[SkillEntry]) -> int | None:
    """Counts a skill that stands in several lists of one page once."""
    skills = {entry.slug: entry for entry in reversed(entries)}.values()
    percents = [skill.percent for skill in skills if skill.percent is not None]
    return sum(percents) if skills and len(percents) == len(skills) else None
