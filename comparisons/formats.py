"""Values -> text: the mirror of the readers in `ingest.parsing.cells`.

Every function takes a value that exists; missing values are handled by the callers. Those of rows with several values
take None for one of them. Percentages are 0-100, money is USD, spans of time are months.
"""

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from careers.vocabulary import EXPERIENCE_BANDS
from comparisons.thresholds import TOSS_UP_OVERLAP

Number = int | float | Decimal

MINUS = "\N{MINUS SIGN}"
MISSING = "\N{EM DASH}"
# Follows a time that is known from the experience figure alone.
BY_EXPERIENCE = "going by the experience figure"


def plain(value: Number) -> str:
    """A number with grouped thousands and no trailing zeros.

    >>> plain(250590), plain(Decimal("10.00")), plain(Decimal("4.25")), plain(-7)
    ('250,590', '10', '4.25', '−7')
    """
    text = f"{value:,}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return MINUS + text[1:] if text.startswith("-") else text


def signed(text: str, value: Number) -> str:
    """The text of an amount without sign, with its sign.

    >>> signed("$10,945", 10945), signed("$10,945", -10945), signed("$0", 0)
    ('+$10,945', '−$10,945', '$0')
    """
    if not value:
        return text
    return ("+" if value > 0 else MINUS) + text


def with_plus(text: str, value: Number) -> str:
    """The text of an amount, with a sign where it is more than zero.

    >>> with_plus("$10,945", 10945), with_plus("−$10,945", -10945), with_plus("$0", 0)
    ('+$10,945', '−$10,945', '$0')
    """
    return f"+{text}" if value > 0 else text


def dollars(value: Number) -> str:
    """Money, with cents for decimals (pay by the hour) and for amounts that have some.

    >>> dollars(90615), dollars(Decimal("38.30")), dollars(Decimal("43.00")), dollars(60000.0)
    ('$90,615', '$38.30', '$43.00', '$60,000')
    """
    whole = value == int(value) and not isinstance(value, Decimal)
    text = f"${abs(int(value)):,}" if whole else f"${abs(value):,.2f}"
    return MINUS + text if value < 0 else text


def short_dollars(value: Number) -> str:
    """
    >>> short_dollars(68_940), short_dollars(14.25), short_dollars(1_250_000), short_dollars(143.68)
    ('$69k', '$14.25', '$1.25m', '$144')
    """
    amount = float(value)
    if amount >= 1_000_000:
        return f"${amount / 1_000_000:.3g}m"
    if amount >= 1_000:
        return f"${rounded(amount / 1_000)}k"
    return f"${amount:.0f}" if amount >= 100 or amount == int(amount) else f"${amount:.2f}"


def dollar_difference(first: Number, second: Number) -> str:
    """
    >>> dollar_difference(90615, 79670), dollar_difference(Decimal("10.00"), Decimal("15.26"))
    ('+$10,945', '−$5.26')
    """
    value = _subtract(first, second)
    return with_plus(dollars(value), value)


def percent(value: Number) -> str:
    """
    >>> percent(Decimal("83.4")), percent(Decimal("-7.00")), percent(0)
    ('83.4%', '−7%', '0%')
    """
    return f"{plain(value)}%"


def rounded(value: Number, digits: int = 0) -> str:
    """Rounded to so many digits after the point; a half goes up, as people do it by hand.

    >>> rounded(38.5), rounded(Decimal("57.5")), rounded(0.25, 1), rounded(4)
    ('39', '58', '0.3', '4')
    """
    return str(Decimal(str(value)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP))


def whole_percent(value: float, *edges: float) -> str:
    """Rounded to a whole number, which never lies on the other side of an edge than the value itself.

    >>> whole_percent(4.2, 5), whole_percent(4.62, 5), whole_percent(4.98, 5), whole_percent(5.4, 5)
    ('4%', '4.6%', 'under 5%', '5%')
    >>> whole_percent(79.6, 80, 100), whole_percent(99.99, 80, 100), whole_percent(100, 80, 100)
    ('79.6%', 'under 100%', '100%')
    """
    for digits in (0, 1):
        text = rounded(value, digits)
        crossed = [edge for edge in edges if value < edge <= float(text)]
        if not crossed:
            return f"{text}%"
    return f"under {plain(crossed[0])}%"


def growth(value: Number) -> str:
    """A rate that can be negative.

    >>> growth(Decimal("10.00")), growth(-7), growth(0)
    ('+10%', '−7%', '0%')
    """
    return with_plus(percent(value), value)


