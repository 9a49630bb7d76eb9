"""Paragraphs of prose: which go on with the one above, and which cannot be the summary of a role."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ingest.documents.lines import Line

SENTENCE_ENDS = '.?!\u201d")'
_GOES_ON = re.compile(
    r"(?:they|their|these|also|in addition|additionally|moreover|furthermore|besides)\b", re.IGNORECASE
)
_ADVERTISES = re.compile(
    r"\b(?:near you|(?:in|with) (?:one|a) click|click here|apply (?:now|today)|hiring now|job alerts?)\b", re.IGNORECASE
)
# What summaries can say too, of a role that they name.
_MAY_ADVERTISE = re.compile(
    r"\b(?:you|your|yours|we|our|(?:is|are) hiring|job openings|sponsored|advertisement)\b", re.IGNORECASE
)


def may_be_summary(text: str, *, names_role: bool) -> bool:
    """Whether a text can be a whole summary: no advertisement, and not the rest of a line that begins elsewhere.

    >>> may_be_summary("Find your next job.", names_role=False), may_be_summary("Bakers rise.", names_role=True)
    (False, True)
    """
    if text[0].islower() or _ADVERTISES.search(text):
        return False
    return names_role or not _MAY_ADVERTISE.search(text)


def join_paragraphs(lines: Iterable[Line]) -> list[Line]:
    """The lines, each with the paragraphs below it that go on about the same, such as "They also …"."""
    groups: list[list[Line]] = []
    for line in lines:
        goes_on = _GOES_ON.match(line.text) and may_be_summary(line.text, names_role=False)
        if groups and goes_on and groups[-1][-1].text[-1] in SENTENCE_ENDS:
            groups[-1].append(line)
        else:
            groups.append([line])
    return list(map(_join_lines, groups))


def _join_lines(lines: Sequence[Line]) -> Line:
    if len(lines) == 1:
        return lines[0]
    text = " ".join(line.text for line in lines)
    raw = " ".join(line.raw.strip() for line in lines)
    return replace(lines[0], text=text, raw=raw, whole=lines[-1].whole)
