"""Lists of skills: names that mean much the same, what a move adds, and how much of the work is covered."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from comparisons import formats
from comparisons.comparison import Comparison, Side
from comparisons.language.parts import Part, Sentence, Words, finish_sentence, name_all_people, name_people
from comparisons.queries.current_role import SkillEntry
from comparisons.titles import in_prose, spell_skill

# How many skills, or pairs of names, a sentence holds.
MOST_NAMED = 3
# A word may end in signs, as in C++ and C#.
_WORD = re.compile(r"[^\W_]+[+#]*")
_EMPTY_WORDS = frozenset("a an and for in of or skill skills the to with".split())
# Ending of a word -> the fewest letters that must stand before it.
_ENDINGS = {
    "ing": 3,
    "ed": 3,
    "ment": 4,
    "er": 5,
    "or": 5,
    "ion": 5,
    "ation": 5,
    "ive": 5,
    "ative": 5,
    "al": 5,
}
# analyze, analysis, analytical
_ENDINGS_IN_Y = ("ysis", "yses", "yze", "yse", "yzing", "ysing", "yzer", "yst", "ytical", "ytics", "ytic")
# diagnose, diagnosis, diagnostics
_ENDINGS_IN_O = ("ose", "osis", "oses", "osing", "ostic", "ostics")


class NearSkills(NamedTuple):
    """Entries of two lists."""

    first: SkillEntry
    second: SkillEntry

    @property
    def names(self) -> str:
        return f"{self.first.name} / {self.second.name}"


def name_near_words(pairs: Iterable[str]) -> str:
    names = list(dict.fromkeys(pairs))
    return f"near: {formats.listed_some(names, MOST_NAMED)}" if names else ""


def find_near_everywhere(comparison: Comparison) -> list[tuple[str, ...]]:
    """Skills that each role lists, though not by one name: their names."""
    first, *others = comparison.skills.lists
    names: dict[str, list[str]] = {entry.slug: [entry.name] for entry in first}
    for entries in others:
        near = {pair.first.slug: pair.second.name for pair in pair_near_skills(first, entries)}
        names = {slug: [*spellings, near[slug]] for slug, spellings in names.items() if slug in near}
    return [tuple(dict.fromkeys(spellings)) for spellings in names.values()]


def find_near_skills(comparison: Comparison, first: int, second: int) -> list[NearSkills]:
    """The skills that the second role lists and the first does not by that name, each with the nearest of the first."""
    entries, others = comparison.skills.lists[first], comparison.skills.lists[second]
    listed = {entry.slug for entry in entries}
    pairs = pair_near_skills([entry for entry in others if entry.slug not in listed], entries)
    return [NearSkills(pair.second, pair.first) for pair in pairs]


def pair_near_skills(first: Sequence[SkillEntry], second: Sequence[SkillEntry]) -> list[NearSkills]:
    """Each skill of the first list with the nearest of the second, in the order of the first list.

    >>> def listing(*names): return [SkillEntry(name, name, "listed", 1, None, None, {}) for name in names]
    >>> [pair.names for pair in pair_near_skills(
    ...     listing("customer service", "Troubleshoot", "Java", "C"), listing("Customer Service Orientation",
    ...     "troubleshooting skills", "JavaScript", "C++"))]
    ['customer service / Customer Service Orientation', 'Troubleshoot / troubleshooting skills']
    """
    by_form: dict[str, list[SkillEntry]] = defaultdict(list)
    for entry in second:
        for form in _list_all_forms(entry.name):
            by_form[form].append(entry)
    pairs = []
    for entry in first:
        candidates: dict[str, SkillEntry] = {}
        for form in _list_all_forms(entry.name):
            candidates |= {candidate.slug: candidate for candidate in by_form.get(form, ())}
        near = [candidate for candidate in candidates.values() if are_near(entry.name, candidate.name)]
        if near:
            pairs.append(NearSkills(entry, min(near, key=lambda candidate: (len(candidate.name), candidate.name))))
    return pairs


@lru_cache(maxsize=4096)
def _list_all_forms(name: str) -> frozenset[str]:
    words = split_skill(name)
    return frozenset[str]().union(_list_word_forms("".join(words)), *map(_list_word_forms, words))


def are_near(name: str, other: str) -> bool:
    """Whether all words of one name occur in the other, in any form of the word.

    >>> are_near("analyze data", "Data Analysis"), are_near("trouble-shooting", "Troubleshoot"), are_near("Java", "C")
    (True, True, False)
    """
    words, other_words = split_skill(name), split_skill(other)
    if not words or not other_words:
        return False
    if not _list_word_forms("".join(words)).isdisjoint(_list_word_forms("".join(other_words))):
        return True
    fewer, longer_name = (words, other) if len(words) <= len(other_words) else (other_words, name)
    if len("".join(fewer)) == 1:  # R is not research and development, R&D
        return False
    forms = _list_all_forms(longer_name)
    return not any(_list_word_forms(word).isdisjoint(forms) for word in fewer)


@lru_cache(maxsize=4096)
def split_skill(name: str) -> tuple[str, ...]:
    """
    >>> split_skill("C++ and the Windows OS"), split_skill("Communication skills")
    (('c++', 'windows', 'os'), ('communication',))
    """
    return tuple(word for word in _WORD.findall(name.casefold()) if word not in _EMPTY_WORDS)


@lru_cache(maxsize=8192)
def _list_word_forms(word: str) -> frozenset[str]:
    """The word and what it may come from: `managing` from `manage`, `planning` from `plan`, `codes` from `code`."""
    singular = {word, *_list_singulars(word)}
    forms = set(singular)
    for base in singular:
        for ending, fewest in _ENDINGS.items():
            if base.endswith(ending) and len(base) - len(ending) >= fewest:
                forms |= _list_stems(base.removesuffix(ending))
        for vowel, endings in (("y", _ENDINGS_IN_Y), ("o", _ENDINGS_IN_O)):
            for ending in endings:
                if base.endswith(ending) and len(base) - len(ending) >= 3:
                    forms.add(f"{base.removesuffix(ending)}{vowel}-")
    return frozenset(forms)


def _list_singulars(word: str) -> list[str]:
    if word.endswith("ies") and len(word) > 4:
        return [f"{word[:-3]}y"]
    if word.endswith("es") and len(word) > 4:
        return [word[:-1], word[:-2]]
    return [word[:-1]] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else []


def _list_stems(stem: str) -> set[str]:
    stems = {stem, f"{stem}e"}
    if stem[-1] == stem[-2]:
        stems.add(stem[:-1])
    if stem[-1] == "i":
        stems.add(f"{stem[:-1]}y")
    return stems


# -- sentences --------------------------------------------------------------------------------


def _list_moves(comparison: Comparison) -> list[tuple[int, int]]:
    """Between two roles in both directions, of more from the first to each other one."""
    count = len(comparison.sides)
    return [(0, 1), (1, 0)] if count == 2 else [(0, goal) for goal in range(1, count)]


def tells_more_than_columns(comparison: Comparison) -> bool:
    """Whether sentences on moves say what columns do not: skills of other names that mean much the same, or shares."""
    lists = comparison.skills.lists
    if any(entry.percent is not None for entry in chain.from_iterable(lists)):
        return True
    moves = _list_moves(comparison)
    return any(lists[start] and lists[goal] and find_near_skills(comparison, start, goal) for start, goal in moves)


def write_moves(comparison: Comparison) -> list[Sentence]:
    """How much of one role's list another list covers, and what it asks for beyond."""
    sentences = []
    for start, goal in _list_moves(comparison):
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
    return Part(in_prose(side.title), side.letter)