def point_difference(first: Number, second: Number) -> str:
    """The first percentage minus the second, in percentage points.

    >>> point_difference(Decimal("83.4"), Decimal("73.8")), point_difference(6, 7)
    ('+9.6 points', '−1 point')
    """
    value = _subtract(first, second)
    return signed(counted(abs(value), "point"), value)


def number_difference(first: Number, second: Number) -> str:
    """
    >>> number_difference(250590, 117059), number_difference(5, 17)
    ('+133,531', '−12')
    """
    value = _subtract(first, second)
    return with_plus(plain(value), value)


def _subtract(first: Number, second: Number) -> Any:
    """The values of one row are of one type, which a type checker cannot know."""
    return first - second  # type: ignore[operator]  # never a float and a Decimal


def counted(value: Number, noun: str) -> str:
    """A number with its noun, in the plural unless there is one.

    >>> counted(1, "role"), counted(7, "role")
    ('1 role', '7 roles')
    """
    return f"{plain(value)} {noun if value == 1 else f'{noun}s'}"


def score(value: Number) -> str:
    return f"{plain(value)} of 5"


def rating(importance: Number, level: Number | None) -> str:
    """
    >>> rating(Decimal("4.25"), Decimal("5.10")), rating(Decimal("3.00"), None)
    ('4.25 (5.1)', '3')
    """
    return plain(importance) if level is None else f"{plain(importance)} ({plain(level)})"


def span(months_low: int, months_high: int | None) -> str:
    """A span of time, in years where both ends are whole years; without an upper end "more than".

    >>> span(12, 24), span(6, 12), span(24, 24), span(120, None)
    ('1 to 2 years', '6 to 12 months', '2 years', 'more than 10 years')
    """
    in_years = months_low % 12 == 0 and (months_high or 0) % 12 == 0
    length, unit = (12, "year") if in_years else (1, "month")
    low = months_low // length
    if months_high is None:
        return f"more than {counted(low, unit)}"
    high = months_high // length
    return counted(high, unit) if low == high else f"{low} to {counted(high, unit)}"


