"""Facts in the project's own vocabulary, as `manage.py compile_occupations` writes them from publishers' tables.

A file has one row for each occupation, or for each entry of its list: its code and one column for each key of the
group. An empty cell is a figure that the publisher does not give. The notes above the columns give the group,
publisher, release, table, licence, and the publisher's name for each column.

The column `note` holds the code of a doubt that the publisher raises (`imputed`; for an entry with the column and the
unused cell: `level:suppressed:2.12`), why a row has no figures at all (`too-few`), and the number of figures whose mean
a value is (`mean:2`). A column `wider_group` names the group of occupations to which figures belong.

A file of a publisher's table that gives several groups has the group `several`, and names its columns by the keys of
the vocabulary, such as `salary.annual_median`. It has only the columns that the table gives. Its `note` gives the
reason for each figure that is missing for another reason than "not published": `salary.annual_median:too-high`.

The file `area_prices` is about states, and `all_jobs` has a row for each figure of all jobs; they have no codes.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, NamedTuple, cast, get_args

from careers.areas import AREAS
from careers.vocabulary import (
    ALL_JOBS,
    ALL_JOBS_CODE,
    ALL_JOBS_FIELDS,
    AREA_PRICE_FIELDS,
    AREA_PRICES,
    ENTRY_FIELDS,
    FIELDS,
    KEY_OF,
    KEYS_WITH_DECIMALS,
    OCCUPATION_GROUPS,
    STORED_IN,
    WARNINGS,
    How,
    Missing,
    unit_of,
)
from ingest.documents.document import Document
from ingest.documents.source_notes import read_notes
from ingest.documents.table_report import TableReport
from ingest.documents.tables import DataTable
from ingest.parsing.cells import SOC_CODE, UnreadableError
from ingest.parsing.evidence import Evidence
from ingest.parsing.parsed_page import AllJobsFact, AreaPriceFact, Knowledge, ParsedPage
from ingest.parsing.role_facts import ENTRY_CLASSES, RoleFacts, Value

# The groups that a file can hold.
GROUPS = (*OCCUPATION_GROUPS, *ENTRY_FIELDS)
COLUMNS = {group: FIELDS.get(group) or ENTRY_FIELDS[group] for group in GROUPS} | {
    AREA_PRICES: AREA_PRICE_FIELDS,
    ALL_JOBS: ALL_JOBS_FIELDS,
}

# The group of a file that holds several.
SEVERAL = "several"

# How a file writes "yes"; an empty cell means "no".
YES = "yes"
MEAN: How = "mean"  # in a note: the number of figures follows
WEIGHTED_MEAN: How = "weighted-mean"  # the same, with each figure weighted by its number of people
# The column that names the wider group of occupations to which the figures of a row belong.
WIDER_GROUP = "wider_group"
# Values that only some occupations have, so an empty cell is not a missing value.
_BLANK_IS_NONE = ("demographics.survey.group",)

_WHOLE = re.compile(r"\d{1,12}", re.ASCII)
_DECIMAL = re.compile(r"-?\d{1,12}(?:\.\d{1,8})?", re.ASCII)


def recognizes(document: Document) -> bool:
    if document.table is None:
        return False
    notes = read_notes(document.table.above)
    return bool(notes and notes.get("group") in (*COLUMNS, SEVERAL)) or _has_heads(document.table)


def _has_heads(table: DataTable) -> bool:
    """Whether a table has the columns of a file of facts, even without the notes."""
    columns = set(table.columns)
    if columns == set(ALL_JOBS_FIELDS):
        return any(cells[table.columns.index("key")] in STORED_IN for _, cells in table.rows if len(cells) > 1)
    return any({"code", *COLUMNS[group]} <= columns for group in GROUPS) or set(AREA_PRICE_FIELDS) == columns


def parse(document: Document, knowledge: Knowledge) -> ParsedPage:
    table = document.table or DataTable((), ())
    notes = read_notes(table.above)
    if notes is None:
        raise UnreadableError(
            "The file holds compiled facts, but does not say whose they are. Load the folder or the file with the "
            "command load_pages, with sources.toml beside it."
        )
    group = notes["group"]
    absent = [name for name in _TEXTS if not isinstance(notes.get(name), str)]
    if absent or not isinstance(notes.get("columns"), dict):
        raise UnreadableError(f"sources.toml lacks {', '.join(absent) or 'columns'} for the file {group}.csv.")
    _require_columns(table, group, notes)
    reader = _READERS.get(group, _FactReader)(table, notes, group)
    facts: dict[str, Any] = {reader.field: tuple(reader.facts())}
    if not facts[reader.field]:
        raise UnreadableError("The file holds no facts: no row has the code of an occupation, such as 29-1141.")
    return ParsedPage(
        layout="table",
        publisher=notes["publisher"],
        title=notes["title"],
        url=notes["url"],
        licence=notes["licence"],
        licence_url=notes["licence_url"],
        figures_of=_read_day(notes["figures_of"]),
        warnings=(*document.warnings, *reader.warnings),
        unread=tuple(reader.unread),
        cut_line=table.rows[-1][0] + 1 if table.cut and table.rows else None,
        joins_occupations="roles" in facts,
        release=notes["release"],
        attribution=str(notes.get("attribution", "")),
        **{"roles": (), **facts},
    )


_TEXTS = ("publisher", "title", "release", "table", "figures_of", "licence", "licence_url", "url")


def _require_columns(table: DataTable, group: str, notes: Mapping[str, Any]) -> None:
    expected = notes["columns"] if group == SEVERAL else COLUMNS[group]
    code = () if group in (AREA_PRICES, ALL_JOBS) else ("code",)
    missing = [name for name in (*code, *expected) if name not in table.columns]
    if missing:
        raise UnreadableError(f"The file {group}.csv lacks the columns {', '.join(missing)}. Compile it again.")


def _read_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UnreadableError(f"In sources.toml figures_of must be a day like 2024-01-01, not {text[:40]}.") from None


class _Row(NamedTuple):
    """`number`: the notes in front of the table do not count. `code`: of the occupation. `cells`: by column."""

    number: int
    code: str
    cells: Mapping[str, str]

    @property
    def notes(self) -> list[str]:
        return self.cells.get("note", "").split()


@dataclass(slots=True)
class _Reader(TableReport):
    """Reads the rows of one file, and collects what cannot be read. `field`: that of the page which the facts fill."""

    table: DataTable
    notes: Mapping[str, Any]
    group: str
    field: ClassVar[str] = "roles"

    def rows(self) -> Iterator[_Row]:
        """The rows with a code."""
        for number, cells in self.numbered_rows():
            code = cells["code"] if len(cells) == len(self.table.columns) else ""
            if SOC_CODE.fullmatch(code):
                yield _Row(number, code, cells)
            else:
                self.report_unread(number, cells.values(), f"The row has no code or too few cells (“{code[:20]}”)")

    def numbered_rows(self) -> Iterator[tuple[int, Mapping[str, str]]]:
        """Number and cells by column of each row."""
        for number, cells in self.table.rows:
            yield number - self.table.head_row + 1, dict(zip(self.table.columns, cells, strict=False))

    def facts(self) -> Sequence[RoleFacts | AreaPriceFact | AllJobsFact]:
        raise NotImplementedError

    def value(self, row: int, name: str, raw: str, kinds: tuple[Any, ...], key: str) -> Value:
        """A cell as one of these types; None, with a warning about the key, if it is none of them."""
        if not raw or str in kinds:
            return raw or None
        if int in kinds and _WHOLE.fullmatch(raw):
            return int(raw)
        if Decimal in kinds and _DECIMAL.fullmatch(raw):
            return Decimal(raw)
        self.report_unreadable(row, raw, name, key)
        return None


def _list_kinds(facts: type) -> dict[str, tuple[Any, ...]]:
    """Field of a class of facts -> the types that its values can have."""
    return {fact.name: get_args(fact.type) or (fact.type,) for fact in fields(facts)}


def _list_kinds_of_key(key: str) -> tuple[type, ...]:
    """The types that a single value can have."""
    if not unit_of(key):
        return (str,)
    return (Decimal,) if key in KEYS_WITH_DECIMALS else (int,)


def _read_mean(notes: Iterable[str]) -> tuple[How, int]:
    """How the figures of a row were read, and of how many figures they are the mean; 0 if they are not one.

    >>> _read_mean(["level:suppressed", "mean:3"]), _read_mean([])
    (('mean', 3), ('cell', 0))
    """
    for note in notes:
        name, _, count = note.partition(":")
        for how in (MEAN, WEIGHTED_MEAN):
            if name == how and _WHOLE.fullmatch(count):
                return how, int(count)
    return "cell", 0


class _FactReader(_Reader):
    """Reads a file with one row for each occupation."""

    def facts(self) -> list[RoleFacts]:
        if self.group == SEVERAL:
            keys = {name: name for name in self.table.columns if name in STORED_IN}
        else:
            keys = {name: KEY_OF[self.group, name] for name in FIELDS[self.group]}
        roles: dict[str, RoleFacts] = {}
        for row in self.rows():
            if row.code in roles:
                self.report_unread(row.number, row.cells.values(), f"The code {row.code} is in an earlier row too")
                continue
            roles[row.code] = self._read_role(row, keys)
        return list(roles.values())

    def _read_role(self, row: _Row, keys: Mapping[str, str]) -> RoleFacts:
        """`keys`: column -> the vocabulary key of its values."""
        notes = row.notes
        reasons = _read_reasons(notes)
        values: dict[str, Value] = {}
        evidence: dict[str, Evidence] = {}
        for name, key in keys.items():
            raw = row.cells[name]
            if not raw and (name not in self.notes["columns"] or key in _BLANK_IS_NONE):
                continue
            values[key] = self.value(row.number, name, raw, _list_kinds_of_key(key), key)
            place = self._build_evidence(row, name, values[key], notes)
            reason = reasons.get(name) or reasons.get("")
            if not raw and reason:
                place = replace(place, missing=reason.code)
            if not isinstance(values[key], str):
                place = replace(place, wider_group=row.cells.get(WIDER_GROUP, ""))
            evidence[key] = place
        return RoleFacts(title=row.code, soc_code=row.code, values=values, evidence=evidence)

    def _build_evidence(self, row: _Row, name: str, value: Value, notes: Sequence[str]) -> Evidence:
        raw = row.cells[name]
        how, mean_of = _read_mean(notes)
        if value is None or isinstance(value, str):
            how, mean_of = ("unread" if raw and value is None else "cell"), 0
        return Evidence(
            row.number,
            raw,
            how,
            warnings=tuple(note for note in notes if value is not None and note in WARNINGS),
            column=self.notes["columns"].get(name, name),
            missing=None if raw else "not-published",
            sheet=self.notes["table"],
            code=row.code,
            mean_of=mean_of,
        )


class _Reason(NamedTuple):
    """Why a cell holds no figure; `unused`: the figure that is not used."""

    code: Missing
    unused: str


def _read_reasons(notes: Iterable[str]) -> dict[str, _Reason]:
    """Column -> why it has no figure; a reason for the whole row has the column ""."""
    reasons: dict[str, _Reason] = {}
    for note in notes:
        name, _, rest = note.partition(":")
        reason, _, unused = rest.partition(":")
        if note in get_args(Missing):
            reasons[""] = _Reason(cast(Missing, note), "")
        elif reason in get_args(Missing):
            reasons[name] = _Reason(cast(Missing, reason), unused.replace(";", ", "))
    return reasons


class _EntryReader(_Reader):
    """Reads a file with one row for each entry of a list."""

    def facts(self) -> list[RoleFacts]:
        entry_class = ENTRY_CLASSES[self.group]
        kinds = _list_kinds(entry_class)
        entries: dict[str, list[Any]] = {}
        for row in self.rows():
            values: dict[str, Any] = {}
            for name in ENTRY_FIELDS[self.group]:
                if bool in kinds[name]:
                    values[name] = row.cells[name] == YES
                else:
                    values[name] = self.value(row.number, name, row.cells[name], kinds[name], self.group)
            if any(values[name] is None for name in values if str in kinds[name]):
                self.report_unread(row.number, row.cells.values(), "A cell that every row fills is empty")
                continue
            entries.setdefault(row.code, []).append(entry_class(**values, evidence=self._build_evidence(row)))
        roles = []
        for code, listed in entries.items():
            lists: dict[str, Any] = {self.group: tuple(listed)}
            roles.append(RoleFacts(title=code, soc_code=code, **lists))
        return roles

    def _build_evidence(self, row: _Row) -> dict[str, Evidence]:
        """The evidence of the first field is for the whole row. Fields without a figure have their own."""
        names = ENTRY_FIELDS[self.group]
        columns = self.notes["columns"]
        raw = ", ".join(row.cells[name] for name in names if row.cells[name])
        notes = row.notes
        heads = [columns.get(names[0], names[0])]
        if self.group == "area_pay":  # figures that share a row with one place
            heads = [columns.get(name, name) for name in names if row.cells[name]]
        how, mean_of = _read_mean(notes)
        column = ", ".join(dict.fromkeys(heads))
        place = Evidence(row.number, raw, how, column=column, sheet=self.notes["table"], code=row.code, mean_of=mean_of)
        evidence = {names[0]: place}
        for name, reason in _read_reasons(notes).items():
            if name in names:
                head = columns.get(name, name)
                evidence[name] = replace(place, raw=reason.unused, column=head, missing=reason.code)
        return evidence


class _PriceReader(_Reader):
    """Reads the price levels of states."""

    field = AREA_PRICES

    def facts(self) -> list[AreaPriceFact]:
        kinds = _list_kinds(AreaPriceFact)
        prices = []
        for row, cells in self.numbered_rows():
            values: dict[str, Any] = {}
            for name in AREA_PRICE_FIELDS:
                values[name] = self.value(row, name, cells.get(name, ""), kinds[name], AREA_PRICES)
            if None in values.values() or values["state"] not in AREAS:
                self.report_unread(row, cells.values(), "The row is not a state with a price level")
                continue
            column = self.notes["columns"].get("price_level", "price_level")
            place = Evidence(row, cells["price_level"], "cell", column=column, sheet=self.notes["table"])
            prices.append(AreaPriceFact(**values, evidence=place))
        return prices


class _AllJobsReader(_Reader):
    """Reads the figures of all jobs, one in each row."""

    field = ALL_JOBS

    def facts(self) -> list[AllJobsFact]:
        facts: dict[str, AllJobsFact] = {}
        for row, cells in self.numbered_rows():
            key, raw = cells["key"], cells.get("value", "")
            kinds = _list_kinds_of_key(key) if key in STORED_IN else (str,)
            if str in kinds or key in facts:
                self.report_unread(row, cells.values(), f"“{key[:40]}” is not a figure, or is in an earlier row too")
                continue
            value = self.value(row, "value", raw, kinds, key)
            if isinstance(value, int | Decimal):
                column = self.notes["columns"].get(key, key)
                place = Evidence(row, raw, "cell", column=column, sheet=self.notes["table"], code=ALL_JOBS_CODE)
                facts[key] = AllJobsFact(key, Decimal(value), place)
        return list(facts.values())


_READERS: Mapping[str, type[_Reader]] = {
    AREA_PRICES: _PriceReader,
    ALL_JOBS: _AllJobsReader,
    **dict.fromkeys(ENTRY_FIELDS, _EntryReader),
}
