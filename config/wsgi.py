"""What the application server loads."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("STATEMENT_TIMEOUT", "1.5")  # a page that takes longer is better answered with "in a moment"

try:
    application = get_wsgi_application()
except ImproperlyConfigured as error:
    sys.exit(f"Not started: {error}")
