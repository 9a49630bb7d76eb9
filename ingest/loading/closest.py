"""Propose the official occupation that is closest to a role from pages, by what people call occupations.

A proposal is only shown to an admin. A person names the closest occupation, and even then the two stay separate roles.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from careers.models import Role, TitleTerm
from careers.search_words import list_significant_words
from careers.title_terms import SearchTitle, make_whole_term, split_title

MOST_PROPOSALS = 3
# A longer title is also searched by its last words, down to this many: “Program Support Technician” by “Support
# Technician”. One word alone, such as “Technician”, is not enough.
FEWEST_WORDS = 2


class Proposal(NamedTuple):
    """An official occupation, and the title of it that made it a proposal."""

    soc_code: str
    title: str
    called: str


def propose_occupations(roles: Iterable[Role]) -> dict[int, list[Proposal]]:
    """Key of each role -> the occupations with its title or, if there are none, with the end of it; the best first.

    Official occupations and roles that have a closest one get no proposals. It takes two queries.
    """
    attempts: dict[int, list[list[str]]] = {}
    words: dict[int, list[str]] = {}
    for role in roles:
        if role.soc_code is None and role.closest_occupation_id is None:
            attempts[role.pk] = _search_attempts(role.title)
            words[role.pk] = list_significant_words(role.title)
    matches_by_term = _find_matches(_collect_terms(attempts.values()))
    matches = {pk: _find_first_matches(terms_to_try, matches_by_term) for pk, terms_to_try in attempts.items()}
    occupations = {match.occupation for match in chain.from_iterable(matches.values())}
    points = _read_points_of_words(occupations, set(chain.from_iterable(words.values())))
    return {pk: _sort_best_first(matches[pk], words[pk], points)[:MOST_PROPOSALS] for pk in matches}


def _search_attempts(title: str) -> list[list[str]]:
    """The terms to search for, one attempt after the other: the names in a title, then without their first word, …

    >>> _search_attempts("Program Support Technician")
    [['^program support technician'], ['^support technician']]
    """
    names = [list_significant_words(name) for name in split_title(SearchTitle(title, "own"))]
    attempts = [[make_whole_term(words) for words in names if words]]
    for left_out in range(1, max(map(len, names), default=0)):
        terms = [make_whole_term(words[left_out:]) for words in names if len(words) - left_out >= FEWEST_WORDS]
        if terms:
            attempts.append(terms)
    return attempts


def _collect_terms(attempts_by_title: Iterable[Iterable[Iterable[str]]]) -> set[str]:
    terms: set[str] = set()
    for attempts in attempts_by_title:
        terms.update(chain.from_iterable(attempts))
    return terms


class _Match(NamedTuple):
    """An occupation with one of the terms. `total`: its points for the term."""

    occupation: int
    total: int
    proposal: Proposal


def _find_matches(terms: Collection[str]) -> dict[str, list[_Match]]:
    """Term -> the occupations that have it as a title, other than by initials."""
    matches: dict[str, list[_Match]] = {}
    if not terms:
        return matches
    stored = TitleTerm.objects.filter(term__in=terms, role__soc_code__isnull=False).exclude(title="")
    columns = ("term", "role_id", "total", "role__soc_code", "role__title", "title")
    for term, pk, total, *proposal in stored.order_by("role__soc_code").values_list(*columns):
        matches.setdefault(term, []).append(_Match(pk, total, Proposal(*proposal)))
    return matches


def _find_first_matches(attempts: Iterable[Iterable[str]], matches: Mapping[str, Sequence[_Match]]) -> list[_Match]:
    """The matches of the first attempt that has any."""
    for terms in attempts:
        matched: list[_Match] = []
        for term in terms:
            matched += matches.get(term, ())
        if matched:
            return matched
    return []


def _read_points_of_words(occupations: Collection[int], words: Collection[str]) -> dict[tuple[int, str], int]:
    """(occupation, word) -> its points."""
    if not occupations:
        return {}
    stored = TitleTerm.objects.filter(role__in=occupations, term__in=words)
    return {(pk, word): points for pk, word, points in stored.values_list("role_id", "term", "points")}


def _sort_best_first(
    matched: Iterable[_Match], words: Sequence[str], points: Mapping[tuple[int, str], int]
) -> list[Proposal]:
    """Each occupation once: those whose titles have more of the words of the role come first."""

    def total(match: _Match) -> int:
        return match.total + sum(points.get((match.occupation, word), 0) for word in words)

    proposals: dict[str, Proposal] = {}
    for match in sorted(matched, key=lambda match: -total(match)):
        proposals.setdefault(match.proposal.soc_code, match.proposal)
    return list(proposals.values())
