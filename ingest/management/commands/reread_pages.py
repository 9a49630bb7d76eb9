"""`manage.py reread_pages [--apply]`: read stored pages again after the readers have improved."""

from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.core.management.base import CommandError
from django.db import DatabaseError, transaction

from ingest.loading.load import LoadResult, reread_pages
from ingest.loading.pauses import WriterPauses
from ingest.loading.propagation import propagate
from ingest.loading.read import Change
from ingest.management.terminal import LongCommand, ProgressBar, check_database, printable, write_line
from ingest.models import Page

PAGES_AT_ONCE = 100


class Command(LongCommand):
    help = (
        "Read stored pages again and report what differs from what is stored; --apply stores it. "
        "A page that can no longer be read stays as it is stored."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--apply", action="store_true", help="store what differs")
        parser.add_argument("--layout", default="", help="only pages of this layout: pipe, run-together or guide")

    def handle(self, *args: Any, **options: Any) -> None:
        check_database()
        pages = Page.objects.filter(citation__isnull=False).order_by("pk")
        if options["layout"]:
            pages = pages.filter(layout=options["layout"])
        keys = list(pages.values_list("pk", flat=True))
        progress = ProgressBar(self.stderr, len(keys))
        counts: Counter[str] = Counter()
        try:
            for result in reread_in_chunks(keys, progress, apply=options["apply"]):
                counts[result.status] += 1
                for line in format_result(result, options["verbosity"]):
                    progress.clear()
                    write_line(self.stdout, line)
            if options["apply"]:
                propagate()
        except DatabaseError as error:
            progress.clear()
            raise CommandError(f"The database failed: {error}. Run the same command again to continue.") from error
        progress.clear()
        summary = f"{counts['loaded']} differ, {counts['unchanged']} do not, {counts['refused']} can no longer be read."
        hint = "" if options["apply"] or not counts["loaded"] else " Nothing was stored: --apply does that."
        write_line(self.stdout, summary + hint)


def reread_in_chunks(keys: list[int], progress: ProgressBar, *, apply: bool) -> Iterator[LoadResult]:
    """Read the pages with these keys again, several in one transaction, which is rolled back without `apply`."""
    pauses = WriterPauses()
    for start in range(0, len(keys), PAGES_AT_ONCE):
        progress.show(start)
        chunk = Page.objects.defer("content").filter(pk__in=keys[start : start + PAGES_AT_ONCE]).order_by("pk")
        with transaction.atomic():
            results = reread_pages(chunk)
            if not apply:
                transaction.set_rollback(True)
        yield from results
        pauses.pause_if_due()


def format_result(result: LoadResult, verbosity: int) -> Iterator[str]:
    """A line for a page that reads differently now; with a verbosity of 2 a line for each value."""
    if result.status == "refused":
        yield f"refused    {printable(result.name)}: {printable(result.error or '')}"
    elif result.changes:
        yield f"differs    {printable(result.name)}: {len(result.changes)} value(s)"
        for change in result.changes if verbosity > 1 else ():
            yield f"{'':10} {printable(format_change(change))}"


def format_change(change: Change) -> str:
    """
    >>> format_change(Change("baker", "salary.annual_average", None, 31200))
    'baker salary.annual_average: not there -> 31200'
    """
    before, after = ("not there" if value is None else str(value)[:80] for value in (change.before, change.after))
    return f"{change.role} {change.field}: {before} -> {after}"
