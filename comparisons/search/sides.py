"""Split a query that asks for a comparison into its sides: "nurse vs teacher", "from cashier to bank teller"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from careers.search_words import split_words
from careers.title_terms import split_either
from comparisons.rows import MOST_ROLES
from comparisons.search.query_words import FILLERS

# Words that part two sides for certain. A typed text is short, and none of these patterns repeats what can overlap.
_CERTAIN = re.compile(
    r"\s+(?:v\.?s\.?|versus\.?|v\.?|compared?\s+(?:to|with|against)|against|instead\s+of|"
    r"as\s+(?:opposed\s+to|much\s+as)|(?:(?:better|more|less|higher|harder)\s+)?than|similar\s+to|"
    r"differ(?:s|ent|ently)?\s+(?:from|than|to)|(?:the\s+)?same\s+(?:thing\s+)?as|[-=]*>+|→|↔)\s+|"
    r"\s+vs\.?(?=\w)|[-_](?:vs|versus)[-_]",
    re.IGNORECASE,
)
# A beginning after which another word parts the sides: (beginning, what parts them).
_INTRODUCTIONS = (
    (
        re.compile(r"^.{0,40}?\bdifferences?\s+(?:between|of)\s+", re.IGNORECASE),
        re.compile(r"(?:\s*,)?\s+(?:and|or|&)\s+|\s*,\s*"),
    ),
    (
        re.compile(r"^.{0,20}?\b(?:compare|comparing|comparison\s+(?:of|between))\s+", re.IGNORECASE),
        re.compile(r"(?:\s*,)?\s+(?:and|to|with|w/|or|&|[-–—])\s+|\s*[,/|]\s*"),
    ),
    (re.compile(r"^.{0,30}?\bfrom\s+(?:an?\s+|being\s+)?", re.IGNORECASE), re.compile(r"\s+to\s+")),
    (
        re.compile(r"^.{0,30}?\b(?:leav(?:e|ing)|quit(?:ting)?|giv(?:e|ing)\s+up)\s+", re.IGNORECASE),
        re.compile(r"\s+(?:for|to\s+(?:become|be))\s+(?:an?\s+)?"),
    ),
    (re.compile(r"^.{0,30}?\b(?:between|out\s+of)\s+", re.IGNORECASE), re.compile(r"\s+(?:or|and)\s+")),
    # A question: its first words belong to the first side.
    (
        re.compile(
            r"^(?=(?:should\s+i|who|which|what\s+(?:pays|makes|earns)|is\s+it\s+(?:better|easier|harder)|do|does|is|are|"
            r"better|choosing|choose|would)\s)",
            re.IGNORECASE,
        ),
        re.compile(r"\s+or\s+"),
    ),
)
# "a nurse or a teacher": the second side is certain only after a question.
_POSSIBLE = re.compile(
    r"\s+(?:or|and|&|\+|[-–—])\s+|(?<=\w)\+(?=\w)|(?!(?<=\b\w)/\w\b)\s*[/|]\s*|\s*[,;]\s*(?:or\s+|and\s+)?",
    re.IGNORECASE,
)  # but not "A/C"
# "Versus" as it is heard, and a word of titles: "verse writer".
_VERSE = re.compile(r"\s(?=verses?\s)", re.IGNORECASE)
# Two words of one title.
_EITHER_WORD = re.compile(r"\S/\S")
# A question for who does several things: "who repairs roofs and gutters".
_DOING = re.compile(r"^(?:who|which)\s(?!.*\b(?:more|most|better|best|higher)\b)", re.IGNORECASE)
# "teacher to nurse career change": who changes names both. "Secretary to the president" is one role, and so is "advisor
# to executives".
_CHANGE = re.compile(
    r",?\s+(?:to|into|turned|(?:to\s+)?become|(?:(?:and|but|now|who|i|i?['’]?m|am|is)\s+){0,4}"
    r"(?:want|hop|plan|think)(?:e?s|n?ing)?\s+(?:to|of|about)\s+(?:be|become|becoming|being))\s+(?!the\s)",
    re.IGNORECASE,
)
# No title has these words, so what stands beside them need be no title either: "accounting", "policewoman".
_WANTED = re.compile(r"\s(?:want|hop|plan|think)(?:e?s|n?ing)?\s+(?:to|of|about)\s+be", re.IGNORECASE)
_HELPS = re.compile(
    r"(?:(?:executive|personal|special|senior|chief|legal|policy)\s+)*"
    r"(?:assistant|(?<!legal\s)secretary|advis[eo]r|aide|aid|deputy|helper|apprentice|counsel|attendant)\s+to\s",
    re.IGNORECASE,
)
_CHANGING = re.compile(r"(?:\s+(?:career|change|switch|transition|bridge|path|program))+$", re.IGNORECASE)
_JOINING = re.compile(r"\s(?:and|&|\+|[-–—|])\s", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\s*\([^)]*\)")
DASH = re.compile(r"\s[-–—|]\s")
# A question behind two sides: "nurse or teacher which should I choose".
_ASKED = re.compile(
    r"\s(?:which|whats?|who(?:s|\s+(?:is|makes|earns|gets))|help\s+me|any\s+advice|pros\s+and\s+cons|for\s+me)\b.*$",
    re.IGNORECASE,
)
# An end that says that what stands before it are two sides.
_COMPARED = re.compile(r"^(.*)\s(?:compared?|comparison|differences?|side\s+by\s+side)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sides:
    """The sides of a query. They are `certain`, or a comparison is meant only where each side is a title alone.

    `joined`: by what joins the parts of a title or a field too: "heating and cooling", "hair and makeup".
    `dashed`: by a dash, behind which the first words of a title can stand, or an employer: "driver - bus".
    `names`: those that a slash makes of a text, where they are others: "import agent" of "Import/Export Agent".
    `apart`: by a slash between blanks. It parts two titles, unlike one within a word: "paralegal / legal secretary".
    `left_out`: sides that are too many for a page.
    `title`: what would be one, from the word that parts two sides on; unless it is, they are certain: "verse writer".
    `whole`: no side has words that the other one lacks: "medical assistant to registered nurse" has no medical nurse.
    """

    texts: tuple[str, ...]
    certain: bool
    joined: bool = False
    whole: bool = False
    dashed: bool = False
    names: tuple[str, ...] = ()
    apart: bool = False
    left_out: tuple[str, ...] = ()
    title: str = ""

    def list_shared_titles(self) -> list[str]:
        """Titles that two sides can share or make up: if one of them is a title, the query names one role.

        >>> Sides(("claims adjuster", "examiner"), certain=False).list_shared_titles()
        ['claims examiner']
        >>> Sides(("accounting", "finance manager"), certain=False).list_shared_titles()
        ['accounting manager']
        >>> Sides(("become a nurse", "a teacher"), certain=False).list_shared_titles()
        []
        >>> Sides(("driver", "bus"), certain=False, dashed=True).list_shared_titles()
        ['bus driver']
        """
        if self.whole:
            return []
        first, second = _list_naming_words(self.texts[0]), _list_naming_words(self.texts[1])
        titles: list[list[str]] = []
        if not set(first).isdisjoint(second):  # each is whole: "graphic designer and web designer"
            return []
        if len(first) > 1:
            titles.append([*first[:-1], *second])
        if len(second) > 1:
            titles.append([*first, second[-1]])
        if self.dashed:
            titles.append([*second, *first])
        return [" ".join(title) for title in titles if len(self.texts) == 2]

    def list_endings(self) -> dict[str, list[str]]:
        """Each side but the last -> what it can mean with words of the last one.

        >>> Sides(("elementary", "middle school teacher"), certain=False).list_endings()
        {'elementary': ['elementary school teacher', 'elementary teacher']}
        """
        if self.joined and not self.certain:
            return {}
        *sides, last = self.texts
        words = last.split()
        endings = [" ".join(words[position:]) for position in range(1, len(words))]
        return {side: [f"{side} {ending}" for ending in endings if f"{side} {ending}" != last] for side in sides}


def split_sides(text: str) -> Sides | None:
    """The two to four sides of a query; None where it names one role.

    >>> split_sides("cashier vs. waitress").texts, split_sides("difference between nurse and doctor").texts
    (('cashier', 'waitress'), ('nurse', 'doctor'))
    >>> split_sides("who makes more a plumber or an electrician").certain, split_sides("cat and dog groomer").certain
    (True, False)
    >>> split_sides("nurse and teacher compared").certain, split_sides("how do nurses compare to teachers").certain
    (True, True)
    >>> split_sides("teacher to nurse career change").texts, split_sides("assistant to the director")
    (('teacher', 'nurse'), None)
    >>> split_sides("medical assistant to registered nurse").texts, split_sides("counselor to psychologist").texts
    (('medical assistant', 'registered nurse'), ('counselor', 'psychologist'))
    >>> split_sides("(nurse or teacher)").texts, split_sides("cook (night) or baker").texts
    (('nurse', 'teacher'), ('cook', 'baker'))
    >>> split_sides("nurse_vs_teacher").texts, split_sides("leave nursing for teaching").certain
    (('nurse', 'teacher'), False)
    >>> split_sides("physics verse electronics").texts, split_sides("song verse writer").title
    (('physics', 'electronics'), 'verse writer')
    >>> split_sides("auto a/c mechanic"), split_sides("who repairs roofs and gutters"), split_sides("registered nurse")
    (None, None, None)
    """
    text = " ".join(text.replace("?", " ").split())
    parts = _CERTAIN.split(text)
    if len(parts) > 1:
        return _make_sides(parts, certain=True)
    text = _COMPARED.sub(r"compare \1", text)
    for introduction, parting in _INTRODUCTIONS:
        match = introduction.match(text)
        if match:
            is_certain = match[0].casefold() != "leave "  # which titles begin with: "leave administrator"
            sides = _make_sides(parting.split(text[match.end() :]), certain=is_certain)
            if sides:
                return sides
    if _DOING.match(text):
        return None
    text = _ASKED.sub("", text)
    joined = not _WANTED.search(text)
    changed = _make_sides(_CHANGE.split(_CHANGING.sub("", text)), certain=False, joined=joined, whole=True)
    if changed and not _HELPS.match(text):
        return changed
    text = _IN_BRACKETS.sub("", text) or text.strip("()")
    first, *others = _VERSE.split(text)
    heard = _make_sides([first, *[other.partition(" ")[2] for other in others]], certain=False, joined=True)
    if heard:
        return replace(heard, title=others[0])
    parts = _POSSIBLE.split(text)
    certain = repeats_words(parts)
    sides = _make_sides(parts, certain=certain, joined=bool(_JOINING.search(text)))
    if sides is None:
        return None
    names = tuple(split_either(text)) if "/" in text and not certain else ()
    apart = not _EITHER_WORD.search(text)
    return replace(sides, dashed=bool(DASH.search(text)), names=names if names != sides.texts else (), apart=apart)


def repeats_words(parts: Sequence[str]) -> bool:
    """Whether one of two sides has all words of the other, so that both are no name of one role.

    >>> repeats_words(["nurse", "nurse practitioner"]), repeats_words(["claims adjuster", "claims examiner"])
    (True, False)
    """
    first, last = set(parts[0].casefold().split()), set(parts[-1].casefold().split())
    return len(parts) == 2 and (first < last or last < first)


def _make_sides(parts: Sequence[str], *, certain: bool, joined: bool = False, whole: bool = False) -> Sides | None:
    """None for fewer than two parts that name something. A part that is filler alone belongs to its neighbor."""
    sides = [part.strip(" ,.;") for part in parts if _names_something(part)]
    if len(sides) < 2:
        return None
    return Sides(tuple(sides[:MOST_ROLES]), certain, joined, whole, left_out=tuple(sides[MOST_ROLES:]))


def _names_something(part: str) -> bool:
    """
    >>> _names_something("who makes more"), _names_something("I’d like"), _names_something("a nurse")
    (False, False, True)
    """
    return bool(_list_naming_words(part))


def _list_naming_words(text: str) -> list[str]:
    return [word for word in split_words(text) if word not in FILLERS]
