"""A sheet to put marks on: what all figures share, and the only maker of dictionaries in Plotly's schema.

Across, a sheet is as wide as its page: values stand on the axis `x`, which takes a part of the width, and words stand
at a share of the width or beside a value. Down, it counts pixels from the top. So a mark is at the same place on every
screen whoever draws it, and words keep their size on a narrow one.

Each mark is named for the part it plays, a role's letter or `ink`, `soft`, `grid`, in `meta` or `name`:
style sheets and scripts give it the colour that suits the reader. The colours here are those for white paper.
"""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any, Literal

from comparisons.formats import Number

Spec = dict[str, Any]
Anchor = Literal["left", "center", "right"]

COLOURS = {
    "a": "#0072B2",
    "b": "#C2510A",
    "c": "#00734F",
    "d": "#7B4D9E",
    "ink": "#1b1b1b",
    "soft": "#595959",
    "grid": "#e0e0e0",
}
SYMBOLS = {"a": "circle", "b": "diamond", "c": "triangle-up", "d": "square"}
FONT_SIZE = 13
LINE = 18  # pixels from one line of words to the next
AXIS = 26  # pixels below the marks for the numbers of an axis
BAR = 12
DOT = 11
GAP = 9  # pixels between a mark and its words
HOVER = 32  # characters of a line in a hover label: it must find room on the smallest phone
MARKER = 15  # pixels for a role's marker before words


def plain_words(text: str) -> str:
    """Plotly reads tags and entities in texts; what a page says is never one.

    >>> plain_words("C & <b>C++</b>")
    'C &amp; &lt;b&gt;C++&lt;/b&gt;'
    """
    return escape(text, quote=False)


def wrapped(text: str, width: int, most: int = 3) -> list[str]:
    """
    >>> wrapped("Information Technology/Support Technician", 36)
    ['Information Technology/Support', 'Technician']
    """
    return [text] if len(text) <= width else textwrap.wrap(text, width, max_lines=most, placeholder="…")


