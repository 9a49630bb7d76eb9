"""Titles as sentences need them: in lower case, in the plural, with their article."""

import re

# Words whose plural no rule gives.
_IRREGULAR = {
    "child": "children",
    "foot": "feet",
    "person": "people",
    "staff": "staff",
    "tooth": "teeth",
    "midwife": "midwives",
    "housewife": "housewives",
    "series": "series",
    "personnel": "personnel",
}

# The head of "chief of staff" is "chief": what follows one of these words only tells which.
_JOINING = {"of", "in", "at", "for", "to", "de", "du", "on", "with", "by", "from", "under"}
# Letters whose names begin with a vowel: an LPN, an SQL developer.
_VOWEL_NAMES = set("AEFHILMNORSX")
# Acronyms that are spoken as words, of those that begin with such a letter: a NASA engineer, a MIG welder.
_SPOKEN = {
    *("FEMA", "HAZMAT", "HIPAA", "LAN", "LASIK", "LEED", "MIG"),
    *("NASA", "NATO", "NICU", "SCADA", "STEM", "SWAT"),
}
# Languages and peoples. Without "Polish", which in titles is more often for nails.
_PEOPLES = (
    *("African", "American", "Arabic", "Asian", "British", "Canadian", "Chinese", "Dutch", "English", "European"),
    *("French", "German", "Greek", "Hebrew", "Hispanic", "Indian", "Italian", "Japanese", "Korean", "Latin"),
    *("Mandarin", "Mexican", "Portuguese", "Russian", "Spanish", "Turkish", "Vietnamese"),
)
_LEVEL = re.compile(r"(?:[IVX]+|\d+|[A-Z])$")


def _is_acronym(word: str) -> bool:
    """Capitals beyond the first, or none to lower: LPN, DevOps, iOS, 3D.

    >>> [_is_acronym(word) for word in ("LPN", "DevOps", "Lead", "3D", "A")]
    [True, True, False, True, False]
    """
    return any(letter.isupper() for letter in word[1:]) or (word[:1].isdigit() and word.upper() == word)


def in_prose(title: str) -> str:
    """
    >>> in_prose("Lead Technician"), in_prose("LPN"), in_prose("Java Developer/IT Support")
    ('lead technician', 'LPN', 'java developer/IT support')
    >>> in_prose("C++ Developer"), in_prose("X-Ray Technician"), in_prose("Spanish Teacher")
    ('C++ developer', 'X-ray technician', 'Spanish teacher')
    """
    return "".join(
        part if _is_acronym(part) or _is_level(part, title) or _is_name(part) else part.lower()
        for part in re.split(r"([^\w'’.]+)", title)
    )


def _is_name(part: str) -> bool:
    """The C of C++, the X of X-ray, Spanish; "A" is the article."""
    return part in _PEOPLES or (len(part) == 1 and part != "A" and part.isupper())


def _is_level(part: str, title: str) -> bool:
    """The II of `Engineer II`, the A of `Class A`: a capital at the end that is no word."""
    return title.endswith(f" {part}") and bool(_LEVEL.match(part)) and part.isupper()


def plural(title: str) -> str:
    """Several people of one title, as a sentence has it.

    >>> plural("Lead Technician"), plural("Attorney"), plural("Secretary"), plural("Nurse")
    ('lead technicians', 'attorneys', 'secretaries', 'nurses')
    >>> plural("Chief of Staff"), plural("Foreman"), plural("Coach"), plural("LPN"), plural("Engineer II")
    ('chiefs of staff', 'foremen', 'coaches', 'LPNs', 'engineers II')
    >>> plural("Manager, Sales"), plural("Technician's Helper"), plural("Information Technology/Support Technician")
    ('managers, sales', "technician's helpers", 'information technology/support technicians')
    """
    prose = in_prose(title)
    head, comma, rest = prose.partition(",")
    words = head.split(" ")
    at = len(words) - 1
    for index, word in enumerate(words):
        if index and word in _JOINING:
            at = index - 1
            break
    else:
        if at and _is_level(words[at], title):
            at -= 1
    words[at] = _plural_word(words[at])
    return " ".join(words) + comma + rest


def _plural_word(word: str) -> str:
    """
    >>> [_plural_word(word) for word in ("boss", "chef", "sales", "person", "german")]
    ['bosses', 'chefs', 'sales', 'people', 'germans']
    """
    before, _, last = word.rpartition("-")
    if before:
        return f"{before}-{_plural_word(last)}"
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word.endswith("person"):
        return word[:-6] + "people"
    if word.endswith("man") and word.lower() not in ("german", "human", "roman"):
        return word[:-3] + "men"
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    if word.endswith(("ss", "x", "z", "ch", "sh")):
        return word + "es"
    return word if word.endswith("s") else word + "s"


def with_article(title: str) -> str:
    """
    >>> with_article("Attorney"), with_article("LPN"), with_article("User Researcher"), with_article("Nurse")
    ('an attorney', 'an LPN', 'a user researcher', 'a nurse')
    >>> with_article("UX Designer"), with_article("Hourly Clerk"), with_article("Umpire"), with_article("911 Operator")
    ('a UX designer', 'an hourly clerk', 'an umpire', 'a 911 operator')
    """
    prose = in_prose(title)
    return f"{'an' if _sounds_like_vowel(prose) else 'a'} {prose}"


def _sounds_like_vowel(prose: str) -> bool:
    word = re.split(r"[^\w]", prose, maxsplit=1)[0]
    if word[:1].isdigit():
        return word.startswith("8") or word in ("11", "18")
    if word[:2].isupper():
        return word[0] in _VOWEL_NAMES and word not in _SPOKEN
    if word.startswith(("hour", "honest", "honor", "honour", "heir")):
        return True
    if re.match(r"(?i:eu|one|once|uni(?!n|m)|us[aeu]|ut[ei]|ur[aiou]|uk)", word):
        return False
    return word[:1].lower() in "aeiou" and bool(word)
