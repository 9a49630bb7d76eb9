"""Titles as sentences need them: in lower case, in the plural, with an article.

Titles of pages are singular ("Lead Technician"), those of official occupations plural ("Cooks, Restaurant"). A plural
stays as it is. Words that only qualify a title go into brackets, so that its commas do not disturb a sentence. Short
names of occupations have a plural of their own, and stand as they are.

Pages write every name of a role as a sentence does, whichever words its publisher capitalizes: "SQL developer".
A title all in capitals keeps them.
"""

import re
from functools import lru_cache

from careers.areas import AREAS
from careers.names import ShortName

# Words with an irregular plural.
_IRREGULAR = {
    "child": "children",
    "clergy": "clergy",
    "crew": "crew",
    "faculty": "faculty",
    "foot": "feet",
    "housewife": "housewives",
    "midwife": "midwives",
    "person": "people",
    "personnel": "personnel",
    "police": "police",
    "series": "series",
    "staff": "staff",
    "tooth": "teeth",
}

# Titles that name a field of work and no person: "people in software engineering".
_IN_FIELD = "people in "
_FIELDS = {
    *("accountancy", "care", "finance", "operations", "production", "research", "retail", "sales", "security"),
    *("service", "services", "support", "communications", "relations", "resources", "affairs"),
}
_FIELD = re.compile(r"(?:ance|ence|ment|ity|logy|tion|ware|(?<!be)(?<!k)(?<!l)ing|(?<!chan|.med|.rit|.ler|.com)ics)$")
# Words whose people take an apostrophe: “nurses’”, “salespeople’s”.
_POSSESSIVE = re.compile(r"[\w/&’' -]+(?:s|people|men|children)$")
# Words that end in s and are no plural.
_NO_PLURAL = re.compile(r"(?:ss|us|is)$")

# The head of "chief of staff" is "chief": words after one of these only qualify it.
_JOINING = {"of", "in", "at", "for", "to", "de", "du", "on", "with", "by", "from", "under"}
# Adjectives that follow their noun: attorneys general, notaries public.
_AFTER_NOUN = {("attorney", "general"), ("director", "general"), ("notary", "public"), ("surgeon", "general")}
# Letters whose names begin with a vowel sound: an LPN, an SQL developer.
_VOWEL_NAMES = set("AEFHILMNORSX")
# Acronyms that begin with such a letter and are spoken as words: a NASA engineer, a MIG welder.
_SPOKEN = {
    *("FEMA", "HAZMAT", "HIPAA", "LAN", "LASIK", "LEED", "LIDAR", "MIG"),
    *("NASA", "NATO", "NICU", "RADAR", "SAS", "SCADA", "SOC", "STEM", "SWAT"),
}
_SOFTWARE = {
    *("Adobe", "Android", "Angular", "Azure", "Cisco", "Django", "Drupal", "Hadoop", "Java", "Kotlin", "Kubernetes"),
    *("Linux", "Microsoft", "Node.js", "Oracle", "Perl", "Python", "React", "Ruby", "Salesforce", "Scala", "Snowflake"),
    *("Splunk", "Tableau", "Unix", "Windows", "Workday"),
}
_SOFTWARE_AS_LISTED = {name.lower(): name for name in _SOFTWARE}
# Languages, peoples, faiths, programs and products. "Polish" is missing: in titles it is mostly for nails.
_NAMES = {
    *("African", "American", "Arabic", "Asian", "British", "Canadian", "Chinese", "Dutch", "English", "European"),
    *("French", "German", "Greek", "Hebrew", "Hispanic", "Indian", "Italian", "Japanese", "Korean", "Latin"),
    *("Mandarin", "Mexican", "Portuguese", "Russian", "Spanish", "Turkish", "Vietnamese"),
    *("Albanian", "Altaic", "Appalachian", "Armenian", "Australasian", "Australian", "Balkans", "Baltic", "Bengali"),
    *("Bosnian", "Bulgarian", "Burmese", "Cambodian", "Caribbean", "Catalan", "Caucasian", "Celtic", "Chicano"),
    *("Croatian", "Czech", "Danish", "Eurasian", "Filipino", "Flemish", "Germanic", "Hawaiian", "Hindi", "Hungarian"),
    *("Iberian", "Indonesian", "Iranian", "Irish", "Khmer", "Lao", "Magyar", "Malay", "Mediterranean", "Mongolian"),
    *("Norwegian", "Pacific", "Puerto", "Punjabi", "Rican", "Romanian", "Sanskrit", "Scandinavian", "Semitic"),
    *("Serbian", "Slavic", "Slovak", "States", "Swedish", "Tagalog", "Tamil", "Thai", "Tibetan", "Turkic"),
    *("Ukraine", "Ukrainian", "United", "Ural", "Uralic", "Urdu"),
    *("Bible", "Buddhist", "Catholic", "Christian", "Hindu", "Holocaust", "Islamic", "Jewish", "Judaic", "Mormon"),
    *("Medicaid", "Medicare", "Montessori", "Steiner", "Talmudic", "Waldorf"),
    *("Airbus", "America", "Braille", "Caterpillar", "Christmas", "Dictaphone", "Farsi", "Ferris", "Linotype", "Lyft"),
    *("Medtronics", "Mohs", "Oriental", "Pilates", "Presbyterian", "Protestant", "Sunday", "Swahili", "Swiss"),
    *("Victorian", "Websphere", "Xerox", "Zumba"),
    *("Amazon", "Angeles", "Diego", "Francisco", "Google", "Louis", "Mariana", "Orleans", "Rhode", "Walmart"),
    *_SOFTWARE,
    *[area.name.rpartition(" ")[2] for area in AREAS.values() if not area.name.endswith(("Island", "Islands"))],
}
# In titles all in capitals, longer words are no acronyms.
_LONGEST_ACRONYM = 4  # letters
# Words that are part of a name only before these.
_BEFORE_ISLANDS = {"Long", "Virgin"}
_ISLANDS = {"Island", "Islander", "Islands"}
# Words that keep their capital before one of these names.
_BEFORE_NAMES = {
    *("North", "South", "East", "West", "Southeast", "Northern", "Southern", "Eastern", "Western", "Central"),
    *("Los", "New", "San", "St."),
}
_LEVEL = re.compile(r"(?:[IVX]+|[A-Z]|[\w-]*\d)$")
# "Technician Level 2" has its level in two words.
_LEVEL_NAMES = {"class", "grade", "level", "step", "tier", "type"}
# Where the qualifying part of a title begins. A comma may also join a list.
_QUALIFIER = re.compile(
    r"--|,\s+(?=(?:except|including|all other)\b)|\s+[-\N{EN DASH}\N{EM DASH}]\s+|[:;]\s+|\s+(?=\()", re.I
)
# Characters between the two parts.
_MARKS = " ,;:-\N{EN DASH}\N{EM DASH}"
_AGENTS = re.compile(r"(?:er|or|ist|ian|ant|eer|man)s$")

