"""Everything CI checks: `make test`. With names of parts, only those: `python -m tests.everything lint types`.

As many steps run at the same time as the machine has cores. A step that fails does not stop the others; the end says
what failed and what was left out. Leaving something out fails the run if its part was asked for by name, or if
LEAVE_NOTHING_OUT=on.
"""

import argparse
import os
import secrets
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from tests.private_postgresql import find_binaries, run_server

PYTHON = sys.executable
BIN = Path(PYTHON).parent
PARTS = ("lint", "types", "test-sqlite", "test-postgresql", "test-browser", "test-costs")


@dataclass(frozen=True)
class Step:
    """A command, and the variables it needs on top of the environment."""

    name: str
    command: list[str]
    environment: dict[str, str] = field(default_factory=dict)


def list_lint_steps() -> list[Step]:
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
    with ExitStack() as stack:
        url = stack.enter_context(run_server()) if "test-postgresql" in runnable else ""
        failed = run_steps(plan(runnable, url))
    if "test-sqlite" in runnable:
        failed += run_steps([Step("coverage", [f"{BIN}/coverage", "report"])])
    return failed, left_out


def plan(parts: Sequence[str], postgresql_url: str) -> list[Step]:
    """The steps of these parts, those that take longest first, so that the cores finish at about the same time."""
    steps = {
        "test-sqlite": Step("tests on SQLite", [f"{BIN}/coverage", "run", "-m", "pytest"], {"DATABASE_URL": ""}),
        "test-postgresql": Step(
            "tests on PostgreSQL", [PYTHON, "-m", "pytest", "--database-only"], {"DATABASE_URL": postgresql_url}
        ),
        "test-browser": Step("tests in a browser", [PYTHON, "-m", "pytest", "tests/browser"], {"DATABASE_URL": ""}),
        "test-costs": Step("costs of pages", [PYTHON, "-m", "bench.ratios"]),
        "types": Step("types", [f"{BIN}/mypy"]),
    }
    planned = [step for part, step in steps.items() if part in parts]
    return planned + (list_lint_steps() if "lint" in parts else [])


def run_steps(steps: Sequence[Step]) -> list[str]:
    """Runs each step as soon as a core is free, and returns the names of those that failed."""
    with ThreadPoolExecutor(os.cpu_count()) as cores:
        passed = list(cores.map(run_step, steps))
    return [step.name for step, outcome in zip(steps, passed, strict=True) if not outcome]


def run_step(step: Step) -> bool:
    """Whether the step passed. What it wrote is printed when it ends."""
    start = time.monotonic()
    # Tests start many processes, each of which would compile all our code where this variable of containers is set.
    environment = os.environ | {"PYTHONDONTWRITEBYTECODE": ""} | step.environment
    done = subprocess.run(step.command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    output = done.stdout.decode(errors="replace")
    outcome = "failed" if done.returncode else "passed"
    seconds = time.monotonic() - start
    print(f"\n== {step.name}\n{output}== {step.name}: {outcome} in {seconds:.0f} s", flush=True)
    return outcome == "passed"


if __name__ == "__main__":
    sys.exit(main())
