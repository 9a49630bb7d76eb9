"""Read a query: leave out what names no role, and decide which words it means.

Reading takes two steps, so that the database is asked once for all queries: `list_terms_to_look_up` names all terms
that can matter, and `choose_words` decides with what is stored of them.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, product, takewhile
from math import log10
from typing import NamedTuple

from careers.search_words import LONGEST, SMALL, split_words, to_singular
from careers.title_terms import BRACKETS, LAST, MEANT_BY_MOST, make_whole_term
from comparisons.search.query_words import (
    AFTER_IT,
    ARTICLES,
    BEFORE_LAST_IT,
    BEFORE_PLACES,
    BEFORE_PLACES_OF_WORK,
    BEFORE_VERBS,
    EMPLOYERS,
    FIELDS_OF_WORK,
    FILLERS,
    FILLERS_OF_TITLES,
    LEADERS,
    LEADING_TITLES,
    OTHER_DOERS,
    OTHER_WORDS,
    RANKS_AFTER,
    RANKS_BEFORE,
    RANKS_BEFORE_TITLES,
    SAME_PHRASES,
    SAME_WORDS,
    TWO_WORD_RANKS,
    WORKING,
)
from comparisons.search.spelling import list_doers, list_workers

# How many typed words are looked at, and how many of those without filler are looked for.
MOST_TYPED, MOST_WORDS = 24, 6
# How many combinations of meanings of typed words are tried as whole titles.
_MOST_COMBINED = 9
_LONGEST_WORD = 40
_LONGER_FILLER = 3
# How much it counts, in percent, that words stand side by side or at the end.
WEIGHT_OF_ORDER = 75
# A word that this many people have in their title, which is most, says nothing beside another one.
_ALL_PEOPLE, _FEWEST_PEOPLE, _WEIGHT_OF_WORD = 10**8, 10**4, 75
_PHRASES = re.compile(rf"\b(?:{'|'.join(SAME_PHRASES)})\b")
# Words that say nothing about which role is meant, or little.
_LEFT_OUT = FILLERS.union(RANKS_BEFORE, RANKS_BEFORE_TITLES, RANKS_AFTER, *TWO_WORD_RANKS)

Words = tuple[str, ...]


@dataclass(slots=True)
class Lexicon:
    """What is stored of some terms.

    `wholes`: whole title -> its best points; `people`: word -> how many people have it in their title; `completions`:
    beginning -> the words of most people with it, and how many these are.
    """

    wholes: dict[str, int] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)
    completions: dict[str, dict[str, int]] = field(default_factory=dict)

    def find_points(self, words: Iterable[str]) -> int:
        """The best points that a role gets for this whole title; 0 if it is none."""
        return self.wholes.get(make_whole_term(words), 0)

    def is_word(self, word: str) -> bool:
        return word in self.people


class ReadWord(NamedTuple):
    """One word that is looked for. `meanings`: the stored words that it can mean, none if there are none. `weight`: how
    much its points count, in percent."""

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
        terms.update(dict.fromkeys(self.list_whole_titles(), 100))
        return {term[:LONGEST]: weight for term, weight in terms.items()}

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
        most = max([people.get(meaning, 0) for meaning in word.meanings], default=0)
        weight = _WEIGHT_OF_WORD * log10(_ALL_PEOPLE / max(most, _FEWEST_PEOPLE))
        weighed.append(word._replace(weight=round(weight)))
    return tuple(weighed)


def join_words(words: Words) -> list[Words]:
    """
    >>> join_words(("fire", "fighter"))
    [('firefighter',)]
    """
    return [
        (*words[:position], words[position] + words[position + 1], *words[position + 2 :])
        for position in range(len(words) - 1)
    ]


def turn_words(words: Words) -> list[Words]:
    """The words with some of the first ones at the end.

    >>> turn_words(("engineer", "software"))
    [('software', 'engineer')]
    """
    return [words[position:] + words[:position] for position in range(1, len(words))]


class Phrase(NamedTuple):
    """Words that a text can mean; also with the last one as those who work in this field: social work, social worker;
    with two of them written as one, and in another order."""

    words: Words
    workers: list[Words]
    joined: list[Words]
    turned: list[Words]


class TypedText(NamedTuple):
    """A text, its words, and the phrases that it can mean, in the order in which they are tried as whole titles."""

    text: str
    words: list[str]
    phrases: list[Phrase]


def read_text(text: str, *, unfinished: bool = False) -> TypedText:
    """`unfinished`: the last word goes on."""
    typed = split_query(text)
    phrases = []
    for words in list_readings(typed, unfinished=unfinished) if typed else ():
        workers = [(*words[:-1], worker) for worker in list_workers(words[-1])]
        is_name = not unfinished and FILLERS.isdisjoint(words)
        turned = turn_words(words) if is_name else []
        phrases.append(Phrase(words, workers, join_words(words), turned))
    if not unfinished:
        phrases[1:1] = [Phrase(words, [], [], []) for words in _read_brackets(text)]
    return TypedText(text, typed, phrases)


def _read_brackets(text: str) -> list[Words]:
    """What stands before brackets, in them and behind, which all can be names of one role.

    >>> _read_brackets("Registered Nurses (RN)"), _read_brackets("Cook (Night Shift)")[0], _read_brackets("nurse")
    ([('registered', 'nurse'), ('rn',)], ('cook',), [])
    """
    parts = filter(None, map(split_words, BRACKETS.split(text)))
    return [to_search_form(part)[:MOST_WORDS] for part in parts] if BRACKETS.search(text) else []


def to_search_form(words: Sequence[str]) -> Words:
    """Words as titles are stored: without small ones, in the singular, each once."""
    return tuple(dict.fromkeys(to_singular(word) for word in words if word not in SMALL)) or tuple(words[:1])


def split_query(text: str) -> list[str]:
    """
    >>> split_query("Is it hard?"), split_query("what time is it"), split_query("jobs in IT")
    (['is', 'hard'], ['what', 'time', 'is'], ['jobs', 'in', 'it'])
    >>> split_query("what do people in it make"), split_query("what does it make")
    (['what', 'do', 'people', 'in', 'it', 'make'], ['what', 'does', 'make'])
    >>> split_query("taking care of old people")
    ['care', 'elderly']
    """
    shorter = _PHRASES.sub(lambda match: SAME_PHRASES[match[0]], " ".join(split_words(text)))
    words = [word[:_LONGEST_WORD] for word in shorter.split()[:MOST_TYPED]]
    beside = zip(["", *words], words, [*words[1:], ""], strict=False)
    return [word for before, word, after in beside if word != "it" or not _is_pronoun(before, after)]


def _is_pronoun(before: str, after: str) -> bool:
    """Whether "it" between these words, "" for none, is no information technology."""
    if before == "in":  # "what do people in it make"
        return False
    return before == "worth" or after in AFTER_IT or (not after and before in BEFORE_LAST_IT)


# -- which words are meant ---------------------------------------------------------------------


def list_readings(typed: Sequence[str], *, unfinished: bool = False) -> list[Words]:
    """The words that a query can mean, in the order in which they are tried as whole titles.

    No word of an `unfinished` query is left out, because the last one can go on to be another.

    >>> list_readings("how much does a nurse make".split())
    [('how', 'much', 'doe', 'nurse', 'make'), ('nurse',)]
    >>> list_readings(["salary"])
    [('salary',)]
    """
    readings = [to_search_form(typed)]
    if _names_nothing(_drop_fillers(typed)):
        return readings
    readings += _read_leaders(typed)
    if not unfinished:
        readings += _read_work(typed)
    readings += map(to_search_form, _list_shorter(typed))
    if not unfinished:
        readings += _read_place(typed)
    for reading in list(readings):
        in_other_words = _reword(reading)
        readings += in_other_words[:1] if unfinished else in_other_words
    for reading in list(readings):
        readings += _drop_leading_ranks(reading)
    return [reading[:MOST_WORDS] for reading in dict.fromkeys(readings)]


def _read_work(typed: Sequence[str]) -> list[Words]:
    """Read what somebody does, where, or in which field."""
    readings = _read_worker_at_place(typed) or _read_doers(typed)
    field = _drop_fillers(typed)[:-1]
    if field and typed[-1] in FIELDS_OF_WORK:
        return [*readings, (*to_search_form(field), "worker")]  # the hotel industry
    return readings


def _list_shorter(typed: Sequence[str]) -> list[list[str]]:
    """What is left without fillers, and then without ranks; with the fillers that titles have too comes first."""
    without_fillers = _drop_fillers(typed)
    shorter = [without_fillers, *_drop_ranks(without_fillers)]
    with_some = [word for word in typed if word not in FILLERS or word in FILLERS_OF_TITLES]
    return shorter if with_some == without_fillers else [with_some, *_drop_ranks(with_some), *shorter]


def _choose_single_words(typed: Sequence[str], lexicon: Lexicon) -> Words:
    """The words that are looked for one by one where no reading is a title; none where it names nothing.

    >>> _choose_single_words("senior fridge seller salary".split(), Lexicon())
    ('refrigerator', 'seller')
    """
    without_fillers = _drop_fillers(typed)
    if _names_nothing(without_fillers):
        return ()
    words: list[str] = []
    for word in to_search_form([without_fillers, *_drop_ranks(without_fillers)][-1]):
        words += (word if lexicon.is_word(word) else _translate_word(word)).split()
    return tuple(words[:MOST_WORDS])


def _reword(words: Words) -> list[Words]:
    """The words as titles have them, and what is left of them without an employer; none if nothing changes.

    >>> _reword(("acct", "mgr")), _reword(("starbuck", "barista"))
    ([('accountant', 'manager'), ('account', 'manager')], [('coffee', 'shop', 'barista'), ('barista',)])
    """
    in_titles: list[str] = []
    otherwise: list[str] = []
    without_employer = []
    for word in words:
        in_titles += _translate_word(word).split()
        otherwise += (OTHER_WORDS.get(word) or _translate_word(word)).split()
        if word not in EMPLOYERS:
            without_employer.append(word)
    if tuple(in_titles) == words:
        return []
    others = list(dict.fromkeys([tuple(in_titles), tuple(otherwise)]))
    if 0 < len(without_employer) < len(words):
        others.append(tuple(without_employer))
    return others


def _translate_word(word: str) -> str:
    """What titles have for a word."""
    return SAME_WORDS.get(word) or EMPLOYERS.get(word) or word


def _drop_fillers(words: Iterable[str]) -> list[str]:
    return [word for word in words if word not in FILLERS]


def _names_nothing(without_fillers: Sequence[str]) -> bool:
    """Whether nothing is left, or a rank alone: "level 5"."""
    return not without_fillers or tuple(without_fillers) in TWO_WORD_RANKS


def _read_place(typed: Sequence[str]) -> list[Words]:
    """Read what stands before the words for a place, with the place and without it.

    >>> _read_place("senior engineer at nasa in texas".split())[:3]
    [('aerospace', 'senior', 'engineer'), ('aerospace', 'engineer'), ('senior', 'engineer')]
    """
    for position, word in enumerate(typed):
        words = _drop_fillers(typed[:position])
        if word in BEFORE_PLACES and words:
            place = takewhile(lambda after: after not in BEFORE_PLACES, typed[position + 1 :])
            kind = " ".join(_translate_word(to_singular(after)) for after in place).split()
            shortened = [words, *_drop_ranks(words)]
            at_place = [to_search_form([*kind, *shorter]) for shorter in shortened]
            return [*at_place, *map(to_search_form, shortened), *_read_doers(typed[:position])]
    return []


def _read_worker_at_place(typed: Sequence[str]) -> list[Words]:
    """Read where somebody works, where nothing is named that they do there; none if that is not so.

    >>> _read_worker_at_place("works at target in texas".split()), _read_worker_at_place("jobs in a hospital".split())
    ([('retail', 'worker')], [('hospital', 'worker')])
    >>> _read_worker_at_place("jobs in banking".split()), _read_worker_at_place("work with the elderly".split())
    ([], [])
    """
    before = list(takewhile(lambda word: word not in BEFORE_PLACES_OF_WORK, typed))
    preposition, after = typed[len(before) : len(before) + 1], typed[len(before) + 1 :]
    if not before or not FILLERS.issuperset(before) or not after:
        return []
    is_place = preposition == ["at"] or after[0] in ARTICLES or (before[-1] in WORKING and preposition != ["on"])
    if not is_place:
        return []
    place = takewhile(lambda word: word not in BEFORE_PLACES_OF_WORK, after)
    kind = " ".join(EMPLOYERS.get(to_singular(word), word) for word in _drop_fillers(place)).split()
    return [(*to_search_form(kind), "worker")] if kind else []


def _read_doers(typed: Sequence[str]) -> list[Words]:
    """Read what somebody does as the people who do it.

    >>> _read_doers("drive school buses".split())[0]
    ('school', 'bus', 'driver')
    >>> _read_doers("hospital drawing blood".split())[-1]
    ('blood', 'artist')
    >>> _read_doers("i want to fix cars".split())[2:4]
    [('car', 'repairer'), ('car', 'mechanic')]
    """
    readings: list[Words] = []
    words = _start_at_verb(typed)
    for position, word in enumerate(words[:-1]):
        if position and not word.endswith("ing"):
            continue
        after = words[position + 1 :]
        objects = to_search_form(_drop_fillers(after) or [word for word in after if word == "people"])
        doers = list_doers(word) if objects else []
        others = [other for doer in doers for other in OTHER_DOERS.get(doer, ())]
        readings += [(*objects, doer) for doer in (*doers, *others)]
        if "studier" in doers:
            readings += [objects, (*objects, "researcher")]  # history is what historians study
    return readings


def _start_at_verb(typed: Sequence[str]) -> Sequence[str]:
    """The words from the first one on that can say what somebody does.

    >>> _start_at_verb("the person who makes clothes".split()), _start_at_verb("i want to work with dogs".split())
    (['makes', 'clothes'], ['work', 'with', 'dogs'])
    """
    position = 0
    while position < len(typed) and typed[position] in BEFORE_VERBS:
        position += 1
    return typed[position:]


def _read_leaders(typed: Sequence[str]) -> list[Words]:
    """Read the words before and after "of".

    >>> _read_leaders("vp of sales".split())
    [('sale', 'vp'), ('sale', 'manager'), ('sale', 'director')]
    >>> _read_leaders("salary of a chief of police".split())
    [('police', 'chief'), ('police', 'manager'), ('police', 'director')]
    """
    readings: list[Words] = []
    positions = [position for position, word in enumerate(typed) if word == "of"]
    if positions:
        leading, led = _drop_fillers(typed[: positions[-1]]), _drop_fillers(typed[positions[-1] :])
        led = led or list(typed[positions[-1] + 1 :])
        if leading and led:
            readings.append(to_search_form([*led, *leading]))
            if tuple(leading) in LEADERS:
                readings += [(*to_search_form(led), title) for title in LEADING_TITLES]
    return readings


def _drop_ranks(words: list[str]) -> list[list[str]]:
    """What is left of the words as ranks are dropped one after the other."""
    shortened = []
    while len(words) > 1:
        if tuple(words[:2]) in TWO_WORD_RANKS and len(words) > 2:
            words = words[2:]
        elif tuple(words[-2:]) in TWO_WORD_RANKS and len(words) > 2:
            words = words[:-2]
        elif words[0] in RANKS_BEFORE:
            words = words[1:]
        elif words[-1] in RANKS_AFTER:
            words = words[:-1]
        else:
            break
        shortened.append(words)
    return shortened


def _drop_leading_ranks(words: Words) -> list[Words]:
    """What is left after ranks that are dropped only where the rest is a title.

    >>> _drop_leading_ranks(("deputy", "head", "chef"))
    [('head', 'chef'), ('chef',)]
    """
    shortened = []
    while len(words) > 1 and words[0] in RANKS_BEFORE_TITLES:
        words = words[1:]
        shortened.append(words)
    return shortened


def list_naming_words(words: Sequence[str]) -> Words:
    """The words that say which role is meant: without filler and ranks."""
    return to_search_form([word for word in words if word not in _LEFT_OUT])


def is_same_name(first: Words, second: Words) -> bool:
    """Whether two names are the same apart from blanks and the ending of the last word.

    >>> is_same_name(("plumbing",), ("plumber",)), is_same_name(("fire", "fighter"), ("firefighter",))
    (True, True)
    >>> is_same_name(("walmart", "cashier"), ("cashier",)), is_same_name(("drive", "taxi"), ("taxi", "driver"))
    (False, False)
    """
    return "".join(first) == "".join(second) or (len(first) == len(second) and first[:-1] == second[:-1])


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
    for phrase in text.phrases:
        title = _choose_title(phrase, lexicon)
        if title:
            return title
    return _choose_single_words(text.words, lexicon)


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
    """The words, or those who work in this field where that is a better title; none if neither is a title.

    A title by which most people mean one role stands: a saleslady is no sales worker.
    """
    best, chosen = lexicon.find_points(phrase.words), phrase.words
    for other in (*phrase.joined, *phrase.turned):
        if not best and lexicon.find_points(other):
            best, chosen = lexicon.find_points(other), other
    if not best:
        chosen = ()
    most_people = 0
    for workers in phrase.workers if best < MEANT_BY_MOST else ():
        points, people = lexicon.find_points(workers), lexicon.people.get(workers[-1], 0)
        is_as_good = points and points == best and most_people
        if points > best or (is_as_good and people > most_people):
            chosen, best, most_people = workers, points, people
    return chosen
