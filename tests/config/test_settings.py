"""Every setting that comes from the environment: the values it accepts, and the error for a wrong one."""

import os
import runpy
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import settings

PROJECT = Path(__file__).parent.parent.parent
GOOD = {"SECRET_KEY": "k" * 50, "PATH": os.environ["PATH"]}


def run_manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs manage.py in a process of its own, with only this environment."""
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=PROJECT, env=GOOD | environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEBUG", "maybe"),
        ("HTTPS", "2"),
        ("SECRET_KEY", "short"),
        ("ALLOWED_HOSTS", "https://example.org"),
        ("ALLOWED_HOSTS", "example.org:8000"),
        ("ALLOWED_HOSTS", "[nonsense]"),
        ("ALLOWED_HOSTS", ","),
        ("ALLOWED_HOSTS", "example.org."),
        ("ALLOWED_HOSTS", "example..org"),
        ("ALLOWED_HOSTS", "my_site"),
        ("ALLOWED_HOSTS", "café.example"),
        ("TRUSTED_PROXIES", "proxy.example"),
        ("TRUSTED_PROXIES", "10.0.0.0/99"),
        ("CSRF_TRUSTED_ORIGINS", "example.org"),
        ("CSRF_TRUSTED_ORIGINS", "https://[::1"),
        ("CSRF_TRUSTED_ORIGINS", "https://example org"),
        ("CSRF_TRUSTED_ORIGINS", "https://example.org:port"),
        ("CSRF_TRUSTED_ORIGINS", "https://example.org:0"),
        ("CSRF_TRUSTED_ORIGINS", "https://example.org:65536"),
        ("CSRF_TRUSTED_ORIGINS", "https://example.org:443"),
        ("CSRF_TRUSTED_ORIGINS", "https://Example.org"),
        ("CSRF_TRUSTED_ORIGINS", "https://exa*mple.org"),
        ("CSRF_TRUSTED_ORIGINS", "https://*"),
        ("CSRF_TRUSTED_ORIGINS", "https://."),
        ("STATEMENT_TIMEOUT", "soon"),
        ("STATEMENT_TIMEOUT", "-1"),
        ("STATEMENT_TIMEOUT", "nan"),
        ("STATEMENT_TIMEOUT", "1e-9"),
        ("DATABASE_URL", "mysql://localhost/rolewise"),
        ("DATABASE_URL", "postgresql://ann:opensesame@localhost:port/rolewise"),
        ("DATABASE_URL", "postgresql://localhost:0/rolewise"),
        ("DATABASE_URL", "postgresql://localhost/rolewise?colour=blue"),
        ("DATABASE_URL", "rolewise"),
        ("DATABASE_URL", "sqlite://"),
        ("HOST", "localhost:80"),
        ("HOST", "example.org"),
        ("FORWARDED_ALLOW_IPS", "proxy.example"),
        ("LOG_FORMAT", "xml"),
        ("ACCESS_LOG", "sometimes"),
        ("METRICS_TOKEN", "short"),
        ("METRICS_TOKEN", "long enough, but with blanks"),
        ("PORT", "abc"),
        ("PORT", "0"),
        ("PORT", "99999"),
        ("PORT", "-1"),
        ("PORT", "8_000"),
        ("WEB_CONCURRENCY", "x"),
        ("WEB_CONCURRENCY", "0"),
        ("WEB_CONCURRENCY", "1.5"),
    ],
)
def test_the_error_for_a_wrong_value_names_its_variable(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", GOOD["SECRET_KEY"])
    monkeypatch.setenv(name, value)
    with pytest.raises(ImproperlyConfigured, match=f"^{name} ") as error:
        runpy.run_path(str(PROJECT / "config" / "settings.py"))
    assert "\n" not in str(error.value)
    assert "opensesame" not in str(error.value)


def test_a_wrong_value_stops_manage_with_one_sentence() -> None:
    done = run_manage("check", DEBUG="maybe")
    assert done.returncode == 1
    assert done.stderr.startswith("Not started: DEBUG ")
    assert done.stderr.count("\n") == 1


def test_debug_is_off_unless_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DEBUG", raising=False)
    assert not settings.read_flag("DEBUG")
    monkeypatch.setenv("DEBUG", "On")
    assert settings.read_flag("DEBUG")


def test_a_variable_set_to_nothing_counts_as_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", " ")
    assert settings.read_text("DATABASE_URL", "the default") == "the default"


def test_without_a_secret_key_only_development_starts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("SECRET_KEY", raising=False)
    monkeypatch.setattr(settings, "BASE_DIR", tmp_path)
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY must be set"):
        settings.read_secret_key()
    monkeypatch.setattr(settings, "DEBUG", True)
    assert settings.read_secret_key()


def test_a_key_file_that_belongs_to_another_account_is_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """As after root has collected the static files for a service that runs as somebody else."""
    monkeypatch.setattr(settings, "BASE_DIR", tmp_path)
    (tmp_path / ".secret-key").write_text("f" * 50)
    monkeypatch.delenv("SECRET_KEY", raising=False)
    monkeypatch.setattr("os.access", lambda path, mode: False)
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY must be set"):
        settings.read_secret_key()


def test_the_secret_key_is_read_from_its_file_unless_given(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(settings, "BASE_DIR", tmp_path)
    (tmp_path / ".secret-key").write_text("f" * 50 + "\n")
    monkeypatch.delenv("SECRET_KEY", raising=False)
    assert settings.read_secret_key() == "f" * 50
    monkeypatch.setenv("SECRET_KEY", "e" * 50)
    assert settings.read_secret_key() == "e" * 50


def test_sqlite_writers_queue_and_readers_are_not_blocked() -> None:
    options = settings.read_database_settings("sqlite:////srv/rolewise.sqlite3")["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    assert options["timeout"] >= 10
    assert "journal_mode=WAL" in options["init_command"]


def test_a_served_request_waits_for_the_write_lock_only_briefly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "STATEMENT_TIMEOUT", 1.5)
    assert settings.read_database_settings("sqlite:////srv/rolewise.sqlite3")["OPTIONS"]["timeout"] == 1.5


@pytest.mark.parametrize(("limit", "seconds"), [(60, 60), (300, 300), (0, settings.A_DAY)])
def test_a_command_waits_for_the_write_lock_as_long_as_it_is_told(
    monkeypatch: pytest.MonkeyPatch, limit: float, seconds: float
) -> None:
    monkeypatch.setattr(settings, "STATEMENT_TIMEOUT", limit)
    assert settings.read_database_settings("sqlite:////srv/rolewise.sqlite3")["OPTIONS"]["timeout"] == seconds


@pytest.mark.parametrize(
    ("url", "path"),
    [("sqlite:///data/roles.db", PROJECT / "data/roles.db"), ("sqlite:////srv/roles.db", Path("/srv/roles.db"))],
)
def test_a_sqlite_path_is_relative_to_the_project(url: str, path: Path) -> None:
    assert settings.read_database_settings(url)["NAME"] == path


def test_every_part_of_a_postgresql_address_is_used() -> None:
    database = settings.read_database_settings("postgresql://ann:p%40ss@db.example:6432/roles?sslmode=require")
    assert (database["USER"], database["PASSWORD"], database["HOST"], database["PORT"]) == (
        "ann",
        "p@ss",
        "db.example",
        6432,
    )
    assert database["NAME"] == "roles"
    assert database["OPTIONS"]["sslmode"] == "require"


def test_waiting_for_postgresql_is_limited() -> None:
    options = settings.read_database_settings("postgres:///roles?host=/run/postgresql")["OPTIONS"]
    assert options["connect_timeout"] <= 2
    assert options["tcp_user_timeout"] <= 2000
    assert "statement_timeout=" in options["options"]
    assert options["keepalives_idle"] + options["keepalives_interval"] < 10, "a host that is gone is noticed in between"


def test_over_https_cookies_are_bound_to_the_host() -> None:
    show = "from django.conf import settings as s; print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, "
    show += "s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_SSL_REDIRECT)"
    assert (
        run_manage("shell", "--no-imports", "-c", show, HTTPS="on").stdout
        == "__Host-session __Host-csrf True True True\n"
    )
    assert run_manage("shell", "--no-imports", "-c", show).stdout == "session csrf False False False\n"
