"""`manage.py compile_occupations FOLDER`: publishers' tables -> the facts that ship with Rolewise."""

import tomllib
from argparse import ArgumentParser
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path, PurePath
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from careers.vocabulary import ADDED_GROUPS, ALL_JOBS
from ingest.documents.archives import find_files, read_files
from ingest.documents.document import Document, read_document
from ingest.documents.source_notes import FILE_NAME, write_toml
from ingest.management.compiled_files import (
    GROUPS_TO_WRITE,
    CompiledFile,
    SourceFile,
    describe_file,
    list_files,
    list_groups,
    merge_files,
    soc_code,
    write_facts,
)
from ingest.management.terminal import make_printable, write_line
from ingest.parsing.cells import UnreadableError
from ingest.parsing.parse_page import parse_page
from ingest.parsing.parsed_page import ParsedPage
from ingest.plurals import count_of
from ingest.sources.bls.bureau_tables import PUBLISHER
from ingest.sources.bls.census_groups import FILE as CENSUS_FILE
from ingest.sources.bls.census_groups import (
    describe_census_list,
    find_census_list,
    match_census_groups,
    read_census_list,
    write_census_matches,
)
from ingest.sources.bls.oews.wage_page import keep_earlier_year
from ingest.sources.crosswalks import FILE as ONET_FILE
from ingest.sources.crosswalks import describe_crosswalk, find_crosswalk, read_soc_crosswalk, write_crosswalk

TABLES = settings.BASE_DIR / "fixtures" / "tables"
TARGET = settings.BASE_DIR / "fixtures" / "occupations"
OWN_TITLES = "titles_rolewise"


