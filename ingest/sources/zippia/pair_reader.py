"""Reads a pair page from its first line to its last, the same way for both layouts.

A layout differs in its titles and in how a line becomes a table row: see `PairLayout`.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Literal

from careers.spelling import fold_spelling
from ingest.documents.document import Document, cut_message
from ingest.documents.lines import FURNITURE, Line
from ingest.parsing.cells import UnreadableError
from ingest.parsing.evidence import Evidence
from ingest.parsing.list_choices import SKILL_SHARE
from ingest.parsing.parsed_page import Knowledge, Layout, PageWarning, ParsedPage
from ingest.parsing.role_facts import DutyFact, SkillFact
from ingest.sources.zippia import sentences
from ingest.sources.zippia.ambiguity import make_role_facts, settle_page
from ingest.sources.zippia.cut_copies import note_cut_values, note_values_below
from ingest.sources.zippia.pair_page import PairPage, PairRole
from ingest.sources.zippia.signs import GROUP

RowReader = Callable[[PairPage, Line], bool]  # reads a line as a table row, and returns whether it is one


@dataclass(frozen=True, slots=True)
class PairLayout:
    """What is known of a page before it is read. `titled_by`: where the spelling of the titles comes from.

    `prose_titles`: the titles as sentences spell them.
    """

    name: Layout
    titles: tuple[str, str]
    titled_by: Literal["table", "prose"]
    read_row: RowReader
    prose_titles: tuple[str, str] | None


def read_pair(
    document: Document, lines: Sequence[Line], cut: Line | None, layout: PairLayout, knowledge: Knowledge
) -> ParsedPage:
    """Read a pair page. `lines` and `cut` are the answer of `separate_cut_line`.

    Raises UnreadableError for a page that compares a role with itself, or does not tell which column is whose.
    """
    page = _begin_page(layout, knowledge)
    if layout.titled_by == "prose":
        sentences.check_order_of_titles(page, lines)
    else:
        _compare_titles(page, layout.prose_titles or ())
    reader = _LineReader(page, layout.read_row, frozenset(_find_headed_lists(page, lines)))
    for line in lines:
        reader.read(line)
    if cut:
        page.warn("cut-here", cut, cut_message(cut))
        if cut.raw:
            page.report_unread(cut)
    _settle_shares_before_names(page)
    settle_page(page, reader.loose_prose, reader.prose_of, cut)
    if cut:
        note_cut_values(page, lines, cut)
        reader.note_cut_summary(cut)
        reader.note_cut_list()
        note_values_below(page, cut)
    else:
        reader.note_missing_headings()
    return ParsedPage(
        layout=layout.name,
        publisher="Zippia",
        title=document.title or _find_heading(lines, layout.titles),
        url=document.url,
        roles=(make_role_facts(page, 0), make_role_facts(page, 1)),
        warnings=(*document.warnings, *page.warnings),
        ambiguous=tuple(page.ambiguous),
        unread=tuple(page.unread),
        learned=tuple(dict.fromkeys(page.learned)),
        cut_line=cut.number if cut else None,
    )


_LONGEST_TITLE = 200  # characters, as of a role; most lines are compared with the titles


def _begin_page(layout: PairLayout, knowledge: Knowledge) -> PairPage:
    """Two roles with nothing read of them yet."""
    first, second = layout.titles
    if fold_spelling(first) == fold_spelling(second):
        raise UnreadableError(f"The page compares “{first}” with itself. Load a page of two different roles.")
    if len(first) > _LONGEST_TITLE or len(second) > _LONGEST_TITLE:
        raise UnreadableError(
            f"“{max(first, second, key=len)[:60]}…” cannot be a role's title: it has more than {_LONGEST_TITLE} "
            "characters. Check the head of the tables."
        )
    page = PairPage([PairRole(title, titled_by=layout.titled_by) for title in layout.titles], knowledge=knowledge)
    if layout.titled_by == "prose":
        message = "No table spells the titles; they were taken from the sentences."
        page.warnings.append(PageWarning("title-from-prose", 1, message))
    return page


def _compare_titles(page: PairPage, named: Iterable[str]) -> None:
    """Warn if the sentences name other roles than the tables, of which nothing can be read then."""
    others = [title for title in named if page.find_role_index(title) is None]
    if others:
        titles = " and ".join(role.title for role in page.roles)
        message = f"The tables are about {titles}, but a sentence is about {others[0]}. Check the head of the tables."
        page.warnings.append(PageWarning("another-role", 1, message))


def _find_heading(lines: Sequence[Line], titles: tuple[str, str]) -> str | None:
    heading = fold_spelling(f"{titles[0]} vs {titles[1]}")
    return next((line.text for line in lines if line.key == heading), None)


# Of the rows that stand in no other table than the overview, and of those that stand in another one.
_LABELS_OF_OVERVIEW = ("yearly salary", "hourly rate", "growth rate", "number of jobs", "job satisfaction", "years of")
_LABELS_BELOW_OVERVIEW = (
    *("average salary", "salary range", "highest paying", "best paying", "most common major", "most common college"),
    *("gender ratio", "race ratio", "lgbt percentage"),
)
Context = Literal["", "table", "summary", "duties", "skills"]
_LONGEST_HEADING = 200  # characters
# Headings of one role, and what stands below them.
_ROLE_HEADINGS: tuple[tuple[re.Pattern[str], Context], ...] = (
    (re.compile(r"What does an? (.+) do\?", re.IGNORECASE), "summary"),
    (re.compile(r"(.+) example responsibilities\.?", re.IGNORECASE), "duties"),
    (re.compile(r"Common (.+) skills", re.IGNORECASE), "skills"),
)


def _match_role_heading(page: PairPage, line: Line) -> tuple[Context, int | None] | None:
    """What stands below a heading of one role, and whose it is: None for a role that the page is not about."""
    if line.kind in ("row", "bullet") or len(line.text) > _LONGEST_HEADING:
        return None
    for pattern, context in _ROLE_HEADINGS:
        if heading := pattern.fullmatch(line.text):
            return context, page.find_role_index(heading[1])
    return None


def _find_headed_lists(page: PairPage, lines: Sequence[Line]) -> Iterator[tuple[Context, int | None]]:
    for line, below in pairwise(lines):
        is_entry = below.kind == "bullet" or _is_entry_without_sign(below.text)
        heading = _match_role_heading(page, line) if is_entry else None
        if heading:
            yield heading


@dataclass(slots=True)
class _LineReader:
    """Reads line after line, and keeps track of the heading and the role that the next one belongs to."""

    page: PairPage
    read_row: RowReader
    headed: frozenset[tuple[Context, int | None]]  # the lists and roles that stand below a heading
    context: Context = ""
    index: int = 0  # of the role
    has_summary_headings: bool = False  # a heading "What does … do?" was seen
    has_rows: bool = False
    is_past_summaries: bool = False  # the summaries stand below the first table
    loose_prose: list[Line] = field(default_factory=list)  # prose after the overview rows
    bullets: list[Line] = field(default_factory=list)  # of the list, as far as it was read
    prose_of: tuple[list[Line], list[Line]] = field(default_factory=lambda: ([], []))  # below the question on each role

    def read(self, line: Line) -> None:
        if line.kind == "bullet":
            self._read_bullet(line)
        elif self.read_row(self.page, line):
            self._enter_table(line)
        elif line.key in FURNITURE:
            self._read_furniture(line)
        elif self.has_rows and (group := GROUP.fullmatch(line.text)):
            self.page.put(
                0, ("occupation_group",), group.groups(), group[1], Evidence(line.number, line.text, "sentence")
            )
        elif sentences.TABLE_INTRODUCTION.fullmatch(line.text):
            self._enter("", 0)
            self.is_past_summaries = self.is_past_summaries or self.has_rows
        elif not self._read_role_heading(line) and not self._read_part_heading(line):
            self._read_prose(line)

    def _enter(self, context: Context, index: int) -> None:
        self.context, self.index = context, index
        self.bullets.clear()

    def _enter_table(self, row: Line) -> None:
        self._enter("table", 0)
        label = row.label if row.kind == "row" else row.key
        if not self.is_past_summaries and label.startswith(_LABELS_OF_OVERVIEW):
            for line in self.loose_prose:  # it stands among the rows, and summaries stand below them
                self.page.report_unread(line)
            self.loose_prose.clear()
        is_below_overview = label.startswith(_LABELS_BELOW_OVERVIEW)
        self.is_past_summaries = self.is_past_summaries or bool(self.loose_prose) or is_below_overview
        self.has_rows = True

    def _read_furniture(self, line: Line) -> None:
        if self.context == "duties" and line.key == "show more":
            self.page.roles[self.index].truncated = True

    def _read_role_heading(self, line: Line) -> bool:
        heading = _match_role_heading(self.page, line)
        # "Common Area Cook vs Chef skills" is the heading of a part.
        if heading is None or find_named_part(self.page, line.text) in sentences.PARTS:
            return False
        context, index = heading
        if index is None:
            self.page.report_unread(line)
            self._enter("", 0)
        else:
            self._enter(context, index)
            self.has_summary_headings = self.has_summary_headings or context == "summary"
        return True

    def _read_part_heading(self, line: Line) -> bool:
        part = find_named_part(self.page, line.text)
        if part is None and line.kind != "heading":
            return False
        if part not in ("", *sentences.PARTS):
            self.page.warn("unknown-heading", line, f"The heading “{line.text}” is not known.")
            self.page.report_unread(line)
        self._enter("", 0)
        return True

    def _read_prose(self, line: Line) -> None:
        page, text = self.page, line.text
        if self.context == "skills" and _is_entry_without_sign(text):
            self._read_bullet(line)
            return
        if self.has_rows and sentences.opens_page_of_others(page, text):
            message = (
                "Another page begins here, about other roles. Load it as a file of its own; only the first was read."
            )
            page.warn("second-page", line, message)
        if sentences.has_facts(text) and sentences.read_sentences(page, line):
            return
        is_prose = " " in text and (text[-1] in '.?!”")' or len(text) > 60)
        is_summary = is_prose and not sentences.has_set_sentence(page, text)
        prose = self._find_prose_of_place() if is_summary else None
        if prose is not None:
            prose.append(line)
        elif self.has_rows or not sentences.is_introduction(page, text):
            page.report_unread(line)
            if self.context in ("duties", "skills"):
                self._enter("", 0)  # the bullets below an unknown line can be anyone's

    def _find_prose_of_place(self) -> list[Line] | None:
        """The prose that a line at this place of the page belongs to."""
        if self.context == "summary":
            return self.prose_of[self.index]
        return self.loose_prose if self._is_loose_prose_place() else None

    def note_cut_summary(self, cut: Line) -> None:
        """Mark the summary that the cut line began, if it is certain that it was one."""
        if cut.kind != "text" or sentences.has_facts(cut.text) or sentences.may_introduce_table(self.page, cut.text):
            return
        if self.context == "summary" and not self.prose_of[self.index]:
            self.page.roles[self.index].put_lost(("summary",), cut, "cut")
        elif self._is_loose_prose_place() and len(self.loose_prose) < 2:
            self.page.roles[len(self.loose_prose)].put_lost(("summary",), cut, "cut")

    def note_cut_list(self) -> None:
        """Note in which list the copy stops: it may go on."""
        if self.context in ("duties", "skills"):
            self.page.roles[self.index].cut_list = self.context

    def _is_loose_prose_place(self) -> bool:
        return self.context == "table" and not self.has_summary_headings and not self.is_past_summaries

    def _read_bullet(self, line: Line) -> None:
        role, key = self.page.roles[self.index], line.key
        if self._ends_with_heading(line):
            self._enter("", 0)  # a copy has joined them: the bullets below are another role's
        is_part = line.is_nested and key not in FURNITURE  # of the duty or the skill above it
        if self.context in ("duties", "skills") and not is_part and self._begins_another_list(line):
            self._enter("", 0)
        if is_part:
            self.page.report_unread(line)
        elif self.context == "duties":
            if key == "show more":
                role.truncated = True
            else:
                _read_duty(self.page, self.index, line)
        elif self.context == "skills" and key != "show more":
            _read_skill(self.page, self.index, line)
        elif key not in FURNITURE:
            self.page.report_unread(line)
        self.bullets.append(line)

    def _ends_with_heading(self, bullet: Line) -> bool:
        """Whether a heading of a role stands behind the text of a bullet; a bullet that is nothing else is none."""
        key = bullet.key.rstrip(".")[1:]
        titles = (role.key for role in self.page.roles)
        return any(key.endswith((f"{title} example responsibilities", f"common {title} skills")) for title in titles)

    def _begins_another_list(self, line: Line) -> bool:
        """Whether a bullet is not of the list above it, though no heading stands between them.

        A skill with its share is no duty, and all skills have a share or none. If the heading of the other role is
        missing: shares never rise, nothing follows "Show more", and blank lines within a list stand between all its
        bullets.
        """
        role = self.page.roles[self.index]
        if self.context == "duties" and SKILL_SHARE.fullmatch(line.text):
            return True
        last_share = role.listed[-1].percent if self.context == "skills" and role.listed else None
        share = _match_share(line.text)
        if last_share is not None and share is None:
            return True
        if (self.context, 1 - self.index) in self.headed:
            return False
        if last_share is not None and share and last_share < float(share[2]):
            return True
        if self.context == "duties" and role.truncated:
            return True
        if len(self.bullets) < 2:
            return False
        return _count_lines_between(self.bullets[-1], line) > _count_lines_between(*self.bullets[:2])

    def note_missing_headings(self) -> None:
        """Warn of lists of the first role that may go on with those of the second, which have no heading."""
        first, second = self.page.roles
        lists: tuple[tuple[Context, Sequence[DutyFact | SkillFact]], ...] = (
            ("duties", first.duties),
            ("skills", first.listed),
        )
        for context, entries in lists:
            if entries and (context, 1) not in self.headed:
                message = (
                    f"The page has no heading above {context} of {second.title}: check that the list does not go on "
                    "with theirs."
                )
                line = entries[0].evidence.line
                self.page.warnings.append(PageWarning("missing-heading", line, message, context, first.title))


def _count_lines_between(bullet: Line, following: Line) -> int:
    """How many lines below a bullet the following one stands."""
    return following.number - bullet.number - bullet.taken_in


def find_named_part(page: PairPage, text: str) -> str | None:
    """The part of the page that a heading with both titles names, such as "salary"; "" for the page itself."""
    key = fold_spelling(text)
    a, b = (role.key for role in page.roles)
    if not key.startswith((a, b, "differences between ")):
        return None
    for first, second in ((a, b), (b, a)):
        for start in (f"{first} vs {second}", f"{first} vs. {second}", f"differences between {first} and {second}"):
            rest = key[len(start) :]
            if key.startswith(start) and (not rest or rest[0] == " ") and len(rest) < 60:
                return rest.strip()
    return None


def _read_duty(page: PairPage, index: int, line: Line) -> None:
    role = page.roles[index]
    if line.text in role.listed_duties:
        page.warn("duplicate-duty", line, f"The duty “{line.text[:60]}” is listed twice; it was kept once.")
        return
    role.listed_duties.add(line.text)
    role.duties.append(DutyFact(line.text, Evidence(line.number, line.text, "listed")))


_SHARE_IN_SKILL = re.compile(
    r"(.*[^\s,:(\u2013\u2014-])(?:[,:] ?| [\u2013\u2014-] ?| \(| )(\d{1,3}(?:\.\d{1,2})?) ?(?:%|percent)\)?",
    re.IGNORECASE,
)


_SHARE_FIRST = re.compile(r"^(\d{1,3}(?:\.\d{1,2})?) ?% (?:[\u2013\u2014-] )?(\D[^%]*)$")


def _match_share(text: str) -> re.Match[str] | None:
    """The name and the share in a bullet such as "Java, 12%", "Java (12%)" or "12% Java"; None for a name alone."""
    return _SHARE_IN_SKILL.fullmatch(_SHARE_FIRST.sub(r"\2, \1%", text))


def _settle_shares_before_names(page: PairPage) -> None:
    """Shares stand before all names of a list or before none: in "98% First-call resolution" alone it is no share."""
    for role in page.roles:
        places = [place for place, skill in enumerate(role.listed) if _SHARE_FIRST.match(skill.evidence.raw)]
        if 1 < len(places) == len(role.listed):
            continue
        for place in places:
            skill = role.listed[place]
            role.listed[place] = replace(skill, name=skill.evidence.raw, percent=None)
            message = f"“{skill.evidence.raw}” has no share behind its name."
            page.warnings.append(PageWarning("unreadable-value", skill.evidence.line, message, "skills", role.title))


def _is_entry_without_sign(text: str) -> bool:
    """Whether a line is a skill with its share, whose bullet a copy has lost."""
    if text[-1] not in "%)" or not text[0].isalnum():
        return False
    return SKILL_SHARE.fullmatch(text) is not None or (text[-1] == ")" and _SHARE_IN_SKILL.fullmatch(text) is not None)


def _read_skill(page: PairPage, index: int, line: Line) -> None:
    """Read a bullet such as "Java, 12%", "Java (12%)" or "Java"."""
    role, text = page.roles[index], line.text
    name, percent = text, None
    if share := _match_share(text):
        name = share[1]
        percent = int(share[2]) if share[2].isdigit() else None
    if percent is not None and percent > 100:
        page.warn("out-of-bounds", line, f"“{text}” is above 100 %.", "skills", index)
        percent = None
    elif percent is None and "%" in text:
        page.warn("unreadable-value", line, f"“{text}” has no whole percentage.", "skills", index)
    key = fold_spelling(name)
    if key in role.listed_keys:
        page.warn("duplicate-skill", line, f"“{name}” is listed twice.", "skills", index)
        return
    role.listed_keys.add(key)
    evidence = Evidence(line.number, text, "listed")
    role.listed.append(SkillFact(name, "listed", len(role.listed) + 1, percent, None, evidence))
