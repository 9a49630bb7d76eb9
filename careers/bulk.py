"""Writing many small rows in few statements. All raw SQL that writes is here.

Django would build and send these rows one by one, or in one large expression. Both took most of the time of a load.
"""

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from functools import cache
from itertools import chain
from typing import Any, TypeVar

from django.db import DatabaseError, connection
from django.db.models import CompositePrimaryKey, JSONField, Model
from django.db.models.base import ModelState

ROWS_PER_STATEMENT = 300
Item = TypeVar("Item")
Row = TypeVar("Row", bound=Model)


def split_into_chunks(items: Sequence[Item], size: int) -> Iterator[Sequence[Item]]:
    """The items in their order, `size` at a time."""
    for start in range(0, len(items), size):
        yield items[start : start + size]


def insert_rows(
    model: type[Model], columns: Sequence[str], rows: Sequence[Sequence[Any]], ending: str = ""
) -> list[tuple[Any, ...]]:
    """Insert rows into the table of a model. A row holds the values of `columns`, ready for the database: JSON as text.

    `ending`: the end of the statement, with `{table}` where the table is named. Returns the rows that it asks for.
    Values are not validated; IntegrityError is raised when a constraint refuses a row.
    """
    quote = connection.ops.quote_name
    table = quote(model._meta.db_table)
    names = ", ".join(map(quote, columns))
    ending = ending.format(table=table)
    returned: list[tuple[Any, ...]] = []
    with connection.cursor() as cursor:
        for batch in split_into_chunks(rows, ROWS_PER_STATEMENT):
            source, values = _list_rows(model, columns, batch)
            cursor.execute(f"INSERT INTO {table} ({names}) {source} {ending}", values)
            if "RETURNING" in ending:
                returned += cursor.fetchall()
    return returned


