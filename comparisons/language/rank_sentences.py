"""A single role among all of its publisher, in words."""

from collections.abc import Mapping

from careers.vocabulary import SELF_CONTRADICTION
from comparisons import formats
from comparisons.comparison import Comparison
from comparisons.formats import Number
from comparisons.judging.leads import choose_pay, find_pay_errors
from comparisons.language.amounts import compare_pay
from comparisons.language.demands import EDUCATION_AT_ENTRY
from comparisons.language.parts import Part
from comparisons.language.verdict import Takeaway
from comparisons.queries.ranks import RoleRank
from comparisons.thresholds import MOST_OF_FOUR, MOST_OF_TEN, RANKED_IN_WORDS, is_uncertain


def write_standing(comparison: Comparison, ranks: Mapping[str, RoleRank]) -> tuple[Part, ...]:
    """One to three sentences that say where the role stands: its pay and growth among all, and how people enter it.

    `ranks`: by their columns, in the whole country. A role with few others is described by its own pay, one without
    any by what its pages list.
    """
    sentences = _write_pay_and_growth(comparison, ranks) or _write_lists(comparison)
    education = comparison.by_key.get("requirements.education")
    entry = EDUCATION_AT_ENTRY.get(education.cells[0].value or "") if education else None
    if entry:
        sentences.append((Part(f"People typically enter {entry}."),))
    parts: list[Part] = []
    for sentence in sentences:
        if parts:
            parts.append(Part(" "))
        parts += sentence
    return tuple(parts)


def _write_pay_and_growth(comparison: Comparison, ranks: Mapping[str, RoleRank]) -> list[tuple[Part, ...]]:
    """Compared with all jobs where they have a figure to compare with, else by rank, else the role's own pay."""
    beside = _write_pay_beside_all_jobs(comparison)
    growth = _describe_growth(comparison, ranks, after=not beside)
    if beside:
        return [(*beside, Part(f" and {growth}." if growth else "."))]
    pay = _describe_pay(ranks)
    sentences = [] if pay else _write_own_pay(comparison)
    clauses = [clause for clause in (pay, growth) if clause]
    if clauses:
        words = f"{' and '.join(clauses)}."
        in_country = any(side.role.area for side in comparison.sides)
        sentences.append((Part(f"In the whole country it {words}" if in_country else words.capitalize()),))
    return sentences


def _write_pay_beside_all_jobs(comparison: Comparison) -> tuple[Part, ...]:
    """`Pays 1.9 times the middle of all jobs`; nothing where all jobs have no figure to compare its pay with."""
    line = choose_pay(comparison)
    of_all = comparison.all_jobs.get(line.row.key) if line else None
    if line is None or of_all is None or line.cells[0].missing:
        return ()
    if any(map(is_uncertain, find_pay_errors(comparison, 0))):
        return ()
    beside = compare_pay(line.cells[0].value, of_all.value, line.row.key)
    if not beside.amount:
        return (Part(f"Pays {beside.words}"),)
    return Part("Pays "), Part(beside.amount, key=line.row.key), Part(f" {beside.words}")


def _describe_pay(ranks: Mapping[str, RoleRank]) -> str:
    rank = ranks.get("median") or ranks.get("pay")
    if rank is None or rank.among < RANKED_IN_WORDS or is_uncertain(rank.error):
        return ""
    if max(rank.less, rank.more) <= 0.5:
        return "pays as much as the middle occupation"
    return f"pays {_write_amount(rank, 'more', 'less')} occupations"


def _write_amount(rank: RoleRank, more: str, less: str) -> str:
    """How many others have less, or more if those are more.

    >>> _write_amount(RoleRank("median", "Bureau", 51, 825, 0), "more", "less")
    'more than nine in ten'
    >>> _write_amount(RoleRank("median", "Bureau", 151, 825, 0), "more", "less")
    'more than three in four'
    >>> _write_amount(RoleRank("median", "Bureau", 500, 825, 0), "more", "less")
    'less than most'
    """
    share = max(rank.less, rank.more)
    word = more if rank.less >= rank.more else less
    if share >= MOST_OF_TEN:
        return f"{word} than nine in ten"
    return f"{word} than three in four" if share >= MOST_OF_FOUR else f"{word} than most"


