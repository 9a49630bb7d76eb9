"""Finished answers, kept until something is loaded or undone: most readers get bytes that stand ready.

An answer depends on its address and on what is stored, which the Revision counts. So a worker that knows the number
also knows whether a browser's copy still holds, and says so without a query.
"""

import gzip
import secrets
from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from threading import Lock
from typing import NamedTuple

import brotli
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags

from comparisons.queries.revision import current_revision

View = Callable[..., HttpResponseBase]

# Other code draws other pages, and a new process may run other code.
PROCESS = secrets.token_hex(4)


def _compress_with_brotli(body: bytes) -> bytes:
    """Quality 5 is smaller than gzip at its best, and quicker. A body that fits into a window of 64 kB takes half the
    time with that window and becomes no larger."""
    window = 16 if len(body) < 1 << 16 else 22
    return bytes(brotli.compress(body, quality=5, lgwin=window))


# By name, the best first. No page of ours holds
# a secret that its length could give away.
ENCODINGS: dict[str, Callable[[bytes], bytes]] = {
    "br": _compress_with_brotli,
    "gzip": lambda body: gzip.compress(body, 6, mtime=0),
}
# Smaller answers fit into one packet as they are.
WORTH_COMPRESSING = 500  # bytes
# Bytes that a kept answer takes beside its body and its address: its headers and its place among the others.
BESIDES = 2_000
# The part of the room that one answer may take.
LARGEST_PART = 1 / 16


class Kept(NamedTuple):
    revision: int
    body: bytes
    headers: dict[str, str]


_kept: OrderedDict[tuple[str, ...], Kept] = OrderedDict()
_size = 0  # bytes
_lock = Lock()


def keeping(view: View) -> View:
    """The view's good answers, compressed where the browser takes that; none at all where it has this one already."""

    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        number = current_revision() if settings.KEPT_BYTES else 0
        validators = {"ETag": f'W/"{number}-{PROCESS}"', "Cache-Control": "no-cache", "Vary": "Accept-Encoding"}
        theirs = request.META.get("HTTP_IF_NONE_MATCH")
        if settings.KEPT_BYTES and theirs and validators["ETag"] in parse_etags(theirs):
            return HttpResponseNotModified(headers=validators)
        encoding = _encoding(request)
        key = (request.method or "", request.scheme or "", request.get_host(), request.get_full_path(), encoding)
        known = _kept.get(key)
        if known is None or known.revision != number:
            response = view(request, *args, **kwargs)
            if response.status_code != 200:
                return response
            if not isinstance(response, HttpResponse):  # sent in pieces, as it is long: browsers alone keep it
                for name, value in validators.items() if settings.KEPT_BYTES else ():
                    response.headers.setdefault(name, value)
                return response
            known = Kept(number, *_finished(response, encoding, validators if settings.KEPT_BYTES else {}))
            _keep(key, known)
        return HttpResponse(known.body, headers=known.headers)

    return answer


def forget() -> None:
    global _size
    with _lock:
        _kept.clear()
        _size = 0


def _encoding(request: HttpRequest) -> str:
    """The best encoding that a browser takes; no browser gives one of these the weight of nought."""
    taken = request.META.get("HTTP_ACCEPT_ENCODING", "")
    return next((name for name in ENCODINGS if name in taken), "")


def _finished(response: HttpResponse, encoding: str, validators: dict[str, str]) -> tuple[bytes, dict[str, str]]:
    """The body as it is sent, and its headers; a header of the view's own goes before ours."""
    patch_vary_headers(response, ["Accept-Encoding"])
    body = response.content
    headers = validators | dict(response.items())
    if encoding and len(body) >= WORTH_COMPRESSING and not response.has_header("Content-Encoding"):
        body = ENCODINGS[encoding](body)
        headers["Content-Encoding"] = encoding
    return body, headers


def _keep(key: tuple[str, ...], answer: Kept) -> None:
    global _size
    if _weight(key, answer) > LARGEST_PART * settings.KEPT_BYTES:
        return
    with _lock:  # the first to come are the first to go: which was used last is not worth writing down at every hit
        before = _kept.pop(key, None)
        _size += _weight(key, answer) - (_weight(key, before) if before else 0)
        _kept[key] = answer
        while _size > settings.KEPT_BYTES:
            _size -= _weight(*_kept.popitem(last=False))


def _weight(key: tuple[str, ...], answer: Kept) -> int:
    """Bytes: small answers to long addresses take much more room than their bodies."""
    return len(answer.body) + sum(map(len, key)) + BESIDES
