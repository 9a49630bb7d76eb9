"""Queries whose SQL is compiled once.

Django compiles a query each time it runs. For a query that joins many tables this takes ten times as long as running
it, and longer than the rest of a page.
"""

from collections.abc import Callable, Sequence
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Field, QuerySet, Value
from django.db.models.functions import Cast
from django.db.models.sql.compiler import SQLCompiler


class CompiledQuery(NamedTuple):
    """`constants`: name of a parameter -> its value, for those that are the same at each run."""

    sql: str
    constants: dict[str, Any]
    compiler: SQLCompiler
    converters: Any


class Prepared:
    """A `values_list` query with parameters.

    `build` gets stand-ins and returns a query with them; each must be unlike every other value of the query. `rows`
    takes the real parameters in their places. Where there are fewer, the last one is repeated, so a query of several
    parameters of one kind must only test for membership in them.
    """

    def __init__(self, build: Callable[[Sequence[Any]], QuerySet[Any, Any]], stand_ins: Sequence[Any]) -> None:
        self.build: Callable[[Sequence[Any]], QuerySet[Any, Any]] = build
        self.stand_ins = list(stand_ins)

    @cached_property
    def _names(self) -> list[str]:
        return [f"p{index}" for index in range(len(self.stand_ins))]

    @cached_property
    def _compiled(self) -> CompiledQuery:
        """Parameters get names, as Django looks through all of the SQL for unnamed ones each time SQLite runs it."""
        compiler = self.build(self.stand_ins).query.get_compiler(connection=connection)
        sql, parameters = compiler.as_sql()
        names = dict(zip(map(_adapt, self.stand_ins), self._names, strict=True))
        constants = {}
        placeholders = []
        for index, parameter in enumerate(parameters):
            name = names.get(parameter)
            if name is None:
                name = f"c{index}"
                constants[name] = parameter
            placeholders.append(f"%({name})s")
        named_sql = sql.replace("%%", "%%%%") % tuple(placeholders)
        converters = compiler.get_converters([column for column, _, _ in compiler.select])
        return CompiledQuery(named_sql, constants, compiler, converters)

    def rows(self, parameters: Sequence[Any]) -> list[Any]:
        if not parameters:
            return []
        most = len(self.stand_ins)
        if len(parameters) > most:
            raise ValueError(f"a prepared query takes {most} parameters, not {len(parameters)}")
        filled = [*map(_adapt, parameters), *[_adapt(parameters[-1])] * (most - len(parameters))]
        sql, constants, compiler, converters = self._compiled
        with connection.cursor() as cursor:
            cursor.execute(sql, constants | dict(zip(self._names, filled, strict=True)))
            rows: list[Any] = cursor.fetchall()
        return list(compiler.apply_converters(rows, converters)) if converters else rows


def _adapt(parameter: Any) -> Any:
    """A parameter as the database takes it."""
    return connection.ops.adapt_datefield_value(parameter) if isinstance(parameter, date) else parameter


def make_null(field: Field[Any, Any]) -> Cast:
    """NULL in a column of this type, for a part of a union that has no values there."""
    return Cast(Value(None), field)
