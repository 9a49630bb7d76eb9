"""`manage.py prepare`: what `make run` does before it serves. It does nothing when nothing is missing."""

import secrets
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from careers.models import Citation, Role
from config.database_files import create_database_file, database_path
from ingest.admin.permissions import create_groups
from ingest.management.terminal import check_connection
from ingest.models import Page

# The source and licence of the table in fixtures/tables.
OFFICIAL = {
    "url": "https://www.bls.gov/oes/",
    "licence": "Public domain",
    "licence_url": "https://www.bls.gov/opub/copyright-information.htm",
}


class Command(BaseCommand):
    help = "Bring the database up to date. A new one gets the pages and tables of fixtures/ and an admin account."

    def handle(self, *args: Any, **options: Any) -> None:
        if path := database_path():
            create_database_file(path)
        check_connection()
        migrate_if_needed()
        create_groups()
        if User.objects.exists():
            self.offer_facts()
            return
        # The account is made last: where the first start was interrupted, the next one finishes it.
        if not Citation.objects.exists():
            self.stdout.write("Loading the pages and the official figures that Rolewise comes with:")
            with transaction.atomic():  # all or none: an interrupted start loads nothing
                fixtures = settings.BASE_DIR / "fixtures"
                call_command("load_pages", fixtures / "pages", sample=True, stdout=self.stdout)
                call_command("load_pages", fixtures / "tables", **OFFICIAL, stdout=self.stdout)
                call_command("load_pages", fixtures / "occupations", stdout=self.stdout)
        password = secrets.token_urlsafe(12)
        User.objects.create_superuser("admin", password=password)
        self.stdout.write(f"Made an account for /admin/, shown only this once: name admin, password {password}")

    def offer_facts(self) -> None:
        """Say how to load the facts of fixtures/occupations into a database that an earlier version made."""
        if Role.objects.occupations().exists() and not Page.objects.filter(name="projection.csv").exists():
            self.stdout.write(
                "Projections, requirements, education and ranks by skill of the official occupations come with this "
                "version. To load them: manage.py load_pages fixtures/occupations"
            )


def migrate_if_needed() -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:  # the limit is for page requests; building an index may take longer
                cursor.execute("SET statement_timeout = 0")
        call_command("migrate", interactive=False, verbosity=0)
