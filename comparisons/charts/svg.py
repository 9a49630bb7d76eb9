"""A figure's sheet as inline SVG: the first view, paper and files, before or without the browser's Plotly.

It reads the sheet and nothing else, as `charts.interactive` does, so that both drawings show the same numbers. Across
it writes percents of the width, and Plotly leaves no margin, so that a mark stays where it is when Plotly draws over
it on any screen. Most of its length is numbers, written by formats that take nothing else; words are escaped one by
one, and the whole is declared safe once.
"""

from html import escape

from django.utils.safestring import SafeString

from comparisons.charts import Figure
from comparisons.charts.canvas import AXIS, COLOURS, FONT_SIZE, Axis, Bar, Dot, Sheet, Stroke, Words

# Plotly's symbols, for a size of 10 pixels.
SYMBOLS = {
    "a": "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0",
    "b": "M0-6.5L6.5 0 0 6.5-6.5 0z",
    "c": "M0-6L5.8 4H-5.8z",
    "d": "M-5-5H5V5H-5z",
}
FILLED = {part: f'><path d="{path}"/></svg>' for part, path in SYMBOLS.items()}
HOLLOW = {
    part: f'><path d="{path}" fill="none" stroke="currentColor" stroke-width="2"/></svg>'
    for part, path in SYMBOLS.items()
}
# The group that a part's marks stand in: a class, for the style sheet to colour, and the colour on white paper.
GROUPS = {part: f'<g class="{part}" color="{colour}"' for part, colour in COLOURS.items()}
ANCHORS = {"left": "", "center": ' text-anchor="middle"', "right": ' text-anchor="end"'}
STROKE = ' stroke="currentColor"'
PALE = 0.35  # how much of the paper a pale bar covers
DROP = 5  # pixels from the middle of a line of words to the foot of its letters


def svg(figure: Figure) -> SafeString:
    """The figure as one <svg> element, as wide as its place and of the figure's height."""
    slug, sheet = figure.slug, figure.sheet
    marks = [
        f'<svg class="drawing" width="100%" height="{sheet.height:d}" font-size="{FONT_SIZE}" fill="currentColor"'
        f' role="img" aria-labelledby="{slug}-name {slug}-alt"><title id="{slug}-name">{escape(figure.name)}</title>'
        f'<desc id="{slug}-alt">{escape(figure.alt)}</desc>'
    ]
    if sheet.ticks:
        marks.append(_axis(sheet))
    for (part, width, dotted), strokes in sheet.strokes.items():
        dots = ' stroke-dasharray="2"' if dotted else ""
        marks.append(f'{GROUPS[part]}{STROKE} stroke-width="{width:d}"{dots}>{_lines(strokes)}</g>')
    for (part, pale, axis), bars in sheet.bars.items():
        opacity = f' fill-opacity="{PALE}"' if pale else ""
        marks.append(f"{GROUPS[part]}{opacity}>{_bars(bars, axis)}</g>")
    for (part, axis), points in sheet.dots.items():
        marks.append(f"{GROUPS[part]}>{_dots(points, part, axis)}</g>")
    for (part, bold, anchor), words in sheet.words.items():
        weight = ' font-weight="bold"' if bold else ""
        marks.append(f"{GROUPS[part]}{weight}{ANCHORS[anchor]}>{_texts(words)}</g>")
    marks.append("</svg>")
    return SafeString("".join(marks))


def _axis(sheet: Sheet) -> str:
    bottom = sheet.y
    across = [sheet.axis.across(value) for value, _ in sheet.ticks]
    lines = _lines([Stroke(x, 0, x, bottom) for x in across])
    words = _texts([Words(text, x, bottom + AXIS // 2, 0) for x, (_, text) in zip(across, sheet.ticks, strict=True)])
    return f"{GROUPS['grid']}{STROKE}>{lines}</g>{GROUPS['soft']}{ANCHORS['center']}>{words}</g>"


def _lines(strokes: list[Stroke]) -> str:
    return "".join(
        [f'<line x1="{x0:.4g}%" y1="{y0:d}" x2="{x1:.4g}%" y2="{y1:d}"/>' for x0, y0, x1, y1 in strokes],
    )


def _bars(bars: list[Bar], axis: Axis) -> str:
    marks, begin, scale, size = [], axis.start, axis.scale, abs(axis.scale)
    for y, start, end, width, _ in bars:
        left = begin + scale * (start if scale > 0 else end)
        marks.append(
            f'<rect x="{left:.4g}%" y="{y - width // 2:d}" width="{(end - start) * size:.4g}%" height="{width:d}"/>'
        )
    return "".join(marks)


def _dots(dots: list[Dot], part: str, axis: Axis) -> str:
    shapes, start, scale = (FILLED[part], HOLLOW[part]), axis.start, axis.scale
    return "".join(
        [
            f'<svg x="{start + scale * value:.4g}%" y="{y:d}" overflow="visible"{shapes[hollow]}'
            for y, value, hollow, _ in dots
        ]
    )


def _texts(words: list[Words]) -> str:
    return "".join(
        [
            f'<text x="{x:.4g}%" y="{y + DROP:d}" dx="{shift:d}">{escape(text, quote=False)}</text>'
            if shift
            else f'<text x="{x:.4g}%" y="{y + DROP:d}">{escape(text, quote=False)}</text>'
            for text, x, y, shift in words
        ]
    )
