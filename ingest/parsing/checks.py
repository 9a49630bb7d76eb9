"""Checks of the facts of a page against one another.

Each failed check adds a warning to the page and marks the values that it concerns, so that
readers learn that the source disagrees with itself. No value is changed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from careers.vocabulary import EXPERIENCE_BANDS, RACE_KEYS
from ingest.parsing.parsed_page import PageWarning, ParsedPage
from ingest.parsing.places import STATES
from ingest.parsing.role_facts import RoleFacts

HOURS_A_YEAR = 2080
_HOURLY_TOLERANCE = Decimal("0.01")
_RACE_TOLERANCE = Decimal("0.3")
_OF_UNREAD_CELLS = frozenset({"ambiguous", "unreadable-value"})
_RISING = ("p10", "p25", "median", "p75", "p90")


def check_page(page: ParsedPage) -> ParsedPage:
    """Add the warnings of the checks to the page and to its values. Warnings are sorted by line."""
    warnings = list(page.warnings)
    for role in page.roles:
        for check in (
            _check_hourly_pay,
            _check_percentiles,
            _check_pay_range,
            _check_gender,
            _check_race,
            _check_experience,
            _check_city,
        ):
            warnings += check(role)
    warnings = sorted(dict.fromkeys(warnings), key=lambda warning: (warning.line, warning.code, warning.role or ""))
    roles = tuple(_mark_values(role, warnings) for role in page.roles)
    return replace(page, warnings=tuple(warnings), roles=roles)


def _warn(role: RoleFacts, code: str, message: str, *keys: str) -> Iterator[PageWarning]:
    for key in keys:
        evidence = role.evidence.get(key)
        if evidence:
            yield PageWarning(code, evidence.line, message, key, role.title)


def _check_hourly_pay(role: RoleFacts) -> Iterator[PageWarning]:
    for figure in ("average", *_RISING):
        hourly, annual = role.value(f"salary.hourly_{figure}"), role.value(f"salary.annual_{figure}")
        if hourly is None or annual is None:
            continue
        yearly = hourly * HOURS_A_YEAR
        if abs(yearly - annual) > annual * _HOURLY_TOLERANCE:
            message = f"${hourly:,.2f} an hour is ${yearly:,.0f} a year, not ${annual:,} ({role.title})."
            keys = (f"salary.hourly_{figure}", f"salary.annual_{figure}")
            yield from _warn(role, "hourly-disagrees-with-annual", message, *keys)


def _check_percentiles(role: RoleFacts) -> Iterator[PageWarning]:
    """A higher percentile of pay cannot be lower than the one before it."""
    for per, words, places in (("annual", "a year", 0), ("hourly", "an hour", 2)):
        keys = [f"salary.{per}_{figure}" for figure in _RISING]
        percentiles = [(key, role.value(key)) for key in keys if role.value(key) is not None]
        for (key, value), (next_key, next_value) in pairwise(percentiles):
            if value > next_value:
                message = (
                    f"The percentiles of pay {words} fall from ${value:,.{places}f} to ${next_value:,.{places}f} where "
                    f"they should rise ({role.title})."
                )
                yield from _warn(role, "percentiles-out-of-order", message, key, next_key)


def _check_pay_range(role: RoleFacts) -> Iterator[PageWarning]:
    low, high = role.value("salary.annual_low"), role.value("salary.annual_high")
    if low is not None and high is not None and low > high:
        message = f"The pay range runs from ${low:,} down to ${high:,} ({role.title})."
        yield from _warn(role, "average-outside-range", message, "salary.annual_low", "salary.annual_high")
    for figure in ("average", "median", "entry", "mid", "senior"):
        value = role.value(f"salary.annual_{figure}")
        if value is None:
            continue
        if (low is not None and value < low) or (high is not None and value > high):
            message = f"${value:,} lies outside the pay range of the page ({role.title})."
            yield from _warn(role, "average-outside-range", message, f"salary.annual_{figure}")


def _check_gender(role: RoleFacts) -> Iterator[PageWarning]:
    male, female = role.value("demographics.male_percent"), role.value("demographics.female_percent")
    if male is not None and female is not None and male + female != 100:
        message = f"The gender shares add up to {male + female}, not 100 ({role.title})."
        yield from _warn(role, "gender-sum", message, "demographics.male_percent", "demographics.female_percent")


def _check_race(role: RoleFacts) -> Iterator[PageWarning]:
    shares = [role.value(key) for key in RACE_KEYS]
    published = [share for share in shares if share is not None]
    if published and abs(sum(published) - 100) > _RACE_TOLERANCE:
        message = f"The race shares add up to {sum(published)}, not 100 ({role.title})."
        yield from _warn(role, "race-sum", message, *RACE_KEYS)


def _check_experience(role: RoleFacts) -> Iterator[PageWarning]:
    """The published number of years is the upper end of the band that the sentence names.

    "-" may mean more than ten years, or nothing: it contradicts no band. A copy can have lost the sentence.
    """
    years = role.value("entry.years_of_experience")
    band = (role.value("entry.months_low"), role.value("entry.months_high"))
    if years is None or band == (None, None):
        return
    if band != EXPERIENCE_BANDS.get(years):
        message = f"The years of experience and the time to enter disagree ({role.title})."
        yield from _warn(
            role, "experience-disagrees-with-time", message, "entry.years_of_experience", "entry.months_low"
        )


def _check_city(role: RoleFacts) -> Iterator[PageWarning]:
    city, state = role.value("salary.top_city"), role.value("salary.top_state")
    if city is None or state is None:
        return
    code = city.rpartition(", ")[2]
    if code in STATES and STATES[code] != state:
        message = f"The highest paying city, {city}, is not in the highest paying state, {state} ({role.title})."
        yield from _warn(role, "city-not-in-state", message, "salary.top_city", "salary.top_state")


def _mark_values(role: RoleFacts, warnings: Sequence[PageWarning]) -> RoleFacts:
    """Put the code of each warning into the evidence of the value that it concerns."""
    evidence = dict(role.evidence)
    for warning in warnings:
        key = warning.field
        if warning.role != role.title or key not in evidence:
            continue
        if warning.code in _OF_UNREAD_CELLS and evidence[key].how != "unread":
            continue  # another row of the page gives the value
        if warning.code not in evidence[key].warnings:
            evidence[key] = replace(evidence[key], warnings=(*evidence[key].warnings, warning.code))
    return replace(role, evidence=evidence)
