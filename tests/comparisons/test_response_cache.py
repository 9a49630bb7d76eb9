"""Finished responses are cached and compressed until the data changes; tests/settings.py turns the cache off."""

import gzip
import tracemalloc
from typing import Any

import brotli
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from careers.models import Revision, SalaryStats
from comparisons.queries import revision
from comparisons.views import response_cache
from tests.comparisons.stored_roles import LEAD, SOFTWARE, store_role

pytestmark = pytest.mark.django_db
PAGE = "/compare/lead-technician-vs-software-support-technician/"


@pytest.fixture(autouse=True)
def two_roles_with_cache(settings: Any) -> None:
    settings.RESPONSE_CACHE_BYTES = 1_000_000
    settings.REVISION_SECONDS = 60.0
    store_role(LEAD)
    store_role(SOFTWARE)
    Revision.lock().count_up()


def load_something() -> None:
    """Do what a load by another process does, without the delay until this process notices."""
    Revision.lock().count_up()
    revision.forget()


def test_a_repeated_request_takes_no_query_and_gets_the_same_page(client: Client) -> None:
    first = client.get(PAGE)
    with CaptureQueriesContext(connection) as captured:
        second = client.get(PAGE)
    assert len(captured) == 0
    assert second.content == first.content
    assert second["Content-Type"] == first["Content-Type"]


def test_a_load_shows_at_the_next_request(client: Client) -> None:
    assert "$90,615" in client.get(PAGE).text
    SalaryStats.objects.filter(annual_average=90_615).update(annual_average=90_616)
    assert "$90,616" not in client.get(PAGE).text
    load_something()
    assert "$90,616" in client.get(PAGE).text


def test_a_browser_that_has_the_page_gets_304_without_a_query(client: Client) -> None:
    etag = client.get(PAGE)["ETag"]
    with CaptureQueriesContext(connection) as captured:
        again = client.get(PAGE, headers={"If-None-Match": etag})
    assert (again.status_code, again.content, len(captured)) == (304, b"", 0)
    assert again["ETag"] == etag
    load_something()
    changed = client.get(PAGE, headers={"If-None-Match": etag})
    assert changed.status_code == 200
    assert changed["ETag"] != etag


def test_browsers_revalidate_each_time(client: Client) -> None:
    assert client.get(PAGE)["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    ("taken", "given"),
    [("gzip, deflate, br, zstd", "br"), ("gzip, deflate", "gzip"), ("", None), ("identity", None)],
)
def test_a_page_is_compressed_as_the_browser_accepts(client: Client, taken: str, given: str | None) -> None:
    plain = client.get(PAGE).content
    answer = client.get(PAGE, headers={"Accept-Encoding": taken})
    read = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[given]
    assert answer.get("Content-Encoding") == given
    assert read(answer.content) == plain
    assert "Accept-Encoding" in answer["Vary"]


def test_responses_other_than_200_are_not_cached(client: Client) -> None:
    assert client.get("/roles/nobody/").status_code == 404
    assert client.get("/roles/nobody/").status_code == 404
    assert not response_cache._cache


def test_the_cache_never_exceeds_its_size_and_drops_the_oldest_first(client: Client, settings: Any) -> None:
    size = len(client.get("/").content)
    response_cache.forget()
    settings.RESPONSE_CACHE_BYTES = 20 * (size + response_cache.OVERHEAD)
    for number in range(40):
        client.get(f"/?{number}")
    assert response_cache._size <= settings.RESPONSE_CACHE_BYTES
    assert response_cache._size > sum(len(cached.body) for cached in response_cache._cache.values())
    paths = [key[3] for key in response_cache._cache]
    assert "/?39" in paths
    assert "/?0" not in paths


@pytest.mark.same_on_every_database
def test_many_small_responses_to_long_addresses_stay_within_the_size(client: Client, settings: Any) -> None:
    settings.RESPONSE_CACHE_BYTES = 500_000
    client.get("/roles/suggest?q=x")
    response_cache.forget()
    tracemalloc.start()
    try:
        for number in range(300):
            client.get(f"/roles/suggest?q=x&{'y' * 3000}{number}")
        with_cache, _ = tracemalloc.get_traced_memory()
        response_cache.forget()
        without_cache, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert 0.3 * settings.RESPONSE_CACHE_BYTES < with_cache - without_cache < 1.1 * settings.RESPONSE_CACHE_BYTES


def test_each_host_gets_its_own_pages(client: Client, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["one.example", "two.example"]
    one = client.get(PAGE, headers={"Host": "one.example"}).text
    two = client.get(PAGE, headers={"Host": "two.example"}).text
    assert "http://one.example/" in one
    assert "one.example" not in two


def test_nothing_is_cached_when_the_size_is_zero(client: Client, settings: Any) -> None:
    settings.RESPONSE_CACHE_BYTES = 0
    answer = client.get(PAGE)
    assert not response_cache._cache
    assert not answer.has_header("ETag")
