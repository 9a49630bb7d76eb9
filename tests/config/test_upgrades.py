"""Databases that earlier releases made are brought up to date, and lose nothing."""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django.test import Client

from careers.models import Duty, Role
from config.backups.database import restore_backup, write_backup
from config.monitoring.health import explain_not_ready
from ingest.models import Batch, Draft, Event, Page
from tests.conftest import clear_caches
from tests.databases import copy_postgresql_database

PROJECT = Path(__file__).parent.parent.parent
RELEASES = sorted((PROJECT / "tests" / "releases").glob("*.sql"), key=lambda path: path.stem)
# The files of all dumps: name -> the first letters of the digest of their content.
PAGES = {"guide.txt": "36f8e2", "pair.txt": "d3a470", "run.txt": "8310c5"}

on_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="the tests on SQLite do it")
on_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="the tests on PostgreSQL do it")


def make_database(release: Path, database: Path) -> None:
    with closing(sqlite3.connect(database)) as old:
        old.executescript(release.read_text())


@contextmanager
def connect_to(name: Any) -> Iterator[None]:
    """A block in which another database takes the place of that of the tests."""
    connection.ensure_connection()
    usual, usual_name = connection.connection, connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = name
    connection.connect()
    try:
        yield
    finally:
        connection.connection.close()
        connection.connection, connection.settings_dict["NAME"] = usual, usual_name
        clear_caches()


def assert_nothing_is_lost() -> None:
    assert explain_not_ready() is None
    stored = {page.name: sha256(page.content).hexdigest()[:6] for page in Page.objects.all()}
    assert stored == PAGES
    pay = dict(Role.objects.values_list("title", "salary__annual_average"))
    assert pay == {"Harbour Pilot’s Mate": 31_200, "Kite Builder": 41_600, "Lantern Maker": 28_080}
    assert Duty.objects.filter(role__slug="lantern-maker").count() == 2
    assert list(User.objects.values_list("username", "groups__name")) == [("ann", "editors")]
    assert User.objects.get().check_password("a password of tests")
    assert (
        Page.objects.get(name="pair.txt").loaded_by == Event.objects.get(page__name="pair.txt").by == User.objects.get()
    )
    waiting = Draft.objects.get(batch=Batch.objects.get())
    assert bytes(waiting.content).decode() == "Ärger — ☕"
    assert waiting.choices["kite builder"]["salary.annual_average"]["text"] == "$41,600"


def assert_readers_are_served() -> None:
    client = Client(HTTP_HOST="localhost")
    page = client.get("/compare/harbour-pilots-mate-vs-kite-builder/")
    assert page.status_code == 200
    assert "$41,600" in page.content.decode()
    assert [role["slug"] for role in client.get("/api/v1/search?q=lantern").json()["roles"]] == ["lantern-maker"]
    listed = client.get("/api/v1/roles").json()
    assert "kite-builder" in json.dumps(listed)


@on_sqlite
@pytest.mark.without_coverage
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("release", RELEASES, ids=lambda path: str(path.stem))
def test_a_database_of_an_earlier_release_is_brought_up_to_date(release: Path, tmp_path: Path) -> None:
    make_database(release, tmp_path / "old.sqlite3")
    with connect_to(tmp_path / "old.sqlite3"):
        if release != RELEASES[-1]:  # no migration has to follow the newest release
            assert "Migrations are pending" in str(explain_not_ready())
        call_command("migrate", verbosity=0)
        assert_nothing_is_lost()
        assert_readers_are_served()
        write_backup(tmp_path / "backup.zip")
        restore_backup(tmp_path / "backup.zip", replace=True)
        assert_nothing_is_lost()


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_a_backup_of_an_earlier_release_is_upgraded_while_it_is_restored(tmp_path: Path) -> None:
    """The file is made of a database that was not brought up to date, by the code of today."""
    make_database(RELEASES[0], tmp_path / "old.sqlite3")
    environment = os.environ | {"DATABASE_URL": f"sqlite:///{tmp_path}/old.sqlite3"}
    environment["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    command = [sys.executable, "manage.py", "backup", str(tmp_path / "backup.zip")]
    subprocess.run(command, cwd=PROJECT, env=environment, check=True, capture_output=True)
    with copy_postgresql_database() as address, connect_to(urlsplit(address).path.removeprefix("/")):
        restore_backup(tmp_path / "backup.zip")
        assert_nothing_is_lost()
        assert_readers_are_served()


def test_every_release_has_its_database_and_each_is_small() -> None:
    lines = (PROJECT / "CHANGELOG.md").read_text().splitlines()
    versions = [line.split()[1] for line in lines if line[:4] == "## 0" and "unreleased" not in line]
    assert [release.stem for release in RELEASES] == sorted(versions)
    assert all(release.stat().st_size < 100_000 for release in RELEASES)
