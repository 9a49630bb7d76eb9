"""From which difference on the site calls two figures different, close or many times as large."""

from decimal import Decimal
from typing import TypeGuard

# Two roles' pay is a toss-up when between this and this many percent of one role's people earn more than the other's
# median, where the sources publish percentiles.
TOSS_UP_SHARES = (40, 60)
# Where they do not, it is one when the averages are closer than this, in percent of the lower,
# and the ranges overlap by at least this much of the narrower one.
TOSS_UP_GAP = 5
TOSS_UP_OVERLAP = 80
# Sums of weighed points closer than this, in percent of the weights, are a toss-up.
TOSS_UP_WEIGHTS = 5
# Counts closer than this, in percent of the lower, are "about as many".
ABOUT_AS_MANY = 5
# From this ratio on, "2.1 times as many" reads better than "110% more".
MANY_TIMES = 1.5
# Growth is called a multiple of that of all jobs from this ratio on, where all jobs grow by this many percent or more;
# rates that are up to this many points apart are about the same.
MULTIPLE_OF_RATE = 2
LEAST_RATE = 1
SAME_RATE = 0.5

# A role leads clearly with this much more of openings or jobs, in percent of the other's,
LEAD_IN_COUNTS = 25
# with growth this many points higher,
LEAD_IN_GROWTH = 3
# and with this many points more of its people without a bachelor's degree.
LEAD_IN_WAYS = 10

# Shares of openings or of people closer than this, in points, are about the same.
CLOSE_SHARES = 5
# Shares of education closer than this, in points, are much the same in practice.
CLOSE_IN_PRACTICE = 3
# A field has more room for its size with this many percent more openings for every 100 jobs.
MORE_ROOM = 10
# Where the role that is behind earns more in this many percent of the states, states are counted for each role.
MIXED_STATES = 20

# A role stands out for a skill that it needs so much more than the others, of 5; what lies closer is needed alike.
STANDS_OUT = Decimal("0.5")
# For a field of knowledge it takes more: their ratings lie further apart.
STANDS_OUT_IN_KNOWLEDGE = Decimal(1)

# From this relative error on, in percent, a figure is marked wherever it is used.
MARKED_ERROR = 10
# From this relative error on no ratio is built on a figure.
NO_RATIO_ERROR = 20

# Below this share in percent, self-employed people are too few to change an answer.
FEW_SELF_EMPLOYED = 3

# A role's place among all is put into words where there are this many roles, and by these shares of them.
RANKED_IN_WORDS = 50
MOST_OF_TEN, MOST_OF_FOUR = 0.9, 0.75

# What makes a good question for the first page, in percent of the lower pay: closer than this is nearly the same,
# between these far apart, and from this on apart at all.
ASKED_CLOSE_PAY = 1
ASKED_FAR_PAY = (25, 70)
ASKED_LEAST_GAP = 10


def is_uncertain(error: Decimal | None) -> TypeGuard[Decimal]:
    """
    >>> is_uncertain(Decimal("10.0")), is_uncertain(Decimal("9.9")), is_uncertain(None)
    (True, False, False)
    """
    return error is not None and error >= MARKED_ERROR


def allows_ratio(*errors: Decimal | None) -> bool:
    """Whether a ratio may be built on figures with these relative errors in percent.

    >>> allows_ratio(Decimal("19.9"), None), allows_ratio(Decimal("0.5"), Decimal("20.0"))
    (True, False)
    """
    return all(error is None or error < NO_RATIO_ERROR for error in errors)


def is_toss_up(gap_percent: float, overlap: float | None) -> bool:
    """
    >>> is_toss_up(2.6, 100), is_toss_up(2.6, 79.9), is_toss_up(5, 100), is_toss_up(2.6, None)
    (True, False, False, False)
    """
    return gap_percent < TOSS_UP_GAP and overlap is not None and overlap >= TOSS_UP_OVERLAP


def is_toss_up_by_shares(*shares: float) -> bool:
    """`shares`: how many percent of each role's people earn more than the other role's median.

    >>> is_toss_up_by_shares(45, 54), is_toss_up_by_shares(39.9, 60), is_toss_up_by_shares(39.9, 60.1)
    (True, True, False)
    """
    least, most = TOSS_UP_SHARES
    return any(least <= share <= most for share in shares)


def is_close_pay(low: int, high: int) -> bool:
    """Whether two amounts, both of one kind of pay, are as close as those of a toss-up."""
    return 100 * (high - low) < TOSS_UP_GAP * low


def is_nearly_same_pay(first: int, second: int) -> bool:
    """
    >>> is_nearly_same_pay(98_100, 97_550), is_nearly_same_pay(98_100, 97_100), is_nearly_same_pay(0, 0)
    (True, False, False)
    """
    return 100 * abs(first - second) < ASKED_CLOSE_PAY * min(first, second)


def is_toss_up_by_weights(gap: int, weights: int) -> bool:
    """`gap`: between two sums of points, in hundredths. `weights`: their total, each point being worth one.

    >>> is_toss_up_by_weights(29, 6), is_toss_up_by_weights(30, 6), is_toss_up_by_weights(0, 0)
    (True, False, False)
    """
    return gap < TOSS_UP_WEIGHTS * weights
