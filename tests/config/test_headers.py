"""The strict headers stand on every response, and a fault in that is noticed."""

import pytest
from django.http.response import HttpResponseBase
from django.test import Client
from pytest_django.fixtures import Settings

STRICT = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=31536000",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
ANSWERS = {
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
}

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.config.broken_urls")]


def faults(response: HttpResponseBase) -> list[str]:
    """The headers that are missing or other than they must be."""
    wrong = [name for name, value in STRICT.items() if response.headers.get(name) != value]
    if "camera=()" not in response.headers.get("Permissions-Policy", ""):
        wrong.append("Permissions-Policy")
    return wrong


def ask(path: str, host: str = "localhost") -> HttpResponseBase:
    response = Client(raise_request_exception=False).get(path, HTTP_HOST=host)
    response.getvalue()  # read to its end, which closes the file behind it
    return response


@pytest.mark.parametrize(("path", "status"), ANSWERS.items())
def test_every_kind_of_answer_carries_the_strict_headers(path: str, status: int) -> None:
    response = ask(path)
    assert response.status_code == status
    assert faults(response) == []


def test_an_unknown_host_is_refused_under_the_strict_headers() -> None:
    response = ask("/", host="elsewhere.example")
    assert response.status_code == 400
    assert faults(response) == []


@pytest.mark.parametrize("path", ANSWERS)
def test_without_the_middleware_the_check_fails(path: str, settings: Settings) -> None:
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if name != "config.headers.StrictHeaders"]
    assert "Content-Security-Policy" in faults(ask(path))


def test_a_loosened_policy_is_noticed(settings: Settings) -> None:
    settings.SECURE_CSP = {**settings.SECURE_CSP, "script-src": ["'self'", "'unsafe-inline'"]}
    assert faults(ask("/nowhere/")) == ["Content-Security-Policy"]


@pytest.mark.parametrize("path", ["/nowhere/", "/crash/", "/suspicious/"])
def test_debug_pages_are_allowed_their_inline_style_and_nothing_else(path: str, settings: Settings) -> None:
    settings.DEBUG = True
    response = ask(path)
    assert faults(response) == ["Content-Security-Policy"]
    strict = STRICT["Content-Security-Policy"]
    assert response.headers["Content-Security-Policy"] == strict.replace("style-src", "style-src 'unsafe-inline'")


def test_with_debug_on_the_pages_of_the_site_keep_the_strict_policy(settings: Settings) -> None:
    settings.DEBUG = True
    assert faults(ask("/admin/login/")) == []


def test_cookies_are_out_of_reach_of_scripts_and_other_sites() -> None:
    cookie = ask("/admin/login/").cookies["csrf"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
