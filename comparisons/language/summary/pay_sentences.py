"""Sentences on pay: averages, medians and what the best paid earn."""

from itertools import combinations

from comparisons import formats
from comparisons.comparison import Comparison
from comparisons.language.summary.sentence import (
    KnownValues,
    Part,
    Sentence,
    Words,
    find_values,
    rounded_percent,
    write_sentence,
)
from comparisons.rows import overlap
from comparisons.thresholds import TOSS_UP_GAP, TOSS_UP_OVERLAP, is_toss_up

TOSS_UP = (
    f"We say toss-up when averages are less than {TOSS_UP_GAP}% apart and ranges overlap by {TOSS_UP_OVERLAP}% or more"
)
# What pay is compared by, the better first.
PAY_KEYS = ("salary.annual_average", "salary.annual_median", "salary.hourly_average", "salary.hourly_median")
# An average -> the median of the same time.
_MEDIANS = {"salary.annual_average": "salary.annual_median", "salary.hourly_average": "salary.hourly_median"}


def write_pay(comparison: Comparison) -> Sentence | None:
    """Compares averages of a year, or what more of the roles have: medians, or pay by the hour where that is all.

    One kind of pay is never compared with another.
    """
    pay = _choose_pay(comparison)
    if pay is None:
        return None
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
    share = _least_overlap(comparison, pay)
    gap = _gap(low, high)
    if low and share is not None and is_toss_up(float(100 * (high - low) / low), share):
        most, least = ("", "") if pay.two else ("at most ", "at least ")
        explained = f": the averages are {most}{gap} apart and the ranges overlap by {least}{share:.0f}%. {TOSS_UP}"
        return write_sentence(pay, "Pay is a toss-up between ", pay.highest_first, explained)
    return write_sentence(
        pay,
        pay.highest.sides,
        " average ",
        pay.highest.part(formats.dollars(high)),
        f"{_unit(pay)}, " if pay.two else f"{_unit(pay)}, the most here: ",
        f"{gap} more than ",
        pay.lowest.sides,
        " with ",
        pay.lowest.part(formats.dollars(low)),
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
    )


def write_medians(comparison: Comparison) -> Sentence | None:
    """The medians, where another sentence compares the averages of the same time."""
    pay = _choose_pay(comparison)
    median = _MEDIANS.get(pay.line.row.key) if pay else None
    medians = find_values(comparison, median) if median else None
    return _write_median(medians) if medians else None


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
    return f"{gap} ({rounded_percent(float(100 * (high - low) / low))}%)" if low else gap


def _least_overlap(comparison: Comparison, pay: KnownValues) -> float | None:
    """The least overlap of any two roles' ranges, in percent of the narrower; None unless all ranges are known."""
    line = comparison.line("salary.range")
    if line is None:
        return None
    ranges = [line.cells[known.side.index].value for known in pay.values]
    if None in ranges:
        return None
    shares = [overlap(first, second) for first, second in combinations(ranges, 2)]
    known_shares = [share for share in shares if share is not None]
    return min(known_shares) if len(known_shares) == len(shares) else None
