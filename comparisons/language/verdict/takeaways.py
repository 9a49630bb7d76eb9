"""What follows from a row of figures: a few words at the end of the row, and a note below them."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import chain
from operator import itemgetter
from typing import Any, NamedTuple

from comparisons import formats
from comparisons.comparison import Comparison, ComparisonLine, Side
from comparisons.judging.leads import WITHOUT_BACHELOR, choose_pay, find_pay_errors, judge_pair, sum_shares
from comparisons.language.amounts import compare_counts, compare_ranges, multiply_rate, round_percent
from comparisons.language.demands import EXPERIENCE, TRAINING_BY_LENGTH, rank_education
from comparisons.language.messages.absent_values import EVERYONE
from comparisons.language.parts import Part, begin_sentence, list_people, name_all_people, name_role
from comparisons.language.row_values import ComparedValues, find_values_of_all
from comparisons.language.verdict.skill_findings import describe_near
from comparisons.thresholds import LEAD_IN_GROWTH, allows_ratio, is_uncertain
from comparisons.titles import capitalize, spell_skill

_OPENINGS = "projection.openings_per_year"
_TRAINING, _EXPERIENCE = "requirements.training", "requirements.work_experience"
NOT_WHO_CAN = "who is counted now, not who can do it"


class Takeaway(NamedTuple):
    """`parts`: the words. `note`: what stands below them, "" for nothing."""

    parts: tuple[Part, ...]
    note: str = ""


def find_takeaway(comparison: Comparison, key: str) -> Takeaway | None:
    """The takeaway for a row of the overview; None where a role has no figure in it, or for an unknown key. `key`:
    "pay" for the pay that the page compares, "education", "skills", or that of a row."""
    write = _WRITERS.get(key)
    return write(comparison) if write and len(comparison.sides) > 1 else None


def _name_takeaway(sides: Sequence[Side], words: str, *notes: str) -> Takeaway:
    """One role is named as it stands on the page, of several the people."""
    names = [name_role(sides[0])] if len(sides) == 1 else begin_sentence(name_all_people(sides))
    return Takeaway((*names, Part(f" {words}")), "; ".join(filter(None, notes)))


def _write_takeaway(words: str, *notes: str) -> Takeaway:
    return Takeaway((Part(words),), "; ".join(filter(None, notes)))


# -- pay --------------------------------------------------------------------------------------


def _write_pay_takeaway(comparison: Comparison) -> Takeaway | None:
    line = choose_pay(comparison)
    pay = find_values_of_all(comparison, line.row.key) if line else None
    if line is None or pay is None:
        return None
    low, high = pay.lowest, pay.highest
    mixed = pay.mixed
    overlapping = _describe_overlap(comparison, line)
    errors = [find_pay_errors(comparison, side.index) for side in comparison.sides]
    uncertain = _name_errors(comparison.sides, errors)
    if pay.all_same:
        return _write_takeaway("The same", overlapping, mixed, uncertain)
    gap, unit = formats.dollars(high.value - low.value), " an hour" if "hourly" in line.row.key else ""
    if mixed:
        return _set_apart(f"{gap}{unit}", pay, uncertain)
    if not pay.two:
        return _name_best_paid(comparison, pay, f"{gap}{unit}", uncertain)
    ratio = _describe_ratio(low.value, high.value) if low.value > 0 and allows_ratio(*chain(*errors)) else ""
    return _name_takeaway(high.sides, f"+{gap}{unit}", ratio, overlapping, uncertain)


def _name_best_paid(comparison: Comparison, pay: ComparedValues, gap: str, uncertain: str) -> Takeaway:
    """Among more than two roles: those with the highest pay, and those whose pay is a toss-up with it."""
    highest, lowest = pay.highest.sides, pay.lowest.sides
    best = [side for side in comparison.sides if side in highest or _is_toss_up(comparison, highest[0], side)]
    if lowest[0] in best:
        return _write_takeaway("Much the same", f"up to {gap} apart", uncertain)
    above = f"{gap} above" if len(best) == len(highest) else f"up to {gap} above"
    return _name_takeaway(best, "highest", f"{above} {list_people(lowest)}", uncertain)


def _is_toss_up(comparison: Comparison, *sides: Side) -> bool:
    verdict = judge_pair(comparison, *sorted(side.index for side in sides))
    return bool(verdict and verdict.is_toss_up)


def _set_apart(difference: str, compared: ComparedValues, uncertain: str = "") -> Takeaway:
    """The difference of figures that are not like for like, among which none leads."""
    words = f"{difference} apart" if compared.two else f"Up to {difference} apart"
    return _write_takeaway(words, compared.mixed, uncertain)


def _describe_ratio(low: Any, high: Any) -> str:
    """
    >>> _describe_ratio(50_000, 60_000), _describe_ratio(20_000, 50_000), _describe_ratio(65_120, 130_220)
    ('20% more', '2.5 times as much', 'twice as much')
    """
    percent = round_percent(float(100 * (high - low) / low))
    if high >= 2 * low or percent == "100%":
        return f"{formats.times(high, low)} as much"
    return f"{percent} more"


def _name_errors(sides: Sequence[Side], errors: Sequence[Sequence[Decimal]]) -> str:
    """The large relative errors of pay, by the markers of the roles; "" if there is none.

    Counts of jobs have their errors in their own row, those of pay stand with its average.
    """
    large = []
    for side, role_errors in zip(sides, errors, strict=True):
        if any(map(is_uncertain, role_errors)):
            large.append(f"{formats.percent(max(role_errors))} for {side.marker}")
    return f"relative error {formats.listed(large)}" if large else ""


def _describe_overlap(comparison: Comparison, line: ComparisonLine) -> str:
    """Describe the overlap of the ranges of two roles whose pay has no percentiles."""
    ranges = comparison.complete.get("salary.range")
    if line.row.key != "salary.annual_average" or len(comparison.sides) != 2 or ranges is None:
        return ""
    return "".join(compare_ranges(ranges.cells[0].value, ranges.cells[1].value))


# -- jobs, growth and openings -----------------------------------------------------------------


def _write_count_takeaway(comparison: Comparison, key: str, *, amounts: bool) -> Takeaway | None:
    """`amounts`: the difference itself comes first."""
    counts = find_values_of_all(comparison, key)
    if counts is None:
        return None
    low, high = counts.lowest, counts.highest
    mixed = counts.mixed
    if counts.all_same:
        return _write_takeaway("The same", mixed)
    difference = formats.plain(high.value - low.value)
    more = compare_counts(high.value, low.value) if counts.has_ratio else ""
    if mixed:
        return _set_apart(difference, counts)
    if amounts and 0 < low.value <= high.value < 2 * low.value:
        more = f"{round_percent(100 * (high.value - low.value) / low.value)} more"
    if not counts.two:
        return _name_takeaway(high.sides, "most", _write_than(more or f"{difference} more", low.sides))
    if amounts or not counts.has_ratio:
        return _name_takeaway(high.sides, f"+{difference}", more)
    if not more:
        return _write_takeaway("About as many", f"{difference} apart")
    return _name_takeaway(high.sides, more)


def _write_than(more: str, sides: Sequence[Side]) -> str:
    """`37% more than bakers`, `twice as many as bakers`."""
    return f"{more} {'as' if more.endswith('many') else 'than'} {list_people(sides)}"


def _write_growth_takeaway(comparison: Comparison, key: str) -> Takeaway | None:
    growth = find_values_of_all(comparison, key)
    if growth is None:
        return None
    low, high, mixed = growth.lowest, growth.highest, growth.mixed
    if growth.all_same:
        return _write_takeaway("The same", mixed)
    points = formats.counted(high.value - low.value, "point")
    if high.value - low.value < LEAD_IN_GROWTH:
        return _write_takeaway("Much the same", f"{points} apart", mixed)
    fastest = [value.side for value in growth.values if high.value - value.value < LEAD_IN_GROWTH]
    if 1 < len(fastest) == len(growth.values) - 1:
        return _name_takeaway(low.sides, _name_slowest(growth), f"{points} below {list_people(high.sides)}", mixed)
    words = _name_fastest(growth, fastest)
    if growth.two and low.value < 0:
        return _name_takeaway(fastest, words, f"{points} apart", mixed)
    of_all = comparison.all_jobs.get(key)
    multiple = multiply_rate(high.value, of_all.value) if of_all and len(fastest) == 1 else ""
    than = f"{points} more" if growth.two else f"{points} above {list_people(low.sides)}"
    return _name_takeaway(fastest, words, multiple or than, mixed)


def _name_slowest(growth: ComparedValues) -> str:
    """What the field with the lowest growth does, where all others are close to the highest."""
    shrinking = sum(value.value < 0 for value in growth.values)
    return ("slowest", "shrinks", "shrinks most")[min(shrinking, 2)]


def _name_fastest(growth: ComparedValues, fastest: Sequence[Side]) -> str:
    """What the field of the roles with the highest growth does."""
    highest = growth.highest.value
    if not growth.two:
        shrinking = "shrinks least" if len(fastest) == 1 else "shrink least"
        return shrinking if highest < 0 else "fastest"
    if growth.lowest.value >= 0:
        return "grows faster"
    if highest > 0:
        return "grows, the other shrinks"
    return "shrinks less" if highest else "holds steady"


# -- getting in --------------------------------------------------------------------------------


def _write_education_takeaway(comparison: Comparison) -> Takeaway | None:
    education = find_values_of_all(comparison, "requirements.education")
    if education is None:
        return _write_degree_takeaway(comparison)
    note = _describe_ways_in(comparison)
    if education.all_same:
        return _write_takeaway("Same on paper", note)
    by_rank: dict[int, list[Side]] = {}
    for role_value in education.values:
        by_rank.setdefault(rank_education(role_value.value), []).append(role_value.side)
    least, most = by_rank[min(by_rank)], by_rank[max(by_rank)]
    if education.two:
        return _name_takeaway(least, "asks less", note)
    if len(most) == 1 and len(least) > 1:
        return _name_takeaway(most, "asks most", note)
    return _name_takeaway(least, "asks least" if len(least) == 1 else "ask least", note)


def _describe_ways_in(comparison: Comparison) -> str:
    """Who does the work without a bachelor's degree; "" where nobody does."""
    sums = sum_shares(comparison, WITHOUT_BACHELOR)
    if sums is None or not any(sums):
        return ""
    shares = list(zip(sums, comparison.sides, strict=True))
    if len(shares) > 2:
        share, side = max(shares, key=itemgetter(0))
        return f"{_write_percent(share)} of {side.people} work without a bachelor’s"
    (share, side), (other_share, other) = shares
    percent, other_percent = _write_percent(share), _write_percent(other_share)
    if percent == other_percent:
        return f"{percent} of both work without a bachelor’s"
    return f"{percent} of {side.people} work without a bachelor’s, {other_percent} of {other.people}"


