"""Batches that workers finish: what the screens hand over, and what becomes of work whose worker is gone."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult
from pytest_django.fixtures import Settings

from ingest.batches import background, worker
from ingest.management.commands import work_on_batches
from ingest.management.commands.work_on_batches import BatchWorker
from ingest.models import Batch, Page
from tests.databases import execute_sql
from tests.ingest.admin_steps import CLEAR, GUIDE, UPLOAD, make_upload, show_batch
from tests.ingest.batch_processes import Ask, count_stored
from tests.ingest.batch_steps import make_batch
from tests.ingest.small_pages import write_pipe
from tests.ingest.stopping_process import end_when_stopped

PROJECT = Path(__file__).parents[2]


@pytest.fixture
def workers(db: None, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(db_worker, "close_old_connections", lambda: None)  # it would close that of the test
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def work_until_idle() -> None:
    db_worker.Worker.run(BatchWorker())


def upload(client: Client) -> Batch:
    client.post(UPLOAD, {"files": [make_upload(CLEAR), make_upload(GUIDE)]})
    return Batch.objects.latest("pk")


def ask_for_progress(client: Client, batch: Batch) -> dict[str, Any]:
    address = reverse("admin:ingest_batch_work", args=[batch.pk])
    answer: dict[str, Any] = json.loads(client.post(address, headers={"Accept": "application/json"}).content)
    return answer


def make_older(batch: Batch, seconds: float, **state: Any) -> None:
    """Give the task of a batch this state and this age in seconds."""
    moment = timezone.now() - timedelta(seconds=seconds)
    batch.refresh_from_db()
    task = DBTaskResult.objects.filter(pk=batch.task)
    assert task.update(enqueued_at=moment, started_at=moment, finished_at=moment, **state) == 1


def count_tasks() -> int:
    return DBTaskResult.objects.count()


# -- by default -------------------------------------------------------------------------------


@pytest.mark.django_db
def test_without_workers_the_screen_itself_does_the_work_and_no_task_is_stored(ann: Client) -> None:
    batch = upload(ann)

    progress = ask_for_progress(ann, batch)

    assert (progress["done"], progress["wait"], count_tasks()) == (2, 0, 0)


@pytest.mark.django_db
def test_a_fault_of_ours_is_not_hidden_by_the_task_that_it_happened_in(monkeypatch: pytest.MonkeyPatch) -> None:
    batch = make_batch(write_pipe("Baker", "Miller"))
    worker.start_loading(batch, "all", None)
    monkeypatch.setattr(worker, "load_chunk", lambda *args: 1 // 0)

    with pytest.raises(background.BatchTaskError, match="ZeroDivisionError"):
        background.continue_batch(batch)


def test_the_command_of_workers_says_which_setting_it_needs() -> None:
    with pytest.raises(CommandError, match="TASKS=database"):
        call_command("work_on_batches")


# -- with workers -----------------------------------------------------------------------------


@pytest.mark.usefixtures("workers")
def test_an_upload_is_previewed_loaded_and_undone_without_a_window_that_shows_it(ann: Client) -> None:
    batch = upload(ann)
    batch.refresh_from_db()
    assert (batch.stage, count_tasks()) == (Batch.Stage.READING, 1)
    work_until_idle()
    batch.refresh_from_db()
    assert batch.stage == Batch.Stage.PREVIEWED

    ann.post(reverse("admin:ingest_batch_load", args=[batch.pk]), {"which": "all"})
    work_until_idle()
    batch.refresh_from_db()
    assert (batch.stage, Page.objects.exclude(citation=None).count()) == (Batch.Stage.DONE, 2)

    ann.post(reverse("admin:ingest_batch_undo", args=[batch.pk]))
    work_until_idle()
    batch.refresh_from_db()
    assert (batch.stage, Page.objects.exclude(citation=None).count()) == (Batch.Stage.UNDONE, 0)


@pytest.mark.usefixtures("workers")
def test_the_screen_watches_and_does_none_of_the_work(ann: Client) -> None:
    batch = upload(ann)

    looks = [ask_for_progress(ann, batch) for _ in range(3)]

    assert [(look["done"], look["total"], look["working"], look["wait"]) for look in looks] == [(0, 2, True, 1)] * 3
    assert count_tasks() == 1
    assert "The work goes on without it." in show_batch(ann, batch)


@pytest.mark.usefixtures("workers")
def test_pages_are_read_again_by_workers_too(ann: Client) -> None:
    batch = upload(ann)
    work_until_idle()
    ann.post(reverse("admin:ingest_batch_load", args=[batch.pk]), {"which": "all"})
    work_until_idle()
    [page, _] = Page.objects.order_by("pk")

    ann.post(reverse("admin:ingest_page_reread", args=[page.pk]))
    work_until_idle()

    assert Batch.objects.latest("pk").stage == Batch.Stage.PREVIEWED


@pytest.mark.usefixtures("workers")
def test_a_stopped_batch_gets_no_task_until_somebody_continues_it(ann: Client) -> None:
    batch = upload(ann)
    ann.post(reverse("admin:ingest_batch_stop", args=[batch.pk]))
    work_until_idle()
    batch.refresh_from_db()
    assert (batch.stage, batch.drafts.filter(status="").count()) == (Batch.Stage.READING, 2)
    background.enqueue_forgotten_batches()
    assert count_tasks() == 1

    ann.post(reverse("admin:ingest_batch_resume", args=[batch.pk]))
    work_until_idle()

    batch.refresh_from_db()
    assert batch.stage == Batch.Stage.PREVIEWED


@pytest.mark.usefixtures("workers")
def test_a_discarded_batch_leaves_a_task_that_does_nothing(ann: Client) -> None:
    batch = upload(ann)
    ann.post(reverse("admin:ingest_batch_discard", args=[batch.pk]))

    work_until_idle()

    assert [task.status for task in DBTaskResult.objects.all()] == ["SUCCESSFUL"]


# -- when a worker is gone --------------------------------------------------------------------


@pytest.mark.usefixtures("workers")
def test_a_task_that_began_long_ago_counts_as_lost_and_one_that_began_just_now_does_not(ann: Client) -> None:
    batch = upload(ann)
    make_older(batch, 5, status="RUNNING")
    background.enqueue_forgotten_batches()
    assert count_tasks() == 1

    make_older(batch, 31, status="RUNNING")
    background.enqueue_forgotten_batches()
    background.enqueue_forgotten_batches()
    ask_for_progress(ann, batch)

    assert count_tasks() == 2
    work_until_idle()
    batch.refresh_from_db()
    assert batch.stage == Batch.Stage.PREVIEWED


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite locks no rows")
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("workers")
def test_the_screen_does_not_wait_for_a_step_that_takes_long(ann: Client) -> None:
    batch = upload(ann)
    make_older(batch, seconds=60, status="RUNNING")
    other = connection.copy()
    other.set_autocommit(False)
    with closing(other):
        other.cursor().execute("SELECT 1 FROM ingest_batch WHERE id = %s FOR UPDATE", [batch.pk])
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = 500")
            try:
                assert ask_for_progress(ann, batch)["working"]
            finally:
                cursor.execute("RESET lock_timeout")
        other.rollback()
    assert count_tasks() == 1


@pytest.mark.usefixtures("workers")
def test_a_batch_whose_task_is_of_another_installation_gets_a_new_one(ann: Client) -> None:
    upload(ann)
    DBTaskResult.objects.all().delete()  # as after `manage.py restore`

    background.enqueue_forgotten_batches()

    assert count_tasks() == 1


@pytest.mark.usefixtures("workers")
def test_a_task_that_failed_is_tried_again_after_a_rest_and_the_screen_says_so(
    ann: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = upload(ann)
    with monkeypatch.context() as patched:
        patched.setattr(background, "do_steps", lambda *args: "The database failed.")
        work_until_idle()

    progress = ask_for_progress(ann, batch)
    assert progress["message"] == (
        "0 of 2 pages previewed. A worker failed here and tries again in a moment; its log says why."
    )
    assert count_tasks() == 1

    make_older(batch, 16)
    background.enqueue_forgotten_batches()
    assert count_tasks() == 2
    work_until_idle()
    batch.refresh_from_db()
    assert batch.stage == Batch.Stage.PREVIEWED


@pytest.mark.usefixtures("workers")
def test_the_screen_says_when_no_worker_takes_the_batch_up(ann: Client) -> None:
    batch = upload(ann)
    assert ask_for_progress(ann, batch)["message"] == "0 of 2 pages previewed."

    make_older(batch, 16)

    assert ask_for_progress(ann, batch)["message"] == (
        "0 of 2 pages previewed. It waits for a worker: all are busy, or none is running."
    )


@pytest.mark.usefixtures("workers")
def test_tasks_that_are_done_are_kept_for_a_week(ann: Client) -> None:
    batch = upload(ann)
    work_until_idle()
    make_older(batch, 6 * 86_400)
    BatchWorker().make_round_if_due()
    assert count_tasks() == 1

    make_older(batch, 8 * 86_400)
    BatchWorker().make_round_if_due()

    assert count_tasks() == 0


@pytest.mark.usefixtures("workers")
def test_a_worker_outlives_a_database_that_fails_and_says_so_in_one_line(
    ann: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    batch = upload(ann)
    idle = BatchWorker()
    answers = iter([OperationalError("server closed the connection"), None])

    def look_for_forgotten() -> None:
        if error := next(answers):
            raise error
        idle.running = False  # as when it is told to stop

    monkeypatch.setattr(work_on_batches, "enqueue_forgotten_batches", look_for_forgotten)
    monkeypatch.setattr(work_on_batches, "SECONDS_AFTER_FAILURE", 0)
    monkeypatch.setattr(work_on_batches, "close_old_connections", lambda: None)
    idle.run()

    assert [record.getMessage() for record in caplog.records] == [
        "The database failed (server closed the connection). Trying again."
    ]
    assert caplog.records[0].exc_info is None
    batch.refresh_from_db()
    assert batch.stage == Batch.Stage.READING


# -- real processes ---------------------------------------------------------------------------

PAGES = 150
Workers = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def start_worker(migrated_database: str) -> Workers:
    """A function that starts `tests.ingest.worker_process` on the database of `start`."""
    environment = os.environ | {"DATABASE_URL": migrated_database, "TASKS": "database"}

    def start_process(*arguments: object) -> "subprocess.Popen[str]":
        command = [sys.executable, "-m", "tests.ingest.worker_process", *map(str, arguments)]
        return subprocess.Popen(
            command, cwd=PROJECT, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )

    return start_process


def wait_until_done(address: str, batches: int, *processes: "subprocess.Popen[str]") -> None:
    statement = "SELECT count(*) FROM ingest_batch WHERE stage = 'done'"
    while execute_sql(address, statement) != [(batches,)]:
        assert all(process.poll() is None for process in processes)
        time.sleep(0.2)


def cut_connections(address: str, *processes: "subprocess.Popen[str]") -> None:
    """End all connections to this database, once each worker has one, as when the server is restarted."""
    others = "FROM pg_stat_activity WHERE datname = current_database() AND pid != pg_backend_pid()"
    while execute_sql(address, f"SELECT count(*) {others}") != [(len(processes),)]:
        time.sleep(0.05)
    execute_sql(address, f"SELECT pg_terminate_backend(pid) {others}")


def stop(process: "subprocess.Popen[str]") -> None:
    process.send_signal(signal.SIGTERM)
    out, errors = process.communicate()
    assert process.returncode == 0, errors
    assert out.startswith("Working on batches as ")


@pytest.mark.django_db
def test_a_batch_whose_worker_is_killed_is_finished_by_others_with_every_page_loaded_once(
    ask: Ask, start_worker: Workers, migrated_database: str
) -> None:
    batch, second = int(ask("open", PAGES)), int(ask("open", PAGES))
    end_when_stopped(start_worker('INSERT INTO "ingest_mention"', 3), signal.SIGKILL)
    counts = count_stored(ask, batch)
    assert counts["pages"] == counts["citations"] == counts["loads"] < PAGES

    others = [start_worker(), start_worker()]
    if connection.vendor == "postgresql":
        cut_connections(migrated_database, *others)
    wait_until_done(migrated_database, 2, *others)
    for process in others:
        stop(process)

    counts = count_stored(ask, batch)
    assert (counts["stage"], counts["waiting"], counts["pages"], counts["texts"]) == ("done", 0, PAGES, PAGES)
    assert counts["loads"] == counts["citations"] == PAGES
    assert counts["mentions"] == counts["rows"] == 2 * PAGES
    outcomes = {*counts["outcomes"], *count_stored(ask, second)["outcomes"]}
    assert outcomes == {"loaded", "known"}
