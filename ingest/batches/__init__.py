"""Drops of pages, worked off in pieces: taken apart, rehearsed, loaded, taken back, read again.

A request does a second or so of whatever is next and says how far it is; everything is in the
database, so any process can go on at any time. Each piece is one transaction in which the
outcome of a page is kept together with the page: whatever is killed, no page is half there
and none is loaded twice.
"""

from ingest.batches.decisions import choose, choose_stored, enter, same_role
from ingest.batches.previews import rehearse
from ingest.batches.progress import Going, Progress, Summary, going, pages_of, pages_with_role, progress, summary
from ingest.batches.uploads import ENTERED, add_file, open_batch, open_rereading
from ingest.batches.worker import load_again, resume, start_loading, start_undoing, stop, undo_page, work

__all__ = [
    "ENTERED",
    "Going",
    "Progress",
    "Summary",
    "add_file",
    "choose",
    "choose_stored",
    "enter",
    "going",
    "load_again",
    "open_batch",
    "open_rereading",
    "pages_of",
    "pages_with_role",
    "progress",
    "rehearse",
    "resume",
    "same_role",
    "start_loading",
    "start_undoing",
    "stop",
    "summary",
    "undo_page",
    "work",
]
