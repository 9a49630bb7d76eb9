"""A page beside what was read from it: plain data for the screens on which people look before they load.

Nothing here reads text a second time. What a page says is taken from the rows that its load has
just written, or would have; a rehearsal rolls them back afterwards.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, Literal

from careers.models import Citation, Duty, FactRow, Role, RoleSkill, Section
from careers.vocabulary import FIELDS, GROUPS, KEY_OF, NOT_PUBLISHED, ONE_ROW_GROUPS, label_of
from ingest.admin.wording import how_read, place_of, shown, words
from ingest.documents.document import read_document
from ingest.loading import Change
from ingest.loading.fit import TABLES
from ingest.models import Mention, Page
from ingest.parsing.cells import UnreadableError

# new: nothing was stored. changed: what was stored gives way. same: it is stored already. shown: readers see it.
# beside: it is kept, but another page is newer or fuller. unclear: a person has to choose. missing: not published.
State = Literal["new", "changed", "same", "shown", "beside", "unclear", "missing"]
STATES: dict[State, str] = {
    "new": "new",
    "changed": "changed",
    "same": "same",
    "shown": "shown",
    "beside": "kept beside",
    "unclear": "to choose",
    "missing": NOT_PUBLISHED,
}

# -- what a page says -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Said:
    """One value that a page gives, or leaves open. `id` is its anchor, `line` where it stands (0: nowhere), in words
    `place`: "line 12", in a table "row 12, column A_MEAN"."""

    id: str
    key: str
    label: str
    text: str
    line: int
    raw: str
    how: str
    state: State
    before: str = ""  # what is stored now, or what is shown instead
    instead: Citation | None = None  # the page that is shown instead
    warnings: tuple[str, ...] = ()
    place: str = ""

    @property
    def state_name(self) -> str:
        return STATES[self.state]


@dataclass(frozen=True, slots=True)
class Group:
    """The values of one group: Pay, Getting in, Skills. `note` speaks of a list as a whole."""

    name: str
    values: list[Said]
    state: State | None = None
    note: str = ""

    @property
    def state_name(self) -> str:
        return STATES[self.state] if self.state else ""


@dataclass(frozen=True, slots=True)
class RoleReview:
    """What a page says of one role."""

    role: Role
    title: str
    is_new: bool
    groups: list[Group]

    def count(self, state: State) -> int:
        return sum(said.state == state for group in self.groups for said in group.values)


def review(page: Page, mentions: Collection[Mention], changes: Iterable[Change] | None = None) -> list[RoleReview]:
    """What a stored page says of those of its roles that are mentioned here. `changes`: those of its load just now."""
    before = None if changes is None else {(each.role, each.field): each.before for each in changes}
    roles = Role.objects.with_facts().in_bulk([mention.role_id for mention in mentions])
    rows: dict[tuple[int, str], list[FactRow]] = {}
    for group, table in TABLES.items():
        for row in table._default_manager.filter(citation=page.citation_id, role__in=roles):
            rows.setdefault((row.role_id, group), []).append(row)
    found = []
    for mention in mentions:
        role = roles[mention.role_id]
        ids = (f"v{mention.pk}-{number}" for number in range(1, 100_000))
        groups = []
        for group in TABLES:
            own = rows.get((role.pk, group))
            if own and group in ONE_ROW_GROUPS:
                made = page.choices.get(mention.key, {})
                groups.append(_one_row_group(group, own[0], role, before, ids, made))
            elif own:
                groups.append(_list(group, own, role, before, ids))
        is_new = before is not None and (role.slug, "title") in before and before[role.slug, "title"] is None
        found.append(RoleReview(role, mention.title, is_new, groups))
    return found


Before = Mapping[tuple[str, str], Any] | None  # (slug, key) -> what was stored; None: not loaded just now


def _one_row_group(
    group: str, row: FactRow, role: Role, before: Before, ids: Iterator[str], made: Mapping[str, Any]
) -> Group:
    shown: FactRow | None = getattr(role, group)
    values = []
    for name in FIELDS[group]:
        key, value, evidence = KEY_OF[group, name], getattr(row, name), row.evidence.get(name, {})
        if value is None and "line" not in evidence:
            continue
        state, text, instead = _state(role, key, value, shown, row, name, before)
        if value is None and (evidence.get("how") == "unread" or evidence.get("candidates")):
            state = "unclear"
        values.append(
            Said(
                id=next(ids),
                key=key,
                label=label_of(key),
                text=words(key, value) if value is not None else "",
                line=evidence.get("line", 0),
                raw=evidence.get("raw", ""),
                how=how_read(evidence, made.get(key)),
                state=state,
                before=text,
                instead=instead,
                warnings=tuple(evidence.get("warnings", ())),
                place=place_of(evidence),
            )
        )
    return Group(GROUPS[group], sorted(values, key=lambda said: said.line))


def _state(
    role: Role, key: str, value: Any, shown: FactRow | None, row: FactRow, name: str, before: Before
) -> tuple[State, str, Citation | None]:
    if value is None:
        return "missing", "", None
    if shown == row:
        if before is None:
            return "shown", "", None
        if (role.slug, key) in before:
            old = before[role.slug, key]
            return ("new", "", None) if old is None else ("changed", words(key, old), None)
    if shown is None or getattr(shown, name) == value:
        return "same", "", None
    return "beside", words(key, getattr(shown, name)), shown.citation


def _list(group: str, rows: Sequence[FactRow], role: Role, before: Before, ids: Iterator[str]) -> Group:
    shown: Citation | None = getattr(role, f"{group}_citation")
    state: State = "same"
    note = ""
    if shown is not None and shown.pk != rows[0].citation_id:
        state, note = "beside", f"The list of another page is shown: {shown}."
    elif before is None:
        state = "shown"
    elif (role.slug, group) in before:
        old = before[role.slug, group]
        state, note = ("new", "") if old is None else ("changed", f"{words(group, old)} before")
    values = [
        Said(
            id=next(ids),
            key=group,
            label="",
            text=text,
            line=evidence.get("line", 0),
            raw=evidence.get("raw", ""),
            how=how_read(evidence),
            state=state,
            warnings=tuple(evidence.get("warnings", ())),
            place=place_of(evidence),
        )
        for text, evidence in map(_entry, rows)
    ]
    return Group(GROUPS[group], values, state, note)


def _entry(row: FactRow) -> tuple[str, Mapping[str, Any]]:
    if isinstance(row, RoleSkill):
        share = f", {row.percent}%" if row.percent is not None else ""
        tier = f" ({row.tier})" if row.tier else ""
        return f"{row.name}{share}{tier}", row.evidence.get("name", {})
    if isinstance(row, Duty):
        return row.text, row.evidence.get("text", {})
    if isinstance(row, Section):
        blocks = len(row.blocks)
        return f"{row.heading}: {blocks} {'block' if blocks == 1 else 'blocks'}", row.evidence.get("heading", {})
    raise TypeError(row)


# -- the lines of a page ----------------------------------------------------------------------

MOST_LINES = 3_000  # on one screen; a real page has some 300
LONGEST_LINE = 3_000  # characters


@dataclass(slots=True)
class RawLine:
    """One line of a page as it stands. `values`: the anchors of what was read from it, with what they are called."""

    number: int
    text: str
    first: bool = True  # of the lines with its number: a saved HTML file has several things in one line
    values: list[tuple[str, str]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    unread: bool = False

    @property
    def more(self) -> int:
        """How many values there are beyond the first six, which are named."""
        return max(0, len(self.values) - 6)


def raw_lines(name: str, content: bytes) -> list[RawLine]:
    """The lines or rows of a page that are not blank; of one that cannot be read as a page, as far as it is text."""
    try:
        document = read_document(name, content)
        lines = [(line.number, line.raw) for line in document.lines]
        if table := document.table:
            rows = [(1, table.columns), *table.rows]
            lines = [(number, " | ".join(cells)) for number, cells in rows]
    except UnreadableError:
        if content.count(0) or content.startswith((b"PK", b"%PDF")):
            return []
        text = content[:200_000].decode("utf-8", "replace")
        lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    found = []
    last = 0
    for number, text in lines[:MOST_LINES]:
        found.append(RawLine(number, shown(text[:LONGEST_LINE]), first=number != last))
        last = number
    return found


def mark_lines(
    lines: Iterable[RawLine],
    roles: Iterable[RoleReview],
    warnings: Iterable[Mapping[str, Any]],
    unread: Iterable[Mapping[str, Any]],
) -> None:
    """Note on each line what was read from it, what is doubtful about it, and whether nobody read it."""
    first = {line.number: line for line in lines if line.first}
    for role in roles:
        for group in role.groups:
            for said in group.values:
                if line := first.get(said.line):
                    line.values.append((said.id, f"{role.title}: {said.label or said.text}"))
    for warning in warnings:
        line = first.get(warning["line"])
        if line and warning["message"] not in line.warnings:
            line.warnings.append(warning["message"])
    for left in unread:
        if line := first.get(left["line"]):
            line.unread = True


def told_lines(lines: Iterable[RawLine]) -> list[RawLine]:
    """Those of which something is said, and the head of a table: enough beside a part of many roles."""
    return [line for line in lines if line.number == 1 or line.values or line.warnings or line.unread]


# -- values to choose -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Side:
    """One role's part of glued cells."""

    role: str  # the title, as the page has it
    candidates: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """Glued cells whose reading a person has to choose. Reading i gives each side its candidate i."""

    id: str
    key: str
    label: str
    raw: str
    line: int
    sides: tuple[Side, ...]

    @property
    def readings(self) -> list[tuple[str, list[tuple[str, str | None]]]]:
        """(the texts as JSON, [(role, text), ...]) for each reading that the page allows, the likelier ones first."""
        titles = [side.role for side in self.sides]
        several = zip(*(side.candidates for side in self.sides), strict=False)
        readings = [(json.dumps(texts), list(zip(titles, texts, strict=True))) for texts in several]
        return sorted(readings, key=lambda reading: sum(_oddness(text) for _, text in reading[1]))


def _oddness(text: str | None) -> int:
    """How little a text looks like a name, for the order in which readings are offered; it decides nothing.

    >>> [_oddness(text) for text in ("PayPal", "IBM", "BMPayPal", "yPal")]
    [0, 0, 1, 2]
    """
    if not text or not text[0].isalpha() or text.isupper():
        return 0
    return 2 if text[0].islower() else int(len(text) > 1 and text[1].isupper())


def choices(ambiguous: Iterable[Mapping[str, Any]]) -> list[Choice]:
    """The ambiguous values of a page, both roles of glued cells as one choice."""

    def place(each: Mapping[str, Any]) -> tuple[int, str, str]:
        return each["line"], each["field"], each["raw"]

    found = []
    for number, ((line, key, raw), some) in enumerate(groupby(sorted(ambiguous, key=place), key=place), 1):
        sides = tuple(Side(each["role"], tuple(each["candidates"])) for each in some)
        found.append(Choice(f"choice-{number}", key, label_of(key), shown(raw), line, sides))
    return found
