"""Compare what the pages cost with the best that was recorded: `make test-costs`; `make bench-record` records.

On a busy machine the time of a page in empty views differs by a fifth between runs, so a limit of 15 % needs counts,
which are the same in each run: the instructions that Python executes for a page, divided by those for an empty view,
those that SQLite executes, and the bytes that are sent. They do not see what libraries in C do with a page. So time is
compared as well, but may be half as long again. `bench.gate` measures it more closely, on a machine that does nothing
else.
"""

import gc
import json
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any, NamedTuple

from bench.gate import EMPTY, WHOLE_OCCUPATIONS, Application, call, list_pages, start

RECORD = Path(__file__).with_name("best.json")
ROUNDS, BLOCK = 7, 0.25  # seconds of processor time for each page in each round
VERSIONS = {"python": f"{sys.version_info.major}.{sys.version_info.minor}", "sqlite": sqlite3.sqlite_version}


class Cost(NamedTuple):
    """Of one page. `python` and `time` are in empty views, `sqlite` in instructions of its virtual machine."""

    python: float
    sqlite: int
    bytes: int
    time: float


MOST = {"python": 1.15, "sqlite": 1.15, "bytes": 1.15, "time": 1.5}  # times the best recorded
TIME_OF_SHORT_PAGES = 5  # empty views by which the time may be worse anyway


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="rolewise-bench-") as folder:
        application = start(Path(folder))
        from careers.models import Role

        few = [role.slug for role in Role.objects.order_by("pk").select_related("salary") if role.salary]
        costs = measure_costs(application, list_pages(few) | WHOLE_OCCUPATIONS)
    best, versions = read_record() if RECORD.exists() else ({}, VERSIONS)
    report(costs, best)
    if sys.argv[1:] == ["--record"]:
        write_record(costs)
        return 0
    faults = find_worse_pages(best, costs, list_left_out(versions))
    print("\n".join(f"WORSE: {fault}" for fault in faults) or "No page is worse than it may be.")
    return int(bool(faults))


# -- Measuring ------------------------------------------------------------------------------------------------


def measure_costs(application: Application, pages: dict[str, str]) -> dict[str, Cost]:
    """`pages`: name -> path. Returns name -> cost."""
    from django.conf import settings

    settings.REVISION_SECONDS = 0.0  # otherwise it depends on the second whether a page asks for the revision
    times = measure_times(application, list(pages.values()))
    empty = count_instructions(application, EMPTY)[0]
    costs = {}
    for name, path in pages.items():
        of_python, of_sqlite = count_instructions(application, path)
        size = len(call(application, path))
        costs[name] = Cost(round(of_python / empty, 2), of_sqlite, size, round(times[path], 1))
    return costs


def measure_times(application: Application, paths: list[str]) -> dict[str, float]:
    """Path -> processor time in empty views, each page in a block of calls, in the second best of the rounds.

    Of what was tried on a busy machine this is the steadiest: runs differed by up to 19 %, their medians by 42 %.
    """
    ratios: dict[str, list[float]] = {path: [] for path in paths}
    for path in (EMPTY, *paths):
        call(application, path)
    gc.collect()
    gc.freeze()  # a full collection walks through all that the start left, which took a third of the block it fell into
    for _ in range(ROUNDS):
        empty = measure_seconds(application, EMPTY)
        for path in paths:
            ratios[path].append(measure_seconds(application, path) / empty)
    return {path: sorted(values)[1] for path, values in ratios.items()}


def measure_seconds(application: Application, path: str) -> float:
    """Processor time of one call, of as many calls as fit into a block."""
    began, calls = time.process_time(), 0
    while time.process_time() - began < BLOCK:
        call(application, path)
        calls += 1
    return (time.process_time() - began) / calls


def count_instructions(application: Application, path: str) -> tuple[int, int]:
    """The instructions that Python and SQLite execute for a page that was asked for before."""
    from django.db import connection

    call(application, path)
    for _ in range(1 if sys.version_info < (3, 12) else 2):
        with counted_instructions() as of_python:
            call(application, path)
    of_sqlite = Counter()
    connection.ensure_connection()
    connection.connection.set_progress_handler(of_sqlite.add, 1)
    call(application, path)
    connection.connection.set_progress_handler(None, 1)
    return of_python.count, of_sqlite.count


class Counter:
    def __init__(self) -> None:
        self.count = 0

    def add(self) -> None:
        self.count += 1


@contextmanager
def counted_instructions() -> Iterator[Counter]:
    """Counts the instructions of Python that are executed meanwhile, in this thread.

    From 3.12 on, Python counts those of functions that were traced before.
    """
    counter = Counter()

    def trace_frame(frame: FrameType, event: str, _: Any) -> Callable[..., Any]:
        frame.f_trace_opcodes, frame.f_trace_lines = True, False
        counter.count += event == "opcode"
        return trace_frame

    before = sys.gettrace()
    gc.collect()
    gc.disable()  # it runs code of its own, now and then
    sys.settrace(trace_frame)
    try:
        yield counter
    finally:
        sys.settrace(before)
        gc.enable()


# -- Comparing ------------------------------------------------------------------------------------------------


def find_worse_pages(best: dict[str, Cost], costs: dict[str, Cost], without: tuple[str, ...] = ()) -> list[str]:
    """A sentence for each page and measure that is worse than it may be. `without`: measures that do not count."""
    faults = []
    for name in sorted(best.keys() ^ costs.keys()):
        faults.append(f"{name} was {'not measured' if name in best else 'never recorded'}")
    for name, cost in costs.items():
        if name not in best:
            continue
        for measure, most in MOST.items():
            was, now = getattr(best[name], measure), getattr(cost, measure)
            margin = TIME_OF_SHORT_PAGES if measure == "time" else 0
            if measure not in without and now > max(most * was, was + margin):
                faults.append(f"{name}, {measure}: {now:,} instead of {was:,}, {100 * (now / was - 1):.0f} % more")
    return faults


def list_left_out(recorded: dict[str, str]) -> tuple[str, ...]:
    """The measures that cannot be compared, because they were recorded with another version."""
    others = tuple(name for name, version in VERSIONS.items() if recorded.get(name) != version)
    for name in others:
        print(f"Not compared: {name}, recorded with version {recorded.get(name)}; this is {VERSIONS[name]}.")
    return others


def report(costs: dict[str, Cost], best: dict[str, Cost]) -> None:
    print(f"{'this run, and the best':28} {'python':>17} {'sqlite':>17} {'bytes':>17} {'time':>17}")
    for name, cost in costs.items():
        pairs = zip(cost, best.get(name, cost), strict=True)
        print(f"{name:28}", *(f"{now:8,} {was:8,}" for now, was in pairs))


def read_record() -> tuple[dict[str, Cost], dict[str, str]]:
    """The best costs by the name of their page, and the versions with which they were recorded."""
    record = json.loads(RECORD.read_text())
    return {name: Cost(**costs) for name, costs in record["pages"].items()}, record["versions"]


def write_record(costs: dict[str, Cost]) -> None:
    pages = {name: cost._asdict() for name, cost in costs.items()}
    RECORD.write_text(json.dumps({"versions": VERSIONS, "pages": pages}, indent=2) + "\n")


if __name__ == "__main__":
    if sys.argv[1:] not in ([], ["--record"]):
        sys.exit(__doc__)
    sys.exit(main())
