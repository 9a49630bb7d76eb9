"""Nobody but its owner can read the file of the database, its journals and copies of it."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from config import database_files

PROJECT = Path(__file__).parent.parent.parent


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "roles.sqlite3"


def read_mode(path: Path) -> str:
    return oct(path.stat().st_mode & 0o777)


def test_a_new_file_and_its_journals_belong_to_the_owner_alone(database: Path) -> None:
    database_files.create_database_file(database)
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE t (x)")
        files = sorted(database.parent.iterdir())
        assert [file.name for file in files] == ["roles.sqlite3", "roles.sqlite3-shm", "roles.sqlite3-wal"]
        assert {read_mode(file) for file in files} == {"0o600"}


def test_an_existing_file_keeps_its_content(database: Path) -> None:
    database.write_bytes(b"content")
    database_files.create_database_file(database)
    assert database.read_bytes() == b"content"


def test_files_of_an_earlier_version_are_restricted_and_others_are_left_alone(database: Path) -> None:
    copies = [database.with_name(database.name + ending) for ending in ("", "-wal", "-shm", ".bak", "-2026-11-01")]
    other = database.with_name("readme.txt")
    for file in [*copies, other]:
        file.touch()
        file.chmod(0o664)
    database_files.restrict_database_files(database)
    assert {read_mode(file) for file in copies} == {"0o600"}
    assert read_mode(other) == "0o664"


def test_a_folder_that_does_not_exist_is_left_to_the_error_of_the_connection(database: Path) -> None:
    database.parent.rmdir()
    database_files.create_database_file(database)
    database_files.restrict_database_files(database)
    assert not database.parent.exists()


def test_a_folder_or_another_file_that_is_named_by_mistake_is_left_alone(database: Path) -> None:
    letter = database.with_name("letter.txt")
    letter.write_text("Dear operator")
    letter.chmod(0o644)
    folder = database.with_name("folder")
    folder.mkdir(mode=0o755)
    for path, mode in ((letter, "0o644"), (folder, "0o755")):
        database_files.create_database_file(path)
        database_files.restrict_database_files(path)
        assert read_mode(path) == mode


def test_every_start_restricts_the_file(tmp_path: Path) -> None:
    path = tmp_path / "roles.sqlite3"
    path.touch()
    path.chmod(0o644)
    environment = os.environ | {"DATABASE_URL": f"sqlite:///{path}", "DJANGO_SETTINGS_MODULE": "tests.settings"}
    subprocess.run([sys.executable, "-c", "import config.wsgi"], cwd=PROJECT, env=environment, check=True)
    assert read_mode(path) == "0o600"


def test_files_that_others_can_read_are_noticed(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database_files, "FOR_OTHERS", 0)
    with pytest.raises(AssertionError):
        test_files_of_an_earlier_version_are_restricted_and_others_are_left_alone(database)


def test_a_new_file_that_others_can_read_is_noticed(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database_files, "create_database_file", lambda path: path.touch(mode=0o644))
    with pytest.raises(AssertionError):
        test_a_new_file_and_its_journals_belong_to_the_owner_alone(database)
