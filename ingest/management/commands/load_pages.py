"""`manage.py load_pages PATH…`: load files, folders and zip archives of pages."""

import json
import sys
from argparse import ArgumentParser
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.db import DatabaseError, connection

from careers.bulk import split_into_chunks
from ingest.documents.archives import File, find_files, read_files, size_of
from ingest.forms import SourceForm
from ingest.loading.load import PageReport, fetch_reports, load_pages
from ingest.loading.propagation import ChangedPages, propagate
from ingest.management.terminal import (
    LongCommand,
    ProgressBar,
    check_database,
    describe_failure,
    make_printable,
    write_line,
)
from ingest.management.trial_database import trial_database
from ingest.models import Page
from ingest.parsing.cells import UnreadableError
from ingest.plurals import count_of, list_first_three

INTERRUPTED = 130  # the exit code after Ctrl-C
REPORTS_AT_ONCE = 500
NOTHING_STORED = "Nothing was stored; run the same command again."


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """What loading did with one file, until its line is written."""

    name: str
    status: str
    page: int | None = None
    changes: int = 0
    error: str | None = None
    lacks_occupations: bool = False


class Command(LongCommand):
    help = (
        "Load role pages. A page is loaded as a whole or not at all; a page that was loaded before changes nothing. "
        "The exit code is 1 when a page was refused, else 0."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "paths",
            nargs="+",
            metavar="PATH",
            help="a page (.txt, .html), a table of figures (.csv, .xlsx), a folder or a .zip of them",
        )
        parser.add_argument("--dry-run", action="store_true", help="report what would change and store nothing")
        parser.add_argument("--publisher", default="", help="whose pages these are, where a page does not say so")
        parser.add_argument("--url", default="", help="the address of the page, where it does not say so")
        parser.add_argument("--captured-on", metavar="YYYY-MM-DD", default="", help="the day the pages were saved")
        parser.add_argument("--licence", default="", help="the license, where a page names none: CC BY 4.0")
        parser.add_argument("--licence-url", default="", help="the address of the license")
        parser.add_argument("--sample", action="store_true", help="sample pages: any other page takes precedence")
        parser.add_argument("--json", action="store_true", help="write one JSON object for each page, one per line")

    def handle(self, *args: Any, **options: Any) -> None:
        entered = read_source_options(options)
        check_database()
        files = list(find_files(map(Path, options["paths"])))
        pages = [file for file in files if file.kind in ("page", "refused")]
        progress = ProgressBar(self.stderr, len(pages), sum(map(size_of, pages)))
        with trial_database() if options["dry_run"] else nullcontext():
            outcomes, interrupted = load_files(pages, entered, progress)
            skipped = [FileOutcome(file.name, "skipped", error=file.error) for file in files if file.kind == "skipped"]
            counts = self.write_outcomes([*outcomes, *skipped], options)
        for line in summarize(counts, files, interrupted=interrupted, dry_run=options["dry_run"]):
            write_line(self.stderr if options["json"] else self.stdout, line)
        if interrupted:
            sys.exit(INTERRUPTED)
        if counts["refused"]:
            sys.exit(1)

    def write_outcomes(self, outcomes: Sequence[FileOutcome], options: dict[str, Any]) -> Counter[str]:
        """Write the lines of each file; returns how many files have each status, and how many warnings there are.

        They are written at the end of the run, because a later page can resolve what an earlier one left unclear.
        """
        counts: Counter[str] = Counter()
        for outcome, report in with_reports(outcomes):
            counts[outcome.status] += 1
            counts["warnings"] += len(_list_warnings(report)) if report else 0
            for line in format_outcome(outcome, report, options):
                write_line(self.stdout, line)
        return counts


def read_source_options(options: dict[str, Any]) -> dict[str, Any]:
    """The fields of a Page that a person enters, as on the upload form. Raises CommandError for a wrong value."""
    form = SourceForm({name: options[name] for name in SourceForm.base_fields})
    for name, errors in form.errors.items():
        raise CommandError(f"--{name.replace('_', '-')} {make_printable(options[name])}: {' '.join(map(str, errors))}")
    return {**form.source, "sample": options["sample"]}


# -- loading ----------------------------------------------------------------------------------


def load_files(files: Sequence[File], entered: dict[str, Any], progress: ProgressBar) -> tuple[list[FileOutcome], bool]:
    """What loading did with each file, in their order, and whether a person interrupted it before the last."""
    outcomes: dict[int, FileOutcome] = {}
    interrupted = False
    try:
        for position, outcome in _load_at(range(len(files)), files, entered, progress):
            outcomes[position] = outcome
        # A table that only adds to occupations can come before the table that brings them.
        too_early = sorted(position for position, outcome in outcomes.items() if outcome.lacks_occupations)
        if any(outcome.status == "loaded" for outcome in outcomes.values()):
            outcomes |= dict(_load_at(too_early, files, entered, progress))
        later_changes = propagate()
    except KeyboardInterrupt:
        interrupted, later_changes = True, {}  # the next load propagates what these pages say
    except DatabaseError as error:
        progress.clear()
        loaded = sum(outcome.status == "loaded" for outcome in outcomes.values())
        stays = f"{count_of(loaded, 'page')} loaded before that stay; run the same command again to continue."
        what_stays = NOTHING_STORED if is_one_step() else stays
        raise CommandError(f"The database failed: {describe_failure(error)}. {what_stays}") from error
    progress.clear()
    return [_with_later_changes(outcomes[position], later_changes) for position in sorted(outcomes)], interrupted


def is_one_step() -> bool:
    """Whether all pages are loaded in one transaction, as by `prepare` and in a dry run: all stay, or none."""
    return connection.in_atomic_block


