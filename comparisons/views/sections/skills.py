"""All that is known of skills: ratings, what pages list, and technology."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import chain
from operator import attrgetter
from typing import NamedTuple

from careers.vocabulary import GROUPS, HOW, OFFICIAL_KINDS, SAMPLE_TEXT
from comparisons import formats
from comparisons.charts.lanes import DENSE, EDGES, Axis, draw_axis, draw_rung
from comparisons.comparison import ComparedLists, Comparison, Side, SkillMatch, compare_lists
from comparisons.comparison.official_skills import NEEDED, Need
from comparisons.language.messages import absent_values
from comparisons.language.messages.absent_values import EVERYONE
from comparisons.language.parts import Part, Sentence
from comparisons.language.plain_skills import simplify_field, simplify_skill
from comparisons.language.skills_in_lists import tells_more_than_columns, write_coverage, write_moves
from comparisons.language.verdict.skill_findings import find_listed_skills, find_rated_skills, find_technology
from comparisons.queries.current_role import CitedPage, SkillEntry
from comparisons.rows import note_anchor
from comparisons.thresholds import STANDS_OUT, STANDS_OUT_IN_KNOWLEDGE
from comparisons.titles import add_article, capitalize, is_plural, spell_skill
from comparisons.views.sections.cited_sources import cite_pages
from comparisons.views.sections.columns import NameColumns, name_columns, name_roles_with_lists
from comparisons.views.sections.figure_lines import FigureCell
from comparisons.views.sections.origins import OriginEntry, OriginNote, cite_place, name_sources_once, write_span
from comparisons.views.sections.rungs import Rung, RungGroup, RungHeading, Rungs, describe_absent

# How many programs are named at once, and how many are folded.
_MOST_PROGRAMS = (8, 8)


class Software(NamedTuple):
    """`finding`: the heading, None where too little is known."""

    finding: Sequence[Part] | None
    columns: NameColumns
    sources: Sequence[str]
    absent: Sequence[str]


class NeededSkills(NamedTuple):
    """`finding`: the heading, None where too little is known. `rungs`: None where no skill sets the roles apart, or
    only one of them is rated. `note`: which skills are drawn. `common`: what all rated roles need, or what a single
    rated one needs most. `absent`: who is not rated."""

    finding: Sequence[Part] | None
    rungs: Rungs | None
    note: str
    common: str
    common_label: str
    absent: Sequence[str]


class ListedSkills(NamedTuple):
    """`finding`: the heading, None where too little is known. `moves`: what a move from one role to another adds, where
    the columns do not say it. `coverage`: how much of the whole each list covers. `cut`: what copies that were cut do
    not hold."""

    finding: Sequence[Part] | None
    columns: NameColumns
    moves: Sequence[Sentence]
    coverage: Sequence[Sentence]
    cut: Sequence[str]


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
    cut = [] if listed else explain_cut_lists(comparison)
    if not (needed or listed or programs or cut):
        return None
    pages: list[CitedPage | None] = []
    for group in ("skills", "rated_skills", "knowledge"):
        pages += [side.list_sources.get(group) for side in comparison.sides]
    subject = "As their pages list them." if len(comparison.sides) > 1 else "As its page lists them."
    if needed:
        subject = "How important each is in the job."
    return SkillsSection(subject, cite_pages(pages), needed, listed, programs, cut)


# -- what a role needs more than the others ------------------------------------------------------


# How many skills and how many fields of knowledge are drawn that a role needs more; how many it takes for two roles,
# and for more.
_MOST_NEEDED = {"rated": (4, 3), "knowledge": (3, 2)}
# How many names a sentence holds.
_MOST_NAMED = 8
_AXIS = draw_axis(Axis(1, 5, *EDGES), range(1, 6), str)


def build_needed_skills(comparison: Comparison) -> NeededSkills | None:
    """None where no role is rated."""
    rated_sides = [comparison.sides[index] for index in comparison.official_skills.rated_roles]
    if not rated_sides:
        return None
    absent = describe_absent(comparison.sides, rated_sides, GROUPS["rated_skills"])
    if len(rated_sides) == 1:
        label = f"Rated most important for {rated_sides[0].people}"
        return NeededSkills(None, None, "", _name_most_important(rated_sides[0]), label, absent)
    needs = _choose_needs(comparison, rated_sides)
    common = _name_common_needs(comparison)
    label = f"{EVERYONE[len(rated_sides)].capitalize()} need about equally" if common else ""
    kinds = {need.skill.kind for need in chain.from_iterable(needs)}
    rule = _describe_rule(len(rated_sides), has_any=bool(kinds), has_knowledge="knowledge" in kinds)
    return NeededSkills(find_rated_skills(comparison), _draw_needs(needs, rated_sides), rule, common, label, absent)


def _name_most_important(side: Side) -> str:
    importances = []
    for entry in side.role.ratings:
        if entry.kind == "rated" and entry.importance is not None:
            importances.append((entry.importance, entry.name))
    importances.sort(key=lambda pair: -pair[0])
    return formats.listed([simplify_skill(name) for _, name in importances[:_MOST_NAMED]])


def _choose_needs(comparison: Comparison, rated_sides: Sequence[Side]) -> list[list[Need]]:
    """For each rated role the skills, then the fields of knowledge, that set it apart most."""
    chosen: list[list[Need]] = [[] for _ in rated_sides]
    for kind, (most_of_two, most_of_more) in _MOST_NEEDED.items():
        needs = comparison.official_skills.needs[kind]
        for role_needs, side in zip(chosen, rated_sides, strict=True):
            role_needs += needs[side.index][: most_of_two if len(rated_sides) == 2 else most_of_more]
    return chosen


def _name_common_needs(comparison: Comparison) -> str:
    """What all rated roles need about equally, the most important first; "" for nothing."""
    common = []
    for skill in comparison.official_skills.even:
        importances = [importance for importance in skill.importances if importance is not None]
        common.append((-min(importances), simplify_skill(skill.name)))
    return formats.listed_some([name for _, name in sorted(common)], _MOST_NAMED)


def _draw_needs(needs: Sequence[Sequence[Need]], rated_sides: Sequence[Side]) -> Rungs | None:
    """The role with the widest gap comes first; None where no skill sets the roles apart."""
    groups = [(side, role_needs) for side, role_needs in zip(rated_sides, needs, strict=True) if role_needs]
    if not groups:
        return None
    groups.sort(key=lambda pair: max(need.gap for need in pair[1]), reverse=True)
    headings = [RungHeading(side.letter, side.title) for side in rated_sides]
    drawn = [_build_rung_group(side, role_needs, rated_sides) for side, role_needs in groups]
    return Rungs("Skills by importance", "Importance, 1 to 5", headings, drawn, _AXIS.ticks)


def _build_rung_group(side: Side, needs: Sequence[Need], rated_sides: Sequence[Side]) -> RungGroup:
    verb = "need" if is_plural(side.title) else "needs"
    others = [other for other in rated_sides if other is not side]
    letters = [role.letter for role in rated_sides]
    marks = [list(zip(letters, need.importances, strict=True)) for need in needs]
    rungs = list(map(_draw_rung, needs, marks))
    if len(others) > 1:
        return RungGroup(rungs, side.letter, f"{side.title} {verb} more than the others")
    learner = add_article(others[0].title)
    return RungGroup(rungs, side.letter, f"{side.title} {verb} more", f"what {learner} would have to learn")


def _draw_rung(need: Need, marks: Sequence[tuple[str, Decimal]]) -> Rung:
    """`marks`: letter and importance of each rated role."""
    skill = need.skill
    origin = note_anchor(OFFICIAL_KINDS[skill.kind])
    cells = []
    for letter, importance in marks:
        rounded = importance.quantize(Decimal("0.1"), ROUND_HALF_UP)
        cells.append(FigureCell(letter, f"{rounded}", origin=origin))
    name, note = simplify_skill(skill.name), ""
    if skill.kind == "knowledge":
        name, note = simplify_field(skill.name), "knowledge"
    return Rung(capitalize(name), note, cells, draw_rung(marks, _AXIS, DENSE))


def _describe_rule(roles: int, *, has_any: bool, has_knowledge: bool) -> str:
    """Which skills are drawn, by the thresholds. `has_any`: some are. `has_knowledge`: fields of knowledge are, too."""
    important, apart = f"at least {formats.plain(NEEDED)} of 5 (important)", formats.plain(STANDS_OUT)
    than = "the other" if roles == 2 else "any other"
    if not has_any:
        return f"No skill that is rated {important} stands at least {apart} points above {than}."
    knowledge = ""
    if has_knowledge:
        knowledge = f", fields of knowledge by at least {formats.counted(STANDS_OUT_IN_KNOWLEDGE, 'point')}"
    return (
        f"The widest gaps: what is rated {important} for the role that needs it more, by at least {apart} points "
        f"above {than}{knowledge}."
    )


# -- what pages list -----------------------------------------------------------------------------


# How many skills of a list are shown at once, and how many are folded.
_MOST_SKILLS = (8, 60)


def build_listed_skills(comparison: Comparison) -> ListedSkills | None:
    """None where no page lists any."""
    skills, sides = comparison.skills, comparison.sides
    if not any(skills.lists):
        return None
    shared = tuple([_write_shared_name(comparison, match) for match in skills.shared])
    lists = tuple([tuple([entry.name for entry in entries]) for entries in skills.lists])
    only = tuple([tuple(map(_write_with_share, entries)) for entries in skills.only])
    columns = name_columns(sides, ComparedLists(lists, shared, only), str, _MOST_SKILLS, note_anchor("skills"))
    moves = write_moves(comparison) if tells_more_than_columns(comparison) else []
    finding = find_listed_skills(comparison) if len(sides) > 1 else None
    return ListedSkills(
        finding or name_roles_with_lists(sides, skills.lists, "Skills are listed"),
        columns,
        moves,
        write_coverage(comparison),
        explain_cut_lists(comparison),
    )


def explain_cut_lists(comparison: Comparison) -> list[str]:
    """What copies that were cut do not hold of the lists of skills, by the markers of the roles."""
    sentences = []
    for side in comparison.sides:
        if "skills" in side.cut_lists:
            sentence = absent_values.explain_cut_list("skills", side.cut_lists["skills"])
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
            text = f"{lines}, {whose}." if lines else ""
            entries.append(OriginEntry(side.letter, side.title, [cite_place(text, source)]))
    return [OriginNote(note_anchor("skills"), "Skills listed", name_sources_once(entries))] if entries else []


# -- technology --------------------------------------------------------------------------------


def build_software(comparison: Comparison) -> Software | None:
    """None where no role has a list."""
    lists = comparison.official_skills.technology
    if not any(lists):
        return None
    sides_with_lists = [side for side in comparison.sides if lists[side.index]]
    # What job ads ask for most comes first.
    ordered = [sorted(entries, key=lambda entry: (not entry.in_demand, not entry.hot)) for entries in lists]
    shared = compare_lists(ordered, attrgetter("slug"))
    columns = name_columns(
        comparison.sides, shared, lambda entry: shorten_program(entry.name), _MOST_PROGRAMS, note_anchor("technology")
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
