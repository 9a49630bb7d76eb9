"""What happens while the database is unavailable: requests end soon, and readers get a helpful page."""

import logging
import select
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string

log = logging.getLogger(__name__)


class OutagePage:
    """Answers 503 with Retry-After when a view fails because the database is unavailable or too slow."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if settings.DEBUG or not isinstance(exception, (OperationalError, InterfaceError)):
            return None
        log.error("503 for %r: the database failed: %s", request.path, exception)
        headers = {"Retry-After": "10", "Cache-Control": "no-store"}
        return HttpResponse(render_to_string("503.html"), status=503, headers=headers)


def limit_waiting_for_postgresql(seconds: float) -> None:
    """Makes psycopg2 raise OperationalError when a PostgreSQL server does not answer within so many seconds.

    A frozen server enforces no statement_timeout, and TCP notices nothing because the kernel still acknowledges.
    """
    import psycopg2.extensions  # here, because SQLite does not need it

    def wait(connection: Any) -> None:
        end = time.monotonic() + seconds
        while (state := connection.poll()) != psycopg2.extensions.POLL_OK:
            waiter = select.poll()
            reading = state == psycopg2.extensions.POLL_READ
            waiter.register(connection.fileno(), select.POLLIN if reading else select.POLLOUT)
            if not waiter.poll(max(0, 1000 * (end - time.monotonic()))):
                raise psycopg2.OperationalError(f"no answer from the database within {seconds:g} s")

    psycopg2.extensions.set_wait_callback(wait)
