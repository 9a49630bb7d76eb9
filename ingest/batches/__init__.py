"""Uploads worked through in steps: unpacked, previewed, loaded, undone, read again.

A request does about a second of the work that is next and reports the progress. All state is in the database, so
any process can continue at any time. Each step is one transaction, which stores the outcome of a page together
with the page: whatever is killed, no page is half stored and none is loaded twice.
"""

from ingest.batches.decisions import answer_same_role, choose_stored_value, choose_value, enter_source
from ingest.batches.previews import preview_draft
from ingest.batches.progress import (
    BatchProgress,
    BatchSummary,
    UndoPreview,
    count_new_roles,
    loaded_pages,
    measure_progress,
    preview_undo,
    summarise_batch,
)
from ingest.batches.uploads import SOURCE_FIELDS, add_file, open_batch, open_reread_batch
from ingest.batches.worker import (
    continue_batch,
    load_page_again,
    resume_batch,
    start_loading,
    start_undoing,
    stop_batch,
    undo_page,
)

__all__ = [
    "SOURCE_FIELDS",
    "BatchProgress",
    "BatchSummary",
    "UndoPreview",
    "add_file",
    "answer_same_role",
    "choose_stored_value",
    "choose_value",
    "continue_batch",
    "count_new_roles",
    "enter_source",
    "load_page_again",
    "loaded_pages",
    "measure_progress",
    "open_batch",
    "open_reread_batch",
    "preview_draft",
    "preview_undo",
    "resume_batch",
    "start_loading",
    "start_undoing",
    "stop_batch",
    "summarise_batch",
    "undo_page",
]
