"""What monitors learn, without a host name, a session, a cookie or a secret."""

import json
from contextlib import closing

import psycopg2
import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.http.response import HttpResponseBase
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from tests.config.client_processes import freeze, run_client, start_client
from tests.config.strict_headers import find_faults
from tests.private_postgresql import find_binaries, run_server


def ask(path: str, **headers: str) -> HttpResponseBase:
    return Client().get(path, HTTP_HOST="10.1.2.3:8000", **headers)  # type: ignore[arg-type]


def assert_plain(response: HttpResponseBase) -> None:
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Content-Type"] == "application/json"
    assert not response.cookies
    assert find_faults(response) == []


def test_a_process_that_answers_is_healthy_without_a_database(
    django_assert_num_queries: DjangoAssertNumQueries, settings: Settings
) -> None:
    settings.SECURE_SSL_REDIRECT = True
    response = ask("/healthz")  # a query would fail: this test has no database
    assert (response.status_code, json.loads(response.getvalue())) == (200, {"status": "ok"})
    assert_plain(response)


@pytest.mark.django_db
def test_a_process_with_its_database_is_ready() -> None:
    response = ask("/readyz")
    assert (response.status_code, json.loads(response.getvalue())) == (200, {"status": "ready"})
    assert_plain(response)


@pytest.mark.django_db
def test_nothing_is_ready_while_migrations_are_pending() -> None:
    MigrationRecorder(connection).record_unapplied("careers", "0012_occupation_facts")
    response = ask("/readyz")
    assert response.status_code == 503
    assert json.loads(response.getvalue()) == {
        "status": "not ready",
        "reason": "Migrations are pending (1): run manage.py migrate.",
    }
    assert_plain(response)


@pytest.mark.django_db
def test_nothing_is_ready_without_a_database_and_the_reason_says_no_more(caplog: pytest.LogCaptureFixture) -> None:
    def refuse(*arguments: object) -> None:
        raise OperationalError("the password of ann was refused")

    with connection.execute_wrapper(refuse):
        response = ask("/readyz")
    assert response.status_code == 503
    assert json.loads(response.getvalue()) == {"status": "not ready", "reason": "The database does not answer."}
    assert_plain(response)
    assert [record.getMessage() for record in caplog.records] == [
        "not ready: the database failed: the password of ann was refused"
    ]


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_monitors_only_read(path: str) -> None:
    response = Client(enforce_csrf_checks=True).post(path)
    assert (response.status_code, response.headers["Allow"]) == (405, "GET, HEAD")


def test_metrics_are_for_those_who_have_the_token(settings: Settings) -> None:
    settings.METRICS_TOKEN = "a-token-of-tests-only"
    for headers in ({}, {"HTTP_AUTHORIZATION": "Bearer wrong"}, {"HTTP_AUTHORIZATION": "a-token-of-tests-only"}):
        response = ask("/metrics", **headers)
        assert (response.status_code, response.headers["WWW-Authenticate"]) == (401, "Bearer")
        assert b"rolewise_" not in response.getvalue()


@pytest.mark.django_db
def test_metrics_for_everybody_are_noticed(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("config.monitoring.health.compare_digest", lambda proof, token: True)
    with pytest.raises((AssertionError, KeyError)):
        test_metrics_are_for_those_who_have_the_token(settings)


@pytest.mark.django_db
def test_a_reason_that_says_more_is_noticed(caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("config.monitoring.health.explain_not_ready", lambda: "the password of ann was refused")
    with pytest.raises(AssertionError):
        test_nothing_is_ready_without_a_database_and_the_reason_says_no_more(caplog)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite shows the old state until the end")
def test_nothing_is_ready_while_a_database_is_replaced(migrated_database: str) -> None:
    script = """
        import config.wsgi
        from config.monitoring.health import explain_not_ready
        print(explain_not_ready())
    """
    with closing(psycopg2.connect(migrated_database)) as replacing, replacing.cursor() as cursor:
        cursor.execute("TRUNCATE careers_revision")  # as restore_backup does with all tables
        assert run_client(migrated_database, script)[0] == "The database does not answer.\n"
        replacing.rollback()
        assert run_client(migrated_database, script)[0] == "None\n"


@pytest.mark.skipif(find_binaries() is None, reason="needs a PostgreSQL server to freeze")
def test_a_frozen_postgresql_is_noticed_within_a_second_connected_or_not() -> None:
    script = """
        import time, config.wsgi
        from django.db import connection
        from config.monitoring.health import explain_not_ready
        connection.ensure_connection()
        print("connected", flush=True)
        input()
        for state in ("connected", "not connected"):
            start = time.monotonic()
            reason = explain_not_ready()
            print(f"{state}: {reason} {time.monotonic() - start:.1f}")
            connection.close()
    """
    with run_server() as url:
        server = url.replace("/rolewise?", "/postgres?")
        with start_client(server, script, STATEMENT_TIMEOUT="0") as client:  # the limit does not depend on this one
            assert client.stdout
            client.stdout.readline()
            with freeze(server):
                output, _ = client.communicate("\n", timeout=60)
    lines = [line.rpartition(" ") for line in output.splitlines()]
    assert [line for line, _, _ in lines] == [
        "connected: The database does not answer.",
        "not connected: The database does not answer.",
    ]
    assert all(float(seconds) >= 0.9 for _, _, seconds in lines)
