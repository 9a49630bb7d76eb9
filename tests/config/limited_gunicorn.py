"""The real configuration of the server with other limits, so that no test depends on the speed of the machine."""

import os

from config import slow_clients
from config.gunicorn import *  # noqa: F403 - all of it is the point

seconds = float(os.environ["SECONDS_FOR_SLOW_CLIENTS"])
slow_clients.SECONDS_FOR_HEADERS = seconds
slow_clients.SECONDS_FOR_BODY = seconds
slow_clients.SECONDS_FOR_CLOSING = seconds
slow_clients.MOST_WAITING = int(os.environ.get("MOST_WAITING", slow_clients.MOST_WAITING))
