"""What lists, points and role pages cost at 1,000, 10,000 and 100,000 roles: `python -m bench.many`.

Each size is measured by a process of its own, on a database of its own, as `bench.gate` measures: in empty views. What
may not grow with the number of roles is held against the smallest size.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench.gate import EMPTY, measure, queries, report, start

SIZES = (1_000, 10_000, 100_000)
LIST_LIMIT, GROWTH_LIMIT = 50, 1.2  # empty views; times the cost at the smallest size
QUERY_LIMITS = {"/roles/": 5, "/explore/": 5}
ROLE_QUERIES = 6
# More roles are drawn as more points, then as shading; what a filter leaves is counted for page numbers.
GROWING = ("points", "points of a group", "list, last page", "list, narrowed down")


def main() -> int:
    if len(sys.argv) > 1:
        with tempfile.TemporaryDirectory(prefix="rolewise-bench-") as folder:
            application = start(Path(folder))
            from bench.generated import generate
            from careers.models import Role

            generate(int(sys.argv[1]) - Role.objects.count())
            print(json.dumps(measured(application, int(sys.argv[1]))))
        return 0
    found = {}
    for size in SIZES:
        command = [sys.executable, "-m", "bench.many", str(size)]
        output = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout  # noqa: S603 - our own
        *told, figures = output.strip().splitlines()
        print("\n".join(told), flush=True)
        found[size] = json.loads(figures)
    wrong = faults(found)
    print("\n".join(f"MISSED: {fault}" for fault in wrong) or "All limits are kept.")
    return int(bool(wrong))


def pages(size: int) -> dict[str, str]:
    return {
        "list": "/roles/",
        "list by pay": "/roles/?sort=-pay",
        "list, last page": f"/roles/?sort=-pay&page={size // 50}",
        "list, narrowed down": "/roles/?sort=-pay&pay_from=60000&has=jobs",
        "points": "/explore/",
        "points of a group": "/explore/?group=computer+and+mathematical",
        "role": "/roles/lead-technician/",
        "role of a guide": "/roles/software-technician/",
    }


def measured(application: Any, size: int) -> dict[str, list[float]]:
    """Name of a page -> its cost in empty views, its queries."""
    asked = pages(size)
    costs = measure(application, [EMPTY, *asked.values()])
    report(f"{size} roles", {"empty view": EMPTY} | asked, costs, application)
    return {name: [costs[path], queries(application, path)] for name, path in asked.items()}


def faults(found: dict[int, dict[str, list[float]]]) -> list[str]:
    smallest = found[min(found)]
    wrong = []
    for size, costs in found.items():
        for name, (cost, count) in costs.items():
            path = pages(size)[name]
            most = next((most for start, most in QUERY_LIMITS.items() if path.split("?")[0] == start), ROLE_QUERIES)
            if count > most:
                wrong.append(f"{name} takes {count:.0f} queries at {size} roles, more than {most}")
            if name in ("list", "list by pay") and cost > LIST_LIMIT:
                wrong.append(f"{name} costs {cost:.0f} empty views at {size} roles, more than {LIST_LIMIT}")
            if name not in GROWING and size > 1_000 and cost > GROWTH_LIMIT * smallest[name][0]:
                wrong.append(f"{name} costs {cost / smallest[name][0]:.1f} times as much at {size} roles")
    return wrong


if __name__ == "__main__":
    sys.exit(main())
