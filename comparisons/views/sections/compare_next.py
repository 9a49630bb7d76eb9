"""Compare next: for each role a few others that a source finds close to it, with their figures."""

from collections.abc import Sequence
from typing import NamedTuple

from comparisons import formats
from comparisons.comparison import Comparison, Side
from comparisons.links import address
from comparisons.queries.occupation_lists import RelatedEntry
from comparisons.titles import in_prose, write_before_or

# How many related occupations are named for each role, by how many roles the page has.
MOST_NAMED = {1: 6, 2: 3, 3: 2, 4: 2}


class NextPair(NamedTuple):
    """The comparison of a role of the page with another: its address and its question, whose "or" stands between `role`
    and `other`. `figures`: of the other role."""

    address: str
    role: str
    other: str
    figures: str


class NextList(NamedTuple):
    letter: str
    name: str
    pairs: Sequence[NextPair]


class NextSection(NamedTuple):
    lists: Sequence[NextList]
    sources: Sequence[str]


def build_next_section(comparison: Comparison, query: str) -> NextSection | None:
    """None where no source names any. `query`: what links keep."""
    slugs = {side.slug for side in comparison.sides}
    lists = []
    sources: dict[str, None] = {}
    for side in comparison.sides:
        others = [entry for entry in side.role.related if entry.slug not in slugs]
        if others:
            nearest = others[: MOST_NAMED[len(comparison.sides)]]
            lists.append(NextList(side.letter, in_prose(side.title), _pair_with(side, nearest, query)))
            sources[side.list_sources["related"].short] = None
    return NextSection(lists, list(sources)) if lists else None


def _pair_with(side: Side, others: Sequence[RelatedEntry], query: str) -> list[NextPair]:
    addresses = [address("comparison", side.slug, other.slug) + query for other in others]
    names = [in_prose(other.title) for other in others]
    roles = [write_before_or(side.title, name) for name in names]
    figures = [formats.figures_of_occupation(other.median, other.jobs, other.growth) for other in others]
    return list(map(NextPair, addresses, roles, names, figures))


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
            figures = formats.figures_of_occupation(entry.median, entry.jobs, entry.growth)
            closest.append(ClosestOccupation(side.letter, side.title, entry.title, where, figures))
    return closest
