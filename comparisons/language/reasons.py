"""Why two roles are worth comparing, and a role's rank among all roles of its publisher."""

from comparisons import formats
from comparisons.language.titles import capital
from comparisons.queries.companions import Companion, PayGap, Reason
from comparisons.queries.featured import Pair
from comparisons.queries.ranks import RoleRank
from comparisons.thresholds import MANY_TIMES, is_close_pay, is_uncertain

# Column of a list -> what its figures are called.
_FIGURES = {"pay": "average pay", "median": "median pay", "jobs": "number of jobs", "growth": "growth rate"}


def companion_reason(companion: Companion) -> str:
    """
    >>> from comparisons.search.matching import Title
    >>> title = Title("Midwife", "midwife")
    >>> companion_reason(Companion(title, Reason.SAME_GROUP, gap=PayGap("median", 0)))
    'Same occupation group, the same median pay'
    >>> companion_reason(Companion(title, Reason.CLOSE_PAY, gap=PayGap("pay", 900)))
    'Averages $900 apart'
    >>> companion_reason(Companion(title, Reason.SHARED_SKILLS, skills=("SQL", "Java")))
    'Both list SQL and Java'
    """
    gap = _describe_gap(companion.gap) if companion.gap else ""
    match companion.reason:
        case Reason.SAME_PAGE:
            return f"{companion.publisher} sets the two side by side"
        case Reason.SHARED_SKILLS:
            return f"Both list {formats.listed(list(companion.skills))}"
        case Reason.NEAR_CODE:
            return f"Near it in the official classification{gap and f', {gap}'}"
        case Reason.SAME_GROUP:
            return f"Same occupation group, {gap}"
        case Reason.CLOSE_PAY:
            return capital(gap)
        case Reason.SIMILAR_TITLE:
            return "A title much like this one"


def _describe_gap(gap: PayGap) -> str:
    name = "average" if gap.column == "pay" else "median"
    return f"{name}s {formats.dollars(gap.dollars)} apart" if gap.dollars else f"the same {name} pay"


def pair_reason(pair: Pair) -> str:
    """One line on why the two roles are worth comparing.

    >>> from comparisons.search.matching import Title
    >>> first, second = Title("Cashiers", "cashiers"), Title("Cooks", "cooks")
    >>> pair_reason(Pair(first, second, (90615, 79670), (None, 5)))
    '$10,945 between the averages'
    >>> pair_reason(Pair(first, second, (36653, 36361), (1000, 12000)))
    'Averages only $292 apart, 12 times as many jobs for the second'
    >>> pair_reason(Pair(first, second, (None, None), (200, 100)))
    'Twice as many jobs for the first'
    >>> pair_reason(Pair(first, second, (None, 1), (None, None)))
    'Set side by side by their publisher'
    """
    low, high = sorted(pay or 0 for pay in pair.pays)
    more_jobs = _describe_more_jobs(pair)
    if low and is_close_pay(low, high):
        reasons = [f"Averages only {formats.dollars(high - low)} apart", more_jobs]
        return ", ".join(filter(None, reasons))
    if low:
        return f"{formats.dollars(high - low)} between the averages"
    return capital(more_jobs) or "Set side by side by their publisher"


def _describe_more_jobs(pair: Pair) -> str:
    few, many = sorted(count or 0 for count in pair.jobs)
    if not few or many < MANY_TIMES * few:
        return ""
    return f"{formats.times(many, few)} as many jobs for the {'first' if pair.jobs[0] == many else 'second'}"


def rank_sentence(rank: RoleRank) -> str:
    """
    >>> rank_sentence(RoleRank("pay", "Zippia", 312, 825, 0))
    '312th of 825 by average pay, among the roles of Zippia that give it'
    >>> rank_sentence(RoleRank("growth", "Zippia", 1, 825, 2))
    '1st of 825 by growth rate, level with 2 others, among the roles of Zippia that give it'
    >>> rank_sentence(RoleRank("growth", "Zippia", 1, 6, 5))
    'The same growth rate as all 6 roles of Zippia that give it'
    >>> rank_sentence(RoleRank("jobs", "Bureau", 3, 825, 0, "May 2025", 17.7))
    '3rd of 825 by number of jobs, among the roles of Bureau that give it for May 2025 (its relative error: 17.7%)'
    """
    figure, count = _FIGURES[rank.column], formats.plain(rank.among)
    roles = f"{rank.publisher} that give it" + (f" for {rank.release}" if rank.release else "")
    if rank.ties == rank.among - 1:
        return f"The same {figure} as all {count} roles of {roles}"
    level = f", level with {formats.counted(rank.ties, 'other')}" if rank.ties else ""
    place = formats.ordinal(rank.place)
    error = f" (its relative error: {formats.percent(rank.error)})" if is_uncertain(rank.error) else ""
    return f"{place} of {count} by {figure}{level}, among the roles of {roles}{error}"
