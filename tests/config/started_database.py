"""Setting a database up as a start of the site does."""

from io import StringIO

from django.core.management import call_command


def prepare() -> str:
    """Runs the command and returns its output."""
    output = StringIO()
    call_command("prepare", stdout=output)
    return output.getvalue()
