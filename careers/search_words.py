"""Turn the titles of a role into the words that find it.

Words are compared without accents and in the singular, so "nurse" finds "Registered Nurses" and "nurses" finds
"Nurse". The table of words also holds each title as a whole, its initials and its first letters. Each of these begins
with a mark that no word contains.
"""

import re
from collections.abc import Iterable, Sequence
from unicodedata import combining, normalize

from careers.vocabulary import SAME_SIGNS

# The marks of a whole title, of initials, and of the first one or two letters.
WHOLE, INITIALS, FIRST = "^", "=", "~"
# One or two typed letters begin too many words to go through, so rows of their own name the titles that begin so.
FIRST_LETTERS = 2
# These words do not distinguish titles: "Fire and Rescue" is "Fire & Rescue".
SMALL = frozenset("a an and for in of or the to with".split())
LONGEST = 160  # characters of a stored word; the rest is cut off
MAX_RANK = 1000  # keeps the rank of a very long title within its column
_WORD = re.compile(r"[^\W_](?:[^\W_]|[+#])*")
_IRREGULAR = {"midwives": "midwife", "people": "person", "children": "child"}


def to_singular(word: str) -> str:
    """The same form for singular and plural, never longer than the word. It is not always an English word.

    >>> [to_singular(word) for word in ("nurses", "secretaries", "coaches", "salesmen", "midwives", "women")]
    ['nurse', 'secretary', 'coach', 'salesman', 'midwife', 'woman']
    >>> [to_singular(word) for word in ("glass", "bus", "analysis", "gas", "c++", "nurse")]
    ['glass', 'bus', 'analysis', 'gas', 'c++', 'nurse']
    """
    if len(word) < 4:
        return word
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    if word.endswith("men"):
        return word[:-2] + "an"
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def split_words(text: str) -> list[str]:
    """The words of a title or a query in their order, case-folded and without accents.

    >>> split_words("Java Developer/IT Help-Desk Lead, C++"), split_words("Children’s Café Worker")
    (['java', 'developer', 'it', 'help', 'desk', 'lead', 'c++'], ['childrens', 'cafe', 'worker'])
    """
    text = normalize("NFKC", text.translate(SAME_SIGNS)).casefold().replace("'", "")
    if not text.isascii():
        text = normalize("NFC", "".join(letter for letter in normalize("NFKD", text) if not combining(letter)))
    return _WORD.findall(text)


def significant_words(text: str) -> list[str]:
    """The words that distinguish titles, in the singular. A text of small words alone keeps them.

    >>> significant_words("Secretaries and Administrative Assistants"), significant_words("the")
    (['secretary', 'administrative', 'assistant'], ['the'])
    """
    words = split_words(text)
    return [to_singular(word) for word in words if word not in SMALL] or words


def list_initials(title: str) -> list[str]:
    """The initials of a title of two words or more, and of both things that "and" joins in it.

    >>> list_initials("Registered Nurses 12"), list_initials("Licensed Practical and Licensed Vocational Nurses")
    (['rn'], ['lplvn', 'lpn', 'lvn'])
    """
    words = split_words(title)
    names = [words]
    if words.count("and") == 1:
        joint = words.index("and")
        names += [[*words[:joint], words[-1]], words[joint:]]
    initials = ["".join(word[0] for word in name if word[0].isalpha() and word not in SMALL) for name in names]
    return [letters for letters in dict.fromkeys(initials) if len(letters) > 1]


def rank_words(titles: Iterable[str]) -> dict[str, int]:
    """Each word that finds a role of these titles -> its rank, from 4; a smaller rank is listed first.

    The role's own title comes first in `titles`. Titles of few words rank first, then words that begin a title, then
    the role's own title.

    >>> rank_words(["Lead Technicians"])
    {'lead': 8, 'technician': 10, '^lead technician': 8, '=lt': 8, '~l': 8, '~le': 8}
    """
    ranks: dict[str, int] = {}
    for place, title in enumerate(titles):
        words = significant_words(title)
        if not words:
            continue
        rank = min(4 * len(words), MAX_RANK) + (place > 0)
        first, *others = words
        title_ranks = [(first, rank), *((word, rank + 2) for word in others)]
        # A plural that does not begin like its singular is found while it is typed.
        title_ranks += [(word, rank + 2) for word in split_words(title) if not word.startswith(to_singular(word))]
        title_ranks += [(word, rank) for word in _marked_words(title, words)]
        for word, word_rank in title_ranks:
            stored = word[:LONGEST]
            ranks[stored] = min(ranks.get(stored, word_rank), word_rank)
    return ranks


def _marked_words(title: str, words: Sequence[str]) -> list[str]:
    """The title as a whole, its initials and its first letters, each behind its mark."""
    marked = [WHOLE + " ".join(words)]
    marked += [INITIALS + letters for letters in list_initials(title)]
    return marked + [FIRST + words[0][:length] for length in range(1, FIRST_LETTERS + 1)]


finding = rank_words  # the name under which a migration imports it
