"""The current related occupations and fields of study of some roles, in one query."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.db.models import CharField, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce

from careers.models import Major, RelatedOccupation, Role


class RelatedEntry(NamedTuple):
    """An official occupation that a source finds close to a role. `tier`: how close."""

    slug: str
    title: str
    tier: str
    evidence: dict[str, Any]


class MajorEntry(NamedTuple):
    """A field of study that leads to a role. `cip`: its code."""

    cip: str
    name: str
    evidence: dict[str, Any]


def query_lists(slugs: Sequence[Any]) -> QuerySet[Any, Any]:
    """`slugs`: those of the roles.

    The columns are role, place, tier, title, slug and code; a field of study has its code and name for the first two of
    them and nothing for the others.
    """
    role = Role.objects.filter(soc_code=OuterRef("related_code")).order_by()
    name = Coalesce("singular", "title")
    title, slug = (Cast(Subquery(role.values_list(column)[:1]), CharField()) for column in (name, "slug"))
    is_current = {"role__slug__in": slugs, "citation": F("role__related_citation")}
    related = RelatedOccupation.objects.filter(**is_current).order_by()
    is_current = {"role__slug__in": slugs, "citation": F("role__majors_citation")}
    majors = Major.objects.filter(**is_current).order_by()
    nothing = Cast(Value(None), CharField())
    return related.values_list("role_id", "position", "tier", title, slug, "related_code", "evidence").union(
        majors.values_list("role_id", "position", "cip", "name", nothing, nothing, "evidence"), all=True
    )


def sort_lists(rows: Iterable[list[Any]]) -> tuple[dict[int, list[RelatedEntry]], dict[int, list[MajorEntry]]]:
    """Role id -> its related occupations, and role id -> its fields of study. Occupations not stored are left out."""
    related: dict[int, list[RelatedEntry]] = {}
    majors: dict[int, list[MajorEntry]] = {}
    for pk, _, first, name, slug, related_code, evidence in sorted(rows, key=_place):
        if related_code is None:
            majors.setdefault(pk, []).append(MajorEntry(first, name, evidence))
        elif slug is not None:
            related.setdefault(pk, []).append(RelatedEntry(slug, name, first, evidence))
    return related, majors


def _place(row: list[Any]) -> int:
    place: int = row[1]
    return place
