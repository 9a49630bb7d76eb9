"""Keeps people signed in while they use the admin. After `SESSION_COOKIE_AGE` without a request they sign in again.

Django can renew a session at every request, but each renewal writes, and a screen that follows an upload asks every
second. Here a session is renewed when it was last renewed some minutes ago.
"""

import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

RENEWED_AT = "renewed_at"  # in a session: seconds since 1970
RENEW_AFTER = 300  # seconds


class IdleSessions:
    """Runs inside the middleware of sessions, which saves what is changed here."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.path.startswith("/admin/") and settings.SESSION_COOKIE_NAME in request.COOKIES:
            renew_session(request)
        return response


def renew_session(request: HttpRequest) -> None:
    now = int(time.time())
    if not request.session.is_empty() and now - request.session.get(RENEWED_AT, 0) >= RENEW_AFTER:
        request.session[RENEWED_AT] = now
