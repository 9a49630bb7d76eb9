"""The page about the data: who publishes it, how figures are read, computed and chosen, and what is not known."""

from collections import defaultdict
from typing import NamedTuple

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from careers import vocabulary
from careers.models import Citation
from comparisons import formats, thresholds
from comparisons.language import messages, summary
from comparisons.queries import distributions, overview
from comparisons.queries.per_revision import compute_once
from comparisons.queries.revision import current_revision

# What the page tells of the code, as the code has it.
EXPLAINED = {
    "toss_up": summary.TOSS_UP,
    "about_as_many": thresholds.ABOUT_AS_MANY,
    "many_times": thresholds.MANY_TIMES,
    "group_figure_from": distributions.FEWEST_ROLES,
    "unusual_from": distributions.FEWEST_VALUES,
    "unusual_among": distributions.SAMPLE,
    "bands": [(figure, formats.span(*band)) for figure, band in vocabulary.EXPERIENCE_BANDS.items()],
    "missing": {
        "published": vocabulary.NOT_PUBLISHED,
        "unclear": vocabulary.UNCLEAR,
        "source": vocabulary.NOT_IN_SOURCE,
    },
    "readings": list(vocabulary.HOW.values()),
    "doubts": sorted(set(vocabulary.WARNINGS.values())),
}


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    number = current_revision()
    stored = overview.read_overview(number)
    licences = compute_once("licences", number, _licences)
    context = {
        "overview": stored,
        "behind": messages.behind(stored.roles, stored.pages, len(stored.publishers)),
        "publishers": [
            (
                each,
                messages.behind_one(each.roles, each.pages),
                messages.days(each.oldest, each.newest),
                licences.get(each.pk, ()),
            )
            for each in stored.publishers
        ],
    }
    return render(request, "comparisons/about.html", context | EXPLAINED)


class Licence(NamedTuple):
    """What some pages of a publisher state themselves. `pages`: how many, in words."""

    name: str
    url: str
    pages: str


def _licences() -> dict[int, list[Licence]]:
    """By publisher, the licence of most pages first."""
    stated = Citation.objects.exclude(licence="").values_list("publisher", "licence", "licence_url")
    found: dict[int, list[Licence]] = defaultdict(list)
    for publisher, name, url, pages in stated.annotate(pages=Count("pk")).order_by("-pages", "licence"):
        found[publisher].append(Licence(name, url, formats.counted(pages, "page")))
    return found
