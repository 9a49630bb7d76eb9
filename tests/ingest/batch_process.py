"""A process of its own that works on a batch, for tests that end it in the middle or start two.

`python -m tests.ingest.batch_process COMMAND …` on the database of DATABASE_URL:
`open PAGES` prints the key of a batch that is to be loaded; `work KEY` works to the
end and prints a line after each piece; `undo KEY` has it taken back; `tell KEY` prints what is stored.
"""

import io
import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from careers.models import Citation, Role, SalaryStats  # noqa: E402 - Django first
from ingest import batches  # noqa: E402
from ingest.models import Batch, Event, Mention, Page  # noqa: E402
from tests.ingest.made import glued, pipe  # noqa: E402


def say(words: object) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def opened(pages: int) -> None:
    batch = batches.open_batch(None, {})
    for number in range(pages):
        titles = f"Baker {number % 50}", f"Miller {number}"
        company = {"Best paying company": (f"Company {number % 20}", "IBM")}
        content = (
            glued(*titles, {"Best paying company": f"Company {number % 20}IBM"})
            if number % 3
            else pipe(*titles, company)
        )
        batches.add_file(batch, f"page-{number}.txt", io.BytesIO(content))
    # As if rehearsed, which takes longest and is of no interest here.
    batch.drafts.update(status="new")
    Batch.objects.filter(pk=batch.pk).update(stage="previewed")
    batches.start_loading(batch, "all", None)
    say(batch.pk)


def work(batch: Batch) -> None:
    while (progress := batches.continue_batch(batch, 0.0)).working:
        say(progress.error or progress.done)
    say("done")


def tell(batch: Batch) -> None:
    drafts = batch.drafts.order_by()
    told = {
        "stage": batch.stage,
        "outcomes": sorted(set(drafts.values_list("outcome", flat=True))),
        "waiting": drafts.filter(selected=True).count() + batches.measure_progress(batch).settling,
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
    say(json.dumps(told))


if __name__ == "__main__":
    command, number = sys.argv[1], int(sys.argv[2])
    if command == "open":
        opened(number)
    elif command == "work":
        work(Batch.objects.get(pk=number))
    elif command == "undo":
        say(batches.start_undoing(Batch.objects.get(pk=number), None))
    else:
        tell(Batch.objects.get(pk=number))
