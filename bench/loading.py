"""Measures how many pages are loaded, previewed and undone in a second: `python -m bench.loading`.

Pair pages of usual length, each with two roles of its own, go through a batch as an admin's do, on SQLite and, if a
server can be started, on PostgreSQL. What counts is processor time, that of the database server included, scaled to an
empty view as in `bench.search`. The databases are temporary.
"""

import argparse
import io
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from statistics import median
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from bench.gate import EMPTY, Application
from bench.search import EMPTY_VIEW, databases, measure_least_cost, server_clock, start, titles

PAGES = 1_000
# Step -> pages that one core must manage in a second.
LIMITS = {"preview": 200, "load": 400, "undo": 500}
MODEL_PAGE = "zippia/lead-technician-vs-software-support-technician.txt"
MODEL_TITLES = ("Lead Technician", "Software Support Technician")


def make_pages(count: int) -> Iterator[tuple[str, str]]:
    """This many names and texts of pages: the model with other titles."""
    from django.conf import settings

    model = (settings.BASE_DIR / "fixtures" / "pages" / MODEL_PAGE).read_text(encoding="utf-8")
    others = iter(titles(2 * count))
    for number in range(count):
        text = model
        for title in MODEL_TITLES:
            other = next(others)
            text = text.replace(title, other).replace(title.lower(), other.lower())
        yield f"page-{number}.txt", text


def pack_pages(count: int) -> io.BytesIO:
    packed = io.BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name, text in make_pages(count):
            archive.writestr(name, text)
    return packed


def run_batch() -> dict[str, float]:
    """Step -> processor seconds that it took for all pages."""
    from ingest.batches.uploads import add_file, open_batch
    from ingest.batches.worker import start_loading, start_undoing

    batch = open_batch(None, {})
    add_file(batch, "pages.zip", pack_pages(PAGES))
    seconds = {"preview": measure_stage(batch, "reading")}
    start_loading(batch, "all", None)
    seconds["load"] = measure_stage(batch, "loading")
    start_undoing(batch, None)
    seconds["undo"] = measure_stage(batch, "undoing")
    return seconds


def measure_stage(batch: Any, stage: str) -> float:
    """Processor time until a batch has left a stage, of this process and of the database server."""
    from ingest.batches.worker import continue_here

    clocks = (time.process_time, server_clock())
    began = sum(clock() for clock in clocks)
    while (progress := continue_here(batch)).stage == stage:
        if progress.error:
            raise RuntimeError(progress.error)
    return sum(clock() for clock in clocks) - began


def measure_empty_view(application: Application) -> float:
    """Milliseconds of processor time."""
    clocks = (time.process_time, server_clock())
    return median(measure_least_cost(clocks, application, EMPTY)[0] for _ in range(100))


def measure_database(address: str) -> list[str]:
    """Print the pages a second of each step; a sentence for each limit that is missed."""
    application = start(address)
    from django.db import connection

    from careers.models import Role

    slowness = measure_empty_view(application) / EMPTY_VIEW
    seconds = run_batch()
    if Role.objects.exists():
        raise RuntimeError("Undoing left roles behind.")
    faults = []
    for step, least in LIMITS.items():
        rate = PAGES / seconds[step] * slowness
        print(f"{connection.vendor:12} {step:10} {rate:8.0f} pages a second", flush=True)
        if rate < least:
            faults.append(f"{connection.vendor}: {step} of {rate:.0f} pages a second, fewer than {least}")
    return faults


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split(":")[0])
    parser.add_argument("--database", help="address of an empty database; without it, both kinds are measured")
    chosen = parser.parse_args(arguments)
    if chosen.database is None:
        return max([run_anew(address) for address in databases()])
    faults = measure_database(chosen.database)
    print("\n".join(f"MISSED: {fault}" for fault in faults) or "All limits are kept.")
    return int(bool(faults))


def run_anew(address: str) -> int:
    """Measures in a new process, because Django can be set up only once in each."""
    command = [sys.executable, "-m", "bench.loading", "--database", address]
    return subprocess.run(command, check=False).returncode  # noqa: S603 - our own module


if __name__ == "__main__":
    sys.exit(main())
