"""The current related occupations and fields of study of some roles, and the occupation that a person found closest."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from operator import itemgetter
from typing import Any, NamedTuple

from django.db.models import CharField, F, JSONField, OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Coalesce

from careers.models import Major, RelatedOccupation, Role
from comparisons.queries.prepared import make_null


class RelatedEntry(NamedTuple):
    """An official occupation that a source finds close to a role. `tier`: how close.

    `median`, `jobs` and `growth` are its own current figures, None where they are missing."""

    slug: str
    title: str
    tier: str
    evidence: dict[str, Any]
    median: int | None = None
    jobs: int | None = None
    growth: Decimal | None = None


class MajorEntry(NamedTuple):
    """A field of study that leads to a role. `cip`: its code."""

    cip: str
    name: str
    evidence: dict[str, Any]


# Stands for how close a related occupation is where a person found it closest to a role that is none.
CLOSEST = "closest"
# The figures of a related occupation.
_FIGURES = ("salary__annual_median", "outlook__job_count", "projection__growth_percent")


def query_lists(slugs: Sequence[Any]) -> QuerySet[Any, Any]:
    """`slugs`: those of the roles. The columns are role, position, tier, title, slug and code, evidence, and three
    figures; a field of study has its code and name for tier and title, and nothing for the others."""
    role = Role.objects.filter(soc_code=OuterRef("related_code")).order_by()
    name = Coalesce("singular", "title")
    title, slug = (Cast(Subquery(role.values_list(column)[:1]), CharField()) for column in (name, "slug"))
    figures = [Cast(Subquery(role.values_list(column)[:1]), TextField()) for column in _FIGURES]
    is_current = {"role__slug__in": slugs, "citation": F("role__related_citation")}
    related = RelatedOccupation.objects.filter(**is_current).order_by()
    is_current = {"role__slug__in": slugs, "citation": F("role__majors_citation")}
    majors = Major.objects.filter(**is_current).order_by()
    closest = Role.objects.filter(slug__in=slugs, closest_occupation__isnull=False).order_by()
    of_closest = [Cast(F(f"closest_occupation__{column}"), TextField()) for column in _FIGURES]
    closest_name = Coalesce("closest_occupation__singular", "closest_occupation__title")
    no_text = make_null(CharField())
    no_figures = [make_null(TextField())] * len(_FIGURES)
    return related.values_list("role_id", "position", "tier", title, slug, "related_code", "evidence", *figures).union(
        majors.values_list("role_id", "position", "cip", "name", no_text, no_text, "evidence", *no_figures),
        closest.values_list(
            "pk",
            Value(0),
            Cast(Value(CLOSEST), CharField()),
            Cast(closest_name, CharField()),
            "closest_occupation__slug",
            "closest_occupation__soc_code",
            make_null(JSONField()),
            *of_closest,
        ),
        all=True,
    )


class OccupationLists(NamedTuple):
    """Role id -> its related occupations, its fields of study, and the occupation that is closest to it."""

    related: dict[int, list[RelatedEntry]]
    majors: dict[int, list[MajorEntry]]
    closest: dict[int, RelatedEntry]


def sort_lists(rows: Iterable[list[Any]]) -> OccupationLists:
    """Occupations that are not stored are left out."""
    lists = OccupationLists({}, {}, {})
    for pk, _, first, name, slug, related_code, evidence, *figures in sorted(rows, key=itemgetter(1)):
        if related_code is None:
            lists.majors.setdefault(pk, []).append(MajorEntry(first, name, evidence))
        elif slug is not None:
            entry = RelatedEntry(slug, name, first, evidence, *_read_figures(figures))
            if first == CLOSEST:
                lists.closest[pk] = entry
            else:
                lists.related.setdefault(pk, []).append(entry)
    return lists


def _read_figures(texts: Iterable[str | None]) -> tuple[int | None, int | None, Decimal | None]:
    median, jobs, growth = texts
    return int(median) if median else None, int(jobs) if jobs else None, Decimal(growth) if growth else None
