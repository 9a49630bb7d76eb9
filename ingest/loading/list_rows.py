"""What lists show of each role, kept with the facts it is copied from: see `careers.models.Listing`.

To be called wherever current facts or titles of roles have changed, before the transaction ends.
"""

from collections.abc import Collection, Iterator
from typing import Any

from careers.bulk import update_columns
from careers.models import CITATION_PATHS, Listing, Role
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
}
_PUBLISHERS = {group: f"{path}__publisher" for group, path in CITATION_PATHS.items()}
_OWN = ("pk", "title", "key", "slug")
_COLUMNS = (*_OWN, *_PUBLISHERS.values(), *(f"{group}__{field}" for group, field in COPIED_FIELDS.values()))
_KEPT = [field.name for field in Listing._meta.concrete_fields if field.name != "id"]


def update_listings(roles: Collection[int]) -> None:
    """Bring the listings of these roles to what is current of them; those that say nothing any more go."""
    wanted = {(each.role_id, each.publisher_id): each for each in _listings(roles)}
    gone, changed = [], []
    for was in Listing.objects.filter(role__in=roles):
        each = wanted.pop((was.role_id, was.publisher_id), None)
        if each is None:
            gone.append(was.pk)
        elif any(getattr(each, name) != getattr(was, name) for name in _COMPARED):
            each.pk = was.pk
            changed.append(each)
    if gone:
        Listing.objects.filter(pk__in=gone).delete()
    update_columns(changed, _KEPT)
    Listing.objects.bulk_create(wanted.values())


_COMPARED = [field.attname for field in Listing._meta.concrete_fields if field.name != "id"]


def _listings(roles: Collection[int]) -> Iterator[Listing]:
    """One for each role and publisher of which anything is current, with that publisher's figures alone."""
    for row in Role.objects.filter(pk__in=roles).order_by().values_list(*_COLUMNS):
        pk, title, key, slug = row[: len(_OWN)]
        publishers = dict(zip(_PUBLISHERS, row[len(_OWN) :], strict=False))
        values = dict(zip(COPIED_FIELDS, row[len(_OWN) + len(_PUBLISHERS) :], strict=True))
        for publisher in {each for each in publishers.values() if each is not None}:
            own = {name: values[name] for name, (group, _) in COPIED_FIELDS.items() if publishers[group] == publisher}
            yield Listing(role_id=pk, publisher_id=publisher, title=title, key=key, slug=slug, **_with_time(own))


def _with_time(figures: dict[str, Any]) -> dict[str, Any]:
    """Where no sentence tells the time to enter, the band of the experience figure does."""
    years = figures.pop("years", None)
    if figures.get("months_low") is None and figures.get("months_high") is None and years in EXPERIENCE_BANDS:
        low, high = EXPERIENCE_BANDS[years]
        return figures | {"months_low": low, "months_high": high, "by_experience": True}
    return figures
