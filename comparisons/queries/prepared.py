"""Queries whose SQL is compiled once.

Django compiles a query each time it runs. For a query that joins many tables this takes ten times as long as running
it, and longer than the rest of a page.
"""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import QuerySet
from django.db.models.sql.compiler import SQLCompiler

Parameter = TypeVar("Parameter", str, int)


class Prepared(Generic[Parameter]):
    """A `values_list` query with parameters.

    `build` returns a query whose only parameters are the stand-ins, in their order. `rows` takes the real parameters.
    Where there are fewer, the last one is repeated, so the query must only test for membership. `times`: how often all
    stand-ins follow one another, as in the parts of a union.
    """

    def __init__(
        self, build: Callable[[list[Parameter]], QuerySet[Any, Any]], stand_ins: list[Parameter], times: int = 1
    ) -> None:
        self.build: Callable[[list[Parameter]], QuerySet[Any, Any]] = build
        self.stand_ins: list[Parameter] = stand_ins
        self.times: int = times

    @cached_property
    def _compiled(self) -> tuple[str, SQLCompiler, Any]:
        compiler = self.build(self.stand_ins).query.get_compiler(connection=connection)
        sql, parameters = compiler.as_sql()
        if list(parameters) != self.stand_ins * self.times:
            raise ValueError(f"a prepared query can have no other parameters: {parameters}")
        converters = compiler.get_converters([column for column, _, _ in compiler.select])
        return sql, compiler, converters

    def rows(self, parameters: Sequence[Parameter]) -> list[list[Any]]:
        if not parameters:
            return []
        most = len(self.stand_ins)
        if len(parameters) > most:
            raise ValueError(f"a prepared query takes {most} parameters, not {len(parameters)}")
        filled = list(parameters) + [parameters[-1]] * (most - len(parameters))
        sql, compiler, converters = self._compiled
        with connection.cursor() as cursor:
            cursor.execute(sql, filled * self.times)
            return list(compiler.apply_converters(cursor.fetchall(), converters))
