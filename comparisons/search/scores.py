"""Which of the roles that have words of a query are the best, and whether one of them is what was meant."""

import re
from collections.abc import Sequence
from datetime import date
from itertools import chain, pairwise, product
from operator import mul
from typing import NamedTuple

from careers.search_words import list_significant_words
from careers.title_terms import LAST, LISTED, people_with
from comparisons.search.index import FoundRole
from comparisons.search.query_words import EMPLOYERS, OTHER_WORDS, SAME_WORDS
from comparisons.search.reading import WEIGHT_OF_ORDER, Reading, ReadWord
from comparisons.search.results import Hit, MatchKind, SearchResult
from comparisons.search.spelling import adds_ending, is_slip, is_third_word
from comparisons.search.typed_text import TypedText, Words, is_same_name, list_naming_words, to_search_form
from comparisons.titles import name_of

# The points of a last word with which about one in ten titles of a role ends. Fewer end with it by chance: a bass
# fisherman is among the athletes.
_MANY_END_WITH_IT = 400
# Those of two words side by side that one in five titles have. Fewer have them for what somebody works with: "wedding
# dress" is not called who cleans them, "real estate" is called who sells it.
_MANY_HAVE_IT = 1900
# A word that was typed alone is corrected for certain only to one that this many people of the best role have in their
# title, or to a title of a list: "valley" is no "valet".
_FEWEST_PEOPLE_SURE = 50_000
# What parts the names of a role that has several: "Plumber or pipefitter" need not be also called plumber.
_EACH_NAME = re.compile(r",? or |, ")
# From this many letters on a word that is being typed must be in each role, if it is in one. Fewer letters begin many
# words, of which three are tried: "flight a" need not become "flight analyst".
_SHORTEST_REQUIRED = 4


class _Score(NamedTuple):
    """What of a reading a role has. `points`: in hundredths.

    `is_whole`: a title of it is the whole text; `whole`: that title as spelled.
    """

    points: int
    has_all_words: bool
    has_them_together: bool
    is_whole: bool
    whole: str


class _TermGroups(NamedTuple):
    """The terms of a reading; of each group the best that a role has counts. `last`: "" where it is not certain.

    `weights`: of the words, in percent.
    """

    words: list[Words]
    weights: list[int]
    pairs: list[Words]
    last: str


def _group_terms(reading: Reading) -> _TermGroups:
    pairs = []
    for first, second in pairwise(reading.words):
        pairs.append(tuple(" ".join(pair) for pair in product(first.meanings, second.meanings)))
    is_certain = reading.words and reading.words[-1].is_plain
    last = reading.words[-1].meanings[0] + LAST if is_certain else ""
    weights = [word.weight for word in reading.words]
    return _TermGroups([word.meanings for word in reading.words], weights, pairs, last)


def _score_role(role: FoundRole, groups: _TermGroups) -> _Score:
    words = [max(map(role.points.__getitem__, group)) for group in groups.words]
    pairs = [max(map(role.points.__getitem__, group)) for group in groups.pairs]
    last = role.points.get(groups.last, 0)
    total = 100 * (role.role_points + role.whole_points) + WEIGHT_OF_ORDER * (sum(pairs) + last)
    total += sum(map(mul, groups.weights, words))
    enough = 1 if last else _MANY_HAVE_IT
    together = min(pairs) >= enough if pairs else last >= _MANY_END_WITH_IT
    return _Score(total, all(words), together, bool(role.whole_points), role.whole)


def build_result(
    typed: TypedText, reading: Reading, roles: Sequence[FoundRole], most: int, *, unfinished: bool
) -> SearchResult:
    if not roles:
        return SearchResult(typed.text, [])
    scored = _rank_roles(roles, reading)
    best, best_role = scored[0]
    if unfinished and best.has_all_words and len(typed.words[-1]) >= _SHORTEST_REQUIRED:
        scored = [(score, role) for score, role in scored if score.has_all_words]
    named = list_naming_words(typed.words)
    hits = [_make_hit(role, score, named) for score, role in scored[:most]]
    is_found = _is_meant(best_role, best, reading, typed, unfinished=unfinished)
    match: MatchKind = "found" if is_found else "nearest"
    is_own_title = is_found and list_significant_words(typed.text) in map(
        list_significant_words, (best_role.title, hits[0].name)
    )
    return SearchResult(typed.text, hits, match, _write_corrected(reading, best_role), is_own_title)


