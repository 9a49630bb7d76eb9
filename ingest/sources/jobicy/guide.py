"""Jobicy's career guides: one role, headings with bullets or paragraphs, the licence at the end.

Some guides open with a front block: a summary, figures above their labels, and pay by level.
Headings are compared by their letters alone, because emoji stand before some of them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from careers.vocabulary import How, SkillKind
from ingest.documents.document import Document, Line
from ingest.parsing import cells
from ingest.parsing.cells import UnreadableError, key_of, letters_of
from ingest.parsing.facts import (
    AmbiguousValue,
    DutyFact,
    Evidence,
    Knowledge,
    PageWarning,
    ParsedPage,
    RoleFacts,
    SectionFact,
    SkillFact,
    UnreadLine,
    group_values,
    mark_cut_list,
)
from ingest.parsing.readers import READER_BY_LABEL
from ingest.parsing.repeats import FigureReadings

# Links and buttons around the text of a guide, which saved copies carry along.
_FURNITURE = frozenset(
    "explore jobs|find specific jobs|explore careers|explore professions|best companies|"
    "explore companies|post job|show more".split("|")
)

PUBLISHERS = {"jobicy.com": "Jobicy", "jobicy": "Jobicy"}

_LISTS: dict[str, SkillKind | Literal["duty"]] = {
    "keyresponsibilities": "duty",
    "techstack": "tool",
    "techskills": "tech",
    "softabilities": "soft",
}
_CONTAINERS = frozenset(("skillsandqualifications", "jobmarkettoday"))
_SECTIONS = frozenset(
    "worksetting educationlevel requirededucation globaloutlook rolechallenges growthpaths industrytrends "
    "worklifebalancestress worklifebalanceandstress skillmap portfoliotips marketdemand".split()
)
_PAY = "annualsalaryususd"
_HEADINGS = _SECTIONS | _LISTS.keys() | _CONTAINERS | {_PAY}

_GUIDE = re.compile(r"(.+?) Career Path Guide", re.IGNORECASE)
_CORE = re.compile(r"Core Functions of (?:the|an?) (.+?)(?: Role)?", re.IGNORECASE)
_PATH = re.compile(r"Path to (?:becoming an? )?(.+)", re.IGNORECASE)
_LICENSED = re.compile("Licensed under ", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s()]+")
_JOINTS = " .,;:|()\u2014\u2013\u2022\u03b2-"
_PERMALINK = re.compile(r"Permalink: ?(https?://\S+)", re.IGNORECASE)
# Labels by their letters. In the front block a figure stands above its label, in the list of pay
# levels below it. On a single line they stand in the same order.
_LABELS_BELOW_FIGURE = {"growthrate": "outlook.growth_percent", "mediansalary": "salary.annual_median"}
_LABELS_ABOVE_FIGURE = {
    "entrylevel": "salary.annual_entry",
    "midlevel": "salary.annual_mid",
    "seniorlevel": "salary.annual_senior",
}
# The pay of a guide, in the order in which it stands there.
_PAY_KEYS = tuple(f"salary.annual_{level}" for level in ("low", "high", "median", "entry", "mid", "senior"))
_LONGEST_CUT = 300  # characters of a line that is cut, to keep with each value
_FIGURE = re.compile(r"[+\-\u2212]?\$?\d")
_FIGURE_THEN_LABEL = re.compile(r"([+\-\u2212]?\$?\d\S*) ?(growth rate|median salary)", re.IGNORECASE)
_LABEL_THEN_FIGURE = re.compile(r"((?:entry|mid|senior)[- ]level):? ?(\$?\d\S*)", re.IGNORECASE)
_RANGE = re.compile(r"\$?(\d{1,3}(?:,\d{3}){1,2})\s*[\u2014\u2013-]\s*\$?(\d{1,3}(?:,\d{3}){1,2})")
_RATINGS = {"stress level": "work_life.stress_level", "balance rating": "work_life.balance_rating"}


def recognises(document: Document) -> bool:
    headings = _known_headings(document)
    is_stated = document.origin.is_of("jobicy.com", "jobicy")
    if is_stated is not None:
        return is_stated and bool(headings)
    return len(headings) >= _MANY_HEADINGS and not headings.isdisjoint(("title", "corefunctions"))


def resembles(document: Document) -> bool:
    headings = _known_headings(document)
    return len(headings) >= 2 or not headings.isdisjoint(("title", "corefunctions"))


_MANY_HEADINGS = 3


def _known_headings(document: Document) -> set[str]:
    """The headings of a guide that the page has; none for a page with rows of a table of roles."""
    if any(line.kind == "row" and key_of(line.cells[0]) in READER_BY_LABEL for line in document.lines):
        return set()
    headings: set[str] = set()
    for line in document.lines:
        if line.kind == "row":
            continue
        heading = "title" if _GUIDE.fullmatch(_bare(line)) else _heading(line)
        if heading:
            headings.add(heading)
    return headings


def parse(document: Document, knowledge: Knowledge) -> ParsedPage:
    lines, cut = _whole_lines(document)
    title, titled_by = _title(lines)
    page = _PartialGuide(title, lines)
    for place, line in enumerate(lines):
        page.read(place, line)
    page.settle_repeats()
    if cut:
        page.note_cut_values(cut)
        page.note_cut_list()
        page.note_values_below(cut)
    page.close_section()
    if titled_by == "prose":
        page.warn("title-from-prose", lines[0], "No heading names the role; its address does.")
    if cut:
        page.warn("cut-here", cut, "The page stops in the middle of this line; it was not read.")
        page.unread.append(UnreadLine(cut.number, cut.raw.strip()))
    return ParsedPage(
        layout="guide",
        publisher=page.publisher,
        title=document.title or (f"{title} Career Path Guide" if page.has_front else None),
        url=page.url or document.url,
        licence=page.licence,
        licence_url=page.licence_url,
        roles=(page.facts(titled_by),),
        warnings=(*document.warnings, *page.warnings),
        ambiguous=tuple(page.ambiguous),
        unread=tuple(page.unread),
        cut_line=cut.number if cut else None,
    )


# --- headings, the title, the end -------------------------------------------------------------


# Words without an English letter: emoji, and the remains of damaged ones, which begin with π or ð.
_MARKS = re.compile("(?:[^\x00-\x7f\u2018-\u201d\xab]+ )*(?:[\u03c0\xf0][^\x00-\x7f]*)?")


def _bare(line: Line) -> str:
    """The text of a line without the emoji or marks before its first word."""
    text = line.text
    if text[0].isascii() and text[0].isalnum():
        return text
    marks = _MARKS.match(text)
    start = marks.end() if marks else 0
    for position in range(start, len(text)):
        sign, after = text[position], text[position + 1 : position + 2]
        if sign.isalnum() or sign in "$(\"'\u2018\u201c\xab" or (sign == "." and after.isalnum()):
            return text[position:]
    return text


def _heading(line: Line) -> str | None:
    """The letters of a known heading; None for any other line."""
    if line.kind in ("bullet", "row") or len(line.text) > 160 or line.text[-1] == ".":
        return None
    key = letters_of(line.text)
    if key in _HEADINGS:
        return key
    text = _bare(line)
    if _CORE.fullmatch(text) or key == "corefunctions":
        return "corefunctions"
    if _PATH.fullmatch(text) and len(text) < 140:
        return "pathto"
    return None


def _title(lines: Sequence[Line]) -> tuple[str, Literal["heading", "prose"]]:
    """The title of the role, and where its spelling comes from. An address counts as prose."""
    for pattern in (_GUIDE, _CORE, _PATH):
        for line in lines:
            heading = pattern.fullmatch(_bare(line)) if line.kind in ("text", "heading") else None
            if heading and line.text[-1] != "." and len(heading[1]) <= 120:
                return heading[1], "heading"
    for line in lines:
        link = _PERMALINK.fullmatch(line.text)
        steps = _path_steps(link[1]) if link else []
        if len(steps) > _SHORTEST_PATH:
            words = steps[-1].replace("-", " ")
            return words[:1].upper() + words[1:], "prose"
    raise UnreadableError(
        "The guide does not name its role: a heading such as “Core Functions of the … Role” was "
        "expected. Save the whole page and load that."
    )


def _whole_lines(document: Document) -> tuple[Sequence[Line], Line | None]:
    """The lines of a guide, and its last line if the file may stop within it."""
    lines = document.lines
    links = [line for line in lines if _PERMALINK.fullmatch(line.text)]
    finished = document.ends_with_sentence()
    if links and not document.open_ended:
        finished = links[-1] is not lines[-1] or not _is_cut_link(lines)
    return (lines, None) if finished else (lines[:-1], lines[-1])


def _is_cut_link(lines: Sequence[Line]) -> bool:
    """Whether an address in the last line stops before its role's name is complete."""
    link = _PERMALINK.fullmatch(lines[-1].text)
    steps = _path_steps(link[1]) if link else []
    if len(steps) <= _SHORTEST_PATH:
        return True
    title, _ = _title(lines)
    slug = re.sub(r"[^a-z0-9]+", "-", title.casefold()).strip("-")
    return steps[-1] != slug and slug.startswith(steps[-1])


