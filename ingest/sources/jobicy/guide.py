"""Jobicy's career guides: one role, headings with bullets or paragraphs, the licence at the end.

Some guides open with a front block: a summary, figures above their labels, and pay by level.
"""

import re
from itertools import chain

from ingest.documents.document import Document
from ingest.documents.lines import FURNITURE, Line
from ingest.parsing.evidence import Evidence
from ingest.parsing.parsed_page import Knowledge, ParsedPage
from ingest.parsing.partial_page import PartialRole
from ingest.parsing.role_facts import DutyFact
from ingest.sources.jobicy import guide_values
from ingest.sources.jobicy.cut_guides import choose_whole_lines, note_cut_list, note_cut_values, note_values_below
from ingest.sources.jobicy.headings import (
    LISTS,
    PAY,
    ListKind,
    bare_text,
    find_title,
    list_headings,
    may_be_heading,
    read_permalink,
    read_source_line,
    split_joined_headings,
)
from ingest.sources.jobicy.partial_guide import OpenSection, PartialGuide

PUBLISHERS = {"jobicy.com": "Jobicy", "jobicy": "Jobicy"}
_MANY_HEADINGS = 3


def recognizes(document: Document) -> bool:
    headings = list_headings(document)
    is_stated = document.stated_publisher.is_of("jobicy.com", "jobicy")
    if is_stated is not None:
        return is_stated and bool(headings)
    return len(headings) >= _MANY_HEADINGS and not headings.isdisjoint(("title", "corefunctions"))


def resembles(document: Document) -> bool:
    headings = list_headings(document)
    return len(headings) >= 2 or not headings.isdisjoint(("title", "corefunctions"))


def parse(document: Document, knowledge: Knowledge) -> ParsedPage:
    lines, cut = choose_whole_lines(document)
    lines = list(chain.from_iterable(map(guide_values.undo_row, lines)))
    title, titled_by = find_title(lines)
    lines, keys, joined = split_joined_headings(lines, title)
    guide = PartialGuide([PartialRole(title)], lines=lines)
    for heading in joined:
        message = f"The heading “{heading.text}” was joined with the line above it: check that it is not part of that."
        guide.warn("missing-heading", heading, message)
    for position, key in enumerate(keys):
        _read_line(guide, position, key)
    guide.settle_summary()
    guide.settle_repeats()
    if cut:
        note_cut_values(guide, cut)
        note_cut_list(guide)
        note_values_below(guide, cut)
    else:
        guide.note_missing_headings()
    guide.close_section()
    if titled_by == "prose":
        guide.warn("title-from-prose", lines[0], "No heading names the role; its address does.")
    if cut:
        guide.warn("cut-here", cut, "The page stops in the middle of this line; it was not read.")
        guide.report_unread(cut)
    return ParsedPage(
        layout="guide",
        publisher=guide.publisher,
        title=document.title or (f"{title} Career Path Guide" if guide.has_front else None),
        url=guide.url or document.url,
        licence=guide.licence,
        licence_url=guide.licence_url,
        roles=(guide.facts(titled_by),),
        warnings=(*document.warnings, *guide.warnings),
        ambiguous=tuple(guide.ambiguous),
        unread=tuple(guide.unread),
        cut_line=cut.number if cut else None,
    )


def _read_line(guide: PartialGuide, position: int, key: str | None) -> None:
    """Read the line at this position of `guide.lines`. `key`: of the heading, if it is one."""
    line = guide.lines[position]
    if guide.url is None and _read_closing_line(guide, line):
        return
    if guide.is_ended:
        _read_below_end(guide, key, line)
    elif len(line.text) < 30 and line.key in FURNITURE:
        _note_more(guide, line)
    elif guide.section and guide.section.is_headed_again(line):
        return
    elif key and not (guide.is_in("skillmap") and key in guide.headings):  # there it names a tier
        guide.open_section(key, line)
    elif guide.section is None:
        guide_values.read_front(guide, line)
    else:
        _read_below_heading(guide, guide.section, position, line)


def _read_below_end(guide: PartialGuide, key: str | None, line: Line) -> None:
    """`key`: of the heading, if the line is one."""
    if key and guide.url and not guide.has_second:
        guide.has_second = True
        message = "Another guide begins here. Load it as a file of its own; only the first was read."
        guide.warn("second-page", line, message)
    guide.report_unread(line)


