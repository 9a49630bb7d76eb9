"""How one value of a stored page was read, for the screen on which a person corrects it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from careers.models import CITATION_PATHS, Citation, FactRow, Role, RoleSkill, Section
from careers.vocabulary import FIELDS, STORED_IN, label_of
from ingest.admin.page_lines import RawLine, raw_lines
from ingest.admin.page_review import entry_fields, entry_in_words
from ingest.admin.wording import describe_place, describe_reading, format_value, reveal_invisible
from ingest.loading.fit import TABLES
from ingest.models import Mention
from ingest.parsing.list_choices import EntryPlace, read_entry_field
from ingest.parsing.readers import READER_OF

LINES_AROUND = 2  # a value that is to be corrected


@dataclass(frozen=True, slots=True)
class StoredReading:
    """How one value of a stored page was read. `text`: the value as people write it; `raw`: its text on the page.

    `lines`: the line of the page with those around it. `also`: labels of values that are removed together with it.
    """

    text: str
    raw: str
    how: str
    place: str
    line: int
    lines: list[RawLine]
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
    return StoredReading(
        text=text,
        raw=reveal_invisible(evidence.get("raw", "")),
        how=describe_reading(evidence, page.choices.get(mention.key, {}).get(key)),
        place=describe_place(evidence),
        line=number,
        lines=[line for line in lines if not number or abs(line.number - number) <= LINES_AROUND],
        also=[label_of(other) for other in _keys_read_together(key)],
    )


def find_shown_instead(mention: Mention, key: str) -> Citation | None:
    """The page whose facts readers see where this value belongs; None if they are those of the page itself."""
    place = read_entry_field(key)
    path = CITATION_PATHS.get(place.group if place else STORED_IN[key][0])
    if path is None:
        return None
    shown = Citation.objects.filter(pk__in=Role.objects.filter(pk=mention.role_id).values(path))
    return shown.exclude(page=mention.page_id).select_related("publisher").first()


def _keys_read_together(key: str) -> Sequence[str]:
    """The other values of a cell whose first value this is."""
    reader = READER_OF.get(key)
    return reader.keys[1:] if reader and reader.keys[0] == key else ()


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
    entries = [(_text_to_correct(row), entry_in_words(row)[1]) for row in rows]
    field_names = entry_fields(place.group, [evidence for _, evidence in entries])
    for entry, field_name in zip(entries, field_names, strict=True):
        if field_name == place.field:
            return entry
    is_removed = place.field in mention.page.choices.get(mention.key, {})
    return ("", {"line": place.line}) if is_removed else None


def _text_to_correct(row: FactRow) -> str:
    """An entry as a person writes it: the section of a guide has its heading first and a dash before list items."""
    if isinstance(row, RoleSkill):
        return f"{row.name}, {row.percent}%" if row.percent is not None else row.name
    if not isinstance(row, Section):
        return entry_in_words(row)[0]
    lines = [row.heading]
    for block in row.blocks:
        lines += [block["text"]] if block["type"] == "paragraph" else [f"- {item}" for item in block["items"]]
    return "\n".join(lines)
