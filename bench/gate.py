"""Measure what the pages cost, in empty views: `make bench`.

Times differ from machine to machine and from second to second; the processor time of a page divided by that of an
empty view in the same round hardly does. Each round calls every page 150 times in a row, as a browser that accepts
brotli would, and the median ratio of nine rounds counts. Taking turns between pages would leave the empty view with
cold caches, which makes all ratios look a third better. The database is new and is deleted afterwards.
"""

import gc
import os
import secrets
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from io import BytesIO
from pathlib import Path
from statistics import median
from typing import Any

CALLS, ROUNDS = 150, 9
MANY = 1_000
COST_LIMIT, QUERY_LIMIT = 45, 6  # for a comparison that is not cached, compressing included: empty views, queries
CACHED_LIMIT, UNCHANGED_LIMIT = 1.5, 1.25  # for a cached one, and for the answer 304: empty views
WHOLE_COST_LIMIT = 60  # for two official occupations with all that is known of them
STOCK_SHARE = 0.5  # of the cost of the stock table of 40 rows

_NURSES, _COOKS = "registered-nurses-29-1141", "cooks-restaurant-35-2014"
WHOLE_OCCUPATIONS = {
    "whole occupation": f"/roles/{_NURSES}/",
    "two whole occupations": f"/compare/{_NURSES}-vs-{_COOKS}/",
}
EMPTY = "/control/empty/"
STOCK_TABLE = "/control/table/"
CONTROLS = {
    "empty view": EMPTY,
    "control: plain template of 40 rows": "/control/plain/",
    "control: stock table of 40 rows": STOCK_TABLE,
    "control: three stock figures": "/control/charts/",
}
Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="rolewise-bench-") as folder:
        application = start(Path(folder))
        from careers.models import Role

        stored = Role.objects.count()
        few = [role.slug for role in Role.objects.order_by("pk").select_related("salary") if role.salary]
        pages = list_pages(few) | WHOLE_OCCUPATIONS
        costs = measure(application, {**CONTROLS, **pages}.values())
        report(f"{stored} roles", CONTROLS | pages, costs, application)
        counts = {name: queries(application, path) for name, path in pages.items()}

        from bench.generated import generate

        many_pages = list_pages([role.slug for role in generate(MANY - stored) if role.salary]) | WHOLE_OCCUPATIONS
        many_costs = measure(application, [EMPTY, *many_pages.values()])
        report(f"{MANY} roles", {"empty view": EMPTY} | many_pages, many_costs, application)
        many_counts = {name: queries(application, path) for name, path in many_pages.items()}

        faults = measure_cached(application, pages["comparison"])
        cost = costs[pages["comparison"]]
        pair_costs = {stored: cost, MANY: many_costs[many_pages["comparison"]]}
        faults += find_exceeded_costs("a comparison", pair_costs, COST_LIMIT)
        whole = WHOLE_OCCUPATIONS["two whole occupations"]
        whole_costs = {stored: costs[whole], MANY: many_costs[whole]}
        faults += find_exceeded_costs("that of two whole occupations", whole_costs, WHOLE_COST_LIMIT)
        if cost > STOCK_SHARE * costs[STOCK_TABLE]:
            faults.append(f"a comparison costs more than {STOCK_SHARE} of the stock table")
        faults += find_exceeded_queries(counts, many_counts)
    print("\n".join(f"MISSED: {fault}" for fault in faults) or "All limits are kept.")
    return int(bool(faults))


def find_exceeded_costs(page: str, costs: dict[int, float], limit: float) -> list[str]:
    """`page`: in words. `costs`: number of stored roles -> its cost in empty views."""
    return [
        f"{page} costs {cost:.1f} empty views at {roles} roles, more than {limit}"
        for roles, cost in costs.items()
        if cost > limit
    ]


def find_exceeded_queries(few: dict[str, int], many: dict[str, int]) -> list[str]:
    """`few`, `many`: name of a page -> its queries with few and with many roles stored."""
    faults = [f"{name} takes more queries at {MANY} roles" for name in few if few[name] < many[name]]
    for name in ("comparison", "two whole occupations"):
        if max(few[name], many[name]) > QUERY_LIMIT:
            faults.append(f"{name} takes more than {QUERY_LIMIT} queries")
    return faults


def measure_cached(application: Application, path: str) -> list[str]:
    """Measure the answers that readers get most often. Returns a sentence for each limit that is missed."""
    from django.conf import settings
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    settings.RESPONSE_CACHE_BYTES = 8_000_000
    etag = headers(application, path)["ETag"]
    requests: tuple[tuple[str, dict[str, str], float], ...] = (
        ("a cached comparison", {}, CACHED_LIMIT),
        ("one that the browser has", {"HTTP_IF_NONE_MATCH": etag}, UNCHANGED_LIMIT),
    )
    faults = []
    for name, extra, limit in requests:
        cost = measure(application, [EMPTY, path], extra)[path]
        with CaptureQueriesContext(connection) as captured:
            call(application, path, extra)
        print(f"{name:36} {cost:12.2f} {len(captured):8}")
        if cost > limit:
            faults.append(f"{name} costs {cost:.2f} empty views, more than {limit}")
    settings.RESPONSE_CACHE_BYTES = 0
    return faults


