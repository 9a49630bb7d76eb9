"""Measures what pages over many roles cost at 1,000, 10,000 and 100,000 roles: `python -m bench.many`.

Each size has its own process and database. Costs are in empty views, as in `bench.gate`. A page whose cost may not grow
with the number of roles is compared with the smallest size.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench.gate import EMPTY, WHOLE_OCCUPATIONS, measure, queries, report, start

SIZES = (1_000, 10_000, 100_000)
LIST_LIMIT = 50  # empty views
GROWTH_LIMIT = 1.2  # times the cost at the smallest size
QUERY_LIMITS = {"/roles/": 5, "/explore/": 5}
ROLE_QUERIES = 6
# These may cost more with more roles: more points are drawn, and filtered roles are counted for page numbers.
GROWING = ("points", "points of a group", "list, last page", "list, narrowed down")


def main() -> int:
    if len(sys.argv) > 1:
        with tempfile.TemporaryDirectory(prefix="rolewise-bench-") as folder:
            application = start(Path(folder))
            from bench.generated import generate
            from careers.models import Role

            generate(int(sys.argv[1]) - Role.objects.count())
            print(json.dumps(measure_pages(application, int(sys.argv[1]))))
        return 0
    costs = {}
    for size in SIZES:
        command = [sys.executable, "-m", "bench.many", str(size)]
        output = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout  # noqa: S603 - our own
        *report_lines, figures = output.strip().splitlines()
        print("\n".join(report_lines), flush=True)
        costs[size] = json.loads(figures)
    faults = find_faults(costs)
    print("\n".join(f"MISSED: {fault}" for fault in faults) or "All limits are kept.")
    return int(bool(faults))


def pages(size: int) -> dict[str, str]:
    """Name -> address of the pages that are measured, with `size` roles."""
    return {
        "list": "/roles/",
        "list by pay": "/roles/?sort=-pay",
        "list, last page": f"/roles/?sort=-pay&page={size // 50}",
        "list, narrowed down": "/roles/?sort=-pay&pay_from=60000&has=jobs",
        "points": "/explore/",
        "points of a group": "/explore/?group=computer+and+mathematical",
        "role": "/roles/lead-technician/",
        "role of a guide": "/roles/software-technician/",
        **WHOLE_OCCUPATIONS,
    }


def measure_pages(application: Any, size: int) -> dict[str, list[float]]:
    """Name of a page -> its cost in empty views and its queries."""
    paths = pages(size)
    costs = measure(application, [EMPTY, *paths.values()])
    report(f"{size} roles", {"empty view": EMPTY} | paths, costs, application)
    return {name: [costs[path], queries(application, path)] for name, path in paths.items()}


def find_faults(costs_by_size: dict[int, dict[str, list[float]]]) -> list[str]:
    """A sentence for each limit that is missed, from the results of `measure_pages` for each number of roles."""
    smallest = costs_by_size[min(costs_by_size)]
    faults = []
    for size, costs in costs_by_size.items():
        for name, (cost, query_count) in costs.items():
            query_limit = QUERY_LIMITS.get(pages(size)[name].partition("?")[0], ROLE_QUERIES)
            if query_count > query_limit:
                faults.append(f"{name} takes {query_count:.0f} queries at {size} roles, more than {query_limit}")
            if name in ("list", "list by pay") and cost > LIST_LIMIT:
                faults.append(f"{name} costs {cost:.0f} empty views at {size} roles, more than {LIST_LIMIT}")
            growth = cost / smallest[name][0]
            if name not in GROWING and growth > GROWTH_LIMIT:
                faults.append(f"{name} costs {growth:.1f} times as much at {size} roles")
    return faults


if __name__ == "__main__":
    sys.exit(main())
