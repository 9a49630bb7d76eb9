"""What both layouts of a pair page share: labels, sentences, headings, bullets.

A layout only says how a line becomes a table row (`Rows`); everything else is read here.
Which role a sentence means is found by name, never by place.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, Protocol

from ingest import reading, splitting
from ingest.documents import Document, Line
from ingest.facts import (
    Ambiguous,
    DutyFact,
    Evidence,
    How,
    Known,
    Layout,
    LearnedName,
    PageWarning,
    ParsedPage,
    RoleFacts,
    SkillFact,
    Unread,
    grouped,
)
from ingest.reading import UnreadableError, is_missing, key_of

Value = int | str | Decimal | None
NameKind = Literal["company", "industry", "major", "college"]


# --- the rows' labels -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Label:
    """One row label: the vocabulary keys it fills, how a cell is read, how glued cells part."""

    keys: tuple[str, ...]
    read: Callable[[str], tuple[Value, ...]]
    shape: splitting.Shape | None = None
    names: NameKind | None = None


def _single(reader: Callable[[str], Value]) -> Callable[[str], tuple[Value, ...]]:
    return lambda text: (reader(text),)


def _label(key: str, reader: Callable[[str], Value], shape: splitting.Shape) -> Label:
    return Label((key,), _single(reader), shape)


def _named(key: str, kind: NameKind) -> Label:
    return Label((key,), _single(reading.name), names=kind)


_PAY = _label("salary.annual_average", reading.money, splitting.MONEY)
_RACE_KEYS = tuple(
    f"demographics.race.{race}_percent" for race in ("black", "unknown", "hispanic", "asian", "white", "native")
)

LABELS: dict[str, Label] = {
    "yearly salary": _PAY,
    "average salary": _PAY,
    "hourly rate": _label("salary.hourly_average", reading.rate, splitting.RATE),
    "salary range": Label(("salary.annual_low", "salary.annual_high"), reading.span_of_pay, splitting.RANGE),
    "highest paying city": _label("salary.top_city", reading.name, splitting.CITY),
    "highest paying state": _label("salary.top_state", reading.name, splitting.STATE),
    "best paying company": _named("salary.top_company", "company"),
    "best paying industry": _named("salary.top_industry", "industry"),
    "growth rate": _label("outlook.growth_percent", reading.growth, splitting.GROWTH),
    "number of jobs": _label("outlook.job_count", reading.count, splitting.COUNT),
    "job satisfaction": _label("outlook.satisfaction", reading.satisfaction, splitting.SATISFACTION),
    "years of experience": _label("entry.years_of_experience", reading.years, splitting.YEARS),
    "most common degree": Label(("education.degree", "education.degree_percent"), reading.share, splitting.SHARE),
    "most common major": _named("education.major", "major"),
    "most common college": _named("education.college", "college"),
    "average age": _label("demographics.average_age", reading.age, splitting.AGE),
    "gender ratio": Label(
        ("demographics.male_percent", "demographics.female_percent"),
        lambda text: reading.block(text, splitting.GENDERS),
        splitting.GENDER,
    ),
    "race ratio": Label(_RACE_KEYS, lambda text: reading.block(text, splitting.RACES), splitting.RACE),
    "lgbt percentage": _label("demographics.lgbt_percent", reading.whole_percent, splitting.PERCENT),
}
LABEL_OF = {key: label for label in LABELS.values() for key in label.keys}

FURNITURE = frozenset(
    "explore jobs|find specific jobs|explore careers|explore professions|best companies|"
    "explore companies|post job|show more".split("|")
)
_GROUP = re.compile(r"Browse (.+) jobs", re.IGNORECASE)

# The band that a published number of years stands for, in months. 12 is the odd one.
MONTHS_OF_YEARS = {2: (12, 24), 4: (24, 48), 6: (48, 72), 8: (72, 96), 10: (96, 120), 12: (6, 12)}
_YEARS_OF_MONTHS: dict[tuple[int | None, int | None], int | None] = {
    **{band: years for years, band in MONTHS_OF_YEARS.items()},
    (120, None): None,
}


# --- what is gathered while reading ------------------------------------------------------------


@dataclass(slots=True)
class RoleReading:
    """One role of the pair, as far as it has been read."""

    title: str
    titled_by: Literal["table", "heading", "prose"]
    values: dict[str, Value] = field(default_factory=dict)
    evidence: dict[str, Evidence] = field(default_factory=dict)
    listed: list[SkillFact] = field(default_factory=list)
    named: tuple[str, int, list[tuple[str, ...]]] | None = None  # raw, line, readings
    claim: tuple[int, Evidence] | None = None  # the average pay that a sentence names
    duties: list[DutyFact] = field(default_factory=list)
    truncated: bool = False


@dataclass(frozen=True, slots=True)
class Pending:
    """Glued cells with several splits, or none."""

    line: Line
    label: Label
    raw: str
    pairs: list[splitting.Pair]


@dataclass(slots=True)
class Reading:
    """A pair page, as far as it has been read."""

    roles: tuple[RoleReading, RoleReading]
    known: Known
    warnings: list[PageWarning] = field(default_factory=list)
    ambiguous: list[Ambiguous] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    learned: list[LearnedName] = field(default_factory=list)
    pending: list[Pending] = field(default_factory=list)

    def warn(self, code: str, line: Line, message: str, key: str | None = None, at: int = 0) -> None:
        title = self.roles[at].title if key else None
        self.warnings.append(PageWarning(code, line.number, message, key, title))

    def leave(self, line: Line, text: str | None = None) -> None:
        """Nobody takes this line: it is kept and reported."""
        self.unread.append(Unread(line.number, text or line.raw.strip()))

    def role_named(self, text: str) -> int | None:
        """Which role a title in any spelling means."""
        key = key_of(text)
        for at, role in enumerate(self.roles):
            if key == key_of(role.title):
                return at
        return None

    def put(self, at: int, key: str, value: Value, evidence: Evidence) -> None:
        """Keep a value. A figure that stands twice must be equal; the first one stays."""
        role = self.roles[at]
        before = role.evidence.get(key)
        if before is None or before.how == "unread":
            role.values[key], role.evidence[key] = value, evidence
        elif role.values[key] != value:
            message = (
                f"“{before.raw}” in line {before.line} and “{evidence.raw}” in line "
                f"{evidence.line} should be the same; the first was taken."
            )
            self.warnings.append(PageWarning("repeated-figure-differs", evidence.line, message, key, role.title))

    def put_cell(self, at: int, label: Label, line: Line, text: str, how: How) -> None:
        """Read one cell into the keys of its label; what cannot be read is kept raw."""
        try:
            values = (None,) * len(label.keys) if is_missing(text) else label.read(text)
        except UnreadableError as error:
            self.warn("unreadable-value", line, f"{error}.", label.keys[0], at)
            self.put_unread(at, label, line, text, ())
            return
        for key, value in zip(label.keys, values, strict=True):
            self.put(at, key, value, Evidence(line.number, text, how))

    def put_unread(self, at: int, label: Label, line: Line, raw: str, candidates: tuple[str | None, ...]) -> None:
        key, role = label.keys[0], self.roles[at]
        if key in role.evidence:
            return  # another table of the page has it for certain
        self.ambiguous.append(Ambiguous(key, role.title, raw, line.number, candidates))
        for each in label.keys:
            role.values[each] = None
            role.evidence[each] = Evidence(line.number, raw, "unread", candidates)


class Rows(Protocol):
    """How a layout turns a line into a table row. True when it took the line."""

    def __call__(self, page: Reading, line: Line) -> bool: ...


# --- reading a page ----------------------------------------------------------------------------


def read_pair(
    document: Document,
    layout: Layout,
    lines: Sequence[Line],
    cut: Line | None,
    titles: tuple[str, str],
    titled_by: Literal["table", "prose"],
    rows: Rows,
    known: Known,
) -> ParsedPage:
    """Read a pair page whose titles are known.

    `lines` and `cut` as `whole_lines` gives them; `rows` takes the table lines.
    """
    if key_of(titles[0]) == key_of(titles[1]):
        raise UnreadableError(f"The page sets “{titles[0]}” against itself. Load a page of two different roles.")
    page = Reading((RoleReading(titles[0], titled_by), RoleReading(titles[1], titled_by)), known)
    if titled_by == "prose":
        message = "No table spells the titles; they were taken from the sentences."
        page.warnings.append(PageWarning("title-from-prose", 1, message))
    walk = _Walk(page, rows)
    for line in lines:
        walk.read(line)
    if cut:
        page.warn("cut-here", cut, "The page stops in the middle of this line; it was not read.")
        page.leave(cut)
    _settle_summaries(page, walk.loose, cut)
    _settle_pending(page)
    _choose(page)
    return ParsedPage(
        layout=layout,
        publisher="Zippia",
        title=document.title or _page_title(page, lines),
        url=document.url,
        roles=(_facts(page, 0), _facts(page, 1)),
        warnings=(*document.warnings, *page.warnings),
        ambiguous=tuple(page.ambiguous),
        unread=tuple(page.unread),
        learned=tuple(dict.fromkeys(page.learned)),
        cut_line=cut.number if cut else None,
    )


def whole_lines(document: Document) -> tuple[Sequence[Line], Line | None]:
    """The lines that stand whole, and the last one if the page stops within it.

    Half a number is a false number, and a final newline proves nothing: a page is finished
    when its last table row is complete, or when the closing line of the layout was seen.
    """
    lines = document.lines
    if not lines:
        return lines, None
    last = lines[-1]
    if document.open_ended:
        finished = False
    elif document.form == "html" or any(_GROUP.fullmatch(line.text) for line in lines):
        finished = True
    else:
        finished = last.kind == "row" and last.whole and len(last.cells) == 3
    return (lines, None) if finished else (lines[:-1], last)


def _page_title(page: Reading, lines: Sequence[Line]) -> str | None:
    both = f"{page.roles[0].title} vs {page.roles[1].title}"
    return next((line.text for line in lines if key_of(line.text) == key_of(both)), None)


_ASKS = re.compile(r"What does an? (.+) do\?", re.IGNORECASE)
_DUTIES = re.compile(r"(.+) example responsibilities\.?", re.IGNORECASE)
_SKILLS = re.compile(r"Common (.+) skills", re.IGNORECASE)
_FRAME = re.compile(
    r".+ have different pay scales, as shown below\.?"
    r"|There are a few differences between .+"
    r"|Here are the differences between .+",
    re.IGNORECASE,
)
_PARTS = frozenset(("overview", "salary", "demographics", "skills", "education", "duties and responsibilities"))
_PROSE = re.compile(
    r"The differences between |Each job has different |(?:While it|It) typically takes |"
    r"Additionally, |The top three skills |The most important skills ",
    re.IGNORECASE,
)

Context = Literal["", "table", "summary", "duties", "skills"]


@dataclass(slots=True)
class _Walk:
    """Where in the page we are: under which heading, of which role."""

    page: Reading
    rows: Rows
    context: Context = ""
    at: int = 0
    asked: bool = False  # a heading "What does … do?" was seen
    loose: list[Line] | None = None  # prose after the overview rows, from the first row on

    def read(self, line: Line) -> None:
        page = self.page
        if line.kind == "bullet":
            self._bullet(line)
        elif self.rows(page, line):
            self._enter("table", 0)
            if self.loose is None:
                self.loose = []
        elif key_of(line.text) in FURNITURE:
            self._furniture(line)
        elif group := _GROUP.fullmatch(line.text):
            page.put(0, "occupation_group", group[1], Evidence(line.number, line.text, "sentence"))
        elif _FRAME.fullmatch(line.text):
            self._enter("", 0)
        elif not self._heading(line):
            self._prose(line)

    def _enter(self, context: Context, at: int) -> None:
        self.context, self.at = context, at

    def _furniture(self, line: Line) -> None:
        if self.context == "duties" and key_of(line.text) == "show more":
            self.page.roles[self.at].truncated = True

    def _heading(self, line: Line) -> bool:
        text, page = line.text, self.page
        contexts: tuple[tuple[re.Pattern[str], Context], ...] = (
            (_ASKS, "summary"),
            (_DUTIES, "duties"),
            (_SKILLS, "skills"),
        )
        for pattern, context in contexts:
            found = pattern.fullmatch(text)
            at = page.role_named(found[1]) if found else None
            if at is not None:
                self._enter(context, at)
                self.asked = self.asked or context == "summary"
                return True
        if _parts_heading(page, text):
            self._enter("", 0)
            return True
        if line.kind == "heading":
            page.warn("unknown-heading", line, f"The heading “{text}” is not known.")
            page.leave(line)
            self._enter("", 0)
            return True
        return False

    def _prose(self, line: Line) -> None:
        page, key = self.page, "summary"
        if _PROSE.match(line.text):
            read_sentences(page, line)
        elif self.context == "summary" and key not in page.roles[self.at].evidence:
            page.put(self.at, key, line.text, Evidence(line.number, line.text, "text"))
        elif self.context == "table" and not self.asked and self.loose is not None:
            self.loose.append(line)
        else:
            if self.context == "table" and line.text[-1] not in ".?!":
                page.warn("unknown-label", line, f"The row “{line.text}” is not known.")
            page.leave(line)

    def _bullet(self, line: Line) -> None:
        role = self.page.roles[self.at]
        if self.context == "duties":
            if key_of(line.text) == "show more":
                role.truncated = True
            else:
                role.duties.append(DutyFact(line.text, Evidence(line.number, line.text, "listed")))
        elif self.context == "skills" and key_of(line.text) != "show more":
            _listed_skill(self.page, self.at, line)
        elif key_of(line.text) not in FURNITURE:
            self.page.leave(line)


def _parts_heading(page: Reading, text: str) -> bool:
    """Whether a line is one of the headings that name both roles and a part of the page."""
    key = key_of(text)
    a, b = (key_of(role.title) for role in page.roles)
    for first, second in ((a, b), (b, a)):
        for start, end in (
            (f"{first} vs {second}", key),
            (f"{first} vs. {second}", key),
            (f"differences between {first} and {second}", key),
        ):
            if end.startswith(start) and end[len(start) :].strip() in (*_PARTS, ""):
                return True
    return False


def _listed_skill(page: Reading, at: int, line: Line) -> None:
    role, text = page.roles[at], line.text
    name, percent = text, None
    if found := re.fullmatch(r"(.*\S), ?(\d{1,3})%", text):
        name, percent = found[1], int(found[2])
    elif text.endswith("%"):
        page.warn("unreadable-value", line, f"“{text}” has no whole percentage.", "skills", at)
        name = text.rpartition(", ")[0] or text
    if key_of(name) in {key_of(skill.name) for skill in role.listed}:
        page.warn("duplicate-skill", line, f"“{name}” is listed twice.", "skills", at)
        return
    evidence = Evidence(line.number, text, "listed")
    role.listed.append(SkillFact(name, "listed", len(role.listed) + 1, percent, None, evidence))


# --- titles where no table spells them ------------------------------------------------------------

_VS = re.compile(r" vs\.? ", re.IGNORECASE)
_BOTH = re.compile(r"to become both (?:an?|the) (.+?) and (?:an?|the) (.+?)\.(?: |$)", re.IGNORECASE)
_TOP = re.compile(
    r"The top three skills for (?:an?|the) (.+?) include .+?\. "
    r"The most important skills for (?:an?|the) (.+?) are ",
    re.IGNORECASE,
)


def titles_in_prose(lines: Sequence[Line]) -> tuple[str, str] | None:
    """The two titles as the sentences spell them, A first; None where no sentence has both."""
    for pattern in (_TOP, _BOTH):
        for line in lines:
            if line.kind == "text" and (found := pattern.search(line.text)):
                return found[1], found[2]
    return None


def vs_headings(lines: Sequence[Line]) -> list[tuple[str, str]]:
    """Every way in which a short line reads "A vs B", with the part of the page left off."""
    found: list[tuple[str, str]] = []
    for line in lines:
        if line.kind not in ("text", "heading") or len(line.text) > 300:
            continue
        for joint in _VS.finditer(line.text):
            first, second = line.text[: joint.start()], line.text[joint.end() :]
            found.append((first, second))
            for part in _PARTS:
                if second.lower().endswith(f" {part}"):
                    found.append((first, second[: -len(part) - 1]))
    return found


# --- sentences -----------------------------------------------------------------------------------

_SPAN = r"((?:more than |over |less than |under )?\d{1,3}(?:\s?[-\u2013]\s?\d{1,3})?\+? (?:year|month)s?)"
_TAKES_BOTH = re.compile(rf"It typically takes {_SPAN} to become both ", re.IGNORECASE)
_TAKES_EACH = re.compile(rf"While it typically takes {_SPAN} to become ", re.IGNORECASE)
_REQUIRES = re.compile(rf" (?:takes )?(?:usually )?(?:requires? )?{_SPAN}\.?", re.IGNORECASE)
_AVERAGES = re.compile(r" has an average salary of (\$[\d,]*\d), which is (higher|lower) than the ")
_CLAIMED = re.compile(r"(\$[\d,]*\d) average annual salary of ", re.IGNORECASE)
_ARTICLE = re.compile(r"(?:an?|the) ", re.IGNORECASE)
_FIXED = re.compile(
    r"The differences between .{1,300}? can be seen in a few details\.|"
    r"Each job has different responsibilities and duties\.",
    re.IGNORECASE,
)


class _Sentences:
    """One line of prose, read from left to right; what is left over is told."""

    def __init__(self, page: Reading, line: Line) -> None:
        self.page, self.line, self.text = page, line, line.text
        self.low = "".join(s.lower() if len(s.lower()) == 1 else s for s in line.text)
        self.spans: list[tuple[int, int]] = []

    def title(self, at: int) -> tuple[int, int] | None:
        """The role named at a place, its article skipped, and where its name ends."""
        article = _ARTICLE.match(self.text, at)
        best: tuple[int, int] | None = None
        for start in (article.end() if article else at, at):
            for index, role in enumerate(self.page.roles):
                name = " ".join(role.title.lower().split())
                end = start + len(name)
                after = self.low[end : end + 1]
                matches = self.low.startswith(name, start) and not after.isalnum()
                if matches and (best is None or end > best[1]):
                    best = index, end
            if best:
                return best
        return None

    def literal(self, text: str, at: int) -> int | None:
        return at + len(text) if self.low.startswith(text, at) else None

    def took(self, start: int, end: int) -> Evidence:
        if self.text[end : end + 1] == ".":
            end += 1
        self.spans.append((start, end))
        return Evidence(self.line.number, self.text[start:end], "sentence")

    def left_over(self) -> str:
        rest, at = [], 0
        for start, end in sorted(self.spans):
            rest.append(self.text[at:start])
            at = max(at, end)
        rest.append(self.text[at:])
        return " ".join(_FIXED.sub("", " ".join(rest)).split()).strip(" .")


def read_sentences(page: Reading, line: Line) -> None:
    """Time to become, the claim on pay, the top skills: whichever the line holds."""
    prose = _Sentences(page, line)
    _read_time(prose)
    _read_claim(prose)
    _read_top_skills(prose)
    if rest := prose.left_over():
        page.leave(line, rest)


def _read_time(prose: _Sentences) -> None:
    if found := _TAKES_EACH.search(prose.text):
        first = prose.title(found.end())
        start = prose.literal(", becoming ", first[1]) if first else None
        second = prose.title(start) if start is not None else None
        requires = _REQUIRES.match(prose.text, second[1]) if second else None
        if first and second and requires and first[0] != second[0]:
            evidence = prose.took(found.start(), requires.end())
            _put_months(prose, first[0], found[1], evidence)
            _put_months(prose, second[0], requires[1], evidence)
    elif found := _TAKES_BOTH.search(prose.text):
        first = prose.title(found.end())
        start = prose.literal(" and ", first[1]) if first else None
        second = prose.title(start) if start is not None else None
        if first and second and first[0] != second[0]:
            evidence = prose.took(found.start(), second[1])
            for at in (0, 1):
                _put_months(prose, at, found[1], evidence)


def _put_months(prose: _Sentences, at: int, span: str, evidence: Evidence) -> None:
    try:
        low, high = reading.months(span)
    except UnreadableError as error:
        prose.page.warn("unreadable-value", prose.line, f"{error}.", "entry.months_low", at)
        return
    prose.page.put(at, "entry.months_low", low, evidence)
    prose.page.put(at, "entry.months_high", high, evidence)


def _read_claim(prose: _Sentences) -> None:
    """ "A has an average salary of $…, which is higher than the $… … of B": also a check."""
    found = _AVERAGES.search(prose.text)
    if not found:
        return
    start = max(prose.text.rfind(". ", 0, found.start()) + 2, 0)
    if prose.text.rfind(". ", 0, found.start()) < 0:
        start = 0
    opening = prose.literal("additionally, ", start)
    first = prose.title(opening if opening is not None else start)
    claimed = _CLAIMED.match(prose.text, found.end())
    second = prose.title(claimed.end()) if claimed else None
    if not (first and claimed and second and first[1] == found.start() and first[0] != second[0]):
        return
    evidence = prose.took(start, second[1])
    key = "salary.annual_average"
    amounts = {first[0]: reading.money(found[1]), second[0]: reading.money(claimed[1])}
    higher = amounts[first[0]] > amounts[second[0]]
    if higher != (found[2].lower() == "higher"):
        message = f"The page says {found[2]}, but its own figures say otherwise: {evidence.raw}"
        prose.page.warn("claim-contradicts-table", prose.line, message, key, first[0])
    for at, amount in amounts.items():
        prose.page.roles[at].claim = amount, evidence


def _read_top_skills(prose: _Sentences) -> None:
    text = prose.low
    for opening, verb in (
        ("the top three skills for ", " include "),
        ("the most important skills for ", " are "),
    ):
        start = text.find(opening)
        named = prose.title(start + len(opening)) if start >= 0 else None
        begin = prose.literal(verb, named[1]) if named else None
        if not named or begin is None:
            continue
        end = text.find(". the most important skills for ", begin)
        if end < 0:
            end = len(text) - 1 if text.endswith(".") else len(text)
        raw = prose.text[begin:end]
        prose.took(start, end)
        prose.page.roles[named[0]].named = (raw, prose.line.number, splitting.three_of(raw))


# --- settling what is not certain at first sight ---------------------------------------------------


def _settle_summaries(page: Reading, loose: list[Line] | None, cut: Line | None) -> None:
    """The first two prose lines after the overview rows are A's and B's summary.

    Where only one stands, the other is missing or cut: whose it is, it must say itself.
    """
    lines = loose or []
    for at, line in enumerate(lines[:2]):
        if len(lines) >= 2:
            _put_summary(page, at, line)
    for line in lines[2:]:
        page.leave(line)
    if len(lines) != 1:
        return
    named = _first_named(page, lines[0].text)
    if named is None and cut and cut.kind == "text" and not _FRAME.match(cut.text):
        named = 0  # a second line begins after it and is cut: it is the first
    if named is not None:
        _put_summary(page, named, lines[0])
        return
    message = "One summary stands here, and it names neither role: it may be either's."
    page.warn("ambiguous", lines[0], message, "summary", 0)
    page.warn("ambiguous", lines[0], message, "summary", 1)
    for at, role in enumerate(page.roles):
        text = lines[0].text
        candidates = (text, None) if at == 0 else (None, text)
        page.ambiguous.append(Ambiguous("summary", role.title, text, lines[0].number, candidates))
        role.values["summary"] = None
        role.evidence["summary"] = Evidence(lines[0].number, text, "unread", candidates)


def _put_summary(page: Reading, at: int, line: Line) -> None:
    page.put(at, "summary", line.text, Evidence(line.number, line.text, "text"))


def _first_named(page: Reading, text: str) -> int | None:
    """The role whose title, singular or plural, stands first in a text."""
    low = key_of(text)
    places: list[tuple[int, int, int]] = []
    for at, role in enumerate(page.roles):
        for title in _plurals(key_of(role.title)):
            found = re.search(rf"(?<!\w){re.escape(title)}(?!\w)", low)
            if found:
                # A title within the other one ("technician", "support technician") ends
                # where that ends: the longer one is meant.
                places.append((found.end(), -len(title), at))
    return min(places)[2] if places else None


def _plurals(title: str) -> set[str]:
    """A title and what its plural may look like.

    >>> sorted(_plurals("secretary")), "chiefs of staff" in _plurals("chief of staff")
    (['secretaries', 'secretary', 'secretarys'], True)
    """
    forms = {title, f"{title}s"}
    if title.endswith("y"):
        forms.add(f"{title[:-1]}ies")
    if title.endswith(("s", "x", "ch", "sh")):
        forms.add(f"{title}es")
    if title.endswith("man"):
        forms.add(f"{title[:-3]}men")
    if title.endswith("person"):
        forms.add(f"{title[:-6]}people")
    if " of " in title:
        head, _, rest = title.partition(" of ")
        forms.add(f"{head}s of {rest}")
    return forms


def _settle_pending(page: Reading) -> None:
    for pending in page.pending:
        pairs = pending.pairs
        told = [pair for pair in pairs if _told_elsewhere(page, pending.label, pair)]
        if len(told) == 1:
            for at in (0, 1):
                page.put_cell(at, pending.label, pending.line, told[0][at], "cross-reference")
            continue
        key = pending.label.keys[0]
        for at in (0, 1):
            candidates = tuple(None if is_missing(pair[at]) else pair[at] for pair in pairs)
            if key not in page.roles[at].evidence:
                message = f"“{pending.raw}” can be read in {len(pairs) or 'no certain'} ways."
                code = "ambiguous" if pairs else "unreadable-value"
                page.warn(code, pending.line, message, key, at)
            page.put_unread(at, pending.label, pending.line, pending.raw, candidates)


def _told_elsewhere(page: Reading, label: Label, pair: splitting.Pair) -> bool:
    """Whether the page, or a stored figure, names one of these two cells and denies neither."""
    key = label.keys[0]
    agrees = False
    for role, text in zip(page.roles, pair, strict=True):
        value = None if is_missing(text) else label.read(text)[0]
        if key in role.evidence and role.evidence[key].how != "unread":
            if role.values[key] != value:
                return False
            agrees = True
        if key == "entry.years_of_experience" and "entry.months_low" in role.values:
            band = (role.values["entry.months_low"], role.values["entry.months_high"])
            if _YEARS_OF_MONTHS.get(band, -1) != value:  # type: ignore[arg-type]
                return False
            agrees = True
        stored = page.known.figures.get((key_of(role.title), key))
        agrees = agrees or bool(stored and value in stored)
    return agrees


def _choose(page: Reading) -> None:
    """Put what a person chose for this page in place of what was unclear."""
    for at, role in enumerate(page.roles):
        for (title, key), text in page.known.choices.items():
            label = LABEL_OF.get(key)
            if title != key_of(role.title) or label is None or key != label.keys[0]:
                continue
            line = role.evidence[key].line if key in role.evidence else 1
            try:
                values = (None,) * len(label.keys) if text is None else label.read(text)
            except UnreadableError:
                continue
            page.ambiguous = [a for a in page.ambiguous if (a.role, a.field) != (role.title, key)]
            page.warnings = [w for w in page.warnings if (w.role, w.field) != (page.roles[at].title, key)]
            for each, value in zip(label.keys, values, strict=True):
                role.values[each] = value
                role.evidence[each] = Evidence(line, text or "-", "chosen")


# --- facts -------------------------------------------------------------------------------------------


def _facts(page: Reading, at: int) -> RoleFacts:
    role = page.roles[at]
    _settle_claim(page, at)
    return RoleFacts(
        title=role.title,
        titled_by=role.titled_by,
        **grouped(role.values, role.evidence),
        skills=_skills(page, at),
        duties=tuple(role.duties),
        duties_truncated=role.truncated,
    )


def _settle_claim(page: Reading, at: int) -> None:
    """The table's figure goes before the sentence's, wherever it stands."""
    role, key = page.roles[at], "salary.annual_average"
    if role.claim is None:
        return
    claimed, evidence = role.claim
    before = role.evidence.get(key)
    if before is None or before.how == "unread":
        role.values[key], role.evidence[key] = claimed, evidence
    elif role.values[key] != claimed:
        message = f"The sentence says ${claimed:,}, the table “{before.raw}” (line {before.line})."
        page.warnings.append(PageWarning("claim-contradicts-table", evidence.line, message, key, role.title))


def _skills(page: Reading, at: int) -> tuple[SkillFact, ...]:
    """The bullets, then what only the sentence names."""
    role = page.roles[at]
    if role.named is None:
        return tuple(role.listed)
    raw, line, readings = role.named
    listed = {key_of(skill.name) for skill in role.listed}
    if len(readings) > 1:
        told = [names for names in readings if all(key_of(name) in listed for name in names)]
        readings = told if len(told) == 1 else readings
    if len(readings) != 1:
        candidates = tuple("; ".join(names) for names in readings)
        message = f"“{raw}” can be read in {len(readings) or 'no certain'} ways."
        page.warnings.append(PageWarning("ambiguous", line, message, "skills", role.title))
        page.ambiguous.append(Ambiguous("skills", role.title, raw, line, candidates))
        return tuple(role.listed)
    skills = list(role.listed)
    for name in readings[0]:
        if key_of(name) not in {key_of(skill.name) for skill in skills}:
            evidence = Evidence(line, raw, "sentence")
            skills.append(SkillFact(name, "listed", len(skills) + 1, None, None, evidence))
    return tuple(skills)
