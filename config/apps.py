from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Settings, headers and the command that prepares a start."""

    name = "config"
