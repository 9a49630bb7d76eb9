"""The page about the data: who publishes it, how figures are read, computed and chosen, and what is not known."""

from collections import defaultdict
from typing import NamedTuple

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from careers.models import Citation
from comparisons import dataset, formats, phrases, rows, sentences, standing
from comparisons.revision import revision

# What the page tells of the code, as the code has it.
EXPLAINED = {
    "toss_up": sentences.TOSS_UP,
    "about_as_many": sentences.ABOUT,
    "many_times": sentences.MANY_TIMES,
    "group_figure_from": standing.FEWEST_ROLES,
    "unusual_from": standing.FEWEST_VALUES,
    "unusual_among": standing.SAMPLE,
    "bands": [(figure, formats.span(*band)) for figure, band in rows.EXPERIENCE_BANDS.items()],
    "missing": {"published": rows.NOT_PUBLISHED, "unclear": rows.UNCLEAR, "source": rows.NOT_IN_SOURCE},
    "readings": list(rows.HOW.values()),
    "doubts": sorted(set(rows.WARNINGS.values())),
}


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    number = revision()
    overview = dataset.overview(number)
    licences = dataset.held("licences", number, _licences)
    context = {
        "overview": overview,
        "behind": phrases.behind(overview.roles, overview.pages, len(overview.publishers)),
        "publishers": [
            (
                each,
                phrases.behind_one(each.roles, each.pages),
                phrases.days(each.oldest, each.newest),
                licences.get(each.pk, ()),
            )
            for each in overview.publishers
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
