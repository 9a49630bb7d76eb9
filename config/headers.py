"""Sets the security headers of every response: pages, admin, errors, downloads and static files.

Browsers and proxies keep nothing of the admin, not even its refusals and redirects.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

ContentSecurityPolicy: TypeAlias = Mapping[str, Sequence[str]]

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
    """The value of a Content-Security-Policy header."""
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in directives.items())


def strict_headers() -> dict[str, str]:
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
    """Sets the headers on every response and overrides what views or other middleware set.

    Strict-Transport-Security is sent over http too: browsers ignore it there, and a proxy that speaks https to readers
    and http to us passes it on.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        # Django's debug pages have inline styles. Their scripts stay blocked, which only means that all is unfolded.
        inline_style = {"style-src": ["'unsafe-inline'", *settings.SECURE_CSP["style-src"]]}
        self.debug_page_policy = format_policy({**settings.SECURE_CSP, **inline_style})
        self.headers = strict_headers()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        for name, value in self.headers.items():
            response.headers[name] = value
        if request.path_info.startswith("/admin/"):
            response.headers["Cache-Control"] = "no-store"
        if settings.DEBUG and response.status_code in (400, 404, 500):
            response.headers["Content-Security-Policy"] = self.debug_page_policy
        return response
