"""What happens between `make run` and the first answer, each time in processes of their own."""

import os
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).parent.parent.parent


def run(database: Path, *command: str) -> str:
    """What the command says, run on that database with nothing else in its environment."""
    environment = {"PATH": os.environ["PATH"], "DATABASE_URL": f"sqlite:///{database}"}
    environment["DJANGO_SETTINGS_MODULE"] = "tests.settings"  # static files need not be collected
    command = (sys.executable, *command)
    done = subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    return done.stdout


def ask(database: Path, question: str) -> str:
    return run(database, "manage.py", "shell", "--no-imports", "-c", question).strip()


def test_the_first_start_fills_a_new_database_and_the_second_does_nothing(tmp_path: Path) -> None:
    database = tmp_path / "new.sqlite3"
    first = run(database, "manage.py", "prepare")
    assert first.count("password ") == 1
    password = first.rsplit("password ", 1)[1].strip()
    assert ask(database, "from careers.models import Role; print(Role.objects.count())") == "7"
    check = f"from django.contrib.auth.models import User; print(User.objects.get().check_password({password!r}))"
    assert ask(database, check) == "True"
    assert run(database, "manage.py", "prepare") == ""


def test_pages_that_were_taken_out_do_not_come_back(tmp_path: Path) -> None:
    database = tmp_path / "used.sqlite3"
    run(database, "manage.py", "prepare")
    ask(
        database,
        "from careers.models import Role, Citation; Role.objects.all().delete(); Citation.objects.all().delete()",
    )
    assert run(database, "manage.py", "prepare") == ""
    assert ask(database, "from careers.models import Role; print(Role.objects.count())") == "0"


def test_a_database_with_pages_of_its_own_gets_an_account_and_no_pages(tmp_path: Path) -> None:
    database = tmp_path / "own.sqlite3"
    run(database, "manage.py", "migrate", "--verbosity=0")
    page = next((PROJECT / "fixtures" / "pages" / "jobicy").glob("*.txt"))
    run(database, "manage.py", "load_pages", str(page))
    assert "password " in run(database, "manage.py", "prepare")
    assert ask(database, "from careers.models import Role; print(Role.objects.count())") == "1"


def test_a_process_that_only_serves_pages_stays_light(tmp_path: Path) -> None:
    serve = """if True:
        import sys
        import config.wsgi
        from django.test import Client
        for path in ("/", "/roles/", "/roles/lead-technician/", "/admin/login/"):
            assert Client().get(path, HTTP_HOST="localhost").status_code == 200, path
        print({"pandas", "numpy", "plotly"} & set(sys.modules))
    """
    database = tmp_path / "served.sqlite3"
    run(database, "manage.py", "prepare")
    assert run(database, "-c", serve) == "set()\n"
