"""Whether pay is a toss-up between two roles, by percentiles or by averages and ranges."""

from typing import Any

import pytest

from comparisons.judging.leads import PayVerdict, judge_pair, judge_pairs
from comparisons.queries.current_role import CurrentRole
from tests.comparisons.made_roles import compare_roles, make_pay, make_role

SPREAD = (30_000, 40_000, 50_000, 60_000, 80_000)
MEDIAN_ALONE = (None, None, 52_000, None, None)


def make_paid_role(title: str, *percentiles: Any, average: int | None = None) -> CurrentRole:
    return make_role(title, salary=make_pay(*percentiles) | {"annual_average": average})


def judge_two(first: CurrentRole, second: CurrentRole) -> PayVerdict | None:
    return judge_pair(compare_roles(first, second), 0, 1)


def test_percentiles_decide_where_they_are_published() -> None:
    """The averages are far apart: a few people earn very much."""
    verdict = judge_two(
        make_paid_role("Cook", *SPREAD, average=50_000),
        make_paid_role("Baker", 30_000, 40_000, 52_000, 60_000, 80_000, average=70_000),
    )
    assert verdict is not None
    assert verdict.is_toss_up
    assert [round(share or 0, 2) for share in verdict.shares or ()] == [45, 54.17]


@pytest.mark.parametrize("turned", [False, True])
def test_one_direction_is_enough_where_only_one_role_has_percentiles(turned: bool) -> None:
    pair = make_paid_role("Cook", *SPREAD), make_paid_role("Baker", *MEDIAN_ALONE)
    verdict = judge_two(*reversed(pair)) if turned else judge_two(*pair)
    assert verdict is not None
    assert verdict.is_toss_up
    assert verdict.shares == ((None, 45.0) if turned else (45.0, None))


def test_one_direction_is_not_enough_to_say_that_it_is_none() -> None:
    verdict = judge_two(make_paid_role("Cook", *SPREAD), make_paid_role("Baker", None, None, 75_000, None, None))
    assert verdict is not None
    assert not verdict.is_complete


@pytest.mark.parametrize(("p75", "bound"), [(60_000, 25), (None, None)])
def test_a_median_too_high_to_be_published_is_above_all_percentiles(p75: int | None, bound: int | None) -> None:
    """Unless so many of them are too high, too, that the rest tells little."""
    too_high = dict.fromkeys(("annual_median", "annual_p75", "annual_p90"), "too-high")
    surgeon = make_role("Surgeon", salary=make_pay(98_000, 200_000, None, None, None), missing=too_high)
    verdict = judge_two(make_paid_role("Cook", 30_000, 40_000, 50_000, p75, None), surgeon)
    assert verdict is not None
    assert (verdict.shares, verdict.beyond) == ((bound, 90), (bound is not None, True))
    assert verdict.is_complete == (bound is not None)


def test_either_direction_counts_between_any_two_of_four_roles() -> None:
    roles = (
        make_paid_role("Baker", *MEDIAN_ALONE),
        make_paid_role("Pilot", None, None, 300_000, None, None),
        make_paid_role("Cook", *SPREAD),
    )
    comparison = compare_roles(*roles, make_paid_role("Chef", 30_000, 40_000, 51_000, 60_000, 80_000))
    toss_ups = [verdict.pair for verdict in judge_pairs(comparison) if verdict.is_toss_up]
    assert toss_ups == [(0, 2), (0, 3), (2, 3)]


def test_close_averages_are_no_toss_up_where_percentiles_say_otherwise() -> None:
    verdict = judge_two(
        make_paid_role("Cook", 47_000, 49_000, 50_000, 51_000, 52_000, average=50_000),
        make_paid_role("Baker", 49_000, 51_000, 52_000, 53_000, 54_000, average=51_000),
    )
    assert verdict is not None
    assert not verdict.is_toss_up
