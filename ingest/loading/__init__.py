"""Pages -> facts: the only writer of facts.

`load` takes one page, whole or not at all; `load_all` takes many, several whole pages to a
transaction, and wants `settle` afterwards; `undo` takes one back. Loading and previewing are
one path: a preview is rolled back at its end.
"""

from ingest.loading.pages import Changes, Told, load, load_all, settle, told, undo
from ingest.loading.storing import Change

__all__ = ["Change", "Changes", "Told", "load", "load_all", "settle", "told", "undo"]
