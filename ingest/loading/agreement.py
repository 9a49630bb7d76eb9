"""Count how many other pages agree with each current value, and record which differ.

This is stored in the evidence of the current row, and only there:
`agrees`: {"pages": other pages with the same value, "sources": other publishers among them};
`differs`: [{"publisher", "url", "captured_on", "value", "pages"}], one for each publisher and value,
with the address of its newest page. Pages of one publisher often repeat each other, so both numbers
are stored. Decimals are strings, as published: "38.30".
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from careers.bulk import update_columns
from careers.models import FactRow, Role
from careers.vocabulary import FIELDS, ONE_ROW_GROUPS
from ingest.loading.fit import TABLES

AGREEMENT = ("agrees", "differs")
_CITATION_COLUMNS = (
    "citation__publisher__name",
    "citation__url",
    "citation__captured_on",
    "citation__digest",
    "citation__sample",
    "citation__figures_of",
)


@dataclass(frozen=True, slots=True)
class _SourceRow:
    """The values of one row of a role, and the page that they are from."""

    row: int
    values: Mapping[str, Any]
    publisher: str
    url: str
    captured_on: date | None
    digest: str
    sample: bool
    figures_of: date | None

    @property
    def newest_first(self) -> tuple[int, str]:
        """Sorts the newest page first, and by digest within a day."""
        return (-(self.captured_on or date.min).toordinal(), self.digest)


def recount_agreement(roles: Collection[int]) -> None:
    """Count again, for the current rows of these roles, which pages agree and which differ."""
    current_columns = {group: f"{group}_id" for group in ONE_ROW_GROUPS}
    pointers = list(Role.objects.filter(pk__in=roles).order_by().values("pk", *current_columns.values()))
    for group, column in current_columns.items():
        current_rows = {pointer["pk"]: pointer[column] for pointer in pointers if pointer[column] is not None}
        if not current_rows:
            continue
        sources = {}  # by current row
        for role, source_rows in _fetch_source_rows(group, current_rows).items():
            sources[current_rows[role]] = source_rows
        changed = []
        for row in TABLES[group]._default_manager.filter(pk__in=list(sources)).only("pk", "evidence"):
            evidence = _count_agreement(row.pk, row.evidence, sources[row.pk])
            if evidence != row.evidence:
                row.evidence = evidence
                changed.append(row)
        update_columns(changed, ["evidence"])


def _fetch_source_rows(group: str, roles: Collection[int]) -> dict[int, list[_SourceRow]]:
    """Role id -> its rows in a group."""
    by_role: dict[int, list[_SourceRow]] = {}
    rows = TABLES[group]._default_manager.filter(role__in=roles, citation__publisher__taken_down_at=None).order_by()
    for role, pk, *columns in rows.values_list("role", "pk", *_CITATION_COLUMNS, *FIELDS[group]):
        citation, values = columns[: len(_CITATION_COLUMNS)], columns[len(_CITATION_COLUMNS) :]
        source_row = _SourceRow(pk, dict(zip(FIELDS[group], values, strict=True)), *citation)
        by_role.setdefault(role, []).append(source_row)
    return by_role


def _count_agreement(pk: int, evidence: dict[str, Any], sources: Collection[_SourceRow]) -> dict[str, Any]:
    """The evidence of a current row, with what the other rows of its role say about each value."""
    current = next(source for source in sources if source.row == pk)
    other_sources = [source for source in sources if source is not current and _can_confirm(source, current)]
    recounted = drop_agreement(evidence)
    for name, value in current.values.items():
        agreement = {} if value is None else _find_agreement(name, current, other_sources)
        if agreement:
            recounted.setdefault(name, {}).update(agreement)
    return recounted


def _find_agreement(name: str, current: _SourceRow, other_sources: Iterable[_SourceRow]) -> dict[str, Any]:
    """`agrees` and `differs` of one value, each only where there are such pages."""
    value = current.values[name]
    agreeing: list[_SourceRow] = []
    differing: list[_SourceRow] = []
    for source in other_sources:
        if source.values[name] == value:
            agreeing.append(source)
        elif source.values[name] is not None:
            differing.append(source)
    agreement: dict[str, Any] = {}
    if agreeing:
        publishers = {source.publisher for source in agreeing} - {current.publisher}
        agreement["agrees"] = {"pages": len(agreeing), "sources": len(publishers)}
    if differing:
        agreement["differs"] = _list_differing_values(name, differing)
    return agreement


def _can_confirm(source: _SourceRow, current: _SourceRow) -> bool:
    """Sample pages repeat figures of published pages, so they confirm nothing but one another."""
    return may_be_of_one_time(source.figures_of, current.figures_of) and (current.sample or not source.sample)


def may_be_of_one_time(figures_of: date | None, other_figures_of: date | None) -> bool:
    """Whether figures of these months can confirm or contradict one another; most pages name no month."""
    return not figures_of or not other_figures_of or figures_of == other_figures_of


def _list_differing_values(name: str, sources: Iterable[_SourceRow]) -> list[dict[str, Any]]:
    """One claim for each publisher and value, with the newest page of those that repeat it."""
    claims: dict[tuple[str, Any], dict[str, Any]] = {}
    for source in sorted(sources, key=lambda source: source.newest_first):
        value = source.values[name]
        claim = claims.setdefault(
            (source.publisher, value),
            {
                "publisher": source.publisher,
                "url": source.url,
                "captured_on": source.captured_on and source.captured_on.isoformat(),
                "value": str(value) if isinstance(value, Decimal) else value,
                "pages": 0,
            },
        )
        claim["pages"] += 1
    return list(claims.values())


def drop_agreement(evidence: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Evidence as its own page gave it."""
    return {
        name: {key: value for key, value in place.items() if key not in AGREEMENT} for name, place in evidence.items()
    }


def strip_agreement(table: type[FactRow], rows: Collection[int], without: Collection[int] = ()) -> None:
    """Remove the agreement from stored rows, since they are no longer current.

    `without`: citations whose rows are about to be deleted.
    """
    if not rows:
        return
    stripped = []
    for row in table._default_manager.filter(pk__in=rows).exclude(citation__in=without).only("pk", "evidence"):
        row.evidence = drop_agreement(row.evidence)
        stripped.append(row)
    update_columns(stripped, ["evidence"])
