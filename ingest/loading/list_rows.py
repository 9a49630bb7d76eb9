"""Copy what lists show of each role into `careers.models.Listing`.

This is called wherever current facts or titles of roles have changed, before the transaction ends.
"""

from collections.abc import Collection, Iterator
from functools import cache
from typing import Any

from django.db.models import QuerySet

from careers.bulk import create_rows, make_row, update_columns
from careers.models import CITATION_PATHS, Listing, Role
from careers.spelling import fold_spelling
from careers.vocabulary import EXPERIENCE_BANDS

# Column of a listing -> the group and field of a role that it copies.
COPIED_FIELDS = {
    "pay": ("salary", "annual_average"),
    "median": ("salary", "annual_median"),
    "low": ("salary", "annual_low"),
    "high": ("salary", "annual_high"),
    "jobs": ("outlook", "job_count"),
    "growth": ("outlook", "growth_percent"),
    "months_low": ("preparation", "months_low"),
    "months_high": ("preparation", "months_high"),
    "years": ("preparation", "years_of_experience"),
    "occupation_group": ("profile", "occupation_group"),
    "education": ("requirements", "education"),
    "pay_of": ("salary", "citation__figures_of"),
    "jobs_of": ("outlook", "citation__figures_of"),
    "pay_error": ("salary", "relative_error_percent"),
    "jobs_error": ("outlook", "relative_error_percent"),
}
# Group -> the publisher of what is current in it.
_PUBLISHERS = {group: f"{path}__publisher" for group, path in CITATION_PATHS.items()}
_FIGURES = {column: f"{group}__{field}" for column, (group, field) in COPIED_FIELDS.items()}
_ROLE_COLUMNS = ("pk", "title", "singular", "key", "slug", *_PUBLISHERS.values(), *_FIGURES.values())
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
    for row in _query_roles().filter(pk__in=roles):
        publishers = {group: row[path] for group, path in _PUBLISHERS.items()}
        for publisher in {pk for pk in publishers.values() if pk is not None}:
            figures: dict[str, Any] = {}
            for column, (group, _) in COPIED_FIELDS.items():
                if publishers[group] == publisher:
                    figures[column] = row[_FIGURES[column]]
            role = {"role_id": row["pk"], "slug": row["slug"], **_write_titles(row)}
            yield make_row(Listing, **role, publisher_id=publisher, **_with_time(figures))


@cache
def _query_roles() -> QuerySet[Role, dict[str, Any]]:
    """All roles with their columns of listings. Working out its joins takes as long as running it for one role."""
    roles: QuerySet[Role, dict[str, Any]] = Role.objects.order_by().values(*_ROLE_COLUMNS)
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
