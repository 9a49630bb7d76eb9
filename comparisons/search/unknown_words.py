"""Words of a query that no title has, and the words that are looked for in their place."""

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from careers.title_terms import WHOLE, make_whole_term
from comparisons.search import index
from comparisons.search.index import UnknownWord, WordCandidates
from comparisons.search.reading import Lexicon, Reading, ReadWord, weigh_words
from comparisons.search.spelling import (
    correct_word,
    is_corrected_to_titles,
    list_halves,
    list_run_together,
    list_workers,
)
from comparisons.search.typed_text import Words

# An unknown word of at least this many letters is completed, beside other words or alone.
_FEWEST_LETTERS = 3
_FEWEST_LETTERS_SURE = 5
# How many words of a query that are not stored are looked into.
_MOST_UNKNOWN = 3
# How many other readings of a query are tried as whole titles with its words corrected.
_MOST_OTHERS = 8


class TypedQuery(NamedTuple):
    """The words of a text, those that are looked for, the one that may go on, or "", and its other readings."""

    typed: Sequence[str]
    words: Words
    unfinished: str
    others: Sequence[Words] = ()

    def goes_on(self, position: int) -> bool:
        """Whether the word at this position is the one that may go on."""
        return bool(self.unfinished) and position == len(self.words) - 1

    def only_titles(self, position: int) -> bool:
        """Whether a word can only be corrected to a whole title. One that is being typed is never certain anyway."""
        return not self.goes_on(position) and is_corrected_to_titles(self.words[position], alone=len(self.typed) == 1)


def read_queries(queries: Sequence[TypedQuery], lexicon: Lexicon) -> list[Reading]:
    unknown: dict[str, UnknownWord] = {}
    for query in queries:
        if lexicon.find_points(query.words):
            continue
        for position, word in enumerate(query.words):
            is_known = lexicon.is_word(word) or (query.goes_on(position) and lexicon.completions.get(query.unfinished))
            if not is_known and word not in unknown and len(unknown) < _MOST_UNKNOWN * len(queries):
                unknown[word] = _ask_about(query, position)
    candidates = index.look_up_unknown(unknown) if unknown else {}
    return [_read_query(query, lexicon, candidates) for query in queries]


def _ask_about(query: TypedQuery, position: int) -> UnknownWord:
    word = query.words[position]
    halves = list_halves(word)
    words = {*list_workers(word), *chain.from_iterable(halves)}
    terms = [" ".join(pair) for pair in halves]
    if len(query.words) == 1:
        terms += map(make_whole_term, list_run_together(word))
    return UnknownWord(sorted(words), terms, query.goes_on(position), query.only_titles(position))


def _read_query(query: TypedQuery, lexicon: Lexicon, candidates: Mapping[str, WordCandidates]) -> Reading:
    read: list[ReadWord] = []
    people = dict(lexicon.people)
    dropped = False
    corrected: dict[str, str] = {}
    is_whole = bool(lexicon.find_points(query.words))
    for position, word in enumerate(query.words):
        completed = _complete(word, query.unfinished, lexicon) if query.goes_on(position) else None
        if completed:
            read.append(completed)
            people |= lexicon.completions[query.unfinished]
        elif is_whole or lexicon.is_word(word):
            read.append(ReadWord(word, (word,)))
        else:
            replacements: list[ReadWord] = []
            if word in candidates:
                replacements = _replace_word(query, position, candidates[word])
                people |= candidates[word].all_people
            if len(replacements) == 1 and replacements[0].is_plain:
                corrected[word] = replacements[0].meanings[0]
            read += replacements
            dropped = dropped or not replacements
    is_beginning = not query.unfinished and any(map(_is_unfinished, read))
    return Reading(weigh_words(read, people), dropped or is_beginning, _correct_others(query.others, corrected))


def _correct_others(others: Sequence[Words], corrected: Mapping[str, str]) -> tuple[Words, ...]:
    """The first ones that have corrected words, with these: "restaurant manager" for who runs a "restaraunt".

    `corrected`: typed word -> the one that is looked for.
    """
    right = [words for words in others if not corrected.keys().isdisjoint(words)]
    return tuple(tuple(corrected.get(word, word) for word in words) for words in right[:_MOST_OTHERS])


def _complete(word: str, beginning: str, lexicon: Lexicon) -> ReadWord | None:
    """The last word as what it can go on to, itself first where it is stored; None where nothing begins with it.

    `beginning`: the word as it is typed so far.
    """
    completions = lexicon.completions.get(beginning)
    if not completions:
        return None
    exact = [word] if lexicon.is_word(word) else []
    return ReadWord(word, tuple(dict.fromkeys([*exact, *completions])))


def _is_unfinished(word: ReadWord) -> bool:
    """Whether a word is only the beginning of its meaning, so that it may mean something else."""
    return word.typed not in word.meanings and word.meanings[0].startswith(word.typed)


def _replace_word(query: TypedQuery, position: int, candidates: WordCandidates) -> list[ReadWord]:
    """The words that are looked for instead of one that is not stored: who works in a field or what it sounds like,
    whichever more people are; else two words, those that it begins, or the one that was misspelled; nothing where there
    are none."""
    word, goes_on = query.words[position], query.goes_on(position)
    possible = candidates.similar | candidates.alike
    titles = candidates.similar | candidates.titles if query.only_titles(position) else ()
    corrected = correct_word(word, possible, candidates.alike, titles, unfinished=goes_on)[:1]
    likely = [right for right in corrected if right in candidates.alike]
    likely += [worker for worker in list_workers(word) if worker in candidates.words][:1]
    if likely and not goes_on:
        return [ReadWord(word, (max(likely, key=candidates.all_people.__getitem__),))]
    for parts in _list_parts(word, candidates):
        return [ReadWord(part, (part,)) for part in parts]
    fewest = _FEWEST_LETTERS if len(query.words) > 1 else _FEWEST_LETTERS_SURE
    if len(word) < fewest or not candidates.completions:
        return [ReadWord(word, (right,)) for right in corrected]
    return [ReadWord(word, tuple(candidates.completions))]


def _list_parts(word: str, candidates: WordCandidates) -> list[Sequence[str]]:
    """The ways to split a word into two that stand side by side in titles, that of most people first, and then into
    the words of a whole title."""
    halves = [pair for pair in list_halves(word) if " ".join(pair) in candidates.terms]
    halves.sort(key=lambda pair: -min(candidates.words.get(half, 0) for half in pair))
    wholes = sorted(term for term in candidates.terms if term[0] == WHOLE)
    return [*halves, *[whole.removeprefix(WHOLE).split() for whole in wholes]]
