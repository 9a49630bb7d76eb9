"""`manage.py compile_occupations FOLDER`: publishers' tables -> the facts that ship with Rolewise."""

import csv
import tomllib
from argparse import ArgumentParser
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from hashlib import sha256
from io import StringIO
from pathlib import Path, PurePath
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from careers.vocabulary import (
    ADDED_GROUPS,
    AREA_PRICE_FIELDS,
    AREA_PRICES,
    ENTRY_FIELDS,
    FIELDS,
    KEY_OF,
    STORED_IN,
)
from ingest.documents.archives import find_files, read_files
from ingest.documents.document import Document, read_document
from ingest.documents.source_notes import FILE_NAME, toml_lines
from ingest.management.terminal import count_of, printable, write_line
from ingest.parsing.cells import UnreadableError, key_of
from ingest.parsing.facts import Evidence, ParsedPage, RoleFacts, TechnologyFact, TitleFact
from ingest.parsing.parse_page import parse_page
from ingest.sources import short_names
from ingest.sources.bls import oews
from ingest.sources.bls.bureau_tables import PUBLISHER
from ingest.sources.bls.census_groups import FILE as CENSUS_FILE
from ingest.sources.bls.census_groups import (
    describe_census_list,
    find_census_list,
    match_census_groups,
    read_census_list,
    write_census_matches,
)
from ingest.sources.compiled_facts import COLUMNS, GROUPS, MEAN, SEVERAL, WEIGHTED_MEAN, WIDER_GROUP, YES
from ingest.sources.crosswalks import CrosswalkKind, find_crosswalk, read_crosswalk, release_of, write_crosswalk

TABLES = settings.BASE_DIR / "fixtures" / "tables"
TARGET = settings.BASE_DIR / "fixtures" / "occupations"


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A publisher's file. `read_as`: the name under which it is read, if that is another one; it says the release."""

    name: str
    digest: str
    read_as: str = ""


