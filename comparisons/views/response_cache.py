"""Finished responses, cached until something is loaded or undone, so that most readers get bytes that are ready.

A response depends on its address and on what is stored, which the Revision counts. So a worker that knows the number
also knows whether a browser's copy is still valid, and says so without a query.
"""

import gzip
import secrets
from collections import OrderedDict
from collections.abc import Callable
from functools import partial, wraps
from threading import Lock
from typing import NamedTuple

import brotli
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags

from comparisons.queries.revision import read_current_revision

View = Callable[..., HttpResponseBase]

# Part of each ETag, because a new process may run other code, which draws other pages.
PROCESS = secrets.token_hex(4)
# Smaller responses fit into one packet as they are.
WORTH_COMPRESSING = 500  # bytes
SMALL = 3_000  # bytes
# Windows of brotli: powers of two, in bytes.
SMALLEST_WINDOW, LARGEST_WINDOW = 16, 22
# What a cached response takes beside its body and its key: its headers and its place among the others.
OVERHEAD = 2_000  # bytes
# The share of the cache that one response may take.
LARGEST_SHARE = 1 / 16


def _compress_with_brotli(body: bytes) -> bytes:
    """Quality 7 makes pages 1.3 % smaller than 5, for a fiftieth of the time of a comparison. A window that is larger
    than the body makes it no smaller, and takes up to four times as long to set up. A small body fits into one packet
    at quality 2, which takes a quarter of the time.
    """
    quality = 7 if len(body) > SMALL else 2
    window = min(max(len(body).bit_length(), SMALLEST_WINDOW), LARGEST_WINDOW)
    return bytes(brotli.compress(body, quality=quality, lgwin=window))


# The best encoding first. No page of ours holds a secret that its length could reveal.
ENCODINGS: dict[str, Callable[[bytes], bytes]] = {
    "br": _compress_with_brotli,
    "gzip": partial(gzip.compress, compresslevel=6, mtime=0),
}


class CachedResponse(NamedTuple):
    revision: int
    body: bytes
    headers: dict[str, str]


class ReadyResponse(HttpResponse):
    """A response whose bytes were ready, which the metrics count."""


_cache: OrderedDict[tuple[str, ...], CachedResponse] = OrderedDict()
_size = 0  # bytes
_lock = Lock()


def cache_response(view: View) -> View:
    """Decorate a view: its responses are cached, compressed where the browser accepts that, and answered with 304 where
    the browser has them already. Other responses than 200 pass through."""

    @wraps(view)
    def respond(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not settings.RESPONSE_CACHE_BYTES:
            return _compress_response(view(request, *args, **kwargs), request)
        revision = read_current_revision()
        validators = {"ETag": f'W/"{revision}-{PROCESS}"', "Cache-Control": "no-cache", "Vary": "Accept-Encoding"}
        browsers_etags = request.META.get("HTTP_IF_NONE_MATCH")
        if browsers_etags and validators["ETag"] in parse_etags(browsers_etags):
            return HttpResponseNotModified(headers=validators)
        encoding = _choose_encoding(request)
        key = (request.method or "", request.scheme or "", request.get_host(), request.get_full_path(), encoding)
        cached = _cache.get(key)
        if cached is not None and cached.revision == revision:
            return ReadyResponse(cached.body, headers=cached.headers)
        response = view(request, *args, **kwargs)
        if response.status_code != 200:
            return response
        if response.get("Cache-Control") == "no-store":
            return _compress_response(response, request)
        if not isinstance(response, HttpResponse):  # streamed because it is long, so only browsers cache it
            for name, value in validators.items():
                response.headers.setdefault(name, value)
            return response
        _finish_response(response, encoding)
        # The view's own headers take precedence over ours.
        cached = CachedResponse(revision, response.content, validators | dict(response.items()))
        _store_response(key, cached)
        return HttpResponse(cached.body, headers=cached.headers)

    return respond


def forget() -> None:
    global _size
    with _lock:
        _cache.clear()
        _size = 0


def _compress_response(response: HttpResponseBase, request: HttpRequest) -> HttpResponseBase:
    """A good response as it is sent where nothing is cached."""
    if response.status_code == 200 and isinstance(response, HttpResponse):
        _finish_response(response, _choose_encoding(request))
    return response


def _choose_encoding(request: HttpRequest) -> str:
    """The best encoding that the browser accepts; no browser gives one of these a weight of zero."""
    accepted = request.META.get("HTTP_ACCEPT_ENCODING", "")
    return next((name for name in ENCODINGS if name in accepted), "")


def _finish_response(response: HttpResponse, encoding: str) -> None:
    """Give a response the body with which it is sent, and what this says in its headers."""
    patch_vary_headers(response, ["Accept-Encoding"])
    if encoding and len(response.content) >= WORTH_COMPRESSING and not response.has_header("Content-Encoding"):
        response.content = ENCODINGS[encoding](response.content)
        response["Content-Encoding"] = encoding


def _store_response(key: tuple[str, ...], response: CachedResponse) -> None:
    global _size
    weight = _measure_entry(key, response)
    if weight > LARGEST_SHARE * settings.RESPONSE_CACHE_BYTES:
        return
    with _lock:  # the oldest goes first: noting at every hit which was used last costs more than it brings
        replaced = _cache.pop(key, None)
        _size += weight - (_measure_entry(key, replaced) if replaced else 0)
        _cache[key] = response
        while _size > settings.RESPONSE_CACHE_BYTES:
            _size -= _measure_entry(*_cache.popitem(last=False))


def _measure_entry(key: tuple[str, ...], response: CachedResponse) -> int:
    """The memory of an entry in bytes: small responses to long addresses take much more than their bodies."""
    return len(response.body) + sum(map(len, key)) + OVERHEAD
