"""Updates static/plotly/ to the version that the locked plotly needs: `python -m bench.plotly_bundle`.

Needs npm to fetch the package and Chromium to extract the style rules. Run it after run.lock changes the version of
plotly; a test fails until then.
"""

import shutil
import subprocess
import tarfile
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright
from plotly.offline import get_plotlyjs_version

PACKAGE = "plotly.js-basic-dist-min"
FOLDER = Path(__file__).resolve().parent.parent / "static" / "plotly"
SHIPPED = ("plotly-basic.min.js", "LICENSE")
CHROMIUM = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync")

# Plotly writes its rules into a <style> of its own, which our policy blocks without an error: titles are displaced and
# hover labels missing. A page without a policy reveals the rules, and as a file they are allowed.
RULES = "[...document.getElementById('plotly.js-style-global').sheet.cssRules].map(rule => rule.cssText).join('\\n')"


def fetch(version: str) -> None:
    with TemporaryDirectory() as folder:
        command = ["npm", "pack", "--silent", f"{PACKAGE}@{version}"]
        packed = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)  # noqa: S603 - fixed words
        with tarfile.open(Path(folder) / packed.stdout.split()[-1]) as package:
            package.extractall(folder, filter="data")
        for name in SHIPPED:
            shutil.copyfile(Path(folder) / "package" / name, FOLDER / name)


def collect_style_rules() -> str:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(CHROMIUM))
        page = browser.new_page()
        page.set_content("<!doctype html><title>Plotly</title>")
        page.add_script_tag(path=FOLDER / SHIPPED[0])
        rules: str = page.evaluate(RULES)
        browser.close()
    return rules


if __name__ == "__main__":
    fetch(get_plotlyjs_version())
    (FOLDER / "plotly.css").write_text(collect_style_rules() + "\n")
    print(f"static/plotly/ now holds {PACKAGE} {get_plotlyjs_version()}")
