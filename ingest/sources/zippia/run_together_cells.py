"""Two table cells glued together -> the ways to take them apart.

Every split that gives two valid cells is listed: one is an answer, several are not. What a
cell may be is known by its shape (money, a count, `City, ST`), from names seen elsewhere, or
by spelling alone; a cell is never empty, and may be "-".
"""

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from ingest.parsing.cells import prose_key
from ingest.parsing.readers import GENDERS, RACES
from ingest.parsing.states import STATES

LONGEST_ROW = 1_000  # characters; the longest real one, two race blocks, has some 300

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Shape:
    """What one cell looks like, and where two of them can meet."""

    cell: re.Pattern[str]
    joint: re.Pattern[str]

    def splits(self, glued: str) -> list[Pair]:
        """Every way to part the text into two cells of this shape."""
        if len(glued) > LONGEST_ROW:
            return []
        found = []
        for joint in self.joint.finditer(glued):
            pair = glued[: joint.start()], glued[joint.end() :]
            if self.cell.fullmatch(pair[0]) and self.cell.fullmatch(pair[1]):
                found.append(pair)
        return found


def _shape(cell: str, joint: str) -> Shape:
    return Shape(re.compile(f"(?:{cell})|-"), re.compile(joint))


def _block(labels: tuple[str, ...]) -> str:
    entry = rf"(?i:{'|'.join(labels)}), \d{{1,3}}(?:\.\d+)?%"
    return rf"{entry}(?: {entry})*"


_MONEY = r"\$(?:\d{1,3}(?:,\d{3}){1,2}|\d{1,9})"

STATE = _shape("|".join(STATES.values()), r"(?<=[a-z-])(?=[A-Z-])")

# First vocabulary key of a cell -> its shape. Names have none.
SHAPES: dict[str, Shape] = {
    "salary.annual_average": _shape(_MONEY, r"(?<=[\d-])\s*(?=[$-])"),
    "salary.hourly_average": _shape(r"\$(?:\d{1,3},\d{3}|\d{1,6})(?:\.\d{1,2})?", r"(?<=[\d-])\s*(?=[$-])"),
    "salary.annual_low": _shape(rf"(?i:between) {_MONEY} (?i:and) {_MONEY}", r"(?<=[\d-])\s*(?=[Bb-])"),
    "salary.top_city": _shape(rf"[^,\s-][^,]*, (?:{'|'.join(STATES)})", r"(?<=[A-Z-])(?=\S)"),
    "salary.top_state": STATE,
    "outlook.growth_percent": _shape(r"[+-]?\d{1,6}(?:\.\d{1,4})?%", r"(?<=[%-])\s*(?=[\d+-])"),
    # Counts are group_values from a thousand on, so a bare run of digits is below it.
    "outlook.job_count": _shape(r"0|[1-9]\d{0,2}(?:,\d{3}){0,3}", r"(?<=[\d-])\s*(?=[\d-])"),
    "outlook.satisfaction": _shape(r"[0-4](?:\.\d{1,2})?|5(?:\.00?)?", r"(?<=[\d-])\s*(?=[\d-])"),
    "entry.years_of_experience": _shape(r"[1-9]\d?", r"(?<=[\d-])\s*(?=[\d-])"),
    "education.degree": _shape(r"[^%\s-][^%]*, ?\d{1,3}%", r"(?<=[%-])\s*(?=\S)"),
    "demographics.average_age": _shape(r"[1-9]\d", r"(?<=[\d-])\s*(?=[\d-])"),
    "demographics.male_percent": _shape(_block(GENDERS), r"(?<=[%-])(?=\S)"),
    "demographics.race.black_percent": _shape(_block(RACES), r"(?<=[%-])(?=\S)"),
    "demographics.lgbt_percent": _shape(r"\d{1,3}%", r"(?<=[%-])\s*(?=[\d-])"),
}


# --- names --------------------------------------------------------------------------------