def _write_percent(share: Any) -> str:
    return formats.whole_percent(float(share), 100)


def _write_degree_takeaway(comparison: Comparison) -> Takeaway | None:
    """The most common degree, with the share of people who hold it."""
    line = comparison.complete.get("education.degree")
    if line is None or any(cell.value[0] is None for cell in line.cells):
        return None
    if len({cell.value[0] for cell in line.cells}) > 1:
        return _write_takeaway("Different degrees", "the most common in each")
    everyone = EVERYONE[len(comparison.sides)]
    shares = [cell.value[1] for cell in line.cells]
    if None in shares:
        return _write_takeaway("The same degree", f"the most common in {everyone}")
    gap = max(shares) - min(shares)
    words = f"{formats.counted(gap, 'point')} apart" if gap else "The same"
    return _write_takeaway(words, f"the most common degree in {everyone}")


def _write_demand_takeaway(
    comparison: Comparison, key: str, order: Sequence[str], alone: str, ahead: tuple[str, str, str]
) -> Takeaway | None:
    """`order`: the demands, the least first. `alone`: the words for those that demand anything. `ahead`: the verb for
    those that demand most, and its adverb for two roles and for several."""
    demands = find_values_of_all(comparison, key)
    if demands is None:
        return None
    if demands.all_same:
        return _write_takeaway("The same")
    free = [role_value.side for role_value in demands.values if role_value.value == "None"]
    asking = [role_value for role_value in demands.values if role_value.value != "None"]
    most = _find_most(demands, order)
    if most and len({role_value.value for role_value in asking}) > 1:
        verb, *adverbs = ahead
        return _name_takeaway(most, f"{verb}{'s' if len(most) == 1 else ''} {adverbs[not demands.two]}")
    if not free:
        return _write_takeaway("Different kinds")
    if len(free) == 1 < len(asking):
        return Takeaway((Part("All but "), *name_all_people(free), Part(f" {alone}")))
    return Takeaway((Part("Only "), *name_all_people([role_value.side for role_value in asking]), Part(f" {alone}")))


