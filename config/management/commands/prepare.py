"""`manage.py prepare`: what `make run` does before it serves. It changes nothing if nothing is missing."""

import gc
import secrets
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from careers.bulk import renew_statistics
from careers.models import Citation, Role, VainSearch
from config.database_files import create_database_file, find_database_path
from ingest.admin.permissions import create_groups
from ingest.documents.archives import find_files, read_files
from ingest.documents.source_notes import FILE_NAME as NOTES
from ingest.management.terminal import check_connection, describe_failure, describe_outdated_pages
from ingest.models import Page

FIXTURES = settings.BASE_DIR / "fixtures"


class Command(BaseCommand):
    help = "Bring the database up to date. A new one gets the pages and tables of fixtures/ and an admin account."

    def handle(self, *args: Any, **options: Any) -> None:
        if path := find_database_path():
            create_database_file(path)
        check_connection()
        try:
            self.bring_up_to_date()
        except DatabaseError as error:
            reason = describe_failure(error)
            raise CommandError(f"The database failed: {reason}. Run the same command again to continue.") from error

    def bring_up_to_date(self) -> None:
        """All steps, each of which is done as a whole or not at all."""
        migrate_if_needed()
        create_groups()
        VainSearch.forget_old()
        if User.objects.exists():
            self.offer_facts()
            if outdated := describe_outdated_pages():
                self.stdout.write(outdated)
            return
        # The account is made last, so that the next start finishes one that was interrupted.
        if not Citation.objects.exists():
            self.stdout.write("Loading the pages and the official figures that come with Rolewise:")
            with transaction.atomic(), without_garbage_collection():  # all or none: an interrupted start loads nothing
                call_command("load_pages", FIXTURES / "pages", sample=True, stdout=self.stdout)
                call_command("load_pages", FIXTURES / "tables", stdout=self.stdout)
                call_command("load_pages", FIXTURES / "occupations", stdout=self.stdout)
            renew_statistics()
        password = secrets.token_urlsafe(12)
        User.objects.create_superuser("admin", password=password)
        self.stdout.write(f"Made an account for /admin/, shown only this once: name admin, password {password}")

    def offer_facts(self) -> None:
        """Name the files of fixtures/occupations that are not stored as they are, and say how to load them."""
        if not Role.objects.occupations().exists():
            return
        missing = find_missing_facts(FIXTURES / "occupations")
        if missing:
            self.stdout.write("Facts of official occupations that come with this version are not loaded yet:")
            for name, title in missing.items():
                self.stdout.write(f"  {name}: {title}")
            self.stdout.write("To load them: manage.py load_pages fixtures/occupations")


def find_missing_facts(folder: Path) -> dict[str, str]:
    """Name of each file of facts that was never loaded as it is now -> the title of its table. Undone files are left
    out."""
    notes = tomllib.loads((folder / NOTES).read_text(encoding="utf-8"))
    files = [(file.path, content) for file, content in read_files(find_files([folder])) if isinstance(content, bytes)]
    digests = {path: Page.compute_digest(content) for path, content in files}
    stored = set(Page.objects.filter(digest__in=digests.values()).values_list("digest", flat=True))
    return {path.name: notes[path.stem]["title"] for path, digest in digests.items() if digest not in stored}


@contextmanager
def without_garbage_collection() -> Iterator[None]:
    """A first load makes millions of small objects that stay: looking through them again and again takes long."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def migrate_if_needed() -> None:
    """Run pending migrations. The command is slow even when there are none, so it is not run then."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:  # the limit is for page requests; building an index may take longer
                cursor.execute("SET statement_timeout = 0")
        call_command("migrate", interactive=False, verbosity=0)
        renew_statistics()
