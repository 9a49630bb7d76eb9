"""Request ids, the access log and log lines: in a process, and as the application server writes them."""

import json
import logging
import re
from collections.abc import Callable, Iterator
from io import StringIO
from ipaddress import ip_network
from pathlib import Path

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test import Client, RequestFactory
from pytest_django.fixtures import Settings

from config.monitoring.log_lines import JsonFormatter, NoTracebackForRefusals, PlainFormatter
from tests.config.running_site import get, run_site

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.config.broken_urls")]

MADE = re.compile("[0-9a-f]{16}")


@pytest.fixture
def log() -> Iterator[StringIO]:
    """What the site writes, with every request recorded."""
    output = StringIO()
    handler = logging.StreamHandler(output)
    handler.setFormatter(PlainFormatter())
    handler.addFilter(NoTracebackForRefusals())
    access = logging.getLogger("access")
    level = access.level
    access.setLevel(logging.INFO)
    logging.getLogger().addHandler(handler)
    yield output
    logging.getLogger().removeHandler(handler)
    access.setLevel(level)


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False)


def test_every_response_has_an_id_of_its_own(visitor: Client) -> None:
    ids = {visitor.get(path).headers["X-Request-ID"] for path in ("/", "/", "/nowhere/", "/crash/", "/healthz")}
    assert len(ids) == 5
    assert all(map(MADE.fullmatch, ids))


@pytest.mark.parametrize("path", ["/", "/nowhere/", "/healthz", "/download/", "/crash/"])
def test_a_response_to_head_has_the_headers_of_get_and_no_body(path: str, rf: RequestFactory) -> None:
    """The application server would log a warning for each body that it leaves out."""
    lengths, bodies = [], list[bytes]()

    def start(status: str, headers: list[tuple[str, str]], fault: object = None, /) -> Callable[[bytes], object]:
        lengths.append(dict(headers).get("Content-Length"))
        return bodies.append

    for environ in (rf.get(path).environ, rf.head(path).environ):
        response = WSGIHandler()(environ, start)
        bodies.append(b"".join(response))
        response.close()
    assert bodies[0]
    assert bodies[1] == b""
    assert lengths[0] == lengths[1]


@pytest.mark.parametrize(
    ("sender", "sent", "is_kept"),
    [
        ("10.0.0.9", "a-good_id-0123456789", True),
        ("192.0.2.1", "a-good_id-0123456789", False),
        ("10.0.0.9", "short", False),
        ("10.0.0.9", "a" * 65, False),
        ("10.0.0.9", "<script>alert(1)</script>", False),
        ("10.0.0.9", "forged\nERROR line", False),
        ("", "a-good_id-0123456789", False),
    ],
)
def test_an_id_is_taken_only_from_a_trusted_proxy_and_only_if_it_is_well_formed(
    visitor: Client, settings: Settings, sender: str, sent: str, is_kept: bool
) -> None:
    settings.TRUSTED_PROXIES = [ip_network("10.0.0.0/24")]
    received = visitor.get("/healthz", REMOTE_ADDR=sender, HTTP_X_REQUEST_ID=sent).headers["X-Request-ID"]
    assert received == sent if is_kept else MADE.fullmatch(received)


@pytest.mark.parametrize(("path", "status"), [("/crash/", 500), ("/database-away/", 503)])
def test_an_error_page_shows_the_id_that_is_in_the_log(visitor: Client, log: StringIO, path: str, status: int) -> None:
    response = visitor.get(path)
    request_id = response.headers["X-Request-ID"]
    assert response.status_code == status
    assert f"<code>{request_id}</code>" in response.getvalue().decode()
    lines = [line for line in log.getvalue().splitlines() if re.match(r"\d{4}-", line)]
    assert len(lines) == 2  # what failed, and the access
    assert all(f" [{request_id}]: " in line for line in lines)


def test_a_bug_is_logged_with_its_traceback(visitor: Client, log: StringIO) -> None:
    visitor.get("/crash/")
    assert "ValueError: a planted bug" in log.getvalue()


def test_a_missing_page_is_one_line_of_the_access_log(visitor: Client, log: StringIO) -> None:
    response = visitor.get("/nowhere/?name=Ann+Example")
    [line] = log.getvalue().splitlines()
    assert re.search(r" INFO access \[[0-9a-f]{16}\]: GET /nowhere/ 404 [0-9.]+ ms \d+ bytes$", line)
    assert f" {len(response.getvalue())} bytes" in line


@pytest.mark.parametrize("host", ["elsewhere.example", "192.0.2.1", "a_b", "", "a" * 300, "a\nERROR forged"])
def test_an_unknown_host_is_one_line_of_the_access_log(visitor: Client, log: StringIO, host: str) -> None:
    """Scanners ask for the address of the machine all day."""
    assert visitor.get("/", HTTP_HOST=host).status_code == 400
    [line] = log.getvalue().splitlines()
    assert re.search(r" INFO access \[[0-9a-f]{16}\]: GET / 400 ", line)


def test_an_address_cannot_forge_a_line(visitor: Client, log: StringIO) -> None:
    visitor.get("/a%0AERROR%1B[2Jforged")
    [line] = log.getvalue().splitlines()
    assert r"GET /a\nERROR\x1b[2Jforged 404" in line


