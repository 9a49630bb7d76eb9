"""Scripts that run in a process of their own, with a database that may be frozen or away meanwhile."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from subprocess import PIPE
from textwrap import dedent
from urllib.parse import parse_qs, urlsplit

PROJECT = Path(__file__).parent.parent.parent
# What a script can begin with: a function that asks for a page and prints the status of the answer.
SHOW_STATUS = """
import time, config.wsgi
from wsgiref.util import setup_testing_defaults

def show_status(path):
    environ = {"PATH_INFO": path, "HTTP_HOST": "localhost", "REQUEST_METHOD": "GET"}
    environ["HTTP_COOKIE"] = "session=" + 32 * "a"
    setup_testing_defaults(environ)
    response = config.wsgi.application(environ, lambda status, headers, _=None: print(status[:3], flush=True))
    list(response)
    response.close()
"""


def start_client(database: str, script: str, *arguments: str, **variables: str) -> subprocess.Popen[str]:
    """A process that runs the script, to write to and to read from."""
    environment = os.environ | {
        "DATABASE_URL": database,
        "DJANGO_SETTINGS_MODULE": "tests.settings",  # static files need not be collected
        **variables,
    }
    command = [sys.executable, "-c", dedent(script), *arguments]
    return subprocess.Popen(command, cwd=PROJECT, env=environment, stdin=PIPE, stdout=PIPE, stderr=PIPE, text=True)


def run_client(database: str, script: str, **variables: str) -> tuple[str, str]:
    """What a script writes, and its errors."""
    with start_client(database, script, **variables) as client:
        return client.communicate(timeout=60)


@contextmanager
def freeze(server: str) -> Iterator[None]:
    """Within the block all processes of a PostgreSQL server are stopped; the kernel still takes what is sent there."""
    folder = Path(parse_qs(urlsplit(server).query)["host"][0])
    postmaster = int((folder / "data" / "postmaster.pid").read_text().split()[0])
    try:
        _signal_server(postmaster, signal.SIGSTOP)
        yield
    finally:
        _signal_server(postmaster, signal.SIGCONT)


def _signal_server(postmaster: int, number: signal.Signals) -> None:
    """First to the process that starts the others."""
    os.kill(postmaster, number)
    for process in Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text().split():
        with suppress(ProcessLookupError):  # it had just ended
            os.kill(int(process), number)
