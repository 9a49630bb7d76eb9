"""Security checks can fail: each is run against a planted fault here, unless its own file does it.

In their own files: the headers of every answer (`test_headers.py`), signing in (`test_sign_in.py`), tokens
(`test_refusals.py`), addresses of clients and the log (`test_client_address.py`, `test_request_log.py`), what monitors
learn (`test_health.py`), slow clients (`test_slow_clients.py`), files of the database and backups
(`test_database_files.py`, `test_backups.py`), the hashes of scripts (`test_script_hashes.py`, and with a browser
`test_changed_scripts.py`), the locks (`test_locks.py`), Dockerfile, units and nginx (`test_deployment.py`), code that
fetches (`test_structure.py`), every address of the admin and who may do what there (`test_admin_addresses.py`,
`test_admin_permissions.py`), archives and workbooks (`test_archives.py`, `test_workbooks.py`), and the work of reading
a hostile page (`tests/bench/test_hostile.py`).
"""

import csv
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone
from jinja2 import Environment
from jinja2.compiler import CodeGenerator
from pytest_django.fixtures import Settings

from careers.models import Role
from comparisons.exports import csv_file
from comparisons.views.jinja import environment
from tests.comparisons.opened_pages import HOSTILE
from tests.comparisons.stored_roles import LEAD, read_fixture_facts, store_role_from
from tests.config.strict_headers import find_faults

pytestmark = pytest.mark.without_coverage

PROJECT = Path(__file__).parent.parent.parent
BIN = Path(sys.executable).parent
AS_SERVED = {
    "DJANGO_SETTINGS_MODULE": "config.settings",
    "SECRET_KEY": "".join(map(chr, range(48, 110))),
    "HTTPS": "on",
    "DEBUG": "off",
}


def fails(*command: str | Path, cwd: Path = PROJECT, text: str = "", environment: dict[str, str] | None = None) -> str:
    """What the check wrote if it failed, otherwise nothing."""
    done = subprocess.run(
        [str(word) for word in command],
        cwd=cwd,
        env=os.environ | (environment or {}),
        input=text,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr if done.returncode else ""


# -- Commands of `make lint` ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "line"),
    [
        ("S102", "exec(input())"),
        ("S105", 'password = "a long and secret word"'),
        ("S110", "try:\n    print\nexcept Exception:\n    pass"),
        ("S301", "import pickle\n\npickle.loads(input().encode())"),
        ("S307", "eval(input())"),
        ("S308", "from django.utils.safestring import mark_safe\n\nmark_safe(input())"),
        ("S310", "from urllib.request import urlopen\n\nurlopen(input())"),
        ("S324", "from hashlib import md5\n\nmd5(b'')"),
        ("S602", "import subprocess\n\nsubprocess.run(input(), shell=True, check=True)"),
        ("S608", 'name = input()\nstatement = f"SELECT * FROM roles WHERE title = {name}"'),
        ("S701", "from jinja2 import Environment\n\nEnvironment(autoescape=False)"),
    ],
)
def test_the_linter_finds_insecure_code(rule: str, line: str) -> None:
    report = fails(BIN / "ruff", "check", "--no-cache", "--stdin-filename", "comparisons/planted.py", "-", text=line)
    assert rule in report


def test_markup_is_called_safe_once_in_the_whole_product() -> None:
    """By a line that the linter lets pass; another one would need such a mark too."""
    marked = []
    for app in ("careers", "comparisons", "config", "ingest"):
        for path in (PROJECT / app).rglob("*.py"):
            marked += [path.name for line in path.read_text().splitlines() if "S308" in line or "S704" in line]
    assert marked == ["metadata.py"]
    templates = "".join(path.read_text() for path in (PROJECT / "templates").rglob("*.html"))
    assert "|safe" not in templates
    assert "autoescape" not in templates


