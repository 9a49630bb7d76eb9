"""Addresses of our own pages. A page holds dozens, and Django goes through all patterns to make each one anew."""

from collections.abc import Sequence
from functools import cache
from urllib.parse import quote, urlencode

from django.urls import reverse

# Between the slugs of a comparison; no slug holds it.
VS = "-vs-"
_HERE = "-"  # stands for the argument in a pattern; no pattern of ours has another


@cache
def fixed(view: str) -> str:
    """Of a view that takes nothing."""
    return reverse(view)


@cache
def _around(view: str) -> tuple[str, str]:
    before, _, after = reverse(view, args=[_HERE]).partition(_HERE)
    return before, after


def address(view: str, *slugs: str) -> str:
    """Of a view that takes one or several slugs.

    >>> address("role", "lead-technician"), address("comparison", "clerk", "señor")
    ('/roles/lead-technician/', '/compare/clerk-vs-se%C3%B1or/')
    """
    before, after = _around(view)
    return f"{before}{quote(VS.join(slugs))}{after}"


def of_roles(slugs: Sequence[str]) -> str:
    """Of the comparison of these roles; of one alone, of the form that asks for another."""
    if len(slugs) > 1:
        return address("comparison", *slugs)
    return f"{fixed('compare')}?{urlencode({'role': slugs[0]})}"
