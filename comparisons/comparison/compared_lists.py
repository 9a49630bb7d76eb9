"""Lists of the roles side by side: what several roles share, and what each has alone."""

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from itertools import chain

from comparisons.comparison.structure import ComparedLists, ComparedSkills, Entry, SkillMatch
from comparisons.queries.current_role import CurrentRole, SkillEntry


def compare_lists(lists: Sequence[Sequence[Entry]], key: Callable[[Entry], Hashable]) -> ComparedLists[Entry]:
    """Entries with one key are the same. Shared ones stand in the order of the first list that has them.

    >>> compared = compare_lists([["a", "b"], ["b", "c"]], str)
    >>> compared.shared, compared.only
    (('b',), (('a',), ('c',)))
    """
    counts = Counter(chain.from_iterable({key(entry) for entry in entries} for entries in lists))
    shared: dict[Hashable, Entry] = {}
    only = []
    for entries in lists:
        of_one = []
        for entry in entries:
            if counts[key(entry)] > 1:
                shared.setdefault(key(entry), entry)
            else:
                of_one.append(entry)
        only.append(tuple(of_one))
    return ComparedLists(tuple(map(tuple, lists)), tuple(shared.values()), tuple(only))


def compare_listed_skills(roles: Sequence[CurrentRole]) -> ComparedSkills:
    lists = tuple([tuple(role.skills) for role in roles])
    # A skill that stands in several lists of one page counts once, by its first entry.
    by_slug = [{skill.slug: skill for skill in reversed(skills)} for skills in lists]
    shared: list[SkillMatch] = []
    only: list[list[SkillEntry]] = [[] for _ in roles]
    for slug in dict.fromkeys([skill.slug for skill in chain.from_iterable(lists)]):
        entries = tuple([entries.get(slug) for entries in by_slug])
        listed = list(filter(None, entries))
        if len(listed) > 1:
            shared.append(SkillMatch(_list_spellings(listed), entries))
        else:
            only[entries.index(listed[0])].append(listed[0])
    return ComparedSkills(lists, tuple(shared), tuple(map(tuple, only)), tuple(map(_sum_shares, by_slug)))


def _list_spellings(entries: Sequence[SkillEntry]) -> str:
    """Every spelling of a skill; those that differ only in capitals count as one."""
    names: dict[str, str] = {}
    for entry in entries:
        names.setdefault(entry.name.casefold(), entry.name)
    return " / ".join(names.values())


def _sum_shares(entries: Mapping[str, SkillEntry]) -> int | None:
    percents = [entry.percent for entry in entries.values() if entry.percent is not None]
    return sum(percents) if entries and len(percents) == len(entries) else None
