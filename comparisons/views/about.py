"""The page about the data: its publishers, how figures are read, computed and chosen, and what is not known."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from django.db.models import Case, Count, F, Max, Value, When
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

# What the title of a table has another one of in each release: years, a number, remarks in brackets.
_RELEASE = re.compile(r"\(.*?\)|\d[\d.–]*")


def about(request: HttpRequest) -> HttpResponse:
    number = read_current_revision()
    stored = overview.read_overview(number)
    stated = compute_once("licences and tables", number, _read_stated)
    nothing = Stated(Counter(), {})
    context = {
        "newest": formats.day(stored.newest) if stored.newest else "",
        "stored_counts": data_extent.describe_extent(stored.roles, stored.pages, len(stored.publishers)),
        "publishers": [
            PublisherItem(
                publisher,
                data_extent.describe_extent_of_publisher(publisher.roles, publisher.pages),
                data_extent.write_span_of_days(publisher.oldest, publisher.newest),
                _list_licences(stated.get(publisher.pk, nothing)),
                data_extent.count_samples(publisher.samples, publisher.pages) if publisher.samples else "",
                publisher.pages - publisher.samples,
                sorted(filter(None, stated.get(publisher.pk, nothing).tables.values())),
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


class Stated(NamedTuple):
    """Of a publisher. `licences`: name and address of each -> how many pages state it. `tables`: their titles without
    the release -> the title in the newest release; pages that are none have the title ""."""

    licences: Counter[tuple[str, str]]
    tables: dict[str, str]


class PublisherItem(NamedTuple):
    """`counts`: its roles and pages in words. `days`: when its pages were captured or loaded. `samples`: how many of
    them are samples, in words, and `own_pages` how many are not. `tables`: the titles of their newest releases."""

    publisher: PublisherCount
    counts: str
    days: str
    licences: list[Licence]
    samples: str
    own_pages: int
    tables: Sequence[str]


def _read_stated() -> dict[int, Stated]:
    """What the pages of each publisher state, in one query."""
    table = Case(When(figures_of=None, then=Value("")), default=F("title"))
    pages = Citation.objects.filter(sample=False).values_list("publisher", "licence", "licence_url", table)
    alike = pages.annotate(number=Count("pk"), newest=Max("figures_of")).order_by("newest")
    stated: dict[int, Stated] = {}
    for publisher, name, url, title, number, _ in alike:
        of_publisher = stated.setdefault(publisher, Stated(Counter(), {}))
        of_publisher.licences[name, url] += number
        of_publisher.tables[_RELEASE.sub("", title)] = title
    return stated


def _list_licences(stated: Stated) -> list[Licence]:
    """The licence of most pages first."""
    by_pages = sorted(stated.licences.items(), key=lambda item: (-item[1], item[0]))
    return [Licence(name, url, number) for (name, url), number in by_pages if name]
