"""A page beside what was read from it: plain data for the screens on which people review pages.

Nothing here reads text a second time: the values come from the rows that loading the page has written. Of a preview
these rows are rolled back afterwards.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, Literal

from careers.models import Citation, Duty, FactRow, Role, RoleSkill, Section
from careers.vocabulary import (
    ADDED_GROUPS,
    ENTRY_FIELDS,
    FIELDS,
    GROUPS,
    KEY_OF,
    LOST_IN_COPY,
    NOT_PUBLISHED,
    ONE_ROW_GROUPS,
    STORED_IN,
    label_of,
)
from ingest.admin.wording import describe_place, describe_reading, format_value, plural, reveal_invisible
from ingest.documents.document import read_document
from ingest.loading.fit import TABLES
from ingest.loading.read import Change
from ingest.models import Mention, Page
from ingest.parsing.cells import UnreadableError
from ingest.parsing.list_choices import EntryPlace, numbers_in_lines, read_entry_field
from ingest.parsing.readers import READER_OF

# new: nothing was stored. changed: it replaces a stored value. same: it is stored already. shown: readers see it.
# beside: it is stored, but another page takes precedence. unclear: a person has to choose. missing: not published.
State = Literal["new", "changed", "same", "shown", "beside", "unclear", "missing"]
STATES: dict[State, str] = {
    "new": "new",
    "changed": "changed",
    "same": "same",
    "shown": "shown",
    "beside": "not shown",
    "unclear": "to choose",
    "missing": NOT_PUBLISHED,
}

# Groups of which pages about roles speak; the others come from tables of official occupations.
_GROUPS_OF_PAGES = ("salary", "outlook", "preparation", "demographics", "profile")

# -- what a page says -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class StoredComparison:
    """How a value compares with what is stored. `text`: the stored value that it replaces, or that is shown instead.

    `shown_page`: the page whose value is shown instead.
    """

    state: State
    text: str = ""
    shown_page: Citation | None = None


@dataclass(frozen=True, slots=True)
class ReviewedValue:
    """One value that a page gives or leaves open. `id` is its anchor, `key` its field among the choices of a page.

    `line`: where it stands, 0 for nowhere. `place`: the same in words, "line 12", in a table "row 12, column A_MEAN".
    """

    id: str
    label: str
    text: str
    line: int
    place: str
    how: str
    stored: StoredComparison
    key: str = ""
    was_chosen: bool = False
    raw: str = ""

    @property
    def state_name(self) -> str:
        return STATES[self.stored.state]


@dataclass(frozen=True, slots=True)
class ReviewedGroup:
    """The values of one group: Pay, Getting in, Skills. `state` and `note` concern a list as a whole."""

    name: str
    values: list[ReviewedValue]
    state: State | None = None
    note: str = ""

    @property
    def state_name(self) -> str:
        return STATES[self.state] if self.state else ""


@dataclass(frozen=True, slots=True)
class RoleReview:
    """What a page says about one role."""

    role: Role
    title: str
    is_new: bool
    groups: list[ReviewedGroup]
    key: str  # of the title, as on Mention
    not_read: list[tuple[str, str]] = field(default_factory=list)  # key and label of values that a person can enter


@dataclass(frozen=True, slots=True)
class ReviewContext:
    """What the values of one role are compared with.

    `before`: (slug, vocabulary key) -> the value stored before this load; None when the page was not loaded just now.
    `choices`: vocabulary key -> what a person chose, as on Page. `anchors`: ids for the values, in page order.
    """

    role: Role
    before: Mapping[tuple[str, str], Any] | None
    choices: Mapping[str, Any]
    anchors: Iterator[str]

    def was_changed(self, key: str) -> bool:
        return self.before is not None and (self.role.slug, key) in self.before

    def value_before(self, key: str) -> Any:
        return self.before[self.role.slug, key] if self.before else None


def review_roles(
    page: Page, mentions: Collection[Mention], changes: Iterable[Change] | None = None
) -> list[RoleReview]:
    """What a stored page says about the roles of these mentions. `changes`: what loading it has just changed."""
    before = None
    if changes is not None:
        before = {(change.role, change.field): change.before for change in changes}
    roles = Role.objects.with_facts().in_bulk([mention.role_id for mention in mentions])
    rows = _rows_of(page, roles)
    reviews = []
    for mention in mentions:
        anchors = (f"v{mention.pk}-{number}" for number in range(1, 100_000))
        context = ReviewContext(roles[mention.role_id], before, page.choices.get(mention.key, {}), anchors)
        groups = [
            _review_group(group, rows[mention.role_id, group], context)
            for group in TABLES
            if (mention.role_id, group) in rows
        ]
        is_new = context.was_changed("title") and context.value_before("title") is None
        not_read = _values_not_read(context.role, groups)
        reviews.append(RoleReview(context.role, mention.title, is_new, groups, mention.key, not_read))
    return reviews


def _values_not_read(role: Role, groups: Iterable[ReviewedGroup]) -> list[tuple[str, str]]:
    """(vocabulary key, label) of the values of a page that nothing was read for."""
    read: set[str] = set()
    for group in groups:
        read.update(value.key for value in group.values)
    listed = _GROUPS_OF_PAGES if role.soc_code is None else ONE_ROW_GROUPS
    return [(key, label_of(key)) for key, (group, _) in STORED_IN.items() if group in listed and key not in read]


def _rows_of(page: Page, roles: Collection[int]) -> dict[tuple[int, str], list[FactRow]]:
    """(role key, group) -> the rows of a page."""
    rows: dict[tuple[int, str], list[FactRow]] = {}
    for group, table in TABLES.items():
        for row in table._default_manager.filter(citation=page.citation_id, role__in=roles):
            rows.setdefault((row.role_id, group), []).append(row)
    return rows


def _review_group(group: str, rows: Sequence[FactRow], context: ReviewContext) -> ReviewedGroup:
    if group in ONE_ROW_GROUPS:
        return _review_row(group, rows[0], context)
    return _review_list(group, rows, context)


def _review_row(group: str, row: FactRow, context: ReviewContext) -> ReviewedGroup:
    values = []
    for name in FIELDS[group]:
        key, value, evidence = KEY_OF[group, name], getattr(row, name), row.evidence.get(name, {})
        if value is None and ("line" not in evidence or evidence.get("missing") == "after-cut"):
            continue
        text = "" if value is None else format_value(key, value)
        comparison = _compare(group, name, row, context)
        is_unclear = evidence.get("how") == "unread" or evidence.get("candidates")
        if value is None and is_unclear and evidence.get("missing") not in LOST_IN_COPY:
            comparison = StoredComparison("unclear")
        how = describe_reading(evidence, context.choices.get(key))
        values.append(_reviewed(label_of(key), text, evidence, how, comparison, context, key))
    return ReviewedGroup(GROUPS[group], sorted(values, key=lambda value: value.line))


def _reviewed(
    label: str,
    text: str,
    evidence: Mapping[str, Any],
    how: str,
    stored: StoredComparison,
    context: ReviewContext,
    key: str = "",
) -> ReviewedValue:
    place = describe_place(evidence)
    was_chosen = evidence.get("how") == "chosen"
    line = evidence.get("line", 0)
    raw = evidence.get("raw", "")
    return ReviewedValue(next(context.anchors), label, text, line, place, how, stored, key, was_chosen, raw)


def _compare(group: str, name: str, row: FactRow, context: ReviewContext) -> StoredComparison:
    """How one field of a page's row compares with the row that is shown of its role."""
    shown: FactRow | None = getattr(context.role, group)
    key, value = KEY_OF[group, name], getattr(row, name)
    if value is None:
        return StoredComparison("missing")
    if shown == row and context.before is None:
        return StoredComparison("shown")
    if shown == row and context.was_changed(key):
        old_value = context.value_before(key)
        if old_value is None:
            return StoredComparison("new")
        return StoredComparison("changed", format_value(key, old_value))
    if shown is None or getattr(shown, name) == value:
        return StoredComparison("same")
    return StoredComparison("beside", format_value(key, getattr(shown, name)), shown.citation)


