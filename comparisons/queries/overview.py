"""Counts of what is stored."""

from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Count, F, Max, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from careers.models import Citation, Listing, Publisher, Role
from comparisons.queries.revision import compute_once


class PublisherCount(NamedTuple):
    """A publisher, and the numbers of its current roles and of its pages.
    `samples`: how many of its pages are samples, whose words are ours.
    `oldest`, `newest`: when its pages were captured, or loaded where they have no date."""

    pk: int
    name: str
    homepage: str
    licence: str
    licence_url: str
    attribution: str
    roles: int
    pages: int
    samples: int
    oldest: date
    newest: date


class Overview(NamedTuple):
    """How much is stored. `newest`: the newest day of any publisher."""

    roles: int
    pages: int
    publishers: tuple[PublisherCount, ...]
    newest: date | None


_STORED_COLUMNS = PublisherCount._fields[:-2]
_DAYS = ("first_captured", "last_captured", "first_loaded", "last_loaded")


def read_overview(revision: int) -> Overview:
    """Counts everything that is stored, once per revision."""
    return compute_once("overview", revision, _read_overview)


def _read_overview() -> Overview:
    listed = Listing.objects.filter(publisher=OuterRef("pk")).order_by().values("publisher")
    pages = Citation.objects.filter(publisher=OuterRef("pk")).order_by().values("publisher")
    undated = Q(captured_on=None)
    rows = Publisher.objects.filter(taken_down_at=None).annotate(
        roles=Coalesce(Subquery(listed.annotate(number=Count("pk")).values("number")), 0),
        pages=Subquery(pages.annotate(number=Count("pk")).values("number")),
        samples=Subquery(pages.annotate(number=Count("pk", filter=Q(sample=True))).values("number")),
        first_captured=Subquery(pages.annotate(first=Min("captured_on")).values("first")),
        last_captured=Subquery(pages.annotate(last=Max("captured_on")).values("last")),
        first_loaded=Subquery(pages.annotate(first=Min("loaded_at", filter=undated)).values("first")),
        last_loaded=Subquery(pages.annotate(last=Max("loaded_at", filter=undated)).values("last")),
        all_roles=Subquery(  # one group for all roles: in a subquery Django counts by group only
            Role.objects.order_by().values(any_role=F("pk") * 0).annotate(number=Count("pk")).values("number")
        ),
    )
    values: QuerySet[Publisher, dict[str, Any]] = rows.values(*_STORED_COLUMNS, *_DAYS, "all_roles")
    records = [record for record in values if record["pages"]]
    all_roles = records[0]["all_roles"] or 0 if records else 0
    publishers = [_make_count(record) for record in records]
    return Overview(
        all_roles,
        sum(publisher.pages for publisher in publishers),
        tuple(sorted(publishers, key=lambda publisher: -publisher.roles)),
        max([publisher.newest for publisher in publishers], default=None),
    )


def _make_count(record: dict[str, Any]) -> PublisherCount:
    days = []
    for name in _DAYS:
        day = record[name]
        if day is not None:
            days.append(timezone.localdate(day) if isinstance(day, datetime) else day)
    columns = {name: record[name] for name in _STORED_COLUMNS}
    return PublisherCount(**columns, oldest=min(days), newest=max(days))
