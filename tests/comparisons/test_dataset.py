"""Figures over the whole data set."""

import pytest

from careers.models import Revision, Role
from comparisons import dataset
from comparisons.comparison import compare
from comparisons.current import current
from comparisons.revision import revision
from tests.comparisons.stored import CUSTOMER, GUIDE, LEAD, PROFESSIONAL, PROGRAM, SOFTWARE, SPECIALIST, store

pytestmark = pytest.mark.django_db


def test_the_overview_counts_roles_pages_and_publishers() -> None:
    for title in (LEAD, SOFTWARE, GUIDE):
        store(title)
    overview = dataset.overview(0)
    assert (overview.roles, overview.pages) == (3, 2)
    assert [(each.name, each.roles) for each in overview.publishers] == [("Zippia", 2), ("Jobicy", 1)]
    assert overview.publishers[1].pages == 1
    assert overview.publishers[1].licence == "CC BY 4.0"
    assert overview.newest is not None
    assert overview.newest.isoformat() == "2026-03-01"


def test_an_empty_site_has_an_overview() -> None:
    assert dataset.overview(0) == (0, 0, (), None)


def test_what_is_held_is_made_again_when_the_revision_moves() -> None:
    store(LEAD)
    assert dataset.overview(1).roles == 1
    store(SOFTWARE)
    assert dataset.overview(1).roles == 1
    assert dataset.overview(2).roles == 2


def test_the_revision_is_read_from_the_one_row() -> None:
    assert revision() == 0
    Revision.objects.create(pk=1, number=7)
    assert revision() == 7
    assert current([store(LEAD).slug])[0].revision == 7


def test_a_role_can_be_compared_with_those_beside_it_with_its_skills_or_like_its_title() -> None:
    for title in (LEAD, SPECIALIST, PROGRAM, CUSTOMER, GUIDE):
        store(title)
    found = {each.role.title: each.why for each in dataset.companions(current(["customer-support-technician"])[0])}
    assert found[PROGRAM] == "Zippia sets the two side by side"
    assert found[LEAD] == "Both list Java"
    assert found[GUIDE] == "A title much like this one"
    assert CUSTOMER not in found


def alike(*roles: Role) -> dict[str, str]:
    return dataset.group_figures(compare(current([role.slug for role in roles])))


def test_a_value_that_all_roles_of_a_publisher_share_is_a_figure_for_the_group() -> None:
    roles = [store(title) for title in (LEAD, SOFTWARE, PROFESSIONAL)]
    found = alike(*roles[:2])
    assert found["outlook.growth_percent"] == found["demographics.average_age"] == "Zippia"
    assert "salary.annual_average" not in found


def test_one_role_with_another_value_ends_it() -> None:
    roles = [store(LEAD), store(SOFTWARE), store(PROFESSIONAL, outlook={"growth_percent": 9})]
    assert "outlook.growth_percent" not in alike(*roles[:2])


def test_two_roles_alone_are_no_group() -> None:
    assert alike(store(LEAD), store(SOFTWARE)) == {}


def test_another_publishers_roles_do_not_count() -> None:
    store(PROFESSIONAL, publisher="Jobicy", outlook={"growth_percent": 9})
    roles = [store(title) for title in (LEAD, SOFTWARE, SPECIALIST)]
    assert alike(*roles[:2])["outlook.growth_percent"] == "Zippia"
