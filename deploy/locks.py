"""What Rolewise is made of, and how old that is.

`python deploy/locks.py sbom` prints a CycloneDX document of the packages in run.lock and of Plotly in static/, which
browsers run. `python deploy/locks.py age` prints when the locks were resolved. Needs nothing but Python; licences are
known of packages that are installed.
"""

import json
import re
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any, NamedTuple
from uuid import uuid4

PROJECT = Path(__file__).resolve().parent.parent
LOCKS = ("run.lock", "dev.lock")
PLOTLY = PROJECT / "static" / "plotly" / "plotly-basic.min.js"
RESOLVED = re.compile(r"\A# Resolved on (\d{4}-\d{2}-\d{2})\n")  # written by `make lock`
ENTRY = re.compile(r"^(?P<name>[a-z0-9._-]+)==(?P<version>[^ ;\\]+)(?P<rest>.*\n(?:[ #].*\n)*)", re.MULTILINE)
ROOT = "rolewise"


class LockedPackage(NamedTuple):
    """`hashes`: of the files that may be installed, one for each platform. `needed_by`: names of other packages."""

    name: str
    version: str
    hashes: list[str]
    needed_by: list[str]

    @property
    def purl(self) -> str:
        return f"pkg:pypi/{self.name}@{self.version}"


def packages_of(lock: str) -> Iterator[LockedPackage]:
    """The packages in the text of a lock.

    >>> list(packages_of("six==1.17 ; python_version < '4' \\\\\\n    --hash=sha256:0a\\n    # via dateutil\\n"))
    [LockedPackage(name='six', version='1.17', hashes=['0a'], needed_by=['dateutil'])]
    """
    for entry in ENTRY.finditer(lock):
        hashes = re.findall(r"--hash=sha256:([0-9a-f]+)", entry["rest"])
        needed_by = re.findall(r"^ +#(?: via)? +([a-z0-9._-]+)", entry["rest"].replace("# via\n", ""), re.MULTILINE)
        yield LockedPackage(entry["name"], entry["version"], hashes, needed_by)


def resolved_on(lock: str) -> date | None:
    """
    >>> resolved_on("# Resolved on 2026-11-26\\nsix==1.17")
    datetime.date(2026, 11, 26)
    """
    first_line = RESOLVED.match(lock)
    return date.fromisoformat(first_line[1]) if first_line else None


def describe_age(name: str, lock: str, today: date) -> str:
    """
    >>> describe_age("run.lock", "# Resolved on 2026-11-26\\n", date(2026, 12, 6))
    'run.lock holds the newest versions of 2026-11-26, 10 days ago'
    """
    resolved = resolved_on(lock)
    if resolved is None:
        return f"{name} does not say when it was resolved"
    days = (today - resolved).days
    return f"{name} holds the newest versions of {resolved}, {days} day{'' if days == 1 else 's'} ago"


def licences_of(name: str) -> list[dict[str, Any]]:
    """As CycloneDX has them: an expression of SPDX, or the words of the package; empty if neither is known."""
    try:
        metadata_of_package = metadata(name)
    except PackageNotFoundError:
        return []
    if metadata_of_package["License-Expression"]:
        return [{"expression": metadata_of_package["License-Expression"]}]
    classifiers = [
        text.rpartition(" :: ")[2]
        for text in metadata_of_package.get_all("Classifier", [])
        if text.startswith("License")
    ]
    text = metadata_of_package["License"] or ""
    words = classifiers or ([text] if text and "\n" not in text else [])
    return [{"license": {"name": word}} for word in words]


def component_of(package: LockedPackage) -> dict[str, Any]:
    return {
        "type": "library",
        "bom-ref": package.purl,
        "name": package.name,
        "version": package.version,
        "purl": package.purl,
        "licenses": licences_of(package.name),
        "hashes": [{"alg": "SHA-256", "content": content} for content in package.hashes],
    }


def plotly_component() -> dict[str, Any]:
    """The bundle in static/, which states its version in its first lines."""
    content = PLOTLY.read_bytes()
    version = re.search(rb"plotly\.js \(basic - minified\) v([\d.]+)", content[:200])
    if version is None:
        raise ValueError(f"{PLOTLY} does not state its version.")
    purl = f"pkg:npm/plotly.js-basic-dist-min@{version[1].decode()}"
    return {
        "type": "library",
        "bom-ref": purl,
        "name": "plotly.js-basic-dist-min",
        "version": version[1].decode(),
        "purl": purl,
        "licenses": [{"license": {"id": "MIT"}}],
        "hashes": [{"alg": "SHA-256", "content": sha256(content).hexdigest()}],
    }


def dependencies_of(packages: list[LockedPackage], bundled: str) -> list[dict[str, Any]]:
    """Who needs whom. A package that is locked in two versions, for two versions of Python, stands there twice."""
    references = defaultdict(list)
    for package in packages:
        references[package.name].append(package.purl)
    needs: dict[str, list[str]] = {ROOT: [bundled]}
    for package in packages:
        for name in package.needed_by:
            for reference in references.get(name, [ROOT]):
                needs.setdefault(reference, []).append(package.purl)
    return [{"ref": reference, "dependsOn": sorted(set(needed))} for reference, needed in sorted(needs.items())]


def describe_parts() -> dict[str, Any]:
    """The whole CycloneDX document."""
    lock = (PROJECT / "run.lock").read_text()
    packages = list(packages_of(lock))
    plotly = plotly_component()
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]
    resolved = resolved_on(lock)
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid4()}",
        "version": 1,
        "metadata": {
            "timestamp": datetime.now(UTC).isoformat(timespec="seconds"),
            "component": {
                "type": "application",
                "bom-ref": ROOT,
                "name": project["name"],
                "version": project["version"],
                "description": project["description"],
                "licenses": [{"license": {"id": "MIT"}}],
            },
            "properties": [{"name": "rolewise:run.lock-resolved-on", "value": str(resolved)}],
        },
        "components": [*(component_of(package) for package in packages), plotly],
        "dependencies": dependencies_of(packages, plotly["bom-ref"]),
    }


def main() -> int:
    match sys.argv[1:]:
        case ["sbom"]:
            print(json.dumps(describe_parts(), indent=2))
        case ["age"]:
            for name in LOCKS:
                print(describe_age(name, (PROJECT / name).read_text(), datetime.now(UTC).date()))
        case _:
            print(__doc__, file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
