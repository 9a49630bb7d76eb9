from django.apps import AppConfig
from django.conf import settings

from config.outages import limit_waiting_for_postgresql


class ConfigConfig(AppConfig):
    """Settings, headers, outages, and the command that prepares a start."""

    name = "config"

    def ready(self) -> None:
        if settings.STATEMENT_TIMEOUT and "postgresql" in settings.DATABASES["default"]["ENGINE"]:
            # A little more than the server's own limit, whose message says more.
            limit_waiting_for_postgresql(settings.STATEMENT_TIMEOUT + 0.3)
