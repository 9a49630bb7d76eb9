"""Split titles and queries into the words that search compares.

Words are compared without accents and in the singular, so "nurse" finds "Registered Nurses" and "nurses" finds
"Nurse".
"""

import re
from functools import lru_cache
from itertools import groupby
from unicodedata import combining, normalize

from careers.spelling import fold_spelling

# These words do not distinguish titles: "Fire and Rescue" is "Fire & Rescue".
SMALL = frozenset("a an and for in of or the to with".split())
LONGEST = 160  # characters of a stored term; the rest is cut off
_WORD = re.compile(r"[^\W_](?:[^\W_]|[+#])*")
# The highest of the bits that stand for letters, and all of them.
_OTHER_CHARACTER = 1 << 26
ALL_LETTER_BITS = 2 * _OTHER_CHARACTER - 1
# Letters that sound like others, in the order in which they are replaced: "phyc" and "phsyc" are misspelled "psyc".
# "S" is heard in "shop" and "electrician", and the "t" of "butcher" is not. A soft g within a word is heard as the hard
# one, because both are one letter.
_SOUNDS = (
    (re.compile(r"^(?:phy?s?|ps)(?=y?c)|^ps"), "s"),
    (re.compile(r"^[kgp](?=n)|^w(?=r)|(?<=m)b"), ""),
    (re.compile(r"ph"), "f"),
    (re.compile(r"t?ch"), "k"),
    (re.compile(r"[cstz]i(?=[aeou])|sh"), "S"),
    (re.compile(r"s?c(?=[eiy])|z"), "s"),
    (re.compile(r"^g(?=[eiy])"), "j"),
    (re.compile(r"c"), "k"),
    (re.compile(r"(?<=.)d?j|(?<=.)dg(?=[eiy])"), "g"),
    (re.compile(r"(?<=.)aw"), "o"),
    (re.compile(r"(?<=.)y|ie$"), "i"),
    (re.compile(r"[aou]r$"), "er"),
    (re.compile(r"(?<=..)e$"), ""),
    (re.compile(r"(?<=.)ew"), "u"),
    (re.compile(r"ei"), "i"),
    (re.compile(r"([aeiouy])[aeiouy]+|(.)\2+"), r"\1\2"),
)
_UNHEARD = str.maketrans("", "", "aeiouyhw")
_ENDS_OF_PLURALS = "sne"  # of "nurses", "women" and "people"
_IRREGULAR = {"midwives": "midwife", "children": "child", "buses": "bus", "movies": "movie", "cookies": "cookie"}


@lru_cache(maxsize=4096)
def to_singular(word: str) -> str:
    """The same form for singular and plural, never longer than the word. It is not always an English word.

    >>> [to_singular(word) for word in ("nurses", "secretaries", "coaches", "salesmen", "midwives", "women")]
    ['nurse', 'secretary', 'coach', 'salesman', 'midwife', 'woman']
    >>> [to_singular(word) for word in ("people", "salespeople")]
    ['person', 'salesperson']
    >>> [to_singular(word) for word in ("glass", "bus", "analysis", "gas", "c++", "nurse")]
    ['glass', 'bus', 'analysis', 'gas', 'c++', 'nurse']
    """
    if len(word) < 4 or word[-1] not in _ENDS_OF_PLURALS:
        return word
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    if word.endswith("men"):
        return word[:-2] + "an"
    if word.endswith("people"):
        return word[:-4] + "rson"
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def split_words(text: str) -> list[str]:
    """The words of a title or a query in their order, case-folded and without accents.

    >>> split_words("Java Developer/IT Help-Desk Lead, C++"), split_words("Children’s Café Worker")
    (['java', 'developer', 'it', 'help', 'desk', 'lead', 'c++'], ['childrens', 'cafe', 'worker'])
    """
    text = fold_spelling(text).replace("'", "")
    if not text.isascii():
        text = normalize("NFC", "".join(letter for letter in normalize("NFKD", text) if not combining(letter)))
    return _WORD.findall(text)


def list_significant_words(text: str) -> list[str]:
    """The words that distinguish titles, in the singular. A text with only small words keeps them.

    >>> list_significant_words("Secretaries and Administrative Assistants"), list_significant_words("the")
    (['secretary', 'administrative', 'assistant'], ['the'])
    """
    words = split_words(text)
    return [to_singular(word) for word in words if word not in SMALL] or words


def encode_letters(word: str) -> int:
    """A number with a bit for each letter that a word has; all characters other than a to z share one bit.

    >>> [encode_letters(word) for word in ("a", "cab", "abba")], encode_letters("c++") == encode_letters("c#")
    ([1, 7, 3], True)
    """
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) - ord("a")) if "a" <= letter <= "z" else _OTHER_CHARACTER
    return bits


@lru_cache(maxsize=1024)
def spell_by_ear(word: str) -> str:
    """The word with one letter for each sound, of vowels side by side the first. It is never longer.

    >>> spell_by_ear("psychologist"), spell_by_ear("physcologist"), spell_by_ear("chauffeur")
    ('sikologist', 'skologist', 'kafer')
    """
    for letters, sound in _SOUNDS:
        word = letters.sub(sound, word)
    return word


def sound_of(word: str) -> str:
    """How a word begins and the consonants that are heard after it: what stays when it is written by ear.

    >>> sound_of("psychiatrist"), sound_of("siketrist")
    ('sktrst', 'sktrst')
    """
    heard = spell_by_ear(word)
    return heard[:1] + "".join([letter for letter, _ in groupby(heard[1:].translate(_UNHEARD))])
