"""How many other pages agree with each current value, and which differ.

Kept in the evidence of the current row, and only there:
`agrees`: {"pages": other pages with the same value, "sources": other publishers among them};
`differs`: [{"publisher", "url", "captured_on", "value", "pages"}], one for each publisher and value,
with the address of its newest page. Repeats from one publisher count as one source, so both
numbers are told. Decimals are texts, as published: "38.30".
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


@dataclass(frozen=True, slots=True)
class _Said:
    """One row of a role, without its evidence."""

    row: int
    publisher: str
    url: str
    captured_on: date | None
    digest: str
    sample: bool
    values: Mapping[str, Any]


def recount_agreement(roles: Collection[int]) -> None:
    """Count anew, for the current rows of these roles, who agrees and who differs."""
    pointers = Role.objects.filter(pk__in=roles).order_by().values("pk", *(f"{group}_id" for group in ONE_ROW_GROUPS))
    current = {each["pk"]: each for each in pointers}
    for group in ONE_ROW_GROUPS:
        table = TABLES[group]
        said = _said(group, roles)
        of_row = {current[role][f"{group}_id"]: rows for role, rows in said.items()}
        rows = table._default_manager.filter(pk__in=[pk for pk in of_row if pk is not None])
        changed = []
        for row in rows.only("pk", "evidence"):
            evidence = _count_agreement(row.pk, row.evidence, of_row[row.pk])
            if evidence != row.evidence:
                row.evidence = evidence
                changed.append(row)
        update_columns(changed, ["evidence"])


def _said(group: str, roles: Collection[int]) -> dict[int, list[_Said]]:
    found: dict[int, list[_Said]] = {}
    rows = TABLES[group]._default_manager.filter(role__in=roles, citation__publisher__taken_down_at=None).order_by()
    about = ("citation__publisher__name", "citation__url", "citation__captured_on", "citation__digest")
    for role, pk, publisher, url, captured_on, digest, sample, *values in rows.values_list(
        "role", "pk", *about, "citation__sample", *FIELDS[group]
    ):
        given = dict(zip(FIELDS[group], values, strict=True))
        found.setdefault(role, []).append(_Said(pk, publisher, url, captured_on, digest, sample, given))
    return found


def _count_agreement(pk: int, evidence: dict[str, Any], said: Collection[_Said]) -> dict[str, Any]:
    """The evidence of a current row, with what the other rows of its role say to each value."""
    own = next(each for each in said if each.row == pk)
    # Pages in our own words hold the figures of published ones, so they confirm nothing.
    others = [each for each in said if each.row != pk and (own.sample or not each.sample)]
    renewed = without_agreement(evidence)
    for name, value in own.values.items():
        told = [each for each in others if each.values[name] is not None]
        if value is None or not told:
            continue
        entry = renewed.setdefault(name, {})
        if agreeing := [each for each in told if each.values[name] == value]:
            sources = {each.publisher for each in agreeing} - {own.publisher}
            entry["agrees"] = {"pages": len(agreeing), "sources": len(sources)}
        if differing := [each for each in told if each.values[name] != value]:
            entry["differs"] = _differing(name, differing)
    return renewed


def _differing(name: str, said: Iterable[_Said]) -> list[dict[str, Any]]:
    """One entry for each publisher and value; the newest page stands for those that repeat it."""
    newest_first = sorted(said, key=lambda each: (-(each.captured_on or date.min).toordinal(), each.digest))
    entries: dict[tuple[str, Any], dict[str, Any]] = {}
    for each in newest_first:
        value = each.values[name]
        entry = entries.setdefault(
            (each.publisher, value),
            {
                "publisher": each.publisher,
                "url": each.url,
                "captured_on": each.captured_on and each.captured_on.isoformat(),
                "value": str(value) if isinstance(value, Decimal) else value,
                "pages": 0,
            },
        )
        entry["pages"] += 1
    return list(entries.values())


def without_agreement(evidence: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    return {
        name: {key: value for key, value in entry.items() if key not in AGREEMENT} for name, entry in evidence.items()
    }


def strip_agreement(table: type[FactRow], rows: Collection[int]) -> None:
    if not rows:
        return
    stripped = []
    for row in table._default_manager.filter(pk__in=rows).only("pk", "evidence"):
        row.evidence = without_agreement(row.evidence)
        stripped.append(row)
    update_columns(stripped, ["evidence"])
