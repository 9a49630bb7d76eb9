"""Guessing passwords is limited before anything is hashed, and nobody can lock the owner of an account out."""

import http.client
import logging
import re
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, nullcontext
from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.contrib.auth import hashers
from django.contrib.auth.models import User
from django.contrib.sessions.backends.db import SessionStore
from django.db import OperationalError
from django.http.response import HttpResponseBase
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from config import sign_in as limits
from config.models import SignInAttempt
from tests.config.running_site import run_site
from tests.config.strict_headers import find_faults

HOME, ELSEWHERE = "192.0.2.1", "198.51.100.7"

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann() -> User:
    return User.objects.create_superuser("ann", password="correct horse")


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The passwords that were hashed."""
    passwords: list[str] = []

    class CountingHasher(hashers.MD5PasswordHasher):
        def encode(self, password: str, salt: str) -> str:
            passwords.append(password)
            return super().encode(password, salt)

    monkeypatch.setattr(hashers, "get_hashers", lambda: [CountingHasher()])
    monkeypatch.setattr(hashers, "get_hasher", lambda algorithm="default": CountingHasher())
    return passwords


def sign_in(
    password: str, name: str = "ann", address: str = HOME, client: Client | None = None, forwarded_for: str = ""
) -> HttpResponseBase:
    fields = {"username": name, "password": password}
    headers = {"X-Forwarded-For": forwarded_for} if forwarded_for else {}
    return (client or Client()).post("/admin/login/", fields, REMOTE_ADDR=address, headers=headers)


@pytest.fixture
def browser(ann: User) -> Client:
    """A browser in which Ann signed in before."""
    client = Client()
    assert sign_in("correct horse", client=client).status_code == 302
    client.post("/admin/logout/")
    return client


def list_statuses(attempts: int, name: str = "ann", address: str = HOME, forwarded_for: str = "") -> list[int]:
    return [sign_in("wrong", name, address, forwarded_for=forwarded_for).status_code for _ in range(attempts)]


def test_after_five_wrong_passwords_the_same_name_at_the_same_address_has_to_wait(ann: User) -> None:
    assert list_statuses(7) == [200] * 5 + [429] * 2
    assert sign_in("correct horse").status_code == 429


def test_the_refusal_is_a_page_of_ours_that_says_when_to_come_back(ann: User) -> None:
    list_statuses(5)
    response = sign_in("wrong")
    page = response.getvalue().decode()
    assert "<h1>Please wait before the next attempt</h1>" in page
    assert "Try again in 15 minutes." in page
    assert 890 < int(response.headers["Retry-After"]) <= 900
    assert find_faults(response) == []


def test_after_fifteen_minutes_there_is_room_again(ann: User) -> None:
    list_statuses(5)
    for attempt in SignInAttempt.objects.all():
        attempt.at -= timedelta(minutes=15)
        attempt.save()
    assert sign_in("correct horse").status_code == 302
    assert not SignInAttempt.objects.exists()


def test_signing_in_clears_the_attempts_before_it(ann: User) -> None:
    list_statuses(4)
    assert sign_in("correct horse").status_code == 302
    assert list_statuses(6) == [200] * 5 + [429]


def test_a_stranger_elsewhere_cannot_lock_the_owner_out(ann: User) -> None:
    assert list_statuses(10, address=ELSEWHERE)[-1] == 429
    assert sign_in("correct horse").status_code == 302


def test_behind_a_trusted_proxy_a_stranger_cannot_lock_the_owner_out_either(ann: User, settings: Settings) -> None:
    settings.TRUSTED_PROXIES = [ip_network("127.0.0.1")]
    assert list_statuses(10, address="127.0.0.1", forwarded_for=ELSEWHERE)[-1] == 429
    owner = sign_in("correct horse", address="127.0.0.1", forwarded_for=f"{ELSEWHERE}, {HOME}")
    assert owner.status_code == 302


def test_invented_addresses_do_not_give_further_attempts(ann: User, settings: Settings) -> None:
    settings.TRUSTED_PROXIES = [ip_network("127.0.0.1")]
    answers = [
        sign_in("wrong", address="127.0.0.1", forwarded_for=f"203.0.113.{number}, {ELSEWHERE}") for number in range(6)
    ]
    assert answers[-1].status_code == 429


def test_a_browser_that_signed_in_before_is_held_up_by_nobody(browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even by a stranger at the same address, nor when the attempts of everybody are used up."""
    *narrower, _ = limits.STRANGER_LIMITS
    monkeypatch.setattr(limits, "STRANGER_LIMITS", (*narrower, limits.Limit(20, ("browser",))))
    list_statuses(6)
    for number in range(20):
        sign_in("wrong", name=f"nobody {number}", address=f"203.0.113.{number}")
    assert sign_in("correct horse").status_code == 429
    assert sign_in("correct horse", client=browser).status_code == 302


