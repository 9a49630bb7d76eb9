"""The sections that pages of one role and of several have in common, with every text ready for the templates."""

from typing import Any

from comparisons.comparison import Comparison
from comparisons.language.messages.absent_values import EVERYONE
from comparisons.language.verdict.outlook_findings import describe_self_employed
from comparisons.queries.group_figures import find_group_figures
from comparisons.queries.place import Place
from comparisons.views.place_parts import build_place_form
from comparisons.views.sections.all_figures import build_all_figures
from comparisons.views.sections.daily_work import build_work_section
from comparisons.views.sections.figure_lines import build_rows
from comparisons.views.sections.getting_in import build_entry_section, build_majors_note
from comparisons.views.sections.origins import build_rating_notes, build_row_notes
from comparisons.views.sections.outlook import build_outlook_section
from comparisons.views.sections.pay import build_pay_section
from comparisons.views.sections.people import build_people_section
from comparisons.views.sections.shared_facts import find_shared_facts
from comparisons.views.sections.skills import build_skills_note, build_skills_section
from comparisons.views.sections.years import build_years_section


def build_page_sections(comparison: Comparison, place: Place | None, unknown_state: str) -> dict[str, Any]:
    """`place`: the state that the roles are in. `unknown_state`: what a reader asked for, if it names none."""
    group_figures = find_group_figures(comparison.revision, comparison.shared_values())
    table_rows = build_rows(comparison, group_figures)
    outlook = build_outlook_section(comparison)
    return {
        "sides": comparison.sides,
        "everyone": EVERYONE.get(len(comparison.sides), ""),
        "shared_facts": find_shared_facts(comparison, group_figures),
        "self_employed": describe_self_employed(comparison),
        "pay": build_pay_section(comparison),
        "years": build_years_section(comparison),
        "entry": build_entry_section(comparison),
        "skills": build_skills_section(comparison),
        "work": build_work_section(comparison),
        "outlook": outlook,
        "people": build_people_section(comparison),
        "all_figures": build_all_figures(comparison, table_rows),
        "place": build_place_form(comparison, place, unknown_state),
        "place_query": place.query if place else "",
        "origin_notes_of_page": [
            *build_row_notes(comparison, table_rows),
            *build_rating_notes(comparison),
            *build_skills_note(comparison),
            *build_majors_note(comparison),
            *([outlook.origins] if outlook and outlook.origins else []),
        ],
    }
