"""Has workers on hosts of their own load 20,000 pages, and kills one of them on the way: `python -m bench.workers`.

As root on Linux, each host is a network namespace and the database listens in another one; otherwise the workers are
only processes. First one worker loads a quarter of the pages, then three load the rest. At the end every page must be
stored once.
"""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import NamedTuple
from urllib.parse import urlsplit

from tests.databases import copy_postgresql_database, migrate
from tests.private_postgresql import run_server

PAGES = 20_000
BATCHES = 4
WORKERS = 3
ROLES_SHARED = 2_000  # titles that several pages have
DATABASE_HOST = "rolewise-database"
PROJECT = Path(__file__).parent.parent


class Host(NamedTuple):
    """A network namespace, reached by a link of its own. Without a name: this machine."""

    name: str
    address: str
    address_of_database: str


class RunningWorker(NamedTuple):
    process: "subprocess.Popen[str]"
    worker_id: str


HOSTS = [Host(f"rolewise-{number}", f"10.77.{number}.2", f"10.77.{number}.1") for number in range(1, WORKERS + 1)]


def main() -> int:
    if sys.argv[1:] == ["--in-namespace"]:
        return measure(HOSTS)
    if os.geteuid() != 0 or not shutil.which("ip"):
        return measure([Host("", "", "")] * WORKERS)
    with namespaces():
        command = ["ip", "netns", "exec", DATABASE_HOST, sys.executable, "-m", "bench.workers", "--in-namespace"]
        return subprocess.run(command, cwd=PROJECT, check=False).returncode  # noqa: S603 - our own


@contextmanager
def namespaces() -> Iterator[None]:
    """A namespace for the database and one for each host, linked to the first and to nothing else."""
    names = [DATABASE_HOST, *(host.name for host in HOSTS)]
    try:
        for name in names:
            ip("netns", "add", name)
        for host in HOSTS:
            link = f"to-{host.name}"[:15]
            ip("-n", DATABASE_HOST, "link", "add", link, "type", "veth", "peer", "name", "network", "netns", host.name)
            ip("-n", DATABASE_HOST, "address", "add", f"{host.address_of_database}/24", "dev", link)
            ip("-n", host.name, "address", "add", f"{host.address}/24", "dev", "network")
            ip("-n", DATABASE_HOST, "link", "set", link, "up")
            ip("-n", host.name, "link", "set", "network", "up")
        yield
    finally:
        for name in names:
            ip("netns", "delete", name, check=False)


def ip(*arguments: str, check: bool = True) -> None:
    subprocess.run(["ip", *arguments], check=check)  # noqa: S603, S607 - of the system


def measure(hosts: list[Host]) -> int:
    """Load everything by workers on these hosts and print what is wrong; the exit status."""
    with run_server(on_network=bool(hosts[0].name)) as server:
        os.environ["DATABASE_URL"] = server
        with copy_postgresql_database() as address:
            migrate(address)
            os.environ.update(DATABASE_URL=address, DJANGO_SETTINGS_MODULE="tests.settings")
            import django

            django.setup()
            faults = load_everything(address, hosts)
    print("\n".join(f"MISSED: {fault}" for fault in faults) or "Every page is stored once.")
    return int(bool(faults))


