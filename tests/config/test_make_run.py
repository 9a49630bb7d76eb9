"""`make run` as people use it: complete, on a new database, twice."""

import os
import re
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.config.exclusive_make import PROJECT, lock_make
from tests.config.running_site import find_free_port, get
from tests.config.strict_headers import STRICT
from tests.databases import execute_sql


@contextmanager
def make_run(database: Path, log: Path) -> Iterator[str]:
    """Yields the address of the site once it answers; the output of the start goes to the log."""
    unset = ("DJANGO_SETTINGS_MODULE", "SECRET_KEY", "MAKEFLAGS", "MAKELEVEL")  # as in a new terminal
    environment = {name: value for name, value in os.environ.items() if name not in unset}
    environment["DATABASE_URL"] = f"sqlite:///{database}"
    environment["WEB_CONCURRENCY"] = " "  # empty, which counts as not set
    with lock_make(), log.open("w") as output:
        port = find_free_port()
        command = ["make", "run", f"PORT={port}"]
        process = subprocess.Popen(
            command,
            cwd=PROJECT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=output,
            text=True,
            start_new_session=True,
        )
        assert process.stdout
        try:
            for line in process.stdout:
                output.write(line)
                output.flush()
                if line.startswith("Rolewise is at "):  # it listens
                    break
            else:
                raise AssertionError(log.read_text())
            yield f"http://127.0.0.1:{port}"
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
            output.write(process.communicate()[0])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("make-run")


def test_a_new_site_prints_its_address_and_a_password_and_answers(folder: Path) -> None:
    log = folder / "first"
    with make_run(folder / "roles.sqlite3", log) as site:
        for path in ("/", "/roles/", "/admin/login/", "/nowhere/"):
            status, headers, _ = get(site + path)
            assert status == (404 if path == "/nowhere/" else 200), path
            assert {name: headers[name] for name in STRICT} == STRICT
        modes = {file.name: oct(file.stat().st_mode & 0o777) for file in folder.glob("roles.sqlite3*")}
        assert modes == dict.fromkeys(["roles.sqlite3", "roles.sqlite3-wal", "roles.sqlite3-shm"], "0o600")
        counts = execute_sql(f"sqlite:///{folder}/roles.sqlite3", "SELECT COUNT(*), COUNT(soc_code) FROM careers_role")
        assert counts == [(837, 830)], "roles, and the official occupations among them"
    assert f"Rolewise is at {site}/" in log.read_text()
    assert log.read_text().count("password ") == 1


def test_the_second_start_prints_only_the_address(folder: Path) -> None:
    log = folder / "second"
    with make_run(folder / "roles.sqlite3", log) as site:
        _, headers, body = get(site + "/static/admin/css/base.css", **{"Accept-Encoding": "br"})
        assert headers["Content-Encoding"] == "br"
        assert {name: headers[name] for name in STRICT} == STRICT
        assert len(body) < 10_000
        _, _, page = get(site + "/")
        (script,) = re.findall(r'src="(/static/site\.[0-9a-f]{12}\.js)"', page.decode())
        assert "\n//" not in get(site + script)[2].decode(), "it is minified"
    assert log.read_text().splitlines()[0] == f"Rolewise is at {site}/ (Ctrl+C stops it)"