def _find_most(values: ComparedValues, order: Sequence[str]) -> list[Side]:
    """The roles with the most by an order; none where a value has no place in the order."""
    if any(role_value.value not in order for role_value in values.values):
        return []
    places = [order.index(role_value.value) for role_value in values.values]
    return [role_value.side for role_value, place in zip(values.values, places, strict=True) if place == max(places)]


# -- skills and people -------------------------------------------------------------------------


def _write_skills_takeaway(comparison: Comparison) -> Takeaway | None:
    everyone = EVERYONE[len(comparison.sides)]
    official = comparison.official_skills
    if len(official.rated_roles) == len(comparison.sides):
        count = formats.counted(len(official.even), "skill") if official.even else "No skill"
        return _write_takeaway(f"{count} {everyone} need about equally")
    lists = comparison.skills.lists
    if not all(lists):
        return None
    shared = [spell_skill(match.name) for match in comparison.skills.shared if all(match.entries)]
    if not shared:
        return _write_takeaway(f"No skill on {everyone} lists", describe_near(comparison))
    shortest = min(len({entry.slug for entry in entries}) for entries in lists)
    part_of_list = f"{len(shared)} of {shortest}"
    if len(shared) == 1:
        return _write_takeaway(f"{capitalize(shared[0])} on {everyone} lists", part_of_list)
    return _write_takeaway(f"{len(shared)} skills on {everyone} lists", formats.listed(shared[:3]))


