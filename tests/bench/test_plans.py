"""Queries that read a whole table are found on the database that the tests run on, others are not."""

import pytest
from django.db import connection

from bench.plans import AskedQuery, find_whole_reads
from tests.comparisons.stored_roles import LEAD, SOFTWARE, store_role

pytestmark = pytest.mark.django_db


def test_a_query_without_an_index_reads_a_whole_table() -> None:
    store_role(LEAD)
    store_role(SOFTWARE)
    (read,) = find_whole_reads(
        "a page", AskedQuery("SELECT title FROM careers_role WHERE singular LIKE %s", ("%x",)), least=2
    )
    assert (read.page, read.table, read.rows) == ("a page", "careers_role", 2)
    assert read.milliseconds > 0


def test_small_tables_may_be_read_as_a_whole() -> None:
    store_role(LEAD)
    assert (
        find_whole_reads("a page", AskedQuery("SELECT title FROM careers_role WHERE singular LIKE %s", ("%x",))) == []
    )


def test_a_query_that_finds_its_rows_by_an_index_reads_no_whole_table() -> None:
    role = store_role(LEAD)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")  # it reads a table of one row as a whole by itself
    assert (
        find_whole_reads("a page", AskedQuery("SELECT title FROM careers_role WHERE id = %s", (role.pk,)), least=1)
        == []
    )
