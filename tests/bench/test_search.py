"""The measurement of the search measures what it says, and can fail."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.search import LIMITS, QUERY_LIMIT, Measured, faults, fill, titles, typed
from careers.models import Role, TitleWord

STORED = 300


def test_titles_are_all_different_and_fewer_are_the_first_of_more() -> None:
    many = titles(max(LIMITS))
    assert len(set(many)) == max(LIMITS)
    assert titles(min(LIMITS)) == many[: min(LIMITS)]


def test_whatever_is_typed_in_the_measurement_takes_three_queries_at_most(client: Client, db: None) -> None:
    fill(titles(STORED))
    assert Role.objects.count() == STORED
    assert TitleWord.objects.filter(role=Role.objects.all()[0]).exists()
    for words in typed(titles(STORED)).values():
        for word in words[::20]:
            with CaptureQueriesContext(connection) as captured:
                assert client.get("/roles/suggest", {"q": word}).status_code == 200
            assert len(captured) <= QUERY_LIMIT, word


@pytest.mark.parametrize(
    ("measured", "missed"),
    [
        (Measured([0.4] * 99 + [1.9], [0.0] * 100, QUERY_LIMIT), []),
        (Measured([0.4] * 98 + [2.5] * 2, [0.0] * 100, QUERY_LIMIT), ["one letter: 2.50 ms, more than 2"]),
        (Measured([0.4], [2.5], QUERY_LIMIT), ["one letter: 2.50 ms of the database server, more than 2"]),
        (Measured([0.4] * 100, [0.0] * 100, QUERY_LIMIT + 1), ["one letter: 4 queries, more than 3"]),
    ],
)
def test_a_search_that_is_slow_or_asks_too_often_is_told(measured: Measured, missed: list[str]) -> None:
    assert list(faults("one letter", measured, 2.0)) == missed