def month_difference(low: int, high: int) -> str:
    """The differences of two spans at their low and high ends, the nearer one first, in years where both are whole.

    >>> month_difference(24, 24), month_difference(-6, -6), month_difference(90, 108)
    ('+2 years', '−6 months', '+90 to +108 months')
    >>> month_difference(-96, -84), month_difference(12, 0), month_difference(6, -12)
    ('−7 to −8 years', '0 to +1 year', '−12 to +6 months')
    """
    length, unit = (12, "year") if low % 12 == high % 12 == 0 else (1, "month")
    near, far = sorted((low // length, high // length), reverse=max(low, high) <= 0)
    last = signed(counted(abs(far), unit), far)
    return last if near == far else f"{signed(plain(abs(near)), near)} to {last}"


def times(larger: Number, smaller: Number) -> str:
    """How many times as large, to two figures. `smaller` is not zero.

    >>> times(250590, 117059), times(103, 100), times(12000, 1000), times(201, 100)
    ('2.1 times', '1.03 times', '12 times', 'twice')
    >>> times(904300, 1100), times(1000, 1)
    ('820 times', '1,000 times')
    """
    ratio = float(larger) / float(smaller)
    if ratio >= 10:
        return f"{plain(round(float(f'{ratio:.2g}')))} times"
    text = plain(round(ratio, 2 if ratio < 1.1 else 1))
    return "twice" if text == "2" else f"{text} times"


def ordinal(number: int) -> str:
    """
    >>> [ordinal(number) for number in (1, 2, 3, 4, 11, 12, 13, 21, 111, 1012, 1023)]
    ['1st', '2nd', '3rd', '4th', '11th', '12th', '13th', '21st', '111th', '1,012th', '1,023rd']
    """
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    if number % 100 in (11, 12, 13):
        ending = "th"
    return f"{plain(number)}{ending}"


def day(value: date) -> str:
    return f"{value.day} {value:%B %Y}"


def listed_some(names: Sequence[str], most: int) -> str:
    """The first names and how many more there are, unless that is one more.

    >>> listed_some(["a", "b", "c"], 2), listed_some(["a", "b", "c", "d"], 2)
    ('a, b and c', 'a, b and 2 more')
    """
    if len(names) <= most + 1:
        return listed(list(names))
    return listed([*names[:most], f"{len(names) - most} more"])


def listed(names: list[str], last: str = "and") -> str:
    """
    >>> listed(["SQL"]), listed(["SQL", "Java"]), listed(["a", "b", "c"])
    ('SQL', 'SQL and Java', 'a, b and c')
    >>> listed(["lawyers", "bakers", "chefs and head cooks"])  # the comma tells one name from the next
    'lawyers, bakers, and chefs and head cooks'
    """
    if len(names) < 2:
        return "".join(names)
    comma = "," if len(names) > 2 and any(f" {last} " in name for name in names) else ""
    return f"{', '.join(names[:-1])}{comma} {last} {names[-1]}"


def list_names(names: list[str], last: str = "and") -> str:
    """As `listed`, with a comma between two names, too, where one has an "and" of its own.

    >>> list_names(["bakers", "chefs and head cooks"]), list_names(["bakers", "cooks"])
    ('bakers, and chefs and head cooks', 'bakers and cooks')
    """
    if len(names) == 2 and any(f" {last} " in name for name in names):
        return f"{names[0]}, {last} {names[1]}"
    return listed(names, last)


# -- rows with several values -----------------------------------------------------------------


def time_to_enter(low: int | None, high: int | None, experience: int | None) -> str | None:
    """The span that the page states in a sentence, else the band of its experience figure, marked as such.

    >>> time_to_enter(12, 24, 2), time_to_enter(120, None, None)
    ('1 to 2 years', 'more than 10 years')
    >>> time_to_enter(None, None, 12)
    '6 to 12 months, going by the experience figure'
    """
    if low is not None:
        return span(low, high)
    if high is not None:
        return f"up to {span(high, high)}"
    if experience in EXPERIENCE_BANDS:
        return f"{span(*EXPERIENCE_BANDS[experience])}, {BY_EXPERIENCE}"
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
    time, other = months(first), months(second)
    if not time or not other or time[1] is None or other[1] is None:
        return None
    return month_difference(time[0] - other[0], time[1] - other[1])


def money_range(low: int | None, high: int | None) -> str:
    """
    >>> money_range(67000, 121000), money_range(None, 48000), money_range(30000, None)
    ('$67,000 to $121,000', 'up to $48,000', 'from $30,000')
    """
    if low is None:
        return f"up to {dollars(high or 0)}"
    return f"from {dollars(low)}" if high is None else f"{dollars(low)} to {dollars(high)}"


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
    return "under 1%" if share < 1 else whole_percent(share, TOSS_UP_OVERLAP, 100)


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
    return f"{name}, {percent(share)}" if name and share is not None else name


def degree_difference(first: Any, second: Any) -> str | None:
    (name, share), (other_name, other_share) = first, second
    if name != other_name or share is None or other_share is None:
        return None
    return point_difference(share, other_share)


def span_of_years(base: int | None, target: int | None) -> str | None:
    return None if base is None or target is None else f"{base} to {target}"


def shorten_span(base: int, target: int) -> str:
    """
    >>> shorten_span(2024, 2034), shorten_span(1999, 2009)
    ('2024–34', '1999–2009')
    """
    end = f"{target % 100:02d}" if base // 100 == target // 100 else f"{target}"
    return f"{base}–{end}"


def projected_growth(value: Decimal, base: int | None, target: int | None) -> str:
    """
    >>> projected_growth(Decimal("4.9"), 2024, 2034), projected_growth(Decimal("-4.7"), None, None)
    ('+4.9%, 2024 to 2034', '−4.7%')
    """
    return ", ".join(filter(None, [growth(value), span_of_years(base, target)]))


def projected_openings(value: int, base: int | None, target: int | None) -> str:
    return ", ".join(filter(None, [f"{plain(value)} a year", span_of_years(base, target)]))


def figures_of_occupation(median: Number | None, jobs: int | None, growth_percent: Number | None) -> str:
    """The figures that stand beside the name of an occupation; those that are missing are left out.

    >>> figures_of_occupation(97_550, 3_391_000, Decimal("4.9")), figures_of_occupation(None, 1, None)
    ('$97,550 median · 3,391,000 jobs · +4.9%', '1 job')
    """
    texts = [] if median is None else [f"{dollars(median)} median"]
    texts += [] if jobs is None else [counted(jobs, "job")]
    texts += [] if growth_percent is None else [growth(growth_percent)]
    return " · ".join(texts)


def figures_of_role(average: Number | None, jobs: int | None) -> str:
    """The figures that stand beside the name of a role that is no occupation; those that are missing are left out.

    >>> figures_of_role(62_663, 122_134), figures_of_role(None, None)
    ('$62,663 average · 122,134 jobs', '')
    """
    texts = [] if average is None else [f"{dollars(average)} average"]
    texts += [] if jobs is None else [counted(jobs, "job")]
    return " · ".join(texts)


def jobs_in(value: int, year: int | None) -> str:
    return plain(value) if year is None else f"{plain(value)} in {year}"


def share_in(value: Decimal, year: int | None) -> str:
    return percent(value) if year is None else f"{percent(value)} in {year}"
