"""Pay: what the sources say of how widely it spreads as bars, averages and medians as marks, all roles on one axis.

Publishers mean two different things by a spread. A published range has two ends, and nobody knows how many people earn
less or more. Percentiles say just that. So the two are drawn in different forms, and no overlap is computed of one
with the other. Pay is that of a year; of an hour where more of the roles have that.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from comparisons import formats
from comparisons.charts.canvas import GAP, THIN, Anchor, Axis, Sheet, ticks, wrapped
from comparisons.charts.figure import (
    ABSENT,
    WIDE,
    Figure,
    cells,
    from_to,
    known,
    marked,
    people,
    publishers_of,
    source,
    titles,
    twin,
    write_name,
)
from comparisons.comparison import Cell, Comparison, Side
from comparisons.formats import Number
from comparisons.language.titles import plural
from comparisons.rows import overlap

Span = tuple[float, float]
# Percentile -> its row in the table twin.
PERCENTILES = {
    10: "One in ten earns less than",
    25: "A quarter earns less than",
    75: "A quarter earns more than",
    90: "One in ten earns more than",
}
TIMES = {"annual": "a year", "hourly": "an hour"}
# Beside pay by the hour, of which there is nothing to say: a range that is published by its ends is one of a year.
_NO_RANGE = ABSENT._replace()
# An axis spans so much of the highest pay at least, else two averages that hardly differ stand at its ends.
LEAST_SPAN = 0.5
_UNSAID = "Pay, as far as it is published"


class _Pay(NamedTuple):
    """What one role's source says, and of that what is drawn.

    `ends`: of a range with both. `spread`: the percentiles that are known, where there is no range. `centres`: the
    average; the median where there is no average, and beside percentiles, of which it is one.
    """

    side: Side
    range: Cell
    average: Cell
    median: Cell
    percentiles: list[Cell]
    ends: Span | None
    spread: dict[int, float]
    centres: list[tuple[str, Cell]]

    @property
    def values(self) -> list[float]:
        return [*(self.ends or ()), *self.spread.values(), *[cell.value for _, cell in self.centres]]


def pay(comparison: Comparison) -> Figure | None:
    time, pays = "annual", list(_pays(comparison, "annual"))
    if not all(each.values for each in pays):
        hourly = list(_pays(comparison, "hourly"))
        if sum(bool(each.values) for each in hourly) > sum(bool(each.values) for each in pays):
            time, pays = "hourly", hourly
    values = [value for each in pays for value in each.values]
    if not values:
        return None
    begin, end = _span(min(values), max(values))
    sheet = Sheet(Axis(begin, end, 0.18, 0.8))
    given = [[each.range, each.average, each.median, *each.percentiles] for each in pays]
    publishers = publishers_of(comparison.sides, *zip(*given, strict=True))
    common = None if any(each.spread for each in pays) else _common([each.ends for each in pays])
    for each in pays:
        write_name(sheet, each.side, publishers)
        _draw(sheet, each, common)
        sheet.y += GAP
    for border in common or ():
        sheet.border(border)
    marks = ticks(begin, end, 4)
    sheet.number(marks, [_thousands(mark) for mark in marks])
    return Figure(
        "pay",
        "Pay",
        marked(_finding(comparison, pays, time), publishers),
        f"US dollars {TIMES[time]}. {' '.join(_key(pays, common))} {source(publishers)}",
        sheet,
        ("", *titles(comparison)),
        tuple(_twins(pays, TIMES[time])),
    )


def _span(low: float, high: float) -> Span:
    """
    >>> _span(55000, 121000), _span(36000, 36400)
    ((55000, 121000), (27100.0, 45300.0))
    """
    middle, half = (low + high) / 2, (LEAST_SPAN * high or 1) / 2
    return min(low, middle - half), max(high, middle + half)


def _pays(comparison: Comparison, time: str) -> Iterator[_Pay]:
    """`time`: annual or hourly."""
    ranges = cells(comparison, "salary.range") if time == "annual" else (_NO_RANGE,) * len(comparison.sides)
    averages = _money(comparison, f"salary.{time}_average")
    medians = _money(comparison, f"salary.{time}_median")
    shares = [_money(comparison, f"salary.{time}_p{percent}") for percent in PERCENTILES]
    for index, side in enumerate(comparison.sides):
        span, average, median = ranges[index], averages[index], medians[index]
        percentiles = [each[index] for each in shares]
        spread = {}
        if span.missing:
            found = zip(PERCENTILES, percentiles, strict=True)
            spread = {percent: cell.value for percent, cell in found if not cell.missing}
        centres = [] if average.missing else [("average", average)]
        if not median.missing and (not centres or spread):
            centres.append(("median", median))
        ends = span.value if span.value and None not in span.value else None
        yield _Pay(side, span, average, median, percentiles, ends, spread, centres)


def _money(comparison: Comparison, key: str) -> list[Cell]:
    """Pay by the hour is stored in decimals, which do not mix with the floats of an axis."""
    return [each if each.missing else each._replace(value=float(each.value)) for each in cells(comparison, key)]


# -- The marks ------------------------------------------------------------------------------------------------


def _draw(sheet: Sheet, pay: _Pay, common: Span | None) -> None:
    part, title, centres = pay.side.letter, pay.side.title, pay.centres
    if not pay.values:
        if pay.range.missing:  # that no range is in the source is no news of one that has never any
            sheet.write(pay.average.missing, sheet.line(), part="soft")
        else:
            sheet.write(f"range {pay.range.text}, average {pay.average.missing}", sheet.line(), part="soft")
        return
    if centres:
        _name_centre(sheet, part, *centres[0])
    else:
        sheet.write(f"average {pay.average.missing}", sheet.line(), part="soft")
    if not pay.ends and not pay.spread and pay.range is not _NO_RANGE:
        sheet.write(f"range {pay.range.missing or pay.range.text}", sheet.line(), part="soft")
    y = sheet.line()
    if pay.ends:
        low, high = pay.ends
        sheet.bar(part, y, low, high, (title, pay.range.text), pale=True)
        sheet.label(_thousands(low), y, low, part=part, side="left")
        sheet.label(_thousands(high), y, high, part=part)
        if common:
            sheet.bar(part, y, *common, ("Where the ranges overlap", formats.dollar_range(*common)), pale=True)
    else:
        _bar_of_percentiles(sheet, pay, y)
    for name, cell in centres:
        sheet.dot(part, y, cell.value, (title, f"{name} {cell.text}"), hollow=name == "median")
    for name, cell in centres[1:]:
        _name_centre(sheet, part, name, cell)
    for words in _percentile_words(pay):
        sheet.write(words, sheet.line(), part="soft")


def _name_centre(sheet: Sheet, part: str, name: str, cell: Cell) -> None:
    """Centred on its mark, unless that stands near the end of the axis."""
    share = (cell.value - sheet.axis.low) / (sheet.axis.high - sheet.axis.low)
    side: Anchor = "left" if share > 0.85 else "right" if share < 0.15 else "center"
    sheet.label(f"{name} {cell.text}", sheet.line(), cell.value, part=part, side=side)


def _bar_of_percentiles(sheet: Sheet, pay: _Pay, y: int) -> None:
    """A thin bar from the lowest to the highest that is known, thick where the middle half of the people are."""
    known, part, title = pay.spread, pay.side.letter, pay.side.title
    if len(known) > 1:
        low, high = min(known.values()), max(known.values())
        sheet.bar(part, y, low, high, (title, *_percentile_words(pay)), width=THIN)
        sheet.label(_rounded(low), y, low, part=part, side="left")
        sheet.label(_rounded(high), y, high, part=part)
    if 25 in known and 75 in known and known[25] <= known[75]:
        half = f"half earn between {formats.dollars(known[25])} and {formats.dollars(known[75])}"
        sheet.bar(part, y, known[25], known[75], (title, half), pale=True)


def _percentile_words(pay: _Pay) -> list[str]:
    """Each percentile with its exact figure, in lines that fit a phone."""
    known = pay.spread
    if not known:
        return []
    found = []
    for share, low, high in (("80%", 10, 90), ("half", 25, 75)):
        if low in known and high in known:
            found.append(f"{share} earn between {formats.dollars(known[low])} and {formats.dollars(known[high])}")
        elif low in known:
            found.append(f"{low}% earn less than {formats.dollars(known[low])}")
        elif high in known:
            found.append(f"{100 - high}% earn more than {formats.dollars(known[high])}")
    for name, cell in zip(PERCENTILES.values(), pay.percentiles, strict=True):
        if cell.missing:
            found += wrapped(f"{name.lower()}: {cell.missing}", WIDE)
    return found


def _common(spans: Sequence[Span | None]) -> Span | None:
    """What all the ranges have in common, where there are two or more."""
    known = [span for span in spans if span]
    if len(known) < 2:
        return None
    low, high = max(span[0] for span in known), min(span[1] for span in known)
    return (low, high) if low < high else None


# -- The words ------------------------------------------------------------------------------------------------


def _thousands(value: Number) -> str:
    """
    >>> _thousands(67000), _thousands(32700), _thousands(36653), _thousands(60000.0), _thousands(100.0)
    ('$67k', '$32.7k', '$36,653', '$60k', '$100')
    """
    return f"${value / 1000:g}k" if value >= 1000 and value % 100 == 0 else formats.dollars(value)


def _rounded(value: float) -> str:
    """Beside the end of a bar whose exact figure stands in words below it.

    >>> _rounded(208620), _rounded(32840), _rounded(143.68)
    ('$209k', '$33k', '$143.68')
    """
    return f"${value / 1000:.0f}k" if value >= 1000 else formats.dollars(value)


def _key(pays: Sequence[_Pay], common: Span | None) -> Iterator[str]:
    """What the marks mean; where the bars of two roles mean different things, that first."""
    ranges = [each.side.marker for each in pays if each.ends]
    spreads = [each.side.marker for each in pays if each.spread]
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
    drawn = {name for each in pays for name, _ in each.centres}
    if drawn == {"average", "median"}:
        yield "The filled mark is the average, the hollow one the median."
    elif drawn:
        yield "The mark is the average." if "average" in drawn else "The hollow mark is the median."


def _twins(pays: Sequence[_Pay], time: str) -> Iterator[tuple[str, ...]]:
    """The rows of the table, those that any of the roles has."""
    yield twin(f"Average pay {time}", [each.average for each in pays])
    if any(name == "median" for each in pays for name, _ in each.centres):
        yield twin(f"Median pay {time}", [each.median for each in pays])
    ranges, spreads = any(not each.range.missing for each in pays), any(each.spread for each in pays)
    if ranges or not (spreads or pays[0].range is _NO_RANGE):
        yield twin("Pay range", [each.range for each in pays])
    if spreads:
        for place, name in enumerate(PERCENTILES.values()):
            yield twin(name, [each.percentiles[place] for each in pays])


def _finding(comparison: Comparison, pays: Sequence[_Pay], time: str) -> str:
    by_the_hour = " an hour" if time == "hourly" else ""
    averages = known(comparison, [each.average for each in pays])
    medians = known(comparison, [each.median for each in pays])
    if len(averages) != 2 or len(pays) != 2:
        if len(medians) == len(pays) == 2 and medians[0][0] > medians[1][0]:
            gap = formats.dollars(medians[0][0] - medians[1][0])
            return f"The median for {plural(medians[0][1])} is {gap}{by_the_hour} higher"
        found = [(f"Average pay{by_the_hour}", averages), (f"Median pay{by_the_hour}", medians)]
        return next((from_to(name, each, formats.dollars) for name, each in found if each), _UNSAID)
    (most, better_paid), (least, _) = averages
    finding = f"The average pay{by_the_hour} is the same"
    if most > least:
        finding = f"{people(better_paid)} average {formats.dollars(round(most - least, 2))} more{by_the_hour}"
    spans = [each.ends for each in pays]
    share = overlap(*spans) if all(spans) else None
    if share is None:
        return finding
    if share == 100:  # all of the narrower one
        return f"{finding}; one range lies within the other"
    return f"{finding}; the ranges " + (f"overlap by {share:.0f}%" if share else "do not overlap")
