"""Served scripts are minified, and files of packages are not touched."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent.parent
STATIC = PROJECT / "static"


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The collected files, made in a process of its own, as the settings of tests serve files from their folders."""
    folder = tmp_path_factory.mktemp("static")
    collect = (
        "import sys; from django.conf import settings; import django; from pathlib import Path;"
        "settings.STATIC_ROOT = Path(sys.argv[1]); django.setup();"
        "from django.core.management import call_command; call_command('collectstatic', interactive=False, verbosity=0)"
    )
    environment = {"DJANGO_SETTINGS_MODULE": "config.settings", "SECRET_KEY": "only-for-tests-" * 3}
    subprocess.run([sys.executable, "-c", collect, str(folder)], check=True, cwd=PROJECT, env=os.environ | environment)
    return folder


@pytest.mark.parametrize("path", sorted(STATIC.glob("*.js")), ids=lambda path: path.name)
def test_our_scripts_are_minified(path: Path, collected: Path) -> None:
    (served,) = collected.glob(f"{path.stem}.????????????.js")
    script = served.read_text()
    assert len(script) < 0.85 * len(path.read_text())
    assert "\n//" not in script
    assert '"use strict"' in script


def test_served_files_are_compressed(collected: Path) -> None:
    (script,) = collected.glob("site.????????????.js.br")
    assert script.stat().st_size < 2000


def test_scripts_of_packages_are_not_changed(collected: Path) -> None:
    served = collected / "plotly" / "plotly-basic.min.js"
    assert served.read_bytes() == (STATIC / "plotly" / "plotly-basic.min.js").read_bytes()
