"""The sentences of a pair page, and the titles that sentences and headings name.

Roles in a sentence are found by name, never by position: the pay sentence names the better paid
role first, which is B on about half of the pages.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from careers.spelling import SAME_CHARACTERS, fold_spelling
from ingest.documents.lines import Line
from ingest.parsing import cells
from ingest.parsing.cells import DOLLARS, UnreadableError
from ingest.parsing.evidence import Evidence
from ingest.sources.zippia.pair_page import PairPage
from ingest.sources.zippia.run_together_cells import Pair, split_skills

# The parts of a page as its headings name them: "A vs B salary".
PARTS = ("overview", "salary", "demographics", "skills", "education", "duties and responsibilities")

_VS = re.compile(r" vs\.? ", re.IGNORECASE)
# The words before and after the first title of a sentence, and before and after the second. They are searched for one
# after the other, so that no part of a long text is searched twice.
_AROUND_TITLES = tuple(
    tuple(re.compile(words) for words in sentence)
    for sentence in (
        (
            "(?i:top three skills for (?:an?|the) )",
            "(?i: include )",
            r"(?i:\. the most important skills for (?:an?|the) )",
            "(?i: are )",
        ),
        ("(?i:to become both (?:an?|the) )", "(?i: and (?:an?|the) )", r"\.(?= [A-Z]|$)"),
        ("(?i:to become (?:an?|the) )", "(?i:, becoming (?:an?|the) )", "(?i: (?:takes|usually|requires?) )"),
    )
)
_LONGEST_TITLE = 150


def find_titles_in_prose(lines: Sequence[Line]) -> Pair | None:
    """The two titles as the sentences spell them, A first; None if no sentence has both."""
    for words in _AROUND_TITLES:
        for line in lines:
            if line.kind != "text" or not words[0].search(line.text):
                continue
            titles = _find_titles_between(line.text, words)
            if titles:
                return titles
    return None


def _find_titles_between(text: str, words: Sequence[re.Pattern[str]]) -> Pair | None:
    spans: list[tuple[int, int]] = []
    end = 0
    for pattern in words:
        match = pattern.search(text, end)
        if match is None:
            return None
        spans.append(match.span())
        end = match.end()
    titles = text[spans[0][1] : spans[1][0]], text[spans[-2][1] : spans[-1][0]]
    return titles if all(0 < len(title) <= _LONGEST_TITLE for title in titles) else None


_WORDS_BEFORE_FACTS = (
    "typically takes ",
    "has an average salary of ",
    "top skills for ",
    "top three skills for ",
    "most important skill for ",
    "most important skills for ",
)


def has_facts(text: str) -> bool:
    """Whether a line of prose may hold one of the sentences that give values."""
    text = text.lower()
    return any(words in text for words in _WORDS_BEFORE_FACTS)


_MOST_PAIRS = 60  # a page names its own pair first, then perhaps pairs that it links to
_MOST_SENTENCES = 20  # with facts; a page has four


def mentions_pair(lines: Iterable[Line], pairs: Iterable[Pair]) -> bool:
    """Whether one of the sentences that give values names both titles of one of these pairs."""
    keys = [(fold_spelling(first), fold_spelling(second)) for first, second in islice(pairs, _MOST_PAIRS)]
    sentences = (line.text for line in lines if keys and has_facts(line.text))
    for sentence in islice(sentences, _MOST_SENTENCES):
        text = fold_spelling(sentence)
        if any(first in text and second in text for first, second in keys):
            return True
    return False


def is_introduction(page: PairPage, text: str) -> bool:
    """Whether a line only opens the page: it names both roles and gives no figure."""
    if has_facts(text) or _has_figure(page, text):
        return False
    return _names_both_roles(page, text)


def _names_both_roles(page: PairPage, text: str) -> bool:
    """Whether a text has the titles of both roles, in the singular or the plural."""
    key = fold_spelling(text)
    names_role = [any(form in key for form in _list_plurals(role.key)) for role in page.roles]
    return all(names_role)


_INTRODUCTION = re.compile(r"The differences between .{1,300}? and ", re.IGNORECASE)
_WORDS_OF_EVERY_PAGE = (
    "have different pay scales, as shown below",
    "there are a few differences between ",
    "here are the differences between ",
)
_QUESTION = re.compile(r"what does an? .{1,200}? do\?", re.IGNORECASE)
_OPENING = re.compile(r"The differences between (.{1,300}?) can be seen in a few details", re.IGNORECASE)


def opens_page_of_others(page: PairPage, text: str) -> bool:
    """Whether a line opens a page that is not about both of these roles."""
    opening = _OPENING.match(text)
    return opening is not None and not _names_both_roles(page, opening[1])


def has_set_sentence(page: PairPage, text: str) -> bool:
    """Whether a line has words that every page repeats: wherever a copy has moved or joined them, it is no summary."""
    if any(words in text.lower() for words in _WORDS_OF_EVERY_PAGE) or _QUESTION.match(text):
        return True
    return _INTRODUCTION.match(text) is not None and _names_both_roles(page, text)


def check_order_of_titles(page: PairPage, lines: Iterable[Line]) -> None:
    """Raises UnreadableError if a sentence names the second role first, though only sentences tell whose columns are.

    The sentence on pay names the better paid role first, so it does not count.
    """
    for line in lines:
        text = line.text.partition(" has an average salary of ")[0]
        if not (has_facts(text) or has_set_sentence(page, text)) or not _names_both_roles(page, text):
            continue
        if find_first_named(page, text) == 1:
            raise UnreadableError(
                f"The tables lack the head that names their two roles, and line {line.number} names them in another "
                "order than other sentences do. Save the whole page and load that."
            )


def _has_figure(page: PairPage, text: str) -> bool:
    """Whether a text has digits other than those in the titles (`3D Artist`)."""
    if not any(map(str.isdigit, text)):
        return False
    key = fold_spelling(text)
    for title in sorted((role.key for role in page.roles), key=len, reverse=True):
        key = key.replace(title, " ")
    return any(map(str.isdigit, key))


TABLE_INTRODUCTION = re.compile(
    r".+ have different pay scales, as shown below\.?"
    r"|There are a few differences between .+"
    r"|Here are the differences between .+",
    re.IGNORECASE,
)


def may_introduce_table(page: PairPage, text: str) -> bool:
    """Whether a text that is cut may be the beginning of a sentence that introduces a table.

    Such a sentence can begin with the plurals of both titles, whose form is unknown. So any cut text can be one unless
    it is too long.
    """
    longest = sum(len(role.title) for role in page.roles) + len(" and  have different pay scales, as shown below.") + 8
    return len(text) <= longest or bool(TABLE_INTRODUCTION.match(text))


def find_vs_headings(lines: Sequence[Line]) -> list[Pair]:
    """Every way to read a short line as "A vs B", with and without a part of the page at its end."""
    pairs: list[Pair] = []
    for line in lines:
        if line.kind in ("row", "bullet") or len(line.text) > 300 or not _VS.search(line.text):
            continue
        if len(pairs) > _MOST_PAIRS:
            break
        for joint in _VS.finditer(line.text):
            first, second = line.text[: joint.start()], line.text[joint.end() :]
            pairs += [(first, second[: -len(part) - 1]) for part in PARTS if second.lower().endswith(f" {part}")]
            pairs.append((first, second))
    return pairs


_SPAN = r"((?:more than |over |less than |under )?\d{1,3}(?:(?:\s?[-\u2013]\s?| to )\d{1,3})?\+? (?:year|month)s?)"
_TAKES_BOTH = re.compile(rf"It typically takes {_SPAN} to become both ", re.IGNORECASE)
_TAKES_EACH = re.compile(rf"While it typically takes {_SPAN} to become ", re.IGNORECASE)
# A span of two units, such as "6 months to 2 years", is left to a person.
_REQUIRES = re.compile(rf" (?:takes )?(?:usually )?(?:requires? )?{_SPAN}\b(?! to )\.?", re.IGNORECASE)
_AVERAGES = re.compile(rf" has an average salary of ({DOLLARS}[\d,]*\d), which is (higher|lower) than the ")
_CLAIMED = re.compile(rf"({DOLLARS}[\d,]*\d) average annual salary of ", re.IGNORECASE)
_GIVES_VALUES = re.compile(
    rf"typically takes {_SPAN} to become |{_AVERAGES.pattern}|^The top three skills for ", re.IGNORECASE
)
_BEFORE_TITLE = re.compile("(?:^|[^a-z])(?:an?|the|additionally,) $|^$")
_ARTICLE = re.compile(r"(?:an?|the) ", re.IGNORECASE)


def _lower_in_place(text: str) -> str:
    """Lower case with every character in its place: the few with a longer lower case stay as they are."""
    if text.isascii():
        return text.lower()
    return "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text).translate(SAME_CHARACTERS)


@dataclass(frozen=True, slots=True)
class _Mention:
    """A role, by its index, that is named in a text from `start` to `end`."""

    index: int
    start: int
    end: int


class _Prose:
    """A line of prose, and which parts of it were read. Positions are indices of `text`."""

    def __init__(self, page: PairPage, line: Line) -> None:
        self.page, self.line, self.text = page, line, line.text
        self.lower = _lower_in_place(line.text)
        self.spans: list[tuple[int, int]] = []  # of what was read

    def find_role_at(self, position: int) -> _Mention | None:
        """The role that is named at a position, after an article or without one. The longer title wins."""
        article = _ARTICLE.match(self.text, position)
        best: _Mention | None = None
        for start in (article.end() if article else position, position):
            for index, role in enumerate(self.page.roles):
                title = " ".join(_lower_in_place(role.title).split())
                end = start + len(title)
                matches = self.lower.startswith(title, start) and not self.lower[end : end + 1].isalnum()
                if matches and (best is None or end > best.end):
                    best = _Mention(index, start, end)
            if best:
                return best
        return None

    def find_role_after(self, words: str, mention: _Mention | None) -> _Mention | None:
        if mention is None or not self.lower.startswith(words, mention.end):
            return None
        return self.find_role_at(mention.end + len(words))

    def find_role_before(self, end: int) -> _Mention | None:
        """The role whose title, after an article, ends at a position. The longer title wins.

        "a sr. software engineer" does not name the role "software engineer".
        """
        best: _Mention | None = None
        for index, role in enumerate(self.page.roles):
            start = end - len(" ".join(role.title.split()))
            if start < 0 or (best is not None and start >= best.start):
                continue
            mention = self.find_role_at(start)
            if mention is None or (mention.index, mention.end) != (index, end):
                continue
            if _BEFORE_TITLE.search(self.lower[max(0, start - 20) : start]):
                best = _Mention(index, start, end)
        return best

    def find_sentence_start(self, position: int) -> int:
        full_stop = self.text.rfind(". ", 0, position)
        return full_stop + 2 if full_stop >= 0 else 0

    def mark_read(self, start: int, end: int) -> Evidence:
        """Mark a sentence as read, including its full stop."""
        if self.text[end : end + 1] == ".":
            end += 1
        self.spans.append((start, end))
        return Evidence(self.line.number, self.text[start:end], "sentence")

    def collect_unread(self) -> str:
        """The text outside of the sentences read; "" if it gives no values, like the opening words."""
        parts, position = [], 0
        for start, end in sorted(self.spans):
            parts.append(self.text[position:start])
            position = max(position, end)
        parts.append(self.text[position:])
        text = " ".join(" ".join(parts).split()).strip(" .")
        return text if has_facts(text) or _has_figure(self.page, text) else ""


def read_sentences(page: PairPage, line: Line) -> bool:
    """Read the time to enter, the claim on pay and the top skills, whichever of them the line holds.

    Returns False if it holds none of them and only shares some of their words.
    """
    prose = _Prose(page, line)
    if takes := _TAKES_EACH.search(prose.text):
        _read_time_of_each(prose, takes)
    elif takes := _TAKES_BOTH.search(prose.text):
        _read_time_of_both(prose, takes)
    _read_claim(prose)
    _read_top_skills(prose, "the top three skills for ", " include ", oxford=False)
    _read_top_skills(prose, "the most important skills for ", " are ", oxford=True)
    if not prose.spans and not _GIVES_VALUES.search(prose.text):
        return False
    if rest := prose.collect_unread():
        page.report_unread(line, rest)
    return True


def _read_time_of_each(prose: _Prose, takes: re.Match[str]) -> None:
    """ "While it typically takes 2-4 years to become a baker, becoming a miller requires 1-2 years." """
    first = prose.find_role_at(takes.end())
    second = prose.find_role_after(", becoming ", first)
    requires = _REQUIRES.match(prose.text, second.end) if second else None
    if first and second and requires and first.index != second.index:
        evidence = prose.mark_read(takes.start(), requires.end())
        _put_months(prose, first.index, takes[1], evidence)
        _put_months(prose, second.index, requires[1], evidence)


def _read_time_of_both(prose: _Prose, takes: re.Match[str]) -> None:
    """ "It typically takes 2-4 years to become both a baker and a miller." """
    first = prose.find_role_at(takes.end())
    second = prose.find_role_after(" and ", first)
    if first and second and first.index != second.index:
        evidence = prose.mark_read(takes.start(), second.end)
        for index in (0, 1):
            _put_months(prose, index, takes[1], evidence)


def _put_months(prose: _Prose, index: int, span: str, evidence: Evidence) -> None:
    try:
        months = cells.read_months(span)
    except UnreadableError as error:
        prose.page.warn("unreadable-value", prose.line, f"{error}.", "entry.months_low", index)
        return
    prose.page.put(index, ("entry.months_low", "entry.months_high"), months, span, evidence)


def _read_claim(prose: _Prose) -> None:
    """ "A has an average salary of $…, which is higher than the $… … of B", checked for what it compares."""
    averages = _AVERAGES.search(prose.text)
    if not averages:
        return
    claimed = _CLAIMED.match(prose.text, averages.end())
    first = prose.find_role_before(averages.start())
    second = prose.find_role_at(claimed.end()) if claimed else None
    if first is None or claimed is None or second is None or first.index == second.index:
        return
    try:
        amounts = {first.index: cells.read_money(averages[1]), second.index: cells.read_money(claimed[1])}
    except UnreadableError:
        return  # the sentence is reported as unread
    evidence = prose.mark_read(prose.find_sentence_start(first.start), second.end)
    is_higher = amounts[first.index] > amounts[second.index]
    if is_higher != (averages[2].lower() == "higher"):
        message = f"The page says {averages[2]}, but its own figures say otherwise: {evidence.raw}"
        prose.page.warn("claim-contradicts-table", prose.line, message, "salary.annual_average", first.index)
    for index, amount in amounts.items():
        prose.page.roles[index].claim = amount, evidence


def _read_top_skills(prose: _Prose, opening: str, verb: str, *, oxford: bool) -> None:
    """Read the three skills of a role. `oxford`: there is a comma before the last "and"."""
    start = prose.lower.find(opening)
    role = prose.find_role_at(start + len(opening)) if start >= 0 else None
    if role is None or not prose.lower.startswith(verb, role.end):
        return
    list_start = role.end + len(verb)
    list_end = _find_end_of_sentence(prose.text, list_start)
    prose.mark_read(start, list_end)
    evidence = Evidence(prose.line.number, prose.text[list_start:list_end], "sentence")
    is_whole = list_end < len(prose.text)
    readings = split_skills(evidence.raw, oxford=oxford) if is_whole else ()
    prose.page.roles[role.index].top_skills = evidence, readings


_STOP = re.compile(r"(?<=\S)\. (?=[A-Z])")
_ABBREVIATIONS = frozenset("st mt ft dr mr ms mrs sr jr no vs inc co corp ltd u.s e.g i.e etc".split())


def _find_end_of_sentence(text: str, start: int) -> int:
    """Where a sentence ends, before its full stop. The stop of "St. Louis" does not end one."""
    for stop in _STOP.finditer(text, start):
        first_letter = max(start, text.rfind(" ", start, stop.start()) + 1)
        if text[first_letter : stop.start()].lower() not in _ABBREVIATIONS:
            return stop.start()
    return len(text) - 1 if text.endswith(".") else len(text)


def find_first_named(page: PairPage, text: str) -> int | None:
    """The index of the role whose title, singular or plural, stands first in a text."""
    key = fold_spelling(text)
    places: list[tuple[int, int, int]] = []
    for index, role in enumerate(page.roles):
        for title in _list_plurals(role.key):
            start = _find_words(title, key)
            if start is not None:
                # "technician" and "technician lead" begin at the same place: the longer one is meant.
                places.append((start, -len(title), index))
    return min(places)[2] if places else None


def _find_words(words: str, text: str) -> int | None:
    """Where these words first stand in a text, not within longer words. A pattern of each title takes long to compile.

    >>> _find_words("cook", "cookies for a cook."), _find_words("cook", "cookies")
    (14, None)
    """
    start = text.find(words)
    while start >= 0:
        end = start + len(words)
        if not text[start - 1 : start].isalnum() and not text[end : end + 1].isalnum():
            return start
        start = text.find(words, start + 1)
    return None


@lru_cache(maxsize=100)
def _list_plurals(title: str) -> frozenset[str]:
    """A title and the forms that its plural may have.

    >>> sorted(_list_plurals("secretary")), "chiefs of staff" in _list_plurals("chief of staff")
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
    return frozenset(forms)
