"""Turn the titles of a role into weighted search terms.

A role gets points for each term that its titles have: more when a larger share of its titles has it. A search adds up
the points of the typed terms and those of the role itself, which grow with the number of people who do the work.

Terms are of four kinds: a word (`nurse`), two words side by side (`registered nurse`), the last word of a title
(`nurse $`) and a whole title (`^registered nurse`). Points are thousandths of a decimal logarithm.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log10
from typing import Literal

from careers.names import gathers_the_rest
from careers.search_words import LONGEST, list_significant_words, split_words, to_singular

WHOLE, LAST = "^", " $"

# What a title is for a role: its `own`, its `short` name, one by which `most` people mean this role although others
# have it too, one that is `listed` in a list made by hand, or any `other`.
TitleKind = Literal["own", "short", "most", "listed", "other"]
_WEIGHTS: dict[TitleKind, int] = {"own": 5, "short": 5, "most": 2, "listed": 2, "other": 1}
MEANT_BY_MOST, LISTED = 4500, 2000
_WHOLE_POINTS: dict[TitleKind, int] = {
    "own": 4000,
    "short": 4000,
    "most": MEANT_BY_MOST,
    "listed": LISTED,
    "other": 1000,
}

# People type initials that no list has. The initials of a role's own titles find it, with few points.
_INITIALS_POINTS, _LONGEST_INITIALS = 500, 5
# A role with few titles counts as having at least this much weight.
_LEAST_WEIGHT = 5
# Above this share, the points of a term grow with the logarithm of its share.
_SHARE = 0.0025
# The size of a role's list of titles counts by this power, against a usual size.
_POWER, _USUAL_WEIGHT = 0.35, 25.0
_LAST_PART = 0.25
# A role whose number of jobs is unknown counts as having this many.
UNKNOWN_JOBS = 1000
_REST_POINTS = -800
_SUPERVISORS, _SUPERVISOR_POINTS = "first-line supervisors", -1000
_MOST_PEOPLE = 10**12

_EXCEPTION = re.compile(r",?\s+(?:except|including)\b.*", re.IGNORECASE)
_JOINT = re.compile(r"^\s*(?:and|or)\s+")
BRACKETS = re.compile(r"[()\[\]]")
_EITHER = re.compile(r"(?!\b\w/\w\b)([^\s/]+)\s*/\s*([^\s/]+)")  # but not "A/V"


@dataclass(frozen=True, slots=True)
class SearchTitle:
    """One title of a role. `official`: the title of an official occupation, which can name several by commas."""

    title: str
    kind: TitleKind
    official: bool = False


@dataclass(frozen=True, slots=True)
class TermPoints:
    """What a term is worth for a role. `title`: the title as spelled, where the term is a whole one."""

    points: int
    title: str = ""


def list_terms(titles: Iterable[SearchTitle]) -> dict[str, TermPoints]:
    """The terms that find a role of these titles.

    >>> terms = list_terms([SearchTitle("Registered Nurses (RN)", "own")])
    >>> sorted(terms)
    ['^registered nurse', '^rn', 'nurse', 'nurse $', 'registered', 'registered nurse', 'rn', 'rn $']
    >>> terms["^rn"].title
    'RN'
    """
    wholes = _list_whole_titles(titles)
    weights: dict[str, int] = defaultdict(int)
    terms: dict[str, TermPoints] = {}
    for words, (kind, name) in wholes.items():
        for term in {*words, *list_word_pairs(words), words[-1] + LAST}:
            weights[term[:LONGEST]] += _WEIGHTS[kind]
        terms[make_whole_term(words)] = TermPoints(_WHOLE_POINTS[kind], name)
    for letters in _list_initials(wholes):
        terms.setdefault(WHOLE + letters, TermPoints(_INITIALS_POINTS))
    all_titles = max(sum(_WEIGHTS[kind] for kind, _ in wholes.values()), _LEAST_WEIGHT)
    scale = all_titles**_POWER * _USUAL_WEIGHT ** (1 - _POWER)
    for term, weight in weights.items():
        part = _LAST_PART if term.endswith(LAST) else 1.0
        terms[term] = TermPoints(round(1000 * part * log10(1 + weight / scale / _SHARE)))
    return terms


def _list_whole_titles(titles: Iterable[SearchTitle]) -> dict[tuple[str, ...], tuple[TitleKind, str]]:
    """Words of a title -> its kind and spelling. Among titles with the same words, the one worth most counts."""
    wholes: dict[tuple[str, ...], tuple[TitleKind, str]] = {}
    for title in titles:
        for name in split_title(title):
            words = tuple(list_significant_words(name))
            if words and (words not in wholes or _WHOLE_POINTS[title.kind] > _WHOLE_POINTS[wholes[words][0]]):
                wholes[words] = (title.kind, name)
    return wholes


def _list_initials(titles: Mapping[tuple[str, ...], tuple[TitleKind, str]]) -> set[str]:
    """The initials of a role's own titles of two words or more.

    >>> sorted(_list_initials({("registered", "nurse"): ("own", ""), ("staff", "nurse"): ("other", "")}))
    ['rn']
    """
    own_titles = [words for words, (kind, _) in titles.items() if _WEIGHTS[kind] == _WEIGHTS["own"]]
    return {"".join(word[0] for word in words) for words in own_titles if 1 < len(words) <= _LONGEST_INITIALS}


def list_word_pairs(words: Sequence[str]) -> list[str]:
    return [f"{first} {second}" for first, second in pairwise(words)]


def make_whole_term(words: Iterable[str]) -> str:
    return (WHOLE + " ".join(words))[:LONGEST]


def is_word(term: str) -> bool:
    """Whether a term is a single word.

    >>> is_word("nurse"), is_word("nurse $"), is_word("^nurse"), is_word("registered nurse")
    (True, False, False, False)
    """
    return " " not in term and term[0] != WHOLE


def role_points(title: str, jobs: int | None) -> int:
    """The points of a role itself, by the number of people who do the work.

    >>> role_points("Registered Nurses", 3391000), role_points("Engineers, All Other", 100000)
    (6530, 4200)
    """
    points = round(1000 * log10(max(jobs or UNKNOWN_JOBS, 1)))
    if gathers_the_rest(title):
        points += _REST_POINTS
    if title.casefold().startswith(_SUPERVISORS):
        points += _SUPERVISOR_POINTS
    return points


def people_with(points: int, role_points: int) -> int:
    """About how many people have a word in their title, by its points and those of the role; at least 1.

    >>> people_with(2150, 6000) < people_with(2602, 6000) <= 1_000_000
    True
    """
    share = min(_SHARE * (10 ** (points / 1000) - 1), 1.0)
    return max(min(round(share * 10 ** (role_points / 1000)), _MOST_PEOPLE), 1)


# -- one title, several names -----------------------------------------------------------------


def split_title(title: SearchTitle) -> list[str]:
    """The names that one title contains.

    >>> split_title(SearchTitle("Registered Nurse (RN)", "other")), split_title(SearchTitle("Waiter/Waitress", "other"))
    (['Registered Nurse', 'RN'], ['Waiter', 'Waitress'])
    >>> split_title(SearchTitle("Plumbers, Pipefitters, and Steamfitters", "own", official=True))
    ['Plumbers, Pipefitters, and Steamfitters', 'Plumbers', 'Pipefitters', 'Steamfitters']
    >>> split_title(SearchTitle("Engineers, All Other", "own", official=True))
    ['Engineers, All Other']
    """
    if gathers_the_rest(title.title):
        return [title.title]
    # A short name tells two occupations apart by brackets: "Pathologist (physician)".
    parts = [title.title] if title.kind == "short" else BRACKETS.split(title.title)
    if title.official:
        parts += _split_official(title.title)
    names: list[str] = []
    for part in parts:
        names += split_either(part.strip(" ,;"))
    return [name for name in dict.fromkeys(names) if name]


def _split_official(title: str) -> list[str]:
    """The occupations that commas separate in an official title: parts that end in a plural are names by themselves.

    >>> _split_official("Welding, Soldering, and Brazing Machine Setters, Operators, and Tenders")
    ['Brazing Machine Setters', 'Operators', 'Tenders']
    >>> _split_official("Securities, Commodities, and Financial Services Sales Agents")  # nobody is a security
    ['Financial Services Sales Agents']

    Without "and" before the last part, or where that is no name, the title is a common name with what tells the
    occupation apart: not every physician is a pathologist. Those whom somebody supervises, represents or helps have
    other names.

    >>> _split_official("Nursing Instructors and Teachers, Postsecondary"), _split_official("Physicians, Pathologists")
    ([], [])
    >>> _split_official("Cooks, Institution and Cafeteria")
    []
    >>> _split_official("First-Line Supervisors of Mechanics, Installers, and Repairers")
    []
    >>> _split_official("Helpers--Brickmasons, Blockmasons, Stonemasons, and Tile and Marble Setters")
    []
    """
    *parts, last = _EXCEPTION.sub("", title).split(",")
    is_list_of_names = _JOINT.match(last) and _is_plural(last) and " of " not in parts[0] and "--" not in parts[0]
    if not is_list_of_names:
        return []
    return [_JOINT.sub("", part).strip() for part in (*parts, last) if _is_plural(part) and not part.endswith("ities")]


def _is_plural(name: str) -> bool:
    words = split_words(name)
    return bool(words) and words[-1] != to_singular(words[-1])


def split_either(name: str) -> list[str]:
    """Both names if there is a slash between two words.

    >>> split_either("Import/Export Agent"), split_either("A/V Installer")
    (['Import Agent', 'Export Agent'], ['A/V Installer'])
    """
    match = _EITHER.search(name)
    if match is None:
        return [name]
    before, after = name[: match.start()], name[match.end() :]
    return [before + match[1] + after, before + match[2] + after]
