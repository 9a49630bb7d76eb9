"""Refusals are pages in our own words, without anything that our own policy would block."""

import pytest
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import get_resolver
from pytest_django import DjangoAssertNumQueries

from tests.config.strict_headers import find_faults

pytestmark = pytest.mark.django_db


@pytest.fixture
def stranger() -> Client:
    """A client without a CSRF token, as from another site or a command line."""
    return Client(enforce_csrf_checks=True)


def assert_plain_page(response: HttpResponseBase, heading: str) -> None:
    page = response.getvalue().decode()
    assert f"<h1>{heading}</h1>" in page
    assert "<style" not in page
    assert "style=" not in page
    assert "<script" not in page
    assert find_faults(response) == []


@pytest.mark.parametrize("path", ["/", "/roles/", "/roles/suggest", "/roles/x/", "/roles/x.json", "/compare/x-vs-y/"])
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_public_pages_answer_405_before_they_require_a_token(
    stranger: Client, method: str, path: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        response = getattr(stranger, method)(path)
    assert (response.status_code, response.headers["Allow"]) == (405, "GET, HEAD")
    assert find_faults(response) == []


def test_every_public_address_is_exempt_from_tokens() -> None:
    patterns = get_resolver("config.urls").url_patterns
    public = [page for page in patterns if not str(page.pattern).startswith("admin/")]
    assert len(public) >= 10
    assert all(getattr(page.callback, "csrf_exempt", False) for page in public)


def test_the_admin_requires_a_token(stranger: Client) -> None:
    response = stranger.post("/admin/login/", {"username": "ann", "password": "guess"})
    assert response.status_code == 403
    assert_plain_page(response, "This form has grown old")


def test_an_admin_without_tokens_is_noticed(stranger: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.middleware.csrf.CsrfViewMiddleware.process_view", lambda *arguments: None)
    with pytest.raises(AssertionError):
        test_the_admin_requires_a_token(stranger)


@pytest.mark.urls("tests.config.broken_urls")
def test_a_forbidden_page_says_so(stranger: Client) -> None:
    response = stranger.get("/forbidden/")
    assert response.status_code == 403
    assert_plain_page(response, "This is not open to you")


def test_an_unknown_host_is_refused_without_a_query(
    stranger: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        response = stranger.get("/", HTTP_HOST="elsewhere.example")
    assert response.status_code == 400
    assert_plain_page(response, "This request cannot be understood")
    assert f"<code>{response.headers['X-Request-ID']}</code>" in response.getvalue().decode()
