"""The measurement of the search covers what it names, and can fail."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.search import LIMITS, QUERY_LIMIT, Measured, fill, find_faults, titles, typed
from careers.models import Role, TitleTerm

STORED = 300


def test_titles_differ_and_a_smaller_set_is_the_start_of_a_larger_one() -> None:
    many = titles(max(LIMITS))
    assert len(set(many)) == max(LIMITS)
    assert titles(min(LIMITS)) == many[: min(LIMITS)]


def test_every_typed_text_takes_at_most_three_queries(client: Client, db: None) -> None:
    fill(titles(STORED))
    assert Role.objects.count() == STORED
    assert TitleTerm.objects.filter(role=Role.objects.all()[0]).exists()
    for texts in typed(titles(STORED)).values():
        for text in texts[::20]:
            with CaptureQueriesContext(connection) as captured:
                assert client.get("/roles/suggest", {"q": text}).status_code == 200
            assert len(captured) <= QUERY_LIMIT, text


@pytest.mark.parametrize(
    ("measured", "missed"),
    [
        (Measured([0.4] * 99 + [1.9], [0.0] * 100, QUERY_LIMIT), []),
        (Measured([0.4] * 98 + [2.5] * 2, [0.0] * 100, QUERY_LIMIT), ["one letter: 2.50 ms, more than 2"]),
        (Measured([0.4], [2.5], QUERY_LIMIT), ["one letter: 2.50 ms of the database server, more than 2"]),
        (Measured([0.4] * 100, [0.0] * 100, QUERY_LIMIT + 1), ["one letter: 4 queries, more than 3"]),
    ],
)
def test_a_slow_search_or_one_with_too_many_queries_is_reported(measured: Measured, missed: list[str]) -> None:
    assert list(find_faults("one letter", measured, 2.0)) == missed
