"""The origins of figures that are computed from several: the ways in, and the rise of pay."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from comparisons.comparison import Origin, Side
from comparisons.judging.weighing import Aspect
from comparisons.rows import ROWS, Row
from comparisons.views.sections.origins import OriginText, write_origin


class ComputedFrom(NamedTuple):
    """The figure of one role, and the places of what it is computed from; those of one source are one text."""

    letter: str
    figure: str
    places: list[OriginText]


def computed_from(aspect: Aspect, sides: Sequence[Side], figures: Sequence[str]) -> list[ComputedFrom]:
    """For each role; nothing for an aspect whose figures stand on a page as they are. `figures`: of the roles."""
    find_origins = {"rise": _origins_of_years, "ways": _origins_of_levels}.get(aspect.name)
    if find_origins is None:
        return []
    computed = []
    for side, figure in zip(sides, figures, strict=True):
        computed.append(ComputedFrom(side.letter, figure, _places(find_origins(aspect, side.index))))
    return computed


def _origins_of_years(aspect: Aspect, index: int) -> list[tuple[Origin, Row]]:
    """Of the pay in the first and in the last year."""
    row = _ROWS[aspect.key]
    _, field = row.stored_in[0]
    origins = []
    for entry in aspect.entries[index]:
        if entry.pay:
            origins.append((Origin(entry.source, entry.pay.evidence.get(field, {})), row))
    return origins


def _origins_of_levels(aspect: Aspect, index: int) -> list[tuple[Origin, Row]]:
    """Of the share of people with each level of education below a bachelor's degree."""
    origins = []
    for cell in aspect.cells[index]:
        origins += [(origin, _ROWS[aspect.key]) for origin in cell.origins]
    return origins


def _places(origins: Iterable[tuple[Origin, Row]]) -> list[OriginText]:
    by_source: dict[tuple[str, str], list[str]] = {}
    for origin, row in origins:
        by_source.setdefault((origin.source.anchor, origin.source.short), []).append(write_origin(origin, row))
    return [(" ".join(texts), anchor, name) for (anchor, name), texts in by_source.items()]


_ROWS = {row.key: row for row in ROWS}