_SHORTEST_PATH = 4  # "https:", "", the host and "careers"; the name of a role follows


def _path_steps(address: str) -> list[str]:
    return address.partition("?")[0].rstrip("/").split("/")


def _source(text: str) -> tuple[str, str, str | None] | None:
    """Publisher, licence and its address from a line such as "Source: Jobicy.com — Licensed under CC BY 4.0"."""
    licensed = _LICENSED.search(text) if text[:7].lower() == "source:" else None
    if licensed is None:
        return None
    publisher, licence = text[7 : licensed.start()].strip(_JOINTS), text[licensed.end() :]
    address = _ADDRESS.search(licence)
    name = licence[: address.start()] if address else licence
    return publisher, name.strip(_JOINTS), address[0] if address else None


# --- reading ----------------------------------------------------------------------------------------

Block = tuple[Literal["paragraph"], str] | tuple[Literal["list"], tuple[str, ...]]


@dataclass(slots=True)
class _OpenSection:
    """The heading that was read last, and what stands below it so far. `key`: the letters of a known heading."""

    key: str
    heading: str
    line: Line
    blocks: list[Block] = field(default_factory=list)
    items: list[str] = field(default_factory=list)  # of the list that was read last

    def add(self, line: Line) -> None:
        if line.kind == "bullet":
            self.items.append(line.text)
        else:
            self.close_list()
            self.blocks.append(("paragraph", line.text))

    def close_list(self) -> None:
        if self.items:
            self.blocks.append(("list", tuple(self.items)))
            self.items = []


