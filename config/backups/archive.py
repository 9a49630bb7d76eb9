"""The file: a zip archive with a member of JSON lines for each table, and a manifest as its last member.

Each line is an array with the values of one row, in the order of the fields in the manifest. Dates are text in the form
of ISO 8601, decimal numbers are text, bytes are text in base64.
"""

import json
import os
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

FORMAT = 1  # raised when an older version could not read the file
MANIFEST = "manifest.json"
LONGEST_LINE = 256_000_000  # bytes
FASTEST = 1  # level of compression: half the usual time for a tenth more bytes


class BackupError(Exception):
    """Why a file or a database cannot be used, in whole sentences."""


@dataclass(frozen=True)
class Table:
    """What the manifest says about one table. `name`: app and model, such as careers.Role."""

    name: str
    fields: list[str]
    rows: int
    sha256: str

    @property
    def member(self) -> str:
        return f"{self.name}.jsonl"


@dataclass(frozen=True)
class Manifest:
    """`migrations`: app and name of each one that the database had."""

    format: int
    version: str
    made_at: str
    migrations: list[tuple[str, str]]
    tables: list[Table]


class BackupWriter:
    """Writes tables one after the other."""

    def __init__(self, archive: ZipFile) -> None:
        self.archive = archive
        self.tables: list[Table] = []

    def write_table(self, name: str, fields: list[str], rows: Iterable[list[Any]]) -> None:
        digest = sha256()
        count = 0
        table = Table(name, fields, 0, "")
        with self.archive.open(describe_member(table.member), "w", force_zip64=True) as member:
            for row in rows:
                line = json.dumps(row, separators=(",", ":")).encode() + b"\n"
                digest.update(line)
                member.write(line)
                count += 1
        self.tables.append(replace(table, rows=count, sha256=digest.hexdigest()))

    def write_manifest(self, version: str, made_at: str, migrations: list[tuple[str, str]]) -> None:
        manifest = Manifest(FORMAT, version, made_at, migrations, self.tables)
        self.archive.writestr(describe_member(MANIFEST), json.dumps(asdict(manifest), indent=1))


def describe_member(name: str) -> ZipInfo:
    member = ZipInfo(name)
    member.compress_type = ZIP_DEFLATED
    member._compresslevel = FASTEST  # type: ignore[attr-defined]  # a public argument from Python 3.13 on
    return member


@contextmanager
def create_backup(path: Path) -> Iterator[BackupWriter]:
    """Write a backup. The file appears when it is complete, and only its owner may read it: it has password hashes."""
    if path.exists():
        raise BackupError(f"{path} exists already. Name another file, or remove it first.")
    unfinished = path.with_name(f"{path.name}.unfinished")
    try:
        unfinished.unlink(missing_ok=True)
        unfinished.touch(mode=0o600, exist_ok=False)
        with unfinished.open("wb") as file:
            with ZipFile(file, "w") as archive:
                yield BackupWriter(archive)
            file.flush()
            os.fsync(file.fileno())
        unfinished.rename(path)
    except OSError as error:
        raise BackupError(f"{path} cannot be written: {error.strerror or error}. Nothing was left there.") from error
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)


class BackupReader:
    """Reads tables, once the whole file is known to be as it was written."""

    def __init__(self, path: Path, archive: ZipFile) -> None:
        self.path, self.archive = path, archive
        self.manifest = self.read_manifest()
        names = [MANIFEST, *(table.member for table in self.manifest.tables)]
        if sorted(archive.namelist()) != sorted(names):
            raise BackupError(f"{path} is damaged: its tables are not those that its manifest lists.")
        for table in self.manifest.tables:
            self.check_rows(table)

    def read_manifest(self) -> Manifest:
        if MANIFEST not in self.archive.namelist():
            raise BackupError(f"{self.path} is not a backup of Rolewise: it has no {MANIFEST}.")
        try:
            fields = json.loads(self.archive.read(MANIFEST))
            if fields["format"] > FORMAT:
                raise BackupError(
                    f"{self.path} was made by Rolewise {fields['version']}, which is newer. Upgrade Rolewise first."
                )
            fields["migrations"] = [(app, name) for app, name in fields["migrations"]]
            fields["tables"] = [Table(**table) for table in fields["tables"]]
            return Manifest(**fields)
        except (ValueError, KeyError, TypeError) as error:
            raise BackupError(f"{self.path} is damaged: its manifest cannot be read ({error}).") from error

    def check_rows(self, table: Table) -> None:
        digest = sha256()
        count = 0
        for line in self.read_lines(table):
            digest.update(line)
            count += 1
        if (count, digest.hexdigest()) != (table.rows, table.sha256):
            raise BackupError(f"{self.path} is damaged: the rows of {table.name} are not those that were written.")

    def read_rows(self, table: Table) -> Iterator[list[Any]]:
        for line in self.read_lines(table):
            yield json.loads(line)

    def read_lines(self, table: Table) -> Iterator[bytes]:
        with self.archive.open(table.member) as member:
            while line := member.readline(LONGEST_LINE):
                if not line.endswith(b"\n"):
                    raise BackupError(f"{self.path} is damaged: a row of {table.name} is incomplete.")
                yield line


@contextmanager
def open_backup(path: Path) -> Iterator[BackupReader]:
    """Read a backup. Raises BackupError before the first row if the file is damaged, newer, or not a backup."""
    try:
        with ZipFile(path) as archive:
            yield BackupReader(path, archive)
    except (BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise BackupError(f"{path} is damaged or not a backup ({error}). Nothing was changed.") from error
    except OSError as error:
        raise BackupError(f"{path} cannot be read: {error.strerror or error}.") from error
