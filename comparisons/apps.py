from django.apps import AppConfig


class ComparisonsConfig(AppConfig):
    """Careers rows become pages."""

    name = "comparisons"
