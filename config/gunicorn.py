"""Configures the application server: gunicorn --config config/gunicorn.py config.wsgi"""

import errno
import socket
import sys
from typing import Any

from django.conf import settings
from django.urls import get_resolver

from config import wsgi  # noqa: F401 - reads the settings for serving, and reports a wrong one

HOST = "127.0.0.1"

bind = f"{HOST}:{settings.PORT}"
worker_class = "gthread"
threads = 4
workers = settings.WEB_CONCURRENCY
preload_app = True  # loaded once and shared: workers start quickly and need little memory
loglevel = "warning"
control_socket_disable = True  # it would be in the home folder, one for all servers of a user


# Imports all our code before the workers fork. They share its memory and its ETag prefix: with one prefix per worker,
# a browser would get an unchanged page again whenever a different worker answers.
_ = get_resolver().url_patterns


def on_starting(server: Any) -> None:
    """Exits with one clear sentence if the port cannot be used; gunicorn itself would retry for seconds."""
    if server.master_pid:
        return  # this server takes over the sockets of an old one
    try:
        socket.create_server((HOST, settings.PORT)).close()
    except OSError as error:
        reason = f"fails: {error.strerror}"
        if error.errno == errno.EADDRINUSE:
            reason = "is in use by another program; choose another port, or stop that program"
        sys.exit(f"Not started: PORT={settings.PORT} {reason}.")


def when_ready(server: Any) -> None:
    print(f"Rolewise is at http://{bind}/ (Ctrl+C stops it)", flush=True)  # noqa: T201 - the output of make run
