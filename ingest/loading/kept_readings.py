"""What the preview of a page has read, kept until the page is loaded, so that it is not read twice.

Only pages that leave no question open are kept, and no tables: other pages cannot change how these are read.
"""

import json
import zlib
from dataclasses import astuple
from datetime import date
from decimal import Decimal
from typing import Any

from careers.bulk import make_row
from careers.models import FactRow
from ingest.loading.fit import TABLES, FittedPage, FittedRole
from ingest.loading.read import PageReading
from ingest.models import Page
from ingest.parsing.parse_page import READER_VERSION
from ingest.parsing.parsed_page import LearnedName, PageWarning, ParsedPage, UnreadLine

FASTEST = 1  # level of compression
_SET_WHEN_STORED = ("_state", "id", "role_id", "citation_id", "skill_id")


def write_kept_reading(reading: PageReading) -> bytes:
    """A reading as compressed JSON, before anything of it is stored; b"" if a person chose values for the page."""
    if reading.page.choices:
        return b""
    parsed, fitted = reading.parsed, reading.fitted
    kept = {
        "read_from": _describe_source(reading.page),
        "layout": parsed.layout,
        "publisher": parsed.publisher,
        "attribution": parsed.attribution,
        "figures_of": parsed.figures_of and parsed.figures_of.isoformat(),
        "cut_line": parsed.cut_line,
        "learned": list(map(astuple, parsed.learned)),
        "citation": fitted.citation,
        "warnings": [astuple(warning) for warning in (*parsed.warnings, *fitted.warnings)],
        "unread": [astuple(line) for line in (*parsed.unread, *fitted.unread)],
        "roles": [_write_role(role) for role in fitted.roles],
    }
    return zlib.compress(json.dumps(kept, default=_write_decimal).encode(), FASTEST)


def read_kept_reading(page: Page) -> PageReading | None:
    """The reading that is kept with a page; None if there is none, or if it would be read differently now."""
    if not page.kept_reading or page.choices:
        return None
    kept = json.loads(zlib.decompress(page.kept_reading), object_hook=_read_decimal)
    if kept["read_from"] != _describe_source(page):
        return None
    parsed = ParsedPage(
        layout=kept["layout"],
        publisher=kept["publisher"],
        roles=(),
        attribution=kept["attribution"],
        figures_of=date.fromisoformat(kept["figures_of"]) if kept["figures_of"] else None,
        cut_line=kept["cut_line"],
        learned=tuple(LearnedName(*name) for name in kept["learned"]),
    )
    fitted = FittedPage(
        roles=[_read_role(*role) for role in kept["roles"]],
        citation=kept["citation"],
        warnings=[PageWarning(*warning) for warning in kept["warnings"]],
        unread=[UnreadLine(*line) for line in kept["unread"]],
    )
    return PageReading(page, None, parsed, fitted, [])


def _describe_source(page: Page) -> list[Any]:
    """All that a reading depends on."""
    return [READER_VERSION, page.digest, page.name, page.publisher]


def _write_role(role: FittedRole) -> list[Any]:
    groups = {group: list(map(_write_row, rows)) for group, rows in role.groups.items()}
    return [role.title, role.key, role.by_prose, groups]


def _read_role(title: str, key: str, by_prose: bool, groups: dict[str, list[dict[str, Any]]]) -> FittedRole:
    rows_of = {}
    for group, rows in groups.items():
        rows_of[group] = [make_row(TABLES[group], **values) for values in rows]
    return FittedRole(title, key, by_prose, rows_of)


def _write_row(row: FactRow) -> dict[str, Any]:
    values = row.__dict__.copy()
    for name in _SET_WHEN_STORED:
        values.pop(name, None)
    return values


def _write_decimal(value: object) -> dict[str, str]:
    if isinstance(value, Decimal):
        return {"decimal": str(value)}
    raise TypeError(f"{value!r} cannot be kept")


def _read_decimal(values: dict[str, Any]) -> Any:
    return Decimal(values["decimal"]) if "decimal" in values else values