@dataclass(frozen=True, slots=True)
class CompiledFile:
    """One file to write. `stem`: its name without the ending. `groups`: those of the page that it holds."""

    stem: str
    groups: tuple[str, ...]
    page: ParsedPage
    source: SourceFile

    @property
    def precedence(self) -> tuple[date, int, bool]:
        """The larger one is compiled: the newest, then that with most values, then one that says its table's number."""
        evidence = first_evidence(self.page.roles, self.groups[0])
        is_numbered = any(place.sheet for place in evidence.values())
        values = sum(count_values(self.page, group) for group in self.groups)
        return (self.page.figures_of or date.min, values, is_numbered)


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
            help="read a file that does not say its release under a name that does, as Skills.xlsx "
            "'Skills (O*NET 30.1, December 2025).xlsx'; sources.toml remembers it",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        folder, target = Path(options["folder"]), Path(options["to"])
        if not folder.is_dir():
            raise CommandError(f"{printable(str(folder))} is no folder. Name the one with the publishers' files.")
        names = known_names() | dict(options["read_as"])
        national = [page for _, page in read_pages(read_documents(TABLES, {}))]
        occupations = {role.soc_code or "" for page in national for role in page.roles}
        target.mkdir(parents=True, exist_ok=True)
        # Crosswalks come first: the other tables are read with them.
        documents = list(read_documents(folder, names))
        notes = self.write_crosswalks(documents, target, occupations)
        newest = max((page.figures_of or date.min for page in national), default=date.min)
        files = self.choose_files(documents, newest)
        if not files:
            raise CommandError("No file of the folder is a table with facts of official occupations.")
        for file in files:
            roles = sorted((role for role in file.page.roles if role.soc_code in occupations), key=soc_code)
            (target / f"{file.stem}.csv").write_text(write_facts(file, roles), encoding="utf-8")
            notes += [f"[{file.stem}]", *toml_lines(describe(file, roles)), ""]
            states = f", {count_of(len(file.page.area_prices), 'state')}" if file.page.area_prices else ""
            write_line(self.stdout, f"{file.stem}.csv: {count_of(len(roles), 'occupation')}{states}")
        (target / FILE_NAME).write_text("\n".join(notes), encoding="utf-8")

    def write_crosswalks(
        self, documents: Iterable[tuple[SourceFile, Document]], target: Path, occupations: Collection[str]
    ) -> list[str]:
        """Write the crosswalks among the documents; return what sources.toml says of them."""
        notes: list[str] = []
        written: set[str] = set()
        for source, document in documents:
            crosswalk = find_crosswalk(document)
            if crosswalk is None or crosswalk[0].name in written:
                continue
            kind, table = crosswalk
            written.add(kind.name)
            text = write_crosswalk(kind, table, occupations)
            (target / f"{kind.stem}.csv").write_text(text, encoding="utf-8")
            notes += [f"[{kind.stem}]", *toml_lines(describe_crosswalk(kind, release_of(table))), ""]
            write_line(self.stdout, f"{printable(source.name)}: {kind.stem}")
        return notes + self.write_census_crosswalk(documents, target, occupations)

    def write_census_crosswalk(
        self, documents: Iterable[tuple[SourceFile, Document]], target: Path, occupations: Collection[str]
    ) -> list[str]:
        """The same for the Census Bureau's list, to which occupations lead by the codes that they consist of."""
        parts: dict[str, set[str]] = {code: set() for code in occupations}
        for onet_code, code in read_crosswalk("onet").items():
            if code in parts:
                parts[code].add(onet_code.partition(".")[0])
        for source, document in documents:
            sheet = find_census_list(document)
            if sheet is not None:
                matches = match_census_groups(parts, read_census_list(sheet))
                (target / CENSUS_FILE.name).write_text(write_census_matches(matches), encoding="utf-8")
                write_line(self.stdout, f"{printable(source.name)}: {CENSUS_FILE.stem}")
                return [f"[{CENSUS_FILE.stem}]", *toml_lines(describe_census_list(sheet)), ""]
        return []

    def choose_files(self, documents: Iterable[tuple[SourceFile, Document]], newest: date) -> list[CompiledFile]:
        """The files to write. Of several tables for one file the best is taken, or all where each page counts.

        `newest`: the month of the national wage table that ships with Rolewise. Of earlier ones the pay is written.
        """
        best: dict[str, CompiledFile] = {}
        for source, page in read_pages(documents):
            if page.publisher == PUBLISHER and not page.joins_occupations and page.figures_of:
                page = oews.earlier_year(page) if page.figures_of < newest else page
            groups = tuple(group for group in GROUPS_TO_WRITE if page.joins_occupations and count_values(page, group))
            if page.area_prices:
                groups = (*groups, AREA_PRICES)
            write_line(self.stdout, f"{printable(source.name)}: {', '.join(groups) or 'nothing to compile'}")
            for file in files_of(page, groups, source):
                if file.stem in best and file.groups[0] in ADDED_GROUPS:
                    best[file.stem] = merge_files(best[file.stem], file)
                elif file.stem not in best or file.precedence > best[file.stem].precedence:
                    best[file.stem] = file
        order = list(GROUPS_TO_WRITE)
        return sorted(best.values(), key=lambda file: (order.index(file.groups[0]), file.stem))


# A file of its own is for some of them alone: the others stand in files of several groups.
GROUPS_TO_WRITE = (*GROUPS, *(group for group in FIELDS if group not in GROUPS), AREA_PRICES)


def files_of(page: ParsedPage, groups: Sequence[str], source: SourceFile) -> list[CompiledFile]:
    if page.compiled_as and groups:
        return [CompiledFile(page.compiled_as, tuple(groups), page, source)]
    return [CompiledFile(stem_of(group, page), (group,), page, source) for group in groups if group in COLUMNS]


def stem_of(group: str, page: ParsedPage) -> str:
    """Titles have a file for each list that gives them: titles_onet, titles_soc, titles_bls."""
    if group != "titles":
        return group
    sources = [title.source for role in page.roles for title in role.titles]
    return f"{group}_{sources[0].partition('-')[0]}"


def merge_files(first: CompiledFile, second: CompiledFile) -> CompiledFile:
    """One file of the titles of two pages of one release. A title that both have stands in it once.

    The one with titles of its own kind, as `onet-title`, takes precedence.
    """
    [group] = first.groups
    titles: dict[str, dict[str, TitleFact]] = {}
    by_kind = sorted((first.page, second.page), key=lambda page: -len(page.roles[0].titles[0].source))
    for page in by_kind:
        for role in page.roles:
            listed = titles.setdefault(soc_code(role), {})
            for title in role.titles:
                listed.setdefault(key_of(title.title), title)
    roles = []
    for code, listed in titles.items():
        roles.append(RoleFacts(title=code, titled_by="table", soc_code=code, titles=tuple(listed.values())))
    names = [file.page.title or "" for file in (first, second)]
    newest = max(first, second, key=lambda file: file.page.figures_of or date.min)
    joined_title = names[0] if names[1] in names[0] else f"{names[0]}, {names[1].rpartition(': ')[2]}"
    page = replace(newest.page, roles=tuple(roles), title=joined_title)
    return CompiledFile(first.stem, (group,), page, newest.source)


