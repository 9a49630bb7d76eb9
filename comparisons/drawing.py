"""A figure's dictionary as inline SVG: the first view, paper and files, before or without the browser's Plotly.

It reads the dictionary and nothing else, so that both drawings show the same numbers. Across it writes percentages of
the width, and Plotly leaves no margin, so that a mark stays where it is when Plotly draws over it on any screen.
"""

from collections.abc import Iterator
from html import unescape
from itertools import groupby
from typing import Any, NamedTuple

from django.utils.safestring import SafeString

from comparisons.charts import Figure
from comparisons.markup import Piece, filled
from comparisons.sheet import COLOURS, Spec

# Plotly's symbols, for a size of 10 pixels.
SYMBOLS = {
    "circle": "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0",
    "diamond": "M0-6.5L6.5 0 0 6.5-6.5 0z",
    "triangle-up": "M0-6L5.8 4H-5.8z",
    "square": "M-5-5H5V5H-5z",
}
ANCHORS = {"left": "", "center": ' text-anchor="middle"', "right": ' text-anchor="end"'}


# The group that a part's marks stand in: a class, for the style sheet to colour, and the colour on white paper.
GROUPS = {part: f'<g class="{part}" color="{colour}"' for part, colour in COLOURS.items()}
STROKE = ' stroke="currentColor"'
BOLD = {"bold": ' font-weight="bold"', "normal": ""}


class Places(NamedTuple):
    """Where values stand: `x` times `scale` plus `start` is percent of the width; `y` likewise pixels from the top."""

    start: float
    scale: float
    top: float
    slope: float

    @classmethod
    def of(cls, layout: Spec) -> "Places":
        """
        >>> axis = {"range": [50, 100], "domain": [0.2, 0.8]}
        >>> layout = {"height": 130, "margin": {"b": 30}, "xaxis": axis, "yaxis": {"range": [100, 0]}}
        >>> places = Places.of(layout)
        >>> places.across(50), places.across(100), places.down(0), places.down(100)
        (20.0, 80.0, 0.0, 100.0)
        """
        (low, high), (left, right) = layout["xaxis"]["range"], layout["xaxis"]["domain"]
        bottom, top = layout["yaxis"]["range"]
        scale = 100 * (right - left) / (high - low)
        slope = (layout["height"] - layout["margin"]["b"]) / (bottom - top)
        return cls(100 * left - low * scale, scale, -top * slope, slope)

    def across(self, value: float) -> float:
        return self.start + value * self.scale

    def down(self, value: float) -> float:
        return self.top + value * self.slope


def svg(figure: Figure) -> SafeString:
    """The figure as one <svg> element, as wide as its place and of the figure's height.

    Numbers are written with the format `.4g`, which takes nothing else, and colours come from the table of them: only
    words are left to be escaped.
    """
    return filled(_pieces(figure))


def _pieces(figure: Figure) -> Iterator[Piece]:
    layout = figure.spec["layout"]
    places = Places.of(layout)
    size = layout["font"]["size"]
    yield (
        f'<svg class="drawing" width="100%" height="{layout["height"]:.4g}" font-size="{size:.4g}" fill="currentColor"'
        ' role="img" aria-labelledby="{}-name {}-alt"><title id="{}-name">{}</title><desc id="{}-alt">{}</desc>',
        [figure.slug, figure.slug, figure.slug, figure.name, figure.slug, figure.alt],
    )
    yield from _strokes(layout["shapes"], places)
    if layout["xaxis"]["tickvals"]:
        yield from _axis(layout["xaxis"], layout["height"] - layout["margin"]["b"], places)
    for trace in figure.spec["data"]:
        yield _bars(trace, places) if trace["type"] == "bar" else _dots(trace, places)
    yield from _texts(layout["annotations"], places, size)
    yield "</svg>", []


def _strokes(shapes: list[Spec], places: Places) -> Iterator[Piece]:
    def look(shape: Spec) -> tuple[Any, ...]:
        return shape["name"], shape["line"]["width"], shape["line"]["dash"]

    for (part, width, dash), same in groupby(shapes, look):
        ends = ((each["x0"], each["y0"], each["x1"], each["y1"]) for each in same)
        lines = "".join(
            _line(places.across(x0), places.down(y0), places.across(x1), places.down(y1)) for x0, y0, x1, y1 in ends
        )
        dots = ' stroke-dasharray="2"' if dash == "dot" else ""
        yield f'{GROUPS[part]}{STROKE} stroke-width="{width:.4g}"{dots}>{lines}</g>', []


def _line(x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<line x1="{x1:.4g}%" y1="{y1:.4g}" x2="{x2:.4g}%" y2="{y2:.4g}"/>'


def _axis(axis: Spec, bottom: float, places: Places) -> Iterator[Piece]:
    across = [places.across(value) for value in axis["tickvals"]]
    lines = "".join(_line(x, 0, x, bottom) for x in across)
    yield f"{GROUPS['grid']}{STROKE}>{lines}</g>", []
    words = "".join(f'<text x="{x:.4g}%" y="{bottom + 18:.4g}">{{}}</text>' for x in across)
    yield f"{GROUPS['soft']}{ANCHORS['center']}>{words}</g>", axis["ticktext"]


def _bars(trace: Spec, places: Places) -> Piece:
    marker = trace["marker"]
    marks = []
    for base, length, y, width in zip(trace["base"], trace["x"], trace["y"], trace["width"], strict=True):
        left, top = places.across(base), places.down(y) - width / 2
        marks.append(f'<rect x="{left:.4g}%" y="{top:.4g}" width="{length * places.scale:.4g}%" height="{width:.4g}"/>')
    return f'{GROUPS[trace["meta"]]} fill-opacity="{marker["opacity"]:.4g}">{"".join(marks)}</g>', []


def _dots(trace: Spec, places: Places) -> Piece:
    marker = trace["marker"]
    marks = []
    for x, y, symbol in zip(trace["x"], trace["y"], marker["symbol"], strict=True):
        path = SYMBOLS[symbol.removesuffix("-open")]
        hollow = f' fill="none"{STROKE} stroke-width="2"' if symbol.endswith("-open") else ""
        place = f'x="{places.across(x):.4g}%" y="{places.down(y):.4g}"'
        marks.append(f'<svg {place} overflow="visible"><path d="{path}"{hollow}/></svg>')
    return f"{GROUPS[trace['meta']]}>{''.join(marks)}</g>", []


def _texts(texts: list[Spec], places: Places, size: float) -> Iterator[Piece]:
    """Words in groups of one look: the more they have in common, the fewer bytes."""

    def look(text: Spec) -> tuple[Any, ...]:
        return text["name"], text["font"]["weight"], text["xanchor"]

    drop = 0.35 * size  # from the middle of a line of words to the foot of its letters
    for (part, weight, anchor), same in groupby(sorted(texts, key=look), look):
        marks, words = [], []
        for text in same:
            x = 100 * text["x"] if text["xref"] == "paper" else places.across(text["x"])
            shift = f' dx="{text["xshift"]:.4g}"' if text["xshift"] else ""
            marks.append(f'<text x="{x:.4g}%" y="{places.down(text["y"]) + drop:.4g}"{shift}>{{}}</text>')
            words.append(unescape(text["text"]))
        yield f"{GROUPS[part]}{BOLD[weight]}{ANCHORS[anchor]}>{''.join(marks)}</g>", words
