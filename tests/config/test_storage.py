"""Served scripts and style sheets are minified and compressed, and files of packages are not changed."""

import re
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage

from config.storage import MinifyingStaticFilesStorage

STATIC = Path(__file__).parent.parent.parent / "static"
SCRIPTS = sorted(path.name for path in STATIC.glob("*.js"))
SHEETS = sorted(path.name for path in STATIC.glob("*.css"))
PACKAGED = "plotly/plotly.css"


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder after the steps of collectstatic for some files; all of them take seconds to compress."""
    source = FileSystemStorage(STATIC)
    storage = MinifyingStaticFilesStorage(location=tmp_path_factory.mktemp("static"))
    names = [*SCRIPTS, *SHEETS, PACKAGED]
    for name in names:
        with source.open(name) as file:
            storage.save(name, file)
    results = list(storage.post_process({name: (storage, name) for name in names}))
    assert not [error for *_, error in results if isinstance(error, Exception)]
    return Path(storage.location)


@pytest.mark.parametrize("name", SCRIPTS)
def test_our_scripts_are_minified(name: str, collected: Path) -> None:
    (served,) = collected.glob(f"{name.removesuffix('.js')}.????????????.js")
    script = served.read_text()
    assert len(script) < 0.85 * len((STATIC / name).read_text())
    assert "\n//" not in script
    assert '"use strict"' in script


# The tool that minifies ends a text in backquotes at the first one, so it may have none in its braces.
_QUOTED = re.compile(r"`[^`]*`")


@pytest.mark.parametrize("name", SCRIPTS)
def test_minified_scripts_keep_the_blanks_of_texts(name: str, collected: Path) -> None:
    source = re.sub(r"//.*", "", (STATIC / name).read_text())
    assert not re.search(r"`[^`]*\$\{[^}`]*`", source), "a text in backquotes within another"
    (served,) = collected.glob(f"{name.removesuffix('.js')}.????????????.js")
    assert _QUOTED.findall(served.read_text()) == _QUOTED.findall(source)


@pytest.mark.parametrize("name", SHEETS)
def test_our_style_sheets_are_minified(name: str, collected: Path) -> None:
    (served,) = collected.glob(f"{name.removesuffix('.css')}.????????????.css")
    sheet = served.read_text()
    assert len(sheet) < 0.85 * len((STATIC / name).read_text())
    assert "/*" not in sheet


@pytest.mark.parametrize("name", SHEETS)
def test_style_sheets_ask_for_nothing_that_safari_does_not_draw(name: str, collected: Path) -> None:
    """Safari 26 draws no line where the shorthand has more than the line; 17.4 has no color where one is of two."""
    (served,) = collected.glob(f"{name.removesuffix('.css')}.????????????.css")
    sheet = served.read_text()
    assert set(re.findall(r"[{;]text-decoration:([^;}]+)", sheet)) <= {"none", "underline"}
    assert "light-dark(" not in sheet


def test_a_minified_selector_keeps_the_blank_that_means_within(collected: Path) -> None:
    (served,) = collected.glob("site.????????????.css")
    assert ".find :is(input,button)" in served.read_text()


def test_a_wrong_style_sheet_is_not_served(tmp_path: Path) -> None:
    storage = MinifyingStaticFilesStorage(location=tmp_path)
    with pytest.raises(ValueError, match=r"wrong\.css"):
        storage.save("wrong.css", ContentFile(b"a { color: red; } }"))


def test_served_scripts_are_compressed(collected: Path) -> None:
    (script,) = collected.glob("site.????????????.js.br")
    assert script.stat().st_size < 1000


def test_files_of_packages_are_not_changed(collected: Path) -> None:
    (served,) = collected.glob("plotly/plotly.????????????.css")
    assert served.read_bytes() == (STATIC / PACKAGED).read_bytes()
