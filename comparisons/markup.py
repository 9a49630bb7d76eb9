"""The parts of a page that repeat most, as HTML: the bodies of tables and the computed sentences.

A template that walks through every cell took three quarters of the time of a comparison page. Here the markup of a
whole body is put together first, with {} for each text, and one call of format_html fills in and escapes them all.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from django.utils.html import format_html
from django.utils.safestring import SafeString

from comparisons import phrases
from comparisons.comparison import Cell, Line, Origin, SectionLines, Side
from comparisons.rows import LETTERS
from comparisons.sentences import Sentence

# Markup with {} for each of its texts. Letters, anchors and keys of the database are our own and stand in it already.
Piece = tuple[str, Sequence[str]]


def filled(pieces: Iterable[Piece]) -> SafeString:
    """
    >>> filled([("<b>{}</b>", ["1 < 2"]), ("<i>{}</i>", ["{}"])])
    '<b>1 &lt; 2</b><i>{}</i>'
    """
    markup: list[str] = []
    texts: list[str] = []
    for piece, words in pieces:
        markup.append(piece)
        texts += words
    return format_html("".join(markup), *texts) if markup else SafeString()


class Table(NamedTuple):
    """What the tables of one page share: their head, drawn once by django-tables2, the roles that are their columns,
    and the rows whose value all roles of a publisher have (see `dataset.group_figures`)."""

    head: SafeString
    sides: tuple[Side, ...]
    group_figures: Mapping[str, str]


def section(found: SectionLines, table: Table) -> SafeString:
    """A section's tables: what differs or belongs to one role open, what is the same folded, the missing in words."""
    return filled(_section(found, table))


def _section(found: SectionLines, table: Table) -> Iterator[Piece]:
    if found.telling:
        yield from _table(found.section.title, found.telling, table)
    if found.same:
        same = phrases.same(len(found.same), len(table.sides))
        yield '<details class="same"><summary>{}</summary>', [same]
        yield from _table(same, found.same, table)
        yield "</details>", ()
    for line in found.empty:
        yield '<p class="absent">{}</p>', [phrases.absent(line, table.sides)]


def _table(caption: str, found: Iterable[Line], table: Table) -> Iterator[Piece]:
    """Every value opens its origin."""
    yield from _open(caption, table)
    for line in found:
        yield from _line(line, table.sides, table.group_figures)
    yield "</tbody></table>", ()


def _open(caption: str, table: Table, look: str = "") -> Iterator[Piece]:
    yield (
        f'<table class="lines {look}n{len(table.sides)}" role="table">'
        '<caption class="visually-hidden">{}</caption>{}<tbody role="rowgroup">\n',
        [caption, table.head],
    )


def _line(line: Line, sides: Sequence[Side], group_figures: Mapping[str, str]) -> Iterator[Piece]:
    yield f'<tr role="row" id="{line.row.anchor}"><th role="rowheader" scope="row">{{}}', [line.row.label]
    if line.row.help:
        yield " <small>{}</small>", [line.row.help]
    for note in phrases.notes(line, group_figures.get(line.row.key)):
        yield " <small>{}</small>", [note]
    yield "</th>", ()
    for side, cell in zip(sides, line.cells, strict=True):
        yield from _cell(side, cell)
    if len(sides) == 2:
        yield '<td role="cell" class="gap">{}</td>', [line.difference]
    yield "</tr>\n", ()


def _cell(side: Side, cell: Cell) -> Iterator[Piece]:
    reason = f" <i>{cell.missing}</i>" if cell.missing else ""  # one of three phrases of our own
    if cell.origins:
        yield f'<td role="cell" class="{side.letter}"><details><summary>{{}}{reason}</summary>', [cell.text]
        for origin in cell.origins:
            yield _origin(origin)
        yield "</details>", ()
    else:
        yield f'<td role="cell" class="{side.letter}">{{}}{reason}', [cell.text]
    for doubt in cell.doubts:
        yield "<em>{}</em>", [doubt]
    yield "</td>", ()


def _origin(origin: Origin) -> Piece:
    source = origin.source
    return f'<p>{{}} <a href="#source-{source.pk:d}">{{}}</a></p>', [phrases.origin(origin), source.short]


def brief_table(caption: str, found: Sequence[Line], table: Table) -> SafeString:
    """Each row leads to the same row further down, where the origins are."""

    def pieces() -> Iterator[Piece]:
        yield from _open(caption, table, "brief ")
        for line in found:
            yield from _brief_line(line, table.sides)
        yield "</tbody></table>", ()

    return filled(pieces() if found else ())


def _brief_line(line: Line, sides: Sequence[Side]) -> Iterator[Piece]:
    yield (
        f'<tr role="row"><th role="rowheader" scope="row"><a href="#{line.row.anchor}">{{}}</a></th>',
        [line.row.label],
    )
    for side, cell in zip(sides, line.cells, strict=True):
        yield f'<td role="cell" class="{side.letter}">{{}}</td>', [cell.text]
    if len(sides) == 2:
        yield '<td role="cell" class="gap">{}</td>', [line.difference]
    yield "</tr>\n", ()


def sentence(said: Sentence) -> SafeString:
    """With each role's words in its colour and with its marker, which the style sheet sets."""
    return filled(
        (f'<b class="{part.letter} mark">{{}}</b>' if part.letter else "{}", [part.text]) for part in said.parts
    )


def plain_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> SafeString:
    """The table twin of a chart: each row begins with its name, then has a text for each role."""
    texts = "".join(f'<td role="cell" class="{letter}">{{}}</td>' for letter in LETTERS[: len(head) - 1])
    row_markup = f'<tr role="row"><th role="rowheader" scope="row">{{}}</th>{texts}</tr>\n'

    def pieces() -> Iterator[Piece]:
        heads = '<th role="columnheader" scope="col">{}</th>' * (len(head) - 1)
        corner = '<th role="columnheader" scope="col">{}</th>' if head[0] else '<td role="cell">{}</td>'
        yield (
            f'<table class="lines" role="table"><thead role="rowgroup"><tr role="row">{corner}{heads}</tr></thead>',
            head,
        )
        yield '<tbody role="rowgroup">', ()
        for row in rows:
            yield row_markup, row
        yield "</tbody></table>", ()

    return filled(pieces())
