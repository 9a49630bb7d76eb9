"""A worker in which slow clients hold no thread: a thread gets a request when it can be read without waiting.

gunicorn's own worker gives each connection to one of its threads at once. Eight half-sent requests then hold all eight
threads of the site, and its main thread waits up to 2 s for each client that does not close its connection.
"""

from __future__ import annotations

import socket
from collections import deque
from collections.abc import Callable
from functools import partial
from selectors import EVENT_READ
from time import monotonic
from typing import Any

from gunicorn.http.unreader import SocketUnreader
from gunicorn.workers.gthread import TConn, ThreadWorker

SECONDS_FOR_HEADERS = 10.0
SECONDS_FOR_BODY = 20.0  # and more for a long one
SLOWEST_BODY = 10_000  # bytes a second
SECONDS_FOR_PIECE = 20.0  # until the client has taken a piece of the response
SECONDS_FOR_CLOSING = 2.0  # until the client has closed its side

MOST_HEADERS = 64_000  # bytes
# A body of this size is received before a thread reads it. Larger ones are files, which threads receive themselves.
SMALL_BODY = 64_000  # bytes
MOST_WAITING = 500  # connections whose request is incomplete; more are closed, the oldest first
MOST_DRAINED = 64_000  # bytes that are read after the response, so that the client gets it

ErrorWriter = Callable[[Any, int, str, str], None]


class PatientConnection(TConn):  # type: ignore[misc]  # gunicorn has no types
    """A connection whose request is received by the main thread, and read by another one."""

    write_error: ErrorWriter
    worker: PatientWorker

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.expect_request(b"")

    def expect_request(self, received: bytes) -> None:
        """Begin to wait for a request. `received`: what was read of it together with the request before."""
        self.received = bytearray(received)
        self.until = monotonic() + SECONDS_FOR_HEADERS
        self.header_end = -1
        self.searched = 0  # bytes in which the headers do not end
        self.body_length: int | None = 0  # None for one that a thread receives

    def is_complete(self) -> bool:
        """Whether a thread can read the request without waiting for its client."""
        if self.header_end < 0:
            self.header_end = self.received.find(b"\r\n\r\n", max(0, self.searched - 3))
            self.searched = len(self.received)
            if self.header_end < 0:
                return False
            self.body_length = measure_small_body(bytes(self.received[: self.header_end]))
            self.until = monotonic() + SECONDS_FOR_BODY
        return self.body_length is None or len(self.received) >= self.header_end + 4 + self.body_length

    def init(self) -> None:
        """Called by the thread that reads the request."""
        super().init()
        self.sock.settimeout(SECONDS_FOR_PIECE)
        if not isinstance(self.parser.unreader, TimedUnreader):
            self.parser.unreader = TimedUnreader(self.sock)
        self.parser.unreader.expect_rest()
        self.parser.unreader.unread(bytes(self.received))
        self.received.clear()

    def close(self, graceful: bool = False) -> None:
        if graceful:
            self.worker.close_when_client_has(self.sock)
        else:
            super().close()


class TimedUnreader(SocketUnreader):  # type: ignore[misc]  # gunicorn has no types
    """Reads the rest of a request from its socket, up to a deadline."""

    def expect_rest(self) -> None:
        self.until = monotonic() + SECONDS_FOR_HEADERS

    def expect_body(self, length: int) -> None:
        self.until = monotonic() + SECONDS_FOR_BODY + length / SLOWEST_BODY

    def chunk(self, size_hint: int | None = None) -> bytes:
        usual_timeout = self.sock.gettimeout()
        remaining = max(self.until - monotonic(), 0.001)
        if usual_timeout:
            remaining = min(remaining, usual_timeout)
        self.sock.settimeout(remaining)
        try:
            received: bytes = super().chunk(size_hint)
            return received
        finally:
            self.sock.settimeout(usual_timeout)


