"""Databases for the processes that tests start; the fixtures of `tests/conftest.py` give their addresses."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import django
import psycopg2
from django.db.backends.base.base import BaseDatabaseWrapper

PROJECT = Path(__file__).parent.parent


# What `manage.py prepare` does before it loads anything.
MIGRATE = """if True:
    import django
    django.setup()
    from config.management.commands.prepare import migrate_if_needed
    migrate_if_needed()
"""


def migrate(address: str) -> None:
    environment = os.environ | {"DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    command = [sys.executable, "-c", MIGRATE]
    subprocess.run(command, cwd=PROJECT, env=environment, check=True)


def make_digest_of_schema() -> str:
    """A digest of everything that the tables after all migrations can depend on: code, packages and SQLite."""
    digest = sha256(f"{django.__version__} {sqlite3.sqlite_version}".encode())
    paths = [PROJECT / "run.lock"]
    for app in ("careers", "config", "ingest"):
        paths += sorted((PROJECT / app).rglob("*.py"))
    for path in paths:
        digest.update(str(path.relative_to(PROJECT)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def keep_file(file: Path, kept: Path) -> None:
    """Keep a copy in place of all others in its folder. Another process may do the same at this moment."""
    unfinished = kept.with_name(f"{uuid4().hex}.unfinished")
    shutil.copy(file, unfinished)
    unfinished.replace(kept)
    for other in kept.parent.glob("*.sqlite3"):
        if other != kept:
            other.unlink(missing_ok=True)


def load_sqlite(file: Path, connection: BaseDatabaseWrapper) -> None:
    """Replace everything in an open SQLite database by a copy of this file."""
    connection.ensure_connection()
    with closing(sqlite3.connect(file)) as template:
        template.backup(connection.connection)


def copy_sqlite(file: Path, folder: Path) -> str:
    """The address of a copy in this folder. No process may have the file open."""
    return f"sqlite:///{shutil.copy(file, folder / 'copy.sqlite3')}"


@contextmanager
def copy_postgresql_database(template: str = "template1", options: str = "") -> Iterator[str]:
    """The address of a database on the server that the tests run on, a copy of another one there.

    `options`: of CREATE DATABASE.
    """
    server = urlsplit(os.environ["DATABASE_URL"])
    name = f"of_a_process_{uuid4().hex}"
    maintenance = server._replace(path="/postgres").geturl()
    execute_sql(maintenance, f"CREATE DATABASE {name} TEMPLATE {template} {options}")
    yield server._replace(path=f"/{name}").geturl()
    execute_sql(maintenance, f"DROP DATABASE {name} WITH (FORCE)")


def execute_sql(address: str, statement: str) -> list[tuple[Any, ...]]:
    """The rows that one statement gives, past Django, whose own connection the test may not open."""
    if address.startswith("sqlite:///"):
        with closing(sqlite3.connect(address.removeprefix("sqlite:///"), timeout=20)) as connection:
            return connection.execute(statement).fetchall()
    with closing(psycopg2.connect(address)) as connected:
        connected.autocommit = True
        with connected.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchall() if cursor.description else []
