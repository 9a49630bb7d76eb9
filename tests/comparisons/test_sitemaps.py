"""The sitemap and robots.txt."""

from datetime import UTC, datetime
from itertools import chain
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import etree
from pytest_django.fixtures import Settings

from careers.models import Citation, Publisher, Role
from comparisons.queries import revision
from comparisons.views import response_cache, sitemaps
from tests.comparisons.stored_roles import GUIDE, LEAD, PROFESSIONAL, PROGRAM, SOFTWARE, store_role, store_role_from

pytestmark = pytest.mark.django_db

NAMES = {"s": sitemaps.NAMESPACE}


def read(client: Client, address: str) -> etree._Element:
    answer = client.get(address)
    assert answer.status_code == 200, address
    assert answer.headers["Content-Type"] == "application/xml; charset=utf-8"
    return etree.fromstring(answer.getvalue())


def list_paths(client: Client, address: str) -> list[str]:
    addresses = [element.text or "" for element in read(client, address).findall(".//s:loc", NAMES)]
    assert all(text.startswith("http://testserver/") for text in addresses)
    return [urlsplit(text).path for text in addresses]


def list_all_paths(client: Client) -> list[str]:
    """The paths in all files that the index names."""
    return list(chain.from_iterable(list_paths(client, file) for file in list_paths(client, "/sitemap.xml")))


def test_robots_are_sent_to_the_sitemap_of_the_host_they_requested(client: Client) -> None:
    answer = client.get("/robots.txt")
    assert answer.headers["Content-Type"].startswith("text/plain")
    lines = answer.content.decode().splitlines()
    assert lines[-1] == "Sitemap: http://testserver/sitemap.xml"
    assert "Disallow: /admin/" in lines
    with_tls = client.get("/robots.txt", secure=True).content.decode()
    assert "Sitemap: https://testserver/sitemap.xml" in with_tls


def test_every_page_role_and_compared_pair_is_listed_once_and_answers(client: Client) -> None:
    for title in (LEAD, SOFTWARE, PROFESSIONAL, GUIDE):
        store_role(title)
    listed = list_all_paths(client)
    assert len(listed) == len(set(listed))
    assert {"/", "/roles/", "/about/", "/roles/software-technician/"} <= set(listed)
    assert "/compare/lead-technician-vs-software-support-technician/" in listed
    for path in listed:
        assert client.get(path).status_code == 200, path


def test_a_listed_address_is_the_canonical_one_of_its_page(client: Client) -> None:
    store_role(LEAD)
    store_role(SOFTWARE)
    for path in list_paths(client, "/sitemap-comparisons-1.xml"):
        assert f'rel="canonical" href="http://testserver{path}"'.encode() in client.get(path).content