# How many titles each cache holds: enough for the pages that are read most. Caches with `typed` keep a short name apart
# from a title of the same letters.
_CACHE_SIZE = 4096


def _is_acronym(word: str) -> bool:
    """Whether a word has capitals after its first letter, or none to lower: LPN, DevOps, iOS, 3D.

    >>> [_is_acronym(word) for word in ("LPN", "DevOps", "Lead", "3D", "A")]
    [True, True, False, True, False]
    """
    rest = word[1:]
    return rest != rest.lower() or (word[:1].isdigit() and word.upper() == word)


@lru_cache(_CACHE_SIZE, typed=True)
def in_prose(title: str) -> str:
    """
    >>> in_prose(ShortName("Farming or fishing supervisor, all", "Farming and fishing supervisors, all"))
    'farming or fishing supervisor, all'
    >>> in_prose("Lead Technician"), in_prose("LPN"), in_prose("Java Developer/IT Support")
    ('lead technician', 'LPN', 'Java developer/IT support')
    >>> in_prose("C++ Developer"), in_prose("X-Ray Technician"), in_prose("Braille Teacher")
    ('C++ developer', 'X-ray technician', 'Braille teacher')
    >>> in_prose("Cooks, Restaurant"), in_prose("Surveyors, Cartographers, and Photogrammetrists")
    ('cooks (restaurant)', 'surveyors, cartographers, and photogrammetrists')
    """
    if isinstance(title, ShortName):
        return lower_title(title)
    named, qualifier = _split_title(title)
    return lower_title(named) + _put_in_brackets(qualifier)


@lru_cache(_CACHE_SIZE)
def lower_title(title: str) -> str:
    """Any name within a sentence, with its commas.

    >>> lower_title("Restaurant, Culinary, and Catering Management"), lower_title("English Literature")
    ('restaurant, culinary, and catering management', 'English literature')
    >>> lower_title("East Asian Studies"), lower_title("Central Supply"), lower_title("Slavic Studies")
    ('East Asian studies', 'central supply', 'Slavic studies')
    """
    parts = re.split(r"([^\w'’.]+)", title)
    before, between, following = ["", "", *parts], [*parts[1:], " "], [*parts[2:], "", ""]
    written = []
    for previous, part, after, word in zip(before, parts, between, following, strict=False):
        is_grade = part == "A" and previous.lower() in _LEVEL_NAMES
        is_island = _is_part_of_island(previous, part, word)
        keeps = is_grade or is_island or _is_acronym(part) or _is_level(part, title) or _is_name(part, after, word)
        written.append(part if keeps else part.lower())
    return "".join(written).replace("district of Columbia", AREAS["DC"].name)


