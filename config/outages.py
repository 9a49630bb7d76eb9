"""What happens while the database is unavailable: requests end soon, and readers get a helpful page.

The pages of errors that no view answers are here, too: most of them are outages.
"""

import logging
import select
import sqlite3
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from threading import Lock
from typing import Any

from django.conf import settings
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied, SuspiciousOperation, ValidationError
from django.db import DatabaseError, InterfaceError, InternalError, OperationalError, connection
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.urls import ResolverMatch

from careers.patience import seconds_of_patience
from config.monitoring.request_ids import current_id

log = logging.getLogger(__name__)


PAUSE = 1.0  # seconds in which no thread asks the database, after an answer did not come in time
IDLE = 1.5  # seconds without a request, after which a connection is asked whether it still works
NO_ANSWER = "the database does not answer"


@dataclass
class _Outage:
    """What all threads of the process know. `is_on`: the last answer that was waited for did not come."""

    is_on: bool = False
    pause_until: float = 0.0  # on the clock of time.monotonic


_outage = _Outage()
_trying_again = Lock()  # held by the thread that asks whether the database answers again


class OutagePage:
    """Answers 503 with Retry-After when a view fails because the database is unavailable, too slow or corrupt."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
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
    """Whether the database itself failed, rather than one of Rolewise's statements.

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


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answers a request that Django refuses, such as one for a host that is none of ours."""
    return HttpResponse(render_to_string("400.html", {"request_id": current_id.get()}), status=400)


class RefuseOddLists:
    """Answers 400 where a list of the admin fails for what its query or a ticked row asks: a key or a day that there
    cannot be, a comparison that its field or the database does not have. Django itself fails in a dozen ways there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        match = request.resolver_match
        if match is None or not (match.view_name.startswith("admin:") and match.view_name.endswith("_changelist")):
            return None
        query_may_be_odd = bool(request.GET) and not failed_in_our_code(exception)
        if not query_may_be_odd and not has_odd_key(request, match):
            return None
        if isinstance(exception, ANSWERED_BY_DJANGO) or (is_outage(exception) and not is_refused_statement(exception)):
            return None
        log.warning("400 for %r: %s: %s", request.path, type(exception).__name__, exception)
        return bad_request(request, exception)


def failed_in_our_code(error: BaseException) -> bool:
    """Whether our code, or what it called, failed while a list was made or drawn. An odd query fails in Django's."""
    of_ours = False
    for frame, _ in traceback.walk_tb(error.__traceback__):
        path = Path(frame.f_code.co_filename)
        if path.is_relative_to(settings.BASE_DIR) and not path.is_relative_to(sys.prefix):
            of_ours = True
        elif frame.f_code.co_name in ("changelist_view", "get_changelist_instance"):  # to which ours passes requests on
            of_ours = False
    return of_ours


def has_odd_key(request: HttpRequest, match: ResolverMatch) -> bool:
    """Whether one of the rows that are ticked for an action of a list has a key that there cannot be."""
    key_field = match.func.model_admin.model._meta.pk  # type: ignore[attr-defined]  # Django's, of each view of the admin
    try:
        for key in request.POST.getlist(ACTION_CHECKBOX_NAME):
            key_field.clean(key, None)
    except ValidationError:
        return True
    return False


ANSWERED_BY_DJANGO = (Http404, PermissionDenied, SuspiciousOperation)


def is_refused_statement(error: BaseException) -> bool:
    """Whether SQLite failed because of the statement itself, such as one with a broken regular expression."""
    return getattr(error.__cause__, "sqlite_errorcode", None) == sqlite3.SQLITE_ERROR


def limit_waiting_for_postgresql(seconds: float | None) -> None:
    """Makes psycopg2 raise OperationalError when a PostgreSQL server does not answer within these seconds.

    A frozen server enforces no statement_timeout, and TCP notices nothing because the kernel still acknowledges. From
    then on one thread at a time waits for it, after a pause; the others get the error at once, so that they are free
    for pages that are kept, and nobody waits in line for a thread. None sets no limit except inside `waiting_at_most`.
    """
    import psycopg2.extensions  # here, because SQLite does not need it

    def wait(connection: Any) -> None:
        if not _outage.is_on:
            wait_for_answer(connection, seconds)
            return
        if time.monotonic() < _outage.pause_until or not _trying_again.acquire(blocking=False):
            raise psycopg2.OperationalError(NO_ANSWER)
        try:
            wait_for_answer(connection, seconds)
            _outage.is_on = False
        finally:
            _trying_again.release()

    psycopg2.extensions.set_wait_callback(wait)


def trust_quiet_connection(**_: object) -> None:
    """Spare a request the statement with which Django asks whether its PostgreSQL connection still works.

    One that the server closed has its end to read, so only such a connection is asked, and one that was idle: its host
    may have been gone and come back.
    """
    now = time.monotonic()
    was_idle = now - getattr(connection, "used_at", now) > IDLE
    connection.used_at = now  # type: ignore[attr-defined]  # ours: the start of the last request
    if connection.connection is None or connection.connection.closed:
        return
    waiter = select.poll()
    waiter.register(connection.connection.fileno(), select.POLLIN)
    connection.health_check_done = not was_idle and not waiter.poll(0)  # type: ignore[attr-defined]  # the stubs leave it out


def wait_for_answer(connection: Any, usual_seconds: float | None) -> None:
    """Raises OperationalError when the patience of the thread, or else the usual one, runs out."""
    import psycopg2.extensions

    patience = seconds_of_patience()
    limit = usual_seconds if patience is None else patience
    start = time.monotonic()
    while (state := connection.poll()) != psycopg2.extensions.POLL_OK:
        event = select.POLLIN if state == psycopg2.extensions.POLL_READ else select.POLLOUT
        waiter = select.poll()
        waiter.register(connection.fileno(), event)
        milliseconds = None
        if limit is not None:
            milliseconds = max(0, 1000 * (start + limit - time.monotonic()))
        if not waiter.poll(milliseconds):
            if patience is None:  # a short patience says little about the database
                _outage.pause_until = time.monotonic() + PAUSE
                _outage.is_on = True
            within = f"no answer from the database within {limit:.1f} s" if limit else NO_ANSWER
            raise psycopg2.OperationalError(within)
