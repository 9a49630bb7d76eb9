"""Pages of an empty site, of odd addresses, of hostile words, and of a few roles that a test stores itself."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.views.defaults import server_error

from careers.models import Role
from tests.comparisons.opened_pages import HOSTILE, list_texts, open_page
from tests.comparisons.stored_roles import (
    LEAD,
    SOFTWARE,
    read_fixture_facts,
    store_role,
    store_role_from,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "path", ["/roles/%00/", "/compare/%00-vs-%ff/", "/compare/-vs-/", "/roles/suggest/", "/nowhere/"]
)
def test_odd_addresses_are_not_found(path: str, client: Client) -> None:
    assert client.get(path).status_code == 404


def test_an_address_that_names_nothing_does_not_speak_of_a_role_without_a_name(client: Client) -> None:
    for address in ("/compare/-vs-/", "/roles/%20/", "/roles/%00/"):
        assert "“" not in open_page(client, address, 404).text_content()
    assert client.get("/compare/-vs-.json").json() == {"error": "This address names no role.", "near": []}


def test_an_empty_site_says_so(client: Client) -> None:
    for address in ("/", "/roles/", "/explore/"):
        assert "No roles are stored yet" in open_page(client, address).text_content()


def test_the_list_never_shows_another_publishers_figures(client: Client) -> None:
    lead = store_role(LEAD)
    other = store_role(SOFTWARE, publisher="Jobicy")
    lead.outlook = other.outlook
    lead.save()
    row = list_texts(open_page(client, "/roles/?publisher=zippia"), "tbody td")
    assert "$90,615" in row
    assert "117,059" not in row


def test_the_list_has_pages_of_fifty(client: Client) -> None:
    for number in range(51):
        store_role_from(read_fixture_facts()[LEAD] | {"title": f"Role {number:02}", "skills": []})
    assert len(open_page(client, "/roles/").cssselect("tbody tr")) == 50
    assert list_texts(open_page(client, "/roles/?page=2"), "tbody th") == ["Role 50"]
    assert list_texts(open_page(client, "/roles/?page=99"), "tbody th") == ["Role 50"]
    assert len(open_page(client, "/roles/?page=x&sort=nothing").cssselect("tbody tr")) == 50


def store_hostile_role() -> Role:
    skill = {"name": HOSTILE, "kind": "listed", "rank": 1, "percent": 3, "tier": None}
    section = {
        "heading": HOSTILE,
        "blocks": [{"type": "paragraph", "text": HOSTILE}, {"type": "list", "items": [HOSTILE]}],
    }
    facts: dict[str, Any] = read_fixture_facts()[LEAD] | {"title": HOSTILE, "summary": HOSTILE, "page": "hostile"}
    facts |= {"skills": [skill], "duties": [HOSTILE], "sections": [section]}
    return store_role_from(facts, salary={"top_city": HOSTILE, "note": HOSTILE}, education={"degree": HOSTILE})


def test_hostile_words_are_escaped_everywhere(client: Client) -> None:
    role, lead = store_hostile_role(), store_role(LEAD)
    pages = [
        "/",
        "/roles/",
        f"/roles/{role.slug}/",
        f"/compare/{role.slug}-vs-{lead.slug}/",
        f"/compare/?role={role.slug}",
    ]
    pages += [f"/compare/{role.slug}-vs-{role.slug}/", "/compare/?role=%3Cscript%3Ealert(1)&role=%3Cscript%3E"]
    for address in pages:
        body = client.get(address).content.decode()
        assert "<script>alert" not in body, address
        assert "&amp;lt;" not in body, address
        assert "{{ 7 }}" in body or address == pages[-1] or address == "/", address


def test_hostile_words_survive_in_json(client: Client) -> None:
    assert client.get(f"/roles/{store_hostile_role().slug}.json").json()["duties"] == [HOSTILE]


def test_the_calm_page_for_our_own_mistakes_asks_nothing(client: Client) -> None:
    with CaptureQueriesContext(connection) as captured:
        answer = server_error(RequestFactory().get("/"))
    assert answer.status_code == 500
    assert b"It is our mistake" in answer.content
    assert len(captured) == 0
