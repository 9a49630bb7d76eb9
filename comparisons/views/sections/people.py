"""Who does it: shares of the people who are counted today, and their age. It says nothing on who can do the work."""

from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

from comparisons.comparison import Cell, Comparison, ComparisonLine
from comparisons.language.messages import figure_origins
from comparisons.language.messages.absent_values import shorten_reason
from comparisons.language.parts import Part
from comparisons.language.verdict.people_findings import summarize_people
from comparisons.views.sections.cited_sources import cite_lines
from comparisons.views.sections.rungs import (
    Rungs,
    build_share_rungs,
    describe_absent,
    describe_doubts,
    find_sides_with_values,
)

_WOMEN, _MEN = "demographics.female_percent", "demographics.male_percent"
_AGES = ("demographics.average_age", "demographics.median_age")
_GROUP = "demographics.survey.group"
_OF_SURVEY, _SURVEYED = "demographics.survey.", ", in the survey"


class SharesOfPeople(NamedTuple):
    """`caption`: which people and which year they cover, "" where the source does not say."""

    caption: str
    rungs: Rungs


class AgeRow(NamedTuple):
    """`ages`: the letter of each role for which a source gives an age, with its cell."""

    line: ComparisonLine
    ages: Sequence[tuple[str, Cell]]


class PeopleSection(NamedTuple):
    """`summary`: the line that opens the section. `tables`: one for each source, because sources count in different
    ways. `ages`: rows of ages. `notes`: what to know of the figures, each a sentence."""

    summary: Sequence[Part] | None
    tables: Sequence[SharesOfPeople]
    ages: Sequence[AgeRow]
    notes: Sequence[str]
    sources: Sequence[str]


def build_people_section(comparison: Comparison) -> PeopleSection | None:
    """None where no source counts anyone."""
    lines = []
    for line in comparison.sections["people"].lines:
        if not line.empty and line.row.key != _GROUP and not _repeats_women(comparison, line):
            lines.append(line)
    ages = [line for line in lines if line.row.key in _AGES]
    shares = [line for line in lines if line.row.key not in _AGES]
    if not shares and not ages:
        return None
    tables = filter(None, [_build_table(comparison, of_one) for of_one in _split_shares(shares)])
    return PeopleSection(
        summarize_people(comparison),
        list(tables),
        [_build_age_row(comparison, line) for line in ages],
        _list_notes(comparison, shares, ages),
        cite_lines([*shares, *ages]),
    )


def _list_notes(comparison: Comparison, shares: Sequence[ComparisonLine], ages: Sequence[ComparisonLine]) -> list[str]:
    help_texts = dict.fromkeys([line.row.help for line in shares if line.row.help])
    notes = [*describe_doubts(comparison.sides, [*shares, *ages]), *help_texts]
    if shares:
        sides_with_shares = find_sides_with_values(comparison.sides, shares)
        notes += describe_absent(comparison.sides, sides_with_shares, "Shares of people", shares)
    return notes


def _build_age_row(comparison: Comparison, line: ComparisonLine) -> AgeRow:
    ages = []
    for side, cell in zip(comparison.sides, line.cells, strict=True):
        if cell.origins:
            ages.append((side.letter, cell._replace(missing=shorten_reason(cell.missing)) if cell.missing else cell))
    return AgeRow(line, ages)


def _repeats_women(comparison: Comparison, line: ComparisonLine) -> bool:
    """Whether it is the share of men, which that of women says too."""
    women = comparison.by_key.get(_WOMEN)
    if line.row.key != _MEN or women is None:
        return False
    return all(cell.missing or not other.missing for cell, other in zip(line.cells, women.cells, strict=True))


def _split_shares(lines: Sequence[ComparisonLine]) -> list[list[ComparisonLine]]:
    """Shares of women, those that pages give and those of a survey: apart only where there are some of both kinds."""
    women, of_survey, of_pages = [], [], []
    for line in lines:
        if line.row.key == _WOMEN:
            women.append(line)
        elif line.row.key.startswith(_OF_SURVEY):
            of_survey.append(line)
        else:
            of_pages.append(line)
    parts = [women, of_pages, of_survey] if of_survey and of_pages else [list(lines)]
    return [part for part in parts if part]


def _build_table(comparison: Comparison, lines: Sequence[ComparisonLine]) -> SharesOfPeople | None:
    rows = [(line.row.label.removesuffix(_SURVEYED), line) for line in lines]
    sides_with_shares = find_sides_with_values(comparison.sides, lines)
    rungs = build_share_rungs("Who does it", "Share of people", sides_with_shares, rows)
    notes = dict.fromkeys(chain.from_iterable(figure_origins.write_survey_notes(comparison.sides, lines)))
    return SharesOfPeople(" ".join(notes), rungs) if rungs else None
