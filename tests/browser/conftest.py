"""A real browser on the real pages. Not part of a plain `pytest`; run `pytest tests/browser`, or `make test`."""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

# Playwright runs a loop in the thread in which Django reads the database; this lets it, in this process only.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

PROJECT = Path(__file__).parent.parent.parent
FLAGS = [
    "--no-sandbox",  # a container has no user namespaces to build one from
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


# Occupations with long titles, many skills that only one of them needs, and many majors.
OCCUPATIONS = ("11-9013", "15-1221", "25-1122", "51-9061")

# Milliseconds after which a test gives up. No test waits so long, on a busy machine either.
PATIENCE = 180_000
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A phone-sized window of a reader who was never here before."""
    context = browser.new_context(viewport={"width": 412, "height": 915}, reduced_motion="reduce")
    context.set_default_timeout(PATIENCE)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A tab in which nothing may go wrong: any error on its console, the policy's refusals too, fails the test."""
    page = context.new_page()
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    assert errors == []


@pytest.fixture
def plain_page(browser: Browser) -> Iterator[Page]:
    """A tab of a browser that runs no script."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


Store = Callable[[str, Callable[[], object]], None]


@pytest.fixture(scope="session")
def store_once() -> Iterator[Store]:
    """Fills the empty database: the first time that a name is given by calling the function, later with a copy of what
    the function stored. Loading the same pages for each test took a quarter of the time of all browser tests."""
    copies: dict[str, sqlite3.Connection] = {}

    def fill(name: str, store: Callable[[], object]) -> None:
        if name in copies:
            connection.ensure_connection()
            copies[name].backup(connection.connection)
        else:
            store()
            copies[name] = sqlite3.connect(":memory:")
            connection.connection.backup(copies[name])

    yield fill
    for copy in copies.values():
        copy.close()


@pytest.fixture
def site(live_server: LiveServer, store_once: Store) -> str:
    """The address of a running site that holds the pages of fixtures/pages."""
    store_once("pages", load_pages)
    return live_server.url


def load_pages() -> None:
    call_command("load_pages", PROJECT / "fixtures" / "pages", verbosity=0)


@pytest.fixture
def occupations(live_server: LiveServer, store_once: Store, tmp_path: Path) -> list[str]:
    """The slugs of a few occupations, of which everything in fixtures/ is loaded, besides the pages there."""
    store_once("occupations", lambda: load_occupations(tmp_path))
    return list(
        apps.get_model("careers.Role").objects.occupations().order_by("soc_code").values_list("slug", flat=True)
    )


def load_occupations(folder: Path) -> None:
    load_pages()
    for path in [*(PROJECT / "fixtures" / "tables").iterdir(), *(PROJECT / "fixtures" / "occupations").iterdir()]:
        heading, *rows = path.read_text().splitlines(keepends=True)
        if path.name.startswith("national"):
            rows = [row for row in rows if row.split(",")[7] in ("00-0000", *OCCUPATIONS)]
        elif heading.startswith("code,"):
            rows = [row for row in rows if row.startswith(OCCUPATIONS)]
        (folder / path.name).write_text("".join([heading, *rows]))
    call_command("load_pages", *folder.glob("national*"), verbosity=0)
    call_command("load_pages", folder, verbosity=0)