def list_pages(slugs: list[str]) -> dict[str, str]:
    """Name -> address of the pages that are measured. `slugs`: of at least four roles."""
    a, b, c, d = slugs[:4]
    return {
        "home": "/",
        "roles": "/roles/",
        "role": f"/roles/{a}/",
        "comparison": f"/compare/{a}-vs-{b}/",
        "comparison of four": f"/compare/{a}-vs-{b}-vs-{c}-vs-{d}/",
        "comparison as JSON": f"/compare/{a}-vs-{b}.json",
    }


def start(folder: Path, database_url: str = "") -> Application:
    """Set up the application as it is served, on a new database with all that Rolewise comes with.

    The database is in the folder, or at the address.
    """
    set_up(database_url or f"sqlite:///{folder}/roles.sqlite3")
    from django.conf import settings
    from django.core.management import call_command

    settings.STATIC_ROOT = folder / "static"
    settings.WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ("css", "js", "map", "svg", "txt")  # nobody asks for them here
    call_command("migrate", verbosity=0)
    for name in ("pages", "tables", "occupations"):
        call_command("load_pages", settings.BASE_DIR / "fixtures" / name, stdout=sys.stderr)
    call_command("collectstatic", interactive=False, verbosity=0)
    from config.wsgi import application

    served: Application = application
    return served


def set_up(database_url: str) -> None:
    """Set up Django as the site is served, with the pages to measure against and without the response cache."""
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "DATABASE_URL": database_url,
        "DEBUG": "off",
        "HTTPS": "off",
        "ACCESS_LOG": "off",
        "KEPT_MEGABYTES": "0",
    }
    import django
    from django.conf import settings

    settings.ROOT_URLCONF = "bench.controls"
    django.setup()


def call(application: Application, path: str, extra: dict[str, str] | None = None) -> bytes:
    """Return the body of the answer; RuntimeError if the status is not the expected one."""
    return respond(application, path, extra or {})[0]


def headers(application: Application, path: str) -> dict[str, str]:
    return respond(application, path, {})[1]


def respond(application: Application, path: str, extra: dict[str, str]) -> tuple[bytes, dict[str, str]]:
    """The body and headers of one GET request. `extra`: added to its environ. Raises RuntimeError on failure."""
    place, _, query = path.partition("?")
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": place,
        "QUERY_STRING": query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "localhost",
        "HTTP_ACCEPT_ENCODING": "br",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        **extra,
    }
    started: list[tuple[str, list[tuple[str, str]]]] = []
    answer = application(environ, lambda status, headers: started.append((status, headers)))
    body = b"".join(answer)
    answer.close()  # type: ignore[attr-defined]  # Django's responses have it; it ends the request
    ((status, sent),) = started
    if status != ("304 Not Modified" if "HTTP_IF_NONE_MATCH" in extra and path != EMPTY else "200 OK"):
        raise RuntimeError(f"{path} answered {status}")
    return body, dict(sent)


def measure(application: Application, paths: Iterable[str], extra: dict[str, str] | None = None) -> dict[str, float]:
    """Return path -> median cost in empty views. `extra` is added to the environ of each request."""
    paths = list(paths)
    for path in paths:
        call(application, path, extra)
    gc.collect()
    gc.freeze()  # a served process has no traces of loading, which make each full collection dearer
    ratios: dict[str, list[float]] = {path: [] for path in paths}
    empty: list[float] = []  # seconds
    for _ in range(ROUNDS):
        spent = {}
        for path in paths:
            began = time.process_time()
            for _ in range(CALLS):
                call(application, path, extra)
            spent[path] = time.process_time() - began
        for path in paths:
            ratios[path].append(spent[path] / spent[EMPTY])
        empty.append(spent[EMPTY] / CALLS)
        if sys.stderr.isatty():
            print(".", end="", flush=True, file=sys.stderr)
    print(f"\nAn empty view took {1000 * median(empty):.2f} ms of processor time.")
    return {path: median(ratios[path]) for path in paths}


def queries(application: Application, path: str) -> int:
    """How many queries a page takes."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        call(application, path)
    return len(captured)


def report(heading: str, pages: dict[str, str], costs: dict[str, float], application: Application) -> None:
    print(f"{heading:36} {'empty views':>12} {'queries':>8} {'bytes':>8}")
    for name, path in pages.items():
        size = len(call(application, path))
        print(f"{name:36} {costs[path]:12.1f} {queries(application, path):8} {size:8,}")


if __name__ == "__main__":
    sys.exit(main())
