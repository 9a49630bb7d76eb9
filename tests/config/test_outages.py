"""While the database is unavailable, requests end soon and readers get a helpful page."""

import select
import socket
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from io import StringIO
from pathlib import Path
from textwrap import dedent
from threading import Event, Thread
from urllib.parse import parse_qs, urlsplit

import psycopg2
import pytest
from django.core.management import call_command
from django.db import OperationalError, connection
from django.http.response import HttpResponseBase
from django.test import Client
from pytest_django.fixtures import Settings

from tests.config.client_processes import PROJECT, SHOW_STATUS, freeze, run_client, start_client
from tests.config.running_site import get, run_site
from tests.databases import migrate
from tests.private_postgresql import find_binaries, run_server


@pytest.mark.django_db
@pytest.mark.urls("tests.config.broken_urls")
@pytest.mark.parametrize("path", ["/database-away/", "/database-corrupt/", "/download-during-outage/"])
def test_an_unavailable_database_is_answered_with_503_and_when_to_retry(path: str) -> None:
    assert_calm_page(Client().get(path))


@pytest.mark.django_db
@pytest.mark.urls("tests.config.broken_urls")
def test_a_database_that_fails_after_the_view_is_answered_in_the_same_way(settings: Settings) -> None:
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "tests.config.broken_urls.SessionThatCannotBeStored"]
    assert_calm_page(Client(raise_request_exception=False).get("/"))


@pytest.mark.django_db
@pytest.mark.urls("tests.config.broken_urls")
def test_an_outage_is_logged_in_one_line(settings: Settings, caplog: pytest.LogCaptureFixture) -> None:
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "tests.config.broken_urls.SessionThatCannotBeStored"]
    Client(raise_request_exception=False).get("/")
    [record] = caplog.records
    assert record.getMessage() == "503 for '/': the database failed: database disk image is malformed"
    assert record.exc_info is None


def assert_calm_page(response: HttpResponseBase) -> None:
    page = response.getvalue().decode()
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "10"
    assert response.headers["Cache-Control"] == "no-store"
    assert "Content-Disposition" not in response.headers
    assert "Please try again" in page
    assert "127.0.0.1" not in page


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("path", ["/roles.csv", "/sitemap-roles-1.xml", "/sitemap.xml"])
def test_no_download_is_cut_short_by_a_database_that_went_away(path: str) -> None:
    """What a process remembers is enough to begin such an answer, but not to write its first line."""
    call_command("load_pages", PROJECT / "fixtures" / "pages" / "zippia", stdout=StringIO())
    assert Client().get(path).status_code == 200

    def refuse(*arguments: object) -> None:
        raise OperationalError("the connection was refused")

    with connection.execute_wrapper(refuse):
        response = Client().get(path)
        status, body = response.status_code, response.getvalue()
    assert status == 503 or (path == "/sitemap.xml" and b"</sitemapindex>" in body)


