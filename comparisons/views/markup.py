"""The parts of a page that repeat most, as HTML: the bodies of tables and the computed sentences.

A template that walks through every cell took three quarters of the time of a comparison page. Here the markup of a
whole body is put together first, with {} for each text, and all its texts are escaped and filled in at once.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from django.utils.html import escape
from django.utils.safestring import SafeString

from comparisons.charts import Figure
from comparisons.comparison import Cell, ComparisonLine, SectionLines, Side
from comparisons.language import messages
from comparisons.rows import LETTERS

# Markup with {} for each of its texts. Letters, anchors and keys of the database are our own and stand in it already.
Piece = tuple[str, Sequence[str]]

# No text holds it: no page is loaded with it in, and no database takes it.
_BETWEEN = "\0"


def filled(pieces: Iterable[Piece]) -> SafeString:
    """
    >>> filled([("<b>{}</b>", ["1 < 2"]), ("<i>{}</i>", ["{}"])])
    '<b>1 &lt; 2</b><i>{}</i>'
    """
    body = Body()
    for markup, texts in pieces:
        body.add(markup, *texts)
    return body.filled()


class Body:
    """Markup in the making."""

    __slots__ = ("markup", "texts")

    def __init__(self) -> None:
        self.markup: list[str] = []
        self.texts: list[str] = []

    def add(self, markup: str, *texts: str) -> None:
        self.markup.append(markup)
        self.texts += texts

    def filled(self) -> SafeString:
        """Escaping hundreds of texts one by one takes longer than all the rest, so they are escaped as one.

        >>> body = Body()
        >>> body.add("<b>{}</b>", "a\\0<")
        >>> body.filled()
        '<b>a\\x00&lt;</b>'
        """
        escaped = escape(_BETWEEN.join(self.texts)).split(_BETWEEN)
        if len(escaped) != len(self.texts):
            escaped = [escape(text) for text in self.texts]
        return SafeString("".join(self.markup).format(*escaped))


def _as_it_is(markup: SafeString) -> str:
    """Finished markup as part of markup in the making."""
    return markup.replace("{", "{{").replace("}", "}}")


class Table(NamedTuple):
    """What the tables of one page share: their head as markup, drawn once by django-tables2, the roles that are their
    columns, and the rows whose value all roles of a publisher have (see `Distribution`)."""

    head: SafeString
    sides: tuple[Side, ...]
    group_figures: Mapping[str, str]


def section(found: SectionLines, table: Table) -> SafeString:
    """A section's tables: what differs or belongs to one role open, what is the same folded, the missing in words."""
    body = Body()
    if telling := found.telling:
        _table(body, found.section.title, telling, table)
    if alike := found.same:
        same = messages.same(len(alike), len(table.sides))
        body.add('<details class="same"><summary>{}</summary>', same)
        _table(body, same, alike, table)
        body.add("</details>")
    for absent in messages.absent(found.empty, table.sides):
        body.add('<p class="absent">{}</p>', absent)
    return body.filled()


def _table(body: Body, caption: str, found: Iterable[ComparisonLine], table: Table) -> None:
    """Every value opens its origin."""
    _open(body, caption, table)
    for line in found:
        _line(body, line, table.sides, table.group_figures)
    body.add("</tbody></table>")


def _open(body: Body, caption: str, table: Table, look: str = "") -> None:
    body.add(
        f'<table class="lines {look}n{len(table.sides)}" role="table">'
        f'<caption class="visually-hidden">{{}}</caption>{_as_it_is(table.head)}<tbody role="rowgroup">\n',
        caption,
    )


def _line(body: Body, line: ComparisonLine, sides: Sequence[Side], group_figures: Mapping[str, str]) -> None:
    row = line.row
    notes = [row.help] if row.help else []
    notes += messages.notes(line, group_figures.get(row.key))
    small = " <small>{}</small>" * len(notes)
    body.add(f'<tr role="row" id="{row.anchor}"><th role="rowheader" scope="row">{{}}{small}</th>', row.label, *notes)
    for side, cell in zip(sides, line.cells, strict=True):
        _cell(body, side, cell, line)
        _below(body, side, cell, line, sides)
    if len(sides) == 2:
        _gap(body, line)
    body.add("</tr>\n")


