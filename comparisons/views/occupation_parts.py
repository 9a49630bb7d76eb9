"""Related occupations and fields of study as templates need them: what several roles share, and what each has alone."""

from collections.abc import Callable, Sequence
from typing import Generic, NamedTuple, TypeVar

from comparisons.comparison import Comparison, SharedLists
from comparisons.language import messages
from comparisons.links import address
from comparisons.queries.occupation_lists import MajorEntry, RelatedEntry
from comparisons.queries.roles import MOST_ROLES

# How many entries of a list are shown at once, and how many more can be unfolded. Files hold the rest.
MOST_SHOWN, MOST_FOLDED = 8, 40

Entry = TypeVar("Entry")
Shown = TypeVar("Shown")


class LinkedRole(NamedTuple):
    """A related occupation. `letter`: that of the role on the page that it is; "" for any other, which has addresses.

    `compare`: the address of a comparison with it; "" where the page is full.
    """

    title: str
    letter: str
    address: str
    compare: str


class FieldOfStudy(NamedTuple):
    name: str
    cip: str


class FoldedList(NamedTuple, Generic[Shown]):
    """A list of which the first entries are shown, and others at the reader's wish. `left_out`: how many more there
    are."""

    shown: list[Shown]
    folded: list[Shown]
    left_out: int


def fold(entries: Sequence[Shown], most_shown: int = MOST_SHOWN, most_folded: int = MOST_FOLDED) -> FoldedList[Shown]:
    """Folding one or two entries saves no room.

    >>> fold([1, 2, 3, 4], 2, 1), fold([1, 2, 3], 2, 1)
    (FoldedList(shown=[1, 2], folded=[3], left_out=1), FoldedList(shown=[1, 2, 3], folded=[], left_out=0))
    """
    if len(entries) <= most_shown + min(2, most_folded):
        return FoldedList(list(entries), [], 0)
    folded = list(entries[most_shown : most_shown + most_folded])
    return FoldedList(list(entries[:most_shown]), folded, len(entries) - most_shown - len(folded))


class EntryBlock(NamedTuple, Generic[Shown]):
    """Entries under one heading. `letter`: of the role that alone has them; "" for those that several have."""

    letter: str
    heading: str
    entries: FoldedList[Shown]


class ListSource(NamedTuple):
    """A source of the lists."""

    page: int
    name: str


class EntryPart(NamedTuple, Generic[Shown]):
    blocks: list[EntryBlock[Shown]]
    places: list[ListSource]


def occupation_parts(
    comparison: Comparison, query: str = ""
) -> dict[str, EntryPart[LinkedRole] | EntryPart[FieldOfStudy] | None]:
    """List -> its blocks; None where no source gives the list for any role. `query`: what links keep."""
    letters = {side.slug: side.letter for side in comparison.sides}
    slugs = list(letters)

    def link(entry: RelatedEntry) -> LinkedRole:
        is_room = len(slugs) < MOST_ROLES and entry.slug not in letters
        compare = address("comparison", *slugs, entry.slug) + query if is_room else ""
        return LinkedRole(entry.title, letters.get(entry.slug, ""), address("role", entry.slug) + query, compare)

    def name(entry: MajorEntry) -> FieldOfStudy:
        return FieldOfStudy(entry.name, entry.cip)

    return {
        "related": _part(comparison, "related", comparison.related, link),
        "majors": _part(comparison, "majors", comparison.majors, name),
    }


def _part(
    comparison: Comparison, group: str, lists: SharedLists[Entry], show: Callable[[Entry], Shown]
) -> EntryPart[Shown] | None:
    if not any(lists.lists):
        return None
    blocks = []
    if lists.shared:
        everyone = messages.EVERYONE[2] if len(comparison.sides) == 2 else messages.SEVERAL
        blocks.append(_block("", everyone.capitalize(), lists.shared, show))
    for side, entries in zip(comparison.sides, lists.only, strict=True):
        if entries:
            heading = side.title if len(comparison.sides) > 1 else ""
            blocks.append(_block(side.letter, heading, entries, show))
    sources = {side.list_sources[group] for side in comparison.sides if group in side.list_sources}
    places = [ListSource(source.pk, source.short) for source in sorted(sources, key=lambda source: source.pk)]
    return EntryPart(blocks, places)


def _block(letter: str, heading: str, entries: Sequence[Entry], show: Callable[[Entry], Shown]) -> EntryBlock[Shown]:
    listed = fold(entries)
    shown, folded = ([show(entry) for entry in part] for part in (listed.shown, listed.folded))
    return EntryBlock(letter, heading, FoldedList(shown, folded, listed.left_out))
