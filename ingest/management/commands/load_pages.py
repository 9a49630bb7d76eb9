"""`manage.py load_pages PATH…`: load files, folders and zip archives of pages."""

import json
import os
import sys
from argparse import ArgumentParser
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from django.core.management.base import BaseCommand, CommandError, OutputWrapper
from django.db import DatabaseError, connection, transaction

from careers.models import Revision
from ingest.documents.archives import File, find_files, read_files
from ingest.loading import PageReport, fetch_reports, load_pages, propagate
from ingest.loading.bounds import FIRST_CAPTURE, can_be_captured_on, fits, is_web_address
from ingest.models import Page
from ingest.parsing.cells import UnreadableError

ENDED_BY_KEY = 130  # the exit code of a command that was ended with Ctrl-C
LINES_AT_ONCE = 500


class Outcome(NamedTuple):
    """What became of one file: all that is kept of it until its line is written."""

    name: str
    status: str
    page: int | None = None
    changes: int = 0
    error: str | None = None


class Command(BaseCommand):
    help = (
        "Load role pages. A page loads whole or not at all, and one that was loaded before changes nothing. "
        "The exit code is 1 when a page was refused, else 0."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "paths",
            nargs="+",
            metavar="PATH",
            help="a page (.txt, .html), a table of figures (.csv, .xlsx), a folder or a .zip of them",
        )
        parser.add_argument("--dry-run", action="store_true", help="tell what would change and store nothing")
        parser.add_argument("--publisher", default="", help="whose pages these are, where a page does not say so")
        parser.add_argument("--url", default="", help="the address of the page, where it does not say so")
        parser.add_argument("--captured-on", metavar="YYYY-MM-DD", default="", help="the day the pages were saved")
        parser.add_argument("--licence", default="", help="the licence, where a page names none: CC BY 4.0")
        parser.add_argument("--licence-url", default="", help="the address of the licence")
        what = "pages of our own words, after which any other page comes"
        parser.add_argument("--sample", action="store_true", help=what)
        parser.add_argument("--json", action="store_true", help="write one JSON object for each page and line")

    def handle(self, *args: Any, **options: Any) -> None:
        entered = what_was_entered(options)
        check_database()
        files = list(find_files(Path(path) for path in options["paths"]))
        pages = [file for file in files if file.kind != "left out"]
        counts: Counter[str] = Counter()
        with transaction.atomic() if options["dry_run"] else nullcontext():
            outcomes, ended = load_files(pages, entered, Progress(self.stderr, len(pages)))
            # Written at the end, for a later page can settle what an earlier one left unclear.
            for outcome, stored in with_what_is_stored(outcomes):
                counts[outcome.status] += 1
                counts["warnings"] += len(stored.warnings) if stored else 0
                for line in lines_of(outcome, stored, options):
                    write(self.stdout, line)
            if options["dry_run"]:
                transaction.set_rollback(True)
        for line in summary(counts, files, ended=ended, dry_run=options["dry_run"]):
            write(self.stderr if options["json"] else self.stdout, line)
        if ended or counts["refused"]:
            sys.exit(ENDED_BY_KEY if ended else 1)


# -- before -----------------------------------------------------------------------------------


def what_was_entered(options: dict[str, Any]) -> dict[str, Any]:
    """The fields of a Page that a person enters; CommandError says what is wrong with them."""
    entered: dict[str, Any] = {name: " ".join(options[name].split()) for name in ("publisher", "licence")}
    for name, text in entered.items():
        if not fits(Page, name, text):
            raise CommandError(f"--{name} is longer than 120 characters, or holds some that cannot be stored.")
    for name in ("url", "licence_url"):
        entered[name] = url = options[name].strip()
        if url and not (is_web_address(url) and fits(Page, name, url)):
            option = name.replace("_", "-")
            raise CommandError(f"--{option} must be an address like https://example.org/page, not {printable(url)}.")
    day = options["captured_on"]
    try:
        captured_on = date.fromisoformat(day) if day else None
    except ValueError:
        raise CommandError(f"--captured-on must be a day like 2026-11-22, not {printable(day)}.") from None
    if captured_on and not can_be_captured_on(captured_on):
        raise CommandError(f"--captured-on cannot be {captured_on}: it must be between {FIRST_CAPTURE} and today.")
    return {**entered, "captured_on": captured_on, "sample": options["sample"]}


