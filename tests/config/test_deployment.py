"""What operators copy: the image, the units of systemd, and nginx in front, with real requests through it."""

import json
import os
import re
import shlex
import shutil
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from email.message import Message
from http.client import HTTPSConnection, parse_headers
from ipaddress import ip_address, ip_network
from pathlib import Path

import pytest

from tests.config.documented_variables import read_documented
from tests.config.running_site import find_free_port, run_site
from tests.config.strict_headers import STRICT

PROJECT = Path(__file__).parent.parent.parent
DEPLOY = PROJECT / "deploy"
DOCKERFILE = (PROJECT / "Dockerfile").read_text()
COMPOSE = (PROJECT / "compose.yaml").read_text()
HADOLINT = Path(sys.executable).parent / "hadolint"


@pytest.mark.skipif(not HADOLINT.exists(), reason="hadolint is only installed on Linux")
def test_the_linter_of_dockerfiles_finds_nothing_and_notices_a_planted_fault(tmp_path: Path) -> None:
    for text, returncode in ((DOCKERFILE, 0), (DOCKERFILE.replace("python:3.11-slim\n", "python\n"), 1)):
        (tmp_path / "Dockerfile").write_text(text)
        done = subprocess.run([HADOLINT, tmp_path / "Dockerfile"], capture_output=True, text=True, check=False)
        assert done.returncode == returncode, done.stdout


def test_the_image_runs_as_nobody_special_writes_only_to_its_volume_and_checks_itself() -> None:
    last_stage = DOCKERFILE.rpartition("\nFROM ")[2]
    assert last_stage.startswith("python:3.11-slim\n")
    assert re.search(r"^USER [1-9]\d*$", last_stage, re.MULTILINE)
    assert re.findall(r"^VOLUME (.*)$", last_stage, re.MULTILINE) == ["/data"]
    assert "\nHEALTHCHECK " in last_stage
    assert "SECRET_KEY" not in last_stage
    assert "--chown" not in DOCKERFILE, "the files of the program belong to root"
    for setting in ("read_only: true", "cap_drop:", "no-new-privileges:true", "condition: service_healthy"):
        assert COMPOSE.count(setting) == 2, "of the site and of a worker"


@pytest.mark.parametrize(
    ("name", "rule", "fault"),
    [
        ("DOCKERFILE", r"^USER .*$", "USER root"),
        ("DOCKERFILE", r"^USER .*$", ""),
        ("DOCKERFILE", r"^VOLUME .*$", "VOLUME /srv"),
        ("DOCKERFILE", r"^COPY ", "COPY --chown=10001 "),
        ("COMPOSE", "read_only: true", "read_only: false"),
        ("COMPOSE", "cap_drop:", "cap_add:"),
    ],
)
def test_an_image_with_more_rights_is_noticed(
    name: str, rule: str, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    loosened = re.sub(rule, fault, globals()[name], flags=re.MULTILINE)
    assert loosened != globals()[name]
    monkeypatch.setitem(globals(), name, loosened)
    with pytest.raises(AssertionError):
        test_the_image_runs_as_nobody_special_writes_only_to_its_volume_and_checks_itself()


def test_images_are_named_without_a_registry() -> None:
    names = re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE) + re.findall(r"image: (\S+)", COMPOSE)
    assert len(names) == 3
    assert all(re.fullmatch(r"[a-z]+:[\w.-]+", name) for name in names)


def test_no_secret_enters_an_image() -> None:
    ignored = (PROJECT / ".dockerignore").read_text().splitlines()
    assert {".git", ".secret-key", ".env", ".venv", "*.sqlite3*", "*.zip"} <= set(ignored)


def test_a_secret_in_an_image_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".dockerignore").write_text((PROJECT / ".dockerignore").read_text().replace(".secret-key\n", ""))
    monkeypatch.setitem(globals(), "PROJECT", tmp_path)
    with pytest.raises(AssertionError):
        test_no_secret_enters_an_image()


