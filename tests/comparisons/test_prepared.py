"""Queries that are compiled once answer each call with its own parameters."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.db.models import CharField, QuerySet, Value
from django.test.utils import CaptureQueriesContext

from careers.models import Citation, Role
from comparisons.queries.prepared import Prepared
from comparisons.queries.related import MOST_SKILLS, read_surroundings
from comparisons.queries.roles import read_current_roles
from tests.comparisons.stored_roles import LEAD, read_fixture_facts, store_role_from

pytestmark = pytest.mark.django_db


def store(title: str, pay: int) -> Role:
    return store_role_from({"title": title, "page": title.lower(), "salary": {"annual_average": pay}})


def test_a_constant_stays_and_parameters_change_even_where_one_occurs_twice() -> None:
    for number, title in enumerate(("Cook", "Miller"), start=1):
        citations = store(title, 40_000).current_citations()
        Citation.objects.filter(pk__in=[citation.pk for citation in citations]).update(
            captured_on=date(2026, 3, number)
        )

    def build(parameters: Sequence[Any]) -> QuerySet[Any, Any]:
        day, url = parameters
        cited = Citation.objects.filter(captured_on=day).exclude(url=url).exclude(title=url)
        return cited.order_by().values_list(Value("100%", CharField()), "captured_on")

    query = Prepared(build, [date(1, 1, 1), "url?"])
    for day in (date(2026, 3, 1), date(2026, 3, 2)):
        assert [tuple(row) for row in query.rows([day, "none"])] == [("100%", day)]


def test_roles_that_ask_in_the_same_way_each_get_their_own_neighbors() -> None:
    for title, pay in (("Cook", 40_000), ("Baker", 41_000), ("Judge", 140_000), ("Mayor", 141_000)):
        store(title, pay)
    nearest = {}
    for slug in ("cook", "judge", "cook"):
        around = read_surroundings(read_current_roles([slug])[0])
        nearest[slug] = [companion.role.title for companion in around.companions]
    assert nearest == {"cook": ["Baker"], "judge": ["Mayor"]}


def test_every_limit_of_what_surrounds_a_role_has_an_order() -> None:
    """Otherwise databases choose other rows, and PostgreSQL others each time."""
    role = store_role_from(read_fixture_facts()[LEAD])
    with CaptureQueriesContext(connection) as captured:
        read_surroundings(read_current_roles([role.slug])[0])
    (around,) = [query["sql"] for query in captured if " UNION ALL " in query["sql"] and "'skill'" in query["sql"]]
    limits = re.findall(r"(ORDER BY [^()]* )?LIMIT (\d+)", around)
    assert str(MOST_SKILLS) in [count for _, count in limits]
    assert [count for order, count in limits if not order and count != "1"] == []
