"""The values of rows -> text, where it takes more than a format: spans, ranges, figures with their years."""

from decimal import Decimal
from typing import Any

from careers.vocabulary import EXPERIENCE_BANDS
from comparisons import formats
from comparisons.thresholds import TOSS_UP_OVERLAP

# Follows a time that is known from the experience figure alone.
BY_EXPERIENCE = "going by the experience figure"


def time_to_enter(low: int | None, high: int | None, experience: int | None) -> str | None:
    """The span that the page states in a sentence, else the band of its experience figure, marked as such.

    >>> time_to_enter(12, 24, 2), time_to_enter(120, None, None)
    ('1 to 2 years', 'more than 10 years')
    >>> time_to_enter(None, None, 12)
    '6 to 12 months, going by the experience figure'
    """
    if low is not None:
        return formats.span(low, high)
    if high is not None:
        return f"up to {formats.span(high, high)}"
    if experience in EXPERIENCE_BANDS:
        return f"{formats.span(*EXPERIENCE_BANDS[experience])}, {BY_EXPERIENCE}"
    return None


def months(value: tuple[int | None, int | None, int | None]) -> tuple[int, int | None] | None:
    """The same span in months.

    >>> months((24, 48, 4)), months((None, None, 12)), months((120, None, None))
    ((24, 48), (6, 12), (120, None))
    """
    low, high, experience = value
    if low is not None:
        return low, high
    return EXPERIENCE_BANDS.get(experience or 0) if high is None else None


def time_difference(first: Any, second: Any) -> str | None:
    span, other = months(first), months(second)
    if not span or not other or span[1] is None or other[1] is None:
        return None
    return formats.month_difference(span[0] - other[0], span[1] - other[1])


def money_range(low: int | None, high: int | None) -> str:
    """
    >>> money_range(67000, 121000), money_range(None, 48000), money_range(30000, None)
    ('$67,000 to $121,000', 'up to $48,000', 'from $30,000')
    """
    if low is None:
        return f"up to {formats.dollars(high or 0)}"
    return f"from {formats.dollars(low)}" if high is None else formats.dollar_range(low, high)


def overlap(first: Any, second: Any) -> float | None:
    """How much of the narrower range lies within the other one, in percent; None unless all ends are known.

    >>> round(overlap((67000, 121000), (55000, 113000)))
    85
    >>> overlap((10, 20), (30, 40)), overlap((10, None), (30, 40))
    (0.0, None)
    """
    if None in (*first, *second):
        return None
    low, high = max(first[0], second[0]), min(first[1], second[1])
    narrower = min(first[1] - first[0], second[1] - second[0])
    if not narrower:
        return 100.0 if low <= high else 0.0
    return float(100 * max(high - low, 0) / narrower)


def overlap_percent(share: float) -> str:
    """
    >>> overlap_percent(85.2), overlap_percent(79.6), overlap_percent(0.3), overlap_percent(99.97)
    ('85%', '79.6%', 'under 1%', 'under 100%')
    """
    return "under 1%" if share < 1 else formats.whole_percent(share, TOSS_UP_OVERLAP, 100)


def overlap_text(first: Any, second: Any) -> str | None:
    share = overlap(first, second)
    if share is None:
        return None
    return f"{overlap_percent(share)} overlap" if share else "no overlap"


def degree(name: str | None, share: int | None) -> str | None:
    """
    >>> degree("Bachelor's Degree", 50), degree("Associate Degree", None)
    ("Bachelor's Degree, 50%", 'Associate Degree')
    """
    return f"{name}, {formats.percent(share)}" if name and share is not None else name


def degree_difference(first: Any, second: Any) -> str | None:
    (name, share), (other_name, other_share) = first, second
    if name != other_name or share is None or other_share is None:
        return None
    return formats.point_difference(share, other_share)


def span_of_years(base: int | None, target: int | None) -> str | None:
    """
    >>> span_of_years(2024, 2034), span_of_years(None, 2034)
    ('2024 to 2034', None)
    """
    return None if base is None or target is None else f"{base} to {target}"


def projected_growth(value: Decimal, base: int | None, target: int | None) -> str:
    """
    >>> projected_growth(Decimal("4.9"), 2024, 2034), projected_growth(Decimal("-4.7"), None, None)
    ('+4.9%, 2024 to 2034', '−4.7%')
    """
    return ", ".join(filter(None, [formats.growth(value), span_of_years(base, target)]))


def projected_openings(value: int, base: int | None, target: int | None) -> str:
    """
    >>> projected_openings(189100, 2024, 2034)
    '189,100 a year, 2024 to 2034'
    """
    return ", ".join(filter(None, [f"{formats.plain(value)} a year", span_of_years(base, target)]))


def jobs_in(value: int, year: int | None) -> str:
    """
    >>> jobs_in(3391000, 2024)
    '3,391,000 in 2024'
    """
    return formats.plain(value) if year is None else f"{formats.plain(value)} in {year}"


def share_in(value: Decimal, year: int | None) -> str:
    """
    >>> share_in(Decimal("0.5"), 2024)
    '0.5% in 2024'
    """
    return formats.percent(value) if year is None else f"{formats.percent(value)} in {year}"
