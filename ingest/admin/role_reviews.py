"""A page beside what was read from it: plain data for the screens on which people review pages.

Nothing here reads text a second time: the values come from the rows that loading the page has written. For a preview
these rows are rolled back afterwards.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from careers import vocabulary
from careers.models import Citation, Duty, FactRow, Role, RoleSkill, Section
from ingest.admin.wording import describe_place, describe_reading, format_value
from ingest.loading.changes import Change
from ingest.loading.fit import TABLES
from ingest.models import Mention, Page
from ingest.parsing.list_choices import number_entries_in_lines, read_entry_field
from ingest.plurals import count_of

# new: nothing was stored. changed: it replaces a stored value. same: it is stored already. shown: readers see it.
# beside: it is stored, but another page takes precedence. unclear: a person has to choose. missing: not published.
# absent: there is none for another reason, which stands beside it, such as a copy that was cut.
State = Literal["new", "changed", "same", "shown", "beside", "unclear", "missing", "absent"]
STATES: dict[State, str] = {
    "new": "new",
    "changed": "changed",
    "same": "same",
    "shown": "shown",
    "beside": "not shown",
    "unclear": "to choose",
    "missing": vocabulary.NOT_PUBLISHED,
    "absent": "no value",
}

# Groups that pages about roles give. The others come from tables of official occupations.
_GROUPS_OF_PAGES = ("salary", "outlook", "preparation", "demographics", "profile")


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
    `to_correct`: an entry of a list as a person writes it.
    """

    id: str
    text: str
    line: int
    place: str
    how: str
    stored: StoredComparison
    label: str = ""
    key: str = ""
    was_chosen: bool = False
    raw: str = ""
    to_correct: str = ""

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

    def find_value_before(self, key: str) -> Any:
        return self.before[self.role.slug, key] if self.before else None


def review_roles(page: Page, mentions: Collection[Mention], changes: Iterable[Change] | None) -> list[RoleReview]:
    """What a stored page says about the roles of these mentions. `changes`: what loading it has just changed, if so."""
    before = None
    if changes is not None:
        before = {(change.role, change.field): change.before for change in changes}
    roles = Role.objects.with_facts().in_bulk([mention.role_id for mention in mentions])
    rows = _fetch_rows(page, roles)
    reviews = []
    for mention in mentions:
        anchors = (f"v{mention.pk}-{number}" for number in range(1, 100_000))
        context = ReviewContext(roles[mention.role_id], before, page.choices.get(mention.key, {}), anchors)
        groups = _review_groups(rows, context)
        is_new = context.was_changed("title") and context.find_value_before("title") is None
        not_read = _list_values_not_read(context.role, groups)
        reviews.append(RoleReview(context.role, mention.title, is_new, groups, mention.key, not_read))
    return reviews


def _review_groups(rows: Mapping[tuple[int, str], Sequence[FactRow]], context: ReviewContext) -> list[ReviewedGroup]:
    """The groups of one role of which the page says something. `rows`: see `_fetch_rows`."""
    groups = []
    for group in TABLES:
        group_rows = rows.get((context.role.pk, group))
        if group_rows:
            review = _review_row if group in vocabulary.ONE_ROW_GROUPS else _review_list
            groups.append(review(group, group_rows, context))
    return [group for group in groups if group.values or group.note]


def _list_values_not_read(role: Role, groups: Iterable[ReviewedGroup]) -> list[tuple[str, str]]:
    """(vocabulary key, label) of the values for which nothing was read."""
    read: set[str] = set()
    for group in groups:
        read.update(value.key for value in group.values)
    listed = _GROUPS_OF_PAGES if role.soc_code is None else vocabulary.ONE_ROW_GROUPS
    return [
        (key, vocabulary.label_of(key))
        for key, (group, _) in vocabulary.STORED_IN.items()
        if group in listed and key not in read
    ]


def _fetch_rows(page: Page, roles: Collection[int]) -> dict[tuple[int, str], list[FactRow]]:
    """(role key, group) -> the rows of a page."""
    rows: dict[tuple[int, str], list[FactRow]] = {}
    for group, table in TABLES.items():
        for row in table._default_manager.filter(citation=page.citation_id, role__in=roles):
            rows.setdefault((row.role_id, group), []).append(row)
    return rows


def _review_row(group: str, rows: Sequence[FactRow], context: ReviewContext) -> ReviewedGroup:
    [row] = rows
    values = []
    for name in vocabulary.FIELDS[group]:
        key, value, evidence = vocabulary.KEY_OF[group, name], getattr(row, name), row.evidence.get(name, {})
        if value is None and ("line" not in evidence or evidence.get("missing") == "after-cut"):
            continue
        text = "" if value is None else format_value(key, value)
        comparison = _compare_field(group, name, row, context)
        is_unclear = evidence.get("how") == "unread" or evidence.get("candidates")
        if value is None and is_unclear and evidence.get("missing") not in vocabulary.LOST_IN_COPY:
            comparison = StoredComparison("unclear")
        values.append(_make_value(context, key, text, evidence, comparison, label=vocabulary.label_of(key)))
    return ReviewedGroup(vocabulary.GROUPS[group], sorted(values, key=lambda value: value.line))


