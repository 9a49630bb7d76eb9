"""Measures what a reader with a slow phone waits for: `python -m bench.first_view`.

Starts the site with `make run` on a new database and opens pages in Chromium as a phone would: 412 pixels wide, a
processor four times slower, 1.6 Mbit/s, 150 ms to the server, an empty cache. Prints the compressed bytes of the first
view, and the medians of five loads: largest contentful paint (LCP), total blocking time (TBT) and cumulative layout
shift (CLS). Only bytes have limits, because times depend on the machine and on what else it does.
"""

import gzip
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import NamedTuple

import brotli
from playwright.sync_api import Browser, sync_playwright

from tests.browser.conftest import FLAGS
from tests.config.running_site import find_free_port

PROJECT = Path(__file__).parent.parent
PAIR = "/compare/lead-technician-vs-software-support-technician/"
FULLEST = "/compare/software-support-technician-vs-customer-support-technician/"  # of the pairs in fixtures/
WITH_GUIDE = "/compare/lead-technician-vs-software-technician/"
WHOLE_PAIR = "/compare/registered-nurses-29-1141-vs-cooks-restaurant-35-2014/"
FOUR = (
    "/compare/registered-nurses-29-1141-vs-cooks-restaurant-35-2014"
    "-vs-software-developers-15-1252-vs-electricians-47-2111/"
)
# Page -> limit for the compressed bytes of HTML, style sheets and our scripts.
LIMITS = {PAIR: 14_600, FULLEST: 14_600, WITH_GUIDE: 30_000, WHOLE_PAIR: 24_000}
OTHERS = ["/", "/roles/", "/roles/lead-technician/", FOUR, "/explore/", "/about/"]
LOADS = 5
SLOWER = 4
NETWORK = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 0.75e6 / 8}
WATCH = """
window.seen = {lcp: 0, tbt: 0, cls: 0};
const watch = (type, callback) =>
  new PerformanceObserver((list) => list.getEntries().forEach(callback)).observe({type, buffered: true});
watch("largest-contentful-paint", (entry) => { seen.lcp = entry.startTime; });
watch("longtask", (entry) => { seen.tbt += Math.max(0, entry.duration - 50); });
watch("layout-shift", (entry) => { if (!entry.hadRecentInput) seen.cls += entry.value; });
"""
DECODERS = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}


class PageLoad(NamedTuple):
    """Times in milliseconds; the layout shift has no unit."""

    lcp: float
    tbt: float
    cls: float


def main() -> int:
    faults = []
    with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        print(f"{'page':70} {'bytes':>8} {'LCP ms':>8} {'TBT ms':>8} {'CLS':>6}")
        for path in [*LIMITS, *OTHERS]:
            size = sum(sizes(site, path).values())
            loads = [load(browser, site + path) for _ in range(LOADS)]
            medians = PageLoad(*(median(values) for values in zip(*loads, strict=True)))
            print(f"{path:70.70} {size:8,} {medians.lcp:8.0f} {medians.tbt:8.0f} {medians.cls:6.3f}")
            if size > LIMITS.get(path, size):
                faults.append(f"the first view of {path} has {size:,} bytes, more than {LIMITS[path]:,}")
        browser.close()
    print("\n".join(f"MISSED: {fault}" for fault in faults) or "All limits are kept.")
    return int(bool(faults))


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Yields the address of a site that `make run` started, once it answers."""
    port = find_free_port()
    environment = os.environ | {"DATABASE_URL": f"sqlite:///{folder}/roles.sqlite3"}
    process = subprocess.Popen(  # noqa: S603 - fixed words
        ["make", "run", f"PORT={port}"],  # noqa: S607 - the make on PATH
        cwd=PROJECT,
        env=environment,
        stdout=sys.stderr,
        start_new_session=True,
    )
    site = f"http://127.0.0.1:{port}"
    try:
        while process.poll() is None:
            try:
                fetch(site + "/favicon.ico")
                break
            except urllib.error.URLError:
                time.sleep(0.1)
        yield site
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()


def fetch(address: str) -> tuple[int, bytes]:
    """The number of bytes that were sent, compressed as for a browser, and the decoded body."""
    request = urllib.request.Request(address, headers={"Accept-Encoding": "gzip, deflate, br"})  # noqa: S310 - our own server
    with urllib.request.urlopen(request) as response:  # noqa: S310 - our own server
        body = response.read()
        return len(body), DECODERS[response.headers["Content-Encoding"]](body)


def sizes(site: str, path: str) -> dict[str, int]:
    """Address -> compressed bytes of the page, its style sheets and our scripts, without Plotly, which comes later."""
    size, page = fetch(site + path)
    files = re.findall(r'(?:<link rel="stylesheet" href|<script src)="([^"]+)"', page.decode())
    return {path: size} | {file: fetch(site + file)[0] for file in files}


def load(browser: Browser, address: str) -> PageLoad:
    """Open a page in a new context as a slow phone on a slow network."""
    context = browser.new_context(viewport={"width": 412, "height": 915}, device_scale_factor=2)
    page = context.new_page()
    page.add_init_script(WATCH)
    devtools = context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.send("Network.emulateNetworkConditions", NETWORK)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(address, wait_until="load")
    page.wait_for_timeout(500)
    measured = page.evaluate("[seen.lcp, seen.tbt, seen.cls]")
    context.close()
    return PageLoad(*measured)


if __name__ == "__main__":
    sys.exit(main())
