"""Getting in: what is asked, what people who do the work have, and which majors lead to it."""

from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

from comparisons.comparison import Comparison
from comparisons.language.parts import Part
from comparisons.language.verdict.entry_findings import (
    find_attainment,
    find_majors,
    find_way_in,
    find_way_in_of_some,
    write_entry,
)
from comparisons.links import page_address
from comparisons.rows import note_anchor
from comparisons.titles import lower_title
from comparisons.views.sections.cited_sources import cite_lines, cite_pages
from comparisons.views.sections.columns import NameColumns, name_columns, name_roles_with_lists
from comparisons.views.sections.origins import OriginEntry, OriginNote, cite_place, name_sources_once, write_list_place
from comparisons.views.sections.rungs import (
    Rungs,
    WordRows,
    build_share_rungs,
    build_word_rows,
    describe_absent,
    describe_doubts,
    find_sides_with_values,
)

# Level of education -> its line in the drawing, from the top down.
_LEVELS = {
    "attainment.doctoral_or_professional": "Doctoral or professional",
    "attainment.master": "Master’s degree",
    "attainment.bachelor": "Bachelor’s degree",
    "attainment.associate": "Associate’s degree",
    "attainment.some_college": "Some college, no degree",
    "attainment.high_school": "High school diploma",
    "attainment.less_than_high_school": "No high school diploma",
}
# How many majors are named at once, and how many are folded.
_MOST_MAJORS = (5, 10)


class AttainmentTable(NamedTuple):
    """`finding`: the heading, None where too little is known. `caption`: which people and which years the shares
    cover. `notes`: what to know of them."""

    finding: Sequence[Part] | None
    caption: str
    rungs: Rungs
    notes: Sequence[str]


class EntrySection(NamedTuple):
    """`finding`: the heading, None where too little is known. `rows`: what is asked, without what is the same for
    all. `majors`: None where no source names any."""

    finding: Sequence[Part] | None
    rows: WordRows | None
    attainment: AttainmentTable | None
    majors_finding: Sequence[Part] | None
    majors: NameColumns | None
    sources: Sequence[str]


def build_entry_section(comparison: Comparison) -> EntrySection | None:
    """None where nothing is known, or all of it is the same for all roles."""
    are_several = len(comparison.sides) > 1
    requirements = comparison.sections["entry"].informative
    attainment = _build_attainment(comparison)
    majors = _build_majors(comparison)
    if not requirements and attainment is None and majors is None:
        return None
    sources = cite_lines([*comparison.sections["entry"].lines, *comparison.sections["attainment"].lines])
    if majors:
        sources += cite_pages([side.list_sources.get("majors") for side in comparison.sides])
    way_in = majors_finding = None
    if are_several:
        way_in = find_way_in(comparison) or write_entry(comparison) or find_way_in_of_some(comparison)
        of_some = name_roles_with_lists(comparison.sides, comparison.majors.lists, "Majors are named")
        majors_finding = find_majors(comparison) or of_some
    rows = build_word_rows("What is asked", comparison.sides, requirements)
    return EntrySection(way_in, rows, attainment, majors_finding, majors, list(dict.fromkeys(sources)))


def _build_attainment(comparison: Comparison) -> AttainmentTable | None:
    section = comparison.sections["attainment"]
    if not section.informative:
        return None
    rows = [(label, comparison.by_key[key]) for key, label in _LEVELS.items() if key in comparison.by_key]
    sides_with_shares = find_sides_with_values(comparison.sides, section.lines)
    rungs = build_share_rungs("Education of people who do the work", "Highest level", sides_with_shares, rows)
    if rungs is None:
        return None
    years = dict.fromkeys(chain.from_iterable(line.releases for line in section.lines))
    caption = ", ".join(filter(None, ["People aged 25 and over who do the work", *years]))
    notes = describe_doubts(sides_with_shares, section.lines)
    notes += describe_absent(comparison.sides, sides_with_shares, "Education of people at work")
    return AttainmentTable(
        find_attainment(comparison) if len(comparison.sides) > 1 else None, f"{caption}.", rungs, notes
    )


def _build_majors(comparison: Comparison) -> NameColumns | None:
    if not any(comparison.majors.lists):
        return None
    return name_columns(
        comparison.sides,
        comparison.majors,
        lambda major: simplify_major(major.name),
        _MOST_MAJORS,
        note_anchor("majors"),
        lambda major: f"{page_address('roles')}?major={major.cip}",
    )


def build_majors_note(comparison: Comparison) -> list[OriginNote]:
    """Where the majors are found in their table, by the first and the last of each role."""
    entries = []
    for side, listed in zip(comparison.sides, comparison.majors.lists, strict=True):
        source = side.list_sources.get("majors")
        if listed and source is not None:
            place = cite_place(write_list_place("majors", listed), source)
            entries.append(OriginEntry(side.letter, side.title, [place]))
    return [OriginNote(note_anchor("majors"), "Majors", name_sources_once(entries))] if entries else []


def simplify_major(name: str) -> str:
    """
    >>> simplify_major("Computer Programming/Programmer, General"), simplify_major("Design and Visual Arts, Other")
    ('computer programming/programmer', 'design and visual arts (other)')
    >>> simplify_major("Computer Sciences,  Other")  # the publisher's second blank
    'computer sciences (other)'
    """
    name = " ".join(name.split())
    if name.endswith(", Other"):
        return f"{lower_title(name.removesuffix(', Other'))} (other)"
    return lower_title(name.removesuffix(", General"))
