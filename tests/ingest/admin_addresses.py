"""Every address of the admin, found in the URLs of the project."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from django.urls import URLPattern, URLResolver, get_resolver
from django.views.generic import RedirectView

KEY = re.compile(r"<[^>]+>")
SIGN_OUT = "/admin/logout/"


class Address(NamedTuple):
    """`pattern`: the path, with a name in angle brackets in place of each key. `is_old`: it only says where the screen
    is now."""

    pattern: str
    is_old: bool

    @property
    def path(self) -> str:
        """With 0, the key of nothing, in place of each key."""
        return KEY.sub("0", self.pattern)


def list_admin_addresses(start: str = "/admin/") -> list[Address]:
    """Without that for signing out, which ends what a check does."""
    every_address = _list_addresses(get_resolver().url_patterns)
    return [address for address in every_address if address.path != SIGN_OUT and address.path.startswith(start)]


def _list_addresses(patterns: Sequence[URLPattern | URLResolver], before: str = "/") -> Iterator[Address]:
    for pattern in patterns:
        whole = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _list_addresses(pattern.url_patterns, whole)
        elif whole.startswith("/admin/"):
            yield Address(choose_first(whole), getattr(pattern.callback, "view_class", None) is RedirectView)


def choose_first(pattern: str) -> str:
    """A pattern without regular expressions: the first choice of each.

    >>> choose_first("/admin/ingest/page/<int:pk>/undo/"), choose_first("/admin/^(?P<app_label>careers|auth)/$")
    ('/admin/ingest/page/<int:pk>/undo/', '/admin/careers/')
    >>> choose_first("/admin/(?P<url>.*)$")
    '/admin/nowhere'
    """
    without_names = re.sub(r"\?P<\w+>", "", pattern).replace("(.*)", "nowhere")
    return re.sub(r"\((\w+)[|\w]*\)", r"\1", without_names).strip("$").replace("^", "")
