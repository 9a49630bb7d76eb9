"""Conventions of the whole project: every name means one thing, and documents mention only files that exist."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

pytestmark = pytest.mark.without_coverage

PROJECT = Path(__file__).parent.parent
APPS = ("careers", "comparisons", "ingest")
PACKAGES = (*APPS, "bench", "config", "tests")
# Django finds these classes by their names.
FRAMEWORK_CLASSES = {"Command", "Media", "Meta", "Migration"}
MOST_NAMES_PER_APP = 16

DOCUMENTS = [*PROJECT.glob("*.md"), *PROJECT.glob("docs/*.md"), *PROJECT.glob("*/README.md"), PROJECT / "NOTICE"]
FILE_NAME = re.compile(r"(?<![\w/.<>*-])(?:[\w.-]+/)+[\w-]+\.(?:py|md|toml|json|js|css|html|txt|csv|png|svg|lock)\b")


def list_python_files() -> list[Path]:
    paths = []
    for package in PACKAGES:
        paths += [path for path in sorted((PROJECT / package).rglob("*.py")) if "migrations" not in path.parts]
    return paths


@cache
def parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def list_top_level_classes(path: Path) -> list[str]:
    return [node.name for node in parse(path).body if isinstance(node, ast.ClassDef)]


def list_docstrings(path: Path) -> Iterator[str]:
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    for node in ast.walk(parse(path)):
        if isinstance(node, documented):
            yield ast.get_docstring(node) or ""


def find_duplicates(places: dict[str, list[str]]) -> dict[str, list[str]]:
    return {name: paths for name, paths in places.items() if len(paths) > 1}


def find_missing_files(text: str, folder: Path = PROJECT) -> list[str]:
    """The files that a text mentions with their folder and that exist neither in the project nor below `folder`."""
    names = FILE_NAME.findall(text)
    return [name for name in names if not ((PROJECT / name).exists() or (folder / name).exists())]


def test_no_two_classes_have_the_same_name() -> None:
    places = defaultdict(list)
    for path in list_python_files():
        for name in list_top_level_classes(path):
            places[name].append(str(path.relative_to(PROJECT)))
    assert {name: paths for name, paths in find_duplicates(places).items() if name not in FRAMEWORK_CLASSES} == {}


@pytest.mark.parametrize("app", [*APPS, "config", "bench"])
def test_no_two_modules_of_an_app_have_the_same_name(app: str) -> None:
    places = defaultdict(list)
    for path in (PROJECT / app).rglob("*.py"):
        if path.name != "__init__.py" and "migrations" not in path.parts:
            places[path.stem].append(str(path.relative_to(PROJECT)))
    for folder in (PROJECT / app).rglob("__init__.py"):
        places[folder.parent.name].append(str(folder.parent.relative_to(PROJECT)))
    assert find_duplicates(places) == {}


@pytest.mark.parametrize("app", APPS)
def test_an_app_has_few_names_at_its_top(app: str) -> None:
    names = [path.name for path in (PROJECT / app).iterdir() if not path.name.startswith("__")]
    assert len(names) <= MOST_NAMES_PER_APP


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(PROJECT)))
def test_documents_mention_only_files_that_exist(path: Path) -> None:
    assert find_missing_files(path.read_text(), path.parent) == []


def test_docstrings_mention_only_files_that_exist() -> None:
    faults = {}
    for path in list_python_files():
        missing = find_missing_files("\n".join(list_docstrings(path)))
        if missing:
            faults[str(path.relative_to(PROJECT))] = missing
    assert faults == {}


def test_a_file_that_does_not_exist_is_found() -> None:
    text = "See `careers/admin.py`, `ingest/sources/<publisher>.py` and " + "`careers/nowhere.py`."
    assert find_missing_files(text) == ["careers/nowhere.py"]


# What asks other computers for something. Pages and tables come in by upload or as files alone.
FETCHING = ("aiohttp", "ftplib", "http.client", "httpx", "requests", "smtplib", "urllib.request", "urllib3")


def list_imported_modules(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(parse(path)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def test_no_test_needs_another_test_file() -> None:
    needing = {}
    for path in list_python_files():
        test_files = {name for name in list_imported_modules(path) if re.match(r"tests\.(?:\w+\.)*test_\w+$", name)}
        if test_files:
            needing[str(path.relative_to(PROJECT))] = test_files
    assert needing == {}


def test_code_that_fetches_is_found(tmp_path: Path) -> None:
    for line in ("import requests", "from urllib import request", "from http.client import HTTPConnection"):
        planted = tmp_path / f"{len(line)}.py"
        planted.write_text(line)
        assert list_imported_modules(planted).intersection(FETCHING), line


def test_no_product_code_fetches_anything() -> None:
    product = [path for path in list_python_files() if path.relative_to(PROJECT).parts[0] in (*APPS, "config")]
    fetching = {}
    for path in product:
        imported = list_imported_modules(path).intersection(FETCHING)
        if imported:
            fetching[str(path.relative_to(PROJECT))] = imported
    assert fetching == {}


def test_the_facts_that_ship_stay_within_eight_megabytes() -> None:
    """Everybody who gets the project gets them, and a first start loads them."""
    facts = (PROJECT / "fixtures" / "occupations").iterdir()
    assert sum(path.stat().st_size for path in facts) <= 8_000_000
