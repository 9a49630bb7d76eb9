"""`manage.py compile_occupations FOLDER`: publishers' tables -> the facts that ship with Rolewise."""

import csv
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from careers.vocabulary import ENTRY_FIELDS, FIELDS
from ingest.documents.archives import find_files, read_files
from ingest.documents.document import read_document
from ingest.documents.source_notes import FILE_NAME, toml_lines
from ingest.management.terminal import count_of, printable, write_line
from ingest.parsing.cells import UnreadableError
from ingest.parsing.facts import Evidence, ParsedPage, RoleFacts
from ingest.parsing.parse_page import parse_page
from ingest.sources.compiled_facts import COLUMNS, GROUPS, YES

TABLES = settings.BASE_DIR / "fixtures" / "tables"
TARGET = settings.BASE_DIR / "fixtures" / "occupations"


class Command(BaseCommand):
    help = (
        "Read publishers' tables about official occupations, and write their facts to fixtures/occupations/: one .csv "
        "for each group, in the project's vocabulary, and sources.toml, which says whose they are."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", help="the folder with the publishers' files, as downloaded")
        parser.add_argument("--to", default=str(TARGET), metavar="FOLDER", help="where to write (fixtures/occupations)")

    def handle(self, *args: Any, **options: Any) -> None:
        folder, target = Path(options["folder"]), Path(options["to"])
        if not folder.is_dir():
            raise CommandError(f"{printable(str(folder))} is no folder. Name the one with the publishers' files.")
        codes = {role.soc_code for _, page in read_pages(TABLES) for role in page.roles}
        best: dict[str, ParsedPage] = {}
        for name, page in read_pages(folder):
            groups = [group for group in GROUPS if page.joins_occupations and count_values(page, group)]
            write_line(self.stdout, f"{printable(name)}: {', '.join(groups) or 'nothing for fixtures/occupations'}")
            for group in groups:
                if group not in best or precedence(page, group) > precedence(best[group], group):
                    best[group] = page
        if not best:
            raise CommandError("No file of the folder is a table with facts of official occupations.")
        target.mkdir(parents=True, exist_ok=True)
        notes: list[str] = []
        for group in [group for group in GROUPS if group in best]:
            roles = sorted((role for role in best[group].roles if role.soc_code in codes), key=soc_code)
            (target / f"{group}.csv").write_text(write_facts(group, roles), encoding="utf-8")
            notes += [f"[{group}]", *toml_lines(describe(group, best[group], roles)), ""]
            write_line(self.stdout, f"{group}.csv: {count_of(len(roles), 'occupation')}")
        (target / FILE_NAME).write_text("\n".join(notes), encoding="utf-8")


def read_pages(folder: Path) -> Iterator[tuple[str, ParsedPage]]:
    """The files of a folder that are of a known kind, each with its name."""
    for file, content in read_files(file for file in find_files([folder]) if file.kind == "page"):
        if isinstance(content, UnreadableError):
            continue
        try:
            yield file.name, parse_page(read_document(file.name.rpartition("/")[2], content))
        except UnreadableError:
            continue


def soc_code(role: RoleFacts) -> str:
    return role.soc_code or ""


def count_values(page: ParsedPage, group: str) -> int:
    """How many values of a group a page gives; of a list, how many entries."""
    if group in ENTRY_FIELDS:
        return sum(len(getattr(role, group)) for role in page.roles)
    return sum(getattr(getattr(role, group), name) is not None for role in page.roles for name in FIELDS[group])


def precedence(page: ParsedPage, group: str) -> tuple[date, int, bool]:
    """The larger one is compiled: the newest, then that with most values, then one that says its table's number."""
    is_numbered = any(evidence.sheet for evidence in first_evidence(page.roles, group).values())
    return (page.figures_of or date.min, count_values(page, group), is_numbered)


def first_evidence(roles: Iterable[RoleFacts], group: str) -> Mapping[str, Evidence]:
    """The evidence of the first value or entry of a group."""
    for role in roles:
        facts = getattr(role, group)
        for entry in facts if group in ENTRY_FIELDS else [facts]:
            if entry.evidence:
                evidence: Mapping[str, Evidence] = entry.evidence
                return evidence
    return {}


def write_facts(group: str, roles: list[RoleFacts]) -> str:
    """One row for each occupation, or for each entry of its list.

    `note`: the code of a doubt that the publisher raises about the whole row, or for each column of an entry without a
    figure why there is none, as `level:suppressed`.
    """
    file = StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["code", *COLUMNS[group], "note"])
    for role in roles:
        if group in ENTRY_FIELDS:
            writer.writerows(entry_row(role, group, entry) for entry in getattr(role, group))
            continue
        facts = getattr(role, group)
        doubts = [doubt for evidence in facts.evidence.values() for doubt in evidence.warnings]
        values = [getattr(facts, name) for name in FIELDS[group]]
        row = ["" if value is None else value for value in values]
        writer.writerow([role.soc_code, *row, doubts[0] if doubts else ""])
    return file.getvalue()


def entry_row(role: RoleFacts, group: str, entry: Any) -> list[Any]:
    notes = [f"{name}:{place.missing}" for name, place in entry.evidence.items() if place.missing]
    return [role.soc_code, *[cell_of(getattr(entry, name)) for name in ENTRY_FIELDS[group]], " ".join(notes)]


def cell_of(value: Any) -> Any:
    if isinstance(value, bool):
        return YES if value else ""
    return "" if value is None else value


def describe(group: str, page: ParsedPage, roles: list[RoleFacts]) -> dict[str, Any]:
    """What sources.toml says of the file of a group. Raises CommandError if a page does not say whose it is."""
    evidence = first_evidence(roles, group)
    title, figures_of = page.title or "", page.figures_of
    if figures_of is None:
        raise CommandError(f"Of when the figures of {title} are is not known.")
    table = next(iter(evidence.values())).sheet
    return {
        "publisher": page.publisher,
        "title": title,
        "release": page.release,
        "table": table,
        "figures_of": figures_of.isoformat(),
        "licence": page.licence or "",
        "licence_url": page.licence_url or "",
        "url": page.url or "",
        "columns": {name: evidence[name].column for name in COLUMNS[group] if name in evidence},
    }
