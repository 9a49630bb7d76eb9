"""The figures of a comparison. Each is described once, as a sheet of marks; the SVG and Plotly are made from it.

A figure exists when at least one role has its values. For a role without them it gives the reason, never a zero. Only
what a source says is drawn: a pay range has two ends, and nobody knows which percentiles they are.
"""

from comparisons.charts.demographics import demographics
from comparisons.charts.figure import Figure
from comparisons.charts.history import history
from comparisons.charts.jobs import jobs
from comparisons.charts.pay import pay
from comparisons.charts.plotly import validated
from comparisons.charts.skills import skills
from comparisons.comparison import Comparison

__all__ = ["Figure", "draw_figures", "validated_json"]


def draw_figures(comparison: Comparison) -> tuple[Figure, ...]:
    """Draw the figures that a comparison of one to four roles has values for, in the order of the page."""
    figures = (draw(comparison) for draw in (pay, history, jobs, skills, demographics))
    return tuple(figure for figure in figures if figure)


def validated_json(figure: Figure) -> str:
    """Return the figure as JSON for the browser's Plotly."""
    return validated(figure.spec)