@pytest.mark.django_db
@pytest.mark.urls("tests.config.broken_urls")
def test_a_bug_is_not_reported_as_an_outage() -> None:
    assert Client(raise_request_exception=False).get("/crash/").status_code == 500


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of a migrated database on a PostgreSQL server that may be frozen."""
    if find_binaries() is None:
        pytest.skip("needs a PostgreSQL server to freeze")
    with run_server() as url:
        address = url.replace("/rolewise?", "/postgres?")
        migrate(address)
        yield address


@pytest.mark.parametrize("state", ["not connected", "connected", "connected again", "connected but idle"])
def test_a_request_waits_only_once_for_a_frozen_postgresql(server: str, state: str) -> None:
    """A second wait would end with the same words as the first, which Django hides where it asks an idle connection."""
    script = """
        import sys, config.outages

        config.outages.IDLE = float(sys.argv[1])
        for path in sys.argv[2:]:
            show_status(path)
        print("ready", flush=True)
        input()
        time.sleep(1.1)  # by then the revision has to be read again
        start = time.monotonic()
        show_status("/admin/")
        print(time.monotonic() - start)
    """
    before = {"not connected": [], "connected again": ["/", "/admin/"]}.get(state, ["/admin/"])
    is_idle = "idle" in state
    with start_client(server, SHOW_STATUS + dedent(script), "1" if is_idle else "1000", *before) as client:
        assert client.stdout
        while client.stdout.readline().strip() != "ready":
            assert client.poll() is None
        with freeze(server):
            output, errors = client.communicate("\n", timeout=60)
    status, seconds = output.split()
    assert status == "503", errors
    assert float(seconds) > 1.4, errors  # the limit is 1.5 s
    assert errors.count("no answer from the database within 1.5 s") == int(not is_idle), errors


def test_while_postgresql_is_frozen_nobody_waits_in_line_and_kept_pages_are_sent(server: str, tmp_path: Path) -> None:
    """Four threads of one process serve; forty readers would wait in ten rounds if each request waited for itself."""
    log = tmp_path / "log"
    variables = {"DJANGO_SETTINGS_MODULE": "tests.config.impatient_settings", "WEB_CONCURRENCY": "1"}
    with run_site(server, log, **variables) as port, ThreadPoolExecutor(40) as readers:

        def ask(path: str) -> int:
            return get(f"http://127.0.0.1:{port}{path}")[0]

        assert set(readers.map(ask, ["/about/"] * 40)) == {200}
        with freeze(server):
            statuses = list(readers.map(ask, [f"/roles/nobody-{number}/" for number in range(40)]))
            kept = list(readers.map(ask, ["/about/"] * 40))
        waits = log.read_text().count("the database failed: no answer from the database within 1.5 s")
        assert set(statuses) == {503}
        assert set(kept) == {200}
        assert waits <= 12, "four at first, and one now and then"
        assert "the database is away, cached responses are still served" in log.read_text()
        until = time.monotonic() + 60
        while ask("/roles/nobody/") != 404:
            assert time.monotonic() < until, "the database answers again"
            time.sleep(0.1)


def test_forty_readers_hold_four_connections_to_postgresql_for_each_process(server: str, tmp_path: Path) -> None:
    with (
        run_site(server, tmp_path / "log", WEB_CONCURRENCY="2") as port,
        ThreadPoolExecutor(40) as readers,
        closing(psycopg2.connect(server)) as other,
        other.cursor() as cursor,
    ):
        paths = [f"http://127.0.0.1:{port}/roles/nobody-{number}/" for number in range(200)]
        assert {answer[0] for answer in readers.map(get, paths)} == {404}
        cursor.execute(
            "SELECT COUNT(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid != pg_backend_pid()"
        )
        assert 1 <= cursor.fetchone()[0] <= 8


def test_only_a_connection_that_postgresql_closed_is_checked_before_a_request(server: str) -> None:
    script = """
        import time, django
        django.setup()
        from config import outages
        from django.core.signals import request_started
        from django.db import connection

        outages.IDLE = 1000

        def ask(statement, *values, asked=connection):
            with asked.cursor() as cursor:
                cursor.execute(statement, values)
                return cursor.fetchone()[0]

        checks = []
        check = connection.is_usable
        connection.is_usable = lambda: checks.append("check") or check()
        other = connection.copy()
        processes = []
        for _ in range(2):
            request_started.send(None)
            processes.append(ask("SELECT pg_backend_pid()"))
        print(processes[0] == processes[1], checks)
        ask("SELECT pg_terminate_backend(%s)", processes[0], asked=other)
        while ask("SELECT COUNT(*) FROM pg_stat_activity WHERE pid = %s", processes[0], asked=other):
            time.sleep(0.01)
        request_started.send(None)
        print(ask("SELECT pg_backend_pid()") == processes[0], checks)
    """
    output, errors = run_client(server, script)
    assert output.splitlines() == ["True []", "False ['check']"], errors


@contextmanager
def open_way_that_forgets(server: str) -> Iterator[tuple[str, Event]]:
    """Another address of a server, and an event: from then on, earlier connections end once something is sent on them.

    Until then nothing can be noticed of it, as when a host is gone for a while and comes back.
    """
    folder = parse_qs(urlsplit(server).query)["host"][0]
    forgotten = Event()

    def forward(client: socket.socket) -> None:
        is_new = forgotten.is_set()
        with client, socket.socket(socket.AF_UNIX) as there:
            there.connect(f"{folder}/.s.PGSQL.5432")
            while True:
                sender = select.select([client, there], [], [])[0][0]
                data = sender.recv(65_536)
                if not data or (forgotten.is_set() and not is_new):
                    return
                (there if sender is client else client).sendall(data)

    def accept(listener: socket.socket) -> None:
        with suppress(OSError):  # the listener is closed
            while True:
                Thread(target=forward, args=[listener.accept()[0]], daemon=True).start()

    with tempfile.TemporaryDirectory() as name, socket.socket(socket.AF_UNIX) as listener:
        listener.bind(f"{name}/.s.PGSQL.5432")
        listener.listen()
        Thread(target=accept, args=[listener], daemon=True).start()
        yield server.replace(folder, name), forgotten
        listener.shutdown(socket.SHUT_RDWR)


def test_a_host_that_forgot_its_connections_while_they_were_idle_costs_no_request(server: str) -> None:
    script = """
        show_status("/admin/")
        input()
        time.sleep(2)  # the connection is idle
        show_status("/admin/")
    """
    with (
        open_way_that_forgets(server) as (address, forgotten),
        start_client(address, SHOW_STATUS + dedent(script)) as client,
    ):
        assert client.stdout
        first = client.stdout.readline().strip()
        forgotten.set()
        output, errors = client.communicate("\n", timeout=60)
    assert [first, output.strip()] == ["302", "302"], errors


def test_a_page_is_sent_though_the_revision_cannot_be_read_in_time(server: str) -> None:
    """Waiting for it ends the connection, and the page needs another one."""
    script = """
        import logging
        from django.db import connection

        show_status("/roles/")
        other = connection.copy()
        other.set_autocommit(False)
        other.cursor().execute("LOCK TABLE careers_revision")
        # The database answers again as soon as waiting for the revision has ended.
        logging.getLogger("comparisons.queries.revision").addFilter(lambda record: other.rollback() or True)
        time.sleep(1.1)  # by then the revision has to be read again
        show_status("/roles/baker/")
    """
    variables = {"DJANGO_SETTINGS_MODULE": "tests.config.impatient_settings", "STATEMENT_TIMEOUT": "60"}
    output, errors = run_client(server, SHOW_STATUS + dedent(script), **variables)
    assert "cached responses are still served" in errors
    assert output.split() == ["200", "404"], errors


def test_a_command_goes_on_when_postgresql_answers_again(server: str) -> None:
    """A command is not a request: nothing makes it start again."""
    script = """
        import time, django
        django.setup()
        from django.db import OperationalError, connection

        def can_ask():
            try:
                with connection.cursor() as cursor:
                    cursor.execute("SELECT 1")
            except OperationalError:
                connection.close()
                return False
            return True

        print(can_ask(), flush=True)
        input()
        print(can_ask(), flush=True)
        input()
        until = time.monotonic() + 60
        while not (answers := can_ask()) and time.monotonic() < until:
            time.sleep(0.1)
        print(answers, flush=True)
    """
    with start_client(server, script, STATEMENT_TIMEOUT="0.3") as command:
        assert command.stdout
        assert command.stdin
        answers = [command.stdout.readline().strip()]
        with freeze(server):
            command.stdin.write("\n")
            command.stdin.flush()
            answers.append(command.stdout.readline().strip())
        output, _ = command.communicate("\n", timeout=120)
    assert [*answers, output.strip()] == ["True", "False", "True"]
