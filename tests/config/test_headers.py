"""Every response has the strict headers, and the check notices a planted fault."""

import pytest
from django.http.response import HttpResponseBase
from django.test import Client
from pytest_django.fixtures import Settings

from tests.config.strict_headers import STRICT, find_faults

PATHS = {
    "/": 200,
    "/roles/": 200,
    "/sitemap-pages.xml": 200,
    "/api/v1/roles": 200,
    "/api/v1/nothing": 404,
    "/admin/login/": 200,
    "/admin/": 302,
    "/nowhere/": 404,
    "/static/admin/css/base.css": 200,
    "/crash/": 500,
    "/forbidden/": 403,
    "/suspicious/": 400,
    "/download/": 200,
    "/careless/": 200,
    "/database-away/": 503,
    "/database-corrupt/": 503,
    "/download-during-outage/": 503,
}

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.config.broken_urls")]


def get(path: str, host: str = "localhost") -> HttpResponseBase:
    response = Client(raise_request_exception=False).get(path, HTTP_HOST=host)
    response.getvalue()  # which closes a static file
    return response


@pytest.mark.parametrize(("path", "status"), PATHS.items())
def test_every_kind_of_response_has_the_strict_headers(path: str, status: int) -> None:
    response = get(path)
    assert response.status_code == status
    assert find_faults(response) == []


def test_the_refusal_of_an_unknown_host_has_the_strict_headers() -> None:
    response = get("/", host="elsewhere.example")
    assert response.status_code == 400
    assert find_faults(response) == []


@pytest.mark.parametrize("path", PATHS)
def test_without_the_middleware_the_check_fails(path: str, settings: Settings) -> None:
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if name != "config.middleware.StrictHeaders"]
    assert "Content-Security-Policy" in find_faults(get(path))


def test_a_loosened_policy_is_noticed(settings: Settings) -> None:
    settings.SECURE_CSP = {**settings.SECURE_CSP, "script-src": ["'self'", "'unsafe-inline'"]}
    assert find_faults(get("/nowhere/")) == ["Content-Security-Policy"]


@pytest.mark.parametrize("path", ["/nowhere/", "/crash/", "/suspicious/"])
def test_debug_pages_may_use_inline_styles_and_nothing_else(path: str, settings: Settings) -> None:
    settings.DEBUG = True
    response = get(path)
    assert find_faults(response) == ["Content-Security-Policy"]
    strict = STRICT["Content-Security-Policy"]
    assert response.headers["Content-Security-Policy"] == strict.replace("style-src", "style-src 'unsafe-inline'")


def test_with_debug_on_the_pages_of_the_site_keep_the_strict_policy(settings: Settings) -> None:
    settings.DEBUG = True
    assert find_faults(get("/admin/login/")) == []


def test_cookies_are_hidden_from_scripts_and_other_sites() -> None:
    cookie = get("/admin/login/").cookies["csrf"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
