"""Sentences on the number of jobs and its growth."""

from comparisons import formats
from comparisons.comparison import Comparison
from comparisons.language.summary.sentence import (
    KnownValues,
    Sentence,
    Words,
    find_values,
    place_between,
    rounded_percent,
    write_sentence,
)
from comparisons.thresholds import ABOUT_AS_MANY, MANY_TIMES, allows_ratio


def write_jobs(comparison: Comparison) -> Sentence | None:
    """Compares the numbers of jobs; None where nobody has any."""
    jobs = find_values(comparison, "outlook.job_count")
    if jobs is None or not jobs.highest.value:
        return None
    fewest, most = jobs.lowest, jobs.highest
    few, many = fewest.part(formats.plain(fewest.value)), most.part(formats.plain(most.value))
    comparable = bool(fewest.value) and allows_ratio(fewest.cell.error, most.cell.error)
    more = compare_counts(most.value, fewest.value) if comparable else ""
    if fewest.value and (jobs.all_same or (comparable and not more)):
        counts: list[Words] = [formats.plain(fewest.value)] if jobs.all_same else [many, " against ", few]
        return write_sentence(jobs, "There are about as many jobs for ", jobs.highest_first, ": ", *counts)
    if comparable and jobs.two:
        link = " than for " if more.endswith("more") else " as for "
        roles: list[Words] = [most.sides, link, fewest.sides]
        return write_sentence(jobs, f"There are {more} jobs for ", *roles, ": ", many, " against ", few)
    there, jobs_for = ("There is ", " job for ") if most.value == 1 else ("There are ", " jobs for ")
    here, fewest_here = ("", "") if jobs.two else (", the most here,", ", the fewest")
    return write_sentence(
        jobs,
        there,
        many,
        jobs_for,
        most.sides,
        here,
        " and ",
        few,
        " for ",
        fewest.sides,
        fewest_here,
        *place_between(jobs),
    )


def compare_counts(high: int, low: int) -> str:
    """How many more, in the words that the summary and the chart share; "" where the counts are about equal.

    >>> compare_counts(160_000, 117_059), compare_counts(250_590, 117_059), compare_counts(119_000, 117_059)
    ('37% more', '2.1 times as many', '')
    """
    if 100 * (high - low) < ABOUT_AS_MANY * low:
        return ""
    if high < MANY_TIMES * low:
        return f"{rounded_percent(float(100 * (high - low) / low))} more"
    return f"{formats.times(high, low)} as many"


def write_growth(comparison: Comparison) -> Sentence | None:
    """Only where the rates differ: many roles share the figure of their whole occupation group."""
    growth = find_values(comparison, "outlook.growth_percent")
    if growth is None or growth.all_same:
        return None
    more, less = ("higher", "lower") if growth.two else ("highest", "lowest")
    return write_sentence(
        growth,
        f"The growth rate is {more} for ",
        growth.highest.sides,
        " with ",
        growth.highest.part(formats.growth(growth.highest.value)),
        f" and {less} for ",
        growth.lowest.sides,
        " with ",
        growth.lowest.part(formats.growth(growth.lowest.value)),
        *place_between(growth),
    )


def write_same_growth(comparison: Comparison) -> Sentence | None:
    """Only where the rates are equal."""
    growth = find_values(comparison, "outlook.growth_percent")
    if growth is None or not growth.all_same:
        return None
    rate = formats.growth(growth.values[0].value)
    return write_sentence(growth, "The growth rate is the same for ", growth.everyone, f": {rate}")


def write_projected_growth(comparison: Comparison) -> Sentence | None:
    """With both years of the projection; None where the roles' projections are of different years."""
    growth = find_values(comparison, "projection.growth_percent")
    years = _shared_years(growth)
    if growth is None or not years:
        return None
    if growth.all_same:
        rate = formats.growth(growth.values[0].value)
        words = f" is projected to change by the same {rate} {years}"
        return write_sentence(growth, "The number of jobs for ", growth.highest.sides, words)
    most, least = ("", "") if growth.two else (", the highest rate,", ", the lowest")
    return write_sentence(
        growth,
        "The number of jobs for ",
        growth.highest.sides,
        " is projected to change by ",
        growth.highest.part(formats.growth(growth.highest.value)),
        f" {years}{most} and for ",
        growth.lowest.sides,
        " by ",
        growth.lowest.part(formats.growth(growth.lowest.value)),
        least,
    )


def write_openings(comparison: Comparison) -> Sentence | None:
    """With both years of the projection; None where the roles' projections are of different years."""
    openings = find_values(comparison, "projection.openings_per_year")
    years = _shared_years(openings)
    if openings is None or not years:
        return None
    if openings.all_same:
        words = f" {formats.plain(openings.values[0].value)} openings a year are projected {years}"
        return write_sentence(openings, "For ", openings.highest.sides, " alike,", words)
    most, fewest = ("", "") if openings.two else (", the most,", ", the fewest")
    return write_sentence(
        openings,
        openings.highest.part(formats.plain(openings.highest.value)),
        " openings a year are projected for ",
        openings.highest.sides,
        f" {years}{most} and ",
        openings.lowest.part(formats.plain(openings.lowest.value)),
        " for ",
        openings.lowest.sides,
        fewest,
    )


def _shared_years(known: KnownValues | None) -> str:
    """`from 2024 to 2034`; "" unless all values are of the same years."""
    spans = {value.cell.years for value in known.values} if known else set()
    if len(spans) != 1:
        return ""
    base, target = spans.pop()
    return f"from {base} to {target}" if base and target else ""
