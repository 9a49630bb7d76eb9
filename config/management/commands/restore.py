"""`manage.py restore FILE`: what `backup` wrote, into an empty database."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from config.backups.archive import BackupError
from config.backups.database import restore_backup
from config.database_files import create_database_file, find_database_path
from ingest.management.terminal import check_connection, describe_failure
from ingest.plurals import count_of


class Command(BaseCommand):
    help = "Fill an empty database with what `backup` wrote. Everything is restored, or nothing."
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument(
            "--replace", action="store_true", help="delete everything in the database and restore the backup instead"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if path := find_database_path():
            create_database_file(path)
        check_connection()
        try:
            rows = restore_backup(options["file"], replace=options["replace"])
        except BackupError as error:
            raise CommandError(str(error)) from error
        except DatabaseError as error:
            raise CommandError(f"The database failed, and nothing was restored: {describe_failure(error)}.") from error
        self.stdout.write(f"Restored {count_of(rows, 'row')} from {options['file']}. Everybody has to sign in again.")
