"""Sends statements that the database plans once.

Planning a search takes PostgreSQL longer than answering it. On PostgreSQL a statement keeps its plan under a name, as
long as the connection lives; SQLite keeps the plans of the statements that a connection sent last by itself.
"""

import re
from collections.abc import Sequence
from itertools import count
from typing import Any
from uuid import uuid4
from weakref import WeakKeyDictionary

from django.db import DatabaseError, connection

# A connection keeps this many plans, those that were used last.
MOST_PLANS = 60
# SQLSTATE of a plan that the server process does not have, because a pooler passed the connection on to another one,
# and of one that no longer fits its table.
_UNUSABLE = ("26000", "0A000")

# Connection of the driver -> statement -> the name of its plan. A name is never used again, by any process: the server
# can have kept the plan of a statement that failed, and a pooler can have passed its process on to us.
_names: WeakKeyDictionary[Any, dict[str, str]] = WeakKeyDictionary()


def read_rows(statement: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
    """The rows of a statement that is sent again with other parameters."""
    # A transaction can hide a table behind a copy of it (careers/bulk.py), which a plan does not notice.
    if connection.vendor != "postgresql" or connection.in_atomic_block:
        return _read(statement, parameters)
    connection.ensure_connection()
    names = _names.setdefault(connection.connection, {})
    try:
        return _read_planned(names, statement, parameters)
    except DatabaseError as error:
        if getattr(error.__cause__, "pgcode", None) not in _UNUSABLE:
            raise
        names.clear()
        return _read(statement, parameters)


def _read_planned(names: dict[str, str], statement: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
    name = names.pop(statement, "")
    before = ""
    if not name:
        name = f"search_{uuid4().hex}"
        before = f"PREPARE {name} AS {_numbered(statement)};"
        if len(names) == MOST_PLANS:
            before += f"DEALLOCATE {names.pop(next(iter(names)))};"
    rows = _read(f"{before} EXECUTE {name} ({', '.join(['%s'] * len(parameters))})", parameters)
    names[statement] = name
    return rows


def _numbered(statement: str) -> str:
    """
    >>> _numbered("SELECT 1 WHERE %s < %s")
    'SELECT 1 WHERE $1 < $2'
    """
    numbers = count(1)
    return re.sub("%s", lambda _: f"${next(numbers)}", statement)


def _read(statement: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
