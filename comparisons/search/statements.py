"""Sends statements that the database plans once.

Planning a search takes PostgreSQL longer than answering it. On PostgreSQL a statement keeps its plan under a name, as
long as the connection lives; SQLite keeps the plans of the statements that a connection sent last by itself.
"""

import json
from collections.abc import Collection
from functools import cache
from typing import Any
from uuid import uuid4
from weakref import WeakKeyDictionary

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db.backends.base.base import BaseDatabaseWrapper

# A connection keeps this many plans, those that were used last.
MOST_PLANS = 60
# SQLSTATE of a plan that the server process does not have, because a pooler passed the connection on to another one,
# and of one that no longer fits its table.
_UNUSABLE = ("26000", "0A000")

# Connection of the driver -> statement -> the name of its plan, and what executes it. A name is never used again, by
# any process: the server can have kept the plan of a statement that failed, and a pooler can have passed its process on
# to us.
_plans: WeakKeyDictionary[Any, dict[str, tuple[str, str]]] = WeakKeyDictionary()


class Values(dict[str, Any]):
    """The values of a statement, by their names in it.

    >>> values = Values()
    >>> values.add("nurse"), values.add("cook"), values["v1"]
    ('%(v0)s', '%(v1)s', 'cook')
    """

    def add(self, value: Any) -> str:
        """What stands for the value in the statement."""
        name = f"v{len(self)}"
        self[name] = value
        return f"%({name})s"

    def write_is_one_of(self, column: str, values: Collection[Any]) -> str:
        """The condition that a column has one of these values, which are one value of the statement."""
        if _is_postgresql():
            return f"{column} = ANY({self.add(write_array(values))})"
        return f"{column} IN (SELECT value FROM json_each({self.add(json.dumps(list(values)))}))"


def write_array(values: Collection[Any]) -> str:
    """Values as PostgreSQL reads an array from a text.

    >>> print(write_array(["nurse", 7, 'a"b\\\\c']))
    {"nurse","7","a\\"b\\\\c"}
    """
    if not values:
        return "{}"
    # No stored text has a NUL, so that all values are escaped at once.
    escaped = "\0".join(map(str, values)).replace("\\", "\\\\").replace('"', '\\"')
    return '{"' + escaped.replace("\0", '","') + '"}'


@cache
def _is_postgresql() -> bool:
    """Finding the connection of the thread each time would take as long as looking up a word."""
    return connections[DEFAULT_DB_ALIAS].vendor == "postgresql"


def read_rows(statement: str, values: Values) -> list[tuple[Any, ...]]:
    """The rows of a statement that is sent again with other values."""
    database = connections[DEFAULT_DB_ALIAS]
    # A transaction can hide a table behind a copy of it (careers/bulk.py), which a plan does not notice.
    if not _is_postgresql() or database.in_atomic_block:
        return _read(database, statement, values)
    database.ensure_connection()
    plans = _plans.setdefault(database.connection, {})
    try:
        return _read_planned(database, plans, statement, values)
    except DatabaseError as error:
        if getattr(error.__cause__, "pgcode", None) not in _UNUSABLE:
            raise
        plans.clear()
        return _read(database, statement, values)


def _read_planned(
    database: BaseDatabaseWrapper, plans: dict[str, tuple[str, str]], statement: str, values: Values
) -> list[tuple[Any, ...]]:
    before = ""
    plan = plans.pop(statement, None)
    if plan is None:
        name = f"search_{uuid4().hex}"
        plan = name, f"EXECUTE {name} ({', '.join([f'%({value})s' for value in values])})"
        numbers = {value: f"${number}" for number, value in enumerate(values, 1)}
        before = f"PREPARE {name} AS {statement % numbers};"
        if len(plans) == MOST_PLANS:
            unused, _ = plans.pop(next(iter(plans)))
            before += f"DEALLOCATE {unused};"
    rows = _read(database, before + plan[1], values)
    plans[statement] = plan
    return rows


def _read(database: BaseDatabaseWrapper, statement: str, values: Values) -> list[tuple[Any, ...]]:
    with database.cursor() as cursor:
        cursor.execute(statement, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
