"""Figures in Plotly's schema, for readers who touch a chart. This is the only module that knows Plotly."""

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any, NamedTuple

from comparisons.charts.canvas import AXIS, COLOURS, DOT, FONT_SIZE, Axis, Sheet, wrapped

Spec = dict[str, Any]

SYMBOLS = {"a": "circle", "b": "diamond", "c": "triangle-up", "d": "square"}
PALE = 0.35  # as in `charts.svg`
HOVER = 32  # characters of a line in a hover label, which must fit on the smallest phone
LINE_BREAK = "<br>"  # as Plotly understands it


def validated(spec: Spec) -> str:
    """Return a figure as JSON that the plotly package has checked; ValueError names what is wrong."""
    # Imported here because it takes memory that a process which only serves pages need not spend.
    from plotly.graph_objects import Figure

    checked: str = Figure(spec).to_json()
    return checked


def plain_words(text: str) -> str:
    """Escape a text for Plotly, which would read tags and entities in it.

    >>> plain_words("C & <b>C++</b>")
    'C &amp; &lt;b&gt;C++&lt;/b&gt;'
    """
    return escape(text, quote=False)


def plotly_spec(sheet: Sheet) -> Spec:
    """Describe a sheet. Values are floats, because JSON writes decimals as text, which Plotly takes for categories."""
    axes = {axis: f"x{place}" if place > 1 else "x" for place, axis in enumerate(sheet.axes, 1)}
    return {
        "data": [*_bars(sheet, axes), *_dots(sheet, axes)],
        "layout": {
            "template": "none",
            "height": sheet.height,
            "margin": {"l": 0, "r": 0, "t": 0, "b": AXIS if sheet.ticks else 0, "pad": 0, "autoexpand": False},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "font": {"family": "system-ui, sans-serif", "size": FONT_SIZE, "color": COLOURS["ink"]},
            "showlegend": False,
            "barmode": "overlay",
            "hovermode": "closest",
            "dragmode": False,
            **{name.replace("x", "xaxis"): _axis(axis) for axis, name in axes.items()},
            "yaxis": {"range": [float(sheet.y), 0.0], "fixedrange": True, "visible": False},
            "annotations": list(_annotations(sheet)),
            "shapes": list(_shapes(sheet)),
        }
        | ({"xaxis": _axis(sheet.axis) | _numbers(sheet)} if sheet.axes else {}),
    }


def _axis(axis: Axis) -> Spec:
    backwards = axis.left > axis.right
    return {
        "range": [axis.high, axis.low] if backwards else [axis.low, axis.high],
        "domain": sorted([axis.left, axis.right]),
        "fixedrange": True,
        "zeroline": False,
        "showgrid": False,
        "tickvals": [],
    }


def _numbers(sheet: Sheet) -> Spec:
    return {
        "showgrid": bool(sheet.ticks),
        "gridcolor": COLOURS["grid"],
        "tickvals": [value for value, _ in sheet.ticks],
        "ticktext": [words for _, words in sheet.ticks],
        "tickfont": {"color": COLOURS["soft"]},
    }


def _bars(sheet: Sheet, axes: dict[Axis, str]) -> Iterable[Spec]:
    for (part, pale, axis), bars in sheet.bars.items():
        yield {
            "type": "bar",
            "orientation": "h",
            "meta": part,
            "marker": {"color": COLOURS[part], "opacity": PALE if pale else 1.0},
            "hoverinfo": "text",
            "textposition": "none",
            "xaxis": axes[axis],
            "base": [bar.start for bar in bars],
            "x": [bar.end - bar.start for bar in bars],
            "y": [float(bar.y) for bar in bars],
            "width": [bar.width for bar in bars],
            "hovertext": [_hover(bar.says) for bar in bars],
        }


def _dots(sheet: Sheet, axes: dict[Axis, str]) -> Iterable[Spec]:
    for (part, axis), dots in sheet.dots.items():
        symbols = [SYMBOLS[part] + "-open" * dot.hollow for dot in dots]
        yield {
            "type": "scatter",
            "mode": "markers",
            "meta": part,
            "marker": {"color": COLOURS[part], "size": DOT, "symbol": symbols},
            "hoverinfo": "text",
            "cliponaxis": False,
            "xaxis": axes[axis],
            "x": [dot.value for dot in dots],
            "y": [float(dot.y) for dot in dots],
            "hovertext": [_hover(dot.says) for dot in dots],
        }


def _hover(says: Iterable[str], *, quote: bool = False) -> str:
    lines: list[str] = []
    for text in says:
        lines += wrapped(text, HOVER)
    return LINE_BREAK.join(escape(line, quote=quote) for line in lines)


def _annotations(sheet: Sheet) -> Iterable[Spec]:
    for (part, bold, anchor), words in sheet.words.items():
        for text, x, y, shift in words:
            yield {
                "text": plain_words(text),
                "name": part,
                "x": x / 100,
                "xref": "paper",
                "y": float(y),
                "yref": "y",
                "xanchor": anchor,
                "yanchor": "middle",
                "xshift": shift,
                "showarrow": False,
                "font": {"color": COLOURS[part], "weight": "bold" if bold else "normal"},
            }


def _shapes(sheet: Sheet) -> Iterable[Spec]:
    for (part, width, dotted), strokes in sheet.strokes.items():
        for x0, y0, x1, y1 in strokes:
            yield {
                "type": "line",
                "layer": "below",
                "name": part,
                "x0": x0 / 100,
                "x1": x1 / 100,
                "xref": "paper",
                "y0": float(y0),
                "y1": float(y1),
                "line": {"width": width, "color": COLOURS[part], "dash": "dot" if dotted else "solid"},
            }


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


def points_spec(frame: PointsFrame, traces: Iterable[PointsTrace]) -> Spec:
    """Describe points without axes, to be drawn over a drawing that has them."""
    return {
        "data": [_points(trace) for trace in traces],
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


def _points(trace: PointsTrace) -> Spec:
    return {
        "type": "scatter",
        "mode": "markers",
        "meta": trace.part,
        "x": trace.x,
        "y": trace.y,
        "customdata": trace.data,
        "hovertext": [_hover(label, quote=True) for label in trace.labels],
        "hoverinfo": "text",
        "marker": {
            "size": trace.size,
            "color": COLOURS["soft"],
            "opacity": 0.7,
            "line": {"width": 1, "color": "#fff"},
        },
    }
