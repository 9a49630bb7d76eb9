"""Pages -> facts: the only writer of facts.

`load` takes one page, whole or not at all; `load_all` takes many, several whole pages to a
transaction, and wants `settle` afterwards; `undo` takes one back; `reread` reads stored pages
anew. Loading and previewing are one path: a preview is rolled back at its end.
"""

from ingest.loading.answering import left, settle, settle_some
from ingest.loading.pages import Changes, Told, load, load_all, load_alone, load_some, told
from ingest.loading.rereading import reread, reread_alone
from ingest.loading.storing import Change
from ingest.loading.undoing import take_back, undo

__all__ = [
    "Change",
    "Changes",
    "Told",
    "left",
    "load",
    "load_all",
    "load_alone",
    "load_some",
    "reread",
    "reread_alone",
    "settle",
    "settle_some",
    "take_back",
    "told",
    "undo",
]
