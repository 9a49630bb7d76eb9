"""The work on a batch, piece by piece: each piece is one transaction, short enough for others to come between."""

from collections.abc import Callable, Collection
from time import monotonic
from typing import Literal

from django.contrib.auth.models import User
from django.db import DatabaseError, InterfaceError, OperationalError, transaction

from ingest.batches.previews import page_to_load, rehearse_some, said
from ingest.batches.progress import BROUGHT, Progress, progress
from ingest.batches.uploads import locked, take_apart
from ingest.loading import Changes, load_some, reread, settle, settle_some, take_back
from ingest.models import Batch, Draft, Page

PIECE = 0.25  # seconds: others who write wait no longer than about this
LOADED_AT_ONCE = 20
BYTES_AT_ONCE = 1_000_000

LOADABLE = (Draft.Status.NEW, Draft.Status.CHANGED, Draft.Status.SAME)
NOT_LOADED = ("", Draft.Outcome.UNDONE, Draft.Outcome.REFUSED)


def work(batch: Batch, seconds: float = 1.0) -> Progress:
    """Do the next pieces of what the batch is at for about that long.

    Safe to call at any time, by several processes at once, after a kill and after an error.
    Refreshes `batch`. When the database fails, the piece under way is as if it had not begun.
    """
    until = monotonic() + seconds
    try:
        while _piece(batch, until) and monotonic() < until:
            pass
        batch.refresh_from_db()
        return progress(batch)
    except (OperationalError, InterfaceError) as error:
        return _after_failure(batch, error)


def _piece(batch: Batch, until: float) -> bool:
    """Do one piece; whether there may be more."""
    with transaction.atomic():
        held = locked(batch)
        do = PIECES.get(Batch.Stage(held.stage))
        if do is None or held.stopped:
            return False
        do(held, min(until, monotonic() + PIECE))
    return True


def _after_failure(batch: Batch, error: Exception) -> Progress:
    message = (
        f"The database could not do this now ({str(error).strip() or type(error).__name__}). Nothing is half done; "
        "what was done before stays, and going on finishes the rest."
    )
    try:
        batch.refresh_from_db()
        return progress(batch, message)
    except DatabaseError:
        return Progress(Batch.Stage(batch.stage), 0, 0, working=True, stopped=batch.stopped, error=message)


# -- the stages -------------------------------------------------------------------------------


def _read(batch: Batch, until: float) -> None:
    if archive := batch.archives.first():
        archive.batch = batch
        take_apart(archive, until)
    elif not rehearse_some(batch, until):
        _go_to(batch, Batch.Stage.PREVIEWED)


def _load(batch: Batch, until: float) -> None:
    some = _next_wanted(batch)
    if not some:
        if settle_some() is None:
            _finish(batch)
        return
    if batch.kind == Batch.Kind.REREAD:
        outcomes = reread([draft.page for draft in some if draft.page], by=batch.decided_by, batch=batch)
    else:
        known = said(batch)
        for draft in some:
            known.apply(draft, batch.decided_by)
        outcomes = load_some([page_to_load(draft, batch) for draft in some], batch.decided_by, batch)
    for draft, changes in zip(some, outcomes, strict=True):
        _keep(draft, changes)


def _next_wanted(batch: Batch) -> list[Draft]:
    some: list[Draft] = []
    size = 0
    for draft in batch.drafts.filter(selected=True).order_by("pk").select_related("page")[:LOADED_AT_ONCE]:
        size += len(draft.page.content if draft.page else draft.content)
        if some and size > BYTES_AT_ONCE:
            break
        draft.batch = batch
        some.append(draft)
    return some


def _keep(draft: Draft, changes: Changes) -> None:
    """What became of a draft, in the transaction of its load. The page has the content from now on."""
    draft.selected = False
    draft.error = changes.error or ""
    draft.outcome = Draft.Outcome.KNOWN if changes.known else Draft.Outcome(changes.status)
    if changes.page is not None:
        draft.page_id, draft.content = changes.page, b""
    draft.save(update_fields=["selected", "error", "outcome", "page", "content"])


