"""What matters to the reader: a weight for each aspect, and the sums that follow, kept in the address."""

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from comparisons import formats
from comparisons.comparison import Comparison, Side
from comparisons.judging.weighing import Aspect, find_aspects, find_turns, read_weights, weigh
from comparisons.language import weight_words
from comparisons.language.parts import Part
from comparisons.queries.place import UnknownPlaceError, read_place
from comparisons.thresholds import TOSS_UP_WEIGHTS
from comparisons.views.sections.standing import StandingPart, standing_part
from comparisons.views.sections.weight_origins import ComputedFrom, computed_from


class WeightCell(NamedTuple):
    """One role's part of an aspect. `share`: of the best figure, in hundredths. `product`: with the weight."""

    letter: str
    share: int
    product: str
    figure: str


class WeightRow(NamedTuple):
    """One aspect. `name`: in the address. `key`: the row that its figures are of. `computed`: where each role's figure
    comes from, if it is computed from several; else that of the row says it. `doubts`: what to know before relying on a
    figure, each for one role. `weight`: that of the address."""

    name: str
    key: str
    label: str
    note: str
    doubts: list[Part]
    weight: int
    cells: list[WeightCell]
    computed: list[ComputedFrom]


class WeightsPart(NamedTuple):
    """The section; without rows where nothing can be weighed, and `standing` None where no pay is known.

    `choices`: what the weights are called, from 0 on. `sums`: for each role, a dash without weights. `result`: the
    sentence. `toss_up`: closer sums are one, in percent of the weights. `hidden`: what the form
    sends to keep the chosen state.
    """

    sides: Sequence[Side]
    rows: list[WeightRow]
    choices: Sequence[str]
    sums: list[str]
    result: list[Part]
    left_out: list[Part]
    how: str
    toss_up: int
    hidden: Mapping[str, str]
    standing: StandingPart | None


def weights_section(comparison: Comparison, query: Mapping[str, str]) -> WeightsPart | None:
    """`query`: the parameters of the address. None where there is nothing to weigh and no pay to stand beside."""
    sides = comparison.sides
    aspects, left_out = find_aspects(comparison)
    standing = standing_part(comparison)
    if not aspects and not standing:
        return None
    weights = read_weights(query)
    rows = [_row(aspect, weights.get(aspect.name, 0), sides) for aspect in aspects]
    sums = [formats.MISSING] * len(sides)
    result: list[Part] = []
    if any(row.weight for row in rows):
        weighed = weigh(aspects, weights)
        sums = [weight_words.points(points) for points in weighed.sums]
        labels = {row.name: row.label for row in rows}
        result = weight_words.write_result(sides, labels, weighed, find_turns(aspects, weights))
    return WeightsPart(
        sides=sides,
        rows=rows,
        choices=weight_words.WEIGHTS,
        sums=sums,
        result=result,
        left_out=weight_words.write_left_out(left_out, sides),
        how=weight_words.HOW_IT_WORKS,
        toss_up=TOSS_UP_WEIGHTS,
        hidden=_hidden(query),
        standing=standing,
    )


def _row(aspect: Aspect, weight: int, sides: Sequence[Side]) -> WeightRow:
    cells = []
    doubts: list[Part] = []
    figures = weight_words.write_figures(aspect)
    products = weight_words.write_products(aspect.shares, weight)
    for side, share, product, figure in zip(sides, aspect.shares, products, figures, strict=True):
        cells.append(WeightCell(side.letter, share, product, figure))
        role_cells = aspect.cells[side.index] if aspect.cells else ()
        for doubt in dict.fromkeys(chain.from_iterable(cell.doubts for cell in role_cells)):
            doubts.append(Part(doubt, side.letter, side.marker))
    note = weight_words.describe(aspect, in_state=any(side.role.area for side in sides))
    label, computed = weight_words.label(aspect), computed_from(aspect, sides, figures)
    return WeightRow(
        name=aspect.name,
        key=aspect.key,
        label=label,
        note=note,
        doubts=doubts,
        weight=weight,
        cells=cells,
        computed=computed,
    )


def _hidden(query: Mapping[str, str]) -> Mapping[str, str]:
    try:
        place = read_place(query)
    except UnknownPlaceError:
        return {}
    return place.fields if place else {}
