"""The columns of tables that compare roles, and column heads that do not name a role."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from careers.spelling import fold_spelling
from ingest.documents.lines import Line
from ingest.parsing.cells import UnreadableError
from ingest.parsing.places import PLACES, STATES
from ingest.parsing.readers import READER_BY_LABEL

# What columns may be about instead of roles: heads in lower case.
_HEADS: Mapping[str, str] = {
    "times": (
        "now|today|before|after|then|earlier|later|previously|currently|latest|year before|the year before|spring|"
        "summer|autumn|fall|winter|weekdays|weekends"
    ),
    "months": (
        "january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|"
        "jun|jul|aug|sep|sept|oct|nov|dec"
    ),
    "days": ("monday|tuesday|wednesday|thursday|friday|saturday|sunday"),
    "sexes": (
        "women|woman|men|man|male|males|female|females|sexes|both sexes|all sexes|gender|genders|girls|boys|m|f|"
        "nonbinary|non-binary|other gender|all women|all men|women only|men only|male workers|female workers"
    ),
    "age groups": (
        "young|younger|old|older|middle-aged|teens|teenagers|youth|adults|seniors|young people|older people|"
        "younger workers|older workers|young workers|all ages|millennials|baby boomers|boomers|generation x|"
        "generation y|generation z|gen x|gen y|gen z"
    ),
    "groups of people": (
        "black|african american|black or african american|unknown|hispanic|latino|hispanic or latino|asian|white|"
        "american indian|american indian and alaska native|native american|pacific islander|full time|full-time|"
        "part time|part-time|temporary|permanent|union|nonunion|non-union|self-employed|employed|unemployed|"
        "remote|on-site|onsite|hybrid|entry|mid|junior|senior|experienced|beginner|beginners|all workers|"
        "all employees|everyone"
    ),
    "degrees": (
        "high school|high school diploma|doctorate|phd|ph.d.|mba|associate degree|associate's degree|"
        "associates degree|bachelor|bachelors|bachelor's|bachelor degree|bachelor's degree|bachelors degree|"
        "masters|master's|master degree|master's degree|masters degree|doctoral degree|doctorate degree|"
        "professional degree|no degree"
    ),
    "sectors": (
        "public sector|private sector|government sector|nonprofit sector|non-profit sector|nonprofit|non-profit|"
        "government|small companies|large companies|small|medium|large|urban|rural|suburban"
    ),
    "statistics": (
        "average|mean|median|minimum|maximum|min|max|low|lowest|high|highest|total|all|overall|sum|range|typical|"
        "difference|change|gap|ratio|trend|growth|index|standard deviation|lower|upper|top|bottom|middle|"
        "lower quartile|upper quartile|percentile|quartile|decile|national average|state average|rank|value|"
        "values|figure|figures|amount|number|count|percent|percentage|share|usd|no|no.|n|estimate|actual|forecast|"
        "projection"
    ),
    "pay periods": (
        "hour|day|week|month|year|per hour|per day|per week|per month|per year|an hour|a day|a week|a month|"
        "a year|hourly|daily|weekly|biweekly|monthly|quarterly|yearly|annual|annually"
    ),
    "joining words": "vs|vs.|versus|or|and",
    "notes": (
        "source|sources|note|notes|remark|remarks|comment|comments|description|detail|details|unit|units|measure|"
        "metric|category|item|label|field|key|data|type|kind|status|yes|true|false|pros|cons|advantages|"
        "disadvantages|role|job|title|occupation|name|city|state|town|country|region|area|location|company|"
        "industry|date|age|sex|salary|pay|wage|wages|employment|jobs"
    ),
}
_KIND_OF_HEAD: dict[str, str] = {}
for _kind, _heads in _HEADS.items():
    _KIND_OF_HEAD |= dict.fromkeys(_heads.split("|"), _kind)
_YEAR = r"(?:18|19|20|21)\d\d"
_MONTH = _HEADS["months"]
_PART_OF_YEAR = r"q[1-4]|h[12]"
_CERTAINTY = r"est\.?|estimated?|actual|projected|projection|forecast|average"
_QUALIFIER = rf"{_CERTAINTY}|{_PART_OF_YEAR}"
_SPAN = r"\d{1,2}(?: ?[-\u2013] ?| to )\d{1,2}"
_BOUND = "under|over|below|above|younger than|older than|less than|more than|up to"
_ORDINAL = "(?:st|nd|rd|th)"
# Heads with figures, in lower case.
_PATTERNS: tuple[tuple[str, str], ...] = (
    ("years", rf"(?:(?:fy|cy|year|in|as of|{_QUALIFIER}) )?'?{_YEAR}(?: (?:{_QUALIFIER}))?"),
    ("years", rf"fy ?'?(?:\d\d|{_YEAR})|'\d\d|(?:19|20)?\d0s|year \d{{1,2}}|{_YEAR} ?[-\u2013/] ?\d{{2,4}}"),
    ("years", r"(?:last|this|next|previous|prior|current|past|base|first|second|third|\d{1,2}) years?(?: ago)?"),
    ("months", rf"(?:{_MONTH})\.?,? ?(?:\d{{1,2}},? )?(?:'?\d\d|{_YEAR})"),
    ("times", rf"(?:spring|summer|autumn|fall|winter),? {_YEAR}|week \d{{1,2}}|day \d{{1,2}}"),
    ("times", r"(?:last|this|next|previous) (?:month|quarter|week|decade)"),
    ("times", rf"(?:first|second|third|fourth|[1-4]{_ORDINAL}) quarter|{_PART_OF_YEAR}"),
    ("age groups", rf"(?:ages? |aged )?{_SPAN}(?: years?(?: old)?)?"),
    (
        "age groups",
        r"(?:ages? |aged )?\d{1,2}(?:\+| (?:years )?(?:and|or) (?:over|older|under|younger|above|below|more|up))",
    ),
    ("age groups", rf"(?:{_BOUND}|ages?|aged) \d{{1,2}}(?: years?(?: old)?)?"),
    ("levels of experience", r"(?:entry|mid|middle|senior|junior|early|late|executive)[- ](?:level|career)"),
    ("levels of experience", rf"(?:(?:{_BOUND}) )?(?:{_SPAN}|\d{{1,2}}\+?) years?(?: of)? experience"),
    ("statistics", r"(?:top|bottom|lowest|highest|lower|upper) \d{1,2} ?%|p\d\d"),
    ("statistics", rf"(?:the )?\d{{1,2}}{_ORDINAL}?(?: percentile| ?%)"),
    (
        "statistics",
        r"(?:average|mean|median|minimum|maximum|lowest|highest|total) (?:pay|salary|wages?|value|rate|jobs)",
    ),
    ("sexes", r"(?:(?:wo)?men|(?:fe)?male) [^']*[^s']s"),  # "Women Cabinet Makers" are no role, "Women's Coach" is
    ("companies", r".*[ ,](?:inc|llc|l\.l\.c|corp|corporation|ltd|plc|gmbh|& co)\.?"),
    ("numbers", rf"[#\u2116$]?[\d.,]+[km]?{_ORDINAL}?%?|i{{2,3}}|iv|vi{{1,3}}"),
    ("numbers", r"(?:option|column|group|sample|no\.?) [\da-d]{1,2}"),
)
# What the cell above the labels can say of the columns.
_CORNERS: Mapping[str, str] = {
    "companies": "company|companies|employer|employers|firm|firms|organization|organizations|organisation|brand",
    "industries": "industry|industries|sector|sectors",
    "places": "city|cities|town|towns|state|states|country|countries|region|regions|county|metro area",
    "schools": "school|schools|college|colleges|university|universities",
    "times": "year|years|month|months|quarter|decade",
    "groups of people": "sex|gender|age|age group|race|ethnicity",
}
_KIND_OF_CORNER: dict[str, str] = {}
for _kind, _heads in _CORNERS.items():
    _KIND_OF_CORNER |= dict.fromkeys(_heads.split("|"), _kind)
_COMPILED = tuple((kind, re.compile(pattern)) for kind, pattern in _PATTERNS)
_STATES = frozenset(map(str.lower, STATES.values()))
_STATE_CODES = frozenset(STATES)
_TOWN_IN_STATE = re.compile(r"[^,]{2,60}, ?([a-z.]{2,20})(?: metro)?(?: area)?")
# What an admin reads about a table of other roles than those of the page.
OTHER_HEAD = "This table's head names other roles than the first. Its rows were not read."
_LONGEST_HEAD = 200  # characters; no head of these kinds is longer


def find_kind_of_column(head: str) -> str | None:
    """What a column is about if its head does not name a role; None for a head that may be a role's title.

    >>> [find_kind_of_column(head) for head in ("2023", "Women", "Boston, MA", "25-34", "Line Cook", "Male Nurse")]
    ['years', 'sexes', 'places', 'age groups', None, None]
    """
    key = fold_spelling(head).strip(" :*()[]")
    if len(key) > _LONGEST_HEAD:
        return None
    if not any(map(str.isalpha, key)) and not any(map(str.isdigit, key)):
        return "numbers"
    if head.strip() in _STATE_CODES or _is_place(key):
        return "places"
    if key in _KIND_OF_HEAD:
        return _KIND_OF_HEAD[key]
    for kind, pattern in _COMPILED:
        if pattern.fullmatch(key):
            return kind
    return None if any(map(str.isalpha, key)) else "numbers"


def _is_place(key: str) -> bool:
    if key in PLACES or key in _STATES:
        return True
    town = _TOWN_IN_STATE.fullmatch(key)
    return town is not None and (town[1].upper() in _STATE_CODES or town[1] in _STATES or town[1] in PLACES)


# With these beside the same title, columns are about one role.
_QUALIFIERS = (
    ("years", re.compile(rf"\(?\b{_YEAR}\b\)?")),
    ("sexes", re.compile(r"\(?\b(?:wo)?men\b(?!')\)?")),
)


def check_columns(titles: Sequence[str]) -> None:
    """Raises UnreadableError if one of these column heads does not name a role, or if two name the same one.

    Codes of states count only if all heads are codes: PA can be Pennsylvania or a physician assistant.
    """
    are_state_codes = all(title in _STATE_CODES for title in titles)
    for title in titles:
        kind = find_kind_of_column(title)
        if kind and (title not in _STATE_CODES or are_state_codes):
            raise _make_refusal(kind, title)
    for kind, qualifier in _QUALIFIERS:
        qualified = [fold_spelling(title) for title in titles if qualifier.search(fold_spelling(title))]
        if len({" ".join(qualifier.sub(" ", key).split()) for key in qualified}) < len(qualified):
            raise _make_refusal(kind, titles[0])


def check_corner(corner: str, head: str) -> None:
    """Raises UnreadableError if the cell above the labels says that the columns are no roles."""
    kind = _KIND_OF_CORNER.get(fold_spelling(corner).strip(" :*"))
    if kind:
        raise _make_refusal(kind, head)


def _make_refusal(kind: str, head: str) -> UnreadableError:
    return UnreadableError(
        f"The columns of the table are {kind}, such as “{head[:60]}”, not roles. Load a page whose columns are roles."
    )


# -- tables of unknown layouts -------------------------------------------------------------------

_RULER = re.compile(r"(?::?-{2,}:?|:-:?|-:)?")


def is_ruler(row: Line) -> bool:
    """Whether a row is the line between the head of a table and its body."""
    return all(map(_RULER.fullmatch, row.cells))


def has_known_label(row: Line) -> bool:
    return row.kind == "row" and row.label in READER_BY_LABEL


def describe_unknown_label(cells: Sequence[str]) -> str:
    """What people are told about a row whose first cell is no known label.

    >>> describe_unknown_label(["Bonus", "$1"]), describe_unknown_label(["", "Cook vs Baker"])
    ('The row “Bonus” is not known.', 'The row with “Cook vs Baker” has no label.')
    """
    if cells[0]:
        return f"The row “{cells[0]}” is not known."
    first = next(filter(None, cells), "")
    return f"The row with “{first[:60]}” has no label." if first else "The row is empty."


def describe_uneven_row(row: Line) -> str:
    """What people are told about a row that does not have one cell for each role.

    >>> describe_uneven_row(Line(1, "row", "", "", ("Growth rate", "3%")))
    'The row “Growth rate” does not have one cell for each role, but 1; it was not read.'
    """
    if not row.whole:
        return f"The row “{row.cells[0]}” stops before its last bar; it was not read."
    return f"The row “{row.cells[0]}” does not have one cell for each role, but {len(row.cells) - 1}; it was not read."


def count_columns(lines: Iterable[Line]) -> int:
    """How many columns of values most rows with a known label have; 0 if there is no such row."""
    counts = Counter(len(row.cells) - 1 for row in lines if has_known_label(row))
    return counts.most_common(1)[0][0] if counts else 0


def find_column_heads(lines: Sequence[Line]) -> tuple[str, ...]:
    """The heads of the columns of values, from the row above the first known label; () if no row names each of them.

    The cell above the labels can be empty, hold a word, be left out, or stand last (`| A | B | |`).
    """
    count = count_columns(lines)
    head: tuple[str, ...] = ()
    for line in lines:
        if line.kind != "row":
            continue
        if has_known_label(line):
            break
        cells = _drop_label_cell(line.cells, count)
        if any(map(str.isalnum, "".join(cells))) and not (head and _are_figures(cells)):
            head = cells
    return head


def _are_figures(cells: tuple[str, ...]) -> bool:
    """Whether a row below the head gives figures under a label that is not known."""
    return all(find_kind_of_column(cell) == "numbers" or not any(map(str.isalpha, cell)) for cell in cells)


def _drop_label_cell(cells: tuple[str, ...], count: int) -> tuple[str, ...]:
    if len(cells) == count + 1:
        cells = cells[1:] if cells[-1] else cells[:-1]
    return cells if len(cells) == count and all(cells) else ()
