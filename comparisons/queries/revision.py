"""The revision of the data set, which a process reads only once in a while, so that most answers need no query.

Figures over the whole data set cost a look at every row, so a process computes them once per revision.
"""

import logging
import time
from collections import defaultdict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection

from careers.models import Revision
from careers.patience import waiting_at_most

log = logging.getLogger(__name__)
T = TypeVar("T")

# While the database is away the last revision stands, so that cached responses can still be sent.
PAUSE = 1.5  # seconds until the next attempt: by then most loads still show in time

_number = 0
_until = 0.0  # on the clock of time.monotonic


# Key -> (revision, value), and the lock that the thread holds which computes it.
_computed: dict[Hashable, tuple[int, Any]] = {}
_locks: defaultdict[Hashable, Lock] = defaultdict(Lock)


def read_current_revision() -> int:
    """The number of the Revision, at most `REVISION_SECONDS` old; 0 while nothing was ever loaded.

    Raises OperationalError or InterfaceError when the database is away and was never reached.
    """
    global _number, _until
    now = time.monotonic()
    if now < _until:
        return _number
    if not _until:
        _number = _read_number()
        _until = now + settings.REVISION_SECONDS
        return _number
    _until = now + settings.REVISION_PATIENCE  # meanwhile other threads take the number that is known
    try:
        with waiting_at_most(settings.REVISION_PATIENCE):
            _number = _read_number()
    except (OperationalError, InterfaceError) as error:
        log.error("the database is away, cached responses are still served: %s", error)
        _until = time.monotonic() + PAUSE
        # An answer that came too late has ended the connection. Without a new one the page would fail at once.
        connection.close_if_unusable_or_obsolete()
    else:
        _until = now + settings.REVISION_SECONDS
    return _number


def _read_number() -> int:
    return Revision.objects.order_by("pk").values_list("number", flat=True).first() or 0


def forget() -> None:
    """Makes the next call read the database."""
    global _until
    _until = 0.0


def compute_once(key: Hashable, revision: int, compute: Callable[[], T]) -> T:
    """What `compute` returns, computed again when a load or an undo has moved the revision.

    Threads that ask at the same time wait for the one that computes: side by side, each would take as long as all.
    """
    entry = _computed.get(key)
    if entry is None or entry[0] != revision:
        with _locks[key]:
            entry = _computed.get(key)
            if entry is None or entry[0] != revision:
                entry = _computed[key] = (revision, compute())
    value: T = entry[1]
    return value


def forget_computed() -> None:
    _computed.clear()
