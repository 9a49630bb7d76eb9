"""The sources of a page: those beside the heading of a section, and the list at the end of the page."""

from calendar import month_name
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import NamedTuple

from careers.vocabulary import SAMPLE_TEXT
from comparisons import formats
from comparisons.comparison import Comparison, ComparisonLine
from comparisons.language.messages import chosen_roles
from comparisons.queries.current_role import CitedPage
from comparisons.queries.place import Place, find_price_level
from comparisons.titles import capitalize

_MONTHS = {name: number for number, name in enumerate(month_name)}


class UsedFor(NamedTuple):
    """A role that a source is used for. `after`: the words between this role and the next."""

    letter: str
    title: str
    after: str


class CitedDocument(NamedTuple):
    """One page or table of a publisher. `anchors`: those of all files that share one entry. `used_for`: empty where all
    roles of the page have figures of it."""

    anchors: Sequence[str]
    title: str
    url: str
    when: str
    used_for: Sequence[UsedFor]


class SourceGroup(NamedTuple):
    """What one publisher gives under one licence. `lines`: its documents; those of a series, as the years of a table,
    share a line. `attribution`: what the licence asks for. `sample`: that its texts
    are ours, "" where they are not. `day`: when all its documents were loaded or captured, "" where days differ.
    `used_for`: the roles that all of them are used for, empty where roles differ."""

    publisher: str
    lines: list[list[CitedDocument]]
    licence: str
    licence_url: str
    attribution: str
    sample: str
    day: str = ""
    used_for: Sequence[UsedFor] = ()


def list_cited_sources(
    comparison: Comparison, place: Place | None, levels: CitedPage | None = None
) -> list[SourceGroup]:
    """The sources of the roles and of all jobs, and that of the price level by which pay is adjusted.

    `levels`: that of all states.
    """
    alike: dict[tuple[str | bool, ...], list[CitedPage]] = {}
    for source in _list_all_sources(comparison, place, levels):
        publisher = (source.publisher, source.licence, source.licence_url, source.attribution, source.sample)
        alike.setdefault((*publisher, source.title, source.url, source.when), []).append(source)
    groups: dict[tuple[str, ...], SourceGroup] = {}
    separators = [chosen_roles.list_separators(count) for count in range(len(comparison.sides))]
    for pages in alike.values():
        users = [side for side in comparison.sides if any(page in side.sources for page in pages)]
        if len(users) == len(comparison.sides):
            users = []
        after = separators[len(users)]
        used_for = [UsedFor(side.letter, side.title, text) for side, text in zip(users, after, strict=True)]
        _add_pages(groups, pages, used_for)
    return [_share_details(group) for group in groups.values()]


def _list_all_sources(comparison: Comparison, place: Place | None, levels: CitedPage | None) -> list[CitedPage]:
    """Each source once."""
    sources = [*comparison.sources, *[cell.origins[0].source for cell in comparison.all_jobs.values()]]
    if levels:
        sources.append(levels)
    elif place and place.adjusted:
        level = find_price_level(comparison.revision, place.area)
        sources += [level.source] if level else []
    by_key: dict[int, CitedPage] = {}
    for source in sources:
        by_key.setdefault(source.pk, source)
    return list(by_key.values())


def _add_pages(
    groups: dict[tuple[str, ...], SourceGroup], pages: Sequence[CitedPage], used_for: Sequence[UsedFor]
) -> None:
    """Add pages that share one entry. `used_for`: empty where all roles have figures of them."""
    first = pages[0]
    sample = f"{capitalize(SAMPLE_TEXT)}." if first.sample else ""
    shared = (first.publisher, first.licence, first.licence_url, first.attribution, sample)
    document = CitedDocument([page.anchor for page in pages], first.title, first.url, first.when, used_for)
    groups.setdefault(shared, SourceGroup(first.publisher, [], *shared[1:])).lines.append([document])


def _share_details(group: SourceGroup) -> SourceGroup:
    """Say once what several documents share: the beginning of their titles, the day, the roles."""
    documents = list(chain.from_iterable(group.lines))
    if len(documents) == 1 or not all(document.title for document in documents):
        return group
    days = {document.when.rpartition(", ")[2] for document in documents}
    day = days.pop() if len(days) == 1 else ""
    roles = documents[0].used_for
    if any(document.used_for != roles for document in documents):
        roles = []
    shortened = []
    for document in documents:
        when = document.when.removesuffix(day).removesuffix(", ") if day else document.when
        shortened.append(document._replace(when=when, used_for=[] if roles else document.used_for))
    return group._replace(lines=_put_series_on_lines(shortened), day=day, used_for=roles)


def _put_series_on_lines(documents: Sequence[CitedDocument]) -> list[list[CitedDocument]]:
    """The documents of a series share a line, where only the first title is whole: `Wages, May 2024`, `May 2025`."""
    lines: list[list[CitedDocument]] = []
    series: tuple[str, str] | None = None
    for document in documents:
        start, _, end = document.title.rpartition(", ")
        if start and series == (start, document.url):
            lines[-1].append(document._replace(title=end))
        else:
            lines.append([document])
        series = (start, document.url)
    return lines


def cite_lines(lines: Iterable[ComparisonLine]) -> list[str]:
    """The publishers of the values in lines, each with its months or years."""
    cells = chain.from_iterable(line.cells for line in lines)
    return _write_publishers((cell.publisher, cell.release) for cell in cells if cell.publisher)


def cite_pages(pages: Iterable[CitedPage | None]) -> list[str]:
    """The publishers of pages, each with the months or years of its figures."""
    return _write_publishers((page.publisher, page.release) for page in pages if page is not None)


def _write_publishers(releases_of: Iterable[tuple[str, str]]) -> list[str]:
    """
    >>> _write_publishers([("Bureau", "August 2025"), ("Bureau", "May 2025"), ("Bureau", "2024–34"), ("Zippia", "")])
    ['Bureau, 2024–34, May 2025 and August 2025', 'Zippia']
    """
    cited: dict[str, dict[str, None]] = {}
    for publisher, release in releases_of:
        cited.setdefault(publisher, {})[release] = None
    texts = []
    for publisher, releases in cited.items():
        when = formats.listed(sorted(filter(None, releases), key=_find_start))
        texts.append(f"{publisher}, {when}" if when else publisher)
    return texts


def _find_start(release: str) -> tuple[str, int]:
    """The first year and the month that a release names.

    >>> _find_start("August 2025"), _find_start("2024–34")
    (('2025', 8), ('2024', 0))
    """
    *month, years = release.split(" ")
    return years[:4], _MONTHS.get(month[-1], 0) if month else 0
