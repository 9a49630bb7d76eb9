"""Queries whose SQL is made once.

Django builds the SQL of a query anew each time it is asked. For one that joins twenty
tables this takes ten times as long as running it, more than the whole rest of a page.
"""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.db.models.sql.compiler import SQLCompiler


class Prepared:
    """A `values_list` query with parameters.

    `build` gets a list of `count` stand-ins, uses them as its only parameters, in order, and
    returns the query. `rows` takes the real ones; fewer than `count` are filled up by
    repeating the last, so the query must ask for membership only.
    """

    def __init__(self, build: Callable[[list[str]], QuerySet[Any, Any]], count: int) -> None:
        self.build = build
        self.count = count

    @cached_property
    def _compiled(self) -> tuple[str, SQLCompiler, Any]:
        stand_ins = [f"stand-in {place}" for place in range(self.count)]
        compiler = self.build(stand_ins).query.get_compiler(connection=connection)
        sql, parameters = compiler.as_sql()
        if list(parameters) != stand_ins:
            raise ValueError(f"a prepared query can have no other parameters: {parameters}")
        converters = compiler.get_converters([column for column, _, _ in compiler.select])
        return sql, compiler, converters

    def rows(self, parameters: list[str]) -> list[list[Any]]:
        sql, compiler, converters = self._compiled
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters + parameters[-1:] * (self.count - len(parameters)))
            return list(compiler.apply_converters(cursor.fetchall(), converters))
