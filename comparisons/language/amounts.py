"""Amounts in words: what they are of, and how much more one is than another or than that of all jobs together."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from comparisons import formats
from comparisons.formats import Number
from comparisons.thresholds import ABOUT_AS_MANY, LEAST_RATE, MANY_TIMES, MULTIPLE_OF_RATE, SAME_RATE, TOSS_UP_GAP

PER_TIME = {"annual": "a year", "hourly": "an hour"}
PAY_NAMES = {
    "salary.annual_median": "median a year",
    "salary.annual_average": "average a year",
    "salary.hourly_median": "median an hour",
    "salary.hourly_average": "average an hour",
}
# Sign of a rate -> what a role does, and what all jobs do.
_WAYS = {-1: ("Shrinks", "shrink"), 0: ("Keeps its size", "keep their number"), 1: ("Grows", "grow")}


def compare_counts(high: int, low: int) -> str:
    """How many more, in words; "" where the counts are about equal.

    >>> compare_counts(160_000, 117_059), compare_counts(250_590, 117_059), compare_counts(119_000, 117_059)
    ('37% more', '2.1 times as many', '')
    """
    if 100 * (high - low) < ABOUT_AS_MANY * low:
        return ""
    if high < MANY_TIMES * low:
        return f"{round_percent(float(100 * (high - low) / low))} more"
    return f"{formats.times(high, low)} as many"


def round_percent(share: float) -> str:
    """How much more, so that it does not seem to be on the other side of a threshold.

    >>> round_percent(13.74), round_percent(4.6), round_percent(0.8), round_percent(0.04)
    ('14%', '4.6%', '0.8%', 'under 0.1%')
    """
    if share >= 1:
        return formats.whole_percent(share, TOSS_UP_GAP, ABOUT_AS_MANY)
    return f"{share:.1f}%" if share >= 0.05 else "under 0.1%"


def compare_ranges(first: Sequence[Any], second: Sequence[Any]) -> tuple[str, str]:
    """How two ranges of pay lie, and the end of these words that can open their origin; "" where an end is not known.

    >>> compare_ranges((67, 121), (55, 113)), compare_ranges((64, 104), (55, 113)), compare_ranges((1, 2), (3, 4))
    (('the ranges overlap by ', '85%'), ('one range lies ', 'within the other'), ('the ranges do not overlap', ''))
    >>> compare_ranges((64, 104), (64, 104)), compare_ranges((64, None), (55, 113))
    (('the ranges are ', 'the same'), ('', ''))
    """
    share = formats.overlap(first, second)
    if share is None:
        return "", ""
    if not share:
        return "the ranges do not overlap", ""
    if tuple(first) == tuple(second):
        return "the ranges are ", "the same"
    if share == 100:
        return "one range lies ", "within the other"
    return "the ranges overlap by ", formats.overlap_percent(share)


class PayBeside(NamedTuple):
    """`amount`: how much more or less, "" for about as much. `words`: what follows it."""

    amount: str
    words: str

    @property
    def text(self) -> str:
        return " ".join(filter(None, self))


def compare_pay(pay: Number, of_all: Number, key: str) -> PayBeside:
    """Pay beside that of all jobs, which is above zero. `key`: of both, a median or an average.

    >>> [compare_pay(pay, 50_980, "salary.annual_median").text for pay in (97_550, 60_000)]
    ['1.9 times the middle of all jobs', '18% more than the middle of all jobs']
    >>> compare_pay(51_000, 50_980, "salary.annual_median").text
    'about as much as the middle of all jobs'
    >>> compare_pay(30_000, 50_000, "salary.annual_average").text
    '40% less than the average of all jobs'
    """
    low, high = sorted((float(pay), float(of_all)))
    whose = f"the {'average' if key.endswith('_average') else 'middle'} of all jobs"
    if 100 * (high - low) < ABOUT_AS_MANY * low:
        return PayBeside("", f"about as much as {whose}")
    if pay >= MANY_TIMES * float(of_all):
        return PayBeside(formats.times(pay, of_all), whose)
    more = "more" if pay > of_all else "less"
    return PayBeside(round_percent(100 * (high - low) / float(of_all)), f"{more} than {whose}")


def multiply_rate(rate: Number, of_all: Number) -> str:
    """How many times the rate of all jobs a rate is; "" where a multiple would say nothing.

    Both must go the same way, and that of all jobs must not be near zero.

    >>> multiply_rate(15.8, 3.1), multiply_rate(6.2, 3.1), multiply_rate(7, 3.1), multiply_rate(-6, -2)
    ('5.1 times the rate of all jobs', 'twice the rate of all jobs', '2.3 times the rate of all jobs', '')
    >>> multiply_rate(4.9, 3.1), multiply_rate(-9, 3.1), multiply_rate(9, 0.4), multiply_rate(9, -3)
    ('', '', '', '')
    """
    if of_all < LEAST_RATE or rate < MULTIPLE_OF_RATE * float(of_all):
        return ""
    return f"{formats.times(rate, of_all)} the rate of all jobs"


def compare_rates(rate: Number, of_all: Number) -> tuple[str, str]:
    """Growth beside that of all jobs, both in percent, and a note on it.

    >>> compare_rates(4.9, 3.1), compare_rates(15.8, 3.1)
    (('Faster than all jobs', '1.8 points more'), ('Faster than all jobs', '5.1 times the rate of all jobs'))
    >>> compare_rates(1.1, 3.1), compare_rates(3.3, 3.1)
    (('Slower than all jobs', '2 points less'), ('Much the same as all jobs', '0.2 points apart'))
    >>> compare_rates(-4, 3.1), compare_rates(2, -1)
    (('Shrinks, while all jobs grow', '7.1 points apart'), ('Grows, while all jobs shrink', '3 points apart'))
    >>> compare_rates(-1, -3), compare_rates(-5, -3)
    (('Shrinks less than all jobs', '2 points less'), ('Shrinks more than all jobs', '2 points more'))
    """
    gap = round(float(rate) - float(of_all), 1)
    points = formats.counted(abs(gap), "point")
    if abs(gap) <= SAME_RATE:
        return "Much the same as all jobs", f"{points} apart"
    if rate > 0 and of_all > 0:
        if gap < 0:
            return "Slower than all jobs", f"{points} less"
        return "Faster than all jobs", multiply_rate(rate, of_all) or f"{points} more"
    if rate < 0 and of_all < 0:
        more = "less" if gap > 0 else "more"
        return f"Shrinks {more} than all jobs", f"{points} {more}"
    role, others = _WAYS[_sign(rate)][0], _WAYS[_sign(of_all)][1]
    return f"{role}, while all jobs {others}", f"{points} apart"


def _sign(rate: Number) -> int:
    return (rate > 0) - (rate < 0)


# -- shares in words that need no arithmetic ---------------------------------------------------


def write_in_ten(percent: float, *, beyond: bool = False) -> str:
    """`percent`: of people or openings. `beyond`: it is a bound, the nearer end of what is possible.

    >>> write_in_ten(80.2), write_in_ten(11.5), write_in_ten(50.4), write_in_ten(30), write_in_ten(24), write_in_ten(66)
    ('about 8 in 10', 'about 1 in 9', 'about half of the', 'about 3 in 10', 'about 1 in 4', 'about 2 in 3')
    >>> write_in_ten(90, beyond=True), write_in_ten(10, beyond=True), write_in_ten(75, beyond=True)
    ('more than 9 in 10', 'fewer than 1 in 10', 'more than 3 in 4')
    >>> write_in_ten(2.4), write_in_ten(4.6), write_in_ten(97.6), write_in_ten(0), write_in_ten(100)
    ('fewer than 1 in 20', 'about 1 in 20', 'nearly all', 'none', 'all')
    """
    if percent in (0, 100):
        return "all" if percent else "none"
    if percent > 95:
        return "nearly all"
    if percent < 4.5:
        return "fewer than 1 in 20"
    words = _find_nearest_fraction(percent)
    if not beyond:
        return f"about {words}"
    return f"{'more' if percent > 50 else 'fewer'} than {words}"


def _find_nearest_fraction(percent: float) -> str:
    best, words = abs(percent - 50), "half of the"
    fractions = [
        *((tenths, 10) for tenths in (3, 4, 6, 7, 8, 9)),
        (2, 3),
        (3, 4),
        *((1, parts) for parts in range(3, 21)),
    ]
    for part, whole in fractions:
        off = abs(percent - 100 * part / whole)
        if off < best:
            best, words = off, f"{part} in {whole}"
    return words


def write_percent(percent: float, *edges: float) -> str:
    """Rounded; what would be rounded to an edge that it does not stand on is just over or under it.

    >>> write_percent(80.2, 40, 60), write_percent(60.3, 40, 60), write_percent(60, 40, 60), write_percent(39.6, 40, 60)
    ('80%', 'just over 60%', '60%', 'just under 40%')
    """
    rounded = round(percent)
    if rounded not in edges or percent in edges:
        return f"{percent:.0f}%"
    return f"just {'over' if percent > rounded else 'under'} {rounded}%"