def test_settings_in_files_of_operators_exist() -> None:
    settings_of_others = {
        "POSTGRES_PASSWORD",
        "POSTGRES_USER",
        "POSTGRES_DB",
        "HOME",
        "PYTHONDONTWRITEBYTECODE",
        "PYTHONUNBUFFERED",
    }
    named = set(re.findall(r"^ +([A-Z_]+)[:=]", COMPOSE + DOCKERFILE, re.MULTILINE))
    named |= set(re.findall(r"^ENV ([A-Z_]+)=", DOCKERFILE, re.MULTILINE))
    for unit in DEPLOY.glob("*.service"):
        named |= set(re.findall(r"^Environment=([A-Z_]+)=", unit.read_text(), re.MULTILINE))
    assert {"HOST", "DATABASE_URL", "TRUSTED_PROXIES"} <= named
    assert named - settings_of_others <= read_documented().keys()


def test_every_setting_in_the_file_of_a_composition_reaches_the_site() -> None:
    """Those that are left out are given by the composition and the image."""
    given = {"DATABASE_URL", "DEBUG", "HOST", "PORT"}
    passed_on = set(re.findall(r"^ +([A-Z_]+): \$\{\1:", COMPOSE, re.MULTILINE))
    assert passed_on - {"POSTGRES_PASSWORD"} == read_documented().keys() - given


@pytest.mark.parametrize("setting", ["TRUSTED_PROXIES", "FORWARDED_ALLOW_IPS"])
@pytest.mark.parametrize("address", ["172.18.0.1", "192.168.16.1", "10.89.0.1"])
def test_a_composition_believes_the_proxy_in_every_network_that_an_engine_chooses(setting: str, address: str) -> None:
    """The first two are Docker's, the last is Podman's. Otherwise the site would redirect to https for ever."""
    [networks] = re.findall(rf"{setting}: \$\{{{setting}:-([^}}]+)}}", COMPOSE)
    assert any(ip_address(address) in ip_network(network) for network in networks.split(","))


