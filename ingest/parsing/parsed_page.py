"""What a page says, and what was noticed while it was read: plain frozen values, no Django, no database."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from ingest.parsing.evidence import Evidence
from ingest.parsing.role_facts import RoleFacts

Layout = Literal["pipe", "run-together", "guide", "table", "plain-table"]
NameKind = Literal["company", "industry", "major", "college"]


@dataclass(frozen=True, slots=True)
class PageWarning:
    """Something that an admin should know. `field` and `role` (a title) are set if it concerns one value."""

    code: str
    line: int
    message: str
    field: str | None = None
    role: str | None = None


@dataclass(frozen=True, slots=True)
class AmbiguousValue:
    """A value with several readings or no certain one. It stays raw, and None until a person chooses.

    The candidates of the two roles of a pair belong together: reading i gives each role its candidate i.
    A candidate of None means "not published".
    """

    field: str
    role: str
    raw: str
    line: int
    candidates: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class UnreadLine:
    """A line that no rule could read."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class LearnedName:
    """A name in a cell of its own, by which run-together cells on other pages can be split."""

    kind: NameKind
    name: str


@dataclass(frozen=True, slots=True)
class AreaPriceFact:
    """The price level of a state in a year: 100 is that of the United States. It concerns no role."""

    state: str
    fips: str
    year: int
    price_level: Decimal
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class AllJobsFact:
    """One figure of all jobs together. `key`: that of the same figure of a role. It concerns no role."""

    key: str
    value: Decimal
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedPage:
    """One page, read. The parts of the citation are set if the page states them.

    `figures_of`: the first day of the month or year that the figures describe. `cut_line`: the line in which the file
    stops. `joins_occupations`: the page only adds to official occupations that another table has, and creates none.
    `release`: the publisher's name for its release, such as 2024–34. `compiled_as`: the one file that holds its
    compiled facts, without the ending; "" means a file for each group, named after it. `columns`: field of an entry of
    a list -> the column that gives it, where the evidence of an entry names several columns at once. `area_prices`:
    facts of states, `all_jobs`: figures of all jobs; a page may have these and no role.
    """

    layout: Layout
    publisher: str
    roles: tuple[RoleFacts, ...]
    title: str | None = None
    url: str | None = None
    licence: str | None = None
    licence_url: str | None = None
    figures_of: date | None = None
    warnings: tuple[PageWarning, ...] = ()
    ambiguous: tuple[AmbiguousValue, ...] = ()
    unread: tuple[UnreadLine, ...] = ()
    learned: tuple[LearnedName, ...] = ()
    cut_line: int | None = None
    joins_occupations: bool = False
    release: str = ""
    compiled_as: str = ""
    attribution: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    area_prices: tuple[AreaPriceFact, ...] = ()
    all_jobs: tuple[AllJobsFact, ...] = ()


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What other pages and people have said, which can settle what is ambiguous on a page.

    `names`: kind -> names as spelled. `figures`: (title key, vocabulary key) -> values that other pages of the
    publisher give for certain. `choices`: (title key, vocabulary key or entry of a list) -> the text that a person
    chose for this page, None for "not published". `chosen_lines`: the same -> the line on which it stands, for values
    for which nothing was read.
    """

    names: Mapping[str, frozenset[str]] = field(default_factory=dict)
    figures: Mapping[tuple[str, str], frozenset[Any]] = field(default_factory=dict)
    choices: Mapping[tuple[str, str], str | None] = field(default_factory=dict)
    chosen_lines: Mapping[tuple[str, str], int] = field(default_factory=dict)


def make_figures_of_all_jobs(values: Mapping[str, Any], evidence: Mapping[str, Evidence]) -> tuple[AllJobsFact, ...]:
    """The figures among the values of a row about all jobs, both by vocabulary key.

    >>> cell = Evidence(2, "50980", "cell", column="A_MEDIAN")
    >>> make_figures_of_all_jobs({"salary.annual_median": 50980}, {"salary.annual_median": cell})[0].value
    Decimal('50980')
    """
    figures = []
    for key, value in values.items():
        if isinstance(value, int | Decimal):
            figures.append(AllJobsFact(key, Decimal(value), evidence[key]))
    return tuple(figures)
