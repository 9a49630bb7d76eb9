"""What happens while the database is unavailable: requests end soon, and readers get a helpful page."""

import logging
import select
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import chain
from typing import Any

from django.conf import settings
from django.db import DatabaseError, InterfaceError, InternalError, OperationalError
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string

from config.monitoring.request_ids import current_id

log = logging.getLogger(__name__)


class _Thread(threading.local):
    """What one thread knows about the database.

    `gave_up`: it did not answer in time during the present request. `seconds`: how long to wait instead of as usual.
    """

    gave_up = False
    seconds: float | None = None


_thread = _Thread()


class OutagePage:
    """Answers 503 with Retry-After when a view fails because the database is unavailable, too slow or corrupt."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        _thread.gave_up = False
        response = self.get_response(request)
        if not isinstance(response, StreamingHttpResponse):
            return response
        # The database is first read when the first piece is sent, which would be after every middleware.
        pieces: Iterator[bytes] = iter(response)
        try:
            first_piece = next(pieces, b"")
        except (DatabaseError, InterfaceError) as error:
            response.close()
            if outage_page := self.process_exception(request, error):
                return outage_page
            raise
        response.streaming_content = chain([first_piece], pieces)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if settings.DEBUG or not is_outage(exception):
            return None
        return answer_outage(request, exception)


def is_outage(error: BaseException | None) -> bool:
    """Whether the database failed, as opposed to a statement of ours.

    A corrupt SQLite file raises DatabaseError itself, a corrupt PostgreSQL table InternalError.

    >>> from django.db import IntegrityError
    >>> [is_outage(error) for error in (OperationalError(), DatabaseError(), IntegrityError(), ValueError())]
    [True, True, False, False]
    """
    if isinstance(error, (OperationalError, InterfaceError, InternalError)):
        return True
    return type(error) is DatabaseError


def answer_outage(request: HttpRequest, error: BaseException) -> HttpResponse:
    """The page for people that asks to try again in ten seconds, with status 503."""
    log.error("503 for %r: the database failed: %s", request.path, error)
    headers = {"Retry-After": "10", "Cache-Control": "no-store"}
    response = HttpResponse(render_to_string("503.html", {"request_id": current_id.get()}), status=503, headers=headers)
    response._has_been_logged = True  # type: ignore[attr-defined]  # by the line above, which says more
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """Answers for an exception outside views: a session, for example, is stored after the view has answered."""
    error = sys.exc_info()[1]
    if error is not None and is_outage(error):
        return answer_outage(request, error)
    page = render_to_string("500.html", {"request_id": current_id.get()})
    return HttpResponse(page, status=500, headers={"Cache-Control": "no-store"})


@contextmanager
def waiting_at_most(seconds: float) -> Iterator[None]:
    """Within the block, which begins a request, this thread waits no longer than this for PostgreSQL to answer."""
    _thread.gave_up = False
    _thread.seconds = seconds
    try:
        yield
    finally:
        _thread.seconds = None


def limit_waiting_for_postgresql(seconds: float | None) -> None:
    """Makes psycopg2 raise OperationalError when a PostgreSQL server does not answer within these seconds.

    A frozen server enforces no statement_timeout, and TCP notices nothing because the kernel still acknowledges.
    Only the first wait of a request can last that long: Django replaces a connection that does not answer, and some
    code goes on without the database, so that one request would wait two or three times. None sets no limit except
    inside `waiting_at_most`.
    """
    import psycopg2.extensions  # here, because SQLite does not need it

    def wait(connection: Any) -> None:
        if _thread.gave_up:
            raise psycopg2.OperationalError("the database did not answer earlier in this request")
        limit = seconds if _thread.seconds is None else _thread.seconds
        start = time.monotonic()
        while (state := connection.poll()) != psycopg2.extensions.POLL_OK:
            event = select.POLLIN if state == psycopg2.extensions.POLL_READ else select.POLLOUT
            waiter = select.poll()
            waiter.register(connection.fileno(), event)
            milliseconds = None
            if limit is not None:
                milliseconds = max(0, 1000 * (start + limit - time.monotonic()))
            if not waiter.poll(milliseconds):
                _thread.gave_up = True
                raise psycopg2.OperationalError(f"no answer from the database within {limit:g} s")

    psycopg2.extensions.set_wait_callback(wait)
