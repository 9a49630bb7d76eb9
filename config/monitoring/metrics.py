"""Metrics that Prometheus reads, over all worker processes. Imported only if METRICS_TOKEN is set."""

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator

from django.db import DatabaseError, InterfaceError
from django.http.response import HttpResponseBase

from careers.models import Revision
from careers.patience import waiting_at_most
from comparisons.views.response_cache import ReadyResponse

# The counters of each process are in a file there. prometheus-client looks for the folder when it is imported.
FOLDER = tempfile.mkdtemp(prefix="rolewise-metrics-")
os.environ["PROMETHEUS_MULTIPROC_DIR"] = FOLDER
OWNER = os.getpid()

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest  # noqa: E402 - after its folder is named
from prometheus_client.core import CounterMetricFamily  # noqa: E402 - after its folder is named
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4  # noqa: E402 - after its folder is named
from prometheus_client.multiprocess import MultiProcessCollector  # noqa: E402 - after its folder is named
from prometheus_client.registry import Collector  # noqa: E402 - after its folder is named

CONTENT_TYPE = CONTENT_TYPE_PLAIN_0_0_4
BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)

responses = Counter("rolewise_responses", "Responses by the first digit of their status.", ["status"])
by_class = {digit: responses.labels(f"{digit}xx") for digit in range(1, 6)}
cached = Counter("rolewise_cached_responses", "Finished pages that were sent again, by who held them.", ["held_by"])
held_by_server, held_by_browser = cached.labels("server"), cached.labels("browser")
durations = Histogram("rolewise_response_seconds", "Time until a response was ready to send.", buckets=BUCKETS)


def observe(response: HttpResponseBase, seconds: float) -> None:
    """Count a response. `seconds`: until it was ready to send."""
    by_class[response.status_code // 100].inc()
    durations.observe(seconds)
    if isinstance(response, ReadyResponse):
        held_by_server.inc()
    elif response.status_code == 304:
        held_by_browser.inc()


class DataChanges(Collector):
    """Loads, undos, merges and take-downs, which happen in other processes too: the database counts them."""

    def collect(self) -> Iterator[CounterMetricFamily]:
        try:
            with waiting_at_most(1):
                number = Revision.objects.values_list("number", flat=True).first() or 0
        except (DatabaseError, InterfaceError):
            return  # the other metrics are needed most while the database is unavailable
        yield CounterMetricFamily("rolewise_data_changes", "Loads, undos, merges and take-downs.", number)


def collect() -> bytes:
    """The state of all processes in Prometheus's text format."""
    registry = CollectorRegistry()
    MultiProcessCollector(registry, FOLDER)  # type: ignore[no-untyped-call]  # the library has no types there
    registry.register(DataChanges())
    text: bytes = generate_latest(registry)
    return text


@atexit.register
def remove_folder() -> None:
    if os.getpid() == OWNER:  # the first process, which the workers were forked from
        shutil.rmtree(FOLDER, ignore_errors=True)
