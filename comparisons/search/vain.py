"""Count what is searched in vain, so that admins can add the titles that people use."""

from collections.abc import Iterable

from careers.models import VainSearch
from comparisons.search.results import SearchResult


def count_vain_searches(results: Iterable[SearchResult]) -> bool:
    """Count the texts without a role. Return whether there is one, so that the next search for it is counted too."""
    in_vain = [result.typed for result in results if result.typed and not result.roles]
    for typed in in_vain:
        VainSearch.count(typed)
    return bool(in_vain)
