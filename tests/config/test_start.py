"""`manage.py prepare` creates what is missing, and never twice."""

import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import call_command

from careers.models import Citation, Role
from ingest.models import Page

PROJECT = Path(__file__).parent.parent.parent


def prepare() -> str:
    """Runs the command and returns its output."""
    output = StringIO()
    call_command("prepare", stdout=output)
    return output.getvalue()


@pytest.mark.django_db
def test_a_new_database_gets_pages_official_figures_and_an_account_whose_password_is_printed() -> None:
    output = prepare()
    assert (Role.objects.by_title().count(), Role.objects.occupations().count()) == (7, 830)
    official = Citation.objects.filter(publisher__name="U.S. Bureau of Labor Statistics")
    assert set(official.values_list("licence", flat=True)) == {"Public domain"}
    for group in ("projection", "requirements", "attainment", "skill_ranks"):
        assert Role.objects.occupations().filter(**{f"{group}__isnull": False}).count() == 830, group
    assert output.count("password ") == 1
    admin = User.objects.get()
    assert admin.is_superuser
    assert admin.check_password(output.rsplit("password ", 1)[1].strip())


@pytest.mark.django_db
def test_a_second_start_does_and_prints_nothing() -> None:
    prepare()
    before = list(Citation.objects.values()), list(User.objects.values())
    assert prepare() == ""
    assert (list(Citation.objects.values()), list(User.objects.values())) == before


@pytest.mark.django_db
def test_a_database_of_an_earlier_version_is_told_how_to_load_the_new_facts_and_loads_none_by_itself() -> None:
    prepare()
    Page.objects.filter(name="projection.csv").delete()
    assert "manage.py load_pages fixtures/occupations" in prepare()
    assert not Page.objects.filter(name="projection.csv").exists()


@pytest.mark.django_db
def test_deleted_pages_do_not_come_back() -> None:
    prepare()
    Role.objects.all().delete()
    Citation.objects.all().delete()
    assert prepare() == ""
    assert not Role.objects.exists()


@pytest.mark.django_db
def test_a_database_with_pages_gets_an_account_and_no_samples() -> None:
    page = next((PROJECT / "fixtures" / "pages" / "jobicy").glob("*.txt"))
    call_command("load_pages", page, stdout=StringIO())
    assert "password " in prepare()
    assert Role.objects.count() == 1


@pytest.mark.django_db
def test_three_groups_are_ready_and_are_made_only_once() -> None:
    User.objects.create_superuser("ann")
    prepare()
    assert set(Group.objects.values_list("name", flat=True)) == {"viewer", "loader", "editor"}

    Group.objects.exclude(name="viewer").delete()
    prepare()
    assert Group.objects.values_list("name", flat=True).get() == "viewer"


def test_an_unavailable_database_is_reported_in_one_sentence() -> None:
    environment = os.environ | {
        "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing",
        "DJANGO_SETTINGS_MODULE": "tests.settings",
    }
    command = [sys.executable, "manage.py", "prepare"]
    done = subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert "The database cannot be reached" in done.stderr
    assert "DATABASE_URL" in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_process_that_only_serves_pages_does_not_import_pandas_or_plotly(tmp_path: Path) -> None:
    serve = """if True:
        import sys
        import config.wsgi
        from django.core.management import call_command
        from django.test import Client
        call_command("migrate", verbosity=0)
        for path in ("/", "/roles/", "/admin/login/"):
            assert Client().get(path, HTTP_HOST="localhost").status_code == 200, path
        print({"pandas", "numpy", "plotly", "openpyxl"} & set(sys.modules))
    """
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{tmp_path}/empty.sqlite3",
        "DJANGO_SETTINGS_MODULE": "tests.settings",  # static files need not be collected
    }
    command = [sys.executable, "-c", serve]
    done = subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("set()\n", "")
