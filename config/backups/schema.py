"""The tables of a database, which follow from the migrations that were applied to it."""

from collections.abc import Iterable

from django.apps import apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Model

from config.backups.archive import BackupError

Migration = tuple[str, str]  # app and name

# With sessions, whoever has the file could act as the people in it, so people sign in again. Tasks belong to the
# workers of one installation; batches know what is left to do, and get new tasks.
LEFT_OUT = {"sessions.Session", "django_tasks_database.DBTaskResult"}
# `migrate` itself fills these tables.
FILLED_BY_MIGRATE = {"auth.Permission", "contenttypes.ContentType"}


class Schema:
    """The migrations of the code and of the database that is connected."""

    def __init__(self) -> None:
        self.executor = MigrationExecutor(connection)
        self.code_migrations: set[Migration] = set(self.executor.loader.disk_migrations)
        self.applied = self.read_applied()

    def read_applied(self) -> set[Migration]:
        """The migrations of the database, without those of apps that only an earlier version used."""
        code_apps = {app for app, _ in self.code_migrations}
        applied = MigrationRecorder(connection).applied_migrations()
        return {(app, name) for app, name in applied if app in code_apps}

    def load_models_at(self, migrations: set[Migration], owner: str = "The database") -> list[type[Model]]:
        """The models whose tables exist after these migrations. Raises BackupError if the code lacks one.

        `owner`: what has these migrations, as the error names it.
        """
        if unknown := migrations - self.code_migrations:
            raise BackupError(
                f"{owner} is of a newer version of Rolewise, which has {describe_migrations(unknown)}. "
                "Upgrade Rolewise first."
            )
        if migrations == self.code_migrations:
            models: Iterable[type[Model]] = apps.get_models(include_auto_created=True)
        else:
            state = self.executor.loader.project_state(self.leaves(migrations))
            models = state.apps.get_models(include_auto_created=True)
        # In any order: foreign keys are checked at the end of a transaction.
        stored = [model for model in models if model._meta.managed and not model._meta.proxy]
        return sorted(stored, key=lambda model: model._meta.label)

    def leaves(self, migrations: set[Migration]) -> list[Migration]:
        """The last of these migrations in each app."""
        graph = self.executor.loader.graph
        leaves = []
        for migration in sorted(migrations):
            children = {child.key for child in graph.node_map[migration].children}
            if not any(child in migrations and child[0] == migration[0] for child in children):
                leaves.append(migration)
        return leaves

    def migrate_to(self, migrations: set[Migration]) -> None:
        """Create the tables in a database that has none."""
        self.executor.migrate(self.leaves(migrations))
        self.applied = self.read_applied()


def describe_migrations(migrations: set[Migration]) -> str:
    """
    >>> describe_migrations({("careers", "0099_later"), ("ingest", "0098_later"), ("ingest", "0099_later")})
    'careers.0099_later and 2 more'
    """
    app, name = min(migrations)
    rest = f" and {len(migrations) - 1} more" if len(migrations) > 1 else ""
    return f"{app}.{name}{rest}"