def _review_list(group: str, rows: Sequence[FactRow], context: ReviewContext) -> ReviewedGroup:
    state, note = _compare_list(group, rows[0].citation_id, context)
    entries = [_entry_of(row) for row in rows]
    fields = _entry_fields(group, [evidence for _, evidence in entries])
    values = []
    for (text, evidence), key in zip(entries, fields, strict=True):
        how = describe_reading(evidence, context.choices.get(key))
        values.append(_reviewed("", text, evidence, how, StoredComparison(state), context, key))
    return ReviewedGroup(GROUPS[group], values, state, note)


def _entry_fields(group: str, evidence: Sequence[Mapping[str, Any]]) -> list[str]:
    """The field of each entry of a list among the choices of its page; "" where entries are not corrected."""
    fields = []
    for place, number in zip(evidence, numbers_in_lines(evidence), strict=True):
        field_name = f"{group}@{place.get('line', 0)}.{number}"
        fields.append(field_name if read_entry_field(field_name) else "")
    return fields


def _compare_list(group: str, citation_id: int, context: ReviewContext) -> tuple[State, str]:
    """The state of a whole list, and a note."""
    if group in ADDED_GROUPS:
        return "shown", ""
    shown: Citation | None = getattr(context.role, f"{group}_citation")
    if shown is not None and shown.pk != citation_id:
        return "beside", f"The list of another page is shown: {shown}."
    if context.before is None:
        return "shown", ""
    if not context.was_changed(group):
        return "same", ""
    old_entries = context.value_before(group)
    return ("new", "") if old_entries is None else ("changed", f"{format_value(group, old_entries)} before")