def test_a_known_browser_has_a_limit_of_its_own(browser: Client) -> None:
    assert [sign_in("wrong", client=browser).status_code for _ in range(11)] == [200] * 10 + [429]


def test_a_browser_is_known_under_its_own_name_only(browser: Client) -> None:
    User.objects.create_superuser("bob", password="battery staple")
    assert [sign_in("wrong", name="bob", client=browser).status_code for _ in range(6)] == [200] * 5 + [429]


def test_an_invented_cookie_does_not_make_a_browser_known(ann: User) -> None:
    list_statuses(5)
    browser = Client()
    browser.cookies["browser"] = f"{limits.make_digest('ann')}.invented:signature:here"
    assert sign_in("correct horse", client=browser).status_code == 429


def test_many_names_from_one_address_are_limited() -> None:
    answers = [sign_in("wrong", name=f"name {number}").status_code for number in range(22)]
    assert answers == [200] * 20 + [429] * 2


def test_one_name_from_many_addresses_is_limited(ann: User) -> None:
    answers = [sign_in("wrong", address=f"203.0.113.{number}").status_code for number in range(32)]
    assert answers == [200] * 30 + [429] * 2


def test_one_network_of_ipv6_counts_as_one_address(ann: User) -> None:
    answers = [sign_in("wrong", address=f"2001:db8::{number:x}").status_code for number in range(1, 7)]
    assert answers == [200] * 5 + [429]


def test_all_attempts_together_are_limited_and_so_is_the_table() -> None:
    answers = [
        sign_in("wrong", name=f"name {number}", address=f"203.0.113.{number}").status_code for number in range(110)
    ]
    assert answers == [200] * 100 + [429] * 10
    assert SignInAttempt.objects.count() == 100


@pytest.mark.parametrize("name", ["ANN", "Ann", " ann ", "ａｎｎ"])
def test_the_case_and_form_of_the_name_make_no_difference_to_the_limits(ann: User, name: str) -> None:
    assert list_statuses(5, name=name) == [200] * 5
    assert sign_in("correct horse").status_code == 429


def test_the_case_of_the_name_makes_no_difference_to_the_right_password(ann: User) -> None:
    assert sign_in("correct horse", name="Ann").status_code == 302


def test_two_accounts_that_differ_in_case_are_told_apart(ann: User) -> None:
    User.objects.create_superuser("Ann", password="battery staple")
    assert sign_in("battery staple", name="Ann").status_code == 302
    assert sign_in("correct horse", name="ann").status_code == 302
    assert sign_in("correct horse", name="ANN").status_code == 200


