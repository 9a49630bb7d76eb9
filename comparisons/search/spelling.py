"""What a typed word can mean that is in no title: who works in a field, two words in one, or a misspelling."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise, takewhile
from operator import eq

from careers.search_words import sound_of, spell_by_ear, to_singular

# Ending of a field -> endings of those who work in it: "roofing" -> "roofer", "dentistry" -> "dentist"; and of other
# words for them: "policewoman" -> "policeman".
_ENDINGS: dict[str, tuple[str, ...]] = {
    "ing": ("er", "", "or", "ant", "e", "man", "ist"),
    "ic": ("ician",),
    "istry": ("ist",),
    "ism": ("ist",),
    "ture": ("t", "turer", "turist"),
    "ery": ("er", "eon"),
    "ry": ("er", "rist"),
    "ion": ("or", "ionist", "ioner"),
    "ement": ("er",),
    "ment": ("er",),
    "ance": ("ant",),
    "ence": ("entist", "ent"),
    "ess": ("", "or", "er"),
    "guy": ("man", "person", "worker"),
    "lady": ("man", "person", "worker", "woman"),
    "woman": ("man", "person"),
    "man": ("person", "woman"),
    "person": ("man", "er"),
    "y": ("ist", "er", "or"),
    "e": ("er", "or", "ist", "eman"),
    "": ("er", "ist", "or", "man"),
}
# A verb that doubles its last letter: "cut" -> "cutter".
_DOUBLED = re.compile(r"[^aeiou][aeiou][^aeiouwxy]$")
_ENDS_IN_Y = re.compile(r"[^aeiou]y$")
_LONGEST_ENDING = max(map(len, _ENDINGS))
_SHORTEST_STEM = 3
_SHORTEST_HALF = 3
# Shorter words are not corrected; a word of this length only to one that is a whole title.
SHORTEST_CORRECTED = 4
# From these lengths on a word may have one error and two.
_ONE_ERROR, _TWO_ERRORS = 5, 8
_MOST_COMPARED = 3
# From these lengths on a letter left out, and any other error, hardly ever makes another word.
_LONGER, _LONG = 7, 9
_DOUBLE = re.compile(r"(.)\1+")
# A longer word is no word, and would take long to compare.
_LONGEST = 30


@lru_cache(maxsize=1024)
def list_workers(field: str) -> tuple[str, ...]:
    """Words for those who work in a field; most of them are no English words.

    >>> list_workers("plumbing")[:3], list_workers("surgery")[:2]
    (('plumber', 'plumb', 'plumbor'), ('surger', 'surgeon'))
    """
    workers: list[str] = []
    shortest_ending = field.endswith(("er", "or", "e"))  # no word for workers gets another ending
    for length in range(min(len(field), _LONGEST_ENDING), shortest_ending - 1, -1):
        ending = field[len(field) - length :]
        if ending not in _ENDINGS:
            continue
        stem = field[: len(field) - length]
        if stem and len(stem) < _SHORTEST_STEM:
            continue
        endings = [worker for worker in _ENDINGS[ending] if worker or len(stem) > _SHORTEST_STEM]  # gaming is no "gam"
        workers += [stem + worker_ending for worker_ending in endings]
        if ending == "ing" and len(stem) > _SHORTEST_STEM and stem[-1] == stem[-2]:  # "programming"
            workers += [stem[:-1] + worker_ending for worker_ending in _ENDINGS[ending]]
    return tuple(worker for worker in dict.fromkeys(workers) if worker != field)


def adds_ending(word: str, worker: str) -> bool:
    """Whether a word for workers is another word with an ending, which has no need to be about those who work.

    >>> adds_ending("frog", "frogman"), adds_ending("plate", "plater"), adds_ending("plumbing", "plumber")
    (True, True, False)
    """
    added, after_stem = worker.removeprefix(word), worker.removeprefix(word.removesuffix("e"))
    return added in _ENDINGS[""] or after_stem in _ENDINGS["e"]


def list_doers(doing: str) -> list[str]:
    """Words for whoever does something; some are no English words.

    >>> list_doers("driving"), list_doers("drives"), list_doers("cut")
    (['driver', 'drivor'], ['driver', 'drivor'], ['cuter', 'cutor', 'cutter'])
    >>> list_doers("studies"), list_doers("flying"), list_doers("sing")
    (['studier'], ['flier'], ['singer', 'singor'])
    """
    verb = to_singular(doing)
    is_continued = verb.endswith("ing") and len(verb) > len("sing")
    if is_continued:
        verb = verb.removesuffix("ing")
    if _ENDS_IN_Y.search(verb):
        return [verb[:-1] + "ier"]
    if is_continued:
        return [verb + "er", verb + "or"]
    if len(verb) < _SHORTEST_STEM:
        return []
    stem = verb.removesuffix("e")
    doers = [stem + "er", stem + "or"]
    return [*doers, verb + verb[-1] + "er"] if _DOUBLED.search(verb) else doers


def list_halves(word: str) -> list[tuple[str, str]]:
    """The ways to split a word in two.

    >>> list_halves("cybersecurity")[2]
    ('cyber', 'security')
    """
    if len(word) > _LONGEST:
        return []
    positions = range(_SHORTEST_HALF, len(word) - _SHORTEST_HALF + 1)
    return [(word[:position], to_singular(word[position:])) for position in positions]


def list_run_together(word: str) -> list[tuple[str, ...]]:
    """The ways to split a word in three, or into a short form and the rest.

    >>> list_run_together("uxdesigner")[0], ("real", "estate", "agent") in list_run_together("realestateagents")
    (('ux', 'designer'), True)
    """
    parts: list[tuple[str, ...]] = [(word[:2], to_singular(word[2:]))]
    for first, rest in list_halves(word):
        parts += [(first, *halves) for halves in list_halves(rest)]
    return parts


def count_allowed_errors(word: str) -> int:
    """
    >>> [count_allowed_errors(word) for word in ("cop", "nrse", "nurce", "electrican")]
    [0, 1, 1, 2]
    """
    if not SHORTEST_CORRECTED <= len(word) <= _LONGEST or any(letter.isdigit() for letter in word):
        return 0
    return 2 if len(word) >= _TWO_ERRORS else 1


def is_corrected_to_titles(word: str, *, alone: bool) -> bool:
    """Whether a word can only be corrected to a whole title or to what it sounds like: "pirate" is not "pilates"."""
    return alone or len(word) < _ONE_ERROR


def correct_word(
    word: str,
    candidates: Mapping[str, int],
    alike: Collection[str] = (),
    titles: Collection[str] = (),
    *,
    unfinished: bool = False,
) -> list[str]:
    """The candidates that differ from a word by the allowed errors, those with fewer errors first.

    `candidates`: word -> how many people have it in their title; among them are those that sound `alike` and those that
    are whole `titles`. Errors are counted in the words as written and as spelled by ear, and one less is counted for
    those that sound alike. Of equals titles come first, then those of more people. An `unfinished` word is compared
    with as much of a candidate.

    >>> correct_word("nurce", {"nurse": 9, "nursery": 5, "purse": 1}), correct_word("tecni", {"technician": 1})
    (['nurse', 'purse'], [])
    >>> correct_word("payrol", {"patrol": 9, "payroll": 5}, ["payroll"])
    ['payroll', 'patrol']
    >>> correct_word("physcologist", {"physiologist": 9, "psychologist": 5}, ["psychologist"])
    ['psychologist', 'physiologist']
    >>> correct_word("plastrer", {"plaster": 9, "plasterer": 5}, titles=["plasterer"])
    ['plasterer', 'plaster']
    >>> correct_word("tecni", {"technician": 1}, unfinished=True)
    ['technician']
    """
    most = count_allowed_errors(word)
    heard = spell_by_ear(word)
    ranked: list[tuple[int, bool, int, str]] = []
    for candidate in {*_choose_most_similar(word, candidates), *alike} if most else ():
        written = [candidate[: len(word)], candidate[: len(word) + 1]] if unfinished else [candidate]
        errors = min([count_errors(word, text, most) for text in written])
        heard_errors = count_errors(heard, spell_by_ear(candidate), most)
        if min(errors, heard_errors) <= most:
            all_errors = errors + heard_errors - (candidate in alike)
            ranked.append((all_errors, candidate not in titles, -candidates[candidate], candidate))
    return [candidate for *_, candidate in sorted(ranked)]


def _choose_most_similar(word: str, candidates: Iterable[str]) -> Sequence[str]:
    """The candidates that share most pairs of letters with a word; the others have too many errors."""
    pairs = {first + second for first, second in pairwise(f"^{word}$")}

    def unlikeness(candidate: str) -> tuple[int, int]:
        return -sum(map(f"^{candidate}$".__contains__, pairs)), abs(len(candidate) - len(word))

    return sorted(candidates, key=unlikeness)[:_MOST_COMPARED]


def count_errors(typed: str, right: str, most: int) -> int:
    """How many letters are missing, added, wrong or exchanged with the next one; `most` + 1 where there are more.

    >>> count_errors("nurce", "nurse", 2), count_errors("sceintist", "scientist", 2), count_errors("cop", "nurse", 2)
    (1, 1, 3)
    """
    too_many = most + 1
    if abs(len(typed) - len(right)) > most:
        return too_many
    typed, right = _drop_common_ends(typed, right)
    if not typed and not right:
        return 0
    rests = [(typed[1:], right[1:]), (typed[1:], right), (typed, right[1:])]
    if typed[:2] == right[1::-1]:
        rests.append((typed[2:], right[2:]))
    if ("", "") in rests:
        return min(1, too_many)
    # Both ends differ: of two errors one is at the beginning, and the other at the end.
    return 2 if most > 1 and any(_differ_at_end(*rest) for rest in rests) else too_many


def _differ_at_end(typed: str, right: str) -> bool:
    """Whether two texts are equal apart from one error at the end, or have none."""
    if typed[:-1] == right[:-1] or typed[:-1] == right or typed == right[:-1]:
        return True
    return typed[:-2] == right[:-2] and typed[-2:] == right[:-3:-1]


def is_third_word(typed: str, right: str) -> bool:
    """Whether a word is likelier one by itself than another one misspelled: a short one, one in the past tense, or one
    with several errors that are heard or make up much of it, unless it is long and lacks only letters.

    >>> is_third_word("paid", "maid"), is_third_word("judged", "judge"), is_third_word("interest", "internist")
    (True, True, True)
    >>> is_third_word("spoke", "spook"), is_third_word("dollar", "dealer"), is_third_word("beggar", "bagger")
    (True, True, True)
    >>> is_third_word("docter", "doctor"), is_third_word("siketrist", "psychiatrist")
    (False, False)
    >>> is_third_word("firefiter", "firefighter"), is_third_word("vetinarian", "veterinarian")
    (False, False)
    """
    if len(typed) <= SHORTEST_CORRECTED or typed.endswith("ed"):
        return True
    letters = iter(right)
    is_left_out = len(typed) >= _LONG and all(letter in letters for letter in typed)
    hear = spell_by_ear if len(typed) < _LONGER else sound_of  # vowels count in a short word
    is_heard = len(typed) > _ONE_ERROR and hear(typed) == hear(right)
    return not is_left_out and not is_heard and count_errors(typed, right, 1) > 1


def is_slip(typed: str, right: str) -> bool:
    """Whether a word is another one with an error that hardly ever makes a third one: two letters exchanged, a letter
    doubled or not, one left out of a longer word, or any in a long word.

    >>> is_slip("croupeir", "croupier"), is_slip("bellhopp", "bellhop"), is_slip("zoologst", "zoologist")
    (True, True, True)
    >>> is_slip("valley", "valet"), is_slip("murder", "mudder"), is_slip("cater", "coater")
    (False, False, False)
    """
    if count_errors(typed, right, 1) != 1:
        return False
    is_doubled = _DOUBLE.sub(r"\1", typed) == _DOUBLE.sub(r"\1", right)
    is_left_out = len(right) > len(typed) >= _LONGER
    return sorted(typed) == sorted(right) or is_doubled or is_left_out or len(typed) >= _LONG


def _drop_common_ends(first: str, second: str) -> tuple[str, str]:
    """Two words without the letters that both begin with, and those that both end with.

    >>> _drop_common_ends("tecnician", "technician")
    ('', 'h')
    """
    start = _count_common_letters(first, second)
    first, second = first[start:], second[start:]
    end = _count_common_letters(first[::-1], second[::-1])
    return first[: len(first) - end], second[: len(second) - end]


def _count_common_letters(first: str, second: str) -> int:
    """How many letters both words begin with."""
    return sum(takewhile(bool, map(eq, first, second)))
