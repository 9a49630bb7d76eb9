"""A worker whose waits are short, for tests that end it.

`python -m tests.ingest.worker_process` on the database of DATABASE_URL; with `STATEMENT NUMBER` it stops after this SQL
statement, as `tests.ingest.stopping_process` does.
"""

import os
import sys
from contextlib import nullcontext
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.core.management import call_command  # noqa: E402 - Django first

from ingest.batches import background  # noqa: E402
from ingest.management.commands import work_on_batches  # noqa: E402
from tests.ingest.stopping_process import stop_after  # noqa: E402

if __name__ == "__main__":
    background.SECONDS_PER_TASK = 0.3
    background.GONE_AFTER = timedelta(seconds=2)
    background.REST_AFTER_FAILURE = timedelta(seconds=1)
    work_on_batches.IDLE_SECONDS = 0.1
    work_on_batches.SECONDS_BETWEEN_ROUNDS = 0.3
    work_on_batches.SECONDS_AFTER_FAILURE = 0.3
    with stop_after(sys.argv[1], int(sys.argv[2])) if sys.argv[1:] else nullcontext():
        call_command("work_on_batches")
