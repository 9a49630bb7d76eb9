"""Pauses between the transactions of a long piece of work, so that others can write too.

SQLite has one lock for writing and no queue for it: whoever waits looks again every 0.1 s at the latest. Work in many
short transactions without a pause keeps the lock almost always, and others give up.
"""

from time import monotonic, sleep

from django.db import connection

SECONDS_OF_WORK = 0.4  # until the next pause
SHORTEST_PAUSE = 0.11  # seconds: whoever waits looks at least once
SHARE = 1 / 4  # of the time that was worked, where one transaction took long
LONGEST_PAUSE = 1.0


class WriterPauses:
    """Pauses for one piece of work; PostgreSQL has a queue for each row and needs none."""

    def __init__(self) -> None:
        self.working_since = monotonic()

    def pause_if_due(self) -> None:
        """Call between two transactions."""
        worked = monotonic() - self.working_since
        if worked < SECONDS_OF_WORK or connection.vendor != "sqlite" or connection.in_atomic_block:
            return
        sleep(min(max(SHORTEST_PAUSE, SHARE * worked), LONGEST_PAUSE))
        self.working_since = monotonic()
