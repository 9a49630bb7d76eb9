"""The locks hold a version and hashes of every requirement, their day, and no address; the SBOM agrees with them."""

import json
import re
import subprocess
import sys
import tomllib
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = Path(__file__).parent.parent.parent
PINNED = re.compile(r"^([a-z0-9._-]+)==([^ ;\\]+)", re.MULTILINE)


def read_requirements_of_locks() -> dict[str, list[str]]:
    """The requirements in pyproject.toml, by lock."""
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text())
    run = project["project"]["dependencies"]
    return {"run.lock": run, "dev.lock": run + project["dependency-groups"]["dev"]}


def find_faults(lock: str, requirements: list[str]) -> list[str]:
    """Describes what is wrong with the text of a lock."""
    messages = []
    first, _, lock = lock.partition("\n")
    if not re.fullmatch(r"# Resolved on \d{4}-\d\d-\d\d", first):
        messages.append("does not say when it was resolved")
    if "://" in lock:
        messages.append("holds an address")
    versions = {canonicalize_name(name): version for name, version in PINNED.findall(lock)}
    for entry in re.split(r"^(?=[a-z0-9])", lock, flags=re.MULTILINE):
        if entry.strip() and "--hash=sha256:" not in entry:
            messages.append(f"no hash for {entry.split()[0]}")
    for requirement in map(Requirement, requirements):
        version = versions.get(canonicalize_name(requirement.name))
        if version is None:
            messages.append(f"lacks {requirement.name}")
        elif version not in requirement.specifier:
            messages.append(f"{requirement.name} is {version}")
    return messages


@pytest.mark.parametrize(("name", "requirements"), read_requirements_of_locks().items())
def test_a_lock_meets_every_requirement(name: str, requirements: list[str]) -> None:
    assert find_faults((PROJECT / name).read_text(), requirements) == []


def test_tests_use_the_versions_that_are_served() -> None:
    run, dev = (set(PINNED.findall((PROJECT / name).read_text())) for name in ("run.lock", "dev.lock"))
    assert run <= dev


@pytest.mark.parametrize(
    ("planted", "fault"),
    [
        ("--index-url https://packages.example/simple\n", "holds an address"),
        ("six==1.17.0\n", "no hash for six==1.17.0"),
        ("django==4.2 --hash=sha256:0\n", "Django is 4.2"),
    ],
)
def test_a_planted_fault_is_found(planted: str, fault: str) -> None:
    good = (PROJECT / "run.lock").read_text()
    assert fault in find_faults(good + planted, ["Django>=5.2"])


def test_a_missing_day_is_found() -> None:
    _, _, without_day = (PROJECT / "run.lock").read_text().partition("\n")
    assert "does not say when it was resolved" in find_faults(without_day, [])


def test_a_forgotten_package_is_found() -> None:
    assert find_faults((PROJECT / "run.lock").read_text(), ["left-pad"]) == ["lacks left-pad"]


# -- what `make sbom` and `make lock-age` print ---------------------------------------------------------------


def ask(question: str) -> str:
    command = [sys.executable, str(PROJECT / "deploy" / "locks.py"), question]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


@pytest.fixture(scope="module")
def sbom() -> dict[str, Any]:
    document: dict[str, Any] = json.loads(ask("sbom"))
    return document


def read_hashes_by_version(document: dict[str, Any]) -> dict[tuple[str, str], set[str]]:
    hashes = {}
    for component in document["components"]:
        hashes[component["name"], component["version"]] = {entry["content"] for entry in component["hashes"]}
    return hashes


def read_locked_hashes() -> dict[tuple[str, str], set[str]]:
    lock = (PROJECT / "run.lock").read_text()
    hashes = {}
    for entry in re.split(r"^(?=[a-z0-9])", lock, flags=re.MULTILINE):
        for name, version in PINNED.findall(entry):
            hashes[name, version] = set(re.findall(r"--hash=sha256:(\w+)", entry))
    return hashes


def test_the_sbom_has_every_locked_version_with_its_hashes_and_plotly(sbom: dict[str, Any]) -> None:
    bundle = (PROJECT / "static/plotly/plotly-basic.min.js").read_bytes()
    (version,) = re.findall(rb"minified\) v([\d.]+)", bundle[:200])
    expected = read_locked_hashes() | {("plotly.js-basic-dist-min", version.decode()): {sha256(bundle).hexdigest()}}
    assert len(expected) > 25
    assert read_hashes_by_version(sbom) == expected


def test_every_component_of_the_sbom_has_a_licence_that_is_known_here(sbom: dict[str, Any]) -> None:
    assert [component["name"] for component in sbom["components"] if not component["licenses"]] == []


def test_the_sbom_is_cyclonedx_and_leads_from_the_program_to_every_component(sbom: dict[str, Any]) -> None:
    assert (sbom["bomFormat"], sbom["specVersion"]) == ("CycloneDX", "1.6")
    needs = {entry["ref"]: entry["dependsOn"] for entry in sbom["dependencies"]}
    reached, waiting = set(), [sbom["metadata"]["component"]["bom-ref"]]
    while waiting:
        reference = waiting.pop()
        if reference not in reached:
            reached.add(reference)
            waiting += needs.get(reference, [])
    references = [component["bom-ref"] for component in sbom["components"]]
    assert len(references) == len(set(references))
    assert reached - {"rolewise"} == set(references)


def test_the_age_of_both_locks_is_given_in_days() -> None:
    for name, line in zip(("run.lock", "dev.lock"), ask("age").splitlines(), strict=True):
        day = (PROJECT / name).read_text().split("\n")[0].split()[-1]
        days = (datetime.now(UTC).date() - date.fromisoformat(day)).days
        assert line.startswith(f"{name} holds the newest versions of {day}, {days} day")
