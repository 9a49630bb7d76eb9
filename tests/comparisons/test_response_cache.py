"""Finished pages are kept, compressed and told apart by the state of the data; tests/settings.py switches this off."""

import gzip
import tracemalloc
from typing import Any

import brotli
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from careers.models import Revision, SalaryStats
from comparisons import response_cache
from comparisons.queries import revision
from tests.comparisons.stored import LEAD, SOFTWARE, store

pytestmark = pytest.mark.django_db
PAGE = "/compare/lead-technician-vs-software-support-technician/"


@pytest.fixture(autouse=True)
def kept(settings: Any) -> None:
    settings.KEPT_BYTES = 1_000_000
    settings.REVISION_SECONDS = 60.0
    store(LEAD)
    store(SOFTWARE)
    Revision.lock().count_up()


def load_something() -> None:
    """What a load by another process does, seen at once here."""
    Revision.lock().count_up()
    revision.forget()


def test_a_page_asked_for_again_takes_no_query_and_is_the_same(client: Client) -> None:
    first = client.get(PAGE)
    with CaptureQueriesContext(connection) as captured:
        second = client.get(PAGE)
    assert len(captured) == 0
    assert second.content == first.content
    assert second["Content-Type"] == first["Content-Type"]


def test_a_load_shows_at_the_next_look(client: Client) -> None:
    assert "$90,615" in client.get(PAGE).text
    SalaryStats.objects.filter(annual_average=90_615).update(annual_average=90_616)
    assert "$90,616" not in client.get(PAGE).text
    load_something()
    assert "$90,616" in client.get(PAGE).text


def test_a_browser_that_has_the_page_is_told_so_without_a_query(client: Client) -> None:
    etag = client.get(PAGE)["ETag"]
    with CaptureQueriesContext(connection) as captured:
        again = client.get(PAGE, headers={"If-None-Match": etag})
    assert (again.status_code, again.content, len(captured)) == (304, b"", 0)
    assert again["ETag"] == etag
    load_something()
    changed = client.get(PAGE, headers={"If-None-Match": etag})
    assert changed.status_code == 200
    assert changed["ETag"] != etag


def test_browsers_ask_again_each_time(client: Client) -> None:
    assert client.get(PAGE)["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    ("taken", "given"),
    [("gzip, deflate, br, zstd", "br"), ("gzip, deflate", "gzip"), ("", None), ("identity", None)],
)
def test_a_page_is_compressed_as_the_browser_takes_it(client: Client, taken: str, given: str | None) -> None:
    plain = client.get(PAGE).content
    answer = client.get(PAGE, headers={"Accept-Encoding": taken})
    read = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[given]
    assert answer.get("Content-Encoding") == given
    assert read(answer.content) == plain
    assert "Accept-Encoding" in answer["Vary"]


def test_what_is_not_found_is_not_kept(client: Client) -> None:
    assert client.get("/roles/nobody/").status_code == 404
    assert client.get("/roles/nobody/").status_code == 404
    assert not response_cache._kept


def test_the_room_is_never_exceeded_and_the_oldest_leave_first(client: Client, settings: Any) -> None:
    size = len(client.get("/").content)
    response_cache.forget()
    settings.KEPT_BYTES = 20 * (size + response_cache.BESIDES)
    for number in range(40):
        client.get(f"/?{number}")
    assert response_cache._size <= settings.KEPT_BYTES
    assert response_cache._size > sum(len(each.body) for each in response_cache._kept.values())
    paths = [key[3] for key in response_cache._kept]
    assert "/?39" in paths
    assert "/?0" not in paths


def test_many_small_answers_to_long_addresses_take_no_more_memory_than_there_is_room(
    client: Client, settings: Any
) -> None:
    client.get("/roles/suggest?q=x")
    response_cache.forget()
    tracemalloc.start()
    try:
        for number in range(600):
            client.get(f"/roles/suggest?q=x&{'y' * 3000}{number}")
        kept, _ = tracemalloc.get_traced_memory()
        response_cache.forget()
        others, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert 0.3 * settings.KEPT_BYTES < kept - others < 1.1 * settings.KEPT_BYTES


def test_other_hosts_get_pages_of_their_own(client: Client, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["one.example", "two.example"]
    one = client.get(PAGE, headers={"Host": "one.example"}).text
    two = client.get(PAGE, headers={"Host": "two.example"}).text
    assert "http://one.example/" in one
    assert "one.example" not in two


def test_nothing_is_kept_when_there_is_no_room_for_it(client: Client, settings: Any) -> None:
    settings.KEPT_BYTES = 0
    answer = client.get(PAGE)
    assert not response_cache._kept
    assert not answer.has_header("ETag")
