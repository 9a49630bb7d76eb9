"""What the first start loads into a new database, and that later starts leave it alone."""

import pytest
from django.contrib.auth.models import User
from django.db import connection

from careers.models import Citation, Role
from ingest.models import Page
from tests.config.started_database import prepare

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("first_start"),
    pytest.mark.skipif(
        connection.vendor == "sqlite", reason="tests/config/test_make_run.py makes the first start there"
    ),
]


@pytest.fixture(scope="module")
def first_start(module_transaction: None) -> str:
    """What the first start printed. Loading all that Rolewise comes with takes long, so these tests share one run."""
    output = prepare()
    connection.check_constraints()  # once; otherwise each test would look through all that was loaded when it ends
    return output


def test_a_new_database_gets_pages_official_figures_and_an_account_whose_password_is_printed(
    first_start: str,
) -> None:
    assert (Role.objects.by_title().count(), Role.objects.occupations().count()) == (7, 830)
    official = Citation.objects.filter(publisher__name="U.S. Bureau of Labor Statistics")
    assert set(official.values_list("licence", flat=True)) == {"Public domain"}
    for group in ("projection", "requirements", "attainment", "skill_ranks"):
        assert Role.objects.occupations().filter(**{f"{group}__isnull": False}).count() == 830, group
    assert first_start.count("password ") == 1
    admin = User.objects.get()
    assert admin.is_superuser
    assert admin.check_password(first_start.rsplit("password ", 1)[1].strip())


def test_a_second_start_does_and_prints_nothing() -> None:
    before = list(Citation.objects.values()), list(User.objects.values())
    assert prepare() == ""
    assert (list(Citation.objects.values()), list(User.objects.values())) == before


def test_the_start_of_an_earlier_database_says_how_to_load_the_new_facts_and_loads_none() -> None:
    Page.objects.filter(name="projection.csv").delete()
    assert "manage.py load_pages fixtures/occupations" in prepare()
    assert not Page.objects.filter(name="projection.csv").exists()


def test_a_file_of_facts_that_another_version_has_brought_is_named_again() -> None:
    Page.objects.filter(name="titles_rolewise.csv").update(digest=Page.compute_digest(b"as an earlier version had it"))
    assert "titles_rolewise.csv" in prepare()


def test_deleted_pages_do_not_come_back() -> None:
    Role.objects.all().delete()
    Citation.objects.all().delete()
    assert prepare() == ""
    assert not Role.objects.exists()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite plans without such numbers")
def test_postgresql_has_counted_what_was_loaded() -> None:
    """Otherwise it would choose slow plans for a minute."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = 'careers_role'")
        assert cursor.fetchone()[0] == Role.objects.count()
