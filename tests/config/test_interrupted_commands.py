"""Commands that end before they are done say in a sentence what stays, and leave nothing half done."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import OperationalError, connection

from config.backups.archive import BackupError
from config.backups.database import restore_backup, write_backup
from tests.databases import execute_sql
from tests.ingest.stopping_process import end_when_stopped

PROJECT = Path(__file__).parent.parent.parent
STORED = "SELECT (SELECT COUNT(*) FROM ingest_page), (SELECT COUNT(*) FROM auth_user)"


def interrupt_command(database: str, statement: str, number: int, *command: object) -> tuple[int, str, str]:
    """Press Ctrl+C after this statement; returns exit code, output and errors."""
    stopping = [sys.executable, "-m", "tests.ingest.stopping_process", statement, str(number), *map(str, command)]
    environment = os.environ | {"DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    pipe = subprocess.PIPE
    process = subprocess.Popen(stopping, cwd=PROJECT, env=environment, stdout=pipe, stderr=pipe, text=True)
    out, err = end_when_stopped(process, signal.SIGINT)
    return process.returncode, out, err


def run_command(database: str, *command: object, limit: int | None = None) -> tuple[int, str, str]:
    """Run a command whose files may have this many bytes at most."""
    limited = ["prlimit", f"--fsize={limit}"] if limit else []
    whole = [*limited, sys.executable, "manage.py", *map(str, command)]
    environment = os.environ | {"DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    done = subprocess.run(whole, cwd=PROJECT, env=environment, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


@pytest.mark.django_db
def test_a_first_start_that_is_interrupted_stores_nothing_and_says_so(migrated_database: str) -> None:
    code, out, err = interrupt_command(migrated_database, 'INSERT INTO "careers_citation"', 1, "prepare")
    assert (code, err) == (130, "")
    assert "Interrupted before the last page. Nothing was stored; run the same command again." in out
    assert execute_sql(migrated_database, STORED) == [(0, 0)]


@pytest.mark.skipif(not shutil.which("prlimit"), reason="prlimit is only there on Linux")
def test_a_first_start_without_room_stores_nothing_and_says_so(migrated_sqlite: str) -> None:
    size = Path(migrated_sqlite.removeprefix("sqlite:///")).stat().st_size
    code, _, err = run_command(migrated_sqlite, "prepare", limit=size + 100_000)
    assert code == 1
    assert err.startswith("CommandError: The database failed: ")
    assert err.endswith(". Nothing was stored; run the same command again.\n")
    assert execute_sql(migrated_sqlite, STORED) == [(0, 0)]


@pytest.mark.django_db
def test_a_command_that_is_interrupted_says_so_in_one_line(migrated_database: str, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    file = folder / "one.zip"
    assert run_command(migrated_database, "load_pages", "fixtures/pages/jobicy")[0] == 0
    assert run_command(migrated_database, "backup", file)[0] == 0
    interrupted = {
        f"backup {folder}/two.zip": 'SELECT "careers_role"',
        f"restore --replace {file}": 'INSERT INTO "auth_',
        "reread_pages": 'SELECT "ingest_page"',
    }
    for command, statement in interrupted.items():
        code, out, err = interrupt_command(migrated_database, statement, 1, *command.split())
        assert (code, out) == (130, ""), command
        assert err == "Interrupted. Nothing of the step that was begun stays; run the same command again.\n", command
        assert execute_sql(migrated_database, STORED) == [(1, 0)], command
        assert list(folder.iterdir()) == [file], command


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL has rights")
@pytest.mark.parametrize("command", ["prepare", "reread_pages", "load_pages fixtures/pages", "backup {}/new.zip"])
def test_a_missing_right_is_reported_in_one_line(migrated_database: str, tmp_path: Path, command: str) -> None:
    execute_sql(migrated_database, "ALTER TABLE ingest_page RENAME TO lost")
    code, _, err = run_command(migrated_database, *command.format(tmp_path).split())
    assert code == 1
    assert err.startswith("CommandError: The database failed")
    assert err.count("\n") == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite needs no statistics")
def test_a_failure_after_the_rows_are_restored_says_that_they_are(tmp_path: Path) -> None:
    def fail_to_count(execute: object, sql: str, *rest: object) -> object:
        if sql.startswith(("VACUUM", "ANALYZE")):
            raise OperationalError("no room")
        return execute(sql, *rest)  # type: ignore[operator]

    write_backup(tmp_path / "new.zip")
    with connection.execute_wrapper(fail_to_count), pytest.raises(BackupError, match="Everything is restored, but"):
        restore_backup(tmp_path / "new.zip", replace=True)


def test_a_folder_that_cannot_be_written_is_reported_in_one_line(migrated_sqlite: str) -> None:
    code, _, err = run_command(migrated_sqlite, "compile_occupations", "fixtures/tables", "--to", "/proc/new")
    assert code == 1
    assert err.startswith("CommandError: /proc/new: ")
    assert err.count("\n") == 1
