"""Shows which queries of pages read a whole large table: `python -m bench.plans`.

Fills a new SQLite database and a private PostgreSQL server with 100,000 roles, counts their rows as `manage.py prepare`
does (ANALYZE), asks for each page, and has the database explain each query of it. Prints the queries that read all rows
of a table of 1,000 rows or more, or all entries of an index, with what they took. With a number: that many roles; with
`sqlite` or `postgresql`: only there.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from bench.gate import Application, call, start
from bench.many import pages
from tests.databases import execute_sql
from tests.private_postgresql import run_server

ROLES = 100_000
LARGE = 1_000  # rows
SHOWN = 160  # characters of a statement


class WholeRead(NamedTuple):
    """A query that reads all of a table. `milliseconds` is the shortest of three times."""

    page: str
    table: str
    rows: int
    milliseconds: float
    statement: str


class AskedQuery(NamedTuple):
    statement: str
    parameters: Any


def main() -> int:
    roles = next((int(word) for word in sys.argv[1:] if word.isdecimal()), ROLES)
    vendors = [word for word in sys.argv[1:] if not word.isdecimal()] or ["sqlite", "postgresql"]
    for vendor in vendors:
        with address_of(vendor) as address:
            command = [sys.executable, "-m", "bench.plans", "in", address, str(roles)]
            subprocess.run(command, check=True, env=os.environ | {"STATEMENT_TIMEOUT": "0"})  # noqa: S603 - our own
    return 0


@contextmanager
def address_of(vendor: str) -> Iterator[str]:
    """The address of a new database; it is deleted afterwards."""
    if vendor == "postgresql":
        with run_server() as server:
            execute_sql(server.replace("/rolewise?", "/postgres?"), "CREATE DATABASE rolewise")
            yield server
    else:
        with tempfile.TemporaryDirectory(prefix="rolewise-bench-") as folder:
            yield f"sqlite:///{folder}/roles.sqlite3"


def look_at(address: str, roles: int) -> None:
    """Fills the database at this address and prints what its pages read as a whole."""
    with tempfile.TemporaryDirectory(prefix="rolewise-bench-") as folder:
        application = start(Path(folder), address)
        from django.db import connection

        from bench.generated import generate
        from careers.bulk import renew_statistics
        from careers.models import Role

        generate(roles - Role.objects.count())
        renew_statistics()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        show(application, roles)


def show(application: Application, roles: int) -> None:
    from django.db import connection

    reads, query_count = [], 0
    for name, path in pages(roles).items():
        queries = list_queries(application, path)
        query_count += len(queries)
        for query in queries:
            reads += find_whole_reads(name, query)
    print(f"{connection.vendor}, {roles:,} roles: {len(reads)} of {query_count} queries read a whole table")
    for read in sorted(reads, key=lambda read: -read.milliseconds):
        print(f"{read.milliseconds:8.1f} ms  {read.page}: {read.rows:,} rows of {read.table}; {read.statement[:SHOWN]}")


def list_queries(application: Application, path: str) -> list[AskedQuery]:
    """What a page asks at its second call; the first one also asks for what stays in memory until the next load."""
    from django.db import connection

    asked: list[AskedQuery] = []

    def note(execute: Callable[..., Any], statement: str, parameters: Any, many: bool, context: Any) -> Any:
        asked.append(AskedQuery(statement, parameters))
        return execute(statement, parameters, many, context)

    call(application, path)
    with connection.execute_wrapper(note):
        call(application, path)
    return [query for query in asked if query.statement.lstrip("( ").upper().startswith(("SELECT", "WITH", "EXECUTE"))]


def find_whole_reads(page: str, query: AskedQuery, least: int = LARGE) -> list[WholeRead]:
    """The tables of at least this many rows that the query reads as a whole."""
    from django.db import connection

    tables = explain_postgresql(query) if connection.vendor == "postgresql" else explain_sqlite(query)
    large = {table: rows for table, rows in tables.items() if rows >= least}
    if not large:
        return []
    shortest = min(measure_milliseconds(query) for _ in range(3))
    return [WholeRead(page, table, rows, shortest, query.statement) for table, rows in large.items()]


def measure_milliseconds(query: AskedQuery) -> float:
    from django.db import connection

    began = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute(*query)
        cursor.fetchall()
    return 1000 * (time.perf_counter() - began)


def explain_postgresql(query: AskedQuery) -> dict[str, int]:
    """Table -> number of its rows that one scan reads one after the other, in the table or in an index as a whole."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {query.statement}", query.parameters)
        ((plans,),) = cursor.fetchall()
    rows_read: dict[str, int] = {}
    waiting = [plans[0]["Plan"]]
    while waiting:
        node = waiting.pop()
        waiting += node.get("Plans", [])
        is_whole = node["Node Type"] == "Seq Scan" or (
            node["Node Type"].startswith("Index") and "Index Cond" not in node and "Relation Name" in node
        )
        if is_whole and node["Actual Loops"]:
            rows = int(node["Actual Rows"] + node.get("Rows Removed by Filter", 0))
            rows_read[node["Relation Name"]] = max(rows, rows_read.get(node["Relation Name"], 0))
    return rows_read


def explain_sqlite(query: AskedQuery) -> dict[str, int]:
    """Table -> number of its rows, for each that is scanned."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {query.statement}", query.parameters)
        steps = [step[3] for step in cursor.fetchall()]
        scanned = [step.split()[1] for step in steps if step.startswith("SCAN ")]
        names = set(connection.introspection.table_names(cursor))
        rows_read = {}
        for alias in scanned:
            if alias in names:
                cursor.execute(f"SELECT COUNT(*) FROM {connection.ops.quote_name(alias)}")  # noqa: S608 - a name of ours
                rows_read[alias] = cursor.fetchone()[0]
    return rows_read


if __name__ == "__main__":
    if sys.argv[1:2] == ["in"]:
        look_at(sys.argv[2], int(sys.argv[3]))
    else:
        sys.exit(main())
