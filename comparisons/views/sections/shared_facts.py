"""What leaves the table at the top of a page: what is the same for all roles, and what the page does not have."""

from collections.abc import Mapping
from typing import NamedTuple

from comparisons.comparison import Comparison, ComparisonLine
from comparisons.language.messages import absent_values, row_notes
from comparisons.rows import KEYS_WITH_PART
from comparisons.titles import capitalize
from comparisons.views.sections.years import list_reasons_without_years

# Rows that say nothing by themselves, and the share of self-employed people, which a sentence of its own tells.
_SILENT = ("projection.years", "projection.self_employed_percent", "outlook.relative_error_percent")
# Rows that are worth telling where they are the same, although the page has a part for them.
_AGES = ("demographics.average_age", "demographics.median_age")


class SharedFact(NamedTuple):
    """`origin`: the anchor of the note on its origin."""

    label: str
    text: str
    origin: str


class SharedFacts(NamedTuple):
    """`note`: which of the facts are no help in choosing, "" if all may be."""

    facts: list[SharedFact]
    note: str


def find_shared_facts(comparison: Comparison, group_figures: Mapping[str, str]) -> SharedFacts | None:
    """The values that all roles share; None where there are none. `group_figures`: see `find_group_figures`."""
    lines = [line for line in comparison.lines if line.same and _is_worth_telling(comparison, line)]
    if not lines:
        return None
    facts = [SharedFact(_name_fact(line), line.cells[0].text, line.row.anchor) for line in lines]
    of_group = [line.row.label for line in lines if line.row.key in group_figures]
    publishers = {group_figures[line.row.key] for line in lines if line.row.key in group_figures}
    return SharedFacts(facts, row_notes.write_no_help_in_choosing(of_group, len(lines), sorted(publishers)))


def _name_fact(line: ComparisonLine) -> str:
    """The label, without a unit that the figure says too."""
    label = line.row.label
    return label.removesuffix(" a year") if " a year" in line.cells[0].text else label


def _is_worth_telling(comparison: Comparison, line: ComparisonLine) -> bool:
    key = line.row.key
    if key in _SILENT or (key == "requirements.education" and comparison.by_key.get("attainment.bachelor") is not None):
        return False  # the table at the top has the typical education beside what people have
    return key in _AGES or key not in KEYS_WITH_PART


# What readers look for -> the rows that would have it.
_LOOKED_FOR = {
    "median pay": ("salary.annual_median", "salary.hourly_median"),
    "the number of jobs": ("outlook.job_count",),
    "growth": ("projection.growth_percent", "outlook.growth_percent"),
    "openings": ("projection.openings_per_year",),
    "education": ("requirements.education", "education.degree"),
    "training on the job": ("requirements.training",),
    "who does it": ("demographics.female_percent",),
}


def name_missing_facts(comparison: Comparison, *, has_states: bool, has_years: bool) -> list[str]:
    """What readers look for and no role has, with the reasons, each a sentence.

    `has_states`, `has_years`: the page has pay by state, and pay over the years.
    """
    missing = [name for name, keys in _LOOKED_FOR.items() if comparison.by_key.keys().isdisjoint(keys)]
    reasons = list_reasons_without_years(comparison.sides)
    has_reason = not has_years and reasons != [side.absent.missing for side in comparison.sides]
    missing += _name_missing_lists(comparison, has_states=has_states, has_years=has_years or has_reason)
    empty = [line for line in comparison.lines if line.empty and _is_looked_for(line)]
    sentences = []
    if missing:
        sentences.append(f"{capitalize(', '.join(missing))}: {absent_values.explain_absent_section(comparison.sides)}.")
    if has_reason:
        sentences.append(f"Pay over the years: {absent_values.describe_reasons(reasons, comparison.sides)}.")
    return sentences + absent_values.explain_absent_lines(empty, comparison.sides)


def _name_missing_lists(comparison: Comparison, *, has_states: bool, has_years: bool) -> list[str]:
    lists = {
        "pay by state": has_states,
        "pay over the years": has_years,
        "skills": any(comparison.skills.lists) or any(comparison.official_skills.sources["rated_skills"]),
        "technology": any(comparison.official_skills.technology),
        "tasks": any(side.role.duties or not side.summary.missing for side in comparison.sides),
    }
    return [name for name, is_there in lists.items() if not is_there]


def _is_looked_for(line: ComparisonLine) -> bool:
    """Of pay for one unit of time, the median represents all figures."""
    key = line.row.key
    return not key.startswith(("salary.annual_", "salary.hourly_")) or key.endswith("_median")
