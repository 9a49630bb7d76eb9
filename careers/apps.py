from django.apps import AppConfig


class CareersConfig(AppConfig):
    """What a role is: the tables, and nothing that reads pages or draws them."""

    name = "careers"
    verbose_name = "Roles and their facts"
