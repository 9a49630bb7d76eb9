"""All that is known of skills: ratings, what pages list, and technology."""

from collections.abc import Sequence
from typing import NamedTuple

from comparisons.comparison import Comparison
from comparisons.queries.current_role import CitedPage
from comparisons.views.sections.cited_sources import cite_pages
from comparisons.views.sections.listed_skills import ListedSkills, cut_lists_of_skills, listed_skills
from comparisons.views.sections.needed_skills import NeededSkills, needed_skills
from comparisons.views.sections.software import Software, software


class SkillsShown(NamedTuple):
    """`subject`: what the section is about. `cut`: what copies that were cut do not hold, where no page lists any."""

    subject: str
    sources: Sequence[str]
    needed: NeededSkills | None
    listed: ListedSkills | None
    software: Software | None
    cut: Sequence[str]


def skills_shown(comparison: Comparison) -> SkillsShown | None:
    needed, listed = needed_skills(comparison), listed_skills(comparison)
    programs = software(comparison)
    cut = [] if listed else cut_lists_of_skills(comparison)
    if not (needed or listed or programs or cut):
        return None
    pages: list[CitedPage | None] = []
    for group in ("skills", "rated_skills", "knowledge"):
        pages += [side.list_sources.get(group) for side in comparison.sides]
    subject = "How important each is in the job." if needed else "As their pages list them."
    return SkillsShown(subject, cite_pages(pages), needed, listed, programs, cut)
