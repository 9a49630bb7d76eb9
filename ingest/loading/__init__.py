"""Pages -> facts: the only writer of facts.

`load` takes one page, whole or not at all; `load_all` takes many, several whole pages to a
transaction, and wants `settle` afterwards; `undo` takes one back; `reread` reads stored pages
anew. Loading and previewing are one path: a preview is rolled back at its end.
"""

from ingest.loading.load import Changes, Told, load, load_all, load_alone, load_some, told
from ingest.loading.propagation import left, settle, settle_some
from ingest.loading.removal import take_back, undo
from ingest.loading.reread import reread, reread_alone
from ingest.loading.store import Change

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