def check_database() -> None:
    """CommandError says what to do where the database is away, or is there and has no tables yet."""
    try:
        tables = connection.introspection.table_names()
    except DatabaseError as error:
        why = " ".join(str(error).split()).rstrip(".")  # PostgreSQL gives its reasons in several lines
        raise CommandError(f"The database cannot be reached: {why}. Start it, or check DATABASE_URL.") from error
    if Revision._meta.db_table not in tables:
        raise CommandError("The database is not ready: it has no tables yet. `manage.py migrate` prepares it.")


class Progress:
    """A bar on a terminal, nothing elsewhere: [####······] 40/100"""

    def __init__(self, stream: OutputWrapper, total: int) -> None:
        self.stream, self.total, self.shown = stream, total, ""

    def show(self, done: int) -> None:
        width = 40 * done // max(1, self.total)
        bar = f"\r[{'#' * width}{'·' * (40 - width)}] {done}/{self.total}"
        if bar != self.shown and self.stream.isatty():
            self.shown = bar
            write(self.stream, bar, ending="")

    def clear(self) -> None:
        if self.shown:
            write(self.stream, f"\r{' ' * len(self.shown)}\r", ending="")


# -- loading ----------------------------------------------------------------------------------


def load_files(files: Sequence[File], entered: dict[str, Any], progress: Progress) -> tuple[list[Outcome], bool]:
    """What became of each file, in their order, and whether a person ended it before the last."""
    outcomes: dict[int, Outcome] = {}
    waiting: deque[int] = deque()  # the places of the pages that were handed over and not yet loaded

    def pages() -> Iterator[Page]:
        for place, (file, content) in enumerate(read_files(files)):
            progress.show(place)
            if isinstance(content, UnreadableError):
                outcomes[place] = Outcome(file.name, "refused", error=str(content))
            else:
                waiting.append(place)
                yield Page(name=file.name.rpartition("/")[2], content=content, **entered)

    ended = False
    try:
        for loaded in load_pages(pages()):
            place = waiting.popleft()
            name = files[place].name
            outcomes[place] = Outcome(name, loaded.status, loaded.page, len(loaded.changes), loaded.error)
        settled = propagate()
    except KeyboardInterrupt:
        ended, settled = True, {}  # the next load settles what these pages left
    except DatabaseError as error:
        progress.clear()
        kept = sum(outcome.status == "loaded" for outcome in outcomes.values())
        raise CommandError(
            f"The database failed: {error}. The {kept} pages loaded before that stay; run the same again to go on."
        ) from error
    progress.clear()
    found = [outcomes[place] for place in sorted(outcomes)]
    return [_with_later_changes(outcome, len(settled.get(outcome.page or 0, ()))) for outcome in found], ended


def _with_later_changes(outcome: Outcome, later: int) -> Outcome:
    return outcome._replace(status="loaded", changes=outcome.changes + later) if later else outcome


def with_what_is_stored(outcomes: Sequence[Outcome]) -> Iterator[tuple[Outcome, PageReport | None]]:
    for start in range(0, len(outcomes), LINES_AT_ONCE):
        some = outcomes[start : start + LINES_AT_ONCE]
        stored = fetch_reports({outcome.page for outcome in some if outcome.page is not None})
        for outcome in some:
            yield outcome, stored.get(outcome.page or 0)


# -- telling ----------------------------------------------------------------------------------


