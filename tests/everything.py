"""Everything CI checks, in one go: `make test`.

A step that fails does not stop the others; what failed and what had to be left out stands at the end. With
LEAVE_NOTHING_OUT=on anything left out is a failure too.
"""

import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from tests.private_postgresql import find_binaries, running_server

PYTHON = sys.executable
BIN = Path(PYTHON).parent


@dataclass(frozen=True)
class Step:
    """One command, and the variables it needs on top of the environment."""

    name: str
    command: list[str]
    environment: dict[str, str] = field(default_factory=dict)


def read_only_steps() -> Iterator[Step]:
    """What looks at the code without running it."""
    as_served = {"SECRET_KEY": secrets.token_urlsafe(50), "HTTPS": "on"}
    yield Step("format", [f"{BIN}/ruff", "format", "--check", "."])
    yield Step("lint", [f"{BIN}/ruff", "check", "."])
    yield Step("types", [f"{BIN}/mypy"])
    yield Step("imports", [f"{BIN}/lint-imports", "--no-cache"])
    yield Step("missing migrations", [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"], as_served)
    yield Step("deployment", [PYTHON, "manage.py", "check", "--deploy", "--fail-level", "WARNING"], as_served)


def main() -> int:
    left_out = []
    on_databases = [Step("tests on SQLite", [f"{BIN}/coverage", "run", "-m", "pytest"], {"DATABASE_URL": ""})]
    afterwards = [Step("coverage", [f"{BIN}/coverage", "report"])]
    with ExitStack() as stack:
        if find_binaries():
            url = stack.enter_context(running_server())
            on_databases.append(Step("tests on PostgreSQL", [PYTHON, "-m", "pytest"], {"DATABASE_URL": url}))
        else:
            left_out.append("the tests on PostgreSQL: no PostgreSQL server is installed")
        if shutil.which("chromium"):
            browser = [PYTHON, "-m", "pytest", "tests/browser"]
            afterwards.append(Step("tests in a browser", browser, {"DATABASE_URL": ""}))
        else:
            left_out.append("the tests in a browser: Chromium is not installed")
        # One after the other, but the two databases at once: they are the long ones, and each keeps one core busy.
        groups = [*([step] for step in read_only_steps()), on_databases, *([step] for step in afterwards)]
        failed = [name for group in groups for name in failures(group)]

    print(f"\nLeft out: {'; '.join(left_out) or 'nothing'}.")
    print(f"Failed: {', '.join(failed) or 'nothing'}.")
    return int(bool(failed or (left_out and os.environ.get("LEAVE_NOTHING_OUT") == "on")))


def failures(group: Sequence[Step]) -> list[str]:
    """Run these at once, show what each wrote, and name those that failed."""
    start = time.monotonic()
    failed = []
    with ExitStack() as stack:
        running = []
        for step in group:
            output = stack.enter_context(tempfile.TemporaryFile())
            environment = os.environ | step.environment
            process = subprocess.Popen(step.command, env=environment, stdout=output, stderr=subprocess.STDOUT)
            running.append((step, process, output))
        for step, process, output in running:
            print(f"\n== {step.name}", flush=True)
            outcome = "failed" if process.wait() else "good"
            output.seek(0)
            sys.stdout.buffer.write(output.read())
            print(f"== {step.name}: {outcome} in {time.monotonic() - start:.0f} s", flush=True)
            if outcome == "failed":
                failed.append(step.name)
    return failed


if __name__ == "__main__":
    sys.exit(main())