def test_the_check_of_deployments_finds_weak_settings() -> None:
    command = (sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING")
    report = fails(*command, environment=AS_SERVED | {"HTTPS": "off", "DEBUG": "on", "SECRET_KEY": "a" * 40})
    for warning in ("security.W008", "security.W018", "security.W009"):
        assert warning in report


def test_the_contracts_find_an_import_that_is_not_allowed(tmp_path: Path) -> None:
    for package in ("careers", "comparisons", "config", "ingest", "tests"):
        shutil.copytree(PROJECT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__", "pages"))
    shutil.copy(PROJECT / "pyproject.toml", tmp_path)
    formats = tmp_path / "comparisons" / "formats.py"
    formats.write_text(f"{formats.read_text()}\nfrom ingest.loading import load\n")
    report = fails(BIN / "lint-imports", "--no-cache", cwd=tmp_path)
    assert "ingest and comparisons are independent BROKEN" in report


# -- What requests are refused and what answers hold ----------------------------------------------------------


def remove(name: str) -> Callable[[Settings], None]:
    def plant(settings: Settings) -> None:
        settings.MIDDLEWARE = [path for path in settings.MIDDLEWARE if not path.endswith(name)]

    return plant


def remove_validator(name: str) -> Callable[[Settings], None]:
    def plant(settings: Settings) -> None:
        validators = settings.AUTH_PASSWORD_VALIDATORS
        settings.AUTH_PASSWORD_VALIDATORS = [
            validator for validator in validators if not validator["NAME"].endswith(name)
        ]

    return plant


def change(name: str, value: Any) -> Callable[[Settings], None]:
    def plant(settings: Settings) -> None:
        setattr(settings, name, value)

    return plant


def make_careless_environment(**options: Any) -> Environment:
    """Our templates, without what escapes the texts in them."""
    jinja = environment(**options)
    jinja.code_generator_class = CodeGenerator
    jinja.autoescape = False
    return jinja


def turn_escaping_off(settings: Settings) -> None:
    jinja, *others = settings.TEMPLATES
    careless = {"environment": "tests.config.test_planted_faults.make_careless_environment"}
    settings.TEMPLATES = [jinja | {"OPTIONS": careless}, *others]


def ask(method: str, path: str, **extra: Any) -> Any:
    return Client(enforce_csrf_checks=True, raise_request_exception=False).generic(method, path, **extra)


def refuses_large_bodies() -> bool:
    large = {"wsgi.input": BytesIO(), "CONTENT_LENGTH": "2000000", "CONTENT_TYPE": "text/plain"}
    return bool(ask("POST", "/admin/login/", **large).status_code == 413)


def refuses_unknown_hosts() -> bool:
    return bool(ask("GET", "/about/", HTTP_HOST="elsewhere.example").status_code == 400)


def leads_to_https() -> bool:
    answer = ask("GET", "/about/")
    return bool(answer.status_code == 301 and answer.headers["Location"].startswith("https://"))


def hides_cookies_from_scripts_and_other_sites() -> bool:
    cookie = ask("GET", "/admin/login/").cookies.popitem()[1]
    return bool(cookie["httponly"] and cookie["samesite"] == "Lax")


def ends_idle_sessions() -> bool:
    client = Client()
    client.force_login(User.objects.create_superuser("ann"))
    client.get("/admin/")
    return Session.objects.get().expire_date <= timezone.now() + timedelta(hours=2)


def asks_for_long_passwords() -> bool:
    client = Client()
    client.force_login(User.objects.create_superuser("ann", password="correct horse battery"))
    changed = {"old_password": "correct horse battery", "new_password1": "Xy7!pq2z", "new_password2": "Xy7!pq2z"}
    return client.post("/admin/password_change/", changed).status_code == 200


def store_one_role(facts: dict[str, Any], **changes: Any) -> Role:
    """The one role, which the check after the planted fault finds stored."""
    return Role.objects.first() or store_role_from(facts, **changes)


def refuses_common_passwords() -> bool:
    client = Client()
    client.force_login(User.objects.create_superuser("ann", password="correct horse battery"))
    changed = {
        "old_password": "correct horse battery",
        "new_password1": "q1w2e3r4t5y6",
        "new_password2": "q1w2e3r4t5y6",
    }
    return client.post("/admin/password_change/", changed).status_code == 200


def tells_browsers_to_stay_with_https() -> bool:
    return "Strict-Transport-Security" not in find_faults(ask("GET", "/about/"))


def hides_what_went_wrong() -> bool:
    return b"Traceback" not in ask("GET", "/crash/").content


def ends_the_session_of_whoever_signs_out() -> bool:
    client = Client()
    client.force_login(User.objects.create_superuser("ann"))
    key = client.cookies["session"].value
    client.post("/admin/logout/")
    client.cookies["session"] = key
    return client.get("/admin/").status_code == 302


def escapes_what_pages_say() -> bool:
    role = store_one_role(read_fixture_facts()[LEAD] | {"title": HOSTILE, "page": "hostile"})
    return "<script>alert" not in Client().get(f"/roles/{role.slug}/").content.decode()


def disarms_formulas() -> bool:
    role = store_one_role(read_fixture_facts()[LEAD], salary={"top_city": "=1+1"})
    body = Client().get(f"/roles/{role.slug}.csv").content.decode("utf-8-sig")
    return not any("=1+1" in row for row in csv.reader(StringIO(body, newline="")))


CHECKS: list[tuple[Callable[[], bool], Callable[[Settings], None]]] = [
    (refuses_large_bodies, remove("BodyLimit")),
    (refuses_unknown_hosts, change("ALLOWED_HOSTS", ["*"])),
    (hides_cookies_from_scripts_and_other_sites, change("CSRF_COOKIE_HTTPONLY", False)),
    (hides_cookies_from_scripts_and_other_sites, change("CSRF_COOKIE_SAMESITE", "None")),
    (ends_idle_sessions, change("SESSION_COOKIE_AGE", 14 * 24 * 60 * 60)),
    (asks_for_long_passwords, change("AUTH_PASSWORD_VALIDATORS", [])),
    (refuses_common_passwords, remove_validator("CommonPasswordValidator")),
    (tells_browsers_to_stay_with_https, change("SECURE_HSTS_SECONDS", 0)),
    (hides_what_went_wrong, change("DEBUG", True)),
    (
        ends_the_session_of_whoever_signs_out,
        change("SESSION_ENGINE", "django.contrib.sessions.backends.signed_cookies"),
    ),
    (escapes_what_pages_say, turn_escaping_off),
]


@pytest.mark.django_db
@pytest.mark.urls("tests.config.broken_urls")
@pytest.mark.parametrize(("check", "plant"), CHECKS)
def test_a_check_holds_and_notices_a_planted_fault(
    check: Callable[[], bool], plant: Callable[[Settings], None], settings: Settings
) -> None:
    assert check()
    User.objects.all().delete()
    Session.objects.all().delete()
    plant(settings)
    assert not check()


@pytest.mark.django_db
def test_http_leads_to_https_only_where_the_settings_say_so(settings: Settings) -> None:
    settings.SECURE_SSL_REDIRECT = True
    assert leads_to_https()
    remove("SecurityMiddleware")(settings)
    assert not leads_to_https()


@pytest.mark.django_db
def test_a_formula_in_a_file_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert disarms_formulas()
    monkeypatch.setattr(csv_file, "_FORMULA", ("+",))
    assert not disarms_formulas()