class Command(BaseCommand):
    help = (
        "Read publishers' tables about official occupations, and write their facts to fixtures/occupations/: a .csv "
        "for each group or table, in the project's vocabulary, crosswalks between codes, and sources.toml, which says "
        "whose they are."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", help="the folder with the publishers' files, as downloaded")
        parser.add_argument("--to", default=str(TARGET), metavar="FOLDER", help="where to write (fixtures/occupations)")
        parser.add_argument(
            "--read-as",
            nargs=2,
            action="append",
            default=[],
            metavar=("FILE", "NAME"),
            help="read a file that does not say its release under a name that does, such as Skills.xlsx as "
            "'Skills (O*NET 30.1, December 2025).xlsx'; sources.toml remembers it",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        folder, target = Path(options["folder"]), Path(options["to"])
        if not folder.is_dir():
            raise CommandError(
                f"{make_printable(str(folder))} is not a folder. Name the one with the publishers' files."
            )
        try:
            self.compile(folder, target, read_names_to_read_under() | dict(options["read_as"]))
        except OSError as error:
            name = make_printable(str(error.filename or target))
            raise CommandError(
                f"{name}: {error.strerror or error}. What is in {make_printable(str(target))} may be incomplete; run "
                "the same command again."
            ) from error

    def compile(self, folder: Path, target: Path, names: Mapping[str, str]) -> None:
        """Write the files. `names`: of a file -> under which it is read."""
        national = [page for _, page in read_pages(read_documents(TABLES, {}))]
        occupations: set[str] = set()
        for page in national:
            occupations.update(map(soc_code, page.roles))
        target.mkdir(parents=True, exist_ok=True)
        # Crosswalks come first, because other tables are read with them.
        documents = list(read_documents(folder, names))
        notes = self.write_crosswalks(documents, target, occupations)
        newest = max((page.figures_of or date.min for page in national), default=date.min)
        files = self.choose_files(documents, newest)
        if not files:
            raise CommandError("No file of the folder is a table with facts of official occupations.")
        for file in files:
            notes += self.write_file(file, target, occupations)
        notes += read_notes_of_own_titles(target)
        (target / FILE_NAME).write_text("\n".join(notes), encoding="utf-8")

    def write_file(self, file: CompiledFile, target: Path, occupations: Collection[str]) -> list[str]:
        """Write a file for these occupations. Return what sources.toml says about it."""
        roles = sorted((role for role in file.page.roles if role.soc_code in occupations), key=soc_code)
        (target / f"{file.stem}.csv").write_text(write_facts(file, roles), encoding="utf-8")
        counts = count_of(len(roles), "occupation")
        if file.page.area_prices:
            counts += f", {count_of(len(file.page.area_prices), 'state')}"
        if file.stem == ALL_JOBS:
            counts = count_of(len(file.page.all_jobs), "figure")
        write_line(self.stdout, f"{file.stem}.csv: {counts}")
        return [f"[{file.stem}]", *write_toml(describe_file(file, roles)), ""]

    def write_crosswalks(
        self, documents: Iterable[tuple[SourceFile, Document]], target: Path, occupations: Collection[str]
    ) -> list[str]:
        """Write the crosswalks among the documents. Return what sources.toml says about them."""
        notes: list[str] = []
        for source, document in documents:
            table = find_crosswalk(document)
            if table is not None and not notes:
                (target / ONET_FILE.name).write_text(write_crosswalk(table, occupations), encoding="utf-8")
                notes = [f"[{ONET_FILE.stem}]", *write_toml(describe_crosswalk(table)), ""]
                write_line(self.stdout, f"{make_printable(source.name)}: {ONET_FILE.stem}")
        return notes + self.write_census_crosswalk(documents, target, occupations)

    def write_census_crosswalk(
        self, documents: Iterable[tuple[SourceFile, Document]], target: Path, occupations: Collection[str]
    ) -> list[str]:
        """Write the crosswalk to the Census Bureau's list, which goes by the codes that an occupation consists of."""
        parts: dict[str, set[str]] = {code: set() for code in occupations}
        for part, code in read_soc_crosswalk().items():
            if code in parts:
                parts[code].add(part)
        for source, document in documents:
            sheet = find_census_list(document)
            if sheet is not None:
                matches = match_census_groups(parts, read_census_list(sheet))
                (target / CENSUS_FILE.name).write_text(write_census_matches(matches), encoding="utf-8")
                write_line(self.stdout, f"{make_printable(source.name)}: {CENSUS_FILE.stem}")
                return [f"[{CENSUS_FILE.stem}]", *write_toml(describe_census_list(sheet)), ""]
        return []

    def choose_files(self, documents: Iterable[tuple[SourceFile, Document]], newest: date) -> list[CompiledFile]:
        """The files to write: the best of several tables for one file, or all of them if every page counts.

        `newest`: the month of the national wage table that ships with Rolewise. Only the pay of earlier ones is
        written.
        """
        best: dict[str, CompiledFile] = {}
        for source, published in read_pages(documents):
            page = reduce_to_pay(published, newest)
            groups = list_groups(page)
            write_line(self.stdout, f"{make_printable(source.name)}: {', '.join(groups) or 'nothing to compile'}")
            for file in list_files(page, groups, source):
                if file.stem in best and file.groups[0] in ADDED_GROUPS:
                    best[file.stem] = merge_files(best[file.stem], file)
                elif file.stem not in best or file.precedence > best[file.stem].precedence:
                    best[file.stem] = file
        order = list(GROUPS_TO_WRITE)
        return sorted(best.values(), key=lambda file: (order.index(file.groups[0]), file.stem))


def reduce_to_pay(page: ParsedPage, newest: date) -> ParsedPage:
    """Only the pay of a national wage table that is older than the newest one; any other page unchanged."""
    is_national_wages = page.publisher == PUBLISHER and not page.joins_occupations
    if is_national_wages and page.figures_of and page.figures_of < newest:
        return keep_earlier_year(page)
    return page


def read_names_to_read_under() -> dict[str, str]:
    """Digest of a file that does not say its release itself -> the name under which an earlier run read it."""
    path = TARGET / FILE_NAME
    if not path.is_file():
        return {}
    notes = tomllib.loads(path.read_text(encoding="utf-8"))
    return {note["digest"]: note["read_as"] for note in notes.values() if "read_as" in note}


def read_notes_of_own_titles(folder: Path) -> list[str]:
    """What sources.toml says about everyday titles that we wrote: no publisher's table has them, so they stay."""
    path = folder / FILE_NAME
    stored = tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    notes = stored.get(OWN_TITLES)
    return [f"[{OWN_TITLES}]", *write_toml(notes), ""] if notes else []


def read_documents(folder: Path, names: Mapping[str, str]) -> Iterator[tuple[SourceFile, Document]]:
    """The files of a folder that can be read. `names`: name or digest of a file -> the name to read it under."""
    for file, content in read_files(file for file in find_files([folder]) if file.kind == "page"):
        if isinstance(content, UnreadableError):
            continue
        name, digest = PurePath(file.name).name, sha256(content).hexdigest()
        read_as = names.get(name) or names.get(digest) or ""
        try:
            yield SourceFile(file.name, digest, read_as), read_document(read_as or name, content)
        except UnreadableError:
            continue


def read_pages(documents: Iterable[tuple[SourceFile, Document]]) -> Iterator[tuple[SourceFile, ParsedPage]]:
    for source, document in documents:
        try:
            yield source, parse_page(document)
        except UnreadableError:
            continue
