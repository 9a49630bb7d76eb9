"""The work on a batch, step by step: each step is one transaction, short enough to let other writers in between."""

from collections.abc import Callable, Collection
from time import monotonic
from typing import Literal

from django.contrib.auth.models import User
from django.db import DatabaseError, InterfaceError, OperationalError, transaction

from careers.bulk import update_columns
from ingest.batches.previews import collect_answers, limit_size, make_unsaved_page, preview_some
from ingest.batches.progress import LOADED_OUTCOMES, BatchProgress, measure_progress
from ingest.batches.uploads import lock_batch, unpack_some
from ingest.loading.load import LoadResult, load_chunk, reread_pages
from ingest.loading.pauses import WriterPauses
from ingest.loading.propagation import propagate, propagate_chunk
from ingest.loading.removal import remove_facts
from ingest.models import Batch, Draft, Page

STEP_SECONDS = 0.25  # other writers wait about this long at most
UNDONE_AT_ONCE = 200  # pages, which take less time to undo than to load

LOADABLE = (Draft.Status.NEW, Draft.Status.CHANGED, Draft.Status.SAME)
SHOWN_FIELDS = ("also_named", "warnings", "ambiguous", "unread", "warning_kinds")  # that loading a draft does not read
NOT_LOADED = ("", Draft.Outcome.UNDONE, Draft.Outcome.REFUSED)


def continue_here(batch: Batch, seconds: float = 1.0) -> BatchProgress:
    """Do the next steps of a batch in this process for about this long, at least one of them. Refreshes `batch`."""
    return report_progress(batch, do_steps(batch, seconds))


def do_steps(batch: Batch, seconds: float) -> str:
    """Do the next steps. Return a sentence for people if the database failed, else "". A failed step is rolled back.

    Safe to call at any time, by several processes at once, after a kill and after an error.
    """
    until = monotonic() + seconds
    pauses = WriterPauses()
    try:
        while _do_step(batch, until) and monotonic() < until:
            pauses.pause_if_due()
    except (OperationalError, InterfaceError) as error:
        return _describe_failure(error)
    return ""


def _do_step(batch: Batch, until: float) -> bool:
    """Do one step. Return whether there may be more."""
    with transaction.atomic():
        locked = Batch.objects.select_for_update().filter(pk=batch.pk).first()
        step = STEPS.get(Batch.Stage(locked.stage)) if locked else None
        if locked is None or step is None or locked.stopped:  # none: it was discarded
            return False
        step(locked, min(until, monotonic() + STEP_SECONDS))
    return True


def report_progress(batch: Batch, error: str = "") -> BatchProgress:
    """How far a batch is, with the sentence of `do_steps`. Refreshes `batch`."""
    try:
        batch.refresh_from_db()
        return measure_progress(batch, error)
    except (DatabaseError, InterfaceError) as failure:
        error = error or _describe_failure(failure)
        return BatchProgress(Batch.Stage(batch.stage), 0, 0, working=True, stopped=batch.stopped, error=error)


def _describe_failure(error: Exception) -> str:
    return (
        f"The database failed ({str(error).strip() or type(error).__name__}). Nothing is half stored and nothing is "
        "lost: continue to finish the rest."
    )


# -- the stages -------------------------------------------------------------------------------


def _read_some(batch: Batch, until: float) -> None:
    if archive := batch.archives.first():
        archive.batch = batch
        unpack_some(archive, until)
    elif not preview_some(batch, until):
        _set_stage(batch, Batch.Stage.PREVIEWED)


def _load_some(batch: Batch, until: float) -> None:
    drafts = _find_next_selected(batch)
    if not drafts:
        if propagate_chunk() is None:
            _finish_run(batch)
        return
    if batch.kind == Batch.Kind.REREAD:
        results = reread_pages([draft.page for draft in drafts if draft.page], by=batch.decided_by, batch=batch)
    else:
        answers = collect_answers(batch)
        for draft in drafts:
            answers.store(draft, batch.decided_by)
        results = load_chunk([make_unsaved_page(draft) for draft in drafts], batch.decided_by, batch)
    for draft, result in zip(drafts, results, strict=True):
        _set_outcome(draft, result)
    update_columns(drafts, ["selected", "error", "outcome", "page", "content", "kept_reading"])


def _find_next_selected(batch: Batch) -> list[Draft]:
    """The next drafts to load or read again. Tables that only add to occupations come last."""
    selected = batch.drafts.filter(selected=True).order_by("pk").select_related("page").defer(*SHOWN_FIELDS)
    drafts = _end_before_table(limit_size(selected.filter(joins_occupations=False)) or limit_size(selected))
    for draft in drafts:
        draft.batch = batch
    return drafts