def _describe_growth(comparison: Comparison, ranks: Mapping[str, RoleRank], *, after: bool) -> str:
    """`after`: the pay among other occupations comes before it."""
    rank = ranks.get("projected growth")
    line = comparison.by_key.get("projection.growth_percent")
    if rank is None or line is None or rank.among < RANKED_IN_WORDS:
        return ""
    value, others = line.cells[0].value, "of them" if after and _describe_pay(ranks) else "occupations"
    if value < 0:
        return "is projected to lose jobs"
    if not value:
        return "is projected to keep its jobs"
    if max(rank.less, rank.more) <= 0.5:
        return f"grows as fast as the middle {others.removesuffix('s')}"
    return f"grows {_write_amount(rank, 'faster', 'more slowly')} {others}"


def _write_own_pay(comparison: Comparison) -> list[tuple[Part, ...]]:
    average, span = comparison.published[0].get("salary.annual_average"), comparison.published[0].get("salary.range")
    hourly = comparison.published[0].get("salary.hourly_median")
    if average:
        start = (Part("Pays "), Part(average.text, key="salary.annual_average"), Part(" a year on average"))
        doubts = [doubt for doubt in average.doubts if doubt.startswith(SELF_CONTRADICTION)]
        if doubts:
            return [(*start, Part(f"; {doubts[0]}."))]
        if span is None:
            return [(*start, Part("."))]
        return [(*start, Part("; the published range is "), Part(span.text, key="salary.range"), Part("."))]
    if hourly:
        return [(Part("Half earn more than "), Part(hourly.text, key="salary.hourly_median"), Part(" an hour."))]
    return []


def _write_lists(comparison: Comparison) -> list[tuple[Part, ...]]:
    """How much is listed of a role without pay; nothing where it has pay, or where nothing is listed."""
    skills, duties = len(comparison.skills.lists[0]), len(comparison.sides[0].role.duties)
    names = [formats.counted(count, noun) for count, noun in ((skills, "skill"), (duties, "task")) if count]
    if not names or any(key.startswith("salary.") for key in comparison.published[0]):
        return []
    verb = "is" if skills + duties == 1 else "are"
    return [(Part(f"{formats.listed(names)} {verb} listed for {comparison.sides[0].people}, but no pay."),)]


# How many of the people in a role, by the steps of pay below and above which the others are.
_SHARES = (("p10", "p90", "nine in ten "), ("p25", "p75", "three in four "), ("median", "median", "half of "))


def find_beside_middle(comparison: Comparison) -> tuple[Part, ...]:
    """How many people in one role earn more than the middle of all jobs, or less; nothing where that is not known."""
    for time in ("annual", "hourly"):
        middle = comparison.all_jobs.get(f"salary.{time}_median")
        share = _share_beside(comparison, time, middle.value) if middle else ""
        if middle and share:
            return (
                Part(f"{share} than the middle of all jobs, "),
                Part(middle.text, key=f"salary.{time}_median"),
                Part(" an hour" if time == "hourly" else " a year"),
            )
    return ()


def _share_beside(comparison: Comparison, time: str, middle: Number) -> str:
    """`More than nine in ten nurses earn more`; "" where no step of their pay lies on one side of the middle."""
    people = comparison.sides[0].people
    for lower, upper, share in _SHARES:
        low, high = [comparison.published[0].get(f"salary.{time}_{step}") for step in (lower, upper)]
        if low and low.value > middle:
            return f"More than {share}{people} earn more"
        if high and high.value < middle:
            return f"More than {share}{people} earn less"
    return ""


def rank_takeaway(rank: RoleRank, *, official: bool, notes: tuple[str, ...] = ()) -> Takeaway:
    """The place of a figure among all: `151st of 825 occupations`.

    >>> rank_takeaway(RoleRank("median", "Bureau", 151, 825, 1), official=True).parts[0].text
    '151st of 825 occupations'
    >>> rank_takeaway(RoleRank("pay", "Zippia", 2, 6, 0), official=False, notes=("by average pay",))
    Takeaway(parts=(Part(text='2nd of 6 roles', letter='', key=''),), note='by average pay; of Zippia')
    """
    noun = "occupations" if official else "roles"
    if rank.ties == rank.among - 1:
        words = f"The same for all {formats.plain(rank.among)} {noun}"
    else:
        words = f"{formats.ordinal(rank.place)} of {formats.plain(rank.among)} {noun}"
    level = f"tied with {formats.counted(rank.ties, 'other')}" if 0 < rank.ties < rank.among - 1 else ""
    error = f"relative error {formats.percent(rank.error)}" if is_uncertain(rank.error) else ""
    whose = "" if official else f"of {rank.publisher}"
    return Takeaway((Part(words),), "; ".join(filter(None, [*notes, level, error, whose])))
