"""While the database is unavailable, requests end soon and readers get a helpful page."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection
from django.http.response import HttpResponseBase
from django.test import Client
from pytest_django.fixtures import Settings

from tests.databases import migrate
from tests.private_postgresql import find_binaries, running_server

PROJECT = Path(__file__).parent.parent.parent


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
    with running_server() as url:
        address = url.replace("/rolewise?", "/postgres?")
        migrate(address)
        yield address


@pytest.mark.parametrize("state", ["not connected", "connected", "connected again"])
def test_a_request_waits_only_once_for_a_frozen_postgresql(server: str, state: str) -> None:
    """All processes of the server are stopped; the kernel still accepts what is sent to them.

    A second wait would end with the same words as the first.
    """
    script = """if True:
        import sys, time, config.wsgi
        from django.db import connection
        from wsgiref.util import setup_testing_defaults

        def show_status(path):
            environ = {"PATH_INFO": path, "HTTP_HOST": "localhost", "REQUEST_METHOD": "GET"}
            environ["HTTP_COOKIE"] = "session=" + 32 * "a"
            setup_testing_defaults(environ)
            response = config.wsgi.application(environ, lambda status, headers, _=None: print(status[:3]))
            list(response)
            response.close()

        for path in sys.argv[1:]:
            show_status(path)
        print(connection.connection.info.backend_pid if sys.argv[1:] else 0, flush=True)
        input()
        time.sleep(1.1)  # by then the revision has to be read again
        start = time.monotonic()
        show_status("/admin/")
        print(time.monotonic() - start)
    """
    before = {"not connected": [], "connected": ["/admin/"], "connected again": ["/", "/admin/"]}
    folder = Path(parse_qs(urlsplit(server).query)["host"][0])
    postmaster = int((folder / "data" / "postmaster.pid").read_text().split()[0])
    environment = os.environ | {
        "DATABASE_URL": server,
        "DJANGO_SETTINGS_MODULE": "tests.settings",  # static files need not be collected
    }
    command = [sys.executable, "-c", script, *before[state]]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, cwd=PROJECT, env=environment, stdin=pipe, stdout=pipe, stderr=pipe, text=True
    ) as client:
        assert client.stdout
        lines = [client.stdout.readline() for _ in range(len(before[state]) + 1)]
        processes = [process for process in (postmaster, int(lines[-1])) if process]
        for process in processes:
            os.kill(process, signal.SIGSTOP)
        try:
            output, errors = client.communicate("\n", timeout=60)
        finally:
            for process in processes:
                os.kill(process, signal.SIGCONT)
    status, seconds = output.split()
    assert status == "503", errors
    assert float(seconds) > 1.5, errors  # the limit is 1.6 s
    waits = errors.count("no answer from the database within 1.6 s")
    if state == "not connected":
        assert waits == 1, errors
    else:
        assert waits == 0, errors  # Django waits while it checks the connection, and logs nothing
        assert "the database did not answer earlier in this request" in errors
