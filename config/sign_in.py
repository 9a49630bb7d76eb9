"""Signing in to the admin: guessing is limited before a password is hashed, which costs a quarter of a second.

The attempts of the last 15 minutes are stored in a table, so the limits hold over all processes. A stranger can add no
more rows than the limit of all attempts allows, and a refused attempt is never written.
"""

import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from math import ceil
from threading import BoundedSemaphore, Lock
from typing import Any
from unicodedata import normalize

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.models import User
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.crypto import salted_hmac

from config.models import SignInAttempt
from config.monitoring.client_address import find_client_address, find_network

log = logging.getLogger(__name__)

WINDOW = timedelta(minutes=15)
SALT = "config.sign_in"
COOKIE_SECONDS = 400 * 86_400  # browsers keep no cookie longer
SECONDS_IN_LINE = 2
MOST_LOGGED_LETTERS = 150  # of a name; Django's names have no more


@dataclass(frozen=True, slots=True)
class Limit:
    """How many attempts of the last 15 minutes may agree in these fields."""

    attempts: int
    fields: tuple[str, ...]


STRANGER_LIMITS = (
    Limit(5, ("browser", "name", "address")),
    Limit(20, ("browser", "address")),
    Limit(30, ("browser", "name")),
    Limit(100, ("browser",)),
)
# A browser that signed in before is limited alone: no stranger, at whatever address, can use up its attempts.
KNOWN_BROWSER_LIMITS = (Limit(10, ("browser", "name")),)

# One thread of a process hashes and one may wait for it; the others stay free for readers. Browsers that signed in
# before have a line of their own, which strangers cannot fill.
stranger_line, known_browser_line = BoundedSemaphore(2), BoundedSemaphore(1)
hashing = Lock()


class SignInBusyError(Exception):
    """Others are signing in; nothing was hashed."""


class SignInForm(AdminAuthenticationForm):
    """The admin's form, which also takes a name in another case and lets one password be hashed at a time."""

    def clean_username(self) -> str:
        typed: str = self.cleaned_data["username"]
        names = User.objects.filter(username__iexact=typed).values_list("username", flat=True)[:2]
        return names[0] if len(names) == 1 else typed

    def clean(self) -> dict[str, Any]:
        is_known = self.request is not None and describe_attempt(self.request).browser
        line = known_browser_line if is_known else stranger_line
        with place_in(line):
            return super().clean()


@contextmanager
def place_in(line: BoundedSemaphore) -> Iterator[None]:
    """Within the block no other thread of this process hashes. Raises SignInBusyError if waiting takes too long."""
    if not line.acquire(blocking=False):
        raise SignInBusyError
    try:
        if not hashing.acquire(timeout=SECONDS_IN_LINE):
            raise SignInBusyError
        try:
            yield
        finally:
            hashing.release()
    finally:
        line.release()


def sign_in(request: HttpRequest) -> HttpResponseBase:
    """The admin's page for signing in, behind the limits."""
    if request.method != "POST":
        return admin.site.login(request)
    attempt = describe_attempt(request)
    if seconds := count_seconds_to_wait(attempt):
        return refuse_attempt(seconds)
    SignInAttempt.objects.filter(at__lte=attempt.at - WINDOW).delete()
    attempt.save()  # before the password is checked, or many attempts at once would all find room
    if seconds := count_seconds_to_wait(attempt):
        attempt.delete()
        return refuse_attempt(seconds)
    try:
        response = admin.site.login(request)
    except SignInBusyError:
        attempt.delete()
        return refuse_attempt(SECONDS_IN_LINE, busy=True)
    except DatabaseError:
        with suppress(DatabaseError):
            attempt.delete()  # it says nothing about the password
        raise
    if response.status_code != 302:
        log_failure(request, attempt)
        return response
    SignInAttempt.objects.filter(name=attempt.name, address=attempt.address, browser=attempt.browser).delete()
    remember_browser(response, attempt)
    return response


def log_failure(request: HttpRequest, attempt: SignInAttempt) -> None:
    """Refused attempts are not logged one by one, or a stranger could fill the disk."""
    name = request.POST.get("username", "")[:MOST_LOGGED_LETTERS]
    attempt.pk = None  # from here on it is one of the earlier attempts
    seconds = count_seconds_to_wait(attempt)
    consequence = f"; further attempts are refused for {seconds} s" if seconds else ""
    log.warning("failed sign-in as %r from %s%s", name, find_client_address(request), consequence)


def describe_attempt(request: HttpRequest) -> SignInAttempt:
    name = make_digest(normalize("NFKC", request.POST.get("username", "")).strip().casefold())
    address = make_digest(find_network(find_client_address(request)))
    return SignInAttempt(name=name, address=address, browser=find_known_browser(request, name), at=timezone.now())


def make_digest(text: str) -> str:
    return salted_hmac(SALT, text.encode("utf-8", "surrogatepass"), algorithm="sha256").hexdigest()[:32]


def count_seconds_to_wait(attempt: SignInAttempt) -> int:
    """How long it takes until all limits have room for the attempt; 0 if they have room now."""
    recent = SignInAttempt.objects.filter(at__gt=attempt.at - WINDOW).exclude(pk=attempt.pk).order_by("at")
    earlier_attempts = list(recent.values("name", "address", "browser", "at"))  # quicker to read than as models
    longest = timedelta()
    for limit in KNOWN_BROWSER_LIMITS if attempt.browser else STRANGER_LIMITS:
        shared = {field: getattr(attempt, field) for field in limit.fields}
        times = [earlier["at"] for earlier in earlier_attempts if shared.items() <= earlier.items()]
        if len(times) >= limit.attempts:
            longest = max(longest, times[-limit.attempts] + WINDOW - attempt.at)
    return ceil(longest.total_seconds())


def refuse_attempt(seconds: int, *, busy: bool = False) -> HttpResponse:
    """The page that says how long to wait, with status 429. `busy`: others are signing in at this moment."""
    minutes = ceil(seconds / 60)
    wait = f"{minutes} minutes" if minutes > 1 else f"{seconds} seconds"
    page = render_to_string("429.html", {"wait": wait, "busy": busy})
    headers = {"Retry-After": str(seconds), "Cache-Control": "no-store"}
    response = HttpResponse(page, status=429, headers=headers)
    response._has_been_logged = True  # type: ignore[attr-defined]  # Django would log each refusal
    return response


def find_known_browser(request: HttpRequest, name: str) -> str:
    """What this browser was called when it last signed in with the name; "" for a stranger."""
    cookie = request.get_signed_cookie(settings.BROWSER_COOKIE_NAME, default="", salt=SALT, max_age=COOKIE_SECONDS)
    known_name, _, browser = str(cookie).partition(".")
    return browser if known_name == name else ""


def remember_browser(response: HttpResponseBase, attempt: SignInAttempt) -> None:
    """Give a browser the cookie that distinguishes it from strangers who use the same name."""
    response.set_signed_cookie(
        settings.BROWSER_COOKIE_NAME,
        f"{attempt.name}.{attempt.browser or secrets.token_hex(16)}",
        salt=SALT,
        max_age=COOKIE_SECONDS,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )
