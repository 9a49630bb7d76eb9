"""The pages and releases of tables that figures cite, as plain data."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet

from careers.models import Citation
from careers.vocabulary import CHOSEN_LISTS, ONE_ROW_GROUPS
from comparisons.queries.current_role import CitedPage
from comparisons.queries.prepared import Prepared
from comparisons.queries.revision import compute_once
from comparisons.rows import MOST_ROLES

# The columns of a citation that `build_cited_page` takes.
CITED = (
    *("pk", "title", "url", "captured_on", "licence", "licence_url"),
    *("publisher_id", "publisher__name", "publisher__attribution"),
    *("publisher__licence", "publisher__licence_url", "loaded_at", "figures_of", "sample", "cut_line"),
)
_YEARS = re.compile(r"20\d\d(?:–\d\d)?")


def _query_cited_pages(pks: Sequence[Any]) -> QuerySet[Any, Any]:
    return Citation.objects.filter(pk__in=pks).order_by().values_list(*CITED)


# Earlier years add some pages that several roles share.
_PKS = [-1 - place for place in range(MOST_ROLES * (len(ONE_ROW_GROUPS) + len(CHOSEN_LISTS)) + 20)]
_CITED_PAGES = Prepared(_query_cited_pages, _PKS)


def read_cited_pages(pks: Iterable[int], revision: int) -> dict[int, CitedPage]:
    """Key -> page. One query at most, unless very many pages are cited.

    Releases of tables are kept for the revision: hundreds of occupations cite the same few.
    """
    releases = compute_once("cited releases", revision, dict[int, CitedPage])
    pages = {pk: releases[pk] for pk in pks if pk in releases}
    unread = [pk for pk in pks if pk not in pages]
    most = len(_PKS)
    for start in range(0, len(unread), most):
        for page in map(build_cited_page, _CITED_PAGES.rows(unread[start : start + most])):
            pages[page.pk] = page
            if page.release:
                releases[page.pk] = page
    return pages


def _name_release(title: str, figures_of: date) -> str:
    """The month that figures are of, or the year or years where the title names no month.

    >>> _name_release("Wages, May 2025", date(2025, 5, 1))
    'May 2025'
    >>> _name_release("Employment Projections, 2024–34", date(2024, 1, 1))
    '2024–34'
    """
    month = f"{figures_of:%B %Y}"
    years = _YEARS.search(title)
    return years[0] if years and figures_of.month == 1 and month not in title else month


def build_cited_page(row: Sequence[Any]) -> CitedPage:
    """`row`: the values of `CITED`."""
    pk, title, url, captured_on, licence, licence_url, publisher_pk, publisher, attribution, *rest = row
    licence_of_all, licence_url_of_all, loaded_at, figures_of, sample, cut_line = rest
    day = captured_on or loaded_at
    when = f"{'captured' if captured_on else 'loaded'} on {day.day} {day:%B %Y}"
    short = f"{publisher}, {when}"
    release = _name_release(title, figures_of) if figures_of else ""
    if release:
        short = f"{publisher}, {release}"
        when = when if release in title else f"figures of {release}, {when}"
    if sample:
        licence = licence_url = attribution = ""
    elif not licence:
        licence, licence_url = licence_of_all, licence_url_of_all
    return CitedPage(
        *(pk, title, url, captured_on, licence, licence_url, publisher_pk, publisher, attribution),
        *(when, short, bool(sample), figures_of, release, cut_line),
        anchor=f"s{pk}",
    )
