"""Compare next: for each role a few others that a source finds close to it or compares with it, with their figures."""

from collections.abc import Sequence
from typing import NamedTuple

from careers.names import gathers_the_rest
from comparisons import formats
from comparisons.comparison import Comparison, Side
from comparisons.language.messages.figure_origins import name_publisher, write_month
from comparisons.links import address
from comparisons.queries.occupation_lists import PageMate, RelatedEntry, find_figures_source
from comparisons.titles import capitalize, in_prose, write_before_or

# How many related occupations are named for each role, by how many roles the page has.
MOST_NAMED = {1: 6, 2: 3, 3: 2, 4: 2}
# How many that a page sets beside it are named for each role: a comparison of two pages has no room for more bytes.
MATES_OF_EACH = 1


class NextPair(NamedTuple):
    """The comparison of a role of the page with another: its address and its question, whose "or" stands between `role`
    and `other`. `figures`: of the other role."""

    address: str
    role: str
    other: str
    figures: str


class NextList(NamedTuple):
    letter: str
    heading: str
    pairs: Sequence[NextPair]


class NextSection(NamedTuple):
    """`sources` of related occupations, and whose their `figures` are, in words. `publishers` whose pages set the roles
    of the page beside others."""

    lists: Sequence[NextList]
    sources: Sequence[str]
    publishers: Sequence[str]
    figures: str


def build_next_section(comparison: Comparison, query: str) -> NextSection | None:
    """None where no source names any. `query`: what links keep."""
    slugs = {side.slug for side in comparison.sides}
    most_related = MOST_NAMED[len(slugs)]
    most_mates = MATES_OF_EACH if len(slugs) > 1 else 0  # the page of a role names more, at another place
    lists = []
    sources: dict[str, None] = {}
    publishers: dict[str, None] = {}
    for side in comparison.sides:
        related = [entry for entry in _order_related(side.role.related) if entry.slug not in slugs][:most_related]
        mates = [mate for mate in side.role.mates if mate.slug not in slugs][:most_mates]
        if related:
            lists.append(_list_pairs("Close to", side, related, query))
            sources[side.list_sources["related"].short] = None
        elif mates:
            lists.append(_list_pairs("Compared with", side, mates, query))
            publishers |= dict.fromkeys(mate.publisher for mate in mates)
    if not lists:
        return None
    if not sources:  # each has one pair, whose words begin with the role
        lists = [listed._replace(heading="") for listed in lists]
    return NextSection(lists, list(sources), list(publishers), name_figures(comparison) if sources else "")


def _order_related(related: Sequence[RelatedEntry]) -> list[RelatedEntry]:
    """The closest tier first, and in a tier the jobs that most people have: most readers can choose those. Without what
    gathers the rest of a field, which nobody chooses."""
    jobs = [entry for entry in related if not gathers_the_rest(entry.title)]
    tiers = list(dict.fromkeys(entry.tier for entry in related))
    return sorted(jobs, key=lambda entry: (tiers.index(entry.tier), -(entry.jobs or 0)))


def _list_pairs(heading: str, side: Side, others: Sequence[RelatedEntry | PageMate], query: str) -> NextList:
    """`heading`: what comes before the name of the role."""
    pairs = [_pair_with(side, other, query) for other in others]
    return NextList(side.letter, f"{heading} {in_prose(side.title)}", pairs)


def name_figures(comparison: Comparison) -> str:
    """Whose the figures of other occupations are."""
    source = find_figures_source(comparison.revision)
    if source is None:
        return "median pay, number of jobs and projected growth as their own pages give them"
    publisher, month, *years = source
    whole = " in the whole country" if any(side.role.area for side in comparison.sides) else ""
    growth = f"projected growth {formats.shorten_span(*years)}"
    return f"median pay and number of jobs{whole} in {write_month(month)} and {growth} by {name_publisher(publisher)}"


def _pair_with(side: Side, other: RelatedEntry | PageMate, query: str) -> NextPair:
    name = in_prose(other.title)
    where = address("comparison", side.slug, other.slug) + query
    return NextPair(where, write_before_or(capitalize(in_prose(side.title)), name), name, _write_figures(other))


def _write_figures(other: RelatedEntry | PageMate) -> str:
    if isinstance(other, PageMate):
        return formats.figures_of_role(other.average, other.jobs)
    return formats.figures_of_occupation(other.median, other.jobs, other.growth)


class ClosestOccupation(NamedTuple):
    """The official occupation that a person found closest to a role of the page. `address`: of its page."""

    letter: str
    role: str
    name: str
    address: str
    figures: str


def list_closest_occupations(comparison: Comparison, query: str) -> list[ClosestOccupation]:
    closest = []
    for side in comparison.sides:
        entry = side.role.closest
        if entry is not None:
            where = address("role", entry.slug) + query
            closest.append(ClosestOccupation(side.letter, side.title, entry.title, where, _write_figures(entry)))
    return closest
