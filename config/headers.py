"""The headers that stand on every response: pages, admin, errors, downloads and static files alike."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

ContentSecurityPolicy: TypeAlias = Mapping[str, Sequence[str]]

# What a browser could offer a page and this site never asks for.
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


def policy(directives: ContentSecurityPolicy) -> str:
    """
    >>> policy({"default-src": ["'none'"], "img-src": ["'self'", "data:"]})
    "default-src 'none'; img-src 'self' data:"
    """
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in directives.items())


class StrictHeaders:
    """Sets the headers on whatever comes back, over anything that set them further in.

    Strict-Transport-Security goes out over http too: browsers ignore it there, and a proxy that speaks https to
    people and http to us then passes it on.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        # Django's debug pages carry their style inline; their script stays blocked, and without it all is unfolded.
        inline_style = {"style-src": ["'unsafe-inline'", *settings.SECURE_CSP["style-src"]]}
        self.policy_of_debug_pages = policy({**settings.SECURE_CSP, **inline_style})
        self.headers = {
            "Content-Security-Policy": policy(settings.SECURE_CSP),
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Permissions-Policy": ", ".join(f"{feature}=()" for feature in UNUSED_FEATURES),
            "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
            "Strict-Transport-Security": f"max-age={settings.SECURE_HSTS_SECONDS}",
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "DENY",
        }

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        for name, value in self.headers.items():
            response.headers[name] = value
        if settings.DEBUG and response.status_code in (400, 404, 500):
            response.headers["Content-Security-Policy"] = self.policy_of_debug_pages
        return response
