"""The id of a request: in its response, on its error page and in every log line that it causes."""

import re
import secrets
from contextvars import ContextVar

from django.conf import settings
from django.http import HttpRequest

from config.monitoring.client_address import is_trusted_proxy, parse_address

HEADER = "X-Request-ID"
is_well_formed = re.compile(r"[A-Za-z0-9_-]{8,64}").fullmatch

# It stays set after the response: Django logs an error after every middleware has returned. The next request of the
# thread replaces it.
current_id: ContextVar[str] = ContextVar("current_id", default="")


def begin_request(request: HttpRequest) -> str:
    """Choose the id of this request, and remember it for the log lines of this thread."""
    request_id = read_id_from_proxy(request) or make_id()
    current_id.set(request_id)
    return request_id


def make_id() -> str:
    return secrets.token_hex(8)


def read_id_from_proxy(request: HttpRequest) -> str:
    """The id in the header; "" if no trusted proxy sent it, or if it is not well-formed."""
    proposed: str = request.META.get("HTTP_X_REQUEST_ID", "")
    if not proposed or not settings.TRUSTED_PROXIES or not is_well_formed(proposed):
        return ""
    sender = parse_address(request.META.get("REMOTE_ADDR", ""))
    return proposed if sender and is_trusted_proxy(sender) else ""
