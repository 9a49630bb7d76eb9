from django.apps import AppConfig


class IngestConfig(AppConfig):
    """Page text becomes careers rows."""

    name = "ingest"
    verbose_name = "Pages and uploads"
