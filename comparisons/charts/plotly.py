"""Figures in Plotly's schema, for readers who touch a chart. This is the only module that knows Plotly."""

import textwrap
from collections.abc import Iterable, Sequence
from html import escape
from typing import Any, NamedTuple

from comparisons.charts.lanes import STRIP_MIDDLE, STROKE, Lane, LaneMark
from comparisons.formats import dollars

# Each mark is named for the part it plays, a role's letter or another: style sheets and scripts give it the color that
# suits the reader. The colors here are those for white paper.
COLORS = {
    "a": "#0072B2",
    "b": "#C2510A",
    "c": "#00734F",
    "d": "#7B4D9E",
    "ink": "#1b1b1b",
    "soft": "#595959",
    "grid": "#e0e0e0",
}
FONT_SIZE = 13
DOT = 11

Spec = dict[str, Any]

SYMBOLS = {"a": "circle", "b": "diamond", "c": "triangle-up", "d": "square"}
_STROKES = "t"  # in place of a role's letter
PAPER = "#fff"
HOVER = 32  # characters of a line in a hover label, which must fit on the smallest phone
LINE_BREAK = "<br>"  # as Plotly understands it


def validate(spec: Spec) -> str:
    """Return a figure as JSON that the plotly package has checked; ValueError names what is wrong."""
    # Imported here because it takes memory that a process which only serves pages need not spend.
    from plotly.graph_objects import Figure

    checked: str = Figure(spec).to_json()
    return checked


def describe_lane(lane: Lane) -> Spec:
    """Describe the marks of a lane that have a tooltip, to be drawn over it where they are: across in percent of
    its width, down in pixels. A color is that of the role; scripts put the reader's in its place by `meta`."""
    by_letter: dict[str, list[LaneMark]] = {}
    for mark in (*_mark_strokes(lane), *lane.marks, *lane.unmarked):
        if mark.tooltip:
            by_letter.setdefault(mark.letter, []).append(mark)
    return {
        "data": [_trace_lane(letter, marks, lane) for letter, marks in by_letter.items()],
        "layout": {
            "template": "none",
            "height": lane.height,
            "margin": {"l": 0, "r": 0, "t": 0, "b": 0, "pad": 0, "autoexpand": False},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "font": {"family": "system-ui, sans-serif", "size": FONT_SIZE},
            "showlegend": False,
            "hovermode": "closest",
            "dragmode": False,
            "xaxis": {"range": [0, 100], "fixedrange": True, "visible": False},
            "yaxis": {"range": [lane.height, 0], "fixedrange": True, "visible": False},
        },
    }


def _mark_strokes(lane: Lane) -> list[LaneMark]:
    marks = []
    for x, value, name in lane.strokes:
        marks.append(LaneMark(_STROKES, f"{x / 10:g}", STRIP_MIDDLE, f"{name}: {dollars(value)}"))
    return marks


def _trace_lane(letter: str, marks: Sequence[LaneMark], lane: Lane) -> Spec:
    """Strokes have the color of their lane."""
    part = lane.css_class if letter == _STROKES else letter
    if letter == _STROKES:
        look: Spec = {"size": STROKE, "symbol": "line-ns-open", "line": {"width": 2}, "opacity": 0.5}
    else:
        look = {"size": DOT + 2, "symbol": SYMBOLS[letter], "line": {"width": 2, "color": PAPER}}
    return {
        "type": "scatter",
        "mode": "markers",
        "meta": part,
        "x": [float(mark.x) for mark in marks],
        "y": [float(mark.y) for mark in marks],
        "hovertext": [_write_hover(mark.tooltip.replace(": ", ":\n").split("\n")) for mark in marks],
        "hoverinfo": "text",
        "cliponaxis": False,
        "marker": {"color": COLORS[part]} | look,
    }


def _write_hover(texts: Iterable[str], *, quote: bool = False) -> str:
    lines: list[str] = []
    for text in texts:
        lines += textwrap.wrap(text, HOVER, max_lines=3, placeholder="…")
    return LINE_BREAK.join(escape(line, quote=quote) for line in lines)


class PointsFrame(NamedTuple):
    """The place of points: the ends of the horizontal axis and their shares of the width, the values at the lower and
    the upper edge, and in pixels the height of all and of the foot below the points."""

    x_range: tuple[float, float]
    domain: tuple[float, float]
    y_range: tuple[float, float]
    height: int
    foot: int


class PointsTrace(NamedTuple):
    """Points of one look. `size`: pixels. `labels`: the texts of each hover label; the last one takes a line alone.
    `data`: what scripts need to know of each point."""

    part: str
    size: int
    x: Sequence[float]
    y: Sequence[float]
    labels: Sequence[tuple[str, str]]
    data: Sequence[Sequence[str]]


def describe_traces(frame: PointsFrame, traces: Iterable[PointsTrace]) -> Spec:
    """Describe points without axes, to be drawn over a drawing that has them."""
    return {
        "data": [_draw_points(trace) for trace in traces],
        "layout": {
            "height": frame.height,
            "margin": {"l": 0, "r": 0, "t": 0, "b": frame.foot, "pad": 0},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "hovermode": "closest",
            "dragmode": False,
            "showlegend": False,
            "font": {"size": FONT_SIZE},
            "xaxis": {
                "range": list(frame.x_range),
                "domain": list(frame.domain),
                "visible": False,
                "fixedrange": True,
            },
            "yaxis": {"range": list(frame.y_range), "visible": False, "fixedrange": True},
        },
    }


def _draw_points(trace: PointsTrace) -> Spec:
    return {
        "type": "scatter",
        "mode": "markers",
        "meta": trace.part,
        "x": trace.x,
        "y": trace.y,
        "customdata": trace.data,
        "hovertext": [_write_hover(label, quote=True) for label in trace.labels],
        "hoverinfo": "text",
        "marker": {
            "size": trace.size,
            "color": COLORS["soft"],
            "opacity": 0.7,
            "line": {"width": 1, "color": "#fff"},
        },
    }
