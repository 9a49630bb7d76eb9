"""`manage.py reread_pages [--apply]`: read stored pages again after the readers have improved."""

from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from typing import Any

from django.core.management.base import CommandError
from django.db import DatabaseError

from careers.bulk import split_into_chunks
from ingest.loading.changes import Change
from ingest.loading.load import LoadResult, reread_pages
from ingest.loading.pauses import WriterPauses
from ingest.loading.propagation import propagate
from ingest.management import terminal
from ingest.management.trial_database import trial_database
from ingest.models import Page
from ingest.plurals import count_of

PAGES_AT_ONCE = 100


class Command(terminal.LongCommand):
    help = (
        "Read stored pages again and report what differs from what is stored; --apply stores it. "
        "A page that can no longer be read stays as it is stored."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--apply", action="store_true", help="store what differs")
        parser.add_argument("--layout", default="", help="only pages of this layout: pipe, run-together or guide")

    def handle(self, *args: Any, **options: Any) -> None:
        terminal.check_database()
        pages = Page.objects.filter(citation__isnull=False).order_by("pk")
        if options["layout"]:
            pages = pages.filter(layout=options["layout"])
        progress = terminal.ProgressBar(self.stderr, 0)
        counts: Counter[str] = Counter()
        try:
            layouts = dict(pages.values_list("pk", "layout"))
            progress = terminal.ProgressBar(self.stderr, len(layouts))
            with nullcontext() if options["apply"] else trial_database():
                for result in reread_in_chunks(list_chunks(layouts), progress):
                    counts[result.status] += 1
                    for line in format_result(result, options["verbosity"]):
                        progress.clear()
                        terminal.write_line(self.stdout, line)
                if options["apply"]:
                    propagate()
        except DatabaseError as error:
            progress.clear()
            reason = terminal.describe_failure(error)
            raise CommandError(f"The database failed: {reason}. Run the same command again to continue.") from error
        progress.clear()
        summary = f"{counts['loaded']} differ, {counts['unchanged']} do not, {counts['refused']} can no longer be read."
        hint = "" if options["apply"] or not counts["loaded"] else " Nothing was stored; add --apply to store it."
        terminal.write_line(self.stdout, summary + hint)


def list_chunks(layouts: Mapping[int, str]) -> list[Sequence[int]]:
    """The keys of the pages that one transaction reads again. `layouts`: of the pages by their keys.

    A table has the rows of all occupations and takes seconds, so it is alone: others who write wait no longer.

    >>> list_chunks({1: "pipe", 2: "guide", 3: "table", 4: "table"})
    [[1, 2], [3], [4]]
    """
    others = [key for key, layout in layouts.items() if layout != "table"]
    tables = [key for key, layout in layouts.items() if layout == "table"]
    return [*split_into_chunks(others, PAGES_AT_ONCE), *([key] for key in tables)]


def reread_in_chunks(chunks: Sequence[Sequence[int]], progress: terminal.ProgressBar) -> Iterator[LoadResult]:
    """Read the pages with these keys again, each chunk in one transaction."""
    pauses = WriterPauses()
    done = 0
    for keys in chunks:
        progress.show(done)
        yield from reread_pages(Page.objects.defer("content").filter(pk__in=keys).order_by("pk"))
        pauses.pause_if_due()
        done += len(keys)


def format_result(result: LoadResult, verbosity: int) -> Iterator[str]:
    """A line for a page that reads differently now; with a verbosity of 2 a line for each value."""
    if result.status == "refused":
        yield f"refused    {terminal.make_printable(result.name)}: {terminal.make_printable(result.error or '')}"
    elif result.changes:
        yield f"differs    {terminal.make_printable(result.name)}: {count_of(len(result.changes), 'value')}"
        for change in result.changes if verbosity > 1 else ():
            yield f"{'':10} {terminal.make_printable(format_change(change))}"


def format_change(change: Change) -> str:
    """
    >>> format_change(Change("baker", "salary.annual_average", None, 31200))
    'baker salary.annual_average: not there -> 31200'
    """
    before, after = ("not there" if value is None else str(value)[:80] for value in (change.before, change.after))
    return f"{change.role} {change.field}: {before} -> {after}"
