"""A separate process that works on a batch, for tests that end it in the middle or start two.

`python -m tests.ingest.batch_process COMMAND …` on the database of DATABASE_URL: `open PAGES` prints the key of a batch
that is to be loaded; `work KEY` works to the end; `work KEY STATEMENT NUMBER` stops after this SQL statement, as
`tests.ingest.stopping_process` does; `undo KEY` starts to undo it; `count KEY` prints what is stored; `reread ACCOUNT`
prints the key of a batch that reads all pages again, and can be stopped, too. Without a command it reads one from each
line of its input and stays, because starting takes a second.
"""

import io
import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.contrib.auth.models import User  # noqa: E402 - Django first
from django.db import connection  # noqa: E402

from careers.models import Citation, Role, SalaryStats  # noqa: E402 - Django first
from ingest.batches import uploads, worker  # noqa: E402
from ingest.batches.progress import measure_progress  # noqa: E402
from ingest.models import Batch, Event, Mention, Page  # noqa: E402
from tests.ingest.batch_processes import UNDONE_AT_ONCE  # noqa: E402
from tests.ingest.small_pages import run_together, write_pipe  # noqa: E402
from tests.ingest.stopping_process import stop_after  # noqa: E402


def write(words: object) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def open_batch(pages: int) -> None:
    batch = uploads.open_batch(None, {})
    for number in range(pages):
        titles = f"Baker {number % 50}", f"Miller {number}"
        company = {"Best paying company": (f"Company {number % 20}", "IBM")}
        content = (
            run_together(*titles, {"Best paying company": f"Company {number % 20}IBM"})
            if number % 3
            else write_pipe(*titles, company)
        )
        uploads.add_file(batch, f"page-{number}.txt", io.BytesIO(content))
    # As if previewed, which takes longest and is not what these tests are about.
    batch.drafts.update(status="new")
    Batch.objects.filter(pk=batch.pk).update(stage="previewed")
    worker.start_loading(batch, "all", None)
    write(batch.pk)


def work(batch: Batch) -> None:
    while worker.continue_here(batch, 0.0).working:
        pass
    write("done")


def write_counts(batch: Batch) -> None:
    drafts = batch.drafts.order_by()
    counts = {
        "stage": batch.stage,
        "outcomes": sorted(set(drafts.values_list("outcome", flat=True))),
        "waiting": drafts.filter(selected=True).count() + measure_progress(batch).settling,
        "pages": Page.objects.exclude(citation=None).count(),
        "texts": Page.objects.count(),
        "citations": Citation.objects.count(),
        "loads": Event.objects.filter(what="load").count(),
        "mentions": Mention.objects.count(),
        "rows": SalaryStats.objects.count(),
        "roles": Role.objects.count(),
        "without_pay": Role.objects.filter(salary=None).count(),
        "companies": SalaryStats.objects.exclude(top_company=None).count(),
    }
    write(json.dumps(counts))


def undo(batch: Batch) -> None:
    write(worker.start_undoing(batch, None))


def reread(account: int) -> None:
    by, _ = User.objects.get_or_create(pk=account, username=f"account {account}")
    write(uploads.open_reread_batch(by, Page.objects.all()).pk)


OF_BATCHES = {"work": work, "undo": undo, "count": write_counts}


def run(command: str, argument: str, statement: str = "", number: str = "0") -> None:
    with stop_after(statement, int(number)):
        if command in OF_BATCHES:
            OF_BATCHES[command](Batch.objects.get(pk=int(argument)))
        else:
            {"open": open_batch, "reread": reread}[command](int(argument))


if __name__ == "__main__":
    worker.UNDONE_AT_ONCE = UNDONE_AT_ONCE
    if len(sys.argv) > 1:
        run(*sys.argv[1:])
    else:
        for line in sys.stdin:
            run(*line.split())
            connection.close()  # as at the end of a process
