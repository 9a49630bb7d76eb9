"""The steps of a batch, from its pages to loaded ones."""

import io
from typing import Any

from django.contrib.auth.models import User

from ingest.batches import uploads, worker
from ingest.models import Batch, Draft
from tests.ingest.small_pages import DAY


def make_batch(*contents: bytes, **entered: Any) -> Batch:
    batch = uploads.open_batch(None, {"captured_on": DAY} | entered)
    for number, content in enumerate(contents):
        uploads.add_file(batch, f"page-{number}.txt", io.BytesIO(content))
    return finish_work(batch)


def finish_work(batch: Batch) -> Batch:
    """The batch after as many steps as it takes."""
    for _ in range(1_000):
        if not worker.continue_here(batch, 0.1).working:
            return batch
    raise AssertionError("there is always more to do")


def load_all(batch: Batch, by: User | None = None) -> Batch:
    worker.start_loading(batch, "all", by)
    return finish_work(batch)


def find_draft(batch: Batch, name: str = "page-0.txt") -> Draft:
    return batch.drafts.get(name=name)
