"""What matters to the reader: a weight for each aspect, and the sums that follow, kept in the address.

Beside it stands where a reader's own pay would be among the people of each role. The page gives the published steps of
pay and the words. What the reader earns stays in the browser, so a script works with it.
"""

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any, NamedTuple

from comparisons import formats
from comparisons.comparison import Cell, Comparison, Origin, Side
from comparisons.judging.pay_shares import find_percentiles
from comparisons.judging.weighing import Aspect, find_aspects, find_turns, weigh
from comparisons.language import weight_words
from comparisons.language.amounts import PAY_NAMES
from comparisons.language.parts import Part
from comparisons.queries.place import Place
from comparisons.rows import ROWS
from comparisons.thresholds import TOSS_UP_WEIGHTS
from comparisons.views.sections.origins import OriginPlace, write_origin

_ROWS = {row.key: row for row in ROWS}


class ComputedFrom(NamedTuple):
    """The figure of one role, and the places of what it is computed from; those of one source are one text."""

    letter: str
    figure: str
    places: list[OriginPlace]


class WeightCell(NamedTuple):
    """One role's part of an aspect. `product`: of its share of the best figure and the weight, or the share alone."""

    letter: str
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


# Published pay of a role in USD, for a script, with `letter` and `who` for the role. Either `steps`: (percent of the
# people who earn less, amount), ascending; or `low` and `high` of a range of which the source does not say how many
# earn it, and `span` in words.
RolePay = dict[str, Any]
# The same without `letter` and `who`, and the cells that it is from.
PayOfRole = tuple[RolePay, list[Cell]]


class StandingSection(NamedTuple):
    """`label`: of the input. `roles`: what the script needs. `without`: whose pay nothing can stand beside."""

    label: str
    how: str
    roles: Sequence[RolePay]
    without: list[Part]


class WeightsSection(NamedTuple):
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
    standing: StandingSection | None


def build_weights_section(
    comparison: Comparison, weights: Mapping[str, int], place: Place | None = None
) -> WeightsSection | None:
    """None where there is nothing to weigh and no pay to stand beside. `weights`: name of an aspect -> the reader's
    weight. `place`: the state that the reader chose."""
    sides = comparison.sides
    aspects, left_out = find_aspects(comparison)
    standing = _build_standing_section(comparison)
    if not aspects and not standing:
        return None
    rows = []
    for aspect in aspects:
        weight = weights.get(aspect.name, 0)
        figures = map(_FORMATS.get(aspect.name, formats.plain), aspect.values)
        products = weight_words.write_products(aspect.shares, weight)
        rows.append(_build_row(aspect, weight, list(zip(figures, products, strict=True)), sides))
    sums = [formats.MISSING] * len(sides)
    result: list[Part] = []
    if any(row.weight for row in rows):
        weighed = weigh(aspects, weights)
        sums = [weight_words.write_points(points) for points in weighed.sums]
        labels = {row.name: row.label for row in rows}
        result = weight_words.write_result(sides, labels, weighed, find_turns(aspects, weights))
    return WeightsSection(
        sides=sides,
        rows=rows,
        choices=weight_words.WEIGHTS,
        sums=sums,
        result=result,
        left_out=weight_words.write_left_out(left_out, sides),
        how=weight_words.HOW_IT_WORKS,
        toss_up=TOSS_UP_WEIGHTS,
        hidden=place.fields if place else {},
        standing=standing,
    )


def _build_row(aspect: Aspect, weight: int, texts: Sequence[tuple[str, str]], sides: Sequence[Side]) -> WeightRow:
    """`texts`: for each role its figure, and the product of its share and the weight."""
    cells = []
    doubts: list[Part] = []
    for side, (figure, product) in zip(sides, texts, strict=True):
        cells.append(WeightCell(side.letter, product, figure))
        role_cells = aspect.cells[side.index] if aspect.cells else ()
        for doubt in dict.fromkeys(chain.from_iterable([cell.doubts for cell in role_cells])):
            doubts.append(Part(doubt, side.letter))
    return WeightRow(
        name=aspect.name,
        key=aspect.key,
        label=weight_words.LABELS["jobs" if aspect.key == "outlook.job_count" else aspect.name],
        note=_describe_aspect(aspect, in_state=any(side.role.area for side in sides)),
        doubts=doubts,
        weight=weight,
        cells=cells,
        computed=_list_computed(aspect, sides, [figure for figure, _ in texts]),
    )


