"""What stands beside the values of a row: differences, and what to know of figures side by side."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import chain

from careers.vocabulary import SELF_EMPLOYED, UNKNOWN_MONTH
from comparisons import formats
from comparisons.comparison import Cell, Comparison, ComparisonLine, Side
from comparisons.language.messages.absent_values import write_within_sentence
from comparisons.language.messages.figure_origins import name_figure_source
from comparisons.rows import Row
from comparisons.titles import capitalize

DIFFERENT_PUBLISHERS = "different publishers"


def write_against(difference: str, row: Row, first: Side) -> str:
    """The difference below the value of a further role: `−$53,962 vs ●`, `85% overlap with ●`, or `same as ●`."""
    if not difference:
        return f"same as\N{NO-BREAK SPACE}{first.marker}"
    return f"{difference} {'with' if row.overlaps else 'vs'}\N{NO-BREAK SPACE}{first.marker}"


def write_months_against(cell: Cell, first: Cell) -> str:
    """The two months after a difference from the first role, where they are not the same; else ""."""
    if cell.publisher != first.publisher or cell.release == first.release:
        return ""
    return f" ({cell.release or UNKNOWN_MONTH} against {first.release or UNKNOWN_MONTH})"


def name_cell_source(cell: Cell, line: ComparisonLine) -> str:
    """What stands below a value of a row with figures of several publishers or releases."""
    return name_figure_source(cell) if len(line.publishers) > 1 else cell.release or UNKNOWN_MONTH


def write_counting_notes(sides: Sequence[Side], cells: Sequence[Cell]) -> list[str]:
    """A sentence that says that counts of official occupations leave some people out; none if no role is one."""
    published = [side for side, cell in zip(sides, cells, strict=True) if not cell.missing]
    official = [side.marker for side in published if side.official]
    if not official:
        return []
    whose = "" if len(official) == len(published) else f" for {formats.listed(official)}"
    return [f"{capitalize(SELF_EMPLOYED)}{whose}."]


def describe_only_publisher(comparison: Comparison) -> str:
    """That pay and jobs are figures of one publisher which gives no month for any of them; "" where they are not."""
    lines = [line for line in comparison.lines if line.row.key.startswith(("salary.", "outlook."))]
    cells = chain.from_iterable(line.cells for line in lines)
    sources = {(cell.publisher, cell.release) for cell in cells if cell.publisher}
    if len(sources) != 1:
        return ""
    (publisher, release), *_ = sources
    return "" if release else f"Figures of one publisher, {publisher}, which gives no year for them."


def write_no_help_in_choosing(labels: Sequence[str], facts: int, publishers: Sequence[str]) -> str:
    """That some of the facts that roles share are the same for every role of a publisher; "" if none is.

    `facts`: how many are shared in all.

    >>> write_no_help_in_choosing(["Growth rate"], 3, ["Zippia"])
    'Growth rate: the same for every stored role of Zippia, likely a figure of the whole group and no help in choosing.'
    """
    if not labels:
        return ""
    which = "All of these" if len(labels) == facts else ", ".join([labels[0], *map(write_within_sentence, labels[1:])])
    figures = "a figure" if len(labels) == 1 else "figures"
    whose = formats.listed(list(publishers))
    same = f"{which}: the same for every stored role of {whose}"
    return f"{same}, likely {figures} of the whole group and no help in choosing."


def write_relative_error(percent: Decimal) -> str:
    """The text beside a figure in a list."""
    return f"relative error {formats.percent(percent)}"
