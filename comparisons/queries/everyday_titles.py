"""What people call an official occupation, by the lists of titles that are stored."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from functools import cache
from itertools import chain
from typing import Any, NamedTuple

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


class _ListedTitle(NamedTuple):
    title: str
    source: str
    citation: int


def add_everyday_titles(roles: Sequence[CurrentRole], lists: Collection[str] = SOURCES) -> list[CurrentRole]:
    """The roles with their everyday titles on these lists, in two queries and two per revision.

    Titles on several lists come first; after that they follow the lists and the alphabet.
    """
    official = [role.pk for role in roles if role.soc_code]
    if not official:
        return list(roles)
    editions = set(compute_once("lists of titles", roles[0].revision, OccupationTitle.objects.find_newest_editions))
    spellings: dict[int, dict[str, list[_ListedTitle]]] = {pk: defaultdict(list) for pk in official}
    cited: dict[int, dict[int, None]] = {pk: {} for pk in official}
    for pk, key, title, source, citation in _prepare_titles(frozenset(lists)).rows(official):
        if citation in editions:
            spellings[pk][key].append(_ListedTitle(title, source, citation))
            cited[pk][citation] = None
    pages = read_cited_pages(dict.fromkeys(chain.from_iterable(cited.values())), roles[0].revision)
    placed = []
    for role in roles:
        titles = [_join_lists(listed) for listed in spellings.get(role.pk, {}).values()]
        titles.sort(key=lambda title: -len(title.sources))
        cited_lists = tuple(pages[citation] for citation in cited.get(role.pk, ()))
        placed.append(role._replace(titles=tuple(titles), title_lists=cited_lists))
    return placed


def _join_lists(listed: Sequence[_ListedTitle]) -> EverydayTitle:
    """A title as the first list spells it, with all lists that have it."""
    sources = tuple(dict.fromkeys(SOURCES[entry.source] for entry in listed))
    return EverydayTitle(listed[0].title, sources, tuple(entry.citation for entry in listed))


@cache
def _prepare_titles(lists: frozenset[str]) -> Prepared:
    """The titles of some roles on these lists, those of older editions too."""

    def build(roles: Sequence[Any]) -> QuerySet[Any, Any]:
        titles = OccupationTitle.objects.filter(role__in=roles, source__in=lists).order_by("source", "key", "title")
        return titles.values_list("role_id", "key", "title", "source", "citation_id")

    return Prepared(build, [-1 - place for place in range(MOST_ROLES)])