_KINDS = PAY_NAMES | {
    "outlook.growth_percent": "the source does not say over how many years",
    "projection.openings_per_year": "a year",
    "outlook.job_count": "in place of openings, which are not published for all",
    "attainment.associate": "people without a bachelor’s degree",
}


def _describe_aspect(aspect: Aspect, *, in_state: bool) -> str:
    """What the figures of an aspect are, and which place and time they cover. `in_state`: the reader chose a state."""
    whole = "in the whole country" if in_state else ""
    if aspect.entries:
        first, last = aspect.entries[0]
        notes = ["of the median", whole, f"{first.year} to {last.year}", "not adjusted for prices"]
    else:
        cell = aspect.cells[0][0]
        span = formats.span_of_years(*cell.years) if len(cell.years) == 2 else None
        when = span or cell.release or cell.origins[0].source.when
        notes = [_KINDS.get(aspect.key, ""), "" if cell.area else whole, when]
    if not any(aspect.shares):
        notes.append("none is above zero, so nobody gets points")
    return ", ".join(filter(None, notes))


_FORMATS = {"pay": formats.dollars, "grow": formats.growth, "rise": formats.growth, "ways": formats.percent}


# -- origins of figures that are computed from several: the ways in, and the rise of pay --------


def _list_computed(aspect: Aspect, sides: Sequence[Side], figures: Sequence[str]) -> list[ComputedFrom]:
    """For each role; nothing for an aspect whose figures stand on a page as they are. `figures`: of the roles."""
    if aspect.name not in ("rise", "ways"):
        return []
    row = _ROWS[aspect.key]
    computed = []
    for side, figure in zip(sides, figures, strict=True):
        by_source: dict[tuple[str, str], list[str]] = {}
        for origin in _list_origins(aspect, side.index):
            by_source.setdefault((origin.source.anchor, origin.source.short), []).append(write_origin(origin, row))
        places = [OriginPlace(" ".join(texts), anchor, name) for (anchor, name), texts in by_source.items()]
        computed.append(ComputedFrom(side.letter, figure, places))
    return computed


def _list_origins(aspect: Aspect, index: int) -> list[Origin]:
    """Of the pay in the first and in the last year, or of the share of people with each level of education."""
    if aspect.cells:
        return list(chain.from_iterable(cell.origins for cell in aspect.cells[index]))
    _, field = _ROWS[aspect.key].stored_in[0]
    return [Origin(entry.source, entry.pay.evidence.get(field, {})) for entry in aspect.entries[index] if entry.pay]


# -- where a reader’s own pay would stand --------------------------------------------------------


def _build_standing_section(comparison: Comparison) -> StandingSection | None:
    """By pay a year, or an hour where no role has steps or a range of pay a year; None where none has these either."""
    for time in ("annual", "hourly"):
        percentiles = [find_percentiles(comparison, time, side.index) or {} for side in comparison.sides]
        pay = list(map(_find_steps, percentiles))
        if time == "annual":
            pay = [steps or _find_range(comparison, index) for index, steps in enumerate(pay)]
        if any(pay):
            return _build_standing(comparison.sides, time, pay)
    return None


def _build_standing(sides: Sequence[Side], time: str, pay: Sequence[PayOfRole | None]) -> StandingSection:
    roles: list[RolePay] = []
    cells: list[Cell] = []
    without: list[Side] = []
    for side, of_role in zip(sides, pay, strict=True):
        if of_role is None:
            without.append(side)
        else:
            roles.append({"letter": side.letter, "who": side.people} | of_role[0])
            cells += of_role[1]
    kinds = set(chain.from_iterable(roles))
    return StandingSection(
        weight_words.TIMES[time],
        weight_words.explain_pay_points(cells, "steps" in kinds, "span" in kinds),
        roles,
        weight_words.write_without_pay(without, time),
    )


def _find_steps(cells: Mapping[int, Cell]) -> PayOfRole | None:
    """The steps of a role; None for a single one. `cells`: by percentile."""
    if len(cells) < 2:
        return None
    # As JSON has them: short where they are whole.
    pay = [cell.value if isinstance(cell.value, int) else float(cell.value) for cell in cells.values()]
    steps = list(zip(cells, pay, strict=True))
    return {"steps": steps}, list(cells.values())


def _find_range(comparison: Comparison, index: int) -> PayOfRole | None:
    """`index`: of the role."""
    cell = comparison.published[index].get("salary.range")
    if cell is None or None in cell.value:
        return None
    low, high = cell.value
    return {"low": low, "high": high, "span": cell.text}, [cell]
