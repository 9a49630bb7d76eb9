"""Sentences on pay: averages, medians and what the best paid earn."""

from careers.vocabulary import GROUPS
from comparisons import formats
from comparisons.comparison import Comparison, Side
from comparisons.language.summary.sentence import (
    KnownValues,
    Part,
    Sentence,
    Words,
    find_values,
    finish_sentence,
    place_between,
    rounded_percent,
    write_sentence,
)
from comparisons.language.summary.toss_up_sentences import describe_toss_ups, goes_by_medians, write_toss_up
from comparisons.thresholds import allows_ratio

# What pay is compared by, the better first.
PAY_KEYS = ("salary.annual_average", "salary.annual_median", "salary.hourly_average", "salary.hourly_median")
# An average -> the median of the same time.
_MEDIANS = {"salary.annual_average": "salary.annual_median", "salary.hourly_average": "salary.hourly_median"}


def write_pay(comparison: Comparison) -> Sentence | None:
    """Compares averages of a year, or what more of the roles have: medians, or pay by the hour where that is all.

    One kind of pay is never compared with another: where that is all there is, the sentence says so.
    """
    pay = _choose_pay(comparison)
    if pay is None:
        return _write_incomparable(comparison)
    toss_up = write_toss_up(comparison, pay)
    if toss_up:
        return toss_up
    return _write_average(comparison, pay) if pay.line.row.key in _MEDIANS else _write_median(pay)


def _choose_pay(comparison: Comparison) -> KnownValues | None:
    """The kind of pay that most of the roles have."""
    kinds = [find_values(comparison, key) for key in PAY_KEYS]
    return max(filter(None, kinds), key=lambda kind: len(kind.values), default=None)


def _unit(pay: KnownValues) -> str:
    return " an hour" if pay.line.row.key.startswith("salary.hourly") else " a year"


def _write_average(comparison: Comparison, pay: KnownValues) -> Sentence:
    low, high = pay.lowest.value, pay.highest.value
    if pay.all_same:
        return write_sentence(pay, pay.everyone, f" average {formats.dollars(low)}{_unit(pay)}")
    comparable = allows_ratio(pay.lowest.cell.error, pay.highest.cell.error)
    toss_ups, rule = describe_toss_ups(comparison, pay)
    return write_sentence(
        pay,
        pay.highest.sides,
        " average ",
        pay.highest.part(formats.dollars(high)),
        f"{_unit(pay)}, " if pay.two else f"{_unit(pay)}, the most here: ",
        f"{_gap(low, high) if comparable else formats.dollars(high - low)} more than ",
        pay.lowest.sides,
        " with ",
        pay.lowest.part(formats.dollars(low)),
        *place_between(pay),
        *toss_ups,
        rule=rule,
    )


def _write_median(pay: KnownValues) -> Sentence:
    low, high = pay.lowest.value, pay.highest.value
    if pay.all_same:
        return write_sentence(pay, pay.everyone, f" have a median pay of {formats.dollars(low)}{_unit(pay)}")
    return write_sentence(
        pay,
        "The median pay of ",
        pay.highest.sides,
        " is ",
        pay.highest.part(formats.dollars(high)),
        f"{_unit(pay)}, " if pay.two else f"{_unit(pay)}, the most here: ",
        f"{_gap(low, high)} more than that of ",
        pay.lowest.sides,
        " with ",
        pay.lowest.part(formats.dollars(low)),
        *place_between(pay),
    )


def write_medians(comparison: Comparison) -> Sentence | None:
    """The medians, where another sentence compares the averages of the same time."""
    pay = _choose_pay(comparison)
    median = _MEDIANS.get(pay.line.row.key) if pay else None
    medians = find_values(comparison, median) if median else None
    if medians is None or goes_by_medians(comparison, medians):
        return None
    return _write_median(medians)


def _write_incomparable(comparison: Comparison) -> Sentence | None:
    """Why pay cannot be compared where some roles have pay by the year alone and others by the hour alone."""
    yearly = _sides_with_pay(comparison, "annual")
    hourly = _sides_with_pay(comparison, "hourly")
    only_yearly = [side for side in yearly if side not in hourly]
    only_hourly = [side for side in hourly if side not in yearly]
    if not only_yearly or not only_hourly:
        return None
    words: list[Words] = ["Pay cannot be compared: it is published by the year only for ", only_yearly]
    words += [" and by the hour only for ", only_hourly]
    return finish_sentence(words, "pay", GROUPS["salary"], "figure")


def _sides_with_pay(comparison: Comparison, time: str) -> list[Side]:
    """The roles with an average or a median of a year ("annual") or an hour ("hourly")."""
    lines = [comparison.by_key.get(key) for key in PAY_KEYS if key.startswith(f"salary.{time}")]
    cells_by_line = [line.cells for line in lines if line]
    return [side for side in comparison.sides if any(not cells[side.index].missing for cells in cells_by_line)]


def write_top_pay(comparison: Comparison) -> Sentence | None:
    """What one in ten earns more than, of each role."""
    pay = find_values(comparison, "salary.annual_p90")
    if pay is None:
        return None
    words: list[Words] = []
    for known in pay.values:
        start = ", of "
        if not words:
            start = "Of "
        elif known is pay.values[-1]:
            start = " and of "
        figure = Part(known.cell.text, known.side.letter, known.side.marker)
        words += [start, (known.side,), " one in ten earns more than ", figure]
    return write_sentence(pay, *words, " a year")


def _gap(low: int, high: int) -> str:
    gap = formats.dollars(high - low)
    return f"{gap} ({rounded_percent(float(100 * (high - low) / low))})" if low else gap
