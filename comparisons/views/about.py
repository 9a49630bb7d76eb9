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
from comparisons.language.verdict.rules_text import CLEAR_LEADS, TOSS_UP, TOSS_UP_BY_PERCENTILES
from comparisons.queries import group_figures, overview
from comparisons.queries.overview import PublisherCount
from comparisons.queries.revision import compute_once, current_revision

# What the page says about the code is taken from the code.
EXPLAINED = {
    "clear_leads": CLEAR_LEADS,
    "no_lead_error": thresholds.NO_RATIO_ERROR,
    "toss_up": TOSS_UP,
    "toss_up_by_percentiles": TOSS_UP_BY_PERCENTILES,
    "about_as_many": thresholds.ABOUT_AS_MANY,
    "many_times": thresholds.MANY_TIMES,
    "rates": {
        "multiple": thresholds.MULTIPLE_OF_RATE,
        "least": thresholds.LEAST_RATE,
        "same": thresholds.SAME_RATE,
    },
    "ranked_from": thresholds.RANKED_IN_WORDS,
    "asked": {
        "close": thresholds.ASKED_CLOSE_PAY,
        "far": thresholds.ASKED_FAR_PAY,
        "growth": thresholds.LEAD_IN_GROWTH,
        "openings": thresholds.MANY_TIMES,
    },
    "group_figure_from": group_figures.FEWEST_ROLES,
    "bands": [(figure, formats.span(*band)) for figure, band in vocabulary.EXPERIENCE_BANDS.items()],
    "missing": {
        "published": vocabulary.NOT_PUBLISHED,
        "unclear": vocabulary.UNCLEAR,
        "source": vocabulary.NOT_IN_SOURCE,
        "cut": vocabulary.CUT,
        "cut_copy": vocabulary.NOT_IN_CUT_COPY,
    },
    "readings": list(vocabulary.HOW.values()),
    "doubts": sorted(set(vocabulary.WARNINGS.values())),
}


def about(request: HttpRequest) -> HttpResponse:
    number = current_revision()
    stored = overview.read_overview(number)
    licences = compute_once("licences", number, _list_licences)
    context = {
        "newest": formats.day(stored.newest) if stored.newest else "",
        "stored_counts": data_extent.stored_counts(stored.roles, stored.pages, len(stored.publishers)),
        "publishers": [
            PublisherItem(
                publisher,
                data_extent.publisher_counts(publisher.roles, publisher.pages),
                data_extent.span_of_days(publisher.oldest, publisher.newest),
                licences.get(publisher.pk, []),
                data_extent.samples(publisher.samples, publisher.pages) if publisher.samples else "",
                publisher.samples < publisher.pages,
            )
            for publisher in stored.publishers
        ],
    }
    return render(request, "about.html", context | EXPLAINED)


class Licence(NamedTuple):
    """A licence that some pages of a publisher state themselves. `pages`: how many, in words."""

    name: str
    url: str
    pages: str


class PublisherItem(NamedTuple):
    """`counts`: its roles and pages in words. `days`: when its pages were captured or loaded. `samples`: how many of
    them are samples, in words. `has_own_words`: others are not."""

    publisher: PublisherCount
    counts: str
    days: str
    licences: list[Licence]
    samples: str
    has_own_words: bool


def _list_licences() -> dict[int, list[Licence]]:
    """By publisher, the licence of most pages first."""
    pages = Citation.objects.filter(sample=False).exclude(licence="")
    stated = pages.values_list("publisher", "licence", "licence_url").annotate(number=Count("pk"))
    licences: dict[int, list[Licence]] = defaultdict(list)
    for publisher, name, url, number in stated.order_by("-number", "licence", "licence_url"):
        licences[publisher].append(Licence(name, url, formats.counted(number, "page")))
    return licences