def _gap(body: Body, line: ComparisonLine) -> None:
    """The difference of two. Where tables are stacked an amount needs words before it, an overlap has its own."""
    look = "gap overlap" if line.row.overlaps else "gap"
    mark = f" <small>{messages.DIFFERENT_PUBLISHERS}</small>" if line.difference and len(line.publishers) > 1 else ""
    body.add(f'<td role="cell" class="{look}">{{}}{mark}</td>', line.difference)


def _cell(body: Body, side: Side, cell: Cell, line: ComparisonLine) -> None:
    reason = f" <i>{cell.missing}</i>" if cell.missing else ""  # one of a few phrases of our own
    texts = [cell.text]
    origins = ""
    for origin in cell.origins:
        origins += f'<p>{{}} <a href="#source-{origin.source.pk:d}">{{}}</a></p>'
        texts += messages.origin(origin, line.row), origin.source.short
    shown = f"<details><summary>{{}}{reason}</summary>{origins}</details>" if origins else f"{{}}{reason}"
    body.add(f'<td role="cell" class="{side.letter}">{shown}' + "<em>{}</em>" * len(cell.doubts), *texts, *cell.doubts)


def _below(body: Body, side: Side, cell: Cell, line: ComparisonLine, sides: Sequence[Side]) -> None:
    """What ends a cell: whose value it is where a line has several publishers, and of three roles and more how it
    differs from the first."""
    if len(line.publishers) > 1 and not cell.missing:
        body.add(" <small>{}</small>", cell.publisher)
    if len(sides) > 2 and side.index and (difference := line.differences[side.index - 1]) and not line.same:
        same = cell.text == line.cells[0].text
        body.add(" <small>{}</small>", messages.against("" if same else difference, line.row, sides[0]))
    body.add("</td>")


def brief_table(caption: str, found: Sequence[ComparisonLine], table: Table) -> SafeString:
    """Each row leads to the same row further down, where the origins are."""
    body = Body()
    if found:
        _open(body, caption, table, "brief ")
        for line in found:
            _brief_line(body, line, table.sides)
        body.add("</tbody></table>")
    return body.filled()


def _brief_line(body: Body, line: ComparisonLine, sides: Sequence[Side]) -> None:
    body.add(f'<tr role="row"><th role="rowheader" scope="row"><a href="#{line.row.anchor}">{{}}</a>', line.row.label)
    body.add("</th>")
    for side, cell in zip(sides, line.cells, strict=True):
        reason = f" <i>{cell.missing}</i>" if cell.missing else ""
        doubts = "<em>{}</em>" * len(cell.doubts)
        body.add(f'<td role="cell" class="{side.letter}">{{}}{reason}{doubts}', cell.text, *cell.doubts)
        _below(body, side, cell, line, sides)
    if len(sides) == 2:
        _gap(body, line)
    body.add("</tr>\n")


def figure(found: Figure, drawing: SafeString) -> SafeString:
    """What was found, its drawing, and the same figures as a table. One without marks has nothing to touch."""
    body = Body()
    live = f' data-figure="figures/{found.slug}.json"' if found.has_marks else ""
    body.add(
        f'<figure class="chart" id="chart-{found.slug}"{live}><figcaption><strong>{{}}</strong> <small>{{}}</small>'
        f'</figcaption>\n<div class="plot">{_as_it_is(drawing)}</div>\n<details class="twin"><summary>{{}}</summary>',
        found.title,
        found.subtitle,
        messages.AS_A_TABLE,
    )
    _plain_table(body, found.head, found.rows)
    body.add("</details></figure>")
    return body.filled()


def _plain_table(body: Body, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """The table twin of a chart: each row begins with its name, then has a text for each role."""
    texts = "".join(f'<td role="cell" class="{letter}">{{}}</td>' for letter in LETTERS[: len(head) - 1])
    row_markup = f'<tr role="row"><th role="rowheader" scope="row">{{}}</th>{texts}</tr>\n'
    heads = '<th role="columnheader" scope="col">{}</th>' * (len(head) - 1)
    corner = '<th role="columnheader" scope="col">{}</th>' if head[0] else '<td role="cell">{}</td>'
    body.add(
        f'<table class="lines" role="table"><thead role="rowgroup"><tr role="row">{corner}{heads}</tr></thead>'
        '<tbody role="rowgroup">',
        *head,
    )
    for row in rows:
        body.add(row_markup, *row)
    body.add("</tbody></table>")