def lines_of(outcome: Outcome, stored: PageReport | None, options: dict[str, Any]) -> Iterator[str]:
    if options["json"]:
        yield json.dumps(as_json(outcome, stored))
        return
    status = "would load" if outcome.status == "loaded" and options["dry_run"] else outcome.status
    yield f"{status:<10} {printable(outcome.name)}: {_in_short(outcome, stored)}"
    if stored and options["verbosity"] > 1:
        for warning in stored.warnings:
            yield f"{'':10} line {warning['line']}: {printable(warning['message'])}"


def _in_short(outcome: Outcome, stored: PageReport | None) -> str:
    if stored is None:
        return printable(outcome.error or "")
    unclear = len({each["raw"] for each in stored.ambiguous})
    parts = [
        _named(stored.roles) or "no role",
        _number(outcome.changes, "change"),
        _number(len(stored.warnings), "warning"),
        _number(unclear, "unclear value"),
    ]
    return "; ".join(part for part in parts if not part.startswith("0 "))


def _named(roles: Sequence[str]) -> str:
    """
    >>> _named(["baker", "cook"]), _named(["a", "b", "c", "d", "e", "f"])
    ('baker, cook', 'a, b, c and 3 more')
    """
    return ", ".join(roles) if len(roles) <= 4 else f"{', '.join(roles[:3])} and {len(roles) - 3:,} more"


def as_json(outcome: Outcome, stored: PageReport | None) -> dict[str, Any]:
    """The line of one page for programs; its keys are a promise."""
    keys = {"warnings": ("code", "line", "message"), "ambiguous": ("field", "role", "raw", "candidates")}
    return {
        "file": outcome.name.encode("utf-8", "backslashreplace").decode(),
        "status": outcome.status,
        "layout": stored.layout if stored else None,
        "roles": list(stored.roles) if stored else [],
        "changes": outcome.changes,
        "warnings": _only(stored.warnings, keys["warnings"]) if stored else [],
        "ambiguous": _only(stored.ambiguous, keys["ambiguous"]) if stored else [],
        "unread": _only(stored.unread, ("line", "text")) if stored else [],
        "error": outcome.error,
    }


def _only(entries: Sequence[dict[str, Any]], keys: Sequence[str]) -> list[dict[str, Any]]:
    return [{key: entry[key] for key in keys} for entry in entries]


def summary(counts: Counter[str], files: Sequence[File], *, ended: bool, dry_run: bool) -> Iterator[str]:
    left_out = [printable(file.name) for file in files if file.kind == "left out"]
    if left_out:
        more = f" and {len(left_out) - 3} more" if len(left_out) > 3 else ""
        yield f"Left out, being no pages: {', '.join(left_out[:3])}{more}."
    if ended:
        yield "Ended before the last page. " + ("" if dry_run else "What was loaded stays; the same again goes on.")
    if not counts.total():
        yield "No pages were found."
        return
    parts = [f"{counts[status]} {status}" for status in ("loaded", "unchanged", "refused")]
    yield f"{', '.join(parts)}; {_number(counts['warnings'], 'warning')}." + (
        " A dry run: nothing was stored." if dry_run else ""
    )


def _number(count: int, noun: str) -> str:
    """
    >>> _number(1, "page"), _number(2, "page")
    ('1 page', '2 pages')
    """
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def printable(text: str) -> str:
    """A name or a sentence as it can be shown: what steers a terminal, or is half a character, is spelled out.

    >>> print(printable("a\\x1b[2Jb\\udcff"))
    a\\x1b[2Jb\\udcff
    """
    return "".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in text)


def write(stream: OutputWrapper, text: str, ending: str = "\n") -> None:
    """Write without colour; where the terminal lacks a character, spell it out.

    Whoever reads the lines may go before the last one: the pages are stored all the same.
    """
    encoding = getattr(stream, "encoding", None) or "utf-8"
    try:
        stream.write(text.encode(encoding, "backslashreplace").decode(encoding), style_func=str, ending=ending)
        stream.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
