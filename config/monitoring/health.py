"""Answers to monitors: /healthz (the process answers), /readyz (it can serve pages) and /metrics for Prometheus."""

import logging
from collections.abc import Callable
from functools import cache
from secrets import compare_digest

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.http.response import HttpResponseBase

from careers.models import Revision
from careers.patience import waiting_at_most

log = logging.getLogger(__name__)

READY_SECONDS = 1.0
HEALTH_PATHS = ("/healthz", "/readyz", "/metrics")
NOT_STORED = {"Cache-Control": "no-store"}


class HealthChecks:
    """Answers monitors before anything looks at the host, redirects to https, opens a session or caches."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path_info not in HEALTH_PATHS:
            return self.get_response(request)
        if request.path_info == "/metrics" and not settings.METRICS_TOKEN:
            return self.get_response(request)
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        if request.path_info == "/healthz":
            return JsonResponse({"status": "ok"}, headers=NOT_STORED)
        if request.path_info == "/readyz":
            return answer_readiness()
        return answer_metrics(request)


def answer_readiness() -> HttpResponse:
    """200 if pages can be served, else 503 with the reason."""
    reason = explain_not_ready()
    if reason is None:
        return JsonResponse({"status": "ready"}, headers=NOT_STORED)
    response = JsonResponse({"status": "not ready", "reason": reason}, status=503, headers=NOT_STORED)
    response._has_been_logged = True  # type: ignore[attr-defined]  # by explain_not_ready
    return response


def explain_not_ready() -> str | None:
    """Why pages cannot be served, without anything that strangers should not read."""
    try:
        with waiting_at_most(READY_SECONDS):
            pending = list_known_migrations() - MigrationRecorder(connection).applied_migrations().keys()
            if not pending:
                Revision.objects.exists()  # every page asks for it, and waits while PostgreSQL replaces everything
    except (DatabaseError, InterfaceError) as error:
        log.error("not ready: the database failed: %s", error)
        return "The database does not answer."
    if pending:
        log.error("not ready: %d migrations are pending, such as %s", len(pending), ".".join(min(pending)))
        return f"Migrations are pending ({len(pending)}): run manage.py migrate."
    return None


@cache
def list_known_migrations() -> frozenset[tuple[str, str]]:
    """App and name of each migration of the code that runs."""
    return frozenset(MigrationLoader(None).disk_migrations)


def answer_metrics(request: HttpRequest) -> HttpResponse:
    """The metrics of all processes, for those who send the token."""
    from config.monitoring.metrics import CONTENT_TYPE, collect  # here, because few need the library

    proof = request.META.get("HTTP_AUTHORIZATION", "")
    if not compare_digest(proof.encode(), f"Bearer {settings.METRICS_TOKEN}".encode()):
        headers = {"WWW-Authenticate": "Bearer", **NOT_STORED}
        return HttpResponse("Send METRICS_TOKEN as a bearer token.\n", "text/plain", status=401, headers=headers)
    return HttpResponse(collect(), content_type=CONTENT_TYPE, headers=NOT_STORED)
