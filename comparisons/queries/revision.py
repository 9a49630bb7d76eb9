"""The revision of the data set, which a process reads only once in a while, so that most answers need no query."""

import logging
import time

from django.conf import settings
from django.db import InterfaceError, OperationalError

from careers.models import Revision

log = logging.getLogger(__name__)

# While the database is away the last revision stands, so that cached responses can still be sent.
PATIENCE = 5.0  # seconds until the next attempt

_number = 0
_until = 0.0  # on the clock of time.monotonic


def current_revision() -> int:
    """The number of the Revision, at most `REVISION_SECONDS` old; 0 while nothing was ever loaded.

    Raises OperationalError or InterfaceError when the database is away and was never reached.
    """
    global _number, _until
    now = time.monotonic()
    if now < _until:
        return _number
    try:
        _number = Revision.objects.order_by("pk").values_list("number", flat=True).first() or 0
    except (OperationalError, InterfaceError) as error:
        if not _until:
            raise
        log.error("the database is away, cached responses are still served: %s", error)
        _until = time.monotonic() + PATIENCE
    else:
        _until = now + settings.REVISION_SECONDS
    return _number


def forget() -> None:
    """Makes the next call read the database."""
    global _until
    _until = 0.0
