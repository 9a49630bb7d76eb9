"""How long a thread waits for the database, where that differs from the usual time."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager


class _Patience(threading.local):
    ends_at: float | None = None  # on the clock of time.monotonic


_patience = _Patience()


@contextmanager
def waiting_at_most(seconds: float) -> Iterator[None]:
    """Within the block this thread waits at most this long for all answers of PostgreSQL together."""
    _patience.ends_at = time.monotonic() + seconds
    try:
        yield
    finally:
        _patience.ends_at = None


def seconds_of_patience() -> float | None:
    """The seconds that are left in the block of `waiting_at_most`; None outside of one."""
    if _patience.ends_at is None:
        return None
    return max(0.0, _patience.ends_at - time.monotonic())
