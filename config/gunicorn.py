"""Configures the application server: gunicorn --config config/gunicorn.py config.wsgi"""

import errno
import logging
import os
import socket
import sys
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import get_resolver
from gunicorn import util
from gunicorn.workers import gthread

from config import wsgi  # noqa: F401 - reads the settings for serving, and reports a wrong one
from config.middleware import list_strict_headers
from config.monitoring.request_ids import HEADER, current_id, make_id
from config.slow_clients import PatientConnection, PatientWorker, expect_body

log = logging.getLogger("access")

bind = f"[{settings.HOST}]:{settings.PORT}" if ":" in settings.HOST else f"{settings.HOST}:{settings.PORT}"
forwarded_allow_ips = ",".join(map(str, settings.FORWARDED_ALLOW_IPS))
worker_class = PatientWorker
threads = 4
workers = settings.WEB_CONCURRENCY
preload_app = True  # loaded once and shared: workers start quickly and need little memory
MEMORY = "/dev/shm"  # noqa: S108 - a file there needs no disk, and a full disk would end the server
worker_tmp_dir = MEMORY if os.access(MEMORY, os.W_OK) else None
loglevel = "warning"
logconfig_dict = settings.LOGGING
control_socket_disable = True  # it would be in the home folder, one for all servers of a user


# Imports all our code before the workers fork. They share its memory and its ETag prefix: with one prefix per worker,
# a browser would get an unchanged page again whenever a different worker answers.
_ = get_resolver().url_patterns


def write_error(connection: socket.socket, status: int, reason: str, message: str) -> None:
    """Answers a request that gunicorn itself refuses, before it reaches Django: with our page and our headers.

    `message` quotes the request; nobody needs to read that.
    """
    request_id = make_id()
    current_id.set(request_id)
    body = render_to_string("500.html" if status >= 500 else "400.html", {"request_id": request_id}).encode()
    headers = {"Connection": "close", "Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(body))}
    headers[HEADER] = request_id
    lines = [f"HTTP/1.1 {status} {reason}"]
    lines += [f"{name}: {value}" for name, value in (headers | list_strict_headers()).items()]
    log.info("- - %s", status, extra={"status": status, "bytes": len(body)})
    util.write_nonblock(connection, "\r\n".join([*lines, "", ""]).encode("latin-1") + body)


# gunicorn has no settings for these: its workers look them up there.
util.write_error = write_error
PatientConnection.write_error = staticmethod(write_error)
gthread.TConn = PatientConnection


def pre_request(worker: Any, request: Any) -> None:
    expect_body(request)


def on_starting(server: Any) -> None:
    """Exits with one clear sentence if the port cannot be used; gunicorn itself would retry for seconds."""
    if server.master_pid:
        return  # this server takes over the sockets of an old one
    try:
        family = socket.AF_INET6 if ":" in settings.HOST else socket.AF_INET
        socket.create_server((settings.HOST, settings.PORT), family=family).close()
    except OSError as error:
        reason = f"fails: {error.strerror}"
        if error.errno == errno.EADDRINUSE:
            reason = "is in use by another program; choose another port, or stop that program"
        if error.errno == errno.EADDRNOTAVAIL:
            sys.exit(f"Not started: HOST={settings.HOST} is not an address of this machine.")
        sys.exit(f"Not started: PORT={settings.PORT} {reason}.")


def when_ready(server: Any) -> None:
    print(f"Rolewise is at http://{bind}/ (Ctrl+C stops it)", flush=True)  # noqa: T201 - the output of make run
