"""All that is known of skills: ratings, what pages list, and technology."""

from collections.abc import Sequence
from operator import attrgetter
from typing import NamedTuple

from careers.vocabulary import GROUPS
from comparisons.comparison import Comparison, share_lists
from comparisons.language.parts import Part
from comparisons.language.verdict.skill_findings import find_technology
from comparisons.queries.current_role import CitedPage
from comparisons.views.sections.cited_sources import cite_pages
from comparisons.views.sections.columns import NameColumns, name_columns, name_roles_with_lists
from comparisons.views.sections.listed_skills import ListedSkills, build_listed_skills, cut_lists_of_skills
from comparisons.views.sections.needed_skills import NeededSkills, build_needed_skills
from comparisons.views.sections.rungs import describe_absent

# How many programs are named at once, and how many are folded.
_MOST_PROGRAMS = (8, 16)


class Software(NamedTuple):
    """`finding`: the heading, None where too little is known."""

    finding: Sequence[Part] | None
    columns: NameColumns
    sources: Sequence[str]
    absent: Sequence[str]


class SkillsSection(NamedTuple):
    """`subject`: what the section is about. `cut`: what copies that were cut do not hold, where no page lists any."""

    subject: str
    sources: Sequence[str]
    needed: NeededSkills | None
    listed: ListedSkills | None
    software: Software | None
    cut: Sequence[str]


def build_skills_section(comparison: Comparison) -> SkillsSection | None:
    needed, listed = build_needed_skills(comparison), build_listed_skills(comparison)
    programs = build_software(comparison)
    cut = [] if listed else cut_lists_of_skills(comparison)
    if not (needed or listed or programs or cut):
        return None
    pages: list[CitedPage | None] = []
    for group in ("skills", "rated_skills", "knowledge"):
        pages += [side.list_sources.get(group) for side in comparison.sides]
    subject = "As their pages list them." if len(comparison.sides) > 1 else "As its page lists them."
    if needed:
        subject = "How important each is in the job."
    return SkillsSection(subject, cite_pages(pages), needed, listed, programs, cut)


# -- technology --------------------------------------------------------------------------------


def build_software(comparison: Comparison) -> Software | None:
    """None where no role has a list."""
    lists = comparison.official.technology
    if not any(lists):
        return None
    sides_with_lists = [side for side in comparison.sides if lists[side.index]]
    # What job ads ask for most comes first.
    ordered = [sorted(entries, key=lambda entry: (not entry.in_demand, not entry.hot)) for entries in lists]
    shared = share_lists(ordered, attrgetter("slug"))
    columns = name_columns(
        comparison.sides, shared, lambda entry: shorten_program(entry.name), _MOST_PROGRAMS, "technology"
    )
    sources = cite_pages([side.list_sources.get("technology") for side in sides_with_lists])
    finding = find_technology(comparison) if len(comparison.sides) > 1 else None
    return Software(
        finding or name_roles_with_lists(comparison.sides, lists, "Programs are named"),
        columns,
        sources,
        describe_absent(comparison.sides, sides_with_lists, GROUPS["technology"]),
    )


def shorten_program(name: str) -> str:
    """Without a word that says nothing, and with an abbreviation in brackets.

    >>> shorten_program("Microsoft Office software"), shorten_program("Structured query language SQL")
    ('Microsoft Office', 'Structured query language (SQL)')
    >>> [shorten_program(name) for name in ("Amazon Web Services AWS software", "IBM SPSS Statistics", "C")]
    ['Amazon Web Services (AWS)', 'IBM SPSS Statistics', 'C']
    """
    *words, last = name.removesuffix(" software").split(" ")
    initials = "".join([word[0] for word in words if word[:1].isalpha()]).upper()
    if len(last) > 1 and last == initials:
        return f"{' '.join(words)} ({last})"
    return " ".join([*words, last])
