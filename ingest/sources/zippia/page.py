"""A pair page from its first line to its last, the same for both layouts.

A layout only says how a line becomes a table row (`Rows`).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from ingest.documents.document import Document, Line
from ingest.parsing.cells import UnreadableError, key_of, prose_key
from ingest.parsing.facts import DutyFact, Evidence, Knowledge, Layout, PageWarning, ParsedPage, SkillFact
from ingest.parsing.readers import READER_BY_LABEL
from ingest.sources.zippia.ambiguity import facts, settle
from ingest.sources.zippia.partial_page import Reading, RoleReading
from ingest.sources.zippia.sentences import FRAME, PARTS, is_introduction, read_sentences, speaks

GROUP = re.compile(r"Browse (.+) jobs", re.IGNORECASE)


# Links and buttons around the text of a page, which saved copies carry along.
FURNITURE = frozenset(
    "explore jobs|find specific jobs|explore careers|explore professions|best companies|"
    "explore companies|post job|show more".split("|")
)


class Rows(Protocol):
    """How a layout turns a line into a table row. True when it took the line."""

    def __call__(self, page: Reading, line: Line) -> bool: ...


def read_pair(
    document: Document,
    layout: Layout,
    lines: Sequence[Line],
    cut: Line | None,
    titles: tuple[str, str],
    titled_by: Literal["table", "prose"],
    rows: Rows,
    knowledge: Knowledge,
) -> ParsedPage:
    """Read a pair page whose titles are known.

    `lines` and `cut` as `whole_lines` gives them; `rows` takes the table lines.
    """
    if key_of(titles[0]) == key_of(titles[1]):
        raise UnreadableError(f"The page sets “{titles[0]}” against itself. Load a page of two different roles.")
    page = Reading((RoleReading(titles[0], titled_by), RoleReading(titles[1], titled_by)), knowledge)
    if titled_by == "prose":
        message = "No table spells the titles; they were taken from the sentences."
        page.warnings.append(PageWarning("title-from-prose", 1, message))
    walk = _Walk(page, rows)
    for line in lines:
        walk.read(line)
    if cut:
        page.warn("cut-here", cut, "The page stops in the middle of this line; it was not read.")
        page.leave(cut)
    settle(page, walk.loose, cut)
    return ParsedPage(
        layout=layout,
        publisher="Zippia",
        title=document.title or _page_title(page, lines),
        url=document.url,
        roles=(facts(page, 0), facts(page, 1)),
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
    elif document.form == "html" or _has_closing_line(lines):
        finished = True
    else:
        finished = last.kind == "row" and last.whole and len(last.cells) == 3
    return (lines, None) if finished else (lines[:-1], last)


_LABELS = tuple(READER_BY_LABEL)


def _has_closing_line(lines: Sequence[Line]) -> bool:
    """Whether `Browse … jobs` stands below anything that carries values; menus have such lines, too."""
    group = next((at for at in range(len(lines) - 1, -1, -1) if GROUP.fullmatch(lines[at].text)), 0)
    return any(speaks(line.text) or key_of(line.text).startswith(_LABELS) for line in lines[:group])


def _page_title(page: Reading, lines: Sequence[Line]) -> str | None:
    both = f"{page.roles[0].title} vs {page.roles[1].title}"
    return next((line.text for line in lines if key_of(line.text) == key_of(both)), None)


_ASKS = re.compile(r"What does an? (.+) do\?", re.IGNORECASE)
_DUTIES = re.compile(r"(.+) example responsibilities\.?", re.IGNORECASE)
_SKILLS = re.compile(r"Common (.+) skills", re.IGNORECASE)
Context = Literal["", "table", "summary", "duties", "skills"]


@dataclass(slots=True)
class _Walk:
    """Where in the page we are: under which heading, of which role."""

    page: Reading
    rows: Rows
    context: Context = ""
    at: int = 0
    asked: bool = False  # a heading "What does … do?" was seen
    head: str = ""  # the first table row
    passed: bool = False  # where the summaries stand, after the first table, lies behind
    loose: list[Line] = field(default_factory=list)  # prose after the overview rows

    def read(self, line: Line) -> None:
        page = self.page
        if line.kind == "bullet":
            self._bullet(line)
        elif self.rows(page, line):
            self._enter("table", 0)
            self.passed = self.passed or bool(self.loose) or line.text == self.head
            self.head = self.head or line.text
        elif key_of(line.text) in FURNITURE:
            self._furniture(line)
        elif self.head and (group := GROUP.fullmatch(line.text)):
            page.put(0, "occupation_group", group[1], Evidence(line.number, line.text, "sentence"))
        elif FRAME.fullmatch(line.text):
            self._enter("", 0)
            self.passed = self.passed or bool(self.head)
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
            if found is None:
                continue
            at = page.role_named(found[1])
            if at is None:
                page.leave(line)
                self._enter("", 0)
            else:
                self._enter(context, at)
                self.asked = self.asked or context == "summary"
            return True
        part = part_named(page, text)
        if part is None and line.kind != "heading":
            return False
        if part not in ("", *PARTS):
            page.warn("unknown-heading", line, f"The heading “{text}” is not known.")
            page.leave(line)
        self._enter("", 0)
        return True

    def _prose(self, line: Line) -> None:
        page, text = self.page, line.text
        if speaks(text) and read_sentences(page, line):
            return
        if self.context == "summary" and "summary" not in page.roles[self.at].evidence and _is_prose(text):
            page.put(self.at, "summary", text, Evidence(line.number, text, "text"))
        elif self.context == "table" and not self.asked and not self.passed and _is_prose(text):
            self.loose.append(line)
        elif self.head or not is_introduction(page, text):
            page.leave(line)
            if self.context in ("duties", "skills"):
                self._enter("", 0)  # what is listed below a line that nobody knows is nobody's

    def _bullet(self, line: Line) -> None:
        role = self.page.roles[self.at]
        if self.context == "duties":
            if key_of(line.text) == "show more":
                role.truncated = True
            else:
                role.duties.append(DutyFact(line.text, Evidence(line.number, line.text, "listed")))
        elif self.context == "skills" and key_of(line.text) != "show more":
            if role.listed and role.listed[-1].percent is not None and line.text[-1] != "%":
                self.page.leave(line)  # all skills have a share: another list begins here
                self._enter("", 0)
            else:
                _listed_skill(self.page, self.at, line)
        elif key_of(line.text) not in FURNITURE:
            self.page.leave(line)


def _is_prose(text: str) -> bool:
    return text[-1] in '.?!”")' or len(text) > 60


def part_named(page: Reading, text: str) -> str | None:
    """The part of the page that a heading with both roles names; "" for the page itself."""
    key = prose_key(text)
    a, b = (prose_key(role.title) for role in page.roles)
    for first, second in ((a, b), (b, a)):
        for start in (
            f"{first} vs {second}",
            f"{first} vs. {second}",
            f"differences between {first} and {second}",
        ):
            rest = key[len(start) :]
            if key.startswith(start) and (not rest or rest[0] == " ") and len(rest) < 60:
                return rest.strip()
    return None


def _listed_skill(page: Reading, at: int, line: Line) -> None:
    role, text = page.roles[at], line.text
    name, percent = text, None
    if found := re.fullmatch(r"(.*\S), ?(\d{1,3})%", text):
        name, percent = found[1], int(found[2])
        if percent > 100:
            page.warn("out-of-bounds", line, f"“{text}” is above 100 %.", "skills", at)
            percent = None
    elif text.endswith("%"):
        page.warn("unreadable-value", line, f"“{text}” has no whole percentage.", "skills", at)
        name = text.rpartition(", ")[0] or text
    if (key := key_of(name)) in role.listed_keys:
        page.warn("duplicate-skill", line, f"“{name}” is listed twice.", "skills", at)
        return
    role.listed_keys.add(key)
    evidence = Evidence(line.number, text, "listed")
    role.listed.append(SkillFact(name, "listed", len(role.listed) + 1, percent, None, evidence))
