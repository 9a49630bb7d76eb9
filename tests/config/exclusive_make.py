"""make, which only one test may run at a time."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PROJECT = Path(__file__).parent.parent.parent


@contextmanager
def lock_make() -> Iterator[None]:
    """Waits for other runs of make in this folder: somebody may test it twice at the same time."""
    with (PROJECT / "Makefile").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
