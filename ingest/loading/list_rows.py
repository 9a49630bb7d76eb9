"""Copy what lists show of each role into `careers.models.Listing`.

This is called wherever current facts or titles of roles have changed, before the transaction ends.
"""

from collections.abc import Collection, Iterator
from functools import cache
from itertools import chain
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery

from careers.bulk import create_rows, make_row, update_columns
from careers.models import CITATION_PATHS, Citation, Listing, Role
from careers.spelling import fold_spelling
from careers.vocabulary import EXPERIENCE_BANDS, ONE_ROW_GROUPS
from ingest.loading.fit import TABLES

# Column of a listing -> the group and field of a role that it copies.
COPIED_FIELDS = {
    "pay": ("salary", "annual_average"),
    "median": ("salary", "annual_median"),
    "low": ("salary", "annual_low"),
    "high": ("salary", "annual_high"),
    "jobs": ("outlook", "job_count"),
    "growth": ("outlook", "growth_percent"),
    "projected_growth": ("projection", "growth_percent"),
    "base_year": ("projection", "base_year"),
    "target_year": ("projection", "target_year"),
    "months_low": ("preparation", "months_low"),
    "months_high": ("preparation", "months_high"),
    "years": ("preparation", "years_of_experience"),
    "occupation_group": ("profile", "occupation_group"),
    "education": ("requirements", "education"),
    "pay_error": ("salary", "relative_error_percent"),
    "jobs_error": ("outlook", "relative_error_percent"),
}
# Column of a listing -> the group of a role whose figures are of the month that it copies.
_COPIED_MONTHS = {"pay_of": "salary", "jobs_of": "outlook"}
_FIGURES = {column: f"{group}__{field}" for column, (group, field) in COPIED_FIELDS.items()}
# Only official occupations have one, and PostgreSQL takes twice as long to plan a statement that joins it, too.
_READ_APART = "projection"
_PROJECTED = [field for group, field in COPIED_FIELDS.values() if group == _READ_APART]
_ROLE_COLUMNS = (
    *("pk", "title", "singular", "key", "slug", f"{_READ_APART}_id"),
    *[name for column, name in _FIGURES.items() if COPIED_FIELDS[column][0] != _READ_APART],
)
# Group -> the column of its citation.
_CITATIONS = {group: f"cited_{group}" for group in CITATION_PATHS}
_LISTING_COLUMNS = [column for column in Listing._meta.concrete_fields if column.name != "id"]


def update_listings(roles: Collection[int]) -> None:
    """Bring the listings of these roles in line with their current facts, and delete those without any."""
    wanted = {(listing.role_id, listing.publisher_id): listing for listing in _make_listings(roles)}
    dropped, changed = [], []
    for stored in Listing.objects.filter(role__in=roles):
        listing = wanted.pop((stored.role_id, stored.publisher_id), None)
        if listing is None:
            dropped.append(stored.pk)
        elif _differ(listing, stored):
            listing.pk = stored.pk
            changed.append(listing)
    if dropped:
        Listing.objects.filter(pk__in=dropped).delete()
    update_columns(changed, [column.name for column in _LISTING_COLUMNS])
    create_rows([*wanted.values()])


def _differ(listing: Listing, stored: Listing) -> bool:
    return any(getattr(listing, column.attname) != getattr(stored, column.attname) for column in _LISTING_COLUMNS)


def _make_listings(roles: Collection[int]) -> Iterator[Listing]:
    """One for each role and publisher with current facts, with the figures of this publisher alone."""
    rows = list(_query_roles().filter(pk__in=roles))
    cited = set(chain.from_iterable([row[column] for column in _CITATIONS.values()] for row in rows)) - {None}
    citations = Citation.objects.in_bulk(cited)
    projected = _read_projections({row[f"{_READ_APART}_id"] for row in rows} - {None})
    for row in rows:
        row |= projected.get(row[f"{_READ_APART}_id"], {})
        current = {group: citations[row[column]] for group, column in _CITATIONS.items() if row[column] is not None}
        publishers = {group: citation.publisher_id for group, citation in current.items()}
        for publisher in set(publishers.values()):
            figures: dict[str, Any] = {}
            for column, (group, _) in COPIED_FIELDS.items():
                if publishers.get(group) == publisher:
                    figures[column] = row[_FIGURES[column]]
            for column, group in _COPIED_MONTHS.items():
                if publishers.get(group) == publisher:
                    figures[column] = current[group].figures_of
            role = {"role_id": row["pk"], "slug": row["slug"], **_write_titles(row)}
            yield make_row(Listing, **role, publisher_id=publisher, **_with_time(figures))


def _read_projections(keys: Collection[int]) -> dict[int, dict[str, Any]]:
    """Key of a projection -> its columns, named as if the role had been joined to it."""
    if not keys:
        return {}  # even queries about nothing take time to build
    columns = [f"{_READ_APART}__{field}" for field in _PROJECTED]
    rows = TABLES[_READ_APART]._default_manager.filter(pk__in=keys).values_list("pk", *_PROJECTED)
    return {pk: dict(zip(columns, values, strict=True)) for pk, *values in rows}


@cache
def _query_roles() -> QuerySet[Role, dict[str, Any]]:
    """All roles with their columns of listings. Working out its joins takes as long as running it for one role.

    Only groups with figures of lists are joined: PostgreSQL took 15 ms each time to plan a statement that joins all
    groups and their citations.
    """
    joined = {group for group, _ in COPIED_FIELDS.values()} - {_READ_APART}
    citations: dict[str, F | Subquery] = {}
    for group, path in CITATION_PATHS.items():
        if group in ONE_ROW_GROUPS and group not in joined:
            facts = TABLES[group]._default_manager.filter(pk=OuterRef(f"{group}_id"))
            citations[_CITATIONS[group]] = Subquery(facts.values("citation"))
        else:
            citations[_CITATIONS[group]] = F(path)
    roles: QuerySet[Role, dict[str, Any]] = Role.objects.order_by().values(*_ROLE_COLUMNS, **citations)
    return roles


def _write_titles(row: dict[str, Any]) -> dict[str, str]:
    """An occupation is listed under its short name where it has one."""
    if not row["singular"]:
        return {"title": row["title"], "official_title": "", "key": row["key"]}
    return {"title": row["singular"], "official_title": row["title"], "key": fold_spelling(row["singular"])}


def _with_time(figures: dict[str, Any]) -> dict[str, Any]:
    """Where no sentence gives the time to enter, the band of the years of experience gives it."""
    years = figures.pop("years", None)
    if figures.get("months_low") is None and figures.get("months_high") is None and years in EXPERIENCE_BANDS:
        low, high = EXPERIENCE_BANDS[years]
        return figures | {"months_low": low, "months_high": high, "by_experience": True}
    return figures
