"""Why a value is missing."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from careers.vocabulary import GROUPS, LABELS, MISSING_TEXTS, NOT_PUBLISHED, UNCLEAR
from comparisons import formats
from comparisons.comparison import ComparisonLine, Side

EVERYONE = {2: "both", 3: "all three", 4: "all four"}
_ANYBODY = {2: "either", 3: "any of the three", 4: "any of the four"}
NOBODY = {2: "neither", 3: "none of the three", 4: "none of the four"}
_RACES = [LABELS[f"demographics.survey.{name}_percent"] for name in ("white", "black", "asian", "hispanic")]


def explain_missing_figure(evidence: Mapping[str, Any]) -> str:
    """Why a figure is missing, by its evidence."""
    if evidence.get("how") == "unread":
        return UNCLEAR
    return MISSING_TEXTS.get(evidence.get("missing", "not-published"), NOT_PUBLISHED)


def explain_cut_list(group: str, reason: str) -> str:
    """What a copy that was cut does not hold of a list."""
    return f"{GROUPS[group]}: {reason}."


def explain_absent_lines(lines: Iterable[ComparisonLine], sides: Sequence[Side]) -> list[str]:
    """Lines without any value, grouped by their reasons: `Growth rate, job satisfaction: not published for either.`"""
    by_reasons: dict[tuple[str, ...], list[str]] = {}
    for line in lines:
        reasons = tuple([write_after_label(cell.missing) for cell in line.cells])
        by_reasons.setdefault(reasons, []).append(line.row.label)
    sentences = []
    for reasons, labels in by_reasons.items():
        first, *others = _join_races(labels)
        names = ", ".join([first, *map(write_within_sentence, others)])
        sentences.append(f"{names}: {describe_reasons(reasons, sides)}.")
    return sentences


def _join_races(labels: Sequence[str]) -> list[str]:
    """
    >>> _join_races(["Women", *_RACES]), _join_races(_RACES[:1])
    (['Women', 'Race and ethnicity'], ['White, in the survey'])
    """
    if not set(_RACES) <= set(labels):
        return list(labels)
    return [label for label in labels if label not in _RACES] + ["Race and ethnicity"]


def explain_absent_section(sides: Sequence[Side]) -> str:
    """Why a section is empty of which no source has anything."""
    return describe_reasons([side.absent.missing for side in sides], sides)


def describe_reasons(reasons: Sequence[str], sides: Sequence[Side]) -> str:
    """Why each role lacks a value, roles with the same reason together. `reasons`: one for each of `sides`."""
    if len(sides) == 1:
        return write_reason(reasons[0])
    if len(set(reasons)) == 1:
        words = reasons[0].partition(": ")[0]
        is_negative = words.startswith("not ") and "," not in words
        everyone = _ANYBODY if is_negative else EVERYONE
        return write_reason(reasons[0], everyone[len(sides)])
    by_reason: dict[str, list[str]] = {}
    for side, reason in zip(sides, reasons, strict=True):
        by_reason.setdefault(reason, []).append(side.marked_title)
    return "; ".join(write_reason(reason, formats.listed(roles)) for reason, roles in by_reason.items())


def write_reason(reason: str, whom: str = "") -> str:
    """Whom a reason is of, before its explanation.

    >>> write_reason("not published: the survey counts few people", "either"), write_reason("not published", "either")
    ('not published for either (the survey counts few people)', 'not published for either')
    >>> write_reason("not published: few people"), write_reason("too high for a source", "both")
    ('not published (few people)', 'too high for a source, for both')
    >>> write_reason("not in the copy we have, which was cut", "the baker")
    'not in the copy we have, which was cut, for the baker'
    """
    words, _, explanation = reason.partition(": ")
    link = ", for " if " for " in words or "," in words else " for "
    return words + (link + whom if whom else "") + (f" ({explanation})" if explanation else "")


def write_after_label(reason: str) -> str:
    """A reason after the name of what is missing."""
    return reason.removeprefix("missing: ")


def shorten_reason(reason: str) -> str:
    """As much of a reason as a column of figures has room for; the note of the figure has all of it."""
    return write_after_label(reason).partition(": ")[0]


def write_within_sentence(label: str) -> str:
    """A row's label within a sentence.

    >>> write_within_sentence("Growth rate"), write_within_sentence("LGBT")
    ('growth rate', 'LGBT')
    """
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]
