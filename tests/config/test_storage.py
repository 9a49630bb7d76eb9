"""What is served of our own styles and scripts is what we wrote, without what only we read."""

import subprocess
import sys
from pathlib import Path

import pytest

from config.storage import OURS, lean

PROJECT = Path(__file__).parent.parent.parent
SCRIPTS = sorted((PROJECT / "static").glob("*.js"))


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_no_string_of_a_script_reaches_over_lines(path: Path) -> None:
    """Else a line of it could be taken for a comment or for indentation."""
    assert all(line.count("`") % 2 == 0 for line in path.read_text().splitlines())


@pytest.mark.parametrize("name", ["site.css", "site.js", "charts.js"])
def test_our_own_files_are_made_lean(name: str) -> None:
    text = (PROJECT / "static" / name).read_text()
    kind = name.partition(".")[2]
    assert OURS.fullmatch(name)
    assert len(lean(text, kind)) < 0.97 * len(text)
    assert not any(line.lstrip() != line for line in lean(text, kind).splitlines())


def test_what_comes_from_packages_is_left_alone() -> None:
    assert not OURS.fullmatch("plotly/plotly-basic.min.js")
    assert not OURS.fullmatch("admin/css/base.css")


def test_collected_files_are_lean_and_compressed(tmp_path: Path) -> None:
    """In a process of its own, for the settings of tests serve files straight from their folders."""
    collect = (
        "import sys; from django.conf import settings; import django; from pathlib import Path;"
        "settings.STATIC_ROOT = Path(sys.argv[1]); django.setup();"
        "from django.core.management import call_command; call_command('collectstatic', interactive=False, verbosity=0)"
    )
    environment = {"DJANGO_SETTINGS_MODULE": "config.settings", "SECRET_KEY": "only-for-tests-" * 3}
    subprocess.run([sys.executable, "-c", collect, str(tmp_path)], check=True, cwd=PROJECT, env=environment)
    (served,) = tmp_path.glob("site.????????????.js")
    assert served.read_text() == lean((PROJECT / "static" / "site.js").read_text(), "js")
    assert served.with_name(f"{served.name}.br").stat().st_size < 2000
    vendor = tmp_path / "plotly" / "plotly-basic.min.js"
    assert vendor.read_bytes() == (PROJECT / "static" / "plotly" / "plotly-basic.min.js").read_bytes()
