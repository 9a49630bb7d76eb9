"""Pay: what the sources say about its spread as bars, averages and medians as marks, all roles on one axis.

Publishers mean two things by a spread. A range has two ends, and nobody knows how many people earn less or more.
Percentiles say just that. So the two are drawn in different forms, and no overlap is computed between them. Pay is
that of a year, or of an hour where more of the roles have that.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from careers.vocabulary import NOT_KEPT_BY_STATE, OTHER_PAY
from comparisons import formats
from comparisons.charts.canvas import GAP, THIN, Anchor, Axis, Sheet, Span, ticks, wrapped
from comparisons.charts.figure import (
    ABSENT,
    WIDE,
    Figure,
    cite,
    describe_span,
    find_cells,
    find_publishers,
    mark_publishers,
    people,
    rank_values,
    table_rows,
    thousands,
    titles,
    write_name,
)
from comparisons.comparison import Cell, Comparison, Side
from comparisons.language.messages import uncertain_figures
from comparisons.language.titles import capital, plural
from comparisons.rows import overlap, overlap_percent

# Percentile -> its row in the table.
PERCENTILES = {
    10: "One in ten earns less than",
    25: "A quarter earns less than",
    75: "A quarter earns more than",
    90: "One in ten earns more than",
}
TIMES = {"annual": "a year", "hourly": "an hour"}
# An axis covers at least this share of the highest pay, or two averages that hardly differ would stand at its ends.
LEAST_SPAN = 0.5


class _Pay(NamedTuple):
    """What one role's source says about pay of a year or an hour, and what is drawn of it.

    `has_range`: a range can be published; for an hour there is none. `ends`: of a range with both. `spread`: the known
    percentiles, where there is no range. `centres`: names and cells of the average, or of the median where there is no
    average and where it stands among percentiles.
    """

    side: Side
    has_range: bool
    range: Cell
    average: Cell
    median: Cell
    percentiles: list[Cell]
    ends: Span | None
    spread: dict[int, float]
    centres: list[tuple[str, Cell]]
    values: list[float]


def pay(comparison: Comparison) -> Figure | None:
    """Spread, average and median of each role's pay; None where no role has any."""
    time, pays = _choose_time(comparison)
    values = [value for pay in pays for value in pay.values]
    if not values:
        return None
    begin, end = _axis_span(min(values), max(values))
    sheet = Sheet(Axis(begin, end, 0.18, 0.8))
    by_role = [[pay.range, pay.average, pay.median, *pay.percentiles] for pay in pays]
    publishers = find_publishers(comparison.sides, *zip(*by_role, strict=True))
    common = _common(pays)
    for pay in pays:
        write_name(sheet, pay.side, publishers)
        _draw(sheet, pay, common)
        sheet.y += GAP
    for border in common or ():
        sheet.border(border)
    marks = ticks(begin, end, 4)
    sheet.number(marks, [thousands(mark) for mark in marks])
    return Figure(
        "pay",
        "Pay",
        _finding(comparison, pays, time),
        " ".join([f"US dollars {TIMES[time]}.", *_key(pays, common), *_uncertain(pays), cite(publishers)]),
        sheet,
        ("", *titles(comparison)),
        table_rows(_table_lines(pays, TIMES[time])),
    )


def _choose_time(comparison: Comparison) -> tuple[str, list[_Pay]]:
    """Pay of a year ("annual"), or of an hour ("hourly") where more of the roles have that."""
    annual = _pays(comparison, "annual")
    pays_with_values = [pay for pay in annual if pay.values]
    if len(pays_with_values) < len(annual):
        hourly = _pays(comparison, "hourly")
        if sum(bool(pay.values) for pay in hourly) > len(pays_with_values):
            return "hourly", hourly
    return "annual", annual


