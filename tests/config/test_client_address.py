"""The address of a client is the one that called the last trusted proxy."""

from ipaddress import ip_network

import pytest
from django.test import RequestFactory
from pytest_django.fixtures import Settings

from config.monitoring.client_address import find_client_address

PROXY, SECOND_PROXY = "10.0.0.1", "10.0.0.2"


@pytest.mark.parametrize(
    ("peer", "forwarded", "expected"),
    [
        (PROXY, "192.0.2.1", "192.0.2.1"),
        (PROXY, "203.0.113.9, 192.0.2.1", "192.0.2.1"),  # the left one is what the client claims
        (PROXY, f"203.0.113.9, 192.0.2.1, {SECOND_PROXY}", "192.0.2.1"),
        (PROXY, f"203.0.113.9, {SECOND_PROXY}, 192.0.2.1", "192.0.2.1"),  # names a proxy, but on the wrong side
        (PROXY, "192.0.2.1:50123", "192.0.2.1"),
        (PROXY, "[2001:db8::1]:50123", "2001:db8::1"),
        (f"::ffff:{PROXY}", "::ffff:192.0.2.1", "192.0.2.1"),
        (PROXY, "", PROXY),
        (PROXY, "unknown", PROXY),
        (PROXY, "192.0.2.1, <script>", PROXY),
        (PROXY, SECOND_PROXY, SECOND_PROXY),
        ("198.51.100.7", "192.0.2.1", "198.51.100.7"),  # a stranger speaks for nobody
        ("", "192.0.2.1", "unknown"),
    ],
)
def test_x_forwarded_for_is_read_from_the_right_past_trusted_proxies_only(
    peer: str, forwarded: str, expected: str, settings: Settings
) -> None:
    settings.TRUSTED_PROXIES = [ip_network("10.0.0.0/24")]
    request = RequestFactory().get("/", REMOTE_ADDR=peer, HTTP_X_FORWARDED_FOR=forwarded)
    assert find_client_address(request) == expected


def test_without_trusted_proxies_the_header_is_ignored() -> None:
    request = RequestFactory().get("/", REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR="192.0.2.1")
    assert find_client_address(request) == "127.0.0.1"


def test_believing_a_stranger_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("config.monitoring.client_address.is_trusted_proxy", lambda address: True)
    with pytest.raises(AssertionError):
        test_without_trusted_proxies_the_header_is_ignored()