def _describe_move(goal_skills: Sequence[SkillEntry], listed: Collection[str], near: Sequence[NearSkills]) -> str:
    """`near`: skills of the list that mean much the same as one of `goal_skills`.

    >>> _describe_move([SkillEntry("SQL", "sql", "listed", 1, 30, None, {})], {"java"}, [])
    'nothing listed there is on your list: you would add SQL (30%)'
    """
    shared = [entry for entry in goal_skills if entry.slug in listed]
    if len(shared) == len(goal_skills):
        names = formats.listed_some([spell_skill(entry.name) for entry in shared], MOST_NAMED)
        return f"everything listed there is on your list: {names}"
    adding = _describe_missing(goal_skills, {*listed, *[pair.second.slug for pair in near]})
    if not shared and not near:
        return f"nothing listed there is on your list: {adding}"
    near_names = name_near_words([pair.names for pair in near])
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
    missing = [_write_with_share(entry) for entry in goal_skills if entry.slug not in covered]
    return f"you would add {formats.listed_some(missing, MOST_NAMED)}" if missing else ""


def _share_of(shared: Sequence[SkillEntry], goal_skills: Sequence[SkillEntry]) -> str:
    """By count, and by the publisher's shares where every skill of the goal has one."""
    by_count = f"{round(100 * len(shared) / len(goal_skills))}%"
    if not all(entry.percent for entry in goal_skills):
        return by_count
    return f"{by_count}; {round(100 * _sum_percents(shared) / _sum_percents(goal_skills))}% by their shares"


def _sum_percents(entries: Sequence[SkillEntry]) -> int:
    return sum(entry.percent or 0 for entry in entries)


def _write_with_share(entry: SkillEntry) -> str:
    name = spell_skill(entry.name)
    return name if entry.percent is None else f"{name} ({entry.percent}%)"


def write_coverage(comparison: Comparison) -> list[Sentence]:
    """How much of the whole each list covers, so that nobody takes a missing skill for proof that it is not needed.

    Several lists without shares have one sentence, which names no role where no list has any.
    """
    listed = [
        (side, entries) for side, entries in zip(comparison.sides, comparison.skills.lists, strict=True) if entries
    ]
    without = [(side, entries) for side, entries in listed if all(entry.percent is None for entry in entries)]
    if len(without) == len(listed):
        return [_describe_lists_without_shares([entries for _, entries in without])]
    alone = listed if len(without) < 2 else [pair for pair in listed if pair not in without]
    sentences: list[Sentence] = []
    for side, entries in alone:
        sentences.append((Part("The list for "), name_people(side), Part(_describe_coverage(entries))))
    if len(without) > 1:
        sentences.append(tuple(_describe_without_shares(without)))
    return sentences


def _describe_lists_without_shares(lists: Sequence[Sequence[SkillEntry]]) -> Sentence:
    counts = [len({entry.slug for entry in entries}) for entries in lists]
    if len(lists) == 1:
        words = f"A list of {formats.counted(counts[0], 'skill')} without shares: how much of the work it covers"
    elif len(set(counts)) == 1:
        words = f"Lists of {formats.counted(counts[0], 'skill')} each, without shares: how much of the work they cover"
    else:
        number = formats.listed(list(map(formats.plain, counts)))
        words = f"Lists of {number} skills without shares: how much of the work they cover"
    return (Part(f"{words} is not published"),)


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
