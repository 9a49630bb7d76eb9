"""Everything CI checks: `make test`. With names of parts, only those: `python -m tests.everything lint types`.

A step that fails does not stop the others; the end says what failed and what was left out. Leaving something out fails
the run if its part was asked for by name, or if LEAVE_NOTHING_OUT=on.
"""

import argparse
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from tests.private_postgresql import find_binaries, running_server

PYTHON = sys.executable
BIN = Path(PYTHON).parent
PARTS = ("lint", "types", "test-sqlite", "test-postgresql", "test-browser")


@dataclass(frozen=True)
class Step:
    """A command, and the variables it needs on top of the environment."""

    name: str
    command: list[str]
    environment: dict[str, str] = field(default_factory=dict)


def lint_steps() -> list[Step]:
    """The checks that look at the project without running its tests, except the types."""
    as_served = {"SECRET_KEY": secrets.token_urlsafe(50), "HTTPS": "on"}
    return [
        Step("format", [f"{BIN}/ruff", "format", "--check", "."]),
        Step("lint", [f"{BIN}/ruff", "check", "."]),
        Step("templates", [f"{BIN}/djhtml", "--tabwidth", "2", "--check", "templates"]),
        Step("imports", [f"{BIN}/lint-imports", "--no-cache"]),
        Step("missing migrations", [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"], as_served),
        Step("deployment", [PYTHON, "manage.py", "check", "--deploy", "--fail-level", "WARNING"], as_served),
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition(":")[0])
    parser.add_argument("parts", nargs="*", help=f"some of {', '.join(PARTS)}; all without one")
    requested: list[str] = parser.parse_args(arguments).parts
    if unknown := set(requested) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    failed, left_out = run_parts(requested or PARTS)
    print(f"\nLeft out: {'; '.join(left_out) or 'nothing'}.")
    print(f"Failed: {', '.join(failed) or 'nothing'}.")
    nothing_may_be_left_out = bool(requested) or os.environ.get("LEAVE_NOTHING_OUT") == "on"
    return int(bool(failed or (left_out and nothing_may_be_left_out)))


def run_parts(parts: Sequence[str]) -> tuple[list[str], list[str]]:
    """The names of the steps that failed, and the parts that were left out with the reason."""
    missing = {}
    if not find_binaries():
        missing["test-postgresql"] = "no PostgreSQL server is installed"
    if not shutil.which("chromium"):
        missing["test-browser"] = "Chromium is not installed"
    left_out = [f"{part}: {missing[part]}" for part in parts if part in missing]
    runnable = [part for part in parts if part not in missing]
    failed = []
    with ExitStack() as stack:
        url = stack.enter_context(running_server()) if "test-postgresql" in runnable else ""
        for steps in plan(runnable, url):
            failed += run_together(steps)
    return failed, left_out


def plan(parts: Sequence[str], postgresql_url: str) -> list[list[Step]]:
    """The steps of these parts in order; those in one list run together.

    The tests on the two databases run together: they take longest, and each keeps one core busy.
    """
    steps = {
        "types": Step("types", [f"{BIN}/mypy"]),
        "test-sqlite": Step("tests on SQLite", [f"{BIN}/coverage", "run", "-m", "pytest"], {"DATABASE_URL": ""}),
        "test-postgresql": Step("tests on PostgreSQL", [PYTHON, "-m", "pytest"], {"DATABASE_URL": postgresql_url}),
        "test-browser": Step("tests in a browser", [PYTHON, "-m", "pytest", "tests/browser"], {"DATABASE_URL": ""}),
    }
    groups = [[step] for step in lint_steps()] if "lint" in parts else []
    for together in (["types"], ["test-sqlite", "test-postgresql"], ["test-browser"]):
        groups.append([steps[part] for part in together if part in parts])
        if "test-sqlite" in together and "test-sqlite" in parts:
            groups.append([Step("coverage", [f"{BIN}/coverage", "report"])])
    return groups


def run_together(steps: Sequence[Step]) -> list[str]:
    """Runs the steps at the same time, prints what each wrote, and returns the names of those that failed."""
    start = time.monotonic()
    failed = []
    with ExitStack() as stack:
        running = []
        for step in steps:
            output = stack.enter_context(tempfile.TemporaryFile())
            environment = os.environ | step.environment
            process = subprocess.Popen(step.command, env=environment, stdout=output, stderr=subprocess.STDOUT)
            running.append((step, process, output))
        for step, process, output in running:
            print(f"\n== {step.name}", flush=True)
            outcome = "failed" if process.wait() else "passed"
            output.seek(0)
            sys.stdout.buffer.write(output.read())
            print(f"== {step.name}: {outcome} in {time.monotonic() - start:.0f} s", flush=True)
            if outcome == "failed":
                failed.append(step.name)
    return failed


if __name__ == "__main__":
    sys.exit(main())
