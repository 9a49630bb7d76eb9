"""What every request passes: strict headers, a limit for bodies, and in the admin patience and renewed sessions."""

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string

ContentSecurityPolicy: TypeAlias = Mapping[str, Sequence[str]]
View = Callable[..., HttpResponseBase]
GetResponse = Callable[[HttpRequest], HttpResponseBase]

# Browser features that this site never uses.
UNUSED_FEATURES = (
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "picture-in-picture",
    "publickey-credentials-get",
    "screen-wake-lock",
    "serial",
    "usb",
    "xr-spatial-tracking",
)


def format_policy(directives: ContentSecurityPolicy) -> str:
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in directives.items())


def list_strict_headers() -> dict[str, str]:
    """The headers of every response, the application server's own errors included."""
    return {
        "Content-Security-Policy": format_policy(settings.SECURE_CSP),
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": ", ".join(f"{feature}=()" for feature in UNUSED_FEATURES),
        "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
        "Strict-Transport-Security": f"max-age={settings.SECURE_HSTS_SECONDS}",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
    }


class StrictHeaders:
    """Sets the security headers of every response: pages, admin, errors, downloads and static files.

    They override what views or other middleware set. Browsers and proxies keep nothing of the admin, not even its
    refusals and redirects.

    Strict-Transport-Security is sent over http too: browsers ignore it there, and a proxy that speaks https to readers
    and http to us passes it on.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        # Django's debug pages have inline styles. Their scripts stay blocked, which only means that all is unfolded.
        inline_style = {"style-src": ["'unsafe-inline'", *settings.SECURE_CSP["style-src"]]}
        self.debug_page_policy = format_policy({**settings.SECURE_CSP, **inline_style})
        self.headers = list_strict_headers()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        for name, value in self.headers.items():
            response.headers[name] = value
        if request.path_info.startswith("/admin/"):
            response.headers["Cache-Control"] = "no-store"
        if settings.DEBUG and response.status_code in (400, 404, 500):
            response.headers["Content-Security-Policy"] = self.debug_page_policy
        return response


class BodyLimit:
    """Refuses large bodies before anything reads them: Django would write them to the disk first.

    Answers 413 to a body over `MOST_BODY_BYTES`, except where files are uploaded; those views have their own limits.

    It comes before the middleware that looks for a token, which would read the whole body. A body without a length
    needs no limit, because Django treats it as empty.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, arguments: Sequence[Any], named_arguments: Mapping[str, Any]
    ) -> HttpResponse | None:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal() or int(length) <= settings.MOST_BODY_BYTES:
            return None
        if request.resolver_match and request.resolver_match.view_name in settings.UPLOAD_VIEWS:
            return None
        return HttpResponse(render_to_string("413.html"), status=413, headers={"Cache-Control": "no-store"})


class AdminPatience:
    """Requests to the admin wait longer for SQLite's write lock than public pages wait for anything.

    Whoever signs in or uploads while pages are loaded gets a turn within a second; a large table can take longer.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if connection.vendor != "sqlite" or not request.path.startswith("/admin/"):
            return self.get_response(request)
        usual_seconds: float = connection.settings_dict["OPTIONS"]["timeout"]
        set_waiting_time(max(usual_seconds, settings.ADMIN_LOCK_SECONDS))
        try:
            return self.get_response(request)
        finally:
            set_waiting_time(usual_seconds)  # the thread serves public pages on the same connection


def set_waiting_time(seconds: float) -> None:
    connection.ensure_connection()
    connection.connection.execute(f"PRAGMA busy_timeout = {round(1000 * seconds)}")


RENEWED_AT = "renewed_at"  # in a session: seconds since 1970
RENEW_AFTER = 300  # seconds


class IdleSessions:
    """Keeps people signed in while they use the admin. After `SESSION_COOKIE_AGE` without a request they sign in again.

    Django can renew a session at every request, but each renewal writes, and a screen that follows an upload asks every
    second. Here a session is renewed when it was last renewed some minutes ago. Runs inside the middleware of sessions,
    which saves what is changed here.
    """

    def __init__(self, get_response: GetResponse) -> None:
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