# Names that begin with a small letter or a sign: the boundary rule would cut them too late.
_BEGIN_SMALL = (
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
_SMALL_BEGINNING = re.compile(rf"(?<=\S)(?:{'|'.join(map(re.escape, _BEGIN_SMALL))})(?!\w)")

_MOST_CANDIDATES = 12
_LONGEST_NAMES = 300  # characters


@dataclass(frozen=True, slots=True)
class NameReading:
    """The readings of two glued names. `rule`: which rule gave `pairs`, None when none did."""

    pairs: list[Pair]
    rule: Literal["shape", "known-name", "boundary"] | None


def name_splits(glued: str, known: frozenset[str], *, companies: bool = True) -> NameReading:
    """Part two glued names, by the rules of names in their order.

    Only `companies` begin with a small letter; of other names "CareHealth" holds no "eHealth".

    >>> name_splits("MandiantAdobe", frozenset())
    NameReading(pairs=[('Mandiant', 'Adobe')], rule='boundary')
    >>> name_splits("IBMPayPal", frozenset({"IBM", "PayPal"}))
    NameReading(pairs=[('IBM', 'PayPal')], rule='known-name')
    >>> name_splits("-PayPal", frozenset())
    NameReading(pairs=[('-', 'PayPal')], rule='shape')
    >>> name_splits("AT&TeBay", frozenset()).rule is None
    True
    """
    if len(glued) > _LONGEST_NAMES:
        return NameReading([], None)
    by_dash = _dash_splits(glued)
    if len(by_dash) == 1:
        return NameReading(by_dash, "shape")
    places = range(1, len(glued)) if known else ()
    by_name = [(glued[:at], glued[at:]) for at in places if glued[:at] in known and glued[at:] in known]
    if len(by_name) == 1 and not by_dash:
        return NameReading(by_name, "known-name")
    at = _boundary(glued)
    doubts = [*by_dash, *by_name, *_one_known(glued, known, at), *(_begin_small(glued) if companies else [])]
    if at and all(pair == (glued[:at], glued[at:]) for pair in doubts):
        return NameReading([(glued[:at], glued[at:])], "boundary")
    return NameReading(_once([*doubts, *_perhaps(glued)])[:_MOST_CANDIDATES], None)


def _once(pairs: list[Pair]) -> list[Pair]:
    return list(dict.fromkeys(pairs))


def _dash_splits(glued: str) -> list[Pair]:
    """No name begins or ends with a dash, so one at either end is a cell of its own."""
    if glued == "--":
        return [("-", "-")]
    found = []
    if glued.startswith("-"):
        found.append(("-", glued[1:].lstrip()))
    if glued.endswith("-"):
        found.append((glued[:-1].rstrip(), "-"))
    return [pair for pair in found if pair[0] and pair[1]]


_SMALL_START = re.compile("[a-rt-z][A-Z]")  # eBay; an s is more likely a plural's


def _one_known(glued: str, known: frozenset[str], boundary: int | None) -> list[Pair]:
    """Splits of which one half is known and speaks against the boundary.

    A known name that the boundary would cut through, or one beside a name like eBay.
    """
    found = []
    for at in range(1, len(glued)) if known else ():
        left, right = glued[:at], glued[at:]
        if " " in (left[-1], right[0]):
            continue
        small = bool(_SMALL_START.match(right))
        by_left = left in known and (small or (boundary is not None and at > boundary))
        if by_left or (right in known and (right[0].islower() or (boundary is not None and at < boundary))):
            found.append((left, right))
    return found


def _begin_small(glued: str) -> list[Pair]:
    return [(glued[: name.start()], glued[name.start() :]) for name in _SMALL_BEGINNING.finditer(glued)]


_BEGIN_WORD = " -/(\u2013"


def _boundary(glued: str) -> int | None:
    """The one place where a lower-case letter meets a capital, if all else is in order."""
    places = []
    for at, (before, here) in enumerate(pairwise(glued), 1):
        if before in _BEGIN_WORD or not here.isalnum():
            continue
        if here.isupper():
            if not before.islower():
                return None  # IBM, AT&T, 3M, Yahoo!Adobe: a capital that begins no word
            places.append(at)
        elif here.isdigit() != before.isdigit():
            return None  # a glued digit
        elif not before.isalnum() and before not in "'\u2019":
            return None  # a glued full stop, or a sign that begins a name
    if len(places) != 1:
        return None
    left = glued[: places[0]]
    if sum(map(str.isalpha, left)) < 3 or left.endswith(("Mc", "Mac")) or left[0].islower():
        return None
    return places[0]


def _perhaps(glued: str) -> list[Pair]:
    """Where a person might see two names meet, the likelier places first."""
    places: dict[int, int] = {}
    for at, (before, here) in enumerate(pairwise(glued), 1):
        if before == " " or not here.isalnum() or not (here.isupper() or here.isdigit() != before.isdigit()):
            continue
        places[at] = 0 if before.islower() or not before.isalnum() else 2
        if before.islower() and here.isupper() and at > 1 and glued[at - 2] != " ":
            places.setdefault(at - 1, 1)  # a name like eBay begins one letter before
    return [(glued[:at], glued[at:]) for at in sorted(places, key=lambda at: (places[at], at))]


def titles_in(glued: str, first: str, second: str) -> Pair | None:
    """Part a glued table head by the lengths of two titles known in another spelling.

    >>> titles_in("Character Animator3D Artist", "character animator", "3D artist")
    ('Character Animator', '3D Artist')
    """
    if abs(len(glued) - len(first) - len(second)) > 4:
        return None
    for at in range(max(1, len(first) - 2), min(len(glued), len(first) + 3)):
        left, right = glued[:at].rstrip(), glued[at:].lstrip()
        if prose_key(left) == prose_key(first) and prose_key(right) == prose_key(second):
            return left, right
    return None


_SkillLists = list[tuple[str, ...]]


def _is_name(text: str) -> bool:
    return any(map(str.isalnum, text))


def three_of(text: str, *, oxford: bool) -> _SkillLists:
    """Every way to read three names: "a, b and c", or with `oxford` "a, b, and c".

    >>> three_of("java, architecture and digital transformation", oxford=False)
    [('java', 'architecture', 'digital transformation')]
    >>> three_of("sales and marketing, data entry, and research and development", oxford=True)
    [('sales and marketing', 'data entry', 'research and development')]
    >>> len(three_of("java, research and development and sql", oxford=False))
    2
    """
    if len(text) > LONGEST_ROW:
        return []
    found: _SkillLists = []
    expected = ", and " if oxford else "(?<!,) and "
    other = not oxford and ", and " in text
    for joint in (not other and list(re.finditer(expected, text))) or re.finditer(",? and ", text):
        before, last = text[: joint.start()], text[joint.end() :]
        for comma in re.finditer(", ", before):
            parts = (before[: comma.start()], before[comma.end() :], last)
            if all(map(_is_name, parts)):
                found.append(parts)
            if len(found) == _MOST_CANDIDATES:
                return found
    if not found and ", " not in text:
        found = [(text,)] if _is_name(text) else []
        found += [(text[: joint.start()], text[joint.end() :]) for joint in re.finditer(" and ", text)]
    return found
