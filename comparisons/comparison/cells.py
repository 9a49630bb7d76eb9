"""Rows of the registry read from roles: one cell for each role, with its text, or why it has none."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import chain
from typing import Any

from careers import vocabulary
from comparisons import formats
from comparisons.comparison.structure import Cell, Origin
from comparisons.queries.current_role import CurrentRole
from comparisons.rows import ROWS, Row
from comparisons.thresholds import MARKED_ERROR, NO_RATIO_ERROR

# The cell of a role whose sources have nothing for a row; most cells are like this.
ABSENT = Cell(None, formats.MISSING, vocabulary.NOT_IN_SOURCE, ())
_ABSENT_FROM_COPY = Cell(None, formats.MISSING, vocabulary.NOT_IN_CUT_COPY, ())
_ABSENT_IN_STATE = Cell(None, formats.MISSING, vocabulary.NOT_KEPT_BY_STATE, ())


def build_cells(roles: Sequence[CurrentRole]) -> list[tuple[Row, list[Cell]]]:
    """Each row of the registry with a cell for each role.

    Rows for which no source has anything are left out: official figures alone would bring fifteen empty ones.
    """
    groups = set(chain.from_iterable(role.groups for role in roles))
    rows = []
    for row in ROWS:
        if groups.isdisjoint(row.groups):
            continue
        cells = [build_cell(row, role) for role in roles]
        if any(cell.origins for cell in cells):
            rows.append((row, cells))
    return rows


def _read_row(row: Row, role: CurrentRole) -> tuple[list[Any], list[Origin]]:
    """What the sources of a role have for the fields of a row, and where it stands; no origins where none has it."""
    values = []
    origins = []
    for group, field in row.stored_in:
        facts = role.groups.get(group)
        value = facts.values[field] if facts else None
        values.append(value)
        if facts and (value is not None or field in facts.evidence):
            origins.append(Origin(facts.source, facts.evidence.get(field) or {}))
    return values, origins if len(origins) < 2 else _drop_repeats(origins)


def _drop_repeats(origins: Sequence[Origin]) -> list[Origin]:
    """No two origins with the same text on the same line: a sentence can give two values of a row."""
    by_place: dict[tuple[Any, str], Origin] = {}
    for origin in origins:
        by_place.setdefault((origin.evidence.get("line"), origin.evidence.get("raw", "")), origin)
    return list(by_place.values())


def build_cell(row: Row, role: CurrentRole) -> Cell:
    values, origins = _read_row(row, role)
    if not origins:
        return _make_empty_cell(row, role)
    years: list[Any] = []
    for group, field in row.years_in:
        years.append(role.groups[group].values[field] if group in role.groups else None)
    text = row.format(*values, *years) if values.count(None) < len(values) else None
    if text is None:
        return Cell(None, formats.MISSING, _explain_missing(origins), tuple(origins))
    source = origins[0].source
    error: Decimal | None = None
    if row.error:
        group, field = vocabulary.STORED_IN[row.error]
        error = role.groups[group].values[field]
    doubts = _list_doubts(origins, error)
    is_contradicted = bool(doubts) and any(doubt.startswith(vocabulary.SELF_CONTRADICTION) for doubt in doubts)
    return Cell(
        value=tuple(values) if row.fields else values[0],
        text=text,
        missing="",
        origins=tuple(origins),
        doubts=doubts,
        error=error,
        publisher=source.publisher,
        release=source.release,
        years=tuple(years),
        area=source.area,
        contradicted=is_contradicted,
        is_solid=not is_contradicted and (error is None or error < NO_RATIO_ERROR),
    )


def _list_doubts(origins: Sequence[Origin], error: Decimal | None) -> tuple[str, ...]:
    doubts: dict[str, None] = {}
    for origin in origins:
        for code in origin.evidence.get("warnings") or ():
            doubts[vocabulary.write_warning(code)] = None
    for origin in origins:
        wider_group = origin.evidence.get("wider_group")
        if wider_group:
            doubts[vocabulary.of_wider_group(wider_group)] = None
    if error is not None and error >= MARKED_ERROR:
        doubts[vocabulary.uncertain_by(formats.percent(error))] = None
    return tuple(doubts)


def _explain_missing(origins: Sequence[Origin]) -> str:
    codes = [origin.evidence.get("missing") for origin in origins]
    for code, text in vocabulary.MISSING_TEXTS.items():
        if code in codes:
            return text
    if any(_is_unclear(origin.evidence) for origin in origins):
        return vocabulary.UNCLEAR
    return vocabulary.NOT_PUBLISHED


def _is_unclear(evidence: Mapping[str, Any]) -> bool:
    return evidence.get("how") == "unread" or bool(evidence.get("candidates") or evidence.get("warnings"))


def make_absent_cell(role: CurrentRole) -> Cell:
    """The cell of any row for which the sources of a role have nothing.

    If the copy of its page was cut, the publisher may well have what the copy lacks.
    """
    return _ABSENT_FROM_COPY if role.was_cut else ABSENT


def _make_empty_cell(row: Row, role: CurrentRole) -> Cell:
    if not role.national.isdisjoint(row.stored_in):
        return _ABSENT_IN_STATE
    if row.none and row.stored_in[0][0] in role.groups:
        return Cell(None, formats.MISSING, row.none, ())
    groups = [role.groups.get(group) for group, _ in row.stored_in]
    is_from_cut_copy = any(facts is None or facts.source.cut_line for facts in groups)
    return make_absent_cell(role) if is_from_cut_copy else ABSENT
