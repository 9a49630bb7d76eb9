"""Amounts in words: what they are of, and how much more one is than another."""

from comparisons import formats
from comparisons.thresholds import ABOUT_AS_MANY, MANY_TIMES, TOSS_UP_GAP

PER_TIME = {"annual": "a year", "hourly": "an hour"}
PAY_NAMES = {
    "salary.annual_median": "median a year",
    "salary.annual_average": "average a year",
    "salary.hourly_median": "median an hour",
    "salary.hourly_average": "average an hour",
}


def compare_counts(high: int, low: int) -> str:
    """How many more, in words; "" where the counts are about equal.

    >>> compare_counts(160_000, 117_059), compare_counts(250_590, 117_059), compare_counts(119_000, 117_059)
    ('37% more', '2.1 times as many', '')
    """
    if 100 * (high - low) < ABOUT_AS_MANY * low:
        return ""
    if high < MANY_TIMES * low:
        return f"{rounded_percent(float(100 * (high - low) / low))} more"
    return f"{formats.times(high, low)} as many"


def rounded_percent(share: float) -> str:
    """How much more, so that it does not seem to be on the other side of a threshold.

    >>> rounded_percent(13.74), rounded_percent(4.6), rounded_percent(0.8), rounded_percent(0.04)
    ('14%', '4.6%', '0.8%', 'under 0.1%')
    """
    if share >= 1:
        return formats.whole_percent(share, TOSS_UP_GAP, ABOUT_AS_MANY)
    return f"{share:.1f}%" if share >= 0.05 else "under 0.1%"
