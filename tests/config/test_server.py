"""The application server: the settings it uses, and its error when it cannot start."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.config.exclusive_make import lock_make
from tests.config.running_site import get, run_site

PROJECT = Path(__file__).parent.parent.parent
GUNICORN = Path(sys.executable).parent / "gunicorn"
# With the settings of tests, static files need not be collected.
ENVIRONMENT = {"SECRET_KEY": "k" * 50, "PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "tests.settings"}


def serve(**environment: str) -> subprocess.CompletedProcess[str]:
    """Starts the server, which is expected to fail, with only this environment."""
    command = [str(GUNICORN), "--config", "config/gunicorn.py", "config.wsgi"]
    variables = ENVIRONMENT | environment
    return subprocess.run(command, cwd=PROJECT, env=variables, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize(("name", "value"), [("PORT", "99999"), ("WEB_CONCURRENCY", "0"), ("DEBUG", "maybe")])
def test_a_wrong_value_stops_the_server_with_one_sentence_that_names_it(name: str, value: str) -> None:
    done = serve(**{name: value})
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"Not started: {name} must be ")
    assert done.stderr.count("\n") == 1


def test_a_port_in_use_is_reported_in_one_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        done = serve(PORT=str(port))
    assert (done.returncode, done.stdout) == (1, "")
    reason = "is in use by another program; choose another port, or stop that program"
    assert done.stderr == f"Not started: PORT={port} {reason}.\n"


@pytest.mark.parametrize("empty", ["", " "])
def test_an_empty_number_of_processes_counts_as_not_set(empty: str) -> None:
    """gunicorn itself would stop with a traceback; so the server gets as far as its port, which is taken here."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        variables = ENVIRONMENT | {"WEB_CONCURRENCY": empty, "PORT": str(listener.getsockname()[1])}
        command = [str(PROJECT / "deploy" / "serve")]
        done = subprocess.run(
            command, cwd=PROJECT, env=variables, capture_output=True, text=True, timeout=60, check=False
        )
    assert "is in use by another program" in done.stderr
    assert done.stderr.count("\n") == 1


def test_an_address_of_another_machine_is_reported_in_one_sentence() -> None:
    done = serve(HOST="192.0.2.1", PORT="8123")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "Not started: HOST=192.0.2.1 is not an address of this machine.\n"


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
    """Calls make, which is expected to fail."""
    unset = ("DJANGO_SETTINGS_MODULE", "MAKEFLAGS", "MAKELEVEL")  # as in a new terminal
    variables = {name: value for name, value in os.environ.items() if name not in unset} | {"SECRET_KEY": "k" * 50}
    variables |= environment
    with lock_make():
        return subprocess.run(
            ["make", *words], cwd=PROJECT, env=variables, capture_output=True, text=True, timeout=60, check=False
        )


def test_the_server_uses_the_shorter_statement_timeout() -> None:
    assert run_before_fork("from django.conf import settings; print(settings.STATEMENT_TIMEOUT)") == "1.3\n"


def test_an_empty_setting_has_the_value_that_it_has_when_serving() -> None:
    shown = "from django.conf import settings; print(settings.STATEMENT_TIMEOUT, settings.ACCESS_LOG)"
    assert run_before_fork(shown, STATEMENT_TIMEOUT="", ACCESS_LOG=" ") == "1.3 True\n"


def test_workers_start_with_a_common_etag_prefix_and_no_connection() -> None:
    """With one prefix per worker a browser would get pages that it has again; a connection cannot be shared."""
    imported = run_before_fork("import sys; print('comparisons.views.response_cache' in sys.modules)")
    connected = run_before_fork("from django.db import connection; print(connection.connection)")
    assert (imported, connected) == ("True\n", "None\n")


def run_before_fork(statement: str, **environment: str) -> str:
    """What the statement prints in the process that the workers are forked from."""
    command = [sys.executable, "-c", f"import runpy; runpy.run_path('config/gunicorn.py'); {statement}"]
    variables = ENVIRONMENT | environment
    done = subprocess.run(command, cwd=PROJECT, env=variables, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    return done.stdout


@pytest.mark.skipif(sys.platform != "linux", reason="memory that has the form of a folder is only there on Linux")
def test_a_full_disk_keeps_no_server_from_starting_and_ends_none(migrated_sqlite: str, tmp_path: Path) -> None:
    """A worker that wrote metrics to a file would be killed, and without a place for its sign of life none starts."""
    token = "a-token-of-tests-only"
    config = "python:tests.config.full_disk_gunicorn"
    with run_site(migrated_sqlite, tmp_path / "log", config, METRICS_TOKEN=token) as port:
        site = f"http://127.0.0.1:{port}"
        assert get(site + "/nowhere/")[0] == 404
        assert get(site + "/metrics", Authorization=f"Bearer {token}")[0] == 200