def _rank_roles(roles: Sequence[FoundRole], reading: Reading) -> list[tuple[_Score, FoundRole]]:
    """The roles with their scores, the best first."""
    groups = _group_terms(reading)
    scored = [(_score_role(role, groups), role) for role in roles]
    scored.sort(key=lambda pair: (-pair[0].points, bool(pair[1].soc_code), pair[1].key, pair[1].slug))
    if reading.others:  # a title of all words, corrected, before those that have some of them
        scored.sort(key=lambda pair: not _is_corrected_title(pair[1], reading))
    return scored


def _is_meant(role: FoundRole, score: _Score, reading: Reading, text: TypedText, *, unfinished: bool) -> bool:
    """Whether the best role is what was meant, not just near it."""
    if reading.dropped and not _is_corrected_title(role, reading):
        return False
    has_words = score.has_all_words and (score.has_them_together or unfinished)
    if not score.is_whole and not has_words and not _has_the_words_alone(role, reading):
        return False
    return unfinished or not _is_guess(role, reading, text)


def _is_guess(role: FoundRole, reading: Reading, text: TypedText) -> bool:
    """Whether a text is an employer alone, or one word that stands for another one which need not be meant: "moon" for
    "mooner", "poor" for "pope".
    """
    if EMPLOYERS.keys() >= set(to_search_form(text.words)):
        return True
    named = list_naming_words(text.words) or to_search_form(text.words)
    if len(named) != 1 or len(reading.words) != 1:
        return False
    title = list_significant_words(role.whole) or reading.words[0].meanings[:1]
    is_field = text.words[-1].endswith("ics")  # whose singular is no word: physics
    return len(title) == 1 and _is_guessed_word(named[0], reading.words[0], title[0], role, is_field=is_field)


def _is_guessed_word(typed: str, word: ReadWord, title: str, role: FoundRole, *, is_field: bool) -> bool:
    """The same for one word that was `typed`, read as a `word`, and means a role by the one word of its `title`."""
    if title != typed and title in (typed.replace("woman", "man"), typed.replace("person", "man")):
        return False
    if title != typed and adds_ending(typed, title) and not is_field:
        return True
    meaning = word.meanings[0]
    is_corrected = meaning != word.typed
    if is_corrected and is_third_word(typed, meaning):
        return True
    usual_forms = (typed, SAME_WORDS.get(typed), OTHER_WORDS.get(typed))
    is_usual_form = title in usual_forms or is_field or typed.endswith("ing")
    is_certain = is_slip(typed, meaning) if is_corrected else is_usual_form
    if is_certain or not 0 < role.whole_points < LISTED:
        return False
    people = people_with(role.points.get(meaning, 0), role.role_points)
    return title != meaning or people < _FEWEST_PEOPLE_SURE


def _has_the_words_alone(role: FoundRole, reading: Reading) -> bool:
    """Whether the title of a role has the words that were looked for and no others, in whatever order."""
    words = set(chain.from_iterable(word.meanings for word in reading.words))
    return words in (set(list_significant_words(role.title)), set(list_significant_words(role.name or role.title)))


def _make_hit(role: FoundRole, score: _Score, named: Words) -> Hit:
    """`named`: the typed words that say which role is meant."""
    whole = score.whole
    name = name_of(role.title, role.name, role.plural)
    is_other, is_called = False, score.is_whole
    if whole:
        words = list_significant_words(whole)
        is_other = words not in map(list_significant_words, (role.title, name, *_EACH_NAME.split(name)))
        is_called = is_same_name(named, list_naming_words(words))
    return Hit(
        title=role.title,
        slug=role.slug,
        name=name,
        occupation=bool(role.soc_code),
        called=whole if is_other else "",
        annual_average=role.annual_average,
        median=role.median,
        figures_of=_parse_day(role.figures_of),
        captured_on=_parse_day(role.captured_on),
        jobs=role.jobs,
        publisher=role.publisher,
        is_called=is_called,
    )


def _parse_day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _is_corrected_title(role: FoundRole, reading: Reading) -> bool:
    return bool(role.whole) and tuple(list_significant_words(role.whole)) in reading.others


def _write_corrected(reading: Reading, best: FoundRole) -> str:
    """The words that were looked for, where they differ from the typed ones; else ""."""
    if _is_corrected_title(best, reading):
        return " ".join(list_significant_words(best.whole))
    return " ".join(word.meanings[0] for word in reading.words) if reading.is_corrected else ""