def test_an_attempt_that_has_to_wait_is_neither_hashed_nor_written(
    ann: User, hashed: list[str], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    list_statuses(5)
    assert hashed
    hashed.clear()
    with django_assert_num_queries(1) as queries:
        assert sign_in("correct horse").status_code == 429
    assert hashed == []
    assert queries.captured_queries[0]["sql"].startswith("SELECT")


def test_while_others_are_checked_an_attempt_is_refused_at_once_and_not_counted(ann: User, hashed: list[str]) -> None:
    with ExitStack() as others:
        for _ in range(2):
            limits.stranger_line.acquire()
            others.callback(limits.stranger_line.release)
        response = sign_in("correct horse")
    assert (response.status_code, response.headers["Retry-After"]) == (429, "2")
    assert "Your password was not checked" in response.getvalue().decode()
    assert hashed == []
    assert not SignInAttempt.objects.exists()


def test_strangers_in_line_do_not_hold_up_a_known_browser(browser: Client) -> None:
    with ExitStack() as others:
        for _ in range(2):
            limits.stranger_line.acquire()
            others.callback(limits.stranger_line.release)
        assert sign_in("correct horse", client=browser).status_code == 302


def test_refused_attempts_do_not_fill_the_log(ann: User, caplog: pytest.LogCaptureFixture) -> None:
    list_statuses(20)
    lines = [record.getMessage() for record in caplog.records]
    assert len(lines) == 5
    assert re.fullmatch(r"failed sign-in as 'ann' from 192\.0\.2\.1; further attempts are refused for \d+ s", lines[-1])


def test_a_failed_attempt_is_logged_with_its_name_and_address(ann: User, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "config.sign_in"):
        sign_in("wrong", name="ann\n2026-01-01 ERROR all is lost\u202e", address=ELSEWHERE)
    [line] = [record.getMessage() for record in caplog.records if record.name == "config.sign_in"]
    assert line == r"failed sign-in as 'ann\n2026-01-01 ERROR all is lost\u202e' from 198.51.100.7"


def test_neither_names_nor_addresses_nor_passwords_are_stored(ann: User) -> None:
    sign_in("swordfish", name="my password by mistake")
    [stored] = SignInAttempt.objects.values_list("name", "address", "browser")
    assert all(re.fullmatch("[0-9a-f]{32}|", text) for text in stored)


def test_a_database_that_fails_meanwhile_counts_against_nobody(ann: User, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: object, **options: object) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(SessionStore, "save", fail)
    assert sign_in("correct horse").status_code == 503
    assert not SignInAttempt.objects.exists()


# -- planted faults: with them the checks above fail -------------------------------------------


@pytest.mark.same_on_every_database
@pytest.mark.parametrize(
    "check",
    [
        test_after_five_wrong_passwords_the_same_name_at_the_same_address_has_to_wait,
        test_one_name_from_many_addresses_is_limited,
        test_one_network_of_ipv6_counts_as_one_address,
    ],
)
def test_attempts_without_limits_are_noticed(
    check: Callable[[User], None], ann: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "STRANGER_LIMITS", ())
    with pytest.raises(AssertionError):
        check(ann)


@pytest.mark.same_on_every_database
@pytest.mark.parametrize(
    "check", [test_many_names_from_one_address_are_limited, test_all_attempts_together_are_limited_and_so_is_the_table]
)
def test_attempts_that_are_limited_by_name_alone_are_noticed(
    check: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "STRANGER_LIMITS", (limits.Limit(5, ("browser", "name")),))
    with pytest.raises(AssertionError):
        check()


def test_an_owner_who_is_locked_out_by_a_stranger_is_noticed(ann: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "STRANGER_LIMITS", (limits.Limit(5, ("browser", "name")),))
    with pytest.raises(AssertionError):
        test_a_stranger_elsewhere_cannot_lock_the_owner_out(ann)


def test_believing_an_invented_address_is_noticed(
    ann: User, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("config.monitoring.client_address.is_trusted_proxy", lambda address: True)
    with pytest.raises(AssertionError):
        test_invented_addresses_do_not_give_further_attempts(ann, settings)


def test_believing_an_invented_cookie_is_noticed(ann: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "find_known_browser", lambda request, name: request.COOKIES.get("browser", "")[:32])
    with pytest.raises(AssertionError):
        test_an_invented_cookie_does_not_make_a_browser_known(ann)


def test_hashing_without_a_line_is_noticed(ann: User, hashed: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "place_in", nullcontext)
    with pytest.raises((AssertionError, KeyError)):
        test_while_others_are_checked_an_attempt_is_refused_at_once_and_not_counted(ann, hashed)


def test_storing_a_name_as_it_was_typed_is_noticed(ann: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "make_digest", lambda text: text[:32])
    with pytest.raises(AssertionError):
        test_neither_names_nor_addresses_nor_passwords_are_stored(ann)


# -- many processes ---------------------------------------------------------------------------


def test_the_limits_hold_over_all_processes_and_readers_are_served_meanwhile(
    migrated_database: str, tmp_path: Path
) -> None:
    with run_site(migrated_database, tmp_path / "log") as port:

        def guess(number: int) -> int:
            return post_sign_in(port, name="ann", password=f"guess {number}")

        with ThreadPoolExecutor(32) as guessers:
            guesses = guessers.map(guess, range(64))
            readers = [get(port, "/roles/") for _ in range(20)]
            answers = Counter(guesses)
    assert set(answers) <= {200, 429}
    assert 1 <= answers[200] <= 5
    assert readers == [200] * 20
    assert (tmp_path / "log").read_text().count("failed sign-in as 'ann' from 127.0.0.1") == answers[200]


def get(port: int, path: str) -> int:
    return send(port, "GET", path, None, {})


def post_sign_in(port: int, **fields: str) -> int:
    token = "t" * 32
    body = urlencode({"username": fields["name"], "password": fields["password"], "csrfmiddlewaretoken": token})
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": f"csrf={token}"}
    return send(port, "POST", "/admin/login/", body, headers)


def send(port: int, method: str, path: str, body: str | None, headers: dict[str, str]) -> int:
    """The status of the answer."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        connection.request(method, path, body, headers)
        with connection.getresponse() as response:
            response.read()
            return response.status
