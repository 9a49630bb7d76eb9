import gc
import shutil
import sys
from collections.abc import Generator, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import connection, transaction
from pytest_django import DjangoDbBlocker

from tests import databases

# A configuration of the server, which changes its limits where it is imported.
collect_ignore = ["config/full_disk_gunicorn.py", "config/limited_gunicorn.py"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database-only",
        action="store_true",
        help="leave out the tests that do not use the database, which one run of all tests has covered",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--database-only"):
        config.hook.pytest_deselected(items=[item for item in items if not uses_database(item)])
        items[:] = [item for item in items if uses_database(item)]


def pytest_collection_finish() -> None:
    """The modules and tests that are there now stay until the end, so there is no need to look through them for waste
    again and again; that took a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


def uses_database(item: pytest.Item) -> bool:
    """Whether the test can depend on DATABASE_URL. pytest-django refuses the database to those without the fixtures."""
    if item.get_closest_marker("same_on_every_database"):
        return False
    fixtures = {"db", "transactional_db", "live_server", "new_database", "migrated_database"}
    return item.get_closest_marker("django_db") is not None or not fixtures.isdisjoint(
        getattr(item, "fixturenames", ())
    )


@pytest.fixture(autouse=True)
def empty_caches() -> Iterator[None]:
    """Clears what a process remembers per revision: each test has other data, often at the same revision."""
    clear_caches()
    yield
    clear_caches()


def clear_caches() -> None:
    from comparisons.queries import revision  # here, because these modules need Django to be set up
    from comparisons.views import response_cache

    revision.forget_computed()
    response_cache.forget()
    revision.forget()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None, request: pytest.FixtureRequest) -> None:
    """The tests' own database is a copy of the one that has run all migrations, too."""
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["MIGRATE"] = False  # `django_db_setup` copies what the migrations made
    else:
        connection.settings_dict["TEST"]["TEMPLATE"] = request.getfixturevalue("postgresql_template")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker, request: pytest.FixtureRequest) -> None:
    """As after `manage.py prepare`: without statistics PostgreSQL plans some queries for a second."""
    from careers.bulk import renew_statistics

    with django_db_blocker.unblock():
        if connection.vendor == "sqlite":
            databases.load_sqlite(request.getfixturevalue("sqlite_template"), connection)
        renew_statistics()


@pytest.fixture(scope="module", autouse=True)
def swept_tables(request: pytest.FixtureRequest, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Rows that tests rolled back stay in PostgreSQL's files, where later queries read past them, until a VACUUM. In
    production it comes by itself; here this fixture has it after each file of tests."""
    if connection.vendor != "postgresql":
        yield
        return
    from careers.bulk import renew_statistics

    request.getfixturevalue("django_db_setup")
    yield
    with django_db_blocker.unblock():
        renew_statistics()


@pytest.fixture(scope="module")
def module_transaction(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """What fixtures of a module store in it is rolled back after the last of its tests, which each roll back their own
    part. A fixture that all tests of the module need stores its rows once then."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


# -- coverage: measuring it doubles the time that Python 3.11 takes for a line ------------------------------------


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup() -> Generator[None]:
    """What fixtures do is not measured: most of them store the same roles again and again."""
    return (yield from pause_coverage())


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None]:
    """`without_coverage` marks tests that run the same lines again and again."""
    if item.get_closest_marker("without_coverage"):
        return (yield from pause_coverage())
    return (yield)


def pause_coverage() -> Generator[None]:
    tracer = sys.gettrace()
    sys.settrace(None)
    try:
        return (yield)
    finally:
        sys.settrace(tracer)


# -- databases for processes that tests start; migrating takes seconds, copying does not ---------------------


@pytest.fixture
def new_database(tmp_path: Path) -> Iterator[str]:
    """The address of a database without tables, of the kind that the tests run on."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path / 'new.sqlite3'}"
    else:
        with databases.copy_postgresql_database() as address:
            yield address


@pytest.fixture
def migrated_database(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a database with empty tables, of the kind that the tests run on."""
    if connection.vendor == "sqlite":
        yield request.getfixturevalue("migrated_sqlite")
    else:
        with databases.copy_postgresql_database(request.getfixturevalue("postgresql_template")) as address:
            yield address


@pytest.fixture
def migrated_sqlite(sqlite_template: Path, tmp_path: Path) -> str:
    """The address of an SQLite database with empty tables, for what does not depend on the kind of database."""
    return databases.copy_sqlite(sqlite_template, tmp_path)


@pytest.fixture(scope="session")
def sqlite_template(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with empty tables, to be copied.

    Running all migrations takes five seconds, so pytest's cache keeps the file for as long as the code, Django and
    SQLite stay the same. `pytest --cache-clear` makes it anew.
    """
    path = tmp_path_factory.mktemp("sqlite") / "template.sqlite3"
    kept = pytestconfig.cache.mkdir("migrated") / f"{databases.make_digest_of_schema()}.sqlite3"
    if kept.exists():
        shutil.copy(kept, path)
    else:
        databases.migrate(f"sqlite:///{path}")
        databases.keep_file(path, kept)
    return path


@pytest.fixture(scope="session")
def postgresql_template() -> Iterator[str]:
    """The name of a database with empty tables, to be copied."""
    with databases.copy_postgresql_database() as address:
        databases.migrate(address)
        yield urlsplit(address).path.removeprefix("/")
