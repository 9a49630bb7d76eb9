"""Which state of the data set a process believes in. It looks once in a while, so that most answers need no query."""

import logging
import time

from django.conf import settings
from django.db import InterfaceError, OperationalError

from careers.models import Revision

log = logging.getLogger(__name__)

# While the database is away the state that was seen last stands, so that kept answers can still be given.
PATIENCE = 5.0  # seconds until the next look

_number = 0
_until = 0.0  # on the clock of time.monotonic


def current_revision() -> int:
    """The number of the Revision, at most `REVISION_SECONDS` old; 0 while nothing was ever loaded.

    OperationalError or InterfaceError when the database is away and was never reached.
    """
    global _number, _until
    if (now := time.monotonic()) < _until:
        return _number
    try:
        _number = Revision.objects.order_by("pk").values_list("number", flat=True).first() or 0
    except (OperationalError, InterfaceError) as error:
        if not _until:
            raise
        log.error("the database is away, what is kept still stands: %s", error)
        _until = time.monotonic() + PATIENCE
    else:
        _until = now + settings.REVISION_SECONDS
    return _number


def forget() -> None:
    """Look again at once."""
    global _until
    _until = 0.0