def _put_in_brackets(qualifier: str) -> str:
    inside = lower_title(qualifier.strip(_MARKS))
    if inside.startswith("("):
        return f" {inside}"
    return f" ({inside})" if inside else ""


def _is_name(part: str, after: str, following: str) -> bool:
    """Whether a word keeps its capital: the C of C++, the X of X-ray, Spanish, the East of East Asian; "A" before a
    blank is the article. `after`: what stands between it and the following word."""
    if part in _BEFORE_NAMES:
        return following in _NAMES
    return part in _NAMES or (len(part) == 1 and part.isupper() and not (part == "A" and after[:1] == " "))


def _is_part_of_island(previous: str, part: str, following: str) -> bool:
    if part in _ISLANDS:
        return previous in _BEFORE_ISLANDS or previous in _NAMES
    return part in _BEFORE_ISLANDS and following in _ISLANDS


def _is_level(part: str, title: str) -> bool:
    """The II of `Engineer II`, the A of `Class A`: capitals at the end of a title that are no word."""
    return title.endswith(f" {part}") and bool(_LEVEL.match(part)) and part.isupper()


@lru_cache(_CACHE_SIZE)
def _split_title(title: str) -> tuple[str, str]:
    """Split a title into what it names and what qualifies that.

    >>> _split_title("Cooks, Restaurant"), _split_title("Registered Nurse (RN)"), _split_title("Nurse - ICU")
    (('Cooks', ', Restaurant'), ('Registered Nurse', ' (RN)'), ('Nurse', ' - ICU'))
    >>> _split_title("Art, drama, or music professor")
    ('Art, drama, or music professor', '')
    >>> _split_title("Molders, Shapers, and Casters, Except Metal and Plastic")
    ('Molders, Shapers, and Casters', ', Except Metal and Plastic')
    """
    title = " ".join(title.split())
    title = title.strip(_MARKS) or title
    qualifier = _QUALIFIER.search(title, 1)
    end = qualifier.start() if qualifier else len(title)
    pieces = title[:end].split(", ")
    last = _find_end_of_list(pieces)
    if len(pieces) > last + 1:
        end = len(", ".join(pieces[: last + 1]))
    return title[:end], title[end:]


def _find_end_of_list(pieces: list[str]) -> int:
    """The index of the last piece of the list of people that a title begins with, 0 for no such list."""
    if _has_joining_word(pieces[0]):
        # "Agents of Artists, Performers, and Athletes": the list belongs to the qualifying part.
        return len(pieces) - 1
    ends = [at for at in range(1, len(pieces)) if pieces[at].startswith(("and ", "or ", "& "))]
    ends_of_people = [at for at in ends if _is_plural_word(pieces[at]) and not pieces[at].startswith("or ")]
    if ends_of_people:
        return 0 if _lists_materials(pieces) else ends_of_people[-1]
    # "Farming, fishing, and forestry supervisor" lists what one person is for.
    return ends[-1] if ends and not _is_plural_word(pieces[0]) else 0


def _lists_materials(pieces: list[str]) -> bool:
    """As "Pressers, Textile, Garment, and Related Materials" does."""
    return bool(_AGENTS.search(pieces[0])) and not _is_plural_word(pieces[1])


def _has_joining_word(words: str) -> bool:
    return any(word.lower() in _JOINING for word in words.split(" ")[1:])


def _is_plural_word(words: str) -> bool:
    """
    >>> [_is_plural_word(words) for words in ("Chief Executives", "Firemen", "Sales", "Boss", "Police", "Nurse")]
    [True, True, False, False, True, False]
    """
    word = words.rsplit(" ", 1)[-1].lower()
    if _is_field(word) or _NO_PLURAL.search(word):
        return False
    return (len(word) > 2 and word.endswith(("s", "men", "people"))) or word in ("children", "clergy", "police")


@lru_cache(_CACHE_SIZE, typed=True)
def is_plural(title: str) -> bool:
    """
    >>> is_plural("First-Line Supervisors of Retail Sales Workers"), is_plural("Chief of Operations")
    (True, False)
    >>> is_plural("Cooks, Restaurant"), is_plural("Manager, Sales"), is_plural("Human Resources Manager")
    (True, False, False)
    """
    if isinstance(title, ShortName):
        return False
    named, _ = _split_title(title)
    words = named.split(" ")
    return _is_plural_word(words[_find_head(words, named)])