def _entry_of(row: FactRow) -> tuple[str, Mapping[str, Any]]:
    """One entry of a list in words, and its evidence."""
    if isinstance(row, RoleSkill):
        share = f", {row.percent}%" if row.percent is not None else ""
        tier = f" ({row.tier})" if row.tier else ""
        return f"{row.name}{share}{tier}", row.evidence.get("name", {})
    if isinstance(row, Duty):
        return row.text, row.evidence.get("text", {})
    if isinstance(row, Section):
        return f"{row.heading}: {plural(len(row.blocks), 'block')}", row.evidence.get("heading", {})
    group = next(group for group in ENTRY_FIELDS if isinstance(row, TABLES[group]))
    values = [getattr(row, name) for name in ENTRY_FIELDS[group]]
    texts = [str(value) for value in values if value is not None]
    return ", ".join(texts), next(iter(row.evidence.values()), {})


@dataclass(frozen=True, slots=True)
class StoredReading:
    """How one value of a stored page was read. `text`: the value as people write it; `raw`: its text on the page.

    `lines`: the line of the page with those around it. `also`: labels of values that go with it when it is removed.
    """

    text: str
    raw: str
    how: str
    place: str
    line: int
    lines: list["RawLine"]
    also: list[str]


def read_stored_value(mention: Mention, key: str) -> StoredReading | None:
    """How a page's value or entry of a list was read for one of its roles, with the lines where it stands.

    None for a `key` that is neither a value of the vocabulary nor an entry of the page.
    """
    page = mention.page
    if place := read_entry_field(key):
        reading = _find_entry(mention, place)
    elif key in STORED_IN:
        reading = _find_value(mention, key)
    else:
        reading = None
    if reading is None:
        return None
    text, evidence = reading
    if evidence.get("missing") == "after-cut":
        evidence = {}
    number = evidence.get("line", 0)
    lines = raw_lines(page.name, bytes(page.content), _places_of(mention))
    reader = READER_OF.get(key)
    together = reader.keys[1:] if reader and reader.keys[0] == key else ()
    return StoredReading(
        text=text,
        raw=reveal_invisible(evidence.get("raw", "")),
        how=describe_reading(evidence, page.choices.get(mention.key, {}).get(key)),
        place=describe_place(evidence),
        line=number,
        lines=[line for line in lines if not number or abs(line.number - number) <= LINES_AROUND],
        also=[label_of(other) for other in together],
    )


