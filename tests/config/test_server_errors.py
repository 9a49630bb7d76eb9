"""What gunicorn itself refuses, before Django sees it, is answered with our page and the strict headers too."""

import logging
import socket
from collections.abc import Iterator
from contextlib import closing
from email import message_from_bytes
from http.client import HTTPConnection
from pathlib import Path

import pytest

from config.monitoring.log_lines import NothingOfClients
from tests.config.running_site import run_site
from tests.config.strict_headers import STRICT
from tests.databases import copy_sqlite

REFUSED = {
    b"no request line at all": 400,
    b"GET / HTTP/9.9\r\nHost: localhost": 400,
    b"GET / HTTP/1.1\r\nHost: localhost\r\nbad header: <script>": 400,
    b"GET /" + b"a" * 5_000 + b" HTTP/1.1\r\nHost: localhost": 414,
    b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: " + b"a" * 9_000: 431,
    b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"X-Many: 1\r\n" * 150: 431,
    b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: rot13": 501,
}


@pytest.fixture(scope="module")
def port(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    folder = tmp_path_factory.mktemp("server-errors")
    with run_site(copy_sqlite(sqlite_template, folder), folder / "log") as port:
        yield port


def send(port: int, request: bytes) -> bytes:
    """The whole answer."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(request + b"\r\n\r\n")
        with connection.makefile("rb") as answer:
            return answer.read()


def test_a_connection_can_be_used_again_and_a_body_may_come_in_pieces(port: int) -> None:
    with closing(HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        connection.connect()
        first_socket = connection.sock
        for _ in range(3):
            connection.putrequest("POST", "/robots.txt")
            connection.putheader("Content-Length", "3")
            connection.endheaders()
            connection.send(b"a")
            connection.send(b"bc")
            with connection.getresponse() as response:
                response.read()
            assert response.status == 405
        assert connection.sock is first_socket


@pytest.mark.parametrize(("request_bytes", "status"), REFUSED.items(), ids=map(str, range(len(REFUSED))))
def test_a_refusal_of_the_server_has_our_page_and_headers(port: int, request_bytes: bytes, status: int) -> None:
    head, _, body = send(port, request_bytes).partition(b"\r\n\r\n")
    status_line, _, header_lines = head.partition(b"\r\n")
    headers = message_from_bytes(header_lines)
    assert status_line.startswith(f"HTTP/1.1 {status} ".encode())
    assert {name: headers[name] for name in STRICT} == STRICT
    assert int(headers["Content-Length"]) == len(body)
    assert b"Rolewise" in body
    assert b"script" not in body


def test_the_log_has_nothing_of_whoever_sent_what_the_server_refuses(sqlite_template: Path, tmp_path: Path) -> None:
    refused = [b"GET /roles/?q=my secret HTTP/1.1", b"GET /?q=secret HTTP/1.1\r\nsecret header: x", b"secret"]
    with run_site(copy_sqlite(sqlite_template, tmp_path), tmp_path / "log", ACCESS_LOG="on") as port:
        answers = [send(port, request) for request in refused]
    assert all(answer.startswith(b"HTTP/1.1 400 ") for answer in answers)
    lines = (tmp_path / "log").read_text().splitlines()
    assert [line.rpartition("]: ")[2] for line in lines] == ["- - 400"] * 3


def test_an_error_of_the_server_names_no_query() -> None:
    record = logging.LogRecord("gunicorn.error", logging.ERROR, "", 1, "Error %s %s", ("GET", "/a?q=secret"), None)
    assert NothingOfClients().filter(record)
    assert record.getMessage() == "Error GET /a"
