#!/usr/bin/env python
"""Django's command line, with a plain sentence where a setting is wrong or a person presses Ctrl+C."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(f"Not started: {error}")
    except KeyboardInterrupt:
        sys.stderr.write("Interrupted. Nothing of the step that was begun stays; run the same command again.\n")
        sys.exit(130)


if __name__ == "__main__":
    main()
