"""The outermost middleware: gives each request its id, and records how it was answered."""

import logging
from collections.abc import Callable, Iterator
from time import perf_counter

from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from config.monitoring.client_address import find_client_address
from config.monitoring.health import HEALTH_PATHS
from config.monitoring.request_ids import HEADER, begin_request

access_log = logging.getLogger("access")
LONGEST_PATH = 500  # characters that are logged


class RequestLog:
    """Writes a line of the access log for each response, and counts it for the metrics.

    The line has no query string, because people type into it, and no client address unless LOG_ADDRESSES is on.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.observe: Callable[[HttpResponseBase, float], None] = lambda response, seconds: None
        if settings.METRICS_TOKEN:
            from config.monitoring.metrics import observe  # here, because few need the library

            self.observe = observe

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        start = perf_counter()
        request_id = begin_request(request)
        response = self.get_response(request)
        response.headers[HEADER] = request_id
        if request.method == "HEAD":
            leave_out_body(response)
        if isinstance(response, StreamingHttpResponse) and not response.has_header("Content-Length"):
            pieces: Iterator[bytes] = iter(response)
            response.streaming_content = CountedPieces(
                pieces, lambda size: self.record(request, response, perf_counter() - start, size)
            )
        else:
            self.record(request, response, perf_counter() - start, measure_length(request, response))
        return response

    def record(self, request: HttpRequest, response: HttpResponseBase, seconds: float, size: int) -> None:
        if response.status_code == 200 and request.path_info in HEALTH_PATHS:
            return  # a monitor asks every few seconds
        self.observe(response, seconds)
        if not access_log.isEnabledFor(logging.INFO):
            return
        fields: dict[str, object] = {
            "method": request.method,
            "path": request.path[:LONGEST_PATH],
            "status": response.status_code,
            "ms": round(1000 * seconds, 1),
            "bytes": size,
        }
        if settings.LOG_ADDRESSES:
            fields["address"] = find_client_address(request)
        parts = [f"{value} {name}" if name in ("ms", "bytes") else str(value) for name, value in fields.items()]
        access_log.info("%s", " ".join(parts), extra=fields)


def leave_out_body(response: HttpResponseBase) -> None:
    """Leave a response to HEAD its headers alone. The application server logs a warning for a body that it drops."""
    if isinstance(response, StreamingHttpResponse):
        response.streaming_content = ()
    elif isinstance(response, HttpResponse):
        response.content = b""


def measure_length(request: HttpRequest, response: HttpResponseBase) -> int:
    """The bytes of the body."""
    if request.method == "HEAD":
        return 0
    if isinstance(response, StreamingHttpResponse):
        return int(response.headers["Content-Length"])
    content: bytes = getattr(response, "content", b"")
    return len(content)


class CountedPieces:
    """The pieces of a streamed body. Calls `report` once with their size, whether they are sent completely or not."""

    def __init__(self, pieces: Iterator[bytes], report: Callable[[int], None]) -> None:
        self.pieces, self.report = pieces, report
        self.size = 0
        self.is_reported = False

    def __iter__(self) -> Iterator[bytes]:
        for piece in self.pieces:
            self.size += len(piece)
            yield piece

    def close(self) -> None:
        """Called by Django when the server has sent the response, or given up."""
        if not self.is_reported:
            self.is_reported = True
            self.report(self.size)