def _make_value(
    context: ReviewContext, key: str, text: str, evidence: Mapping[str, Any], stored: StoredComparison, **more: str
) -> ReviewedValue:
    return ReviewedValue(
        id=next(context.anchors),
        text=text,
        line=evidence.get("line", 0),
        place=describe_place(evidence),
        how=describe_reading(evidence, context.choices.get(key)),
        stored=stored,
        key=key,
        was_chosen=evidence.get("how") == "chosen",
        raw=evidence.get("raw", ""),
        **more,
    )


def _compare_field(group: str, name: str, row: FactRow, context: ReviewContext) -> StoredComparison:
    """How one field of a page's row compares with the row that is shown for its role."""
    shown: FactRow | None = getattr(context.role, group)
    key, value = vocabulary.KEY_OF[group, name], getattr(row, name)
    if value is None:
        reason = row.evidence.get(name, {}).get("missing")
        return StoredComparison("absent" if reason in vocabulary.MISSING_TEXTS else "missing")
    if shown == row and context.before is None:
        return StoredComparison("shown")
    if shown == row and context.was_changed(key):
        old_value = context.find_value_before(key)
        if old_value is None:
            return StoredComparison("new")
        return StoredComparison("changed", format_value(key, old_value))
    if shown is None or getattr(shown, name) == value:
        return StoredComparison("same")
    return StoredComparison("beside", format_value(key, getattr(shown, name)), shown.citation)


def _review_list(group: str, rows: Sequence[FactRow], context: ReviewContext) -> ReviewedGroup:
    state, note = _compare_list(group, rows[0].citation_id, context)
    entries = [_describe_entry(row) for row in rows]
    fields = _name_entry_fields(group, [evidence for _, evidence in entries])
    values = []
    for row, (text, evidence), key in zip(rows, entries, fields, strict=True):
        stored, to_correct = StoredComparison(state), _write_text_to_correct(row)
        values.append(_make_value(context, key, text, evidence, stored, to_correct=to_correct))
    return ReviewedGroup(vocabulary.GROUPS[group], values, state, note)


def _name_entry_fields(group: str, evidence: Sequence[Mapping[str, Any]]) -> list[str]:
    """The field of each entry of a list among the choices of its page; "" where entries are not corrected."""
    fields = []
    for place, number in zip(evidence, number_entries_in_lines(evidence), strict=True):
        field_name = f"{group}@{place.get('line', 0)}.{number}"
        fields.append(field_name if read_entry_field(field_name) else "")
    return fields


def _compare_list(group: str, citation_id: int, context: ReviewContext) -> tuple[State, str]:
    """The state of a whole list, and a note."""
    if group in vocabulary.ADDED_GROUPS:
        return "shown", ""
    shown: Citation | None = getattr(context.role, f"{group}_citation")
    if shown is not None and shown.pk != citation_id:
        return "beside", f"The list of another page is shown: {shown}."
    if context.before is None:
        return "shown", ""
    if not context.was_changed(group):
        return "same", ""
    old_entries = context.find_value_before(group)
    return ("new", "") if old_entries is None else ("changed", f"{format_value(group, old_entries)} before")


def _describe_entry(row: FactRow) -> tuple[str, Mapping[str, Any]]:
    """One entry of a list in words, and its evidence."""
    if isinstance(row, RoleSkill):
        share = f", {row.percent}%" if row.percent is not None else ""
        tier = f" ({row.tier})" if row.tier else ""
        return f"{row.name}{share}{tier}", row.evidence.get("name", {})
    if isinstance(row, Duty):
        return row.text, row.evidence.get("text", {})
    if isinstance(row, Section):
        return f"{row.heading}: {count_of(len(row.blocks), 'block')}", row.evidence.get("heading", {})
    return _describe_fields(row), next(iter(row.evidence.values()), {})


def _describe_fields(row: FactRow) -> str:
    group = next(group for group in vocabulary.ENTRY_FIELDS if isinstance(row, TABLES[group]))
    values = [getattr(row, name) for name in vocabulary.ENTRY_FIELDS[group]]
    return ", ".join(str(value) for value in values if value is not None)


def _write_text_to_correct(row: FactRow) -> str:
    """An entry as a person writes it: the section of a guide has its heading first and a dash before list items."""
    if isinstance(row, RoleSkill):
        return f"{row.name}, {row.percent}%" if row.percent is not None else row.name
    if not isinstance(row, Section):
        return _describe_entry(row)[0]
    lines = [row.heading]
    for block in row.blocks:
        lines += [block["text"]] if block["type"] == "paragraph" else [f"- {item}" for item in block["items"]]
    return "\n".join(lines)