def test_the_address_of_the_client_is_logged_only_if_asked_for(
    visitor: Client, log: StringIO, settings: Settings
) -> None:
    visitor.get("/nowhere/", REMOTE_ADDR="192.0.2.7")
    assert "192.0.2.7" not in log.getvalue()
    settings.LOG_ADDRESSES = True
    visitor.get("/nowhere/", REMOTE_ADDR="192.0.2.7")
    assert log.getvalue().endswith(" bytes 192.0.2.7\n")


def test_a_forged_line_and_an_unasked_address_are_noticed(
    visitor: Client, log: StringIO, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("config.monitoring.log_lines.escape_controls", str)
    with pytest.raises((AssertionError, ValueError)):
        test_an_address_cannot_forge_a_line(visitor, log)
    settings.LOG_ADDRESSES = True
    with pytest.raises(AssertionError):
        test_the_address_of_the_client_is_logged_only_if_asked_for(visitor, log, settings)


@pytest.mark.parametrize(
    ("sender", "sent", "fault"),
    [
        ("192.0.2.1", "a-good_id-0123456789", "is_trusted_proxy"),
        ("10.0.0.9", "<script>alert(1)</script>", "is_well_formed"),
    ],
)
def test_believing_any_id_is_noticed(
    visitor: Client, settings: Settings, sender: str, sent: str, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(f"config.monitoring.request_ids.{fault}", lambda text: True)
    with pytest.raises(AssertionError):
        test_an_id_is_taken_only_from_a_trusted_proxy_and_only_if_it_is_well_formed(
            visitor, settings, sender, sent, is_kept=False
        )


def test_the_size_of_a_download_is_logged_when_it_was_sent(visitor: Client, log: StringIO) -> None:
    response = visitor.get("/download/")
    assert "GET /download/" not in log.getvalue()
    body = response.getvalue()
    response.close()
    assert f"GET /download/ 200 0.0 ms {len(body)} bytes" in re.sub(r"[0-9.]+ ms", "0.0 ms", log.getvalue())
    assert log.getvalue().count("GET /download/") == 1


def test_monitors_leave_no_line_unless_something_is_wrong(visitor: Client, log: StringIO) -> None:
    visitor.get("/healthz")
    visitor.get("/readyz")
    assert log.getvalue() == ""


def test_json_lines_hold_what_the_record_holds() -> None:
    record = logging.makeLogRecord(
        {"name": "access", "levelname": "INFO", "msg": "%s\n", "args": ("é",), "status": 200}
    )
    line = JsonFormatter().format(record)
    assert "\n" not in line
    fields = json.loads(line)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00", fields.pop("time"))
    assert fields.pop("request_id", "") is not None
    assert fields == {"level": "INFO", "logger": "access", "message": "é\n", "status": 200}


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the tests on SQLite do it")
@pytest.mark.urls("config.urls")
def test_the_server_writes_json_lines_and_counts_over_all_its_processes(migrated_sqlite: str, tmp_path: Path) -> None:
    token = "a-token-of-tests-only"
    log_file = tmp_path / "log"
    with run_site(
        migrated_sqlite,
        log_file,
        DJANGO_SETTINGS_MODULE="tests.config.cached_settings",
        LOG_FORMAT="json",
        METRICS_TOKEN=token,
    ) as port:
        site = f"http://127.0.0.1:{port}"
        for _ in range(20):
            assert get(site + "/about/")[0] == 200
        assert get(site + "/about/", Host="elsewhere.example")[0] == 400
        assert get(site + "/nowhere/?q=personal")[0] == 404
        assert get(site + "/readyz")[0] == 200
        assert get(site + "/metrics")[0] == 401
        assert get(site + "/metrics", Authorization="Bearer wrong")[0] == 401
        status, headers, body = get(site + "/metrics", Authorization=f"Bearer {token}")
    assert status == 200
    assert headers["Content-Type"].startswith("text/plain; version=0.0.4")
    assert_all_are_counted(body.decode())
    assert_all_are_logged(log_file.read_text())
    assert token not in log_file.read_text()


def assert_all_are_counted(text: str) -> None:
    metrics = dict(line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#"))
    assert float(metrics['rolewise_responses_total{status="2xx"}']) == 20
    assert float(metrics['rolewise_responses_total{status="4xx"}']) == 4
    assert float(metrics["rolewise_response_seconds_count"]) == 24
    assert float(metrics['rolewise_cached_responses_total{held_by="server"}']) >= 18  # each process draws it once
    assert float(metrics["rolewise_data_changes_total"]) == 0


def assert_all_are_logged(log_text: str) -> None:
    lines = [json.loads(line) for line in log_text.splitlines()]
    accesses = [line for line in lines if line["logger"] == "access"]
    assert [line["status"] for line in accesses] == [200] * 20 + [400, 404, 401, 401]
    assert accesses[-3]["path"] == "/nowhere/"
    assert len({line["request_id"] for line in accesses}) == len(accesses)
    assert "personal" not in log_text
    assert "Traceback" not in log_text
