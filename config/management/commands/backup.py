"""`manage.py backup FILE`: everything that is stored, in one file, while the site goes on."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from config.backups.archive import BackupError
from config.backups.database import write_backup
from ingest.management.terminal import check_connection, describe_failure
from ingest.plurals import count_of


class Command(BaseCommand):
    help = "Write everything that is stored to a file that `restore` reads, on SQLite and PostgreSQL alike."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="a new file, such as backup-2026-11-26.zip")

    def handle(self, *args: Any, **options: Any) -> None:
        check_connection()
        path: Path = options["file"]
        try:
            rows = write_backup(path)
        except BackupError as error:
            raise CommandError(str(error)) from error
        except DatabaseError as error:
            raise CommandError(f"The database failed, and no backup was written: {describe_failure(error)}.") from error
        self.stdout.write(f"Wrote {count_of(rows, 'row')} to {path} ({path.stat().st_size:,} bytes).")
