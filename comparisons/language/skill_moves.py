"""Sentences on the roles' lists of skills: what a move adds, how much of the work they cover."""

from collections.abc import Collection, Sequence

from comparisons import formats
from comparisons.comparison import Comparison, Side
from comparisons.language.near_skills import NearSkills, find_near_skills, near_words
from comparisons.language.parts import Part, Sentence, Words, finish_sentence, name_all_people, name_people
from comparisons.language.titles import in_prose, spell_skill
from comparisons.queries.current_role import SkillEntry

# How many skills a sentence names.
MOST_NAMED = 3


def list_moves(comparison: Comparison) -> list[tuple[int, int]]:
    """Between two roles in both directions, of more from the first to each other one."""
    count = len(comparison.sides)
    return [(0, 1), (1, 0)] if count == 2 else [(0, goal) for goal in range(1, count)]


def write_moves(comparison: Comparison) -> list[Sentence]:
    """How much of one role's list another list covers, and what it asks for beyond."""
    sentences = []
    for start, goal in list_moves(comparison):
        roles = comparison.sides[start], comparison.sides[goal]
        listed = {entry.slug for entry in comparison.skills.lists[start]}
        goal_skills = {entry.slug: entry for entry in reversed(comparison.skills.lists[goal])}
        if listed and goal_skills:
            words: list[Words] = ["If you move from ", _in_prose(roles[0]), " to ", _in_prose(roles[1])]
            near = find_near_skills(comparison, start, goal)
            words.append(f", {_describe_move(list(reversed(goal_skills.values())), listed, near)}")
            publishers = dict.fromkeys(side.list_sources["skills"].publisher for side in roles)
            sentences.append(finish_sentence(words, "list", list(publishers)))
    return sentences


def _in_prose(side: Side) -> Part:
    return Part(in_prose(side.title), side.letter, side.marker)


def _describe_move(goal_skills: Sequence[SkillEntry], listed: Collection[str], near: Sequence[NearSkills] = ()) -> str:
    """`near`: skills of the list that mean much the same as one of `goal_skills`.

    >>> sql = SkillEntry("SQL", "sql", "listed", 1, 30, None, {})
    >>> java = SkillEntry("Java", "java", "listed", 2, 20, None, {})
    >>> _describe_move([sql, java], {"sql"})
    'your list has 1 of the 2 skills listed there (50%; 60% by their shares), and you would add Java (20%)'
    >>> _describe_move([sql], {"sql"})
    'everything listed there is on your list: SQL'
    >>> _describe_move([sql], {"java"})
    'nothing listed there is on your list: you would add SQL (30%)'
    >>> coding = NearSkills(java, SkillEntry("Java code", "java-code", "listed", 1, None, None, {}))
    >>> _describe_move([sql, coding.second], {"java"}, [coding])
    'nothing listed there is on your list by the same name (near: Java / Java code), and you would add SQL (30%)'
    """
    shared = [entry for entry in goal_skills if entry.slug in listed]
    if len(shared) == len(goal_skills):
        names = formats.listed_some([spell_skill(entry.name) for entry in shared], MOST_NAMED)
        return f"everything listed there is on your list: {names}"
    adding = _describe_missing(goal_skills, {*listed, *[pair.second.slug for pair in near]})
    if not shared and not near:
        return f"nothing listed there is on your list: {adding}"
    near_names = near_words([pair.names for pair in near])
    if not shared:
        clauses = [f"nothing listed there is on your list by the same name ({near_names})", adding]
        return ", and ".join(filter(None, clauses))
    counted = (
        f"your list has {len(shared)} of the {len(goal_skills)} skills listed there ({_share_of(shared, goal_skills)})"
    )
    others = f"others by another name ({near_names})" if near else ""
    *clauses, last = filter(None, [counted, others, adding])
    return f"{', '.join(clauses)}, and {last}"


def _describe_missing(goal_skills: Sequence[SkillEntry], covered: Collection[str]) -> str:
    """`covered`: slugs of the goal's skills that the list has, by the same name or another."""
    missing = [_with_share(entry) for entry in goal_skills if entry.slug not in covered]
    return f"you would add {formats.listed_some(missing, MOST_NAMED)}" if missing else ""


def _share_of(shared: Sequence[SkillEntry], goal_skills: Sequence[SkillEntry]) -> str:
    """By count, and by the publisher's shares where every skill of the goal has one."""
    by_count = f"{round(100 * len(shared) / len(goal_skills))}%"
    if not all(entry.percent for entry in goal_skills):
        return by_count
    return f"{by_count}; {round(100 * _total_percent(shared) / _total_percent(goal_skills))}% by their shares"


def _total_percent(entries: Sequence[SkillEntry]) -> int:
    return sum(entry.percent or 0 for entry in entries)


def _with_share(entry: SkillEntry) -> str:
    name = spell_skill(entry.name)
    return name if entry.percent is None else f"{name} ({entry.percent}%)"


def write_coverage(comparison: Comparison) -> list[Sentence]:
    """How much of the whole each list covers, so that nobody takes a missing skill for proof that it is not needed.

    Several lists without shares have one sentence.
    """
    listed = [
        (side, entries) for side, entries in zip(comparison.sides, comparison.skills.lists, strict=True) if entries
    ]
    without = [(side, entries) for side, entries in listed if all(entry.percent is None for entry in entries)]
    alone = listed if len(without) < 2 else [pair for pair in listed if pair not in without]
    sentences = []
    for side, entries in alone:
        parts = (Part("The list for "), name_people(side), Part(_describe_coverage(entries)))
        sentences.append(Sentence(parts))
    if len(without) > 1:
        sentences.append(Sentence(tuple(_describe_without_shares(without))))
    return sentences


def _describe_without_shares(listed: Sequence[tuple[Side, Sequence[SkillEntry]]]) -> list[Part]:
    names = name_all_people([side for side, _ in listed])
    counts = [len({entry.slug for entry in entries}) for _, entries in listed]
    same = len(set(counts)) == 1
    skills = (
        f"{formats.counted(counts[0], 'skill')} each" if same else f"{formats.listed(list(map(str, counts)))} skills"
    )
    words = f" have {skills}, without shares: how much of the whole they cover is not published"
    return [Part("The lists for "), *names, Part(words)]


def _describe_coverage(listed: Sequence[SkillEntry]) -> str:
    """Counts a skill that stands in several lists of one page once."""
    entries = list({entry.slug: entry for entry in reversed(listed)}.values())
    shares = [entry.percent for entry in entries if entry.percent is not None]
    count = f" has {formats.counted(len(entries), 'skill')}"
    if not shares:
        return f"{count} without shares: how much of the whole it covers is not published"
    if len(shares) < len(entries):
        have = "has a share:" if len(shares) == 1 else "have shares, which add up to"
        return f"{count}; {len(shares)} of them {have} {sum(shares)}%"
    unlisted = f": {100 - sum(shares)}% of the whole is not listed" if sum(shares) < 100 else ""
    link = "with a share of" if len(shares) == 1 else "whose shares add up to"
    return f"{count} {link} {sum(shares)}%{unlisted}"
