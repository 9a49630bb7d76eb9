"""The headings of a guide, the title of the role that they name, and the lines that state its source at the end.

Headings are compared by their letters alone, because some of them begin with emoji.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal, NamedTuple

from careers.spelling import fold_spelling
from careers.vocabulary import SkillKind
from ingest.documents.document import Document
from ingest.documents.lines import Line
from ingest.parsing.cells import WORDS_FOR_NONE, UnreadableError, letters_of
from ingest.parsing.readers import READER_BY_LABEL

ListKind = SkillKind | Literal["duty"]

# Headings above lists -> what the lists contain.
LISTS: dict[str, ListKind] = {
    "keyresponsibilities": "duty",
    "techstack": "tool",
    "techskills": "tech",
    "softabilities": "soft",
}
# Each of them in words, and the key of the heading that stands above it in every guide.
LISTS_BELOW = (
    ("keyresponsibilities", "Key Responsibilities", "corefunctions"),
    ("techstack", "Tech Stack", "worksetting"),
    ("techskills", "Tech Skills", "educationlevel"),
    ("softabilities", "Soft Abilities", "techskills"),
)
PAY = "annualsalaryususd"
# Headings that contain nothing but other headings.
CONTAINERS = frozenset(("skillsandqualifications", "jobmarkettoday"))
_SECTIONS = frozenset(
    "worksetting educationlevel requirededucation globaloutlook rolechallenges growthpaths industrytrends "
    "worklifebalancestress worklifebalanceandstress skillmap portfoliotips marketdemand".split()
)
# The headings below the front block in the order of every guide.
_WORDS = (
    *("Core Functions", "Key Responsibilities", "Work Setting", "Tech Stack", "Skills and Qualifications"),
    *("Education Level", "Tech Skills", "Soft Abilities", "Path to {}", "Required Education", "Global Outlook"),
    *("Job Market Today", "Role Challenges", "Growth Paths", "Industry Trends", "Work-Life Balance & Stress"),
    *("Skill Map", "Portfolio Tips"),
)
ORDER: Mapping[str, int] = {letters_of(words): place for place, words in enumerate(_WORDS)}
_HEADINGS = _SECTIONS | LISTS.keys() | CONTAINERS | {PAY}

_GUIDE = re.compile(r"(.+?)(?::| [|\u2013\u2014-])? Career Path Guide", re.IGNORECASE)
_CORE = re.compile(r"Core Functions of (?:the|an?) (.+?)(?: Role)?", re.IGNORECASE)
_PATH = re.compile(r"Path to (?:becoming an? )?(.+)", re.IGNORECASE)

# Words without an English letter: emoji, and the remains of damaged ones, which begin with π or ð.
_MARKS = re.compile("(?:[^\x00-\x7f\u2018-\u201d\xab]+ )*(?:[\u03c0\xf0][^\x00-\x7f]*)?")


# Numbers and characters of lists that can also begin a heading. The usual bullets never do.
_UNUSUAL_BULLET = re.compile(r"\s*(?:\d{1,2}[.)]|[^\w\s*\u2022\u00b7\u2013\u2014-])")


def may_be_heading(line: Line) -> bool:
    """Whether a line is neither a row nor a usual bullet. The entry of a list by numbers may be a heading."""
    return line.kind != "row" and (line.kind != "bullet" or _UNUSUAL_BULLET.match(line.raw) is not None)


def bare_text(line: Line) -> str:
    """The text of a line without the emoji or marks before its first word, and without a colon at its end."""
    text = line.text.removesuffix(":")
    if text[:1].isascii() and text[:1].isalnum():
        return text
    marks = _MARKS.match(text)
    start = marks.end() if marks else 0
    for position in range(start, len(text)):
        first, after = text[position], text[position + 1 : position + 2]
        if first.isalnum() or first in "$(\"'\u2018\u201c\xab" or (first == "." and after.isalnum()):
            return text[position:]
    return text


def is_front_title(line: Line) -> bool:
    """Whether a line such as "Baker Career Path Guide" opens the front block."""
    return "career path guide" in line.text[-20:].lower() and _GUIDE.fullmatch(bare_text(line)) is not None


def make_heading_key(line: Line) -> str | None:
    """The letters of a known heading; None for any other line."""
    if not may_be_heading(line) or len(line.text) > 160 or line.text[-1] == ".":
        return None
    key = letters_of(line.text)
    if key in _HEADINGS:
        return key
    text = bare_text(line)
    if _CORE.fullmatch(text) or key == "corefunctions":
        return "corefunctions"
    if _PATH.fullmatch(text) and len(text) < 140:
        return "pathto"
    return None


def _mark_of(line: Line) -> Literal["number", "character", "emoji", ""]:
    """What a line has before its first word."""
    if line.kind == "bullet":
        return "number" if line.raw.lstrip()[:1].isdigit() else "character"
    return "" if bare_text(line) == line.text.removesuffix(":") else "emoji"


def find_headings(lines: Sequence[Line]) -> list[str | None]:
    """For each line the letters of a known heading; None for any other line.

    An entry of a list can have the words of a heading. It lacks the mark of most headings, stands beside entries with
    its own mark, or has the words of another heading and stands where that one cannot.
    """
    keys = [make_heading_key(line) for line in lines]
    counts = Counter(keys)
    marks = Counter(_mark_of(line) for line, key in zip(lines, keys, strict=True) if key)
    usual = marks.most_common(1)[0][0] if marks else ""
    below = len(ORDER)  # place of the next heading in the order of guides
    for position in reversed(range(len(lines))):
        key, line = keys[position], lines[position]
        if key is None:
            continue
        if line.kind == "bullet":
            is_marked = _mark_of(line) == usual or (usual == "emoji" and not _is_beside_same_mark(lines, position))
            if not is_marked or (counts[key] > 1 and below <= ORDER.get(key, 0)):
                keys[position] = None
                continue
        below = ORDER.get(key, below)
    return keys


def _is_beside_same_mark(lines: Sequence[Line], position: int) -> bool:
    """Whether the line above or below begins with a number, too, or with the same character."""
    beside = (*lines[max(position - 1, 0) : position], *lines[position + 1 : position + 2])
    mark, character = _mark_of(lines[position]), lines[position].raw.lstrip()[:1]
    return any(_mark_of(line) == mark and (mark == "number" or line.raw.lstrip()[:1] == character) for line in beside)


def split_joined_headings(lines: Sequence[Line], title: str) -> tuple[Sequence[Line], list[str | None], list[Line]]:
    """The lines, those apart that a copy has joined with the heading below them, their keys, and these headings.

    The line ends with the words of a heading that no other line has, between those between which it stands in guides.
    """
    keys = find_headings(lines)
    missing = {words.format(title): place for place, words in enumerate(_WORDS) if letters_of(words) not in keys}
    if "pathto" in keys:
        missing.pop(f"Path to {title}", None)
    places = [ORDER[key] for key in keys if key and key in ORDER]
    above, passed = 0, 0  # place of the heading above; how many headings were passed
    parts: list[Line] = []
    headings: list[Line] = []
    for line, key in zip(lines, keys, strict=True):
        if key and key in ORDER:
            above, passed = ORDER[key], passed + 1
        below = places[passed] if passed < len(places) else len(ORDER)
        words = "" if key else _find_joined_heading(line, missing, above, below)
        if not words:
            parts.append(line)
            continue
        above = missing.pop(words)
        headings.append(replace(line, kind="text", text=words, raw=words))
        parts += (replace(line, text=line.text.removesuffix(words).rstrip()), headings[-1])
    return (parts, find_headings(parts), headings) if headings else (lines, keys, [])


def _find_joined_heading(line: Line, missing: Mapping[str, int], above: int, below: int) -> str:
    """The words of a missing heading with which a line ends; "" for most lines."""
    if line.kind == "row" or not line.text.endswith(tuple(missing)):
        return ""
    for words, place in missing.items():
        if line.text.endswith(words) and len(line.text) > len(words) and above < place < below:
            return words
    return ""


def names_another_role(line: Line, title: str) -> bool:
    """Whether the heading of the core functions is about another role than that of the guide."""
    heading = _CORE.fullmatch(bare_text(line))
    return heading is not None and fold_spelling(heading[1]) != fold_spelling(title)


def looks_like_heading(line: Line) -> bool:
    """Whether a line of text is short, begins with a capital, and has neither a stop nor figures."""
    text = bare_text(line)
    return (
        line.kind == "text"
        and len(text) <= 70
        and text[:1].isupper()
        and line.text[-1] not in '.,:;!?…”")%'
        and ": " not in text
        and fold_spelling(text) not in WORDS_FOR_NONE
        and not any(map(str.isdigit, text))
    )


_OTHER_PAY = re.compile(
    r"(?:annual|yearly|monthly|weekly|daily|hourly) (?:salary|pay|wages?)(?: \([^()]{2,40}\))?", re.IGNORECASE
)


def is_heading_of_other_pay(line: Line) -> bool:
    """Whether a line heads pay in another currency or for another time than US dollars a year.

    >>> is_heading_of_other_pay(Line(1, "text", "Annual Salary (UK, GBP)", ""))
    True
    """
    return _OTHER_PAY.fullmatch(bare_text(line)) is not None and make_heading_key(line) != PAY


def list_headings(document: Document) -> set[str]:
    """The headings of a guide that the page has; none for a page with rows of a table of roles."""
    rows = [line for line in document.lines if line.kind == "row"]
    if any(row.label in READER_BY_LABEL and len(row.cells) > 2 for row in rows):
        return set()
    headings: set[str] = set()
    for line in document.lines:
        if line.kind == "row":
            continue
        heading = "title" if is_front_title(line) else make_heading_key(line)
        if heading:
            headings.add(heading)
    return headings


def find_title(lines: Sequence[Line]) -> tuple[str, Literal["heading", "prose"]]:
    """The title of the role, and where its spelling comes from. An address counts as prose.

    Raises UnreadableError if nothing names the role.
    """
    lines = _cut_at_permalink(lines)
    title = _find_title_in_headings(lines)
    if title:
        return title, "heading"
    for line in lines:
        name = read_linked_role(line)
        if name:
            return _spell_title(name), "prose"
    raise UnreadableError(
        "The guide does not name its role: a heading such as “Core Functions of the … Role” was "
        "expected. Save the whole page and load that."
    )


# Words in addresses -> the names that they spell out.
_SPELLED_OUT_NAMES = {"dot net": ".NET", "net": ".NET", "asp net": "ASP.NET", "c plus plus": "C++", "c sharp": "C#"}
_SPELLED_OUT = re.compile(r"\b(?:dot net|asp net|c plus plus|c sharp|^net(?= (?:developer|engineer|programmer)))\b")


def _spell_title(name: str) -> str:
    """A title from the name of a role in an address.

    >>> _spell_title("line-cook"), _spell_title("dot-net-developer"), _spell_title("senior-c-sharp-developer")
    ('Line cook', '.NET developer', 'Senior C# developer')
    """
    words = _SPELLED_OUT.sub(lambda match: _SPELLED_OUT_NAMES[match[0]], name.replace("-", " "))
    return words[:1].upper() + words[1:]


def _find_title_in_headings(lines: Sequence[Line]) -> str | None:
    """Raises UnreadableError if headings name several roles."""
    texts = [bare_text(line) for line in lines if may_be_heading(line) and line.text[-1] != "."]
    for pattern in (_GUIDE, _CORE, _PATH):
        headings = map(pattern.fullmatch, texts)
        titles = {fold_spelling(heading[1]): heading[1] for heading in headings if heading and len(heading[1]) <= 120}
        if len(titles) > 1 and pattern is not _PATH:
            names = " and ".join(list(titles.values())[:2])
            raise UnreadableError(
                f"The page holds the guides of several roles: {names}. Save each as a file of its own and load those."
            )
        if titles:
            return next(iter(titles.values()))
    return None


def _cut_at_permalink(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines of the first guide. Links to other guides can follow, or another guide."""
    for place, line in enumerate(lines):
        if read_permalink(line):
            return lines[: place + 1]
    return lines


