"""Addresses of our own pages."""

from collections.abc import Sequence
from functools import cache
from urllib.parse import urlencode

from django.urls import reverse

# Between the slugs of a comparison; no slug contains it.
VS = "-vs-"

# Every page needs a dozen addresses that never change.
_fixed_address = cache(reverse)


def address(view: str, *slugs: str) -> str:
    """Return the path of a view that takes no argument, one slug or several.

    >>> address("role", "lead-technician"), address("comparison", "clerk", "señor")
    ('/roles/lead-technician/', '/compare/clerk-vs-se%C3%B1or/')
    """
    return reverse(view, args=[VS.join(slugs)]) if slugs else _fixed_address(view)


def of_roles(slugs: Sequence[str]) -> str:
    """Return the path of the comparison of these roles, or of the form that asks for another role if there is one."""
    if len(slugs) > 1:
        return address("comparison", *slugs)
    return f"{address('compare')}?{urlencode({'role': slugs[0]})}"
