"""compare(roles) -> Comparison: the rows of the registry applied to roles, as plain data without HTML.

A line holds one cell per role, in the order of the roles. A cell keeps its raw value beside its text, and where the
value comes from. One role alone gives its own page.
"""

from collections.abc import Sequence

from comparisons.comparison.lines import are_comparable, build_lines, build_section, cell_of_all_jobs
from comparisons.comparison.role_sides import build_side, find_cut_lists
from comparisons.comparison.shared_lists import share_lists, share_skills
from comparisons.comparison.structure import (
    Cell,
    Comparison,
    ComparisonLine,
    Origin,
    SharedLists,
    Side,
    SkillMatch,
)
from comparisons.queries.occupation_lists import MajorEntry, RelatedEntry
from comparisons.queries.official_skills import compare_skills
from comparisons.queries.roles import MOST_ROLES, CurrentRole
from comparisons.rows import SECTIONS


def compare(roles: Sequence[CurrentRole]) -> Comparison:
    """One to four roles side by side, in the order given."""
    if not 1 <= len(roles) <= MOST_ROLES:
        raise ValueError(f"compare takes 1 to {MOST_ROLES} roles, not {len(roles)}")
    sides = tuple([build_side(index, role) for index, role in enumerate(roles)])
    by_row = {line.row.key: line for line in build_lines(roles, sides)}
    sections = tuple([build_section(section, by_row, len(roles)) for section in SECTIONS])
    lines = tuple([line for section in sections for line in section.lines])
    by_key = {key: line for line in lines for key in (line.row.key, *line.row.reads)}
    sources = {source.pk: source for side in sides for source in side.sources}
    return Comparison(
        sides,
        sections,
        lines,
        by_key,
        share_skills(roles),
        share_lists([role.related for role in roles], _related_key),
        share_lists([role.majors for role in roles], _major_key),
        compare_skills(roles),
        tuple(sources.values()),
        roles[0].revision,
        {line.row.key: cell for line in lines if (cell := cell_of_all_jobs(line, roles))},
    )


def _related_key(entry: RelatedEntry) -> str:
    return entry.slug


def _major_key(entry: MajorEntry) -> str:
    return entry.cip