def _undo(batch: Batch, until: float) -> None:
    some = list(
        batch.drafts.filter(selected=True).order_by("pk").select_related("page").defer("content")[:LOADED_AT_ONCE]
    )
    for number, draft in enumerate(some):
        if number and monotonic() > until:
            break
        if draft.page:
            take_back(draft.page, by=batch.decided_by, batch=batch)
        draft.selected, draft.outcome = False, Draft.Outcome.UNDONE
        draft.save(update_fields=["selected", "outcome"])
    if not some and settle_some() is None:
        _finish(batch)


def _finish(batch: Batch) -> None:
    """All of a run is through. What came or was chosen meanwhile is rehearsed next."""
    to_read = batch.archives.exists() or batch.drafts.filter(status="").exists()
    done = Batch.Stage.UNDONE if batch.stage == Batch.Stage.UNDOING else Batch.Stage.DONE
    _go_to(batch, Batch.Stage.READING if to_read else done)


def _go_to(batch: Batch, stage: Batch.Stage) -> None:
    batch.stage = stage
    batch.save(update_fields=["stage"])


PIECES: dict[Batch.Stage, Callable[[Batch, float], None]] = {
    Batch.Stage.READING: _read,
    Batch.Stage.LOADING: _load,
    Batch.Stage.UNDOING: _undo,
}


# -- what a person decides --------------------------------------------------------------------


def stop(batch: Batch) -> None:
    """Stop after the piece under way; what is done stays. `resume` goes on."""
    Batch.objects.filter(pk=batch.pk).update(stopped=True)


def resume(batch: Batch) -> None:
    Batch.objects.filter(pk=batch.pk).update(stopped=False)


def start_loading(batch: Batch, which: Literal["all"] | Collection[int], by: User | None) -> int:
    """Want all drafts of a batch that can be loaded, or those with these keys; `work` loads them. Returns how many.

    Also after an undo: those taken back are loaded again from their stored pages.
    """
    with transaction.atomic():
        batch = locked(batch)
        if batch.stage in (Batch.Stage.READING, Batch.Stage.UNDOING):
            return 0
        wanted = batch.drafts.filter(status__in=LOADABLE, outcome__in=NOT_LOADED)
        if which != "all":
            wanted = wanted.filter(pk__in=which)
        return _start(batch, Batch.Stage.LOADING, wanted.update(selected=True), by)


def start_undoing(batch: Batch, by: User | None) -> int:
    """Have all pages that this batch has loaded taken back; `work` does it. Returns how many."""
    with transaction.atomic():
        batch = locked(batch)
        if batch.stage in (Batch.Stage.LOADING, Batch.Stage.UNDOING) or batch.kind == Batch.Kind.REREAD:
            return 0
        brought = batch.drafts.filter(outcome__in=BROUGHT)
        return _start(batch, Batch.Stage.UNDOING, brought.update(selected=True), by)


def _start(batch: Batch, stage: Batch.Stage, wanted: int, by: User | None) -> int:
    if wanted:
        batch.stage, batch.stopped, batch.decided_by = stage, False, by
        batch.run_total = batch.drafts.filter(selected=True).count()
        batch.save(update_fields=["stage", "stopped", "decided_by", "run_total"])
    return wanted


# -- single pages -----------------------------------------------------------------------------


def undo_page(page: Page, by: User | None) -> None:
    """Take back one page, whatever brought it."""
    with transaction.atomic():
        take_back(page, by=by)
        Draft.objects.filter(page=page, outcome__in=BROUGHT).update(outcome=Draft.Outcome.UNDONE)
    settle(seconds=1.0)


def load_again(page: Page, by: User | None) -> Changes:
    """Load a page that was taken back, from its stored bytes."""
    with transaction.atomic():
        [changes] = load_some([Page(name=page.name, content=bytes(page.content))], by)
        if changes.page is not None:
            again = Draft.objects.filter(page=page, outcome=Draft.Outcome.UNDONE)
            again.update(outcome=Draft.Outcome(changes.status))
    settle(seconds=1.0)
    return changes
