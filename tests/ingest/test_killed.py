"""Loading in a process that is killed in the middle, and in two processes at once, on a real database."""

import signal
import subprocess

import pytest

from ingest.batches.previews import DRAFTS_AT_ONCE
from tests.ingest.batch_processes import UNDONE_AT_ONCE, Ask, Start, count_stored
from tests.ingest.stopping_process import end_when_stopped, wait_until_stopped

PAGES = 4 * DRAFTS_AT_ONCE


def read_output(process: "subprocess.Popen[str]") -> str:
    out, errors = process.communicate()
    assert process.returncode == 0, errors
    return out


def kill_at(start: Start, batch: int, statement: str, number: int) -> None:
    """Work on a batch in a process that is killed when it has run this statement this many times."""
    end_when_stopped(start("work", batch, statement, number), signal.SIGKILL)


def test_a_batch_whose_process_is_killed_is_finished_by_the_next_with_nothing_half_or_twice(
    start: Start, ask: Ask
) -> None:
    batch = int(ask("open", PAGES))
    # (statement, how often it runs, how many pages are stored by then)
    kills = [
        ('INSERT INTO "careers_citation"', 2, DRAFTS_AT_ONCE),
        ('INSERT INTO "ingest_mention"', 2, 2 * DRAFTS_AT_ONCE),
        ('UPDATE "ingest_draft"', 1, 2 * DRAFTS_AT_ONCE),
    ]

    for statement, number, stored in kills:
        kill_at(start, batch, statement, number)
        counts = count_stored(ask, batch)
        assert counts["pages"] == counts["citations"] == counts["loads"] == counts["texts"]
        assert counts["mentions"] == counts["rows"] == 2 * counts["pages"]
        assert counts["without_pay"] == 0
        assert counts["pages"] == stored
    assert read_output(start("work", batch)).endswith("done\n")

    counts = count_stored(ask, batch)
    assert counts == {
        "stage": "done",
        "outcomes": ["loaded"],
        "waiting": 0,
        "pages": PAGES,
        "texts": PAGES,
        "citations": PAGES,
        "loads": PAGES,
        "mentions": 2 * PAGES,
        "rows": 2 * PAGES,
        "roles": 50 + PAGES,
        "without_pay": 0,
        "companies": 2 * PAGES,
    }


def test_two_processes_that_load_one_batch_share_the_work(start: Start, ask: Ask) -> None:
    batch = int(ask("open", PAGES))

    processes = [start("work", batch), start("work", batch)]
    assert [read_output(process).splitlines()[-1] for process in processes] == ["done", "done"]

    counts = count_stored(ask, batch)
    assert (counts["stage"], counts["waiting"], counts["outcomes"]) == ("done", 0, ["loaded"])
    assert counts["pages"] == counts["loads"] == counts["citations"] == PAGES
    assert counts["mentions"] == counts["rows"] == 2 * PAGES


def test_two_batches_with_the_same_pages_loaded_at_once_store_each_page_once(start: Start, ask: Ask) -> None:
    first, second = int(ask("open", 60)), int(ask("open", 60))

    processes = [start("work", first), start("work", second)]
    for process in processes:
        read_output(process)

    outcomes = [count_stored(ask, batch)["outcomes"] for batch in (first, second)]
    counts = count_stored(ask, first)
    assert counts["pages"] == counts["loads"] == counts["texts"] == 60
    assert set(outcomes[0]) | set(outcomes[1]) == {"loaded", "known"}


def test_undoing_survives_a_kill_too(start: Start, ask: Ask) -> None:
    pages = UNDONE_AT_ONCE + 10  # more than one step
    batch = int(ask("open", pages))
    read_output(start("work", batch))
    assert int(ask("undo", batch)) == pages

    kill_at(start, batch, 'INSERT INTO "ingest_event"', 2)
    counts = count_stored(ask, batch)
    assert counts["mentions"] == counts["rows"] == 2 * counts["pages"]
    assert counts["pages"] == pages - UNDONE_AT_ONCE
    read_output(start("work", batch))

    counts = count_stored(ask, batch)
    assert (counts["stage"], counts["pages"], counts["texts"], counts["roles"]) == ("undone", 0, pages, 0)


def test_two_people_who_read_pages_again_at_once_get_one_batch(
    start: Start, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_output(start("work", int(ask("open", 2))))
    first = start("reread", 1, 'INSERT INTO "ingest_batch"', 1)
    wait_until_stopped(first)  # before others can see its batch
    monkeypatch.setenv("STATEMENT_TIMEOUT", "0.5")
    with start("reread", 2) as second:
        assert "OperationalError" in second.communicate()[1], "it waits for the first one"
    first.send_signal(signal.SIGCONT)
    assert read_output(first) == ask("reread", 2)
