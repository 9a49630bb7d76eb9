"""Decide which words a query means, with what is stored.

Reading takes two steps, so that the database is asked once for all queries: `list_terms_to_look_up` names all terms
that can matter, and `choose_words` decides with what is stored of them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, product
from math import log10
from typing import NamedTuple

from careers.search_words import SMALL, to_singular
from careers.title_terms import LAST, LISTED, make_whole_term
from comparisons.search.query_words import FILLERS
from comparisons.search.spelling import SHORTEST_CORRECTED, list_workers
from comparisons.search.typed_text import (
    MOST_WORDS,
    Phrase,
    TypedText,
    Words,
    join_words,
    list_single_words,
    translate_word,
)

# How many combinations of meanings of typed words are tried as whole titles.
_MOST_COMBINED = 9
_LONGER_FILLER = 3
# A name for those who work in a field is not meant where this many occupations share it, nobody says which of them most
# people mean, and this many times as many people have the field itself in their title: "diagnostician".
_MANY_SHARE, _MANY_TIMES = 3, 10
# How much it counts, in percent, that words stand side by side or at the end.
WEIGHT_OF_ORDER = 75
# A word that this many people have in their title, which is most, says nothing beside another one.
_ALL_PEOPLE, _FEWEST_PEOPLE, _WEIGHT_OF_WORD = 10**8, 10**4, 75


@dataclass(slots=True)
class Lexicon:
    """What is stored of some terms.

    `wholes`: whole title -> its best points; `shared`: whole title -> how many roles have it; `people`: word -> how
    many people have it in their title; `completions`: beginning -> the words of most people with it, and how many these
    are.
    """

    wholes: dict[str, int] = field(default_factory=dict)
    shared: dict[str, int] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)
    completions: dict[str, dict[str, int]] = field(default_factory=dict)

    def find_points(self, words: Iterable[str]) -> int:
        """The best points that a role gets for this whole title; 0 if it is none."""
        return self.wholes.get(make_whole_term(words), 0)

    def is_word(self, word: str) -> bool:
        return word in self.people

    def is_vague(self, workers: Words, worked_in: str) -> bool:
        """Whether a title of those who work in a field, which is a word, names none of them."""
        is_shared = self.shared.get(make_whole_term(workers), 0) >= _MANY_SHARE and self.find_points(workers) < LISTED
        return is_shared and self.people.get(worked_in, 0) > _MANY_TIMES * self.people.get(workers[-1], 0)


class ReadWord(NamedTuple):
    """One word that is looked for. `meanings`: the stored words that it can mean, at least one. `weight`: how much its
    points count, in percent."""

    typed: str
    meanings: Words
    weight: int = 100

    @property
    def is_plain(self) -> bool:
        return len(self.meanings) == 1


@dataclass(frozen=True, slots=True)
class Reading:
    """A query as it is searched for. `dropped`: some typed words stand for nothing that is stored, or are a guess.
    `others`: other words that it can mean, corrected; they count where they are a whole title."""

    words: tuple[ReadWord, ...] = ()
    dropped: bool = False
    others: tuple[Words, ...] = ()

    @property
    def is_plain(self) -> bool:
        """Whether each word has one meaning."""
        return all(word.is_plain for word in self.words)

    @property
    def is_corrected(self) -> bool:
        """Whether a typed word stands for a similar one."""
        return any(word.is_plain and word.meanings[0] != word.typed for word in self.words)

    def list_phrases(self) -> list[Words]:
        """The words in their order, for each way to choose among their meanings."""
        phrases = []
        for phrase in product(*(word.meanings for word in self.words)):
            phrases.append(phrase)
            if len(phrases) == _MOST_COMBINED:
                break
        return phrases

    def weigh_terms(self) -> dict[str, int]:
        """All terms that count for the query -> how much, in percent.

        Titles that end with a word count where it is certain. While it is typed that would cost more than it helps.
        """
        terms: dict[str, int] = {}
        for word in self.words:
            terms.update(dict.fromkeys(word.meanings, word.weight))
        for first, second in pairwise(self.words):
            for pair in product(first.meanings, second.meanings):
                terms[" ".join(pair)] = WEIGHT_OF_ORDER
        if self.words and self.words[-1].is_plain:
            terms[self.words[-1].meanings[0] + LAST] = WEIGHT_OF_ORDER
        return terms | dict.fromkeys(self.list_whole_titles(), 100)

    def list_whole_titles(self) -> list[str]:
        """The whole titles that the query can be, also with two of its words written as one, and after a correction as
        those who work in the field: an accountant for "acounting"."""
        wholes = [make_whole_term(words) for words in self.others]
        for phrase in self.list_phrases():
            if phrase:
                titles = [phrase, *join_words(phrase)]
                if self.is_plain and self.is_corrected:
                    titles += [(*phrase[:-1], worker) for worker in list_workers(phrase[-1])]
                wholes += map(make_whole_term, titles)
        return wholes


def weigh_words(words: Sequence[ReadWord], people: Mapping[str, int]) -> tuple[ReadWord, ...]:
    """Words with their weights: beside others, a word counts the more the fewer people have it in their title.

    `people`: word -> how many people have it in their title.

    >>> words = [ReadWord("piano", ("piano",)), ReadWord("worker", ("worker",))]
    >>> [word.weight for word in weigh_words(words, {"piano": 10**5, "worker": 10**7})]
    [225, 75]
    """
    if len(words) < 2:
        return tuple(words)
    weighed = []
    for word in words:
        most = max([people.get(meaning, 0) for meaning in word.meanings])
        weight = _WEIGHT_OF_WORD * log10(_ALL_PEOPLE / max(most, _FEWEST_PEOPLE))
        weighed.append(word._replace(weight=round(weight)))
    return tuple(weighed)


def list_terms_to_look_up(text: TypedText) -> tuple[list[str], list[str]]:
    """The whole titles and the words that decide how a text is read."""
    wholes: list[str] = []
    words: list[str] = []
    for phrase in text.phrases:
        wholes += [make_whole_term(title) for title in (phrase.words, *phrase.workers, *phrase.joined, *phrase.turned)]
        words += [*phrase.words, *(worker[-1] for worker in phrase.workers)]
    return list(dict.fromkeys(wholes)), list(dict.fromkeys(words))


def find_title_points(text: TypedText, lexicon: Lexicon, *, fields: bool) -> int:
    """The best points that a role gets for a text as a whole title, apart from filler and ranks; 0 if it is none.

    `fields`: who works in a field counts too: an accountant for "accounting".
    """
    titles = [_choose_title(phrase, lexicon) if fields else phrase.words for phrase in text.phrases]
    return max(map(lexicon.find_points, titles), default=0)


def choose_words(text: TypedText, lexicon: Lexicon) -> Words:
    """The words that a text means; none where it is filler alone."""
    for phrase in text.phrases if lexicon.wholes else ():
        title = _choose_title(phrase, lexicon)
        if title:
            return title
    words: list[str] = []
    for word in list_single_words(text.words):
        words += (word if lexicon.is_word(word) else translate_word(word)).split()
    return tuple(words[:MOST_WORDS])


def restore_short(typed: Iterable[str], words: Words, lexicon: Lexicon) -> Words:
    """The words, with those as typed that are in no title and too short in the singular to be corrected.

    >>> restore_short(["nurs"], ("nur",), Lexicon()), restore_short(["cops"], ("cop",), Lexicon(people={"cop": 1}))
    (('nurs',), ('cop',))
    """
    plurals = {to_singular(word): word for word in typed}
    return tuple(
        plurals.get(word, word) if len(word) < SHORTEST_CORRECTED and not lexicon.is_word(word) else word
        for word in words
    )


def add_beginning(beginning: str, words: Words) -> tuple[Words, str]:
    """The words that an unfinished text means, and the last of them as typed, which may go on; "" where none may.

    A small word or a short filler can be the beginning of a word of a title; a longer filler more likely stands for
    itself. Any other word that is not among the words was left out on purpose.

    >>> add_beginning("a", ("flight",)), add_beginning("salary", ("nurse",)), add_beginning("nurses", ("nurse",))
    ((('flight', 'a'), 'a'), (('nurse',), ''), (('nurse',), 'nurses'))
    >>> add_beginning("nu", ("doctor",))
    (('doctor',), 'nu')
    """
    is_small = beginning in FILLERS or beginning in SMALL
    is_repeated = beginning in words or to_singular(beginning) in words
    if words and (is_repeated or not is_small):
        return words, beginning
    if words and len(beginning) >= _LONGER_FILLER and beginning not in SMALL:
        return words, ""
    return (*words[: MOST_WORDS - 1], beginning), beginning


def _choose_title(phrase: Phrase, lexicon: Lexicon) -> Words:
    """The words, or those who work in this field where that is a better title; none if neither is a title."""
    best, chosen = lexicon.find_points(phrase.words), phrase.words
    for other in (*phrase.joined, *phrase.turned):
        if not best and lexicon.find_points(other):
            best, chosen = lexicon.find_points(other), other
    if not best:
        chosen = ()
    most_people = 0
    for workers in phrase.workers:
        points, people = lexicon.find_points(workers), lexicon.people.get(workers[-1], 0)
        if lexicon.is_vague(workers, phrase.words[-1]):
            continue
        is_as_good = points and points == best and most_people
        if points > best or (is_as_good and people > most_people):
            chosen, best, most_people = workers, points, people
    return chosen
