"""The sentences of a pair page, and the titles that sentences and headings name.

Which role a sentence means is found by name, never by place: the pay sentence names the better
paid role first, which is B on about half of the pages.
"""

import re
from collections.abc import Sequence

from ingest.documents.document import Line
from ingest.parsing import cells
from ingest.parsing.cells import UnreadableError, prose_key
from ingest.parsing.facts import Evidence
from ingest.sources.zippia import run_together_cells
from ingest.sources.zippia.partial_page import Reading

# The parts of a page, as its headings name them: "A vs B salary".
PARTS = ("overview", "salary", "demographics", "skills", "education", "duties and responsibilities")

_VS = re.compile(r" vs\.? ", re.IGNORECASE)
# The words around the two titles of a sentence: before and after the first, before and after the
# second. Sought one after the other, so that no text, however long, is searched twice.
_AROUND = tuple(
    tuple(re.compile(words) for words in sentence)
    for sentence in (
        (
            "(?i:top three skills for (?:an?|the) )",
            "(?i: include )",
            r"(?i:\. the most important skills for (?:an?|the) )",
            "(?i: are )",
        ),
        ("(?i:to become both (?:an?|the) )", "(?i: and (?:an?|the) )", r"\.(?= [A-Z]|$)"),
        (
            "(?i:to become (?:an?|the) )",
            "(?i:, becoming (?:an?|the) )",
            "(?i: (?:takes|usually|requires?) )",
        ),
    )
)
_LONGEST_TITLE = 150


def titles_in_prose(lines: Sequence[Line]) -> tuple[str, str] | None:
    """The two titles as the sentences spell them, A first; None where no sentence has both."""
    for words in _AROUND:
        for line in lines:
            if line.kind == "text" and (titles := _titles_between(line.text, words)):
                return titles
    return None


def _titles_between(text: str, words: Sequence[re.Pattern[str]]) -> tuple[str, str] | None:
    found: list[tuple[int, int]] = []
    for each in words:
        place = each.search(text, found[-1][1] if found else 0)
        if place is None:
            return None
        found.append(place.span())
    titles = text[found[0][1] : found[1][0]], text[found[-2][1] : found[-1][0]]
    return titles if all(0 < len(title) <= _LONGEST_TITLE for title in titles) else None


_SPEAKS = re.compile(
    r"typically takes |has an average salary of |top three skills for |most important skills for ", re.IGNORECASE
)


def speaks(text: str) -> bool:
    """Whether a line of prose may hold one of the sentences that carry values."""
    return bool(_SPEAKS.search(text))


def speaks_of(lines: Sequence[Line], pairs: Sequence[tuple[str, str]]) -> bool:
    """Whether one of the sentences that carry values names both roles of a pair."""
    spoken = [prose_key(line.text) for line in lines if speaks(line.text)] if pairs else []
    keys = [(prose_key(first), prose_key(second)) for first, second in pairs]
    return any(first in text and second in text for first, second in keys for text in spoken)


def is_introduction(page: Reading, text: str) -> bool:
    """Whether a line only opens the page: it names both roles, and no figure."""
    if speaks(text) or _has_figure(page, text):
        return False
    low = prose_key(text)
    return all(any(form in low for form in _plurals(prose_key(role.title))) for role in page.roles)


def _has_figure(page: Reading, text: str) -> bool:
    """Whether a text holds digits beside those of the titles (`3D Artist`)."""
    if not any(map(str.isdigit, text)):
        return False
    low = prose_key(text)
    for title in sorted((prose_key(role.title) for role in page.roles), key=len, reverse=True):
        low = low.replace(title, " ")
    return any(map(str.isdigit, low))


FRAME = re.compile(
    r".+ have different pay scales, as shown below\.?"
    r"|There are a few differences between .+"
    r"|Here are the differences between .+",
    re.IGNORECASE,
)


def may_join(page: Reading, text: str) -> bool:
    """Whether a text that is cut may be the beginning of a joining sentence.

    The first kind begins with the roles in the plural, in whatever form that has: a cut text is
    too long for it, or it may be one.
    """
    longest = sum(len(role.title) for role in page.roles) + len(" and  have different pay scales, as shown below.") + 8
    return len(text) <= longest or bool(FRAME.match(text))


_MOST_PAIRS = 60  # a page names its own pair first, then perhaps others that it links to


def vs_headings(lines: Sequence[Line]) -> list[tuple[str, str]]:
    """Every way in which a short line reads "A vs B", with the part of the page left off."""
    found: list[tuple[str, str]] = []
    for line in lines:
        if line.kind not in ("text", "heading") or len(line.text) > 300:
            continue
        if len(found) > _MOST_PAIRS:
            break
        for joint in _VS.finditer(line.text):
            first, second = line.text[: joint.start()], line.text[joint.end() :]
            found += [(first, second[: -len(part) - 1]) for part in PARTS if second.lower().endswith(f" {part}")]
            found.append((first, second))
    return found


_SPAN = r"((?:more than |over |less than |under )?\d{1,3}(?:\s?[-\u2013]\s?\d{1,3})?\+? (?:year|month)s?)"
_TAKES_BOTH = re.compile(rf"It typically takes {_SPAN} to become both ", re.IGNORECASE)
_TAKES_EACH = re.compile(rf"While it typically takes {_SPAN} to become ", re.IGNORECASE)
_REQUIRES = re.compile(rf" (?:takes )?(?:usually )?(?:requires? )?{_SPAN}\.?", re.IGNORECASE)
_AVERAGES = re.compile(r" has an average salary of (\$[\d,]*\d), which is (higher|lower) than the ")
_CLAIMED = re.compile(r"(\$[\d,]*\d) average annual salary of ", re.IGNORECASE)
_CARRIES = re.compile(
    rf"typically takes {_SPAN} to become |{_AVERAGES.pattern}|^The top three skills for ", re.IGNORECASE
)
_BEFORE_TITLE = re.compile("(?:^|[^a-z])(?:an?|the|additionally,) $|^$")
_ARTICLE = re.compile(r"(?:an?|the) ", re.IGNORECASE)


