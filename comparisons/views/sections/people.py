"""Who does it: shares of the people who are counted today, and their age. It says nothing on who can do the work."""

from collections.abc import Sequence
from typing import NamedTuple

from comparisons import formats
from comparisons.comparison import Comparison, ComparisonLine
from comparisons.language import messages
from comparisons.language.titles import capital
from comparisons.views.sections.rail import cite_lines
from comparisons.views.sections.rungs import Rungs
from comparisons.views.sections.shares import describe_absent, describe_doubts, share_rungs, sides_with_values

_AGES = ("demographics.average_age", "demographics.median_age")
# Rows that say what another one says, and rows in words.
_LEFT_OUT = {"demographics.male_percent": "demographics.female_percent", "demographics.survey.group": ""}
_SURVEYED = ", in the survey"


class People(NamedTuple):
    """`summary`: the line that opens the section. `caption`: of whom and of when the shares are. `ages`: rows of
    ages. `notes`: what to know of the figures, each a sentence."""

    summary: str
    caption: str
    rungs: Rungs | None
    ages: Sequence[ComparisonLine]
    notes: Sequence[str]
    sources: Sequence[str]


def people(comparison: Comparison) -> People | None:
    """None where no source counts anyone."""
    lines = [line for line in comparison.section("people").lines if not line.empty]
    ages = [line for line in lines if line.row.key in _AGES]
    shares = [line for line in lines if line.row.key not in _AGES and _is_drawn(comparison, line)]
    if not shares and not ages:
        return None
    having = sides_with_values(comparison.sides, shares) if shares else []
    rows = [(line.row.label.removesuffix(_SURVEYED), line) for line in shares]
    rungs = share_rungs("Who does it", "Share of people", having, rows)
    notes = [*describe_doubts(comparison.sides, [*shares, *ages])]
    notes += dict.fromkeys([line.row.help for line in shares if line.row.help])
    if having:
        notes += describe_absent(comparison.sides, having, "Shares of people")
    captions = dict.fromkeys([note for of_line in messages.survey_notes(comparison.sides, shares) for note in of_line])
    return People(_summary(shares, ages), " ".join(captions), rungs, ages, notes, cite_lines([*shares, *ages]))


def _is_drawn(comparison: Comparison, line: ComparisonLine) -> bool:
    said_by = _LEFT_OUT.get(line.row.key)
    if said_by is None:
        return True
    other = comparison.line(said_by) if said_by else None
    return bool(said_by) and (other is None or any(cell.missing for cell in other.cells))


def _summary(shares: Sequence[ComparisonLine], ages: Sequence[ComparisonLine]) -> str:
    """What can be unfolded: `Women, race and age`."""
    parts = []
    keys = [line.row.key for line in shares]
    if any(key.endswith("male_percent") for key in keys):
        parts.append("women")
    if any(".race." in key or ".survey." in key for key in keys):
        parts.append("race")
    if ages:
        parts.append("age")
    return f"{capital(formats.listed(parts or ['shares']))} in figures"
