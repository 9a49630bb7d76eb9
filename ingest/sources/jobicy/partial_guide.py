"""A guide, as far as it has been read: its values, its lists, and the section that is open."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from careers.spelling import fold_spelling
from careers.vocabulary import How, SkillKind
from ingest.documents.lines import Line
from ingest.parsing.evidence import Evidence
from ingest.parsing.paragraphs import join_paragraphs, may_be_summary
from ingest.parsing.partial_page import PartialPage, PartialRole
from ingest.parsing.role_facts import DutyFact, RoleFacts, SectionFact, SkillFact, Value, mark_cut_list
from ingest.sources.jobicy.headings import (
    CONTAINERS,
    LISTS,
    LISTS_BELOW,
    PAY,
    bare_text,
    is_heading_of_other_pay,
    looks_like_heading,
    make_heading_key,
    names_another_role,
    read_source_line,
)

Block = tuple[Literal["paragraph"], str] | tuple[Literal["list"], tuple[str, ...]]


@dataclass(slots=True)
class OpenSection:
    """The heading that was read last, and the text below it so far. `key`: the letters of a known heading."""

    key: str
    heading: str
    line: Line
    blocks: list[Block] = field(default_factory=list)
    items: list[str] = field(default_factory=list)  # of the list that was read last
    last_line: Line | None = None  # the one that was added last

    def is_headed_again(self, line: Line) -> bool:
        """Whether a line repeats the heading right below it, as copies with a menu or a caption do."""
        return self.last_line is None and bare_text(line) == self.heading

    def add(self, line: Line) -> None:
        self.last_line = line
        if line.kind == "bullet":
            self.items.append(line.text)
        else:
            self.close_list()
            self.blocks.append(("paragraph", line.text))

    def ends_with_bullet_beside(self, tier: str | None) -> bool:
        """Whether a bullet was added last, which does not name this tier."""
        return self.last_line is not None and self.last_line.kind == "bullet" and bare_text(self.last_line) != tier

    def take_paragraph(self) -> None:
        self.blocks.pop()
        self.last_line = None

    def close_list(self) -> None:
        if self.items:
            self.blocks.append(("list", tuple(self.items)))
            self.items = []


@dataclass(slots=True)
class PartialGuide(PartialPage[PartialRole]):
    """A guide, as far as it has been read. It has one role."""

    lines: Sequence[Line] = ()
    section: OpenSection | None = None
    has_front: bool = False
    is_ended: bool = False
    has_second: bool = False  # another guide follows
    waiting: Line | None = None  # a figure that waits for its label, or a label for its figure
    loose_pay: Line | None = None  # a figure below the heading of pay that follows no label
    has_lonely_level: bool = False  # a label of pay was followed by no figure
    front_prose: list[Line] = field(default_factory=list)
    headings: set[str] = field(default_factory=set)  # keys of the headings so far
    first_bullets: dict[str, Line] = field(default_factory=dict)  # key of a heading -> the first bullet below it
    tier: str | None = None  # of the skill map
    publisher: str = "Jobicy"
    url: str | None = None
    licence: str | None = None
    licence_url: str | None = None
    skills: list[SkillFact] = field(default_factory=list)
    listed: dict[tuple[SkillKind, str | None], set[str]] = field(default_factory=dict)  # kind, tier -> keys of names
    duties: list[DutyFact] = field(default_factory=list)
    sections: list[SectionFact] = field(default_factory=list)
    bullets_below: list[bool] = field(default_factory=list)  # for each line; empty before it is needed
    truncated: bool = False
    cut_list: Literal["", "duties", "skills", "sections"] = ""  # in which the copy stops

    @property
    def role(self) -> PartialRole:
        return self.roles[0]

    def report_waiting(self) -> None:
        if self.waiting:
            self.report_unread(self.waiting)
            self.waiting = None
            self.has_lonely_level = self.has_lonely_level or self.is_in(PAY)

    # Values.

    def put_value(self, key: str, value: Value, line: Line, how: How = "labelled", text: str = "") -> None:
        """Keep a value. `text`: the value as a person would choose it, if that is not the value itself."""
        self.put(0, (key,), (value,), text or str(value), Evidence(line.number, line.text, how))

    def leave_open(self, key: str, line: Line, message: str) -> None:
        """Leave a value that cannot be read to a person, unless the guide gave it before."""
        self.warn("unreadable-value", line, message, key)
        self.put_unread(0, (key,), line, line.text)

    def _ask_for_levels(self, loose: Line) -> None:
        """Leave pay by level to a person where a figure has no label and a label no figure: any can be another's."""
        for level in ("entry", "mid", "senior"):
            self.role.evidence.pop(f"salary.annual_{level}", None)
            message = f"“{loose.text}” has no label, and a label has no figure: any figure can belong to another label."
            self.leave_open(f"salary.annual_{level}", loose, message)

    def settle_summary(self) -> None:
        """The summary is the only paragraph of the front block, or of several the only one that names the role."""
        prose = join_paragraphs(self.front_prose)
        named = [line for line in prose if fold_spelling(self.role.title) in line.key]
        lines = prose if len(prose) == 1 else named
        lines = [line for line in lines if may_be_summary(line.text, names_role=line in named)]
        if len(lines) == 1:
            self.put_value("summary", lines[0].text, lines[0], "text")
        elif prose:
            self.leave_open("summary", prose[0], "Which text is the summary is not certain. Choose or enter it.")
        for line in prose:
            if line not in lines[:1]:
                self.report_unread(line)

    # Sections.

    def is_in(self, key: str) -> bool:
        return self.section is not None and self.section.key == key

    def open_section(self, key: str, line: Line) -> None:
        self.close_section()
        if key == "corefunctions" and names_another_role(line, self.role.title):
            message = (
                f"The guide is about {self.role.title}, but this heading is not. Check that the page is one guide: "
                "values of another role can be among its own."
            )
            self.warn("another-role", line, message)
        self.headings.add(key)
        self.section = OpenSection(key, bare_text(line), line)

    def is_unknown_heading(self, line: Line) -> bool:
        """Whether a line is a heading, though not a known one. Below market demand, short lines are labels."""
        if line.kind == "heading" or is_heading_of_other_pay(line):
            return True
        return not self.is_in("marketdemand") and looks_like_heading(line)

    def open_unknown_section(self, line: Line) -> None:
        message = f"The heading “{line.text}” is not known; what stands under it was kept."
        self.warn("unknown-heading", line, message)
        self.open_section("unknown", line)

    def close_section(self) -> None:
        """End the section and keep its text, unless it held nothing but the entries of a list."""
        self.report_waiting()
        if self.loose_pay and self.has_lonely_level:
            self._ask_for_levels(self.loose_pay)
            self.loose_pay = None
        section, self.section, self.tier = self.section, None, None
        if section is None:
            return
        section.close_list()
        if section.blocks or section.key not in (*LISTS, *CONTAINERS, PAY):
            if section.key in LISTS:
                message = f"There is more than a list under “{section.heading}”; it was kept as text."
                self.warn("text-among-bullets", section.line, message)
            evidence = Evidence(section.line.number, section.line.text, "text")
            self.sections.append(SectionFact(section.heading, tuple(section.blocks), evidence))

    # Lists.

    def add_skill(self, kind: SkillKind, line: Line) -> None:
        """Add a skill to the list of this kind, or warn if it is listed there already."""
        keys, key = self.listed.setdefault((kind, self.tier), set()), line.key
        if key in keys:
            self.warn("duplicate-skill", line, f"“{line.text}” is listed twice.")
            return
        keys.add(key)
        evidence = Evidence(line.number, line.text, "listed")
        self.skills.append(SkillFact(line.text, kind, len(keys), None, self.tier, evidence))

    def note_missing_headings(self) -> None:
        """Warn of lists that stand where the heading of another list is missing: they may belong below it."""
        for key, heading, above in LISTS_BELOW:
            bullet = self.first_bullets.get(above)
            if bullet and key not in self.headings:
                message = f"The guide has no heading “{heading}”: check that nothing of this list belongs below it."
                self.warn("missing-heading", bullet, message, "duties" if LISTS[key] == "duty" else "skills")

    def has_bullets_below(self, position: int) -> bool:
        if not self.bullets_below:
            self.bullets_below = _find_bullets_below(self.lines)
        return self.bullets_below[position]

    def facts(self, titled_by: Literal["heading", "prose"]) -> RoleFacts:
        skills, duties, sections = tuple(self.skills), tuple(self.duties), tuple(self.sections)
        return RoleFacts(
            title=self.role.title,
            titled_by=titled_by,
            values=self.role.values,
            evidence=self.role.evidence,
            skills=mark_cut_list(skills) if self.cut_list == "skills" else skills,
            duties=mark_cut_list(duties) if self.cut_list == "duties" else duties,
            duties_truncated=self.truncated,
            sections=mark_cut_list(sections) if self.cut_list == "sections" else sections,
        )


def _find_bullets_below(lines: Sequence[Line]) -> list[bool]:
    """For each line, whether bullets follow after only sentences, or the file stops there, perhaps before bullets."""
    answers = []
    follows = True
    for line in reversed(lines):
        answers.append(follows)
        if line.kind == "bullet":
            follows = True
        elif make_heading_key(line) or read_source_line(line.text) or line.text[-1] not in ".:":
            follows = False
    return answers[::-1]
