"""Notes on where the figures of a page stand. Each figure opens the note of its row."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from careers.vocabulary import OFFICIAL_KINDS
from comparisons.comparison import Comparison, Side
from comparisons.language.list_places import place_of_list
from comparisons.queries.roles import RatedEntry, TechnologyEntry
from comparisons.views.tables import OriginText, TableRow


class OriginEntry(NamedTuple):
    """What stands of one role, or with the letter "" of all. `text`: its figure. A place without the anchor of a source
    is of the one that the next entry names."""

    letter: str
    text: str
    places: Sequence[OriginText]
    doubts: Sequence[str] = ()


class OriginNote(NamedTuple):
    """`anchor`: figures that open the note name it. `remarks`: what to know of all of its figures, each a sentence."""

    anchor: str
    title: str
    entries: Sequence[OriginEntry]
    remarks: Sequence[str] = ()


def notes_of_rows(table_rows: Iterable[TableRow]) -> list[OriginNote]:
    """A note for each row that has an origin."""
    notes = []
    for row in table_rows:
        entries = []
        for cell in row.cells:
            if cell.origins:
                entries.append(OriginEntry(cell.letter, cell.missing or cell.text, cell.origins, cell.doubts))
        if entries:
            notes.append(OriginNote(row.anchor, row.label, _name_sources_once(entries), row.notes))
    return notes


def _name_sources_once(entries: Sequence[OriginEntry]) -> list[OriginEntry]:
    """Of entries that follow one another and are of one source, the last alone names it."""
    named = []
    following = ""
    for entry in reversed(entries):
        *before, (text, anchor, _) = entry.places
        if anchor == following:
            entry = entry._replace(places=[*before, (text, "", "")])
        following = anchor
        named.append(entry)
    return named[::-1]


# Group -> the title of the note on its entries.
_LISTS = {"rated_skills": "Skills, rated", "knowledge": "Knowledge, rated", "technology": "Technology"}
_ROUNDED = "The table of all figures has each as published; drawings round to one place."
_LIST_REMARKS = {"rated_skills": (_ROUNDED,), "knowledge": (_ROUNDED,)}


def notes_of_ratings(comparison: Comparison) -> list[OriginNote]:
    """One note for each list of ratings or technology: its entries stand in one table of their source."""
    notes = []
    for group, title in _LISTS.items():
        entries = []
        for side, source in zip(comparison.sides, comparison.official.sources[group], strict=True):
            if source is not None:
                place = place_of_list(group, _entries(side, group))
                entries.append(OriginEntry(side.letter, side.title, [(place, source.anchor, source.short)]))
        if entries:
            notes.append(OriginNote(group.replace("_", "-"), title, entries, _LIST_REMARKS.get(group, ())))
    return notes


def _entries(side: Side, group: str) -> Sequence[RatedEntry] | Sequence[TechnologyEntry]:
    """In the order of the source."""
    if group == "technology":
        return side.role.technology
    return [entry for entry in side.role.ratings if OFFICIAL_KINDS[entry.kind] == group]
