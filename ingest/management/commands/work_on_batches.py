"""`manage.py work_on_batches`: a worker, on this machine or another one with the same database."""

import logging
from socket import gethostname
from time import monotonic, sleep
from typing import Any

from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import InterfaceError, OperationalError, close_old_connections
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from ingest.batches.background import enqueue_forgotten_batches, has_workers
from ingest.management.terminal import LongCommand

IDLE_SECONDS = 1.0  # between two looks for tasks
SECONDS_BETWEEN_ROUNDS = 15.0
SECONDS_AFTER_FAILURE = 5.0  # of the database
DAYS_KEPT = 7  # of tasks that are done

log = logging.getLogger(__name__)


class Command(LongCommand):
    help = "Work on uploads and rereadings, with TASKS=database, until it is stopped (SIGTERM or Ctrl+C)."

    def handle(self, *args: Any, **options: Any) -> None:
        if not has_workers():
            raise CommandError("Set TASKS=database here and where the site is served: otherwise no worker is needed.")
        worker = BatchWorker()
        worker.configure_signals()
        self.stdout.write(f"Working on batches as {worker.worker_id}.")
        worker.run()


class BatchWorker(Worker):
    """The worker of django-tasks-db, which also makes rounds: it enqueues what was lost with another worker."""

    def __init__(self) -> None:
        super().__init__(
            queue_names=["default"],
            interval=IDLE_SECONDS,
            batch=True,  # `run` of the package ends when no task waits
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=f"{gethostname()[:40]}-{get_random_string(8)}",
            excluded_queue_names=[],
        )
        self.next_round = 0.0

    def run(self) -> None:
        while self.running:
            try:
                self.make_round_if_due()
                super().run()
                sleep(IDLE_SECONDS)
            except (OperationalError, InterfaceError) as error:
                log.warning("The database failed (%s). Trying again.", str(error).strip())
                close_old_connections()
                sleep(SECONDS_AFTER_FAILURE)

    def run_task(self, db_task_result: DBTaskResult[Any, Any]) -> None:
        super().run_task(db_task_result)
        self.make_round_if_due()

    def make_round_if_due(self) -> None:
        if monotonic() >= self.next_round:
            enqueue_forgotten_batches()
            call_command("prune_db_task_results", min_age_days=DAYS_KEPT, verbosity=0)
            self.next_round = monotonic() + SECONDS_BETWEEN_ROUNDS
