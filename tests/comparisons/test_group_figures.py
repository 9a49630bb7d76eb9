"""How values stand among all stored roles."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from careers.models import Role
from comparisons.comparison import Comparison, compare
from comparisons.queries.distributions import FEWEST_VALUES, Distribution, find_distribution, find_group_figures
from comparisons.queries.roles import read_current_roles
from tests.comparisons.stored_roles import GUIDE, LEAD, PROFESSIONAL, SOFTWARE, SPECIALIST, store_role, store_role_from

pytestmark = pytest.mark.django_db


def compare_roles(*roles: Role) -> Comparison:
    return compare(read_current_roles([role.slug for role in roles]))


def group_figures(comparison: Comparison) -> dict[str, str]:
    return find_group_figures(comparison.revision, comparison.values_of_one_publisher())


def distribution(comparison: Comparison) -> Distribution:
    return find_distribution(comparison.revision, comparison.values_of_one_publisher())


def test_a_value_that_all_roles_of_a_publisher_share_is_a_figure_for_the_group() -> None:
    roles = [store_role(title) for title in (LEAD, SOFTWARE, PROFESSIONAL)]
    found = group_figures(compare_roles(*roles[:2]))
    assert found["outlook.growth_percent"] == found["demographics.average_age"] == "Zippia"
    assert "salary.annual_average" not in found


def test_one_role_with_another_value_ends_it() -> None:
    roles = [store_role(LEAD), store_role(SOFTWARE), store_role(PROFESSIONAL, outlook={"growth_percent": 9})]
    assert "outlook.growth_percent" not in group_figures(compare_roles(*roles[:2]))


def test_two_roles_alone_are_no_group() -> None:
    assert group_figures(compare_roles(store_role(LEAD), store_role(SOFTWARE))) == {}


def test_another_publishers_roles_do_not_count() -> None:
    store_role(PROFESSIONAL, publisher="Jobicy", outlook={"growth_percent": 9})
    roles = [store_role(title) for title in (LEAD, SOFTWARE, SPECIALIST)]
    assert group_figures(compare_roles(*roles[:2]))["outlook.growth_percent"] == "Zippia"


def test_roles_of_which_the_publisher_gives_no_such_figure_are_no_group() -> None:
    lead, software = store_role(LEAD), store_role(SOFTWARE)
    store_role(PROFESSIONAL, outlook={"growth_percent": None})
    assert "outlook.growth_percent" not in group_figures(compare_roles(lead, software))


def roles_with_rising_pay(count: int) -> list[Role]:
    """Roles of which the first has the lowest pay and all but the last, which has more, as many jobs."""
    return [
        store_role_from(
            {"title": f"Role {number:02}", "publisher": "Zippia", "page": f"page-{number}"},
            salary={"annual_average": 30_000 + 1000 * number, "annual_low": 20_000, "annual_high": 90_000 + number},
            outlook={"job_count": 5000 if number < count - 1 else 5001, "growth_percent": 4},
        )
        for number in range(count)
    ]


def test_how_unusual_a_difference_is_counts_the_roles_between() -> None:
    roles = roles_with_rising_pay(FEWEST_VALUES)
    unusual = distribution(compare_roles(roles[0], roles[-1])).unusual
    assert unusual["salary.annual_average"] == pytest.approx(0.95)
    assert unusual["outlook.job_count"] == pytest.approx(0.5)
    near = distribution(compare_roles(roles[4], roles[5])).unusual
    assert near["salary.annual_average"] == pytest.approx(0.05)
    assert "outlook.growth_percent" not in unusual  # the same for both


def test_too_few_roles_tell_nothing() -> None:
    roles = roles_with_rising_pay(FEWEST_VALUES - 1)
    assert distribution(compare_roles(roles[0], roles[-1])).unusual == {}


def test_figures_of_two_publishers_are_not_measured_against_one_another() -> None:
    roles = roles_with_rising_pay(FEWEST_VALUES)
    other = store_role(SOFTWARE, publisher="Jobicy")
    assert distribution(compare_roles(roles[0], other)).unusual == {}


def test_what_only_another_publisher_gives_for_a_role_does_not_count() -> None:
    roles = roles_with_rising_pay(FEWEST_VALUES)
    roles[3].outlook = store_role(GUIDE, outlook={"job_count": 77}).outlook
    roles[3].save()
    unusual = distribution(compare_roles(roles[0], roles[-1])).unusual
    assert "salary.annual_average" in unusual
    assert "outlook.job_count" not in unusual


def test_of_three_roles_the_two_furthest_apart_are_measured() -> None:
    roles = roles_with_rising_pay(FEWEST_VALUES)
    unusual = distribution(compare_roles(roles[10], roles[0], roles[-1])).unusual
    assert unusual["salary.annual_average"] == pytest.approx(0.95)


def test_all_that_is_asked_of_all_roles_takes_one_query_until_something_is_loaded() -> None:
    roles = roles_with_rising_pay(FEWEST_VALUES)
    comparison = compare_roles(roles[0], roles[-1])
    with CaptureQueriesContext(connection) as first:
        found = distribution(comparison)
    with CaptureQueriesContext(connection) as again:
        assert distribution(comparison) == found
        assert group_figures(comparison) == found.group_figures == {"outlook.growth_percent": "Zippia"}
    assert (len(first), len(again)) == (1, 0)
