import gc

from django.apps import AppConfig
from django.conf import settings
from django.core.signals import request_started

from config.database_files import find_database_path, restrict_database_files
from config.outages import limit_waiting_for_postgresql, trust_quiet_connection


class ConfigConfig(AppConfig):
    """The project itself as an app, for the command `prepare` and for set-up at the start."""

    name = "config"

    def ready(self) -> None:
        # Pages and loads make thousands of small objects and hardly any reference cycles: collecting less often saves
        # 7 % of a comparison and as much of a load.
        gc.set_threshold(10_000, 10, 10)
        if path := find_database_path():
            restrict_database_files(path)
        if "postgresql" in settings.DATABASES["default"]["ENGINE"]:
            # A little longer than the server's own limit, which has the better error message.
            limit_waiting_for_postgresql(settings.STATEMENT_TIMEOUT + 0.2 if settings.STATEMENT_TIMEOUT else None)
            request_started.connect(trust_quiet_connection)  # after Django's own receiver, which asks for the check
