"""Metrics that Prometheus reads, over all worker processes. Imported only if METRICS_TOKEN is set."""

import os
from bisect import bisect_left
from collections.abc import Iterator
from itertools import accumulate
from mmap import mmap
from threading import Lock

from django.db import DatabaseError, InterfaceError
from django.http.response import HttpResponseBase
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, HistogramMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from careers.models import Revision
from careers.patience import waiting_at_most
from comparisons.views.response_cache import ReadyResponse

CONTENT_TYPE = CONTENT_TYPE_PLAIN_0_0_4
STATUSES = ("1xx", "2xx", "3xx", "4xx", "5xx")
BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)

# What a process counts stands in a row of numbers: each has its place.
HELD_BY_SERVER, HELD_BY_BROWSER = len(STATUSES), len(STATUSES) + 1
FIRST_BUCKET = HELD_BY_BROWSER + 1
SECONDS = FIRST_BUCKET + len(BUCKETS) + 1  # after the bucket of all that took longer
WIDTH = SECONDS + 1
ROWS = 256  # two processes of one row would only lose a count when both write it at one moment

# Memory that workers share with the process that they are forked from. Files would end a worker on a full disk.
numbers = memoryview(mmap(-1, 8 * WIDTH * ROWS)).cast("d")
counting = Lock()  # threads of one process


def observe(response: HttpResponseBase, seconds: float) -> None:
    """Count a response. `seconds`: until it was ready to send."""
    row = os.getpid() % ROWS * WIDTH
    with counting:
        numbers[row + response.status_code // 100 - 1] += 1
        numbers[row + FIRST_BUCKET + bisect_left(BUCKETS, seconds)] += 1
        numbers[row + SECONDS] += seconds
        if isinstance(response, ReadyResponse):
            numbers[row + HELD_BY_SERVER] += 1
        elif response.status_code == 304:
            numbers[row + HELD_BY_BROWSER] += 1


class Responses(Collector):
    """What all processes of this server counted."""

    def collect(self) -> Iterator[Metric]:
        totals = [sum(numbers[place::WIDTH]) for place in range(WIDTH)]
        responses = CounterMetricFamily(
            "rolewise_responses", "Responses by the first digit of their status.", labels=["status"]
        )
        for status, total in zip(STATUSES, totals, strict=False):
            responses.add_metric([status], total)
        yield responses
        cached = CounterMetricFamily(
            "rolewise_cached_responses", "Finished pages that were sent again, by who held them.", labels=["held_by"]
        )
        cached.add_metric(["server"], totals[HELD_BY_SERVER])
        cached.add_metric(["browser"], totals[HELD_BY_BROWSER])
        yield cached
        at_most = accumulate(totals[FIRST_BUCKET:SECONDS])
        buckets = list(zip([*map(str, map(float, BUCKETS)), "+Inf"], at_most, strict=True))
        yield HistogramMetricFamily(
            "rolewise_response_seconds", "Time until a response was ready to send.", buckets, totals[SECONDS]
        )


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
    registry.register(Responses())
    registry.register(DataChanges())
    text: bytes = generate_latest(registry)
    return text
