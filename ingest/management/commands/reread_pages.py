"""`manage.py reread_pages [--apply]`: read stored pages anew, after the readers learned more."""

from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, transaction

from ingest.loading import Change, LoadResult, propagate, reread_pages
from ingest.management.commands.load_pages import Progress, check_database, printable, write
from ingest.models import Page

PAGES_AT_ONCE = 100


class Command(BaseCommand):
    help = (
        "Read stored pages anew and tell what differs from what is stored; store nothing unless told to. "
        "A page that can no longer be read stays as it was read before."
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
        progress = Progress(self.stderr, len(keys))
        counts: Counter[str] = Counter()
        try:
            for changes in read_anew(keys, progress, apply=options["apply"]):
                counts[changes.status] += 1
                for line in lines_of(changes, options["verbosity"]):
                    progress.clear()
                    write(self.stdout, line)
            if options["apply"]:
                propagate()
        except DatabaseError as error:
            progress.clear()
            raise CommandError(f"The database failed: {error}. Run the same again to go on.") from error
        progress.clear()
        told = f"{counts['loaded']} differ, {counts['unchanged']} do not, {counts['refused']} can no longer be read."
        hint = "" if options["apply"] or not counts["loaded"] else " Nothing was stored: --apply does that."
        write(self.stdout, told + hint)


def read_anew(keys: list[int], progress: Progress, *, apply: bool) -> Iterator[LoadResult]:
    for start in range(0, len(keys), PAGES_AT_ONCE):
        progress.show(start)
        with transaction.atomic():
            some = reread_pages(
                Page.objects.defer("content").filter(pk__in=keys[start : start + PAGES_AT_ONCE]).order_by("pk")
            )
            if not apply:
                transaction.set_rollback(True)
        yield from some


def lines_of(changes: LoadResult, verbosity: int) -> Iterator[str]:
    if changes.status == "refused":
        yield f"refused    {printable(changes.name)}: {printable(changes.error or '')}"
    elif changes.changes:
        yield f"differs    {printable(changes.name)}: {len(changes.changes)} value(s)"
        for change in changes.changes if verbosity > 1 else ():
            yield f"{'':10} {printable(difference(change))}"


def difference(change: Change) -> str:
    """
    >>> difference(Change("baker", "salary.annual_average", None, 31200))
    'baker salary.annual_average: not there -> 31200'
    """
    before, after = ("not there" if each is None else str(each)[:80] for each in (change.before, change.after))
    return f"{change.role} {change.field}: {before} -> {after}"