def _places_of(mention: Mention) -> list[tuple[int, str]]:
    """(line, raw text) of what was read from a page for one role."""
    places: list[tuple[int, str]] = []
    for group in FIELDS:
        for row in TABLES[group]._default_manager.filter(citation=mention.page.citation_id, role=mention.role_id):
            places += [(entry.get("line", 0), entry.get("raw", "")) for entry in row.evidence.values()]
    return places


def _find_value(mention: Mention, key: str) -> tuple[str, Mapping[str, Any]]:
    """(text, evidence) of a value; empty where nothing was read for it."""
    group, name = STORED_IN[key]
    row = TABLES[group]._default_manager.filter(citation=mention.page.citation_id, role=mention.role_id).first()
    if row is None:
        return "", {}
    value = getattr(row, name)
    return "" if value is None else format_value(key, value), row.evidence.get(name, {})


def _find_entry(mention: Mention, place: EntryPlace) -> tuple[str, Mapping[str, Any]] | None:
    """(text, evidence) of an entry of a list; one that a person removed has no text."""
    table = TABLES[place.group]
    rows = list(table._default_manager.filter(citation=mention.page.citation_id, role=mention.role_id))
    entries = [(_text_to_correct(row), _entry_of(row)[1]) for row in rows]
    for entry, field_name in zip(entries, _entry_fields(place.group, [each for _, each in entries]), strict=True):
        if field_name == place.field:
            return entry
    is_removed = place.field in mention.page.choices.get(mention.key, {})
    return ("", {"line": place.line}) if is_removed else None


def _text_to_correct(row: FactRow) -> str:
    """An entry as a person writes it: the section of a guide has its heading first and a dash before list items."""
    if isinstance(row, RoleSkill):
        return f"{row.name}, {row.percent}%" if row.percent is not None else row.name
    if not isinstance(row, Section):
        return _entry_of(row)[0]
    lines = [row.heading]
    for block in row.blocks:
        lines += [block["text"]] if block["type"] == "paragraph" else [f"- {item}" for item in block["items"]]
    return "\n".join(lines)


# -- the lines of a page ----------------------------------------------------------------------

LINES_AROUND = 2  # a value that is to be corrected
MOST_LINES = 3_000  # on one screen; a real page has some 300
LONGEST_LINE = 3_000  # characters
NAMED_VALUES = 6  # of one line; of the rest, only their number is shown


