"""Read what was typed: leave out what names no role, and list the phrases that it can mean."""

import re
from collections.abc import Iterable, Sequence
from itertools import chain, dropwhile, takewhile
from typing import NamedTuple

from careers.search_words import SMALL, split_words, to_singular
from careers.title_terms import BRACKETS
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
    SCHOOLING,
    TWO_WORD_RANKS,
    WORKING,
)
from comparisons.search.spelling import list_doers, list_workers

# How many typed words are looked at, and how many of those without filler are looked for.
MOST_TYPED, MOST_WORDS = 24, 6
_LONGEST_WORD = 40
_AT = re.compile(r"@(?=\s*\w)")
_PHRASES = re.compile(rf"\b(?:{'|'.join(SAME_PHRASES)})\b")
# Words that say nothing about which role is meant, or little.
_LEFT_OUT = FILLERS.union(RANKS_BEFORE, RANKS_BEFORE_TITLES, RANKS_AFTER, *TWO_WORD_RANKS)
# Words for which titles have others.
_TRANSLATED = SAME_WORDS.keys() | EMPLOYERS.keys()

Words = tuple[str, ...]


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


def split_query(text: str) -> list[str]:
    """
    >>> split_query("Is it hard?"), split_query("what time is it"), split_query("jobs in IT")
    (['is', 'hard'], ['what', 'time', 'is'], ['jobs', 'in', 'it'])
    >>> split_query("what do people in it make"), split_query("what does it make")
    (['what', 'do', 'people', 'in', 'it', 'make'], ['what', 'does', 'make'])
    >>> split_query("taking care of old people")
    ['care', 'elderly']
    """
    shorter = _PHRASES.sub(lambda match: SAME_PHRASES[match[0]], " ".join(split_words(_AT.sub(" at ", text))))
    words = [word[:_LONGEST_WORD] for word in shorter.split()[:MOST_TYPED]]
    beside = zip(["", *words], words, [*words[1:], ""], strict=False)
    return [word for before, word, after in beside if word != "it" or not _is_pronoun(before, after)]


def _is_pronoun(before: str, after: str) -> bool:
    """Whether "it" between these words, "" for none, is no information technology."""
    if before == "in":  # "what do people in it make"
        return False
    return before == "worth" or after in AFTER_IT or (not after and before in BEFORE_LAST_IT)


def to_search_form(words: Sequence[str]) -> Words:
    """Words as titles are stored: without small ones, in the singular, each once."""
    return tuple(dict.fromkeys(to_singular(word) for word in words if word not in SMALL)) or tuple(words[:1])


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
        readings.append((*to_search_form(field), "worker"))  # the hotel industry
    elif field and typed[-1] in SCHOOLING and typed[-2] == field[-1]:
        readings.append(to_search_form(field))  # welding school
    return readings


def _list_shorter(typed: Sequence[str]) -> list[list[str]]:
    """What is left without fillers, and then without ranks; with the fillers that titles have too comes first."""
    without_fillers = _drop_fillers(typed)
    shorter = [without_fillers, *_drop_ranks(without_fillers)]
    with_some = [word for word in typed if word not in FILLERS or word in FILLERS_OF_TITLES]
    return shorter if with_some == without_fillers else [with_some, *_drop_ranks(with_some), *shorter]


def list_single_words(typed: Sequence[str]) -> Words:
    """The words without fillers and ranks; none where they name nothing.

    >>> list_single_words("senior fridge seller salary".split()), list_single_words("level 5".split())
    (('fridge', 'seller'), ())
    """
    without_fillers = _drop_fillers(typed)
    if _names_nothing(without_fillers):
        return ()
    return to_search_form([without_fillers, *_drop_ranks(without_fillers)][-1])


def _reword(words: Words) -> list[Words]:
    """The words as titles have them, and what is left of them without an employer; none if nothing changes.

    >>> _reword(("acct", "mgr")), _reword(("starbuck", "barista"))
    ([('accountant', 'manager'), ('account', 'manager')], [('coffee', 'shop', 'barista'), ('barista',)])
    """
    if _TRANSLATED.isdisjoint(words):
        return []
    in_titles: list[str] = []
    otherwise: list[str] = []
    without_employer = []
    for word in words:
        in_titles += translate_word(word).split()
        otherwise += (OTHER_WORDS.get(word) or translate_word(word)).split()
        if word not in EMPLOYERS:
            without_employer.append(word)
    others = list(dict.fromkeys([tuple(in_titles), tuple(otherwise)]))
    if 0 < len(without_employer) < len(words):
        others.append(tuple(without_employer))
    return others


def translate_word(word: str) -> str:
    """What titles have for a word."""
    return SAME_WORDS.get(word) or EMPLOYERS.get(word) or word


def _drop_fillers(words: Iterable[str]) -> list[str]:
    return [word for word in words if word not in FILLERS]


def drop_question(words: Sequence[str]) -> list[str]:
    """The words without the fillers at both ends.

    >>> drop_question("how much does a head of ice make".split())
    ['head', 'of', 'ice']
    """
    after = list(dropwhile(FILLERS.__contains__, words))
    return list(dropwhile(FILLERS.__contains__, after[::-1]))[::-1]


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
            kind = " ".join(translate_word(to_singular(after)) for after in place).split()
            shortened = [words, *_drop_ranks(words)]
            at_place = [to_search_form([*kind, *shorter]) for shorter in shortened]
            if len(kind) > 1:  # a toddler room
                at_place += [to_search_form([*to_search_form(kind)[:1], *shorter]) for shorter in shortened]
            at_place += chain.from_iterable(map(_reword, at_place))  # a pharmaceutical sales rep is no sales rep alone
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
        others = chain.from_iterable(OTHER_DOERS.get(doer, ()) for doer in doers)
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
        led = led or list(typed[positions[-1] + 1 :])  # "VP of growth"
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
