"""The entry point of the application server."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application


def set_default(name: str, value: str) -> None:
    """Set a variable that is not set, or empty."""
    os.environ[name] = os.environ.pop(name, "").strip() or value


set_default("DJANGO_SETTINGS_MODULE", "config.settings")
set_default("ACCESS_LOG", "on")
set_default("STATEMENT_TIMEOUT", "1.3")  # seconds; a slower page is answered with 503

try:
    application = get_wsgi_application()
except ImproperlyConfigured as error:
    sys.exit(f"Not started: {error}")
