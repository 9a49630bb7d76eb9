"""Two titles, one role: other titles, merging, renaming, and each of them undone.

A merge makes the title of one role another title of a second one and reads the pages that speak of the first again.
So what is stored is the same as if the other title had been known from the beginning.
"""

from django.contrib.auth.models import User

from careers.models import Role
from ingest.models import Event


class TitleError(ValueError):
    """Why two titles cannot be joined, or a step not undone: a sentence for people."""


def merge(role: Role, into: Role, by: User | None) -> Event:
    """Make one role of two: `role` goes, its titles lead to `into`. Raises TitleError for a role and itself."""
    raise NotImplementedError


def rename(role: Role, title: str, by: User | None) -> Event:
    """Give a role another title and address; the old ones lead to it. Pages no longer change its spelling.

    Raises TitleError where the title is empty, too long, unchanged or another role's (merge these instead).
    """
    raise NotImplementedError


def undo_event(event: Event, by: User | None) -> Event:
    """Undo a merge, a renaming or another title, once. Raises TitleError where later steps are in the way."""
    raise NotImplementedError
