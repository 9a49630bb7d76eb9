"""Time limits for reading a request: gunicorn has none, and eight half-sent requests would stop the site."""

from collections.abc import Callable
from time import monotonic
from typing import Any

from gunicorn.http.errors import NoMoreData
from gunicorn.http.unreader import SocketUnreader
from gunicorn.workers.gthread import TConn

SECONDS_FOR_HEADERS = 10
SECONDS_FOR_BODY = 20  # and more for a long one
SLOWEST_BODY = 10_000  # bytes a second

ErrorWriter = Callable[[Any, int, str, str], None]


class TimedUnreader(SocketUnreader):  # type: ignore[misc]  # gunicorn has no types
    """Reads from a socket until a moment; answers 408 if the headers are not complete by then."""

    def __init__(self, sock: Any, write_error: ErrorWriter) -> None:
        super().__init__(sock)
        self.write_error = write_error
        self.expect_headers()

    def expect_headers(self) -> None:
        self.reading_headers = True
        self.until = monotonic() + SECONDS_FOR_HEADERS

    def expect_body(self, length: int) -> None:
        self.reading_headers = False
        self.until = monotonic() + SECONDS_FOR_BODY + length / SLOWEST_BODY

    def chunk(self, size_hint: int | None = None) -> bytes:
        usual_timeout = self.sock.gettimeout()
        remaining = max(self.until - monotonic(), 0.001)
        self.sock.settimeout(min(remaining, usual_timeout or remaining))
        try:
            received: bytes = super().chunk(size_hint)
            return received
        except TimeoutError:
            if not self.reading_headers:
                raise  # the page that reads the body answers
            self.write_error(self.sock, 408, "Request Timeout", "")
            raise NoMoreData from None  # which makes the worker close the connection
        finally:
            self.sock.settimeout(usual_timeout)


class TimedConnection(TConn):  # type: ignore[misc] # gunicorn has no types
    """gunicorn's connection, whose parser reads with time limits."""

    write_error: ErrorWriter

    def init(self) -> None:
        super().init()
        if isinstance(self.parser.unreader, TimedUnreader):
            self.parser.unreader.expect_headers()  # of the next request on the same connection
        else:
            self.parser.unreader = TimedUnreader(self.sock, type(self).write_error)


def expect_body(request: Any) -> None:
    """`request`: as gunicorn parsed it."""
    lengths = [int(value) for name, value in request.headers if name == "CONTENT-LENGTH"]
    request.unreader.expect_body(max(lengths, default=0))
