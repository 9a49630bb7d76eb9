"""Everything CI checks, in one go: `make test`.

A step that fails does not stop the others; what failed and what had to be left out stands at the end. With
LEAVE_NOTHING_OUT=on anything left out is a failure too.
"""

import os
import secrets
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
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
    steps = list(read_only_steps())
    steps.append(Step("tests on SQLite", [f"{BIN}/coverage", "run", "-m", "pytest"], {"DATABASE_URL": ""}))
    steps.append(Step("coverage", [f"{BIN}/coverage", "report"]))
    with ExitStack() as stack:
        if find_binaries():
            url = stack.enter_context(running_server())
            steps.append(Step("tests on PostgreSQL", [PYTHON, "-m", "pytest"], {"DATABASE_URL": url}))
        else:
            left_out.append("the tests on PostgreSQL: no PostgreSQL server is installed")
        if shutil.which("chromium"):
            steps.append(Step("tests in a browser", [PYTHON, "-m", "pytest", "tests/browser"], {"DATABASE_URL": ""}))
        else:
            left_out.append("the tests in a browser: Chromium is not installed")
        failed = [step.name for step in steps if not passes(step)]

    print(f"\nLeft out: {'; '.join(left_out) or 'nothing'}.")
    print(f"Failed: {', '.join(failed) or 'nothing'}.")
    return int(bool(failed or (left_out and os.environ.get("LEAVE_NOTHING_OUT") == "on")))


def passes(step: Step) -> bool:
    print(f"\n== {step.name}", flush=True)
    start = time.monotonic()
    done = subprocess.run(step.command, env=os.environ | step.environment, check=False)
    print(f"== {step.name}: {'failed' if done.returncode else 'good'} in {time.monotonic() - start:.0f} s", flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