class PatientWorker(ThreadWorker):  # type: ignore[misc]  # gunicorn has no types
    """Receives requests in its main thread, and closes connections there, always without waiting."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.incomplete: dict[PatientConnection, None] = {}  # the oldest first
        self.closing: dict[socket.socket, tuple[float, int]] = {}  # until when, and how much may still be read
        self.next_look = 0.0
        # Half of the threads stay free for readers, however slowly others send their files.
        self.free_places = max(1, self.cfg.threads // 2)
        self.queue: deque[PatientConnection] = deque()  # for such a place

    def enqueue_req(self, connection: PatientConnection) -> None:
        """Called for each new connection, and when another request begins on one."""
        connection.worker = self
        connection.data_ready = True
        connection.sock.setblocking(False)
        received = connection.parser.unreader.take_buffered() if connection.parser else b""
        connection.expect_request(received)
        if len(self.incomplete) >= MOST_WAITING:
            self.give_up(next(iter(self.incomplete)))
        self.incomplete[connection] = None
        self.poller.register(connection.sock, EVENT_READ, partial(self.receive, connection))
        self.receive(connection)

    def receive(self, connection: PatientConnection, _: Any = None) -> None:
        """Take what has arrived, and pass the request on if it is complete."""
        if connection not in self.incomplete:
            return  # given up earlier in this turn
        try:
            received = connection.sock.recv(65_536)
        except BlockingIOError:
            received = None
        except OSError:
            received = b""
        if received:
            connection.received += received
        if connection.is_complete():
            self.forget(connection)
            self.pass_on(connection)
        elif received == b"":
            self.give_up(connection, answer=False)
        elif connection.header_end < 0 and len(connection.received) > MOST_HEADERS:
            self.give_up(connection, 431, "Request Header Fields Too Large")

    def pass_on(self, connection: PatientConnection) -> None:
        if connection.body_length is None:
            if not self.free_places:
                self.queue.append(connection)
                return
            self.free_places -= 1
        super().enqueue_req(connection)

    def finish_request(self, connection: PatientConnection, outcome: Any) -> None:
        if connection.body_length is None:
            self.free_places += 1
            if self.queue:
                self.pass_on(self.queue.popleft())
        super().finish_request(connection, outcome)

    def forget(self, connection: PatientConnection) -> None:
        del self.incomplete[connection]
        self.poller.unregister(connection.sock)

    def give_up(
        self, connection: PatientConnection, status: int = 408, reason: str = "Request Timeout", *, answer: bool = True
    ) -> None:
        """Close the connection. One that never sent anything gets no answer: browsers open some in advance."""
        self.forget(connection)
        self.nr_conns -= 1
        if not (answer and connection.received):
            connection.close()
            return
        try:
            type(connection).write_error(connection.sock, status, reason, "")
        except OSError:
            connection.close()
        else:
            connection.close(graceful=True)

    def murder_pending(self) -> None:
        """Called in each turn of the main thread."""
        now = monotonic()
        if now < self.next_look:
            return
        self.next_look = now + 1
        patience = 0 if self.alive else SECONDS_FOR_HEADERS - 2  # less while the worker stops
        for connection in list(self.incomplete):
            if connection.until - patience <= now:
                self.give_up(connection)
        for sock, (until, _) in list(self.closing.items()):
            if until <= now:
                self.close(sock)

    def close_when_client_has(self, sock: socket.socket) -> None:
        """Close our side; the other one follows when the client closes it, or after a while.

        Closing both while data of the client is still unread would take the response away from it.
        """
        try:
            sock.setblocking(False)
            sock.shutdown(socket.SHUT_WR)
            self.poller.register(sock, EVENT_READ, self.drain)
        except (OSError, ValueError):
            sock.close()
        else:
            self.closing[sock] = (monotonic() + SECONDS_FOR_CLOSING, MOST_DRAINED)
            self.drain(sock)

    def drain(self, sock: socket.socket) -> None:
        if sock not in self.closing:
            return  # closed earlier in this turn
        until, remaining = self.closing[sock]
        try:
            count = len(sock.recv(65_536))
            remaining = remaining - count if count else 0  # nothing comes once the client has closed its side
        except BlockingIOError:
            pass
        except OSError:
            remaining = 0
        if remaining <= 0:
            self.close(sock)
        else:
            self.closing[sock] = (until, remaining)

    def close(self, sock: socket.socket) -> None:
        del self.closing[sock]
        self.poller.unregister(sock)
        sock.close()


def measure_small_body(head: bytes) -> int | None:
    """The length of the body that a request announces; None if it is large or unknown, or awaits our consent.

    >>> measure_small_body(b"POST / HTTP/1.1\\r\\nContent-Length: 12"), measure_small_body(b"GET / HTTP/1.1\\r\\n")
    (12, 0)
    >>> print(measure_small_body(b"POST / HTTP/1.1\\r\\nTransfer-Encoding: chunked"))
    None
    """
    length = 0
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        name, value = name.strip().lower(), value.strip()
        if name in (b"transfer-encoding", b"expect"):
            return None
        if name == b"content-length" and value.isdigit():
            length = int(value) if len(value) < 9 else SMALL_BODY + 1
    return length if length <= SMALL_BODY else None


def expect_body(request: Any) -> None:
    """Give the body its time. `request`: as gunicorn parsed it.

    After a large body the connection is closed, as the view may have left some of it unread.
    """
    lengths = [int(value) for name, value in request.headers if name == "CONTENT-LENGTH"]
    length = max(lengths, default=0)
    request.unreader.expect_body(length)
    is_chunked = any(name == "TRANSFER-ENCODING" for name, _ in request.headers)
    if length > SMALL_BODY or is_chunked:
        request.force_close()
