"""The page about the data: its publishers, how figures are read, computed and chosen, and what is not known."""

from collections import defaultdict
from typing import NamedTuple

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from careers import vocabulary
from careers.models import Citation
from comparisons import formats, thresholds
from comparisons.language.messages import data_extent
from comparisons.language.verdict import rules_text
from comparisons.queries import group_figures, overview
from comparisons.queries.overview import PublisherCount
from comparisons.queries.revision import compute_once, read_current_revision

# What the page says about the code is taken from the code.
EXPLAINED = {
    "thresholds": thresholds,
    "rules_text": rules_text,
    "group_figures": group_figures,
    "vocabulary": vocabulary,
    "bands": [(figure, formats.span(*band)) for figure, band in vocabulary.EXPERIENCE_BANDS.items()],
    "doubts": sorted(set(vocabulary.WARNINGS.values())),
}


def about(request: HttpRequest) -> HttpResponse:
    number = read_current_revision()
    stored = overview.read_overview(number)
    licences = compute_once("licences", number, _list_licences)
    context = {
        "newest": formats.day(stored.newest) if stored.newest else "",
        "stored_counts": data_extent.describe_extent(stored.roles, stored.pages, len(stored.publishers)),
        "publishers": [
            PublisherItem(
                publisher,
                data_extent.describe_extent_of_publisher(publisher.roles, publisher.pages),
                data_extent.write_span_of_days(publisher.oldest, publisher.newest),
                licences.get(publisher.pk, []),
                data_extent.count_samples(publisher.samples, publisher.pages) if publisher.samples else "",
                publisher.pages - publisher.samples,
            )
            for publisher in stored.publishers
        ],
    }
    return render(request, "about.html", context | EXPLAINED)


class Licence(NamedTuple):
    """A licence that some pages of a publisher state themselves. `pages`: how many."""

    name: str
    url: str
    pages: int


class PublisherItem(NamedTuple):
    """`counts`: its roles and pages in words. `days`: when its pages were captured or loaded. `samples`: how many of
    them are samples, in words, and `own_pages` how many are not."""

    publisher: PublisherCount
    counts: str
    days: str
    licences: list[Licence]
    samples: str
    own_pages: int


def _list_licences() -> dict[int, list[Licence]]:
    """By publisher, the licence of most pages first."""
    pages = Citation.objects.filter(sample=False).exclude(licence="")
    stated = pages.values_list("publisher", "licence", "licence_url").annotate(number=Count("pk"))
    licences: dict[int, list[Licence]] = defaultdict(list)
    for publisher, name, url, number in stated.order_by("-number", "licence", "licence_url"):
        licences[publisher].append(Licence(name, url, number))
    return licences
