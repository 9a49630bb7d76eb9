"""What people call an official occupation, by the lists of titles that are stored."""

from collections.abc import Collection, Sequence
from functools import cache
from itertools import chain
from typing import Any

from django.db.models import QuerySet

from careers.models import OccupationTitle
from comparisons.queries.cited_pages import read_cited_pages
from comparisons.queries.current_role import CurrentRole, EverydayTitle
from comparisons.queries.prepared import Prepared
from comparisons.queries.revision import compute_once
from comparisons.rows import MOST_ROLES

# List as stored -> as it is named in JSON; the short names are no everyday titles.
SOURCES = {"onet": "onet", "onet-title": "onet", "soc": "soc", "bls": "bls", "rolewise": "rolewise"}
# Those of publishers. Ours are there to find roles by, and too many to be read for the few titles that a page shows.
PUBLISHED = SOURCES.keys() - {"rolewise"}


def add_everyday_titles(roles: Sequence[CurrentRole], lists: Collection[str] = SOURCES) -> list[CurrentRole]:
    """The roles with their everyday titles on these lists, in two queries and two per revision.

    Titles on several lists come first; after that they follow the lists and the alphabet.
    """
    official = [role.pk for role in roles if role.soc_code]
    if not official:
        return list(roles)
    editions = set(compute_once("lists of titles", roles[0].revision, OccupationTitle.objects.find_newest_editions))
    titles: dict[int, dict[str, EverydayTitle]] = {pk: {} for pk in official}
    cited: dict[int, dict[int, None]] = {pk: {} for pk in official}
    for pk, key, title, source, citation in _prepare_titles(frozenset(lists)).rows(official):
        if citation not in editions:
            continue
        entry = titles[pk].setdefault(key, EverydayTitle(title, ()))
        sources = dict.fromkeys([*entry.sources, SOURCES[source]])
        titles[pk][key] = entry._replace(sources=tuple(sources), citations=(*entry.citations, citation))
        cited[pk][citation] = None
    pages = read_cited_pages(dict.fromkeys(chain.from_iterable(cited.values())), roles[0].revision)
    placed = []
    for role in roles:
        entries = sorted(titles.get(role.pk, {}).values(), key=lambda entry: -len(entry.sources))
        cited_lists = tuple(pages[citation] for citation in cited.get(role.pk, ()))
        placed.append(role._replace(titles=tuple(entries), title_lists=cited_lists))
    return placed


@cache
def _prepare_titles(lists: frozenset[str]) -> Prepared:
    """The titles of some roles on these lists, those of older editions too."""

    def build(roles: Sequence[Any]) -> QuerySet[Any, Any]:
        titles = OccupationTitle.objects.filter(role__in=roles, source__in=lists).order_by("source", "key", "title")
        return titles.values_list("role_id", "key", "title", "source", "citation_id")

    return Prepared(build, [-1 - place for place in range(MOST_ROLES)])
