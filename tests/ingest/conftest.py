import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.ingest.batch_processes import ROOT, Ask, Start


@pytest.fixture
def ann(db: None, client: Client) -> Client:
    client.force_login(User.objects.create_superuser("ann"))
    return client


@pytest.fixture
def start(migrated_database: str) -> Start:
    """A function that starts `tests.ingest.batch_process` on a database of its own."""
    settings = {"DATABASE_URL": migrated_database, "DJANGO_SETTINGS_MODULE": "tests.settings"}

    def start_process(*arguments: object) -> "subprocess.Popen[str]":
        command = [sys.executable, "-m", "tests.ingest.batch_process", *map(str, arguments)]
        pipe = subprocess.PIPE
        return subprocess.Popen(
            command, cwd=ROOT, env=os.environ | settings, text=True, stdin=pipe, stdout=pipe, stderr=pipe
        )

    return start_process


@pytest.fixture
def ask(start: Start) -> Iterator[Ask]:
    """A function that gives a command to one more process, which stays, and returns what it writes."""
    with start() as process:

        def give_command(*words: object) -> str:
            assert process.stdin
            assert process.stdout
            process.stdin.write(f"{' '.join(map(str, words))}\n")
            process.stdin.flush()
            return process.stdout.readline()

        yield give_command
