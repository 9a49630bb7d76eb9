"""Each figure of a comparison, described once as a sheet of marks; `drawing` and the browser's Plotly draw from it.

A figure exists when one role at least has its values. A role without them stands in it with the reason, never as
nought. Only what a source says is drawn: a pay range has two ends, and nobody knows which percentiles they are.
"""

from comparisons.charts.demographics import demographics
from comparisons.charts.figure import Figure
from comparisons.charts.jobs import jobs
from comparisons.charts.pay import pay
from comparisons.charts.plotly import validated
from comparisons.charts.skills import skills
from comparisons.comparison import Comparison

__all__ = ["Figure", "figures", "validated_json"]


def draw_figures(comparison: Comparison) -> tuple[Figure, ...]:
    """The figures that a comparison of one to four roles has values for, in the order of the page."""
    found = (draw(comparison) for draw in (pay, jobs, skills, demographics))
    return tuple(figure for figure in found if figure)


def validated_json(figure: Figure) -> str:
    """The figure for the browser's Plotly."""
    return validated(figure.spec)
