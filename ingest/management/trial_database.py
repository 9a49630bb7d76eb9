"""A copy of the database for a dry run, which reads and writes all that a real run would without locking others out."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir

from django.apps import apps
from django.core.management.base import CommandError
from django.db import DatabaseError, connection, transaction

from careers.bulk import copy_to_temporary_tables


@contextmanager
def trial_database() -> Iterator[None]:
    """A block in which the database is a copy of what is stored. Raises CommandError if there is no room for it."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with TemporaryDirectory(prefix="rolewise-dry-run-") as folder, _copy_file(Path(folder)), _rolled_back():
            yield
        return
    with _rolled_back():
        if connection.vendor == "postgresql":
            _copy_tables()
        yield


@contextmanager
def _rolled_back() -> Iterator[None]:
    """One transaction, which is never stored. So loads do not pause in it for other writers either."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def _copy_file(folder: Path) -> Iterator[None]:
    """SQLite has one lock for all writers. Copying its file needs only a lock for reading."""
    path = folder / "copy.sqlite3"
    stored, stored_name = connection.connection, connection.settings_dict["NAME"]
    try:
        with closing(sqlite3.connect(path)) as copy:
            stored.backup(copy)
    except sqlite3.Error as error:
        raise _refuse_without_copy(error) from error
    connection.settings_dict["NAME"] = path
    connection.connect()
    try:
        yield
    finally:
        connection.connection.close()
        connection.connection, connection.settings_dict["NAME"] = stored, stored_name


def _copy_tables() -> None:
    """On PostgreSQL, temporary tables hide the stored ones of the same names, only from this connection."""
    models = [*apps.get_app_config("careers").get_models(), *apps.get_app_config("ingest").get_models()]
    try:
        copy_to_temporary_tables(models)
    except DatabaseError as error:
        raise _refuse_without_copy(error) from error


def _refuse_without_copy(error: Exception) -> CommandError:
    reason = " ".join(str(error).split()).rstrip(".")
    needed = "room and the right to make temporary tables"
    if connection.vendor == "sqlite":
        needed = f"room in {gettempdir()}, or in the folder that TMPDIR names"
    return CommandError(
        f"A dry run works on a copy of the database, which could not be made: {reason}. It needs {needed}."
    )