def known_names() -> dict[str, str]:
    """Digest of a file that does not say its release itself -> the name under which an earlier run read it."""
    path = TARGET / FILE_NAME
    if not path.is_file():
        return {}
    notes = tomllib.loads(path.read_text(encoding="utf-8"))
    return {note["digest"]: note["read_as"] for note in notes.values() if "read_as" in note}


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
    """The documents that are of a known kind."""
    for source, document in documents:
        try:
            yield source, parse_page(document)
        except UnreadableError:
            continue


def soc_code(role: RoleFacts) -> str:
    return role.soc_code or ""


def count_values(page: ParsedPage, group: str) -> int:
    """How many values of a group a page gives; of a list, how many entries."""
    if group == AREA_PRICES:
        return len(page.area_prices)
    if group in ENTRY_FIELDS:
        return sum(len(getattr(role, group)) for role in page.roles)
    return sum(getattr(getattr(role, group), name) is not None for role in page.roles for name in FIELDS[group])


def first_evidence(roles: Iterable[RoleFacts], group: str) -> Mapping[str, Evidence]:
    """The evidence of the first value or entry of a group."""
    for role in roles if group != AREA_PRICES else ():
        facts = getattr(role, group)
        for entry in facts if group in ENTRY_FIELDS else [facts]:
            if entry.evidence:
                evidence: Mapping[str, Evidence] = entry.evidence
                return evidence
    return {}


def write_facts(file: CompiledFile, roles: Sequence[RoleFacts]) -> str:
    """One row for each occupation, or for each entry of its list.

    `note`: the code of a doubt that the publisher raises about the whole row, or for each column of an entry without a
    figure why there is none and what stands there, as `level:suppressed:2.12`.
    """
    [group, *others] = file.groups
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    if group == AREA_PRICES:
        writer.writerow(AREA_PRICE_FIELDS)
        writer.writerows([[getattr(price, name) for name in AREA_PRICE_FIELDS] for price in file.page.area_prices])
        return text.getvalue()
    if file.stem == short_names.STEM:
        writer.writerow(["code", *short_names.COLUMNS])
        writer.writerows([role.soc_code, *(title.title for title in role.titles)] for role in roles)
        return text.getvalue()
    columns = several_columns(file.groups, roles) if others else COLUMNS[group]
    keys = columns if others else [KEY_OF.get((group, name), "") for name in columns]
    wider_groups = {role.key: wider_group(role, file.groups) for role in roles if group not in ENTRY_FIELDS}
    wider_column = [WIDER_GROUP] if any(wider_groups.values()) else []
    writer.writerow(["code", *columns, *wider_column, "note"])
    for role in roles:
        if group in ENTRY_FIELDS:
            writer.writerows(entry_row(role, group, entry) for entry in getattr(role, group) if ships(entry))
            continue
        values = [value_of(role, key) for key in keys]
        places = [place for name in file.groups for place in getattr(role, name).evidence.values()]
        notes = dict.fromkeys([*(doubt for place in places for doubt in place.warnings), *mean_notes(places)])
        notes |= dict.fromkeys(other_reasons(role, file.groups))
        if notes or any(value is not None for value in values):
            wider = [wider_groups[role.key]] if wider_column else []
            writer.writerow([role.soc_code, *map(cell_of, values), *wider, " ".join(notes)])
    return text.getvalue()


def wider_group(role: RoleFacts, groups: Iterable[str]) -> str:
    """The group of occupations that the figures of a role are of; "" if they are of the occupation alone."""
    names = [place.wider_group for group in groups for place in getattr(role, group).evidence.values()]
    return next(filter(None, names), "")


def other_reasons(role: RoleFacts, groups: Collection[str]) -> list[str]:
    """Why figures are missing, each as `salary.annual_median:too-high`, unless it is that they are not published.

    A reason that all figures of the role share stands alone, as `too-few`.
    """
    reasons: dict[str, str | None] = {}
    count = 0
    for group in groups:
        for name, place in getattr(role, group).evidence.items():
            count += place.column != "" and not isinstance(getattr(getattr(role, group), name), str)
            if place.missing not in (None, "not-published"):
                reasons[KEY_OF[group, name]] = place.missing
    if len(reasons) == count and len(set(reasons.values())) == 1:
        return [str(reason) for reason in set(reasons.values())]
    return [f"{key}:{reason}" for key, reason in reasons.items()]


