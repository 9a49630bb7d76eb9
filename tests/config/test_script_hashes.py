"""Pages state the hash of each script of ours, as it is served, and the check notices planted faults."""

import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

import brotli
import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from lxml import html
from pytest_django.fixtures import Settings

from careers.models import Role
from ingest.models import Batch
from tests.comparisons.stored_roles import GUIDE, LEAD, SOFTWARE, store_role
from tests.comparisons.stored_states import make_pair_address, store_states
from tests.ingest.small_pages import write_pipe

PAIR = "/compare/lead-technician-vs-software-support-technician/"
PUBLIC = {
    "/": 200,
    "/roles/": 200,
    "/roles/?q=technician": 200,
    "/roles/lead-technician/": 200,
    "/explore/": 200,
    "/about/": 200,
    "/api/": 200,
    "/compare/": 200,
    PAIR: 200,
    f"{PAIR}?pay=3": 200,
    "/compare/lead-technician-vs-nobody-at-all/": 404,
    "/nowhere/": 404,
}

pytestmark = [pytest.mark.django_db, pytest.mark.same_on_every_database, pytest.mark.without_coverage]


@pytest.fixture
def three_roles() -> list[Role]:
    return [store_role(title) for title in (LEAD, SOFTWARE, GUIDE)]


@pytest.fixture
def drawn_pair() -> str:
    """The address of a comparison with drawings, whose script it loads once somebody comes near them."""
    store_states()
    return f"{make_pair_address()}/"


@pytest.fixture(scope="module")
def static_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("static")


@pytest.fixture
def collected(settings: Settings, static_root: Path) -> None:
    """Files as they are served: minified, and named by their content."""
    settings.STATIC_ROOT = static_root
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "config.storage.MinifyingStaticFilesStorage"}}
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = False
    settings.WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ("css", "map", "min.js", "svg", "txt")  # which would take seconds
    settings.TEMPLATES = settings.TEMPLATES[:]  # templates remember the names of files; this makes them anew
    if not any(static_root.iterdir()):
        call_command("collectstatic", interactive=False, verbosity=0)


def fetch(client: Client, path: str, **headers: str) -> bytes:
    answer = client.get(path, headers=headers)
    assert answer.status_code == 200, path
    return bytes(answer.getvalue())


def list_scripts(page: str) -> list[tuple[str, str]]:
    """The address and the stated hash of each script that a page loads, at once or later. Django's own are left out."""
    scripts: list[tuple[str, str]] = []
    for element in html.document_fromstring(page).iter():
        attributes = {str(name): str(value) for name, value in element.items()}
        if element.tag == "script" and "src" in attributes:
            scripts.append((attributes["src"], attributes.get("integrity", "")))
        for name, value in attributes.items():
            address, _, stated = value.partition(" ")
            if name.startswith("data-") and address.endswith(".js"):
                scripts.append((address, stated))
    return [(address, stated) for address, stated in scripts if not address.startswith("/static/admin/")]


def find_faults(client: Client, page: str) -> list[str]:
    """The names of scripts whose stated hash is not that of the served file."""
    wrong = []
    for address, stated in list_scripts(page):
        served = sha256(fetch(client, address)).digest()
        if stated != f"sha256-{b64encode(served).decode()}":
            wrong.append(urlsplit(address).path.rpartition("/")[2])
    return wrong


def show(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == PUBLIC.get(path, 200), path
    return bytes(answer.getvalue()).decode()


@pytest.mark.parametrize("path", PUBLIC)
def test_public_pages_state_the_hash_of_every_script(path: str, client: Client, three_roles: list[Role]) -> None:
    page = show(client, path)
    assert list_scripts(page)
    assert find_faults(client, page) == []


@pytest.mark.usefixtures("collected")
@pytest.mark.parametrize("path", ["/explore/", "/roles/lead-technician/", PAIR])
def test_the_hash_is_that_of_the_collected_file(path: str, client: Client, three_roles: list[Role]) -> None:
    page = show(client, path)
    assert re.search(r"/static/site\.[0-9a-f]{12}\.js", page)
    assert find_faults(client, page) == []


@pytest.mark.usefixtures("collected")
def test_a_compressed_script_is_the_same_script(client: Client) -> None:
    for address, _ in list_scripts(show(client, "/")):
        compressed = fetch(client, address, accept_encoding="br")
        assert brotli.decompress(compressed) == fetch(client, address)


def test_a_comparison_states_the_hashes_of_the_scripts_that_come_later(client: Client, drawn_pair: str) -> None:
    addresses = [address for address, _ in list_scripts(show(client, drawn_pair))]
    names = ["site.js", "controls.js", "comparison.js", "charts.js", "plotly/plotly-basic.min.js"]
    assert addresses == [f"/static/{name}" for name in names]


def test_screens_of_the_admin_state_the_hashes_of_our_scripts(client: Client) -> None:
    client.force_login(User.objects.create_superuser("ann"))
    client.post(reverse("admin:ingest_page_upload"), {"text": write_pipe("Cook", "Baker").decode()})
    batch = Batch.objects.get()
    upload, screen = reverse("admin:ingest_page_upload"), reverse("admin:ingest_batch_change", args=[batch.pk])
    draft = reverse("admin:ingest_draft_change", args=[batch.drafts.get().pk])
    for path, script in ((upload, "upload"), (screen, "batch"), (draft, "page")):
        page = show(client, path)
        assert [address for address, _ in list_scripts(page)] == [f"/static/loading/{script}.js"]
        assert find_faults(client, page) == []


def test_a_missing_or_wrong_hash_is_noticed(client: Client, drawn_pair: str) -> None:
    page = show(client, drawn_pair)
    stated = dict(list_scripts(page))
    assert find_faults(client, page.replace(f' integrity="{stated["/static/site.js"]}"', "")) == ["site.js"]
    assert find_faults(client, page.replace(f" {stated['/static/charts.js']}", "")) == ["charts.js"]
    swapped = page.replace(stated["/static/comparison.js"], stated["/static/charts.js"])
    assert find_faults(client, swapped) == ["comparison.js"]
