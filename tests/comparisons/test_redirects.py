"""Addresses that lead elsewhere keep the form that is asked for, the state and the reader's weights."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from lxml import html

from careers.models import Role, RoleAlias
from careers.names import make_slug
from tests.comparisons.stored_roles import LEAD, store_role

pytestmark = pytest.mark.django_db

KEPT = {"where": ["CA"], "prices": ["1"], "pay": ["3"]}


@pytest.fixture(scope="module", autouse=True)
def stored(module_transaction: None) -> None:
    for title in ("Nurse", "Cashier"):
        Role.objects.create(title=title, slug=make_slug(title))
    RoleAlias.objects.create(role=Role.objects.get(title="Nurse"), title="Sister", slug="sister", key="sister")


def follow_once(client: Client, path: str) -> tuple[str, dict[str, list[str]]]:
    """Path and query of the address that an address leads to, which exists."""
    answer = client.get(path)
    assert answer.status_code in (301, 302), path
    assert client.get(answer.headers["Location"], follow=True).status_code == 200
    parts = urlsplit(answer.headers["Location"])
    return parts.path, parse_qs(parts.query)


@pytest.mark.parametrize(
    ("path", "leads_to"),
    [
        ("/roles/nurse-or-cashier{}", "/compare/nurse-vs-cashier{}"),
        ("/roles/nurse-vs-cashier{}", "/compare/nurse-vs-cashier{}"),
        ("/roles/nurse-VS-cashier{}", "/compare/nurse-vs-cashier{}"),
        ("/compare/nurse,cashier{}", "/compare/nurse-vs-cashier{}"),
        ("/compare/nurses-vs-cashiers{}", "/compare/nurse-vs-cashier{}"),
        ("/compare/-vs-nurse-vs-cashier{}", "/compare/nurse-vs-cashier{}"),
        ("/compare/cashier-vs-sister{}", "/compare/cashier-vs-nurse{}"),
        ("/compare/NURSE-vs-Cashier{}", "/compare/nurse-vs-cashier{}"),
        ("/roles/sister{}", "/roles/nurse{}"),
        ("/roles/Nurse{}", "/roles/nurse{}"),
    ],
)
@pytest.mark.parametrize("form", ["/", ".csv", ".html"])
def test_the_form_and_the_query_stay(path: str, leads_to: str, form: str, client: Client) -> None:
    if form == ".html" and path.startswith("/roles/"):
        return  # the page of one role is no file
    address, query = follow_once(client, f"{path.format(form)}?where=CA&prices=1&pay=3&page=7")
    query.pop("q", None)
    assert (address, query) == (leads_to.format(form), KEPT)


@pytest.mark.parametrize(
    ("path", "leads_to"),
    [
        ("/roles/nurse-vs-cashier.json", "/compare/nurse-vs-cashier.json"),
        ("/roles/SISTER.json", "/roles/nurse.json"),
        ("/roles/nurse", "/roles/nurse/"),
        ("/compare/nurse-vs-cashier", "/compare/nurse-vs-cashier/"),
        ("/compare/nurse/", "/compare/"),
    ],
)
def test_so_they_do_for_programs_and_without_the_last_slash(path: str, leads_to: str, client: Client) -> None:
    address, query = follow_once(client, f"{path}?where=CA&prices=1&pay=3")
    query.pop("role", None)
    assert (address, query) == (leads_to, KEPT)


def test_only_pages_are_asked_what_else_the_words_could_mean(client: Client) -> None:
    assert follow_once(client, "/roles/nurse-or-cashier/")[1] == {"q": ["nurse or cashier"]}
    assert follow_once(client, "/roles/nurse-or-cashier.csv")[1] == {}
    assert client.get("/roles/nurse-or-cashier.json").status_code == 404, "a program is told of no guess"


def test_a_search_that_is_a_comparison_keeps_state_and_weights(client: Client) -> None:
    address, query = follow_once(client, "/roles/?q=nurse+or+cashier&where=CA&prices=1&pay=3")
    assert (address, query) == ("/compare/nurse-vs-cashier/", KEPT | {"q": ["nurse or cashier"]})


@pytest.mark.parametrize("path", ["/roles/", "/roles.csv", "/explore/", "/explore/points.json"])
def test_an_unknown_publisher_leads_to_the_same_list_of_another(path: str, client: Client) -> None:
    store_role(LEAD)
    assert client.get(f"{path}?publisher=nobody").headers["Location"] == path
    location = client.get(f"{path}?pay_from=30k&publisher=nobody&sort=-pay").headers["Location"]
    assert location == f"{path}?pay_from=30k&sort=-pay"
    assert client.get(location).status_code == 200


def test_a_long_address_of_no_page_is_cut(client: Client) -> None:
    for path in (f"/{'nurse-' * 2000}", f"/roles/{'nurse-' * 2000}", f"/compare/{'a' * 9000}-vs-{'b' * 9000}/"):
        answer = client.get(path, follow=True)
        assert answer.status_code == 404
        shown = html.document_fromstring(answer.content.decode())
        longest = max(len(str(line.xpath("string()"))) for line in shown.cssselect(".say"))
        assert longest < 500
        assert len(answer.content) < 6000


@pytest.mark.parametrize(
    "path",
    [
        *["/roles.csv", "/feed.xml", "/robots.txt", "/explore/points.json", "/api/openapi.json"],
        *["/roles/cook.csv", "/compare/cook-vs-baker.html", "/compare/cook-vs-baker/figures/pay.json"],
        *["/api/v1/roles", "/api/v1/roles/cook", "/api/v1/compare/cook-vs-baker", "/roles/a%3Fb%23c%2525.csv"],
    ],
)
def test_a_slash_too_many_after_a_file_or_in_the_api_leads_to_the_address_without(client: Client, path: str) -> None:
    assert client.get(f"{path}/?where=CA").headers["Location"] == f"{path}?where=CA"


@pytest.mark.parametrize("path", ["/%2Fexample.org/x.csv/", "/%5Cexample.org/x.csv/"])
def test_no_slash_too_many_leads_to_another_site(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/nothing.txt", "/roles/nothing.xml", "/compare/nothing.txt", "/api/v1/nothing"])
def test_the_name_of_no_file_is_not_found_with_a_slash_or_without(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404
    assert client.get(f"{path}/", follow=True).status_code == 404