def _axis_span(low: float, high: float) -> Span:
    """
    >>> _axis_span(55000, 121000), _axis_span(36000, 36400)
    ((55000, 121000), (27100.0, 45300.0))
    """
    middle, half = (low + high) / 2, (LEAST_SPAN * high or 1) / 2
    return min(low, middle - half), max(high, middle + half)


def _pays(comparison: Comparison, time: str) -> list[_Pay]:
    has_range = time == "annual"
    fields = ("average", "median", *[f"p{percent}" for percent in PERCENTILES])
    ranges, *amounts = find_cells(comparison, "salary.range", *[f"salary.{time}_{field}" for field in fields])
    if not has_range:
        ranges = (ABSENT,) * len(comparison.sides)
    averages, medians, *by_percentile = map(_money, amounts)
    pays = []
    for index, side in enumerate(comparison.sides):
        percentiles = [cells[index] for cells in by_percentile]
        pays.append(_pay_of(side, has_range, ranges[index], averages[index], medians[index], percentiles))
    return pays


def _pay_of(side: Side, has_range: bool, span: Cell, average: Cell, median: Cell, percentiles: list[Cell]) -> _Pay:
    spread = _known_percentiles(percentiles) if span.missing else {}
    centres = [] if average.missing else [("average", average)]
    if not median.missing and (not centres or spread):
        centres.append(("median", median))
    ends = span.value if span.value and None not in span.value else None
    values = [*(ends or ()), *spread.values(), *[cell.value for _, cell in centres]]
    return _Pay(side, has_range, span, average, median, percentiles, ends, spread, centres, values)


def _known_percentiles(percentiles: Sequence[Cell]) -> dict[int, float]:
    pairs = zip(PERCENTILES, percentiles, strict=True)
    return {percent: cell.value for percent, cell in pairs if not cell.missing}


def _money(cells: Sequence[Cell]) -> list[Cell]:
    """Cells with floats: pay by the hour is stored in decimals, which do not mix with the floats of an axis."""
    return [cell if cell.missing else cell._replace(value=float(cell.value)) for cell in cells]


# -- The marks ------------------------------------------------------------------------------------------------


def _draw(sheet: Sheet, pay: _Pay, common: Span | None) -> None:
    part, title = pay.side.letter, pay.side.title
    if pay.values and pay.centres:
        _name_centre(sheet, part, *pay.centres[0])
    sheet.write_lines(list(_missing_words(pay)), part="soft")
    if not pay.values:
        return
    y = sheet.line()
    percentiles = _percentile_words(pay)
    if pay.ends:
        _draw_range(sheet, pay, pay.ends, common, y)
    else:
        _draw_percentiles(sheet, pay, percentiles, y)
    for name, cell in pay.centres:
        sheet.dot(part, y, cell.value, (title, f"{name} {cell.text}"), hollow=name == "median")
    for name, cell in pay.centres[1:]:
        _name_centre(sheet, part, name, cell)
    sheet.write_lines(percentiles, part="soft")


def _missing_words(pay: _Pay) -> Iterator[str]:
    """What is missing, and a range of which one end is missing."""
    if not pay.values:
        # A source without any range is no news, so the average's reason says enough.
        average = f"average {pay.average.missing}"
        yield pay.average.missing if pay.range.missing else f"range {pay.range.text}, {average}"
        return
    if not pay.centres:
        yield f"average {pay.average.missing}"
    if pay.has_range and not pay.ends and not pay.spread:
        yield f"range {pay.range.missing or pay.range.text}"


def _name_centre(sheet: Sheet, part: str, name: str, cell: Cell) -> None:
    """Centred on its mark, unless the mark is near the end of the axis."""
    axis = sheet.axis
    share = (cell.value - axis.low) / (axis.high - axis.low)
    side: Anchor = "center"
    if share > 0.85:
        side = "left"
    elif share < 0.15:
        side = "right"
    sheet.label(f"{name} {cell.text}", sheet.line(), cell.value, part=part, side=side)


