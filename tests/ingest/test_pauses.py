"""Long work leaves room for other writers on SQLite, which has no queue for its one write lock."""

import io
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from ingest.batches import uploads, worker
from ingest.loading import pauses
from ingest.loading.pauses import LONGEST_PAUSE, SECONDS_OF_WORK, SHORTEST_PAUSE, WriterPauses
from ingest.models import Page
from tests.ingest.small_pages import write_pipe


class Clock:
    """Time that passes only when somebody works or sleeps."""

    def __init__(self) -> None:
        self.time = 0.0
        self.sleeps: list[float] = []
        self.seconds_per_look = 0.0

    def monotonic(self) -> float:
        self.time += self.seconds_per_look
        return self.time

    def sleep(self, seconds: float) -> None:
        assert not connection.in_atomic_block, "others cannot write while this transaction is open"
        self.sleeps.append(seconds)
        self.time += seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(pauses, "monotonic", clock.monotonic)
    monkeypatch.setattr(pauses, "sleep", clock.sleep)
    return clock


only_sqlite = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL has a queue")


@only_sqlite
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("seconds_worked", "expected"),
    [
        (SECONDS_OF_WORK - 0.01, []),
        (SECONDS_OF_WORK, [SHORTEST_PAUSE]),
        (2.0, [0.5]),
        (60.0, [LONGEST_PAUSE]),
    ],
)
def test_the_pause_grows_with_the_work_before_it(seconds_worked: float, expected: list[float], clock: Clock) -> None:
    writer_pauses = WriterPauses()
    clock.time += seconds_worked
    writer_pauses.pause_if_due()
    assert clock.sleeps == expected


@only_sqlite
@pytest.mark.django_db(transaction=True)
def test_short_pieces_add_up_to_a_pause(clock: Clock) -> None:
    writer_pauses = WriterPauses()
    for _ in range(10):
        clock.time += SECONDS_OF_WORK / 4.5
        writer_pauses.pause_if_due()
    assert clock.sleeps == [pytest.approx(SHORTEST_PAUSE, rel=0.5)] * 2


@pytest.mark.django_db(transaction=True)
def test_there_is_no_pause_while_a_transaction_is_open(clock: Clock) -> None:
    writer_pauses = WriterPauses()
    clock.time += 60
    with transaction.atomic():
        writer_pauses.pause_if_due()
    assert clock.sleeps == []


@pytest.mark.django_db(transaction=True)
def test_a_dry_run_never_pauses_because_nobody_else_writes_its_copy(clock: Clock, tmp_path: Path) -> None:
    clock.seconds_per_look = SECONDS_OF_WORK
    (tmp_path / "page.txt").write_bytes(write_pipe("Baker", "Miller"))
    call_command("load_pages", tmp_path, "--dry-run", stdout=io.StringIO())
    assert clock.sleeps == []
    assert not Page.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_batch_pauses_between_its_transactions_on_sqlite_only(clock: Clock) -> None:
    clock.seconds_per_look = SECONDS_OF_WORK
    batch = uploads.open_batch(None, {})
    for number in range(3):
        uploads.add_file(batch, f"page-{number}.txt", io.BytesIO(write_pipe(f"Baker {number}", f"Miller {number}")))
    worker.continue_here(batch, seconds=60)
    assert bool(clock.sleeps) == (connection.vendor == "sqlite")
