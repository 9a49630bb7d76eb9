"""What a search finds, as plain data."""

from collections.abc import Sequence
from itertools import chain
from typing import Any

from comparisons.search.results import Hit, MatchKind, SearchResult, find_namesakes

# The answer for several texts is only as good as that for the worst of them.
_WORST_FIRST: tuple[MatchKind, ...] = ("nothing", "nearest", "found")


def export_suggestions(results: Sequence[SearchResult]) -> dict[str, Any]:
    """For the inputs that suggest roles. Of a comparison the best role of each side comes first."""
    roles = merge_roles(results)
    namesakes = find_namesakes(roles)
    match = match_of_all(results)
    suggestions = [_build_suggestion(hit, with_publisher=hit.slug in namesakes) for hit in roles]
    return {"roles": suggestions, "match": match} | ({"near": True} if match == "nearest" else {})


def _build_suggestion(hit: Hit, *, with_publisher: bool) -> dict[str, Any]:
    suggestion: dict[str, Any] = {
        "slug": hit.slug,
        "title": hit.title,
        "name": hit.name,
        "called": hit.called or None,
        "median": hit.median,
        "average": hit.annual_average,
        "year": hit.figures_of.year if hit.figures_of else None,
        "jobs": hit.jobs,
    }
    return suggestion | ({"publisher": hit.publisher} if with_publisher else {})


def match_of_all(results: Sequence[SearchResult]) -> MatchKind:
    return min((result.match for result in results), key=_WORST_FIRST.index, default="nothing")


def merge_roles(results: Sequence[SearchResult]) -> list[Hit]:
    """The best role of each result, then the others in their order; each role once."""
    best = [result.roles[0] for result in results if result.roles]
    others = chain.from_iterable(result.roles[1:] for result in results)
    return list({hit.slug: hit for hit in (*best, *others)}.values())
