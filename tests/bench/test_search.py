"""The measurement of the search covers what it names, and can fail."""

from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.search import LIMITS, QUERY_LIMIT, Measured, fill, find_faults, titles, typed
from bench.search_quality import Query, Rating, rate, read_queries
from careers.models import Role, TitleTerm
from careers.names import make_slug

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
        (Measured([0.5], [2.0], QUERY_LIMIT), ["one letter: 2.50 ms, more than 2"]),
        (Measured([0.4] * 100, [0.0] * 100, QUERY_LIMIT + 1), ["one letter: 4 queries, more than 3"]),
    ],
)
def test_a_slow_search_or_one_with_too_many_queries_is_reported(measured: Measured, missed: list[str]) -> None:
    assert list(find_faults("one letter", measured, 2.0)) == missed


def test_a_file_of_queries_is_read_with_bars_or_blanks_between_codes(tmp_path: Path) -> None:
    bars, blanks = tmp_path / "bars.csv", tmp_path / "blanks.csv"
    bars.write_text("query,codes,kind\nnurse,29-1141|29-2061,one\n")
    blanks.write_text("query,right_codes\nnurse,29-1141 29-2061\n")
    assert list(read_queries(bars)) == list(read_queries(blanks)) == [Query("nurse", frozenset({"29-1141", "29-2061"}))]


def test_queries_are_rated_by_what_they_find(tmp_path: Path, db: None) -> None:
    for title, code in (("Bakers", "51-3011"), ("Millers", "51-9021")):
        Role.objects.create(title=title, slug=make_slug(title), soc_code=code)
    queries = tmp_path / "queries.csv"
    queries.write_text("query,codes\nbaker,51-3011\nmiller,51-3011\nqqqq,51-3011\n")
    rating = rate(queries)
    assert rating == Rating(3, 1, 1, 1, 2, 1, ["miller: Millers", "qqqq: nothing"])
