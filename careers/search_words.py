"""A title -> the words that find it.

Words are compared without accents and in the singular, so that "nurse" finds "Registered Nurses" and the other way
round. Beside its words a title stands in the table of words as a whole, by its initials and by its first letters:
each of these begins with a mark that no word has.
"""

import re
from collections.abc import Iterable
from unicodedata import combining, normalize

# The whole title; the initials of its words; its first letter, and its first two.
WHOLE, INITIALS, FIRST = "^", "=", "~"
# Typed so short, it begins too many words to look through them: rows of their own name the titles that begin so.
FIRST_LETTERS = 2
# These tell no title from another: "Fire and Rescue" is "Fire & Rescue".
SMALL = frozenset("a an and for in of or the to with".split())
LONGEST = 160  # letters of what finds a title; any more are not looked at
_WORD = re.compile(r"[^\W_](?:[^\W_]|[+#])*")
_IRREGULAR = {"midwives": "midwife", "people": "person", "children": "child"}


def singular(word: str) -> str:
    """Not always English, but the same for both numbers; never longer than the word.

    >>> [singular(word) for word in ("nurses", "secretaries", "coaches", "salesmen", "midwives", "women")]
    ['nurse', 'secretary', 'coach', 'salesman', 'midwife', 'woman']
    >>> [singular(word) for word in ("glass", "bus", "analysis", "gas", "c++", "nurse")]
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


def spelled(text: str) -> list[str]:
    """The words of a title or of what is typed, as they stand there, but folded and without accents.

    >>> spelled("Java Developer/IT Help-Desk Lead, C++"), spelled("Children’s Café Worker")
    (['java', 'developer', 'it', 'help', 'desk', 'lead', 'c++'], ['childrens', 'cafe', 'worker'])
    """
    text = normalize("NFKC", text).casefold().replace("'", "").replace("’", "")
    if not text.isascii():
        text = normalize("NFC", "".join(letter for letter in normalize("NFKD", text) if not combining(letter)))
    return _WORD.findall(text)


def words(text: str) -> list[str]:
    """The words that tell, in the singular; of "of" or "and" alone nothing else is left, so it stays.

    >>> words("Secretaries and Administrative Assistants"), words("the")
    (['secretary', 'administrative', 'assistant'], ['the'])
    """
    found = spelled(text)
    return [singular(word) for word in found if word not in SMALL] or found


def initials(title: str) -> list[str]:
    """Of two words or more; of a title that joins two things also those of each.

    >>> initials("Registered Nurses 12"), initials("Licensed Practical and Licensed Vocational Nurses")
    (['rn'], ['lplvn', 'lpn', 'lvn'])
    """
    found = spelled(title)
    ways = [found]
    if found.count("and") == 1:
        ways += [[*found[: found.index("and")], found[-1]], found[found.index("and") :]]
    short = ["".join(word[0] for word in way if word[0].isalpha() and word not in SMALL) for way in ways]
    return [each for each in dict.fromkeys(short) if len(each) > 1]


def finding(titles: Iterable[str]) -> dict[str, int]:
    """What finds a role of these titles, its own first -> how far down, from 4: titles of few words go first, of these
    the ones that begin with the word, and own titles before other ones.

    >>> finding(["Lead Technicians"])
    {'lead': 8, 'technician': 10, '^lead technician': 8, '=lt': 8, '~l': 8, '~le': 8}
    """
    found: dict[str, int] = {}
    for place, title in enumerate(titles):
        own = words(title)
        if not own:
            continue
        rank = min(4 * len(own), 1000) + (place > 0)
        marked = [f"{WHOLE}{' '.join(own)}", *(f"{INITIALS}{short}" for short in initials(title))]
        marked += [f"{FIRST}{own[0][:letters]}" for letters in range(1, FIRST_LETTERS + 1)]
        ranks = [(word, rank + 2 * (position > 0)) for position, word in enumerate(own)]
        # A plural that does not begin like its singular is found while it is being typed, too.
        ranks += [(word, rank + 2) for word in spelled(title) if not word.startswith(singular(word))]
        for word, each in [*ranks, *((word, rank) for word in marked)]:
            found[word[:LONGEST]] = min(found.get(word[:LONGEST], each), each)
    return found
