"""Why two roles are worth comparing."""

from comparisons import formats
from comparisons.language.demands import EDUCATION_AGAINST
from comparisons.queries.companions import Companion, PayGap, Reason
from comparisons.queries.featured import FeaturedRole, GoodQuestion, Kind, has_more_openings
from comparisons.thresholds import MANY_TIMES, is_close_pay
from comparisons.titles import capitalize, pluralize, spell_skill


def write_companion_reason(companion: Companion) -> str:
    """
    >>> from comparisons.search.results import Title
    >>> title = Title("Midwife", "midwife")
    >>> write_companion_reason(Companion(title, Reason.SAME_GROUP, gap=PayGap("median", 0)))
    'Same occupation group, the same median pay'
    >>> write_companion_reason(Companion(title, Reason.CLOSE_PAY, gap=PayGap("pay", 900)))
    'Averages $900 apart'
    >>> write_companion_reason(Companion(title, Reason.SHARED_SKILLS, skills=("SQL", "Java")))
    'Both list SQL and Java'
    """
    gap = _describe_gap(companion.gap) if companion.gap else ""
    match companion.reason:
        case Reason.SAME_PAGE:
            return f"{companion.publisher} sets the two side by side"
        case Reason.SHARED_SKILLS:
            return f"Both list {formats.listed(list(map(spell_skill, companion.skills)))}"
        case Reason.NEAR_CODE:
            return f"Near it in the official classification{gap and f', {gap}'}"
        case Reason.SAME_GROUP:
            return f"Same occupation group, {gap}"
        case Reason.CLOSE_PAY:
            return capitalize(gap)
        case Reason.SIMILAR_TITLE:
            return "A title much like this one"


def _describe_gap(gap: PayGap) -> str:
    name = "average" if gap.column == "pay" else "median"
    return f"{name}s {formats.dollars(gap.dollars)} apart" if gap.dollars else f"the same {name} pay"


def write_question_reason(question: GoodQuestion) -> str:
    """One line on what makes the choice between two roles hard.

    >>> from decimal import Decimal
    >>> nurse = FeaturedRole("Nurse", "a", "29-1141", "Bureau", 97550, 9, growth=Decimal("4.9"), openings=189100)
    >>> coder = FeaturedRole("Coder", "b", "15-1252", "Bureau", 135980, 5, growth=Decimal("15.8"), openings=115200)
    >>> pair = (nurse._replace(target_year=2034), coder._replace(target_year=2034))
    >>> write_question_reason(GoodQuestion(Kind.BACHELOR, *pair))
    'Growth to 2034 +4.9% and +15.8%, but nurses have 64% more openings'
    >>> hygienist = nurse._replace(education="Associate's degree")
    >>> write_question_reason(GoodQuestion(Kind.CLOSE_PAY, hygienist, coder._replace(education="Bachelor's degree")))
    'An associate’s degree against a bachelor’s degree'
    """
    first, second = question.first, question.second
    if question.kind is Kind.CLOSE_PAY:
        return capitalize(f"{EDUCATION_AGAINST[first.education]} against {EDUCATION_AGAINST[second.education]}")
    if question.kind is Kind.SAME_PAGE:
        return _describe_page_mates(first, second)
    lower, higher = sorted((first, second), key=lambda role: role.pay or 0)
    growth, joining = _describe_growth(first, second), "but"
    if lower.growth is not None and higher.growth is not None and lower.growth > higher.growth:
        joining = "and"
    if not has_more_openings(lower, higher):
        return growth
    more = f"{pluralize(lower.name)} have {_describe_more(lower.openings or 0, higher.openings or 1)} openings"
    return f"{growth}, {joining} {more}" if growth else capitalize(more)


def _describe_growth(first: FeaturedRole, second: FeaturedRole) -> str:
    if first.growth is None or second.growth is None:
        return ""
    until = f" to {first.target_year}" if first.target_year else ""
    return f"Growth{until} {formats.growth(first.growth)} and {formats.growth(second.growth)}"


def _describe_more(larger: int, smaller: int) -> str:
    """
    >>> _describe_more(164, 100), _describe_more(230, 100)
    ('64% more', '2.3 times as many')
    """
    if larger < 2 * smaller:
        return f"{round(100 * (larger - smaller) / smaller)}% more"
    return f"{formats.times(larger, smaller)} as many"


def _describe_page_mates(first: FeaturedRole, second: FeaturedRole) -> str:
    """
    >>> cashier = FeaturedRole("Cashier", "a", "", "Zippia", 36653, 1000)
    >>> _describe_page_mates(cashier, FeaturedRole("Cook", "b", "", "Zippia", 36361, 12000))
    'Averages only $292 apart, 12 times as many jobs for the second'
    >>> _describe_page_mates(cashier, FeaturedRole("Cook", "b", "", "Zippia", 79670, 900))
    '$43,017 between the averages'
    >>> _describe_page_mates(cashier._replace(pay=None), FeaturedRole("Cook", "b", "", "Zippia", 79670, 900))
    'Set side by side by Zippia'
    """
    low, high = sorted((first.pay or 0, second.pay or 0))
    more_jobs = _describe_more_jobs(first, second)
    if low and is_close_pay(low, high):
        reasons = [f"Averages only {formats.dollars(high - low)} apart", more_jobs]
        return ", ".join(filter(None, reasons))
    if low:
        return f"{formats.dollars(high - low)} between the averages"
    return capitalize(more_jobs) or f"Set side by side by {first.publisher}"


def _describe_more_jobs(first: FeaturedRole, second: FeaturedRole) -> str:
    few, many = sorted((first.jobs or 0, second.jobs or 0))
    if not few or many < MANY_TIMES * few:
        return ""
    return f"{formats.times(many, few)} as many jobs for the {'first' if first.jobs == many else 'second'}"
