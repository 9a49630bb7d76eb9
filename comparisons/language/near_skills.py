"""Skills of different names that mean much the same: "customer service" and "Customer Service Orientation"."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from comparisons import formats
from comparisons.comparison import Comparison
from comparisons.queries.current_role import SkillEntry

# How many pairs of names a sentence holds.
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


def near_words(pairs: Iterable[str]) -> str:
    names = list(dict.fromkeys(pairs))
    return f"near: {formats.listed_some(names, MOST_NAMED)}" if names else ""


def find_near_everywhere(comparison: Comparison, indexes: Sequence[int]) -> list[str]:
    """Skills that each of these roles lists, though not by one name: their names joined by strokes."""
    first, *others = [comparison.skills.lists[index] for index in indexes]
    names: dict[str, list[str]] = {entry.slug: [entry.name] for entry in first}
    for entries in others:
        near = {pair.first.slug: pair.second.name for pair in pair_near_skills(first, entries)}
        names = {slug: [*spellings, near[slug]] for slug, spellings in names.items() if slug in near}
    return [" / ".join(dict.fromkeys(spellings)) for spellings in names.values()]


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
        for form in _all_forms(entry.name):
            by_form[form].append(entry)
    pairs = []
    for entry in first:
        candidates: dict[str, SkillEntry] = {}
        for form in _all_forms(entry.name):
            candidates |= {candidate.slug: candidate for candidate in by_form.get(form, ())}
        near = [candidate for candidate in candidates.values() if are_near(entry.name, candidate.name)]
        if near:
            pairs.append(NearSkills(entry, min(near, key=lambda candidate: (len(candidate.name), candidate.name))))
    return pairs


@lru_cache(maxsize=4096)
def _all_forms(name: str) -> frozenset[str]:
    words = skill_words(name)
    return frozenset[str]().union(_forms("".join(words)), *map(_forms, words))


def are_near(name: str, other: str) -> bool:
    """Whether all words of one name occur in the other, in any form of the word.

    >>> are_near("analyze data", "Data Analysis"), are_near("trouble-shooting", "Troubleshoot"), are_near("Java", "C")
    (True, True, False)
    """
    words, other_words = skill_words(name), skill_words(other)
    if not words or not other_words:
        return False
    if not _forms("".join(words)).isdisjoint(_forms("".join(other_words))):
        return True
    fewer, longer_name = (words, other) if len(words) <= len(other_words) else (other_words, name)
    if len("".join(fewer)) == 1:  # R is not research and development, R&D
        return False
    forms = _all_forms(longer_name)
    return not any(_forms(word).isdisjoint(forms) for word in fewer)


@lru_cache(maxsize=4096)
def skill_words(name: str) -> tuple[str, ...]:
    """
    >>> skill_words("C++ and the Windows OS"), skill_words("Communication skills")
    (('c++', 'windows', 'os'), ('communication',))
    """
    return tuple(word for word in _WORD.findall(name.casefold()) if word not in _EMPTY_WORDS)


@lru_cache(maxsize=8192)
def _forms(word: str) -> frozenset[str]:
    """The word and what it may come from: `managing` from `manage`, `planning` from `plan`, `codes` from `code`."""
    singular = {word, *_singulars(word)}
    forms = set(singular)
    for base in singular:
        for ending, fewest in _ENDINGS.items():
            if base.endswith(ending) and len(base) - len(ending) >= fewest:
                forms |= _stems(base.removesuffix(ending))
        for vowel, endings in (("y", _ENDINGS_IN_Y), ("o", _ENDINGS_IN_O)):
            for ending in endings:
                if base.endswith(ending) and len(base) - len(ending) >= 3:
                    forms.add(f"{base.removesuffix(ending)}{vowel}-")
    return frozenset(forms)


def _singulars(word: str) -> list[str]:
    if word.endswith("ies") and len(word) > 4:
        return [f"{word[:-3]}y"]
    if word.endswith("es") and len(word) > 4:
        return [word[:-1], word[:-2]]
    return [word[:-1]] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else []


def _stems(stem: str) -> set[str]:
    stems = {stem, f"{stem}e"}
    if stem[-1] == stem[-2]:
        stems.add(stem[:-1])
    if stem[-1] == "i":
        stems.add(f"{stem[:-1]}y")
    return stems
