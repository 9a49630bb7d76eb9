"""Counts of what is stored."""

from datetime import date
from typing import NamedTuple

from django.db.models import Count, F, Max, Min, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, TruncDate

from careers.models import Citation, Listing, Publisher, Role
from comparisons.queries.revision import compute_once


class PublisherCount(NamedTuple):
    """A publisher, and the numbers of its current roles and of its pages.
    `samples`: how many of its pages are samples, whose words are ours.
    `oldest`, `newest`: when its pages were captured, or loaded where they have no date."""

    pk: int
    name: str
    slug: str
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


def read_overview(revision: int) -> Overview:
    """Counts everything that is stored, once per revision."""
    return compute_once("overview", revision, _read_overview)


def _read_overview() -> Overview:
    listed = Listing.objects.filter(publisher=OuterRef("pk")).order_by().values("publisher")
    pages = Citation.objects.filter(publisher=OuterRef("pk")).order_by().values("publisher")
    day = Coalesce("captured_on", TruncDate("loaded_at"))
    rows = Publisher.objects.filter(taken_down_at=None).annotate(
        roles=Coalesce(Subquery(listed.annotate(number=Count("pk")).values("number")), 0),
        pages=Subquery(pages.annotate(number=Count("pk")).values("number")),
        samples=Subquery(pages.annotate(number=Count("pk", filter=Q(sample=True))).values("number")),
        oldest=Subquery(pages.annotate(oldest=Min(day)).values("oldest")),
        newest=Subquery(pages.annotate(newest=Max(day)).values("newest")),
        all_roles=Subquery(  # one group for all roles: in a subquery Django counts by group only
            Role.objects.order_by().values(any_role=F("pk") * 0).annotate(number=Count("pk")).values("number")
        ),
    )
    records = [row for row in rows.values(*PublisherCount._fields, "all_roles") if row["pages"]]
    all_roles = records[0]["all_roles"] or 0 if records else 0
    publishers = [PublisherCount(*[record[name] for name in PublisherCount._fields]) for record in records]
    return Overview(
        all_roles,
        sum(publisher.pages for publisher in publishers),
        tuple(sorted(publishers, key=lambda publisher: -publisher.roles)),
        max([publisher.newest for publisher in publishers], default=None),
    )
