"""The page of what a search found: `/roles/?q=`, over the roles of all publishers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from comparisons import formats
from comparisons.language import messages
from comparisons.search import matching

MOST_SHOWN = 40


@require_safe
def found(request: HttpRequest) -> HttpResponse:
    answer = matching.find_roles(request.GET.get("q", ""), MOST_SHOWN)
    context = {
        "q": answer.typed,
        "answer": answer,
        "said": messages.found(answer, MOST_SHOWN),
        "roles": [(hit, formats.dollars(hit.annual_average) if hit.annual_average else "") for hit in answer.roles],
    }
    return render(request, "comparisons/found.html", context)
