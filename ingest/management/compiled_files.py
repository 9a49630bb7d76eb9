"""Files of compiled facts: the parts of a publisher's page that each holds, and what sources.toml says about it."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import chain, product
from typing import Any

from django.core.management.base import CommandError

from careers.spelling import fold_spelling
from careers.vocabulary import ALL_JOBS, AREA_PRICES, ENTRY_FIELDS, FIELDS, KEY_OF, STORED_IN
from ingest.documents.source_notes import csv_text
from ingest.management.terminal import make_printable
from ingest.parsing.evidence import Evidence
from ingest.parsing.parsed_page import ParsedPage
from ingest.parsing.role_facts import RoleFacts, TechnologyFact, TitleFact, sort_into_groups
from ingest.sources import short_names
from ingest.sources.compiled_facts import COLUMNS, GROUPS, MEAN, SEVERAL, WEIGHTED_MEAN, WIDER_GROUP, YES


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A publisher's file. `read_as`: another name under which it is read, because that name gives the release."""

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
        """The largest is compiled: the newest, then the one with more values, then the one with its table's number."""
        has_roles = self.groups[0] not in (AREA_PRICES, ALL_JOBS)
        evidence = find_first_evidence(self.page.roles, self.groups[0]) if has_roles else {}
        values = sum(count_values(self.page, group) for group in self.groups)
        return (self.page.figures_of or date.min, values, any(place.sheet for place in evidence.values()))


# Only some of them can have a file of their own; the others are in files of several groups.
GROUPS_TO_WRITE = (*GROUPS, *(group for group in FIELDS if group not in GROUPS), AREA_PRICES, ALL_JOBS)


# For the file of our own short names.
OWN_NOTES = {
    "publisher": short_names.PUBLISHER,
    "title": "Short names of occupations",
    "licence": "MIT License",
    "licence_url": "https://opensource.org/license/mit",
}


def list_groups(page: ParsedPage) -> tuple[str, ...]:
    """The groups that a page gives for official occupations, for states or for all jobs.

    The national wage table ships as it is, with its figures of all jobs.
    """
    groups = [group for group in GROUPS_TO_WRITE if page.joins_occupations or group == AREA_PRICES]
    return tuple(group for group in groups if count_values(page, group))


def list_files(page: ParsedPage, groups: Sequence[str], source: SourceFile) -> list[CompiledFile]:
    """The files that a page is compiled to: one for all of its groups, or one for each."""
    if page.compiled_as and groups:
        return [CompiledFile(page.compiled_as, tuple(groups), page, source)]
    files = []
    for group in groups:
        if group in COLUMNS:
            content = replace(page, roles=()) if group == ALL_JOBS else page
            files.append(CompiledFile(name_stem(group, page), (group,), content, source))
    return files


def name_stem(group: str, page: ParsedPage) -> str:
    """Titles have a file for each list that gives them: titles_onet, titles_soc, titles_bls."""
    if group != "titles":
        return group
    title = next(chain.from_iterable(role.titles for role in page.roles))
    return f"{group}_{title.source.partition('-')[0]}"


def merge_files(first: CompiledFile, second: CompiledFile) -> CompiledFile:
    """One file of the titles of two pages of one release, without repeats.

    The page with titles of its own kind, such as `onet-title`, takes precedence.
    """
    titles: dict[str, dict[str, TitleFact]] = {}
    for page in sorted((first.page, second.page), key=lambda page: -len(page.roles[0].titles[0].source)):
        for role in page.roles:
            listed = titles.setdefault(soc_code(role), {})
            for title in role.titles:
                listed.setdefault(fold_spelling(title.title), title)
    roles = [RoleFacts(title=code, soc_code=code, titles=tuple(listed.values())) for code, listed in titles.items()]
    names = [file.page.title or "" for file in (first, second)]
    joined_title = names[0] if names[1] in names[0] else f"{names[0]}, {names[1].rpartition(': ')[2]}"
    newest = max(first, second, key=lambda file: file.page.figures_of or date.min)
    return replace(newest, page=replace(newest.page, roles=tuple(roles), title=joined_title))


def soc_code(role: RoleFacts) -> str:
    return role.soc_code or ""