def _low(text: str) -> str:
    """Lower case, every character in its place (a few have a longer lower form)."""
    if text.isascii():
        return text.lower()
    return "".join(sign.lower() if len(sign.lower()) == 1 else sign for sign in text).replace("\u2019", "'")


class _Sentences:
    """One line of prose, read from left to right; what is left over is told."""

    def __init__(self, page: Reading, line: Line) -> None:
        self.page, self.line, self.text = page, line, line.text
        self.low = _low(line.text)
        self.spans: list[tuple[int, int]] = []

    def title(self, at: int) -> tuple[int, int] | None:
        """The role named at a place, its article skipped, and where its name ends."""
        article = _ARTICLE.match(self.text, at)
        best: tuple[int, int] | None = None
        for start in (article.end() if article else at, at):
            for index, role in enumerate(self.page.roles):
                name = " ".join(_low(role.title).split())
                end = start + len(name)
                after = self.low[end : end + 1]
                matches = self.low.startswith(name, start) and not after.isalnum()
                if matches and (best is None or end > best[1]):
                    best = index, end
            if best:
                return best
        return None

    def title_before(self, end: int) -> tuple[int, int] | None:
        """The role whose name, after an article, ends at a place, and where its sentence starts.

        The longest: the "software engineer" of "a sr. software engineer" is another role.
        """
        best: tuple[int, int] | None = None
        for index, role in enumerate(self.page.roles):
            start = end - len(" ".join(role.title.split()))
            if best is not None and start >= best[1]:
                continue
            if (
                start >= 0
                and self.title(start) == (index, end)
                and _BEFORE_TITLE.search(self.low[max(0, start - 20) : start])
            ):
                best = index, start
        if best is None:
            return None
        stop = self.text.rfind(". ", 0, best[1])
        return best[0], stop + 2 if stop >= 0 else 0

    def literal(self, text: str, at: int) -> int | None:
        return at + len(text) if self.low.startswith(text, at) else None

    def took(self, start: int, end: int) -> Evidence:
        if self.text[end : end + 1] == ".":
            end += 1
        self.spans.append((start, end))
        return Evidence(self.line.number, self.text[start:end], "sentence")

    def left_over(self) -> str:
        """What no sentence took, if it says anything: the opening words do not."""
        rest, at = [], 0
        for start, end in sorted(self.spans):
            rest.append(self.text[at:start])
            at = max(at, end)
        rest.append(self.text[at:])
        text = " ".join(" ".join(rest).split()).strip(" .")
        return text if speaks(text) or _has_figure(self.page, text) else ""


def read_sentences(page: Reading, line: Line) -> bool:
    """Time to become, the claim on pay, the top skills: whichever the line holds.

    False when it holds none of them, and no more than words that they use, too.
    """
    prose = _Sentences(page, line)
    _read_time(prose)
    _read_claim(prose)
    _read_top_skills(prose)
    if not prose.spans and not _CARRIES.search(prose.text):
        return False
    if rest := prose.left_over():
        page.leave(line, rest)
    return True


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
        low, high = cells.read_months(span)
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
    first = prose.title_before(found.start())
    claimed = _CLAIMED.match(prose.text, found.end())
    second = prose.title(claimed.end()) if claimed else None
    if not (first and claimed and second and first[0] != second[0]):
        return
    try:
        amounts = {first[0]: cells.read_money(found[1]), second[0]: cells.read_money(claimed[1])}
    except UnreadableError:
        return  # what is left over is told
    evidence = prose.took(first[1], second[1])
    key = "salary.annual_average"
    higher = amounts[first[0]] > amounts[second[0]]
    if higher != (found[2].lower() == "higher"):
        message = f"The page says {found[2]}, but its own figures say otherwise: {evidence.raw}"
        prose.page.warn("claim-contradicts-table", prose.line, message, key, first[0])
    for at, amount in amounts.items():
        prose.page.roles[at].claim = amount, evidence


def _read_top_skills(prose: _Sentences) -> None:
    text = prose.low
    for opening, verb, oxford in (
        ("the top three skills for ", " include ", False),
        ("the most important skills for ", " are ", True),
    ):
        start = text.find(opening)
        named = prose.title(start + len(opening)) if start >= 0 else None
        begin = prose.literal(verb, named[1]) if named else None
        if not named or begin is None:
            continue
        end = _end_of_sentence(prose.text, begin)
        prose.took(start, end)
        evidence = Evidence(prose.line.number, prose.text[begin:end], "sentence")
        readings = run_together_cells.three_of(evidence.raw, oxford=oxford)
        prose.page.roles[named[0]].named = evidence, readings


_STOP = re.compile(r"(\S+)\. (?=[A-Z])")
_ABBREVIATED = frozenset("st mt ft dr mr ms mrs sr jr no vs inc co corp ltd u.s e.g i.e etc".split())


def _end_of_sentence(text: str, start: int) -> int:
    """Where a sentence ends, its full stop left out; "St. Louis" does not end one."""
    for stop in _STOP.finditer(text, start):
        if stop[1].lower() not in _ABBREVIATED:
            return stop.end(1)
    return len(text) - 1 if text.endswith(".") else len(text)


def first_named(page: Reading, text: str) -> int | None:
    """The role whose title, singular or plural, stands first in a text."""
    low = prose_key(text)
    places: list[tuple[int, int, int]] = []
    for at, role in enumerate(page.roles):
        for title in _plurals(prose_key(role.title)):
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
