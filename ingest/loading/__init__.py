"""Store what pages say: the only writer of facts.

`load_pages` and `reread_pages` handle several pages to a transaction, each completely or not at all. `remove_facts`
undoes a page. All of them leave it to the caller to call `propagate` at the end: it updates the other pages that the
names and figures concern. A preview runs the same code and is rolled back.
"""

from ingest.loading.load import (
    LoadResult,
    PageReport,
    fetch_reports,
    load_chunk,
    load_page_for_preview,
    load_pages,
    reread_page_for_preview,
    reread_pages,
)
from ingest.loading.page_reading import Change
from ingest.loading.propagation import count_pending, propagate, propagate_chunk
from ingest.loading.removal import remove_facts

__all__ = [
    "Change",
    "LoadResult",
    "PageReport",
    "count_pending",
    "fetch_reports",
    "load_chunk",
    "load_page_for_preview",
    "load_pages",
    "propagate",
    "propagate_chunk",
    "remove_facts",
    "reread_page_for_preview",
    "reread_pages",
]
