"""The application server: what it reads from the environment, and how it says that it cannot start."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.config.test_make_run import turn

PROJECT = Path(__file__).parent.parent.parent
GUNICORN = Path(sys.executable).parent / "gunicorn"
# With the settings of tests, static files need not be collected.
GIVEN = {"SECRET_KEY": "k" * 50, "PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "tests.settings"}


def serve(**environment: str) -> subprocess.CompletedProcess[str]:
    """A start that is expected to fail, with nothing in its environment but this."""
    command = [str(GUNICORN), "--config", "config/gunicorn.py", "config.wsgi"]
    given = GIVEN | environment
    return subprocess.run(command, cwd=PROJECT, env=given, capture_output=True, text=True, timeout=20, check=False)


@pytest.mark.parametrize(
    ("name", "value"), [("PORT", "abc"), ("PORT", "0"), ("PORT", "99999"), ("WEB_CONCURRENCY", "0"), ("DEBUG", "maybe")]
)
def test_a_wrong_value_stops_the_server_with_one_sentence_that_names_it(name: str, value: str) -> None:
    done = serve(**{name: value})
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"Not started: {name} must be ")
    assert done.stderr.count("\n") == 1


def test_a_taken_port_is_said_in_one_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        done = serve(PORT=str(port))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"Not started: PORT={port} is taken by another program; choose another, or end that one.\n"


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (("run", "PORT=99999"), "PORT"),
        (("dev", "PORT=99999"), "PORT"),
        (("run", "WEB_CONCURRENCY=x"), "WEB_CONCURRENCY"),  # which gunicorn itself reads before its config file
    ],
)
def test_make_stops_at_a_wrong_value_before_it_touches_the_database(
    words: tuple[str, str], name: str, tmp_path: Path
) -> None:
    database = tmp_path / "roles.sqlite3"
    done = make(*words, DATABASE_URL=f"sqlite:///{database}")
    assert done.stderr.startswith(f"Not started: {name} must be a whole number from 1 to ")
    assert "Traceback" not in done.stderr
    assert not database.exists()


def make(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A call of make that is expected to fail."""
    ours = ("DJANGO_SETTINGS_MODULE", "MAKEFLAGS", "MAKELEVEL")  # a person has none of these set
    given = {name: value for name, value in os.environ.items() if name not in ours} | {"SECRET_KEY": "k" * 50}
    given |= environment
    with turn():
        return subprocess.run(
            ["make", *words], cwd=PROJECT, env=given, capture_output=True, text=True, timeout=60, check=False
        )


def test_the_time_limit_for_pages_holds_in_the_server() -> None:
    assert before_workers("from django.conf import settings; print(settings.STATEMENT_TIMEOUT)") == "1.5\n"


def test_workers_begin_with_one_mark_for_pages_and_no_connection() -> None:
    """Else a browser that has a page would get it again from the other workers; a connection cannot be shared."""
    marked = before_workers("import sys; print('comparisons.response_cache' in sys.modules)")
    connected = before_workers("from django.db import connection; print(connection.connection)")
    assert (marked, connected) == ("True\n", "None\n")


def before_workers(asked: str) -> str:
    """What is printed in the process that the workers are copies of."""
    command = [sys.executable, "-c", f"import runpy; runpy.run_path('config/gunicorn.py'); {asked}"]
    done = subprocess.run(command, cwd=PROJECT, env=GIVEN, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    return done.stdout
