"""What stands beside the heading of a section: whose figures they are, and of when."""

from collections.abc import Iterable

from comparisons import formats
from comparisons.comparison import Cell, ComparisonLine
from comparisons.queries.roles import CitedPage


def cite_lines(lines: Iterable[ComparisonLine]) -> list[str]:
    """The publishers of the values in lines, each with its months or years."""
    return cite_cells([cell for line in lines for cell in line.cells])


def cite_cells(cells: Iterable[Cell]) -> list[str]:
    cited: dict[str, dict[str, None]] = {}
    for cell in cells:
        if cell.publisher:
            cited.setdefault(cell.publisher, {})[cell.release] = None
    return [cite(publisher, [release for release in releases if release]) for publisher, releases in cited.items()]


def cite_pages(pages: Iterable[CitedPage | None]) -> list[str]:
    """The publishers of pages, each with the months or years of its figures."""
    cited: dict[str, dict[str, None]] = {}
    for page in pages:
        if page is not None:
            cited.setdefault(page.publisher, {})[page.release] = None
    return [cite(publisher, [release for release in releases if release]) for publisher, releases in cited.items()]


def cite(publisher: str, releases: list[str]) -> str:
    """
    >>> cite("Bureau", ["May 2025", "2024–34"]), cite("Zippia", [])
    ('Bureau, May 2025 and 2024–34', 'Zippia')
    """
    return ", ".join(filter(None, [publisher, formats.listed(releases)]))