def _draw_range(sheet: Sheet, pay: _Pay, ends: Span, common: Span | None, y: int) -> None:
    part, (low, high) = pay.side.letter, ends
    sheet.span(part, y, ends, (thousands(low), thousands(high)), (pay.side.title, pay.range.text))
    if common:
        sheet.bar(part, y, *common, ("Where the ranges overlap", formats.dollar_range(*common)), pale=True)


def _draw_percentiles(sheet: Sheet, pay: _Pay, words: Sequence[str], y: int) -> None:
    """A thin bar from the lowest to the highest known percentile, thick where the middle half of the people are.

    `words`: what to say of them.
    """
    spread, part, title = pay.spread, pay.side.letter, pay.side.title
    if len(spread) > 1:
        low, high = min(spread.values()), max(spread.values())
        sheet.span(part, y, (low, high), (_rounded(low), _rounded(high)), (title, *words), width=THIN)
    if 25 in spread and 75 in spread and spread[25] <= spread[75]:
        half = f"half earn between {formats.dollars(spread[25])} and {formats.dollars(spread[75])}"
        sheet.bar(part, y, spread[25], spread[75], (title, half), pale=True)


def _percentile_words(pay: _Pay) -> list[str]:
    """Each percentile with its exact figure, in lines that fit a phone."""
    spread = pay.spread
    if not spread:
        return []
    lines = []
    texts = dict(zip(spread, formats.write_all([(formats.dollars, [value]) for value in spread.values()]), strict=True))
    for share, low, high in (("80%", 10, 90), ("half", 25, 75)):
        if low in spread and high in spread:
            lines.append(f"{share} earn between {texts[low]} and {texts[high]}")
        elif low in spread:
            lines.append(f"{low}% earn less than {texts[low]}")
        elif high in spread:
            lines.append(f"{100 - high}% earn more than {texts[high]}")
    for name, cell in zip(PERCENTILES.values(), pay.percentiles, strict=True):
        if cell.missing and cell.missing != NOT_KEPT_BY_STATE:
            lines += wrapped(f"{name.lower()}: {cell.missing}", WIDE)
    return lines


def _common(pays: Sequence[_Pay]) -> Span | None:
    """What all ranges have in common, where there are at least two and no percentiles are drawn."""
    spans = [pay.ends for pay in pays if pay.ends]
    if len(spans) < 2 or any(pay.spread for pay in pays):
        return None
    low, high = max(span[0] for span in spans), min(span[1] for span in spans)
    return (low, high) if low < high else None


# -- The words ------------------------------------------------------------------------------------------------


def _rounded(value: float) -> str:
    """For the end of a bar whose exact figure is written below it.

    >>> _rounded(208620), _rounded(32840), _rounded(143.68)
    ('$209k', '$33k', '$143.68')
    """
    return f"${value / 1000:.0f}k" if value >= 1000 else formats.dollars(value)


def _key(pays: Sequence[_Pay], common: Span | None) -> Iterator[str]:
    """What the marks mean."""
    yield from _key_of_bars(pays, common)
    centres = _drawn_centres(pays)
    if centres == {"average", "median"}:
        yield "The filled mark is the average, the hollow one the median."
    elif centres:
        yield "The mark is the average." if "average" in centres else "The hollow mark is the median."


def _key_of_bars(pays: Sequence[_Pay], common: Span | None) -> Iterator[str]:
    ranges = [pay.side.marker for pay in pays if pay.ends]
    spreads = [pay.side.marker for pay in pays if pay.spread]
    eighty = "the thin bar holds the middle 80% of the people, the thick one the middle half"
    if ranges and spreads:
        yield (
            f"The bars mean different things. {formats.listed(ranges)}: a range, and the source does not say how "
            f"many people it holds. {formats.listed(spreads)}: {eighty}."
        )
    elif spreads:
        yield f"{eighty[0].upper()}{eighty[1:]}."
    elif ranges:
        yield "The bar is the range" + (", darker where the ranges overlap." if common else ".")