def load_everything(address: str, hosts: list[Host]) -> list[str]:
    """A sentence for each fault of what is stored in the end."""
    from django.db import connection

    connection.settings_dict["CONN_MAX_AGE"] = None
    batches = [open_batch(number, PAGES // BATCHES) for number in range(BATCHES)]
    workers = [start_worker(address, hosts[0])]
    try:
        start_loading(batches[0])
        print(
            f"1 worker: {PAGES // BATCHES / measure_seconds_until_loaded(PAGES // BATCHES):.0f} pages a second",
            flush=True,
        )

        workers += [start_worker(address, host) for host in hosts[1:]]
        for batch in batches[1:]:
            start_loading(batch)
        began = monotonic()
        measure_seconds_until_loaded(PAGES // 2)
        print(f"A batch went on {kill_busy_worker(workers):.0f} s after its worker was killed", flush=True)
        measure_seconds_until_loaded(PAGES)
        rate = PAGES * (BATCHES - 1) / BATCHES / (monotonic() - began)
        print(f"{WORKERS} workers, then {WORKERS - 1}: {rate:.0f} pages a second", flush=True)
        wait_until_settled()
        return find_faults()
    finally:
        for worker in workers:
            worker.process.kill()
            worker.process.communicate()
        connection.close()


def open_batch(number: int, pages: int) -> int:
    """The key of a batch as if its pages were previewed, which is not measured here."""
    from ingest.models import Batch, Draft, Page
    from tests.ingest.small_pages import write_pipe

    batch = Batch.objects.create(stage=Batch.Stage.PREVIEWED)
    drafts = []
    for page in range(number * pages, (number + 1) * pages):
        content = write_pipe(f"Baker {page % ROLES_SHARED}", f"Miller {page}")
        digest = Page.compute_digest(content)
        drafts.append(Draft(batch=batch, name=f"{page}.txt", content=content, digest=digest, status=Draft.Status.NEW))
    Draft.objects.bulk_create(drafts, batch_size=1_000)
    return batch.pk


def start_worker(address: str, host: Host) -> RunningWorker:
    """A worker on a host, once it says its name."""
    command = [sys.executable, "manage.py", "work_on_batches"]
    environment = os.environ | {"DATABASE_URL": address, "TASKS": "database"}
    if host.name:
        command = ["ip", "netns", "exec", host.name, *command]
        parts = urlsplit(address)
        environment["DATABASE_URL"] = parts._replace(netloc=f"rolewise@{host.address_of_database}", query="").geturl()
    process = subprocess.Popen(command, cwd=PROJECT, env=environment, text=True, stdout=subprocess.PIPE)  # noqa: S603 - our own
    assert process.stdout is not None
    words = process.stdout.readline().split()  # “Working on batches as ….”
    return RunningWorker(process, words[-1].removesuffix("."))


def start_loading(batch: int) -> None:
    from ingest.batches import worker
    from ingest.models import Batch

    worker.start_loading(Batch.objects.get(pk=batch), "all", None)


def measure_seconds_until_loaded(pages: int) -> float:
    """Wait until this many pages are loaded."""
    from ingest.models import Page

    began = monotonic()
    while Page.objects.exclude(citation=None).count() < pages:
        sleep(0.5)
    return monotonic() - began


def kill_busy_worker(workers: list[RunningWorker]) -> float:
    """Kill a worker in the middle of its work; how many seconds later its batch has another task."""
    from django_tasks_db.models import DBTaskResult

    from ingest.models import Batch

    busy = {worker.worker_id: worker for worker in workers}
    while True:
        task = DBTaskResult.objects.filter(status="RUNNING").order_by("-started_at").first()
        if task and task.worker_ids[-1] in busy and Batch.objects.filter(task=task.pk).exists():
            break
        sleep(0.1)
    busy[task.worker_ids[-1]].process.send_signal(signal.SIGKILL)
    began = monotonic()
    while Batch.objects.filter(task=task.pk).exists():
        sleep(0.1)
    return monotonic() - began


def wait_until_settled() -> None:
    from ingest.models import Batch

    while Batch.objects.exclude(stage=Batch.Stage.DONE).exists():
        sleep(0.5)


def find_faults() -> list[str]:
    from careers.models import Citation, Role
    from ingest.models import Draft, Event, Mention, Page

    counts = {
        "pages": (Page.objects.exclude(citation=None).count(), PAGES),
        "citations": (Citation.objects.count(), PAGES),
        "loads": (Event.objects.filter(what=Event.What.LOAD).count(), PAGES),
        "pages with a load": (Event.objects.filter(what=Event.What.LOAD).values("page").distinct().count(), PAGES),
        "mentions": (Mention.objects.count(), 2 * PAGES),
        "roles": (Role.objects.count(), PAGES + min(PAGES, ROLES_SHARED)),
        "drafts that were loaded": (Draft.objects.filter(outcome=Draft.Outcome.LOADED).count(), PAGES),
    }
    return [f"{count:,} {name} instead of {right:,}" for name, (count, right) in counts.items() if count != right]


if __name__ == "__main__":
    sys.exit(main())
