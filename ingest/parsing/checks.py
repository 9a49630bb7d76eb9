"""What a page must hold to be believed: checks of its facts against one another.

Each failed check is a warning on the page, and a mark on the values that it speaks of, so that
a reader is told that the source disagrees with itself. No value is changed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import Any

from careers.vocabulary import EXPERIENCE_BANDS, STORED_IN
from ingest.parsing.facts import Evidence, PageWarning, ParsedPage, RoleFacts
from ingest.parsing.states import STATES

HOURS_A_YEAR = 2080
_HOURLY_TOLERANCE = Decimal("0.01")
_RACE_TOLERANCE = Decimal("0.3")
_RISING = ("p10", "p25", "median", "p75", "p90")
_RACES = ("black", "unknown", "hispanic", "asian", "white", "native")


def check(page: ParsedPage) -> ParsedPage:
    """The page with what the checks found, on the page and on the values."""
    found = [warning for role in page.roles for warning in _check_role(role)]
    warnings = sorted({*page.warnings, *found}, key=lambda w: (w.line, w.code, w.role or ""))
    roles = tuple(_marked(role, warnings) for role in page.roles)
    return replace(page, warnings=tuple(warnings), roles=roles)


def _check_role(role: RoleFacts) -> Iterator[PageWarning]:
    for test in (_pay, _order, _range, _gender, _race, _experience, _city):
        yield from test(role)


def _warn(role: RoleFacts, code: str, message: str, *keys: str) -> Iterator[PageWarning]:
    for key in keys:
        group, name = STORED_IN[key]
        evidence = getattr(role, group).evidence.get(name)
        if evidence:
            yield PageWarning(code, evidence.line, message, key, role.title)


def _pay(role: RoleFacts) -> Iterator[PageWarning]:
    for figure in ("average", *_RISING):
        hourly, annual = getattr(role.salary, f"hourly_{figure}"), getattr(role.salary, f"annual_{figure}")
        if hourly is None or annual is None:
            continue
        yearly = hourly * HOURS_A_YEAR
        if abs(yearly - annual) > annual * _HOURLY_TOLERANCE:
            message = f"${hourly} an hour is ${yearly:,.0f} a year, not ${annual:,} ({role.title})."
            keys = (f"salary.hourly_{figure}", f"salary.annual_{figure}")
            yield from _warn(role, "hourly-disagrees-with-annual", message, *keys)


def _order(role: RoleFacts) -> Iterator[PageWarning]:
    """What one in ten stays below cannot be more than what a quarter stays below, and so on."""
    for per, words in (("annual", "a year"), ("hourly", "an hour")):
        given = [(f"{per}_{figure}", getattr(role.salary, f"{per}_{figure}")) for figure in _RISING]
        known = [(name, value) for name, value in given if value is not None]
        for (name, value), (next_name, next_value) in pairwise(known):
            if value > next_value:
                message = (
                    f"The percentiles of pay {words} fall from ${value:,} to ${next_value:,} where they should rise "
                    f"({role.title})."
                )
                yield from _warn(role, "percentiles-out-of-order", message, f"salary.{name}", f"salary.{next_name}")


def _range(role: RoleFacts) -> Iterator[PageWarning]:
    low, high = role.salary.annual_low, role.salary.annual_high
    if low is not None and high is not None and low > high:
        message = f"The pay range runs from ${low:,} down to ${high:,} ({role.title})."
        yield from _warn(role, "average-outside-range", message, "salary.annual_low", "salary.annual_high")
    for key in ("salary.annual_average", "salary.annual_median"):
        value = getattr(role.salary, STORED_IN[key][1])
        if value is None:
            continue
        if (low is not None and value < low) or (high is not None and value > high):
            message = f"${value:,} lies outside the pay range of the page ({role.title})."
            yield from _warn(role, "average-outside-range", message, key)


def _gender(role: RoleFacts) -> Iterator[PageWarning]:
    male, female = role.demographics.male_percent, role.demographics.female_percent
    if male is not None and female is not None and male + female != 100:
        message = f"The gender shares add up to {male + female}, not 100 ({role.title})."
        yield from _warn(role, "gender-sum", message, "demographics.male_percent", "demographics.female_percent")


def _race(role: RoleFacts) -> Iterator[PageWarning]:
    shares = [getattr(role.demographics, f"{race}_percent") for race in _RACES]
    known = [share for share in shares if share is not None]
    if known and abs(sum(known) - 100) > _RACE_TOLERANCE:
        message = f"The race shares add up to {sum(known)}, not 100 ({role.title})."
        yield from _warn(role, "race-sum", message, *(f"demographics.race.{race}_percent" for race in _RACES))


def _experience(role: RoleFacts) -> Iterator[PageWarning]:
    """The published number of years is the upper end of the band that the sentence names.

    "-" may mean more than ten years, or nothing: it contradicts no band.
    """
    entry = role.preparation
    if "months_low" not in entry.evidence or "years_of_experience" not in entry.evidence:
        return
    years = entry.years_of_experience
    if years is not None and (entry.months_low, entry.months_high) != EXPERIENCE_BANDS.get(years):
        message = f"Years of experience and the time to become one disagree ({role.title})."
        yield from _warn(
            role,
            "experience-disagrees-with-time",
            message,
            "entry.years_of_experience",
            "entry.months_low",
        )


def _city(role: RoleFacts) -> Iterator[PageWarning]:
    city, state = role.salary.top_city, role.salary.top_state
    if city is None or state is None:
        return
    code = city.rpartition(", ")[2]
    if code in STATES and STATES[code] != state:
        message = f"The best paid city is {city}, the best paid state {state} ({role.title})."
        yield from _warn(role, "city-not-in-state", message, "salary.top_city", "salary.top_state")


def _marked(role: RoleFacts, warnings: Sequence[PageWarning]) -> RoleFacts:
    """The role with each warning's code on the value that it speaks of."""
    groups: dict[str, dict[str, Evidence]] = {}
    for warning in warnings:
        if warning.role != role.title or warning.field not in STORED_IN:
            continue
        group, name = STORED_IN[warning.field]
        marks = groups.setdefault(group, dict(getattr(role, group).evidence))
        if name in marks and warning.code not in marks[name].warnings:
            marks[name] = replace(marks[name], warnings=(*marks[name].warnings, warning.code))
    changed: dict[str, Any] = {group: replace(getattr(role, group), evidence=marks) for group, marks in groups.items()}
    return replace(role, **changed) if changed else role