def _uncertain(pays: Sequence[_Pay]) -> Iterator[str]:
    """Which averages have a large relative error."""
    words = uncertain_figures([(pay.side.marker, pay.average) for pay in pays if not pay.average.missing])
    if words:
        yield f"{capital(words)}."


def _drawn_centres(pays: Sequence[_Pay]) -> set[str]:
    """`average`, `median` or both."""
    return {name for pay in pays for name, _ in pay.centres}


def _table_lines(pays: Sequence[_Pay], time: str) -> list[tuple[str, list[Cell]]]:
    """The names and cells of the rows that any of the roles has."""
    lines = [(f"Average pay {time}", [pay.average for pay in pays])]
    if "median" in _drawn_centres(pays):
        lines.append((f"Median pay {time}", [pay.median for pay in pays]))
    spreads = [pay for pay in pays if pay.spread]
    if _has_range_row(pays, spreads):
        lines.append(("Pay range", [pay.range for pay in pays]))
    if spreads:
        by_row = [list(cells) for cells in zip(*[pay.percentiles for pay in pays], strict=True)]
        lines += zip(PERCENTILES.values(), by_row, strict=True)
    return lines


def _has_range_row(pays: Sequence[_Pay], spreads: Sequence[_Pay]) -> bool:
    """Whether there is a range, or no percentiles stand in the place of one that could have been published."""
    return (pays[0].has_range and not spreads) or any(not pay.range.missing for pay in pays)


def _finding(comparison: Comparison, pays: Sequence[_Pay], time: str) -> str:
    """Compares averages, or medians where more of the roles have these."""
    by_the_hour = " an hour" if time == "hourly" else ""
    averages = [pay.average for pay in pays]
    medians = [pay.median for pay in pays]
    if _count_known(averages) >= _count_known(medians):
        cells, name = averages, "Average pay"
    else:
        cells, name = medians, "Median pay"
    ranked = rank_values(comparison, cells)
    if not ranked:
        return "Pay, as far as it is published"
    if len(ranked) < len(pays) or len(pays) != 2:
        other_pay = [side for side in comparison.sides if cells[side.index].missing == OTHER_PAY[time]]
        others = [side for side in comparison.sides if side not in other_pay]
        finding = describe_span(f"{name}{by_the_hour}", ranked, formats.dollars, others)
        if other_pay:
            finding += f"; {OTHER_PAY[time]} for {formats.listed([side.title for side in other_pay])}"
    elif cells is averages:
        finding = _compare_averages(ranked, by_the_hour) + _compare_ranges(pays)
    else:
        finding = _compare_medians(ranked, by_the_hour)
    return mark_publishers(finding, find_publishers(comparison.sides, cells))


def _count_known(cells: Sequence[Cell]) -> int:
    return sum(not cell.missing for cell in cells)


def _compare_medians(medians: Sequence[tuple[float, str]], by_the_hour: str) -> str:
    (most, title), (least, _) = medians
    if most == least:
        return f"The median pay{by_the_hour} is the same"
    return f"The median for {plural(title)} is {formats.dollars(round(most - least, 2))}{by_the_hour} higher"


def _compare_averages(averages: Sequence[tuple[float, str]], by_the_hour: str) -> str:
    (most, title), (least, _) = averages
    if most == least:
        return f"The average pay{by_the_hour} is the same"
    return f"{people(title)} average {formats.dollars(round(most - least, 2))} more{by_the_hour}"


def _compare_ranges(pays: Sequence[_Pay]) -> str:
    """What two ranges add to the finding; "" unless both are known."""
    first, second = [pay.ends for pay in pays]
    share = overlap(first, second) if first and second else None
    if share is None:
        return ""
    if share == 100:
        return "; one range lies within the other"
    return f"; the ranges overlap by {overlap_percent(share)}" if share else "; the ranges do not overlap"