def several_columns(groups: Collection[str], roles: Iterable[RoleFacts]) -> list[str]:
    """The keys that some of these roles have a value for."""
    listed = list(roles)
    keys = [key for key, (group, _) in STORED_IN.items() if group in groups]
    return [key for key in keys if any(value_of(role, key) is not None for role in listed)]


def value_of(role: RoleFacts, key: str) -> Any:
    group, name = STORED_IN[key]
    return getattr(getattr(role, group), name)


def ships(entry: Any) -> bool:
    """Whether an entry of a list comes with Rolewise: of technology only what employers often ask for."""
    return not isinstance(entry, TechnologyFact) or entry.hot or entry.in_demand


def entry_row(role: RoleFacts, group: str, entry: Any) -> list[Any]:
    notes = []
    for name, place in entry.evidence.items():
        if place.missing:
            notes.append(":".join(filter(None, [name, place.missing, place.raw.replace(", ", ";")])))
    notes += mean_notes(entry.evidence.values())
    return [role.soc_code, *[cell_of(getattr(entry, name)) for name in ENTRY_FIELDS[group]], " ".join(notes)]


def mean_notes(places: Iterable[Evidence]) -> list[str]:
    """Of how many figures the values of a row are the mean."""
    means = [place for place in places if place.mean_of]
    if not means:
        return []
    name = WEIGHTED_MEAN if means[0].how == WEIGHTED_MEAN else MEAN
    return [f"{name}:{max(place.mean_of for place in means)}"]


def cell_of(value: Any) -> Any:
    if isinstance(value, bool):
        return YES if value else ""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return "" if value is None else value


# Of the files that are ours.
OWN_NOTES = {
    "publisher": short_names.PUBLISHER,
    "title": "Short names of occupations",
    "licence": "MIT License",
    "licence_url": "https://opensource.org/license/mit",
}


def describe(file: CompiledFile, roles: Sequence[RoleFacts]) -> dict[str, Any]:
    """What sources.toml says of one file. Raises CommandError if its page does not say whose it is."""
    page, [group, *others] = file.page, file.groups
    if file.stem == short_names.STEM:
        return {"group": file.stem, **OWN_NOTES}
    evidence = first_evidence(roles, group)
    title, figures_of = page.title or "", page.figures_of
    if figures_of is None or not page.release:
        raise CommandError(
            f"Of which release or time {printable(file.source.name)} is, is not known. Say it with --read-as and a "
            "name that tells it."
        )
    if others:
        columns = {key: published_head(key, roles) for key in several_columns(file.groups, roles)}
    elif group == AREA_PRICES:
        evidence = {"price_level": page.area_prices[0].evidence}
        columns = {"state": "GeoName", "price_level": evidence["price_level"].column}
    elif page.columns:
        columns = dict(page.columns)
    else:
        columns = {name: evidence[name].column for name in COLUMNS[group] if name in evidence}
    notes: dict[str, Any] = {}
    if others:
        notes["group"] = SEVERAL
    elif file.stem != group:
        notes["group"] = group
    notes |= {
        "publisher": page.publisher,
        "title": title,
        "release": page.release,
        "table": next(iter(evidence.values())).sheet,
        "figures_of": figures_of.isoformat(),
        "licence": page.licence or "",
        "licence_url": page.licence_url or "",
        "url": page.url or "",
        "columns": columns,
    }
    if page.attribution:
        notes["attribution"] = page.attribution
    if file.source.read_as:
        notes |= {"digest": file.source.digest, "read_as": file.source.read_as}
    return notes


def published_head(key: str, roles: Iterable[RoleFacts]) -> str:
    """The head of the publisher's column that gives the values of a key."""
    group, name = STORED_IN[key]
    places = (getattr(role, group).evidence.get(name) for role in roles)
    return next((place.column for place in places if place), name)


def describe_crosswalk(kind: CrosswalkKind, release: str) -> dict[str, Any]:
    return {
        "publisher": kind.publisher,
        "title": kind.title,
        "release": release,
        "licence": kind.licence,
        "licence_url": kind.licence_url,
        "url": kind.url,
        "columns": {name: heads[0] for name, heads in kind.heads.items()},
    }
