"""From the database to a file and back, a few rows at a time."""

from __future__ import annotations

import json
import tomllib
from base64 import b64decode, b64encode
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import DatabaseError, connection, transaction
from django.db.models import BinaryField, Field, JSONField, Model

from careers.bulk import insert_rows, renew_statistics
from careers.models import Revision
from careers.patience import waiting_at_most
from config.backups.archive import BackupError, BackupReader, Table, create_backup, open_backup
from config.backups.schema import FILLED_BY_MIGRATE, LEFT_OUT, Schema

ROWS = 300  # in memory at a time
ROWS_WITH_FILES = 8  # of tables that hold whole files, of up to 10 MB each
A_DAY = 86_400  # seconds that one statement may take


def write_backup(path: Path) -> int:
    """Write everything as it is at this moment, while others continue to read and write. Returns the number of rows."""
    with waiting_at_most(A_DAY), take_snapshot():
        schema = Schema()
        if not schema.applied:
            raise BackupError("The database has no tables yet: there is nothing to back up.")
        models = [model for model in schema.load_models_at(schema.applied) if model._meta.label not in LEFT_OUT]
        with create_backup(path) as backup:
            for model in models:
                with closing(read_rows(model)) as rows:  # also where the disk is full, while there is a connection
                    backup.write_table(model._meta.label, [field.attname for field in list_fields(model)], rows)
            backup.write_manifest(
                read_project_version(), datetime.now(UTC).isoformat(timespec="seconds"), sorted(schema.applied)
            )
    return sum(table.rows for table in backup.tables)


def restore_backup(path: Path, *, replace: bool = False) -> int:
    """Fill an empty database, or one whose content may be replaced. Returns the number of rows.

    All rows are written in one transaction. A backup of an earlier version needs a database without tables; it gets
    those of that version, and is upgraded afterwards.
    """
    with waiting_at_most(A_DAY), open_backup(path) as backup:
        schema = Schema()
        migrations = set(backup.manifest.migrations)
        models = {model._meta.label: model for model in schema.load_models_at(migrations, str(path))}
        check_tables(backup, models)
        if schema.applied and schema.applied != migrations:
            raise BackupError(
                f"{path} was made by Rolewise {backup.manifest.version}, and the database has tables of another "
                "version. Name a new database without tables in DATABASE_URL: the backup is upgraded on the way."
            )
        if schema.applied and not replace:
            check_emptiness(models)
        if not schema.applied:
            schema.migrate_to(migrations)
        with transaction.atomic():
            fill_tables(backup, models)
        try:
            if migrations != schema.code_migrations:
                call_command("migrate", interactive=False, verbosity=0)
            renew_statistics()
        except DatabaseError as error:
            reason = " ".join(str(error).split())
            raise BackupError(
                f"Everything is restored, but then the database failed: {reason}. `manage.py prepare` does the rest."
            ) from error
    return sum(table.rows for table in backup.manifest.tables)


@contextmanager
def take_snapshot() -> Iterator[None]:
    """A block that sees one state of the database and does not keep others from writing."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")  # Django would take the lock for writing
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
    else:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
                cursor.execute("SET LOCAL statement_timeout = 0")
            yield


def list_fields(model: type[Model]) -> list[Field[Any, Any]]:
    return [field for field in model._meta.local_concrete_fields if not getattr(field, "generated", False)]


def has_files(model: type[Model]) -> bool:
    return any(isinstance(field, BinaryField) for field in list_fields(model))


def read_rows(model: type[Model]) -> Generator[list[Any]]:
    names = [field.attname for field in list_fields(model)]
    rows = model._base_manager.order_by("pk").values_list(*names)
    for row in rows.iterator(chunk_size=ROWS_WITH_FILES if has_files(model) else ROWS):
        yield [write_as_json(value) for value in row]


def write_as_json(value: Any) -> Any:
    """A value as JSON can hold it. Values of JSON fields stay unchanged."""
    if isinstance(value, bytes | memoryview | bytearray):
        return b64encode(bytes(value)).decode()
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    return value


def check_tables(backup: BackupReader, models: dict[str, type[Model]]) -> None:
    """Raise BackupError unless the file has the tables and columns of these models."""
    expected = {
        label: {field.attname for field in list_fields(model)}
        for label, model in models.items()
        if label not in LEFT_OUT
    }
    if {table.name: set(table.fields) for table in backup.manifest.tables} != expected:
        raise BackupError(f"{backup.path} is damaged: its tables do not belong to its version.")


def check_emptiness(models: dict[str, type[Model]]) -> None:
    """Raises BackupError if a table has rows that migrations do not bring."""
    for label, model in models.items():
        if label not in FILLED_BY_MIGRATE and model._base_manager.exists():
            raise BackupError(
                f"The database is not empty: it has {model._meta.verbose_name_plural}. To delete everything in it and "
                "restore the backup instead, add --replace."
            )


def fill_tables(backup: BackupReader, models: dict[str, type[Model]]) -> None:
    """Replace the content of all tables, inside the transaction of the caller."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 0")
    revision_before = Revision.objects.values_list("number", flat=True).first() or 0
    tables = [model._meta.db_table for model in models.values()]
    connection.check_constraints()  # of earlier changes in the same transaction, which PostgreSQL may not cut short
    connection.ops.execute_sql_flush(connection.ops.sql_flush(no_style(), tables))
    for table in backup.manifest.tables:
        try:
            insert_table(models[table.name], table, backup.read_rows(table))
        except DatabaseError as error:
            reason = " ".join(str(error).split())
            raise BackupError(
                f"The database refused the rows of {table.name}: {reason}. Nothing was changed."
            ) from error
    try:
        connection.check_constraints()
    except DatabaseError as error:
        raise BackupError(
            f"{backup.path} is damaged: its rows do not fit together ({error}). Nothing was changed."
        ) from error
    ContentType.objects.clear_cache()
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(models.values())):
            cursor.execute(statement)
    if revision_before:  # running processes cache pages under this number and those before it
        revision = Revision.lock()
        revision.number = max(revision.number, revision_before)
        revision.count_up()


def insert_table(model: type[Model], table: Table, rows: Iterator[list[Any]]) -> None:
    """Store rows in batches; `table` names their columns."""
    fields = {field.attname: field for field in list_fields(model)}
    ordered = [fields[name] for name in table.fields]
    columns = [str(field.column) for field in ordered]
    most = ROWS_WITH_FILES if has_files(model) else ROWS
    batch: list[list[Any]] = []
    for row in rows:
        batch.append([read_from_json(field, value) for field, value in zip(ordered, row, strict=True)])
        if len(batch) == most:
            insert_rows(model, columns, batch)
            batch.clear()
    insert_rows(model, columns, batch)


def read_from_json(field: Field[Any, Any], value: Any) -> Any:
    """A value of the file as the database takes it."""
    if value is None:
        return None
    if isinstance(field, JSONField):
        return json.dumps(value)
    if isinstance(field, BinaryField):
        value = b64decode(value)
    return field.get_db_prep_save(field.to_python(value), connection)


def read_project_version() -> str:
    project = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())
    return str(project["project"]["version"])
