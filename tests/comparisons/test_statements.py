"""Statements of a search are planned once for each connection, and answer whatever became of the plan."""

import pytest
from django.db import DataError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from careers.models import Role
from careers.names import make_slug
from comparisons.search.statements import MOST_PLANS, Values, read_rows

pytestmark = pytest.mark.django_db(transaction=True)
on_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite keeps plans by itself")


@pytest.fixture(autouse=True)
def new_connection() -> None:
    connection.close()


def count_plans() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM pg_prepared_statements")
        number: int = cursor.fetchone()[0]
    return number


def find_word(word: str) -> list[tuple[object, ...]]:
    return read_rows("SELECT word FROM careers_word WHERE word = %(v0)s", Values(v0=word))


def test_a_statement_answers_each_call_with_its_own_parameters() -> None:
    Role.objects.create(title="Lead Baker", slug="lead-baker")
    assert [find_word(word) for word in ("lead", "baker", "it's 100%")] == [[("lead",)], [("baker",)], []]


@on_postgresql
def test_a_statement_is_planned_once() -> None:
    for word in ("lead", "baker", "cook"):
        with CaptureQueriesContext(connection) as sent:
            find_word(word)
        assert len(sent) == 1
    assert count_plans() == 1


@on_postgresql
def test_a_connection_keeps_the_plans_that_were_used_last() -> None:
    for number in range(MOST_PLANS + 5):
        assert read_rows(f"SELECT {number} + %(v0)s", Values(v0=1)) == [(number + 1,)]
        assert read_rows("SELECT %(v0)s - 1", Values(v0=1)) == [(0,)]
    assert count_plans() == MOST_PLANS
    with CaptureQueriesContext(connection) as sent:
        read_rows("SELECT %(v0)s - 1", Values(v0=1))
    assert "PREPARE" not in sent[0]["sql"]


@on_postgresql
def test_a_plan_that_is_gone_or_no_longer_fits_is_made_again() -> None:
    Role.objects.create(title="Baker", slug="baker")
    assert find_word("baker") == [("baker",)]
    with connection.cursor() as cursor:
        cursor.execute("DEALLOCATE ALL")
    assert [find_word("baker"), find_word("baker")] == [[("baker",)], [("baker",)]]
    try:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE careers_word ALTER COLUMN word TYPE varchar(161)")
        assert [find_word("baker"), find_word("baker")] == [[("baker",)], [("baker",)]]
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE careers_word ALTER COLUMN word TYPE varchar(160)")


@on_postgresql
def test_a_transaction_reads_the_copies_that_hide_tables() -> None:
    Role.objects.create(title="Baker", slug="baker")
    assert find_word("baker") == [("baker",)]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE careers_word (word text) ON COMMIT DROP")
        assert find_word("baker") == []


@on_postgresql
def test_other_errors_are_raised_and_do_no_harm() -> None:
    for _ in range(2):
        with pytest.raises(DataError):
            read_rows("SELECT 1 / %(v0)s", Values(v0=0))
        assert read_rows("SELECT 1 / %(v0)s", Values(v0=1)) == [(1,)]


def test_a_search_finds_the_same_with_kept_plans_as_without(client: Client) -> None:
    for title in ("Baker", "Head Baker", "Cake Decorator", "Software Engineer"):
        Role.objects.create(title=title, slug=make_slug(title))
    for text in ("bak", "head baker", "bakr", "baker vs cake decorator", "sofware enginer"):
        answers = [client.get("/roles/suggest", {"q": text, "submitted": "1"}).json() for _ in range(3)]
        with transaction.atomic():
            answers.append(client.get("/roles/suggest", {"q": text, "submitted": "1"}).json())
        assert answers[0]["roles"], text
        assert answers == answers[:1] * 4
