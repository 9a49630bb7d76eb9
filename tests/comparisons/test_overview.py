"""Figures over the whole data set."""

import pytest

from careers.models import Revision
from comparisons.queries import overview
from comparisons.queries.revision import read_current_revision
from comparisons.queries.roles import read_current_roles
from tests.comparisons.stored_roles import GUIDE, LEAD, SOFTWARE, store_role

pytestmark = pytest.mark.django_db


def test_the_overview_counts_roles_pages_and_publishers() -> None:
    for title in (LEAD, SOFTWARE, GUIDE):
        store_role(title)
    stored = overview.read_overview(0)
    assert (stored.roles, stored.pages) == (3, 2)
    assert [(publisher.name, publisher.roles) for publisher in stored.publishers] == [
        ("Zippia", 2),
        ("Jobicy", 1),
    ]
    assert stored.publishers[1].pages == 1
    assert stored.publishers[1].licence == "CC BY 4.0"
    assert stored.newest is not None
    assert stored.newest.isoformat() == "2026-03-01"


def test_an_empty_site_has_an_overview() -> None:
    assert overview.read_overview(0) == (0, 0, (), None)


def test_the_overview_is_computed_again_when_the_revision_moves() -> None:
    store_role(LEAD)
    assert overview.read_overview(1).roles == 1
    store_role(SOFTWARE)
    assert overview.read_overview(1).roles == 1
    assert overview.read_overview(2).roles == 2


def test_the_revision_is_read_from_the_one_row() -> None:
    assert read_current_revision() == 0
    Revision.objects.create(pk=1, number=7)
    assert read_current_revision() == 7
    assert read_current_roles([store_role(LEAD).slug])[0].revision == 7