def _find_head(words: list[str], title: str) -> int:
    """The index of the word that says who: the first before "of", else the last one that is no level."""
    for index, word in enumerate(words):
        if index and word.lower() in _JOINING:
            return index - 1
    head = _find_word_before_level(words, title)
    if head and (words[head - 1].lower(), words[head].lower()) in _AFTER_NOUN:
        return head - 1
    return head


def _find_word_before_level(words: list[str], title: str) -> int:
    """The index of the last word, or of the last one before a level such as "II" or "Level 2"."""
    head = len(words) - 1
    if head and _is_level(words[head], title):
        head -= 1
    elif head > 1 and words[head].isdigit() and words[head - 1].lower() in _LEVEL_NAMES:
        head -= 2
    if head and words[head].lower() in _LEVEL_NAMES and words[head] != words[-1]:
        head -= 1
    return head


def pluralize(title: str) -> str:
    """The people of a title, as a sentence names them.

    >>> pluralize(ShortName("Chef or head cook", "Chefs and head cooks"))
    'chefs and head cooks'
    >>> pluralize("Lead Technician"), pluralize("Attorney"), pluralize("Secretary"), pluralize("Nurse")
    ('lead technicians', 'attorneys', 'secretaries', 'nurses')
    >>> [pluralize(title) for title in ("Chief of Staff", "Foreman", "Coach", "LPN", "Engineer II")]
    ['chiefs of staff', 'foremen', 'coaches', 'LPNs', 'engineers II']
    >>> pluralize("Manager, Sales"), pluralize("Technician's Helper"), pluralize("IT/Support Technician")
    ('managers (sales)', "technician's helpers", 'IT/support technicians')
    >>> pluralize("Registered Nurses"), pluralize("Teachers, All Other"), pluralize("Software Engineering")
    ('registered nurses', 'teachers (all other)', 'people in software engineering')
    """
    return lower_title(title.plural) if isinstance(title, ShortName) else _make_plural(title)


@lru_cache(_CACHE_SIZE)
def _make_plural(title: str) -> str:
    if is_plural(title):
        return in_prose(title)
    named, qualifier = _split_title(title)
    words = lower_title(named).split(" ")
    at = _find_head(words, named)
    if at == len(words) - 1 and _is_field(words[at]):
        return f"{_IN_FIELD}{' '.join(words)}{_put_in_brackets(qualifier)}"
    words[at] = "/".join(_pluralize_word(word) for word in words[at].split("/"))
    if at == 2 and words[1] in ("&", "and"):  # "Nurse & Midwife" names two
        words[0] = _pluralize_word(words[0])
    return " ".join(words) + _put_in_brackets(qualifier)


def _is_field(word: str) -> bool:
    """
    >>> [_is_field(word) for word in ("engineering", "logistics", "assurance", "king", "mechanics", "nurse")]
    [True, True, True, False, False, False]
    """
    return word in _FIELDS or bool(_FIELD.search(word))


def _pluralize_word(word: str) -> str:
    """
    >>> [_pluralize_word(word) for word in ("boss", "chef", "person", "german", "editor-in-chief", "nurses")]
    ['bosses', 'chefs', 'people', 'germans', 'editors-in-chief', 'nurses']
    >>> _pluralize_word("ATTORNEY"), _pluralize_word("NURSE"), _pluralize_word("LCSW")
    ('ATTORNEYS', 'NURSES', 'LCSWs')
    """
    if word.isupper() and len(word) > _LONGEST_ACRONYM:
        return _pluralize_word(word.lower()).upper()
    before, _, last = word.rpartition("-")
    if before:
        first, joining, rest = word.partition("-")
        if rest.split("-")[0] in _JOINING or rest == "up":
            return f"{_pluralize_word(first)}{joining}{rest}"
        return f"{before}-{_pluralize_word(last)}"
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word.endswith("person"):
        return word[:-6] + "people"
    if word.endswith("man") and word.lower() not in ("german", "human", "roman"):
        return word[:-3] + "men"
    return _add_plural_ending(word)


def _add_plural_ending(word: str) -> str:
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    if word.endswith(("ss", "x", "z", "ch", "sh")) and not word.endswith("tech"):
        return word + "es"
    return word + "s" if word[-1:].isalnum() and not word.endswith("s") else word


