"""The work on batches as tasks, by Django's task interface.

By default a task runs where it is enqueued: in the request of a screen that shows the batch. With workers, a task does
a few seconds of work and enqueues the next, and each batch remembers its last task. If that one failed, or is gone
with its worker, whoever looks next enqueues another. Two tasks for one batch take turns, so a wrong guess does no harm.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks import TaskContext, TaskResult, TaskResultStatus, default_task_backend, task
from django_tasks.exceptions import TaskResultDoesNotExist

from ingest.batches.progress import BatchProgress
from ingest.batches.worker import STEPS, do_steps, report_progress
from ingest.models import Batch

SECONDS_PER_REQUEST = 1.0
SECONDS_PER_TASK = 5.0
GONE_AFTER = timedelta(seconds=30)  # since a task began: its worker was killed, or is stuck
REST_AFTER_FAILURE = timedelta(seconds=15)
WAITED_LONG = timedelta(seconds=15)  # for a worker to start a task


class BatchTaskError(Exception):
    """A task failed; the message says why."""


def has_workers() -> bool:
    """Whether tasks wait for workers, whose results any process can look up."""
    return default_task_backend.supports_get_result


@task(takes_context=True)
def work_on_batch(context: TaskContext, key: int) -> str:
    """Do the next steps of the batch with this key. If tasks run at once, a failure of the database is returned."""
    batch = Batch.objects.filter(pk=key).first()
    if batch is None:
        return ""  # it was discarded
    if not has_workers():
        return do_steps(batch, SECONDS_PER_REQUEST)
    if failure := do_steps(batch, SECONDS_PER_TASK):
        raise BatchTaskError(failure)
    enqueue_task(batch, ended=context.task_result.id)
    return ""


def continue_batch(batch: Batch) -> BatchProgress:
    """Do the next steps of a batch or, if there are workers, make sure that one does them. Refreshes `batch`."""
    if has_workers():
        enqueue_task(batch)
        return report_progress(batch)
    result = work_on_batch.enqueue(batch.pk)
    if result.status == TaskResultStatus.FAILED:
        raise BatchTaskError(result.errors[0].traceback)
    return report_progress(batch, result.return_value or "")


def enqueue_task(batch: Batch, *, ended: str = "") -> None:
    """Enqueue a task for a batch that is at work, unless it has one. Does nothing without workers.

    `ended`: the task that asks, which is about to end.
    """
    if not has_workers() or has_task(batch, ended):
        return  # without the lock: whoever works on the batch has it most of the time
    with transaction.atomic():
        # Nobody waits for a step that takes longer than GONE_AFTER: somebody works on the batch then.
        locked = Batch.objects.select_for_update(skip_locked=not ended).filter(pk=batch.pk).first()
        if locked and is_at_work(locked) and not has_task(locked, ended):
            locked.task = work_on_batch.enqueue(locked.pk).id
            locked.save(update_fields=["task"])


def enqueue_forgotten_batches() -> None:
    """Enqueue tasks for the batches that are at work and have none."""
    if has_workers():
        for batch in Batch.objects.filter(stage__in=STEPS, stopped=False).order_by("pk"):
            enqueue_task(batch)


def is_at_work(batch: Batch) -> bool:
    return Batch.Stage(batch.stage) in STEPS and not batch.stopped


def has_task(batch: Batch, ended: str) -> bool:
    """Whether a task for this batch, other than the one that is about to end, waits, runs, or failed a moment ago."""
    result = _find_last_task(batch)
    if result is None or result.id == ended:
        return False
    if result.status == TaskResultStatus.RUNNING:
        return _is_younger(result.started_at, GONE_AFTER)
    if result.status == TaskResultStatus.FAILED:
        return _is_younger(result.finished_at, REST_AFTER_FAILURE)
    return result.status == TaskResultStatus.READY


def describe_trouble(batch: Batch) -> str:
    """A sentence about a batch that is at work but makes no progress; "" if all is well or there are no workers."""
    result = _find_last_task(batch) if has_workers() and is_at_work(batch) else None
    if result is None:
        return ""
    if result.status == TaskResultStatus.FAILED:
        return "A worker failed here and tries again in a moment; its log says why."
    if result.status == TaskResultStatus.READY and not _is_younger(result.enqueued_at, WAITED_LONG):
        return "It waits for a worker: all are busy, or none is running."
    return ""


def _find_last_task(batch: Batch) -> TaskResult[str] | None:
    """The result of the task that a batch remembers; None if it has none, or one of another installation."""
    if not batch.task:
        return None
    try:
        return work_on_batch.get_result(batch.task)
    except TaskResultDoesNotExist:
        return None


def _is_younger(moment: datetime | None, age: timedelta) -> bool:
    return moment is not None and moment > timezone.now() - age
