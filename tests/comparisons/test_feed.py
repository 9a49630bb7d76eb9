"""The Atom feed of newly loaded roles."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from lxml import etree
from pytest_django.fixtures import Settings

from careers.models import Citation, Role
from comparisons.views import feeds, response_cache
from tests.comparisons.opened_pages import HOSTILE, count_queries, open_page
from tests.comparisons.stored_roles import GUIDE, LEAD, SOFTWARE, store_role, store_role_from

pytestmark = pytest.mark.django_db

NAMES = {"a": "http://www.w3.org/2005/Atom"}


def read(client: Client) -> etree._Element:
    answer = client.get("/feed.xml")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    return etree.fromstring(answer.content)


def list_texts(feed: etree._Element, path: str) -> list[str]:
    return [element.text or "" for element in feed.findall(path, NAMES)]


def test_pages_that_lead_to_roles_name_the_feed(client: Client) -> None:
    for address in ("/", "/roles/", "/about/"):
        link = open_page(client, address).cssselect("link[rel=alternate][type='application/atom+xml']")[0]
        assert link.get("href") == "/feed.xml"


def test_the_role_that_was_added_last_comes_first(client: Client) -> None:
    for title in (LEAD, GUIDE, SOFTWARE):
        store_role(title)
    assert list_texts(read(client), "a:entry/a:title") == [SOFTWARE, GUIDE, LEAD]


def test_it_has_every_element_that_atom_requires(client: Client) -> None:
    store_role(LEAD)
    feed = read(client)
    for name in ("id", "title", "updated", "author/a:name"):
        assert list_texts(feed, f"a:{name}")[0]
    for name in ("id", "title", "updated", "summary"):
        assert list_texts(feed, f"a:entry/a:{name}")[0]
    links = {link.get("rel"): link.get("href") for link in feed.findall("a:link", NAMES)}
    assert links == {"self": "http://testserver/feed.xml", "alternate": "http://testserver/"}
    assert feed.findall("a:entry/a:link", NAMES)[0].get("href") == "http://testserver/roles/lead-technician/"


def test_an_entry_names_pay_jobs_and_publishers(client: Client) -> None:
    store_role(LEAD)
    store_role(GUIDE)
    assert list_texts(read(client), "a:entry/a:summary") == [
        "From Jobicy.",
        "Average pay $90,615 a year (Zippia, captured on 1 March 2026). "
        "250,590 jobs (Zippia, captured on 1 March 2026). From Zippia.",
    ]


def test_the_feed_is_as_new_as_its_newest_facts(client: Client) -> None:
    store_role(LEAD)
    Citation.objects.update(loaded_at=datetime(2026, 3, 2, 10, 30, tzinfo=UTC))
    assert list_texts(read(client), ".//a:updated") == ["2026-03-02T10:30:00+00:00"] * 2


def test_a_feed_without_roles_is_valid(client: Client) -> None:
    Role.objects.create(title="Nobody", slug="nobody")
    feed = read(client)
    assert feed.findall("a:entry", NAMES) == []
    assert list_texts(feed, "a:updated") == ["1970-01-01T00:00:00+00:00"]


@pytest.mark.parametrize("title", [HOSTILE, "]]><x/>&#0;", "a\x0bb\x1f\ufffe", "𝔘𝔫𝔦 \U0010ffff é"])
def test_any_title_gives_valid_xml(title: str, client: Client) -> None:
    store_role_from({"title": title, "page": "hostile"}, salary={"annual_average": 1})
    assert list_texts(read(client), "a:entry/a:title") == [feeds.remove_invalid_xml(title).strip() or title]


def test_a_client_that_has_the_feed_gets_304(client: Client, settings: Settings) -> None:
    settings.RESPONSE_CACHE_BYTES = 1_000_000
    store_role(LEAD)
    tag = client.get("/feed.xml").headers["ETag"]
    assert client.get("/feed.xml", headers={"if-none-match": tag}).status_code == 304


def test_it_holds_only_the_newest_roles_in_the_same_number_of_queries(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeds, "MOST_ENTRIES", 3)
    store_role(LEAD)
    first = count_queries(client, "/feed.xml")
    assert first <= 2
    for number in range(9):
        store_role_from({"title": f"Made {number}", "page": f"made-{number}"}, salary={"annual_average": number})
    response_cache.forget()
    assert count_queries(client, "/feed.xml") <= first
    response_cache.forget()
    assert list_texts(read(client), "a:entry/a:title") == ["Made 8", "Made 7", "Made 6"]
