"""What a comparison is made of: roles, sections, lines and cells, as plain data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Generic, NamedTuple, TypeVar

from comparisons.comparison.official_skills import OfficialSkills
from comparisons.queries.current_role import CitedPage, CurrentRole, SkillEntry
from comparisons.queries.group_figures import SharedValue
from comparisons.queries.occupation_lists import MajorEntry
from comparisons.rows import Row, RowSection


class Origin(NamedTuple):
    """Where a value is found, and how it was read.

    `evidence` may hold `line`, `raw` and `candidates`, and `how` and `warnings` as codes. In a table `line` is the row,
    `column` its column, `sheet` the table of a file or release, and `code` that of the occupation of the row. `agrees`:
    how many other `pages` give the same value, of how many other `sources`. `differs`: who gives another value, each a
    mapping with `publisher` and `value`. `missing`: the code of the source's own reason for giving no value.
    `mean_of`: of how many rows the value is the mean. `wider_group`: of which group of occupations it is.
    """

    source: CitedPage
    evidence: Mapping[str, Any]


class Cell(NamedTuple):
    """One role's value in one line.

    `value`: as stored, a tuple where the row reads several keys, None where it is missing. `text`: the value for
    readers, "—" when missing, and then `missing` says why. `doubts`: in words, what to know before relying on it.
    `error`: the relative error in percent that the source gives for it. `publisher`: "" where the value is missing.
    `release`: the month that the value is of, in words; "" where it is missing or its source does not say.
    `years`: what it is of; figures of different years are not compared. `area`: as on its page, "in California".
    `contradicted`: its source disagrees with itself on it. `is_solid`: a lead may be built on it: its error is small
    and its source agrees with itself.
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
    contradicted: bool = False
    is_solid: bool = False


class ComparisonLine(NamedTuple):
    """One row of the registry applied to the roles.

    `differences`: one for each role after the first, with sign and unit. For two roles it is the first minus the
    second, for more each minus the first; "" where there is none. `difference`: that of two roles, else "".
    `complete`: every role has a value. `like_for_like`: all values are of one publisher, release and place, and for the
    same years. `same`: every role has the same value. `empty`: no role has a value, and no page
    has anything a reader could look at.
    `publishers` and `releases`: of the values, the latter with "" for values without a month; pages mark differences
    between several of either.
    """

    row: Row
    cells: tuple[Cell, ...]
    differences: tuple[str, ...]
    difference: str
    complete: bool
    like_for_like: bool
    same: bool
    empty: bool
    publishers: tuple[str, ...]
    releases: tuple[str, ...] = ("",)


@dataclass(frozen=True, slots=True)
class SectionLines:
    """A section of the registry, with those of its lines for which any source has something.

    `informative`: lines with something to show that is not the same for every role.
    """

    section: RowSection
    lines: tuple[ComparisonLine, ...]
    informative: tuple[ComparisonLine, ...]


class SkillMatch(NamedTuple):
    """A skill on two lists or more: one entry per role, None where the role does not list it. `name` holds every
    spelling, where an admin joined several."""

    name: str
    entries: tuple[SkillEntry | None, ...]


@dataclass(frozen=True, slots=True)
class ComparedSkills:
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
class ComparedLists(Generic[Entry]):
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

    `title`: its short name where it has one. `people`: those who do the work, as a sentence names them."""

    index: int
    letter: str
    marker: str
    title: str
    people: str
    slug: str
    summary: Cell
    list_sources: Mapping[str, CitedPage]
    sources: tuple[CitedPage, ...]
    official: bool
    absent: Cell
    pay_time: str
    cut_lists: Mapping[str, str]
    role: CurrentRole

    @property
    def marked_title(self) -> str:
        return f"{self.marker}\N{NO-BREAK SPACE}{self.title}"


@dataclass(frozen=True, slots=True)
class Comparison:
    """`sections`: slug -> section. `lines`: those of all sections. `by_key`: each line by its row's key and by every
    vocabulary key it reads; `complete` are those in which every role has a value, and `differing` those in which a role
    has one and not all have the same. `published`: for each role the cells with a value, by the same keys.
    `all_jobs`: key of a row -> the figure of all jobs that can stand beside every figure in it."""

    sides: tuple[Side, ...]
    sections: Mapping[str, SectionLines]
    lines: tuple[ComparisonLine, ...]
    by_key: Mapping[str, ComparisonLine]
    complete: Mapping[str, ComparisonLine]
    differing: Mapping[str, ComparisonLine]
    published: Sequence[Mapping[str, Cell]]
    skills: ComparedSkills
    majors: ComparedLists[MajorEntry]
    official_skills: OfficialSkills
    sources: tuple[CitedPage, ...]
    revision: int
    all_jobs: Mapping[str, Cell]

    def shared_values(self) -> list[SharedValue]:
        """The value of each line in which all roles have the same, from one release of one publisher.

        Those of a state are left out: all stored roles are counted in the whole country.
        """
        shared = []
        for line in self.lines:
            first = line.cells[0]
            if line.same and len(line.publishers) == len(line.releases) == 1 and not first.area:
                shared.append(SharedValue(line.row, first.origins[0].source, first.value))
        return shared
