"""Loading with the process killed in the middle, and by two processes at once: real processes, a real database."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from random import Random
from time import sleep
from typing import Any

import pytest
from django.db import connection

PAGES = 150
ROOT = Path(__file__).parents[2]
Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def start(transactional_db: None, tmp_path: Path) -> Start:
    """Starts a process of `tests.ingest.batch_process` on a database that processes can share."""
    settings = connection.settings_dict
    if connection.vendor == "postgresql":
        address = f"postgresql://{settings['USER']}@/{settings['NAME']}?host={settings['HOST']}"
    else:
        address = f"sqlite:///{tmp_path / 'shared.sqlite3'}"
    environment = os.environ | {"DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    if connection.vendor != "postgresql":
        migrate = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
        subprocess.run(migrate, cwd=ROOT, env=environment, check=True)

    def begin(*arguments: object) -> "subprocess.Popen[str]":
        command = [sys.executable, "-m", "tests.ingest.batch_process", *map(str, arguments)]
        return subprocess.Popen(
            command, cwd=ROOT, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )

    return begin


def said(process: "subprocess.Popen[str]") -> str:
    out, errors = process.communicate(timeout=120)
    assert process.returncode == 0, errors
    return out


def told(start: Start, batch: int) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(said(start("tell", batch)))
    return found


def kill_after(process: "subprocess.Popen[str]", lines: int, seconds: float) -> None:
    assert process.stdout is not None
    for _ in range(lines):
        process.stdout.readline()
    sleep(seconds)
    process.send_signal(signal.SIGKILL)
    process.communicate()


def test_a_batch_whose_process_is_killed_is_finished_by_the_next_with_nothing_half_or_twice(start: Start) -> None:
    batch = int(said(start("open", PAGES)))
    random = Random(7)  # noqa: S311 - no secret
    done = []

    for _ in range(2):
        kill_after(start("work", batch), 2, random.uniform(0, 0.06))
        found = told(start, batch)
        assert found["pages"] == found["citations"] == found["loads"] == found["texts"]
        assert found["mentions"] == found["rows"] == 2 * found["pages"]
        assert found["without_pay"] == 0
        done.append(found["pages"])
    assert 0 < done[0] < PAGES
    assert said(start("work", batch)).endswith("done\n")

    found = told(start, batch)
    assert found == {
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


def test_two_processes_that_load_one_batch_share_the_work(start: Start) -> None:
    batch = int(said(start("open", PAGES)))

    two = [start("work", batch), start("work", batch)]
    assert [said(each).splitlines()[-1] for each in two] == ["done", "done"]

    found = told(start, batch)
    assert (found["stage"], found["waiting"], found["outcomes"]) == ("done", 0, ["loaded"])
    assert found["pages"] == found["loads"] == found["citations"] == PAGES
    assert found["mentions"] == found["rows"] == 2 * PAGES


def test_two_batches_with_the_same_pages_loaded_at_once_store_each_page_once(start: Start) -> None:
    first, second = int(said(start("open", 60))), int(said(start("open", 60)))

    two = [start("work", first), start("work", second)]
    for each in two:
        said(each)

    outcomes = [told(start, batch)["outcomes"] for batch in (first, second)]
    found = told(start, first)
    assert found["pages"] == found["loads"] == found["texts"] == 60
    assert set(outcomes[0]) | set(outcomes[1]) == {"loaded", "known"}


def test_taking_back_survives_a_kill_too(start: Start) -> None:
    batch = int(said(start("open", 120)))
    said(start("work", batch))
    assert int(said(start("undo", batch))) == 120

    kill_after(start("work", batch), 2, 0.02)
    found = told(start, batch)
    assert found["mentions"] == found["rows"] == 2 * found["pages"]
    assert 0 < found["pages"] < 120
    said(start("work", batch))

    found = told(start, batch)
    assert (found["stage"], found["pages"], found["texts"], found["roles"]) == ("undone", 0, 120, 0)