def count_values(page: ParsedPage, group: str) -> int:
    if group in (AREA_PRICES, ALL_JOBS):
        return len(getattr(page, group))
    if group in ENTRY_FIELDS:
        return sum(len(getattr(role, group)) for role in page.roles)
    keys = [key for key, (stored_in, _) in STORED_IN.items() if stored_in == group]
    return sum(role.value(key) is not None for role, key in product(page.roles, keys))


def find_first_evidence(roles: Iterable[RoleFacts], group: str) -> Mapping[str, Evidence]:
    for role in roles:
        places: list[Mapping[str, Evidence]] = [sort_into_groups(role.evidence).get(group, {})]
        if group in ENTRY_FIELDS:
            places = [entry.evidence for entry in getattr(role, group)]
        for evidence in places:
            if evidence:
                return evidence
    return {}


# -- rows -------------------------------------------------------------------------------------


def write_facts(file: CompiledFile, roles: Sequence[RoleFacts]) -> str:
    """The text of a file, with one row for each occupation, or for each entry of its list."""
    group = file.groups[0]
    if group in (AREA_PRICES, ALL_JOBS):
        facts = getattr(file.page, group)
        return csv_text([COLUMNS[group], *([getattr(fact, name) for name in COLUMNS[group]] for fact in facts)])
    if file.stem == short_names.STEM:
        names = ([role.soc_code, *(title.title for title in role.titles)] for role in roles)
        return csv_text([["code", *short_names.COLUMNS], *names])
    return csv_text(list_entry_rows(roles, group) if group in ENTRY_FIELDS else list_figure_rows(file, roles))


def list_entry_rows(roles: Iterable[RoleFacts], group: str) -> Iterator[Sequence[Any]]:
    """A row for each entry. `note`: why an entry lacks a figure with the unused figure, and `mean:2`.

    Technology ships only if employers often ask for it.
    """
    yield ["code", *COLUMNS[group], "note"]
    for role in roles:
        for entry in getattr(role, group):
            if not isinstance(entry, TechnologyFact) or entry.hot or entry.in_demand:
                cells = [write_cell(getattr(entry, name)) for name in ENTRY_FIELDS[group]]
                yield [role.soc_code, *cells, " ".join(list_entry_notes(entry))]


def list_figure_rows(file: CompiledFile, roles: Sequence[RoleFacts]) -> Iterator[Sequence[Any]]:
    """A row for each occupation with a figure, or with a reason why it has none."""
    columns = choose_columns(file, roles)
    wider_groups = {role.key: find_wider_group(role, file.groups) for role in roles}
    has_wider_groups = any(wider_groups.values())
    yield ["code", *columns, *([WIDER_GROUP] if has_wider_groups else []), "note"]
    for role in roles:
        cells = [write_cell(role.value(key)) for key in columns.values()]
        notes = list_figure_notes(role, file.groups)
        if notes or any(cell != "" for cell in cells):
            wider_cell = [wider_groups[role.key]] if has_wider_groups else []
            yield [role.soc_code, *cells, *wider_cell, " ".join(notes)]


def choose_columns(file: CompiledFile, roles: Sequence[RoleFacts]) -> dict[str, str]:
    """Column of a file of figures -> its vocabulary key. A file of several groups has only columns with values."""
    if len(file.groups) == 1:
        return {name: KEY_OF[file.groups[0], name] for name in COLUMNS[file.groups[0]]}
    keys = [key for key, (group, _) in STORED_IN.items() if group in file.groups]
    return {key: key for key in keys if any(role.value(key) is not None for role in roles)}


def list_figure_notes(role: RoleFacts, groups: Collection[str]) -> list[str]:
    """A publisher's doubts about a row, the number of figures behind a mean, and what is missing, each once."""
    places = list_places(role, groups)
    notes = [
        *chain.from_iterable(place.warnings for place in places),
        *list_mean_notes(places),
        *list_other_reasons(role, groups),
    ]
    return list(dict.fromkeys(notes))


def list_entry_notes(entry: Any) -> list[str]:
    """For each column without a figure the reason and the text of the cell, such as `level:suppressed:2.12`."""
    notes = []
    for name, place in entry.evidence.items():
        if place.missing:
            notes.append(":".join(filter(None, [name, place.missing, place.raw.replace(", ", ";")])))
    return notes + list_mean_notes(entry.evidence.values())


def find_wider_group(role: RoleFacts, groups: Iterable[str]) -> str:
    """The group of occupations to which the figures of a role belong; "" if they are of the occupation itself."""
    return next(filter(None, (place.wider_group for place in list_places(role, groups))), "")


