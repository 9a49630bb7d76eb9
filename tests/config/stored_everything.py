"""A database with something of each kind in it, and everything that readers get from it, as digests."""

import json
import sys
import threading
from hashlib import sha256
from io import StringIO
from pathlib import Path
from typing import Any
from unittest.mock import patch

import django

if __name__ == "__main__":
    django.setup()  # before models are imported

from django.contrib.auth.models import Group, Permission, User
from django.core.management import call_command
from django.db import connection
from django.test import Client

from careers.models import Role
from config.backups.archive import BackupWriter
from config.backups.database import write_backup
from ingest.admin.permissions import create_groups
from ingest.models import Archive, ArchivePart, Batch, Draft, Page

FIXTURES = Path(__file__).parent.parent.parent / "fixtures"
PAGES, ALL_JOBS = FIXTURES / "pages", FIXTURES / "occupations" / "all_jobs.csv"
FILE = bytes(range(256))


def store_everything() -> None:
    call_command("load_pages", PAGES, ALL_JOBS, stdout=StringIO())
    create_groups()
    ann = User.objects.create_user("ann", password="a password of ann's")
    ann.groups.set(Group.objects.all())
    ann.user_permissions.set(Permission.objects.all()[:3])
    batch = Batch.objects.create(by=ann, publisher="Ann’s “own” — ☕")
    Draft.objects.create(batch=batch, name="waiting.txt", content=FILE, digest="0" * 64, roles=[{"key": "a\u2028b"}])
    archive = Archive.objects.create(batch=batch, name="pages.zip", size=len(FILE), digest="1" * 64)
    ArchivePart.objects.create(archive=archive, position=0, data=FILE)
    last = Page.objects.latest("pk")
    Page.objects.filter(pk=last.pk).update(loaded_by=ann)


def read_public_answers() -> dict[str, str]:
    """Address -> digest of what is answered there, at all addresses that the sitemap and its pages lead to."""
    slugs = list(Role.objects.order_by("slug").values_list("slug", flat=True))
    pair = f"{slugs[0]}-vs-{slugs[1]}"
    paths = ["/", "/roles/", "/roles.csv", "/about/", "/explore/", "/explore/points.json", "/feed.xml", "/sitemap.xml"]
    paths += ["/api/v1/roles", "/api/v1/skills", "/api/v1/search?q=technician", f"/api/v1/compare/{pair}"]
    paths += [f"/roles/{slug}{ending}" for slug in slugs for ending in ("/", ".json", ".csv")]
    paths += [f"/compare/{pair}{ending}" for ending in ("/", ".json", ".csv", ".html")]
    answers = {}
    for path in paths:
        response = Client(HTTP_HOST="localhost").get(path)
        assert response.status_code == 200, path
        answers[path] = sha256(response.getvalue()).hexdigest()
    return answers


def back_up_while_others_write(path: Path) -> None:
    """After the first table is read, another connection stores a role and a page, without waiting for the backup."""
    writers: list[threading.Thread] = []
    stored: list[int] = []

    def write() -> None:
        stored.append(Role.objects.create(title="Late Role", slug="late-role", key="late role").pk)
        stored.append(Page.objects.create(name="late.txt", content=b"x", digest="9" * 64, status="loaded").pk)
        connection.close()

    def write_table_then_store(*table: Any) -> None:
        write_table(*table)
        if not writers:
            writers.append(threading.Thread(target=write))
            writers[0].start()
            writers[0].join()
            assert len(stored) == 2

    write_table = BackupWriter.write_table
    with patch.object(BackupWriter, "write_table", write_table_then_store):
        write_backup(path)
    assert Role.objects.exists()


def move_here(source: Path, target: Path) -> None:
    """Restore a backup into a database without tables, print the answers, and back it up again."""
    call_command("restore", source, stdout=StringIO())
    json.dump(read_public_answers(), sys.stdout)
    call_command("backup", target, stdout=StringIO())


if __name__ == "__main__":
    function, *paths = sys.argv[1:]
    if function == "move_here":
        move_here(*map(Path, paths))
    else:
        back_up_while_others_write(*map(Path, paths))