def test_the_health_check_tells_whether_the_site_answers() -> None:
    done = subprocess.run(
        [sys.executable, DEPLOY / "is_healthy.py"],
        env={"PORT": str(find_free_port())},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith("not healthy: ")


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
def test_systemd_finds_nothing_wrong_with_the_units_and_notices_a_planted_fault(tmp_path: Path) -> None:
    """The programs of the project stand elsewhere here than on a server."""
    units = []
    for unit in sorted(DEPLOY.glob("rolewise*.*")):
        text = unit.read_text().replace("/srv/rolewise/.venv/bin", str(Path(sys.executable).parent))
        text = text.replace("/srv/rolewise/deploy", str(DEPLOY))
        units.append(tmp_path / unit.name)
        units[-1].write_text(text)
    assert len(units) == 4

    def verify() -> str:
        command = ["systemd-analyze", "verify", "--man=no", *map(str, units)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        return "\n".join(line for line in done.stderr.splitlines() if "rolewise" in line)

    assert verify() == ""
    units[-1].write_text(units[-1].read_text().replace("ProtectHome=", "ProtectHouse="))
    assert "ProtectHouse" in verify()


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
@pytest.mark.parametrize("unit", sorted(DEPLOY.glob("*.service")), ids=lambda unit: str(unit.stem))
def test_units_have_few_rights_and_more_are_noticed(unit: Path, tmp_path: Path) -> None:
    def has_few_rights(text: str) -> bool:
        """systemd's own score, in which a unit without any limit has 96 of 100."""
        (tmp_path / unit.name).write_text(text)
        command = [
            "systemd-analyze",
            "security",
            "--offline=yes",
            "--threshold=18",
            "--no-pager",
            str(tmp_path / unit.name),
        ]
        return subprocess.run(command, capture_output=True, check=False).returncode == 0

    text = unit.read_text()
    assert has_few_rights(text)
    for limit in ("User=", "CapabilityBoundingSet=", "ProtectSystem=", "SystemCallFilter="):
        assert not has_few_rights(re.sub(rf"^{limit}.*$", "", text, flags=re.MULTILINE)), limit


@pytest.mark.skipif(not shutil.which("find"), reason="find is not installed")
def test_old_backups_are_deleted_finished_or_not_and_nothing_else(tmp_path: Path) -> None:
    unit = (DEPLOY / "rolewise-backup.service").read_text()
    [command] = re.findall(r"^ExecStart=(/usr/bin/find .*)$", unit, re.MULTILINE)
    month = 31 * 24 * 60 * 60
    for name, age in {"old.zip": month, "killed.zip.unfinished": month, "new.zip": 0, "notes": month}.items():
        (tmp_path / name).touch()
        os.utime(tmp_path / name, times=(time.time() - age, time.time() - age))
    subprocess.run(shlex.split(command.replace("/var/backups/rolewise", str(tmp_path))), check=True)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["new.zip", "notes"]


def test_systemd_learns_that_the_site_has_started_when_it_answers(migrated_sqlite: str, tmp_path: Path) -> None:
    assert "\nType=notify\n" in (DEPLOY / "rolewise.service").read_text()
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(str(tmp_path / "notify"))
        with run_site(migrated_sqlite, tmp_path / "log", NOTIFY_SOCKET=str(tmp_path / "notify")) as port:
            systemd.settimeout(60)
            assert systemd.recv(1000).startswith(b"READY=1")
            assert is_listening(port)


def is_listening(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def run_nginx_before(
    site: int, folder: Path, text: str = (DEPLOY / "nginx.conf").read_text(), *, fresh: str = "1h"
) -> Iterator[int]:
    """Yields the port of nginx with our configuration. `fresh`: how long nginx sends a kept page without asking."""
    port, plain_port = find_free_port(), find_free_port()
    certificate = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    certificate += ["-keyout", f"{folder}/key.pem", "-out", f"{folder}/cert.pem"]
    subprocess.run(certificate, check=True, capture_output=True)
    for ours, here in {
        "listen 443 ssl http2;": f"listen 127.0.0.1:{port} ssl http2;",
        "listen 80;": f"listen 127.0.0.1:{plain_port};",
        "listen [::]:443 ssl http2;": "",
        "listen [::]:80;": "",
        "server 127.0.0.1:8000;": f"server 127.0.0.1:{site};",
        "/etc/ssl/rolewise/fullchain.pem": f"{folder}/cert.pem",
        "/etc/ssl/rolewise/privkey.pem": f"{folder}/key.pem",
        "/var/cache/nginx-rolewise": f"{folder}/cache",
        "/var/log/nginx/": f"{folder}/",
        "proxy_cache_valid 200 1s;": f"proxy_cache_valid 200 {fresh};",
    }.items():
        assert text.count(ours) == (2 if ours.startswith("/var/log") else 1), ours
        text = text.replace(ours, here)
    (folder / "rolewise.conf").write_text(text)
    temporary = "".join(
        f"{name}_temp_path {folder}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"daemon off; master_process off; pid {folder}/nginx.pid; error_log {folder}/error.log;"
        f"events {{}} http {{ access_log off; {temporary} include {folder}/rolewise.conf; }}"
    )
    command = ["nginx", "-c", f"{folder}/nginx.conf", "-e", f"{folder}/error.log"]
    checked = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    assert "[warn]" not in checked.stderr
    with subprocess.Popen(command) as process:
        try:
            while not is_listening(port):
                assert process.poll() is None, (folder / "error.log").read_text()
                time.sleep(0.02)
            yield port
        finally:
            process.terminate()


@pytest.mark.skipif(not shutil.which("nginx"), reason="nginx is not installed")
def test_nginx_can_make_the_folder_for_kept_pages() -> None:
    """It makes one folder, not those around it, and Debian's package brings no folder in /var/cache."""
    (folder,) = re.findall(r"^proxy_cache_path (\S+) ", (DEPLOY / "nginx.conf").read_text(), re.MULTILINE)
    assert Path(folder).parent.is_dir()


@pytest.mark.skipif(not shutil.which("nginx"), reason="nginx is not installed")
def test_nginx_finds_a_planted_fault_in_its_file(tmp_path: Path) -> None:
    text = (DEPLOY / "nginx.conf").read_text()
    misspelled = text.replace("client_max_body_size", "client_max_body_sise")
    assert misspelled != text
    with (
        pytest.raises(AssertionError, match="unknown directive"),
        run_nginx_before(find_free_port(), tmp_path, misspelled),
    ):
        pass


@pytest.mark.skipif(not shutil.which("nginx"), reason="nginx is not installed")
@pytest.mark.parametrize(("limit", "status"), [("1m", 413), ("0", 503)])
def test_nginx_refuses_large_bodies_itself_and_not_without_its_limit(limit: str, status: int, tmp_path: Path) -> None:
    """Nothing answers behind it here."""
    text = (DEPLOY / "nginx.conf").read_text()
    assert "client_max_body_size 1m;" in text
    text = text.replace("client_max_body_size 1m;", f"client_max_body_size {limit};")
    with run_nginx_before(find_free_port(), tmp_path, text) as port:
        answer = ask_nginx(port, "POST", "/admin-is-elsewhere/", b"a" * 2_000_000)
    assert answer[0] == status


def ask_nginx(
    port: int, method: str, path: str, body: bytes = b"", **headers: str
) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body, over https."""
    link = HTTPSConnection("127.0.0.1", port, context=ssl._create_unverified_context(), timeout=60)  # noqa: S323
    with closing(link):
        link.request(method, path, body or None, headers={"Host": "localhost", **headers})
        response = link.getresponse()
        assert find_faults_of_headers(response.headers) == []
        return response.status, dict(response.getheaders()), response.read()


def find_faults_of_headers(headers: Message) -> list[str]:
    """Headers of an answer through nginx that are missing or differ, or that stand there twice."""
    names = [name for name, value in STRICT.items() if headers.get_all(name) != [value]]
    for name in ("X-Request-ID", "Permissions-Policy"):
        names += [name] if len(headers.get_all(name, [])) != 1 else []
    for name in ("Cache-Control", "Retry-After"):
        names += [name] if len(headers.get_all(name, [])) > 1 else []
    return names


HEADERS_OF_OURS = b"\r\nHost: localhost\r\nConnection: close\r\n\r\n"
MALFORMED = {
    b"GET /" + b"a" * 20_000 + b" HTTP/1.1" + HEADERS_OF_OURS: 414,
    b"GET / HTTP/1.1\r\nX-Long: " + b"a" * 20_000 + HEADERS_OF_OURS: 431,
    b"GET / HTTP/1.1\r\nHost: two words\r\n\r\n": 400,
    b"GET / HTTP/1.1\r\n\r\n": 400,
    b"GET /../../secret HTTP/1.1" + HEADERS_OF_OURS: 400,
    b"no request line at all\r\n\r\n": 400,
    b"TRACE / HTTP/1.1" + HEADERS_OF_OURS: 405,
    b"POST / HTTP/1.1\r\nTransfer-Encoding: rot13" + HEADERS_OF_OURS: 501,
    b"GET / HTTP/9.9" + HEADERS_OF_OURS: 505,
}
REFUSED_BY_NGINX = MALFORMED | {
    b"POST / HTTP/1.1\r\nContent-Length: 2000000" + HEADERS_OF_OURS: 413,
    b"GET /readyz HTTP/1.1" + HEADERS_OF_OURS: 403,
    b"GET /refused HTTP/1.1" + HEADERS_OF_OURS: 404,
    b"GET /roles/?q=qqqq HTTP/1.1" + HEADERS_OF_OURS: 503,
}


def send_to_nginx(port: int, request: bytes, *, plain: bool = False) -> tuple[int, Message, bytes]:
    """Status, headers and body of a request that may be none."""
    with ExitStack() as links:
        link = links.enter_context(socket.create_connection(("127.0.0.1", port), timeout=20))
        if not plain:
            link = links.enter_context(ssl._create_unverified_context().wrap_socket(link))  # noqa: S323
        with suppress(OSError):  # nginx refuses what is long before it has read it
            link.sendall(request)
        received = links.enter_context(link.makefile("rb"))
        status = int(received.readline().split()[1])
        headers = parse_headers(received)
        return status, headers, received.read(int(headers["Content-Length"]))


@pytest.mark.skipif(not shutil.which("nginx"), reason="nginx is not installed")
def test_what_nginx_refuses_itself_has_our_headers_and_its_number_in_words_and_log(tmp_path: Path) -> None:
    """Nothing answers behind it here, and monitors are elsewhere."""
    text = (DEPLOY / "nginx.conf").read_text().replace("allow 127.0.0.1;", "")
    with run_nginx_before(find_free_port(), tmp_path, text) as port:
        plain_port = int(re.findall(r"listen 127.0.0.1:(\d+);", (tmp_path / "rolewise.conf").read_text())[0])
        by_https = [send_to_nginx(port, request) for request in REFUSED_BY_NGINX]
        by_http = [send_to_nginx(plain_port, request, plain=True) for request in MALFORMED]
        request = b"GET /roles/?q=qqqq HTTP/1.1" + HEADERS_OF_OURS
        to_https = [send_to_nginx(any_port, request, plain=True) for any_port in (plain_port, port)]
    assert [status for status, _, _ in by_https] == list(REFUSED_BY_NGINX.values())
    assert [status for status, _, _ in by_http] == list(MALFORMED.values())
    log = (tmp_path / "rolewise.log").read_text()
    for status, headers, body in [*by_https, *by_http]:
        assert (headers["Cache-Control"], headers["Server"]) == ("no-store", "nginx")
        assert headers["Retry-After"] == ("10" if status == 503 else None)
        assert body.endswith(f"\nRequest: {headers['X-Request-ID']}\n".encode())
        assert re.search(rf"\[{headers['X-Request-ID']}\] .* {status} ", log)
    assert all(find_faults_of_headers(headers) == [] for _, headers, _ in by_https)
    for status, headers, _ in to_https:
        assert (status, headers["Location"]) == (301, "https://localhost/roles/?q=qqqq")
    for _, headers, _ in [*by_http, *to_https]:
        # Browsers believe this one over https alone, and RFC 6797 forbids it over http.
        assert find_faults_of_headers(headers) == ["Strict-Transport-Security"]
        assert "Strict-Transport-Security" not in headers
    assert "qqqq" not in log
    assert max(map(len, log.splitlines())) < 700


@pytest.mark.skipif(not shutil.which("nginx"), reason="nginx is not installed")
@pytest.mark.parametrize(
    ("line", "fault"),
    [('"" nosniff;', ""), ("error_page 494 =431 /refused;", ""), ("~^http0 1;", "~^http 1;"), ("~^http0 1;", "")],
)
def test_a_refusal_without_our_headers_or_words_or_status_is_noticed(
    line: str, fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "nginx.conf").write_text((DEPLOY / "nginx.conf").read_text().replace(line, fault))
    monkeypatch.setitem(globals(), "DEPLOY", tmp_path)
    with pytest.raises(AssertionError):
        test_what_nginx_refuses_itself_has_our_headers_and_its_number_in_words_and_log(tmp_path)


@pytest.mark.skipif(not shutil.which("nginx"), reason="nginx is not installed")
def test_a_client_with_too_many_connections_is_asked_to_wait(tmp_path: Path) -> None:
    text = (
        (DEPLOY / "nginx.conf").read_text().replace("limit_conn rolewise_clients 50;", "limit_conn rolewise_clients 1;")
    )
    with ExitStack() as running:
        port = running.enter_context(run_nginx_before(find_free_port(), tmp_path, text))
        first = running.enter_context(socket.create_connection(("127.0.0.1", port), timeout=20))
        first = running.enter_context(ssl._create_unverified_context().wrap_socket(first))  # noqa: S323
        first.sendall(b"POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 9\r\nHost: localhost\r\n\r\n")
        assert first.recv(1000).startswith(b"HTTP/1.1 100 ")  # nginx waits for the body
        status, headers, body = send_to_nginx(port, b"GET / HTTP/1.1" + HEADERS_OF_OURS)
    assert (status, headers["Retry-After"]) == (429, "10")
    assert find_faults_of_headers(headers) == []
    assert body.startswith(b"These are too many requests at once.")


@pytest.mark.skipif(not shutil.which("nginx"), reason="nginx is not installed")
def test_nginx_keeps_finished_pages_passes_ids_on_and_limits_bodies(migrated_sqlite: str, tmp_path: Path) -> None:
    def ask(method: str, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
        return ask_nginx(port, method, path, b"", **headers)

    log = tmp_path / "log"
    with (
        run_site(
            migrated_sqlite,
            log,
            DJANGO_SETTINGS_MODULE="tests.config.cached_settings",
            HTTPS="on",
            LOG_FORMAT="json",
            TRUSTED_PROXIES="127.0.0.1",
        ) as site,
        run_nginx_before(site, tmp_path) as port,
    ):
        first = ask("GET", "/about/")
        second = ask("GET", "/about/")
        unchanged = ask("GET", "/about/", **{"If-None-Match": first[1]["ETag"]})
        compressed = ask("GET", "/about/", **{"Accept-Encoding": "br"})
        missing = ask("GET", "/nowhere/")
        sign_in = ask("GET", "/admin/login/?next=/admin/")
        too_large = ask("POST", "/admin-is-elsewhere/", **{"Content-Length": "2000000"})
        health = ask("GET", "/healthz")
        searches = [ask("GET", "/roles/?q=qqqq") for _ in range(2)]
    assert (first[0], second[0], unchanged[0]) == (200, 200, 304)
    assert first[2] == second[2]
    assert compressed[1]["Content-Encoding"] == "br"
    assert (missing[0], sign_in[0], too_large[0], health[0]) == (404, 200, 413, 200)
    assert "; Secure" in sign_in[1]["Set-Cookie"] or "; secure" in sign_in[1]["Set-Cookie"]
    assert first[1]["Content-Security-Policy"].startswith("default-src 'none'")

    lines = [json.loads(line) for line in log.read_text().splitlines()]
    accesses = [(line["path"], line["request_id"]) for line in lines if line["logger"] == "access"]
    answers = {"/about/": first, "/nowhere/": missing, "/admin/login/": sign_in}
    assert [path for path, _ in accesses[:2]] == ["/about/", "/about/"], "one for each encoding"
    assert [path for path, _ in accesses[2:]] == ["/nowhere/", "/admin/login/", "/roles/", "/roles/"]
    assert [(search[0], search[1]["Cache-Control"]) for search in searches] == [(200, "no-store")] * 2
    for path, answer in answers.items():
        assert (path, answer[1]["X-Request-ID"]) in accesses
    assert first[1]["X-Request-ID"] != second[1]["X-Request-ID"]

    of_nginx = (tmp_path / "rolewise.log").read_text()
    assert of_nginx.count(" GET /roles/ 200 ") == 2
    everything = "".join(file.read_text() for file in tmp_path.glob("*.log"))
    assert "127.0.0.1" not in everything
    assert "qqqq" not in everything


@pytest.mark.skipif(not shutil.which("nginx"), reason="nginx is not installed")
def test_nginx_sends_the_last_good_page_while_the_site_is_away(migrated_sqlite: str, tmp_path: Path) -> None:
    with ExitStack() as running:
        site = running.enter_context(run_site(migrated_sqlite, tmp_path / "log", HTTPS="on"))
        with run_nginx_before(site, tmp_path, fresh="1s") as port:
            kept = ask_nginx(port, "GET", "/about/")
            running.close()
            time.sleep(2.1)  # nginx counts whole seconds: the page is no longer fresh
            last = ask_nginx(port, "GET", "/about/")
            unknown = ask_nginx(port, "GET", "/api/")
    assert (kept[0], last[0]) == (200, 200)
    assert (unknown[0], unknown[1]["Retry-After"], unknown[1]["Cache-Control"]) == (503, "10", "no-store")
    assert b"try again" in unknown[2]
    assert last[2] == kept[2]
