"""Copies of guides that stop early: the line that is cut, and the values that the copy does not hold."""

import re
from collections.abc import Sequence

from ingest.documents.document import Document
from ingest.documents.lines import Line
from ingest.parsing.cells import letters_of
from ingest.sources.jobicy import guide_values
from ingest.sources.jobicy.headings import CONTAINERS, LISTS, PAY, find_title, read_linked_role, read_permalink
from ingest.sources.jobicy.partial_guide import PartialGuide

# The pay of a guide, always in this order.
_PAY_KEYS = tuple(f"salary.annual_{level}" for level in ("low", "high", "median", "entry", "mid", "senior"))


def choose_whole_lines(document: Document) -> tuple[Sequence[Line], Line | None]:
    """The lines of a guide, and its last line if the file may stop within it."""
    lines = document.lines
    links = [line for line in lines if read_permalink(line)]
    finished = document.ends_with_sentence()
    if links and not document.open_ended:
        finished = links[-1] is not lines[-1] or not _is_cut_link(lines)
    return (lines, None) if finished else (lines[:-1], lines[-1])


def _is_cut_link(lines: Sequence[Line]) -> bool:
    """Whether the address in the last line stops before its role's name is complete."""
    name = read_linked_role(lines[-1])
    if name is None:
        return True
    title, _ = find_title(lines)
    slug = re.sub(r"[^a-z0-9]+", "-", title.casefold()).strip("-")
    return name != slug and slug.startswith(name)


def note_cut_values(guide: PartialGuide, cut: Line) -> None:
    """Mark the values that were lost with the end of the copy."""
    for key in _find_cut_keys(guide, cut):
        guide.role.put_lost((key,), cut, "cut")


def _find_cut_keys(guide: PartialGuide, cut: Line) -> Sequence[str]:
    if guide.is_in(PAY):
        return _find_lost_pay(guide, cut)
    if guide.section:
        key = guide_values.RATINGS.get(cut.text.partition(":")[0].strip().casefold())
        return [key] if key else []
    if guide.has_front and " " in cut.text and not guide_values.has_digit(cut.text[:2]):
        return ["summary"]
    return []


def _find_lost_pay(guide: PartialGuide, cut: Line) -> Sequence[str]:
    """The keys from the figure or the label at the cut on; () if neither tells where the copy stops."""
    if guide.waiting and guide_values.starts_with_figure(cut.text):
        first = guide_values.LABELS_ABOVE_FIGURE[letters_of(guide.waiting.text)]
        return _PAY_KEYS[_PAY_KEYS.index(first) :]
    if guide_values.starts_with_figure(cut.text):
        return _PAY_KEYS if "salary.annual_low" not in guide.role.evidence else ()
    beginning = letters_of(cut.text)
    if not beginning:
        return ()
    for label, key in (("median", "salary.annual_median"), *guide_values.LABELS_ABOVE_FIGURE.items()):
        if key not in guide.role.evidence and label.startswith(beginning):
            return _PAY_KEYS[_PAY_KEYS.index(key) :]
    return ()


def note_cut_list(guide: PartialGuide) -> None:
    """Note in which list or section the copy stops: it may go on."""
    if guide.section is None or guide.section.key in (*CONTAINERS, PAY):
        return
    kind = LISTS.get(guide.section.key)
    if kind is None:
        guide.cut_list = "sections"
    else:
        guide.cut_list = "duties" if kind == "duty" else "skills"


def note_values_below(guide: PartialGuide, cut: Line) -> None:
    """Mark the values at the end of a guide, and after its front block, that the copy does not hold."""
    if guide.is_ended:
        return
    keys = list(guide_values.RATINGS.values())
    if guide.has_front:
        keys += ["summary", *guide_values.LABELS_BELOW_FIGURE.values(), *_PAY_KEYS]
    for key in keys:
        guide.role.put_lost((key,), cut, "after-cut")
