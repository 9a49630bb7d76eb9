"""Which values all stored roles of a publisher share."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comparisons.comparison import Comparison
from comparisons.queries.group_figures import find_group_figures
from tests.comparisons.occupations import compare_stored
from tests.comparisons.stored_roles import LEAD, PROFESSIONAL, SOFTWARE, SPECIALIST, store_role

pytestmark = pytest.mark.django_db


def find_figures(comparison: Comparison) -> dict[str, str]:
    return find_group_figures(comparison.revision, comparison.shared_values())


def test_a_value_that_all_roles_of_a_publisher_share_is_a_figure_for_the_group() -> None:
    roles = [store_role(title) for title in (LEAD, SOFTWARE, PROFESSIONAL)]
    figures = find_figures(compare_stored(*roles[:2]))
    assert figures["outlook.growth_percent"] == figures["demographics.average_age"] == "Zippia"
    assert "salary.annual_average" not in figures


def test_one_role_with_another_value_ends_it() -> None:
    roles = [store_role(LEAD), store_role(SOFTWARE), store_role(PROFESSIONAL, outlook={"growth_percent": 9})]
    assert "outlook.growth_percent" not in find_figures(compare_stored(*roles[:2]))


def test_two_roles_alone_are_no_group() -> None:
    assert find_figures(compare_stored(store_role(LEAD), store_role(SOFTWARE))) == {}


def test_another_publishers_roles_do_not_count() -> None:
    store_role(PROFESSIONAL, publisher="Jobicy", outlook={"growth_percent": 9})
    roles = [store_role(title) for title in (LEAD, SOFTWARE, SPECIALIST)]
    assert find_figures(compare_stored(*roles[:2]))["outlook.growth_percent"] == "Zippia"


def test_roles_of_which_the_publisher_gives_no_such_figure_are_no_group() -> None:
    lead, software = store_role(LEAD), store_role(SOFTWARE)
    store_role(PROFESSIONAL, outlook={"growth_percent": None})
    assert "outlook.growth_percent" not in find_figures(compare_stored(lead, software))


def test_what_is_asked_of_all_roles_takes_one_query_until_something_is_loaded() -> None:
    roles = [store_role(title) for title in (LEAD, SOFTWARE, PROFESSIONAL)]
    comparison = compare_stored(*roles[:2])
    with CaptureQueriesContext(connection) as first:
        figures = find_figures(comparison)
    with CaptureQueriesContext(connection) as again:
        assert find_figures(comparison) == figures
    assert (len(first), len(again)) == (1, 0)
