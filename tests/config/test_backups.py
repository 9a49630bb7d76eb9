"""A backup holds everything, in one file from which both databases are restored; a wrong file changes nothing."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tracemalloc
from contextlib import closing
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.db.models import F
from django.utils import timezone

from careers.models import Publisher, Revision
from config.backups.archive import BackupError, BackupWriter
from config.backups.database import restore_backup, write_backup
from config.backups.schema import LEFT_OUT, Schema
from ingest.models import ArchivePart, Batch, Draft
from tests.config.stored_everything import FILE, back_up_while_others_write, read_public_answers, store_everything
from tests.conftest import clear_caches

PROJECT = Path(__file__).parent.parent.parent


def read_content(path: Path) -> dict[str, list[object]]:
    """Table -> its rows; in JSON fields PostgreSQL keeps no order of keys."""
    with ZipFile(path) as archive:
        return {
            name: [json.loads(line) for line in archive.read(name).splitlines()]
            for name in archive.namelist()
            if name.endswith(".jsonl")
        }


def delete_everything() -> None:
    models = Schema().load_models_at(Schema().code_migrations)
    for model in models:
        model._base_manager.all()._raw_delete(connection.alias)


@pytest.mark.django_db
def test_every_table_is_backed_up_or_left_out_on_purpose(tmp_path: Path) -> None:
    write_backup(tmp_path / "backup.zip")
    with ZipFile(tmp_path / "backup.zip") as archive:
        manifest = json.loads(archive.read("manifest.json"))
    models = {model._meta.label: model._meta.db_table for model in Schema().load_models_at(Schema().code_migrations)}
    backed_up = {models[table["name"]] for table in manifest["tables"]}
    left_out = {models[label] for label in LEFT_OUT}
    assert backed_up | left_out == set(connection.introspection.table_names()) - {"django_migrations"}
    assert backed_up.isdisjoint(left_out)


@pytest.mark.django_db
def test_everything_comes_back_and_readers_notice_nothing(tmp_path: Path) -> None:
    store_everything()
    answers = read_public_answers()
    write_backup(tmp_path / "first.zip")
    delete_everything()
    restore_backup(tmp_path / "first.zip")
    assert read_public_answers() == answers
    assert bytes(Draft.objects.get(name="waiting.txt").content) == bytes(ArchivePart.objects.get().data) == FILE
    assert User.objects.get(username="ann").check_password("a password of ann's")
    write_backup(tmp_path / "second.zip")
    assert read_content(tmp_path / "second.zip") == read_content(tmp_path / "first.zip")


@pytest.mark.django_db
def test_new_rows_get_new_keys_after_a_restore(tmp_path: Path) -> None:
    highest = max(Publisher.objects.create(name=name, slug=name).pk for name in "abc")
    write_backup(tmp_path / "backup.zip")
    restore_backup(tmp_path / "backup.zip", replace=True)
    assert Publisher.objects.create(name="d", slug="d").pk > highest


@pytest.mark.django_db
def test_a_database_with_something_in_it_is_only_replaced_on_demand(tmp_path: Path) -> None:
    Publisher.objects.create(name="Before", slug="before")
    call_command("backup", tmp_path / "backup.zip", stdout=sys.stderr)
    Publisher.objects.create(name="After", slug="after")
    Revision.objects.create(pk=1, number=7)
    with pytest.raises(CommandError, match=r"not empty: it has publishers.*--replace"):
        call_command("restore", tmp_path / "backup.zip")
    assert Publisher.objects.count() == 2
    call_command("restore", tmp_path / "backup.zip", replace=True, stdout=sys.stderr)
    assert Publisher.objects.get().name == "Before"
    assert Revision.objects.get().number == 8, "so that no process answers from its cache"


@pytest.mark.django_db
def test_sessions_stay_out_of_the_file_and_end_with_a_replacement(tmp_path: Path) -> None:
    Session.objects.create(session_key="secret-key-of-ann", session_data="x", expire_date=timezone.now())
    write_backup(tmp_path / "backup.zip")
    with ZipFile(tmp_path / "backup.zip") as archive:
        assert all(b"secret-key-of-ann" not in archive.read(name) for name in archive.namelist())
    restore_backup(tmp_path / "backup.zip", replace=True)
    assert not Session.objects.exists()


@pytest.mark.django_db
def test_only_its_owner_can_read_a_backup(tmp_path: Path) -> None:
    write_backup(tmp_path / "backup.zip")
    assert (tmp_path / "backup.zip").stat().st_mode & 0o777 == 0o600


@pytest.mark.django_db
def test_sessions_in_a_backup_are_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("config.backups.database.LEFT_OUT", {"django_tasks_database.DBTaskResult"})
    with pytest.raises(AssertionError):
        test_sessions_stay_out_of_the_file_and_end_with_a_replacement(tmp_path)


@pytest.mark.django_db
def test_a_backup_overwrites_no_file_and_leaves_none_behind_when_it_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "taken.zip").write_text("precious")
    with pytest.raises(BackupError, match="exists already"):
        write_backup(tmp_path / "taken.zip")
    assert (tmp_path / "taken.zip").read_text() == "precious"

    with pytest.raises(BackupError, match="cannot be written"):
        write_backup(tmp_path / "no folder" / "new.zip")

    def fill_the_disk(*table: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(BackupWriter, "write_table", fill_the_disk)
    with pytest.raises(BackupError, match="cannot be written: No space left on device"):
        write_backup(tmp_path / "new.zip")
    assert [path.name for path in tmp_path.iterdir()] == ["taken.zip"]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the tests on SQLite do it")
@pytest.mark.skipif(not shutil.which("prlimit"), reason="prlimit is only there on Linux")
def test_a_disk_that_fills_up_is_reported_in_one_sentence(migrated_sqlite: str, tmp_path: Path) -> None:
    """In a process of its own, whose files may not grow beyond what the first tables take."""
    with closing(sqlite3.connect(migrated_sqlite.removeprefix("sqlite:///"))) as database, database:
        names = [[sha256(bytes(number)).hexdigest()] for number in range(3_000)]
        database.executemany("INSERT INTO auth_group (name) VALUES (?)", names)
    command = ["prlimit", "--fsize=40000", sys.executable, "manage.py", "backup", str(tmp_path / "new.zip")]
    environment = os.environ | {"DATABASE_URL": migrated_sqlite}
    done = subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=False)
    reason = "cannot be written: File too large. Nothing was left there."
    assert done.stderr == f"CommandError: {tmp_path}/new.zip {reason}\n"
    assert not (tmp_path / "new.zip").exists()


def change_member(data: bytes, member: str, new_content: bytes | None) -> bytes:
    """The archive with another content of a member, or without it."""
    output = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(output, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != member:
                new.writestr(name, old.read(name))
        if new_content is not None:
            new.writestr(member, new_content)
    return output.getvalue()


@pytest.fixture(scope="module")
def small_backup(django_db_setup: None, django_db_blocker: object, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("backup") / "backup.zip"
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        write_backup(path)
    return path.read_bytes()


def spoil(data: bytes, how: str) -> bytes:
    with ZipFile(BytesIO(data)) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        types = archive.read("contenttypes.ContentType.jsonl")
        member = archive.getinfo("contenttypes.ContentType.jsonl")
    middle = member.header_offset + 30 + len(member.filename) + member.compress_size // 2  # of what is compressed
    with_later_migration = manifest | {"migrations": [*manifest["migrations"], ["careers", "9999_later"]]}
    return {
        "nothing in it": b"",
        "another file": b"a,b\n1,2\n",
        "cut": data[:middle],
        "one byte changed": data[:middle] + bytes([data[middle] ^ 255]) + data[middle + 1 :],
        "no manifest": change_member(data, "manifest.json", None),
        "a broken manifest": change_member(data, "manifest.json", b'{"format": 1'),
        "a newer format": change_member(data, "manifest.json", json.dumps(manifest | {"format": 2}).encode()),
        "a newer version": change_member(data, "manifest.json", json.dumps(with_later_migration).encode()),
        "a table missing": change_member(data, "auth.User.jsonl", None),
        "a table too many": change_member(data, "other.Table.jsonl", b"[]\n"),
        "a row missing": change_member(data, "contenttypes.ContentType.jsonl", types.partition(b"\n")[2]),
        "half a row": change_member(data, "contenttypes.ContentType.jsonl", types[:-5]),
        "another value": change_member(data, "contenttypes.ContentType.jsonl", types.replace(b"role", b"rule", 1)),
    }[how]


REASONS = {
    "nothing in it": "damaged or not a backup",
    "another file": "damaged or not a backup",
    "cut": "damaged or not a backup",
    "one byte changed": "damaged",
    "no manifest": "is not a backup of Rolewise",
    "a broken manifest": "its manifest cannot be read",
    "a newer format": "which is newer. Upgrade Rolewise first",
    "a newer version": "a newer version of Rolewise, which has careers.9999_later. Upgrade Rolewise first",
    "a table missing": "its tables are not those",
    "a table too many": "its tables are not those",
    "a row missing": "the rows of contenttypes.ContentType are not those",
    "half a row": "a row of contenttypes.ContentType is incomplete",
    "another value": "the rows of contenttypes.ContentType are not those",
}


@pytest.mark.django_db
@pytest.mark.parametrize(("how", "reason"), REASONS.items())
def test_a_damaged_or_newer_file_is_refused_before_anything_is_written(
    small_backup: bytes, tmp_path: Path, how: str, reason: str
) -> None:
    Publisher.objects.create(name="Kept", slug="kept")
    path = tmp_path / "backup.zip"
    path.write_bytes(spoil(small_backup, how))
    with pytest.raises(CommandError) as error:
        call_command("restore", path, replace=True)
    assert reason in str(error.value)
    assert str(error.value).startswith(f"{path} ")
    assert Publisher.objects.get().name == "Kept"


@pytest.mark.django_db
def test_rows_that_the_database_refuses_leave_everything_as_it_was(small_backup: bytes, tmp_path: Path) -> None:
    path = tmp_path / "backup.zip"
    Publisher.objects.create(name="Kept", slug="kept")
    write_backup(path)
    with ZipFile(path) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        twice = archive.read("careers.Publisher.jsonl") * 2
    for table in manifest["tables"]:
        if table["name"] == "careers.Publisher":
            table |= {"rows": 2, "sha256": sha256(twice).hexdigest()}
    data = change_member(path.read_bytes(), "careers.Publisher.jsonl", twice)
    path.write_bytes(change_member(data, "manifest.json", json.dumps(manifest).encode()))
    with pytest.raises(BackupError, match=r"refused the rows of careers\.Publisher: .* Nothing was changed"):
        restore_backup(path, replace=True)
    assert Publisher.objects.get().name == "Kept"


@pytest.mark.django_db
def test_files_pass_through_a_few_at_a_time(tmp_path: Path) -> None:
    files, size = 80, 100_000
    batch = Batch.objects.create()
    for number in range(files):
        Draft.objects.create(batch=batch, name=str(number), digest=str(number), content=os.urandom(size))
    tracemalloc.start()
    write_backup(tmp_path / "backup.zip")
    restore_backup(tmp_path / "backup.zip", replace=True)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert Draft.objects.count() == files
    assert peak < files * size, f"{peak:,} bytes"


def run(database_url: str, function: str, *paths: Path) -> str:
    """What a function of stored_everything prints in a process of its own, on this database."""
    environment = os.environ | {"DATABASE_URL": database_url, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    command = [sys.executable, "-m", "tests.config.stored_everything", function, *map(str, paths)]
    done = subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.django_db(transaction=True)
def test_a_backup_shows_one_moment_and_keeps_nobody_from_writing(migrated_sqlite: str, tmp_path: Path) -> None:
    path = tmp_path / "backup.zip"
    if connection.vendor == "postgresql":
        back_up_while_others_write(path)
    else:  # the database of tests is in memory, where SQLite has no such moments
        run(migrated_sqlite, "back_up_while_others_write", path)
    tables = read_content(path)
    assert (tables["careers.Role.jsonl"], tables["ingest.Page.jsonl"]) == ([], [])


@pytest.mark.skipif(connection.vendor != "postgresql", reason="the tests on PostgreSQL do it")
@pytest.mark.django_db
def test_readers_get_the_same_after_moving_to_sqlite_and_back(tmp_path: Path) -> None:
    first, second, third = (tmp_path / f"{name}.zip" for name in ("first", "second", "third"))
    store_everything()
    answers = read_public_answers()
    assert len(answers) > 30
    write_backup(first)

    assert json.loads(run(f"sqlite:///{tmp_path}/moved.sqlite3", "move_here", first, second)) == answers

    restore_backup(second, replace=True)
    clear_caches()
    assert read_public_answers() == answers
    Revision.objects.update(number=F("number") - 1)  # a replacement counts it up
    write_backup(third)
    assert read_content(third) == read_content(second) == read_content(first)
