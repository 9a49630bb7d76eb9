"""Measures the site as it is served: how soon it answers, its memory, and how long readers wait during a load.

`python -m bench.served`, or with `--roles 100000` for so many roles. A new SQLite database gets all that Rolewise comes
with and then generated roles. Seconds depend on the machine; what readers wait is compared in the same run.
"""

import argparse
import os
import random
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import monotonic
from typing import NamedTuple

from bench.gate import set_up
from bench.loading import make_pages
from bench.search import find_percentile
from tests.config.running_site import get, run_site

PROJECT = Path(__file__).parent.parent
PREPARE_LIMIT = 60  # seconds for a new database, on two cores
ANSWER_LIMIT = 2  # seconds until the first answer where nothing is to be set up
MEMORY_LIMIT = 100  # megabytes of each worker
WAIT_LIMIT = 3  # times what 99 of 100 readers wait without a load
PAGES_VISITED = 300  # of roles, and as many comparisons
READERS, READING_SECONDS = 2, 6
LOADED_PAGES = 2_000


class Memory(NamedTuple):
    """Of one process in megabytes: all that it uses, and with its share of what others use too."""

    resident: float
    proportional: float


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split(":")[0])
    parser.add_argument("--roles", type=int, default=0, help="how many roles are stored; without it, those that ship")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="rolewise-bench-") as folder:
        faults = measure_site(Path(folder), chosen.roles)
    print("\n".join(f"MISSED: {fault}" for fault in faults) or "All limits are kept.")
    return int(bool(faults))


def measure_site(folder: Path, roles: int) -> list[str]:
    """Print what was measured; a sentence for each limit that is missed."""
    address = f"sqlite:///{folder}/roles.sqlite3"
    os.environ |= {"DATABASE_URL": address, "SECRET_KEY": secrets.token_urlsafe(50)}
    began = monotonic()
    run_command("prepare")
    prepare_seconds = monotonic() - began
    slugs = fill_up(address, roles)
    (folder / "pages").mkdir()
    for name, text in make_pages(LOADED_PAGES):
        (folder / "pages" / name).write_text(text, encoding="utf-8")

    began = monotonic()
    with run_site(address, folder / "log", KEPT_MEGABYTES="8") as port:
        site = f"http://127.0.0.1:{port}"
        get(site + "/")
        answer_seconds = monotonic() - began
        visit(site, slugs)
        memory = [read_memory(worker) for server in children(os.getpid()) for worker in children(server)]
        quiet = find_percentile(read_for(site, slugs, READING_SECONDS), 99)
        loading = command("load_pages", str(folder / "pages"))
        with subprocess.Popen(loading, stdout=subprocess.DEVNULL) as load:  # noqa: S603 - our own
            busy = find_percentile(read_for(site, slugs, READING_SECONDS), 99)
            was_loading = load.poll() is None
            load.terminate()

    print(f"{len(slugs):,} roles")
    print(f"a new database: {prepare_seconds:.0f} s")
    print(f"the first answer after a start: {answer_seconds:.1f} s")
    for number, worker in enumerate(memory, start=1):
        print(f"worker {number}: {worker.resident:.0f} MB, {worker.proportional:.0f} MB without what it shares")
    print(f"99 of 100 readers wait at most {1000 * quiet:.0f} ms, during a load {1000 * busy:.0f} ms")
    measured = (
        ("a new database takes", prepare_seconds, PREPARE_LIMIT, "s"),
        ("the first answer takes", answer_seconds, ANSWER_LIMIT, "s"),
        ("a worker has", max(worker.resident for worker in memory), MEMORY_LIMIT, "MB"),
        ("during a load readers wait", busy / quiet, WAIT_LIMIT, "times as long"),
    )
    faults = [f"{what} {value:.1f} {unit}, more than {most}" for what, value, most, unit in measured if value > most]
    return faults if was_loading else [*faults, "the load ended before the readers; give it more pages"]


def command(*arguments: str) -> list[str]:
    return [sys.executable, str(PROJECT / "manage.py"), *arguments]


def run_command(*arguments: str) -> None:
    subprocess.run(command(*arguments), cwd=PROJECT, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own


def fill_up(address: str, roles: int) -> list[str]:
    """Generate roles until there are so many; the slugs of all."""
    set_up(address)
    from django.db import connection

    from bench.generated import generate
    from careers.models import Role

    missing = roles - Role.objects.count()
    if missing > 0:
        generate(missing)
    slugs = list(Role.objects.order_by("pk").values_list("slug", flat=True))
    connection.close()
    return slugs


def visit(site: str, slugs: Sequence[str]) -> None:
    """Ask for all kinds of pages, so that each worker holds what it will ever remember."""
    chance = random.Random(22)  # noqa: S311 - the pages must be the same every time
    paths = ["/", "/roles/", "/explore/", "/about/", "/roles/?q=nurse", "/roles.csv", "/sitemap.xml", "/feed.xml"]
    for _ in range(PAGES_VISITED):
        first, second = chance.sample(slugs, 2)
        paths += [f"/roles/{first}/", f"/compare/{first}-vs-{second}/"]
    for path in paths * 2:  # twice, for both workers
        get(site + path)


def read_for(site: str, slugs: Sequence[str], seconds: float) -> list[float]:
    """Seconds that each answer took of those that some readers got in this time, who ask for one role after another."""

    def read(seed: int) -> list[float]:
        chance = random.Random(seed)  # noqa: S311 - the pages must be the same every time
        waits = []
        end = monotonic() + seconds
        while (began := monotonic()) < end:
            status, _, _ = get(f"{site}/roles/{chance.choice(slugs)}/")
            if status != 200:
                raise RuntimeError(f"A reader was answered with {status}.")
            waits.append(monotonic() - began)
        return waits

    with ThreadPoolExecutor(READERS) as readers:
        return [wait for waits in readers.map(read, range(READERS)) for wait in waits]


def children(process: int) -> list[int]:
    """The processes that a process has started."""
    return [
        int(child)
        for task in Path(f"/proc/{process}/task").iterdir()
        for child in (task / "children").read_text().split()
    ]


def read_memory(process: int) -> Memory:
    sizes = {}
    for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()[1:]:
        name, size, _ = line.split()
        sizes[name] = int(size) / 1024
    return Memory(sizes["Rss:"], sizes["Pss:"])


if __name__ == "__main__":
    sys.exit(main())