def _end_before_table(drafts: list[Draft]) -> list[Draft]:
    """The first of these drafts. A table takes seconds, so it is alone: others who write wait for no second one."""
    for position, draft in enumerate(drafts):
        if draft.layout == "table":
            return drafts[: max(position, 1)]
    return drafts


def _set_outcome(draft: Draft, result: LoadResult) -> None:
    """Set on a draft what loading did. From now on the page holds the content."""
    draft.selected = False
    draft.error = result.error or ""
    draft.outcome = Draft.Outcome.KNOWN if result.already_loaded else Draft.Outcome(result.status)
    if result.page is not None:
        draft.page_id, draft.content, draft.kept_reading = result.page, b"", b""


def _undo_some(batch: Batch, until: float) -> None:
    selected = batch.drafts.filter(selected=True).order_by("pk")
    drafts = list(selected.select_related("page").defer("content", "page__content")[:UNDONE_AT_ONCE])
    remove_facts([draft.page for draft in drafts if draft.page], by=batch.decided_by, batch=batch)
    batch.drafts.filter(pk__in=[draft.pk for draft in drafts]).update(selected=False, outcome=Draft.Outcome.UNDONE)
    if not drafts and propagate_chunk() is None:
        _finish_run(batch)


def _finish_run(batch: Batch) -> None:
    """End a run. What was uploaded or chosen in the meantime is previewed next."""
    if batch.archives.exists() or batch.drafts.filter(status="").exists():
        _set_stage(batch, Batch.Stage.READING)
    elif batch.stage == Batch.Stage.UNDOING:
        _set_stage(batch, Batch.Stage.UNDONE)
    else:
        _set_stage(batch, Batch.Stage.DONE)


def _set_stage(batch: Batch, stage: Batch.Stage) -> None:
    batch.stage = stage
    batch.save(update_fields=["stage"])


STEPS: dict[Batch.Stage, Callable[[Batch, float], None]] = {
    Batch.Stage.READING: _read_some,
    Batch.Stage.LOADING: _load_some,
    Batch.Stage.UNDOING: _undo_some,
}


# -- what a person decides --------------------------------------------------------------------


def stop_batch(batch: Batch) -> None:
    """Stop after the current step; what is done stays. `resume_batch` continues."""
    Batch.objects.filter(pk=batch.pk).update(stopped=True)


def resume_batch(batch: Batch) -> None:
    Batch.objects.filter(pk=batch.pk).update(stopped=False)


def start_loading(batch: Batch, which: Literal["all"] | Collection[int], by: User | None) -> int:
    """Select all drafts of a batch that can be loaded, or those with these keys; returns how many.

    The next steps load them. After an undo, the same drafts are loaded again from their stored pages.
    """
    with transaction.atomic():
        batch = lock_batch(batch)
        if batch.stage in (Batch.Stage.READING, Batch.Stage.UNDOING):
            return 0
        loadable = batch.drafts.filter(status__in=LOADABLE, outcome__in=NOT_LOADED)
        if which != "all":
            loadable = loadable.filter(pk__in=which)
        return _start_run(batch, Batch.Stage.LOADING, loadable.update(selected=True), by)


def start_undoing(batch: Batch, by: User | None) -> int:
    """Select all pages that this batch loaded, to be undone by the next steps; returns how many."""
    with transaction.atomic():
        batch = lock_batch(batch)
        if batch.stage in (Batch.Stage.LOADING, Batch.Stage.UNDOING) or batch.kind == Batch.Kind.REREAD:
            return 0
        loaded = batch.drafts.filter(outcome__in=LOADED_OUTCOMES)
        return _start_run(batch, Batch.Stage.UNDOING, loaded.update(selected=True), by)


def _start_run(batch: Batch, stage: Batch.Stage, selected: int, by: User | None) -> int:
    if selected:
        batch.stage, batch.stopped, batch.decided_by = stage, False, by
        batch.run_total = batch.drafts.filter(selected=True).count()
        batch.save(update_fields=["stage", "stopped", "decided_by", "run_total"])
    return selected


# -- single pages -----------------------------------------------------------------------------


def undo_page(page: Page, by: User | None) -> None:
    """Undo the loading of one page, whichever batch or command loaded it."""
    with transaction.atomic():
        remove_facts([page], by=by)
        Draft.objects.filter(page=page, outcome__in=LOADED_OUTCOMES).update(outcome=Draft.Outcome.UNDONE)
    propagate(seconds=1.0)


def load_page_again(page: Page, by: User | None) -> LoadResult:
    """Load a page whose loading was undone, from its stored bytes."""
    with transaction.atomic():
        [result] = load_chunk([Page(name=page.name, content=bytes(page.content))], by)
        if result.page is not None:
            drafts = Draft.objects.filter(page=page, outcome=Draft.Outcome.UNDONE)
            drafts.update(outcome=Draft.Outcome(result.status))
    propagate(seconds=1.0)
    return result
