"""At a glance: about seven rows that answer what readers ask first, one line for each role on one axis."""

from comparisons.charts.lanes import draw_halves
from comparisons.comparison import Comparison
from comparisons.language.messages import figure_origins
from comparisons.language.verdict import find_takeaway
from comparisons.views.sections.glance import entry_rows, job_rows, pay_row, skill_rows
from comparisons.views.sections.pairs import PairRow, build_pair_lines, list_doubts


def build_glance_rows(comparison: Comparison) -> list[PairRow]:
    """The rows of the table at the top. What no role has is left out, and what is the same for all stands below it."""
    rows = [
        pay_row.build_pay_row(comparison),
        job_rows.build_jobs_row(comparison),
        job_rows.build_growth_row(comparison),
        job_rows.build_openings_row(comparison),
        entry_rows.build_education_row(comparison),
        entry_rows.build_degree_row(comparison),
        *entry_rows.build_demand_rows(comparison),
        skill_rows.build_rated_skills_row(comparison),
        skill_rows.build_listed_skills_row(comparison),
        _build_women_row(comparison),
    ]
    return [row for row in rows if row is not None]


def _build_women_row(comparison: Comparison) -> PairRow | None:
    line = comparison.differing.get("demographics.female_percent")
    if line is None:
        return None
    lanes = draw_halves([side.letter for side in comparison.sides], [cell.value for cell in line.cells])
    doubts = list_doubts(comparison, line)
    lines = [pair._replace(leads=False) for pair in build_pair_lines(comparison, line, lanes)]
    survey = figure_origins.write_survey_notes(comparison.sides, [line])[0]
    years = [note[:1].lower() + note[1:].rstrip(".") for note in survey]
    note = ", ".join(["women", *years])
    return PairRow(
        "Who does it",
        "people",
        [f"{note}; the line is half", *doubts],
        lines,
        find_takeaway(comparison, "demographics.female_percent"),
    )
