"""What the openings are for, how many there are for the size of a field, and how many people are not counted."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from careers.vocabulary import SELF_EMPLOYED
from comparisons import formats
from comparisons.comparison import Comparison, Side
from comparisons.language.amounts import write_in_ten
from comparisons.language.messages.absent_values import EVERYONE
from comparisons.language.parts import Finding, Part, Sentence, list_names_in_parts, list_people, name_role
from comparisons.language.verdict.takeaways import Takeaway
from comparisons.thresholds import CLOSE_SHARES, FEW_SELF_EMPLOYED, MORE_ROOM
from comparisons.titles import capitalize

_BASE, _TARGET, _OPENINGS = "projection.jobs_base", "projection.jobs_target", "projection.openings_per_year"
PROJECTED = (_BASE, _TARGET, _OPENINGS)
# The key of figures that are computed from projections.
NEW_JOBS = "new_jobs"
# Jobs are counted in hundreds, so a small field that grows may seem to keep its size. This percentage of its openings,
# which no page shows, then means "some".
_SOME = Decimal("0.1")


class NewJobs(NamedTuple):
    """New jobs of one role: how many a year, negative where jobs go, and their share of the openings in percent, which
    is positive wherever the field grows."""

    side: Side
    a_year: Decimal
    share: Decimal
    openings: int


def count_new_jobs(comparison: Comparison) -> list[NewJobs] | None:
    """None unless all projections are known and of the same years, and there are openings."""
    counted = _count_known(comparison)
    return counted if len(counted) == len(comparison.sides) else None


def _count_known(comparison: Comparison) -> list[NewJobs]:
    """Of the roles whose projections are known; nothing where these are not of the same years."""
    counted = list(filter(None, [count_new_jobs_of(comparison, side) for side in comparison.sides]))
    return counted if counted and comparison.by_key[_OPENINGS].like_for_like else []


def count_new_jobs_of(comparison: Comparison, side: Side) -> NewJobs | None:
    """None unless the projection of the role is known, and there are openings."""
    published = comparison.published[side.index]
    if not published.keys() >= set(PROJECTED):
        return None
    base, target, openings = [published[key].value for key in PROJECTED]
    first, last = published[_OPENINGS].years
    if not openings or first is None or last is None or first >= last:
        return None
    a_year = Decimal(target - base) / (last - first)
    share = 100 * a_year / openings
    growth = published.get("projection.growth_percent")
    if growth and growth.value > 0:
        share = max(share, _SOME)
    return NewJobs(side, a_year, share, openings)


def find_new_jobs(comparison: Comparison) -> Finding:
    """How many openings replace somebody, and how many are new jobs."""
    counted = _count_known(comparison)
    if not counted:
        return None
    fewest, most = min(counted, key=lambda jobs: jobs.share), max(counted, key=lambda jobs: jobs.share)
    is_complete = len(counted) == len(comparison.sides)
    everyone = EVERYONE[len(counted)] if is_complete else list_people(jobs.side for jobs in counted)
    if most.share <= 0:
        return (Part(f"For {everyone}, every opening replaces somebody: no new jobs are projected"),)
    if fewest.share <= 0:
        without = [jobs.side for jobs in counted if jobs.share <= 0]
        return (Part(f"Every opening for {list_people(without)} replaces somebody; "), *_describe_new(most))
    if most.share - fewest.share < CLOSE_SHARES:
        replacing = _write_replacing(100 - float(most.share + fewest.share) / 2)
        return (Part(f"For {everyone}, "), Part(replacing, key=NEW_JOBS), Part(" openings replace somebody"))
    replacing = _write_replacing(100 - float(fewest.share))
    start = Part(replacing[:1].upper() + replacing[1:], key=NEW_JOBS)
    return (start, Part(f" openings for {fewest.side.people} replace somebody; "), *_describe_new(most))


def _write_replacing(percent: float) -> str:
    return write_in_ten(percent).replace("half of the", "half of all")


def _describe_new(jobs: NewJobs) -> tuple[Part, ...]:
    share = write_in_ten(float(jobs.share)).removesuffix(" of the")
    verb = "is a new job" if share.startswith("about 1 in") else "are new jobs"
    return (Part(f"of those for {jobs.side.people} "), Part(share, key=NEW_JOBS), Part(f" {verb}"))


def compare_new_jobs(comparison: Comparison) -> Takeaway | None:
    """Who gets more new jobs, with their shares of the openings; None where that cannot be compared."""
    counted = count_new_jobs(comparison)
    if counted is None:
        return None
    note = _name_shares(counted)
    first, second = sorted(counted, key=lambda jobs: jobs.a_year, reverse=True)[:2]
    if max(jobs.share for jobs in counted) <= 0:
        return Takeaway((Part("No new jobs"),), "")
    if round(first.a_year) == round(second.a_year):
        return Takeaway((Part("The same"),), note)
    return Takeaway((name_role(first.side), Part(" more new jobs" if len(counted) == 2 else " most new jobs")), note)


def _name_shares(counted: Sequence[NewJobs]) -> str:
    """`9% of the openings for nurses and 23% for developers`, or `2% of the openings for both`."""
    shares = [_name_share(jobs.share) for jobs in counted]
    first = f"{shares[0]} of the openings for "
    if len(set(shares)) == 1:
        return first + EVERYONE[len(counted)]
    others = [f"{share} for {jobs.side.people}" for share, jobs in zip(shares[1:], counted[1:], strict=True)]
    return formats.list_names([first + counted[0].side.people, *others])


def _name_share(percent: Decimal) -> str:
    """
    >>> _name_share(Decimal(-3)), _name_share(Decimal("0.3")), _name_share(Decimal("8.8"))
    ('none', 'under 1%', '9%')
    """
    if percent <= 0:
        return "none"
    return "under 1%" if percent < 1 else f"{formats.rounded(percent)}%"


def _find_base_year(comparison: Comparison) -> str:
    """The year that the jobs were counted in, as ` of 2024`; "" where it is not one for all."""
    line = comparison.by_key.get("projection.years")
    years = {cell.value[0] for cell in line.cells if not cell.missing} if line else set()
    return f" of {years.pop()}" if len(years) == 1 else ""


def find_room(comparison: Comparison) -> Finding:
    """Openings for every 100 jobs of each field, and which field has more room for its size."""
    if count_new_jobs(comparison) is None:
        return None
    bases, openings = [[cell.value for cell in comparison.by_key[key].cells] for key in (_BASE, _OPENINGS)]
    if not all(bases):
        return None
    rates = [100 * count / base for count, base in zip(openings, bases, strict=True)]
    parts = [Part(f"For every 100 jobs{_find_base_year(comparison)}, self-employed people included, there are ")]
    parts += _write_rates(comparison.sides, [Part(f"{rate:.1f}", key=NEW_JOBS) for rate in rates])
    highest, next_highest = sorted(rates, reverse=True)[:2]
    if 100 * (highest - next_highest) >= MORE_ROOM * next_highest:
        more = "more" if len(rates) == 2 else "the most"
        side = comparison.sides[rates.index(highest)]
        parts.append(Part(f": for its size, the field of {side.people} has {more} room"))
    return tuple(parts)


def _write_rates(sides: Sequence[Side], rates: Sequence[Part]) -> list[Part]:
    """`5.2 openings a year for nurses and 11.9 for cooks`, or `5.2 openings a year for both`."""
    if len(set(rates)) == 1:
        return [rates[0], Part(f" openings a year for {EVERYONE[len(rates)]}")]
    items: list[list[Part]] = []
    for side, rate in zip(sides, rates, strict=True):
        unit = "" if items else " openings a year"
        items.append([rate, Part(f"{unit} for {side.people}")])
    return list_names_in_parts(items)


def describe_self_employed(comparison: Comparison) -> Sentence:
    """How many people the counts leave out, and what that means; nothing where no role is an official occupation."""
    if not any(side.official for side in comparison.sides):
        return ()
    key = "projection.self_employed_percent"
    shares: dict[str, Decimal] = {}
    for side in comparison.sides:
        cell = comparison.published[side.index].get(key)
        if cell:
            shares[side.people] = cell.value
    start = capitalize(f"{SELF_EMPLOYED} in pay and jobs")
    if not shares:
        return (Part(f"{start}."),)
    highest, are_compared = max(shares.values()), len(shares) > 1
    if len(shares) == len(comparison.sides) > 1 and len(set(shares.values())) == 1:
        shares = {EVERYONE[len(comparison.sides)]: highest}
    they_are = [(Part(formats.percent(share), key=key), Part(f" of {people}")) for people, share in shares.items()]
    end = ", too few to change the answer." if are_compared else "."
    if highest >= FEW_SELF_EMPLOYED:
        end = ". What they earn may be more or less than what is shown."
    return Part(f"{start}; they are "), *list_names_in_parts(they_are), Part(end)
