"""`manage.py prepare` creates what is missing; `test_first_start.py` is about what it loads."""

import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.db import connection

from careers.models import Role
from ingest.models import Page
from tests.config.started_database import prepare
from tests.databases import copy_postgresql_database, execute_sql

PROJECT = Path(__file__).parent.parent.parent


@pytest.mark.django_db
def test_the_start_says_how_to_read_pages_again_that_an_earlier_version_read() -> None:
    User.objects.create_superuser("ann")
    page = next((PROJECT / "fixtures" / "pages" / "jobicy").glob("*.txt"))
    call_command("load_pages", page, stdout=StringIO())
    assert prepare() == ""
    Page.objects.update(reader_version=0)
    assert "manage.py reread_pages --apply" in prepare()


@pytest.mark.django_db
def test_a_database_with_pages_gets_an_account_and_no_samples() -> None:
    page = next((PROJECT / "fixtures" / "pages" / "jobicy").glob("*.txt"))
    call_command("load_pages", page, stdout=StringIO())
    assert "password " in prepare()
    assert Role.objects.count() == 1


@pytest.mark.django_db
def test_three_groups_are_ready_and_are_made_only_once() -> None:
    User.objects.create_superuser("ann")
    prepare()
    assert set(Group.objects.values_list("name", flat=True)) == {"viewer", "loader", "editor"}

    Group.objects.exclude(name="viewer").delete()
    prepare()
    assert Group.objects.values_list("name", flat=True).get() == "viewer"


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite plans without such numbers")
def test_postgresql_knows_that_new_tables_are_empty(migrated_database: str) -> None:
    """Otherwise it would take a second to plan a query that joins fifty of them; the plan is the same."""
    tables = "FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
    assert execute_sql(migrated_database, f"SELECT count(*) > 40 {tables}") == [(True,)]
    assert execute_sql(migrated_database, f"SELECT relname {tables} AND reltuples < 0") == []


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://nobody@127.0.0.1:1/nothing",
        "sqlite:////nowhere/roles.sqlite3",
        "sqlite:////proc/roles.sqlite3",  # a folder in which nobody may make a file
        "sqlite:////proc/version",  # no database
    ],
)
def test_an_unavailable_database_is_reported_in_one_sentence(url: str) -> None:
    environment = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    command = [sys.executable, "manage.py", "prepare"]
    done = subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert "The database cannot be reached" in done.stderr
    assert "DATABASE_URL" in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite always has UTF-8")
def test_a_database_that_does_not_hold_every_character_is_refused_before_anything_is_stored() -> None:
    with copy_postgresql_database("template0", "ENCODING 'SQL_ASCII' LOCALE 'C'") as url:
        environment = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.settings"}
        command = [sys.executable, "manage.py", "prepare"]
        done = subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=False)
        assert execute_sql(url, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'") == []
    assert (done.returncode, done.stdout) == (1, "")
    assert "The database has the encoding SQL_ASCII" in done.stderr
    assert "createdb --encoding=UTF8" in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_process_that_only_serves_pages_does_not_import_pandas_or_plotly(migrated_sqlite: str) -> None:
    serve = """if True:
        import sys
        import config.wsgi
        from django.test import Client
        for path in ("/", "/roles/", "/admin/login/"):
            assert Client().get(path, HTTP_HOST="localhost").status_code == 200, path
        print({"pandas", "numpy", "plotly", "openpyxl"} & set(sys.modules))
    """
    environment = os.environ | {
        "DATABASE_URL": migrated_sqlite,
        "DJANGO_SETTINGS_MODULE": "tests.settings",  # static files need not be collected
    }
    command = [sys.executable, "-c", serve]
    done = subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=False)
    assert done.stdout == "set()\n", done.stderr
