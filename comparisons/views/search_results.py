"""The page of search results, `/roles/?q=`, over the roles of all publishers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from comparisons import formats
from comparisons.language import messages
from comparisons.search import matching

MOST_SHOWN = 40


def search_results(request: HttpRequest) -> HttpResponse:
    result = matching.find_roles(request.GET.get("q", ""), MOST_SHOWN)
    context = {
        "q": result.typed,
        "message": messages.found(result, MOST_SHOWN),
        "hits": [(hit, formats.dollars(hit.annual_average) if hit.annual_average else "") for hit in result.roles],
    }
    return render(request, "search_results.html", context)