def ticks(low: float, high: float, most: int = 5) -> list[float]:
    """Round numbers within a span, at most so many.

    >>> ticks(55000, 121000), ticks(0, 83.4)
    ([60000.0, 80000.0, 100000.0, 120000.0], [0.0, 20.0, 40.0, 60.0, 80.0])
    """
    power = 10.0 ** (len(str(int(high - low))) - 2)
    for step in (power * factor for factor in (1, 2, 5, 10, 20, 50, 100)):
        first = -(-low // step)
        count = int(high // step - first) + 1
        if count <= most:
            return [(first + index) * step for index in range(count)]
    return []


@dataclass(slots=True)
class Sheet:
    """Marks, top to bottom. `y` is where the next line begins, in pixels from the top.

    `low` and `high` are the values at the two ends of the axis, `left` and `right` the part of the width it takes.
    """

    low: float
    high: float
    left: float = 0.0
    right: float = 1.0
    y: float = 0.0
    bars: dict[str, Spec] = field(default_factory=dict)
    dots: dict[str, Spec] = field(default_factory=dict)
    texts: list[Spec] = field(default_factory=list)
    strokes: list[Spec] = field(default_factory=list)

    def line(self, height: float = LINE) -> float:
        """Takes the next line; its middle."""
        self.y += height
        return self.y - height / 2

    def write(
        self,
        text: str,
        y: float,
        share: float = 0.0,
        *,
        part: str = "ink",
        anchor: Anchor = "left",
        bold: bool = False,
        indent: int = 0,
    ) -> None:
        """Words at a share of the width, and so many pixels further."""
        self._write(text, y, share, "paper", part, anchor, indent, bold)

    def label(self, text: str, y: float, value: Number, *, part: str, side: Anchor = "right") -> None:
        """Words to the left or right of a mark, or centred on its value."""
        anchor: Anchor = "left" if side == "right" else "right" if side == "left" else "center"
        self._write(text, y, float(value), "x", part, anchor, {"left": GAP, "right": -GAP, "center": 0}[anchor], False)

    def _write(
        self, text: str, y: float, x: float, against: str, part: str, anchor: str, shift: int, bold: bool
    ) -> None:
        self.texts.append(
            {
                "text": plain_words(text),
                "name": part,
                "x": x,
                "xref": against,
                "y": y,
                "yref": "y",
                "xanchor": anchor,
                "yanchor": "middle",
                "xshift": shift,
                "showarrow": False,
                "font": {"color": COLOURS[part], "weight": "bold" if bold else "normal"},
            }
        )

    def bar(self, part: str, y: float, start: Number, end: Number, says: Sequence[str], *, pale: bool = False) -> None:
        if part not in self.bars:
            self.bars[part] = {
                "type": "bar",
                "orientation": "h",
                "meta": part,
                "marker": {"color": COLOURS[part], "opacity": 0.35 if pale else 1.0},
                "hoverinfo": "text",
                "textposition": "none",
                **{name: [] for name in ("base", "x", "y", "width", "hovertext")},
            }
        trace = self.bars[part]
        trace["base"].append(float(start))
        trace["x"].append(float(end) - float(start))
        trace["y"].append(y)
        trace["width"].append(BAR)
        trace["hovertext"].append("<br>".join(plain_words(line) for text in says for line in wrapped(text, HOVER)))

    def dot(self, part: str, y: float, value: Number, says: Sequence[str], *, hollow: bool = False) -> None:
        if part not in self.dots:
            self.dots[part] = {
                "type": "scatter",
                "mode": "markers",
                "meta": part,
                "marker": {"color": COLOURS[part], "size": DOT, "symbol": []},
                "hoverinfo": "text",
                "cliponaxis": False,
                **{name: [] for name in ("x", "y", "hovertext")},
            }
        trace = self.dots[part]
        trace["x"].append(float(value))
        trace["y"].append(y)
        trace["marker"]["symbol"].append(SYMBOLS[part] + "-open" * hollow)
        trace["hovertext"].append("<br>".join(plain_words(line) for text in says for line in wrapped(text, HOVER)))

    def link(self, start: Number, end: Number, y: float) -> None:
        """A line between two marks, behind them."""
        self._stroke(start, end, y, y, "grid", "solid", 2)

    def border(self, value: Number) -> None:
        """A dotted line at a value, from the first bar to the last."""
        bars = [y for trace in self.bars.values() for y in trace["y"]]
        self._stroke(value, value, min(bars) - BAR / 2, max(bars) + BAR / 2, "soft", "dot", 1)

    def _stroke(self, x0: Number, x1: Number, y0: float, y1: float, part: str, dash: str, width: int) -> None:
        self.strokes.append(
            {
                "type": "line",
                "layer": "below",
                "name": part,
                "x0": float(x0),
                "x1": float(x1),
                "y0": y0,
                "y1": y1,
                "line": {"width": width, "color": COLOURS[part], "dash": dash},
            }
        )

    def spec(self, marks: Sequence[float] = (), words: Sequence[str] = ()) -> Spec:
        """The sheet as a figure in Plotly's schema; `marks` and `words` are the numbers written along the axis."""
        below = AXIS if marks else 0
        return {
            "data": [*self.bars.values(), *self.dots.values()],
            "layout": {
                "template": "none",
                "height": self.y + below,
                "margin": {"l": 0, "r": 0, "t": 0, "b": below, "pad": 0, "autoexpand": False},
                "paper_bgcolor": "rgba(0,0,0,0)",
                "plot_bgcolor": "rgba(0,0,0,0)",
                "font": {"family": "system-ui, sans-serif", "size": FONT_SIZE, "color": COLOURS["ink"]},
                "showlegend": False,
                "barmode": "overlay",
                "hovermode": "closest",
                "dragmode": False,
                "xaxis": {
                    "range": [float(self.low), float(self.high)],
                    "domain": [self.left, self.right],
                    "fixedrange": True,
                    "zeroline": False,
                    "showgrid": bool(marks),
                    "gridcolor": COLOURS["grid"],
                    "tickvals": list(marks),
                    "ticktext": list(words),
                    "tickfont": {"color": COLOURS["soft"]},
                },
                "yaxis": {"range": [self.y, 0.0], "fixedrange": True, "visible": False},
                "annotations": self.texts,
                "shapes": self.strokes,
            },
        }