# -- the last lines of a guide -----------------------------------------------------------------

_LICENSED = re.compile("Licensed under ", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s()]+")
_JOINTS = " .,;:|()\u2014\u2013\u2022\u03b2-"
_PERMALINK = re.compile(r"Permalink: ?(https?://\S+)", re.IGNORECASE)
_SHORTEST_PATH = 4  # "https:", "", the host and "careers"; the name of a role follows


class SourceLine(NamedTuple):
    publisher: str
    licence: str
    licence_url: str | None


def read_source_line(text: str) -> SourceLine | None:
    """The parts of a line such as "Source: Jobicy.com — Licensed under CC BY 4.0"; None for any other line."""
    licensed = _LICENSED.search(text) if text[:7].lower() == "source:" else None
    if licensed is None:
        return None
    publisher, licence = text[7 : licensed.start()], text[licensed.end() :]
    address = _ADDRESS.search(licence)
    name = licence[: address.start()] if address else licence
    return SourceLine(publisher.strip(_JOINTS), name.strip(_JOINTS), address[0] if address else None)


def read_permalink(line: Line) -> str | None:
    """The address in a line such as "Permalink: https://jobicy.com/careers/baker"; None for any other line."""
    link = _PERMALINK.fullmatch(line.text)
    return link[1] if link else None


def read_linked_role(line: Line) -> str | None:
    """The name of the role in the address of a permalink, such as "software-technician"; None if there is none."""
    address = read_permalink(line) or ""
    steps = address.partition("?")[0].rstrip("/").split("/")
    return steps[-1] if len(steps) > _SHORTEST_PATH else None
