"""The sources beside the heading of a section: publishers, each with the months of its figures."""

from collections.abc import Iterable

from comparisons import formats
from comparisons.comparison import ComparisonLine
from comparisons.queries.current_role import CitedPage


def cite_lines(lines: Iterable[ComparisonLine]) -> list[str]:
    """The publishers of the values in lines, each with its months or years."""
    cited: dict[str, dict[str, None]] = {}
    for line in lines:
        for cell in line.cells:
            if cell.publisher:
                cited.setdefault(cell.publisher, {})[cell.release] = None
    return _write(cited)


def cite_pages(pages: Iterable[CitedPage | None]) -> list[str]:
    """The publishers of pages, each with the months or years of its figures."""
    cited: dict[str, dict[str, None]] = {}
    for page in pages:
        if page is not None:
            cited.setdefault(page.publisher, {})[page.release] = None
    return _write(cited)


def _write(cited: dict[str, dict[str, None]]) -> list[str]:
    """
    >>> _write({"Bureau": {"May 2025": None, "2024–34": None}, "Zippia": {"": None}})
    ['Bureau, May 2025 and 2024–34', 'Zippia']
    """
    texts = []
    for publisher, releases in cited.items():
        when = formats.listed(list(filter(None, releases)))
        texts.append(f"{publisher}, {when}" if when else publisher)
    return texts