def _note_more(guide: PartialGuide, line: Line) -> None:
    """Note that the list of duties goes on, if the line is the button below it that shows more."""
    if guide.section and LISTS.get(guide.section.key) == "duty" and line.key == "show more":
        guide.truncated = True


def _read_closing_line(guide: PartialGuide, line: Line) -> bool:
    """Read the source, the licence or the address at the end. Returns False for any other line."""
    source, url = read_source_line(line.text), read_permalink(line)
    if source:
        guide.licence, guide.licence_url = source.licence, source.licence_url
        guide.publisher = PUBLISHERS.get(source.publisher.lower(), source.publisher) or guide.publisher
    elif guide.is_ended and re.fullmatch(r"https?://\S+", line.text) and not guide.licence_url:
        guide.licence_url = line.text
    elif url:
        guide.url = url
    else:
        return False
    guide.close_section()
    guide.is_ended = True
    return True


def _read_below_heading(guide: PartialGuide, section: OpenSection, position: int, line: Line) -> None:
    if line.kind == "bullet":
        guide.first_bullets.setdefault(section.key, line)
    if section.key == PAY:
        guide_values.read_pay(guide, line)
    elif section.key in LISTS:
        _read_list(guide, LISTS[section.key], section, line)
    elif section.key == "skillmap":
        _read_skill_map(guide, section, position, line)
    elif section.key == "marketdemand" and guide_values.read_label_below_figure(guide, line):
        return
    elif guide_values.is_rating(line) and (line.kind != "bullet" or section.key.startswith("worklife")):
        guide_values.read_rating(guide, line)
        section.add(line)
    elif guide.is_unknown_heading(line):
        guide.open_unknown_section(line)
    else:
        section.add(line)


def _read_list(guide: PartialGuide, kind: ListKind, section: OpenSection, line: Line) -> None:
    if line.kind != "bullet":
        if guide.is_unknown_heading(line):
            guide.open_unknown_section(line)
        else:
            section.add(line)
    elif line.key == "show more":
        _note_more(guide, line)
    elif line.is_nested:
        guide.report_unread(line)  # a part of the duty above it, or an example of the skill
    elif kind == "duty":
        guide.duties.append(DutyFact(line.text, Evidence(line.number, line.text, "listed")))
    else:
        guide.add_skill(kind, line)


def _read_skill_map(guide: PartialGuide, section: OpenSection, position: int, line: Line) -> None:
    """A short line without a full stop names a tier; the bullets below it are its skills."""
    is_short = may_be_heading(line) and len(line.text) <= 80 and line.text[-1] != "."
    introduces_list = line.text[-1] == ":" and section.blocks[-1:] == [("paragraph", guide.tier)]
    if line.kind == "bullet" and not (is_short and _heads_other_bullets(guide, position)):
        guide.add_skill("listed", line)
        _warn_of_lost_tier(guide, position)
    elif is_short and not introduces_list:
        if not guide.has_bullets_below(position):
            guide.open_unknown_section(line)
            return
        guide.tier = bare_text(line)
    elif section.ends_with_bullet_beside(guide.tier) and guide.has_bullets_below(position):
        guide.tier = None
        guide.warn("missing-heading", line, "No tier is named above the skills below this line.", "skills")
    section.add(line)


def _warn_of_lost_tier(guide: PartialGuide, position: int) -> None:
    """Warn where the name of a tier may be missing with all that stood below it: above the first skill, or in a gap."""
    line = guide.lines[position]
    if guide.tier is None and guide.first_bullets["skillmap"] is line:
        guide.warn("missing-heading", line, "No tier is named above the skills from this line on.", "skills")
    above = guide.lines[max(position - 2, 0) : position]
    if guide.tier and len(above) == 2 and all(bullet.kind == "bullet" for bullet in above):
        first, second = above
        if line.number - second.number - second.taken_in > second.number - first.number - first.taken_in:
            message = f"A gap stands above this skill. If it lost a tier, the skills below are not of “{guide.tier}”."
            guide.warn("missing-heading", line, message, "skills")


def _heads_other_bullets(guide: PartialGuide, position: int) -> bool:
    """Whether a line with a number or an unusual bullet stands above usual ones, and not in a list of its own kind."""
    below = guide.lines[position + 1 : position + 2]
    is_in_list = not below or (below[0].kind == "bullet" and may_be_heading(below[0]))
    return guide.has_bullets_below(position) and not is_in_list