@dataclass(slots=True)
class RawLine:
    """One line of a page as it stands. `values`: (anchor, name) of what was read from it.

    `first`: of the lines with its number; one line of a saved HTML file can hold several.
    """

    number: int
    text: str
    first: bool = True
    values: list[tuple[str, str]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    unread: bool = False

    @property
    def unnamed(self) -> int:
        return max(0, len(self.values) - NAMED_VALUES)

    @property
    def is_marked(self) -> bool:
        return bool(self.values or self.warnings or self.unread)


def raw_lines(name: str, content: bytes, places: Iterable[tuple[int, str]] = ()) -> list[RawLine]:
    """The lines or rows of a page that are not blank; where it cannot be read as a page, its text if it has any.

    `places`: (line, raw text) of what was read, which tells the sheets of a workbook apart.
    """
    lines = []
    last = 0
    for number, text in _numbered_lines(name, content, places)[:MOST_LINES]:
        lines.append(RawLine(number, reveal_invisible(text[:LONGEST_LINE]), first=number != last))
        last = number
    return lines


def places_in(roles: Iterable[RoleReview]) -> list[tuple[int, str]]:
    """(line, raw text) of what was read for these roles."""
    places = []
    for role in roles:
        for group in role.groups:
            places += [(value.line, value.raw) for value in group.values]
    return places


def _numbered_lines(name: str, content: bytes, places: Iterable[tuple[int, str]]) -> list[tuple[int, str]]:
    try:
        document = read_document(name, content)
    except UnreadableError:
        if content.count(0) or content.startswith((b"PK", b"%PDF")):
            return []
        text = content[:200_000].decode("utf-8", "replace")
        return [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    if table := document.table_with(places):
        return [(number, " | ".join(cells)) for number, cells in [(table.head_row, table.columns), *table.rows]]
    return [(line.number, line.raw) for line in document.lines]


def mark_lines(
    lines: Iterable[RawLine],
    roles: Iterable[RoleReview],
    warnings: Iterable[Mapping[str, Any]],
    unread: Iterable[Mapping[str, Any]],
) -> None:
    """Note on each line what was read from it, what is doubtful about it, and whether nothing was read from it."""
    line_of = {line.number: line for line in lines if line.first}
    for role in roles:
        _mark_values(line_of, role)
    for warning in warnings:
        line = line_of.get(warning["line"])
        if line and warning["message"] not in line.warnings:
            line.warnings.append(warning["message"])
    for entry in unread:
        if line := line_of.get(entry["line"]):
            line.unread = True


def _mark_values(line_of: Mapping[int, RawLine], review: RoleReview) -> None:
    for group in review.groups:
        for value in group.values:
            if line := line_of.get(value.line):
                line.values.append((value.id, f"{review.title}: {value.label or value.text}"))


def marked_lines(lines: Iterable[RawLine]) -> list[RawLine]:
    """The marked lines and the first, which is the head of a table: enough where only some of many roles are shown."""
    return [line for line in lines if line.number == 1 or line.is_marked]


# -- values to choose -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RoleCandidates:
    """The texts that can be one role's part of run-together cells. `role`: the title as the page has it."""

    role: str
    texts: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class UnclearValue:
    """Run-together cells that a person has to split. Split i gives each role its candidate i."""

    id: str
    key: str
    label: str
    raw: str
    line: int
    candidates: tuple[RoleCandidates, ...]

    @property
    def splits(self) -> list[tuple[str, list[tuple[str, str | None]]]]:
        """(the texts as JSON, [(role, text), ...]) for each split that the page allows, the more likely ones first.

        The values of one role are in the order in which they were read: the one that the page gives most often first.
        """
        titles = [candidates.role for candidates in self.candidates]
        splits = []
        for texts in zip(*(candidates.texts for candidates in self.candidates), strict=False):
            splits.append((json.dumps(texts), list(zip(titles, texts, strict=True))))
        if len(titles) == 1:
            return splits
        return sorted(splits, key=lambda split: sum(_oddness(text) for _, text in split[1]))


def _oddness(text: str | None) -> int:
    """How little a text looks like a name. It orders the splits on the screen and decides nothing.

    >>> [_oddness(text) for text in ("PayPal", "IBM", "BMPayPal", "yPal")]
    [0, 0, 1, 2]
    """
    if not text or not text[0].isalpha() or text.isupper():
        return 0
    if text[0].islower():
        return 2
    return int(len(text) > 1 and text[1].isupper())


def unclear_values(ambiguous: Iterable[Mapping[str, Any]]) -> list[UnclearValue]:
    """The ambiguous values of a page, both roles of run-together cells as one."""

    def place(entry: Mapping[str, Any]) -> tuple[int, str, str]:
        return entry["line"], entry["field"], entry["raw"]

    values = []
    for number, ((line, key, raw), entries) in enumerate(groupby(sorted(ambiguous, key=place), key=place), 1):
        candidates = tuple(RoleCandidates(entry["role"], tuple(entry["candidates"])) for entry in entries)
        values.append(UnclearValue(f"choice-{number}", key, label_of(key), reveal_invisible(raw), line, candidates))
    return values
