"""What is refused is refused calmly: in our own words, with nothing that our own policy would block."""

import pytest
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import get_resolver
from pytest_django import DjangoAssertNumQueries

from tests.config.test_headers import faults

pytestmark = pytest.mark.django_db


@pytest.fixture
def stranger() -> Client:
    """One that has no token, as on another site or a command line."""
    return Client(enforce_csrf_checks=True)


def assert_calm(response: HttpResponseBase, heading: str) -> None:
    page = response.getvalue().decode()
    assert f"<h1>{heading}</h1>" in page
    assert "<style" not in page
    assert "style=" not in page
    assert "<script" not in page
    assert faults(response) == []


@pytest.mark.parametrize("path", ["/", "/roles/", "/roles/suggest", "/roles/x/", "/roles/x.json", "/compare/x-vs-y/"])
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_public_pages_say_what_they_take_before_they_ask_for_a_token(
    stranger: Client, method: str, path: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        response = getattr(stranger, method)(path)
    assert (response.status_code, response.headers["Allow"]) == (405, "GET, HEAD")
    assert faults(response) == []


def test_every_public_address_only_reads_and_only_those_go_without_a_token() -> None:
    admin, *public = get_resolver("config.urls").url_patterns
    assert str(admin.pattern) == "admin/"
    assert len(public) >= 10
    assert all(getattr(page.callback, "csrf_exempt", False) for page in public)


def test_the_admin_asks_for_a_token_and_says_so_calmly(stranger: Client) -> None:
    response = stranger.post("/admin/login/", {"username": "ann", "password": "guess"})
    assert response.status_code == 403
    assert_calm(response, "This form has grown old")


@pytest.mark.urls("tests.config.broken_urls")
def test_what_is_forbidden_is_said_calmly(stranger: Client) -> None:
    response = stranger.get("/forbidden/")
    assert response.status_code == 403
    assert_calm(response, "This is not open to you")


def test_an_unknown_host_is_refused_calmly_and_without_the_database(
    stranger: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        response = stranger.get("/", HTTP_HOST="elsewhere.example")
    assert response.status_code == 400
    assert_calm(response, "This request cannot be understood")