def _find_bullets_below(lines: Sequence[Line]) -> list[bool]:
    """For each line, whether bullets follow after nothing but sentences, or the file stops, perhaps before bullets."""
    answers = [True] * len(lines)
    follows = True
    for place in reversed(range(len(lines))):
        answers[place] = follows
        line = lines[place]
        if line.kind == "bullet":
            follows = True
        elif _heading(line) or _source(line.text) or line.text[-1] not in ".:":
            follows = False
    return answers


@dataclass(slots=True)
class _PartialGuide:
    """A guide, as far as it has been read."""

    title: str
    lines: Sequence[Line]
    section: _OpenSection | None = None
    has_front: bool = False
    is_ended: bool = False
    waiting: Line | None = None  # a figure that waits for its label, or a label for its figure
    headings: set[str] = field(default_factory=set)  # keys of the headings so far
    tier: str | None = None  # of the skill map
    publisher: str = "Jobicy"
    url: str | None = None
    licence: str | None = None
    licence_url: str | None = None
    values: dict[str, Any] = field(default_factory=dict)
    evidence: dict[str, Evidence] = field(default_factory=dict)
    skills: list[SkillFact] = field(default_factory=list)
    listed: dict[tuple[SkillKind, str | None], set[str]] = field(default_factory=dict)  # kind, tier -> keys of names
    duties: list[DutyFact] = field(default_factory=list)
    sections: list[SectionFact] = field(default_factory=list)
    readings: FigureReadings = field(default_factory=FigureReadings)
    bullets_below: list[bool] = field(default_factory=list)  # for each line; empty before it is needed
    truncated: bool = False
    cut_in: str = ""  # the list or the section in which the copy stops: "duties", "skills" or "sections"
    warnings: list[PageWarning] = field(default_factory=list)
    ambiguous: list[AmbiguousValue] = field(default_factory=list)
    unread: list[UnreadLine] = field(default_factory=list)

    def read(self, place: int, line: Line) -> None:
        """Read the line at this place of `lines`."""
        key = _heading(line)
        if self._read_end(line):
            return
        if self.is_ended:
            self.leave(line)
        elif len(line.text) < 30 and key_of(line.text) in _FURNITURE:
            self._read_furniture(line)
        elif key and not self._names_tier(key):
            self._open_section(key, line)
        elif self.section is None:
            self._read_front(line)
        else:
            self._read_below_heading(self.section, place, line)

    def _read_below_heading(self, section: _OpenSection, place: int, line: Line) -> None:
        if section.key == _PAY:
            self._read_pay(line)
        elif section.key in _LISTS:
            self._read_list(_LISTS[section.key], section, line)
        elif section.key == "skillmap":
            self._read_skill_map(section, place, line)
        elif section.key == "marketdemand" and self._read_label_below_figure(line):
            pass
        elif self._is_unknown_heading(line):
            self._open_unknown_section(line)
        else:
            self._read_rating(line)
            section.add(line)

    def warn(self, code: str, line: Line, message: str, key: str | None = None) -> None:
        title = self.title if key else None
        self.warnings.append(PageWarning(code, line.number, message, key, title))

    def leave(self, line: Line) -> None:
        self.unread.append(UnreadLine(line.number, line.raw.strip()))

    def put(self, key: str, value: Any, line: Line, how: How = "labelled", text: str = "") -> None:
        """Keep a value. `text`: the value as a person would choose it, if that is not the value itself."""
        evidence = Evidence(line.number, line.text, how)
        self.readings.add((key,), (value,), text or str(value), evidence)
        if self.values.get(key) is None:
            self.values[key], self.evidence[key] = value, evidence

    def settle_repeats(self) -> None:
        """Leave each figure that stands several times with several values to a person."""
        for contradiction in self.readings.contradictions():
            for key in contradiction.keys:
                self.values[key], self.evidence[key] = None, contradiction.unread()
            self.warnings.append(contradiction.warning(self.title))
            self.ambiguous.append(contradiction.question(self.title))

    def note_cut_values(self, cut: Line) -> None:
        """Mark the values that were lost with the end of the copy. The levels of pay always stand in the same order."""
        keys: Sequence[str] = ()
        if self.section and self.section.key == _PAY:
            keys = self._lost_pay(cut)
        elif self.section:
            key = _RATINGS.get(cut.text.partition(":")[0].strip().casefold())
            keys = [key] if key else []
        elif self.has_front and " " in cut.text and not any(map(str.isdigit, cut.text[:2])):
            keys = ["summary"]
        self._note_lost(keys, cut, "cut")

    def note_cut_list(self) -> None:
        """Note in which list or section the copy stops: it may go on."""
        if self.section is None or self.section.key in (*_CONTAINERS, _PAY):
            return
        kind = _LISTS.get(self.section.key)
        if kind is None:
            self.cut_in = "sections"
        else:
            self.cut_in = "duties" if kind == "duty" else "skills"

    def note_values_below(self, cut: Line) -> None:
        """Mark the values that stand at the end of a guide, or after its front, and that the copy does not hold."""
        if self.is_ended:
            return
        keys = list(_RATINGS.values())
        if self.has_front:
            keys += ["summary", *_LABELS_BELOW_FIGURE.values(), *_PAY_KEYS]
        self._note_lost(keys, cut, "after-cut")

    def _note_lost(self, keys: Sequence[str], cut: Line, missing: Literal["cut", "after-cut"]) -> None:
        for key in keys:
            if key not in self.evidence:
                raw = cut.raw.strip()[:_LONGEST_CUT]
                self.values[key], self.evidence[key] = None, Evidence(cut.number, raw, "unread", missing=missing)

    def _lost_pay(self, cut: Line) -> Sequence[str]:
        """The keys from the figure or the label at the cut on; () if neither tells where the copy stops."""
        if self.waiting and _FIGURE.match(cut.text):
            first = _LABELS_ABOVE_FIGURE[letters_of(self.waiting.text)]
            return _PAY_KEYS[_PAY_KEYS.index(first) :]
        if re.match(r"\$?\d", cut.text):
            return _PAY_KEYS if "salary.annual_low" not in self.evidence else ()
        begun = letters_of(cut.text)
        for label, key in (("median", "salary.annual_median"), *_LABELS_ABOVE_FIGURE.items()):
            if begun and key not in self.evidence and (label.startswith(begun) or begun == label):
                return _PAY_KEYS[_PAY_KEYS.index(key) :]
        return ()

    # The end: source, licence, address.

    def _read_end(self, line: Line) -> bool:
        if source := _source(line.text):
            publisher, self.licence, self.licence_url = source
            self.publisher = PUBLISHERS.get(publisher.lower(), publisher) or self.publisher
        elif self.is_ended and re.fullmatch(r"https?://\S+", line.text) and not self.licence_url:
            self.licence_url = line.text
        elif link := _PERMALINK.fullmatch(line.text):
            self.url = link[1]
        else:
            return False
        self.close_section()
        self.is_ended = True
        return True

    # Headings.

    def _names_tier(self, key: str) -> bool:
        """Whether a known heading that stands in the skill map a second time names one of its tiers."""
        return bool(self.section and self.section.key == "skillmap" and key in self.headings)

    def _read_furniture(self, line: Line) -> None:
        if self.section and _LISTS.get(self.section.key) == "duty" and key_of(line.text) == "show more":
            self.truncated = True

    def _open_section(self, key: str, line: Line) -> None:
        self.close_section()
        self.headings.add(key)
        self.section = _OpenSection(key, _bare(line), line)

    def _is_unknown_heading(self, line: Line) -> bool:
        """Whether a line looks like a heading: short, with a capital, and without a stop or figures."""
        if line.kind == "heading":
            return True
        text = _bare(line)
        if self.section and self.section.key == "marketdemand":
            return False
        return (
            line.kind == "text"
            and len(text) <= 70
            and text[:1].isupper()
            and text[-1] not in '.,:;!?…”")%'
            and ": " not in text
            and not any(map(str.isdigit, text))
        )

    def _open_unknown_section(self, line: Line) -> None:
        message = f"The heading “{line.text}” is not known; what stands under it was kept."
        self.warn("unknown-heading", line, message)
        self._open_section("unknown", line)

    def close_section(self) -> None:
        """End the section and keep its text, unless it held nothing but the entries of a list."""
        self._leave_waiting()
        section, self.section, self.tier = self.section, None, None
        if section is None:
            return
        section.close_list()
        if section.blocks or section.key not in (*_LISTS, *_CONTAINERS, _PAY):
            if section.key in _LISTS:
                message = f"Under “{section.heading}” stands more than a list; it was kept as text."
                self.warn("text-among-bullets", section.line, message)
            evidence = Evidence(section.line.number, section.line.text, "text")
            self.sections.append(SectionFact(section.heading, tuple(section.blocks), evidence))

    # The front block.

    def _read_front(self, line: Line) -> None:
        text = line.text
        if _GUIDE.fullmatch(_bare(line)):
            self.has_front = True
        elif self._read_label_below_figure(line):
            pass
        elif self.has_front and "summary" not in self.values and text[-1] in ".!?”" and " " in text:
            self.put("summary", text, line, "text")
        else:
            self._leave_waiting()
            if _FIGURE.match(text):
                self.waiting = line
            else:
                self.leave(line)

    def _read_label_below_figure(self, line: Line) -> bool:
        """`median salary` below `$39,000`, or both on one line. Returns False for any other line."""
        if both := _FIGURE_THEN_LABEL.fullmatch(line.text):
            self._leave_waiting()
            self._put_figure(_LABELS_BELOW_FIGURE[letters_of(both[2])], line, both[1])
            return True
        key = _LABELS_BELOW_FIGURE.get(letters_of(line.text)) if len(line.text) < 40 else None
        if key is None or any(map(str.isdigit, line.text)):
            return False
        figure = self._take_figure_above(line)
        if figure is None:
            self.leave(line)
        else:
            self._put_figure(key, figure, figure.text)
        return True

    def _take_figure_above(self, line: Line) -> Line | None:
        """The figure that waits for its label, or one that was taken for the last paragraph of the section."""
        figure, self.waiting = self.waiting, None
        if figure is None and self.section and self.section.blocks:
            kind, text = self.section.blocks[-1]
            if kind == "paragraph" and _FIGURE.match(str(text)):
                self.section.blocks.pop()
                figure = Line(line.number - 1, "text", str(text), str(text))
        return figure

    def _put_figure(self, key: str, line: Line, text: str) -> None:
        try:
            value = cells.read_growth(text) if key.startswith("outlook") else cells.read_money(text)
            self.put(key, value, line, text=text)
        except UnreadableError as error:
            self._put_unread(key, line, f"{error}.")

    def _put_unread(self, key: str, line: Line, message: str) -> None:
        self.warn("unreadable-value", line, message, key)
        if key not in self.values:
            self.ambiguous.append(AmbiguousValue(key, self.title, line.text, line.number, ()))
            self.values[key] = None
            self.evidence[key] = Evidence(line.number, line.text, "unread")

    def _leave_waiting(self) -> None:
        if self.waiting:
            self.leave(self.waiting)
            self.waiting = None

    # Pay by level: the label stands above its figure.

    def _read_pay(self, line: Line) -> None:
        text = line.text
        if self._read_pay_range(text, line) or self._read_pay_level(text, line):
            return
        if text[-1] == "." and any(map(str.isdigit, text)):
            self._read_pay_note(line)
        elif re.match(r"\$?\d", text) and "salary.annual_low" not in self.values:
            message = f"“{text}” is not a range like 30,000—48,000."
            self._put_unread("salary.annual_low", line, message)
            self._put_unread("salary.annual_high", line, message)
        elif self._is_unknown_heading(line):
            self._open_unknown_section(line)
        else:
            self.leave(line)

    def _read_pay_note(self, line: Line) -> None:
        if "salary.note" in self.values:
            self.leave(line)
        else:
            self.put("salary.note", line.text, line, "text")

    def _read_pay_range(self, text: str, line: Line) -> bool:
        """`30,000—48,000`, or the median between the two."""
        if ends := _RANGE.fullmatch(text):
            for key, end in (("salary.annual_low", f"${ends[1]}"), ("salary.annual_high", f"${ends[2]}")):
                self.put(key, cells.read_money(end), line, text=end)
            return True
        if letters_of(text) == "median" and ":" in text:
            self._put_figure("salary.annual_median", line, text.partition(":")[2].strip())
            return True
        return False

    def _read_pay_level(self, text: str, line: Line) -> bool:
        """`Entry-Level` above `$30,000`, or both on one line."""
        if both := _LABEL_THEN_FIGURE.fullmatch(text):
            self._leave_waiting()
            self._put_figure(_LABELS_ABOVE_FIGURE[letters_of(both[1])], line, both[2])
        elif self.waiting and _FIGURE.match(text):
            label, self.waiting = self.waiting, None
            self._put_figure(_LABELS_ABOVE_FIGURE[letters_of(label.text)], line, text)
        elif letters_of(text) in _LABELS_ABOVE_FIGURE and not any(map(str.isdigit, text)):
            self._leave_waiting()
            self.waiting = line
        else:
            return False
        return True

    # Lists.

    def _read_list(self, kind: SkillKind | Literal["duty"], section: _OpenSection, line: Line) -> None:
        if line.kind != "bullet":
            if self._is_unknown_heading(line):
                self._open_unknown_section(line)
            else:
                section.add(line)
        elif key_of(line.text) == "show more":
            self.truncated = self.truncated or kind == "duty"
        elif kind == "duty":
            self.duties.append(DutyFact(line.text, Evidence(line.number, line.text, "listed")))
        else:
            self._add_skill(kind, line)

    def _add_skill(self, kind: SkillKind, line: Line) -> None:
        keys, key = self.listed.setdefault((kind, self.tier), set()), key_of(line.text)
        if key in keys:
            self.warn("duplicate-skill", line, f"“{line.text}” is listed twice.")
            return
        keys.add(key)
        evidence = Evidence(line.number, line.text, "listed")
        self.skills.append(SkillFact(line.text, kind, len(keys), None, self.tier, evidence))

    def _read_skill_map(self, section: _OpenSection, place: int, line: Line) -> None:
        """A short line without a full stop names a tier; the bullets below it are its skills."""
        is_short = line.kind in ("text", "heading") and len(line.text) <= 80
        introduces_list = line.text[-1] == ":" and section.blocks[-1:] == [("paragraph", self.tier)]
        if is_short and line.text[-1] != "." and not introduces_list:
            if not self._has_bullets_below(place):
                self._open_unknown_section(line)
                return
            self.tier = _bare(line).removesuffix(":")
        elif line.kind == "bullet":
            self._add_skill("listed", line)
        section.add(line)

    def _has_bullets_below(self, place: int) -> bool:
        if not self.bullets_below:
            self.bullets_below = _find_bullets_below(self.lines)
        return self.bullets_below[place]

    def _read_rating(self, line: Line) -> None:
        label, colon, value = line.text.partition(":")
        key = _RATINGS.get(label.strip().casefold())
        if key and colon and value.strip() and len(value) <= 41:
            self.put(key, value.strip(), line)

    def facts(self, titled_by: Literal["heading", "prose"]) -> RoleFacts:
        skills, duties, sections = tuple(self.skills), tuple(self.duties), tuple(self.sections)
        return RoleFacts(
            title=self.title,
            titled_by=titled_by,
            **group_values(self.values, self.evidence),
            skills=mark_cut_list(skills) if self.cut_in == "skills" else skills,
            duties=mark_cut_list(duties) if self.cut_in == "duties" else duties,
            duties_truncated=self.truncated,
            sections=mark_cut_list(sections) if self.cut_in == "sections" else sections,
        )