def _with_later_changes(outcome: FileOutcome, later_changes: ChangedPages) -> FileOutcome:
    later = later_changes.get(outcome.page or 0)
    return replace(outcome, status="loaded", changes=outcome.changes + len(later)) if later else outcome


def _load_at(
    positions: Sequence[int], files: Sequence[File], entered: dict[str, Any], progress: ProgressBar
) -> Iterator[tuple[int, FileOutcome]]:
    """What loading did with the files at these positions; those that cannot be opened come last."""
    unreadable: dict[int, FileOutcome] = {}
    bytes_before = list(accumulate(map(size_of, files), initial=0))
    waiting: deque[int] = deque()  # positions of the pages that were handed to load_pages and are not loaded yet

    def read_pages() -> Iterator[Page]:
        for position, (file, content) in zip(positions, read_files([files[at] for at in positions]), strict=True):
            progress.show(position, bytes_before[position])
            if isinstance(content, UnreadableError):
                unreadable[position] = FileOutcome(file.name, "refused", error=str(content))
            else:
                waiting.append(position)
                yield Page(name=file.name.rpartition("/")[2], content=content, **entered)

    for result in load_pages(read_pages()):
        position = waiting.popleft()
        name, changes = files[position].name, len(result.changes)
        outcome = FileOutcome(name, result.status, result.page, changes, result.error, result.lacks_occupations)
        yield position, outcome
    yield from unreadable.items()


def with_reports(outcomes: Sequence[FileOutcome]) -> Iterator[tuple[FileOutcome, PageReport | None]]:
    """Each outcome with what is stored about its page, None for a refused one."""
    for chunk in split_into_chunks(outcomes, REPORTS_AT_ONCE):
        reports = fetch_reports({outcome.page for outcome in chunk if outcome.page is not None})
        for outcome in chunk:
            yield outcome, reports.get(outcome.page or 0)


# -- reporting --------------------------------------------------------------------------------


def format_outcome(outcome: FileOutcome, report: PageReport | None, options: dict[str, Any]) -> Iterator[str]:
    """The lines of one file: one JSON object, or a sentence and with `-v 2` each warning."""
    if options["json"]:
        yield json.dumps(as_json(outcome, report))
        return
    status = "would load" if outcome.status == "loaded" and options["dry_run"] else outcome.status
    yield f"{status:<10} {make_printable(outcome.name)}: {_describe(outcome, report)}"
    if report and options["verbosity"] > 1:
        for warning in _list_warnings(report):
            yield f"{'':10} line {warning['line']}: {make_printable(warning['message'])}"


def _describe(outcome: FileOutcome, report: PageReport | None) -> str:
    if report is None:
        return make_printable(outcome.error or "")
    unclear = {value["raw"] for value in report.ambiguous}
    parts = [
        _list_roles(report.roles) or "no role",
        count_of(outcome.changes, "change"),
        count_of(len(_list_warnings(report)), "warning"),
        count_of(len(unclear), "unclear value"),
    ]
    return "; ".join(part for part in parts if not part.startswith("0 "))


def _list_roles(slugs: Sequence[str]) -> str:
    """
    >>> _list_roles(["baker", "cook"]), _list_roles(["a", "b", "c", "d", "e", "f"])
    ('baker, cook', 'a, b, c and 3 more')
    """
    if len(slugs) <= 4:
        return ", ".join(slugs)
    return f"{', '.join(slugs[:3])} and {len(slugs) - 3:,} more"


def as_json(outcome: FileOutcome, report: PageReport | None) -> dict[str, Any]:
    """One file as JSON for programs, which rely on these keys."""
    report = report or PageReport(layout="", roles=(), warnings=[], ambiguous=[], unread=[])
    return {
        "file": outcome.name.encode("utf-8", "backslashreplace").decode(),
        "status": outcome.status,
        "layout": report.layout or None,
        "roles": list(report.roles),
        "changes": outcome.changes,
        "warnings": _list_warnings(report),
        "ambiguous": _pick(report.ambiguous, ("field", "role", "raw", "candidates")),
        "unread": _pick(report.unread, ("line", "text")),
        "error": outcome.error,
    }


def _list_warnings(report: PageReport) -> list[dict[str, Any]]:
    """The warnings of a page, each once. One that concerns several values is stored for each of them."""
    warnings = _pick(report.warnings, ("code", "line", "message"))
    return [warning for place, warning in enumerate(warnings) if place == 0 or warning != warnings[place - 1]]


def _pick(entries: Sequence[dict[str, Any]], keys: Sequence[str]) -> list[dict[str, Any]]:
    return [{key: entry[key] for key in keys} for entry in entries]


def summarize(counts: Counter[str], files: Sequence[File], *, interrupted: bool, dry_run: bool) -> Iterator[str]:
    """The last lines of the output: what was left out, and the counts by status."""
    left_out = [make_printable(file.name) for file in files if file.kind == "left out"]
    if left_out:
        yield f"Left out because they are not pages: {list_first_three(left_out)}."
    if interrupted:
        hint = "" if dry_run else " The pages loaded so far stay; run the same command again to continue."
        if is_one_step():
            hint = f" {NOTHING_STORED}"
        yield f"Interrupted before the last page.{hint}"
    if not counts.total():
        yield "No pages were found."
        return
    statuses = ["loaded", "unchanged", "refused"]
    if counts["skipped"]:
        statuses.append("skipped")
    numbers = ", ".join(f"{counts[status]} {status}" for status in statuses)
    hint = " A dry run: nothing was stored." if dry_run else ""
    yield f"{numbers}; {count_of(counts['warnings'], 'warning')}.{hint}"
