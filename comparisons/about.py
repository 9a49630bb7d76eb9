"""The page about the data: who publishes it, how figures are read, computed and chosen, and what is not known."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from comparisons import dataset, formats, phrases, rows, sentences, standing
from comparisons.revision import revision


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    overview = dataset.overview(revision())
    context = {
        "overview": overview,
        "behind": phrases.behind(overview.roles, overview.pages, len(overview.publishers)),
        "publishers": [
            (each, formats.plain(each.roles), formats.plain(each.pages), phrases.days(each.oldest, each.newest))
            for each in overview.publishers
        ],
        "toss_up": sentences.TOSS_UP,
        "about_as_many": sentences.ABOUT,
        "many_times": sentences.MANY_TIMES,
        "group_figure_from": standing.FEWEST_ROLES,
        "bands": [(figure, formats.span(*band)) for figure, band in rows.EXPERIENCE_BANDS.items()],
        "missing": {"published": rows.NOT_PUBLISHED, "unclear": rows.UNCLEAR, "source": rows.NOT_IN_SOURCE},
        "readings": list(rows.HOW.values()),
        "doubts": sorted(set(rows.WARNINGS.values())),
    }
    return render(request, "comparisons/about.html", context)
