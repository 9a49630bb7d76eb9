"""Addresses of our own pages."""

from collections.abc import Mapping, Sequence
from functools import cache
from urllib.parse import quote, urlencode

from django.urls import reverse

# Between the slugs of a comparison; no slug contains it.
VS = "-vs-"
# Characters that `reverse` leaves as they are, too.
SAFE = "!$&'()*+,;=~:@"

# The path of a view without arguments. Every page needs a dozen of these, and they never change.
page_address = cache(reverse)


def address(view: str, *slugs: str) -> str:
    """Return the path of a view that takes one slug or several.

    >>> address("role", "lead-technician"), address("comparison", "clerk", "señor")
    ('/roles/lead-technician/', '/compare/clerk-vs-se%C3%B1or/')
    """
    before, after = _around_slug(view)
    return f"{before}{quote(VS.join(slugs), safe=SAFE)}{after}"


@cache
def _around_slug(view: str) -> tuple[str, str]:
    """What stands in a path before and after the slug; a page has two dozen paths, and `reverse` is slow."""
    before, after = reverse(view, args=["~"]).split("~")
    return before, after


def of_roles(slugs: Sequence[str]) -> str:
    """Return the path of the comparison of these roles, or of the form that asks for another role if there is one."""
    if len(slugs) > 1:
        return address("comparison", *slugs)
    return f"{page_address('compare')}?{urlencode({'role': slugs[0]})}"


def add_query(path: str, query: str) -> str:
    """Add a query to an address that may have one.

    >>> add_query("/compare/?role=baker", "?where=CA"), add_query("/roles/baker/", "?where=CA")
    ('/compare/?role=baker&where=CA', '/roles/baker/?where=CA')
    """
    return f"{path}&{query[1:]}" if query and "?" in path else path + query


def query_of(fields: Mapping[str, str]) -> str:
    """What an address that gives these ends in."""
    return f"?{urlencode(fields)}" if fields else ""


def list_addresses_of_comparison(slugs: Sequence[str], query: str, kept_query: str) -> dict[str, str | list[str]]:
    """Where the links of a comparison lead. The canonical address has the slugs in alphabetical order.

    `query`: what chooses a state, which all of them keep. `kept_query`: what links to other comparisons keep instead:
    also a reader's weights, which change no figure.
    """
    without = [of_roles([*slugs[:index], *slugs[index + 1 :]]) for index in range(len(slugs))]
    return {
        "canonical": of_roles(sorted(slugs)) + query,
        "json": address("comparison_json", *slugs) + query,
        "csv": address("comparison_csv", *slugs) + query,
        "file": address("comparison_html", *slugs) + query,
        "swapped": of_roles(slugs[::-1]) + kept_query,
        "without": [add_query(path, kept_query) for path in without],
    }
