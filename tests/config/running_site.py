"""The real application server, for tests of what only it does."""

import os
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import Message
from pathlib import Path

PROJECT = Path(__file__).parent.parent.parent


@contextmanager
def run_site(database_url: str, log: Path, config: str = "config/gunicorn.py", **environment: str) -> Iterator[int]:
    """Yields the port of a server with two worker processes; its errors go to the log."""
    port = find_free_port()
    variables = os.environ | {
        "DATABASE_URL": database_url,
        "DJANGO_SETTINGS_MODULE": "tests.settings",  # static files need not be collected
        "PORT": str(port),
        "WEB_CONCURRENCY": "2",
        **environment,
    }
    gunicorn = [str(Path(sys.executable).parent / "gunicorn"), "--config", config, "config.wsgi"]
    with log.open("w") as errors:
        server = subprocess.Popen(
            gunicorn, cwd=PROJECT, env=variables, stdout=subprocess.PIPE, stderr=errors, text=True
        )
        try:
            assert server.stdout
            assert server.stdout.readline().startswith("Rolewise is at "), log.read_text()
            yield port
        finally:
            server.terminate()
            server.communicate(timeout=60)


def find_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def get(url: str, **headers: str) -> tuple[int, Message, bytes]:
    request = urllib.request.Request(url, headers=headers)  # noqa: S310 - our own server
    try:
        with urllib.request.urlopen(request, timeout=10) as response:  # noqa: S310
            return response.status, response.headers, response.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers, error.read()
