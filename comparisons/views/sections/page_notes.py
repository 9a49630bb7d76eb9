"""The notes on origins that pages of one role and of several have in common."""

from collections.abc import Mapping

from comparisons.comparison import Comparison
from comparisons.views.sections.getting_in import note_of_majors
from comparisons.views.sections.listed_skills import note_of_skills
from comparisons.views.sections.origins import OriginNote, notes_of_ratings, notes_of_rows
from comparisons.views.sections.outlook import note_of_new_jobs
from comparisons.views.tables import TableRow


def page_notes(comparison: Comparison, table_rows: Mapping[str, TableRow]) -> list[OriginNote]:
    return [
        *notes_of_rows(comparison, table_rows),
        *notes_of_ratings(comparison),
        *note_of_skills(comparison),
        *note_of_majors(comparison),
        *note_of_new_jobs(comparison),
    ]
