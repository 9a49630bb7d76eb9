"""What the commands share: their priority, the check of the database, lines for every terminal, a progress bar."""

import os
import sys

from django.core.management.base import BaseCommand, CommandError, OutputWrapper
from django.db import DatabaseError, connection

from careers.models import Revision
from ingest.loading.load import find_outdated_pages
from ingest.plurals import count_of

# Where the processor is short, readers get three times as much of it. With less still, other writers would wait long
# for a transaction to end.
NICENESS = 5


class LongCommand(BaseCommand):
    """A command that works for long beside the site. Started from a shell, it lets readers go first."""

    def run_from_argv(self, argv: list[str]) -> None:
        if hasattr(os, "nice"):  # not on Windows
            os.nice(NICENESS)
        super().run_from_argv(argv)


def check_connection() -> None:
    """Raise a CommandError that says what to do if the database cannot be reached, or cannot hold every character."""
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        reason = str(error).partition("\n")[0]  # PostgreSQL asks in further lines whether the server is running
        advice = "Start it, or check DATABASE_URL."
        if connection.vendor == "sqlite":
            advice = "Check DATABASE_URL, and whether its folder can be written to and has room."
        raise CommandError(f"The database cannot be reached: {reason.rstrip('.')}. {advice}") from error
    if connection.vendor == "postgresql":
        encoding = connection.connection.get_parameter_status("server_encoding")
        if encoding != "UTF8":
            raise CommandError(
                f"The database has the encoding {encoding}, which does not hold every character of a page. "
                "Make one with UTF8: createdb --encoding=UTF8 --template=template0 NAME"
            )


def describe_failure(error: DatabaseError) -> str:
    """What the database says, in one line: PostgreSQL adds others."""
    return " ".join(str(error).split()).rstrip(".")


def check_database() -> None:
    """Raise a CommandError that says what to do if the database cannot be reached or has no tables yet."""
    check_connection()
    if Revision._meta.db_table not in connection.introspection.table_names():
        raise CommandError("The database is not ready: it has no tables yet. `manage.py migrate` prepares it.")


def describe_outdated_pages() -> str:
    """What to do about stored pages that an earlier version read; "" if there are none."""
    outdated = find_outdated_pages().count()
    if not outdated:
        return ""
    verb = "was" if outdated == 1 else "were"
    return (
        f"{count_of(outdated, 'stored page')} {verb} read by an earlier version; this one may read more in them. "
        "To see what differs: manage.py reread_pages. To store it: manage.py reread_pages --apply"
    )


def make_printable(text: str) -> str:
    """A text in which control characters and broken characters are spelled out, so that it cannot steer a terminal.

    >>> print(make_printable("a\\x1b[2Jb\\udcff"))
    a\\x1b[2Jb\\udcff
    """
    return "".join(character if character.isprintable() else repr(character)[1:-1] for character in text)


def write_line(stream: OutputWrapper, text: str, ending: str = "\n") -> None:
    """Write without color, and spell out characters that the terminal lacks.

    The reader of the lines may stop reading before the last one: the pages are stored all the same.
    """
    encoding = getattr(stream, "encoding", None) or "utf-8"
    try:
        stream.write(text.encode(encoding, "backslashreplace").decode(encoding), style_func=str, ending=ending)
        stream.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class ProgressBar:
    """A progress bar, only on a terminal: [####······] 40/100

    It grows with `weight`, such as the bytes that are done of `total_weight`, because one file can take as long as a
    thousand others; the numbers behind it count files.
    """

    def __init__(self, stream: OutputWrapper, total: int, total_weight: int = 0) -> None:
        self.stream, self.total, self.shown = stream, total, ""
        self.total_weight = total_weight or total

    def show(self, done: int, weight: int | None = None) -> None:
        width = 40 * (done if weight is None else weight) // max(1, self.total_weight)
        bar = f"\r[{'#' * width}{'·' * (40 - width)}] {done}/{self.total}"
        if bar != self.shown and self.stream.isatty():
            self.shown = bar
            write_line(self.stream, bar, ending="")

    def clear(self) -> None:
        if self.shown:
            write_line(self.stream, f"\r{' ' * len(self.shown)}\r", ending="")
