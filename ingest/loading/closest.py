"""Propose which official occupation is closest to a role that pages speak of, by what people call occupations.

A proposal is only shown to an admin. A person names the closest occupation, and even then the two stay separate roles.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from careers.models import Role, TitleTerm
from careers.search_words import significant_words
from careers.title_terms import SearchTitle, split_title, whole_term

MOST_PROPOSALS = 3
# Of a longer title its last words alone are looked for too, down to so many: “Support Technician” of “Program Support
# Technician”. One word alone, such as “Technician”, is no hint.
FEWEST_WORDS = 2


class Proposal(NamedTuple):
    """An official occupation, and the title of it that made it a proposal."""

    soc_code: str
    title: str
    called: str


def propose_occupations(roles: Iterable[Role]) -> dict[int, list[Proposal]]:
    """Key of each role -> the occupations that have its title or, where none has it, the end of it; the best first.

    Official occupations and roles that have a closest one get no proposals. It takes two queries.
    """
    titles = {role.pk: role.title for role in roles if role.soc_code is None and role.closest_occupation_id is None}
    turns = {pk: _terms_in_turn(title) for pk, title in titles.items()}
    matches = _find_matches(_all_terms(turns.values()))
    words = {pk: significant_words(title) for pk, title in titles.items()}
    chosen = {pk: _first_matches(terms_in_turn, matches) for pk, terms_in_turn in turns.items()}
    occupations = {match.occupation for match in chain.from_iterable(chosen.values())}
    points = _points_of_words(occupations, set(chain.from_iterable(words.values())))
    return {pk: _best_first(matched, words[pk], points)[:MOST_PROPOSALS] for pk, matched in chosen.items()}


def _terms_in_turn(title: str) -> list[list[str]]:
    """The whole titles to look for: first those that stand in the title, then what is left without its first word, …

    >>> _terms_in_turn("Program Support Technician")
    [['^program support technician'], ['^support technician']]
    """
    names = [significant_words(name) for name in split_title(SearchTitle(title, "own"))]
    turns = [[whole_term(words) for words in names if words]]
    for left_out in range(1, max(map(len, names), default=0)):
        terms = [whole_term(words[left_out:]) for words in names if len(words) - left_out >= FEWEST_WORDS]
        if terms:
            turns.append(terms)
    return turns


def _all_terms(turns: Iterable[Iterable[Iterable[str]]]) -> set[str]:
    terms: set[str] = set()
    for terms_in_turn in turns:
        terms.update(chain.from_iterable(terms_in_turn))
    return terms


class _Match(NamedTuple):
    """An occupation with one of the terms. `total`: its points for it."""

    occupation: int
    total: int
    proposal: Proposal


def _find_matches(terms: Collection[str]) -> dict[str, list[_Match]]:
    """Term -> the occupations that have it as a title, initials apart."""
    matches: dict[str, list[_Match]] = {}
    if not terms:
        return matches
    stored = TitleTerm.objects.filter(term__in=terms, role__soc_code__isnull=False).exclude(title="")
    columns = ("term", "role_id", "total", "role__soc_code", "role__title", "title")
    for term, pk, total, *proposal in stored.order_by("role__soc_code").values_list(*columns):
        matches.setdefault(term, []).append(_Match(pk, total, Proposal(*proposal)))
    return matches


def _first_matches(turns: Iterable[Iterable[str]], matches: Mapping[str, Sequence[_Match]]) -> list[_Match]:
    """The matches of the first turn that has any."""
    for terms in turns:
        matched: list[_Match] = []
        for term in terms:
            matched += matches.get(term, ())
        if matched:
            return matched
    return []


def _points_of_words(occupations: Collection[int], words: Collection[str]) -> dict[tuple[int, str], int]:
    """(occupation, word) -> its points."""
    if not occupations:
        return {}
    stored = TitleTerm.objects.filter(role__in=occupations, term__in=words)
    return {(pk, word): points for pk, word, points in stored.values_list("role_id", "term", "points")}


def _best_first(
    matched: Iterable[_Match], words: Sequence[str], points: Mapping[tuple[int, str], int]
) -> list[Proposal]:
    """Each occupation once: those whose titles have more of the words of the role come first."""

    def total(match: _Match) -> int:
        return match.total + sum(points.get((match.occupation, word), 0) for word in words)

    proposals: dict[str, Proposal] = {}
    for match in sorted(matched, key=lambda match: -total(match)):
        proposals.setdefault(match.proposal.soc_code, match.proposal)
    return list(proposals.values())
