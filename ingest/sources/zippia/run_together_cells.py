"""Two run-together table cells -> the ways to split them.

Every split into two valid cells is listed. A single one is the answer; if there are several, none is chosen. A cell is
valid by its shape (money, a count, `City, ST`), as a name that stands elsewhere, or by spelling alone. It is never
empty, and can be "-".
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from careers.spelling import fold_spelling
from ingest.parsing.cells import DASHES, DOLLARS
from ingest.parsing.places import STATES
from ingest.parsing.readers import GENDERS, RACES

LONGEST_ROW = 1_000  # characters; the longest real row, two lists of races, has some 300

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Shape:
    """The pattern of one cell, and of the joint at which two such cells can meet. Any dash counts as a hyphen.

    `example`: such a cell, for people.
    """

    cell: re.Pattern[str]
    joint: re.Pattern[str]
    example: str

    def find_splits(self, text: str) -> list[Pair]:
        """Every way to split the text into two cells of this shape.

        >>> SHAPES["entry.years_of_experience"].find_splits("212")
        [('2', '12'), ('21', '2')]
        """
        if len(text) > LONGEST_ROW:
            return []
        pairs = []
        plain = text.translate(_HYPHENS)
        for joint in self.joint.finditer(plain):
            if self.cell.fullmatch(plain, 0, joint.start()) and self.cell.fullmatch(plain, joint.end()):
                pairs.append((text[: joint.start()], text[joint.end() :]))
        return pairs


_HYPHENS = str.maketrans(dict.fromkeys(DASHES, "-"))


def _compile_shape(cell: str, joint: str, example: str) -> Shape:
    return Shape(re.compile(f"(?:{cell})|-"), re.compile(joint), example)


def _write_shares_pattern(labels: tuple[str, ...]) -> str:
    entry = rf"(?i:{'|'.join(labels)}), \d{{1,3}}(?:\.\d+)? ?%"
    return rf"{entry}(?: {entry})*"


# Joints of two cells, where either cell can be a dash.
_BEFORE_DOLLARS = r"(?<=[\d-])\s*(?=[U$-])"
_BETWEEN_DIGITS = r"(?<=[\d-])\s*(?=[\d-])"
_MONEY = DOLLARS + r"(?:\d{1,3}(?:,\d{3}){1,2}|\d{1,9})"

STATE = _compile_shape("|".join(STATES.values()), r"(?<=[a-z-])(?=[A-Z-])", "New Jersey")

# First vocabulary key of a cell -> its shape. Names have none.
SHAPES: dict[str, Shape] = {
    "salary.annual_average": _compile_shape(_MONEY, _BEFORE_DOLLARS, "$90,615"),
    "salary.hourly_average": _compile_shape(
        DOLLARS + r"(?:\d{1,3},\d{3}|\d{1,6})(?:\.\d{1,2})?", _BEFORE_DOLLARS, "$38.30"
    ),
    "salary.annual_low": _compile_shape(
        rf"(?:(?i:between) )?{_MONEY}(?: (?i:and|to) |\s?-\s?){_MONEY}",
        r"(?<=[\d-])\s*(?=[BbU$-])",
        "Between $64,000 And $104,000",
    ),
    "salary.top_city": _compile_shape(rf"[^,\s-][^,]*, (?:{'|'.join(STATES)})", r"(?<=[A-Z-])(?=\S)", "San Jose, CA"),
    "salary.top_state": STATE,
    "outlook.growth_percent": _compile_shape(r"[+-]?\d{1,6}(?:\.\d{1,4})? ?%", r"(?<=[%-])\s*(?=[\d+-])", "10%"),
    # Counts from a thousand on have commas, so digits without one are below a thousand. No role has a billion jobs.
    "outlook.job_count": _compile_shape(r"0|[1-9]\d{0,2}(?:,\d{3}){0,2}", _BETWEEN_DIGITS, "160,368"),
    "outlook.satisfaction": _compile_shape(r"[0-4](?:\.\d{1,2})?|5(?:\.00?)?", _BETWEEN_DIGITS, "4.25"),
    "entry.years_of_experience": _compile_shape(r"[1-9]\d?", _BETWEEN_DIGITS, "12"),
    "education.degree": _compile_shape(r"[^%\s-][^%]*, ?\d{1,3} ?%", r"(?<=[%-])\s*(?=\S)", "Bachelor's Degree, 59%"),
    "demographics.average_age": _compile_shape(r"[1-9]\d", _BETWEEN_DIGITS, "42"),
    "demographics.male_percent": _compile_shape(
        _write_shares_pattern(GENDERS), r"(?<=[%-])(?=\S)", "Male, 72.1% Female, 27.9%"
    ),
    "demographics.race.black_percent": _compile_shape(
        _write_shares_pattern(RACES), r"(?<=[%-])(?=\S)", "White, 60.5% Asian, 39.5%"
    ),
    "demographics.lgbt_percent": _compile_shape(r"\d{1,3} ?%", r"(?<=[%-])\s*(?=[\d-])", "11%"),
}


# --- names --------------------------------------------------------------------------------

# Names that begin with a lower-case letter or a symbol: the boundary rule would split them too late.
_SMALL_NAMES = (
    "aTyr|adidas|ageas|argenx|athenahealth|b8ta|bebe|bluebird bio|bp|cPanel|comScore|d.light|dLocal|data.ai|dbt|"
    "deCODE|dunnhumby|e.l.f.|eBay|eClerx|eClinicalWorks|eCornell|eFax|eFinancial|eGain|eHarmony|eHealth|eLocal|"
    "eMagin|eMoney|eNom|eOne|ePlus|eSentire|eTeam|eToro|eTrade|eVestment|eXp|easyJet|edX|edgeTI|eero|evoJets|eviCore|"
    "ezCater|ezCorp|fuboTV|gTech|goPuff|grammarly|hhgregg|iAnthus|iBio|iCIMS|iClick|iContact|iCrossing|iFixit|iFresh|"
    "iGATE|iGo|iHeart|iHeartMedia|iHerb|iHire|iLink|iMakeNews|iManage|iMedX|iMerit|iOffice|iPayment|iPic|iPipeline|"
    "iProspect|iPromote|iQIYI|iQor|iRhythm|iRobot|iSoftStone|iSolved|iSpot|iStar|iSys|iTalent|iTexico|iTutor|iVision|"
    "iXL|icad|imgix|inDrive|inMotion|inTest|inVentiv|inVia|isolved|istar|jetBlue|k12|kCura|kate spade|lululemon|"
    "mParticle|mPhase|mPulse|mThink|mabl|monday.com|mxHero|nCino|nLIGHT|nThrive|nVent|nVidia|nVision|nexTier|"
    "oDesk|osCommerce|pSemi|pdvWireless|project44|pulseData|realtor.com|resTORbio|rVue|sPower|salesforce|sendgrid|"
    "strongDM|sweetgreen|tZERO|talabat|tastytrade|tekVizion|theSkimm|thredUP|thyssenkrupp|trivago|tronc|"
    "uBiome|uBreakiFix|uSell|uShip|uTest|unWired|upGrad|vAuto|vRad|vXchnge|vitaminwater|wayfair|weWork|wikiHow|xAI|"
    "xG|xMatters|zSpace|zulily|@properties|&pizza"
).split("|")
_SMALL_NAME = re.compile(rf"(?<=\S)(?:{'|'.join(map(re.escape, _SMALL_NAMES))})(?!\w)")

_MOST_CANDIDATES = 12
_LONGEST_NAMES = 300  # characters


@dataclass(frozen=True, slots=True)
class NameSplit:
    """How two run-together names can be split. `rule`: the rule that chose the one pair; None if none is certain."""

    pairs: list[Pair]
    rule: Literal["shape", "known-name", "boundary"] | None


def split_names(text: str, names: frozenset[str], *, companies: bool = True) -> NameSplit:
    """Split two run-together names. `names`: names that stand in cells of their own elsewhere.

    The rules are, in this order: a dash at one end is a cell; both parts are such names; a lower-case letter meets a
    capital in a single place, and no other split is likely. Only `companies` begin with a small letter: in other names
    "CareHealth" does not contain "eHealth".

    >>> split_names("MandiantAdobe", frozenset())
    NameSplit(pairs=[('Mandiant', 'Adobe')], rule='boundary')
    >>> split_names("IBMPayPal", frozenset({"IBM", "PayPal"}))
    NameSplit(pairs=[('IBM', 'PayPal')], rule='known-name')
    >>> split_names("-PayPal", frozenset())
    NameSplit(pairs=[('-', 'PayPal')], rule='shape')
    >>> split_names("AT&TeBay", frozenset()).rule is None
    True
    """
    if len(text) > _LONGEST_NAMES:
        return NameSplit([], None)
    by_dash = _split_at_dashes(text)
    if len(by_dash) == 1:
        return NameSplit(by_dash, "shape")
    half_known = _find_half_known_splits(text, names)
    by_names = list(filter(names.issuperset, half_known))
    if len(by_names) == 1 and not by_dash:
        return NameSplit(by_names, "known-name")
    boundary = _find_boundary(text)
    rivals = [*by_dash, *by_names, *(pair for pair in half_known if _is_rival(pair, names, boundary))]
    if companies:
        rivals += [_split_at(text, name.start()) for name in _SMALL_NAME.finditer(text)]
    if boundary and set(rivals) <= {_split_at(text, boundary)}:
        return NameSplit([_split_at(text, boundary)], "boundary")
    candidates = dict.fromkeys([*rivals, *_list_possible_splits(text)])
    return NameSplit(list(candidates)[:_MOST_CANDIDATES], None)


def _split_at(text: str, position: int) -> Pair:
    return text[:position], text[position:]


def _find_half_known_splits(text: str, names: frozenset[str]) -> list[Pair]:
    """Splits of which at least one half is a known name."""
    if not names:
        return []
    splits = (_split_at(text, position) for position in range(1, len(text)))
    return [pair for pair in splits if not names.isdisjoint(pair)]


def _split_at_dashes(text: str) -> list[Pair]:
    """No name begins or ends with a dash, so a dash at either end is a cell."""
    if len(text) == 2 and DASHES.issuperset(text):
        return [(text[0], text[1])]
    pairs = []
    if text[:1] in DASHES:
        pairs.append((text[0], text[1:].lstrip()))
    if text[-1:] in DASHES:
        pairs.append((text[:-1].rstrip(), text[-1]))
    return [pair for pair in pairs if pair[0] and pair[1]]


_SMALL_START = re.compile("[a-rt-z][A-Z]")  # eBay; an s more likely ends a plural


def _is_rival(pair: Pair, names: frozenset[str], boundary: int | None) -> bool:
    """Whether a split with one known name makes the boundary doubtful.

    The boundary would cut through the known name, or the second half begins like eBay.
    """
    left, right = pair
    if left.endswith(" ") or right.startswith(" "):
        return False
    offset = 0 if boundary is None else len(left) - boundary
    if left in names and (offset > 0 or _SMALL_START.match(right)):
        return True
    return right in names and (offset < 0 or right[0].islower())


_BEFORE_WORD = " -/(\u2013"


def _find_boundary(text: str) -> int | None:
    """The position at which a lower-case letter meets a capital, if it is the only one and certain."""
    positions = []
    for position, (before, here) in enumerate(pairwise(text), 1):
        if before in _BEFORE_WORD or not here.isalnum():
            continue
        if here.isupper() and before.islower():
            positions.append(position)
        elif _is_doubtful(before, here):
            return None
    return positions[0] if len(positions) == 1 and _may_be_name(text[: positions[0]]) else None


def _may_be_name(left: str) -> bool:
    """Whether this part can be a name, at whose end a lower-case letter meets a capital: not in McAfee or eBay."""
    return sum(map(str.isalpha, left)) >= 3 and not left.endswith(("Mc", "Mac")) and not left[0].islower()


def _is_doubtful(before: str, here: str) -> bool:
    """Whether names may meet between two characters although no lower-case letter meets a capital."""
    if here.isupper():
        return True  # IBM, AT&T, 3M, Yahoo!Adobe: a capital that begins no word
    if here.isdigit() != before.isdigit():
        return True
    return not before.isalnum() and before not in "'\u2019"  # a full stop, or a symbol that begins a name


def _list_possible_splits(text: str) -> list[Pair]:
    """Splits where a person might see two names meet, the likeliest first."""
    ranks: dict[int, int] = {}  # position -> rank
    for position, (before, here) in enumerate(pairwise(text), 1):
        if not _may_begin_name(before, here):
            continue
        ranks[position] = 0 if before.islower() or not before.isalnum() else 2
        if before.islower() and here.isupper() and position > 1 and text[position - 2] != " ":
            ranks.setdefault(position - 1, 1)  # a name like eBay begins one letter before
    return [_split_at(text, position) for position in sorted(sorted(ranks), key=ranks.__getitem__)]


def _may_begin_name(before: str, here: str) -> bool:
    return before != " " and here.isalnum() and (here.isupper() or here.isdigit() != before.isdigit())


def split_titles(text: str, first: str, second: str) -> Pair | None:
    """Split a run-together table head by two titles that are known in another spelling.

    >>> split_titles("Character Animator3D Artist", "character animator", "3D artist")
    ('Character Animator', '3D Artist')
    """
    if abs(len(text) - len(first) - len(second)) > 4:
        return None
    for position in range(max(1, len(first) - 2), min(len(text), len(first) + 3)):
        left, right = text[:position].rstrip(), text[position:].lstrip()
        if fold_spelling(left) == fold_spelling(first) and fold_spelling(right) == fold_spelling(second):
            return left, right
    return None


def _is_name(text: str) -> bool:
    return any(map(str.isalnum, text))


def split_skills(text: str, *, oxford: bool) -> Sequence[tuple[str, ...]]:
    """Every way to read three names: "a, b and c", or with `oxford` "a, b, and c".

    A list without a comma has one name or two.

    >>> split_skills("java, architecture and digital transformation", oxford=False)
    [('java', 'architecture', 'digital transformation')]
    >>> split_skills("sales and marketing, data entry, and research and development", oxford=True)
    [('sales and marketing', 'data entry', 'research and development')]
    >>> len(split_skills("java, research and development and sql", oxford=False))
    2
    """
    if len(text) > LONGEST_ROW or ";" in text:
        return []
    if ", " not in text:
        pairs = [(text[: joint.start()], text[joint.end() :]) for joint in re.finditer(" and ", text)]
        return [(text,), *pairs] if _is_name(text) else pairs
    readings = []
    for joint in _find_last_joints(text, oxford):
        before, last = text[: joint.start()], text[joint.end() :]
        for comma in re.finditer(", ", before):
            names = (before[: comma.start()], before[comma.end() :], last)
            if all(map(_is_name, names)):
                readings.append(names)
    return readings[:_MOST_CANDIDATES]


def _find_last_joints(text: str, oxford: bool) -> list[re.Match[str]]:
    """Every "and" that can come before the last name; any "and" if the commas of the text break the rule."""
    joints = list(re.finditer(", and " if oxford else "(?<!,) and ", text))
    if not joints or (not oxford and ", and " in text):
        joints = list(re.finditer(",? and ", text))
    return joints