def _list_rows(model: type[Model], columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> tuple[str, Sequence[Any]]:
    """SQL for these rows as a table with the columns `column1`, `column2` and so on, and its parameters.

    PostgreSQL gets an array for each column. It and its driver take three times as long for a literal of each value.
    """
    if connection.vendor != "postgresql":
        row_of_places = f"({', '.join(['%s'] * len(columns))})"
        return f"VALUES {', '.join([row_of_places] * len(rows))}", list(chain.from_iterable(rows))
    fields = {field.column: field for field in model._meta.concrete_fields}
    # Without their lengths: a cast to a length would cut what is longer, instead of refusing it.
    types = [str(fields[column].db_type(connection)).partition("(")[0] for column in columns]
    arrays = ", ".join([f"CAST(%s AS {type_of_column}[])" for type_of_column in types])
    names = ", ".join([f"column{number}" for number in range(1, len(columns) + 1)])
    written = []
    for type_of_column, values in zip(types, zip(*rows, strict=True), strict=True):
        written.append(list(values) if type_of_column == "bytea" else _write_array(values))
    return f"SELECT * FROM unnest({arrays}) AS listed ({names})", written  # noqa: S608 - names of our own


def _write_array(values: Sequence[Any]) -> str:
    r"""An array as PostgreSQL reads it. The driver would write an expression for each of its values.

    >>> print(_write_array([7, None, 'Cook "A"', "C:\\"]))
    {7,NULL,"Cook \"A\"","C:\\"}
    """
    return "{" + ",".join(map(_write_item, values)) + "}"


def _write_item(value: Any) -> str:
    if value is None:
        return "NULL"
    if type(value) is int:
        return str(value)
    escaped = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


@cache
def _make_blank_row(model: type[Row]) -> Row:
    return model()


def make_row(model: type[Row], **values: Any) -> Row:
    """A new row with these values by column, as the model makes one, in a sixth of the time.

    A column whose default is made anew for each row, such as a time or JSON, must have a value.
    """
    row = model.__new__(model)
    row.__dict__.update(_make_blank_row(model).__dict__, **values)
    row._state = ModelState()
    return row


def create_rows(rows: Sequence[Model]) -> None:
    """Insert new rows, all of one table, with the values of these instances, which get their keys.

    `bulk_create` builds an expression for each value, which takes most of the time of a long list.
    """
    if not rows:
        return
    model = type(rows[0])
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    quote = connection.ops.quote_name
    columns = [_make_ready(field, [row.__dict__.get(field.attname) for row in rows]) for field in fields]
    names = [str(field.column) for field in fields]
    keys = insert_rows(model, names, list(zip(*columns, strict=True)), f"RETURNING {quote('id')}")
    alias = connection.alias
    for row, [key] in zip(rows, keys, strict=True):
        row.pk = key
        row._state.adding, row._state.db = False, alias


_PLAIN = frozenset({int, str, bool, Decimal, type(None)})


def _make_ready(field: Any, values: Sequence[Any]) -> list[Any]:
    """The values of a column as the database takes them. Nearly all are plain already."""
    if isinstance(field, JSONField):  # as `Field.get_db_prep_save` does it for plain values, but far quicker
        return [None if value is None else json.dumps(value) for value in values]
    return [value if type(value) in _PLAIN else field.get_db_prep_save(value, connection) for value in values]


def add_to_counts(
    model: type[Model], key: str, count: str, changes: Mapping[str, int], derived: Mapping[str, Callable[[str], Any]]
) -> None:
    """Add a number to the count of each row with this key; a row that is missing is created.

    `changes`: key -> number, which can be negative if the row exists. `derived`: another column -> the function that
    computes its value from the key.
    """
    added = []
    for name, number in sorted(changes.items()):
        if number > 0:
            added.append((name, number, *[value_of(name) for value_of in derived.values()]))
    on_conflict = f"ON CONFLICT ({key}) DO UPDATE SET {count} = {{table}}.{count} + excluded.{count}"
    insert_rows(model, [key, count, *derived], added, on_conflict)
    taken = sorted((name, -number) for name, number in changes.items() if number < 0)
    quote = connection.ops.quote_name
    _update_rows(model, [key, count], f"{quote(count)} = {quote(count)} - column2", taken)


def _update_rows(model: type[Model], columns: Sequence[str], assignments: str, rows: Sequence[Sequence[Any]]) -> None:
    """Update the rows of a table with these keys. A row holds its key and, as `column2` and so on, its values."""
    table, quote = connection.ops.quote_name(model._meta.db_table), connection.ops.quote_name
    with connection.cursor() as cursor:
        for batch in split_into_chunks(rows, ROWS_PER_STATEMENT):
            source, values = _list_rows(model, columns, batch)
            statement = f"UPDATE {table} SET {assignments} FROM ({source}) AS new WHERE {quote(columns[0])} = column1"  # noqa: S608 - names of our own
            cursor.execute(statement, values)


def count_without_waiting(model: type[Model], key: Mapping[str, Any], count: str, most: int) -> None:
    """Add 1 to the count of the row with this key. A missing row is created, unless `most` rows share its first part.

    It never waits for another writer and never fails: if the database is busy or unavailable, the count is lost.
    """
    table, quote = connection.ops.quote_name(model._meta.db_table), connection.ops.quote_name
    columns = [quote(column) for column in key]
    is_row = " AND ".join(f"{column} = %s" for column in columns)
    statement = (
        f"INSERT INTO {table} ({', '.join(columns)}, {quote(count)}) SELECT {', '.join(['%s'] * len(columns))}, 1 "  # noqa: S608 - names of our own
        f"WHERE (SELECT COUNT(*) FROM (SELECT 1 FROM {table} WHERE {columns[0]} = %s LIMIT {most}) AS stored) < {most} "
        f"OR EXISTS (SELECT 1 FROM {table} WHERE {is_row}) "
        f"ON CONFLICT ({', '.join(columns)}) DO UPDATE SET {quote(count)} = {table}.{quote(count)} + 1"
    )
    values = list(key.values())
    try:
        with _no_waiting(), connection.cursor() as cursor:
            cursor.execute(statement, [*values, values[0], *values])
    except DatabaseError:
        return


@contextmanager
def _no_waiting() -> Iterator[None]:
    """A block in which a statement fails at once if another writer has SQLite's only lock.

    PostgreSQL locks single rows, and nobody holds one of these for long.
    """
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    stored = connection.connection
    [milliseconds] = stored.execute("PRAGMA busy_timeout").fetchone()
    stored.execute("PRAGMA busy_timeout = 0")
    try:
        yield
    finally:
        stored.execute(f"PRAGMA busy_timeout = {int(milliseconds)}")


def update_columns(rows: Collection[Model], names: Collection[str]) -> None:
    """Write these fields of these rows, all of one table, with the values of the instances.

    `bulk_update` makes one CASE of thousands of expressions for each column. With an UPDATE for each row, PostgreSQL
    spends more time on planning than on writing.
    """
    if not rows:
        return
    meta = next(iter(rows))._meta
    fields = [field for field in meta.concrete_fields if field.name in names]
    quote = connection.ops.quote_name
    names_of_columns = [str(field.column) for field in fields]
    assignments = [f"{quote(name)} = column{number}" for number, name in enumerate(names_of_columns, start=2)]
    columns = [_make_ready(field, [getattr(row, field.attname) for row in rows]) for field in fields]
    values = list(zip([row.pk for row in rows], *columns, strict=True))
    _update_rows(meta.model, ["id", *names_of_columns], ", ".join(assignments), values)


def copy_to_temporary_tables(models: Collection[type[Model]]) -> None:
    """On PostgreSQL: hide the tables of these models behind copies that only this connection sees.

    They have the same indexes and constraints, except foreign keys. They last until the transaction is rolled back.
    """
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")  # a large table takes longer than any page may
        cursor.execute("SELECT current_schema()")
        schema = quote(cursor.fetchone()[0])
        for model in models:
            table = quote(model._meta.db_table)
            cursor.execute(f"CREATE TEMPORARY TABLE {table} (LIKE {schema}.{table} INCLUDING ALL) ON COMMIT DROP")
            cursor.execute(f"INSERT INTO pg_temp.{table} SELECT * FROM {schema}.{table}")  # noqa: S608 - names of our own
            _continue_numbering(cursor, f"pg_temp.{table}", model)
        cursor.execute("ANALYZE")


def _continue_numbering(cursor: Any, table: str, model: type[Model]) -> None:
    """Make the keys of new rows follow those of the copied rows."""
    if isinstance(model._meta.pk, CompositePrimaryKey):
        return
    column = str(model._meta.pk.column)
    cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [table, column])
    [sequence] = cursor.fetchone()
    if sequence:
        highest = f"SELECT COALESCE(MAX({connection.ops.quote_name(column)}), 0) + 1 FROM {table}"  # noqa: S608 - names of our own
        cursor.execute(f"SELECT setval(%s, ({highest}), false)", [sequence])


def renew_statistics() -> None:
    """After tables were created or filled, let PostgreSQL count their rows and mark those that all can see.

    By itself it does so for full tables a minute later, and never for empty ones. Until then a search among 60,000
    titles takes a second, as does planning a query that joins fifty tables, and rows that are not marked are read even
    if an index has all that is asked for.
    """
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        # Without names, the log of the server gets a warning for each of its own tables.
        tables = ", ".join(map(connection.ops.quote_name, connection.introspection.table_names(cursor)))
        if connection.in_atomic_block:
            cursor.execute(f"ANALYZE {tables}")
            return
        cursor.execute("SET statement_timeout = 0")  # a large table takes longer than any page may
        cursor.execute(f"VACUUM (ANALYZE) {tables}")
        cursor.execute("RESET statement_timeout")
