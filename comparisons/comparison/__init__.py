"""compare(roles) -> Comparison: the rows of the registry applied to roles, as plain data without HTML.

A line holds one cell per role, in the order of the roles. A cell keeps its raw value beside its text, and where the
value comes from. One role alone gives its own page.
"""

from collections.abc import Sequence
from itertools import chain
from operator import attrgetter

from comparisons.comparison.compared_lists import compare_listed_skills, compare_lists
from comparisons.comparison.lines import are_comparable, build_sections, find_all_jobs_cells
from comparisons.comparison.official_skills import compare_official_skills
from comparisons.comparison.role_sides import build_side, find_cut_lists, tell_apart
from comparisons.comparison.structure import Cell, ComparedLists, Comparison, ComparisonLine, Origin, Side, SkillMatch
from comparisons.queries.current_role import CurrentRole
from comparisons.rows import MOST_ROLES


def compare(roles: Sequence[CurrentRole]) -> Comparison:
    """One to four roles side by side, in the order given."""
    if not 1 <= len(roles) <= MOST_ROLES:
        raise ValueError(f"compare takes 1 to {MOST_ROLES} roles, not {len(roles)}")
    sides = tell_apart(map(build_side, range(len(roles)), roles))
    sections = build_sections(roles, sides)
    lines = tuple(chain.from_iterable([section.lines for section in sections.values()]))
    by_key: dict[str, ComparisonLine] = {}  # by the keys of rows, and of the values that these show together
    for line in lines:
        by_key |= dict.fromkeys((line.row.key, *line.row.reads), line)
    published = []
    for index in range(len(roles)):
        published.append({key: line.cells[index] for key, line in by_key.items() if not line.cells[index].missing})
    majors = list(map(attrgetter("majors"), roles))
    sources = {source.pk: source for source in chain.from_iterable(map(attrgetter("sources"), sides))}
    return Comparison(
        sides=sides,
        sections=sections,
        lines=lines,
        by_key=by_key,
        complete={key: line for key, line in by_key.items() if line.complete},
        differing={key: line for key, line in by_key.items() if not line.same and not line.empty},
        published=published,
        skills=compare_listed_skills(roles),
        majors=compare_lists(majors, attrgetter("cip")),
        official_skills=compare_official_skills(roles),
        sources=tuple(sources.values()),
        revision=roles[0].revision,
        all_jobs=find_all_jobs_cells(lines, roles),
    )