def test_roles_are_read_in_batches_and_none_is_lost_between_them(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Read at once by PostgreSQL, 50,000 took longer than a statement may."""
    monkeypatch.setattr(sitemaps, "BATCH_SIZE", 2)
    slugs = [store_role(title).slug for title in (LEAD, SOFTWARE, PROFESSIONAL, GUIDE)]
    with CaptureQueriesContext(connection) as captured:
        assert list_paths(client, "/sitemap-roles-1.xml") == [f"/roles/{slug}/" for slug in slugs]
    assert captured.captured_queries[-1]["sql"].endswith("LIMIT 2")
    Role.objects.get(slug=slugs[-1]).delete()
    assert list_paths(client, "/sitemap-roles-1.xml") == [f"/roles/{slug}/" for slug in slugs[:-1]]


def test_a_pair_that_two_pages_compare_is_listed_once(client: Client) -> None:
    roles = [store_role(LEAD), store_role(SOFTWARE)]
    second_page = Citation.objects.create(
        publisher=Publisher.objects.get(), loaded_at=datetime(2026, 3, 2, tzinfo=UTC), digest="f" * 64
    )
    for role in roles:
        role.salarystats_rows.create(citation=second_page, annual_average=1)
    assert len(list_paths(client, "/sitemap-comparisons-1.xml")) == 1


def test_a_table_of_many_occupations_compares_none_of_them(client: Client) -> None:
    for title in ("Bakers", "Bankers"):
        role = store_role_from(
            {"title": title, "publisher": "Bureau", "page": "national"}, salary={"annual_average": 1}
        )
        role.soc_code = f"11-{role.pk}"
        role.save()
    assert list_paths(client, "/sitemap.xml") == ["/sitemap-pages.xml", "/sitemap-roles-1.xml"]
    assert client.get("/sitemap-comparisons-1.xml").status_code == 404


def test_a_role_without_facts_is_left_out(client: Client) -> None:
    Role.objects.create(title="Nobody", slug="nobody")
    assert list_all_paths(client) == ["/", "/roles/", "/explore/", "/about/", "/api/"]


def test_the_last_change_of_a_role_is_when_the_newest_of_its_facts_was_loaded(client: Client) -> None:
    store_role(LEAD)
    Citation.objects.update(loaded_at=datetime(2026, 3, 2, 10, 30, tzinfo=UTC))
    times = read(client, "/sitemap-roles-1.xml").findall(".//s:lastmod", NAMES)
    assert [element.text for element in times] == ["2026-03-02T10:30:00+00:00"]


def test_addresses_beyond_the_limit_of_a_file_go_to_the_next(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemaps, "ADDRESSES_PER_FILE", 2)
    for title in (LEAD, SOFTWARE, PROFESSIONAL, PROGRAM, GUIDE):
        store_role(title)
    files = list_paths(client, "/sitemap.xml")
    assert files[1:4] == [f"/sitemap-roles-{number}.xml" for number in (1, 2, 3)]
    roles = chain.from_iterable(list_paths(client, file) for file in files[1:4])
    assert sorted(roles) == sorted(role.get_absolute_url() for role in Role.objects.all())
    assert client.get("/sitemap-roles-4.xml").status_code == 404


@pytest.mark.parametrize("name", ["roles-0", "roles-01", "roles--1", "roles-9999999", "skills-1", "roles-%00"])
def test_invalid_file_names_are_not_found(name: str, client: Client) -> None:
    assert client.get(f"/sitemap-{name}.xml").status_code == 404


def test_slugs_in_any_letters_give_valid_addresses(client: Client) -> None:
    store_role_from({"title": "日本語", "page": "hostile"}, salary={"annual_average": 1})
    Role.objects.filter(title="日本語").update(slug="日本語&<x>")
    assert list_paths(client, "/sitemap-roles-1.xml") == ["/roles/%E6%97%A5%E6%9C%AC%E8%AA%9E%26%3Cx%3E/"]


def test_a_long_file_is_sent_in_pieces_and_only_to_clients_without_it(
    client: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemaps, "BATCH_SIZE", 2)
    settings.RESPONSE_CACHE_BYTES = 1_000_000
    for title in (LEAD, SOFTWARE, PROFESSIONAL, PROGRAM, GUIDE):
        store_role(title)
    answer = client.get("/sitemap-roles-1.xml")
    assert [piece.count(b"<url>") for piece in answer] == [0, 2, 2, 1, 0]
    again = client.get("/sitemap-roles-1.xml", headers={"if-none-match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_a_file_takes_the_same_queries_whatever_it_holds(client: Client) -> None:
    def count_queries(address: str) -> int:
        revision.forget_computed()
        response_cache.forget()
        with CaptureQueriesContext(connection) as captured:
            read(client, address)
        return len(captured)

    files = ("/sitemap.xml", "/sitemap-roles-1.xml", "/sitemap-comparisons-1.xml")
    for title in (LEAD, SOFTWARE):
        store_role(title)
    first_counts = [count_queries(address) for address in files]
    for number in range(40):
        store_role_from({"title": f"Made {number}", "page": f"made-{number // 2}"}, salary={"annual_average": number})
    assert max(first_counts[1:]) <= 2
    assert [count_queries(address) for address in files] <= first_counts
