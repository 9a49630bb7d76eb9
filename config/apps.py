from django.apps import AppConfig
from django.conf import settings

from config.database_files import database_path, restrict_database_files
from config.outages import limit_waiting_for_postgresql


class ConfigConfig(AppConfig):
    """The project itself as an app, for the command `prepare` and for set-up at the start."""

    name = "config"

    def ready(self) -> None:
        if path := database_path():
            restrict_database_files(path)
        if "postgresql" in settings.DATABASES["default"]["ENGINE"]:
            # A little longer than the server's own limit, which has the better error message.
            limit_waiting_for_postgresql(settings.STATEMENT_TIMEOUT + 0.2 if settings.STATEMENT_TIMEOUT else None)
