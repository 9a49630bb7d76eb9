"""Drops of pages, worked off in pieces: taken apart, rehearsed, loaded, taken back, read again.

A request does a second or so of whatever is next and says how far it is; everything is in the database, so any
process can go on at any time. Each piece is one transaction in which the outcome of a page is kept together with
the page: whatever is killed, no page is half there and none is loaded twice.
"""

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import IO, Any, Literal, TypeVar

from django.contrib.auth.models import User
from django.db.models import QuerySet

from ingest.loading import Changes
from ingest.models import Archive, Batch, Draft, Page

Seen = TypeVar("Seen")

ENTERED = ("publisher", "url", "captured_on", "licence", "licence_url")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a batch is in its stage. `error`: a sentence for people when the database failed this time.

    `working`: there is more to do now, call `work` again (also after an error, a little later).
    """

    stage: Batch.Stage
    done: int
    total: int
    working: bool
    stopped: bool
    error: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """A batch in numbers. `new_roles`: over the whole batch, each counted once, however many pages bring it."""

    pages: int
    statuses: Counter[str]  # of Draft.Status, "" for those not yet rehearsed
    outcomes: Counter[str]  # of Draft.Outcome, "" for those not loaded
    to_choose: int  # pages with something to choose
    warnings: int  # pages with warnings
    new_roles: int
    archives: tuple[Archive, ...]  # those still to be taken apart


# -- what comes in ----------------------------------------------------------------------------


def open_batch(by: User | None, entered: Mapping[str, Any]) -> Batch:
    """An empty batch. `entered`: some of ENTERED, as valid values of the model's fields."""
    raise NotImplementedError


def open_rereading(by: User | None, pages: QuerySet[Page]) -> Batch:
    """A batch that reads these stored pages again: rehearsed and applied through the same functions."""
    raise NotImplementedError


def add_file(batch: Batch, name: str, file: IO[bytes]) -> Draft | Archive:
    """Put a file into a batch; a .zip is kept as it is and taken apart by `work`.

    The same content twice, be it a second name or a request sent again, is one draft. A file that cannot be a page
    becomes a draft that is refused and says why. A text pasted is a file named "pasted-1.txt".
    """
    raise NotImplementedError


# -- the work ---------------------------------------------------------------------------------


def work(batch: Batch, seconds: float = 1.0) -> Progress:
    """Do the next pieces of what the batch is at for about that long.

    Safe to call at any time, by several processes at once, after a kill and after an error. Refreshes `batch`.
    """
    raise NotImplementedError


def progress(batch: Batch, error: str = "") -> Progress:
    """How far a batch is, without doing anything."""
    raise NotImplementedError


def stop(batch: Batch) -> None:
    """Stop after the piece under way; what is done stays. `resume` goes on."""
    raise NotImplementedError


def resume(batch: Batch) -> None:
    raise NotImplementedError


def summary(batch: Batch) -> Summary:
    raise NotImplementedError


def pages_with_role(batch: Batch) -> Counter[str]:
    """Title key -> how many drafts of the batch bring this new role; to mark those that several bring."""
    raise NotImplementedError


# -- rehearsing and choosing ------------------------------------------------------------------


def rehearse(draft: Draft, look: Callable[[Page, Changes], Seen]) -> tuple[Changes, Seen | None]:
    """What loading this page would do now, and what `look` sees of it while it is stored; nothing is kept.

    `look` is given the stored page, and not called when the page is refused. For a page of the batch that is loaded
    already, or was before, it is the page as it is stored.
    """
    raise NotImplementedError


def enter(draft: Draft, entered: Mapping[str, Any]) -> None:
    """Set some of ENTERED for this page alone (empty: what the batch has), and rehearse it anew."""
    raise NotImplementedError


def choose(draft: Draft, key: str, field: str, text: str | None, by: User | None) -> None:
    """Choose one value of a page that is not loaded: `key` of the title, vocabulary key, None for "not published".

    The other role's half is chosen with it when only one of its candidates goes with this one and it has no choice
    yet. The draft, and those of the batch that ask for a name chosen here, are rehearsed anew (by `work`).
    Raises UnreadableError, with a sentence for people, where the text cannot be such a value.
    """
    raise NotImplementedError


def choose_stored(page: Page, key: str, field: str, text: str | None, by: User | None) -> None:
    """The same for a page that is loaded: it is read again with the choice at once."""
    raise NotImplementedError


def same_role(batch: Batch, key: str, slug: str | None) -> None:
    """Say of a new title in this batch that it is another title of a stored role, or (None) a role of its own.

    The other title is made in the transaction that loads the first page with it. Raises UnreadableError where there is
    no such role.
    """
    raise NotImplementedError


# -- loading and taking back ------------------------------------------------------------------


def start_loading(batch: Batch, which: Literal["all"] | Collection[int], by: User | None) -> int:
    """Want all drafts of a batch that can be loaded, or those with these keys; `work` loads them. Returns how many.

    Also after an undo: those taken back are loaded again from their stored pages.
    """
    raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Going:
    """What taking pages back would remove. `roles`: (slug, title) of those that no other page speaks of.

    `more_roles`: how many beyond these.
    """

    pages: int
    roles: tuple[tuple[str, str], ...]
    more_roles: int = 0


def going(pages: QuerySet[Page]) -> Going:
    """What taking back these pages would remove; ask before `undo` and `start_undoing`."""
    raise NotImplementedError


def pages_of(batch: Batch) -> QuerySet[Page]:
    """The pages that this batch has loaded and that are stored: those that taking it back takes back."""
    raise NotImplementedError


def start_undoing(batch: Batch, by: User | None) -> int:
    """Have all pages that this batch has loaded taken back; `work` does it. Returns how many."""
    raise NotImplementedError


def undo_page(page: Page, by: User | None) -> None:
    """Take back one page, whatever brought it."""
    raise NotImplementedError


def load_again(page: Page, by: User | None) -> Changes:
    """Load a page that was taken back, from its stored bytes."""
    raise NotImplementedError
