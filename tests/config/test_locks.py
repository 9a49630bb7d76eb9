"""The locks hold a version and hashes of every requirement, and no address."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = Path(__file__).parent.parent.parent
PINNED = re.compile(r"^([a-z0-9._-]+)==([^ ;\\]+)", re.MULTILINE)


def requirements_of_locks() -> dict[str, list[str]]:
    """The requirements in pyproject.toml, by lock."""
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text())
    run = project["project"]["dependencies"]
    return {"run.lock": run, "dev.lock": run + project["dependency-groups"]["dev"]}


def faults(lock: str, requirements: list[str]) -> list[str]:
    """Describes what is wrong with the text of a lock."""
    messages = []
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


@pytest.mark.parametrize(("name", "requirements"), requirements_of_locks().items())
def test_a_lock_meets_every_requirement(name: str, requirements: list[str]) -> None:
    assert faults((PROJECT / name).read_text(), requirements) == []


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
    assert fault in faults(good + planted, ["Django>=5.2"])


def test_a_forgotten_package_is_found() -> None:
    assert faults((PROJECT / "run.lock").read_text(), ["left-pad"]) == ["lacks left-pad"]