def add_article(title: str) -> str:
    """One person of a title; plurals and fields of work have no article.

    >>> add_article("Attorney"), add_article("LPN"), add_article("User Researcher"), add_article("Nurse")
    ('an attorney', 'an LPN', 'a user researcher', 'a nurse')
    >>> add_article("UX Designer"), add_article("Hourly Clerk"), add_article("Umpire"), add_article("911 Operator")
    ('a UX designer', 'an hourly clerk', 'an umpire', 'a 911 operator')
    >>> add_article("Registered Nurses")
    'registered nurses'
    """
    prose = in_prose(title)
    if is_plural(title) or pluralize(title).startswith(_IN_FIELD):
        return prose
    return f"{'an' if _sounds_like_vowel(prose) else 'a'} {prose}"


def _sounds_like_vowel(prose: str) -> bool:
    word = re.split(r"[^\w]", prose, maxsplit=1)[0]
    if word[:1].isdigit():
        return word.startswith("8") or word in ("11", "18", "11th", "18th")
    if word[:2].isupper():
        return word[0] in _VOWEL_NAMES and word not in _SPOKEN
    if word.startswith(("hour", "honest", "honor", "honour", "heir", "herb")):
        return True
    if re.match(r"(?i:eu|ewe|once|one|uni(?!n|m)|ubi|us[aeu]|ut[ei]|ur[aiou]|uk)", word):
        return False
    return word[:1].lower() in "aeiou" and bool(word)


def name_middle_person(title: str) -> str:
    """The one who earns more than half of the others.

    >>> name_middle_person("Nurse"), name_middle_person("Cooks, Restaurant"), name_middle_person("Software Engineering")
    ('the middle nurse', 'the median of cooks (restaurant)', 'the middle person in software engineering')
    """
    if is_plural(title):
        return f"the median of {in_prose(title)}"
    people = pluralize(title)
    if people.startswith(_IN_FIELD):
        return f"the middle person in {people.removeprefix(_IN_FIELD)}"
    prose = in_prose(title)
    return f"the median {prose}" if prose.startswith("middle ") else f"the middle {prose}"


def possess(people: str) -> str:
    """What is theirs; "" where no apostrophe can follow the words.

    >>> possess("nurses"), possess("salespeople"), possess("police"), possess("chiefs of staff"), possess("cooks (all)")
    ('nurses’', 'salespeople’s', '', '', '')
    """
    if not _POSSESSIVE.match(people) or people.startswith(_IN_FIELD) or re.search(r" (?:of|in|at|for|to) ", people):
        return ""
    return f"{people}’" if people.endswith("s") else f"{people}’s"


@lru_cache(_CACHE_SIZE)
def spell_skill(name: str) -> str:
    """A skill as a page lists it, with the capitals of the programs that it names.

    >>> spell_skill("java"), spell_skill("core java"), spell_skill("troubleshoot"), spell_skill("javascript")
    ('Java', 'core Java', 'troubleshoot', 'javascript')
    """
    return " ".join([_SOFTWARE_AS_LISTED.get(word, word) for word in name.split(" ")])


def write_before_or(name: str, others: str) -> str:
    """A name that "or" follows, with a comma where it or what comes after has an "or" of its own.

    >>> write_before_or("Nurse", "surgeon"), write_before_or("Actor", "musician or singer")
    ('Nurse', 'Actor,')
    """
    return f"{name}," if " or " in name or " or " in others else name


def name_of(title: str, singular: str | None, plural: str | None) -> str:
    """What pages call a role: its short name if it has one, else its title as a sentence begins with it.

    >>> name_of("Registered Nurses", "Registered nurse", "Registered nurses"), name_of("Lead Technician", None, None)
    ('Registered nurse', 'Lead technician')
    """
    return ShortName(singular, plural or singular) if singular else as_shown(title)


@lru_cache(_CACHE_SIZE)
def as_shown(title: str) -> str:
    """A title or a short name as it stands alone.

    >>> as_shown("Aerospace Engineer"), as_shown("iOS Developer"), as_shown("Nurse, ICU"), as_shown("Cook or baker")
    ('Aerospace engineer', 'iOS developer', 'Nurse, ICU', 'Cook or baker')
    """
    return capitalize(lower_title(title))


@lru_cache(_CACHE_SIZE)
def capitalize(prose: str) -> str:
    """With the capital that begins a sentence; a first word with other capitals stays as it is.

    >>> capitalize("lead technicians"), capitalize("iOS developers"), capitalize("")
    ('Lead technicians', 'iOS developers', '')
    """
    first = prose.split(" ", 1)[0]
    return prose if _is_acronym(first) else prose[:1].upper() + prose[1:]