def _write_women_takeaway(comparison: Comparison) -> Takeaway | None:
    women = find_values_of_all(comparison, "demographics.female_percent")
    if women is None:
        return None
    gap = int(women.highest.value - women.lowest.value + Decimal("0.5"))  # half a point is rounded up
    words = f"{formats.counted(gap, 'point')} apart" if gap else "About the same"
    return _write_takeaway(words, NOT_WHO_CAN, women.mixed)


_WRITERS: dict[str, Callable[[Comparison], Takeaway | None]] = {
    "pay": _write_pay_takeaway,
    "outlook.job_count": lambda comparison: _write_count_takeaway(comparison, "outlook.job_count", amounts=False),
    "outlook.growth_percent": lambda comparison: _write_growth_takeaway(comparison, "outlook.growth_percent"),
    "projection.growth_percent": lambda comparison: _write_growth_takeaway(comparison, "projection.growth_percent"),
    _OPENINGS: lambda comparison: _write_count_takeaway(comparison, _OPENINGS, amounts=True),
    "education": _write_education_takeaway,
    "skills": _write_skills_takeaway,
    "demographics.female_percent": _write_women_takeaway,
    _TRAINING: lambda comparison: _write_demand_takeaway(
        comparison, _TRAINING, TRAINING_BY_LENGTH, "train on the job", ("train", "longer", "longest")
    ),
    _EXPERIENCE: lambda comparison: _write_demand_takeaway(
        comparison, _EXPERIENCE, tuple(EXPERIENCE), "need experience", ("need", "more", "most")
    ),
}
