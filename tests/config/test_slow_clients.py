"""Slow clients do not stop the site: while many of them hang, the next one is answered.

The limits of the server are so high here that nothing is answered because another client was given up.
"""

import socket
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.config.running_site import run_site
from tests.databases import copy_sqlite

THREADS = 8  # two workers with four each
MANY = 2 * THREADS
HEAD = b"Host: localhost\r\n"
GET = b"GET /robots.txt HTTP/1.1\r\n" + HEAD
POST = b"POST /admin/login/ HTTP/1.1\r\n" + HEAD
UPLOAD = b"POST /admin/ingest/page/upload/ HTTP/1.1\r\n" + HEAD + b"Content-Type: multipart/form-data; boundary=a\r\n"
SLOW = {
    "nothing": b"",
    "half a request line": b"GET /rob",
    "half the headers": b"GET / HTTP/1.1\r\nHost: localh",
    "headers without the empty line": GET,
    "a blank line first": b"\r\n\r\nGET / HTTP/1.1\r\nHost: loc",
    "lines that end in a line feed": b"GET / HTTP/1.1\nHost: localhost\nX: ",
    "a request, and half of the next": GET + b"\r\n" + b"GET / HTTP/1.1\r\nHo",
    "half a small body": POST + b"Content-Length: 2000\r\n\r\nusername=",
    "a body that nobody reads": GET + b"Content-Length: 2000\r\n\r\n",
    "a large body that nobody reads": GET + b"Content-Length: 200000\r\n\r\na",
    "half a chunked body": POST + b"Transfer-Encoding: chunked\r\n\r\n5\r\nab",
    "half an upload": UPLOAD + b"Content-Length: 900000\r\n\r\n--a",
    "no body after asking for consent": UPLOAD + b"Content-Length: 2000\r\nExpect: 100-continue\r\n\r\n",
    "an open connection after the last answer": GET + b"Connection: close\r\n\r\n",
    "an open connection after a refusal": b"no request line at all\r\n\r\n",
}


@pytest.fixture(scope="module")
def port(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    folder = tmp_path_factory.mktemp("slow-clients")
    with run_site(
        copy_sqlite(sqlite_template, folder),
        folder / "log",
        "python:tests.config.limited_gunicorn",
        SECONDS_FOR_SLOW_CLIENTS="600",
    ) as port:
        yield port


def connect(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=60)


def answer_to(port: int, request: bytes) -> bytes:
    """The whole answer to a client that is not slow."""
    with connect(port) as connection:
        connection.sendall(request)
        with connection.makefile("rb") as answer:
            return answer.read()


@pytest.mark.parametrize("sent", SLOW.values(), ids=SLOW)
def test_the_next_client_is_answered_while_many_hang(port: int, sent: bytes) -> None:
    with ExitStack() as stack:
        for _ in range(MANY):
            stack.enter_context(connect(port)).sendall(sent)
        for _ in range(MANY):
            answer = answer_to(port, GET + b"Connection: close\r\n\r\n")
            assert answer.startswith(b"HTTP/1.1 200 OK"), answer


def test_a_slow_client_gets_its_answer_when_its_request_is_complete(port: int) -> None:
    request = GET + b"Connection: close\r\n\r\n"
    with connect(port) as connection:
        for position in range(len(request)):
            connection.sendall(request[position : position + 1])
        with connection.makefile("rb") as answer:
            assert answer.read().startswith(b"HTTP/1.1 200 OK")


def test_requests_that_are_sent_together_are_answered_in_order(port: int) -> None:
    missing = b"GET /nowhere/ HTTP/1.1\r\n" + HEAD + b"\r\n"
    last = GET + b"Connection: close\r\n\r\n"
    answers = answer_to(port, missing + last)
    assert answers.startswith(b"HTTP/1.1 404 Not Found")
    assert answers.count(b"HTTP/1.1 200 OK") == 1


def test_a_refusal_of_a_large_body_reaches_a_client_that_sends_all_of_it_first(port: int) -> None:
    size = 3_000_000
    with connect(port) as connection:
        connection.sendall(POST + b"Content-Length: %d\r\n\r\n" % size)
        with connection.makefile("rb") as answer:
            assert answer.readline().startswith(b"HTTP/1.1 413 ")
            assert b"Connection: close\r\n" in answer.read()


def test_endless_headers_are_refused(port: int) -> None:
    with connect(port) as connection:
        connection.sendall(GET + b"X-Long: " + b"a" * 70_000)
        with connection.makefile("rb") as answer:
            assert answer.read().startswith(b"HTTP/1.1 431 ")


def test_a_half_sent_request_is_refused_after_a_while_and_an_unused_connection_closed(
    tmp_path: Path,
) -> None:
    database = f"sqlite:///{tmp_path}/roles.sqlite3"  # these requests need no tables
    config = "python:tests.config.limited_gunicorn"
    with run_site(database, tmp_path / "log", config, SECONDS_FOR_SLOW_CLIENTS="0.1") as port:
        half_sent = answer_to(port, b"GET / HTTP/1.1\r\nHost: localh")
        assert half_sent.startswith(b"HTTP/1.1 408 Request Timeout")
        assert b"\r\nContent-Security-Policy: default-src 'none'; " in half_sent
        assert answer_to(port, POST + b"Content-Length: 9\r\n\r\na").startswith(b"HTTP/1.1 408 Request Timeout")
        assert answer_to(port, b"") == b""


def test_the_oldest_of_too_many_incomplete_requests_is_refused_and_the_others_are_answered(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path}/roles.sqlite3"  # these requests need no tables
    limits = {"SECONDS_FOR_SLOW_CLIENTS": "600", "MOST_WAITING": "2", "WEB_CONCURRENCY": "1"}
    config = "python:tests.config.limited_gunicorn"
    with run_site(database, tmp_path / "log", config, **limits) as port, ExitStack() as stack:
        clients = [stack.enter_context(connect(port)) for _ in range(3)]
        for client in clients:
            client.sendall(GET)
        answers = [stack.enter_context(client.makefile("rb")) for client in clients]
        assert answers[0].readline() == b"HTTP/1.1 408 Request Timeout\r\n"
        for client in clients[1:]:
            client.sendall(b"\r\n")
        assert [answer.readline() for answer in answers[1:]] == [b"HTTP/1.1 200 OK\r\n"] * 2


def test_a_server_that_clients_can_stop_is_noticed(sqlite_template: Path, tmp_path: Path) -> None:
    """Half-sent headers occupy every thread of gunicorn's own worker, for as long as they like."""
    database = copy_sqlite(sqlite_template, tmp_path)
    with (
        run_site(database, tmp_path / "log", "python:tests.config.careless_gunicorn") as port,
        ExitStack() as stack,
    ):
        assert answer_to(port, GET + b"Connection: close\r\n\r\n").startswith(b"HTTP/1.1 200 OK")
        for _ in range(MANY):
            stack.enter_context(connect(port)).sendall(SLOW["half the headers"])
        following = stack.enter_context(connect(port))
        following.settimeout(2)
        following.sendall(GET + b"\r\n")
        with pytest.raises(TimeoutError):
            following.recv(1)
