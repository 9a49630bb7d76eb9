"""Skills as pages list them: what one list has alone, what several share, and what lists do not say."""

from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

from careers.vocabulary import HOW, SAMPLE_TEXT
from comparisons import formats
from comparisons.comparison import Comparison, SharedLists, SkillMatch
from comparisons.language.messages import absent_values
from comparisons.language.parts import Part, Sentence
from comparisons.language.skills_in_lists import tells_more_than_columns, write_coverage, write_moves
from comparisons.language.verdict.skill_findings import find_listed_skills
from comparisons.queries.current_role import SkillEntry
from comparisons.titles import capitalize, spell_skill
from comparisons.views.sections.columns import NameColumns, name_columns, name_roles_with_lists
from comparisons.views.sections.origins import OriginEntry, OriginNote, cite_place, write_span

# How many skills of a list are shown at once, and how many are folded.
_MOST_SKILLS = (8, 60)


class ListedSkills(NamedTuple):
    """`finding`: the heading, None where too little is known. `moves`: what a move from one role to another adds, where
    the columns do not say it. `coverage`: how much of the whole each list covers. `cut`: what copies that were cut do
    not hold."""

    finding: Sequence[Part] | None
    columns: NameColumns
    moves: Sequence[Sentence]
    coverage: Sequence[Sentence]
    cut: Sequence[str]


def build_listed_skills(comparison: Comparison) -> ListedSkills | None:
    """None where no page lists any."""
    skills, sides = comparison.skills, comparison.sides
    if not any(skills.lists):
        return None
    shared = tuple([_write_shared_name(comparison, match) for match in skills.shared])
    lists = tuple([tuple([entry.name for entry in entries]) for entries in skills.lists])
    only = tuple([tuple(map(_write_with_share, entries)) for entries in skills.only])
    columns = name_columns(sides, SharedLists(lists, shared, only), str, _MOST_SKILLS, "skills")
    moves = write_moves(comparison) if tells_more_than_columns(comparison) else []
    finding = find_listed_skills(comparison) if len(sides) > 1 else None
    return ListedSkills(
        finding or name_roles_with_lists(sides, skills.lists, "Skills are listed"),
        columns,
        moves,
        _describe_coverage(comparison),
        cut_lists_of_skills(comparison),
    )


def _describe_coverage(comparison: Comparison) -> list[Sentence]:
    lists = [entries for entries in comparison.skills.lists if entries]
    if any(entry.percent is not None for entry in chain.from_iterable(lists)):
        return write_coverage(comparison)
    counts = [formats.plain(len({entry.slug for entry in entries})) for entries in lists]
    if len(lists) == 1:
        words = f"A list of {counts[0]} skills without shares: how much of the work it covers"
    elif len(set(counts)) == 1:
        words = f"Lists of {counts[0]} skills each, without shares: how much of the work they cover"
    else:
        words = f"Lists of {formats.listed(counts)} skills without shares: how much of the work they cover"
    return [(Part(f"{words} is not published"),)]


def cut_lists_of_skills(comparison: Comparison) -> list[str]:
    sentences = []
    for side in comparison.sides:
        if "skills" in side.cut_lists:
            sentence = absent_values.cut_list("skills", side.cut_lists["skills"])
            sentences.append(f"{side.marked_title}: {sentence}")
    return sentences


def _write_with_share(entry: SkillEntry) -> str:
    name = capitalize(spell_skill(entry.name))
    return name if entry.percent is None else f"{name} {entry.percent}%"


def _write_shared_name(comparison: Comparison, match: SkillMatch) -> str:
    """A skill with its share in each list, or of more than two roles with the markers of those that list it."""
    listing = [(side, entry) for side, entry in zip(comparison.sides, match.entries, strict=True) if entry]
    name = capitalize(spell_skill(match.name))
    if len(comparison.sides) == 2 and all(entry.percent is None for _, entry in listing):
        return name
    places = []
    for side, entry in listing:
        share = "" if entry.percent is None else f"\N{NO-BREAK SPACE}{entry.percent}%"
        places.append(f"{side.marker}{share}")
    return f"{name} {' '.join(places)}"


def build_skills_note(comparison: Comparison) -> list[OriginNote]:
    """Where the lists are found on their pages."""
    entries = []
    for side, listed in zip(comparison.sides, comparison.skills.lists, strict=True):
        source = side.list_sources.get("skills")
        if source is not None:
            places = chain.from_iterable([entry.evidence.values() for entry in listed])
            lines = write_span("line", [place.get("line") for place in places])
            whose = SAMPLE_TEXT if source.sample else HOW["text"]
            text = f"{lines}, {whose}," if lines else ""
            entries.append(OriginEntry(side.letter, side.title, [cite_place(text, source)]))
    return [OriginNote("skills", "Skills listed", entries)] if entries else []
