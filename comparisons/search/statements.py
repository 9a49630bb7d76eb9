"""Sends statements that the database plans once.

Planning a search takes PostgreSQL longer than answering it. On PostgreSQL a statement keeps its plan under a name, as
long as the connection lives; SQLite keeps the plans of the statements that a connection sent last by itself.
"""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import uuid4
from weakref import WeakKeyDictionary

from django.db import DatabaseError, connection

# A connection keeps this many plans, those that were used last.
MOST_PLANS = 60
# SQLSTATE of a plan that the server process does not have, because a pooler passed the connection on to another one,
# and of one that no longer fits its table.
_UNUSABLE = ("26000", "0A000")

# Lists are filled up to one of these lengths, so that few statements occur and their plans can be kept.
_LENGTHS = (4, 8, 16, 32, 64, 128, 256)
# The names of values, and what stands for them; writing them each time would take longer than all else here.
_NAMES: list[str] = []
_SIGNS: list[str] = []

# Connection of the driver -> statement -> the name of its plan. A name is never used again, by any process: the server
# can have kept the plan of a statement that failed, and a pooler can have passed its process on to us.
_names: WeakKeyDictionary[Any, dict[str, str]] = WeakKeyDictionary()


class Values(dict[str, Any]):
    """The values of a statement, by their names in it.

    >>> values = Values()
    >>> values.add("nurse"), values.add_list(["cook", "baker"]), values["v2"]
    ('%(v0)s', '%(v1)s, %(v2)s, %(v3)s, %(v4)s', 'baker')
    """

    def add(self, value: Any) -> str:
        """What stands for the value in the statement."""
        [sign] = self.add_all((value,))
        return sign

    def add_list(self, values: Collection[str]) -> str:
        """What stands for the values, filled up."""
        return ", ".join(self.add_all(fill_up(values, choose_length(len(values)))))

    def add_all(self, values: Sequence[Any]) -> Sequence[str]:
        """What stands for each value."""
        first = len(self)
        behind = first + len(values)
        for number in range(len(_NAMES), behind):
            _NAMES.append(f"v{number}")
            _SIGNS.append(f"%(v{number})s")
        self.update(zip(_NAMES[first:behind], values, strict=True))
        return _SIGNS[first:behind]


def choose_length(count: int) -> int:
    """The length to which a list is filled up."""
    return next((length for length in _LENGTHS if length >= count), count)


def fill_up(values: Collection[str], length: int) -> list[str]:
    """The values, followed by empty texts, which are never stored, up to this length."""
    return [*values, *[""] * (length - len(values))]


def read_rows(statement: str, values: Values) -> list[tuple[Any, ...]]:
    """The rows of a statement that is sent again with other values."""
    # A transaction can hide a table behind a copy of it (careers/bulk.py), which a plan does not notice.
    if connection.vendor != "postgresql" or connection.in_atomic_block:
        return _read(statement, values)
    connection.ensure_connection()
    names = _names.setdefault(connection.connection, {})
    try:
        return _read_planned(names, statement, values)
    except DatabaseError as error:
        if getattr(error.__cause__, "pgcode", None) not in _UNUSABLE:
            raise
        names.clear()
        return _read(statement, values)


def _read_planned(names: dict[str, str], statement: str, values: Values) -> list[tuple[Any, ...]]:
    name = names.pop(statement, "")
    before = ""
    if not name:
        name = f"search_{uuid4().hex}"
        numbers = {value: f"${number}" for number, value in enumerate(values, 1)}
        before = f"PREPARE {name} AS {statement % numbers};"
        if len(names) == MOST_PLANS:
            before += f"DEALLOCATE {names.pop(next(iter(names)))};"
    rows = _read(f"{before} EXECUTE {name} ({', '.join([f'%({value})s' for value in values])})", values)
    names[statement] = name
    return rows


def _read(statement: str, values: Values) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