def list_places(role: RoleFacts, groups: Iterable[str]) -> list[Evidence]:
    by_group = sort_into_groups(role.evidence)
    return list(chain.from_iterable(by_group.get(group, {}).values() for group in groups))


def list_other_reasons(role: RoleFacts, groups: Collection[str]) -> list[str]:
    """Why figures are missing, such as `salary.annual_median:too-high`, unless they are just not published.

    A reason that all figures of the role share is given once, without their names: `too-few`.
    """
    reasons: dict[str, str] = {}
    count = 0
    by_group = sort_into_groups(role.evidence)
    for group in groups:
        for name, place in by_group.get(group, {}).items():
            key = KEY_OF[group, name]
            count += bool(place.column) and not isinstance(role.value(key), str)
            if place.missing not in (None, "not-published"):
                reasons[key] = place.missing
    if len(reasons) == count and len(set(reasons.values())) == 1:
        return list(set(reasons.values()))
    return [f"{key}:{reason}" for key, reason in reasons.items()]


def list_mean_notes(places: Iterable[Evidence]) -> list[str]:
    """A note with the number of figures behind a mean, if the values of a row are means."""
    means = [place for place in places if place.mean_of]
    if not means:
        return []
    name = WEIGHTED_MEAN if means[0].how == WEIGHTED_MEAN else MEAN
    return [f"{name}:{max(place.mean_of for place in means)}"]


def write_cell(value: Any) -> Any:
    if isinstance(value, bool):
        return YES if value else ""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return "" if value is None else value


# -- sources.toml -----------------------------------------------------------------------------


def describe_file(file: CompiledFile, roles: Sequence[RoleFacts]) -> dict[str, Any]:
    """What sources.toml says about one file. Raises CommandError if its page does not say its release or time."""
    if file.stem == short_names.STEM:
        return {"group": file.stem, **OWN_NOTES}
    page, group = file.page, file.groups[0]
    if page.figures_of is None or not page.release:
        name = make_printable(file.source.name)
        raise CommandError(f"The release or time of {name} is not known. Use --read-as with a name that says it.")
    evidence = choose_evidence(page, roles, group)
    notes: dict[str, Any] = {
        **_note_on_group(file),
        "publisher": page.publisher,
        "title": page.title or "",
        "release": page.release,
        "table": next(iter(evidence.values())).sheet,
        "figures_of": page.figures_of.isoformat(),
        "licence": page.licence or "",
        "licence_url": page.licence_url or "",
        "url": page.url or "",
        "columns": name_columns(file, roles, evidence),
    }
    if page.attribution:
        notes["attribution"] = page.attribution
    if file.source.read_as:
        notes |= {"digest": file.source.digest, "read_as": file.source.read_as}
    return notes


def _note_on_group(file: CompiledFile) -> dict[str, str]:
    """The group of a file, where its name does not say it."""
    if len(file.groups) > 1:
        return {"group": SEVERAL}
    return {} if file.stem == file.groups[0] else {"group": file.groups[0]}


def choose_evidence(page: ParsedPage, roles: Sequence[RoleFacts], group: str) -> Mapping[str, Evidence]:
    """Where the values of one row of the file stand. `group`: of the file, or AREA_PRICES or ALL_JOBS."""
    if group == AREA_PRICES:
        return {"price_level": page.area_prices[0].evidence}
    if group == ALL_JOBS:
        return {fact.key: fact.evidence for fact in page.all_jobs}
    return find_first_evidence(roles, group)


def name_columns(file: CompiledFile, roles: Sequence[RoleFacts], evidence: Mapping[str, Evidence]) -> dict[str, str]:
    """Column of a file -> the publisher's name for it. `evidence`: of the first row."""
    group = file.groups[0]
    if len(file.groups) > 1:
        return {key: find_head(key, roles) for key in choose_columns(file, roles)}
    if group == AREA_PRICES:
        return {"state": "GeoName", "price_level": evidence["price_level"].column}
    if group == ALL_JOBS:
        return {key: place.column for key, place in evidence.items()}
    if file.page.columns:
        return dict(file.page.columns)
    return {name: evidence[name].column for name in COLUMNS[group] if name in evidence}


def find_head(key: str, roles: Iterable[RoleFacts]) -> str:
    places = (role.evidence.get(key) for role in roles)
    return next((place.column for place in places if place), STORED_IN[key][1])
