"""How the application server runs: gunicorn --config config/gunicorn.py config.wsgi"""

import errno
import socket
import sys
from typing import Any

from django.conf import settings
from django.urls import get_resolver

from config import wsgi  # noqa: F401 - it reads the settings as a server needs them, and says which one is wrong

HOST = "127.0.0.1"

bind = f"{HOST}:{settings.PORT}"
worker_class = "gthread"
threads = 4
workers = settings.WEB_CONCURRENCY
preload_app = True  # loaded once and shared, so a worker starts at once and costs little memory
loglevel = "warning"
control_socket_disable = True  # it would stand in the home folder, one for all servers of a person


# All our code is read before there are workers: they share it, and the mark of a page is the same whoever answers.
# Otherwise a browser would be sent again what it has whenever another worker answers than before.
_ = get_resolver().url_patterns


def on_starting(server: Any) -> None:
    """Tries the port once and says what is wrong with it; the server itself would try for seconds, in its own words."""
    if server.master_pid:
        return  # a new server that takes over the sockets of the old one
    try:
        socket.create_server((HOST, settings.PORT)).close()
    except OSError as error:
        taken = error.errno == errno.EADDRINUSE
        why = "is taken by another program; choose another, or end that one" if taken else f"fails: {error.strerror}"
        sys.exit(f"Not started: PORT={settings.PORT} {why}.")


def when_ready(server: Any) -> None:
    print(f"Rolewise is at http://{bind}/ (Ctrl+C stops it)", flush=True)  # noqa: T201 - this is what make run says
